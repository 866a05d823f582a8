/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report.h"

#include "base/csv.h"
#include "base/text.h"
#include "commission/report-private.h"
#include "commission/words.h"
#include <glib/gi18n.h>
#include <math.h>

enum {
  COLUMN_STEP,
  COLUMN_RESULT,
  COLUMN_KEY,
  COLUMN_NAME,
  COLUMN_VALUE,
  COLUMN_UNIT,
  COLUMN_ADDRESS,
  COLUMN_WORDS,
  COLUMN_TIME,
  COLUMN_EXPECTED,
  COLUMN_SOURCE,
  COLUMN_NOTE,
  N_COLUMNS,
};

static const char *const heads[N_COLUMNS] = {
  NC_ ("commissioning report", "Step"),
  NC_ ("commissioning report", "Result"),
  NC_ ("commissioning report", "Key"),
  NC_ ("commissioning report", "Name"),
  NC_ ("commissioning report", "Value"),
  NC_ ("commissioning report", "Unit"),
  NC_ ("commissioning report", "Address"),
  NC_ ("commissioning report", "Raw words"),
  NC_ ("commissioning report", "Time"),
  NC_ ("commissioning report", "Expected"),
  NC_ ("commissioning report", "Source"),
  NC_ ("commissioning report", "Note"),
};

typedef struct
{
  GString               *out;
  PlanciaReportLanguage *language;
  char                   separator;
} Csv;

static void
add_line (Csv *self, const char *const *cells)
{
  plancia_csv_append_row (self->out, cells, N_COLUMNS, self->separator);
}

static void
add_step (Csv *self, PlanciaVisit *visit, guint index)
{
  const PlanciaVisitStep *step = plancia_visit_get_step (visit, index);
  const PlanciaStep      *rule = plancia_visit_get_rule (visit, index);
  g_autofree char        *summary = plancia_words_summary (self->language, visit, index);
  g_autofree char        *time = step->time != 0 ? plancia_text_utc_time (step->time) : NULL;
  const char             *cells[N_COLUMNS] = {
                [COLUMN_STEP] = plancia_words_data (self->language, rule->title),
                [COLUMN_RESULT] = plancia_words_check (self->language, step->result),
                [COLUMN_KEY] = rule->id,
                [COLUMN_VALUE] = summary,
                [COLUMN_TIME] = time,
                [COLUMN_NOTE] = step->note,
  };

  add_line (self, cells);
}

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

static void
add_evidence (Csv *self, PlanciaVisit *visit, guint index, const PlanciaEvidence *one)
{
  const PlanciaVisitStep   *step = plancia_visit_get_step (visit, index);
  const PlanciaStep        *rule = plancia_visit_get_rule (visit, index);
  const PlanciaRuleFinding *finding = find_finding (step->findings, one->key);
  g_autofree char          *name = plancia_words_evidence_name (self->language, one);
  g_autofree char          *value = one->text != NULL || isnan (one->number)
                                      ? plancia_words_evidence_value (self->language, one)
                                      : plancia_report_number (self->language, one->number, one->decimals);
  g_autofree char *address = one->address >= 0 ? g_strdup_printf ("0x%04X", (guint) one->address)
                                               : NULL;
  g_autofree char *words = plancia_evidence_dup_words (one);
  g_autofree char *time = one->time != 0 ? plancia_text_utc_time (one->time) : NULL;
  g_autofree char *limits = finding != NULL ? plancia_words_limits (self->language, finding) : NULL;
  const char      *cells[N_COLUMNS] = {
         [COLUMN_STEP] = plancia_words_data (self->language, rule->title),
         [COLUMN_RESULT] = finding != NULL ? plancia_words_check (self->language, finding->check) : NULL,
         [COLUMN_KEY] = one->key,
         [COLUMN_NAME] = name,
         [COLUMN_VALUE] = value,
         [COLUMN_UNIT] = one->unit,
         [COLUMN_ADDRESS] = address,
         [COLUMN_WORDS] = words,
         [COLUMN_TIME] = time,
         [COLUMN_EXPECTED] = limits,
         [COLUMN_SOURCE] = finding != NULL ? plancia_words_data (self->language, finding->source) : NULL,
         [COLUMN_NOTE] = one->message,
  };

  add_line (self, cells);
}

static void
add_objects (Csv *self, JsonObject *data, const char *member, const char *title)
{
  JsonArray *array = json_object_get_array_member (data, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *one = json_array_get_object_element (array, i);
    const char *verdict = plancia_report_member (one, "verdict");
    const char *value = plancia_report_member (one, "new");
    const char *cells[N_COLUMNS] = {
      [COLUMN_STEP] = plancia_report_say_in (self->language, "commissioning report", title),
      [COLUMN_RESULT] = verdict,
      [COLUMN_KEY] = plancia_report_member (one, "key"),
      [COLUMN_NAME] =
        plancia_report_say_in (self->language, "map", plancia_report_member (one, "name")),
      [COLUMN_VALUE] = value != NULL ? value : plancia_report_member (one, "text"),
      [COLUMN_UNIT] = plancia_report_member (one, "unit"),
      [COLUMN_ADDRESS] = plancia_report_member (one, "address"),
      [COLUMN_WORDS] = plancia_report_member (one, "words"),
      [COLUMN_NOTE] = plancia_report_member (one, "old"),
    };

    add_line (self, cells);
  }
}

/**
 * plancia_commission_report_csv:
 * @root: a report
 * @language: of heads, names and numbers; decides the separator too
 *
 * Returns: (transfer full): UTF-8 with a mark, for spreadsheets
 */
GBytes *
plancia_commission_report_csv (JsonNode *root, PlanciaReportLanguage *language)
{
  JsonObject *object = json_node_get_object (root);
  JsonObject *data = json_object_get_object_member (object, "data");
  g_autoptr (PlanciaVisit) visit = plancia_report_parse_visit (data, NULL);
  gboolean    italian = g_str_equal (plancia_report_language_code (language), "it");
  Csv         self = {g_string_new ("\xef\xbb\xbf"), language, italian ? ';' : ','};
  const char *titles[N_COLUMNS];
  const char *hash[N_COLUMNS] =
    {"SHA-256", [COLUMN_VALUE] = plancia_report_member (object, "sha256")};

  for (guint i = 0; i < N_COLUMNS; i++)
    titles[i] = plancia_report_say_in (language, "commissioning report", heads[i]);
  add_line (&self, titles);
  for (guint i = 0; visit != NULL && i < plancia_visit_get_n_steps (visit); i++) {
    const PlanciaVisitStep *step = plancia_visit_get_step (visit, i);

    add_step (&self, visit, i);
    for (guint j = 0; j < step->evidence->len; j++)
      add_evidence (&self, visit, i, g_ptr_array_index (step->evidence, j));
  }
  add_objects (&self, data, "changes", NC_ ("commissioning report", "Settings written"));
  add_objects (&self, data, "settings", NC_ ("commissioning report", "Settings"));
  add_objects (&self, data, "snapshot", NC_ ("commissioning report", "Snapshot"));
  add_line (&self, hash);
  return g_string_free_to_bytes (self.out);
}
