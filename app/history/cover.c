/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/cover.h"

/**
 * plancia_cover_new:
 * @span: which stretch
 * @kind: what is known of it
 * @when: since when, in ms; 0 if not known
 * @reason: (nullable): why it failed, for people
 *
 * Returns: (transfer full): the sentence
 */
PlanciaCover *
plancia_cover_new (PlanciaSpan span, PlanciaCoverKind kind, gint64 when, const char *reason)
{
  PlanciaCover *self = g_new0 (PlanciaCover, 1);

  self->span = span;
  self->kind = kind;
  self->when = when;
  self->reason = g_strdup (reason);
  return self;
}

void
plancia_cover_free (PlanciaCover *self)
{
  g_free (self->reason);
  g_free (self);
}

/** plancia_cover_list_new: Returns: (transfer full) (element-type PlanciaCover): an empty list */
GPtrArray *
plancia_cover_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_cover_free);
}

/* The same sentence about another stretch, unless that is empty. */
static void
add_part (GPtrArray *list, const PlanciaCover *whole, PlanciaSpan span)
{
  if (!plancia_span_is_empty (span))
    g_ptr_array_add (list, plancia_cover_new (span, whole->kind, whole->when, whole->reason));
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const PlanciaCover *x = *(const PlanciaCover *const *) a;
  const PlanciaCover *y = *(const PlanciaCover *const *) b;

  return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

/* Failures stay apart unless they are one and the same: each has its moment and its words. */
static gboolean
can_join (const PlanciaCover *a, const PlanciaCover *b)
{
  if (a->span.end != b->span.start || a->kind != b->kind)
    return FALSE;
  return a->kind != PLANCIA_COVER_FAILED ||
         (a->when == b->when && g_strcmp0 (a->reason, b->reason) == 0);
}

static void
join_neighbours (GPtrArray *list)
{
  for (guint i = 1; i < list->len;) {
    PlanciaCover       *before = g_ptr_array_index (list, i - 1);
    const PlanciaCover *after = g_ptr_array_index (list, i);

    if (can_join (before, after)) {
      before->span.end = after->span.end;
      before->when = MAX (before->when, after->when);
      g_ptr_array_remove_index (list, i);
    } else {
      i++;
    }
  }
}

/* Moves what lies in list into painted, as far as the coverage does not paint over it; returns the parts of the coverage that
 * stronger ones keep for themselves. */
static GArray *
keep_parts (GPtrArray *list, const PlanciaCover *coverage, GPtrArray *painted)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  for (guint i = 0; i < list->len; i++) {
    const PlanciaCover *old = g_ptr_array_index (list, i);
    PlanciaSpan         middle = plancia_span_intersect (old->span, coverage->span);

    if (plancia_span_is_empty (middle)) {
      add_part (painted, old, old->span);
      continue;
    }
    add_part (painted, old, (PlanciaSpan){old->span.start, middle.start});
    add_part (painted, old, (PlanciaSpan){middle.end, old->span.end});
    if (old->kind > coverage->kind) {
      add_part (painted, old, middle);
      g_array_append_val (kept, middle);
    }
  }
  return kept;
}

/**
 * plancia_cover_list_paint:
 * @self: (element-type PlanciaCover): sorted, without overlaps; changed
 * @coverage: what is known now
 */
void
plancia_cover_list_paint (GPtrArray *self, const PlanciaCover *coverage)
{
  g_autoptr (GPtrArray) painted = plancia_cover_list_new ();
  g_autoptr (GArray) kept = NULL;
  g_autoptr (GArray) free_parts = NULL;

  if (plancia_span_is_empty (coverage->span) || coverage->kind == PLANCIA_COVER_MISSING)
    return;
  kept = keep_parts (self, coverage, painted);
  free_parts = plancia_span_subtract (coverage->span, kept);
  for (guint i = 0; i < free_parts->len; i++)
    add_part (painted, coverage, g_array_index (free_parts, PlanciaSpan, i));
  g_ptr_array_sort (painted, compare_starts);
  join_neighbours (painted);

  g_ptr_array_set_size (self, 0);
  g_ptr_array_extend_and_steal (self, g_steal_pointer (&painted));
}

/**
 * plancia_cover_list_fill:
 * @self: (element-type PlanciaCover): sorted, without overlaps; changed
 * @span: what the list shall speak of, no less and no more
 */
void
plancia_cover_list_fill (GPtrArray *self, PlanciaSpan span)
{
  const PlanciaCover missing = {span, PLANCIA_COVER_MISSING, 0, NULL};
  g_autoptr (GPtrArray) filled = plancia_cover_list_new ();
  gint64 at = span.start;

  for (guint i = 0; i < self->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (self, i);
    PlanciaSpan         part = plancia_span_intersect (one->span, span);

    if (plancia_span_is_empty (part))
      continue;
    add_part (filled, &missing, (PlanciaSpan){at, part.start});
    add_part (filled, one, part);
    at = part.end;
  }
  add_part (filled, &missing, (PlanciaSpan){at, span.end});
  g_ptr_array_set_size (self, 0);
  g_ptr_array_extend_and_steal (self, g_steal_pointer (&filled));
}
