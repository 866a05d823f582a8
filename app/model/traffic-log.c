/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-log.h"

#include "base/signal-new.h"

typedef struct
{
  PlanciaExchange      *exchange;
  PlanciaTrafficSource *source;
  gboolean              answer;
} Slot;

struct _PlanciaTrafficLog
{
  GObject parent_instance;

  Slot   *slots; /* a ring: frame n is in slot n % capacity */
  guint   capacity;
  guint64 first;
  guint64 end;
  gint64  started;
  guint64 lost;

  GHashTable            *sources; /* connection -> PlanciaTrafficSource* */
  PlanciaTrafficNameFunc name_func;
  gpointer               name_data;
  PlanciaTrafficTap      tap;
  gpointer               tap_data;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficLog, plancia_traffic_log, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
source_free (gpointer data)
{
  PlanciaTrafficSource *self = data;

  g_hash_table_unref (self->names);
  g_free ((char *) self->connection);
  g_free (self);
}

static PlanciaTrafficSource *
ensure_source (PlanciaTrafficLog *self, const char *connection)
{
  PlanciaTrafficSource *source = g_hash_table_lookup (self->sources, connection);

  if (source)
    return source;
  source = g_new0 (PlanciaTrafficSource, 1);
  source->connection = g_strdup (connection);
  source->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->sources, (gpointer) source->connection, source);
  return source;
}

static void
drop_oldest (PlanciaTrafficLog *self)
{
  Slot *slot = &self->slots[self->first % self->capacity];

  g_clear_pointer (&slot->exchange, plancia_exchange_unref);
  self->first++;
}

static void
push (PlanciaTrafficLog    *self,
      PlanciaTrafficSource *source,
      PlanciaExchange      *exchange,
      gboolean              answer)
{
  Slot *slot;

  if (self->end - self->first == self->capacity)
    drop_oldest (self);
  slot = &self->slots[self->end % self->capacity];
  slot->exchange = plancia_exchange_ref (exchange);
  slot->source = source;
  slot->answer = answer;
  source->frames++;
  self->end++;
}

static void
add_exchange (PlanciaTrafficLog *self, PlanciaTrafficSource *source, PlanciaExchange *exchange)
{
  gboolean error = plancia_exchange_is_error (exchange->verdict);

  if (exchange->n_sent > 0)
    push (self, source, exchange, FALSE);
  if (exchange->n_received > 0 || error)
    push (self, source, exchange, TRUE);
  source->errors += error;
}

static void
plancia_traffic_log_finalize (GObject *object)
{
  PlanciaTrafficLog *self = PLANCIA_TRAFFIC_LOG (object);

  while (self->first < self->end)
    drop_oldest (self);
  g_hash_table_unref (self->sources);
  g_free (self->slots);

  G_OBJECT_CLASS (plancia_traffic_log_parent_class)->finalize (object);
}

static void
plancia_traffic_log_class_init (PlanciaTrafficLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_traffic_log_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_traffic_log_init (PlanciaTrafficLog *self)
{
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, source_free);
}

/**
 * plancia_traffic_log_new:
 * @capacity: frames that are kept
 *
 * Returns: (transfer full): an empty log
 */
PlanciaTrafficLog *
plancia_traffic_log_new (guint capacity)
{
  PlanciaTrafficLog *self = g_object_new (PLANCIA_TYPE_TRAFFIC_LOG, NULL);

  self->capacity = capacity;
  self->slots = g_new0 (Slot, capacity);
  return self;
}

/**
 * plancia_traffic_log_set_name_func:
 * @func: (nullable): asked once for each unit
 * @user_data: for @func; must live as long as the log, or until @func is set to NULL
 */
void
plancia_traffic_log_set_name_func (PlanciaTrafficLog     *self,
                                   PlanciaTrafficNameFunc func,
                                   gpointer               user_data)
{
  self->name_func = func;
  self->name_data = user_data;
}

/** plancia_traffic_log_set_tap: user_data: for tap; until it is set to NULL */
void
plancia_traffic_log_set_tap (PlanciaTrafficLog *self, PlanciaTrafficTap tap, gpointer user_data)
{
  self->tap = tap;
  self->tap_data = user_data;
}

/** plancia_traffic_log_forget_names: what was asked is asked again. */
void
plancia_traffic_log_forget_names (PlanciaTrafficLog *self)
{
  GHashTableIter iter;
  gpointer       source;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &source))
    g_hash_table_remove_all (((PlanciaTrafficSource *) source)->names);
}

/**
 * plancia_traffic_log_add:
 * @connection: address of the connection, as plancia_address_dup_connection()
 * @exchanges: (element-type PlanciaExchange): references are kept
 * @lost: exchanges that came too fast
 */
void
plancia_traffic_log_add (PlanciaTrafficLog *self,
                         const char        *connection,
                         GPtrArray         *exchanges,
                         guint64            lost)
{
  PlanciaTrafficSource *source = ensure_source (self, connection);

  if (self->tap)
    self->tap (connection, exchanges, lost, self->tap_data);
  self->lost += lost;
  if (self->started == 0 && exchanges->len > 0)
    self->started = ((PlanciaExchange *) g_ptr_array_index (exchanges, 0))->time / 1000;
  for (guint i = 0; i < exchanges->len; i++)
    add_exchange (self, source, g_ptr_array_index (exchanges, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

guint64
plancia_traffic_log_get_first (PlanciaTrafficLog *self)
{
  return self->first;
}

guint64
plancia_traffic_log_get_end (PlanciaTrafficLog *self)
{
  return self->end;
}

/**
 * plancia_traffic_log_get:
 * @number: from first up to end
 * @out: (out caller-allocates): borrowed until the log changes
 */
void
plancia_traffic_log_get (PlanciaTrafficLog *self, guint64 number, PlanciaTrafficFrame *out)
{
  const Slot *slot = &self->slots[number % self->capacity];

  g_return_if_fail (number >= self->first && number < self->end);
  out->exchange = slot->exchange;
  out->source = slot->source;
  out->answer = slot->answer;
}

static char *
ask (PlanciaTrafficLog *self, const PlanciaTrafficFrame *frame, int unit)
{
  return self->name_func ? self->name_func (frame->source->connection, unit, self->name_data)
                         : NULL;
}

/* The device; or the connection and a unit that nobody knows. */
static char *
ask_name (PlanciaTrafficLog *self, const PlanciaTrafficFrame *frame)
{
  int              unit = frame->exchange->unit;
  char            *name = ask (self, frame, unit);
  g_autofree char *connection = NULL;

  if (name)
    return name;
  connection = ask (self, frame, -1);
  if (!connection)
    connection = g_strdup (frame->exchange->peer);
  return unit >= 0 ? g_strdup_printf ("%s · %d", connection, unit) : g_steal_pointer (&connection);
}

/**
 * plancia_traffic_log_get_name:
 * @frame: a frame of this log
 *
 * Returns: (transfer none): name of its device, or else peer and unit
 */
const char *
plancia_traffic_log_get_name (PlanciaTrafficLog *self, const PlanciaTrafficFrame *frame)
{
  gpointer key = GINT_TO_POINTER (frame->exchange->unit + 2);
  char    *name = g_hash_table_lookup (frame->source->names, key);

  if (!name) {
    name = ask_name (self, frame);
    g_hash_table_insert (frame->source->names, key, name);
  }
  return name;
}

gint64
plancia_traffic_log_get_started (PlanciaTrafficLog *self)
{
  return self->started;
}

/**
 * plancia_traffic_log_count:
 * @connections: (nullable): NULL for all
 * @frames: (out)
 * @errors: (out): exchanges that went wrong
 */
void
plancia_traffic_log_count (PlanciaTrafficLog *self,
                           const char *const *connections,
                           guint64           *frames,
                           guint64           *errors)
{
  GHashTableIter iter;
  gpointer       connection, value;

  *frames = *errors = 0;
  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, &connection, &value)) {
    const PlanciaTrafficSource *source = value;

    if (connections && !g_strv_contains (connections, connection))
      continue;
    *frames += source->frames;
    *errors += source->errors;
  }
}

guint64
plancia_traffic_log_get_lost (PlanciaTrafficLog *self)
{
  return self->lost;
}

static void
forget_counts (PlanciaTrafficLog *self)
{
  GHashTableIter iter;
  gpointer       source;

  g_hash_table_iter_init (&iter, self->sources);
  while (g_hash_table_iter_next (&iter, NULL, &source)) {
    ((PlanciaTrafficSource *) source)->frames = 0;
    ((PlanciaTrafficSource *) source)->errors = 0;
  }
}

/** plancia_traffic_log_clear: forgets all frames; their numbers do not come again. */
void
plancia_traffic_log_clear (PlanciaTrafficLog *self)
{
  while (self->first < self->end)
    drop_oldest (self);
  self->started = 0;
  self->lost = 0;
  forget_counts (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
