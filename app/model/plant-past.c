/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/plant-past.h"

#include "base/clock.h"

#include <math.h>

/* What goes on. */
typedef struct
{
  PlanciaStore *store;
  PlanciaPlant *plant;
  GHashTable   *twins; /* or NULL */
  GArray       *spans;
  GPtrArray    *parts; /* PlanciaPlantPart */
  guint         asked; /* of them */
} Gather;

static void
gather_free (Gather *self)
{
  g_object_unref (self->store);
  g_object_unref (self->plant);
  g_clear_pointer (&self->twins, g_hash_table_unref);
  g_array_unref (self->spans);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

static GArray *
nothing_of (GArray *spans)
{
  GArray *sums = g_array_new (FALSE, TRUE, sizeof (PlanciaEnergySum));

  for (guint i = 0; i < spans->len; i++) {
    PlanciaEnergySum sum = {.span = g_array_index (spans, PlanciaSpan, i),
                            .autoconsumption = NAN,
                            .self_sufficiency = NAN,
                            .peak_power = NAN};

    for (guint j = 0; j < PLANCIA_N_ENERGIES; j++)
      sum.energies[j] = NAN;
    g_array_append_val (sums, sum);
  }
  return sums;
}

/* The parts stay with the task for whoever wants to know. */
static void
add_all (GTask *task)
{
  Gather *self = g_task_get_task_data (task);
  GArray *sums = g_array_new (FALSE, TRUE, sizeof (PlanciaEnergySum));

  self->parts =
    plancia_plant_parts_choose (g_steal_pointer (&self->parts), self->twins, plancia_clock_now ());
  for (guint i = 0; i < self->parts->len; i++)
    plancia_plant_parts_add_up (sums,
                                ((PlanciaPlantPart *) g_ptr_array_index (self->parts, i))->days);
  if (self->parts->len == 0) {
    g_array_unref (sums);
    sums = nothing_of (self->spans);
  }
  g_task_return_pointer (task, sums, (GDestroyNotify) g_array_unref);
  g_object_unref (task);
}

static void ask_energies (GTask *task);

static void
energies_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  GTask            *task = user_data;
  Gather           *self = g_task_get_task_data (task);
  PlanciaPlantPart *part = g_ptr_array_index (self->parts, self->asked);
  GError           *error = NULL;

  part->days = plancia_store_energies_finish (PLANCIA_STORE (store), result, &error);
  if (part->days == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  self->asked++;
  ask_energies (task);
}

static void
ask_energies (GTask *task)
{
  Gather                 *self = g_task_get_task_data (task);
  const PlanciaPlantPart *part;

  if (self->asked == self->parts->len) {
    add_all (task);
    return;
  }
  part = g_ptr_array_index (self->parts, self->asked);
  plancia_store_energies_async (self->store,
                                part->device,
                                part->source,
                                plancia_plant_get_zone (self->plant),
                                self->spans,
                                g_task_get_cancellable (task),
                                energies_cb,
                                task);
}

static void
listed_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  GTask  *task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray)
    names = plancia_store_list_series_finish (PLANCIA_STORE (store), result, &error);

  if (names == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  self->parts = plancia_plant_parts_find (self->plant, names);
  ask_energies (task);
}

void
plancia_plant_past_async (PlanciaStore       *store,
                          PlanciaPlant       *plant,
                          GHashTable         *twins,
                          GArray             *spans,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Gather *self = g_new0 (Gather, 1);
  g_auto (GStrv) ids = plancia_plant_parts_ids (plant);

  g_task_set_task_data (task, self, (GDestroyNotify) gather_free);
  self->store = g_object_ref (store);
  self->plant = g_object_ref (plant);
  self->twins = twins != NULL ? g_hash_table_ref (twins) : NULL;
  self->spans = g_array_copy (spans);
  plancia_store_list_series_async (store, (const char *const *) ids, cancellable, listed_cb, task);
}

GArray *
plancia_plant_past_finish (GAsyncResult *result, GPtrArray **parts, GError **error)
{
  Gather *self = g_task_get_task_data (G_TASK (result));
  GArray *sums = g_task_propagate_pointer (G_TASK (result), error);

  if (parts != NULL)
    *parts = sums != NULL ? g_ptr_array_ref (self->parts) : NULL;
  return sums;
}

/* --- of whomsoever --------------------------------------------------------------------------- */

static void
device_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *sums = plancia_store_energies_finish (PLANCIA_STORE (store), result, &error);

  if (sums != NULL)
    g_task_return_pointer (task, sums, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

static void
plant_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *sums = plancia_plant_past_finish (result, NULL, &error);

  if (sums != NULL)
    g_task_return_pointer (task, sums, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
plancia_energies_of_async (PlanciaStore             *store,
                           const PlanciaEnergyWhose *whose,
                           GTimeZone                *zone,
                           GArray                   *spans,
                           GCancellable             *cancellable,
                           GAsyncReadyCallback       callback,
                           gpointer                  user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  if (whose->plant != NULL)
    plancia_plant_past_async (store,
                              whose->plant,
                              whose->twins,
                              spans,
                              cancellable,
                              plant_cb,
                              task);
  else
    plancia_store_energies_async (store,
                                  whose->device,
                                  whose->source,
                                  zone,
                                  spans,
                                  cancellable,
                                  device_cb,
                                  task);
}

GArray *
plancia_energies_of_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
