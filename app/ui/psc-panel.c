/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-panel.h"

#include "ui/device-words.h"
#include "ui/state-chip.h"
#include <glib/gi18n.h>

#define SEPARATOR " \xc2\xb7 "

struct _PlanciaPscPanel
{
  GtkBox parent_instance;

  PlanciaDevice *device;

  GtkWidget *manager;
  GtkWidget *manager_chip;
  GtkWidget *bus;
  GtkWidget *bus_chip;
};

G_DEFINE_FINAL_TYPE (PlanciaPscPanel, plancia_psc_panel, GTK_TYPE_BOX)

static char *
describe_manager (PlanciaPscPanel *self)
{
  PlanciaAddress    *address = plancia_entry_get_address (plancia_device_get_entry (self->device));
  PlanciaBackend    *backend = plancia_device_get_backend (self->device);
  PlanciaLinkQuality quality = {0};
  GString           *text = g_string_new (NULL);

  /* Translators: network address and TCP port */
  g_string_append_printf (
    text,
    _("%s, port %u"), plancia_address_get_host (address), plancia_address_get_port (address));
  if (backend)
    plancia_backend_get_quality (backend, &quality);
  if (quality.n_latencies > 0 && quality.latency_median > 0)
    g_string_append_printf (text, SEPARATOR "%u\xc2\xa0ms", quality.latency_median);
  return g_string_free (text, FALSE);
}

static void
count_inverters (PlanciaPscPanel *self, guint *all, guint *heard)
{
  GListModel *inverters = plancia_device_get_children (self->device);

  *all = g_list_model_get_n_items (inverters);
  *heard = 0;
  for (guint i = 0; i < *all; i++) {
    g_autoptr (PlanciaDevice) inverter = g_list_model_get_item (inverters, i);

    *heard += plancia_device_words_is_current (inverter) ? 1 : 0;
  }
}

/* Whether the module works is not known by itself: only whether inverters are heard through it. */
static void
show_bus (PlanciaPscPanel *self, PlanciaMark connection)
{
  PlanciaStateChip *chip = PLANCIA_STATE_CHIP (self->bus_chip);
  guint             all, heard;
  g_autofree char  *text = NULL;
  g_autofree char  *silent = NULL;

  count_inverters (self, &all, &heard);
  text = g_strdup_printf (ngettext ("%u of %u inverter heard", "%u of %u inverters heard", all),
                          heard,
                          all);
  gtk_label_set_text (GTK_LABEL (self->bus), text);

  silent = g_strdup_printf (ngettext ("%u silent", "%u silent", all - heard), all - heard);
  if (connection != PLANCIA_MARK_LIVE)
    plancia_state_chip_set (chip, connection, NULL);
  else if (heard < all)
    plancia_state_chip_set (chip, PLANCIA_MARK_FAILING, silent);
  else
    plancia_state_chip_set (chip, PLANCIA_MARK_LIVE, NULL);
}

static void
plancia_psc_panel_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_PSC_PANEL (object)->device);

  G_OBJECT_CLASS (plancia_psc_panel_parent_class)->dispose (object);
}

static void
plancia_psc_panel_class_init (PlanciaPscPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_psc_panel_dispose;

  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/psc-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPanel, manager);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPanel, manager_chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPanel, bus);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscPanel, bus_chip);
}

static void
plancia_psc_panel_init (PlanciaPscPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_psc_panel_new:
 *
 * Returns: (transfer floating): the card, without a device
 */
GtkWidget *
plancia_psc_panel_new (void)
{
  return g_object_new (PLANCIA_TYPE_PSC_PANEL, NULL);
}

void
plancia_psc_panel_set_device (PlanciaPscPanel *self, PlanciaDevice *device)
{
  g_set_object (&self->device, device);
  plancia_psc_panel_update (self);
}

void
plancia_psc_panel_update (PlanciaPscPanel *self)
{
  PlanciaBackend  *backend = plancia_device_get_backend (self->device);
  PlanciaMark      connection = plancia_state_chip_mark_of (backend);
  g_autofree char *text = describe_manager (self);

  gtk_label_set_text (GTK_LABEL (self->manager), text);
  plancia_state_chip_set (PLANCIA_STATE_CHIP (self->manager_chip), connection, NULL);
  show_bus (self, connection);
}
