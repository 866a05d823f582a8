/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* What is known about a stretch of a device's history from one source. Written down, never inferred from the samples. */
typedef enum {
  PLANCIA_COVER_MISSING, /* nobody asked yet; not stored */
  PLANCIA_COVER_FAILED,  /* asked, and it went wrong */
  PLANCIA_COVER_EMPTY,   /* the source confirmed that it has nothing */
  PLANCIA_COVER_HAVE     /* the source gave what it has */
} PlanciaCoverKind;

typedef struct
{
  PlanciaSpan      span;
  PlanciaCoverKind kind;
  gint64           when;   /* of the answer or the failure, ms; 0: not known, or missing */
  char            *reason; /* of a failure, for people; or NULL */
} PlanciaCover;

/* (transfer full); reason: copied, may be NULL */
PlanciaCover      *
plancia_cover_new (PlanciaSpan span, PlanciaCoverKind kind, gint64 when, const char *reason);
void plancia_cover_free (PlanciaCover *self);
/* A GPtrArray of PlanciaCover* that frees them. */
GPtrArray *plancia_cover_list_new (void);
/* Puts one more into a sorted list without overlaps, which stays that: HAVE is stronger than EMPTY, EMPTY than FAILED, and the
 * later failure than the earlier, so that a failed question never hides what is known. Neighbours alike are joined. Copies. */
void plancia_cover_list_paint (GPtrArray *self, const PlanciaCover *coverage);
/* Cuts a sorted list to span and puts MISSING between its members, so that it fills the span. */
void plancia_cover_list_fill (GPtrArray *self, PlanciaSpan span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCover, plancia_cover_free)

G_END_DECLS
