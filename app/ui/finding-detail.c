/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/finding-detail.h"

#include "chart/legend.h"
#include "chart/line-layer.h"
#include "findings/words.h"
#include "ui/finding-row.h"

#include <glib/gi18n.h>

/* Of the words beside the chart. */
#define WIDTH 360
/* The list keeps the rest of the page. */
#define HIGHEST        330
#define HIGHEST_NARROW 440
/* Days that are not known for longer break a curve. */
#define GAP (6 * PLANCIA_DAY + PLANCIA_DAY / 2)
/* Of the palette: what was measured, and what was expected. */
#define MEASURED 1
#define EXPECTED 2

struct _PlanciaFindingDetail
{
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  GtkBox            *box;
  GtkWidget         *words;
  GtkImage          *icon;
  GtkLabel          *title_label;
  GtkLabel          *when_label;
  GtkLabel          *numbers_label;
  GtkLabel          *look_label;
  GtkLabel          *source_label;
  GtkWidget         *history_button;
  PlanciaLegend     *legend;
  PlanciaChart      *chart;
};

G_DEFINE_FINAL_TYPE (PlanciaFindingDetail, plancia_finding_detail, ADW_TYPE_BIN)

static void
plancia_finding_detail_class_init (PlanciaFindingDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_CHART);
  g_type_ensure (PLANCIA_TYPE_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/finding-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, words);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, when_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, numbers_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, look_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, source_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, history_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, legend);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingDetail, chart);
}

static void
plancia_finding_detail_init (PlanciaFindingDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_legend_set_chart (self->legend, self->chart);
  plancia_finding_detail_set_narrow (self, FALSE);
}

/* --- the chart ----------------------------------------------------------------------------------- */

static void
add_curve (PlanciaFindingDetail *self, const PlanciaFinding *finding, guint index)
{
  const PlanciaFindingCurve *curve = g_ptr_array_index (finding->curves, index);
  g_autofree char           *key = g_strdup_printf ("curve%u", index);
  g_autoptr (PlanciaSeries) series =
    plancia_series_new (key, plancia_finding_words_text (curve->title), finding->rule->unit);
  g_autoptr (PlanciaLayer)
    layer = plancia_line_layer_new (series,
                                    index == 0 ? MEASURED : EXPECTED,
                                    index == 0 ? PLANCIA_LINE_PLAIN : PLANCIA_LINE_DASH);

  plancia_series_set_gap (series, GAP);
  plancia_series_merge (series,
                        (const gint64 *) (gpointer) curve->times->data,
                        (const double *) (gpointer) curve->values->data,
                        curve->times->len);
  plancia_chart_add_layer (self->chart, layer);
}

/* The time in which it was so is a band behind the curves. */
static void
mark_time (PlanciaFindingDetail *self, const PlanciaFinding *finding)
{
  static const PlanciaChartMarkKind kinds[PLANCIA_N_FINDING_SEVERITIES] = {
    PLANCIA_CHART_MARK_FAULT,
    PLANCIA_CHART_MARK_WARNING,
    PLANCIA_CHART_MARK_NOTE};
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (PlanciaChartMark));
  gint64           end = finding->until != 0 ? finding->until : finding->shown.end;
  PlanciaChartMark mark = {
    {finding->since, end},
    kinds[finding->rule->severity],
    g_strdup (plancia_finding_words_title (finding->rule))
  };

  g_array_set_clear_func (marks, (GDestroyNotify) plancia_chart_mark_clear);
  g_array_append_val (marks, mark);
  plancia_chart_set_marks (self->chart, marks);
}

static void
show_chart (PlanciaFindingDetail *self, const PlanciaFinding *finding, GTimeZone *zone)
{
  plancia_chart_remove_layers (self->chart);
  plancia_chart_set_extent (self->chart, finding->shown, zone);
  for (guint i = 0; i < finding->curves->len; i++)
    add_curve (self, finding, i);
  mark_time (self, finding);
  plancia_chart_set_title (self->chart, plancia_finding_words_title (finding->rule));
}

/* --- the words ----------------------------------------------------------------------------------- */

static char *
dup_look_at (const PlanciaFindingRule *rule)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; rule->look_at[i] != NULL; i++)
    g_string_append_printf (text,
                            "%s• %s",
                            i > 0 ? "\n" : "",
                            plancia_finding_words_text (rule->look_at[i]));
  return g_string_free (text, FALSE);
}

static char *
dup_source (const PlanciaFinding *finding)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: where a rule is from */
                                       "%s, seen on %u day",
                                       "%s, seen on %u days",
                                       finding->days),
                          plancia_finding_words_source (finding->rule),
                          finding->days);
}

/**
 * plancia_finding_detail_set:
 * @self: a detail
 * @finding: what is shown
 * @device: whose it is
 * @zone: of the plant
 */
void
plancia_finding_detail_set (PlanciaFindingDetail *self,
                            const PlanciaFinding *finding,
                            const char           *device,
                            GTimeZone            *zone)
{
  g_autofree char *when = plancia_finding_words_when (finding, zone);
  g_autofree char *whose = g_strdup_printf ("%s · %s", device, when);
  g_autofree char *numbers = plancia_finding_words_numbers (finding);
  g_autofree char *energy = plancia_finding_words_energy (finding);
  g_autofree char *both = g_strdup_printf ("%s\n%s.", numbers, energy);
  g_autofree char *look = dup_look_at (finding->rule);
  g_autofree char *source = dup_source (finding);

  plancia_finding_show_severity (self->icon, finding->rule->severity);
  gtk_label_set_text (self->title_label, plancia_finding_words_title (finding->rule));
  gtk_label_set_text (self->when_label, whose);
  gtk_label_set_text (self->numbers_label, both);
  gtk_label_set_text (self->look_label, look);
  gtk_label_set_text (self->source_label, source);
  gtk_widget_set_visible (self->history_button, *finding->device != '\0');
  show_chart (self, finding, zone);
}

void
plancia_finding_detail_set_narrow (PlanciaFindingDetail *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->words, narrow ? -1 : WIDTH, -1);
  gtk_scrolled_window_set_max_content_height (self->scroller, narrow ? HIGHEST_NARROW : HIGHEST);
  plancia_chart_set_narrow (self->chart, narrow);
  plancia_legend_set_narrow (self->legend, narrow);
}
