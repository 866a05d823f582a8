/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/import.h"

#include "base/document.h"
#include "base/error.h"
#include "map/import-modbusscope.h"
#include "map/import-solarman.h"
#include "map/json-check.h"
#include "map/map-catalog.h"
#include "map/map-expand.h"
#include "map/map-format.h"
#include "map/map-lock.h"
#include "map/map-private.h"
#include <gio/gio.h>
#include <string.h>

static const PlanciaImportOptions no_options = {PLANCIA_IMPORT_GUESS};
static const char *const          nicks[] =
  {"guess", "table", "solarman", "modbusscope", "modbuscontrol", "native"};
static const char *const kinds[] = {"",
                                    "imported table",
                                    "imported Solarman definition",
                                    "imported ModbusScope project",
                                    "imported ModbusControl project",
                                    ""};

static gboolean
read_table (GBytes                     *bytes,
            const char                 *origin,
            const PlanciaImportOptions *options,
            PlanciaMapDraft            *draft,
            GError                    **error)
{
  g_autoptr (PlanciaDelimited)
    table = plancia_delimited_new (bytes, origin, options->encoding, options->separator, error);
  PlanciaTableLayout layout;

  if (table == NULL)
    return FALSE;
  if (options->layout != NULL) {
    plancia_import_table (table, options->layout, draft);
    return TRUE;
  }
  if (!plancia_table_layout_guess (&layout, table)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_MISSING,
                 "%s: no column of addresses was found",
                 origin);
    return FALSE;
  }

  plancia_import_table (table, &layout, draft);
  return TRUE;
}

static gboolean
read_solarman (PlanciaImport              *self,
               GBytes                     *bytes,
               const char                 *origin,
               const PlanciaImportOptions *options,
               PlanciaMapDraft            *draft,
               char                      **name,
               GError                    **error)
{
  g_autoptr (PlanciaYaml) root = plancia_yaml_parse (bytes, origin, error);

  if (root == NULL)
    return FALSE;

  self->n_variants = plancia_import_solarman_count_variants (root);
  if (options->variant > self->n_variants) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: there is no variant %u, the file has %u",
                 origin,
                 options->variant,
                 self->n_variants);
    return FALSE;
  }

  return plancia_import_solarman (root, origin, options->variant, draft, name, error);
}

/* File name without folder and ending. */
static char *
name_of_file (const char *origin)
{
  char *name = g_path_get_basename (origin);
  char *point = strrchr (name, '.');

  if (point != NULL && point != name)
    *point = '\0';

  return name;
}

static guint
count_writable (PlanciaMapDraft *draft)
{
  guint n = 0;

  for (guint i = 0; i < plancia_map_draft_get_n_rows (draft); i++)
    n += plancia_map_draft_get_row (draft, i)->wants_write;

  return n;
}

/* The text for the file, and the map for those who look at it, of one document. */
static gboolean
take_document (PlanciaImport *self, JsonNode *document, const char *origin, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  self->json = plancia_map_format_write (document);
  bytes = g_bytes_new (self->json, strlen (self->json));
  if (g_bytes_get_size (bytes) > PLANCIA_DOCUMENT_MAXIMUM_BYTES) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: gives a map of more than 4 MiB",
                 origin);
    return FALSE;
  }
  self->map = plancia_map_new_from_document (document, bytes, origin, error);
  return self->map != NULL;
}

static gboolean
read_foreign (PlanciaImport              *self,
              GBytes                     *bytes,
              const char                 *origin,
              const PlanciaImportOptions *options,
              GError                    **error)
{
  g_autoptr (PlanciaMapDraft) draft = plancia_map_draft_new (self->report);
  g_autofree char *stem = name_of_file (origin);
  g_autofree char *file = g_path_get_basename (origin);
  g_autofree char *name = NULL;
  guint8           unit = 0;
  gboolean         done = FALSE;
  g_autoptr (JsonNode) document = NULL;
  PlanciaDraftIdentity identity = {.source = file, .source_kind = kinds[self->format]};

  if (self->format == PLANCIA_IMPORT_SOLARMAN)
    done = read_solarman (self, bytes, origin, options, draft, &name, error);
  else if (self->format == PLANCIA_IMPORT_MODBUSSCOPE)
    done = plancia_import_modbusscope (bytes, origin, draft, &unit, error);
  else if (self->format == PLANCIA_IMPORT_MODBUSCONTROL)
    done = plancia_import_modbuscontrol (bytes, origin, draft, &unit, error);
  else
    done = read_table (bytes, origin, options, draft, error);
  if (!done)
    return FALSE;

  identity.name = options->name ? options->name : name ? name : stem;
  identity.id = options->id ? options->id : options->name ? NULL : stem;
  identity.unit = unit;
  self->n_writable = count_writable (draft);
  document = plancia_map_draft_finish (draft, &identity);
  return document == NULL || take_document (self, document, origin, error);
}

/* A map of ours says all it has to say itself; but what it would write is locked like that of any stranger. */
static gboolean
read_native (PlanciaImport *self, GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, origin, error);
  g_autofree char *text = map ? plancia_map_to_json (map) : NULL;
  g_autoptr (JsonNode) root = text ? json_from_string (text, error) : NULL;
  g_autoptr (GBytes) locked = NULL;

  if (root == NULL)
    return FALSE;

  self->n_writable = plancia_map_lock_all (root, map);
  self->json = plancia_map_format_write (root);
  locked = g_bytes_new (self->json, strlen (self->json));
  self->map = plancia_map_new_from_bytes (locked, origin, error);
  self->report->n_taken = self->map ? plancia_map_get_n_fields (self->map) : 0;
  return self->map != NULL;
}

/**
 * plancia_import_guess_format:
 * @origin: the file's name
 *
 * Returns: what the file seems to be; a table if nothing else fits
 */
PlanciaImportFormat
plancia_import_guess_format (GBytes *bytes, const char *origin)
{
  g_autofree char *lower = g_ascii_strdown (origin, -1);
  gsize            length = 0;
  const char      *data = g_bytes_get_data (bytes, &length);
  gsize            blank = 0;

  if (g_str_has_suffix (lower, ".yaml") || g_str_has_suffix (lower, ".yml"))
    return PLANCIA_IMPORT_SOLARMAN;
  while (blank < length && g_ascii_isspace (data[blank]))
    blank++;
  if (blank < length && data[blank] == '{')
    return g_str_has_suffix (lower, ".mbs") ? PLANCIA_IMPORT_MODBUSSCOPE : PLANCIA_IMPORT_NATIVE;
  if (g_str_has_suffix (lower, ".mbs") || g_str_has_suffix (lower, ".mbc"))
    return g_str_has_suffix (lower, ".mbs") ? PLANCIA_IMPORT_MODBUSSCOPE
                                            : PLANCIA_IMPORT_MODBUSCONTROL;
  if (g_str_has_suffix (lower, ".json"))
    return PLANCIA_IMPORT_NATIVE;

  return PLANCIA_IMPORT_TABLE;
}

/**
 * plancia_import_bytes:
 * @bytes: the file
 * @origin: its name
 * @options: (nullable): what the person said about it
 *
 * Any thread; some hundred milliseconds for the largest file that is accepted.
 *
 * Returns: (transfer full): the map and the report, or %NULL with %PLANCIA_DOCUMENT_ERROR
 */
PlanciaImport *
plancia_import_bytes (GBytes                     *bytes,
                      const char                 *origin,
                      const PlanciaImportOptions *options,
                      GError                    **error)
{
  g_autoptr (PlanciaImport) self = g_new0 (PlanciaImport, 1);
  gboolean done;

  g_return_val_if_fail (bytes != NULL && origin != NULL, NULL);

  if (options == NULL)
    options = &no_options;
  self->report = plancia_import_report_new ();
  self->n_variants = 1;
  self->format = options->format != PLANCIA_IMPORT_GUESS
                   ? options->format
                   : plancia_import_guess_format (bytes, origin);
  if (self->format == PLANCIA_IMPORT_NATIVE)
    done = read_native (self, bytes, origin, error);
  else
    done = read_foreign (self, bytes, origin, options, error);

  return done ? g_steal_pointer (&self) : NULL;
}

/**
 * plancia_import_file:
 * @path: the file; at most 4 MiB are read
 * @options: (nullable): what the person said about it
 *
 * Blocking.
 *
 * Returns: (transfer full): the map and the report, or %NULL with %PLANCIA_DOCUMENT_ERROR or %G_IO_ERROR
 */
PlanciaImport *
plancia_import_file (const char *path, const PlanciaImportOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_map_read_file (path, error);

  return bytes ? plancia_import_bytes (bytes, path, options, error) : NULL;
}

void
plancia_import_free (PlanciaImport *self)
{
  g_clear_pointer (&self->report, plancia_import_report_free);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_free (self->json);
  g_free (self);
}

gboolean
plancia_import_format_parse (const char *text, PlanciaImportFormat *out)
{
  *out = PLANCIA_IMPORT_GUESS;
  if (text == NULL)
    return TRUE;

  for (guint i = PLANCIA_IMPORT_TABLE; i < G_N_ELEMENTS (nicks); i++)
    if (g_str_equal (text, nicks[i])) {
      *out = i;
      return TRUE;
    }

  return FALSE;
}

const char *
plancia_import_format_nick (PlanciaImportFormat format)
{
  g_return_val_if_fail (format < G_N_ELEMENTS (nicks), NULL);

  return nicks[format];
}

/* The same document under another name. */
static char *
rename_map (const char *json, const char *id, const char *name, const char *confidence)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = json_node_get_object (root);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  if (confidence != NULL)
    json_object_set_string_member (object, "confidence", confidence);

  return plancia_map_format_write (root);
}

/**
 * plancia_import_save:
 * @name: of the map, for people; its id is made from it
 * @confidence: (nullable): how sure it is, in words
 * @replace: write over a map of the person's own that has this id
 *
 * Blocking.
 *
 * Returns: (transfer full): the id, or %NULL with %G_IO_ERROR or %G_FILE_ERROR
 */
char *
plancia_import_save (PlanciaImport *self,
                     const char    *name,
                     const char    *confidence,
                     gboolean       replace,
                     GError       **error)
{
  g_autofree char *id = plancia_map_format_id (name, "imported");
  g_autofree char *json = NULL;

  g_return_val_if_fail (self->json != NULL, NULL);

  json = rename_map (self->json, id, name, confidence);
  return plancia_map_catalog_save (id, json, replace, error) ? g_steal_pointer (&id) : NULL;
}
