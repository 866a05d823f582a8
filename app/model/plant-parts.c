/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plant-parts.h"

#include <math.h>

/* Days of two inverters' production that are so near to each other are of one inverter that is asked both ways. */
#define SAME_PART 0.02
#define SAME_KWH  0.2
/* A day that is known this well is compared. */
#define WELL_KNOWN 0.9
/* Of the days that both know, so many have to be alike. */
#define MOST_DAYS 0.8

void
plancia_plant_part_free (PlanciaPlantPart *self)
{
  g_free (self->device);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->source);
  g_free (self->twin);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_pointer (&self->holes, g_ptr_array_unref);
  g_free (self);
}

/* --- what may count -------------------------------------------------------------------------- */

static void
add_ids (GListModel *entries, GStrvBuilder *ids)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    g_strv_builder_add (ids, plancia_entry_get_id (entry));
    add_ids (plancia_entry_get_children (entry), ids);
  }
}

char **
plancia_plant_parts_ids (PlanciaPlant *plant)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  add_ids (plancia_plant_get_entries (plant), ids);
  return g_strv_builder_end (ids);
}

/* The load and the grid of an inverter hold already what is behind it. */
static gboolean
is_source (PlanciaEntry *entry)
{
  static const char *const kinds[] = {"inverter", "thing", "power-magic", NULL};

  return g_strv_contains (kinds, plancia_entry_get_kind (entry));
}

static gboolean
has_part (GPtrArray *parts, const PlanciaSeriesName *series)
{
  for (guint i = 0; i < parts->len; i++) {
    const PlanciaPlantPart *part = g_ptr_array_index (parts, i);

    if (g_str_equal (part->device, series->device) && g_str_equal (part->source, series->source))
      return TRUE;
  }
  return FALSE;
}

GPtrArray *
plancia_plant_parts_find (PlanciaPlant *plant, GPtrArray *names)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_plant_part_free);

  for (guint i = 0; i < names->len; i++) {
    const PlanciaSeriesName *series = g_ptr_array_index (names, i);
    PlanciaEntry            *entry = plancia_plant_find (plant, series->device);
    PlanciaPlantPart        *part;

    if (entry == NULL || !is_source (entry) || has_part (parts, series) ||
        !g_strv_contains (plancia_energy_keys (), series->key))
      continue;
    part = g_new0 (PlanciaPlantPart, 1);
    part->device = g_strdup (series->device);
    part->name = g_strdup (plancia_entry_get_name (entry));
    part->kind = g_strdup (plancia_entry_get_kind (entry));
    part->source = g_strdup (series->source);
    g_ptr_array_add (parts, part);
  }
  return parts;
}

/* --- what counts ----------------------------------------------------------------------------- */

/* Over the days that have begun. */
static double
known_part (GArray *days, gint64 now)
{
  double known = 0;
  guint  n = 0;

  for (guint i = 0; i < days->len; i++) {
    const PlanciaEnergySum *day = &g_array_index (days, PlanciaEnergySum, i);
    gint64                  length = day->span.end - day->span.start;
    gint64                  begun = MIN (day->span.end, now) - day->span.start;

    if (begun <= 0)
      break;
    known += MIN (day->known * (double) length / (double) begun, 1);
    n++;
  }
  return n > 0 ? known / n : 0;
}

static gboolean
is_alike (double a, double b)
{
  return fabs (a - b) <= SAME_KWH + SAME_PART * MAX (fabs (a), fabs (b));
}

/* Both ways an inverter counts the same, day by day. */
static gboolean
say_the_same (const PlanciaPlantPart *a, const PlanciaPlantPart *b)
{
  guint n_common = 0, n_alike = 0;

  for (guint i = 0; i < MIN (a->days->len, b->days->len); i++) {
    const PlanciaEnergySum *one = &g_array_index (a->days, PlanciaEnergySum, i);
    const PlanciaEnergySum *two = &g_array_index (b->days, PlanciaEnergySum, i);
    double                  pv = one->energies[PLANCIA_ENERGY_PV];

    if (one->known < WELL_KNOWN || two->known < WELL_KNOWN || isnan (pv) ||
        isnan (two->energies[PLANCIA_ENERGY_PV]) || pv < 1)
      continue;
    n_common++;
    n_alike += is_alike (pv, two->energies[PLANCIA_ENERGY_PV]);
  }
  return n_common > 0 && n_alike >= MOST_DAYS * n_common;
}

static gboolean
is_cloud (const PlanciaPlantPart *part)
{
  return g_str_equal (part->kind, "thing");
}

/* The person's devices that are known to be the same. */
static gboolean
is_known_twin (const PlanciaPlantPart *a, const PlanciaPlantPart *b, GHashTable *twins)
{
  return twins != NULL && (g_strcmp0 (g_hash_table_lookup (twins, a->device), b->device) == 0 ||
                           g_strcmp0 (g_hash_table_lookup (twins, b->device), a->device) == 0);
}

/* The same device from another source; or the same inverter, asked here and told of by a cloud. */
static gboolean
is_twin (const PlanciaPlantPart *a, const PlanciaPlantPart *b, GHashTable *twins)
{
  if (g_str_equal (a->device, b->device) || is_known_twin (a, b, twins))
    return TRUE;
  return is_cloud (a) != is_cloud (b) && a->twin == NULL && say_the_same (a, b);
}

static int
compare_known (gconstpointer a, gconstpointer b)
{
  const PlanciaPlantPart *one = *(PlanciaPlantPart *const *) a;
  const PlanciaPlantPart *two = *(PlanciaPlantPart *const *) b;

  if (fabs (one->known - two->known) > 0.001)
    return one->known < two->known ? 1 : -1;
  if (is_cloud (one) != is_cloud (two))
    return is_cloud (one) ? 1 : -1;
  return g_strcmp0 (one->source, two->source);
}

/* Of two that say the same, each day is taken from the one that knows it better. */
static void
take_better (GArray *days, GArray *others)
{
  for (guint i = 0; i < MIN (days->len, others->len); i++) {
    PlanciaEnergySum       *day = &g_array_index (days, PlanciaEnergySum, i);
    const PlanciaEnergySum *other = &g_array_index (others, PlanciaEnergySum, i);

    if (other->known > day->known + 0.01)
      *day = *other;
  }
}

static PlanciaPlantPart *
find_twin (GPtrArray *counted, const PlanciaPlantPart *part, GHashTable *twins)
{
  for (guint i = 0; i < counted->len; i++)
    if (is_twin (g_ptr_array_index (counted, i), part, twins))
      return g_ptr_array_index (counted, i);
  return NULL;
}

/* What says the same is named with what counts. */
static void
join (PlanciaPlantPart *counted, PlanciaPlantPart *part)
{
  take_better (counted->days, part->days);
  if (counted->before != NULL && part->before != NULL)
    take_better (counted->before, part->before);
  if (!g_str_equal (counted->device, part->device) && counted->twin == NULL)
    counted->twin = g_strdup (part->name);
}

/**
 * plancia_plant_parts_choose:
 * @parts: (transfer full) (element-type PlanciaPlantPart): all that may count
 * @twins: (nullable): ids of devices to that of the cloud's thing that is the same
 * @now: ms of Unix time
 *
 * What knows most counts.
 *
 * Returns: (transfer full) (element-type PlanciaPlantPart): what counts
 */
GPtrArray *
plancia_plant_parts_choose (GPtrArray *parts, GHashTable *twins, gint64 now)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_plant_part_free);

  for (guint i = 0; i < parts->len; i++) {
    PlanciaPlantPart *part = g_ptr_array_index (parts, i);

    part->known = known_part (part->days, now);
  }
  g_ptr_array_sort (parts, compare_known);
  while (parts->len > 0) {
    PlanciaPlantPart *part = g_ptr_array_steal_index (parts, 0);
    PlanciaPlantPart *counted = find_twin (chosen, part, twins);

    if (counted == NULL && part->known > 0) {
      g_ptr_array_add (chosen, part);
      continue;
    }
    if (counted != NULL)
      join (counted, part);
    plancia_plant_part_free (part);
  }
  g_ptr_array_unref (parts);
  return chosen;
}

void
plancia_plant_parts_add_up (GArray *sums, GArray *days)
{
  if (sums->len == 0) {
    g_array_append_vals (sums, days->data, days->len);
    return;
  }
  for (guint i = 0; i < MIN (sums->len, days->len); i++)
    plancia_energy_sum_add (&g_array_index (sums, PlanciaEnergySum, i),
                            &g_array_index (days, PlanciaEnergySum, i));
}
