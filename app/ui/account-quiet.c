/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/account-quiet.h"

#include "ui/row-names.h"

#include <glib/gi18n.h>

struct _PlanciaAccountQuiet
{
  AdwExpanderRow parent_instance;

  GtkSpinButton *from;
  GtkSpinButton *to;
};

G_DEFINE_FINAL_TYPE (PlanciaAccountQuiet, plancia_account_quiet, ADW_TYPE_EXPANDER_ROW)

static GtkSpinButton *
add_hour (PlanciaAccountQuiet *self, const char *title, int hour)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 23, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), hour);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return GTK_SPIN_BUTTON (spin);
}

static void
plancia_account_quiet_class_init (PlanciaAccountQuietClass *klass)
{
}

static void
plancia_account_quiet_init (PlanciaAccountQuiet *self)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Silence by hours"));
  adw_expander_row_set_subtitle (
    row,
    _ ("At night a device may be silent. Otherwise the sun over the plant decides when that is."));
  adw_expander_row_set_show_enable_switch (row, TRUE);
  adw_expander_row_set_enable_expansion (row, FALSE);
  plancia_row_names_complete (GTK_WIDGET (row));
  self->from = add_hour (self, _ ("From (hour)"), 21);
  self->to = add_hour (self, _ ("To (hour)"), 7);
}

gboolean
plancia_account_quiet_get (PlanciaAccountQuiet *self, guint *from, guint *to)
{
  *from = (guint) gtk_spin_button_get_value_as_int (self->from) * 60;
  *to = (guint) gtk_spin_button_get_value_as_int (self->to) * 60;
  return adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self));
}

void
plancia_account_quiet_set (PlanciaAccountQuiet *self, guint from, guint to)
{
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), TRUE);
  gtk_spin_button_set_value (self->from, from / 60);
  gtk_spin_button_set_value (self->to, to / 60);
}
