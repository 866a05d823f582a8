/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-model.h"

#include "base/signal-new.h"

/* Frames that are looked at in one turn of the main loop. */
#define PIECE 1500

struct _PlanciaTrafficModel
{
  GObject parent_instance;

  PlanciaTrafficLog    *log;
  PlanciaTrafficFilter *filter;
  GArray               *numbers; /* guint64 of the frames that are shown */
  guint64               scanned; /* the first that was not looked at */
  guint64               stop;    /* where a pause began */
  gboolean              paused;
  guint                 idle;
};

enum {
  SIGNAL_COUNTED,
  N_SIGNALS,
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaTrafficModel,
                               plancia_traffic_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint signals[N_SIGNALS];

/* --- the list -------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return PLANCIA_TYPE_TRAFFIC_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return PLANCIA_TRAFFIC_MODEL (model)->numbers->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  PlanciaTrafficModel *self = PLANCIA_TRAFFIC_MODEL (model);
  PlanciaTrafficFrame  frame;
  guint64              number;

  if (position >= self->numbers->len)
    return NULL;
  number = g_array_index (self->numbers, guint64, position);
  plancia_traffic_log_get (self->log, number, &frame);
  return plancia_traffic_row_new (self->log, number, &frame);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- following the log ----------------------------------------------------------------------- */

static guint64
get_stop (PlanciaTrafficModel *self)
{
  return self->paused ? self->stop : plancia_traffic_log_get_end (self->log);
}

/* Frames that the log has no more. */
static void
drop_gone (PlanciaTrafficModel *self)
{
  guint64 first = plancia_traffic_log_get_first (self->log);
  guint   n = 0;

  self->scanned = MAX (self->scanned, first);
  while (n < self->numbers->len && g_array_index (self->numbers, guint64, n) < first)
    n++;
  if (n == 0)
    return;
  g_array_remove_range (self->numbers, 0, n);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

static void
take_piece (PlanciaTrafficModel *self)
{
  guint64 limit = MIN (get_stop (self), self->scanned + PIECE);
  guint   before = self->numbers->len;

  for (; self->scanned < limit; self->scanned++) {
    PlanciaTrafficFrame frame;

    plancia_traffic_log_get (self->log, self->scanned, &frame);
    if (plancia_traffic_filter_passes (self->filter, self->log, &frame))
      g_array_append_val (self->numbers, self->scanned);
  }
  if (self->numbers->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->numbers->len - before);
}

static gboolean
idle_cb (gpointer user_data)
{
  PlanciaTrafficModel *self = user_data;

  take_piece (self);
  g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
  if (!plancia_traffic_model_is_done (self))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

static void
catch_up (PlanciaTrafficModel *self)
{
  if (self->idle == 0)
    take_piece (self);
  if (self->idle == 0 && !plancia_traffic_model_is_done (self))
    self->idle = g_idle_add (idle_cb, self);
  g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
}

static void
changed_cb (PlanciaTrafficModel *self)
{
  drop_gone (self);
  catch_up (self);
}

static void
plancia_traffic_model_finalize (GObject *object)
{
  PlanciaTrafficModel *self = PLANCIA_TRAFFIC_MODEL (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_array_unref (self->numbers);
  plancia_traffic_filter_free (self->filter);
  g_object_unref (self->log);

  G_OBJECT_CLASS (plancia_traffic_model_parent_class)->finalize (object);
}

static void
plancia_traffic_model_class_init (PlanciaTrafficModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_traffic_model_finalize;

  signals[SIGNAL_COUNTED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "counted", 0);
}

static void
plancia_traffic_model_init (PlanciaTrafficModel *self)
{
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->filter = plancia_traffic_filter_new ();
}

/**
 * plancia_traffic_model_new:
 * @log: what is shown
 *
 * Returns: (transfer full): all of it
 */
PlanciaTrafficModel *
plancia_traffic_model_new (PlanciaTrafficLog *log)
{
  PlanciaTrafficModel *self = g_object_new (PLANCIA_TYPE_TRAFFIC_MODEL, NULL);

  self->log = g_object_ref (log);
  self->scanned = plancia_traffic_log_get_first (log);
  g_signal_connect_object (log, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  catch_up (self);
  return self;
}

PlanciaTrafficLog *
plancia_traffic_model_get_log (PlanciaTrafficModel *self)
{
  return self->log;
}

PlanciaTrafficFilter *
plancia_traffic_model_get_filter (PlanciaTrafficModel *self)
{
  return self->filter;
}

/** plancia_traffic_model_refilter: after the filter was changed, looks at every frame again. */
void
plancia_traffic_model_refilter (PlanciaTrafficModel *self)
{
  guint before = self->numbers->len;

  g_array_set_size (self->numbers, 0);
  self->scanned = plancia_traffic_log_get_first (self->log);
  if (before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
  catch_up (self);
}

/**
 * plancia_traffic_model_set_paused:
 * @paused: TRUE: nothing is added, though old frames may still go
 */
void
plancia_traffic_model_set_paused (PlanciaTrafficModel *self, gboolean paused)
{
  if (paused == self->paused)
    return;
  self->stop = plancia_traffic_log_get_end (self->log);
  self->paused = paused;
  catch_up (self);
}

gboolean
plancia_traffic_model_get_paused (PlanciaTrafficModel *self)
{
  return self->paused;
}

guint64
plancia_traffic_model_get_waiting (PlanciaTrafficModel *self)
{
  return self->paused ? plancia_traffic_log_get_end (self->log) - self->stop : 0;
}

/**
 * plancia_traffic_model_count_from:
 * @number: of a frame, there or not
 */
guint
plancia_traffic_model_count_from (PlanciaTrafficModel *self, guint64 number)
{
  guint low = 0, high = self->numbers->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->numbers, guint64, middle) < number)
      low = middle + 1;
    else
      high = middle;
  }
  return self->numbers->len - low;
}

gboolean
plancia_traffic_model_is_done (PlanciaTrafficModel *self)
{
  return self->scanned >= get_stop (self);
}

/**
 * plancia_traffic_model_dup_exchanges:
 *
 * Returns: (transfer full) (element-type PlanciaExchange): in the order of the list, safe to hand to a
 *   worker
 */
GPtrArray *
plancia_traffic_model_dup_exchanges (PlanciaTrafficModel *self)
{
  GPtrArray             *exchanges = g_ptr_array_new_full (self->numbers->len,
                                               (GDestroyNotify) plancia_exchange_unref);
  const PlanciaExchange *last = NULL;

  for (guint i = 0; i < self->numbers->len; i++) {
    PlanciaTrafficFrame frame;

    plancia_traffic_log_get (self->log, g_array_index (self->numbers, guint64, i), &frame);
    /* The two sides of an exchange stand together. */
    if (frame.exchange == last)
      continue;
    last = frame.exchange;
    g_ptr_array_add (exchanges, plancia_exchange_ref (frame.exchange));
  }
  return exchanges;
}

/**
 * plancia_traffic_model_dup_names:
 *
 * Returns: (transfer full): what plancia_traffic_file_make() wants
 */
GHashTable *
plancia_traffic_model_dup_names (PlanciaTrafficModel *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->numbers->len; i++) {
    PlanciaTrafficFrame frame;
    const char         *name;

    plancia_traffic_log_get (self->log, g_array_index (self->numbers, guint64, i), &frame);
    name = plancia_traffic_log_get_name (self->log, &frame);
    if (g_hash_table_add (seen, (gpointer) name))
      g_hash_table_insert (names,
                           g_strdup_printf ("%s %d", frame.exchange->peer, frame.exchange->unit),
                           g_strdup (name));
  }
  return names;
}
