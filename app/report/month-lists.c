/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/month-lists.h"

#include "model/alarm-notes.h"
#include <glib/gi18n.h>

/* More would bury what matters. */
#define MAX_ROWS 60

static char *
dup_length (PlanciaReportLanguage *language, gint64 length)
{
  gint64 minutes = (length + PLANCIA_MINUTE / 2) / PLANCIA_MINUTE;

  if (length < PLANCIA_MINUTE)
    return g_strdup_printf ("%d\xc2\xa0s", (int) (length / PLANCIA_SECOND));
  if (minutes < 60)
    return g_strdup_printf ("%d\xc2\xa0min", (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf ("%d\xc2\xa0h\xc2\xa0%02d\xc2\xa0min",
                            (int) (minutes / 60),
                            (int) (minutes % 60));
  return g_strdup_printf ("%d\xc2\xa0%s",
                          (int) ((minutes + 720) / 1440),
                          plancia_report_say_in (language, "length", NC_ ("length", "days")));
}

char *
plancia_month_dup_source (PlanciaReportLanguage *language, const PlanciaPlantPart *part)
{
  static const struct
  {
    const char *name;
    const char *words;
  } sources[] = {
    {"portal", N_ ("Azzurro Portal")},
     {"system", N_ ("Azzurro System")},
      {"local",  N_ ("Read here")     },
       {"import", N_ ("Imported table")},
  };
  const char *words = part->source;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_str_equal (sources[i].name, part->source))
      words = plancia_report_say (language, sources[i].words);
  if (part->twin == NULL)
    return g_strdup (words);
  return g_strdup_printf ("%s (%s %s)",
                          words,
                          plancia_report_say (language, N_ ("counted once with")), part->twin);
}

/* --- alarms -------------------------------------------------------------------------------------- */

static char *
dup_note (PlanciaReportLanguage *language, const PlanciaAlarmRecord *record)
{
  g_autofree char *length = NULL;
  GString         *words;

  if (g_str_equal (record->key, PLANCIA_NOTE_LINE))
    return g_strdup (plancia_report_say (language, N_ ("Line held by another client")));
  if (g_str_equal (record->key, PLANCIA_NOTE_SILENT))
    return g_strdup (plancia_report_say (language, N_ ("No answer any more")));
  length = dup_length (language, record->word * PLANCIA_SECOND);
  words = g_string_new (plancia_report_say (language,
                                            g_str_equal (record->label, PLANCIA_NOTE_BEHIND)
                                            ? N_ ("Clock %s behind")
                                            : N_ ("Clock %s ahead")));
  g_string_replace (words, "%s", length, 1);
  return g_string_free (words, FALSE);
}

static char *
dup_what (PlanciaReportLanguage *language, const PlanciaAlarmRecord *record)
{
  if (g_str_equal (record->source, PLANCIA_ALARM_PLANCIA))
    return dup_note (language, record);
  if (record->label[0] != '\0')
    return g_strdup (plancia_report_say_in (language, "map bit", record->label));
  if (record->id > 0)
    return g_strdup_printf ("ID %02d", record->id);
  return g_strdup_printf ("%s %u",
                          plancia_report_say (language, N_ ("Unknown alarm, bit")),
                                              (guint) record->bit % 16);
}

static const char *
severity_words (PlanciaReportLanguage *language, PlanciaSeverity severity)
{
  if (severity == PLANCIA_SEVERITY_NOTE)
    return plancia_report_say_in (language, "severity", NC_ ("severity", "Note"));
  return plancia_report_say (language,
                             severity == PLANCIA_SEVERITY_FAULT
                             ? N_ ("Fault")
                             : N_ ("Warning"));
}

static void
add_alarm (PlanciaMonth             *month,
           PlanciaReportLanguage    *language,
           PlanciaPaperTable        *table,
           const PlanciaAlarmRecord *record)
{
  static const PlanciaTone tones[] = {PLANCIA_TONE_BAD, PLANCIA_TONE_WARNING, PLANCIA_TONE_DIM};
  static const PlanciaSign signs[] = {PLANCIA_SIGN_CROSS, PLANCIA_SIGN_WARNING, PLANCIA_SIGN_DASH};
  guint                    bad = MIN (record->severity, G_N_ELEMENTS (tones) - 1);
  g_autofree char         *since = plancia_report_time (language, record->since, month->zone);
  g_autofree char         *length = NULL;
  g_autofree char         *what = dup_what (language, record);
  PlanciaPaperCell         cells[5] = {{NULL}};

  if (record->until > 0)
    length = dup_length (language, record->until - record->since);
  cells[0].text = since;
  cells[1].text = record->name;
  cells[2].text = what;
  cells[2].style = PLANCIA_TEXT_STRONG;
  cells[3].text = length != NULL ? length : plancia_report_say (language, N_ ("still open"));
  cells[4].text = severity_words (language, record->severity);
  cells[4].tone = tones[bad];
  cells[4].sign = signs[bad];
  plancia_paper_table_add_row (table, cells);
}

/* What does not stand in the table is counted. */
static void
add_rest (PlanciaPaper *paper, guint n)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (paper);
  g_autofree char       *number = g_strdup_printf ("%u", n - MIN (n, MAX_ROWS));
  GString               *words;

  if (n <= MAX_ROWS)
    return;
  words = g_string_new (plancia_report_say (language, N_ ("{number} more are not listed here.")));
  g_string_replace (words, "{number}", number, 1);
  plancia_paper_add_text (paper, words->str, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM);
  g_string_free (words, TRUE);
}

static void
add_alarms (PlanciaMonth *month, PlanciaPaper *paper)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (paper);
  PlanciaPaperTable     *table;

  plancia_paper_add_heading (paper, plancia_report_say (language, N_ ("Alarms")));
  if (month->alarms->len == 0) {
    plancia_paper_add_text (paper,
                            plancia_report_say (language, N_ ("No alarms were seen this month.")),
                                                PLANCIA_TEXT_BODY,
                                                PLANCIA_TONE_NORMAL);
    return;
  }
  table = plancia_paper_table_new ();
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Since")), 38, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Device")), 42, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Alarm")), 0, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Lasted")), 26, 0);
  plancia_paper_table_add_column (table, "", 28, 0);
  for (guint i = 0; i < MIN (month->alarms->len, MAX_ROWS); i++)
    add_alarm (month, language, table, g_ptr_array_index (month->alarms, i));
  plancia_paper_add_table (paper, table);
  add_rest (paper, month->alarms->len);
}

/* --- holes --------------------------------------------------------------------------------------- */

typedef struct
{
  const PlanciaPlantPart *part;
  const PlanciaCover     *cover;
} Hole;

static GArray *
collect_holes (PlanciaMonth *month)
{
  GArray *holes = g_array_new (FALSE, FALSE, sizeof (Hole));

  for (guint i = 0; i < month->parts->len; i++) {
    const PlanciaPlantPart *part = g_ptr_array_index (month->parts, i);

    for (guint j = 0; part->holes != NULL && j < part->holes->len; j++) {
      Hole hole = {part, g_ptr_array_index (part->holes, j)};

      g_array_append_val (holes, hole);
    }
  }
  return holes;
}

static void
add_hole (PlanciaMonth *month, PlanciaReportLanguage *language, PlanciaPaperTable *table, Hole hole)
{
  PlanciaSpan      span = hole.cover->span;
  g_autofree char *from = plancia_report_time (language, span.start, month->zone);
  g_autofree char *to = plancia_report_time (language, span.end, month->zone);
  g_autofree char *length = dup_length (language, span.end - span.start);
  const char      *why = hole.cover->kind == PLANCIA_COVER_FAILED
    ? plancia_report_say (language, N_ ("the question failed"))
                          : plancia_report_say (language, N_ ("not fetched"));
  PlanciaPaperCell cells[5] = {{NULL}};

  cells[0].text = hole.part->name;
  cells[0].style = PLANCIA_TEXT_STRONG;
  cells[1].text = from;
  cells[2].text = to;
  cells[3].text = length;
  cells[4].text = why;
  plancia_paper_table_add_row (table, cells);
}

/* What is recorded here has no list of holes: what is known of its days says it. */
static void
add_unknown_days (PlanciaMonth *month, PlanciaPaper *paper)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (paper);
  guint                  n = 0;
  g_autofree char       *number = NULL;
  GString               *words;

  for (guint i = 0; i < plancia_month_count_begun (month); i++) {
    const PlanciaEnergySum *day = &g_array_index (month->days, PlanciaEnergySum, i);

    n += day->span.end <= month->now && day->known < 0.95;
  }
  if (n == 0) {
    plancia_paper_add_text (
      paper,
      plancia_report_say (language, N_ ("All days that are over are wholly known.")),
                          PLANCIA_TEXT_BODY,
                          PLANCIA_TONE_NORMAL);
    return;
  }
  number = g_strdup_printf ("%u", n);
  words = g_string_new (
    plancia_report_say (language,
                        N_ ("Days that are over and not wholly known: {number}. The column "
                            "\xe2\x80\x9cKnown part\xe2\x80\x9d above says how much of each.")));
  g_string_replace (words, "{number}", number, 1);
  plancia_paper_add_text (paper, words->str, PLANCIA_TEXT_BODY, PLANCIA_TONE_NORMAL);
  g_string_free (words, TRUE);
}

static void
add_holes (PlanciaMonth *month, PlanciaPaper *paper)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (paper);
  g_autoptr (GArray) holes = collect_holes (month);
  PlanciaPaperTable *table;

  plancia_paper_add_heading (paper, plancia_report_say (language, N_ ("Holes in the history")));
  add_unknown_days (month, paper);
  if (holes->len == 0)
    return;
  table = plancia_paper_table_new ();
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Device")), 0, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("From")), 38, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Until")), 38, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Length")), 28, 0);
  plancia_paper_table_add_column (table, plancia_report_say (language, N_ ("Why")), 34, 0);
  for (guint i = 0; i < MIN (holes->len, MAX_ROWS); i++)
    add_hole (month, language, table, g_array_index (holes, Hole, i));
  plancia_paper_add_table (paper, table);
  add_rest (paper, holes->len);
}

void
plancia_month_lists_add (PlanciaMonth *month, PlanciaPaper *paper)
{
  add_alarms (month, paper);
  add_holes (month, paper);
}
