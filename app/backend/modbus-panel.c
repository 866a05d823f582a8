/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-panel.h"

#include "backend/modbus-detect.h"
#include "base/error.h"

/* Maps of the models that the vendor lists for the panel: 250KTL-HV Z0, and 330 and 350KTL-HV Z0. */
static const char *const panel_maps[] = {"zcs-3ph-large-ktl-g3", "zcs-3ph-350ktl-hv-g3", NULL};

static gboolean
refuse_model (const char *what, GError **error)
{
  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE,
               "expected an inverter that the panel takes, got %s",
               what);
  return FALSE;
}

/* A model that says it is of another family, or is to be read with another family's map, does not fit. An
 * identity that no map knows speaks neither for nor against, and so does a map of a person's own. */
static gboolean
check_identity (PlanciaModbusLine *line,
                PlanciaModbusUnit *unit,
                GCancellable      *cancellable,
                GError           **error)
{
  const char      *chosen = unit->map != NULL ? plancia_map_get_id (unit->map) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;

  if (chosen != NULL && g_str_has_prefix (chosen, "zcs-") && !g_strv_contains (panel_maps, chosen))
    return refuse_model (chosen, error);
  if (!plancia_modbus_identify (line, unit->unit, &text, &found, cancellable, error))
    return FALSE;
  return found == NULL || g_strv_contains (panel_maps, found) || refuse_model (found, error);
}

/**
 * plancia_modbus_panel_check:
 *
 * See the header. A device that does not fit is left alone until the connection is opened again.
 */
gboolean
plancia_modbus_panel_check (PlanciaModbusPoller *poller,
                            PlanciaModbusUnit   *unit,
                            GCancellable        *cancellable,
                            GError             **error)
{
  PlanciaModbusLine *line = plancia_modbus_poller_get_line (poller);
  g_autoptr (GError) local = NULL;

  if (unit->checked || !plancia_modbus_line_is_panel (line))
    return TRUE;
  unit->checked = check_identity (line, unit, cancellable, &local);
  if (unit->checked)
    return TRUE;
  unit->hopeless =
    g_error_matches (local, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE);
  plancia_modbus_poller_note (poller, unit, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
