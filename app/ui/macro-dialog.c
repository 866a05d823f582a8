/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/macro-dialog.h"

#include <glib/gi18n.h>

struct _PlanciaMacroDialog
{
  AdwWindow parent_instance;

  GtkEditable *name;
  AdwComboRow *key;
  AdwComboRow *colour;
  GtkTextView *text;
  GtkLabel    *complaint;
  GtkWidget   *save;
  GtkWidget   *remove;

  PlanciaMacroFunc func;
  gpointer         user_data;
  GDestroyNotify   destroy;
};

G_DEFINE_FINAL_TYPE (PlanciaMacroDialog, plancia_macro_dialog, ADW_TYPE_WINDOW)

/* In the order of the lists. */
static const char *const keys[] = {"",
                                   "<Alt>1",
                                   "<Alt>2",
                                   "<Alt>3",
                                   "<Alt>4",
                                   "<Alt>5",
                                   "<Alt>6",
                                   "<Alt>7",
                                   "<Alt>8",
                                   "<Alt>9",
                                   "<Alt>0"};
static const char *const colours[] = {"", "blue", "green", "yellow", "red", "purple"};

static char *
dup_text (PlanciaMacroDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* What is wrong is said while it is typed. */
static void
check_cb (PlanciaMacroDialog *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = plancia_console_steps_parse (text, "", &error);
  gboolean named = gtk_editable_get_text (self->name)[0] != '\0';

  gtk_label_set_text (self->complaint, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), error != NULL);
  gtk_widget_set_sensitive (self->save, named && steps && text[0] != '\0');
}

static void
save_cb (PlanciaMacroDialog *self)
{
  g_autofree char *text = dup_text (self);
  guint            key = adw_combo_row_get_selected (self->key);
  guint            colour = adw_combo_row_get_selected (self->colour);

  self->func (plancia_console_macro_new (gtk_editable_get_text (self->name),
                                         text,
                                         keys[MIN (key, G_N_ELEMENTS (keys) - 1)],
                                         colours[MIN (colour, G_N_ELEMENTS (colours) - 1)]),
              self->user_data);
  gtk_window_close (GTK_WINDOW (self));
}

static void
remove_cb (PlanciaMacroDialog *self)
{
  self->func (NULL, self->user_data);
  gtk_window_close (GTK_WINDOW (self));
}

static void
plancia_macro_dialog_finalize (GObject *object)
{
  PlanciaMacroDialog *self = PLANCIA_MACRO_DIALOG (object);

  if (self->destroy)
    self->destroy (self->user_data);
  G_OBJECT_CLASS (plancia_macro_dialog_parent_class)->finalize (object);
}

static void
plancia_macro_dialog_class_init (PlanciaMacroDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_macro_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/macro-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, key);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, colour);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, text);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, complaint);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, save);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMacroDialog, remove);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fill_keys (PlanciaMacroDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    guint            key = 0;
    GdkModifierType  modifiers = 0;
    g_autofree char *label = NULL;

    if (keys[i][0] && gtk_accelerator_parse (keys[i], &key, &modifiers))
      label = gtk_accelerator_get_label (key, modifiers);
    gtk_string_list_append (list, label ? label : C_ ("key", "None"));
  }
  adw_combo_row_set_model (self->key, G_LIST_MODEL (list));
}

static void
plancia_macro_dialog_init (PlanciaMacroDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_keys (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text),
                           "changed",
                           G_CALLBACK (check_cb),
                           self,
                           G_CONNECT_SWAPPED);
  check_cb (self);
}

static guint
find (const char *const *list, guint count, const char *value)
{
  for (guint i = 0; i < count; i++)
    if (g_str_equal (list[i], value))
      return i;
  return 0;
}

static void
show_macro (PlanciaMacroDialog *self, const PlanciaConsoleMacro *macro)
{
  gtk_editable_set_text (self->name, macro->name);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), macro->text, -1);
  adw_combo_row_set_selected (self->key, find (keys, G_N_ELEMENTS (keys), macro->key));
  adw_combo_row_set_selected (self->colour, find (colours, G_N_ELEMENTS (colours), macro->colour));
}

/**
 * plancia_macro_dialog_show:
 * @macro: (nullable): what is changed; NULL for a new one
 * @func: gets what it is to be
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
plancia_macro_dialog_show (GtkWindow                 *parent,
                           const PlanciaConsoleMacro *macro,
                           PlanciaMacroFunc           func,
                           gpointer                   user_data,
                           GDestroyNotify             destroy)
{
  PlanciaMacroDialog *self =
    g_object_new (PLANCIA_TYPE_MACRO_DIALOG, "transient-for", parent, NULL);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  gtk_widget_set_visible (self->remove, macro != NULL);
  if (macro)
    show_macro (self, macro);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}
