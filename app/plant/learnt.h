/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What was found out about a device while it was asked, so that it need not be found out again: by
 * which framing it answers, how much it takes in a request, what it does not have. Plain data; any
 * thread. */
#define PLANCIA_TYPE_LEARNT (plancia_learnt_get_type ())
GType plancia_learnt_get_type (void);

typedef struct
{
  char    *framing;      /* "tcp", "rtu", "v5": as the option of an address; NULL: not known */
  guint    longest_read; /* registers in a request; 0: as many as its map says */
  gboolean no_gaps;      /* refuses a request with registers that nobody asked for */
  GStrv    missing;      /* keys of optional registers that it does not have; NULL: none */
  /* Of a cloud's device whose lifetime counters fell: "open", "kept" or "replaced", as a person answered or not yet, then
   * the counters before. NULL: they did not. */
  char *counters;
  char *adapter; /* on USB, behind which it was last: vendor, product, serial number; NULL: none */
} PlanciaLearnt;

PlanciaLearnt *plancia_learnt_copy (const PlanciaLearnt *self); /* (transfer full) */
void           plancia_learnt_free (PlanciaLearnt *self);
/* NULL is as good as nothing learnt. */
gboolean plancia_learnt_equal (const PlanciaLearnt *a, const PlanciaLearnt *b);
/* As a member of a plant file; what is there and not understood is left out. (transfer full) */
PlanciaLearnt *plancia_learnt_new_from_json (JsonObject *object);
/* Sets the members that it knows, removes those that say nothing. */
void plancia_learnt_to_json (const PlanciaLearnt *self, JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaLearnt, plancia_learnt_free)

G_END_DECLS
