/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a plant stands, for the question whether silence is usual. Plain data. */
typedef struct
{
  GTimeZone *zone;
  double     latitude; /* NAN: not known */
  double     longitude;
  gboolean   has_quiet;  /* a person said when it sleeps */
  guint      quiet_from; /* minutes of the local day */
  guint      quiet_to;
} PlanciaCloudPlace;

/* Whether a device may be silent: as a person said, else while the sun is low, else at the hours at which it is low in
 * Italy in most months. */
gboolean plancia_cloud_place_is_quiet (const PlanciaCloudPlace *self, gint64 time);

G_END_DECLS
