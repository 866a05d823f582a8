/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-use.h"

typedef struct
{
  PlanciaDevice *device;
  char          *evidence; /* or NULL */
} Taking;

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taking       *taking = user_data;
  PlanciaEntry *entry = plancia_device_get_entry (taking->device);
  g_autoptr (GError) error = NULL;

  if (!plancia_open_plant_set_map_finish (PLANCIA_OPEN_PLANT (source), result, &error))
    g_message ("the map that was saved is not used: %s", error->message);
  else if (taking->evidence && entry)
    plancia_entry_set_map_evidence (entry, taking->evidence);
  g_object_unref (taking->device);
  g_free (taking->evidence);
  g_free (taking);
}

static void
take (PlanciaOpenPlant *plant, PlanciaDevice *device, const char *map)
{
  Taking *taking = g_new0 (Taking, 1);

  taking->device = g_object_ref (device);
  taking->evidence = g_strdup (plancia_entry_get_map_evidence (plancia_device_get_entry (device)));
  plancia_open_plant_set_map_async (plant, device, map, taken_cb, taking);
}

/**
 * plancia_map_use_saved:
 * @device: (nullable): the one whose map was edited
 * @from: id of the map it was made from
 * @saved: its id
 */
void
plancia_map_use_saved (PlanciaOpenPlant *plant,
                       PlanciaDevice    *device,
                       const char       *from,
                       const char       *saved)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *other = g_ptr_array_index (devices, i);
    PlanciaEntry  *entry = plancia_device_get_entry (other);
    const char    *present = entry ? plancia_entry_get_map (entry) : NULL;

    if (g_strcmp0 (present, saved) == 0 || (other == device && g_strcmp0 (present, from) == 0))
      take (plant, other, saved);
  }
}

/* Kinds of maps have underscores where those of devices have dashes. */
const char *
plancia_map_use_kind (PlanciaDevice *device)
{
  static const char *const kinds[][2] = {
    {"inverter",    "inverter"  },
    {"battery",     "battery"   },
    {"meter",       "meter"     },
    {"hub",         "hub"       },
    {"ev-charger",  "ev_charger"},
    {"heat-pump",   "heat_pump" },
    {"power-magic", "storage"   },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (plancia_device_get_kind (device), kinds[i][0]))
      return kinds[i][1];

  return "other";
}
