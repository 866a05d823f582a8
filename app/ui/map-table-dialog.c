/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-table-dialog.h"

#include "base/signal-new.h"
#include "model/map-table.h"
#include <glib/gi18n.h>

#define NUMBER_CHARS 6

struct _PlanciaMapTableDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle      *heading;
  GtkWidget           *apply_button;
  AdwPreferencesGroup *alone_group;
  AdwActionRow        *alone_row;
  GtkSwitch           *alone_switch;
  AdwPreferencesGroup *lines_group;

  PlanciaMapEdit    *edit;
  PlanciaMapEditRow *row;
  PlanciaMapTable   *table;
  GPtrArray         *lines; /* LineRow, as those of the table */
};

/* A line of the table on the screen. */
typedef struct
{
  GtkWidget *row;
  GtkWidget *number;
  GtkWidget *words;
  GtkWidget *complaint;
} LineRow;

enum {
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaMapTableDialog, plancia_map_table_dialog, ADW_TYPE_WINDOW)

/* --- lines ----------------------------------------------------------------------------------- */

static LineRow *
get_line (PlanciaMapTableDialog *self, guint index)
{
  return g_ptr_array_index (self->lines, index);
}

static void
mark (GtkWidget *widget, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

/* A line that nobody has typed in yet is not called wrong, but keeps from applying. */
static void
check (PlanciaMapTableDialog *self)
{
  for (guint i = 0; i < self->lines->len; i++) {
    LineRow    *line = get_line (self, i);
    const char *complaint = plancia_map_table_get_complaint (self->table, i);
    gboolean    empty = plancia_map_table_get_words (self->table, i)[0] == '\0';

    gtk_widget_set_visible (line->complaint, complaint != NULL && !empty);
    gtk_label_set_text (GTK_LABEL (line->complaint), complaint ? complaint : "");
    mark (line->number, complaint != NULL && !empty);
  }
  gtk_widget_set_sensitive (self->apply_button, plancia_map_table_is_right (self->table));
}

static int
find_line (PlanciaMapTableDialog *self, GtkWidget *widget)
{
  for (guint i = 0; i < self->lines->len; i++) {
    LineRow *line = get_line (self, i);

    if (line->number == widget || line->words == widget ||
        gtk_widget_is_ancestor (widget, line->row))
      return (int) i;
  }
  return -1;
}

static void
typed_cb (PlanciaMapTableDialog *self, GtkEditable *editable)
{
  int         index = find_line (self, GTK_WIDGET (editable));
  const char *text = gtk_editable_get_text (editable);

  if (index < 0)
    return;
  if (get_line (self, (guint) index)->number == GTK_WIDGET (editable))
    plancia_map_table_set_number (self->table, (guint) index, text);
  else
    plancia_map_table_set_words (self->table, (guint) index, text);
  check (self);
}

static void
remove_cb (PlanciaMapTableDialog *self, GtkWidget *button)
{
  int index = find_line (self, button);

  if (index < 0)
    return;
  plancia_map_table_remove (self->table, (guint) index);
  adw_preferences_group_remove (self->lines_group, get_line (self, (guint) index)->row);
  g_ptr_array_remove_index (self->lines, (guint) index);
  check (self);
}

static GtkWidget *
make_entry (PlanciaMapTableDialog *self, const char *text, const char *label)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_tooltip_text (entry, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  return entry;
}

static GtkWidget *
make_number (PlanciaMapTableDialog *self, const char *text)
{
  gboolean   bits = plancia_map_table_is_bits (self->table);
  GtkWidget *entry = make_entry (self, text, bits ? _ ("Bit") : _ ("Value"));

  gtk_widget_add_css_class (entry, "numeric");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), NUMBER_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), NUMBER_CHARS);
  return entry;
}

static GtkWidget *
make_remove (PlanciaMapTableDialog *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove this line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this line"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_complaint (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
add_line (PlanciaMapTableDialog *self, guint index)
{
  LineRow   *line = g_new0 (LineRow, 1);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  line->row = adw_preferences_row_new ();
  line->number = make_number (self, plancia_map_table_get_number (self->table, index));
  line->words =
    make_entry (self, plancia_map_table_get_words (self->table, index), C_ ("a line", "Words"));
  line->complaint = make_complaint ();
  gtk_widget_set_hexpand (line->words, TRUE);
  gtk_box_append (GTK_BOX (box), line->number);
  gtk_box_append (GTK_BOX (box), line->words);
  gtk_box_append (GTK_BOX (box), make_remove (self));
  gtk_box_append (GTK_BOX (column), box);
  gtk_box_append (GTK_BOX (column), line->complaint);
  gtk_widget_add_css_class (column, "map-complaint");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line->row), column);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line->row), FALSE);
  gtk_widget_set_focusable (line->row, FALSE);
  adw_preferences_group_add (self->lines_group, line->row);
  g_ptr_array_add (self->lines, line);
}

static void
add_cb (PlanciaMapTableDialog *self)
{
  guint index = plancia_map_table_add (self->table);

  add_line (self, index);
  check (self);
  gtk_widget_grab_focus (get_line (self, index)->words);
}

static void
apply_cb (PlanciaMapTableDialog *self)
{
  gboolean alone = gtk_widget_get_visible (GTK_WIDGET (self->alone_group)) &&
                   gtk_switch_get_active (self->alone_switch);

  plancia_map_table_apply (self->table, self->edit, self->row, alone);
  g_signal_emit (self, signals[APPLIED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
show_users (PlanciaMapTableDialog *self)
{
  guint            users = plancia_map_table_count_users (self->table, self->edit);
  g_autofree char *text = NULL;

  if (users < 2)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u register uses these words",
                                       "%u registers use these words",
                                       users),
                          users);
  adw_action_row_set_subtitle (self->alone_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->alone_group), TRUE);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_table_dialog_finalize (GObject *object)
{
  PlanciaMapTableDialog *self = PLANCIA_MAP_TABLE_DIALOG (object);

  g_ptr_array_unref (self->lines);
  g_clear_pointer (&self->table, plancia_map_table_free);
  g_clear_object (&self->row);
  g_clear_object (&self->edit);

  G_OBJECT_CLASS (plancia_map_table_dialog_parent_class)->finalize (object);
}

static void
plancia_map_table_dialog_class_init (PlanciaMapTableDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = plancia_map_table_dialog_finalize;

  signals[APPLIED] = plancia_signal_new (PLANCIA_TYPE_MAP_TABLE_DIALOG, "applied", 0);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-table-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, alone_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, alone_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, alone_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapTableDialog, lines_group);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
plancia_map_table_dialog_init (PlanciaMapTableDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lines = g_ptr_array_new_with_free_func (g_free);
}

static void
fill (PlanciaMapTableDialog *self)
{
  gboolean bits = plancia_map_table_is_bits (self->table);

  adw_window_title_set_title (self->heading, bits ? _ ("Words for bits") : _ ("Words for values"));
  adw_window_title_set_subtitle (self->heading, plancia_map_edit_row_get_title (self->row));
  gtk_window_set_title (GTK_WINDOW (self), adw_window_title_get_title (self->heading));
  adw_preferences_group_set_title (self->lines_group,
                                   bits
                                   ? _ ("Bits, counted from the lowest")
                                   : _ ("Values"));
  show_users (self);
  if (plancia_map_table_get_length (self->table) == 0)
    plancia_map_table_add (self->table);
  for (guint i = 0; i < plancia_map_table_get_length (self->table); i++)
    add_line (self, i);
  check (self);
}

/**
 * plancia_map_table_dialog_show:
 * @parent: the editor
 * @edit: the map
 * @row: a register
 * @member: "values" or "bits"
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_map_table_dialog_show (GtkWindow         *parent,
                               PlanciaMapEdit    *edit,
                               PlanciaMapEditRow *row,
                               const char        *member)
{
  PlanciaMapTableDialog *self =
    g_object_new (PLANCIA_TYPE_MAP_TABLE_DIALOG, "transient-for", parent, NULL);

  self->edit = g_object_ref (edit);
  self->row = g_object_ref (row);
  self->table = plancia_map_table_new (edit, row, member);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
