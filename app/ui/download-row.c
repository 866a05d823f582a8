/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/download-row.h"

#include "base/signal-new.h"
#include "base/text.h"
#include "ui/coverage-bar.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/oddity-words.h"
#include <glib/gi18n.h>

struct _PlanciaDownloadRow
{
  GtkBox parent_instance;

  GtkLabel           *title;
  PlanciaCoverageBar *bar;
  PlanciaHelpButton  *help;
  GtkLabel           *progress;
  GtkButton          *pause;
  PlanciaDownload    *download;
};

enum {
  REMOVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaDownloadRow, plancia_download_row, GTK_TYPE_BOX)

static char *
describe_running (const PlanciaDownloadProgress *progress)
{
  g_autofree char *points = plancia_text_number ((double) progress->points, 0);
  g_autofree char *rate = plancia_text_number (progress->rate, 0);
  g_autofree char *left = plancia_text_age (MAX (progress->left, 0));

  if (progress->left < 0)
    return g_strdup_printf (
      _ ("%u of %u pieces, %s values"), progress->done, progress->all, points);
  /* Translators: progress of a download; the last is a duration, such as "5 min" */
  return g_strdup_printf (_ ("%u of %u pieces, %s values, %s a second, %s left"),
                             progress->done,
                             progress->all,
                             points,
                             rate,
                             left);
}

static char *
describe (PlanciaDownload *download)
{
  PlanciaDownloadProgress progress;
  const GError           *error = plancia_download_get_error (download);

  plancia_download_get_progress (download, &progress);
  switch (plancia_download_get_state (download)) {
  case PLANCIA_DOWNLOAD_WAITING:
    return g_strdup (_ ("Waits for its account"));
  case PLANCIA_DOWNLOAD_PAUSED:
    return g_strdup (_ ("Paused"));
  case PLANCIA_DOWNLOAD_DONE:
    return g_strdup (_ ("Complete"));
  case PLANCIA_DOWNLOAD_FAILED:
    return g_strdup (error != NULL ? plancia_error_text (error) : _ ("Failed"));
  case PLANCIA_DOWNLOAD_RUNNING:
  default:
    return describe_running (&progress);
  }
}

/* What was odd about it, behind how it is. */
static char *
describe_whole (PlanciaDownload *download)
{
  g_autofree char *words = describe (download);
  g_autofree char *odd = plancia_oddity_words (plancia_download_get_oddities (download));

  return odd != NULL ? g_strdup_printf ("%s. %s", words, odd) : g_steal_pointer (&words);
}

static gboolean
is_active (PlanciaDownload *download)
{
  return plancia_download_get_state (download) <= PLANCIA_DOWNLOAD_RUNNING;
}

static void
update (PlanciaDownloadRow *self)
{
  g_autofree char *words = describe_whole (self->download);
  gboolean         active = is_active (self->download);

  gtk_label_set_label (self->progress, words);
  plancia_help_button_set_error (self->help,
                                 plancia_download_get_state (self->download) ==
                                     PLANCIA_DOWNLOAD_FAILED
                                   ? plancia_download_get_error (self->download)
                                   : NULL);
  plancia_coverage_bar_set (self->bar,
                            plancia_download_get_span (self->download),
                            plancia_download_get_covered (self->download));
  gtk_button_set_label (self->pause, active ? _ ("Pause") : _ ("Resume"));
  gtk_widget_set_visible (GTK_WIDGET (self->pause),
                          plancia_download_get_state (self->download) != PLANCIA_DOWNLOAD_DONE);
}

static void
pause_clicked (PlanciaDownloadRow *self)
{
  if (is_active (self->download))
    plancia_download_pause (self->download);
  else
    plancia_download_resume (self->download);
}

static void
remove_clicked (PlanciaDownloadRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
plancia_download_row_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_DOWNLOAD_ROW (object)->download);
  G_OBJECT_CLASS (plancia_download_row_parent_class)->dispose (object);
}

static void
plancia_download_row_class_init (PlanciaDownloadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_download_row_dispose;

  /**
   * PlanciaDownloadRow::removed:
   *
   * A person ended the download.
   */
  signals[REMOVED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "removed", 0);

  g_type_ensure (PLANCIA_TYPE_COVERAGE_BAR);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadRow, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadRow, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadRow, progress);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadRow, pause);
  gtk_widget_class_bind_template_callback (widget_class, pause_clicked);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked);
}

static void
plancia_download_row_init (PlanciaDownloadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_download_row_new:
 * @download: what to show
 * @name: of the device
 * @zone: of the plant
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
plancia_download_row_new (PlanciaDownload *download, const char *name, GTimeZone *zone)
{
  PlanciaDownloadRow *self = g_object_new (PLANCIA_TYPE_DOWNLOAD_ROW, NULL);
  PlanciaSpan         span = plancia_download_get_span (download);
  g_autoptr (GDateTime) utc_start = g_date_time_new_from_unix_utc (span.start / PLANCIA_SECOND);
  g_autoptr (GDateTime) utc_end = g_date_time_new_from_unix_utc ((span.end - 1) / PLANCIA_SECOND);
  g_autoptr (GDateTime) start = g_date_time_to_timezone (utc_start, zone);
  g_autoptr (GDateTime) end = g_date_time_to_timezone (utc_end, zone);
  g_autofree char *from = g_date_time_format (start, "%x");
  g_autofree char *to = g_date_time_format (end, "%x");
  g_autofree char *title = g_strdup_printf ("%s, %s – %s", name, from, to);

  self->download = g_object_ref (download);
  gtk_label_set_label (self->title, title);
  g_signal_connect_object (download, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
