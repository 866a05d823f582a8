/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/link-card.h"

#include "base/clock.h"
#include "base/text.h"
#include "ui/figure.h"
#include "ui/key-value.h"
#include "ui/latency-bars.h"
#include "ui/state-chip.h"
#include <glib/gi18n.h>

struct _PlanciaLinkCard
{
  GtkBox parent_instance;

  PlanciaStateChip   *chip;
  GtkInscription     *latency_figure;
  PlanciaLatencyBars *bars;
  PlanciaKeyValue    *framing_line; /* only where it was not given */
  PlanciaKeyValue    *requests_line;
  PlanciaKeyValue    *errors_line;
  GtkWidget          *kinds_label;
  PlanciaKeyValue    *skipped_line;
  PlanciaKeyValue    *age_line;

  PlanciaDevice *device;
  GSignalGroup  *signals;
  guint          tick; /* each second while it is on the screen: an age grows by itself */
};

G_DEFINE_FINAL_TYPE (PlanciaLinkCard, plancia_link_card, GTK_TYPE_BOX)

static void
show_age (PlanciaLinkCard *self)
{
  gint64           time = self->device ? plancia_device_get_time (self->device) : 0;
  g_autofree char *age = plancia_text_age (plancia_clock_now () - time);
  /* Translators: how old the last reading is, such as "2 s ago". */
  g_autofree char *text = time > 0 ? g_strdup_printf (_ ("%s ago"), age) : g_strdup (_ ("never"));

  plancia_key_value_set_value (self->age_line, text);
}

static char *
latency_text (const PlanciaLinkQuality *quality)
{
  if (quality->n_latencies == 0)
    return g_strdup ("\xe2\x80\x94");
  if (quality->latency_median == 0)
    return g_strdup ("<1");
  return plancia_text_number (quality->latency_median, 0);
}

/* Translators: each is one kind of failure of a connection, with how often it came */
static char *
kind_text (PlanciaLinkError kind, guint64 count)
{
  gulong n = (gulong) MIN (count, G_MAXLONG);

  switch (kind) {
  case PLANCIA_LINK_ERROR_TIMEOUT:
    return g_strdup_printf (ngettext ("%lu without answer", "%lu without answer", n), n);
  case PLANCIA_LINK_ERROR_CONNECTION:
    return g_strdup_printf (ngettext ("%lu lost connection", "%lu lost connections", n), n);
  case PLANCIA_LINK_ERROR_DAMAGED:
    return g_strdup_printf (ngettext ("%lu damaged", "%lu damaged", n), n);
  case PLANCIA_LINK_ERROR_UNEXPECTED:
    return g_strdup_printf (ngettext ("%lu wrong answer", "%lu wrong answers", n), n);
  case PLANCIA_LINK_ERROR_LOGGER:
    return g_strdup_printf (ngettext ("%lu refused by the stick", "%lu refused by the stick", n),
                            n);
  case PLANCIA_LINK_ERROR_EXCEPTION:
    return g_strdup_printf (ngettext ("%lu refused by the device", "%lu refused by the device", n),
                            n);
  case PLANCIA_LINK_ERROR_OTHER:
  case PLANCIA_N_LINK_ERRORS:
  default:
    return g_strdup_printf (ngettext ("%lu other", "%lu others", n), n);
  }
}

static void
show_kinds (PlanciaLinkCard *self, const PlanciaLinkQuality *quality)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int kind = 0; kind < PLANCIA_N_LINK_ERRORS; kind++) {
    g_autofree char *words = NULL;

    if (quality->kinds[kind] == 0)
      continue;
    words = kind_text ((PlanciaLinkError) kind, quality->kinds[kind]);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " \xc2\xb7 " : "", words);
  }
  gtk_widget_set_visible (self->kinds_label, text->len > 0);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->kinds_label)), text->str) != 0)
    gtk_label_set_text (GTK_LABEL (self->kinds_label), text->str);
}

static void
show_skipped (PlanciaLinkCard *self, guint64 skipped)
{
  g_autofree char *text = plancia_text_number ((double) skipped, 0);

  gtk_widget_set_visible (GTK_WIDGET (self->skipped_line), skipped > 0);
  plancia_key_value_set_value (self->skipped_line, text);
}

static void
show_worst (PlanciaLinkCard *self, const PlanciaLinkQuality *quality)
{
  g_autofree char *text = NULL;

  if (quality->n_latencies > 0)
    /* Translators: about the time that answers take */
    text = g_strdup_printf (_ ("Median of the last 60 requests; the worst took %u ms"),
                               quality->latency_worst);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->latency_figure),
                               text ? text : _ ("Median of the last 60 requests"));
}

static void
show_framing (PlanciaLinkCard *self, const char *framing)
{
  gtk_widget_set_visible (GTK_WIDGET (self->framing_line), framing != NULL);
  if (framing)
    plancia_key_value_set_value (self->framing_line, framing);
}

static void
show_quality (PlanciaLinkCard *self)
{
  PlanciaBackend    *backend = plancia_device_get_backend (self->device);
  PlanciaLinkQuality quality = {0};
  g_autofree char   *requests = NULL, *errors = NULL, *latency = NULL;

  if (backend)
    plancia_backend_get_quality (backend, &quality);
  requests = plancia_text_number ((double) quality.requests, 0);
  errors = plancia_text_number ((double) quality.errors, 0);
  latency = latency_text (&quality);
  plancia_key_value_set_value (self->requests_line, requests);
  plancia_key_value_set_value (self->errors_line, errors);
  plancia_figure_set (self->latency_figure, latency, quality.n_latencies > 0 ? "ms" : NULL);
  plancia_latency_bars_set (self->bars, quality.latencies, quality.n_latencies);
  show_framing (self, quality.framing);
  show_kinds (self, &quality);
  show_skipped (self, quality.skipped);
  show_worst (self, &quality);
}

static void
update (PlanciaLinkCard *self)
{
  if (!self->device || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  plancia_state_chip_set (self->chip, plancia_device_get_mark (self->device), NULL);
  show_quality (self);
  show_age (self);
}

static gboolean
tick (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
plancia_link_card_map (GtkWidget *widget)
{
  PlanciaLinkCard *self = PLANCIA_LINK_CARD (widget);

  GTK_WIDGET_CLASS (plancia_link_card_parent_class)->map (widget);
  self->tick = g_timeout_add_seconds (1, tick, self);
  update (self);
}

static void
plancia_link_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLANCIA_LINK_CARD (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (plancia_link_card_parent_class)->unmap (widget);
}

static void
plancia_link_card_dispose (GObject *object)
{
  PlanciaLinkCard *self = PLANCIA_LINK_CARD (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->signals);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_link_card_parent_class)->dispose (object);
}

static void
plancia_link_card_class_init (PlanciaLinkCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_link_card_dispose;
  widget_class->map = plancia_link_card_map;
  widget_class->unmap = plancia_link_card_unmap;

  g_type_ensure (PLANCIA_TYPE_KEY_VALUE);
  g_type_ensure (PLANCIA_TYPE_LATENCY_BARS);
  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/link-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, latency_figure);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, bars);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, framing_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, requests_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, errors_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, kinds_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, skipped_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLinkCard, age_line);
}

static void
plancia_link_card_init (PlanciaLinkCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "readings", G_CALLBACK (show_age), self);
}

/**
 * plancia_link_card_set_device:
 * @self: the card
 * @device: (nullable): whose connection it shows
 */
void
plancia_link_card_set_device (PlanciaLinkCard *self, PlanciaDevice *device)
{
  if (!g_set_object (&self->device, device))
    return;
  g_signal_group_set_target (self->signals, device);
  update (self);
}
