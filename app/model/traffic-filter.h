/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/traffic-log.h"

G_BEGIN_DECLS

/* Which frames are shown. Main thread. */
typedef struct _PlanciaTrafficFilter PlanciaTrafficFilter;

/* Lets everything pass. */
PlanciaTrafficFilter *plancia_traffic_filter_new (void);
void                  plancia_traffic_filter_free (PlanciaTrafficFilter *self);
/* Words that all have to be found: in the device's name, the function ("read", "exception 2"), the address
 * ("0484", "0x484") or the bytes in hex ("0304", "03 04"). NULL or empty: no condition. */
void plancia_traffic_filter_set_text (PlanciaTrafficFilter *self, const char *text);
void plancia_traffic_filter_set_directions (PlanciaTrafficFilter *self,
                                            gboolean              sent,
                                            gboolean              received);
void plancia_traffic_filter_set_errors (PlanciaTrafficFilter *self, gboolean only_errors);
/* NULL: all. */
void
plancia_traffic_filter_set_connections (PlanciaTrafficFilter *self, const char *const *connections);
const char *const *plancia_traffic_filter_get_connections (PlanciaTrafficFilter *self);
/* Anything but connections is asked for. */
gboolean plancia_traffic_filter_is_set (PlanciaTrafficFilter *self);
gboolean plancia_traffic_filter_passes (PlanciaTrafficFilter      *self,
                                        PlanciaTrafficLog         *log,
                                        const PlanciaTrafficFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTrafficFilter, plancia_traffic_filter_free)

G_END_DECLS
