/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stored-span.h"

#include "base/clock.h"
#include "base/text.h"
#include "ui/coverage-bar.h"
#include <glib/gi18n.h>
#include <math.h>

#define REFRESH_SECONDS 60
#define PERCENT_WIDTH   44

struct _PlanciaStoredSpan
{
  GtkWidget parent_instance;

  PlanciaSession *session;
  PlanciaDevice  *device;
  guint           days;
  PlanciaSpan     asked;
  GCancellable   *cancellable; /* of the question in course */
  guint           refresh_id;
  double          part; /* negative: not known yet */

  GtkWidget *bar;
  GtkWidget *percent;
};

G_DEFINE_FINAL_TYPE (PlanciaStoredSpan, plancia_stored_span, GTK_TYPE_WIDGET)

static void
show (PlanciaStoredSpan *self, GArray *covered)
{
  g_autofree char *number = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *words = NULL;

  plancia_coverage_bar_set (PLANCIA_COVERAGE_BAR (self->bar), self->asked, covered);
  self->part = plancia_coverage_bar_get_part (PLANCIA_COVERAGE_BAR (self->bar));
  /* Only what is complete reads 100. */
  number = plancia_text_number (floor (self->part * 100 + 1e-9), 0);
  percent = plancia_text_with_unit (number, "%");
  gtk_label_set_text (GTK_LABEL (self->percent), percent);
  words = g_strdup_printf (
    ngettext ("%s of the last %u day is stored", "%s of the last %u days are stored", self->days),
    percent,
    self->days);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
}

static void
covered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    covered = plancia_store_covered_finish (PLANCIA_STORE (source), result, &error);

  /* Cancelled: user_data is gone, or has asked again. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (covered)
    show (user_data, covered);
  else
    g_info ("Coverage not read: %s", error->message);
}

static void
stop_asking (PlanciaStoredSpan *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
ask (gpointer user_data)
{
  PlanciaStoredSpan *self = user_data;
  PlanciaOpenPlant  *plant = plancia_session_get_plant (self->session);
  gint64             now = plancia_clock_now ();

  stop_asking (self);
  if (!plant)
    return G_SOURCE_CONTINUE;

  self->cancellable = g_cancellable_new ();
  self->asked = (PlanciaSpan){now - self->days * PLANCIA_DAY, now};
  plancia_store_covered_async (plancia_open_plant_get_store (plant),
                               plancia_device_get_id (self->device),
                               plancia_stored_span_source_of (self->device),
                               self->asked,
                               self->cancellable,
                               covered_cb,
                               self);
  return G_SOURCE_CONTINUE;
}

static void
plancia_stored_span_map (GtkWidget *widget)
{
  PlanciaStoredSpan *self = PLANCIA_STORED_SPAN (widget);

  GTK_WIDGET_CLASS (plancia_stored_span_parent_class)->map (widget);
  ask (self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, ask, self);
}

static void
plancia_stored_span_unmap (GtkWidget *widget)
{
  PlanciaStoredSpan *self = PLANCIA_STORED_SPAN (widget);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  GTK_WIDGET_CLASS (plancia_stored_span_parent_class)->unmap (widget);
}

static void
plancia_stored_span_dispose (GObject *object)
{
  PlanciaStoredSpan *self = PLANCIA_STORED_SPAN (object);

  stop_asking (self);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_pointer (&self->percent, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_stored_span_parent_class)->dispose (object);
}

static void
plancia_stored_span_class_init (PlanciaStoredSpanClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_stored_span_dispose;
  widget_class->map = plancia_stored_span_map;
  widget_class->unmap = plancia_stored_span_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
plancia_stored_span_init (PlanciaStoredSpan *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_spacing (layout, 9);
  self->part = -1;
  self->bar = plancia_coverage_bar_new ();
  gtk_widget_set_hexpand (self->bar, TRUE);
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));

  self->percent = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->percent), 1);
  gtk_widget_set_size_request (self->percent, PERCENT_WIDTH, -1);
  gtk_widget_add_css_class (self->percent, "numeric");
  gtk_widget_add_css_class (self->percent, "kv-key");
  gtk_widget_set_parent (self->percent, GTK_WIDGET (self));
}

/**
 * plancia_stored_span_new:
 * @session: whose plant has the store
 * @device: whose history
 * @days: that end now
 *
 * Returns: (transfer floating): bar and percent, empty until the store has answered
 */
GtkWidget *
plancia_stored_span_new (PlanciaSession *session, PlanciaDevice *device, guint days)
{
  PlanciaStoredSpan *self = g_object_new (PLANCIA_TYPE_STORED_SPAN, NULL);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->days = days;
  return GTK_WIDGET (self);
}

/**
 * plancia_stored_span_source_of:
 * @device: a device
 *
 * Returns: (transfer none): the store's name for what its own backend gives
 */
const char *
plancia_stored_span_source_of (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  switch (plancia_address_get_kind (plancia_entry_get_address (entry))) {
  case PLANCIA_ADDRESS_PORTAL:
    return "portal";
  case PLANCIA_ADDRESS_SYSTEM:
    return "system";
  default:
    return "local";
  }
}

double
plancia_stored_span_get_part (PlanciaStoredSpan *self)
{
  return self->part;
}
