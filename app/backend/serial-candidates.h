/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/finding.h"

G_BEGIN_DECLS

/* The serial ports of this computer as findings: what adapter it is where its USB identity tells, whether it may be a
 * CONNEXT, whether this user may open it. Nothing is sent, and nothing is opened. Blocking: on a worker.
 * (transfer full) GPtrArray of PlanciaFinding*, their ids 0. */
GPtrArray *plancia_serial_candidates_list (void);
/* Name of a known kind of adapter, or NULL. */
const char *plancia_serial_candidates_name (guint16 vendor, guint16 product);

G_END_DECLS
