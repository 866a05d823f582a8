/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-poller.h"

#include "backend/modbus-detect.h"
#include "backend/modbus-panel.h"
#include "backend/modbus-schedule.h"
#include "backend/modbus-trouble.h"
#include "base/clock.h"
#include "base/error.h"
#include <string.h>

/* What came is told after so many ms, though the cycle goes on: a HUB line needs seconds a request. */
#define TELL_INTERVAL 2000
/* Between two news of the quality alone, ms. */
#define QUALITY_INTERVAL 1000
struct _PlanciaModbusPoller
{
  PlanciaModbusLine *line;
  PlanciaMailbox    *news;
  GCancellable      *stop;
  GSource           *timer;
  GPtrArray         *units; /* PlanciaModbusUnit */

  gboolean      opened; /* somebody wants it open */
  GCancellable *closing;
  guint         epoch;
  gboolean      polling;
  guint         interval; /* ms */

  GError  *connection_error; /* nobody there to talk to */
  guint    attempts;         /* failures to connect in a row */
  gint64   retry_at;         /* monotonic ms; 0: no need to wait */
  gboolean connected;

  PlanciaModbusUnit  *current; /* of the cycle; NULL: none */
  PlanciaModbusCycle *cycle;
  gboolean            cycle_once;
  gint64              told_at; /* monotonic ms: of the cycle's readings */
  guint64             skipped; /* polls that were due while a cycle still ran */

  PlanciaState told_state;
  GError      *told_error;
  gint64       told_quality;
};

/* --- what the main thread is told ------------------------------------------------------------ */

void
plancia_modbus_poller_tell (PlanciaModbusPoller *self, PlanciaNews *news)
{
  plancia_mailbox_post (self->news, news);
}

static gboolean
same_error (const GError *a, const GError *b)
{
  return a == b || (a != NULL && b != NULL && g_error_matches (a, b->domain, b->code));
}

static void
tell_state (PlanciaModbusPoller *self, PlanciaState state, const GError *error)
{
  PlanciaNews *news;
  gint64       now = plancia_clock_monotonic ();

  if (state == self->told_state && same_error (error, self->told_error) &&
      now < self->told_quality + QUALITY_INTERVAL)
    return;
  self->told_state = state;
  self->told_quality = now;
  g_clear_error (&self->told_error);
  self->told_error = error != NULL ? g_error_copy (error) : NULL;

  news = plancia_news_new (PLANCIA_NEWS_STATE);
  news->epoch = self->epoch;
  news->state = state;
  news->error = error != NULL ? g_error_copy (error) : NULL;
  plancia_modbus_line_get_quality (self->line, &news->quality);
  news->quality.skipped = self->skipped;
  plancia_modbus_poller_tell (self, news);
}

/* The connection fails if all devices on it fail that way. */
static const GError *
find_common_failure (PlanciaModbusPoller *self)
{
  const GError *failure = NULL;

  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    if (unit->failure == NULL || !plancia_modbus_is_of_the_way (unit->failure))
      return NULL;
    failure = unit->failure;
  }
  return failure;
}

void
plancia_modbus_poller_update (PlanciaModbusPoller *self)
{
  g_autoptr (GError) taken = NULL; /* or busy */
  const GError *failure = self->connection_error;

  if (!self->opened)
    return;
  if (plancia_modbus_line_is_taken_over (self->line)) {
    taken = g_error_new_literal (PLANCIA_DEVICE_ERROR,
                                 PLANCIA_DEVICE_ERROR_TAKEN_OVER,
                                 "another client took the line over");
    tell_state (self, PLANCIA_STATE_TAKEN_OVER, taken);
    return;
  }
  if (failure == NULL)
    failure = find_common_failure (self);
  if (failure != NULL && plancia_modbus_line_is_uploading (self->line)) {
    taken = g_error_new (PLANCIA_DEVICE_ERROR,
                         PLANCIA_DEVICE_ERROR_UPLOADING,
                         "busy, retrying: %s",
                         failure->message);
    tell_state (self, PLANCIA_STATE_OPEN, taken);
    return;
  }
  tell_state (self, failure != NULL ? PLANCIA_STATE_FAILING : PLANCIA_STATE_OPEN, failure);
}

static void
note_connection (PlanciaModbusPoller *self, const GError *error)
{
  g_clear_error (&self->connection_error);
  if (error == NULL) {
    self->attempts = 0;
    self->retry_at = 0;
    return;
  }
  self->connection_error = g_error_copy (error);
  self->connected = FALSE;
  self->attempts++;
  self->retry_at = plancia_clock_monotonic () + plancia_modbus_delay_after (self->attempts);
}

static void
forget_failure (PlanciaModbusPoller *self, PlanciaModbusUnit *unit)
{
  g_clear_error (&unit->failure);
  unit->attempts = 0;
  if (unit->told)
    plancia_modbus_poller_tell (self, plancia_news_new_device_failed (unit->id, NULL));
  unit->told = FALSE;
}

/* Whether the reason is the device's own: one of several that is silent, or what a stick says of it. */
static gboolean
is_worth_telling (PlanciaModbusPoller *self, const GError *error)
{
  if (!plancia_modbus_is_of_the_way (error))
    return TRUE;
  return self->units->len > 1 && !plancia_modbus_line_is_uploading (self->line);
}

static void
note_failure (PlanciaModbusPoller *self, PlanciaModbusUnit *unit, const GError *error)
{
  gboolean tell = is_worth_telling (self, error) &&
                  !(unit->told && same_error (error, unit->failure));

  g_clear_error (&unit->failure);
  unit->failure = g_error_copy (error);
  unit->attempts++;
  unit->cycles = 0;
  unit->once_pending = TRUE;
  unit->due_fast = plancia_clock_monotonic () + plancia_modbus_delay_after (unit->attempts);
  unit->due_normal = unit->due_slow = 0;
  if (!tell)
    return;
  unit->told = TRUE;
  plancia_modbus_poller_tell (self, plancia_news_new_device_failed (unit->id, error));
}

void
plancia_modbus_poller_note (PlanciaModbusPoller *self, PlanciaModbusUnit *unit, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL) {
    note_connection (self, NULL);
    forget_failure (self, unit);
  } else if (plancia_modbus_is_of_the_connection (error)) {
    note_connection (self, error);
  } else if (!g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER)) {
    note_connection (self, NULL);
    note_failure (self, unit, error);
    /* When nobody answers any more, how to talk to them is looked at anew, too. */
    self->connected = self->connected && find_common_failure (self) == NULL;
  }
  plancia_modbus_poller_update (self);
}

/* One request without an answer is told at once: it has taken seconds already. The next one decides. */
static void
note_suspicion (PlanciaModbusPoller *self, PlanciaModbusUnit *unit, const GError *error)
{
  if (unit->failure != NULL || !plancia_modbus_is_of_the_way (error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  unit->failure = g_error_copy (error);
  unit->told = is_worth_telling (self, error);
  if (unit->told)
    plancia_modbus_poller_tell (self, plancia_news_new_device_failed (unit->id, error));
  plancia_modbus_poller_update (self);
}

/* --- one cycle ------------------------------------------------------------------------------- */

static void
end_cycle (PlanciaModbusPoller *self)
{
  g_clear_pointer (&self->cycle, plancia_modbus_cycle_free);
  self->current = NULL;
}

static void
tell_readings (PlanciaModbusPoller *self)
{
  PlanciaReadings *readings = plancia_modbus_cycle_take (self->cycle);

  self->told_at = plancia_clock_monotonic ();
  if (readings != NULL)
    plancia_modbus_poller_tell (self, plancia_news_new_readings (readings));
}

static void
begin_cycle (PlanciaModbusPoller *self, PlanciaModbusUnit *unit, gint64 now)
{
  guint    polls = plancia_modbus_schedule_take (unit, self->interval, now);
  gboolean slow = (polls & 1u << PLANCIA_POLL_SLOW) != 0;
  g_autoptr (GPtrArray) fields = plancia_modbus_unit_select (unit, polls);

  self->current = unit;
  self->cycle = plancia_modbus_cycle_new (unit,
                                          fields,
                                          slow || unit->cycles == 0 ? PLANCIA_TROUBLED_ALONE
                                                                    : PLANCIA_TROUBLED_NOT);
  self->cycle_once = (polls & 1u << PLANCIA_POLL_ONCE) != 0;
  self->told_at = now;
}

static void
tell_learnt (PlanciaModbusPoller *self, PlanciaModbusUnit *unit)
{
  PlanciaLearnt *learnt =
    plancia_modbus_unit_take_learnt (unit,
                                     plancia_modbus_line_get_framing (self->line),
                                     plancia_modbus_line_get_adapter (self->line));
  PlanciaNews *news;

  if (learnt == NULL)
    return;
  news = plancia_news_new (PLANCIA_NEWS_LEARNT);
  news->device = g_strdup (unit->id);
  news->learnt = learnt;
  plancia_modbus_poller_tell (self, news);
}

static void
finish_cycle (PlanciaModbusPoller *self)
{
  PlanciaModbusUnit *unit = self->current;
  const GError      *error = plancia_modbus_cycle_get_error (self->cycle);

  tell_readings (self);
  if (plancia_modbus_cycle_is_broken (self->cycle)) {
    unit->rotation++;
    plancia_modbus_poller_note (self, unit, error);
  } else if (plancia_modbus_cycle_get_good (self->cycle) > 0) {
    if (plancia_modbus_cycle_is_suspect (self->cycle))
      note_suspicion (self, unit, error);
    else
      plancia_modbus_poller_note (self, unit, NULL);
    unit->cycles++;
    unit->once_pending &= !self->cycle_once;
  } else if (plancia_modbus_cycle_get_refused (self->cycle) > 0) {
    plancia_modbus_poller_note (self, unit, error);
  }
  self->skipped += plancia_modbus_schedule_skip (unit, self->interval);
  tell_learnt (self, unit);
  end_cycle (self);
}

static void
continue_cycle (PlanciaModbusPoller *self)
{
  if (!plancia_modbus_cycle_step (self->cycle, self->line, self->stop)) {
    finish_cycle (self);
    return;
  }
  if (plancia_clock_monotonic () >= self->told_at + TELL_INTERVAL)
    tell_readings (self);
  if (plancia_modbus_cycle_is_suspect (self->cycle))
    note_suspicion (self, self->current, plancia_modbus_cycle_get_error (self->cycle));
  else if (plancia_modbus_cycle_get_good (self->cycle) > 0)
    plancia_modbus_poller_note (self, self->current, NULL);
}

/* --- detection ------------------------------------------------------------------------------- */

static gboolean
needs_map (PlanciaModbusUnit *unit)
{
  return unit->map == NULL && !unit->hopeless;
}

static void
take_map (PlanciaModbusPoller *self, PlanciaModbusUnit *unit, const PlanciaModbusFinding *finding)
{
  PlanciaNews *news = plancia_news_new (PLANCIA_NEWS_MAP_CHOSEN);

  plancia_modbus_unit_set_map (unit, finding->map);
  news->device = g_strdup (unit->id);
  news->map = g_strdup (plancia_map_get_id (finding->map));
  news->evidence = g_strdup (finding->evidence);
  plancia_modbus_poller_tell (self, news);
}

static gboolean
detect_map (PlanciaModbusPoller *self,
            PlanciaModbusUnit   *unit,
            GCancellable        *cancellable,
            GError             **error)
{
  g_auto (PlanciaModbusFinding) finding = {0};
  g_autoptr (GError) local = NULL;

  if (plancia_modbus_detect (self->line, unit->unit, &finding, cancellable, &local)) {
    take_map (self, unit, &finding);
    plancia_modbus_poller_note (self, unit, NULL);
    return TRUE;
  }
  /* It answered, but not with a name that we know: asking again would not change that. */
  unit->hopeless = g_error_matches (local, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP);
  plancia_modbus_poller_note (self, unit, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- the timer ------------------------------------------------------------------------------- */

static gboolean
is_asleep (PlanciaModbusPoller *self)
{
  return !self->opened || !self->polling || plancia_modbus_line_is_taken_over (self->line) ||
         g_cancellable_is_cancelled (self->stop) || g_cancellable_is_cancelled (self->closing);
}

static PlanciaModbusUnit *
find_next_unit (PlanciaModbusPoller *self)
{
  PlanciaModbusUnit *next = NULL;

  if (self->current != NULL)
    return self->current;
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    if (!unit->hopeless && (next == NULL || unit->due_fast < next->due_fast))
      next = unit;
  }
  return next;
}

static gboolean
reconnect (PlanciaModbusPoller *self)
{
  g_autoptr (GError) local = NULL;

  if (self->connected)
    return TRUE;
  if (plancia_modbus_line_open (self->line, self->closing, self->stop, &local)) {
    self->connected = TRUE;
    note_connection (self, NULL);
    plancia_modbus_poller_update (self);
    return TRUE;
  }
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    note_connection (self, local);
  plancia_modbus_poller_update (self);
  return FALSE;
}

/* When something is to be done, monotonic ms; G_MAXINT64: never. Does it if that is now. */
static gint64
do_next (PlanciaModbusPoller *self)
{
  gint64             now = plancia_clock_monotonic ();
  PlanciaModbusUnit *unit = find_next_unit (self);
  gint64             turn;

  if (is_asleep (self))
    return G_MAXINT64;
  if (now < self->retry_at)
    return self->retry_at;
  if (!reconnect (self))
    return is_asleep (self) ? G_MAXINT64 : self->retry_at;
  if (unit == NULL)
    return G_MAXINT64;
  if (self->cycle == NULL && now < unit->due_fast)
    return unit->due_fast;
  turn = plancia_modbus_line_get_turn (self->line, plancia_modbus_unit_get_interval (unit));
  if (now < turn)
    return turn;

  if (self->cycle == NULL && !unit->checked && plancia_modbus_line_is_panel (self->line)) {
    plancia_modbus_panel_check (self, unit, self->stop, NULL);
    return now;
  }
  if (self->cycle == NULL && needs_map (unit)) {
    detect_map (self, unit, self->stop, NULL);
    return now;
  }
  if (self->cycle == NULL)
    begin_cycle (self, unit, now);
  continue_cycle (self);
  return now;
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  PlanciaModbusPoller *self = user_data;
  gint64               next = do_next (self);

  g_source_set_ready_time (self->timer, next == G_MAXINT64 ? -1 : next * 1000);
  return G_SOURCE_CONTINUE;
}

static void
wake (PlanciaModbusPoller *self)
{
  g_source_set_ready_time (self->timer, 0);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * plancia_modbus_poller_new:
 * @context: of the worker
 * @line: (transfer full)
 * @news: for PlanciaNews
 * @stop: the worker's cancellable
 *
 * Main thread; from then on the worker's. (transfer full)
 */
PlanciaModbusPoller *
plancia_modbus_poller_new (GMainContext      *context,
                           PlanciaModbusLine *line,
                           PlanciaMailbox    *news,
                           GCancellable      *stop)
{
  static GSourceFuncs  functions = {.dispatch = timer_dispatch};
  PlanciaModbusPoller *self = g_new0 (PlanciaModbusPoller, 1);

  self->line = line;
  self->news = plancia_mailbox_ref (news);
  self->stop = g_object_ref (stop);
  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_modbus_unit_free);
  self->interval = 2000;
  self->timer = g_source_new (&functions, sizeof (GSource));
  /* Behind what people ask for. */
  g_source_set_priority (self->timer, G_PRIORITY_DEFAULT + 50);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, context);
  return self;
}

/**
 * plancia_modbus_poller_free:
 *
 * Main thread, when the worker has been joined.
 */
void
plancia_modbus_poller_free (PlanciaModbusPoller *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  end_cycle (self);
  g_ptr_array_unref (self->units);
  plancia_modbus_line_free (self->line);
  plancia_mailbox_unref (self->news);
  g_clear_object (&self->closing);
  g_clear_error (&self->connection_error);
  g_clear_error (&self->told_error);
  g_object_unref (self->stop);
  g_free (self);
}

PlanciaModbusLine *
plancia_modbus_poller_get_line (PlanciaModbusPoller *self)
{
  return self->line;
}

GCancellable *
plancia_modbus_poller_get_stop (PlanciaModbusPoller *self)
{
  return self->stop;
}

/**
 * plancia_modbus_poller_add:
 * @unit: (transfer full): takes the place of one of the same id
 */
void
plancia_modbus_poller_add (PlanciaModbusPoller *self, PlanciaModbusUnit *unit)
{
  plancia_modbus_poller_remove (self, unit->id);
  g_ptr_array_add (self->units, unit);
  wake (self);
}

void
plancia_modbus_poller_remove (PlanciaModbusPoller *self, const char *device)
{
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    if (!g_str_equal (unit->id, device))
      continue;
    if (self->current == unit)
      end_cycle (self);
    g_ptr_array_remove_index (self->units, i);
    break;
  }
  plancia_modbus_poller_update (self);
}

PlanciaModbusUnit *
plancia_modbus_poller_get_unit (PlanciaModbusPoller *self, const char *device)
{
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    if (g_str_equal (unit->id, device))
      return unit;
  }
  return NULL;
}

PlanciaModbusUnit *
plancia_modbus_poller_find (PlanciaModbusPoller *self, const char *device, GError **error)
{
  PlanciaModbusUnit *unit = plancia_modbus_poller_get_unit (self, device);

  if (unit == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no device %s", device);
  else if (unit->map == NULL)
    g_set_error (error,
                 PLANCIA_DEVICE_ERROR,
                 PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
                 "unit %d has no register map",
                 unit->unit);
  return unit != NULL && unit->map != NULL ? unit : NULL;
}

/**
 * plancia_modbus_poller_set_polling:
 * @interval: ms between two cycles of the fast fields
 */
void
plancia_modbus_poller_set_polling (PlanciaModbusPoller *self, gboolean polling, guint interval)
{
  self->polling = polling;
  self->interval = MAX (interval, 10);
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    unit->due_fast = unit->due_normal = unit->due_slow = 0;
  }
  wake (self);
}

static void
reset_units (PlanciaModbusPoller *self)
{
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);

    unit->hopeless = unit->checked = FALSE;
    unit->once_pending = TRUE;
    unit->attempts = unit->cycles = 0;
    unit->due_fast = unit->due_normal = unit->due_slow = 0;
  }
}

/* The first failure of the way; that a device is unknown is told for itself. */
static gboolean
detect_missing (PlanciaModbusPoller *self, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->units->len; i++) {
    PlanciaModbusUnit *unit = g_ptr_array_index (self->units, i);
    g_autoptr (GError) local = NULL;

    if (!needs_map (unit) || detect_map (self, unit, cancellable, &local))
      continue;
    if (self->units->len == 1 && !unit->hopeless) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_modbus_poller_open:
 *
 * Blocking. After a failure it goes on trying if it is to poll; otherwise it is closed again.
 */
gboolean
plancia_modbus_poller_open (PlanciaModbusPoller *self,
                            guint                epoch,
                            GCancellable        *closing,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_autoptr (GError) local = NULL;

  if (!self->opened || self->epoch != epoch)
    reset_units (self);
  self->epoch = epoch;
  self->opened = TRUE;
  self->told_quality = 0;
  g_set_object (&self->closing, closing);
  self->connected = plancia_modbus_line_open (self->line, closing, cancellable, &local);
  note_connection (self, local);
  if (self->connected && detect_missing (self, cancellable, &local)) {
    plancia_modbus_poller_update (self);
    wake (self);
    return TRUE;
  }
  if (self->polling && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    plancia_modbus_poller_update (self);
    wake (self);
  } else {
    plancia_modbus_line_close (self->line);
    self->opened = self->connected = FALSE;
    tell_state (self, PLANCIA_STATE_CLOSED, local);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * plancia_modbus_poller_close:
 *
 * See the header.
 */
void
plancia_modbus_poller_close (PlanciaModbusPoller *self, guint epoch)
{
  end_cycle (self);
  plancia_modbus_line_close (self->line);
  note_connection (self, NULL);
  for (guint i = 0; i < self->units->len; i++)
    forget_failure (self, g_ptr_array_index (self->units, i));
  self->opened = self->connected = FALSE;
  self->epoch = epoch;
  self->told_quality = 0;
  tell_state (self, PLANCIA_STATE_CLOSED, NULL);
}
