/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-empty.h"

#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

struct _PlanciaHistoryEmpty
{
  AdwBin parent_instance;

  AdwStatusPage     *status;
  GtkButton         *button;
  PlanciaHelpButton *help;
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryEmpty, plancia_history_empty, ADW_TYPE_BIN)

/* action, label NULL: nothing to press. Title and description are plain words, not markup. */
static void
show (PlanciaHistoryEmpty *self,
      const char          *icon,
      const char          *title,
      const char          *description,
      const char          *action,
      const char          *label)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *words = description ? g_markup_escape_text (description, -1) : NULL;

  plancia_help_button_set_error (self->help, NULL);
  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title_markup);
  adw_status_page_set_description (self->status, words);
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
}

/* The serial number under which an account would know the device, or NULL. */
static const char *
serial_of (PlanciaDevice *device)
{
  const PlanciaReading *serial = plancia_device_lookup (device, "serial_number");

  return serial != NULL && serial->value.kind == PLANCIA_VALUE_TEXT ? serial->value.text : NULL;
}

static void
show_no_source (PlanciaHistoryEmpty *self, PlanciaDevice *device)
{
  const char *kind = device ? plancia_device_get_kind (device) : "";
  const char *serial = device ? serial_of (device) : NULL;
  gboolean    leaf = device && plancia_device_get_entry (device) && !g_str_equal (kind, "portal");
  g_autofree char *words = NULL;

  if (g_str_equal (kind, "portal"))
    words = g_strdup (_ ("Choose one of the devices of this account at the left."));
  else if (g_str_equal (kind, "plant"))
    words =
      g_strdup (_ ("Choose a device at the left. Its history comes from the Azzurro Portal."));
  else if (serial != NULL)
    words = g_strdup_printf (_ ("The past days of this device are on the Azzurro Portal. Add the "
                                "portal account that has the device %s."),
                                serial);
  else
    words = g_strdup (_ ("Past days come from the Azzurro Portal. Add the portal account that has "
                         "this device; it is recognised by its serial number."));
  show (self,
        "plancia-portal-symbolic",
        _ ("No history here"), words, "win.add-portal", leaf ? _ ("Add a portal account…") : NULL);
}

static void
show_not_fetched (PlanciaHistoryEmpty *self, const char *day)
{
  g_autofree char *words =
    /* Translators: a day: "Nothing of Thursday 11 June 2026 is stored here yet." */
    g_strdup_printf (_ ("Nothing of %s is stored here yet."), day);

  show (self,
        "plancia-download-symbolic",
        _ ("Not fetched"), words, "history.try-again", _ ("Fetch"));
}

/* What was not recorded here cannot be had later, but a cloud may have it. */
static void
show_nothing_here (PlanciaHistoryEmpty *self, PlanciaHistoryFeed *feed, const char *day)
{
  const char      *serial = serial_of (plancia_history_feed_get_device (feed));
  gboolean         alone = plancia_history_feed_get_sources (feed)->len == 1;
  g_autofree char *words =
    /* Translators: a day: "Nothing was read here on Thursday 11 June 2026." */
    g_strdup_printf (_ ("Nothing was read here on %s."), day);
  g_autofree char *more = NULL;
  g_autofree char *all = NULL;

  if (alone && serial != NULL)
    more = g_strdup_printf (_ ("The past days of this device may be on the Azzurro Portal. Add the "
                               "portal account that has the device %s."),
                               serial);
  else if (alone)
    more = g_strdup (_ ("Past days may be on the Azzurro Portal. Add the portal account that has "
                        "this device; it is recognised by its serial number."));
  else
    more = g_strdup (_ ("Plancia records while it is connected to the device."));
  all = g_strconcat (words, " ", more, NULL);
  show (self,
        "plancia-history-symbolic",
        _ ("Nothing recorded"), all, "win.add-portal", alone ? _ ("Add a portal account…") : NULL);
}

static void
show_nothing (PlanciaHistoryEmpty *self, const char *day)
{
  g_autofree char *words =
    /* Translators: a day: "The portal has no values of Thursday 11 June 2026." */
    g_strdup_printf (_ ("The portal has no values of %s."), day);

  show (self,
        "plancia-history-symbolic",
        _ ("Nothing recorded"), words, "history.fetch-again", _ ("Fetch again"));
}

static void
show_failed (PlanciaHistoryEmpty *self, const GError *error)
{
  show (self,
        "plancia-severity-warning-symbolic",
        plancia_error_text (error),
        plancia_error_advice (error),
        "history.try-again",
        _ ("Try again"));
  plancia_help_button_set_error (self->help, error);
}

static void
plancia_history_empty_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);

  G_OBJECT_CLASS (plancia_history_empty_parent_class)->dispose (object);
}

static void
plancia_history_empty_class_init (PlanciaHistoryEmptyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_empty_dispose;

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-empty.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryEmpty, status);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryEmpty, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryEmpty, help);
}

static void
plancia_history_empty_init (PlanciaHistoryEmpty *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_history_empty_new:
 *
 * Returns: (transfer full): without words
 */
GtkWidget *
plancia_history_empty_new (void)
{
  return g_object_new (PLANCIA_TYPE_HISTORY_EMPTY, NULL);
}

/**
 * plancia_history_empty_set:
 * @self: the place of the chart
 * @feed: whose state it explains
 */
void
plancia_history_empty_set (PlanciaHistoryEmpty *self, PlanciaHistoryFeed *feed)
{
  g_autofree char *day = plancia_history_day_long_title (plancia_history_feed_get_zone (feed),
                                                         plancia_history_feed_get_day (feed));

  switch (plancia_history_feed_get_state (feed)) {
  case PLANCIA_HISTORY_NO_SOURCE:
    show_no_source (self, plancia_history_feed_get_device (feed));
    break;
  case PLANCIA_HISTORY_NOT_FETCHED:
    show_not_fetched (self, day);
    break;
  case PLANCIA_HISTORY_NOTHING:
    if (plancia_history_feed_is_local (feed))
      show_nothing_here (self, feed, day);
    else
      show_nothing (self, day);
    break;
  case PLANCIA_HISTORY_FAILED:
    show_failed (self, plancia_history_feed_get_error (feed));
    break;
  case PLANCIA_HISTORY_SHOWN:
  default:
    break;
  }
}
