/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/snapshot-source.h"

#include "cli/cli.h"
#include "map/map-catalog.h"
#include "model/snapshots.h"
#include "plant/snapshot-folder.h"
#include <glib/gi18n.h>
#include <string.h>

static PlanciaSnapshot *
read_all (PlanciaTarget *target, PlanciaSnapshotReason reason)
{
  PlanciaMap *map = plancia_target_get_map (target);
  g_auto (GStrv) keys = plancia_snapshot_list_keys (map);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_target_read (target, (const char *const *) keys, &error);

  if (readings == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return NULL;
  }

  return plancia_snapshot_new_from_readings (reason,
                                             plancia_target_get_id (target),
                                             plancia_target_get_name (target),
                                             plancia_target_get_text (target),
                                             map,
                                             readings);
}

/**
 * plancia_cli_snapshot_take:
 * @target: a device
 * @reason: why
 * @open: the connection is made first
 *
 * Returns: (transfer full) (nullable): every readable register, or %NULL after a sentence
 */
PlanciaSnapshot *
plancia_cli_snapshot_take (PlanciaTarget *target, PlanciaSnapshotReason reason, gboolean open)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) snapshot = NULL;

  if (open && !plancia_target_open (target, TRUE, &error)) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return NULL;
  }
  if (plancia_target_get_map (target) == NULL) {
    plancia_cli_complain (_("%s: there are no registers there."),
                             plancia_target_get_text (target));
    return NULL;
  }
  snapshot = read_all (target, reason);
  if (snapshot != NULL && plancia_snapshot_count_read (snapshot) == 0) {
    plancia_cli_complain (_("%s: no register was read."), plancia_target_get_text (target));
    return NULL;
  }

  return g_steal_pointer (&snapshot);
}

/* What has "://" is an address; with a plant, what is no file is the name of a device. */
static gboolean
is_device (const char *text, const char *plant)
{
  return strstr (text, "://") != NULL || (plant != NULL && !g_file_test (text, G_FILE_TEST_EXISTS));
}

static PlanciaSnapshot *
get_now (const char *text, const char *plant, const char *map_name, PlanciaMap **map, int *code)
{
  PlanciaTargetOptions options = {text, map_name, plant, NULL, NULL, NULL};
  g_autoptr (PlanciaTarget) target = plancia_target_new (&options);
  PlanciaSnapshot *snapshot;

  if (target == NULL) {
    *code = PLANCIA_CLI_USAGE;
    return NULL;
  }
  snapshot = plancia_cli_snapshot_take (target, PLANCIA_SNAPSHOT_NOW, TRUE);
  *code = PLANCIA_CLI_FAILED;
  if (snapshot != NULL)
    *map = plancia_map_ref (plancia_target_get_map (target));

  return snapshot;
}

/* The snapshot's own map; without one its registers are shown as words. */
static PlanciaMap *
load_map (PlanciaSnapshot *snapshot, const char *map_name)
{
  const char *id = map_name != NULL ? map_name : plancia_snapshot_get_map (snapshot);
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = id[0] != '\0' ? plancia_map_catalog_get (id, &error) : NULL;

  if (map == NULL && error != NULL)
    plancia_cli_complain ("%s", error->message);

  return map;
}

PlanciaSnapshot *
plancia_cli_snapshot_get (const char  *text,
                          const char  *plant,
                          const char  *map_name,
                          PlanciaMap **map,
                          int         *code)
{
  g_autoptr (GError) error = NULL;
  PlanciaSnapshot *snapshot;

  if (is_device (text, plant))
    return get_now (text, plant, map_name, map, code);

  snapshot = plancia_snapshot_load (text, &error);
  if (snapshot == NULL) {
    plancia_cli_complain ("%s", error->message);
    *code = PLANCIA_CLI_FAILED;
    return NULL;
  }
  *map = load_map (snapshot, map_name);

  return snapshot;
}
