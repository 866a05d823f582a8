/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "base/error.h"
#include "map/json-check.h"
#include "parcel/zip.h"
#include "plant/plant-file.h"
#include <string.h>

#define MANIFEST_LIMIT (16 * 1024 * 1024)
/* Documents are kept until they are merged. */
#define MAX_KEPT ((gsize) 1024 * 1024 * 1024)
/* More are only counted. */
#define MAX_TROUBLES 1000

/* What a reading of a file knows until its end. */
typedef struct
{
  PlanciaParcel *parcel;
  GHashTable    *seen;     /* names, whole or not */
  JsonNode      *manifest; /* or NULL */
  gsize          kept;
  GCancellable  *cancellable;
} Reading;

static void
complain (PlanciaParcel      *parcel,
          PlanciaParcelReason reason,
          PlanciaParcelKind   kind,
          const char         *name,
          const char         *words)
{
  if (parcel->troubles->len < MAX_TROUBLES)
    g_ptr_array_add (parcel->troubles, plancia_parcel_trouble_new (reason, kind, name, words));
}

/* --- the manifest ---------------------------------------------------------------------------- */

static gboolean
check_version (PlanciaParcel *parcel, JsonObject *root, GError **error)
{
  PlanciaJsonCheck check = {.origin = parcel->path != NULL ? parcel->path : "input"};
  const char      *format =
    plancia_json_get_string (&check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  gint64 version = plancia_json_get_integer (&check,
                                             NULL,
                                             root,
                                             "version",
                                             PLANCIA_JSON_REQUIRED,
                                             1,
                                             G_MAXINT64,
                                             1);

  if (format != NULL && !g_str_equal (format, PLANCIA_PARCEL_FORMAT))
    plancia_json_fail (&check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "no plant file");
  if (version > PLANCIA_PARCEL_VERSION)
    plancia_json_fail (&check,
                       NULL,
                       "version",
                       PLANCIA_DOCUMENT_ERROR_VERSION,
                       "this program knows version %d, the file has version %" G_GINT64_FORMAT,
                       PLANCIA_PARCEL_VERSION,
                       version);
  if (check.error != NULL)
    g_propagate_error (error, check.error);
  return check.error == NULL;
}

static const char *
text_of (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
object_of (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* FALSE: the file is not to be read on. */
static gboolean
take_manifest (Reading *reading, GBytes *bytes, PlanciaZipState state, GError **error)
{
  PlanciaParcel *parcel = reading->parcel;
  g_autoptr (JsonNode) node = state == PLANCIA_ZIP_WHOLE
                                ? plancia_json_parse (bytes, PLANCIA_PARCEL_MANIFEST, NULL)
                                : NULL;
  JsonObject *root = node != NULL ? json_node_get_object (node) : NULL;
  JsonObject *plant;

  if (root == NULL) {
    complain (parcel,
              PLANCIA_PARCEL_DAMAGED,
              PLANCIA_PARCEL_N_KINDS,
              PLANCIA_PARCEL_MANIFEST,
              NULL);
    return TRUE;
  }
  if (!check_version (parcel, root, error))
    return FALSE;
  plant = object_of (root, "plant");
  parcel->id = g_strdup (text_of (plant, "id"));
  parcel->name = g_strdup (text_of (plant, "name"));
  parcel->program = g_strdup (text_of (root, "program"));
  parcel->created = json_object_get_int_member_with_default (root, "created", 0);
  reading->manifest = g_steal_pointer (&node);
  return TRUE;
}

/* What is told of and did not come. */
static void
find_missing (Reading *reading)
{
  JsonNode  *node = reading->manifest != NULL
                      ? json_object_get_member (json_node_get_object (reading->manifest), "entries")
                      : NULL;
  JsonArray *names = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    JsonNode   *element = json_array_get_element (names, i);
    const char *name = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
    PlanciaParcelKind kind = PLANCIA_PARCEL_N_KINDS;
    const char       *rest;

    if (name == NULL || g_hash_table_contains (reading->seen, name))
      continue;
    plancia_parcel_kind_of (name, &kind, &rest);
    complain (reading->parcel, PLANCIA_PARCEL_MISSING, kind, name, NULL);
  }
}

/* --- entries --------------------------------------------------------------------------------- */

static void
widen (PlanciaSpan *whole, PlanciaSpan span)
{
  if (plancia_span_is_empty (*whole))
    *whole = span;
  whole->start = MIN (whole->start, span.start);
  whole->end = MAX (whole->end, span.end);
}

/* The bytes are checked now and read again when they are wanted: a history may be larger than memory. */
static gboolean
take_history (Reading *reading, PlanciaParcelItem *item, GBytes *bytes, PlanciaZipState state)
{
  PlanciaParcel *parcel = reading->parcel;
  guint          lost = 0;
  g_autoptr (GError) error = NULL;

  if (!plancia_parcel_history_parse (item->rest, item)) {
    complain (parcel, PLANCIA_PARCEL_STRANGE, PLANCIA_PARCEL_HISTORY, item->name, NULL);
    return FALSE;
  }
  if (!plancia_carry_check_days (bytes, item->rest, &item->samples, &lost, &error)) {
    complain (parcel,
              state == PLANCIA_ZIP_DAMAGED ? PLANCIA_PARCEL_DAMAGED : PLANCIA_PARCEL_INVALID,
              PLANCIA_PARCEL_HISTORY,
              item->name,
              error != NULL ? error->message : NULL);
    return FALSE;
  }
  if (state == PLANCIA_ZIP_DAMAGED || lost > 0)
    complain (parcel, PLANCIA_PARCEL_PARTLY, PLANCIA_PARCEL_HISTORY, item->name, NULL);
  parcel->counts.samples += item->samples;
  widen (&parcel->counts.span, item->month);
  return TRUE;
}

static gboolean
take_document (Reading           *reading,
               PlanciaParcelKind  kind,
               PlanciaParcelItem *item,
               GBytes            *bytes,
               guint             *n)
{
  const PlanciaParcelKindInfo *info = &plancia_parcel_kinds[kind];
  g_autoptr (GError) error = NULL;

  *n = 1;
  if (info->check != NULL && !info->check (bytes, item->name, n, &error)) {
    complain (reading->parcel, PLANCIA_PARCEL_INVALID, kind, item->name, error->message);
    return FALSE;
  }
  reading->kept += g_bytes_get_size (bytes);
  if (reading->kept > MAX_KEPT) {
    complain (reading->parcel, PLANCIA_PARCEL_TOO_LARGE, kind, item->name, NULL);
    return FALSE;
  }
  item->bytes = g_bytes_ref (bytes);
  return TRUE;
}

static gboolean
check_state (Reading *reading, PlanciaParcelKind kind, const char *name, PlanciaZipState state)
{
  static const PlanciaParcelReason reasons[] = {
    [PLANCIA_ZIP_DAMAGED] = PLANCIA_PARCEL_DAMAGED,
    [PLANCIA_ZIP_TOO_LARGE] = PLANCIA_PARCEL_TOO_LARGE,
    [PLANCIA_ZIP_LOCKED] = PLANCIA_PARCEL_LOCKED,
  };

  if (state == PLANCIA_ZIP_WHOLE ||
      (state == PLANCIA_ZIP_DAMAGED && kind == PLANCIA_PARCEL_HISTORY))
    return TRUE;
  complain (reading->parcel, reasons[state], kind, name, NULL);
  return FALSE;
}

static void
take_entry (Reading *reading, PlanciaZipReader *zip, const char *name)
{
  PlanciaParcel     *parcel = reading->parcel;
  PlanciaParcelKind  kind;
  const char        *rest;
  PlanciaZipState    state;
  PlanciaParcelItem *item;
  guint              n = 1;
  gboolean           good;
  g_autoptr (GBytes) bytes = NULL;

  if (!plancia_parcel_kind_of (name, &kind, &rest)) {
    complain (parcel, PLANCIA_PARCEL_STRANGE, PLANCIA_PARCEL_N_KINDS, name, NULL);
    return;
  }
  bytes = plancia_zip_reader_read (zip, plancia_parcel_kinds[kind].limit, &state);
  if (!check_state (reading, kind, name, state))
    return;
  item = g_new0 (PlanciaParcelItem, 1);
  item->name = g_strdup (name);
  item->rest = g_strdup (rest);
  good = kind == PLANCIA_PARCEL_HISTORY ? take_history (reading, item, bytes, state)
                                        : take_document (reading, kind, item, bytes, &n);
  if (!good) {
    plancia_parcel_item_free (item);
    return;
  }
  g_ptr_array_add (parcel->items[kind], item);
  parcel->counts.n[kind] += n;
}

/* FALSE: the file is not to be read on. */
static gboolean
take_next (Reading *reading, PlanciaZipReader *zip, const char *name, GError **error)
{
  PlanciaParcelKind kind = PLANCIA_PARCEL_N_KINDS;
  const char       *rest;

  if (name == NULL) {
    complain (reading->parcel, PLANCIA_PARCEL_STRANGE, kind, "?", NULL);
    return TRUE;
  }
  if (!g_hash_table_add (reading->seen, g_strdup (name))) {
    plancia_parcel_kind_of (name, &kind, &rest);
    complain (reading->parcel, PLANCIA_PARCEL_TWICE, kind, name, NULL);
    return TRUE;
  }
  if (g_str_equal (name, PLANCIA_PARCEL_MANIFEST)) {
    PlanciaZipState state;
    g_autoptr (GBytes) bytes = plancia_zip_reader_read (zip, MANIFEST_LIMIT, &state);

    return take_manifest (reading, bytes, state, error);
  }
  take_entry (reading, zip, name);
  return TRUE;
}

/* --- the whole ------------------------------------------------------------------------------- */

static void
take_plant (PlanciaParcel *parcel)
{
  PlanciaParcelItem *item;
  g_autoptr (PlanciaPlant) plant = NULL;

  if (parcel->items[PLANCIA_PARCEL_PLANT]->len == 0)
    return;
  item = g_ptr_array_index (parcel->items[PLANCIA_PARCEL_PLANT], 0);
  plant = plancia_plant_file_parse (item->bytes, item->name, NULL);
  g_free (parcel->id);
  g_free (parcel->name);
  parcel->id = g_strdup (plancia_plant_get_id (plant));
  parcel->name = g_strdup (plancia_plant_get_name (plant));
}

static gboolean
is_parcel (Reading *reading)
{
  PlanciaParcel *parcel = reading->parcel;

  return reading->manifest != NULL || parcel->items[PLANCIA_PARCEL_PLANT]->len > 0;
}

static gboolean
read_all (Reading              *reading,
          PlanciaZipReader     *zip,
          PlanciaParcelProgress progress,
          gpointer              progress_data,
          GError              **error)
{
  const char *name;

  while (plancia_zip_reader_next (zip, &name)) {
    if (g_cancellable_set_error_if_cancelled (reading->cancellable, error) ||
        !take_next (reading, zip, name, error))
      return FALSE;
    if (progress != NULL)
      progress (plancia_zip_reader_get_part (zip), progress_data);
  }
  if (!is_parcel (reading)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_NO_PARCEL,
                 "%s: a zip file, but not one of a plant",
                 reading->parcel->path != NULL ? reading->parcel->path : "input");
    return FALSE;
  }
  find_missing (reading);
  if (plancia_zip_reader_is_cut (zip))
    complain (reading->parcel, PLANCIA_PARCEL_CUT, PLANCIA_PARCEL_N_KINDS, "", NULL);
  take_plant (reading->parcel);
  return TRUE;
}

static PlanciaParcel *
parcel_new (void)
{
  PlanciaParcel *parcel = g_new0 (PlanciaParcel, 1);

  g_atomic_ref_count_init (&parcel->references);
  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    parcel->items[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_item_free);
  parcel->troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_trouble_free);
  return parcel;
}

static PlanciaParcel *
open_parcel (PlanciaParcel        *self,
             PlanciaZipReader     *reader,
             PlanciaParcelProgress progress,
             gpointer              progress_data,
             GCancellable         *cancellable,
             GError              **error)
{
  g_autoptr (PlanciaParcel) parcel = self;
  g_autoptr (PlanciaZipReader) zip = reader;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading  reading = {.parcel = parcel, .seen = seen, .cancellable = cancellable};
  gboolean good;

  if (zip == NULL)
    return NULL;
  good = read_all (&reading, zip, progress, progress_data, error);
  g_clear_pointer (&reading.manifest, json_node_unref);
  if (!good)
    return NULL;
  if (parcel->program == NULL)
    parcel->program = g_strdup ("");
  if (parcel->id == NULL)
    parcel->id = g_strdup ("");
  if (parcel->name == NULL)
    parcel->name = g_strdup ("");
  return g_steal_pointer (&parcel);
}

/**
 * plancia_parcel_open:
 * @path: of the file
 * @progress: (nullable): called with 0..1
 * @progress_data: for @progress
 * @cancellable: (nullable): gives up
 * @error: G_IO_ERROR, PLANCIA_DOCUMENT_ERROR
 *
 * Blocks: on a worker.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
PlanciaParcel *
plancia_parcel_open (const char           *path,
                     PlanciaParcelProgress progress,
                     gpointer              progress_data,
                     GCancellable         *cancellable,
                     GError              **error)
{
  PlanciaParcel *parcel = parcel_new ();

  parcel->path = g_strdup (path);
  return open_parcel (parcel,
                      plancia_zip_reader_new (path, error),
                      progress,
                      progress_data,
                      cancellable,
                      error);
}

PlanciaParcel *
plancia_parcel_open_bytes (GBytes *bytes, GError **error)
{
  PlanciaParcel *parcel = parcel_new ();

  parcel->bytes = g_bytes_ref (bytes);
  return open_parcel (parcel,
                      plancia_zip_reader_new_for_bytes (bytes, error),
                      NULL,
                      NULL,
                      NULL,
                      error);
}
