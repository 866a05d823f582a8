/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison-private.h"

#include "base/list-rows.h"
#include "base/signal-new.h"

struct _PlanciaComparison
{
  GObject parent_instance;

  PlanciaSnapshot *a;
  PlanciaSnapshot *b;
  GPtrArray       *all;   /* PlanciaComparisonRow, in the order of the first map */
  GPtrArray       *shown; /* with headings */
  gboolean         only_changed;
  gboolean         with_readings;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static void list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaComparison,
                               plancia_comparison,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

static guint signals[N_SIGNALS];

/* --- rows ------------------------------------------------------------------------------------ */

static PlanciaComparisonSide
side_of (PlanciaSnapshot *snapshot, PlanciaMap *map, const char *key)
{
  PlanciaComparisonSide side = {plancia_snapshot_find (snapshot, key), NULL};

  side.field = map != NULL ? plancia_map_find_field (map, key) : NULL;
  return side;
}

static void
add (PlanciaComparison *self, PlanciaMap *map_a, PlanciaMap *map_b, const char *key)
{
  PlanciaComparisonSide a = side_of (self->a, map_a, key);
  PlanciaComparisonSide b = side_of (self->b, map_b, key);

  g_ptr_array_add (self->all, plancia_comparison_row_new (map_b != NULL ? map_b : map_a, &a, &b));
}

static void
fill (PlanciaComparison *self, PlanciaMap *map_a, PlanciaMap *map_b)
{
  for (guint i = 0; i < plancia_snapshot_get_length (self->a); i++)
    add (self, map_a, map_b, plancia_snapshot_get (self->a, i)->key);
  for (guint i = 0; i < plancia_snapshot_get_length (self->b); i++) {
    const char *key = plancia_snapshot_get (self->b, i)->key;

    if (plancia_snapshot_find (self->a, key) == NULL)
      add (self, map_a, map_b, key);
  }
}

static gboolean
is_asked_for (PlanciaComparison *self, PlanciaComparisonRow *row)
{
  PlanciaSection section = plancia_comparison_row_get_section (row);

  return self->with_readings ||
         (section != PLANCIA_SECTION_READINGS && section != PLANCIA_SECTION_COUNTERS);
}

static void
show_section (PlanciaComparison *self, PlanciaSection section)
{
  PlanciaComparisonRow *heading = plancia_comparison_row_new_heading (section);
  guint                 first = self->shown->len + 1;

  g_ptr_array_add (self->shown, heading);
  for (guint i = 0; i < self->all->len; i++) {
    PlanciaComparisonRow *row = g_ptr_array_index (self->all, i);

    if (plancia_comparison_row_get_section (row) == section && is_asked_for (self, row) &&
        (!self->only_changed || plancia_comparison_row_differs (row)))
      g_ptr_array_add (self->shown, g_object_ref (row));
  }
  if (self->shown->len == first)
    g_ptr_array_set_size (self->shown, (int) first - 1);
  else
    plancia_comparison_row_set_count (heading, self->shown->len - first);
}

static void
show (PlanciaComparison *self)
{
  guint before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < PLANCIA_N_SECTIONS; i++)
    show_section (self, (PlanciaSection) i);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->shown->len);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- GListModel ------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_iface_init, PLANCIA_COMPARISON, shown, PLANCIA_TYPE_COMPARISON_ROW)

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_comparison_finalize (GObject *object)
{
  PlanciaComparison *self = PLANCIA_COMPARISON (object);

  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->all);
  g_clear_object (&self->a);
  g_clear_object (&self->b);

  G_OBJECT_CLASS (plancia_comparison_parent_class)->finalize (object);
}

static void
plancia_comparison_class_init (PlanciaComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_comparison_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_comparison_init (PlanciaComparison *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->only_changed = TRUE;
}

/**
 * plancia_comparison_new:
 * @a: the earlier one, or the one whose settings are wanted
 * @map_a: (nullable): its map
 * @b: the other
 * @map_b: (nullable): its map
 *
 * Returns: (transfer full): the two compared
 */
PlanciaComparison *
plancia_comparison_new (PlanciaSnapshot *a,
                        PlanciaMap      *map_a,
                        PlanciaSnapshot *b,
                        PlanciaMap      *map_b)
{
  PlanciaComparison *self = g_object_new (PLANCIA_TYPE_COMPARISON, NULL);

  self->a = g_object_ref (a);
  self->b = g_object_ref (b);
  fill (self, map_a, map_b);
  show (self);
  return self;
}

PlanciaSnapshot *
plancia_comparison_get_a (PlanciaComparison *self)
{
  return self->a;
}

PlanciaSnapshot *
plancia_comparison_get_b (PlanciaComparison *self)
{
  return self->b;
}

void
plancia_comparison_set_only_changed (PlanciaComparison *self, gboolean only_changed)
{
  if (self->only_changed == only_changed)
    return;
  self->only_changed = only_changed;
  show (self);
}

void
plancia_comparison_set_with_readings (PlanciaComparison *self, gboolean with_readings)
{
  if (self->with_readings == with_readings)
    return;
  self->with_readings = with_readings;
  show (self);
}

guint
plancia_comparison_count_different (PlanciaComparison *self)
{
  guint n = 0;

  for (guint i = 0; i < self->all->len; i++)
    n += is_asked_for (self, g_ptr_array_index (self->all, i)) &&
         plancia_comparison_row_differs (g_ptr_array_index (self->all, i));
  return n;
}

guint
plancia_comparison_count_all (PlanciaComparison *self)
{
  guint n = 0;

  for (guint i = 0; i < self->all->len; i++)
    n += is_asked_for (self, g_ptr_array_index (self->all, i));
  return n;
}

guint
plancia_comparison_count_stageable (PlanciaComparison *self)
{
  guint n = 0;

  for (guint i = 0; i < self->all->len; i++)
    n += plancia_comparison_row_is_stageable (g_ptr_array_index (self->all, i));
  return n;
}

guint
plancia_comparison_count_rows (PlanciaComparison *self)
{
  return self->all->len;
}

PlanciaComparisonRow *
plancia_comparison_get_row (PlanciaComparison *self, guint index)
{
  return g_ptr_array_index (self->all, index);
}
