/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-overview.h"

#include "ui/form-bin.h"
#include "ui/grid.h"
#include "ui/psc-check.h"
#include "ui/psc-panel.h"
#include "ui/psc-power.h"
#include "ui/psc-roster.h"
#include <glib/gi18n.h>

struct _PlanciaPscOverview
{
  AdwBin parent_instance;

  PlanciaSession *session;
  PlanciaDevice  *device;
  PlanciaBackend *backend;
  gulong          state_id; /* on the backend */
  GPtrArray      *followed; /* PlanciaDevice: the inverters */
  guint           update_id;

  GtkWidget *form;
  GtkWidget *problem_group;
  GtkWidget *problem_row;
  GtkWidget *panel;
  GtkWidget *power;
  GtkWidget *roster;
};

G_DEFINE_FINAL_TYPE (PlanciaPscOverview, plancia_psc_overview, ADW_TYPE_BIN)

/* --- problems -------------------------------------------------------------------------------- */

static void
show_problem (PlanciaPscOverview *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *title = NULL;
  guint            n = 0;

  for (guint i = 0; i < self->followed->len; i++) {
    PlanciaDevice *inverter = g_ptr_array_index (self->followed, i);

    if (plancia_psc_check (inverter) != PLANCIA_PSC_NOT_COMPATIBLE)
      continue;
    g_string_append_printf (names, "%s%s", n++ ? ", " : "", plancia_device_get_name (inverter));
  }

  gtk_widget_set_visible (self->problem_group, n > 0);
  title = g_strdup_printf (
    ngettext ("%u inverter is not compatible: %s", "%u inverters are not compatible: %s", n),
    n,
    names->str);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->problem_row),
                               plancia_psc_check_reason (PLANCIA_PSC_NOT_COMPATIBLE));
}

/* --- following ------------------------------------------------------------------------------- */

static void queue_update (PlanciaPscOverview *self);

static void
follow_backend (PlanciaPscOverview *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  if (backend == self->backend)
    return;
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  g_set_object (&self->backend, backend);
  if (backend)
    self->state_id =
      g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (queue_update), self);
}

static void
update (PlanciaPscOverview *self)
{
  follow_backend (self);
  show_problem (self);
  plancia_psc_panel_update (PLANCIA_PSC_PANEL (self->panel));
  plancia_psc_power_update (PLANCIA_PSC_POWER (self->power));
  plancia_psc_roster_update (PLANCIA_PSC_ROSTER (self->roster));
}

static gboolean
update_cb (gpointer user_data)
{
  PlanciaPscOverview *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Hundreds of inverters answer within one cycle: the sums are made once for all of them. */
static void
queue_update (PlanciaPscOverview *self)
{
  if (self->update_id == 0 && self->device)
    self->update_id = g_timeout_add (200, update_cb, self);
}

static void
follow_inverter (PlanciaPscOverview *self, PlanciaDevice *inverter)
{
  static const char *const names[] = {"readings", "notify::state", "notify::map", "notify::name"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect_object (inverter,
                             names[i],
                             G_CALLBACK (queue_update),
                             self,
                             G_CONNECT_SWAPPED);
}

static void
unfollow_inverters (PlanciaPscOverview *self)
{
  for (guint i = 0; i < self->followed->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->followed, i), self);
  g_ptr_array_set_size (self->followed, 0);
}

static void
inverters_changed (PlanciaPscOverview *self)
{
  GListModel *inverters = plancia_device_get_children (self->device);

  unfollow_inverters (self);
  for (guint i = 0; i < g_list_model_get_n_items (inverters); i++) {
    PlanciaDevice *inverter = g_list_model_get_item (inverters, i);

    follow_inverter (self, inverter);
    g_ptr_array_add (self->followed, inverter);
  }
  update (self);
}

static void
form_changed (PlanciaPscOverview *self)
{
  plancia_psc_roster_set_narrow (PLANCIA_PSC_ROSTER (self->roster),
                                 plancia_form_bin_get_narrow (PLANCIA_FORM_BIN (self->form)));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_psc_overview_dispose (GObject *object)
{
  PlanciaPscOverview *self = PLANCIA_PSC_OVERVIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->backend)
    g_clear_signal_handler (&self->state_id, self->backend);
  unfollow_inverters (self);
  g_clear_object (&self->backend);
  g_clear_object (&self->session);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_psc_overview_parent_class)->dispose (object);
}

static void
plancia_psc_overview_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_PSC_OVERVIEW (object)->followed);

  G_OBJECT_CLASS (plancia_psc_overview_parent_class)->finalize (object);
}

static void
plancia_psc_overview_class_init (PlanciaPscOverviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_psc_overview_dispose;
  object_class->finalize = plancia_psc_overview_finalize;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_GRID);
  g_type_ensure (PLANCIA_TYPE_PSC_PANEL);
  g_type_ensure (PLANCIA_TYPE_PSC_POWER);
  g_type_ensure (PLANCIA_TYPE_PSC_ROSTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/psc-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, problem_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, problem_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, panel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, power);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscOverview, roster);
  gtk_widget_class_bind_template_callback (widget_class, form_changed);
}

static void
plancia_psc_overview_init (PlanciaPscOverview *self)
{
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_psc_overview_new:
 * @session: the session, whose device an activated row sets
 * @device: a PSC 100
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_psc_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaPscOverview *self = g_object_new (PLANCIA_TYPE_PSC_OVERVIEW, NULL);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  plancia_psc_panel_set_device (PLANCIA_PSC_PANEL (self->panel), device);
  plancia_psc_power_set_device (PLANCIA_PSC_POWER (self->power),
                                plancia_session_get_plant (session),
                                device);
  plancia_psc_roster_set_device (PLANCIA_PSC_ROSTER (self->roster), session, device);
  g_signal_connect_object (plancia_device_get_children (device),
                           "items-changed",
                           G_CALLBACK (inverters_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (device,
                           "notify::state",
                           G_CALLBACK (queue_update),
                           self,
                           G_CONNECT_SWAPPED);
  inverters_changed (self);
  return GTK_WIDGET (self);
}
