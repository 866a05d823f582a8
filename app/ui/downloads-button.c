/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads-button.h"

#include "base/clock.h"
#include "ui/date-button.h"
#include "ui/download-row.h"
#include <glib/gi18n.h>

#define TICK_SECONDS 1
/* What is offered at first. */
#define OFFERED_DAYS 30

struct _PlanciaDownloadsButton
{
  PlanciaSessionBin parent_instance;

  GtkMenuButton     *button;
  GtkLabel          *words;
  GtkLabel          *brief;
  GtkBox            *rows;
  GtkDropDown       *whose;
  PlanciaDateButton *from;
  PlanciaDateButton *to;
  GtkWidget         *fetch;
  PlanciaOpenPlant  *plant;   /* or NULL */
  GPtrArray         *devices; /* PlanciaDevice with a past, as the drop-down lists them */
  guint              tick;
  gboolean           quiet;
};

G_DEFINE_FINAL_TYPE (PlanciaDownloadsButton, plancia_downloads_button, PLANCIA_TYPE_SESSION_BIN)

static void
update_visible (PlanciaDownloadsButton *self)
{
  gboolean has_rows = gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->rows), has_rows);
  gtk_widget_set_visible (GTK_WIDGET (self), has_rows || (!self->quiet && self->devices->len > 0));
}

static PlanciaDownloads *
get_downloads (PlanciaDownloadsButton *self)
{
  return self->plant != NULL ? plancia_open_plant_get_downloads (self->plant) : NULL;
}

/* --- what is going on ------------------------------------------------------------------------------ */

static void
update_brief (PlanciaDownloadsButton *self)
{
  PlanciaDownloads *downloads = get_downloads (self);
  guint             n = downloads != NULL ? g_list_model_get_n_items (G_LIST_MODEL (downloads)) : 0;
  guint             done = 0, all = 0;
  g_autofree char  *text = NULL;

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);
    PlanciaDownloadProgress progress;

    if (plancia_download_get_state (download) != PLANCIA_DOWNLOAD_RUNNING)
      continue;
    plancia_download_get_progress (download, &progress);
    done += progress.done;
    all += progress.all;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->brief), all > 0);
  if (all == 0)
    return;
  text = g_strdup_printf ("%u/%u", done, all);
  gtk_label_set_label (self->brief, text);
}

static void
row_removed (GtkWidget *row, PlanciaDownload *download)
{
  PlanciaDownloadsButton *self =
    PLANCIA_DOWNLOADS_BUTTON (gtk_widget_get_ancestor (row, PLANCIA_TYPE_DOWNLOADS_BUTTON));
  PlanciaDownloads *downloads = get_downloads (self);

  if (downloads != NULL)
    plancia_downloads_remove (downloads, download);
}

static void
add_row (PlanciaDownloadsButton *self, PlanciaDownload *download)
{
  PlanciaDevice *device = plancia_device_tree_find (plancia_open_plant_get_tree (self->plant),
                                                    plancia_download_get_device (download));
  GtkWidget     *row;

  /* Of another plant. */
  if (device == NULL)
    return;
  row =
    plancia_download_row_new (download,
                              plancia_device_get_name (device),
                              plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant)));
  g_signal_connect_object (row, "removed", G_CALLBACK (row_removed), download, 0);
  gtk_box_append (self->rows, row);
}

static void
fill_rows (PlanciaDownloadsButton *self)
{
  PlanciaDownloads *downloads = get_downloads (self);
  guint             n = downloads != NULL ? g_list_model_get_n_items (G_LIST_MODEL (downloads)) : 0;
  GtkWidget        *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);

    add_row (self, download);
  }
  update_visible (self);
}

/* --- a new one ------------------------------------------------------------------------------------- */

static const char *
find_source (PlanciaDevice *device)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));

  return plancia_address_get_kind (address) == PLANCIA_ADDRESS_SYSTEM ? "system" : "portal";
}

static gboolean
has_past (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry != NULL && plancia_entry_is_device (entry) &&
         (plancia_device_get_flags (device) & PLANCIA_BACKEND_HISTORY) != 0;
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

static void
fill_devices (PlanciaDownloadsButton *self)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (self->plant != NULL)
    list = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  for (guint i = 0; list != NULL && i < list->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (list, i);

    if (!has_past (device))
      continue;
    g_ptr_array_add (found, g_object_ref (device));
    gtk_string_list_append (names, plancia_device_get_name (device));
  }
  if (is_same (found, self->devices))
    return;
  g_ptr_array_unref (self->devices);
  self->devices = g_steal_pointer (&found);
  gtk_drop_down_set_model (self->whose, G_LIST_MODEL (names));
  update_visible (self);
}

static void
fetch_clicked (PlanciaDownloadsButton *self)
{
  PlanciaDownloads *downloads = get_downloads (self);
  guint             index = gtk_drop_down_get_selected (self->whose);
  PlanciaSpan       from = plancia_date_button_get_day (self->from);
  PlanciaSpan       to = plancia_date_button_get_day (self->to);
  PlanciaSpan       span = {MIN (from.start, to.start), MAX (from.end, to.end)};
  PlanciaDevice    *device;

  if (downloads == NULL || index >= self->devices->len)
    return;
  device = g_ptr_array_index (self->devices, index);
  plancia_downloads_add (downloads,
                         NULL,
                         plancia_device_get_id (device),
                         find_source (device),
                         span);
  plancia_open_plant_share_downloads (self->plant);
}

/* What is looked at, or the first thing of an account, is what is most likely wanted. */
static void
opened (PlanciaDownloadsButton *self)
{
  PlanciaSession *session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));
  PlanciaDevice  *looked_at = plancia_session_get_device (session);

  fill_devices (self);
  for (guint i = 0; looked_at != NULL && i < self->devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (self->devices, i);

    if (device != looked_at && plancia_device_get_parent (device) != looked_at)
      continue;
    gtk_drop_down_set_selected (self->whose, i);
    return;
  }
}

/* --- the plant ------------------------------------------------------------------------------------- */

static gboolean
tick (gpointer data)
{
  PlanciaDownloadsButton *self = data;

  if (self->plant != NULL)
    plancia_open_plant_share_downloads (self->plant);
  fill_devices (self);
  return G_SOURCE_CONTINUE;
}

static void
offer_days (PlanciaDownloadsButton *self)
{
  GTimeZone *zone = plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant));
  gint64     now = plancia_clock_now ();

  plancia_date_button_set_day (self->from,
                               plancia_span_day_offset (zone, now, -OFFERED_DAYS),
                               zone);
  plancia_date_button_set_day (self->to, plancia_span_day_offset (zone, now, 0), zone);
}

static void
plant_changed (PlanciaDownloadsButton *self)
{
  PlanciaDownloads *downloads = get_downloads (self);

  if (downloads != NULL)
    g_signal_handlers_disconnect_by_data (downloads, self);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_set_object (
    &self->plant,
    plancia_session_get_plant (plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self))));
  downloads = get_downloads (self);
  if (downloads != NULL) {
    g_signal_connect_swapped (downloads, "changed", G_CALLBACK (update_brief), self);
    g_signal_connect_swapped (downloads, "items-changed", G_CALLBACK (fill_rows), self);
    offer_days (self);
    self->tick = g_timeout_add_seconds (TICK_SECONDS, tick, self);
  }
  fill_rows (self);
  fill_devices (self);
  update_brief (self);
}

static void
plancia_downloads_button_constructed (GObject *object)
{
  PlanciaDownloadsButton *self = PLANCIA_DOWNLOADS_BUTTON (object);

  G_OBJECT_CLASS (plancia_downloads_button_parent_class)->constructed (object);
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::plant",
                              G_CALLBACK (plant_changed));
  plant_changed (self);
}

static void
plancia_downloads_button_dispose (GObject *object)
{
  PlanciaDownloadsButton *self = PLANCIA_DOWNLOADS_BUTTON (object);
  PlanciaDownloads       *downloads = get_downloads (self);

  if (downloads != NULL)
    g_signal_handlers_disconnect_by_data (downloads, self);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->plant);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  G_OBJECT_CLASS (plancia_downloads_button_parent_class)->dispose (object);
}

static void
plancia_downloads_button_class_init (PlanciaDownloadsButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_downloads_button_constructed;
  object_class->dispose = plancia_downloads_button_dispose;

  g_type_ensure (PLANCIA_TYPE_DATE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/downloads-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, words);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, brief);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, rows);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, whose);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, from);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, to);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDownloadsButton, fetch);
  gtk_widget_class_bind_template_callback (widget_class, fetch_clicked);
  gtk_widget_class_bind_template_callback (widget_class, opened);
}

static void
plancia_downloads_button_init (PlanciaDownloadsButton *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_downloads_button_set_quiet:
 * @self: a button
 * @quiet: whether it hides while there is no download
 */
void
plancia_downloads_button_set_quiet (PlanciaDownloadsButton *self, gboolean quiet)
{
  self->quiet = quiet;
  update_visible (self);
}

/**
 * plancia_downloads_button_set_words:
 * @self: a button
 * @words: what stands on it beside its icon
 */
void
plancia_downloads_button_set_words (PlanciaDownloadsButton *self, const char *words)
{
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->words), TRUE);
}
