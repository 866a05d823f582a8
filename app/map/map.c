/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map.h"

#include "base/document.h"
#include "base/error.h"
#include "base/file-read.h"
#include "map/map-expand.h"
#include "map/map-private.h"
#include "map/map-probe.h"
#include <gio/gio.h>
#include <glib/gi18n.h>

static void
detect_clear (gpointer data)
{
  PlanciaMapDetect *self = data;

  g_clear_pointer (&self->prefixes, g_ptr_array_unref);
}

static void
field_clear (PlanciaField *self)
{
  g_clear_pointer (&self->invalid, g_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->bits, g_ptr_array_unref);
}

static PlanciaMap *
map_alloc (GBytes *bytes)
{
  PlanciaMap *self = g_new0 (PlanciaMap, 1);

  g_atomic_ref_count_init (&self->references);
  self->bytes = g_bytes_ref (bytes);
  self->strings = g_string_chunk_new (8192);
  self->detect = g_array_new (FALSE, TRUE, sizeof (PlanciaMapDetect));
  g_array_set_clear_func (self->detect, detect_clear);
  self->groups = g_array_new (FALSE, TRUE, sizeof (PlanciaGroup));
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->value_tables =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->bit_tables =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_block_free);

  return self;
}

static void
map_free (PlanciaMap *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    field_clear (&self->fields[i]);
  g_free (self->fields);
  g_ptr_array_unref (self->blocks);
  g_hash_table_unref (self->bit_tables);
  g_hash_table_unref (self->value_tables);
  g_hash_table_unref (self->by_key);
  g_array_unref (self->groups);
  g_array_unref (self->detect);
  g_clear_pointer (&self->limits.never_read, g_array_unref);
  g_clear_pointer (&self->limits.never_write, g_array_unref);
  g_string_chunk_free (self->strings);
  g_bytes_unref (self->bytes);
  g_free (self);
}

/* The file name is how the catalogue finds a map, so it must not contradict the id. */
static gboolean
check_file_name (PlanciaMap *map, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *expected = g_strconcat (map->id, ".json", NULL);

  if (g_str_equal (name, expected))
    return TRUE;

  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "%s: id: expected the file name without .json, got \"%s\"",
               path,
               map->id);
  return FALSE;
}

GBytes *
plancia_map_read_file (const char *path, GError **error)
{
  return plancia_file_read (path, PLANCIA_DOCUMENT_MAXIMUM_BYTES, error);
}

PlanciaMap *
plancia_map_new_from_document (JsonNode *root, GBytes *bytes, const char *origin, GError **error)
{
  PlanciaJsonCheck check = {origin, NULL, NULL};
  g_autoptr (PlanciaMap) map = map_alloc (bytes);

  plancia_map_parse_document (map, &check, json_node_get_object (root));
  if (!plancia_json_failed (&check))
    plancia_map_check (map, &check);

  if (check.error != NULL) {
    g_propagate_error (error, check.error);
    return NULL;
  }

  return g_steal_pointer (&map);
}

/**
 * plancia_map_probe:
 * @root: a whole document
 *
 * Returns: (transfer full): what is wrong with it
 */
GPtrArray *
plancia_map_probe (JsonNode *root)
{
  g_autoptr (GPtrArray) complaints = g_ptr_array_new_with_free_func (plancia_json_complaint_free);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (PlanciaMap) map = map_alloc (nothing);
  PlanciaJsonCheck check = {"", NULL, complaints};

  plancia_map_parse_document (map, &check, json_node_get_object (root));
  if (!plancia_json_failed (&check))
    plancia_map_check (map, &check);
  g_clear_error (&check.error);
  return g_steal_pointer (&complaints);
}

static PlanciaMap *
load (GBytes *bytes, const char *origin, const char *folder, GError **error)
{
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);
  g_autoptr (JsonNode) whole = root ? plancia_map_expand (root, origin, folder, error) : NULL;

  return whole ? plancia_map_new_from_document (whole, bytes, origin, error) : NULL;
}

const char *
plancia_map_keep (PlanciaMap *map, const char *text)
{
  return text ? g_string_chunk_insert_const (map->strings, text) : NULL;
}

/**
 * plancia_map_new_from_bytes:
 * @bytes: a map file, format "register-map", version 1
 * @origin: names the file in messages
 *
 * Checks the whole schema and what it cannot say (overlaps, tables, write blocks, block edges) and
 * stops at the first thing that is wrong. Takes a few milliseconds. Any thread.
 *
 * A map that extends another (map/map-expand.h) is checked as a whole: indices in key paths are those of the whole list.
 *
 * Besides the schema's keys the top level may have "invented": true for a map that was made up for
 * the simulator because the real one is not public.
 *
 * Returns: (transfer full): the map, or %NULL with %PLANCIA_DOCUMENT_ERROR; the message has origin,
 * key path, what was expected and what is there
 */
PlanciaMap *
plancia_map_new_from_bytes (GBytes *bytes, const char *origin, GError **error)
{
  g_return_val_if_fail (bytes != NULL && origin != NULL, NULL);

  return load (bytes, origin, NULL, error);
}

/**
 * plancia_map_new_from_file:
 * @path: a map file; its name must be the map's id with .json
 *
 * Blocking: on a worker, or in a command line program.
 *
 * Returns: (transfer full): the map, or %NULL with %PLANCIA_DOCUMENT_ERROR or %G_IO_ERROR
 */
PlanciaMap *
plancia_map_new_from_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_map_read_file (path, error);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (PlanciaMap) map = NULL;

  if (bytes == NULL)
    return NULL;

  map = load (bytes, path, folder, error);
  if (map == NULL || !check_file_name (map, path, error))
    return NULL;

  return g_steal_pointer (&map);
}

PlanciaMap *
plancia_map_ref (PlanciaMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
plancia_map_unref (PlanciaMap *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->references))
    map_free (self);
}

/**
 * plancia_map_to_json:
 *
 * Returns: (transfer full): the document exactly as it was read, so that unknown keys, order and
 * the spelling of numbers stay
 */
char *
plancia_map_to_json (PlanciaMap *self)
{
  gsize       length = 0;
  const char *text = g_bytes_get_data (self->bytes, &length);

  return g_strndup (text, length);
}

const char *
plancia_map_get_id (PlanciaMap *self)
{
  return self->id;
}

const char *
plancia_map_get_name (PlanciaMap *self)
{
  return self->name;
}

const char *
plancia_map_get_device_kind (PlanciaMap *self)
{
  return self->device_kind;
}

const char *
plancia_map_get_family (PlanciaMap *self)
{
  return self->family;
}

const char *
plancia_map_get_generation (PlanciaMap *self)
{
  return self->generation;
}

const char *
plancia_map_get_confidence (PlanciaMap *self)
{
  return self->confidence;
}

gboolean
plancia_map_is_invented (PlanciaMap *self)
{
  return self->invented;
}

guint
plancia_map_get_phases (PlanciaMap *self)
{
  return self->phases;
}

guint8
plancia_map_get_unit (PlanciaMap *self)
{
  return self->unit;
}

const PlanciaMapLimits *
plancia_map_get_limits (PlanciaMap *self)
{
  return &self->limits;
}

/**
 * plancia_map_get_detect:
 *
 * Returns: (transfer none) (nullable): the first detection rule; no shipped map has more
 */
const PlanciaMapDetect *
plancia_map_get_detect (PlanciaMap *self)
{
  return self->detect->len > 0 ? &g_array_index (self->detect, PlanciaMapDetect, 0) : NULL;
}

guint
plancia_map_get_n_fields (PlanciaMap *self)
{
  return self->n_fields;
}

const PlanciaField *
plancia_map_get_field (PlanciaMap *self, guint index)
{
  g_return_val_if_fail (index < self->n_fields, NULL);

  return &self->fields[index];
}

const PlanciaField *
plancia_map_find_field (PlanciaMap *self, const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->by_key, key);
}

guint
plancia_map_get_n_groups (PlanciaMap *self)
{
  return self->groups->len;
}

const PlanciaGroup *
plancia_map_get_group (PlanciaMap *self, guint index)
{
  g_return_val_if_fail (index < self->groups->len, NULL);

  return &g_array_index (self->groups, PlanciaGroup, index);
}

const PlanciaWriteBlock *
plancia_map_find_block (PlanciaMap *self, const char *key)
{
  for (guint i = 0; i < self->blocks->len; i++) {
    const PlanciaWriteBlock *block = g_ptr_array_index (self->blocks, i);

    if (g_str_equal (block->key, key))
      return block;
  }

  return NULL;
}

/* What asks may be a worker. */
static PlanciaMapWords words_of_maps;

/** plancia_map_set_words: labels that were asked for before stay as they are */
void
plancia_map_set_words (PlanciaMapWords func)
{
  __atomic_store_n (&words_of_maps, func, __ATOMIC_RELEASE);
}

/* The empty text is the header of a catalogue. */
static const char *
translate (const char *context, const char *english)
{
  PlanciaMapWords words = __atomic_load_n (&words_of_maps, __ATOMIC_ACQUIRE);

  if (english == NULL || english[0] == '\0')
    return english;
  if (words != NULL)
    return words (context, english);
  return g_dpgettext2 (GETTEXT_PACKAGE, context, english);
}

/**
 * plancia_map_label:
 * @english: (nullable): a name, group name, note or value's label of a map
 *
 * Returns: (transfer none): the text in the program's language, @english if there is none
 */
const char *
plancia_map_label (const char *english)
{
  return translate ("map", english);
}

/**
 * plancia_map_bit_label:
 * @english: (nullable): the label of a bit: a fault, an alarm, a switch
 *
 * Apart from the other texts: "Clock" as a fault is not "Clock" as a group.
 *
 * Returns: (transfer none): the text in the program's language, @english if there is none
 */
const char *
plancia_map_bit_label (const char *english)
{
  return translate ("map bit", english);
}
