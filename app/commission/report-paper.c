/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report.h"

#include "commission/report-private.h"
#include "commission/words.h"
#include <glib/gi18n.h>

#define CONTEXT "commissioning report"
#define DOT     " \xc2\xb7 "

typedef struct
{
  PlanciaPaper          *paper;
  PlanciaReportLanguage *language;
  PlanciaVisit          *visit;
  JsonObject            *root;
  JsonObject            *data;
  GTimeZone             *zone;
} Sheet;

static const struct
{
  PlanciaTone tone;
  PlanciaSign sign;
} looks[PLANCIA_N_CHECKS] = {
  [PLANCIA_CHECK_OPEN] = {PLANCIA_TONE_DIM,     PLANCIA_SIGN_DASH   },
  [PLANCIA_CHECK_EXPECTED] = {PLANCIA_TONE_GOOD,    PLANCIA_SIGN_CHECK  },
  [PLANCIA_CHECK_RESERVATION] = {PLANCIA_TONE_WARNING, PLANCIA_SIGN_WARNING},
  [PLANCIA_CHECK_FAILED] = {PLANCIA_TONE_BAD,     PLANCIA_SIGN_CROSS  },
  [PLANCIA_CHECK_NOT_APPLICABLE] = {PLANCIA_TONE_DIM,     PLANCIA_SIGN_DASH   },
  [PLANCIA_CHECK_SKIPPED] = {PLANCIA_TONE_DIM,     PLANCIA_SIGN_DASH   },
};

/* The translation takes the same arguments. */
static const char *say (const Sheet *self, const char *text) G_GNUC_FORMAT (2);

static const char *
say (const Sheet *self, const char *text)
{
  return plancia_report_say_in (self->language, CONTEXT, text);
}

const char *
plancia_report_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

PlanciaVisit *
plancia_report_parse_visit (JsonObject *data, GError **error)
{
  JsonNode        *node = json_object_get_member (data, "visit");
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : g_strdup ("{}");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_visit_parse (plancia_rules_get (), bytes, "visit", error);
}

static char *
dup_clock (const Sheet *self, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return time != 0 ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

/* --- head ------------------------------------------------------------------------------------ */

static void
add_head (const Sheet *self)
{
  gint64           made = json_object_get_int_member_with_default (self->data, "made", 0);
  g_autofree char *date = plancia_report_date (self->language, made, self->zone);
  const char      *plant = plancia_visit_get_text (self->visit, PLANCIA_VISIT_PLANT);
  const char      *name = plancia_visit_get_text (self->visit, PLANCIA_VISIT_NAME);
  g_autofree char *subtitle = g_strconcat (g_str_equal (plant, name) ? "" : plant,
                                           g_str_equal (plant, name) ? "" : DOT,
                                           name,
                                           DOT,
                                           date,
                                           NULL);
  g_autofree char *hash =
    g_strconcat ("SHA-256 ", plancia_report_member (self->root, "sha256"), NULL);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (made / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autofree char *reference = g_date_time_format (local, "%Y-%m-%d/%H%M");
  g_autofree char *foot =
    g_strdup_printf (say (self, NC_ ("commissioning report", "%s, independent, not by ZCS")),
                     plancia_report_member (self->data, "program"));

  plancia_paper_set_title (self->paper,
                           say (self, NC_ ("commissioning report", "Commissioning report")),
                           subtitle);
  plancia_paper_set_author (self->paper,
                            plancia_visit_get_text (self->visit, PLANCIA_VISIT_INSTALLER));
  plancia_paper_set_reference (self->paper, reference);
  plancia_paper_set_time (self->paper, made);
  plancia_paper_set_foot (self->paper, foot, hash);
  if (plancia_visit_get_simulated (self->visit))
    plancia_paper_set_banner (
      self->paper,
      say (self,
           NC_ ("commissioning report",
                "Simulated plant: this report proves nothing about a real one.")));
}

static void
add_place (const Sheet *self)
{
  PlanciaPaperFacts *plant =
    plancia_paper_facts_new (say (self, NC_ ("commissioning report", "Plant")));
  PlanciaPaperFacts *device =
    plancia_paper_facts_new (say (self, NC_ ("commissioning report", "Device")));
  g_autofree char *serial = plancia_words_serial (self->visit);
  g_autofree char *firmware = plancia_words_firmware (self->visit);

#define TEXT(name) plancia_visit_get_text (self->visit, name)
  plancia_paper_facts_add (plant,
                           say (self, NC_ ("commissioning report", "Customer")),
                           TEXT (PLANCIA_VISIT_CUSTOMER));
  plancia_paper_facts_add (plant,
                           say (self, NC_ ("commissioning report", "Place")),
                           TEXT (PLANCIA_VISIT_PLACE));
  plancia_paper_facts_add (plant,
                           say (self, NC_ ("commissioning report", "Delivery point")),
                           TEXT (PLANCIA_VISIT_DELIVERY));
  plancia_paper_facts_add (plant,
                           say (self, NC_ ("commissioning report", "Installer")),
                           TEXT (PLANCIA_VISIT_INSTALLER));
  plancia_paper_facts_add (plant,
                           say (self, NC_ ("commissioning report", "Grid code")),
                           plancia_words_grid_code (self->visit));
  plancia_paper_facts_add (device,
                           say (self, NC_ ("commissioning report", "Model")),
                           TEXT (PLANCIA_VISIT_NAME));
  plancia_paper_facts_add (device,
                           say (self, NC_ ("commissioning report", "Serial number")),
                           serial);
  plancia_paper_facts_add (device, say (self, NC_ ("commissioning report", "Firmware")), firmware);
  plancia_paper_facts_add (device,
                           say (self, NC_ ("commissioning report", "Reached over")),
                           TEXT (PLANCIA_VISIT_ROUTE));
  plancia_paper_facts_add (
    device,
    say (self, NC_ ("commissioning report", "Register map")),
    plancia_report_say_in (self->language, "map", TEXT (PLANCIA_VISIT_MAP_NAME)));
#undef TEXT
  plancia_paper_add_facts (self->paper, plant, device);
}

/* --- result ---------------------------------------------------------------------------------- */

static void
add_result (const Sheet *self)
{
  static const PlanciaCheck shown[] = {PLANCIA_CHECK_EXPECTED,
                                       PLANCIA_CHECK_RESERVATION,
                                       PLANCIA_CHECK_FAILED};
  PlanciaPaperWord          words[G_N_ELEMENTS (shown) + 1];
  g_auto (GStrv) texts = g_new0 (char *, G_N_ELEMENTS (words) + 1);
  guint n = 0;
  guint rest = plancia_visit_get_n_steps (self->visit);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
    guint count = plancia_visit_count (self->visit, shown[i]);

    rest -= count;
    if (count == 0 && shown[i] == PLANCIA_CHECK_FAILED)
      continue;
    texts[n] = g_strdup_printf ("%u %s", count, plancia_words_check (self->language, shown[i]));
    words[n] = (PlanciaPaperWord){texts[n], count > 0 ? looks[shown[i]].tone : PLANCIA_TONE_NORMAL};
    n++;
  }
  texts[n] = g_strdup_printf (say (self, NC_ ("commissioning report", "%u not done")), rest);
  words[n] = (PlanciaPaperWord){texts[n], PLANCIA_TONE_NORMAL};
  plancia_paper_add_heading (self->paper, say (self, NC_ ("commissioning report", "Result")));
  plancia_paper_add_words (self->paper, words, n + 1);
}

static void
add_checks (const Sheet *self)
{
  PlanciaPaperTable *table = plancia_paper_table_new ();

  plancia_paper_table_add_column (table, NULL, 7, 1);
  plancia_paper_table_add_column (table, NULL, 50, 0);
  plancia_paper_table_add_column (table, NULL, 0, 0);
  plancia_paper_table_add_column (table, NULL, 13, 0);
  plancia_paper_table_add_column (table, NULL, 34, 0);
  for (guint i = 0; i < plancia_visit_get_n_steps (self->visit); i++) {
    const PlanciaVisitStep *step = plancia_visit_get_step (self->visit, i);
    g_autofree char        *number = g_strdup_printf ("%u", i + 1);
    g_autofree char        *summary = plancia_words_summary (self->language, self->visit, i);
    g_autofree char        *time = dup_clock (self, step->time);
    PlanciaPaperCell        cells[] = {
             {number,                               PLANCIA_TEXT_BODY,   PLANCIA_TONE_NORMAL, PLANCIA_SIGN_NONE},
             {                                   plancia_words_data (self->language, plancia_visit_get_rule (self->visit,          i)->title),
              PLANCIA_TEXT_STRONG,                                                          PLANCIA_TONE_NORMAL,
              PLANCIA_SIGN_NONE},
             {                                                                                                                     summary,                              PLANCIA_TEXT_BODY,   PLANCIA_TONE_NORMAL, PLANCIA_SIGN_NONE},
             {time,                   PLANCIA_TEXT_BODY, PLANCIA_TONE_NORMAL,   PLANCIA_SIGN_NONE                 },
             { plancia_words_check (self->language,                    step->result),
              PLANCIA_TEXT_BODY,                                                       looks[step->result].tone,
              looks[step->result].sign},
    };

    plancia_paper_table_add_row (table, cells);
  }
  plancia_paper_add_heading (self->paper, say (self, NC_ ("commissioning report", "Checks")));
  plancia_paper_add_table (self->paper, table);
}

/* --- in full --------------------------------------------------------------------------------- */

/* What is not as expected, with what a person said, and what was done twice. */
static char *
dup_remark (const Sheet *self, guint index)
{
  const PlanciaVisitStep *step = plancia_visit_get_step (self->visit, index);
  gboolean overruled = step->person != NULL && step->proposed != PLANCIA_CHECK_OPEN &&
                       step->proposed != step->result;
  GString *text;

  if (step->note[0] == '\0' && !overruled && step->earlier->len == 0)
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%u. %s", index + 1, step->note);
  if (overruled) {
    g_string_append_c (text, ' ');
    g_string_append_printf (
      text,
      /* TRANSLATORS: what the program proposed, and who decided otherwise */
      say (self, NC_ ("commissioning report", "(Plancia proposed “%s”; decided by %s.)")),
      plancia_words_check (self->language, step->proposed),
      step->person);
  }
  if (step->earlier->len > 0) {
    const PlanciaVisitRun *last = g_ptr_array_index (step->earlier, step->earlier->len - 1);
    g_autofree char       *time = dup_clock (self, last->time);

    g_string_append_c (text, ' ');
    g_string_append_printf (
      text,
      /* TRANSLATORS: how often a step was done, and what it came to the time before */
      say (self, NC_ ("commissioning report", "(Done %u times; at %s it was “%s”.)")),
      step->earlier->len + 1,
      time,
      plancia_words_check (self->language, last->result));
  }
  return g_string_free (text, FALSE);
}

static void
add_remarks (const Sheet *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < plancia_visit_get_n_steps (self->visit); i++) {
    g_autofree char *remark = dup_remark (self, i);

    if (remark == NULL)
      continue;
    if (!any)
      plancia_paper_add_heading (
        self->paper,
        say (self, NC_ ("commissioning report", "Reservations and notes")));
    any = TRUE;
    plancia_paper_add_text (self->paper, remark, PLANCIA_TEXT_BODY, PLANCIA_TONE_NORMAL);
  }
}

static gboolean
is_good_verdict (const char *verdict)
{
  return g_strcmp0 (verdict, "verified") == 0 || g_strcmp0 (verdict, "skipped") == 0;
}

static const char *
say_verdict (const Sheet *self, const char *verdict)
{
  static const struct
  {
    const char *verdict;
    const char *words;
  } all[] = {
    {"verified", NC_ ("commissioning report", "verified") },
    {"differs",  NC_ ("commissioning report", "differs")  },
    {"unknown",  NC_ ("commissioning report", "unknown")  },
    {"skipped",  NC_ ("commissioning report", "as it was")},
    {"refused",  NC_ ("commissioning report", "refused")  },
    {"sent",     NC_ ("commissioning report", "sent")     },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].verdict, verdict) == 0)
      return say (self, all[i].words);
  return verdict;
}

static void
add_changes (const Sheet *self)
{
  JsonArray         *changes = json_object_get_array_member (self->data, "changes");
  PlanciaPaperTable *table = plancia_paper_table_new ();

  plancia_paper_table_add_column (table, NULL, 57, 0);
  plancia_paper_table_add_column (table, NULL, 0, 0);
  plancia_paper_table_add_column (table, NULL, 13, 0);
  plancia_paper_table_add_column (table, NULL, 34, 0);
  for (guint i = 0; i < json_array_get_length (changes); i++) {
    JsonObject      *change = json_array_get_object_element (changes, i);
    const char      *verdict = plancia_report_member (change, "verdict");
    const char      *old = plancia_report_member (change, "old");
    g_autofree char *text = g_strconcat (old != NULL ? old : "?",
                                         " \xe2\x86\x92 ",
                                         plancia_report_member (change, "new"),
                                         NULL);
    g_autofree char *time = dup_clock (self,
                                       json_object_get_int_member_with_default (change, "time", 0));
    gboolean         good = is_good_verdict (verdict);
    PlanciaPaperCell cells[] = {
      {plancia_report_say_in (self->language, "map",    plancia_report_member (change, "name")),
       PLANCIA_TEXT_STRONG,                                                                                              PLANCIA_TONE_NORMAL,
       PLANCIA_SIGN_NONE},
      {text,                     PLANCIA_TEXT_BODY,                             PLANCIA_TONE_NORMAL,                                                       PLANCIA_SIGN_NONE                                                                },
      {time,                                     PLANCIA_TEXT_BODY,                                          PLANCIA_TONE_NORMAL,                  PLANCIA_SIGN_NONE},
      {say_verdict (self,                     verdict),
       PLANCIA_TEXT_BODY,                                                              good ? PLANCIA_TONE_GOOD : PLANCIA_TONE_WARNING,
       good ? PLANCIA_SIGN_CHECK : PLANCIA_SIGN_WARNING},
    };

    plancia_paper_table_add_row (table, cells);
  }
  plancia_paper_add_heading (self->paper,
                             say (self, NC_ ("commissioning report", "Settings written")));
  if (json_array_get_length (changes) == 0)
    plancia_paper_add_text (self->paper,
                            say (self, NC_ ("commissioning report", "None.")),
                            PLANCIA_TEXT_BODY,
                            PLANCIA_TONE_NORMAL);
  plancia_paper_add_table (self->paper, table);
}

static void
add_signatures (const Sheet *self)
{
  const char *captions[] = {say (self, NC_ ("commissioning report", "Place and date")),
                            say (self, NC_ ("commissioning report", "Installer")),
                            say (self, NC_ ("commissioning report", "Customer")),
                            NULL};

  plancia_paper_add_signatures (self->paper, captions);
}

/**
 * plancia_commission_report_paper:
 * @root: a report
 * @language: of the paper
 * @error: PLANCIA_DOCUMENT_ERROR if the report is damaged
 *
 * Returns: (transfer full): the document, or %NULL
 */
PlanciaPaper *
plancia_commission_report_paper (JsonNode *root, PlanciaReportLanguage *language, GError **error)
{
  JsonObject *object = json_node_get_object (root);
  JsonObject *data = json_object_get_object_member (object, "data");
  g_autoptr (PlanciaVisit) visit = plancia_report_parse_visit (data, error);
  g_autoptr (GTimeZone) zone = NULL;
  Sheet self;

  if (visit == NULL)
    return NULL;
  zone = g_time_zone_new_identifier (plancia_visit_get_text (visit, PLANCIA_VISIT_ZONE));
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  self = (Sheet){plancia_paper_new (language), language, visit, object, data, zone};
  add_head (&self);
  add_place (&self);
  add_result (&self);
  add_checks (&self);
  add_remarks (&self);
  add_changes (&self);
  add_signatures (&self);
  plancia_paper_add_page (self.paper);
  plancia_report_add_annex (self.paper, data, visit);
  plancia_report_add_charts (self.paper, data, visit);
  return self.paper;
}
