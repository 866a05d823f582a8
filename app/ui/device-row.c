/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-row.h"

#include "ui/device-words.h"
#include "ui/figure.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>

/* The second line begins under the name. */
#define BELOW_START  39
#define BELOW_END    12
#define BELOW_BOTTOM 9

struct _PlanciaDeviceRow
{
  AdwActionRow parent_instance;

  PlanciaSession *session;
  GTimeZone      *zone;
  PlanciaDevice  *device;

  GtkWidget *icon;
  GtkWidget *middle;
  GtkWidget *below; /* a second line in narrow lists; made on demand */
  GtkWidget *value;
  GtkWidget *note;
  GtkWidget *mark;
};

G_DEFINE_FINAL_TYPE (PlanciaDeviceRow, plancia_device_row, ADW_TYPE_ACTION_ROW)

/* Old values stay readable, dimmed, and say that they are old. */
static void
show_value (PlanciaDeviceRow *self)
{
  const char      *text = plancia_device_get_value_text (self->device);
  gboolean         current = plancia_device_words_is_current (self->device);
  gboolean         old = !current && plancia_device_get_time (self->device) != 0;
  g_autofree char *words = NULL;

  if (old)
    /* Translators: %s is a value with its unit that was read some time ago */
    words = g_strdup_printf (_("%s, old"), text);
  plancia_figure_set_text (GTK_INSCRIPTION (self->value), words ? words : text);
  if (current)
    gtk_widget_remove_css_class (self->value, "dim-label");
  else
    gtk_widget_add_css_class (self->value, "dim-label");
}

static void
update (PlanciaDeviceRow *self)
{
  const char      *name = plancia_device_get_name (self->device);
  g_autofree char *state = plancia_device_words_state (self->device, self->zone);

  if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), name) != 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  show_value (self);
  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (self->mark),
                               plancia_device_get_mark (self->device));
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), state) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), state);
}

static void
plancia_device_row_activate (AdwActionRow *row)
{
  PlanciaDeviceRow *self = PLANCIA_DEVICE_ROW (row);

  plancia_session_set_device (self->session, self->device);
}

static void
plancia_device_row_dispose (GObject *object)
{
  PlanciaDeviceRow *self = PLANCIA_DEVICE_ROW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_device_row_parent_class)->dispose (object);
}

static void
plancia_device_row_class_init (PlanciaDeviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_device_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = plancia_device_row_activate;

  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/device-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceRow, middle);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceRow, value);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceRow, note);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDeviceRow, mark);
}

static void
plancia_device_row_init (PlanciaDeviceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
follow (PlanciaDeviceRow *self, const char *signal)
{
  g_signal_connect_object (self->device, signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

/**
 * plancia_device_row_new:
 * @session: whose device it sets when it is activated
 * @device: what it shows
 *
 * Returns: (transfer floating): a row without caption; use adw_action_row_set_subtitle()
 */
GtkWidget *
plancia_device_row_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaDeviceRow *self = g_object_new (PLANCIA_TYPE_DEVICE_ROW, NULL);

  self->session = g_object_ref (session);
  self->zone = plancia_device_words_zone (session);
  self->device = g_object_ref (device);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), plancia_device_words_icon (device));
  follow (self, "readings");
  follow (self, "notify::name");
  follow (self, "notify::state");
  follow (self, "notify::value-text");
  follow (self, "notify::problem");
  update (self);
  return GTK_WIDGET (self);
}

PlanciaDevice *
plancia_device_row_get_device (PlanciaDeviceRow *self)
{
  return self->device;
}

/**
 * plancia_device_row_set_note:
 * @self: a row
 * @note: (nullable): caption under the value, translated; values of all rows with a note line up
 */
void
plancia_device_row_set_note (PlanciaDeviceRow *self, const char *note)
{
  gtk_widget_set_visible (self->note, note != NULL);
  plancia_figure_set_text (GTK_INSCRIPTION (self->note), note ? note : "");
}

void
plancia_device_row_add_middle (PlanciaDeviceRow *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->middle), widget);
  gtk_widget_set_visible (self->middle, TRUE);
}

/* The row keeps its own line, with another one under it. */
static void
make_below (PlanciaDeviceRow *self)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (self);
  GtkWidget     *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkWidget) line = g_object_ref (gtk_list_box_row_get_child (row));

  gtk_widget_add_css_class (lines, "two-lines");
  gtk_list_box_row_set_child (row, NULL);
  gtk_box_append (GTK_BOX (lines), line);
  self->below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_margin_start (self->below, BELOW_START);
  gtk_widget_set_margin_end (self->below, BELOW_END);
  gtk_widget_set_margin_bottom (self->below, BELOW_BOTTOM);
  gtk_box_append (GTK_BOX (lines), self->below);
  gtk_list_box_row_set_child (row, lines);
}

/**
 * plancia_device_row_set_narrow:
 * @self: a row
 * @narrow: whether the widgets of plancia_device_row_add_middle() go under the line
 */
void
plancia_device_row_set_narrow (PlanciaDeviceRow *self, gboolean narrow)
{
  GtkWidget *from, *to, *child;

  if (narrow && !self->below)
    make_below (self);
  from = narrow ? self->middle : self->below;
  to = narrow ? self->below : self->middle;
  child = from ? gtk_widget_get_first_child (from) : NULL;
  if (!child)
    return;

  g_object_ref (child);
  gtk_box_remove (GTK_BOX (from), child);
  gtk_box_append (GTK_BOX (to), child);
  g_object_unref (child);
  gtk_widget_set_hexpand (child, narrow);
  gtk_widget_set_visible (from, FALSE);
  gtk_widget_set_visible (to, TRUE);
}
