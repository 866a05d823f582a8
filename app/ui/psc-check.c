/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-check.h"

#include "base/error.h"

#include <glib/gi18n.h>

/**
 * plancia_psc_check:
 * @inverter: an inverter behind a PSC 100
 *
 * The map of the 330 and 350KTL-HV Z0 is theirs alone; the one for large string inverters covers the
 * 250KTL-HV Z0 and others too; a map of another of the vendor's families is of another model. What a
 * person's own map is for is not known.
 *
 * Returns: what can be said
 */
PlanciaPscCheck
plancia_psc_check (PlanciaDevice *inverter)
{
  PlanciaMap *map = plancia_device_get_map (inverter);
  const char *id = map ? plancia_map_get_id (map) : NULL;

  /* Its identity was read. */
  if (g_error_matches (plancia_device_get_error (inverter),
                       PLANCIA_DEVICE_ERROR,
                       PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE))
    return PLANCIA_PSC_NOT_COMPATIBLE;
  if (!id || g_str_equal (id, "zcs-3ph-large-ktl-g3") || !g_str_has_prefix (id, "zcs-"))
    return PLANCIA_PSC_UNKNOWN;
  return g_str_equal (id, "zcs-3ph-350ktl-hv-g3") ? PLANCIA_PSC_COMPATIBLE
                                                  : PLANCIA_PSC_NOT_COMPATIBLE;
}

const char *
plancia_psc_check_name (PlanciaPscCheck check)
{
  switch (check) {
  case PLANCIA_PSC_COMPATIBLE:
    return _("Compatible");
  case PLANCIA_PSC_NOT_COMPATIBLE:
    return _("Not compatible");
  case PLANCIA_PSC_UNKNOWN:
  default:
    return _("Not known");
  }
}

const char *
plancia_psc_check_reason (PlanciaPscCheck check)
{
  switch (check) {
  case PLANCIA_PSC_COMPATIBLE:
    return _("Read with the register map of 330KTL-HV Z0 and 350KTL-HV Z0. The vendor lists both for "
             "this panel.");
  case PLANCIA_PSC_NOT_COMPATIBLE:
    return _("Its identity or its register map is of another family. The vendor lists 250KTL-HV Z0, "
             "330KTL-HV Z0 and 350KTL-HV Z0 for this panel. It is neither polled nor written.");
  case PLANCIA_PSC_UNKNOWN:
  default:
    return _("The register map does not tell the model. The vendor lists 250KTL-HV Z0, 330KTL-HV Z0 "
             "and 350KTL-HV Z0 for this panel.");
  }
}

const char *
plancia_psc_check_icon (PlanciaPscCheck check)
{
  switch (check) {
  case PLANCIA_PSC_COMPATIBLE:
    return "plancia-verified-symbolic";
  case PLANCIA_PSC_NOT_COMPATIBLE:
    return "plancia-incompatible-symbolic";
  case PLANCIA_PSC_UNKNOWN:
  default:
    return "plancia-unknown-symbolic";
  }
}

const char *
plancia_psc_check_style (PlanciaPscCheck check)
{
  switch (check) {
  case PLANCIA_PSC_COMPATIBLE:
    return "ok-ink";
  case PLANCIA_PSC_NOT_COMPATIBLE:
    return "error-ink";
  case PLANCIA_PSC_UNKNOWN:
  default:
    return "warn-ink";
  }
}
