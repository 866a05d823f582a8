/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/hub-consent.h"

#include <glib/gi18n.h>

static gboolean given;

/* What happens after a yes. */
typedef struct
{
  GFunc          func;
  gpointer       user_data;
  GDestroyNotify destroy;
} Then;

static void
then_free (gpointer data, GClosure *closure)
{
  Then *then = data;

  if (then->destroy)
    then->destroy (then->user_data);
  g_free (then);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Then *then)
{
  if (!g_str_equal (response, "connect"))
    return;
  given = TRUE;
  if (then->func)
    then->func (dialog, then->user_data);
}

static GtkWidget *
ask (GtkWindow     *parent,
     const char    *heading,
     const char    *body,
     const char    *yes,
     GFunc          func,
     gpointer       user_data,
     GDestroyNotify destroy)
{
  GtkWidget        *widget = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  Then             *then = g_new (Then, 1);

  *then = (Then){func, user_data, destroy};
  adw_message_dialog_add_responses (dialog,
                                    "cancel",
                                    C_ ("connection", "_Not now"), "connect", yes, NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), then, then_free, 0);
  gtk_window_present (GTK_WINDOW (widget));
  return widget;
}

gboolean
plancia_hub_consent_is_given (void)
{
  return given;
}

void
plancia_hub_consent_give (void)
{
  given = TRUE;
}

/**
 * plancia_hub_consent_ask:
 * @parent: the window it belongs to
 * @simulated: the HUB is one of the demo plant
 * @func: (nullable): called with the dialog and @user_data after a yes
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_hub_consent_ask (GtkWindow     *parent,
                         gboolean       simulated,
                         GFunc          func,
                         gpointer       user_data,
                         GDestroyNotify destroy)
{
  const char      *warning = _("Each line of the HUB serves one connection: a new one disconnects the present one at once. "
      "Make sure that no operation is in progress there, or you may interrupt it.");
  g_autofree char *body = simulated
    ? g_strdup_printf ("%s\n\n%s", warning, _("This HUB is simulated: nobody is cut off."))
                       : g_strdup (warning);

  return ask (parent, _("Connect to the HUB?"), body, _("_Connect"), func, user_data, destroy);
}

/* --- connecting ------------------------------------------------------------------------------ */

typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
} Target;

static Target *
target_new (PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  Target *target = g_new (Target, 1);

  target->plant = g_object_ref (plant);
  target->device = g_object_ref (device);
  return target;
}

static void
target_free (gpointer data)
{
  Target *target = data;

  g_object_unref (target->plant);
  g_object_unref (target->device);
  g_free (target);
}

static void
connect_target (gpointer dialog, gpointer user_data)
{
  Target *target = user_data;

  plancia_open_plant_connect (target->plant, target->device);
}

static gboolean
is_on_hub (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return entry &&
         plancia_address_get_kind (plancia_entry_get_address (entry)) == PLANCIA_ADDRESS_HUB;
}

/**
 * plancia_hub_consent_connect:
 * @parent: the window it belongs to
 * @plant: where the device is
 * @device: a device, or the connection it hangs on
 *
 * A line that another client holds is taken back only after a question; a HUB is connected to after
 * the vendor's warning, once a run; everything else at once.
 */
void
plancia_hub_consent_connect (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  gboolean simulated = plancia_plant_get_simulated (plancia_open_plant_get_plant (plant));

  if (plancia_device_get_mark (device) == PLANCIA_MARK_TAKEN_OVER)
    plancia_hub_consent_take_back (parent, plant, device);
  else if (is_on_hub (device) && !given)
    plancia_hub_consent_ask (parent,
                             simulated,
                             connect_target,
                             target_new (plant, device),
                             target_free);
  else
    plancia_open_plant_connect (plant, device);
}

/**
 * plancia_hub_consent_take_back:
 * @parent: the window it belongs to
 * @plant: where the device is
 * @device: a line of a HUB, or a device on it
 *
 * Returns: (transfer none): the question, shown
 */
GtkWidget *
plancia_hub_consent_take_back (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  GtkWidget *dialog = ask (
    parent,
    _("Take the line back?"),
       _("The HUB drops the client that holds the line as soon as Plancia connects. What that "
           "client is doing there stops half way, a write too."),
          _("_Take back"), connect_target, target_new (plant, device), target_free);

  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "connect",
                                              ADW_RESPONSE_DESTRUCTIVE);
  return dialog;
}
