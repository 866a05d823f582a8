/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/system-step.h"

#include "backend/modbus-attempt.h"
#include "base/error.h"
#include <string.h>

gboolean
plancia_system_never_left (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR || error->domain == G_TLS_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_UNREACHABLE) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NO_CREDENTIALS) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NO_ADDRESS) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_CERTIFICATE) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED);
}

gboolean
plancia_system_was_refused (const GError *error)
{
  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REFUSED) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NO_SUCH_THING);
}

gboolean
plancia_system_needs_reading (const PlanciaWriteStep *step)
{
  for (guint i = 0; i < step->count; i++)
    if (step->fill[i])
      return TRUE;
  return FALSE;
}

const PlanciaField *
plancia_system_required_elsewhere (const PlanciaWriteStep *step)
{
  const PlanciaField *field = step->block != NULL ? step->block->requires_field : NULL;

  if (field == NULL || (field->address >= step->address &&
                        field->address + field->count <= step->address + step->count))
    return NULL;
  return field;
}

gboolean
plancia_system_is_equal (PlanciaWriteStep *step, const guint16 *before)
{
  PlanciaModbusAttempt attempt = {.step = step, .has_before = TRUE};

  for (guint i = 0; i < step->edits->len; i++)
    if (((PlanciaEdit *) g_ptr_array_index (step->edits, i))->field->unprovable)
      return FALSE;
  memcpy (attempt.before, before, step->count * sizeof (guint16));
  return plancia_modbus_attempt_is_equal (&attempt);
}
