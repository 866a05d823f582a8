/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/address-form.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_BAUD 9600

static const struct
{
  PlanciaAddressKind kind;
  const char        *scheme;
  const char        *name;
  PlanciaFormRows    rows;
} routes[] = {
  {PLANCIA_ADDRESS_ETH_STICK,   "eth-stick",   N_ ("ZSM-ETH-USB stick"),  PLANCIA_FORM_UNIT                                          },
   {PLANCIA_ADDRESS_WIFI_STICK,
   "wifi-stick",                               N_ ("ZSM-WIFI-USB stick"), PLANCIA_FORM_UNIT | PLANCIA_FORM_SERIAL                    },
    {PLANCIA_ADDRESS_HUB,         "hub",         N_ ("Azzurro HUB"),        PLANCIA_FORM_LINE | PLANCIA_FORM_UNIT                      },
     {PLANCIA_ADDRESS_POWER_MAGIC, "power-magic", N_ ("Power Magic"),        PLANCIA_FORM_UNIT                                          },
      {PLANCIA_ADDRESS_PSC,         "psc",         N_ ("PSC 100"),            PLANCIA_FORM_UNIT                                          },
       {PLANCIA_ADDRESS_MODBUS_TCP,  "modbus-tcp",  N_ ("Modbus TCP"),         PLANCIA_FORM_UNIT                                          },
        {PLANCIA_ADDRESS_RS485,
   "rs485",                                    N_ ("RS485 adapter"),      PLANCIA_FORM_DEVICE | PLANCIA_FORM_UNIT | PLANCIA_FORM_BAUD},
         {PLANCIA_ADDRESS_CONNEXT,
   "connext",                                  N_ ("CONNEXT console"),    PLANCIA_FORM_DEVICE | PLANCIA_FORM_BAUD                    },
};

static const char *const lines[] = {"inverters", "meters", "chargers"};

char **
plancia_address_form_list_routes (void)
{
  char **names = g_new0 (char *, G_N_ELEMENTS (routes) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    names[i] = g_strdup (_ (routes[i].name));
  return names;
}

PlanciaFormRows
plancia_address_form_get_rows (guint route)
{
  return route < G_N_ELEMENTS (routes) ? routes[route].rows : 0;
}

static void
append_options (GString *text, const PlanciaAddressForm *form)
{
  PlanciaFormRows rows = routes[form->route].rows;

  if (rows & PLANCIA_FORM_SERIAL && form->serial && form->serial[0] != '\0')
    g_string_append_printf (text, "?serial=%s", form->serial);
  else if (rows & PLANCIA_FORM_BAUD && form->baud != DEFAULT_BAUD)
    g_string_append_printf (text, "?baud=%u", form->baud);
}

/**
 * plancia_address_form_to_text:
 * @form: what the rows hold
 *
 * Returns: (transfer full): text for plancia_address_parse()
 */
char *
plancia_address_form_to_text (const PlanciaAddressForm *form)
{
  PlanciaFormRows rows = routes[form->route].rows;
  GString        *text = g_string_new (routes[form->route].scheme);

  g_string_append_printf (text, "://%s", form->host ? form->host : "");
  if (rows & PLANCIA_FORM_LINE)
    g_string_append_printf (text, "/%s", lines[MIN (form->line, G_N_ELEMENTS (lines) - 1)]);
  if (rows & PLANCIA_FORM_UNIT)
    g_string_append_printf (text, "/%u", form->unit);
  append_options (text, form);
  return g_string_free (text, FALSE);
}

/* As it is written: with the port only if it is not the usual one. */
static char *
dup_host (PlanciaAddress *address)
{
  g_autofree char *text = plancia_address_to_string (address);
  const char      *start = strstr (text, "://") + 3;

  return g_strndup (start, strcspn (start, "/?"));
}

/**
 * plancia_address_form_from_address:
 * @form: an empty form
 * @address: an address
 *
 * Returns: FALSE if there is no form for it
 */
gboolean
plancia_address_form_from_address (PlanciaAddressForm *form, PlanciaAddress *address)
{
  const char *serial = plancia_address_get_option (address, "serial");
  guint       i = 0;

  while (i < G_N_ELEMENTS (routes) && routes[i].kind != plancia_address_get_kind (address))
    i++;
  if (i == G_N_ELEMENTS (routes))
    return FALSE;

  form->route = i;
  form->host = routes[i].rows & PLANCIA_FORM_DEVICE
                 ? g_strdup (plancia_address_get_device (address))
                 : dup_host (address);
  form->line = plancia_address_get_line (address) > PLANCIA_HUB_LINE_INVERTERS
                 ? plancia_address_get_line (address) - PLANCIA_HUB_LINE_INVERTERS
                 : 0;
  form->unit = (guint) MAX (plancia_address_get_unit (address), 0);
  form->serial = g_strdup (serial ? serial : "");
  form->baud = plancia_address_get_baud (address);
  return TRUE;
}

void
plancia_address_form_clear (PlanciaAddressForm *form)
{
  g_clear_pointer (&form->host, g_free);
  g_clear_pointer (&form->serial, g_free);
}
