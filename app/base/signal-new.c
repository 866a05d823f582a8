/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/signal-new.h"

guint
plancia_signal_new (GType owner, const char *name, guint n_parameters, ...)
{
  va_list types;
  guint   id;

  va_start (types, n_parameters);
  id = g_signal_new_valist (name,
                            owner,
                            G_SIGNAL_RUN_LAST,
                            NULL,
                            NULL,
                            NULL,
                            NULL,
                            G_TYPE_NONE,
                            n_parameters,
                            types);
  va_end (types);
  return id;
}
