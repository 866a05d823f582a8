/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/rules.h"

#include "base/error.h"
#include "commission/rules-private.h"

#define RESOURCE_FOLDER PLANCIA_RESOURCE_PREFIX "/commissioning/"

GResource *plancia_commissioning_get_resource (void);

/* steps first: rules name them. */
static const char *const shipped[] =
  {"steps", "grid-codes", "direction", "common", "cei-0-21", "cei-0-16", NULL};

static const char *const check_names[PLANCIA_N_CHECKS] =
  {"open", "expected", "reservation", "failed", "not-applicable", "skipped"};

const char *
plancia_check_name (PlanciaCheck check)
{
  return check_names[check];
}

PlanciaCheck
plancia_check_parse (const char *name)
{
  for (guint i = 0; name != NULL && i < PLANCIA_N_CHECKS; i++)
    if (g_str_equal (check_names[i], name))
      return (PlanciaCheck) i;
  return PLANCIA_CHECK_OPEN;
}

/* --- freeing --------------------------------------------------------------------------------- */

static void
source_free (gpointer data)
{
  PlanciaRuleSource *source = data;

  g_free (source->id);
  g_free (source->name);
  g_free (source->certainty);
  g_free (source);
}

static void
step_free (gpointer data)
{
  PlanciaStep *step = data;

  g_free (step->id);
  g_free (step->title);
  g_free (step->why);
  g_strfreev (step->evidence);
  g_free (step);
}

static void
rule_free (gpointer data)
{
  PlanciaRule *rule = data;

  g_free (rule->id);
  g_free (rule->step);
  g_free (rule->title);
  g_strfreev (rule->keys);
  g_free (rule->unit);
  g_free (rule->low);
  g_free (rule->high);
  g_clear_pointer (&rule->values, g_array_unref);
  g_strfreev (rule->maps);
  g_strfreev (rule->grid_codes);
  g_free (rule->when);
  g_free (rule);
}

static void
grid_code_free (gpointer data)
{
  PlanciaGridCode *code = data;

  g_free (code->id);
  g_free (code->name);
  g_strfreev (code->zones);
  g_ptr_array_unref (code->numbers);
  g_free (code);
}

static void
measure_free (gpointer data)
{
  PlanciaDirectionMeasure *measure = data;

  g_strfreev (measure->maps);
  g_strfreev (measure->grid);
  g_strfreev (measure->output);
  g_free (measure);
}

static void
setting_free (gpointer data)
{
  PlanciaDirectionSetting *setting = data;

  g_strfreev (setting->maps);
  g_free (setting->key);
  g_free (setting);
}

void
plancia_rules_free (PlanciaRules *self)
{
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->grid_codes);
  g_ptr_array_unref (self->direction.measures);
  g_ptr_array_unref (self->direction.settings);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/* --- making ---------------------------------------------------------------------------------- */

/* A rule of no step would never be asked. */
static gboolean
check_steps (PlanciaRules *self, GError **error)
{
  for (guint i = 0; i < self->rules->len; i++) {
    PlanciaRule *rule = g_ptr_array_index (self->rules, i);

    if (plancia_rules_find_step (self, rule->step) == NULL) {
      g_set_error (error,
                   PLANCIA_DOCUMENT_ERROR,
                   PLANCIA_DOCUMENT_ERROR_INVALID,
                   "rule \"%s\": there is no step \"%s\"",
                   rule->id,
                   rule->step);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_rules_new:
 * @names: of the documents
 * @documents: as many
 * @error: PLANCIA_DOCUMENT_ERROR
 *
 * Returns: (transfer full): the rules, or %NULL
 */
PlanciaRules *
plancia_rules_new (const char *const *names, GBytes *const *documents, GError **error)
{
  g_autoptr (PlanciaRules) self = g_new0 (PlanciaRules, 1);

  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->grid_codes = g_ptr_array_new_with_free_func (grid_code_free);
  self->direction.measures = g_ptr_array_new_with_free_func (measure_free);
  self->direction.settings = g_ptr_array_new_with_free_func (setting_free);
  for (guint i = 0; names[i] != NULL; i++)
    if (!plancia_rules_parse (self, names[i], documents[i], error))
      return NULL;
  return check_steps (self, error) ? g_steal_pointer (&self) : NULL;
}

static PlanciaRules *
load_shipped (void)
{
  GBytes *documents[G_N_ELEMENTS (shipped)] = {NULL};
  g_autoptr (GError) error = NULL;
  PlanciaRules *self;

  g_resources_register (plancia_commissioning_get_resource ());
  for (guint i = 0; shipped[i] != NULL; i++) {
    g_autofree char *path = g_strconcat (RESOURCE_FOLDER, shipped[i], ".json", NULL);

    documents[i] = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (documents[i] != NULL);
  }
  self = plancia_rules_new (shipped, documents, &error);
  if (self == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; shipped[i] != NULL; i++)
    g_bytes_unref (documents[i]);
  return self;
}

PlanciaRules *
plancia_rules_get (void)
{
  static PlanciaRules *rules;

  if (g_once_init_enter (&rules))
    g_once_init_leave (&rules, load_shipped ());
  return rules;
}

/* --- asking ---------------------------------------------------------------------------------- */

guint
plancia_rules_get_n_steps (PlanciaRules *self)
{
  return self->steps->len;
}

const PlanciaStep *
plancia_rules_get_step (PlanciaRules *self, guint index)
{
  return g_ptr_array_index (self->steps, index);
}

const PlanciaStep *
plancia_rules_find_step (PlanciaRules *self, const char *id)
{
  for (guint i = 0; i < self->steps->len; i++) {
    PlanciaStep *step = g_ptr_array_index (self->steps, i);

    if (g_strcmp0 (step->id, id) == 0)
      return step;
  }
  return NULL;
}

guint
plancia_rules_get_length (PlanciaRules *self)
{
  return self->rules->len;
}

const PlanciaRule *
plancia_rules_get_rule (PlanciaRules *self, guint index)
{
  return g_ptr_array_index (self->rules, index);
}

guint
plancia_rules_get_n_grid_codes (PlanciaRules *self)
{
  return self->grid_codes->len;
}

const PlanciaGridCode *
plancia_rules_get_grid_code (PlanciaRules *self, guint index)
{
  return g_ptr_array_index (self->grid_codes, index);
}

const PlanciaGridCode *
plancia_rules_find_grid_code (PlanciaRules *self, const char *id)
{
  for (guint i = 0; i < self->grid_codes->len; i++) {
    PlanciaGridCode *code = g_ptr_array_index (self->grid_codes, i);

    if (g_strcmp0 (code->id, id) == 0)
      return code;
  }
  return NULL;
}

const PlanciaGridCode *
plancia_rules_propose_grid_code (PlanciaRules *self, const char *zone)
{
  for (guint i = 0; zone != NULL && i < self->grid_codes->len; i++) {
    PlanciaGridCode *code = g_ptr_array_index (self->grid_codes, i);

    if (code->zones != NULL && g_strv_contains ((const char *const *) code->zones, zone))
      return code;
  }
  return NULL;
}

const PlanciaDirectionRules *
plancia_rules_get_direction (PlanciaRules *self)
{
  return &self->direction;
}
