/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/coverage-key.h"

#include "chart/coverage-strip.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

/* Of the span: what is shorter than so little of it is left out. */
#define SHOWN       500
#define SIGN_WIDTH  16
#define SIGN_HEIGHT 7
#define SPACING     6

#define N_KINDS (PLANCIA_COVERAGE_MISSING + 1)

/* The sign and the words of one kind; owned by the key. */
typedef struct
{
  PlanciaCoverageKey *key;
  PlanciaCoverageKind kind;
  GtkWidget          *sign;
  GtkWidget          *words;
} Item;

struct _PlanciaCoverageKey
{
  GtkWidget parent_instance;

  PlanciaChart *chart;
  Item          items[N_KINDS];
  GArray       *coverage;
  PlanciaSpan   day;
  GTimeZone    *zone;
  gboolean      narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaCoverageKey, plancia_coverage_key, GTK_TYPE_WIDGET)

static void
draw_sign (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  Item  *item = user_data;
  double radius = height / 2.0;

  if (item->key->chart == NULL)
    return;
  cairo_arc (cr, radius, radius, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, width - radius, radius, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  cairo_clip (cr);
  plancia_coverage_strip_draw (cr,
                               item->kind,
                               0,
                               0,
                               width,
                               height,
                               plancia_chart_get_palette (item->key->chart));
}

static char *
range_words (PlanciaCoverageKey *self, PlanciaSpan span)
{
  g_autofree char *from = plancia_history_day_clock (self->zone, self->day, span.start);
  g_autofree char *to = plancia_history_day_clock (self->zone, self->day, span.end);

  /* Translators: a stretch of a day, such as "16:45 to 17:45" */
  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static const char *
kind_words (PlanciaCoverageKind kind)
{
  switch (kind) {
  case PLANCIA_COVERAGE_COMPLETE:
    return _ ("complete");
  case PLANCIA_COVERAGE_PARTIAL:
    return _ ("partial");
  case PLANCIA_COVERAGE_EMPTY:
    /* Translators: a stretch of a day for which the portal says that it has no values */
    return _ ("nothing recorded");
  case PLANCIA_COVERAGE_MISSING:
  default:
    /* Translators: a stretch of a day that was not fetched */
    return _ ("missing");
  }
}

static GPtrArray *
find_ranges (PlanciaCoverageKey *self, PlanciaCoverageKind kind)
{
  GPtrArray *ranges = g_ptr_array_new_with_free_func (g_free);
  gint64     least = (self->day.end - self->day.start) / SHOWN;

  for (guint i = 0; self->coverage != NULL && i < self->coverage->len; i++) {
    PlanciaCoverage *piece = &g_array_index (self->coverage, PlanciaCoverage, i);

    /* What a picture could not show is not worth words. */
    if (piece->kind == kind && piece->span.end - piece->span.start > least)
      g_ptr_array_add (ranges, range_words (self, piece->span));
  }
  return ranges;
}

/* What is there needs no times; what is not there does. */
static char *
item_words (PlanciaCoverageKind kind, GPtrArray *ranges, gboolean narrow)
{
  const char *name = kind_words (kind);

  if (narrow || kind == PLANCIA_COVERAGE_COMPLETE || kind == PLANCIA_COVERAGE_PARTIAL)
    return g_strdup (name);
  if (ranges->len == 1)
    /* Translators: "missing, 16:45 to 17:45" */
    return g_strdup_printf (_ ("%s, %s"), name, (char *) ranges->pdata[0]);
  if (ranges->len == 2)
    /* Translators: "missing, 03:10 to 03:40 and 16:45 to 17:45" */
    return g_strdup_printf (
      _ ("%s, %s and %s"), name, (char *) ranges->pdata[0], (char *) ranges->pdata[1]);
  /* Translators: "missing, 5 times", stretches of a day */
  return g_strdup_printf (ngettext ("%s, %u time", "%s, %u times", ranges->len), name, ranges->len);
}

static char *
all_ranges (GPtrArray *ranges)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) ranges->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
update_item (PlanciaCoverageKey *self, Item *item)
{
  g_autoptr (GPtrArray) ranges = find_ranges (self, item->kind);
  g_autofree char *words = item_words (item->kind, ranges, self->narrow);
  g_autofree char *all = all_ranges (ranges);

  gtk_widget_set_visible (item->sign, ranges->len > 0);
  gtk_widget_set_visible (item->words, ranges->len > 0);
  gtk_label_set_text (GTK_LABEL (item->words), words);
  gtk_widget_set_tooltip_text (item->words, ranges->len > 0 ? all : NULL);
}

static void
update (PlanciaCoverageKey *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    update_item (self, &self->items[i]);
}

static void
redraw (PlanciaCoverageKey *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    gtk_widget_queue_draw (self->items[i].sign);
}

static void
add_item (PlanciaCoverageKey *self, PlanciaCoverageKind kind)
{
  Item *item = &self->items[kind];

  *item = (Item){self, kind, gtk_drawing_area_new (), gtk_label_new (NULL)};
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (item->sign), SIGN_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (item->sign), SIGN_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (item->sign), draw_sign, item, NULL);
  gtk_widget_set_valign (item->sign, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (item->sign, FALSE);
  gtk_widget_set_visible (item->words, FALSE);
  gtk_widget_add_css_class (item->words, "caption-dim");
  gtk_widget_add_css_class (item->words, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (item->words), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (item->words), 0);
  gtk_widget_set_parent (item->sign, GTK_WIDGET (self));
  gtk_widget_set_parent (item->words, GTK_WIDGET (self));
}

static void
plancia_coverage_key_dispose (GObject *object)
{
  PlanciaCoverageKey *self = PLANCIA_COVERAGE_KEY (object);

  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  g_clear_object (&self->chart);
  for (guint i = 0; i < N_KINDS; i++) {
    g_clear_pointer (&self->items[i].sign, gtk_widget_unparent);
    g_clear_pointer (&self->items[i].words, gtk_widget_unparent);
  }

  G_OBJECT_CLASS (plancia_coverage_key_parent_class)->dispose (object);
}

static void
plancia_coverage_key_finalize (GObject *object)
{
  PlanciaCoverageKey *self = PLANCIA_COVERAGE_KEY (object);

  g_clear_pointer (&self->coverage, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_coverage_key_parent_class)->finalize (object);
}

static void
plancia_coverage_key_class_init (PlanciaCoverageKeyClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_coverage_key_dispose;
  object_class->finalize = plancia_coverage_key_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "coveragekey");
}

static void
plancia_coverage_key_init (PlanciaCoverageKey *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  for (guint i = 0; i < N_KINDS; i++)
    add_item (self, (PlanciaCoverageKind) i);
}

/**
 * plancia_coverage_key_new:
 *
 * Returns: (transfer full): a key without words
 */
GtkWidget *
plancia_coverage_key_new (void)
{
  return g_object_new (PLANCIA_TYPE_COVERAGE_KEY, NULL);
}

/**
 * plancia_coverage_key_set_chart:
 * @self: a key without a chart
 * @chart: whose strip it explains
 */
void
plancia_coverage_key_set_chart (PlanciaCoverageKey *self, PlanciaChart *chart)
{
  g_return_if_fail (self->chart == NULL);

  self->chart = g_object_ref (chart);
  /* Also said when the colours changed. */
  g_signal_connect_swapped (chart, "layers-changed", G_CALLBACK (redraw), self);
}

/**
 * plancia_coverage_key_set:
 * @self: a key
 * @coverage: (element-type PlanciaCoverage) (nullable): pieces of @day; not changed afterwards
 * @day: the day looked at
 * @zone: whose clock the words use
 */
void
plancia_coverage_key_set (PlanciaCoverageKey *self,
                          GArray             *coverage,
                          PlanciaSpan         day,
                          GTimeZone          *zone)
{
  GArray    *kept = coverage ? g_array_ref (coverage) : NULL;
  GTimeZone *clock = g_time_zone_ref (zone);

  g_clear_pointer (&self->coverage, g_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->coverage = kept;
  self->zone = clock;
  self->day = day;
  update (self);
}

/**
 * plancia_coverage_key_set_narrow:
 * @self: a key
 * @narrow: there is no room for times
 */
void
plancia_coverage_key_set_narrow (PlanciaCoverageKey *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  update (self);
}
