/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/diagnostics.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mask.h"
#include "base/text.h"
#include "map/identity-keys.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/utsname.h>

/* Libraries whose file names tell the version, if the program has them loaded. */
static const char *const known_libraries[] = {
  "libgtk-4",
  "libadwaita-1",
  "libcairo",
  "libpango-1",
  "libsoup-3",
  "libjson-glib",
  "libsecret-1",
  "libmodbus",
  "libserialport",
  "libsqlite3",
  "libyaml",
  "libxlsxwriter",
  "libzstd",
};

/* What a person wrote into them may be anything. */
static const char *const private_keys[] = {
  "console-histories",
  "console-macros",
  "console-presets",
  "recent-plants",
  "plant",
  "device",
};

typedef struct
{
  GString     *text;
  PlanciaMask *mask;
  GHashTable  *kinds;    /* of devices, to how many there were */
  GHashTable  *backends; /* that were described */
} Writer;

/* --- program and system ---------------------------------------------------------------------- */

static void
add_head (Writer *self, const char *title)
{
  g_string_append_printf (self->text, "\n%s\n", title);
}

static void
add_line (Writer *self, const char *name, const char *value)
{
  if (value != NULL && value[0] != '\0')
    g_string_append_printf (self->text, "  %s: %s\n", name, value);
}

/* "PRETTY_NAME" of os-release. */
static char *
dup_system_name (void)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return g_steal_pointer (&name);
}

static gboolean
is_known_library (const char *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known_libraries); i++)
    if (g_str_has_prefix (file, known_libraries[i]))
      return TRUE;
  return FALSE;
}

/* What the kernel says that is loaded: no library has to be asked, and those that are missing do not hurt. */
static void
add_loaded (Writer *self)
{
  g_autofree char *maps = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    return;
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    const char *slash = strrchr (lines[i], '/');

    if (slash != NULL && is_known_library (slash + 1) &&
        g_hash_table_add (seen, g_strdup (slash + 1)))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", slash + 1);
  }
  add_line (self, "Loaded", list->str);
}

static void
add_program (Writer *self, const char *const *libraries)
{
  g_autofree char *glib =
    g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  gboolean sandbox = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  add_head (self, "Program");
  add_line (self, "Plancia", PLANCIA_VERSION);
  add_line (self,
            "Packaged as",
            sandbox ? "Flatpak" : "program of the system or of a build folder");
  add_line (self, "GLib", glib);
  for (guint i = 0; libraries != NULL && libraries[i] != NULL; i++)
    g_string_append_printf (self->text, "  %s\n", libraries[i]);
  add_loaded (self);
}

static void
add_system (Writer *self)
{
  g_autofree char *name = dup_system_name ();
  g_autofree char *kernel = NULL;
  g_autofree char *processors = g_strdup_printf ("%u", g_get_num_processors ());
  g_autofree char *languages = g_strjoinv (", ", (char **) g_get_language_names ());
  struct utsname   system;

  add_head (self, "System");
  if (uname (&system) == 0)
    kernel = g_strdup_printf ("%s %s, %s", system.sysname, system.release, system.machine);
  add_line (self, "Name", name);
  add_line (self, "Kernel", kernel);
  add_line (self, "Processors", processors);
  add_line (self, "Languages", languages);
  add_line (self, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add_line (self, "Session", g_getenv ("XDG_SESSION_TYPE"));
  add_line (self, "Renderer", g_getenv ("GSK_RENDERER"));
}

/* --- settings -------------------------------------------------------------------------------- */

static gboolean
is_private (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (private_keys); i++)
    if (g_str_equal (private_keys[i], key))
      return TRUE;
  return FALSE;
}

static char *
dup_setting (GSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = g_settings_get_user_value (settings, key);

  if (value == NULL)
    return NULL;
  if (is_private (key))
    return g_strdup ("(set; not shown)");
  return g_variant_print (value, FALSE);
}

/* Those that are not as they came. */
static void
add_settings (Writer *self, GSettings *settings)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  if (settings == NULL)
    return;
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  add_head (self, "Settings that were changed");
  for (guint i = 0; keys[i] != NULL; i++) {
    g_autofree char *value = dup_setting (settings, keys[i]);

    add_line (self, keys[i], value);
  }
}

/* --- plant ----------------------------------------------------------------------------------- */

static void
mask_readings (Writer *self, PlanciaDevice *device)
{
  static const char *const keys[] = PLANCIA_SERIAL_KEYS;

  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaReading *reading = plancia_device_lookup (device, keys[i]);

    if (reading != NULL && reading->value.kind == PLANCIA_VALUE_TEXT)
      plancia_mask_add_serial (self->mask, reading->value.text);
  }
}

/* "inverter-2": what the device is called everywhere in the text. */
static void
mask_name (Writer *self, PlanciaDevice *device)
{
  const char      *kind = plancia_device_get_kind (device);
  guint            number = GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, kind)) + 1;
  g_autofree char *instead = g_strdup_printf ("%s-%u", kind, number);

  g_hash_table_replace (self->kinds, g_strdup (kind), GUINT_TO_POINTER (number));
  plancia_mask_add_name (self->mask, plancia_device_get_name (device), instead);
  g_object_set_data_full (G_OBJECT (device), "plancia-diagnostics", g_strdup (instead), g_free);
}

static void
learn (Writer *self, PlanciaDevice *device)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaAddress *address = entry != NULL ? plancia_entry_get_address (entry) : NULL;

  mask_name (self, device);
  mask_readings (self, device);
  if (address != NULL) {
    plancia_mask_add_serial (self->mask, plancia_address_get_option (address, "serial"));
    plancia_mask_add_serial (self->mask, plancia_address_get_thing (address));
    plancia_mask_add_host (self->mask, plancia_address_get_host (address));
    plancia_mask_add_name (self->mask, plancia_address_get_account (address), "the account");
  }
}

static const char *
mark_name (PlanciaMark mark)
{
  static const char *const names[] =
    {"closed", "connecting", "live", "old", "failing", "taken over"};

  return (guint) mark < G_N_ELEMENTS (names) ? names[mark] : "?";
}

static void
add_quality (Writer *self, PlanciaDevice *device, int depth)
{
  PlanciaBackend    *backend = plancia_device_get_backend (device);
  PlanciaLinkQuality quality = {0};

  if (backend == NULL || !g_hash_table_add (self->backends, backend))
    return;
  plancia_backend_get_quality (backend, &quality);
  g_string_append_printf (self->text,
                          "%*slink: %" G_GUINT64_FORMAT " requests, %" G_GUINT64_FORMAT
                          " without an answer, %" G_GUINT64_FORMAT " skipped, median %u ms, worst "
                          "%u ms%s%s",
                          depth * 2 + 4,
                          "",
                          quality.requests,
                          quality.errors,
                          quality.skipped,
                          quality.latency_median,
                          quality.latency_worst,
                          quality.framing != NULL ? ", " : "",
                          quality.framing != NULL ? quality.framing : "");
  for (guint i = 0; i < PLANCIA_N_LINK_ERRORS; i++)
    if (quality.kinds[i] > 0)
      g_string_append_printf (self->text,
                              ", %s %" G_GUINT64_FORMAT,
                              plancia_link_error_name (i),
                              quality.kinds[i]);
  g_string_append_c (self->text, '\n');
}

/* The one it has, or the one it is to have when it is opened. */
static void
add_map (Writer *self, PlanciaDevice *device)
{
  PlanciaMap *map = plancia_device_get_map (device);
  const char *chosen = plancia_entry_get_map (plancia_device_get_entry (device));
  const char *confidence = map != NULL ? plancia_map_get_confidence (map) : "not loaded";

  if (map == NULL && chosen == NULL)
    return;
  g_string_append_printf (self->text,
                          ", map %s (%s)%s",
                          map != NULL ? plancia_map_get_id (map) : chosen,
                          confidence != NULL ? confidence : "no confidence",
                          map != NULL && plancia_map_is_invented (map) ? ", invented" : "");
}

static void
add_device (Writer *self, PlanciaDevice *device, int depth)
{
  PlanciaEntry    *entry = plancia_device_get_entry (device);
  PlanciaAddress  *address = entry != NULL ? plancia_entry_get_address (entry) : NULL;
  g_autofree char *place = address != NULL ? plancia_address_to_string (address) : NULL;
  const GError    *error = plancia_device_get_error (device);
  gint64           time = plancia_device_get_time (device);
  g_autofree char *age = time > 0 ? plancia_text_utc_time (time) : NULL;

  g_string_append_printf (self->text,
                          "%*s%s%s%s: %s",
                          depth * 2 + 2,
                          "",
                          (char *) g_object_get_data (G_OBJECT (device), "plancia-diagnostics"),
                          place != NULL ? " " : "",
                          place != NULL ? place : "",
                          mark_name (plancia_device_get_mark (device)));
  add_map (self, device);
  if (age != NULL)
    g_string_append_printf (self->text, ", newest value %s", age);
  if (error != NULL)
    g_string_append_printf (self->text, ", %s", error->message);
  g_string_append_c (self->text, '\n');
  add_quality (self, device, depth);
}

typedef void (*DeviceFunc) (Writer *self, PlanciaDevice *device, int depth);

static void
walk (Writer *self, GListModel *devices, DeviceFunc func, int depth)
{
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);

    if (plancia_device_get_entry (device) != NULL)
      func (self, device, depth);
    walk (self, plancia_device_get_children (device), func, depth + 1);
  }
}

static void
learn_func (Writer *self, PlanciaDevice *device, int depth)
{
  learn (self, device);
}

static void
add_plant (Writer *self, PlanciaOpenPlant *open)
{
  PlanciaPlant *plant = open != NULL ? plancia_open_plant_get_plant (open) : NULL;
  GListModel   *tree;

  add_head (self, "Plant");
  if (plant == NULL) {
    g_string_append (self->text, "  none is open\n");
    return;
  }
  tree = G_LIST_MODEL (plancia_open_plant_get_tree (open));
  plancia_mask_add_name (self->mask, plancia_plant_get_name (plant), "the plant");
  walk (self, tree, learn_func, 0);
  add_line (self, "Time zone", plancia_plant_get_zone_name (plant));
  add_line (self, "Simulated", plancia_plant_get_simulated (plant) ? "yes" : "no");
  walk (self, tree, add_device, 0);
}

/* --- log ------------------------------------------------------------------------------------- */

static void
add_log (Writer *self)
{
  g_autoptr (GPtrArray) lines = plancia_log_list ();
  guint64 dropped = plancia_log_get_dropped ();

  add_head (self, "Log");
  if (dropped > 0)
    g_string_append_printf (self->text,
                            "  (%" G_GUINT64_FORMAT " older lines are gone)\n",
                            dropped);
  for (guint i = 0; i < lines->len; i++) {
    g_autofree char *text = plancia_log_line_dup_text (g_ptr_array_index (lines, i));

    g_string_append_printf (self->text, "  %s\n", text);
  }
}

/**
 * plancia_diagnostics_create:
 * @open: (nullable): the plant that is open
 * @settings: (nullable): the settings of the program
 * @libraries: (nullable): more versions
 *
 * Returns: (transfer full): the text, masked
 */
char *
plancia_diagnostics_create (PlanciaOpenPlant  *open,
                            GSettings         *settings,
                            const char *const *libraries)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) backends = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *time = plancia_text_utc_time (plancia_clock_now ());
  Writer           self = {text, mask, kinds, backends};

  g_string_append_printf (text,
                          "Diagnostics of Plancia, %s\nSerial numbers, names and public addresses "
                          "are replaced by words, the same one each time; passwords and keys are "
                          "never in here.\n",
                          time);
  add_program (&self, libraries);
  add_system (&self);
  add_settings (&self, settings);
  add_plant (&self, open);
  add_log (&self);
  return plancia_mask_apply (mask, text->str);
}

/** plancia_diagnostics_dup_file_name: by the clock, in local time */
char *
plancia_diagnostics_dup_file_name (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (plancia_clock_now () / 1000);

  return g_date_time_format (now, "plancia-diagnostics-%Y%m%d-%H%M.txt");
}
