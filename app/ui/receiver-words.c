/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/receiver-words.h"

#include "ui/device-words.h"

#include <glib/gi18n.h>

char *
plancia_receiver_words_state (PlanciaCallbackReceiver *receiver, GTimeZone *zone)
{
  g_autofree char *time =
    plancia_device_words_time (plancia_callback_receiver_get_last_call (receiver), zone);

  switch (plancia_callback_receiver_get_state (receiver)) {
  case PLANCIA_RECEIVER_STARTING:
    return g_strdup (_ ("Starting…"));
  case PLANCIA_RECEIVER_LISTENING:
    if (plancia_callback_receiver_get_last_call (receiver) == 0)
      /* Translators: %u is a port number */
      return g_strdup_printf (_ ("Listening on port %u. No call yet"),
                                 plancia_callback_receiver_get_port (receiver));
    /* Translators: a port number and the time of the last call */
    return g_strdup_printf (_ ("Listening on port %u. Last call %s"),
                               plancia_callback_receiver_get_port (receiver),
                               time);
  case PLANCIA_RECEIVER_FAILED:
    /* Translators: %s is the reason, technical */
    return g_strdup_printf (_ ("Cannot listen: %s"),
                               plancia_callback_receiver_get_error (receiver)->message);
  case PLANCIA_RECEIVER_OFF:
  default:
    return g_strdup (_ ("Off"));
  }
}
