/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much of a device's recent history is in the store: a bar and the percent. Asks the store when it is shown and
 * each minute. Main thread. */
#define PLANCIA_TYPE_STORED_SPAN (plancia_stored_span_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStoredSpan, plancia_stored_span, PLANCIA, STORED_SPAN, GtkWidget)

/* days: up to now. */
GtkWidget *plancia_stored_span_new (PlanciaSession *session, PlanciaDevice *device, guint days);
/* Under which name the store keeps what this device's own backend gives. */
const char *plancia_stored_span_source_of (PlanciaDevice *device);
/* 0 to 1; negative before the store has answered. */
double plancia_stored_span_get_part (PlanciaStoredSpan *self);

G_END_DECLS
