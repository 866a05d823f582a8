/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes out of a text what tells about persons and places: serial numbers, addresses beyond the private network, e-mail and
 * hardware addresses, the home folder, and every secret that the log knows. The same thing becomes the same word each
 * time ("ZP1-serial-1"), so that what belongs together can still be seen. One thread at a time. */
typedef struct _PlanciaMask PlanciaMask;

PlanciaMask *plancia_mask_new (void);
void         plancia_mask_free (PlanciaMask *self);
/* What patterns alone would not find; NULL and words of less than four characters are ignored. */
void plancia_mask_add_serial (PlanciaMask *self, const char *serial);
void plancia_mask_add_host (PlanciaMask *self, const char *host);
/* instead: what stands there, such as "the plant". */
void plancia_mask_add_name (PlanciaMask *self, const char *name, const char *instead);
/* (transfer full) */
char *plancia_mask_apply (PlanciaMask *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMask, plancia_mask_free)

G_END_DECLS
