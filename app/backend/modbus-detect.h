/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-line.h"

G_BEGIN_DECLS

/* What a device turned out to be. */
typedef struct
{
  PlanciaMap *map;
  char       *evidence;   /* "ZP1ES110… at 0x0445" */
  char       *identity;   /* the whole text, or NULL; also of a device that no map knows */
  const char *generation; /* of the place where the text stood: "G3", "old"; or NULL */
  gboolean    answered;   /* anything, be it an exception: somebody is there and speaks Modbus */
} PlanciaModbusFinding;

void plancia_modbus_finding_clear (PlanciaModbusFinding *self);

/* Reads where the generations of maps have the serial number. PLANCIA_DEVICE_ERROR_UNKNOWN_MAP when the
 * device answers with nothing that we know. Blocking: on the worker. */
gboolean plancia_modbus_detect (PlanciaModbusLine    *line,
                                int                   unit,
                                PlanciaModbusFinding *out,
                                GCancellable         *cancellable,
                                GError              **error);

/* The text of the identity register, and the map that knows it; both NULL if there is none. Blocking. */
gboolean plancia_modbus_identify (PlanciaModbusLine *line,
                                  int                unit,
                                  char             **text,
                                  char             **map,
                                  GCancellable      *cancellable,
                                  GError           **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaModbusFinding, plancia_modbus_finding_clear)

G_END_DECLS
