/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-buffer.h"

#include "base/clock.h"
#include "ui/error-text.h"
#include <glib/gi18n.h>
#include <string.h>

#define KEY "plancia-console-buffer"

struct _PlanciaConsoleBuffer
{
  GObject parent_instance;

  PlanciaConsoleLines *cutter;
  GPtrArray           *lines; /* PlanciaConsoleLine */
  guint64              first;
  guint                idle_id;

  char        *port; /* "/dev/ttyACM0" */
  gboolean     connext;
  PlanciaState state; /* of the backend when it was last looked at */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleBuffer, plancia_console_buffer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- lines ------------------------------------------------------------------------------------ */

static gboolean
emit_changed_cb (gpointer user_data)
{
  PlanciaConsoleBuffer *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
queue_changed (PlanciaConsoleBuffer *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, emit_changed_cb, self, NULL);
}

static void
trim (PlanciaConsoleBuffer *self)
{
  guint surplus;

  if (self->lines->len <= PLANCIA_CONSOLE_LINES + PLANCIA_CONSOLE_LINES / 10)
    return;

  surplus = self->lines->len - PLANCIA_CONSOLE_LINES;
  g_ptr_array_remove_range (self->lines, 0, surplus);
  self->first += surplus;
}

/* --- what the port does ------------------------------------------------------------------------ */

/* Each time: a second supply can damage it. */
static void
warn_of_power (PlanciaConsoleBuffer *self)
{
  if (self->connext)
    plancia_console_buffer_notice (
      self,
      _ ("Do not power the CONNEXT from USB and from the inverter together"));
}

static void
say_not_opened (PlanciaConsoleBuffer *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (!error)
    return;

  /* Translators: a serial port could not be opened: its name and why. */
  text = g_strdup_printf (_ ("%s is not open: %s"), self->port, plancia_error_text (error));
  plancia_console_buffer_notice (self, text);
}

/* That it opened, closed or is gone the backend says itself. */
static void
state_changed_cb (PlanciaConsoleBuffer *self, PlanciaBackend *backend)
{
  PlanciaState before = self->state;

  self->state = plancia_backend_get_state (backend);
  if (self->state == before)
    return;

  if (self->state == PLANCIA_STATE_OPEN)
    warn_of_power (self);
  else if (before == PLANCIA_STATE_OPENING)
    say_not_opened (self, plancia_backend_get_error (backend));
}

static void
console_cb (PlanciaConsoleBuffer *self, gint64 time, int direction, GBytes *bytes)
{
  plancia_console_buffer_feed (self, time, (PlanciaConsoleDirection) direction, bytes);
}

static void
follow_backend (PlanciaConsoleBuffer *self, PlanciaBackend *backend)
{
  self->state = plancia_backend_get_state (backend);
  if (self->state == PLANCIA_STATE_OPEN)
    warn_of_power (self);
  g_signal_connect_object (backend, "console", G_CALLBACK (console_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend,
                           "state-changed",
                           G_CALLBACK (state_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/* --- GObject ----------------------------------------------------------------------------------- */

static void
plancia_console_buffer_dispose (GObject *object)
{
  PlanciaConsoleBuffer *self = PLANCIA_CONSOLE_BUFFER (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);

  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->dispose (object);
}

static void
plancia_console_buffer_finalize (GObject *object)
{
  PlanciaConsoleBuffer *self = PLANCIA_CONSOLE_BUFFER (object);

  plancia_console_lines_free (self->cutter);
  g_ptr_array_unref (self->lines);
  g_free (self->port);

  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->finalize (object);
}

static void
plancia_console_buffer_class_init (PlanciaConsoleBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_buffer_dispose;
  object_class->finalize = plancia_console_buffer_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          PLANCIA_TYPE_CONSOLE_BUFFER,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
plancia_console_buffer_init (PlanciaConsoleBuffer *self)
{
  self->cutter = plancia_console_lines_new ();
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_line_free);
}

/**
 * plancia_console_buffer_of:
 * @backend: a console
 * @address: its address
 *
 * Returns: (transfer none): the buffer, which belongs to the backend
 */
PlanciaConsoleBuffer *
plancia_console_buffer_of (PlanciaBackend *backend, PlanciaAddress *address)
{
  PlanciaConsoleBuffer *self = g_object_get_data (G_OBJECT (backend), KEY);

  if (self != NULL)
    return self;

  self = g_object_new (PLANCIA_TYPE_CONSOLE_BUFFER, NULL);
  self->port = g_strdup (plancia_address_get_device (address));
  self->connext = plancia_address_get_kind (address) == PLANCIA_ADDRESS_CONNEXT;
  g_object_set_data_full (G_OBJECT (backend), KEY, self, g_object_unref);
  follow_backend (self, backend);

  return self;
}

/**
 * plancia_console_buffer_get_first:
 *
 * Returns: number of the oldest line that is kept
 */
guint64
plancia_console_buffer_get_first (PlanciaConsoleBuffer *self)
{
  return self->first;
}

/**
 * plancia_console_buffer_get_end:
 *
 * Returns: number of the line that will come next
 */
guint64
plancia_console_buffer_get_end (PlanciaConsoleBuffer *self)
{
  return self->first + self->lines->len;
}

/**
 * plancia_console_buffer_get_line:
 * @number: from first to before end
 *
 * Returns: (transfer none): the line
 */
const PlanciaConsoleLine *
plancia_console_buffer_get_line (PlanciaConsoleBuffer *self, guint64 number)
{
  g_return_val_if_fail (number >= self->first, NULL);
  g_return_val_if_fail (number - self->first < self->lines->len, NULL);

  return g_ptr_array_index (self->lines, number - self->first);
}

/**
 * plancia_console_buffer_feed:
 * @time: ms UTC of arrival
 * @bytes: any number of them
 */
void
plancia_console_buffer_feed (PlanciaConsoleBuffer   *self,
                             gint64                  time,
                             PlanciaConsoleDirection direction,
                             GBytes                 *bytes)
{
  gboolean continues = FALSE;
  g_autoptr (GPtrArray)
    lines = plancia_console_lines_feed (self->cutter, direction, time, bytes, &continues);

  if (continues && self->lines->len > 0)
    g_ptr_array_remove_index (self->lines, self->lines->len - 1);
  g_ptr_array_extend_and_steal (self->lines, g_steal_pointer (&lines));
  trim (self);
  queue_changed (self);
}

/**
 * plancia_console_buffer_notice:
 * @sentence: translated, without a line break
 */
void
plancia_console_buffer_notice (PlanciaConsoleBuffer *self, const char *sentence)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sentence, strlen (sentence));

  plancia_console_buffer_feed (self, plancia_clock_now (), PLANCIA_CONSOLE_NOTICE, bytes);
}

/**
 * plancia_console_buffer_clear:
 *
 * The numbers go on, so that a view sees that its lines are gone.
 */
void
plancia_console_buffer_clear (PlanciaConsoleBuffer *self)
{
  self->first += self->lines->len;
  g_ptr_array_set_size (self->lines, 0);
  plancia_console_lines_free (self->cutter);
  self->cutter = plancia_console_lines_new ();
  queue_changed (self);
}

/**
 * plancia_console_buffer_asks_secret:
 *
 * Returns: %TRUE if the last line received has no end yet and speaks of a password
 */
gboolean
plancia_console_buffer_asks_secret (PlanciaConsoleBuffer *self)
{
  const PlanciaConsoleLine *line = self->lines->len > 0
                                     ? g_ptr_array_index (self->lines, self->lines->len - 1)
                                     : NULL;
  g_autofree char          *text = NULL;
  g_autofree char          *folded = NULL;

  if (line == NULL || line->direction != PLANCIA_CONSOLE_RECEIVED || line->complete)
    return FALSE;

  text = plancia_console_text (line->bytes, NULL);
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, "password") != NULL || strstr (folded, "passphrase") != NULL;
}
