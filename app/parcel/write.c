/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "base/clock.h"
#include "base/file-read.h"
#include "map/json-check.h"
#include "map/map-expand.h"
#include "parcel/recordings.h"
#include "parcel/zip.h"
#include "plant/plant-file.h"
#include <string.h>

/* What goes into a file, before it is written: the list of its entries stands first. */
typedef struct
{
  const PlanciaParcelChoice *choice;
  PlanciaParcelCounts       *counts;
  GPtrArray                 *troubles;
  PlanciaPlant              *plant;
  PlanciaCarry              *carry;
  GPtrArray                 *devices;                       /* PlanciaParcelDevice */
  GPtrArray                 *items[PLANCIA_PARCEL_N_KINDS]; /* PlanciaParcelItem */
  GCancellable              *cancellable;
} Making;

/* --- collecting ------------------------------------------------------------------------------ */

static PlanciaParcelItem *
add_item (Making *self, PlanciaParcelKind kind, const char *rest, GBytes *bytes)
{
  PlanciaParcelItem *item = g_new0 (PlanciaParcelItem, 1);

  item->name = kind == PLANCIA_PARCEL_PLANT
                 ? g_strdup ("plant.json")
                 : g_strconcat (plancia_parcel_kinds[kind].folder, "/", rest, NULL);
  item->rest = g_strdup (rest);
  item->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_ptr_array_add (self->items[kind], item);
  return item;
}

static void
collect_folder (Making *self, PlanciaParcelKind kind, const char *plant_path)
{
  g_autofree char *folder = plancia_parcel_kind_dup_folder (kind, plant_path);
  g_autoptr (GPtrArray) files = plancia_parcel_read_folder (kind, folder, self->troubles);
  const PlanciaParcelKindInfo *info = &plancia_parcel_kinds[kind];

  for (guint i = 0; i < files->len; i++) {
    PlanciaParcelItem *file = g_ptr_array_index (files, i);
    g_autoptr (GError) error = NULL;
    guint n = 1;

    if (info->check != NULL && !info->check (file->bytes, file->name, &n, &error)) {
      g_ptr_array_add (
        self->troubles,
        plancia_parcel_trouble_new (PLANCIA_PARCEL_INVALID, kind, file->name, error->message));
      continue;
    }
    add_item (self, kind, file->rest, file->bytes);
    self->counts->n[kind] += n;
  }
}

/* They may be long: each is read when it is written. */
static void
collect_recordings (Making *self)
{
  g_autoptr (GPtrArray) names = plancia_parcel_recordings_list (plancia_plant_get_id (self->plant));

  for (guint i = 0; i < names->len; i++)
    add_item (self, PLANCIA_PARCEL_RECORDINGS, g_ptr_array_index (names, i), NULL);
  self->counts->n[PLANCIA_PARCEL_RECORDINGS] = names->len;
}

/* What a map of a person's own extends may be one, too. */
static void
collect_map (Making *self, GHashTable *known, const char *id)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *file = id != NULL ? g_strconcat (id, ".json", NULL) : NULL;
  g_autofree char *path = file != NULL ? g_build_filename (folder, file, NULL) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root;

  if (id == NULL || !plancia_json_is_id (id) || !g_hash_table_add (known, g_strdup (id)) ||
      !g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  bytes = plancia_file_read (path, plancia_parcel_kinds[PLANCIA_PARCEL_MAPS].limit, NULL);
  node = bytes != NULL ? plancia_json_parse (bytes, path, NULL) : NULL;
  if (node == NULL)
    return;
  add_item (self, PLANCIA_PARCEL_MAPS, file, bytes);
  self->counts->n[PLANCIA_PARCEL_MAPS]++;
  root = json_node_get_object (node);
  if (json_object_has_member (root, "extends") &&
      JSON_NODE_HOLDS_VALUE (json_object_get_member (root, "extends")))
    collect_map (self, known, json_object_get_string_member_with_default (root, "extends", NULL));
}

static void
collect_maps (Making *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->devices->len; i++) {
    const PlanciaParcelDevice *device = g_ptr_array_index (self->devices, i);

    collect_map (self, known, plancia_entry_get_map (plancia_plant_find (self->plant, device->id)));
  }
}

/* Ids, or serial numbers, of all devices. (transfer container) */
static const char **
list_texts (GPtrArray *devices, gboolean serials)
{
  const char **list = g_new0 (const char *, devices->len + 1);
  guint        n = 0;

  for (guint i = 0; i < devices->len; i++) {
    const PlanciaParcelDevice *device = g_ptr_array_index (devices, i);
    const char                *text = serials ? device->serial : device->id;

    if (text[0] != '\0')
      list[n++] = text;
  }
  return list;
}

static gboolean
add_documents (Making *self, PlanciaParcelKind kind, GPtrArray *documents, GError **error)
{
  for (guint i = 0; documents != NULL && i < documents->len; i++) {
    g_autofree char *name = g_strdup_printf ("%04u.json", i + 1);
    GBytes          *bytes = g_ptr_array_index (documents, i);
    guint            n = 0;

    if (!plancia_parcel_kinds[kind].check (bytes, name, &n, error))
      return FALSE;
    add_item (self, kind, name, bytes);
    self->counts->n[kind] += n;
  }
  return documents != NULL;
}

static gboolean
collect_records (Making *self, GError **error)
{
  g_autofree const char **ids = list_texts (self->devices, FALSE);
  g_autofree const char **serials = list_texts (self->devices, TRUE);
  guint                   alarms = 0;
  g_autoptr (GPtrArray)
    journal = plancia_carry_journal (self->carry, ids, serials, self->cancellable, error);
  g_autoptr (GPtrArray) documents = NULL;

  if (journal == NULL || !add_documents (self, PLANCIA_PARCEL_JOURNAL, journal, error))
    return FALSE;
  documents = plancia_carry_alarms (self->carry, ids, &alarms, error);
  return documents != NULL && add_documents (self, PLANCIA_PARCEL_ALARMS, documents, error);
}

static void
add_month (Making *self, const char *device, const char *source, PlanciaSpan month)
{
  g_autofree char   *name = plancia_parcel_history_name (device, source, month);
  PlanciaParcelItem *item;

  if (name == NULL) {
    g_ptr_array_add (self->troubles,
                     plancia_parcel_trouble_new (PLANCIA_PARCEL_INVALID,
                                                 PLANCIA_PARCEL_HISTORY,
                                                 device,
                                                 "no file can have that name"));
    return;
  }
  item = add_item (self, PLANCIA_PARCEL_HISTORY, strchr (name, '/') + 1, NULL);
  item->device = g_strdup (device);
  item->source = g_strdup (source);
  item->month = month;
}

static gboolean
collect_source (Making *self, const char *device, const char *source, GError **error)
{
  g_autoptr (GArray)
    months = plancia_carry_list_months (self->carry, device, source, self->choice->span, error);

  for (guint i = 0; months != NULL && i < months->len; i++)
    add_month (self, device, source, g_array_index (months, PlanciaSpan, i));
  return months != NULL;
}

static gboolean
collect_history (Making *self, GError **error)
{
  for (guint i = 0; self->choice->with_history && i < self->devices->len; i++) {
    const char *id = ((PlanciaParcelDevice *) g_ptr_array_index (self->devices, i))->id;
    g_autoptr (GPtrArray) sources = NULL;

    if (self->choice->devices != NULL && !g_strv_contains (self->choice->devices, id))
      continue;
    sources = plancia_carry_list_sources (self->carry, id, error);
    for (guint j = 0; sources != NULL && j < sources->len; j++)
      if (!collect_source (self, id, g_ptr_array_index (sources, j), error))
        return FALSE;
    if (sources == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
collect (Making *self, const char *plant_path, GError **error)
{
  g_autoptr (GBytes) plant = plancia_plant_file_format (self->plant);
  g_autoptr (GPtrArray) snapshots = g_ptr_array_new ();

  add_item (self, PLANCIA_PARCEL_PLANT, "plant.json", plant);
  self->counts->n[PLANCIA_PARCEL_PLANT] = 1;
  for (int i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    if (plancia_parcel_kinds[i].beside != NULL)
      collect_folder (self, (PlanciaParcelKind) i, plant_path);
  for (guint i = 0; i < self->items[PLANCIA_PARCEL_SNAPSHOTS]->len; i++)
    g_ptr_array_add (
      snapshots,
      ((PlanciaParcelItem *) g_ptr_array_index (self->items[PLANCIA_PARCEL_SNAPSHOTS], i))->bytes);
  self->devices = plancia_parcel_devices_list (self->plant, snapshots);
  collect_maps (self);
  collect_recordings (self);
  return collect_records (self, error) && collect_history (self, error);
}

/* --- the manifest ---------------------------------------------------------------------------- */

static JsonArray *
write_devices (Making *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->devices->len; i++) {
    const PlanciaParcelDevice *device = g_ptr_array_index (self->devices, i);
    JsonObject                *object = json_object_new ();

    json_object_set_string_member (object, "id", device->id);
    json_object_set_string_member (object, "name", device->name);
    if (device->serial[0] != '\0')
      json_object_set_string_member (object, "serial", device->serial);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
write_names (Making *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    for (guint j = 0; j < self->items[i]->len; j++)
      json_array_add_string_element (
        array,
        ((PlanciaParcelItem *) g_ptr_array_index (self->items[i], j))->name);
  return array;
}

static GBytes *
write_manifest (Making *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonObject *plant = json_object_new ();
  char       *text;

  json_object_set_string_member (root, "format", PLANCIA_PARCEL_FORMAT);
  json_object_set_int_member (root, "version", PLANCIA_PARCEL_VERSION);
  json_object_set_string_member (root, "program", "Plancia " PLANCIA_VERSION);
  json_object_set_int_member (root, "created", plancia_clock_now ());
  json_object_set_string_member (plant, "id", plancia_plant_get_id (self->plant));
  json_object_set_string_member (plant, "name", plancia_plant_get_name (self->plant));
  json_object_set_object_member (root, "plant", plant);
  json_object_set_array_member (root, "devices", write_devices (self));
  json_object_set_array_member (root, "entries", write_names (self));
  json_node_take_object (node, root);
  text = json_to_string (node, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/* --- writing --------------------------------------------------------------------------------- */

static void
widen (PlanciaSpan *whole, PlanciaSpan span)
{
  if (plancia_span_is_empty (*whole))
    *whole = span;
  whole->start = MIN (whole->start, span.start);
  whole->end = MAX (whole->end, span.end);
}

static GBytes *
read_recording (PlanciaParcelItem *item, GError **error)
{
  g_autofree char *folder = plancia_parcel_recordings_dup_folder ();
  g_autofree char *path = g_build_filename (folder, item->rest, NULL);

  return plancia_file_read (path, plancia_parcel_kinds[PLANCIA_PARCEL_RECORDINGS].limit, error);
}

static GBytes *
make_bytes (Making *self, PlanciaParcelItem *item, GError **error)
{
  PlanciaSpan span;

  if (item->bytes != NULL)
    return g_bytes_ref (item->bytes);
  if (item->device == NULL)
    return read_recording (item, error);
  span = plancia_span_intersect (item->month, self->choice->span);
  widen (&self->counts->span, item->month);
  self->counts->n[PLANCIA_PARCEL_HISTORY]++;
  return plancia_carry_days (self->carry,
                             item->device,
                             item->source,
                             span,
                             item->rest,
                             &self->counts->samples,
                             self->cancellable,
                             error);
}

static gboolean
write_items (Making               *self,
             PlanciaZipWriter     *zip,
             PlanciaParcelProgress progress,
             gpointer              progress_data,
             GError              **error)
{
  guint all = 0, done = 0;

  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    all += self->items[i]->len;
  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    for (guint j = 0; j < self->items[i]->len; j++) {
      PlanciaParcelItem *item = g_ptr_array_index (self->items[i], j);
      g_autoptr (GBytes) bytes = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      bytes = make_bytes (self, item, error);
      if (bytes == NULL ||
          !plancia_zip_writer_add (zip, item->name, bytes, plancia_parcel_kinds[i].packed, error))
        return FALSE;
      if (progress != NULL)
        progress ((double) ++done / all, progress_data);
    }
  return TRUE;
}

static gboolean
write_file (Making               *self,
            const char           *target,
            PlanciaParcelProgress progress,
            gpointer              progress_data,
            GError              **error)
{
  g_autoptr (PlanciaZipWriter) zip = plancia_zip_writer_new (target, plancia_clock_now (), error);
  g_autoptr (GBytes) manifest = write_manifest (self);

  return zip != NULL &&
         plancia_zip_writer_add (zip, PLANCIA_PARCEL_MANIFEST, manifest, TRUE, error) &&
         write_items (self, zip, progress, progress_data, error) &&
         plancia_zip_writer_finish (zip, error);
}

/**
 * plancia_parcel_save:
 *
 * Blocks: on a worker.
 *
 * Returns: whether the file is there
 */
gboolean
plancia_parcel_save (const char                *plant_path,
                     const char                *target,
                     const PlanciaParcelChoice *choice,
                     PlanciaParcelCounts       *counts,
                     GPtrArray                 *troubles,
                     PlanciaParcelProgress      progress,
                     gpointer                   progress_data,
                     GCancellable              *cancellable,
                     GError                   **error)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (plant_path, error);
  g_autoptr (PlanciaCarry) carry = NULL;
  Making   making = {.choice = choice,
                     .counts = counts,
                     .troubles = troubles,
                     .plant = plant,
                     .cancellable = cancellable};
  gboolean good;

  *counts = (PlanciaParcelCounts){0};
  if (plant == NULL)
    return FALSE;
  carry = plancia_carry_open (choice->history, choice->journal, TRUE, error);
  if (carry == NULL)
    return FALSE;
  making.carry = carry;
  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    making.items[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_item_free);
  good = collect (&making, plant_path, error) &&
         write_file (&making, target, progress, progress_data, error);
  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    g_ptr_array_unref (making.items[i]);
  g_clear_pointer (&making.devices, g_ptr_array_unref);
  return good;
}
