/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/overview-page.h"

#include "model/day-curve.h"
#include "model/device-alarms.h"
#include "ui/device-overview.h"
#include "ui/downloads-button.h"
#include "ui/hub-overview.h"
#include "ui/plant-overview.h"
#include "ui/portal-overview.h"
#include "ui/psc-overview.h"
#include "ui/serial-overview.h"
#include "ui/stick-overview.h"
#include <glib/gi18n.h>

typedef GtkWidget *(*MakeOverview) (PlanciaSession *session, PlanciaDevice *device);

struct _PlanciaOverviewPage
{
  PlanciaSessionBin parent_instance;

  PlanciaSession        *session; /* borrowed from the bin */
  GtkStack              *stack;
  PlanciaDeviceOverview *device_overview; /* kept while other kinds are shown: it is used most */
  GtkWidget             *other;           /* of another kind, made when it is wanted; or NULL */
  MakeOverview           make;            /* what made it */
  GSignalGroup          *device_signals;
};

G_DEFINE_FINAL_TYPE (PlanciaOverviewPage, plancia_overview_page, PLANCIA_TYPE_SESSION_BIN)

/* Kinds that have an overview of their own. */
static const struct
{
  const char  *kind;
  MakeOverview make;
} kinds[] = {
  {"console", plancia_serial_overview_new},
  {"hub",     plancia_hub_overview_new   },
  {"line",    plancia_hub_overview_new   },
  {"plant",   plancia_plant_overview_new },
  {"portal",  plancia_portal_overview_new},
  {"psc",     plancia_psc_overview_new   },
  {"stick",   plancia_stick_overview_new },
  {NULL,      NULL                       },
};

static MakeOverview
find_kind (PlanciaDevice *device)
{
  if (plancia_overview_page_is_about_port (device))
    return plancia_serial_overview_new;
  for (guint i = 0; kinds[i].kind; i++) {
    if (g_str_equal (kinds[i].kind, plancia_device_get_kind (device)))
      return kinds[i].make;
  }
  return NULL;
}

/* The device overview stays in the stack: a widget that leaves the window and comes back starts its
 * styles anew. */
static void
show_other (PlanciaOverviewPage *self, GtkWidget *overview)
{
  GtkWidget *old = self->other;

  self->other = overview;
  if (overview)
    gtk_stack_add_child (self->stack, overview);
  gtk_stack_set_visible_child (self->stack,
                               overview ? overview : GTK_WIDGET (self->device_overview));
  if (old)
    gtk_stack_remove (self->stack, old);
}

static void
show_device (PlanciaOverviewPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = plancia_session_get_device (self->session);
  MakeOverview      make = device ? find_kind (device) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->stack), device != NULL);
  /* What is not shown keeps no device. */
  plancia_device_overview_set_device (self->device_overview,
                                      make ? NULL : plant,
                                      make ? NULL : device);
  show_other (self, make ? make (self->session, device) : NULL);
  self->make = make;
}

/* A port that does not open has a page of its own until it does. */
static void
problem_changed (PlanciaOverviewPage *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  if (device && find_kind (device) != self->make)
    show_device (self);
}

static void
device_changed (PlanciaOverviewPage *self)
{
  g_signal_group_set_target (self->device_signals, plancia_session_get_device (self->session));
  show_device (self);
}

/* Alarms and curves are known from the moment on from which somebody asks for them. */
static void
watch_plant (PlanciaOverviewPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GPtrArray) devices = NULL;

  if (!plant)
    return;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    PlanciaDevice *parent = plancia_device_get_parent (device);

    plancia_device_alarms_for (device);
    plancia_day_curve_for (plant, device);
    if (parent && g_str_equal (plancia_device_get_kind (parent), "psc"))
      plancia_day_curve_for (plant, parent);
  }
}

static GtkWidget *
make_history (PlanciaOverviewPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("History in the cloud"));
  GtkWidget *button = g_object_new (PLANCIA_TYPE_DOWNLOADS_BUTTON, "session", self->session, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  plancia_downloads_button_set_words (PLANCIA_DOWNLOADS_BUTTON (button), _ ("Fetch…"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
plancia_overview_page_constructed (GObject *object)
{
  PlanciaOverviewPage *self = PLANCIA_OVERVIEW_PAGE (object);

  G_OBJECT_CLASS (plancia_overview_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  self->device_overview = PLANCIA_DEVICE_OVERVIEW (plancia_device_overview_new ());
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->device_overview));
  plancia_device_overview_set_history (self->device_overview, make_history (self));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::plant",
                              G_CALLBACK (watch_plant));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::device",
                              G_CALLBACK (device_changed));
  self->device_signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->device_signals,
                                  "notify::problem",
                                  G_CALLBACK (problem_changed),
                                  self);
  watch_plant (self);
  device_changed (self);
}

static void
plancia_overview_page_dispose (GObject *object)
{
  PlanciaOverviewPage *self = PLANCIA_OVERVIEW_PAGE (object);

  g_clear_object (&self->device_signals);

  G_OBJECT_CLASS (plancia_overview_page_parent_class)->dispose (object);
}

static void
plancia_overview_page_class_init (PlanciaOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_overview_page_constructed;
  object_class->dispose = plancia_overview_page_dispose;
}

static void
plancia_overview_page_init (PlanciaOverviewPage *self)
{
}

/**
 * plancia_overview_page_is_about_port:
 * @device: a device
 *
 * Returns: whether it hangs on a serial port that is not there or may not be opened
 */
gboolean
plancia_overview_page_is_about_port (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);
  const GError *error = plancia_device_get_error (device);

  if (!entry || plancia_device_get_mark (device) != PLANCIA_MARK_FAILING ||
      plancia_address_get_kind (plancia_entry_get_address (entry)) != PLANCIA_ADDRESS_RS485)
    return FALSE;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}
