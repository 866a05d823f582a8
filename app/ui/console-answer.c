/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-answer.h"

#include "base/clock.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <string.h>

#define TERMINATION '\n'

struct _PlanciaConsoleAnswer
{
  GtkBox parent_instance;

  GtkLabel           *text;
  GtkLabel           *time;
  GtkWidget          *copy;
  PlanciaConsoleFeed *feed; /* that is asked; NULL: none */
  gint64              since;
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleAnswer, plancia_console_answer, GTK_TYPE_BOX)

static void
let_go (PlanciaConsoleAnswer *self)
{
  if (self->feed)
    g_signal_handlers_disconnect_by_data (plancia_console_feed_get_player (self->feed), self);
  g_clear_object (&self->feed);
}

/* Up to the termination character, as VISA reads, without the line ending. */
static char *
dup_answer (PlanciaConsoleFeed *feed)
{
  g_autoptr (GBytes)
    heard = plancia_console_player_dup_heard (plancia_console_feed_get_player (feed));
  gsize       length = g_bytes_get_size (heard);
  const char *data = g_bytes_get_data (heard, NULL);
  const char *end = length > 0 ? memchr (data, TERMINATION, length) : NULL;
  g_autoptr (GBytes) answer = NULL;

  if (end != NULL)
    length = (gsize) (end - data);
  while (length > 0 && (data[length - 1] == '\n' || data[length - 1] == '\r'))
    length--;
  answer = g_bytes_new_from_bytes (heard, 0, length);
  return plancia_console_text (answer, NULL);
}

static void
ended_cb (PlanciaConsoleAnswer *self, int outcome)
{
  g_autofree char *answer = dup_answer (self->feed);
  g_autofree char *time = g_strdup_printf ("%d\302\240ms",
                                           (int) (plancia_clock_monotonic () - self->since));
  gboolean         well = outcome == PLANCIA_CONSOLE_PLAYED;

  let_go (self);
  gtk_label_set_text (self->text, well || answer[0] ? answer : _ ("No answer"));
  gtk_label_set_text (self->time, well ? time : _ ("time-out"));
  gtk_widget_set_visible (self->copy, answer[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
copy_cb (PlanciaConsoleAnswer *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->text));
}

static void
plancia_console_answer_dispose (GObject *object)
{
  let_go (PLANCIA_CONSOLE_ANSWER (object));
  G_OBJECT_CLASS (plancia_console_answer_parent_class)->dispose (object);
}

static void
plancia_console_answer_class_init (PlanciaConsoleAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_console_answer_dispose;
}

static GtkWidget *
add_button (PlanciaConsoleAnswer *self, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkLabel *
add_label (PlanciaConsoleAnswer *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
plancia_console_answer_init (PlanciaConsoleAnswer *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "answer");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->text = add_label (self, "mono");
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_selectable (self->text, TRUE);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  self->time = add_label (self, "dim-label");
  self->copy = add_button (self, "edit-copy-symbolic", _ ("Copy the answer"), G_CALLBACK (copy_cb));
  add_button (self,
              "window-close-symbolic",
              _ ("Close the answer"), G_CALLBACK (plancia_console_answer_clear));
}

/**
 * plancia_console_answer_ask:
 * @feed: whose device is asked
 * @question: what is sent
 */
void
plancia_console_answer_ask (PlanciaConsoleAnswer *self, PlanciaConsoleFeed *feed, GBytes *question)
{
  PlanciaConsolePlayer *player = plancia_console_feed_get_player (feed);
  guint limit = g_settings_get_uint (plancia_settings_get (), "console-query-limit");

  plancia_console_player_stop (player);
  plancia_console_answer_clear (self);
  self->feed = g_object_ref (feed);
  self->since = plancia_clock_monotonic ();
  g_signal_connect_swapped (player, "ended", G_CALLBACK (ended_cb), self);
  plancia_console_player_play (player,
                               plancia_console_steps_of_query (question, TERMINATION, limit));
}

/**
 * plancia_console_answer_clear:
 */
void
plancia_console_answer_clear (PlanciaConsoleAnswer *self)
{
  let_go (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
