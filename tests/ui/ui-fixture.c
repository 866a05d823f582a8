/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/clock.h"
#include "map/map-catalog.h"
#include "ui/ui-resource.h"

#define SKIPPED 77

/* --- display --------------------------------------------------------------------------------- */

static void
set_up_settings (void)
{
  g_object_set (gtk_settings_get_default (),
                "gtk-font-name",
                "Cantarell 11",
                "gtk-xft-antialias",
                1,
                "gtk-xft-hinting",
                1,
                "gtk-xft-hintstyle",
                "hintslight",
                "gtk-xft-rgba",
                "none",
                "gtk-enable-animations",
                FALSE,
                "gtk-cursor-blink",
                FALSE,
                NULL);
}

void
ui_fixture_init (int *argc, char ***argv)
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GTK_A11Y", "test", FALSE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    exit (SKIPPED);
  }
  adw_init ();
  set_up_settings ();
  plancia_ui_resource_attach (gdk_display_get_default ());
}

void
ui_fixture_set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  ui_fixture_settle ();
}

/* --- main loop ------------------------------------------------------------------------------- */

static gboolean
times_up (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_fixture_settle (void)
{
  gint64   end = g_get_monotonic_time () + 60 * 1000;
  gint64   limit = g_get_monotonic_time () + G_USEC_PER_SEC;
  gboolean moved = TRUE;
  guint    tick = g_timeout_add (8, wake, NULL);

  /* A frame is 16 ms: some of them pass, then whatever they queued. */
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  while (moved && g_get_monotonic_time () < limit)
    moved = g_main_context_iteration (NULL, FALSE);
}

gboolean
ui_fixture_wait (UiCondition condition, gpointer user_data, guint milliseconds)
{
  gboolean late = FALSE;
  guint    watchdog = g_timeout_add (milliseconds, times_up, &late);
  guint    tick = g_timeout_add (10, wake, NULL);
  gboolean held;

  while (!(held = condition (user_data)) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (watchdog);
  return held;
}

GtkWindow *
ui_fixture_present (GtkWidget *widget, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  ui_fixture_settle ();
  return window;
}

/* --- pictures -------------------------------------------------------------------------------- */

static GskRenderNode *
draw_node (GtkWidget *widget, int *width, int *height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  *width = gdk_paintable_get_intrinsic_width (paintable);
  *height = gdk_paintable_get_intrinsic_height (paintable);
  gdk_paintable_snapshot (paintable, snapshot, *width, *height);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
paint_ground (GtkWidget *widget, cairo_t *cr)
{
  GdkRGBA ground = {1, 1, 1, 1};

  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                  "window_bg_color",
                                  &ground);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_paint (cr);
}

static void
save (cairo_surface_t *picture, const char *name)
{
  const char      *folder = g_getenv ("PLANCIA_SCREENSHOTS");
  g_autofree char *file = g_strdup_printf ("%s/%s.png", folder, name);

  if (folder)
    g_assert_cmpint (cairo_surface_write_to_png (picture, file), ==, CAIRO_STATUS_SUCCESS);
}

cairo_surface_t *
ui_fixture_screenshot (GtkWidget *widget, const char *name)
{
  cairo_surface_t *picture;
  cairo_t         *cr;
  GskRenderNode   *node = NULL;
  int              width, height;

  /* On a busy machine the frame may come late. */
  for (guint i = 0; !node && i < 50; i++) {
    gtk_widget_queue_draw (widget);
    ui_fixture_settle ();
    node = draw_node (widget, &width, &height);
  }
  g_assert_nonnull (node);
  picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (picture);
  paint_ground (widget, cr);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  save (picture, name);
  return picture;
}

/* --- looking for widgets --------------------------------------------------------------------- */

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  return gtk_widget_get_tooltip_text (widget);
}

GtkWidget *
ui_fixture_find (GtkWidget *root, GType type, const char *text)
{
  GtkWidget *child;

  /* The second is how a stack hides its other pages. */
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (!text || g_strcmp0 (text_of (root), text) == 0))
    return root;
  for (child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = ui_fixture_find (child, type, text);

    if (found)
      return found;
  }
  return NULL;
}

/* --- a plant --------------------------------------------------------------------------------- */

static PlanciaEntry *
add_entry (PlanciaPlant *plant,
           PlanciaEntry *parent,
           const char   *kind,
           const char   *name,
           const char   *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) parsed = plancia_address_parse (address, &error);
  g_autoptr (PlanciaEntry) entry = NULL;

  g_assert_no_error (error);
  entry = plancia_entry_new (NULL, kind, name, parsed);
  plancia_plant_add (plant, parent, entry);
  return entry;
}

static PlanciaDevice *
device_of (UiPlant *self, PlanciaEntry *entry)
{
  return plancia_device_tree_find (plancia_open_plant_get_tree (self->plant),
                                   plancia_entry_get_id (entry));
}

static void
give_map (PlanciaDevice *device, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (id, &error);

  g_assert_no_error (error);
  plancia_entry_set_map (plancia_device_get_entry (device), id);
  plancia_device_set_map (device, map);
}

static FakeBackend *
give_backend (PlanciaDevice *device, PlanciaBackendFlags flags, PlanciaState state)
{
  FakeBackend *backend = fake_backend_new (flags);

  fake_backend_set_state (backend, state, NULL);
  plancia_device_set_backend (device, PLANCIA_BACKEND (backend));
  plancia_device_update (device);
  return backend;
}

static void
connect_devices (UiPlant *self)
{
  PlanciaBackendFlags registers = PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS |
                                  PLANCIA_BACKEND_WRITE | PLANCIA_BACKEND_ALARMS;
  PlanciaBackendFlags cloud = PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_HISTORY;

  give_map (self->inverter, "zcs-1ph-hyd-hp-g3");
  give_map (self->hybrid, "zcs-3ph-hyd-g3");
  self->inverter_backend = give_backend (self->inverter, registers, PLANCIA_STATE_OPEN);
  self->hybrid_backend = give_backend (self->hybrid, registers, PLANCIA_STATE_OPEN);
  self->console_backend =
    give_backend (self->console, PLANCIA_BACKEND_CONSOLE, PLANCIA_STATE_CLOSED);
  self->portal_backend = give_backend (self->thing, cloud, PLANCIA_STATE_OPEN);
  plancia_device_set_backend (self->portal, PLANCIA_BACKEND (self->portal_backend));
  plancia_device_update (self->portal);
}

UiPlant *
ui_plant_new (void)
{
  UiPlant *self = g_new0 (UiPlant, 1);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Rossi, Arezzo");
  PlanciaEntry *stick =
    add_entry (plant, NULL, "stick", "ZSM-WIFI-USB", "wifi-stick://192.0.2.10?serial=2712345678");
  PlanciaEntry *inverter = add_entry (plant,
                                      stick,
                                      "inverter",
                                      "HYD 6000 ZSS HP",
                                      "wifi-stick://192.0.2.10/1?serial=2712345678");
  PlanciaEntry *hub = add_entry (plant, NULL, "hub", "Azzurro HUB", "hub://192.0.2.20");
  PlanciaEntry *line = add_entry (plant, hub, "line", "Inverters", "hub://192.0.2.20/inverters");
  PlanciaEntry *hybrid =
    add_entry (plant, line, "inverter", "HYD 10000 ZSS", "hub://192.0.2.20/inverters/1");
  PlanciaEntry *console = add_entry (plant, NULL, "console", "CONNEXT", "connext:///dev/ttyACM0");
  PlanciaEntry *portal = add_entry (plant, NULL, "portal", "Azzurro Portal", "portal://test");
  PlanciaEntry *thing =
    add_entry (plant, portal, "thing", "ZE1ES330J1E258", "portal://test/ZE1ES330J1E258");

  plancia_plant_set_place (plant, "Europe/Rome", 43.46, 11.88);
  self->plant = plancia_open_plant_new (plant, ":memory:");
  self->stick = device_of (self, stick);
  self->inverter = device_of (self, inverter);
  self->hub = device_of (self, hub);
  self->hybrid = device_of (self, hybrid);
  self->console = device_of (self, console);
  self->portal = device_of (self, portal);
  self->thing = device_of (self, thing);
  connect_devices (self);
  self->session = plancia_session_new ();
  plancia_session_set_plant (self->session, self->plant);
  return self;
}

void
ui_plant_free (UiPlant *self)
{
  plancia_session_set_plant (self->session, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->plant);
  g_clear_object (&self->inverter_backend);
  g_clear_object (&self->hybrid_backend);
  g_clear_object (&self->console_backend);
  g_clear_object (&self->portal_backend);
  g_free (self);
}

void
ui_plant_apply_number (UiPlant *self, PlanciaDevice *device, const char *key, double number)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), plancia_clock_now ());

  plancia_reading_set_number (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD), number);
  plancia_device_tree_apply (plancia_open_plant_get_tree (self->plant), readings);
}
