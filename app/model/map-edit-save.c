/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a map under edit to the file. */

#include "map/map-catalog.h"
#include "map/map-format.h"
#include "map/map-overlay.h"
#include "model/map-edit-private.h"
#include <string.h>

static JsonObject *
get_entry (PlanciaMapEdit *self, guint index)
{
  g_autoptr (PlanciaMapEditRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), index);

  return row->entry;
}

/* The registers and the name as they are now. */
static void
update_root (PlanciaMapEdit *self, const char *id)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    json_array_add_object_element (list, json_object_ref (get_entry (self, i)));
  json_object_set_array_member (self->root, "registers", list);
  json_object_set_string_member (self->root, "name", self->name);
  json_object_set_string_member (self->root, "id", id);
}

static char *
target_id (PlanciaMapEdit *self, gboolean in_place)
{
  return in_place || self->source->own ? g_strdup (self->source->id)
                                       : plancia_map_format_id (self->name, "own");
}

/* A map under another id is taken by choice only: it must not win the detection over the one that ships. */
static void
update_detection (PlanciaMapEdit *self, gboolean in_place)
{
  static const char member[] = "detect";

  if ((in_place || self->source->own) && self->detect != NULL)
    json_object_set_member (self->root, member, g_steal_pointer (&self->detect));
  if (in_place || self->source->own || !json_object_has_member (self->root, member))
    return;

  g_clear_pointer (&self->detect, json_node_unref);
  self->detect = json_object_dup_member (self->root, member);
  json_object_remove_member (self->root, member);
}

static char *
write_text (PlanciaMapEdit *self)
{
  g_autoptr (JsonNode) overlay = NULL;

  if (self->source->base == NULL)
    return plancia_map_format_write (self->source->whole);

  overlay =
    plancia_map_overlay_make (self->source->whole, self->source->base, self->source->base_id);
  return plancia_map_format_write (overlay);
}

typedef struct
{
  char    *id;
  gboolean replace;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->id);
  g_free (saving);
}

/* The catalogue reads it back before anybody uses it; here, before it is written. */
static gboolean
save (PlanciaMapEdit *self, const Saving *saving, GError **error)
{
  g_autofree char *text = write_text (self);
  g_autofree char *origin = g_strconcat (saving->id, ".json", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, origin, error);

  return map != NULL && plancia_map_catalog_save (saving->id, text, saving->replace, error);
}

static void
save_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (save (source, task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * plancia_map_edit_to_text:
 *
 * Returns: (transfer full): the file
 */
char *
plancia_map_edit_to_text (PlanciaMapEdit *self, gboolean in_place, gboolean whole)
{
  g_autofree char *id = target_id (self, in_place);

  update_detection (self, in_place);
  update_root (self, id);
  return whole ? plancia_map_format_write (self->source->whole) : write_text (self);
}

const char *
plancia_map_edit_get_file_id (PlanciaMapEdit *self)
{
  return json_object_get_string_member (self->root, "id");
}

/**
 * plancia_map_edit_save_async:
 * @in_place: under the id of the map that ships
 * @replace: also over another map of the person's own
 *
 * Nothing may be changed until it has called back.
 */
void
plancia_map_edit_save_async (PlanciaMapEdit     *self,
                             PlanciaWorker      *worker,
                             gboolean            in_place,
                             gboolean            replace,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->id = target_id (self, in_place);
  saving->replace = replace || in_place || self->source->own;
  g_task_set_task_data (task, saving, saving_free);
  update_detection (self, in_place);
  update_root (self, saving->id);
  plancia_worker_run (worker, task, save_on_worker);
}

/**
 * plancia_map_edit_save_finish:
 *
 * Returns: (transfer full): the id, or %NULL
 */
char *
plancia_map_edit_save_finish (PlanciaMapEdit *self, GAsyncResult *result, GError **error)
{
  Saving *saving = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  g_free (self->source->id);
  self->source->id = g_strdup (saving->id);
  self->source->own = TRUE;
  plancia_map_edit_set_changed (self, FALSE);
  return g_strdup (saving->id);
}
