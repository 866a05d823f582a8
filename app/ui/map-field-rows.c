/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-field-rows.h"

#include <glib/gi18n.h>

struct _PlanciaMapFieldRow
{
  const PlanciaMapFieldKind *kind;
  GtkWidget                 *row;
  GtkWidget                 *complaint; /* the row under it */
  GtkLabel                  *words;
  char                     **keys; /* of the choices */
  gboolean                   filling;
  PlanciaMapFieldFunc        func;
  gpointer                   user_data;
};

static void
text_cb (PlanciaMapFieldRow *self)
{
  if (!self->filling)
    self->func (self->kind->member,
                gtk_editable_get_text (GTK_EDITABLE (self->row)),
                self->user_data);
}

static void
selected_cb (PlanciaMapFieldRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));

  if (!self->filling && self->keys && selected < g_strv_length (self->keys))
    self->func (self->kind->member, self->keys[selected], self->user_data);
}

static GtkWidget *
make_complaint (PlanciaMapFieldRow *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("plancia-severity-fault-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  self->words = GTK_LABEL (label);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_add_css_class (box, "map-complaint");
  gtk_widget_add_css_class (box, "error");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
show_complaint (PlanciaMapFieldRow *self, const char *complaint)
{
  gtk_widget_set_visible (self->complaint, complaint && gtk_widget_get_visible (self->row));
  gtk_label_set_text (self->words, complaint ? complaint : "");
  if (complaint)
    gtk_widget_add_css_class (self->row, "error");
  else
    gtk_widget_remove_css_class (self->row, "error");
}

static void
show_choice (PlanciaMapFieldRow *self, const char *text)
{
  for (guint i = 0; self->keys && self->keys[i]; i++) {
    if (g_str_equal (self->keys[i], text))
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
  }
}

static void
set_static_choices (PlanciaMapFieldRow *self)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) translated = NULL;

  for (guint i = 0; self->kind->choices[i]; i++)
    g_strv_builder_add (labels,
                        self->kind->labels
                        ? _(self->kind->labels[i]) : self->kind->choices[i]);
  translated = g_strv_builder_end (labels);
  plancia_map_field_row_set_choices (self, self->kind->choices, (const char *const *) translated);
}

/**
 * plancia_map_field_row_new:
 * @group: gets the row
 * @kind: static
 * @func: told what a person chose or typed
 *
 * Returns: (transfer full): the row's keeper
 */
PlanciaMapFieldRow *
plancia_map_field_row_new (AdwPreferencesGroup       *group,
                           const PlanciaMapFieldKind *kind,
                           PlanciaMapFieldFunc        func,
                           gpointer                   user_data)
{
  PlanciaMapFieldRow *self = g_new0 (PlanciaMapFieldRow, 1);

  self->kind = kind;
  self->func = func;
  self->user_data = user_data;
  self->row = kind->choices ? adw_combo_row_new () : adw_entry_row_new ();
  self->complaint = make_complaint (self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), _(kind->title));
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, self->complaint);
  if (kind->choices)
    g_signal_connect_swapped (self->row, "notify::selected", G_CALLBACK (selected_cb), self);
  else
    g_signal_connect_swapped (self->row, "changed", G_CALLBACK (text_cb), self);
  if (kind->choices)
    set_static_choices (self);
  return self;
}

/* The widgets may live on for a moment. */
void
plancia_map_field_row_free (PlanciaMapFieldRow *self)
{
  g_strfreev (self->keys);
  g_free (self);
}

/**
 * plancia_map_field_row_set_choices:
 * @keys: words of the file
 * @labels: the same for people
 */
void
plancia_map_field_row_set_choices (PlanciaMapFieldRow *self,
                                   const char *const  *keys,
                                   const char *const  *labels)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (labels);

  self->filling = TRUE;
  g_strfreev (self->keys);
  self->keys = g_strdupv ((char **) keys);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->row), G_LIST_MODEL (list));
  self->filling = FALSE;
}

/**
 * plancia_map_field_row_show:
 * @row: the register
 * @fallback: what holds when the file says nothing
 *
 * A text in which somebody types stays as it is typed.
 */
void
plancia_map_field_row_show (PlanciaMapFieldRow *self, PlanciaMapEditRow *row, const char *fallback)
{
  g_autofree char *text = plancia_map_edit_row_get_text (row, self->kind->member);
  const char      *shown = text[0] != '\0' || !fallback ? text : fallback;

  self->filling = TRUE;
  if (self->kind->choices)
    show_choice (self, shown);
  else if (!(gtk_widget_get_state_flags (self->row) & GTK_STATE_FLAG_FOCUS_WITHIN) &&
           g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->row)), shown) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->row), shown);
  self->filling = FALSE;
  show_complaint (self, plancia_map_edit_row_get_complaint (row, self->kind->member));
}

void
plancia_map_field_row_add_suffix (PlanciaMapFieldRow *self, GtkWidget *widget)
{
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), widget);
}

void
plancia_map_field_row_set_visible (PlanciaMapFieldRow *self, gboolean visible)
{
  gtk_widget_set_visible (self->row, visible);
  if (!visible)
    gtk_widget_set_visible (self->complaint, FALSE);
}

const char *
plancia_map_field_row_get_member (PlanciaMapFieldRow *self)
{
  return self->kind->member;
}

GtkWidget *
plancia_map_field_row_get_widget (PlanciaMapFieldRow *self)
{
  return self->row;
}
