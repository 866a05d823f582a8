/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/picture-export.h"

#include "base/text.h"
#include "history/export-stream.h"
#include "history/export-writer-private.h"
#include "report/picture.h"
#include <math.h>
#include <string.h>

/* A sheet of A4 on its side; longer if it has to be. */
#define WIDTH  842.0
#define HEIGHT 595.0
/* Above and below. */
#define PADDING 10.0
/* The store gives first, smallest, largest and last of so many parts of the span. */
#define BUCKETS 1600

typedef struct
{
  GPtrArray *times; /* GArray of gint64, one a column */
  GPtrArray *values;
  char      *path;
} Picture;

gboolean
plancia_picture_export_is_picture (PlanciaExportFormat format)
{
  return format == PLANCIA_EXPORT_PNG || format == PLANCIA_EXPORT_SVG ||
         format == PLANCIA_EXPORT_PDF;
}

char *
plancia_picture_export_dup_span (PlanciaSpan span, GTimeZone *zone)
{
  g_autofree char *from = plancia_text_iso_time (span.start, zone);
  g_autofree char *to = plancia_text_iso_time (span.end, zone);

  /* Seconds that are 0 say nothing. */
  if (g_str_has_suffix (from, ":00") && g_str_has_suffix (to, ":00")) {
    from[strlen (from) - 3] = '\0';
    to[strlen (to) - 3] = '\0';
  }
  return g_strdup_printf ("%s \xe2\x80\x93 %s (%s)", from, to, g_time_zone_get_identifier (zone));
}

static void
draw_cb (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_translate (cr, 0, PADDING);
  plancia_curves_draw (data, cr, width, height - 2 * PADDING);
}

gboolean
plancia_picture_export_save (PlanciaCurves      *curves,
                             PlanciaExportFormat format,
                             const char         *title,
                             const char         *path,
                             GCancellable       *cancellable,
                             GError            **error)
{
  double height = MAX (HEIGHT, plancia_curves_get_height (curves, WIDTH) + 2 * PADDING);
  g_autoptr (GBytes) bytes = NULL;

  if (plancia_curves_get_n (curves) == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is nothing to draw");
    return FALSE;
  }
  bytes = plancia_picture_render (format, WIDTH, height, title, draw_cb, curves, error);
  return bytes != NULL && plancia_export_stream_save (path, bytes, cancellable, error);
}

static gboolean
begin (PlanciaExportWriter *self, const char *path, GError **error)
{
  Picture *picture = self->state = g_new0 (Picture, 1);

  picture->path = g_strdup (path);
  picture->times = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  picture->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->columns->len; i++) {
    g_ptr_array_add (picture->times, g_array_new (FALSE, FALSE, sizeof (gint64)));
    g_ptr_array_add (picture->values, g_array_new (FALSE, FALSE, sizeof (double)));
  }
  return TRUE;
}

static gboolean
add (PlanciaExportWriter *self,
     gint64               time,
     const double        *values,
     GCancellable        *cancellable,
     GError             **error)
{
  Picture *picture = self->state;

  /* What is thinned reaches a little over both ends. */
  if (!plancia_span_contains (self->options.span, time))
    return TRUE;
  for (guint i = 0; i < self->columns->len; i++) {
    if (isnan (values[i]))
      continue;
    g_array_append_val (g_ptr_array_index (picture->times, i), time);
    g_array_append_val (g_ptr_array_index (picture->values, i), values[i]);
    self->lines++;
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Of several devices or sources each name says whose it is. */
static char *
dup_title (PlanciaExportWriter *self, guint column)
{
  g_autofree char           *words = plancia_export_column_words (self, column);
  const PlanciaExportColumn *one = g_ptr_array_index (self->columns, column);
  g_autofree char           *unit = g_strdup_printf (" (%s)", one->unit);

  /* The panel says the unit. */
  if (one->unit[0] != '\0' && g_str_has_suffix (words, unit))
    words[strlen (words) - strlen (unit)] = '\0';
  return g_steal_pointer (&words);
}

static PlanciaSeries *
make_series (PlanciaExportWriter *self, guint column)
{
  Picture                   *picture = self->state;
  const PlanciaExportColumn *one = g_ptr_array_index (self->columns, column);
  GArray                    *times = g_ptr_array_index (picture->times, column);
  GArray                    *values = g_ptr_array_index (picture->values, column);
  g_autofree char           *title = dup_title (self, column);
  PlanciaSeries             *series = plancia_series_new (one->key, title, one->unit);
  gint64                     bucket = (self->options.span.end - self->options.span.start) / BUCKETS;

  plancia_series_merge (series,
                        (const gint64 *) (gpointer) times->data,
                        (const double *) (gpointer) values->data,
                        times->len);
  /* The distance of what is thinned is that of the parts. */
  if (plancia_series_get_gap (series) < 3 * bucket)
    plancia_series_set_gap (series, 3 * bucket);
  return series;
}

static char *
dup_names (PlanciaExportWriter *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->columns->len; i++) {
    const PlanciaExportColumn *one = g_ptr_array_index (self->columns, i);

    if (!g_ptr_array_find_with_equal_func (names, one->name, g_str_equal, NULL))
      g_ptr_array_add (names, one->name);
  }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static gboolean
finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error)
{
  Picture         *picture = self->state;
  g_autofree char *title = dup_names (self);
  g_autofree char *span = plancia_picture_export_dup_span (self->options.span, self->zone);
  g_autoptr (PlanciaCurves)
    curves = plancia_curves_new (title, span, self->options.span, self->zone);

  for (guint i = 0; i < self->columns->len; i++) {
    const PlanciaExportColumn *one = g_ptr_array_index (self->columns, i);
    g_autoptr (PlanciaSeries) series = make_series (self, i);

    plancia_curves_add (curves,
                        series,
                        0,
                        one->unit[0] == '\0' ? PLANCIA_CURVE_STEPS : PLANCIA_CURVE_PLAIN);
  }
  return plancia_picture_export_save (curves,
                                      self->options.format,
                                      title,
                                      picture->path,
                                      cancellable,
                                      error);
}

static void
picture_free (PlanciaExportWriter *self)
{
  Picture *picture = self->state;

  g_ptr_array_unref (picture->times);
  g_ptr_array_unref (picture->values);
  g_free (picture->path);
  g_free (picture);
}

static const PlanciaExportKind kind = {begin, add, finish, picture_free};

void
plancia_picture_export_prepare (PlanciaExportOptions *options)
{
  if (!plancia_picture_export_is_picture (options->format))
    return;
  options->kind = &kind;
  options->buckets = BUCKETS;
}
