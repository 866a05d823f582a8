/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-select.h"

#include "model/console-export.h"
#include <string.h>

/* ms between two steps while the pointer is above or below the view, and how fast it goes. */
#define SCROLL_TIME  30
#define SCROLL_SPEED 0.5

typedef struct
{
  guint64 line;
  guint   byte;
} Place;

struct _PlanciaConsoleSelect
{
  PlanciaConsoleView *view; /* whose it is */
  Place               anchor;
  Place               cursor;
  GtkGesture         *drag;
  double              x; /* of the pointer */
  double              y;
  guint               scroll_id;
};

/* --- places --------------------------------------------------------------------------------------- */

static int
compare (Place a, Place b)
{
  if (a.line != b.line)
    return a.line < b.line ? -1 : 1;
  return (a.byte > b.byte) - (a.byte < b.byte);
}

static Place
earlier (PlanciaConsoleSelect *self)
{
  return compare (self->anchor, self->cursor) <= 0 ? self->anchor : self->cursor;
}

static Place
later (PlanciaConsoleSelect *self)
{
  return compare (self->anchor, self->cursor) <= 0 ? self->cursor : self->anchor;
}

static gboolean
hit (PlanciaConsoleSelect *self, double x, double y, Place *place)
{
  return plancia_console_view_hit (self->view, x, y, &place->line, &place->byte);
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.' || c == '-' || (c & 0x80) != 0;
}

static void
select_word (PlanciaConsoleSelect *self, Place at)
{
  const char *text = plancia_console_view_peek_line (self->view, at.line);
  guint       length = text ? (guint) strlen (text) : 0, start = MIN (at.byte, length), end = start;

  while (start > 0 && is_word (text[start - 1]))
    start--;
  while (end < length && is_word (text[end]))
    end++;
  self->anchor = (Place){at.line, start};
  self->cursor = (Place){at.line, end};
}

static void
select_line (PlanciaConsoleSelect *self, Place at)
{
  self->anchor = (Place){at.line, 0};
  self->cursor = (Place){at.line, G_MAXUINT};
}

/* --- the pointer ----------------------------------------------------------------------------------- */

static void
pressed_cb (PlanciaConsoleSelect *self, int n_press, double x, double y)
{
  Place at;

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (!hit (self, x, y, &at))
    return;
  if (n_press == 2)
    select_word (self, at);
  else if (n_press == 3)
    select_line (self, at);
  else
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self->view));
}

static void
drag_begin_cb (PlanciaConsoleSelect *self, double x, double y)
{
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (self->drag));
  Place at;

  if (hit (self, x, y, &at))
    plancia_console_select_set (self, at.line, at.byte, (state & GDK_SHIFT_MASK) != 0);
}

static void
follow_pointer (PlanciaConsoleSelect *self)
{
  Place at;

  if (hit (self, self->x, self->y, &at))
    plancia_console_select_set (self, at.line, at.byte, TRUE);
}

static gboolean
scroll_cb (gpointer user_data)
{
  PlanciaConsoleSelect *self = user_data;
  double                height = gtk_widget_get_height (GTK_WIDGET (self->view));
  double                beyond = self->y < 0 ? self->y : self->y > height ? self->y - height : 0;

  plancia_console_view_scroll_by (self->view, beyond * SCROLL_SPEED);
  follow_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
drag_update_cb (PlanciaConsoleSelect *self, double dx, double dy)
{
  double height = gtk_widget_get_height (GTK_WIDGET (self->view)), x = 0, y = 0;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (self->drag), &x, &y);
  self->x = x + dx;
  self->y = y + dy;
  follow_pointer (self);
  if (self->y >= 0 && self->y <= height)
    g_clear_handle_id (&self->scroll_id, g_source_remove);
  else if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add (SCROLL_TIME, scroll_cb, self);
}

static void
drag_end_cb (PlanciaConsoleSelect *self)
{
  g_clear_handle_id (&self->scroll_id, g_source_remove);
}

/**
 * plancia_console_select_new:
 * @view: gets the gestures
 *
 * Returns: (transfer full): nothing selected
 */
PlanciaConsoleSelect *
plancia_console_select_new (PlanciaConsoleView *view)
{
  PlanciaConsoleSelect *self = g_new0 (PlanciaConsoleSelect, 1);
  GtkGesture           *click = gtk_gesture_click_new ();

  self->view = view;
  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (self->drag));
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
  /* A drag does not deny a double click. */
  gtk_gesture_group (self->drag, click);
  return self;
}

/**
 * plancia_console_select_free:
 *
 * Takes the gestures from the view.
 */
void
plancia_console_select_free (PlanciaConsoleSelect *self)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->view));

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    g_signal_handlers_disconnect_by_data (controller, self);
  }
  g_object_unref (controllers);
  g_free (self);
}

/**
 * plancia_console_select_clear:
 */
void
plancia_console_select_clear (PlanciaConsoleSelect *self)
{
  self->cursor = self->anchor;
  gtk_widget_queue_allocate (GTK_WIDGET (self->view));
}

/**
 * plancia_console_select_set:
 * @extend: whether what was selected goes on up to here
 */
void
plancia_console_select_set (PlanciaConsoleSelect *self, guint64 line, guint byte, gboolean extend)
{
  self->cursor = (Place){line, byte};
  if (!extend)
    self->anchor = self->cursor;
  gtk_widget_queue_allocate (GTK_WIDGET (self->view));
}

/**
 * plancia_console_select_is_empty:
 *
 * Returns: whether there is nothing to copy
 */
gboolean
plancia_console_select_is_empty (PlanciaConsoleSelect *self)
{
  return compare (self->anchor, self->cursor) == 0;
}

/**
 * plancia_console_select_get_range:
 * @line: number
 */
void
plancia_console_select_get_range (PlanciaConsoleSelect *self,
                                  guint64               line,
                                  guint                *start,
                                  guint                *end)
{
  Place from = earlier (self), to = later (self);

  *start = *end = 0;
  if (line < from.line || line > to.line || compare (from, to) == 0)
    return;
  *start = line == from.line ? from.byte : 0;
  *end = line == to.line ? to.byte : G_MAXUINT;
}

/* --- copying ---------------------------------------------------------------------------------------- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) view = user_data;
  g_autofree char *text =
    plancia_console_copy_finish (PLANCIA_CONSOLE_BUFFER (source), result, NULL);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (view), text);
}

/* What was selected is copied, also what a filter hides. */
static void
copy (PlanciaConsoleSelect *self, guint64 first, guint64 end, gsize skip, gsize stop)
{
  PlanciaConsoleBuffer *lines = plancia_console_view_get_lines (self->view);

  if (lines != NULL)
    plancia_console_copy_async (lines,
                                plancia_console_view_get_format (self->view),
                                first,
                                end,
                                skip,
                                stop,
                                NULL,
                                copied_cb,
                                g_object_ref (self->view));
}

/**
 * plancia_console_select_copy:
 */
void
plancia_console_select_copy (PlanciaConsoleSelect *self)
{
  Place from = earlier (self), to = later (self);

  if (!plancia_console_select_is_empty (self))
    copy (self, from.line, to.line + 1, from.byte, to.byte == G_MAXUINT ? G_MAXSIZE : to.byte);
}

/**
 * plancia_console_select_copy_all:
 */
void
plancia_console_select_copy_all (PlanciaConsoleSelect *self)
{
  copy (self, 0, G_MAXUINT64, 0, G_MAXSIZE);
}
