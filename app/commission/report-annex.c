/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report-private.h"

#include "commission/words.h"
#include <glib/gi18n.h>

/* mm between rows of the long tables. */
#define ROW 4.6

typedef struct
{
  PlanciaPaper          *paper;
  PlanciaReportLanguage *language;
  PlanciaVisit          *visit;
  GTimeZone             *zone;
} Annex;

static const char *
say (const Annex *self, const char *text)
{
  return plancia_report_say_in (self->language, "commissioning report", text);
}

static PlanciaPaperCell
cell (const char *text)
{
  return (PlanciaPaperCell){text, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_NORMAL, PLANCIA_SIGN_NONE};
}

/* --- evidence -------------------------------------------------------------------------------- */

static const PlanciaRuleFinding *
find_finding (GPtrArray *findings, const char *key)
{
  const PlanciaRuleFinding *best = NULL;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaRuleFinding *one = g_ptr_array_index (findings, i);

    if (g_str_equal (one->key, key) && (best == NULL || one->check > best->check))
      best = one;
  }
  return best;
}

static PlanciaPaperCell
verdict_cell (const Annex *self, const PlanciaRuleFinding *finding)
{
  PlanciaPaperCell out = cell (NULL);

  if (finding == NULL)
    return out;
  out.text = plancia_words_check (self->language, finding->check);
  out.tone = finding->check == PLANCIA_CHECK_FAILED        ? PLANCIA_TONE_BAD
             : finding->check == PLANCIA_CHECK_RESERVATION ? PLANCIA_TONE_WARNING
                                                           : PLANCIA_TONE_GOOD;
  out.sign = finding->check == PLANCIA_CHECK_FAILED        ? PLANCIA_SIGN_CROSS
             : finding->check == PLANCIA_CHECK_RESERVATION ? PLANCIA_SIGN_WARNING
                                                           : PLANCIA_SIGN_CHECK;
  return out;
}

static void
add_evidence (const Annex            *self,
              PlanciaPaperTable      *table,
              const PlanciaVisitStep *step,
              const PlanciaEvidence  *one)
{
  const PlanciaRuleFinding *finding = find_finding (step->findings, one->key);
  g_autofree char          *name = plancia_words_evidence_name (self->language, one);
  g_autofree char          *value = plancia_words_evidence_value (self->language, one);
  g_autofree char          *raw = plancia_words_evidence_raw (one);
  g_autofree char *limits = finding != NULL ? plancia_words_limits (self->language, finding) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (one->time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autofree char *time = one->time != 0 ? g_date_time_format (local, "%H:%M:%S") : NULL;
  PlanciaPaperCell cells[] = {cell (name),
                              cell (value),
                              cell (raw),
                              cell (time),
                              cell (limits),
                              verdict_cell (self, finding)};

  plancia_paper_table_add_row (table, cells);
}

static PlanciaPaperTable *
new_evidence_table (const Annex *self)
{
  PlanciaPaperTable *table = plancia_paper_table_new ();

  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Name")), 0, 0);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Value")), 34, 0);
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "Address and words")),
                                  32,
                                  0);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Time")), 15, 0);
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "Expected")),
                                  27,
                                  0);
  plancia_paper_table_add_column (table, NULL, 26, 0);
  plancia_paper_table_set_row_height (table, ROW);
  return table;
}

/* Where the limits of a step come from. */
static void
add_sources (const Annex *self, const PlanciaVisitStep *step)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < step->findings->len; i++) {
    const PlanciaRuleFinding *one = g_ptr_array_index (step->findings, i);

    if (!g_hash_table_add (seen, one->source))
      continue;
    g_string_append_printf (text,
                            "%s%s (%s)",
                            text->len > 0 ? "; " : "",
                            plancia_words_data (self->language, one->source),
                            plancia_words_certainty (self->language, one->certainty));
  }
  if (text->len > 0)
    plancia_paper_add_text (self->paper, text->str, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM);
}

static void
add_step (const Annex *self, guint index)
{
  const PlanciaVisitStep *step = plancia_visit_get_step (self->visit, index);
  const char             *title = plancia_words_data (self->language,
                                          plancia_visit_get_rule (self->visit, index)->title);
  g_autofree char        *heading = g_strdup_printf ("%u. %s", index + 1, title);
  PlanciaPaperTable      *table;

  if (step->evidence->len == 0)
    return;
  table = new_evidence_table (self);
  for (guint i = 0; i < step->evidence->len; i++)
    add_evidence (self, table, step, g_ptr_array_index (step->evidence, i));
  plancia_paper_add_heading (self->paper, heading);
  plancia_paper_add_table (self->paper, table);
  add_sources (self, step);
}

/* --- direction ------------------------------------------------------------------------------- */

static void
add_phase (const Annex                  *self,
           PlanciaPaperTable            *table,
           const PlanciaDirectionResult *result,
           guint                         phase,
           guint                         sensor)
{
  const PlanciaDirectionPhase *found = &result->phases[phase];
  g_autofree char             *load = g_strdup_printf ("L%u", phase + 1);
  g_autofree char             *name = g_strdup_printf ("L%u", sensor + 1);
  g_autofree char             *before =
    plancia_report_quantity (self->language, -found->before[sensor], 0, "W");
  g_autofree char *with = plancia_report_quantity (self->language, -found->with[sensor], 0, "W");
  g_autofree char *change =
    plancia_report_quantity (self->language, found->before[sensor] - found->with[sensor], 0, "W");
  g_autofree char *word = plancia_words_phase_sensor (self->language, phase, sensor, result);
  PlanciaPaperCell cells[] =
    {cell (load), cell (name), cell (before), cell (with), cell (change), cell (word)};

  plancia_paper_table_add_row (table, cells);
}

static void
add_direction (const Annex *self)
{
  const PlanciaDirectionResult *result = plancia_visit_get_direction (self->visit);
  PlanciaPaperTable            *table;
  g_autofree char              *verdict = NULL;

  if (result->n == 0 || result->verdict == PLANCIA_DIRECTION_OPEN)
    return;
  verdict = plancia_words_direction_cause (self->language, result);
  table = plancia_paper_table_new ();
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Load on")), 0, 0);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Sensor")), 0, 0);
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "Import before")),
                                  0,
                                  1);
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "with the load")),
                                  0,
                                  1);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Change")), 0, 1);
  plancia_paper_table_add_column (table, NULL, 40, 0);
  plancia_paper_table_set_row_height (table, ROW);
  for (guint phase = 0; phase < result->n; phase++)
    for (guint sensor = 0; sensor < result->n; sensor++)
      add_phase (self, table, result, phase, sensor);
  plancia_paper_add_heading (self->paper,
                             say (self, NC_ ("commissioning report", "Direction of the sensors")));
  plancia_paper_add_table (self->paper, table);
  plancia_paper_add_text (self->paper, verdict, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_NORMAL);
}

/* --- registers ------------------------------------------------------------------------------- */

static void
add_register (const Annex *self, PlanciaPaperTable *table, JsonObject *one)
{
  const char      *label = plancia_report_member (one, "label");
  const char      *text = plancia_report_member (one, "text");
  const char      *unit = plancia_report_member (one, "unit");
  const char      *message = plancia_report_member (one, "message");
  g_autofree char *value =
    label != NULL  ? g_strdup (plancia_report_say_in (self->language, "map", label))
    : text != NULL ? g_strconcat (text, unit != NULL && unit[0] != '\0' ? " " : "", unit, NULL)
                   : g_strdup (message);
  PlanciaPaperCell cells[] = {
    cell (plancia_report_member (one, "address")),
    cell (plancia_report_say_in (self->language, "map", plancia_report_member (one, "name"))),
    cell (value),
    cell (plancia_report_member (one, "words"))};

  plancia_paper_table_add_row (table, cells);
}

static void
add_registers (const Annex *self, JsonObject *data, const char *member, const char *title)
{
  JsonArray         *array = json_object_get_array_member (data, member);
  PlanciaPaperTable *table;

  if (array == NULL || json_array_get_length (array) == 0)
    return;
  table = plancia_paper_table_new ();
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "Address")),
                                  18,
                                  0);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Name")), 0, 0);
  plancia_paper_table_add_column (table, say (self, NC_ ("commissioning report", "Value")), 58, 0);
  plancia_paper_table_add_column (table,
                                  say (self, NC_ ("commissioning report", "Raw words")),
                                  34,
                                  0);
  plancia_paper_table_set_row_height (table, ROW);
  for (guint i = 0; i < json_array_get_length (array); i++)
    add_register (self, table, json_array_get_object_element (array, i));
  plancia_paper_add_heading (self->paper, title);
  plancia_paper_add_table (self->paper, table);
}

void
plancia_report_add_annex (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit)
{
  g_autoptr (GTimeZone)
    zone = g_time_zone_new_identifier (plancia_visit_get_text (visit, PLANCIA_VISIT_ZONE));
  Annex self = {paper, plancia_paper_get_language (paper), visit, zone};

  if (self.zone == NULL)
    self.zone = zone = g_time_zone_new_utc ();
  for (guint i = 0; i < plancia_visit_get_n_steps (visit); i++)
    add_step (&self, i);
  add_direction (&self);
  add_registers (&self,
                 data,
                 "settings",
                 say (&self, NC_ ("commissioning report", "Settings when the snapshot was taken")));
}

void
plancia_report_add_snapshot (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit)
{
  Annex self = {paper, plancia_paper_get_language (paper), visit, NULL};

  add_registers (&self,
                 data,
                 "snapshot",
                 say (&self, NC_ ("commissioning report", "Appendix A: snapshot")));
}
