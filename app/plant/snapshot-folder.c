/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/snapshot-folder.h"

#include "plant/plant-file.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* A device's id is free text in a plant file: what no file name may have is left out. */
static char *
dup_safe (const char *device)
{
  char *safe = g_strdup (device[0] != '\0' ? device : "device");

  return g_strcanon (safe, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", '_');
}

static char *
dup_prefix (const char *device)
{
  g_autofree char *safe = dup_safe (device);

  return g_strconcat (safe, ".", NULL);
}

/* Sorts as the time does. */
char *
plancia_snapshot_folder_dup_name (PlanciaSnapshot *snapshot)
{
  gint64 time = plancia_snapshot_get_time (snapshot);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / 1000);
  g_autofree char *prefix = dup_prefix (plancia_snapshot_get_device (snapshot));
  g_autofree char *stamp = g_date_time_format (date, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("%s%s.%03dZ.json", prefix, stamp, (int) (time % 1000));
}

static char *
dup_file_path (const char *folder, PlanciaSnapshot *snapshot)
{
  g_autofree char *name = plancia_snapshot_folder_dup_name (snapshot);

  return g_build_filename (folder, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Paths of this device's files, the oldest first. */
static GPtrArray *
list_paths (const char *folder, const char *prefix)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".json"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/**
 * plancia_snapshot_folder_dup_path:
 * @plant_path: of a plant file
 *
 * Returns: (transfer full): the folder of its snapshots
 */
char *
plancia_snapshot_folder_dup_path (const char *plant_path)
{
  gsize length = strlen (plant_path);

  if (g_str_has_suffix (plant_path, ".json"))
    length -= strlen (".json");
  return g_strdup_printf ("%.*s.snapshots", (int) length, plant_path);
}

GPtrArray *
plancia_snapshot_folder_list (const char *folder, const char *device)
{
  g_autofree char *prefix = dup_prefix (device);
  g_autoptr (GPtrArray) paths = list_paths (folder, prefix);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = paths->len; i > 0; i--) {
    g_autoptr (GError) error = NULL;
    PlanciaSnapshot *snapshot = plancia_snapshot_load (g_ptr_array_index (paths, i - 1), &error);

    /* Two ids may have the same safe name. */
    if (snapshot != NULL && g_str_equal (plancia_snapshot_get_device (snapshot), device))
      g_ptr_array_add (list, snapshot);
    else if (snapshot != NULL)
      g_object_unref (snapshot);
    else
      g_info ("A snapshot is left out: %s", error->message);
  }
  return list;
}

gboolean
plancia_snapshot_folder_save (const char *folder, PlanciaSnapshot *snapshot, GError **error)
{
  g_autofree char *path = dup_file_path (folder, snapshot);

  /* Saving says what is wrong with the folder. */
  g_mkdir_with_parents (folder, 0700);
  return plancia_snapshot_save (snapshot, path, error);
}

gboolean
plancia_snapshot_folder_remove (const char *folder, PlanciaSnapshot *snapshot, GError **error)
{
  g_autofree char *path = dup_file_path (folder, snapshot);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (errno),
               "%s: cannot be removed: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

void
plancia_snapshot_folder_prune (const char *folder, const char *device, guint keep)
{
  g_autoptr (GPtrArray) list = plancia_snapshot_folder_list (folder, device);
  guint n = 0;

  for (guint i = 0; i < list->len; i++) {
    PlanciaSnapshot *snapshot = g_ptr_array_index (list, i);

    if (plancia_snapshot_get_reason (snapshot) == PLANCIA_SNAPSHOT_ARRIVAL &&
        plancia_snapshot_get_note (snapshot)[0] == '\0' && ++n > keep)
      plancia_snapshot_folder_remove (folder, snapshot, NULL);
  }
}

void
plancia_snapshot_folder_copy (const char *from, const char *to)
{
  g_autoptr (GPtrArray) paths = list_paths (from, "");

  if (paths->len > 0)
    g_mkdir_with_parents (to, 0700);
  for (guint i = 0; i < paths->len; i++) {
    const char      *path = g_ptr_array_index (paths, i);
    g_autofree char *name = g_path_get_basename (path);
    g_autofree char *target = g_build_filename (to, name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    if (g_file_test (target, G_FILE_TEST_EXISTS))
      continue;
    bytes = plancia_plant_file_read (path, &error);
    if (bytes == NULL || !plancia_plant_file_save (target, bytes, &error))
      g_info ("A snapshot is not copied: %s", error->message);
  }
}

/**
 * plancia_snapshot_load:
 * @path: of a file
 * @error: G_IO_ERROR, or PLANCIA_DOCUMENT_ERROR as plancia_snapshot_parse()
 *
 * Blocks.
 *
 * Returns: (transfer full): the snapshot, or %NULL
 */
PlanciaSnapshot *
plancia_snapshot_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_read (path, error);

  return bytes != NULL ? plancia_snapshot_parse (bytes, path, error) : NULL;
}

/** plancia_snapshot_save: blocks; atomic; whether it is saved */
gboolean
plancia_snapshot_save (PlanciaSnapshot *snapshot, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_snapshot_format (snapshot);

  return plancia_plant_file_save (path, bytes, error);
}
