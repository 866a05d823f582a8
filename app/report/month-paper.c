/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/month-paper.h"

#include "report/bars.h"
#include "report/month-lists.h"
#include <glib/gi18n.h>
#include <math.h>

#define PERCENT 100.0
/* A day that is known less well is neither the best nor the worst. */
#define WHOLE   0.95
#define EM_DASH "\xe2\x80\x94"

/* The rows of the comparison. */
typedef struct
{
  const char   *title;
  PlanciaEnergy energy;
} Row;

static const Row rows[] = {
  {N_ ("Produced"),         PLANCIA_ENERGY_PV       },
   {N_ ("Used"),             PLANCIA_ENERGY_LOAD     },
    {N_ ("Exported"),         PLANCIA_ENERGY_EXPORT   },
     {N_ ("Imported"),         PLANCIA_ENERGY_IMPORT   },
      {N_ ("To the battery"),   PLANCIA_ENERGY_CHARGE   },
       {N_ ("From the battery"), PLANCIA_ENERGY_DISCHARGE},
};

typedef struct
{
  PlanciaMonth          *month;
  PlanciaReportLanguage *language;
  PlanciaPaper          *paper;
  guint                  n_begun; /* days of the month so far */
  PlanciaEnergySum       total;   /* of them */
  PlanciaEnergySum       other;   /* of the same days of the year before */
} Work;

static const char *
say (Work *self, const char *text)
{
  return plancia_report_say (self->language, text);
}

char *
plancia_month_dup_name (PlanciaMonth *month, PlanciaReportLanguage *language)
{
  return plancia_report_month (language, month->span.start, month->zone);
}

/* Energies of a day with a decimal, of a month without. */
static char *
dup_energy (Work *self, double energy)
{
  return plancia_report_quantity (self->language, energy, fabs (energy) < 100 ? 1 : 0, "kWh");
}

static char *
dup_percent (Work *self, double part)
{
  return plancia_report_quantity (self->language, part * PERCENT, 0, "%");
}

static char *
dup_signed (Work *self, double value, guint decimals, const char *unit)
{
  g_autofree char *text = plancia_report_quantity (self->language, value, decimals, unit);

  return value > 0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

/* --- the head ------------------------------------------------------------------------------------ */

static void
add_head (Work *self)
{
  g_autofree char *name = plancia_month_dup_name (self->month, self->language);
  g_autofree char *subtitle = g_strdup_printf ("%s \xc2\xb7 %s", self->month->plant, name);

  plancia_paper_set_title (self->paper, say (self, N_ ("Monthly report")), subtitle);
  plancia_paper_set_time (self->paper, self->month->now);
  if (self->month->simulated)
    plancia_paper_set_banner (self->paper,
                              say (self,
                                   N_ ("Simulated plant: this report says nothing about a real "
                                       "one.")));
}

static void
add_facts (Work *self)
{
  PlanciaMonth      *month = self->month;
  PlanciaPaperFacts *plant = plancia_paper_facts_new (say (self, N_ ("Plant")));
  PlanciaPaperFacts *sources = plancia_paper_facts_new (say (self, N_ ("Counted devices")));
  g_autofree char   *name = plancia_month_dup_name (month, self->language);
  g_autofree char   *made = plancia_report_date (self->language, month->now, month->zone);

  plancia_paper_facts_add (plant, say (self, N_ ("Name")), month->plant);
  plancia_paper_facts_add (plant, say (self, N_ ("Month")), name);
  plancia_paper_facts_add (plant, say (self, N_ ("Time zone")), month->zone_name);
  plancia_paper_facts_add (plant, say (self, N_ ("Made on")), made);
  for (guint i = 0; i < month->parts->len; i++) {
    const PlanciaPlantPart *part = g_ptr_array_index (month->parts, i);
    g_autofree char        *from = plancia_month_dup_source (self->language, part);

    plancia_paper_facts_add (sources, part->name, from);
  }
  plancia_paper_add_facts (self->paper, plant, sources);
}

/* A month that is not over is compared with as many days. */
static void
add_note (Work *self)
{
  g_autofree char *until = NULL;
  g_autofree char *words = NULL;

  if (self->month->now >= self->month->span.end)
    return;
  until = plancia_report_time (self->language, self->month->now, self->month->zone);
  words =
    g_strdup_printf ("%s %s. %s",
                     say (self, N_ ("The month is not over: this is the state of")),
                          until,
                          say (self, N_ ("It is compared with the same days of the year before.")));
  plancia_paper_add_text (self->paper, words, PLANCIA_TEXT_BODY, PLANCIA_TONE_WARNING);
}

/* --- energies ------------------------------------------------------------------------------------ */

static void
add_row (PlanciaPaperTable *table, const char *const *texts, guint n)
{
  g_autofree PlanciaPaperCell *cells = g_new0 (PlanciaPaperCell, n);

  for (guint i = 0; i < n; i++) {
    cells[i].text = texts[i];
    cells[i].style = i == 0 ? PLANCIA_TEXT_STRONG : PLANCIA_TEXT_BODY;
  }
  plancia_paper_table_add_row (table, cells);
}

static void
add_energy_row (Work *self, PlanciaPaperTable *table, const char *title, double now, double before)
{
  double           difference = now - before;
  g_autofree char *one = dup_energy (self, now);
  g_autofree char *two = dup_energy (self, before);
  g_autofree char *apart = dup_signed (self, difference, fabs (difference) < 100 ? 1 : 0, "kWh");
  g_autofree char *part =
    dup_signed (self, before > 0 ? difference / before * PERCENT : NAN, 0, "%");
  const char *const texts[] = {title, one, two, apart, part};

  add_row (table, texts, G_N_ELEMENTS (texts));
}

static void
add_part_row (Work *self, PlanciaPaperTable *table, const char *title, double now, double before)
{
  g_autofree char  *one = dup_percent (self, now);
  g_autofree char  *two = dup_percent (self, before);
  const char *const texts[] = {title, one, two, "", ""};

  add_row (table, texts, G_N_ELEMENTS (texts));
}

static void
add_energies (Work *self)
{
  PlanciaPaperTable *table = plancia_paper_table_new ();
  g_autofree char   *name = plancia_month_dup_name (self->month, self->language);
  g_autofree char   *before =
    plancia_report_month (self->language, self->month->before.start, self->month->zone);

  plancia_paper_add_heading (self->paper, say (self, N_ ("Energies")));
  plancia_paper_table_add_column (table, "", 0, 0);
  plancia_paper_table_add_column (table, name, 32, 1);
  plancia_paper_table_add_column (table, before, 32, 1);
  plancia_paper_table_add_column (table, say (self, N_ ("Difference")), 32, 1);
  plancia_paper_table_add_column (table, "", 22, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double now = self->total.energies[rows[i].energy];
    double then = self->other.energies[rows[i].energy];

    if (!isnan (now) || !isnan (then))
      add_energy_row (self, table, say (self, rows[i].title), now, then);
  }
  add_part_row (
    self,
    table,
    say (self, N_ ("Autoconsumption")), self->total.autoconsumption, self->other.autoconsumption);
  add_part_row (self,
                table,
                say (self, N_ ("Self-sufficiency")),
                     self->total.self_sufficiency,
                     self->other.self_sufficiency);
  add_part_row (self, table, say (self, N_ ("Known part")), self->total.known, self->other.known);
  plancia_paper_add_table (self->paper, table);
}

/* --- days ---------------------------------------------------------------------------------------- */

static const PlanciaEnergySum *
day_at (GArray *days, guint index)
{
  return index < days->len ? &g_array_index (days, PlanciaEnergySum, index) : NULL;
}

static void
draw_bars (cairo_t *cr, double width, double height, gpointer data)
{
  plancia_bars_draw (data, cr, width, height);
}

static void
add_bars (Work *self)
{
  PlanciaBars     *bars = plancia_bars_new (self->language, NULL, NULL);
  g_autofree char *before =
    plancia_report_month (self->language, self->month->before.start, self->month->zone);
  g_autofree char *words = g_strdup_printf ("%s %s", say (self, N_ ("Produced in")), before);

  for (guint i = 0; i < self->month->days->len; i++) {
    g_autofree char *label = g_strdup_printf ("%u", i + 1);

    plancia_bars_add (bars,
                      label,
                      day_at (self->month->days, i),
                      day_at (self->month->other, i),
                      self->month->now);
  }
  if (!isnan (self->other.energies[PLANCIA_ENERGY_PV]))
    plancia_bars_set_other (bars, words);
  plancia_paper_add_heading (self->paper, say (self, N_ ("Day by day")));
  plancia_paper_add_figure (self->paper,
                            58,
                            NULL,
                            draw_bars,
                            bars,
                            (GDestroyNotify) plancia_bars_free);
}

/* Only whole days that are over and wholly known. */
static const PlanciaEnergySum *
find_extreme (Work *self, int sign)
{
  const PlanciaEnergySum *found = NULL;

  for (guint i = 0; i < self->n_begun; i++) {
    const PlanciaEnergySum *day = day_at (self->month->days, i);
    double                  pv = day->energies[PLANCIA_ENERGY_PV];

    if (isnan (pv) || day->known < WHOLE || day->span.end > self->month->now)
      continue;
    if (found == NULL || sign * pv > sign * found->energies[PLANCIA_ENERGY_PV])
      found = day;
  }
  return found;
}

static void
add_extreme (Work *self, PlanciaPaperFacts *facts, const char *title, int sign)
{
  const PlanciaEnergySum *day = find_extreme (self, sign);
  g_autofree char        *date = NULL;
  g_autofree char        *energy = NULL;
  g_autofree char        *words = NULL;

  if (day == NULL) {
    plancia_paper_facts_add (facts, title, NULL);
    return;
  }
  date = plancia_report_day (self->language, day->span.start, self->month->zone);
  energy = dup_energy (self, day->energies[PLANCIA_ENERGY_PV]);
  words = g_strdup_printf ("%s: %s", date, energy);
  plancia_paper_facts_add (facts, title, words);
}

static void
add_best (Work *self)
{
  PlanciaPaperFacts *facts = plancia_paper_facts_new (say (self, N_ ("Best and worst day")));
  PlanciaPaperFacts *peak = plancia_paper_facts_new (say (self, N_ ("Highest power")));
  g_autofree char   *power =
    plancia_report_quantity (self->language, self->total.peak_power / 1000, 2, "kW");
  g_autofree char *when = NULL;

  add_extreme (self, facts, say (self, N_ ("Best day")), 1);
  add_extreme (self, facts, say (self, N_ ("Worst day")), -1);
  if (!isnan (self->total.peak_power))
    when = plancia_report_time (self->language, self->total.peak_time, self->month->zone);
  plancia_paper_facts_add (peak, say (self, N_ ("Power")), power);
  plancia_paper_facts_add (peak, say (self, N_ ("Time")), when);
  plancia_paper_add_facts (self->paper, facts, peak);
}

static void
add_day (Work *self, PlanciaPaperTable *table, guint index)
{
  static const PlanciaEnergy shown[] = {
    PLANCIA_ENERGY_PV,
    PLANCIA_ENERGY_LOAD,
    PLANCIA_ENERGY_EXPORT,
    PLANCIA_ENERGY_IMPORT,
  };
  const PlanciaEnergySum *day = day_at (self->month->days, index);
  const PlanciaEnergySum *before = day_at (self->month->other, index);
  gboolean                running = day->span.end > self->month->now;
  g_autofree char *date = plancia_report_day (self->language, day->span.start, self->month->zone);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (texts, g_steal_pointer (&date));
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    g_ptr_array_add (texts, plancia_report_number (self->language, day->energies[shown[i]], 1));
  g_ptr_array_add (
    texts,
    plancia_report_number (self->language,
                           before != NULL ? before->energies[PLANCIA_ENERGY_PV] : NAN,
                           1));
  g_ptr_array_add (texts, running ? g_strdup (EM_DASH) : dup_percent (self, day->known));
  add_row (table, (const char *const *) texts->pdata, texts->len);
}

static void
add_days (Work *self)
{
  PlanciaPaperTable *table = plancia_paper_table_new ();
  g_autofree char   *before =
    g_strdup_printf ("%s, %s", say (self, N_ ("Produced")), say (self, N_ ("year before")));

  plancia_paper_add_heading (self->paper, say (self, N_ ("The days, kWh")));
  plancia_paper_table_set_row_height (table, 5);
  plancia_paper_table_add_column (table, "", 0, 0);
  plancia_paper_table_add_column (table, say (self, N_ ("Produced")), 24, 1);
  plancia_paper_table_add_column (table, say (self, N_ ("Used")), 24, 1);
  plancia_paper_table_add_column (table, say (self, N_ ("Exported")), 24, 1);
  plancia_paper_table_add_column (table, say (self, N_ ("Imported")), 24, 1);
  plancia_paper_table_add_column (table, before, 36, 1);
  plancia_paper_table_add_column (table, say (self, N_ ("Known part")), 22, 1);
  for (guint i = 0; i < self->n_begun; i++)
    add_day (self, table, i);
  plancia_paper_add_table (self->paper, table);
}

PlanciaPaper *
plancia_month_paper_new (PlanciaMonth *month, PlanciaReportLanguage *language)
{
  Work self = {
    .month = month,
    .language = language,
    .paper = plancia_paper_new (language),
    .n_begun = plancia_month_count_begun (month),
  };

  plancia_month_total (month->days, self.n_begun, &self.total);
  plancia_month_total (month->other, self.n_begun, &self.other);
  add_head (&self);
  add_facts (&self);
  add_note (&self);
  add_energies (&self);
  add_bars (&self);
  add_best (&self);
  add_days (&self);
  plancia_month_lists_add (month, self.paper);
  return self.paper;
}
