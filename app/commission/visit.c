/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/visit.h"

#include "commission/visit-private.h"
#include <string.h>

/* More than anybody repeats a step for. */
#define MOST_RUNS 50

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaVisit, plancia_visit, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
changed (PlanciaVisit *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
plancia_visit_run_free (gpointer data)
{
  PlanciaVisitRun *run = data;

  g_free (run->note);
  g_free (run);
}

static void
step_init (PlanciaVisitStep *step)
{
  step->note = g_strdup ("");
  step->evidence = plancia_evidence_list_new ();
  step->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_rule_finding_free);
  step->earlier = g_ptr_array_new_with_free_func (plancia_visit_run_free);
}

static void
step_clear (PlanciaVisitStep *step)
{
  g_free (step->note);
  g_free (step->person);
  g_free (step->trouble);
  g_ptr_array_unref (step->evidence);
  g_ptr_array_unref (step->findings);
  g_ptr_array_unref (step->earlier);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_visit_finalize (GObject *object)
{
  PlanciaVisit *self = PLANCIA_VISIT (object);

  for (guint i = 0; i < self->n_steps; i++)
    step_clear (&self->steps[i]);
  g_free (self->steps);
  g_free (self->device);
  g_hash_table_unref (self->texts);

  G_OBJECT_CLASS (plancia_visit_parent_class)->finalize (object);
}

static void
plancia_visit_class_init (PlanciaVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_visit_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          PLANCIA_TYPE_VISIT,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
plancia_visit_init (PlanciaVisit *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * plancia_visit_new:
 * @rules: outlive it
 * @device: its id
 * @began: ms
 */
PlanciaVisit *
plancia_visit_new (PlanciaRules *rules, const char *device, gint64 began)
{
  PlanciaVisit *self = g_object_new (PLANCIA_TYPE_VISIT, NULL);

  self->rules = rules;
  self->device = g_strdup (device);
  self->began = began;
  self->n_steps = plancia_rules_get_n_steps (rules);
  self->steps = g_new0 (PlanciaVisitStep, self->n_steps);
  for (guint i = 0; i < self->n_steps; i++)
    step_init (&self->steps[i]);
  return self;
}

PlanciaRules *
plancia_visit_get_rules (PlanciaVisit *self)
{
  return self->rules;
}

const char *
plancia_visit_get_device (PlanciaVisit *self)
{
  return self->device;
}

gint64
plancia_visit_get_began (PlanciaVisit *self)
{
  return self->began;
}

gboolean
plancia_visit_get_simulated (PlanciaVisit *self)
{
  return self->simulated;
}

void
plancia_visit_set_simulated (PlanciaVisit *self, gboolean simulated)
{
  self->simulated = simulated;
}

const char *
plancia_visit_get_text (PlanciaVisit *self, const char *name)
{
  const char *text = g_hash_table_lookup (self->texts, name);

  return text != NULL ? text : "";
}

void
plancia_visit_set_text (PlanciaVisit *self, const char *name, const char *text)
{
  if (g_str_equal (plancia_visit_get_text (self, name), text != NULL ? text : ""))
    return;
  g_hash_table_replace (self->texts, g_strdup (name), g_strdup (text != NULL ? text : ""));
  changed (self);
}

/* --- steps ----------------------------------------------------------------------------------- */

guint
plancia_visit_get_n_steps (PlanciaVisit *self)
{
  return self->n_steps;
}

const PlanciaStep *
plancia_visit_get_rule (PlanciaVisit *self, guint step)
{
  return plancia_rules_get_step (self->rules, step);
}

int
plancia_visit_find_step (PlanciaVisit *self, const char *id)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (g_str_equal (plancia_visit_get_rule (self, i)->id, id))
      return (int) i;
  return -1;
}

const PlanciaVisitStep *
plancia_visit_get_step (PlanciaVisit *self, guint step)
{
  return &self->steps[step];
}

gboolean
plancia_visit_wants_note (PlanciaVisit *self, guint step)
{
  const PlanciaVisitStep *at = &self->steps[step];

  if (at->note[0] != '\0' || at->result == PLANCIA_CHECK_OPEN)
    return FALSE;
  return at->result == PLANCIA_CHECK_SKIPPED ||
         (at->proposed != PLANCIA_CHECK_OPEN && at->result != at->proposed);
}

gboolean
plancia_visit_is_done (PlanciaVisit *self, guint step)
{
  return self->steps[step].result != PLANCIA_CHECK_OPEN && !plancia_visit_wants_note (self, step);
}

guint
plancia_visit_count_done (PlanciaVisit *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_steps; i++)
    n += plancia_visit_is_done (self, i);
  return n;
}

guint
plancia_visit_count (PlanciaVisit *self, PlanciaCheck result)
{
  guint n = 0;

  for (guint i = 0; i < self->n_steps; i++)
    n += self->steps[i].result == result;
  return n;
}

guint
plancia_visit_get_next (PlanciaVisit *self, guint step)
{
  for (guint i = 1; i <= self->n_steps; i++) {
    guint next = (step + i) % self->n_steps;

    if (!plancia_visit_is_done (self, next))
      return next;
  }
  return self->n_steps;
}

/* --- what happens ---------------------------------------------------------------------------- */

/* What there was before is kept short: when, what came of it, and what was said. */
static void
remember_run (PlanciaVisit *self, guint step)
{
  PlanciaVisitStep *at = &self->steps[step];
  PlanciaVisitRun  *run;

  if (at->time == 0)
    return;
  run = g_new0 (PlanciaVisitRun, 1);
  run->time = at->time;
  run->result = at->result;
  run->note = g_strdup (at->note);
  if ((int) step == plancia_visit_find_step (self, "direction"))
    run->direction = self->direction.verdict;
  g_ptr_array_add (at->earlier, run);
  if (at->earlier->len > MOST_RUNS)
    g_ptr_array_remove_index (at->earlier, 0);
}

void
plancia_visit_take (PlanciaVisit *self,
                    guint         step,
                    PlanciaCheck  proposed,
                    GPtrArray    *evidence,
                    GPtrArray    *findings,
                    gint64        time)
{
  PlanciaVisitStep *at = &self->steps[step];

  remember_run (self, step);
  g_ptr_array_unref (at->evidence);
  at->evidence = evidence;
  g_ptr_array_unref (at->findings);
  at->findings = findings;
  at->proposed = proposed;
  at->result = proposed;
  at->time = time;
  g_clear_pointer (&at->person, g_free);
  g_clear_pointer (&at->trouble, g_free);
  changed (self);
}

void
plancia_visit_fail (PlanciaVisit *self, guint step, const char *trouble)
{
  g_free (self->steps[step].trouble);
  self->steps[step].trouble = g_strdup (trouble);
  changed (self);
}

void
plancia_visit_decide (PlanciaVisit *self,
                      guint         step,
                      PlanciaCheck  result,
                      const char   *person,
                      gint64        time)
{
  PlanciaVisitStep *at = &self->steps[step];

  if (at->result == result)
    return;
  at->result = result;
  g_free (at->person);
  at->person = g_strdup (person);
  if (at->time == 0 || at->evidence->len == 0)
    at->time = time;
  changed (self);
}

void
plancia_visit_set_note (PlanciaVisit *self, guint step, const char *note)
{
  PlanciaVisitStep *at = &self->steps[step];

  if (g_str_equal (at->note, note))
    return;
  g_free (at->note);
  at->note = g_strdup (note);
  changed (self);
}

static PlanciaCheck
judge_direction (PlanciaDirection verdict)
{
  switch (verdict) {
  case PLANCIA_DIRECTION_RIGHT:
    return PLANCIA_CHECK_EXPECTED;
  case PLANCIA_DIRECTION_REVERSED:
  case PLANCIA_DIRECTION_SWAPPED:
    return PLANCIA_CHECK_FAILED;
  case PLANCIA_DIRECTION_OPEN:
  case PLANCIA_DIRECTION_NOT_ENOUGH:
  case PLANCIA_DIRECTION_RESTLESS:
  case PLANCIA_N_DIRECTIONS:
  default:
    return PLANCIA_CHECK_OPEN;
  }
}

/**
 * plancia_visit_set_direction:
 * @result: whole, or with phases still open
 * @time: ms
 *
 * An earlier run is kept when one that said something is measured anew.
 */
void
plancia_visit_set_direction (PlanciaVisit *self, const PlanciaDirectionResult *result, gint64 time)
{
  guint             step = (guint) plancia_visit_find_step (self, "direction");
  PlanciaVisitStep *at = &self->steps[step];

  if (self->direction.verdict != PLANCIA_DIRECTION_OPEN)
    remember_run (self, step);
  self->direction = *result;
  at->proposed = judge_direction (result->verdict);
  at->result = at->proposed;
  at->time = time;
  g_clear_pointer (&at->person, g_free);
  g_clear_pointer (&at->trouble, g_free);
  changed (self);
}

const PlanciaDirectionResult *
plancia_visit_get_direction (PlanciaVisit *self)
{
  return &self->direction;
}
