/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-player.h"

#include "base/signal-new.h"

/* Of what was heard only so much is looked through. */
#define HEARD_LIMIT 65536

struct _PlanciaConsolePlayer
{
  GObject parent_instance;

  GArray     *steps; /* NULL: not running */
  guint       at;
  guint      *rounds; /* of each step: times a repeat went back */
  gboolean    sending;
  guint       timer_id;
  GByteArray *heard;
};

enum {
  SIGNAL_SEND,
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsolePlayer, plancia_console_player, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void go_on (PlanciaConsolePlayer *self);

static const PlanciaConsoleStep *
get_step (PlanciaConsolePlayer *self)
{
  return &g_array_index (self->steps, PlanciaConsoleStep, self->at);
}

static void
end (PlanciaConsolePlayer *self, PlanciaConsoleOutcome outcome)
{
  if (self->steps == NULL)
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->rounds, g_free);
  self->sending = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, outcome);
}

static gboolean
timer_cb (gpointer user_data)
{
  PlanciaConsolePlayer     *self = user_data;
  const PlanciaConsoleStep *step = get_step (self);

  self->timer_id = 0;
  if (step->kind == PLANCIA_CONSOLE_STEP_EXPECT && step->must) {
    end (self, PLANCIA_CONSOLE_TIMED_OUT);
    return G_SOURCE_REMOVE;
  }
  self->at++;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static gboolean
heard_it (PlanciaConsolePlayer *self, const PlanciaConsoleStep *step)
{
  return g_regex_match_full (step->regex,
                             (const char *) self->heard->data,
                             (gssize) self->heard->len,
                             0,
                             0,
                             NULL,
                             NULL);
}

/* What came before something is sent answers nothing. */
static void
begin_send (PlanciaConsolePlayer *self, const PlanciaConsoleStep *step)
{
  g_byte_array_set_size (self->heard, 0);
  self->sending = TRUE;
  g_signal_emit (self, signals[SIGNAL_SEND], 0, step->bytes);
}

static void
repeat (PlanciaConsolePlayer *self, const PlanciaConsoleStep *step)
{
  if (self->rounds[self->at] + 1 < step->count) {
    self->rounds[self->at]++;
    self->at = step->target;
  } else {
    self->rounds[self->at] = 0;
    self->at++;
  }
}

/* Returns: whether the next step can begin at once */
static gboolean
begin_step (PlanciaConsolePlayer *self)
{
  const PlanciaConsoleStep *step = get_step (self);

  switch (step->kind) {
  case PLANCIA_CONSOLE_STEP_SEND:
    begin_send (self, step);
    return FALSE;
  case PLANCIA_CONSOLE_STEP_REPEAT:
    repeat (self, step);
    return TRUE;
  case PLANCIA_CONSOLE_STEP_EXPECT:
    if (self->heard->len > 0 && heard_it (self, step)) {
      self->at++;
      return TRUE;
    }
    self->timer_id = g_timeout_add (step->ms, timer_cb, self);
    return FALSE;
  case PLANCIA_CONSOLE_STEP_WAIT:
  default:
    self->timer_id = g_timeout_add (step->ms, timer_cb, self);
    return FALSE;
  }
}

static void
go_on (PlanciaConsolePlayer *self)
{
  g_autoptr (PlanciaConsolePlayer) kept = g_object_ref (self);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  while (self->steps != NULL && self->at < self->steps->len)
    if (!begin_step (self))
      return;
  end (self, PLANCIA_CONSOLE_PLAYED);
}

/* --- GObject --------------------------------------------------------------------------------------- */

static void
plancia_console_player_finalize (GObject *object)
{
  PlanciaConsolePlayer *self = PLANCIA_CONSOLE_PLAYER (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self->rounds);
  g_byte_array_unref (self->heard);
  G_OBJECT_CLASS (plancia_console_player_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, GType type)
{
  return plancia_signal_new (PLANCIA_TYPE_CONSOLE_PLAYER, name, type == G_TYPE_NONE ? 0 : 1, type);
}

static void
plancia_console_player_class_init (PlanciaConsolePlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_console_player_finalize;

  signals[SIGNAL_SEND] = add_signal ("send", G_TYPE_BYTES);
  signals[SIGNAL_CHANGED] = add_signal ("changed", G_TYPE_NONE);
  signals[SIGNAL_ENDED] = add_signal ("ended", G_TYPE_INT);
}

static void
plancia_console_player_init (PlanciaConsolePlayer *self)
{
  self->heard = g_byte_array_new ();
}

/**
 * plancia_console_player_new:
 *
 * Returns: (transfer full): a player that is still
 */
PlanciaConsolePlayer *
plancia_console_player_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_PLAYER, NULL);
}

/**
 * plancia_console_player_play:
 * @steps: (transfer full) (element-type PlanciaConsoleStep)
 */
void
plancia_console_player_play (PlanciaConsolePlayer *self, GArray *steps)
{
  plancia_console_player_stop (self);
  self->steps = steps;
  self->rounds = g_new0 (guint, steps->len);
  self->at = 0;
  g_byte_array_set_size (self->heard, 0);
  go_on (self);
}

/**
 * plancia_console_player_stop:
 */
void
plancia_console_player_stop (PlanciaConsolePlayer *self)
{
  end (self, PLANCIA_CONSOLE_STOPPED);
}

/**
 * plancia_console_player_sent:
 * @well: whether the port took it
 */
void
plancia_console_player_sent (PlanciaConsolePlayer *self, gboolean well)
{
  if (self->steps == NULL || !self->sending)
    return;
  self->sending = FALSE;
  if (!well) {
    end (self, PLANCIA_CONSOLE_NOT_SENT);
    return;
  }
  self->at++;
  go_on (self);
}

/**
 * plancia_console_player_hear:
 * @bytes: received
 */
void
plancia_console_player_hear (PlanciaConsolePlayer *self, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (self->steps == NULL)
    return;
  g_byte_array_append (self->heard, data, (guint) length);
  if (self->heard->len > HEARD_LIMIT)
    g_byte_array_remove_range (self->heard, 0, self->heard->len - HEARD_LIMIT);
  if (self->sending || get_step (self)->kind != PLANCIA_CONSOLE_STEP_EXPECT ||
      !heard_it (self, get_step (self)))
    return;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->at++;
  go_on (self);
}

/**
 * plancia_console_player_is_running:
 *
 * Returns: whether it plays
 */
gboolean
plancia_console_player_is_running (PlanciaConsolePlayer *self)
{
  return self->steps != NULL;
}

/**
 * plancia_console_player_get_progress:
 *
 * Returns: 0 to 1
 */
double
plancia_console_player_get_progress (PlanciaConsolePlayer *self)
{
  return self->steps != NULL && self->steps->len > 0 ? (double) self->at / self->steps->len : 0;
}

/**
 * plancia_console_player_dup_heard:
 *
 * Returns: (transfer full): what the device said since something was sent
 */
GBytes *
plancia_console_player_dup_heard (PlanciaConsolePlayer *self)
{
  return g_bytes_new (self->heard->data, self->heard->len);
}
