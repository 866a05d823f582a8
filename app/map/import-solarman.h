/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map-draft.h"
#include "map/yaml-tree.h"

G_BEGIN_DECLS

/* Definition files of the Solarman integrations of Home Assistant, the old dialect (requests with mb_functioncode) and the new
 * one (default, info, platforms). */

/* How many models the file describes: the longest list of alternatives among its scales and registers, at least 1. */
guint plancia_import_solarman_count_variants (const PlanciaYaml *root);
/* variant: 1-based. Manufacturer and model in *name if the file says them (transfer full). PLANCIA_DOCUMENT_ERROR_MISSING if there
 * are no parameters. */
gboolean plancia_import_solarman (const PlanciaYaml *root,
                                  const char        *origin,
                                  guint              variant,
                                  PlanciaMapDraft   *draft,
                                  char             **name,
                                  GError           **error);

G_END_DECLS
