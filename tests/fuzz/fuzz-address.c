/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "plant/address.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);

  if (address) {
    g_autofree char *canonical = plancia_address_to_string (address);
    g_autofree char *connection = plancia_address_dup_connection (address);
    g_autoptr (PlanciaAddress) again = plancia_address_parse (canonical, NULL);
    g_autofree char *twice = again ? plancia_address_to_string (again) : NULL;

    FUZZ_PROMISE (g_strcmp0 (canonical, twice) == 0);
    FUZZ_PROMISE (connection != NULL);
  }
  return 0;
}
