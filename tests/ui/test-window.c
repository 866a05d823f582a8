/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window.h"

#include "base/clock.h"
#include "base/error.h"
#include "ui-fixture.h"
#include "ui/banner.h"
#include "ui/settings.h"
#include "ui/tree-row.h"

#include <glib/gstdio.h>

static PlanciaWindow *
open_window (void)
{
  PlanciaWindow *window = plancia_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  ui_fixture_settle ();
  return window;
}

static void
gone_cb (gpointer data, GObject *object)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* As a person does, by the close button; nothing may be left of it. */
static void
close_window (PlanciaWindow *window)
{
  gboolean gone = FALSE;
  gint64   start = g_get_monotonic_time ();

  g_object_weak_ref (G_OBJECT (window), gone_cb, &gone);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (ui_fixture_wait (is_true, &gone, 20000));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static void
picture (PlanciaWindow *window, const char *name)
{
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), name));
}

static GtkWidget *
find (PlanciaWindow *window, GType type, const char *text)
{
  return ui_fixture_find (GTK_WIDGET (window), type, text);
}

static gboolean
sees (PlanciaWindow *window, const char *text)
{
  GtkWidget *label = find (window, GTK_TYPE_LABEL, text);

  return label && gtk_widget_get_mapped (label);
}

static void
test_start_page (void)
{
  PlanciaWindow *window = open_window ();

  g_assert_true (sees (window, "Nothing aboard yet"));
  g_assert_nonnull (find (window, ADW_TYPE_ACTION_ROW, "Add a device"));
  g_assert_nonnull (find (window, ADW_TYPE_ACTION_ROW, "Add a portal account"));
  g_assert_true (sees (window, "Open the demo plant"));
  picture (window, "start-light");
  ui_fixture_set_dark (TRUE);
  picture (window, "start-dark");
  ui_fixture_set_dark (FALSE);
  close_window (window);
}

/* --- with a plant ---------------------------------------------------------------------------- */

static AdwViewStackPage *
page_of (PlanciaWindow *window, const char *name)
{
  AdwViewStack *stack = plancia_pages_get_stack (plancia_window_get_pages (window));

  return adw_view_stack_get_page (stack, adw_view_stack_get_child_by_name (stack, name));
}

/* Each device has the pages that it can fill, and no others. */
static void
test_pages_follow_the_device (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaWindow  *window = open_window ();
  PlanciaSession *session = plancia_window_get_session (window);
  PlanciaPages   *pages = plancia_window_get_pages (window);

  plancia_session_set_plant (session, plant->plant);
  g_assert_cmpuint (plancia_pages_get_count (pages), ==, 6);
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "watch")));
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "history")));
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "findings")));
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "overview")));
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "alarms")));
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "traffic")));
  plancia_session_set_device (session, plant->hybrid);
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "registers")));
  g_assert_false (adw_view_stack_page_get_visible (page_of (window, "console")));
  g_assert_false (adw_view_stack_page_get_visible (page_of (window, "findings")));
  plancia_pages_show_nth (pages, 2);
  g_assert_cmpstr (plancia_pages_get_visible (pages), ==, "registers");
  plancia_session_set_device (session, plant->console);
  g_assert_cmpstr (plancia_pages_get_visible (pages), ==, "overview");
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "console")));
  plancia_session_set_device (session, plant->thing);
  g_assert_true (adw_view_stack_page_get_visible (page_of (window, "history")));
  /* The page that was chosen comes back. */
  plancia_session_set_device (session, plant->hybrid);
  g_assert_cmpstr (plancia_pages_get_visible (pages), ==, "registers");
  plancia_session_set_plant (session, NULL);
  close_window (window);
}

static void
test_mode (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaWindow  *window = open_window ();
  PlanciaSession *session = plancia_window_get_session (window);
  GtkWidget      *button;

  plancia_session_set_plant (session, plant->plant);
  ui_fixture_settle ();
  g_assert_true (sees (window, "View only"));
  button =
    find (window, GTK_TYPE_TOGGLE_BUTTON, "View only. Switch to installer mode to change settings");
  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  ui_fixture_settle ();
  g_assert_true (plancia_session_get_installer (session));
  g_assert_true (sees (window, "Installer"));
  g_assert_true (gtk_widget_has_css_class (button, "installer-button"));
  picture (window, "window-installer");
  plancia_session_set_plant (session, NULL);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
  close_window (window);
}

static const char *
banner_text (PlanciaWindow *window)
{
  GtkWidget *banner = find (window, PLANCIA_TYPE_BANNER, NULL);
  GtkWidget *label = banner ? ui_fixture_find (banner, GTK_TYPE_LABEL, NULL) : NULL;

  return label ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static void
fail_with (UiPlant *plant, PlanciaState state, GQuark domain, int code)
{
  fake_backend_set_state (plant->hybrid_backend,
                          state,
                          g_error_new_literal (domain, code, "for the test"));
  plancia_device_update (plant->hybrid);
  ui_fixture_settle ();
}

/* The worst comes first, and goes when it is over. */
static void
test_banner (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaWindow  *window = open_window ();
  PlanciaSession *session = plancia_window_get_session (window);

  plancia_plant_set_simulated (plancia_open_plant_get_plant (plant->plant), TRUE);
  plancia_session_set_plant (session, plant->plant);
  plancia_session_set_device (session, plant->hybrid);
  ui_fixture_settle ();
  g_assert_true (g_str_has_prefix (banner_text (window), "Simulated plant."));

  fail_with (plant, PLANCIA_STATE_FAILING, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_true (g_str_has_prefix (banner_text (window), "No answer."));
  picture (window, "banner-problem");
  fail_with (plant,
             PLANCIA_STATE_TAKEN_OVER,
             PLANCIA_DEVICE_ERROR,
             PLANCIA_DEVICE_ERROR_TAKEN_OVER);
  g_assert_true (g_str_has_prefix (banner_text (window), "Another client holds this line."));
  g_assert_nonnull (find (window, GTK_TYPE_BUTTON, "Take the line back…"));
  picture (window, "banner-taken-over");
  /* A stick that sends to its cloud is no failure. */
  ui_plant_apply_number (plant, plant->hybrid, "output_active_power", 3110);
  fail_with (plant, PLANCIA_STATE_OPEN, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UPLOADING);
  g_assert_true (g_str_has_prefix (banner_text (window), "Busy, retrying."));
  fail_with (plant,
             PLANCIA_STATE_TAKEN_OVER,
             PLANCIA_DEVICE_ERROR,
             PLANCIA_DEVICE_ERROR_TAKEN_OVER);
  g_assert_nonnull (find (window, GTK_TYPE_LABEL, "3.11\xc2\xa0kW, old"));
  /* It is about the device that is looked at. */
  plancia_session_set_device (session, plant->inverter);
  ui_fixture_settle ();
  g_assert_true (g_str_has_prefix (banner_text (window), "Simulated plant."));
  plancia_session_set_plant (session, NULL);
  close_window (window);
}

/* --- files ----------------------------------------------------------------------------------- */

typedef struct
{
  char *heading;
  char *message;
} Failure;

static void
failed_cb (PlanciaPlantKeeper *keeper, const char *heading, const GError *error, Failure *failure)
{
  failure->heading = g_strdup (heading);
  failure->message = g_strdup (error->message);
}

static gboolean
has_failed (gpointer data)
{
  return ((Failure *) data)->heading != NULL;
}

static gboolean
has_plant (gpointer session)
{
  return plancia_session_get_plant (session) != NULL;
}

/* A file that is wrong: what and where, and nothing else happens. */
static void
test_wrong_file (void)
{
  PlanciaWindow      *window = open_window ();
  PlanciaPlantKeeper *keeper = plancia_window_get_keeper (window);
  g_autofree char    *path = g_build_filename (g_get_tmp_dir (), "plancia-wrong.json", NULL);
  Failure             failure = {0};

  g_assert_true (g_file_set_contents (path, "{\"format\": \"plancia-plant\", ]", -1, NULL));
  g_signal_connect (keeper, "failed", G_CALLBACK (failed_cb), &failure);
  plancia_plant_keeper_open_file (keeper, path);
  g_assert_true (plancia_plant_keeper_get_busy (keeper));
  g_assert_true (ui_fixture_wait (has_failed, &failure, 20000));
  g_assert_cmpstr (failure.heading, ==, "The plant could not be opened");
  g_assert_nonnull (strstr (failure.message, "plancia-wrong.json"));
  g_assert_false (plancia_plant_keeper_get_busy (keeper));
  g_assert_true (sees (window, "Nothing aboard yet"));
  g_free (failure.heading);
  g_free (failure.message);
  g_remove (path);
  close_window (window);
}

static PlanciaEntry *
add_unreachable (PlanciaPlant *plant)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("connext:///dev/none", NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, "console", "Terminal", address);

  plancia_plant_add (plant, NULL, entry);
  return entry;
}

/* What is added is in the file without asking, and comes back at the next start. */
static void
test_plant_comes_back (void)
{
  PlanciaWindow      *window = open_window ();
  PlanciaPlantKeeper *keeper = plancia_window_get_keeper (window);
  PlanciaSession     *session = plancia_window_get_session (window);
  g_autofree char    *path = NULL;
  g_autofree char    *id = NULL;
  PlanciaOpenPlant   *open;
  PlanciaEntry       *entry;

  plancia_plant_keeper_begin (keeper, "Barn");
  open = plancia_session_get_plant (session);
  entry = add_unreachable (plancia_open_plant_get_plant (open));
  id = g_strdup (plancia_entry_get_id (entry));
  plancia_open_plant_sync (open);
  plancia_session_set_device (session,
                              plancia_device_tree_find (plancia_open_plant_get_tree (open), id));
  path = g_strdup (plancia_plant_keeper_get_path (keeper));
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  ui_fixture_settle ();
  close_window (window);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  window = open_window ();
  session = plancia_window_get_session (window);
  plancia_window_restore (window);
  g_assert_true (ui_fixture_wait (has_plant, session, 20000));
  g_assert_cmpstr (plancia_plant_keeper_get_path (plancia_window_get_keeper (window)), ==, path);
  g_assert_cmpstr (plancia_device_get_id (plancia_session_get_device (session)), ==, id);
  g_assert_cmpint (g_settings_get_int (plancia_settings_get (), "window-width"), ==, 1000);
  ui_fixture_settle ();
  g_assert_true (sees (window, "Barn"));
  plancia_plant_keeper_close (plancia_window_get_keeper (window));
  g_assert_null (plancia_session_get_plant (session));
  g_remove (path);
  close_window (window);
}

/* --- the demo plant -------------------------------------------------------------------------- */

static gboolean
has_live_figure (gpointer session)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  g_autoptr (GPtrArray) leaves = NULL;

  if (!open)
    return FALSE;
  leaves = plancia_device_tree_list (plancia_open_plant_get_tree (open));
  for (guint i = 0; i < leaves->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (leaves, i);
    double         watts;

    if (g_str_equal (plancia_device_get_kind (device), "inverter") &&
        plancia_device_get_mark (device) == PLANCIA_MARK_LIVE &&
        plancia_device_get_quantity (device, PLANCIA_QUANTITY_AC_POWER, &watts))
      return TRUE;
  }
  return FALSE;
}

static PlanciaDevice *
find_by_name (PlanciaSession *session, const char *name)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  g_autoptr (GPtrArray) leaves = plancia_device_tree_list (plancia_open_plant_get_tree (open));

  for (guint i = 0; i < leaves->len; i++) {
    if (g_str_equal (plancia_device_get_name (g_ptr_array_index (leaves, i)), name))
      return g_ptr_array_index (leaves, i);
  }
  return NULL;
}

static gboolean
is_live (gpointer device)
{
  return plancia_device_get_mark (device) == PLANCIA_MARK_LIVE;
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window; /* GTK keeps it */
  }
  return NULL;
}

/* Nobody is cut off on a simulated HUB: its lines are opened without the vendor's question. */
static void
assert_hub_unasked (PlanciaSession *session)
{
  PlanciaDevice *behind = find_by_name (session, "HYD 10000 ZSS");

  g_assert_null (find_question ());
  g_assert_true (ui_fixture_wait (is_live, behind, 30000));
  g_assert_null (find_question ());
}

/* The button of the start page, then a live figure from a simulated inverter; the clock is the simulator's. */
static void
test_demo_plant (void)
{
  PlanciaWindow  *window = open_window ();
  PlanciaSession *session = plancia_window_get_session (window);
  GtkWidget      *label = find (window, GTK_TYPE_LABEL, "Open the demo plant");
  GtkWidget      *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
  gint64          before = plancia_clock_now ();

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ui_fixture_wait (has_live_figure, session, 30000));
  assert_hub_unasked (session);
  g_assert_cmpint (ABS (plancia_clock_now () - before), >, 60 * 1000);
  ui_fixture_settle ();
  g_assert_true (g_str_has_prefix (banner_text (window), "Simulated plant."));
  g_assert_nonnull (find (window, PLANCIA_TYPE_TREE_ROW, NULL));
  picture (window, "demo-light");
  close_window (window);
  g_assert_cmpint (ABS (plancia_clock_now () - before), <, 60 * 1000);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("plancia-window-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/window/start-page", test_start_page);
  g_test_add_func ("/ui/window/pages", test_pages_follow_the_device);
  g_test_add_func ("/ui/window/mode", test_mode);
  g_test_add_func ("/ui/window/banner", test_banner);
  g_test_add_func ("/ui/window/wrong-file", test_wrong_file);
  g_test_add_func ("/ui/window/plant-comes-back", test_plant_comes_back);
  g_test_add_func ("/ui/window/demo-plant", test_demo_plant);
  return g_test_run ();
}
