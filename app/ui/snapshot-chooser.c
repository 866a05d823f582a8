/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/snapshot-chooser.h"

#include "base/signal-new.h"
#include "model/snapshot-words.h"

#include <glib/gi18n.h>

struct _PlanciaSnapshotChooser
{
  AdwBin parent_instance;

  GtkLabel      *letter;
  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkListBox    *rows;
  GtkLabel      *title;
  GtkLabel      *subtitle;

  GListModel *list; /* PlanciaSnapshot */
  GTimeZone  *zone;
  gboolean    narrow;
};

enum {
  SIGNAL_CHOSEN,
  SIGNAL_NOTE_ASKED,
  SIGNAL_REMOVED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaSnapshotChooser, plancia_snapshot_chooser, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* --- rows ------------------------------------------------------------------------------------ */

static PlanciaSnapshot *
snapshot_of (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return row ? g_object_get_data (G_OBJECT (row), "snapshot") : NULL;
}

static void
note_cb (PlanciaSnapshotChooser *self, GtkWidget *button)
{
  g_autoptr (PlanciaSnapshot) snapshot = g_object_ref (snapshot_of (button));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_NOTE_ASKED], 0, snapshot);
}

static void
remove_cb (PlanciaSnapshotChooser *self, GtkWidget *button)
{
  g_autoptr (PlanciaSnapshot) snapshot = g_object_ref (snapshot_of (button));

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, snapshot);
}

static void
row_activated_cb (PlanciaSnapshotChooser *self, GtkListBoxRow *row)
{
  PlanciaSnapshot *snapshot = g_object_get_data (G_OBJECT (row), "snapshot");

  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, snapshot);
}

static GtkWidget *
new_button (PlanciaSnapshotChooser *self, const char *icon, const char *words, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* snapshot: NULL for what is there now. */
static void
add_row (PlanciaSnapshotChooser *self, PlanciaSnapshot *snapshot)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget       *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = snapshot ? plancia_snapshot_words_title (snapshot)
                                    : g_strdup (C_ ("snapshot", "Now"));
  g_autofree char *subtitle = snapshot ? plancia_snapshot_words_subtitle (snapshot, self->zone)
                                       : g_strdup (_("Read from the device once more"));

  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), new_label (title, "summary"));
  gtk_box_append (GTK_BOX (lines), new_label (subtitle, "caption-dim"));
  gtk_box_append (GTK_BOX (box), lines);
  if (snapshot) {
    gtk_box_append (
      GTK_BOX (box),
      new_button (self, "document-edit-symbolic", _("Change the note"), G_CALLBACK (note_cb)));
    gtk_box_append (
      GTK_BOX (box),
      new_button (self, "user-trash-symbolic", _("Remove the snapshot"), G_CALLBACK (remove_cb)));
    g_object_set_data_full (G_OBJECT (row), "snapshot", g_object_ref (snapshot), g_object_unref);
  }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->rows, row);
}

static void
fill (PlanciaSnapshotChooser *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))))
    gtk_list_box_remove (self->rows, row);
  add_row (self, NULL);
  for (guint i = 0; self->list && i < g_list_model_get_n_items (self->list); i++) {
    g_autoptr (PlanciaSnapshot) snapshot = g_list_model_get_item (self->list, i);

    add_row (self, snapshot);
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
drop_list (PlanciaSnapshotChooser *self)
{
  if (self->list)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static void
plancia_snapshot_chooser_dispose (GObject *object)
{
  drop_list (PLANCIA_SNAPSHOT_CHOOSER (object));

  G_OBJECT_CLASS (plancia_snapshot_chooser_parent_class)->dispose (object);
}

static guint
new_signal (const char *name)
{
  return plancia_signal_new (PLANCIA_TYPE_SNAPSHOT_CHOOSER, name, 1, PLANCIA_TYPE_SNAPSHOT);
}

static void
plancia_snapshot_chooser_class_init (PlanciaSnapshotChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_snapshot_chooser_dispose;

  signals[SIGNAL_CHOSEN] = new_signal ("chosen");
  signals[SIGNAL_NOTE_ASKED] = new_signal ("note-asked");
  signals[SIGNAL_REMOVED] = new_signal ("removed");

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/snapshot-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, letter);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, rows);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaSnapshotChooser, subtitle);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plancia_snapshot_chooser_init (PlanciaSnapshotChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_snapshot_chooser_set_up (PlanciaSnapshotChooser *self,
                                 const char             *letter,
                                 const char             *tooltip)
{
  gtk_label_set_text (self->letter, letter);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
}

void
plancia_snapshot_chooser_set_list (PlanciaSnapshotChooser *self, GListModel *list, GTimeZone *zone)
{
  drop_list (self);
  self->zone = zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  if (list) {
    self->list = g_object_ref (list);
    g_signal_connect_object (list, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  }
  fill (self);
}

void
plancia_snapshot_chooser_show (PlanciaSnapshotChooser *self, PlanciaSnapshot *snapshot)
{
  g_autofree char *title = snapshot ? plancia_snapshot_words_title (snapshot)
                                    : g_strdup ("\xe2\x80\x94");
  g_autofree char *subtitle = snapshot ? plancia_snapshot_words_subtitle (snapshot, self->zone)
                                       : g_strdup ("");

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), !self->narrow && subtitle[0] != '\0');
  /* The notes may have changed. */
  fill (self);
}

void
plancia_snapshot_chooser_set_narrow (PlanciaSnapshotChooser *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_label_set_max_width_chars (self->title, narrow ? 10 : 22);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle),
                          !narrow && gtk_label_get_text (self->subtitle)[0] != '\0');
}
