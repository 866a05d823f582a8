/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "base/error.h"
#include "base/file-read.h"
#include "map/map-catalog.h"
#include "map/map-expand.h"
#include "parcel/zip.h"
#include "plant/plant-file.h"
#include <string.h>

/* One merging. */
typedef struct
{
  PlanciaParcel             *parcel;
  const PlanciaParcelPlaces *places;
  gboolean                   look;
  PlanciaParcelResult       *result;
  PlanciaParcelProgress      progress;
  gpointer                   progress_data;
  GCancellable              *cancellable;
  PlanciaPlant              *plant; /* as it will be */
  GHashTable                *pairs; /* ids there to ids here */
  PlanciaCarry              *carry;
  PlanciaCarried             carried;
  GHashTable                *months; /* names of the history in the zip to PlanciaParcelItem */
} Merging;

/* --- the plant ------------------------------------------------------------------------------- */

static GPtrArray *
list_bytes (GPtrArray *items)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (list, ((PlanciaParcelItem *) g_ptr_array_index (items, i))->bytes);
  return list;
}

static GPtrArray *
list_devices_here (Merging *self)
{
  g_autofree char *folder = plancia_parcel_kind_dup_folder (PLANCIA_PARCEL_SNAPSHOTS,
                                                            self->places->plant);
  g_autoptr (GPtrArray) files = plancia_parcel_read_folder (PLANCIA_PARCEL_SNAPSHOTS, folder, NULL);
  g_autoptr (GPtrArray) bytes = list_bytes (files);

  return plancia_parcel_devices_list (self->plant, bytes);
}

static PlanciaPlant *
parse_come (Merging *self, GError **error)
{
  GPtrArray *items = self->parcel->items[PLANCIA_PARCEL_PLANT];

  if (items->len == 0) {
    g_set_error (
      error,
      PLANCIA_DOCUMENT_ERROR,
      PLANCIA_DOCUMENT_ERROR_MISSING,
      "%s: the plant itself is missing or damaged; what goes with it can be merged into a plant that is here",
      self->parcel->path);
    return NULL;
  }
  return plancia_plant_file_parse (((PlanciaParcelItem *) g_ptr_array_index (items, 0))->bytes,
                                   self->parcel->path,
                                   error);
}

/* Into the plant that is here. */
static gboolean
meet_plant (Merging *self, GError **error)
{
  g_autoptr (PlanciaPlant) come = NULL;
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) snapshots = list_bytes (self->parcel->items[PLANCIA_PARCEL_SNAPSHOTS]);

  self->plant = plancia_plant_file_load (self->places->plant, error);
  if (self->plant == NULL)
    return FALSE;
  if (self->parcel->items[PLANCIA_PARCEL_PLANT]->len == 0) {
    self->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    return TRUE;
  }
  come = parse_come (self, error);
  if (come == NULL)
    return FALSE;
  here = list_devices_here (self);
  there = plancia_parcel_devices_list (come, snapshots);
  self->pairs = plancia_parcel_devices_match (there, here);
  self->result->devices = plancia_parcel_merge_plant (self->plant, come, self->pairs);
  return TRUE;
}

static gboolean
take_plant (Merging *self, GError **error)
{
  if (g_file_test (self->places->plant, G_FILE_TEST_EXISTS))
    return meet_plant (self, error);
  self->plant = parse_come (self, error);
  if (self->plant == NULL)
    return FALSE;
  self->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->result->new_plant = TRUE;
  self->result->added[PLANCIA_PARCEL_PLANT] = 1;
  {
    g_autoptr (GPtrArray) all = plancia_parcel_devices_list (self->plant, NULL);

    self->result->devices = all->len;
  }
  return TRUE;
}

/* --- maps ------------------------------------------------------------------------------------ */

/* FALSE: it is here, the same or another one, which is told. */
static gboolean
is_new_map (Merging *self, PlanciaParcelItem *item)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *path = g_build_filename (folder, item->rest, NULL);
  g_autoptr (GBytes) here = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  here = plancia_file_read (path, plancia_parcel_kinds[PLANCIA_PARCEL_MAPS].limit, NULL);
  if (here == NULL || !g_bytes_equal (here, item->bytes))
    g_ptr_array_add (
      self->result->troubles,
      plancia_parcel_trouble_new (PLANCIA_PARCEL_DIFFERENT, PLANCIA_PARCEL_MAPS, item->name, NULL));
  return FALSE;
}

static gboolean
take_maps (Merging *self, gboolean look, GError **error)
{
  GPtrArray *items = self->parcel->items[PLANCIA_PARCEL_MAPS];

  for (guint i = 0; i < items->len; i++) {
    PlanciaParcelItem *item = g_ptr_array_index (items, i);
    g_autofree char   *id = g_strndup (item->rest, strlen (item->rest) - strlen (".json"));
    g_autofree char   *text = NULL;

    if (look) {
      self->result->added[PLANCIA_PARCEL_MAPS] += is_new_map (self, item);
      continue;
    }
    text = g_strndup (g_bytes_get_data (item->bytes, NULL), g_bytes_get_size (item->bytes));
    {
      g_autofree char *folder = plancia_map_user_folder ();
      g_autofree char *path = g_build_filename (folder, item->rest, NULL);

      /* One that hides a shipped map did so there, too. */
      if (!g_file_test (path, G_FILE_TEST_EXISTS) &&
          !plancia_map_catalog_save (id, text, TRUE, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* --- archive and journal --------------------------------------------------------------------- */

static gboolean
is_of_part (const GError *error)
{
  return error->domain == PLANCIA_DOCUMENT_ERROR;
}

static gboolean
take_month (Merging *self, PlanciaParcelItem *item, GBytes *bytes, GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint lost = 0;

  if (plancia_carry_take_days (self->carry,
                               item->device,
                               item->source,
                               item->month,
                               item->rest,
                               bytes,
                               &self->carried,
                               &lost,
                               self->cancellable,
                               &failure))
    return TRUE;
  if (is_of_part (failure)) {
    g_ptr_array_add (self->result->troubles,
                     plancia_parcel_trouble_new (PLANCIA_PARCEL_INVALID,
                                                 PLANCIA_PARCEL_HISTORY,
                                                 item->name,
                                                 failure->message));
    return TRUE;
  }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static PlanciaZipReader *
open_zip (PlanciaParcel *parcel, GError **error)
{
  return parcel->path != NULL ? plancia_zip_reader_new (parcel->path, error)
                              : plancia_zip_reader_new_for_bytes (parcel->bytes, error);
}

/* The file is read once more: what was good stands in months, each of them once. */
static gboolean
take_history (Merging *self, GError **error)
{
  g_autoptr (PlanciaZipReader) zip = NULL;
  const char *name;
  guint       all = g_hash_table_size (self->months), done = 0;

  if (all == 0)
    return TRUE;
  zip = open_zip (self->parcel, error);
  if (zip == NULL)
    return FALSE;
  while (g_hash_table_size (self->months) > 0 && plancia_zip_reader_next (zip, &name)) {
    PlanciaParcelItem *item = name != NULL ? g_hash_table_lookup (self->months, name) : NULL;
    g_autoptr (GBytes) bytes = NULL;
    PlanciaZipState state;

    if (item == NULL)
      continue;
    bytes =
      plancia_zip_reader_read (zip, plancia_parcel_kinds[PLANCIA_PARCEL_HISTORY].limit, &state);
    g_hash_table_remove (self->months, name);
    if (!take_month (self, item, bytes, error))
      return FALSE;
    if (self->progress != NULL)
      self->progress ((double) ++done / all, self->progress_data);
  }
  return TRUE;
}

static gboolean
take_alarms (Merging *self, GError **error)
{
  GPtrArray *items = self->parcel->items[PLANCIA_PARCEL_ALARMS];

  for (guint i = 0; i < items->len; i++)
    if (!plancia_carry_take_alarms (self->carry,
                                    ((PlanciaParcelItem *) g_ptr_array_index (items, i))->bytes,
                                    &self->carried,
                                    error))
      return FALSE;
  return TRUE;
}

static gboolean
take_journal (Merging *self, GError **error)
{
  g_autoptr (GPtrArray) documents = list_bytes (self->parcel->items[PLANCIA_PARCEL_JOURNAL]);

  return documents->len == 0 || plancia_carry_take_journal (self->carry,
                                                            documents,
                                                            &self->carried,
                                                            self->cancellable,
                                                            error);
}

static gboolean
take_archive (Merging *self, GError **error)
{
  return plancia_carry_begin (self->carry, self->pairs, error) && take_history (self, error) &&
         take_alarms (self, error);
}

/* --- all ------------------------------------------------------------------------------------- */

static gboolean
plan_files (Merging *self, PlanciaParcelFiles *files, GError **error)
{
  for (int i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    if ((plancia_parcel_kinds[i].beside != NULL || i == PLANCIA_PARCEL_RECORDINGS) &&
        !plancia_parcel_files_plan (self->parcel,
                                    (PlanciaParcelKind) i,
                                    self->places->plant,
                                    self->pairs,
                                    files,
                                    self->result,
                                    self->cancellable,
                                    error))
      return FALSE;
  return TRUE;
}

static gboolean
save_plant (Merging *self, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_format (self->plant);
  g_autofree char *folder = g_path_get_dirname (self->places->plant);

  g_mkdir_with_parents (folder, 0700);
  return plancia_plant_file_save (self->places->plant, bytes, error);
}

/* From here on nothing stops it: each step is whole by itself, and the plant, which makes the rest be seen, is the last. */
static gboolean
commit (Merging *self, PlanciaParcelFiles *files, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->cancellable = NULL;
  return plancia_carry_commit (self->carry, error) && take_journal (self, error) &&
         take_maps (self, FALSE, error) && plancia_parcel_files_write (files, error) &&
         save_plant (self, error);
}

static void
count_carried (Merging *self)
{
  PlanciaParcelResult *result = self->result;

  result->samples = self->carried.samples;
  result->added[PLANCIA_PARCEL_JOURNAL] = self->carried.requests;
  result->joined[PLANCIA_PARCEL_JOURNAL] = self->carried.events;
  result->added[PLANCIA_PARCEL_ALARMS] = self->carried.alarms;
}

static gboolean
merge (Merging *self, GError **error)
{
  g_auto (PlanciaParcelFiles) files = {0};
  gboolean good;

  plancia_parcel_files_init (&files);
  if (!take_plant (self, error) || !plan_files (self, &files, error) ||
      !take_maps (self, TRUE, error))
    return FALSE;
  self->carry =
    plancia_carry_open (self->places->history, self->places->journal, self->look, error);
  if (self->carry == NULL || !take_archive (self, error))
    return FALSE;
  good = self->look ? take_journal (self, error) : commit (self, &files, error);
  count_carried (self);
  return good;
}

gboolean
plancia_parcel_merge (PlanciaParcel             *self,
                      const PlanciaParcelPlaces *places,
                      gboolean                   look,
                      PlanciaParcelResult       *result,
                      PlanciaParcelProgress      progress,
                      gpointer                   progress_data,
                      GCancellable              *cancellable,
                      GError                   **error)
{
  g_autoptr (GHashTable) months = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *history = self->items[PLANCIA_PARCEL_HISTORY];
  Merging    merging = {self, places, look, result, progress, progress_data, cancellable};
  gboolean   good;

  for (guint i = 0; i < history->len; i++)
    g_hash_table_insert (months,
                         ((PlanciaParcelItem *) g_ptr_array_index (history, i))->name,
                         g_ptr_array_index (history, i));
  merging.months = months;
  good = merge (&merging, error);
  g_clear_pointer (&merging.carry, plancia_carry_close);
  g_clear_object (&merging.plant);
  g_clear_pointer (&merging.pairs, g_hash_table_unref);
  return good;
}

char *
plancia_parcel_find_plant (PlanciaParcel *self, const char *const *paths)
{
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (paths[i], NULL);

    if (plant != NULL && g_str_equal (plancia_plant_get_id (plant), self->id))
      return g_strdup (paths[i]);
  }
  return NULL;
}
