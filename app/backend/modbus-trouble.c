/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-trouble.h"

#include "base/error.h"

/* Seconds between attempts after one, two, ... failures. */
static const guint delays[] = {1, 2, 5, 10, 30};

/**
 * plancia_modbus_is_of_the_connection:
 * @error: of a request or of opening
 */
gboolean
plancia_modbus_is_of_the_connection (const GError *error)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_CONNECTION_REFUSED,
    G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_HOST_NOT_FOUND,
    G_IO_ERROR_NOT_FOUND,
    G_IO_ERROR_PERMISSION_DENIED,
    G_IO_ERROR_BUSY,
    G_IO_ERROR_NOT_CONNECTED,
    G_IO_ERROR_TOO_MANY_OPEN_FILES,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, (int) codes[i]))
      return TRUE;
  return error->domain == G_RESOLVER_ERROR ||
         g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_PORT_CLOSED);
}

/**
 * plancia_modbus_is_of_the_way:
 * @error: of a request
 */
gboolean
plancia_modbus_is_of_the_way (const GError *error)
{
  return error->domain == G_IO_ERROR ||
         (error->domain == PLANCIA_PROTOCOL_ERROR && error->code != PLANCIA_PROTOCOL_ERROR_LOGGER);
}

/**
 * plancia_modbus_delay_after:
 * @attempts: failures in a row, from 1
 */
gint64
plancia_modbus_delay_after (guint attempts)
{
  return delays[MIN (MAX (attempts, 1), G_N_ELEMENTS (delays)) - 1] * 1000;
}
