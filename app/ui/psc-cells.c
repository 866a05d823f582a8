/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-cells.h"

#include "base/text.h"
#include "ui/device-words.h"
#include "ui/power-bar.h"
#include "ui/psc-check.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>
#include <math.h>

#define EM_DASH "\xe2\x80\x94"

/* What a cell shows anew when its device moves. */
typedef void (*UpdateFunc) (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone);

static GtkWidget *
new_text (float xalign)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), xalign);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_hexpand (text, TRUE);
  return text;
}

static void
set_text (GtkWidget *widget, const char *text)
{
  GtkInscription *inscription = GTK_INSCRIPTION (widget);

  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
}

/* --- making ---------------------------------------------------------------------------------- */

static GtkWidget *
new_pair (GtkWidget *sign, gboolean narrow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = new_text (0);

  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (text, "small");
  gtk_widget_set_visible (text, !narrow);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static GtkWidget *
new_cell (PlanciaPscCell cell, gboolean narrow)
{
  GtkWidget *bar;

  switch (cell) {
  case PLANCIA_PSC_CELL_NUMBER:
  case PLANCIA_PSC_CELL_POWER:
    return new_text (1);
  case PLANCIA_PSC_CELL_CHECK:
    return new_pair (gtk_image_new (), narrow);
  case PLANCIA_PSC_CELL_BAR:
    bar = plancia_power_bar_new ();
    gtk_widget_set_hexpand (bar, TRUE);
    return bar;
  case PLANCIA_PSC_CELL_STATE:
    return new_pair (plancia_state_mark_new (PLANCIA_MARK_CLOSED, 12), narrow);
  case PLANCIA_PSC_CELL_NAME:
  case PLANCIA_PSC_CELL_SERIAL:
  case PLANCIA_N_PSC_CELLS:
  default:
    return new_text (0);
  }
}

/* --- showing --------------------------------------------------------------------------------- */

static void
update_number (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  PlanciaAddress  *address = plancia_entry_get_address (plancia_device_get_entry (device));
  g_autofree char *text = g_strdup_printf ("%d", plancia_address_get_unit (address));

  set_text (cell, text);
}

static void
update_name (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  set_text (cell, plancia_device_get_name (device));
}

static void
update_serial (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  const char *serial = plancia_psc_cells_serial (device);

  set_text (cell, serial ? serial : EM_DASH);
}

static void
update_check (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  PlanciaPscCheck check = plancia_psc_check (device);
  const char     *classes[] = {plancia_psc_check_style (check), NULL};

  gtk_widget_set_css_classes (cell, classes);
  gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (cell)),
                                plancia_psc_check_icon (check));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (cell)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_psc_check_name (check),
                                  -1);
  set_text (gtk_widget_get_last_child (cell), plancia_psc_check_name (check));
  gtk_widget_set_tooltip_text (cell, plancia_psc_check_reason (check));
}

static double
power_of (PlanciaDevice *device)
{
  double watts = NAN;

  if (!plancia_device_words_is_current (device) ||
      !plancia_device_get_quantity (device, PLANCIA_QUANTITY_AC_POWER, &watts))
    return NAN;
  return watts;
}

static void
update_bar (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  double rated = NAN;

  if (!plancia_device_get_quantity (device, PLANCIA_QUANTITY_RATED_POWER, &rated) || rated <= 0)
    rated = NAN;
  plancia_power_bar_set_part (PLANCIA_POWER_BAR (cell), power_of (device) / rated);
}

static void
update_power (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  double           kilowatts = power_of (device) / 1000;
  g_autofree char *text = plancia_text_number (kilowatts, 1);

  set_text (cell, text);
}

static void
update_state (GtkWidget *cell, PlanciaDevice *device, GTimeZone *zone)
{
  g_autofree char *state = plancia_device_words_state (device, zone);

  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (gtk_widget_get_first_child (cell)),
                               plancia_device_get_mark (device));
  set_text (gtk_widget_get_last_child (cell), state);
  gtk_widget_set_tooltip_text (cell, state);
}

static const UpdateFunc updates[PLANCIA_N_PSC_CELLS] = {
  [PLANCIA_PSC_CELL_NUMBER] = update_number,
  [PLANCIA_PSC_CELL_NAME] = update_name,
  [PLANCIA_PSC_CELL_SERIAL] = update_serial,
  [PLANCIA_PSC_CELL_CHECK] = update_check,
  [PLANCIA_PSC_CELL_BAR] = update_bar,
  [PLANCIA_PSC_CELL_POWER] = update_power,
  [PLANCIA_PSC_CELL_STATE] = update_state,
};

/* --- factory --------------------------------------------------------------------------------- */

/* Of a factory; its items keep a pointer to it. */
typedef struct
{
  PlanciaPscCell cell;
  GTimeZone     *zone;
  gboolean       narrow;
} Kind;

static void
kind_free (gpointer data, GClosure *closure)
{
  Kind *kind = data;

  g_time_zone_unref (kind->zone);
  g_free (kind);
}

static void
update_item (GtkListItem *item, const Kind *kind)
{
  updates[kind->cell](gtk_list_item_get_child (item), gtk_list_item_get_item (item), kind->zone);
}

static void
device_moved (PlanciaDevice *device, GtkListItem *item)
{
  update_item (item, g_object_get_data (G_OBJECT (item), "plancia-kind"));
}

static void
device_notified (PlanciaDevice *device, GParamSpec *pspec, GtkListItem *item)
{
  device_moved (device, item);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  g_object_set_data (G_OBJECT (item), "plancia-kind", kind);
  gtk_list_item_set_child (item, new_cell (kind->cell, kind->narrow));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  GObject *device = gtk_list_item_get_item (item);

  g_signal_connect_object (device, "readings", G_CALLBACK (device_moved), item, 0);
  g_signal_connect_object (device, "notify", G_CALLBACK (device_notified), item, 0);
  update_item (item, kind);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Kind *kind)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

/**
 * plancia_psc_cells_new:
 * @cell: which column
 * @zone: of the plant
 * @narrow: signs stand without their words, which are in the tooltip
 *
 * Returns: (transfer full): makes and fills its cells
 */
GtkListItemFactory *
plancia_psc_cells_new (PlanciaPscCell cell, GTimeZone *zone, gboolean narrow)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Kind               *kind = g_new (Kind, 1);

  kind->cell = cell;
  kind->zone = g_time_zone_ref (zone);
  kind->narrow = narrow;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), kind, kind_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), kind);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), kind);
  return factory;
}

const char *
plancia_psc_cells_serial (PlanciaDevice *inverter)
{
  const PlanciaReading *reading = plancia_device_lookup (inverter, "serial_number");

  return reading && reading->value.kind == PLANCIA_VALUE_TEXT ? reading->value.text : NULL;
}
