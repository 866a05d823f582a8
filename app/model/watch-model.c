/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch-model.h"

#include "base/list-rows.h"
#include "base/signal-new.h"
#include "model/register-text.h"
#include "plant/watched.h"

struct _PlanciaWatchModel
{
  GObject parent_instance;

  PlanciaOpenPlant *plant;
  PlanciaWatched   *watched;
  GPtrArray        *rows;
  GPtrArray        *devices; /* those that are followed */
  gboolean          paused;
  guint             n_reading;
  GCancellable     *cancellable;
};

enum {
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaWatchModel,
                               plancia_watch_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- list ------------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_model_init, PLANCIA_WATCH_MODEL, rows, PLANCIA_TYPE_WATCH_ROW)

static PlanciaWatchRow *
row_at (PlanciaWatchModel *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

/* --- values ---------------------------------------------------------------------------------- */

static void
emit_updated (PlanciaWatchModel *self)
{
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static void
refresh_device (PlanciaWatchModel *self, PlanciaDevice *device)
{
  if (self->paused)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    if (plancia_watch_row_get_device (row_at (self, i)) == device)
      plancia_watch_row_refresh (row_at (self, i));
  emit_updated (self);
}

static void
readings_cb (PlanciaDevice *device, PlanciaWatchModel *self)
{
  refresh_device (self, device);
}

static void
map_cb (PlanciaDevice *device, GParamSpec *pspec, PlanciaWatchModel *self)
{
  refresh_device (self, device);
}

static void
follow (PlanciaWatchModel *self, PlanciaDevice *device)
{
  if (g_ptr_array_find (self->devices, device, NULL))
    return;
  g_ptr_array_add (self->devices, g_object_ref (device));
  g_signal_connect_object (device, "readings", G_CALLBACK (readings_cb), self, 0);
  g_signal_connect_object (device, "notify::map", G_CALLBACK (map_cb), self, 0);
}

/* --- rows ------------------------------------------------------------------------------------ */

static PlanciaDevice *
find_device (PlanciaWatchModel *self, const char *id)
{
  return plancia_device_tree_find (plancia_open_plant_get_tree (self->plant), id);
}

/* A row that is there keeps its value and what it knows of its changes. (transfer full) */
static PlanciaWatchRow *
reuse (GPtrArray *old, PlanciaDevice *device, const char *key)
{
  for (guint i = 0; i < old->len; i++) {
    PlanciaWatchRow *row = g_ptr_array_index (old, i);

    if (plancia_watch_row_get_device (row) == device &&
        g_str_equal (plancia_watch_row_get_key (row), key))
      return g_object_ref (row);
  }
  return plancia_watch_row_new (device, key);
}

/* Only what is other than before, so that the row in hand stays in hand. */
static void
tell_difference (PlanciaWatchModel *self, GPtrArray *old)
{
  guint first = 0, same = 0;
  guint most = MIN (old->len, self->rows->len);

  while (first < most && old->pdata[first] == self->rows->pdata[first])
    first++;
  while (same < most - first &&
         old->pdata[old->len - 1 - same] == self->rows->pdata[self->rows->len - 1 - same])
    same++;
  if (first + same < old->len || first + same < self->rows->len)
    g_list_model_items_changed (G_LIST_MODEL (self),
                                first,
                                old->len - first - same,
                                self->rows->len - first - same);
}

static void
rebuild (PlanciaWatchModel *self)
{
  g_autoptr (GPtrArray) old = self->rows;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->watched));

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (G_LIST_MODEL (self->watched), i);
    PlanciaDevice *device = find_device (self, plancia_watched_item_get_device (item));

    if (device == NULL)
      continue;
    follow (self, device);
    g_ptr_array_add (self->rows, reuse (old, device, plancia_watched_item_get_key (item)));
  }
  tell_difference (self, old);
  emit_updated (self);
}

/* A device came or went, or it has another name. */
static void
document_cb (PlanciaWatchModel *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += find_device (self,
                      plancia_device_get_id (plancia_watch_row_get_device (row_at (self, i)))) !=
         NULL;
  if (n < self->rows->len || n < g_list_model_get_n_items (G_LIST_MODEL (self->watched)))
    rebuild (self);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaWatchModel) self = user_data;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, NULL);

  self->n_reading--;
  if (readings != NULL && !g_cancellable_is_cancelled (self->cancellable))
    plancia_device_tree_apply (plancia_open_plant_get_tree (self->plant), readings);
  emit_updated (self);
}

/* Only what the device's map has. */
static GStrv
list_keys (PlanciaWatchModel *self, PlanciaDevice *device)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaWatchRow *row = row_at (self, i);

    if (plancia_watch_row_get_device (row) == device &&
        plancia_watch_row_get_register (row) != NULL)
      g_strv_builder_add (keys, plancia_watch_row_get_key (row));
  }
  return g_strv_builder_end (keys);
}

static void
read_device (PlanciaWatchModel *self, PlanciaDevice *device)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);
  g_auto (GStrv) keys = list_keys (self, device);

  if (keys[0] == NULL || backend == NULL ||
      plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN)
    return;
  self->n_reading++;
  plancia_backend_read_async (backend,
                              plancia_device_get_id (device),
                              (const char *const *) keys,
                              self->cancellable,
                              read_cb,
                              g_object_ref (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_watch_model_dispose (GObject *object)
{
  PlanciaWatchModel *self = PLANCIA_WATCH_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->watched);
  g_clear_object (&self->plant);

  G_OBJECT_CLASS (plancia_watch_model_parent_class)->dispose (object);
}

static void
plancia_watch_model_finalize (GObject *object)
{
  PlanciaWatchModel *self = PLANCIA_WATCH_MODEL (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->devices);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (plancia_watch_model_parent_class)->finalize (object);
}

static void
plancia_watch_model_class_init (PlanciaWatchModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_watch_model_dispose;
  object_class->finalize = plancia_watch_model_finalize;

  signals[SIGNAL_UPDATED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "updated", 0);
}

static void
plancia_watch_model_init (PlanciaWatchModel *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * plancia_watch_model_new:
 * @plant: an open plant
 *
 * Returns: (transfer full): its watch list with the values that are known. Main thread, as all of this file.
 */
PlanciaWatchModel *
plancia_watch_model_new (PlanciaOpenPlant *plant)
{
  PlanciaWatchModel *self = g_object_new (PLANCIA_TYPE_WATCH_MODEL, NULL);

  self->plant = g_object_ref (plant);
  self->watched = g_object_ref (plancia_watched_of (plancia_open_plant_get_plant (plant)));
  g_signal_connect_object (self->watched,
                           "items-changed",
                           G_CALLBACK (rebuild),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plant,
                           "document-changed",
                           G_CALLBACK (document_cb),
                           self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return self;
}

/**
 * plancia_watch_model_set_paused:
 * @paused: whether the values stand still; at the end they catch up
 */
void
plancia_watch_model_set_paused (PlanciaWatchModel *self, gboolean paused)
{
  g_return_if_fail (PLANCIA_IS_WATCH_MODEL (self));

  self->paused = paused;
  for (guint i = 0; i < self->devices->len && !paused; i++)
    refresh_device (self, g_ptr_array_index (self->devices, i));
}

void
plancia_watch_model_read (PlanciaWatchModel *self)
{
  g_return_if_fail (PLANCIA_IS_WATCH_MODEL (self));

  if (self->n_reading > 0)
    return;
  for (guint i = 0; i < self->devices->len; i++)
    read_device (self, g_ptr_array_index (self->devices, i));
  emit_updated (self);
}

gboolean
plancia_watch_model_is_reading (PlanciaWatchModel *self)
{
  return self->n_reading > 0;
}

void
plancia_watch_model_remove (PlanciaWatchModel *self, PlanciaWatchRow *row)
{
  g_return_if_fail (PLANCIA_IS_WATCH_MODEL (self));

  plancia_open_plant_set_register_watched (self->plant,
                                           plancia_watch_row_get_device (row),
                                           plancia_watch_row_get_key (row),
                                           FALSE);
}

/* Where the row is in the list of the plant, which may have more. */
static guint
position_of (PlanciaWatchModel *self, PlanciaWatchRow *row)
{
  GListModel *list = G_LIST_MODEL (self->watched);
  const char *id = plancia_device_get_id (plancia_watch_row_get_device (row));
  guint       n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (list, i);

    if (g_str_equal (plancia_watched_item_get_device (item), id) &&
        g_str_equal (plancia_watched_item_get_key (item), plancia_watch_row_get_key (row)))
      return i;
  }
  return n;
}

static void
move_to (PlanciaWatchModel *self, PlanciaWatchRow *row, guint to)
{
  guint from = position_of (self, row);

  if (from == to)
    return;
  plancia_watched_move (self->watched, from, to);
  g_signal_emit_by_name (self->plant, "document-changed");
}

void
plancia_watch_model_move (PlanciaWatchModel *self, PlanciaWatchRow *row, int offset)
{
  guint index;

  g_return_if_fail (PLANCIA_IS_WATCH_MODEL (self));

  if (!g_ptr_array_find (self->rows, row, &index) || (offset < 0 && index == 0) ||
      (offset > 0 && index + 1 >= self->rows->len))
    return;
  move_to (self, row, position_of (self, row_at (self, (guint) ((int) index + offset))));
}

void
plancia_watch_model_move_before (PlanciaWatchModel *self,
                                 PlanciaWatchRow   *row,
                                 PlanciaWatchRow   *before)
{
  guint from, to;

  g_return_if_fail (PLANCIA_IS_WATCH_MODEL (self));

  from = position_of (self, row);
  to = before != NULL ? position_of (self, before)
                      : g_list_model_get_n_items (G_LIST_MODEL (self->watched));
  if (row == before || from + 1 == to)
    return;
  move_to (self, row, from < to ? to - 1 : to);
}

char *
plancia_watch_model_to_text (PlanciaWatchModel *self, char separator)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (PLANCIA_IS_WATCH_MODEL (self), NULL);

  plancia_register_text_append_titles (out, TRUE, separator);
  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaRegisterRow *row = plancia_watch_row_get_register (row_at (self, i));

    if (row != NULL)
      plancia_register_text_append (
        out,
        row,
        plancia_device_get_name (plancia_watch_row_get_device (row_at (self, i))),
        separator);
  }
  return g_string_free (out, FALSE);
}
