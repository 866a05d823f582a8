/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/address-words.h"

#include <glib/gi18n.h>

/* Translators: in these, {got} is what a person wrote, {from} and {to} are numbers, and
 * names such as eth-stick or framing stay as they are. */
static const char *const words[PLANCIA_ADDRESS_N_FAULTS] = {
  [PLANCIA_ADDRESS_FAULT_TOO_LONG] = N_ ("The address is too long: it may have {to} bytes."),
    [PLANCIA_ADDRESS_FAULT_NO_KIND] = N_ ("An address begins with its kind, as in eth-stick://192.168.1.20/1."),
      [PLANCIA_ADDRESS_FAULT_UNKNOWN_KIND] = N_ ("There is no kind of address “{got}”."),
        [PLANCIA_ADDRESS_FAULT_NO_HOST] = N_ ("The host name or IP address is missing."),
          [PLANCIA_ADDRESS_FAULT_HOST] = N_ ("A host name has letters, digits, hyphens, dots and underscores only."),
            [PLANCIA_ADDRESS_FAULT_IPV6] = N_ ("Between brackets stands an IPv6 address."),
              [PLANCIA_ADDRESS_FAULT_PORT] = N_ ("The port is a number from {from} to {to}, after a colon."),
                [PLANCIA_ADDRESS_FAULT_UNIT] = N_ ("The unit is a number from {from} to {to}."),
                  [PLANCIA_ADDRESS_FAULT_LINE] = N_ ("The line of a HUB is inverters, meters or chargers."),
                    [PLANCIA_ADDRESS_FAULT_DEVICE] = N_ ("Here stands the path of a serial port, such as /dev/ttyUSB0."),
                      [PLANCIA_ADDRESS_FAULT_ACCOUNT] = N_ ("Here stand the account and, after a slash, the serial number."),
                        [PLANCIA_ADDRESS_FAULT_FRAMING] = N_ ("The framing is auto, tcp, rtu or v5, not “{got}”."),
                          [PLANCIA_ADDRESS_FAULT_FORMAT] = N_ ("“{got}” is no format of a serial line, such as 8N1."),
                            [PLANCIA_ADDRESS_FAULT_FLOW] = N_ ("The flow control is none, xon-xoff, rts-cts or dsr-dtr, not “{got}”."),
                              [PLANCIA_ADDRESS_FAULT_BAUD] = N_ ("The baud rate is a number from {from} to {to}."),
                                [PLANCIA_ADDRESS_FAULT_SERIAL] = N_ ("The serial number of the stick is a number from {from} to {to}."),
                                  [PLANCIA_ADDRESS_FAULT_MILLISECONDS] = N_ ("Here stand milliseconds, from {from} to {to}."),
                                    [PLANCIA_ADDRESS_FAULT_TWICE] = N_ ("The option “{got}” is there twice."),
                                      [PLANCIA_ADDRESS_FAULT_NO_OPTION] = N_ ("This kind of address has no option “{got}”."),
                                        [PLANCIA_ADDRESS_FAULT_NO_VALUE] =
                                          N_ ("The option “{got}” needs a value, after “=”."),
};

static void
put_number (GString *text, const char *name, guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  g_string_replace (text, name, digits, 0);
}

/**
 * plancia_address_words:
 * @problem: what plancia_address_examine() found wrong
 *
 * Returns: (transfer full): a sentence
 */
char *
plancia_address_words (const PlanciaAddressProblem *problem)
{
  const char *sentence = words[problem->fault];
  g_autoptr (GString) text = g_string_new (sentence != NULL ? _ (sentence) : "");

  put_number (text, "{from}", problem->smallest);
  put_number (text, "{to}", problem->largest);
  g_string_replace (text, "{got}", problem->got != NULL ? problem->got : "", 1);
  if (problem->place == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  /* Translators: %s is a sentence about what is wrong, %u where it is */
  return g_strdup_printf (_("%s Character %u."), text->str, problem->place);
}
