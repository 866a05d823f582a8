/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/downloads.h"

#include "base/signal-new.h"

struct _PlanciaDownloads
{
  GObject parent_instance;

  PlanciaStore *store;
  char         *path;
  GPtrArray    *list;  /* PlanciaDownload, as they were added */
  GQueue        turns; /* the same, whose turn is next first; not owned */
  gboolean      closed;
  gboolean      sharing;
  char         *kept; /* what the file says */
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void plancia_downloads_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaDownloads,
                               plancia_downloads,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      plancia_downloads_list_model_init))

/* --- the file ------------------------------------------------------------------------------------- */

static void
describe (PlanciaDownload *download, GKeyFile *file, guint number)
{
  g_autofree char *group = g_strdup_printf ("download %u", number);
  PlanciaSpan      span = plancia_download_get_span (download);
  gboolean         paused = plancia_download_get_state (download) == PLANCIA_DOWNLOAD_PAUSED;

  g_key_file_set_string (file, group, "device", plancia_download_get_device (download));
  g_key_file_set_string (file, group, "source", plancia_download_get_source (download));
  g_key_file_set_int64 (file, group, "start", span.start);
  g_key_file_set_int64 (file, group, "end", span.end);
  g_key_file_set_boolean (file, group, "paused", paused);
}

/* Small, and seldom: when one is added, paused, resumed, done or ended. */
static void
keep (PlanciaDownloads *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->path == NULL || self->closed)
    return;
  for (guint i = 0; i < self->list->len; i++) {
    PlanciaDownload *download = g_ptr_array_index (self->list, i);

    if (plancia_download_get_state (download) != PLANCIA_DOWNLOAD_DONE)
      describe (download, file, i + 1);
  }
  text = g_key_file_to_data (file, NULL, NULL);
  if (g_strcmp0 (text, self->kept) == 0)
    return;
  g_free (self->kept);
  self->kept = g_strdup (text);
  if (!g_file_set_contents (self->path, text, -1, &error))
    g_warning ("downloads are not kept: %s", error->message);
}

/* --- turns ----------------------------------------------------------------------------------------- */

/* A question waits at the backend while it works on another one. */
static guint
get_most (PlanciaBackend *backend)
{
  return plancia_backend_get_flags (backend) & PLANCIA_BACKEND_AHEAD ? 2 : 1;
}

static gboolean
is_account_busy (PlanciaDownloads *self, PlanciaBackend *backend)
{
  guint asking = 0;

  for (guint i = 0; i < self->list->len; i++) {
    PlanciaDownload *download = g_ptr_array_index (self->list, i);

    if (plancia_download_get_backend (download) == backend)
      asking += plancia_download_get_n_asking (download);
  }
  return asking >= get_most (backend);
}

static PlanciaDownload *
find_next (PlanciaDownloads *self)
{
  for (GList *at = self->turns.head; at != NULL; at = at->next)
    if (plancia_download_is_ready (at->data) &&
        !is_account_busy (self, plancia_download_get_backend (at->data)))
      return at->data;
  return NULL;
}

/* Whoever has had its turn goes to the end. */
static void
share (PlanciaDownloads *self)
{
  PlanciaDownload *next;

  if (self->sharing || self->closed)
    return;
  self->sharing = TRUE;
  while ((next = find_next (self)) != NULL) {
    g_queue_remove (&self->turns, next);
    g_queue_push_tail (&self->turns, next);
    plancia_download_step (next);
  }
  self->sharing = FALSE;
}

static void
download_changed (PlanciaDownloads *self)
{
  share (self);
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static PlanciaDownload *
append (PlanciaDownloads *self, const char *device, const char *source, PlanciaSpan span)
{
  PlanciaDownload *download = plancia_download_new (self->store, device, source, span);

  g_ptr_array_add (self->list, download);
  g_queue_push_tail (&self->turns, download);
  g_signal_connect_swapped (download, "changed", G_CALLBACK (download_changed), self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->list->len - 1, 0, 1);
  return download;
}

static void
restore_one (PlanciaDownloads *self, GKeyFile *file, const char *group)
{
  g_autofree char *device = g_key_file_get_string (file, group, "device", NULL);
  g_autofree char *source = g_key_file_get_string (file, group, "source", NULL);
  PlanciaSpan      span = {g_key_file_get_int64 (file, group, "start", NULL),
                           g_key_file_get_int64 (file, group, "end", NULL)};
  PlanciaDownload *download;

  if (device == NULL || source == NULL || plancia_span_is_empty (span))
    return;
  download = append (self, device, source, span);
  if (g_key_file_get_boolean (file, group, "paused", NULL))
    plancia_download_pause (download);
}

static void
restore (PlanciaDownloads *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (self->path == NULL || !g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL))
    return;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    restore_one (self, file, groups[i]);
}

/* --- list model ------------------------------------------------------------------------------------ */

static GType
plancia_downloads_get_item_type (GListModel *model)
{
  return PLANCIA_TYPE_DOWNLOAD;
}

static guint
plancia_downloads_get_n_items (GListModel *model)
{
  return PLANCIA_DOWNLOADS (model)->list->len;
}

static gpointer
plancia_downloads_get_item (GListModel *model, guint position)
{
  PlanciaDownloads *self = PLANCIA_DOWNLOADS (model);

  return position < self->list->len ? g_object_ref (g_ptr_array_index (self->list, position))
                                    : NULL;
}

static void
plancia_downloads_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plancia_downloads_get_item_type;
  iface->get_n_items = plancia_downloads_get_n_items;
  iface->get_item = plancia_downloads_get_item;
}

/* --- object ---------------------------------------------------------------------------------------- */

static void
plancia_downloads_dispose (GObject *object)
{
  PlanciaDownloads *self = PLANCIA_DOWNLOADS (object);

  plancia_downloads_close (self);
  for (guint i = 0; i < self->list->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->list, i), self);
  g_queue_clear (&self->turns);
  g_ptr_array_set_size (self->list, 0);
  G_OBJECT_CLASS (plancia_downloads_parent_class)->dispose (object);
}

static void
plancia_downloads_finalize (GObject *object)
{
  PlanciaDownloads *self = PLANCIA_DOWNLOADS (object);

  g_ptr_array_unref (self->list);
  g_clear_object (&self->store);
  g_free (self->path);
  g_free (self->kept);
  G_OBJECT_CLASS (plancia_downloads_parent_class)->finalize (object);
}

static void
plancia_downloads_class_init (PlanciaDownloadsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_downloads_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_downloads_finalize;

  /**
   * PlanciaDownloads::changed:
   *
   * One of them moved.
   */
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_downloads_init (PlanciaDownloads *self)
{
  self->list = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->turns);
}

/**
 * plancia_downloads_new:
 * @store: where everything goes
 * @path: (nullable): file of what is wanted, beside the store's
 *
 * Returns: (transfer full): the manager, with what an earlier run left
 */
PlanciaDownloads *
plancia_downloads_new (PlanciaStore *store, const char *path)
{
  PlanciaDownloads *self = g_object_new (PLANCIA_TYPE_DOWNLOADS, NULL);

  self->store = g_object_ref (store);
  self->path = g_strdup (path);
  restore (self);
  return self;
}

/**
 * plancia_downloads_add:
 * @self: the manager
 * @backend: (nullable): whom to ask
 * @device: the store's and the backend's id
 * @source: under which name it is kept
 * @span: what is wanted
 *
 * Returns: (transfer none): the download
 */
PlanciaDownload *
plancia_downloads_add (PlanciaDownloads *self,
                       PlanciaBackend   *backend,
                       const char       *device,
                       const char       *source,
                       PlanciaSpan       span)
{
  PlanciaDownload *download;

  for (guint i = 0; i < self->list->len; i++) {
    PlanciaSpan other;

    download = g_ptr_array_index (self->list, i);
    other = plancia_download_get_span (download);
    if (!g_str_equal (plancia_download_get_device (download), device) ||
        !g_str_equal (plancia_download_get_source (download), source) || other.start > span.start ||
        other.end < span.end)
      continue;
    plancia_download_set_backend (download, backend);
    plancia_download_resume (download);
    return download;
  }
  download = append (self, device, source, span);
  plancia_download_set_backend (download, backend);
  keep (self);
  return download;
}

/**
 * plancia_downloads_attach:
 * @self: the manager
 * @device: a device
 * @backend: (nullable): whom to ask about it
 */
void
plancia_downloads_attach (PlanciaDownloads *self, const char *device, PlanciaBackend *backend)
{
  for (guint i = 0; i < self->list->len; i++) {
    PlanciaDownload *download = g_ptr_array_index (self->list, i);

    if (g_str_equal (plancia_download_get_device (download), device))
      plancia_download_set_backend (download, backend);
  }
}

/**
 * plancia_downloads_remove:
 * @self: the manager
 * @download: one of its
 */
void
plancia_downloads_remove (PlanciaDownloads *self, PlanciaDownload *download)
{
  guint index;

  if (!g_ptr_array_find (self->list, download, &index))
    return;
  g_signal_handlers_disconnect_by_data (download, self);
  plancia_download_pause (download);
  g_queue_remove (&self->turns, download);
  g_ptr_array_remove_index (self->list, index);
  g_list_model_items_changed (G_LIST_MODEL (self), index, 1, 0);
  download_changed (self);
}

/**
 * plancia_downloads_is_active:
 * @self: the manager
 *
 * Returns: whether one waits or runs
 */
gboolean
plancia_downloads_is_active (PlanciaDownloads *self)
{
  for (guint i = 0; i < self->list->len; i++)
    if (plancia_download_get_state (g_ptr_array_index (self->list, i)) <= PLANCIA_DOWNLOAD_RUNNING)
      return TRUE;
  return FALSE;
}

/**
 * plancia_downloads_close:
 * @self: the manager
 */
void
plancia_downloads_close (PlanciaDownloads *self)
{
  self->closed = TRUE;
  for (guint i = 0; i < self->list->len; i++)
    plancia_download_set_backend (g_ptr_array_index (self->list, i), NULL);
}
