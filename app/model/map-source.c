/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-source.h"

#include "map/map-catalog.h"
#include "map/map-draft.h"
#include "map/map-expand.h"
#include "map/map-format.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_own (const char *id)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static JsonNode *
expand (GBytes *bytes, const char *id, GError **error)
{
  g_autofree char *folder = plancia_map_user_folder ();
  g_autofree char *origin = g_strconcat (id, ".json", NULL);
  g_autofree char *text = plancia_map_format_expand (bytes, origin, folder, error);

  return text != NULL ? json_from_string (text, error) : NULL;
}

/* One that ships wins, as in the loader: a map may extend that of its own id. */
static JsonNode *
load_base (const char *id, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_map_shipped_bytes (id);

  if (bytes == NULL) {
    g_autoptr (PlanciaMap) map = plancia_map_catalog_get (id, error);
    char *text = map != NULL ? plancia_map_to_json (map) : NULL;

    if (text == NULL)
      return NULL;
    bytes = g_bytes_new_take (text, strlen (text));
  }

  return expand (bytes, id, error);
}

static char *
find_base_id (PlanciaMapSource *self, const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (root);

  if (!self->own)
    return g_strdup (self->id);

  return g_strdup (json_object_get_string_member_with_default (object, "extends", NULL));
}

/**
 * plancia_map_source_load:
 * @id: of a map of the catalogue
 *
 * Blocking: on a worker.
 *
 * Returns: (transfer full): the map and what it differs from
 */
PlanciaMapSource *
plancia_map_source_load (const char *id, GError **error)
{
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (id, error);
  g_autofree char *text = map != NULL ? plancia_map_to_json (map) : NULL;
  g_autoptr (PlanciaMapSource) self = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return NULL;

  self = g_new0 (PlanciaMapSource, 1);
  self->id = g_strdup (id);
  self->own = is_own (id);
  self->base_id = find_base_id (self, text);
  bytes = g_bytes_new (text, strlen (text));
  self->whole = expand (bytes, id, error);
  if (self->whole != NULL && self->base_id != NULL)
    self->base = load_base (self->base_id, error);
  if (self->whole == NULL || (self->base_id != NULL && self->base == NULL))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * plancia_map_source_new:
 * @device_kind: "inverter", "heat_pump"
 *
 * Returns: (transfer full): a new map of the person's own
 */
PlanciaMapSource *
plancia_map_source_new (const char *device_kind)
{
  const PlanciaDraftIdentity identity = {.name = _ ("New map"),
                                                    .device_kind = device_kind,
                                                    .source = _ ("Typed by hand"),
                                                                 .source_kind = "own"};
  g_autoptr (PlanciaImportReport) report = plancia_import_report_new ();
  g_autoptr (PlanciaMapDraft) draft = plancia_map_draft_new (report);
  PlanciaDraftRow  *row = plancia_map_draft_add (draft);
  PlanciaMapSource *self = g_new0 (PlanciaMapSource, 1);

  row->name = g_strdup (_ ("New register"));
  row->group = g_strdup (_ ("Registers"));
  self->whole = plancia_map_draft_finish (draft, &identity);
  self->id = g_strdup (json_object_get_string_member (json_node_get_object (self->whole), "id"));
  return self;
}

void
plancia_map_source_free (PlanciaMapSource *self)
{
  g_clear_pointer (&self->base, json_node_unref);
  g_clear_pointer (&self->whole, json_node_unref);
  g_free (self->base_id);
  g_free (self->id);
  g_free (self);
}
