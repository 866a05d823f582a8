/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/banner.h"

#include "base/error.h"
#include "ui/device-identity.h"
#include "ui/error-dialog.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/hub-consent.h"
#include "ui/map-dialog.h"
#include "ui/overview-page.h"
#include "ui/replaced-question.h"
#include "ui/state-mark.h"
#include "ui/tree-row.h"

#include <glib/gi18n.h>

/* What the button of a banner does. */
typedef enum {
  BUTTON_NONE,
  BUTTON_DETAILS,
  BUTTON_TAKE_BACK,
  BUTTON_FAULTS,
  BUTTON_CHOOSE_MAP,
  BUTTON_CONFIRM_MAP,
  BUTTON_REPLACED,
} Button;

/* What there is to say. */
typedef struct
{
  const char *style; /* class of the box */
  const char *icon;  /* or NULL: the mark */
  PlanciaMark mark;
  char       *bold;
  char       *rest; /* or NULL */
  Button      button;
  GError     *error; /* what the help explains, or NULL */
} Message;

struct _PlanciaBanner
{
  PlanciaSessionBin parent_instance;

  GtkWidget         *box;
  GtkImage          *icon;
  PlanciaStateMark  *mark;
  GtkLabel          *label;
  GtkButton         *button;
  PlanciaHelpButton *help;

  PlanciaSession *session; /* borrowed from the bin */
  PlanciaDevice  *device;  /* the one that is followed, or NULL */
  char           *page;
  gboolean        narrow;
  Button          action;
};

G_DEFINE_FINAL_TYPE (PlanciaBanner, plancia_banner, PLANCIA_TYPE_SESSION_BIN)

static void
message_clear (Message *message)
{
  g_free (message->bold);
  g_free (message->rest);
  g_clear_error (&message->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

/* --- what to say ----------------------------------------------------------------------------- */

/* The HUB's page has a row for each line, those of a serial port and of an account say what stands in the way. */
static gboolean
page_explains (PlanciaBanner *self)
{
  static const char *const kinds[] = {"hub", "line", "console", "portal", NULL};

  if (g_strcmp0 (self->page, "overview") != 0)
    return FALSE;
  return g_strv_contains (kinds, plancia_device_get_kind (self->device)) ||
         plancia_overview_page_is_about_port (self->device);
}

/* "mine.json: registers[3].type: …": the folders have no room here, the details have them. */
static char *
dup_place (const char *message)
{
  const char      *end = strstr (message, ": ");
  g_autofree char *path = end ? g_strndup (message, (gsize) (end - message)) : NULL;
  g_autofree char *name = path ? g_path_get_basename (path) : NULL;

  return name ? g_strconcat (name, end, NULL) : g_strdup (message);
}

/* What is wrong in a document is said with its place: without it there is nothing to mend. */
static void
say_error (Message *message, const GError *error)
{
  message->error = g_error_copy (error);
  message->bold = g_strdup (plancia_error_text (error));
  message->rest = error->domain == PLANCIA_DOCUMENT_ERROR ? dup_place (error->message)
                                                          : g_strdup (plancia_error_advice (error));
}

static Button
button_for (const GError *error)
{
  if (g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP))
    return BUTTON_CHOOSE_MAP;
  if (plancia_replaced_question_is_about (error))
    return BUTTON_REPLACED;
  return BUTTON_DETAILS;
}

static gboolean
say_problem (PlanciaBanner *self, Message *message)
{
  const GError *error = plancia_device_get_error (self->device);

  if (plancia_device_get_mark (self->device) != PLANCIA_MARK_FAILING || !error ||
      page_explains (self))
    return FALSE;

  message->style = "problem";
  message->mark = PLANCIA_MARK_FAILING;
  message->button = button_for (error);
  say_error (message, error);
  return TRUE;
}

static gboolean
say_taken_over (PlanciaBanner *self, Message *message)
{
  g_autoptr (GError)
    taken = g_error_new_literal (PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER, "");

  if (plancia_device_get_mark (self->device) != PLANCIA_MARK_TAKEN_OVER || page_explains (self))
    return FALSE;

  message->style = "caution";
  message->mark = PLANCIA_MARK_TAKEN_OVER;
  message->button = BUTTON_TAKE_BACK;
  say_error (message, taken);
  return TRUE;
}

static gboolean
say_guessed (PlanciaBanner *self, Message *message)
{
  g_autofree char *evidence = plancia_device_identity_evidence (self->device);

  if (!evidence)
    return FALSE;

  message->style = "caution";
  message->icon = "plancia-severity-warning-symbolic";
  message->button = BUTTON_CONFIRM_MAP;
  /* Translators: %s is the start of a serial number and where it was read, "ZP1ES110… at 0x0445" */
  message->bold = g_strdup_printf (_("Map guessed from the serial number (%s)."), evidence);
  message->rest = g_strdup (_("Values may be wrong; writing is off."));
  return TRUE;
}

static char *
dup_time_of_day (PlanciaBanner *self)
{
  PlanciaPlant *plant = plancia_open_plant_get_plant (plancia_session_get_plant (self->session));
  gint64        seconds = plancia_device_get_time (self->device) / 1000;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, plancia_plant_get_zone (plant));

  return g_date_time_format (local, "%H:%M");
}

/* Nothing comes just now, for a reason that passes. */
static gboolean
say_busy (PlanciaBanner *self, Message *message)
{
  const GError *error = plancia_device_get_error (self->device);

  if (!plancia_device_is_busy (self->device))
    return FALSE;

  message->style = "note";
  message->mark = PLANCIA_MARK_STALE;
  say_error (message, error);
  return TRUE;
}

static gboolean
say_stale (PlanciaBanner *self, Message *message)
{
  g_autofree char *time = NULL;

  if (plancia_device_get_mark (self->device) != PLANCIA_MARK_STALE ||
      plancia_device_get_time (self->device) == 0 ||
      !plancia_entry_is_device (plancia_device_get_entry (self->device)))
    return FALSE;

  time = dup_time_of_day (self);
  message->style = "note";
  message->mark = PLANCIA_MARK_STALE;
  /* Translators: %s is a time of day */
  message->bold = g_strdup_printf (_("Old reading, as of %s."), time);
  message->rest =
    g_strdup (_("At night a device may be silent; the values stay until it answers."));
  return TRUE;
}

static gboolean
say_simulated (PlanciaBanner *self, Message *message)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  if (!plant || !plancia_plant_get_simulated (plancia_open_plant_get_plant (plant)))
    return FALSE;

  message->style = "simulated";
  message->icon = "plancia-simulated-symbolic";
  message->button = BUTTON_FAULTS;
  message->bold = g_strdup (_("Simulated plant."));
  message->rest = g_strdup (_("The readings are made up and nothing is sent to a real device."));
  return TRUE;
}

static gboolean
choose (PlanciaBanner *self, Message *message)
{
  gboolean one = self->device && plancia_device_get_entry (self->device);

  return (one &&
          (say_problem (self, message) || say_taken_over (self, message) ||
           say_guessed (self, message) || say_busy (self, message) || say_stale (self, message))) ||
         say_simulated (self, message);
}

/* --- showing it ------------------------------------------------------------------------------ */

static void
set_style (PlanciaBanner *self, const char *style)
{
  static const char *const all[] = {"problem", "caution", "note", "simulated"};

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    if (g_str_equal (all[i], style))
      gtk_widget_add_css_class (self->box, all[i]);
    else
      gtk_widget_remove_css_class (self->box, all[i]);
  }
}

static const char *
button_label (Button button)
{
  switch (button) {
  case BUTTON_DETAILS:
    return _("Details");
  case BUTTON_TAKE_BACK:
    return _("Take the line back…");
  case BUTTON_FAULTS:
    return _("Faults…");
  case BUTTON_CHOOSE_MAP:
    return _("Choose map…");
  case BUTTON_CONFIRM_MAP:
    return _("Confirm map…");
  case BUTTON_REPLACED:
    return _("Replaced?");
  case BUTTON_NONE:
  default:
    return "";
  }
}

static void
show_text (PlanciaBanner *self, const Message *message)
{
  gboolean         rest = message->rest && !self->narrow;
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>%s%s",
                                                     message->bold,
                                                     rest ? " " : "",
                                                     rest ? message->rest : "");
  g_autofree char *whole = g_strjoin (message->rest ? " " : "", message->bold, message->rest, NULL);

  gtk_label_set_markup (self->label, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), whole);
}

static void
update (PlanciaBanner *self)
{
  g_auto (Message) message = {0};
  gboolean any = choose (self, &message);

  gtk_widget_set_visible (GTK_WIDGET (self), any);
  if (!any)
    return;

  set_style (self, message.style);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), message.icon != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), message.icon == NULL);
  gtk_image_set_from_icon_name (self->icon, message.icon);
  plancia_state_mark_set_mark (self->mark, message.mark);
  show_text (self, &message);
  self->action = message.button;
  gtk_button_set_label (self->button, button_label (message.button));
  gtk_widget_set_visible (GTK_WIDGET (self->button), message.button != BUTTON_NONE);
  plancia_help_button_set_error (self->help, message.error);
}

static void
follow_device (PlanciaBanner *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, device);
  if (device) {
    g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (device,
                             "notify::problem",
                             G_CALLBACK (update),
                             self,
                             G_CONNECT_SWAPPED);
  }
  update (self);
}

/* --- button ---------------------------------------------------------------------------------- */

static void
clicked_cb (PlanciaBanner *self)
{
  GtkWindow        *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  switch (self->action) {
  case BUTTON_DETAILS:
    plancia_error_dialog_show (window,
                               plancia_device_title (self->device),
                               plancia_device_get_error (self->device));
    break;
  case BUTTON_TAKE_BACK:
    if (plant && self->device)
      plancia_hub_consent_take_back (window, plant, self->device);
    break;
  case BUTTON_FAULTS:
    gtk_widget_activate_action (GTK_WIDGET (self), "win.faults", NULL);
    break;
  case BUTTON_CHOOSE_MAP:
  case BUTTON_CONFIRM_MAP:
    plancia_map_dialog_show (window, plancia_session_get_plant (self->session), self->device);
    break;
  case BUTTON_REPLACED:
    plancia_replaced_question_show (window, self->device);
    break;
  case BUTTON_NONE:
  default:
    break;
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_banner_constructed (GObject *object)
{
  PlanciaBanner *self = PLANCIA_BANNER (object);

  G_OBJECT_CLASS (plancia_banner_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::device",
                              G_CALLBACK (follow_device));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::plant", G_CALLBACK (update));
  follow_device (self);
}

static void
plancia_banner_dispose (GObject *object)
{
  PlanciaBanner *self = PLANCIA_BANNER (object);

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_banner_parent_class)->dispose (object);
}

static void
plancia_banner_finalize (GObject *object)
{
  g_free (PLANCIA_BANNER (object)->page);

  G_OBJECT_CLASS (plancia_banner_parent_class)->finalize (object);
}

static void
plancia_banner_class_init (PlanciaBannerClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_banner_constructed;
  object_class->dispose = plancia_banner_dispose;
  object_class->finalize = plancia_banner_finalize;

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/banner.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, mark);
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaBanner, help);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
plancia_banner_init (PlanciaBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** plancia_banner_set_narrow: in a narrow window only the bold part is shown; all of it stays in the tooltip. */
void
plancia_banner_set_narrow (PlanciaBanner *self, gboolean narrow)
{
  self->narrow = narrow;
  update (self);
}

void
plancia_banner_set_page (PlanciaBanner *self, const char *page)
{
  g_free (self->page);
  self->page = g_strdup (page);
  update (self);
}
