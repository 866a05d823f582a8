/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-fixture.h"

#include "base/clock.h"
#include "map/map-catalog.h"
#include "model/day-curve.h"
#include <math.h>

/* --- backend --------------------------------------------------------------------------------- */

struct _PagesBackend
{
  GObject parent_instance;

  PlanciaBackendFlags flags;
  PlanciaState        state;
  GError             *error;
  PlanciaLinkQuality  quality;
  guint               n_opened, n_closed, n_read;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PagesBackend,
                               pages_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PAGES_BACKEND (backend)->flags;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return PAGES_BACKEND (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return PAGES_BACKEND (backend)->error;
}

static void
get_quality (PlanciaBackend *backend, PlanciaLinkQuality *out)
{
  *out = PAGES_BACKEND (backend)->quality;
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);

  PAGES_BACKEND (backend)->n_opened++;
  pages_backend_set_state (PAGES_BACKEND (backend), PLANCIA_STATE_OPEN, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, NULL, callback, user_data);

  PAGES_BACKEND (backend)->n_closed++;
  pages_backend_set_state (PAGES_BACKEND (backend), PLANCIA_STATE_CLOSED, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
read_async (PlanciaBackend     *backend,
            const char         *device,
            const char *const  *keys,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PagesBackend *self = PAGES_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  PlanciaReadings *readings;

  self->n_read++;
  if (self->error) {
    g_task_return_error (task, g_error_copy (self->error));
    return;
  }
  self->quality.last_good = plancia_clock_now ();
  readings = plancia_readings_new (device, plancia_clock_now ());
  plancia_reading_set_number (
    plancia_readings_add (readings, "powerGenerating", PLANCIA_QUALITY_GOOD),
    1980);
  g_task_return_pointer (task, readings, (GDestroyNotify) plancia_readings_unref);
}

static PlanciaReadings *
read_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->get_quality = get_quality;
  iface->open_async = open_async;
  iface->open_finish = finish;
  iface->close_async = close_async;
  iface->close_finish = finish;
  iface->read_async = read_async;
  iface->read_finish = read_finish;
}

static void
pages_backend_finalize (GObject *object)
{
  g_clear_error (&PAGES_BACKEND (object)->error);

  G_OBJECT_CLASS (pages_backend_parent_class)->finalize (object);
}

static void
pages_backend_class_init (PagesBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pages_backend_finalize;
}

static void
pages_backend_init (PagesBackend *self)
{
}

PagesBackend *
pages_backend_new (PlanciaBackendFlags flags, PlanciaState state)
{
  PagesBackend *self = g_object_new (PAGES_TYPE_BACKEND, NULL);

  self->flags = flags;
  self->state = state;
  return self;
}

void
pages_backend_set_state (PagesBackend *self, PlanciaState state, GError *error)
{
  g_clear_error (&self->error);
  self->state = state;
  self->error = error;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

void
pages_backend_set_quality (PagesBackend *self, gint64 last_good, guint median)
{
  self->quality.last_good = last_good;
  self->quality.latency_median = median;
  self->quality.n_latencies = 1;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

guint
pages_backend_count_opened (PagesBackend *self)
{
  return self->n_opened;
}

guint
pages_backend_count_closed (PagesBackend *self)
{
  return self->n_closed;
}

guint
pages_backend_count_read (PagesBackend *self)
{
  return self->n_read;
}

/* --- plant ----------------------------------------------------------------------------------- */

typedef struct
{
  const char *kind, *name, *parent, *address, *map;
} Line;

static const Line lines[] = {
  {"stick",       "ZSM-WIFI-USB",    NULL,             "wifi-stick://192.0.2.10",            NULL                  },
  {"inverter",    "HYD 6000 ZSS HP", "ZSM-WIFI-USB",   "wifi-stick://192.0.2.10/1",          "zcs-1ph-hyd-hp-g3"   },
  {"hub",         "Azzurro HUB",     NULL,             "hub://192.0.2.20",                   NULL                  },
  {"line",        "Inverters",       "Azzurro HUB",    "hub://192.0.2.20/inverters",         NULL                  },
  {"inverter",    "HYD 10000 ZSS",   "Inverters",      "hub://192.0.2.20/inverters/1",       "zcs-3ph-hyd-g3"      },
  {"line",        "Meters",          "Azzurro HUB",    "hub://192.0.2.20/meters",            NULL                  },
  {"meter",       "Exchange meter",  "Meters",         "hub://192.0.2.20/meters/1",          "chint-dtsu666"       },
  {"meter",       "Generator meter", "Meters",         "hub://192.0.2.20/meters/2",          "chint-ddsu666"       },
  {"line",        "EV chargers",     "Azzurro HUB",    "hub://192.0.2.20/chargers",          NULL                  },
  {"ev-charger",  "EVCH 7.4",        "EV chargers",    "hub://192.0.2.20/chargers/1",        "sim-ev-charger"      },
  {"power-magic", "Power Magic",     NULL,             "power-magic://192.0.2.30/1",         "sim-power-magic"     },
  {"heat-pump",   "Heat pump",       NULL,             "rs485:///dev/ttyUSB0/1",             "sim-heat-pump"       },
  {"psc",         "PSC 100",         NULL,             "psc://192.0.2.40",                   NULL                  },
  {"inverter",    "350KTL 1",        "PSC 100",        "psc://192.0.2.40/1",                 "zcs-3ph-350ktl-hv-g3"},
  {"inverter",    "350KTL 2",        "PSC 100",        "psc://192.0.2.40/2",                 "zcs-3ph-350ktl-hv-g3"},
  {"inverter",    "Old 250",         "PSC 100",        "psc://192.0.2.40/3",                 "zcs-3ph-large-ktl-g3"},
  {"inverter",    "KTL-V3",          "PSC 100",        "psc://192.0.2.40/4",                 "zcs-3ph-ktl-v3-g3"   },
  {"console",     "CONNEXT",         NULL,             "connext:///dev/ttyACM0?baud=115200", NULL                  },
  {"portal",      "Azzurro Portal",  NULL,             "portal://demo",                      NULL                  },
  {"thing",       "ZE1ES330L5M066",  "Azzurro Portal", "portal://demo/ZE1ES330L5M066",       NULL                  },
  {"thing",       "ZP1ES110K00001",  "Azzurro Portal", "portal://demo/ZP1ES110K00001",       NULL                  },
  {"thing",       "Barn",            "Azzurro Portal", "portal://demo/ZM1ES015J00442",       NULL                  },
};

static PlanciaEntry *
find_entry (GListModel *entries, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    PlanciaEntry *below;

    if (g_str_equal (plancia_entry_get_name (entry), name))
      return entry; /* the plant keeps it */
    below = find_entry (plancia_entry_get_children (entry), name);
    if (below)
      return below;
  }
  return NULL;
}

static void
add_line (PlanciaPlant *plant, const Line *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (line->address, &error);
  g_autoptr (PlanciaEntry) entry = NULL;
  PlanciaEntry *parent = NULL;

  g_assert_no_error (error);
  if (line->parent)
    parent = find_entry (plancia_plant_get_entries (plant), line->parent);
  entry = plancia_entry_new (line->name, line->kind, line->name, address);
  plancia_entry_set_map (entry, line->map);
  plancia_plant_add (plant, parent, entry);
}

static PlanciaBackendFlags
flags_of (const char *kind)
{
  if (g_str_equal (kind, "console"))
    return PLANCIA_BACKEND_CONSOLE;
  if (g_str_equal (kind, "thing"))
    return PLANCIA_BACKEND_LIVE;
  return PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_ALARMS;
}

/* Devices below one parent share its connection, as in the program. */
static PlanciaBackend *
backend_for (PagesPlant *self, PlanciaDevice *device)
{
  PlanciaDevice *parent = plancia_device_get_parent (device);
  const char    *kind = plancia_device_get_kind (device);
  gboolean       console = g_str_equal (kind, "console");
  PagesBackend  *backend;

  if (parent && plancia_device_get_backend (parent))
    return plancia_device_get_backend (parent);

  backend = pages_backend_new (flags_of (kind),
                               console ? PLANCIA_STATE_CLOSED : PLANCIA_STATE_OPEN);
  g_ptr_array_add (self->backends, backend);
  if (parent)
    plancia_device_set_backend (parent, PLANCIA_BACKEND (backend));
  return PLANCIA_BACKEND (backend);
}

static void
backend_changed (PagesPlant *self, PlanciaBackend *backend)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    PlanciaDevice *device = pages_plant_find (self, lines[i].name);

    if (plancia_device_get_backend (device) == backend)
      plancia_device_update (device);
  }
}

static void
connect_device (PagesPlant *self, const Line *line)
{
  PlanciaDevice *device = pages_plant_find (self, line->name);
  g_autoptr (GError) error = NULL;

  if (!plancia_entry_is_device (plancia_device_get_entry (device)))
    return;
  if (line->map) {
    g_autoptr (PlanciaMap) map = plancia_map_catalog_get (line->map, &error);

    g_assert_no_error (error);
    plancia_device_set_map (device, map);
  }
  plancia_device_set_backend (device, backend_for (self, device));
}

PagesPlant *
pages_plant_new (void)
{
  PagesPlant *self = g_new0 (PagesPlant, 1);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Rossi, Arezzo");

  plancia_clock_simulate (PAGES_NOW, 0);
  plancia_plant_set_place (plant, "Europe/Rome", 43.46, 11.88);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    add_line (plant, &lines[i]);
  self->plant = plancia_open_plant_new (plant, ":memory:");
  self->session = plancia_session_new ();
  self->backends = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    connect_device (self, &lines[i]);
  for (guint i = 0; i < self->backends->len; i++)
    g_signal_connect_swapped (g_ptr_array_index (self->backends, i),
                              "state-changed",
                              G_CALLBACK (backend_changed),
                              self);
  plancia_session_set_plant (self->session, self->plant);
  return self;
}

void
pages_plant_free (PagesPlant *self)
{
  for (guint i = 0; i < self->backends->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->backends, i), self);
  plancia_session_set_plant (self->session, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->plant);
  g_ptr_array_unref (self->backends);
  g_free (self);
  plancia_clock_reset ();
}

PlanciaDevice *
pages_plant_find (PagesPlant *self, const char *name)
{
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (self->plant);
  PlanciaDevice     *device = plancia_device_tree_find (tree, name);

  g_assert_nonnull (device);
  return device;
}

PagesBackend *
pages_plant_backend (PagesPlant *self, const char *name)
{
  return PAGES_BACKEND (plancia_device_get_backend (pages_plant_find (self, name)));
}

static PlanciaReading *
add_reading (PlanciaReadings *readings, const char *key, gint64 time)
{
  PlanciaReading *reading = plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD);

  reading->time = time;
  return reading;
}

void
pages_plant_apply (PagesPlant *self, const char *name, gint64 time, const char *key, ...)
{
  gint64 at = time ? time : plancia_clock_now ();
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (name, at);
  va_list arguments;

  va_start (arguments, key);
  for (const char *next = key; next; next = va_arg (arguments, const char *)) {
    PlanciaReading *reading = add_reading (readings, next, at);

    plancia_reading_set_number (reading, va_arg (arguments, double));
    reading->value.integer = (gint64) reading->value.number;
  }
  va_end (arguments);
  plancia_device_tree_apply (plancia_open_plant_get_tree (self->plant), readings);
}

void
pages_plant_apply_text (PagesPlant *self, const char *name, const char *key, const char *text)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new (name, plancia_clock_now ());
  PlanciaReading *reading = add_reading (readings, key, plancia_clock_now ());

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (text);
  plancia_device_tree_apply (plancia_open_plant_get_tree (self->plant), readings);
}

static void
fill_inverter (PagesPlant *self, const char *name, double pv, double load, double battery)
{
  pages_plant_apply (self,
                     name,
                     0,
                     "state",
                     2.0,
                     "pv_power",
                     pv,
                     "load_power",
                     load,
                     "battery_power",
                     battery,
                     "battery_soc",
                     68.0,
                     "output_active_power",
                     pv - battery,
                     "output_reactive_power",
                     0.1 * pv,
                     "grid_active_power",
                     pv - battery - load,
                     "pv_energy_today",
                     pv / 200,
                     "load_energy_today",
                     load / 200,
                     "export_energy_today",
                     (pv - load) / 250,
                     "import_energy_today",
                     0.3,
                     "charge_energy_today",
                     battery / 400,
                     "discharge_energy_today",
                     1.2,
                     NULL);
}

static void
fill_string_inverter (PagesPlant *self, const char *name, double pv, double rated)
{
  pages_plant_apply (self,
                     name,
                     0,
                     "state",
                     2.0,
                     "pv_power",
                     pv,
                     "output_active_power",
                     pv,
                     "output_reactive_power",
                     0.1 * pv,
                     "grid_active_power",
                     pv,
                     "load_power",
                     0.0,
                     "rated_power",
                     rated,
                     "pv_energy_today",
                     pv / 160,
                     "export_energy_today",
                     pv / 160,
                     NULL);
}

static void
fill_thing (PagesPlant *self, const char *name, double watts, gint64 time)
{
  pages_plant_apply (self,
                     name,
                     time,
                     "powerGenerating",
                     watts,
                     "powerConsuming",
                     watts / 3,
                     "energyGenerating",
                     watts / 160,
                     NULL);
}

void
pages_plant_fill (PagesPlant *self)
{
  fill_inverter (self, "HYD 6000 ZSS HP", 4210, 610, 780);
  fill_inverter (self, "HYD 10000 ZSS", 5210, 1900, 2100);
  pages_plant_apply_text (self, "HYD 10000 ZSS", "serial_number", "ZP1ES110K00001");
  pages_plant_apply (self, "Exchange meter", 0, "grid_active_power", -1210.0, NULL);
  pages_plant_apply (self, "Generator meter", 0, "grid_active_power", 840.0, NULL);
  pages_plant_apply (self,
                     "EVCH 7.4",
                     0,
                     "state",
                     2.0,
                     "power_active",
                     2300.0,
                     "energy_today",
                     4.1,
                     NULL);
  pages_plant_apply (self,
                     "Power Magic",
                     0,
                     "state",
                     2.0,
                     "power_active",
                     48000.0,
                     "battery_power",
                     48000.0,
                     "state_of_charge",
                     57.0,
                     "grid_active_power",
                     -48000.0,
                     NULL);
  pages_plant_apply (self,
                     "Heat pump",
                     0,
                     "state",
                     3.0,
                     "power_active",
                     1120.0,
                     "energy_today",
                     9.8,
                     NULL);
  fill_string_inverter (self, "350KTL 1", 98000, 352000);
  fill_string_inverter (self, "350KTL 2", 71000, 352000);
  fill_string_inverter (self, "Old 250", 41200, 250000);
  fill_string_inverter (self, "KTL-V3", 1800, 12000);
  fill_thing (self, "ZE1ES330L5M066", 1980, PAGES_NOW - 4 * PLANCIA_MINUTE);
  fill_thing (self, "ZP1ES110K00001", 3100, PAGES_NOW - 4 * PLANCIA_MINUTE);
  fill_thing (self, "Barn", 450, PAGES_NOW - 47 * PLANCIA_MINUTE);
}

/* --- curves ---------------------------------------------------------------------------------- */

void
pages_plant_draw_day (PagesPlant     *self,
                      const char     *name,
                      PlanciaQuantity quantity,
                      double (*value) (double hour))
{
  PlanciaDayCurve *curve = plancia_day_curve_for (self->plant, pages_plant_find (self, name));
  PlanciaSeries   *series = plancia_day_curve_get_series (curve, quantity);
  PlanciaSpan      day = plancia_day_curve_get_day (curve);

  for (gint64 time = day.start; time <= PAGES_NOW; time += 5 * PLANCIA_MINUTE) {
    double number = value ((double) (time - day.start) / PLANCIA_HOUR);

    plancia_series_merge (series, &time, &number, 1);
  }
  g_signal_emit_by_name (curve, "changed");
}

/* Noise that is the same in every run. */
static double
noise (double hour)
{
  double x = sin (hour * 1270.1) * 43758.5453;

  return x - floor (x) - 0.5;
}

double
pages_sun (double hour)
{
  double up = (hour - 5.5) / (20.6 - 5.5);
  double clear = up > 0 && up < 1 ? pow (sin (up * G_PI), 1.2) : 0;
  double cloud = hour > 10.6 && hour < 14.4 ? 0.15 : 0;

  return 8000 * clear * (1 - cloud * (0.8 + noise (hour)));
}

double
pages_battery (double hour)
{
  return hour < 6.5 ? 27 - hour * 1.2 : 19 + (hour - 6.5) * 5;
}

double
pages_pump (double hour)
{
  return fmod (hour, 2.4) < 1.5 ? 1120 + 60 * noise (hour) : 30;
}

/* --- pictures -------------------------------------------------------------------------------- */

static void
take (GtkWidget *widget, const char *name, const char *suffix)
{
  g_autofree char *file = g_strdup_printf ("%s-%s", name, suffix);
  cairo_surface_t *picture = ui_fixture_screenshot (widget, file);

  g_assert_cmpint (cairo_image_surface_get_width (picture), >, 0);
  cairo_surface_destroy (picture);
}

void
pages_take_pictures (GtkWidget *widget, const char *name, int height)
{
  GtkWindow *window;

  g_object_ref_sink (widget);
  ui_fixture_set_dark (FALSE);
  window = ui_fixture_present (widget, 899, height);
  take (widget, name, "light");
  ui_fixture_set_dark (TRUE);
  take (widget, name, "dark");
  ui_fixture_set_dark (FALSE);
  gtk_window_set_child (window, NULL);
  gtk_window_destroy (window);

  window = ui_fixture_present (widget, 480, height);
  g_assert_cmpint (gtk_widget_get_width (widget), ==, 480);
  take (widget, name, "narrow");
  gtk_window_set_child (window, NULL);
  gtk_window_destroy (window);
  ui_fixture_settle ();
  g_object_unref (widget);
}
