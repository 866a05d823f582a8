/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-overview.h"

#include "ui/device-card.h"
#include "ui/device-line.h"
#include "ui/device-words.h"
#include "ui/grid.h"
#include "ui/plant-alarms.h"
#include "ui/plant-coverage.h"
#include "ui/plant-now.h"
#include "ui/plant-today.h"
#include <glib/gi18n.h>

#define MAX_CARDS    24
#define CARD_SPAN    4
#define UPDATE_DELAY 250 /* ms: all devices that answer within it are summed once */

struct _PlanciaPlantOverview
{
  AdwBin parent_instance;

  PlanciaSession *session;
  PlanciaDevice  *device;
  GTimeZone      *zone;
  GPtrArray      *devices; /* PlanciaDevice: the leaves that have cards */
  GPtrArray      *cards;   /* in the grid: cards or the list, and the coverage */
  guint           update_id;

  GtkWidget *grid;
  GtkWidget *now;
  GtkWidget *today;
  GtkWidget *alarms;
  GtkWidget *answering;
};

G_DEFINE_FINAL_TYPE (PlanciaPlantOverview, plancia_plant_overview, ADW_TYPE_BIN)

/* --- figures --------------------------------------------------------------------------------- */

static gboolean
is_answering (PlanciaDevice *device)
{
  return plancia_device_get_mark (device) == PLANCIA_MARK_LIVE;
}

static void
show_answering (PlanciaPlantOverview *self)
{
  guint            n = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->devices->len; i++)
    n += is_answering (g_ptr_array_index (self->devices, i)) ? 1 : 0;
  text =
    g_strdup_printf (ngettext ("%u of %u answers", "%u of %u answer", n), n, self->devices->len);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->answering)), text) != 0)
    gtk_label_set_text (GTK_LABEL (self->answering), text);
}

static void
update (PlanciaPlantOverview *self)
{
  plancia_plant_now_update (PLANCIA_PLANT_NOW (self->now), self->devices);
  plancia_plant_today_update (PLANCIA_PLANT_TODAY (self->today), self->devices);
  plancia_plant_alarms_update (PLANCIA_PLANT_ALARMS (self->alarms), self->devices, self->zone);
  show_answering (self);
}

static gboolean
update_cb (gpointer user_data)
{
  PlanciaPlantOverview *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (PlanciaPlantOverview *self)
{
  if (self->update_id == 0 && self->device && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->update_id = g_timeout_add (UPDATE_DELAY, update_cb, self);
}

static void
plancia_plant_overview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_plant_overview_parent_class)->map (widget);
  update (PLANCIA_PLANT_OVERVIEW (widget));
}

/* --- cards ----------------------------------------------------------------------------------- */

static void
add_to_grid (PlanciaPlantOverview *self, GtkWidget *child, guint span)
{
  plancia_grid_append (PLANCIA_GRID (self->grid), child, span);
  g_ptr_array_add (self->cards, child);
}

static void
make_cards (PlanciaPlantOverview *self)
{
  GtkWidget *coverage = plancia_plant_coverage_new ();

  for (guint i = 0; i < self->cards->len; i++)
    plancia_grid_remove (PLANCIA_GRID (self->grid), g_ptr_array_index (self->cards, i));
  g_ptr_array_set_size (self->cards, 0);

  if (self->devices->len > MAX_CARDS)
    add_to_grid (self, plancia_device_line_list_new (self->session, self->devices), 12);
  for (guint i = 0; i < self->devices->len && self->devices->len <= MAX_CARDS; i++)
    add_to_grid (self,
                 plancia_device_card_new (self->session, g_ptr_array_index (self->devices, i)),
                 CARD_SPAN);
  plancia_plant_coverage_set_devices (PLANCIA_PLANT_COVERAGE (coverage),
                                      self->session,
                                      self->devices);
  add_to_grid (self, coverage, 12);
}

static void
follow_device (PlanciaPlantOverview *self, PlanciaDevice *device)
{
  g_signal_connect_object (device, "readings", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device,
                           "notify::state",
                           G_CALLBACK (queue_update),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
unfollow_devices (PlanciaPlantOverview *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->devices, i), self);
}

static gboolean
are_the_same (GPtrArray *one, GPtrArray *two)
{
  if (one->len != two->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++) {
    if (g_ptr_array_index (one, i) != g_ptr_array_index (two, i))
      return FALSE;
  }
  return TRUE;
}

/* Cards stay when only a name or an address changed. */
static void
document_changed (PlanciaPlantOverview *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GPtrArray) devices = plant
                                    ? plancia_device_tree_list (plancia_open_plant_get_tree (plant))
                                    : g_ptr_array_new_with_free_func (g_object_unref);

  if (are_the_same (devices, self->devices))
    return;
  unfollow_devices (self);
  g_ptr_array_unref (self->devices);
  self->devices = g_ptr_array_ref (devices);
  for (guint i = 0; i < devices->len; i++)
    follow_device (self, g_ptr_array_index (devices, i));
  make_cards (self);
  update (self);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_plant_overview_dispose (GObject *object)
{
  PlanciaPlantOverview *self = PLANCIA_PLANT_OVERVIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->devices)
    unfollow_devices (self);
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->device);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_plant_overview_parent_class)->dispose (object);
}

static void
plancia_plant_overview_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_PLANT_OVERVIEW (object)->cards);

  G_OBJECT_CLASS (plancia_plant_overview_parent_class)->finalize (object);
}

static void
plancia_plant_overview_class_init (PlanciaPlantOverviewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_plant_overview_dispose;
  object_class->finalize = plancia_plant_overview_finalize;
  widget_class->map = plancia_plant_overview_map;

  g_type_ensure (PLANCIA_TYPE_GRID);
  g_type_ensure (PLANCIA_TYPE_PLANT_ALARMS);
  g_type_ensure (PLANCIA_TYPE_PLANT_NOW);
  g_type_ensure (PLANCIA_TYPE_PLANT_TODAY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/plant-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantOverview, grid);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantOverview, now);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantOverview, today);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantOverview, alarms);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantOverview, answering);
}

static void
plancia_plant_overview_init (PlanciaPlantOverview *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->cards = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_plant_overview_new:
 * @session: the session, whose device the cards set
 * @device: the whole plant
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_plant_overview_new (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaPlantOverview *self = g_object_new (PLANCIA_TYPE_PLANT_OVERVIEW, NULL);
  PlanciaOpenPlant     *plant = plancia_session_get_plant (session);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->zone = plancia_device_words_zone (session);
  if (plant)
    g_signal_connect_object (plant,
                             "document-changed",
                             G_CALLBACK (document_changed),
                             self,
                             G_CONNECT_SWAPPED);
  document_changed (self);
  return GTK_WIDGET (self);
}
