/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/words.h"

#include <glib/gi18n.h>
#include <math.h>

#define EM_DASH "\xe2\x80\x94"

/* One step in one language. */
typedef struct
{
  PlanciaReportLanguage  *language;
  PlanciaVisit           *visit;
  const PlanciaVisitStep *step;
} Summary;

/* The translation takes the same arguments. */
static const char *say (const Summary *self, const char *text) G_GNUC_FORMAT (2);

static const char *
say (const Summary *self, const char *text)
{
  return plancia_report_say_in (self->language, "commissioning", text);
}

static const PlanciaEvidence *
find (const Summary *self, const char *key)
{
  const PlanciaEvidence *found = plancia_evidence_find (self->step->evidence, key);

  return found != NULL && plancia_evidence_has_value (found) ? found : NULL;
}

/* An em dash if it is not there. */
static char *
value (const Summary *self, const char *key)
{
  const PlanciaEvidence *found = find (self, key);

  return found != NULL ? plancia_words_evidence_value (self->language, found) : g_strdup (EM_DASH);
}

/* Values of all keys that match, joined; names them if name is set: "PV 1 612 V". */
static char *
join (const Summary *self, const char *pattern, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->step->evidence->len; i++) {
    const PlanciaEvidence *one = g_ptr_array_index (self->step->evidence, i);
    g_autofree char       *words = NULL;

    if (!g_pattern_match_simple (pattern, one->key) || !plancia_evidence_has_value (one))
      continue;
    words = plancia_words_evidence_value (self->language, one);
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", words);
  }
  return g_string_free (text, FALSE);
}

/* The worst finding in words, or NULL if nothing is wrong. */
static char *
dup_worst (const Summary *self)
{
  const PlanciaRuleFinding *worst = NULL;

  for (guint i = 0; i < self->step->findings->len; i++) {
    const PlanciaRuleFinding *one = g_ptr_array_index (self->step->findings, i);

    if (one->check > PLANCIA_CHECK_EXPECTED && (worst == NULL || one->check > worst->check))
      worst = one;
  }
  if (worst == NULL || worst->key[0] == '\0')
    return NULL;
  {
    const PlanciaEvidence *evidence = plancia_evidence_find (self->step->evidence, worst->key);
    g_autofree char       *name = NULL;
    g_autofree char       *words = NULL;

    if (evidence == NULL)
      return NULL;
    name = plancia_words_evidence_name (self->language, evidence);
    words = plancia_words_evidence_value (self->language, evidence);
    return g_strdup_printf ("%s %s, %s", name, words, plancia_words_wrong (self->language, worst));
  }
}

/* --- steps ----------------------------------------------------------------------------------- */

static char *
say_connection (const Summary *self)
{
  g_autofree char       *latency = value (self, "link_latency");
  const PlanciaEvidence *errors = find (self, "link_errors");
  const PlanciaEvidence *requests = find (self, "link_requests");

  if (errors == NULL || requests == NULL)
    return latency != NULL ? g_steal_pointer (&latency) : g_strdup ("");
  /* TRANSLATORS: "14 ms, 0 errors in 60 requests" */
  return g_strdup_printf (say (self, NC_ ("commissioning", "%s, %.0f errors in %.0f requests")),
                          latency,
                          errors->number,
                          requests->number);
}

static char *
say_identity (const Summary *self)
{
  g_autofree char *serial = plancia_words_serial (self->visit);

  return g_strdup_printf ("%s, %s",
                          plancia_visit_get_text (self->visit, PLANCIA_VISIT_NAME),
                          serial[0] != '\0' ? serial : EM_DASH);
}

static char *
say_firmware (const Summary *self)
{
  return plancia_words_firmware (self->visit);
}

static char *
say_snapshot (const Summary *self)
{
  const PlanciaEvidence *read = find (self, "snapshot_read");

  return g_strdup_printf (say (self, NC_ ("commissioning", "%.0f registers kept")),
                          read != NULL ? read->number : 0);
}

static char *
say_country (const Summary *self)
{
  g_autofree char *code = value (self, "grid_code");

  if (self->step->proposed == PLANCIA_CHECK_EXPECTED)
    return g_strdup (plancia_words_grid_code (self->visit));
  /* TRANSLATORS: what the device shows and what is expected of it */
  return g_strdup_printf (say (self, NC_ ("commissioning", "%s, expected %s")),
                          code,
                          plancia_words_grid_code (self->visit));
}

static char *
say_strings (const Summary *self)
{
  return join (self, "pv*_voltage", ", ");
}

static char *
say_grid (const Summary *self)
{
  g_autofree char *voltages = join (self, "grid_voltage*", ", ");
  g_autofree char *frequency = value (self, "grid_frequency");

  return g_strdup_printf ("%s, %s", voltages, frequency);
}

static char *
say_direction (const Summary *self)
{
  return plancia_words_direction (self->language, plancia_visit_get_direction (self->visit));
}

static char *
say_battery (const Summary *self)
{
  g_autofree char *charge = value (self, "battery_soc");
  g_autofree char *voltage =
    value (self, find (self, "battery_voltage") != NULL ? "battery_voltage" : "battery1_voltage");

  return g_strdup_printf ("%s, %s", charge, voltage);
}

static char *
say_mode (const Summary *self)
{
  g_autofree char *mode = value (self, "storage_mode");
  g_autofree char *limit = value (self, "export_limit_mode");

  if (find (self, "storage_mode") == NULL)
    return g_steal_pointer (&limit);
  if (find (self, "export_limit_mode") == NULL)
    return g_steal_pointer (&mode);
  /* TRANSLATORS: working mode, then how the export limit is set */
  return g_strdup_printf (say (self, NC_ ("commissioning", "%s; export limit: %s")), mode, limit);
}

static char *
say_clock (const Summary *self)
{
  return value (self, "clock_off");
}

static char *
say_alarms (const Summary *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->step->evidence->len; i++) {
    const PlanciaEvidence *one = g_ptr_array_index (self->step->evidence, i);
    g_autofree char       *name = NULL;

    if (!g_str_has_prefix (one->key, "alarm_"))
      continue;
    name = plancia_words_evidence_name (self->language, one);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
  }
  if (text->len == 0)
    g_string_append (text, say (self, NC_ ("commissioning", "none")));
  return g_string_free (text, FALSE);
}

static const struct
{
  const char *step;
  char *(*say) (const Summary *self);
} sayings[] = {
  {"connection", say_connection},
  {"identity",   say_identity  },
  {"firmware",   say_firmware  },
  {"snapshot",   say_snapshot  },
  {"country",    say_country   },
  {"strings",    say_strings   },
  {"grid",       say_grid      },
  {"direction",  say_direction },
  {"battery",    say_battery   },
  {"mode",       say_mode      },
  {"clock",      say_clock     },
  {"alarms",     say_alarms    },
};

char *
plancia_words_summary (PlanciaReportLanguage *language, PlanciaVisit *visit, guint step)
{
  Summary     self = {language, visit, plancia_visit_get_step (visit, step)};
  const char *id = plancia_visit_get_rule (visit, step)->id;
  char       *worst = NULL;

  if (self.step->time == 0)
    return g_strdup (
      self.step->trouble != NULL ? say (&self, NC_ ("commissioning", "could not be read")) : "");
  if (self.step->proposed == PLANCIA_CHECK_NOT_APPLICABLE || self.step->evidence->len == 0) {
    if (!g_str_equal (id, "direction") ||
        plancia_visit_get_direction (visit)->verdict == PLANCIA_DIRECTION_OPEN)
      return g_strdup (self.step->note);
  }
  worst = g_str_equal (id, "alarms") ? NULL : dup_worst (&self);
  if (worst != NULL)
    return worst;
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (g_str_equal (sayings[i].step, id))
      return sayings[i].say (&self);
  return g_strdup ("");
}

/* --- identity -------------------------------------------------------------------------------- */

static GPtrArray *
evidence_of (PlanciaVisit *visit, const char *step)
{
  int index = plancia_visit_find_step (visit, step);

  return index >= 0 ? plancia_visit_get_step (visit, (guint) index)->evidence : NULL;
}

static const char *
text_of (GPtrArray *evidence, const char *key)
{
  const PlanciaEvidence *found = evidence != NULL ? plancia_evidence_find (evidence, key) : NULL;

  return found != NULL && found->text != NULL ? found->text : "";
}

char *
plancia_words_serial (PlanciaVisit *visit)
{
  GPtrArray *evidence = evidence_of (visit, "identity");

  return g_strconcat (text_of (evidence, "serial_number"),
                      text_of (evidence, "serial_number_tail"),
                      NULL);
}

char *
plancia_words_firmware (PlanciaVisit *visit)
{
  GPtrArray *evidence = evidence_of (visit, "firmware");
  GString   *text = g_string_new (NULL);

  for (guint i = 0; evidence != NULL && i < evidence->len; i++) {
    const PlanciaEvidence *one = g_ptr_array_index (evidence, i);

    if (g_str_has_prefix (one->key, "firmware") && one->text != NULL && one->text[0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " / " : "", one->text);
  }
  return g_string_free (text, FALSE);
}

const char *
plancia_words_grid_code (PlanciaVisit *visit)
{
  const char            *id = plancia_visit_get_text (visit, PLANCIA_VISIT_GRID_CODE);
  const PlanciaGridCode *code = plancia_rules_find_grid_code (plancia_visit_get_rules (visit), id);

  return code != NULL ? code->name : EM_DASH;
}
