/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-panes.h"

#include "base/signal-new.h"
#include "ui/settings.h"

#define DEVICES_KEY "history-devices"

struct _PlanciaHistoryPanes
{
  GtkBox parent_instance;

  PlanciaHistoryFeed *lead;    /* borrowed */
  PlanciaCursorTable *cursors; /* borrowed: of the first */
  PlanciaChartLink   *link;
  GPtrArray          *offered; /* PlanciaDevice */
  GPtrArray          *panes;   /* PlanciaHistoryPane, in the order of what is offered */
  gboolean            watched;
  gboolean            narrow;
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryPanes, plancia_history_panes, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

static PlanciaHistoryPane *
pane_at (PlanciaHistoryPanes *self, guint index)
{
  return g_ptr_array_index (self->panes, index);
}

/* --- remembered ------------------------------------------------------------------------------ */

static gboolean
is_remembered (PlanciaDevice *device)
{
  g_auto (GStrv) ids = g_settings_get_strv (plancia_settings_get (), DEVICES_KEY);

  return g_strv_contains ((const char *const *) ids, plancia_device_get_id (device));
}

/* Those of other plants stay what they are. */
static void
remember (PlanciaDevice *device, gboolean chosen)
{
  g_auto (GStrv) ids = g_settings_get_strv (plancia_settings_get (), DEVICES_KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], plancia_device_get_id (device)))
      g_strv_builder_add (builder, ids[i]);
  if (chosen)
    g_strv_builder_add (builder, plancia_device_get_id (device));
  all = g_strv_builder_end (builder);
  g_settings_set_strv (plancia_settings_get (), DEVICES_KEY, (const char *const *) all);
}

/* --- panes ----------------------------------------------------------------------------------- */

static void
closed_cb (PlanciaHistoryPane *pane, PlanciaHistoryPanes *self)
{
  plancia_history_panes_choose (self, plancia_history_pane_get_device (pane), FALSE);
}

static void
add_pane (PlanciaHistoryPanes *self, PlanciaDevice *device)
{
  GtkWidget          *widget = plancia_history_pane_new (self->lead, device);
  PlanciaHistoryPane *pane = PLANCIA_HISTORY_PANE (widget);

  g_ptr_array_add (self->panes, pane);
  gtk_box_append (GTK_BOX (self), widget);
  g_signal_connect (pane, "closed", G_CALLBACK (closed_cb), self);
  g_object_bind_property (self->cursors,
                          "visible",
                          plancia_history_pane_get_cursors (pane),
                          "visible",
                          G_BINDING_SYNC_CREATE);
  plancia_history_pane_set_narrow (pane, self->narrow);
  plancia_history_pane_set_watched (pane, self->watched);
  plancia_chart_link_add (self->link, plancia_history_pane_get_chart (pane));
}

static void
remove_pane (PlanciaHistoryPanes *self, guint index)
{
  PlanciaHistoryPane *pane = pane_at (self, index);

  plancia_chart_link_remove (self->link, plancia_history_pane_get_chart (pane));
  plancia_history_pane_set_watched (pane, FALSE);
  g_ptr_array_remove_index (self->panes, index);
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (pane));
}

static void
remove_all (PlanciaHistoryPanes *self)
{
  while (self->panes->len > 0)
    remove_pane (self, self->panes->len - 1);
}

static void
settle (PlanciaHistoryPanes *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->panes->len > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- life ------------------------------------------------------------------------------------ */

static void
plancia_history_panes_dispose (GObject *object)
{
  PlanciaHistoryPanes *self = PLANCIA_HISTORY_PANES (object);

  plancia_history_panes_clear (self);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->panes, g_ptr_array_unref);

  G_OBJECT_CLASS (plancia_history_panes_parent_class)->dispose (object);
}

static void
plancia_history_panes_class_init (PlanciaHistoryPanesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_history_panes_dispose;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_panes_init (PlanciaHistoryPanes *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->offered = g_ptr_array_new_with_free_func (g_object_unref);
  self->panes = g_ptr_array_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_history_panes_set_lead:
 * @self: new panes
 * @feed: what the first device shows
 * @chart: its chart
 * @cursors: its table of what lies between the cursors
 */
void
plancia_history_panes_set_lead (PlanciaHistoryPanes *self,
                                PlanciaHistoryFeed  *feed,
                                PlanciaChart        *chart,
                                PlanciaCursorTable  *cursors)
{
  g_return_if_fail (self->link == NULL);

  self->lead = feed;
  self->cursors = cursors;
  self->link = plancia_chart_link_new (chart);
}

/**
 * plancia_history_panes_offer:
 * @self: panes
 * @devices: (element-type PlanciaDevice): all that could be shown
 *
 * Shows those of them that were chosen before.
 */
void
plancia_history_panes_offer (PlanciaHistoryPanes *self, GPtrArray *devices)
{
  gboolean same = devices->len == self->offered->len;

  for (guint i = 0; same && i < devices->len; i++)
    same = g_ptr_array_index (devices, i) == g_ptr_array_index (self->offered, i);
  if (same)
    return;
  remove_all (self);
  g_ptr_array_set_size (self->offered, 0);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    g_ptr_array_add (self->offered, g_object_ref (device));
    if (is_remembered (device))
      add_pane (self, device);
  }
  settle (self);
}

GPtrArray *
plancia_history_panes_get_offered (PlanciaHistoryPanes *self)
{
  return self->offered;
}

gboolean
plancia_history_panes_has (PlanciaHistoryPanes *self, PlanciaDevice *device)
{
  for (guint i = 0; i < self->panes->len; i++)
    if (plancia_history_pane_get_device (pane_at (self, i)) == device)
      return TRUE;
  return FALSE;
}

/**
 * plancia_history_panes_choose:
 * @self: panes
 * @device: one of those that are offered
 * @chosen: whether it is shown from now on
 */
void
plancia_history_panes_choose (PlanciaHistoryPanes *self, PlanciaDevice *device, gboolean chosen)
{
  if (plancia_history_panes_has (self, device) == chosen)
    return;
  remember (device, chosen);
  if (chosen)
    add_pane (self, device);
  for (guint i = self->panes->len; !chosen && i-- > 0;)
    if (plancia_history_pane_get_device (pane_at (self, i)) == device)
      remove_pane (self, i);
  settle (self);
}

guint
plancia_history_panes_get_n (PlanciaHistoryPanes *self)
{
  return self->panes->len;
}

PlanciaHistoryPane *
plancia_history_panes_get (PlanciaHistoryPanes *self, guint index)
{
  return pane_at (self, index);
}

void
plancia_history_panes_update (PlanciaHistoryPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    plancia_history_pane_update (pane_at (self, i));
}

void
plancia_history_panes_catch_up (PlanciaHistoryPanes *self)
{
  for (guint i = 0; i < self->panes->len; i++)
    plancia_history_pane_catch_up (pane_at (self, i));
}

void
plancia_history_panes_set_watched (PlanciaHistoryPanes *self, gboolean watched)
{
  self->watched = watched;
  for (guint i = 0; i < self->panes->len; i++)
    plancia_history_pane_set_watched (pane_at (self, i), watched);
}

void
plancia_history_panes_set_narrow (PlanciaHistoryPanes *self, gboolean narrow)
{
  self->narrow = narrow;
  for (guint i = 0; i < self->panes->len; i++)
    plancia_history_pane_set_narrow (pane_at (self, i), narrow);
}

void
plancia_history_panes_clear (PlanciaHistoryPanes *self)
{
  if (self->link == NULL)
    return;
  remove_all (self);
  g_clear_pointer (&self->link, plancia_chart_link_free);
}
