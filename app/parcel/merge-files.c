/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "map/json-check.h"
#include "plant/plant-file.h"
#include "plant/snapshot-folder.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

void
plancia_parcel_files_init (PlanciaParcelFiles *self)
{
  self->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_item_free);
  self->removes = g_ptr_array_new_with_free_func (g_free);
}

void
plancia_parcel_files_clear (PlanciaParcelFiles *self)
{
  g_clear_pointer (&self->writes, g_ptr_array_unref);
  g_clear_pointer (&self->removes, g_ptr_array_unref);
}

void
plancia_parcel_files_add (PlanciaParcelFiles *self,
                          const char         *folder,
                          const char         *name,
                          GBytes             *bytes)
{
  PlanciaParcelItem *item = g_new0 (PlanciaParcelItem, 1);

  item->name = g_build_filename (folder, name, NULL);
  item->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->writes, item);
}

/* "device" of a document as it is called here. (transfer full): bytes unchanged if it has that name. */
GBytes *
plancia_parcel_rename_device (GBytes *bytes, const char *member, GHashTable *pairs)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, "document", NULL);
  JsonObject *root = node != NULL ? json_node_get_object (node) : NULL;
  const char *there, *here;
  char       *text;

  if (root != NULL && member != NULL && json_object_has_member (root, member) &&
      JSON_NODE_HOLDS_OBJECT (json_object_get_member (root, member)))
    root = json_object_get_object_member (root, member);
  member = member != NULL ? "id" : "device";
  there = root != NULL ? json_object_get_string_member_with_default (root, member, NULL) : NULL;
  here = there != NULL ? g_hash_table_lookup (pairs, there) : NULL;
  if (here == NULL || g_str_equal (here, there))
    return g_bytes_ref (bytes);
  json_object_set_string_member (root, member, here);
  text = json_to_string (node, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/* --- snapshots ------------------------------------------------------------------------------- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
has_lines_of (GStrv lines, GStrv others)
{
  for (guint i = 0; others[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) lines, others[i]))
      return FALSE;
  return TRUE;
}

/* Both notes, if neither says what the other does: the same whichever came first. (transfer full) */
static char *
join_notes (const char *a, const char *b)
{
  g_auto (GStrv) one = g_strsplit (a, "\n", -1);
  g_auto (GStrv) other = g_strsplit (b, "\n", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  if (b[0] == '\0' || has_lines_of (one, other))
    return g_strdup (a);
  if (a[0] == '\0' || has_lines_of (other, one))
    return g_strdup (b);
  for (guint i = 0; one[i] != NULL; i++)
    g_ptr_array_add (all, one[i]);
  for (guint i = 0; other[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) one, other[i]))
      g_ptr_array_add (all, other[i]);
  g_ptr_array_sort (all, compare_lines);
  g_ptr_array_add (all, NULL);
  return g_strjoinv ("\n", (char **) all->pdata);
}

/* What is there with the note of both; NULL: it stays as it is. (transfer full) */
static GBytes *
join_snapshots (GBytes *here, GBytes *come)
{
  g_autoptr (PlanciaSnapshot) one = plancia_snapshot_parse (here, "here", NULL);
  g_autoptr (PlanciaSnapshot) other = plancia_snapshot_parse (come, "come", NULL);
  g_autofree char *note = NULL;

  if (one == NULL)
    return g_bytes_ref (come);
  note = join_notes (plancia_snapshot_get_note (one), plancia_snapshot_get_note (other));
  if (g_str_equal (note, plancia_snapshot_get_note (one)))
    return NULL;
  plancia_snapshot_set_note (one, note);
  return plancia_snapshot_format (one);
}

static void
plan_snapshot (PlanciaParcelItem   *item,
               const char          *folder,
               GHashTable          *pairs,
               PlanciaParcelFiles  *files,
               PlanciaParcelResult *result)
{
  g_autoptr (GBytes) bytes = plancia_parcel_rename_device (item->bytes, "device", pairs);
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshot_parse (bytes, item->name, NULL);
  g_autofree char *name = plancia_snapshot_folder_dup_name (snapshot);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) here = NULL;
  g_autoptr (GBytes) joined = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    plancia_parcel_files_add (files, folder, name, bytes);
    result->added[PLANCIA_PARCEL_SNAPSHOTS]++;
    return;
  }
  here = plancia_plant_file_read (path, NULL);
  joined = here != NULL ? join_snapshots (here, bytes) : g_bytes_ref (bytes);
  if (joined == NULL)
    return;
  plancia_parcel_files_add (files, folder, name, joined);
  result->joined[PLANCIA_PARCEL_SNAPSHOTS]++;
}

/* --- files that are more than documents ------------------------------------------------------ */

/* Another one of that name goes beside it, under a name that follows from its bytes. */
static char *
dup_other_name (const char *name, GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  const char      *dot = strrchr (name, '.');

  if (dot == NULL || dot == name)
    return g_strdup_printf ("%s-%.8s", name, sum);
  return g_strdup_printf ("%.*s-%.8s%s", (int) (dot - name), name, sum, dot);
}

static void
plan_file (PlanciaParcelItem   *item,
           PlanciaParcelKind    kind,
           const char          *folder,
           PlanciaParcelFiles  *files,
           PlanciaParcelResult *result)
{
  g_autofree char *path = g_build_filename (folder, item->rest, NULL);
  g_autofree char *other = dup_other_name (item->rest, item->bytes);
  g_autofree char *beside = g_build_filename (folder, other, NULL);
  g_autofree char *data = NULL;
  gsize            length = 0;
  g_autoptr (GBytes) here = NULL;

  if (g_file_test (beside, G_FILE_TEST_EXISTS))
    return;
  if (g_file_get_contents (path, &data, &length, NULL))
    here = g_bytes_new_take (g_steal_pointer (&data), length);
  if (here != NULL && g_bytes_equal (here, item->bytes))
    return;
  plancia_parcel_files_add (files, folder, here != NULL ? other : item->rest, item->bytes);
  result->added[kind]++;
}

/* --- all ------------------------------------------------------------------------------------- */

gboolean
plancia_parcel_files_plan (PlanciaParcel       *parcel,
                           PlanciaParcelKind    kind,
                           const char          *plant_path,
                           GHashTable          *pairs,
                           PlanciaParcelFiles  *files,
                           PlanciaParcelResult *result,
                           GCancellable        *cancellable,
                           GError             **error)
{
  g_autofree char *folder = plancia_parcel_kind_dup_folder (kind, plant_path);
  GPtrArray       *items = parcel->items[kind];

  if (kind == PLANCIA_PARCEL_VISITS) {
    plancia_parcel_visits_plan (items, folder, pairs, files, result);
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  }
  for (guint i = 0; i < items->len; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (kind == PLANCIA_PARCEL_SNAPSHOTS)
      plan_snapshot (g_ptr_array_index (items, i), folder, pairs, files, result);
    else
      plan_file (g_ptr_array_index (items, i), kind, folder, files, result);
  }
  return TRUE;
}

gboolean
plancia_parcel_files_write (PlanciaParcelFiles *self, GError **error)
{
  for (guint i = 0; i < self->writes->len; i++) {
    PlanciaParcelItem *item = g_ptr_array_index (self->writes, i);
    g_autofree char   *folder = g_path_get_dirname (item->name);

    /* Saving says what is wrong with the folder. */
    g_mkdir_with_parents (folder, 0700);
    if (!plancia_plant_file_save (item->name, item->bytes, error))
      return FALSE;
  }
  for (guint i = 0; i < self->removes->len; i++) {
    const char *path = g_ptr_array_index (self->removes, i);

    if (g_unlink (path) != 0 && errno != ENOENT)
      g_info ("%s: cannot be removed: %s", path, g_strerror (errno));
  }
  return TRUE;
}
