/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/logger-discovery.h"
#include <string.h>

#define SENDER "192.168.1.20"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (PlanciaLoggerReply) reply = {0};

  if (!plancia_logger_discovery_parse (data, size, SENDER, &reply, NULL))
    return 0;
  FUZZ_PROMISE (size <= PLANCIA_LOGGER_DISCOVERY_LIMIT);
  FUZZ_PROMISE (!plancia_logger_discovery_is_request (data, size));
  FUZZ_PROMISE (memmem (data, size, SENDER, strlen (SENDER)) != NULL);
  FUZZ_PROMISE (strlen (reply.mac) == 17);
  FUZZ_PROMISE ((reply.serial == 0) == (reply.name != NULL));
  return 0;
}
