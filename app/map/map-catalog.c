/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-catalog.h"

#include "base/error.h"
#include "map/map-expand.h"
#include "map/map-private.h"
#include <errno.h>
#include <gio/gio.h>
#include <string.h>

#define RESOURCE_FOLDER PLANCIA_RESOURCE_PREFIX "/register-maps"

/* Old machines give their identity at an address that differs by one register between sources, so
 * the prefix may begin a little later (detection of the generation in the map facts). */
#define OLD_IDENTITY_FUNCTION 4
#define OLD_IDENTITY_SLACK    3

GResource *plancia_maps_get_resource (void);

static GMutex      catalog_mutex;
static GHashTable *catalog_maps; /* id to PlanciaMap; under catalog_mutex */
static GPtrArray  *catalog_lent; /* PlanciaMap, or NULL; under catalog_mutex */

/* The resource is in a static library: nothing refers to it unless we do. */
static void
ensure_resource (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    g_resources_register (plancia_maps_get_resource ());
    g_once_init_leave (&done, 1);
  }
}

static void
add_id (GHashTable *ids, const char *file_name)
{
  g_autofree char *id = NULL;

  if (!g_str_has_suffix (file_name, ".json"))
    return;

  id = g_strndup (file_name, strlen (file_name) - strlen (".json"));
  if (plancia_json_is_id (id))
    g_hash_table_add (ids, g_steal_pointer (&id));
}

static void
add_user_ids (GHashTable *ids)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    add_id (ids, name);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GBytes *
look_up (const char *folder, const char *id)
{
  g_autofree char *path = g_strconcat (folder, "/", id, ".json", NULL);

  ensure_resource ();
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static PlanciaMap *
load_shipped (const char *id, GError **error)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autoptr (GBytes) bytes = look_up (RESOURCE_FOLDER, id);

  if (bytes != NULL)
    return plancia_map_new_from_bytes (bytes, name, error);

  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
               "there is no register map \"%s\"",
               id);
  return NULL;
}

static PlanciaMap *
load (const char *id, GError **error)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (plancia_json_is_id (id) && g_file_test (path, G_FILE_TEST_EXISTS))
    return plancia_map_new_from_file (path, error);

  return load_shipped (id, error);
}

/* How well the identity fits: length of the prefix, 0 if not at all. */
static guint
match_prefixes (const PlanciaMapDetect *detect, const char *identity)
{
  guint slack = detect->function == OLD_IDENTITY_FUNCTION ? OLD_IDENTITY_SLACK : 0;
  guint length = strlen (identity);
  guint best = 0;

  for (guint i = 0; i < detect->prefixes->len; i++) {
    const char *prefix = g_ptr_array_index (detect->prefixes, i);

    for (guint start = 0; start <= slack && start < length; start++)
      if (g_str_has_prefix (identity + start, prefix))
        best = MAX (best, strlen (prefix));
  }

  return best;
}

static guint
match_map (PlanciaMap *map, guint8 function, guint16 address, const char *identity)
{
  guint best = 0;

  for (guint i = 0; i < map->detect->len; i++) {
    const PlanciaMapDetect *detect = &g_array_index (map->detect, PlanciaMapDetect, i);

    if (detect->function == function && detect->address == address)
      best = MAX (best, match_prefixes (detect, identity));
  }

  return best;
}

/**
 * plancia_map_user_folder:
 *
 * Returns: (transfer full): where a person's own maps are; it need not exist
 */
char *
plancia_map_user_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "register-maps", NULL);
}

/**
 * plancia_map_shipped_bytes:
 *
 * Returns: (transfer full) (nullable): a document that came with the program, also one that only others extend
 */
GBytes *
plancia_map_shipped_bytes (const char *id)
{
  GBytes *bytes = look_up (RESOURCE_FOLDER, id);

  return bytes ? bytes : look_up (RESOURCE_FOLDER "/shared", id);
}

/**
 * plancia_map_catalog_forget:
 * @id: (nullable): of a map; %NULL: all of them
 *
 * The next plancia_map_catalog_get() reads it anew; who holds the old one keeps it. Any thread.
 */
void
plancia_map_catalog_forget (const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&catalog_mutex);

  if (catalog_maps != NULL && id != NULL)
    g_hash_table_remove (catalog_maps, id);
  else if (catalog_maps != NULL)
    g_hash_table_remove_all (catalog_maps);
}

/**
 * plancia_map_catalog_list:
 *
 * Any thread; reads a folder.
 *
 * Returns: (transfer full): ids of all maps, sorted, %NULL-terminated
 */
char **
plancia_map_catalog_list (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_auto (GStrv) names = NULL;
  GHashTableIter iter;
  gpointer       id;

  ensure_resource ();
  names = g_resources_enumerate_children (RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_id (ids, names[i]);
  add_user_ids (ids);

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (sorted, g_strdup (id));
  g_ptr_array_sort (sorted, compare_ids);
  g_ptr_array_add (sorted, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&sorted), FALSE);
}

/**
 * plancia_map_catalog_lend:
 * @maps: (nullable) (element-type PlanciaMap): a recording's own, as they were when it was made
 *
 * Takes the place of what was lent before. Any thread.
 */
void
plancia_map_catalog_lend (GPtrArray *maps)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&catalog_mutex);

  g_clear_pointer (&catalog_lent, g_ptr_array_unref);
  catalog_lent = maps != NULL ? g_ptr_array_ref (maps) : NULL;
}

/* With the mutex held. (transfer none) */
static PlanciaMap *
find_lent (const char *id)
{
  for (guint i = 0; catalog_lent != NULL && i < catalog_lent->len; i++) {
    PlanciaMap *map = g_ptr_array_index (catalog_lent, i);

    if (g_str_equal (plancia_map_get_id (map), id))
      return map;
  }
  return NULL;
}

/**
 * plancia_map_catalog_get:
 * @id: an id, or a file path: it holds a slash or ends in .json
 *
 * Maps found by id are kept; files by path are read each time. A person's own map that is wrong is
 * an error, not a reason to take the shipped one. Any thread; blocking the first time.
 *
 * Returns: (transfer full): the map, or %NULL with %PLANCIA_DEVICE_ERROR_UNKNOWN_MAP or what
 * plancia_map_new_from_file() says
 */
PlanciaMap *
plancia_map_catalog_get (const char *id, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  PlanciaMap *map;

  g_return_val_if_fail (id != NULL, NULL);

  if (strchr (id, '/') != NULL || g_str_has_suffix (id, ".json"))
    return plancia_map_new_from_file (id, error);

  locker = g_mutex_locker_new (&catalog_mutex);
  if (catalog_maps == NULL)
    catalog_maps =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) plancia_map_unref);
  map = find_lent (id);
  if (map == NULL)
    map = g_hash_table_lookup (catalog_maps, id);
  if (map == NULL) {
    map = load (id, error);
    if (map == NULL)
      return NULL;
    g_hash_table_insert (catalog_maps, g_strdup (id), map);
  }

  return plancia_map_ref (map);
}

/**
 * plancia_map_catalog_save:
 * @id: of the map, which is its file's name
 * @text: the file
 * @replace: also if there is a map of that id
 *
 * plancia_map_catalog_get() reads it anew.
 *
 * Returns: %FALSE with %G_IO_ERROR or %G_FILE_ERROR
 */
gboolean
plancia_map_catalog_save (const char *id, const char *text, gboolean replace, GError **error)
{
  g_autofree char *file = g_strconcat (id, ".json", NULL);
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) shipped = plancia_map_shipped_bytes (id);

  if (!replace && (shipped != NULL || g_file_test (path, G_FILE_TEST_EXISTS))) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_EXISTS,
                 "there is a register map \"%s\" already",
                 id);
    return FALSE;
  }
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (errno),
                 "%s: %s",
                 folder,
                 g_strerror (errno));
    return FALSE;
  }
  if (!g_file_set_contents (path, text, -1, error))
    return FALSE;

  /* Others may extend it. */
  plancia_map_catalog_forget (NULL);
  return TRUE;
}

/**
 * plancia_map_catalog_detect:
 * @function: function code with which the identity was read
 * @address: where it was read
 * @identity: the text, high byte of each register first
 *
 * The longest prefix wins, then the first id in alphabetical order. Maps that cannot be loaded are
 * passed over. Any thread; the first call loads all maps.
 *
 * Returns: (transfer full) (nullable): id of the map
 */
char *
plancia_map_catalog_detect (guint8 function, guint16 address, const char *identity)
{
  g_auto (GStrv) ids = plancia_map_catalog_list ();
  const char *found = NULL;
  guint       best = 0;

  g_return_val_if_fail (identity != NULL, NULL);

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = plancia_map_catalog_get (ids[i], &error);
    guint fit = map ? match_map (map, function, address, identity) : 0;

    if (map == NULL)
      g_message ("%s", error->message);
    if (fit > best) {
      best = fit;
      found = ids[i];
    }
  }

  return g_strdup (found);
}
