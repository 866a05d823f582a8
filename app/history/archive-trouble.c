/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/archive-trouble.h"

#include "base/error.h"

static PlanciaArchiveError
find_code (int code)
{
  switch (code) {
  case G_IO_ERROR_NO_SPACE:
    return PLANCIA_ARCHIVE_ERROR_FULL;
  case G_IO_ERROR_READ_ONLY:
  case G_IO_ERROR_PERMISSION_DENIED:
    return PLANCIA_ARCHIVE_ERROR_READ_ONLY;
  case G_IO_ERROR_BUSY:
    return PLANCIA_ARCHIVE_ERROR_BUSY;
  case G_IO_ERROR_INVALID_DATA:
    return PLANCIA_ARCHIVE_ERROR_DAMAGED;
  default:
    return PLANCIA_ARCHIVE_ERROR_OTHER;
  }
}

GError *
plancia_archive_trouble_new (const GError *error)
{
  if (error->domain != G_IO_ERROR || error->code == G_IO_ERROR_CANCELLED)
    return g_error_copy (error);
  return g_error_new_literal (PLANCIA_ARCHIVE_ERROR, find_code (error->code), error->message);
}
