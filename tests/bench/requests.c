/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many requests refresh a device: all that is polled fast, and fast and normal. */
#include "map/map-catalog.h"
#include "map/read-plan.h"

static guint
count (PlanciaMap *map, guint polls)
{
  g_autoptr (GPtrArray) fields = plancia_read_plan_select (map, polls, FALSE);
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, 0, G_MAXUINT);

  return plan->len;
}

int
main (int argc, char **argv)
{
  guint fast = 1u << PLANCIA_POLL_FAST;
  guint normal = 1u << PLANCIA_POLL_NORMAL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error);

  if (!map)
    g_error ("%s", error->message);
  g_print ("requests, 3PH hybrid: fast %u, fast and normal %u (aim: 8)\n",
           count (map, fast),
           count (map, fast | normal));
  return 0;
}
