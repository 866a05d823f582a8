/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* A series that the store has something of; plain data. */
typedef struct
{
  char       *device;
  char       *source;
  char       *key;
  PlanciaSpan days; /* from the first sample to behind the last one */
} PlanciaSeriesName;

void plancia_series_name_free (PlanciaSeriesName *self);

G_END_DECLS
