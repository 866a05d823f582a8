/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-view.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/text.h"
#include "chart/energy-bars.h"
#include "ui/color-key.h"
#include "ui/energy-peak.h"
#include "ui/energy-sums.h"
#include "ui/energy-table.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/history-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define N_CHIPS 5
/* So many bars have room for the weekday. */
#define WEEK 7

/* What the legend and the bars are made of. */
typedef enum {
  CHIP_DIRECT,
  CHIP_BATTERY,
  CHIP_EXPORTED,
  CHIP_IMPORTED,
  CHIP_OTHER,
} ChipKind;

struct _PlanciaEnergyView
{
  GtkBox parent_instance;

  GtkFlowBox          *legend;
  GtkStack            *stack;
  PlanciaEnergyBars   *bars;
  PlanciaHistoryTable *table;
  PlanciaHelpButton   *help;
  AdwStatusPage       *nothing;
  GtkBox              *foot;
  GtkLabel            *note;
  PlanciaEnergySums   *sums;

  GtkWidget *chips[N_CHIPS];
  GtkLabel  *names[N_CHIPS];
  GtkLabel  *values[N_CHIPS];
  GtkLabel  *differences[N_CHIPS];

  PlanciaEnergyFeed *feed;
  GTimeZone         *zone;
  PlanciaPeriod      period;
  char              *title;
  char              *other_title; /* or NULL */
  gboolean           as_table;
};

enum {
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaEnergyView, plancia_energy_view, GTK_TYPE_BOX)

/* --- words --------------------------------------------------------------------------------------- */

static GDateTime *
local_time (PlanciaEnergyView *self, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  return g_date_time_to_timezone (utc, self->zone);
}

static guint
count_bars (PlanciaEnergyView *self)
{
  GArray *sums = plancia_energy_feed_get_bars (self->feed);

  return sums != NULL ? sums->len : 0;
}

/* "12" of a month, "Fri 12" of a week, "Jun" of a year. */
static const char *
bar_format (PlanciaEnergyView *self)
{
  switch (self->period) {
  case PLANCIA_PERIOD_HOUR:
    return "%-H";
  case PLANCIA_PERIOD_MONTH:
    return count_bars (self) <= 12 ? "%b" : "%b %y";
  case PLANCIA_PERIOD_YEAR:
    return "%Y";
  case PLANCIA_PERIOD_DAY:
  case PLANCIA_PERIOD_WEEK:
  default:
    /* Translators: strftime format of a day under its bar: Fri 12 */
    return count_bars (self) <= WEEK ? _ ("%a %-d") : "%-d";
  }
}

static char *
bar_words (PlanciaEnergyView *self, gint64 time)
{
  g_autoptr (GDateTime) date = local_time (self, time);

  switch (self->period) {
  case PLANCIA_PERIOD_HOUR:
    return g_date_time_format (date, "%H:%M");
  case PLANCIA_PERIOD_MONTH:
    return g_date_time_format (date, "%B %Y");
  case PLANCIA_PERIOD_YEAR:
    return g_date_time_format (date, "%Y");
  case PLANCIA_PERIOD_DAY:
  case PLANCIA_PERIOD_WEEK:
  default:
    return g_date_time_format (date, _ ("%A %-d %B %Y"));
  }
}

/* --- bars ---------------------------------------------------------------------------------------- */

static const PlanciaEnergySum *
sum_at (GArray *sums, guint index)
{
  return sums != NULL && index < sums->len ? &g_array_index (sums, PlanciaEnergySum, index) : NULL;
}

static void
fill_bar (PlanciaEnergyView      *self,
          PlanciaEnergyBar       *bar,
          const PlanciaEnergySum *sum,
          const PlanciaEnergySum *other)
{
  g_autoptr (GDateTime) date = local_time (self, sum->span.start);
  g_autofree char *label = g_date_time_format (date, bar_format (self));

  g_strlcpy (bar->label, label, sizeof bar->label);
  bar->words = bar_words (self, sum->span.start);
  bar->up[0] = plancia_energy_used_directly (sum);
  bar->up[1] = sum->energies[PLANCIA_ENERGY_CHARGE];
  bar->up[2] = sum->energies[PLANCIA_ENERGY_EXPORT];
  bar->down = sum->energies[PLANCIA_ENERGY_IMPORT];
  bar->other = other != NULL ? other->energies[PLANCIA_ENERGY_PV] : NAN;
  bar->known = sum->known;
  bar->ahead = sum->span.start > plancia_clock_now ();
}

static void
show_bars (PlanciaEnergyView *self)
{
  GArray *sums = plancia_energy_feed_get_bars (self->feed);
  GArray *other = plancia_energy_feed_get_other (self->feed);
  g_autoptr (GArray) bars = g_array_new (FALSE, TRUE, sizeof (PlanciaEnergyBar));
  int mark = -1;

  g_array_set_clear_func (bars, (GDestroyNotify) plancia_energy_bar_clear);
  for (guint i = 0; sums != NULL && i < sums->len; i++) {
    const PlanciaEnergySum *sum = sum_at (sums, i);
    PlanciaEnergyBar        bar = {0};

    fill_bar (self, &bar, sum, sum_at (other, i));
    if (plancia_span_contains (sum->span, plancia_clock_now ()))
      mark = (int) i;
    g_array_append_val (bars, bar);
  }
  plancia_energy_bars_set_title (self->bars, self->title);
  plancia_energy_bars_set (self->bars, bars, mark);
}

static gboolean
is_empty (GArray *sums)
{
  for (guint i = 0; sums != NULL && i < sums->len; i++)
    if (sum_at (sums, i)->known > 0)
      return FALSE;
  return TRUE;
}

/* --- legend -------------------------------------------------------------------------------------- */

static double
chip_value (ChipKind kind, const PlanciaEnergySum *sum, const PlanciaEnergySum *other)
{
  switch (kind) {
  case CHIP_DIRECT:
    return plancia_energy_used_directly (sum);
  case CHIP_BATTERY:
    return sum->energies[PLANCIA_ENERGY_CHARGE];
  case CHIP_EXPORTED:
    return sum->energies[PLANCIA_ENERGY_EXPORT];
  case CHIP_IMPORTED:
    return sum->energies[PLANCIA_ENERGY_IMPORT];
  case CHIP_OTHER:
  default:
    return other != NULL ? other->energies[PLANCIA_ENERGY_PV] : NAN;
  }
}

/* Of what the chip is about, to the other stretch. */
static void
show_chip_difference (PlanciaEnergyView      *self,
                      ChipKind                kind,
                      double                  value,
                      const PlanciaEnergySum *other)
{
  gboolean         compared = self->other_title != NULL && other != NULL && kind != CHIP_OTHER;
  g_autofree char *words =
    compared ? plancia_energy_sums_difference (value, chip_value (kind, other, NULL)) : NULL;

  gtk_label_set_text (self->differences[kind], words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->differences[kind]), self->other_title != NULL);
}

/* What is compared with counts as far as this stretch has come. */
static void
find_totals (PlanciaEnergyView *self, PlanciaEnergySum *total, PlanciaEnergySum *other)
{
  GArray *sums = plancia_energy_feed_get_bars (self->feed);
  GArray *others = plancia_energy_feed_get_other (self->feed);
  g_autoptr (GArray) begun = g_array_new (FALSE, FALSE, sizeof (PlanciaEnergySum));

  plancia_energy_total (sums, total);
  for (guint i = 0; others != NULL && i < others->len; i++)
    if (sum_at (sums, i) == NULL || sum_at (sums, i)->span.start <= plancia_clock_now ())
      g_array_append_vals (begun, sum_at (others, i), 1);
  plancia_energy_total (begun, other);
}

/* Of the bar under the pointer, else of all. A device without a battery has no use for its sign. */
static void
show_legend (PlanciaEnergyView *self)
{
  GArray                 *sums = plancia_energy_feed_get_bars (self->feed);
  GArray                 *others = plancia_energy_feed_get_other (self->feed);
  int                     chosen = plancia_energy_bars_get_chosen (self->bars);
  PlanciaEnergySum        total, other_total;
  const PlanciaEnergySum *sum = chosen >= 0 ? sum_at (sums, (guint) chosen) : NULL;
  const PlanciaEnergySum *other = chosen >= 0 ? sum_at (others, (guint) chosen) : NULL;

  find_totals (self, &total, &other_total);
  /* Without a meter at the grid nobody knows where it went. */
  gtk_label_set_text (self->names[CHIP_DIRECT],
                      isnan (total.energies[PLANCIA_ENERGY_EXPORT])
                      ? _ ("Produced")
                      : _ ("Used directly"));
  for (guint i = 0; i < N_CHIPS; i++) {
    gboolean known = !isnan (chip_value (i, &total, &other_total));
    gboolean one = chosen >= 0 && sum != NULL;
    double   value = one ? chip_value (i, sum, other) : chip_value (i, &total, &other_total);
    g_autofree char *words = plancia_energy_sums_words (value);

    gtk_widget_set_visible (self->chips[i], known);
    gtk_label_set_text (self->values[i], words);
    show_chip_difference (self, i, value, one ? other : &other_total);
  }
}

static void
make_chip (PlanciaEnergyView *self,
           ChipKind           kind,
           const char        *name,
           const char        *color,
           gboolean           hatched)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *key = plancia_color_key_new (color, hatched);
  GtkWidget *child = gtk_flow_box_child_new ();

  self->names[kind] = GTK_LABEL (gtk_label_new (name));
  self->values[kind] = GTK_LABEL (gtk_label_new (NULL));
  self->differences[kind] = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->differences[kind], 0);
  gtk_label_set_ellipsize (self->differences[kind], PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->differences[kind]), "caption-dim");
  gtk_widget_add_css_class (GTK_WIDGET (self->differences[kind]), "numeric");
  gtk_label_set_xalign (self->names[kind], 0);
  gtk_label_set_ellipsize (self->names[kind], PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->values[kind], 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->names[kind]), "caption-dim");
  gtk_widget_add_css_class (GTK_WIDGET (self->values[kind]), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->values[kind]), "heading");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->names[kind]));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->values[kind]));
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (self->differences[kind]));
  gtk_box_append (GTK_BOX (row), key);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), row);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (self->legend, child);
  self->chips[kind] = child;
}

static void
make_legend (PlanciaEnergyView *self)
{
  make_chip (self, CHIP_DIRECT, _ ("Used directly"), "series_2", FALSE);
  make_chip (self, CHIP_BATTERY, _ ("Into the battery"), "series_3", FALSE);
  make_chip (self, CHIP_EXPORTED, _ ("Exported"), "series_4", TRUE);
  make_chip (self, CHIP_IMPORTED, _ ("Imported"), "series_5", FALSE);
  make_chip (self, CHIP_OTHER, "", "chart_axis", FALSE);
  gtk_flow_box_set_max_children_per_line (self->legend, N_CHIPS);
}

/* --- sums ---------------------------------------------------------------------------------------- */

static gboolean
is_under_way (PlanciaEnergyView *self)
{
  guint n = count_bars (self);

  return n > 0 && sum_at (plancia_energy_feed_get_bars (self->feed), n - 1)->span.start >
                    plancia_clock_now ();
}

static void
show_sums (PlanciaEnergyView *self)
{
  PlanciaEnergySum total, other;
  g_autofree char *that = NULL;

  find_totals (self, &total, &other);
  if (self->other_title != NULL) {
    /* Translators: a month or a year that is compared with one under way: "June 2025, as far" */
    g_autofree char *name = g_strdup_printf (_ ("Produced, %s"), self->other_title);

    that = is_under_way (self) ? g_strdup_printf (_ ("%s, so far"), self->other_title)
                               : g_strdup (self->other_title);
    gtk_label_set_text (self->names[CHIP_OTHER], name);
  }
  plancia_energy_sums_set (self->sums, self->title, &total, that, &other);
  gtk_widget_set_visible (GTK_WIDGET (self->sums), TRUE);
}

static char *
missing_words (PlanciaEnergyView *self, guint missing)
{
  switch (self->period) {
  case PLANCIA_PERIOD_HOUR:
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u hour without data", "%u hours without data", missing),
      missing);
  case PLANCIA_PERIOD_MONTH:
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u month without data", "%u months without data", missing),
      missing);
  case PLANCIA_PERIOD_YEAR:
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u year without data", "%u years without data", missing),
      missing);
  case PLANCIA_PERIOD_DAY:
  case PLANCIA_PERIOD_WEEK:
  default:
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u day without data", "%u days without data", missing),
      missing);
  }
}

/* Of what is compared with, as far as this stretch has come. */
static guint
count_missing (PlanciaEnergyView *self, GArray *sums)
{
  GArray *bars = plancia_energy_feed_get_bars (self->feed);
  guint   missing = 0;

  for (guint i = 0; sums != NULL && i < sums->len; i++) {
    const PlanciaEnergySum *bar = sum_at (bars, i);

    missing += sum_at (sums, i)->known <= 0 &&
               (bar == NULL || bar->span.start <= plancia_clock_now ());
  }
  return missing;
}

/* The highest power, and how much of it nobody knows. */
static void
show_note (PlanciaEnergyView *self)
{
  GArray          *sums = plancia_energy_feed_get_bars (self->feed);
  GArray          *others = plancia_energy_feed_get_other (self->feed);
  guint            missing = count_missing (self, sums);
  guint            other_missing = count_missing (self, others);
  g_autofree char *peak = plancia_energy_peak_words (sums, self->zone);
  g_autofree char *words = missing > 0 ? missing_words (self, missing) : NULL;
  g_autofree char *other = other_missing > 0 ? missing_words (self, other_missing) : NULL;
  GString         *note = g_string_new (peak);

  if (words != NULL)
    g_string_append_printf (note, "%s%s", note->len > 0 ? " · " : "", words);
  /* A sum of a few days is not less than that of a month. */
  if (other != NULL && self->other_title != NULL)
    g_string_append_printf (note, "%s%s: %s", note->len > 0 ? " · " : "", self->other_title, other);
  gtk_label_set_text (self->note, note->str);
  g_string_free (note, TRUE);
}

static void
show_nothing (PlanciaEnergyView *self)
{
  const GError *error = plancia_energy_feed_get_error (self->feed);

  adw_status_page_set_title (self->nothing,
                             error != NULL
                             ? _ ("The history could not be read")
                             : _ ("No energies of this time"));
  adw_status_page_set_description (self->nothing,
                                   error != NULL
                                     ? plancia_error_text (error)
                                     : _ ("Nothing was recorded or fetched of these days yet."));
  plancia_help_button_set_error (self->help, error);
}

/* Shorter than what is read out: it stands in a column. */
static char *
table_words (gpointer user_data, gint64 time)
{
  PlanciaEnergyView *self = user_data;
  g_autoptr (GDateTime) date = local_time (self, time);

  if (self->period == PLANCIA_PERIOD_DAY || self->period == PLANCIA_PERIOD_WEEK)
    /* Translators: strftime format of a day in a table: Thu 11 Jun 2026 */
    return g_date_time_format (date, _ ("%a %-d %b %Y"));
  return bar_words (self, time);
}

PlanciaShownTable *
plancia_energy_view_dup_table (PlanciaEnergyView *self, const char *name)
{
  return plancia_energy_table_new (plancia_energy_feed_get_bars (self->feed),
                                   name,
                                   plancia_energy_feed_get_other (self->feed),
                                   self->other_title,
                                   table_words,
                                   self);
}

static void
show_table (PlanciaEnergyView *self)
{
  g_autoptr (PlanciaShownTable) shown = plancia_energy_view_dup_table (self, "");

  plancia_history_table_show (self->table, shown, _ ("Time"), _ ("Energies, kWh"));
}

static void
feed_cb (PlanciaEnergyView *self)
{
  gboolean empty = is_empty (plancia_energy_feed_get_bars (self->feed));

  if (self->zone == NULL || plancia_energy_feed_get_loading (self->feed))
    return;
  show_bars (self);
  show_legend (self);
  show_sums (self);
  show_note (self);
  if (empty)
    show_nothing (self);
  if (self->as_table)
    show_table (self);
  gtk_stack_set_visible_child (self->stack,
                               empty            ? GTK_WIDGET (self->nothing)
                               : self->as_table ? GTK_WIDGET (self->table)
                                                : GTK_WIDGET (self->bars));
}

static void
chosen_cb (PlanciaEnergyView *self)
{
  if (self->feed != NULL)
    show_legend (self);
}

static void
opened_cb (PlanciaEnergyView *self, guint index)
{
  const PlanciaEnergySum *sum = sum_at (plancia_energy_feed_get_bars (self->feed), index);

  if (sum != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, sum->span.start);
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_energy_view_dispose (GObject *object)
{
  PlanciaEnergyView *self = PLANCIA_ENERGY_VIEW (object);

  g_clear_object (&self->feed);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->other_title, g_free);
  G_OBJECT_CLASS (plancia_energy_view_parent_class)->dispose (object);
}

static void
plancia_energy_view_class_init (PlanciaEnergyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_energy_view_dispose;
  signals[SIGNAL_OPENED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "opened", 1, G_TYPE_INT64);
  g_type_ensure (PLANCIA_TYPE_ENERGY_BARS);
  g_type_ensure (PLANCIA_TYPE_ENERGY_SUMS);
  g_type_ensure (PLANCIA_TYPE_HISTORY_TABLE);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/energy-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, legend);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, bars);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, table);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, nothing);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, foot);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, note);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEnergyView, sums);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
}

static void
plancia_energy_view_init (PlanciaEnergyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_legend (self);
}

void
plancia_energy_view_set_feed (PlanciaEnergyView *self, PlanciaEnergyFeed *feed)
{
  g_set_object (&self->feed, feed);
  g_signal_connect_object (feed, "changed", G_CALLBACK (feed_cb), self, G_CONNECT_SWAPPED);
}

void
plancia_energy_view_set_span (PlanciaEnergyView *self,
                              GTimeZone         *zone,
                              PlanciaPeriod      period,
                              const char        *title,
                              const char        *other_title)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  self->period = period;
  g_free (self->title);
  self->title = g_strdup (title);
  g_free (self->other_title);
  self->other_title = g_strdup (other_title);
}

void
plancia_energy_view_set_narrow (PlanciaEnergyView *self, gboolean narrow)
{
  gtk_flow_box_set_max_children_per_line (self->legend, narrow ? 2 : N_CHIPS);
  plancia_energy_sums_set_narrow (self->sums, narrow);
}

void
plancia_energy_view_set_table (PlanciaEnergyView *self, gboolean table)
{
  self->as_table = table;
  if (self->feed != NULL)
    feed_cb (self);
}

void
plancia_energy_view_add_to_foot (PlanciaEnergyView *self, GtkWidget *child)
{
  gtk_box_append (self->foot, child);
}
