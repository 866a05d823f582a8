/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/kinds.h"

#include "base/error.h"
#include "history/carry.h"
#include "map/json-check.h"
#include "parcel/recordings.h"
#include "plant/plant-file.h"
#include "plant/snapshot.h"
#include <string.h>

#define KIB ((gsize) 1024)
#define MIB (1024 * KIB)
/* Of a file name, as file systems have it. */
#define MAX_NAME 255

static gboolean
check_plant (GBytes *bytes, const char *name, guint *n, GError **error)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_parse (bytes, name, error);

  *n = 1;
  return plant != NULL;
}

/* A map that extends one that is not here cannot be judged now: that it is an object has to do. */
static gboolean
check_map (GBytes *bytes, const char *name, guint *n, GError **error)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, name, error);

  *n = 1;
  return node != NULL;
}

static gboolean
check_snapshot (GBytes *bytes, const char *name, guint *n, GError **error)
{
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshot_parse (bytes, name, error);

  *n = 1;
  return snapshot != NULL;
}

/* The rest is read by who shows it, which leaves out what it does not know. */
static gboolean
check_visit (GBytes *bytes, const char *name, guint *n, GError **error)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, name, error);
  PlanciaJsonCheck check = {.origin = name};
  JsonObject      *root = node != NULL ? json_node_get_object (node) : NULL;
  const char      *format;

  *n = 1;
  if (root == NULL)
    return FALSE;
  format = plancia_json_get_string (&check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  if (format != NULL && !g_str_equal (format, "plancia-commissioning"))
    plancia_json_fail (&check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "no commissioning");
  plancia_json_get_string (&check, NULL, root, "device", PLANCIA_JSON_REQUIRED);
  plancia_json_get_integer (&check, NULL, root, "began", PLANCIA_JSON_REQUIRED, 0, G_MAXINT64, 0);
  plancia_json_get_array (&check, NULL, root, "steps", PLANCIA_JSON_REQUIRED);
  if (check.error != NULL)
    g_propagate_error (error, check.error);
  return !plancia_json_failed (&check) && check.error == NULL;
}

const PlanciaParcelKindInfo plancia_parcel_kinds[PLANCIA_PARCEL_N_KINDS] = {
  [PLANCIA_PARCEL_PLANT] = {"plant",         ".json",              NULL,            4 * MIB,   TRUE,  check_plant                },
  [PLANCIA_PARCEL_MAPS] = {"maps",          ".json",              NULL,            4 * MIB,   TRUE,  check_map                  },
  [PLANCIA_PARCEL_SNAPSHOTS] = {"snapshots",     ".json",              "snapshots",     4 * MIB,   TRUE,  check_snapshot             },
  [PLANCIA_PARCEL_VISITS] = {"commissioning", ".json",              "commissioning", 4 * MIB,   TRUE,  check_visit                },
  [PLANCIA_PARCEL_JOURNAL] =
    {"journal",       ".json",              NULL,            16 * MIB,  TRUE,  plancia_carry_check_journal},
  [PLANCIA_PARCEL_ALARMS] = {"alarms",        ".json",              NULL,            16 * MIB,  TRUE,  plancia_carry_check_alarms },
  [PLANCIA_PARCEL_RECORDINGS] = {"recordings",    ".plancia-recording", NULL,            256 * MIB, TRUE,  NULL                       },
  [PLANCIA_PARCEL_HISTORY] = {"history",       ".days",              NULL,            256 * MIB, FALSE, NULL                       },
};

/* Nothing that a foreign program could unpack to another place, either. */
static gboolean
is_safe (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '\0' || parts[i][0] == '.' || strlen (parts[i]) > MAX_NAME)
      return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == '\\' || *p == 0x7f)
      return FALSE;
  return parts[0] != NULL;
}

gboolean
plancia_parcel_kind_of (const char *name, PlanciaParcelKind *kind, const char **rest)
{
  if (!is_safe (name))
    return FALSE;
  if (g_str_equal (name, "plant.json")) {
    *kind = PLANCIA_PARCEL_PLANT;
    *rest = name;
    return TRUE;
  }
  for (int i = PLANCIA_PARCEL_PLANT + 1; i < PLANCIA_PARCEL_N_KINDS; i++) {
    const PlanciaParcelKindInfo *info = &plancia_parcel_kinds[i];
    gsize                        length = strlen (info->folder);
    gboolean                     deep = i == PLANCIA_PARCEL_HISTORY;

    if (strncmp (name, info->folder, length) != 0 || name[length] != '/' ||
        (info->ending != NULL && !g_str_has_suffix (name, info->ending)) ||
        (!deep && strchr (name + length + 1, '/') != NULL))
      continue;
    *kind = (PlanciaParcelKind) i;
    *rest = name + length + 1;
    return TRUE;
  }
  return FALSE;
}

char *
plancia_parcel_kind_dup_folder (PlanciaParcelKind kind, const char *plant_path)
{
  gsize length = strlen (plant_path);

  if (kind == PLANCIA_PARCEL_RECORDINGS)
    return plancia_parcel_recordings_dup_folder ();
  if (plancia_parcel_kinds[kind].beside == NULL)
    return NULL;
  if (g_str_has_suffix (plant_path, ".json"))
    length -= strlen (".json");
  return g_strdup_printf ("%.*s.%s", (int) length, plant_path, plancia_parcel_kinds[kind].beside);
}
