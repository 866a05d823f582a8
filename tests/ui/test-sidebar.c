/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar.h"

#include "base/error.h"
#include "ui-fixture.h"
#include "ui/tree-menu.h"
#include "ui/tree-order.h"
#include "ui/tree-row.h"
#include <string.h>

static GtkWidget *
find_row (GtkWidget *root, PlanciaDevice *device)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found;

    if (PLANCIA_IS_TREE_ROW (child) &&
        plancia_tree_row_get_device (PLANCIA_TREE_ROW (child)) == device)
      return gtk_widget_get_mapped (child) ? child : NULL;
    found = find_row (child, device);
    if (found)
      return found;
  }
  return NULL;
}

static GtkSelectionModel *
get_selection (GtkWidget *sidebar)
{
  GtkWidget *list = ui_fixture_find (sidebar, GTK_TYPE_LIST_VIEW, NULL);

  return gtk_list_view_get_model (GTK_LIST_VIEW (list));
}

static PlanciaDevice *
selected_device (GtkWidget *sidebar)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (get_selection (sidebar));
  GtkTreeListRow     *row = gtk_single_selection_get_selected_item (selection);
  g_autoptr (PlanciaDevice) device = row ? gtk_tree_list_row_get_item (row) : NULL;

  return device;
}

static GtkWidget *
new_sidebar (UiPlant *plant)
{
  return g_object_new (PLANCIA_TYPE_SIDEBAR, "session", plant->session, NULL);
}

/* Whole plant, stick, inverter, HUB, line, hybrid, CONNEXT, portal, thing: all open. */
static void
test_shows_the_tree (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);
  GtkWidget *row = find_row (sidebar, plant->hybrid);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection (sidebar))), ==, 9);
  g_assert_nonnull (ui_fixture_find (sidebar, GTK_TYPE_LABEL, "Rossi, Arezzo"));
  g_assert_nonnull (ui_fixture_find (sidebar, GTK_TYPE_LABEL, "Whole plant"));
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "HYD 10000 ZSS"));
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "—"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), "sidebar-light"));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), "sidebar-dark"));
  ui_fixture_set_dark (FALSE);
  gtk_window_destroy (window);
}

static void
test_values_and_marks_follow (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);
  GtkWidget *row = find_row (sidebar, plant->hybrid);

  ui_plant_apply_number (plant, plant->hybrid, "output_active_power", 3110);
  ui_fixture_settle ();
  g_assert_nonnull (
    ui_fixture_find (row, GTK_TYPE_LABEL, plancia_device_get_value_text (plant->hybrid)));
  g_assert_cmpstr (plancia_device_get_value_text (plant->hybrid), !=, "—");
  fake_backend_set_state (plant->hybrid_backend,
                          PLANCIA_STATE_FAILING,
                          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late"));
  plancia_device_update (plant->hybrid);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row), ==, "HYD 10000 ZSS\nFailing: No answer.");
  gtk_window_destroy (window);
}

/* A stick that talks to its cloud lets its inverter wait: the row says so until a value comes again. */
static void
test_busy (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);
  GtkWidget *row = find_row (sidebar, plant->hybrid);
  GError *busy = g_error_new_literal (PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UPLOADING, "busy");

  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_OPEN, NULL);
  ui_plant_apply_number (plant, plant->hybrid, "output_active_power", 3110);
  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_OPEN, busy);
  plancia_device_update (plant->hybrid);
  g_assert_cmpint (plancia_device_get_mark (plant->hybrid), ==, PLANCIA_MARK_STALE);
  g_assert_nonnull (ui_fixture_find (row, GTK_TYPE_LABEL, "busy, retrying"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (row), "Busy, retrying."));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), "sidebar-busy"));

  fake_backend_set_state (plant->hybrid_backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_update (plant->hybrid);
  g_assert_null (ui_fixture_find (row, GTK_TYPE_LABEL, "busy, retrying"));
  g_assert_nonnull (
    ui_fixture_find (row, GTK_TYPE_LABEL, plancia_device_get_value_text (plant->hybrid)));
  gtk_window_destroy (window);
}

static int
get_width (GtkWidget *widget)
{
  int width;

  gtk_widget_get_size_request (widget, &width, NULL);
  return width;
}

/* With text at 150 % the names need more room, but not all that there is. */
static void
test_large_text (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget       *sidebar = new_sidebar (plant);
  GtkWindow       *window = ui_fixture_present (sidebar, 300, 760);
  GtkSettings     *settings = gtk_settings_get_default ();
  g_autofree char *usual = NULL;

  g_assert_cmpint (get_width (sidebar), ==, 300);
  g_object_get (settings, "gtk-font-name", &usual, NULL);
  g_object_set (settings, "gtk-font-name", "Cantarell 16.5", NULL);
  ui_fixture_settle ();
  g_assert_cmpint (get_width (sidebar), >, 360);
  g_assert_cmpint (get_width (sidebar), <=, 390);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), "sidebar-large"));
  g_object_set (settings, "gtk-font-name", usual, NULL);
  ui_fixture_settle ();
  g_assert_cmpint (get_width (sidebar), ==, 300);
  gtk_window_destroy (window);
}

static void
test_selection_is_the_session_s_device (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);

  g_assert_cmpstr (plancia_device_get_id (selected_device (sidebar)), ==, "plant");
  plancia_session_set_device (plant->session, plant->hybrid);
  g_assert_true (selected_device (sidebar) == plant->hybrid);
  gtk_selection_model_select_item (get_selection (sidebar), 1, TRUE);
  g_assert_true (plancia_session_get_device (plant->session) == plant->stick);
  gtk_window_destroy (window);
}

/* Finding HYD leaves the inverters with what they hang on, and the first of them is gone to. */
static void
test_search (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);
  GtkWidget *entry;

  plancia_sidebar_search (PLANCIA_SIDEBAR (sidebar));
  ui_fixture_settle ();
  entry = ui_fixture_find (sidebar, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "hyd 10");
  g_signal_emit_by_name (entry, "search-changed");
  ui_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection (sidebar))), ==, 3);
  g_assert_nonnull (find_row (sidebar, plant->hub));
  g_assert_null (find_row (sidebar, plant->inverter));
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (plancia_session_get_device (plant->session) == plant->hybrid);
  gtk_window_destroy (window);
}

/* A new device appears; one that is removed goes, and the whole plant is looked at instead. */
static void
test_menu_and_removal (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);
  GtkWidget *row = find_row (sidebar, plant->console);
  GtkWidget *popover;

  plancia_tree_menu_show (PLANCIA_TREE_ROW (row), plant->session, 10, 10);
  ui_fixture_settle ();
  popover = ui_fixture_find (row, GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_nonnull (popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find (row, GTK_TYPE_POPOVER_MENU, NULL));

  plancia_plant_remove (plancia_open_plant_get_plant (plant->plant),
                        plancia_device_get_entry (plant->console));
  plancia_open_plant_sync (plant->plant);
  ui_fixture_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_selection (sidebar))), ==, 8);
  gtk_window_destroy (window);
}

/* --- order ----------------------------------------------------------------------------------- */

static char *
dup_order (GtkWidget *sidebar)
{
  GListModel *rows = G_LIST_MODEL (get_selection (sidebar));
  GString    *order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);
    g_autoptr (PlanciaDevice) device = gtk_tree_list_row_get_item (row);

    if (!plancia_device_get_parent (device))
      g_string_append_printf (order, " %c", plancia_device_get_kind (device)[0]);
  }
  return g_string_free (order, FALSE);
}

#define assert_order(sidebar, expected)           \
  G_STMT_START                                    \
  {                                               \
    g_autofree char *order = dup_order (sidebar); \
    g_assert_cmpstr (order, ==, expected);        \
  }                                               \
  G_STMT_END

/* Plant, stick, HUB, console, portal. What moved stays selected, and what hangs on it is shown. */
static void
test_moves (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);

  assert_order (sidebar, " p s h c p");
  plancia_session_set_device (plant->session, plant->hub);
  g_assert_true (plancia_tree_order_move (plant->session, plant->hub, -1));
  assert_order (sidebar, " p h s c p");
  g_assert_false (plancia_tree_order_move (plant->session, plant->hub, -1));
  g_assert_true (selected_device (sidebar) == plant->hub);
  ui_fixture_settle ();
  g_assert_nonnull (find_row (sidebar, plant->hybrid));
  g_assert_true (plancia_tree_order_move (plant->session, plant->hub, 1));
  g_assert_true (plancia_tree_order_move (plant->session, plant->hub, 1));
  assert_order (sidebar, " p s c h p");
  g_assert_true (plancia_session_get_device (plant->session) == plant->hub);
  g_assert_true (selected_device (sidebar) == plant->hub);
  gtk_window_destroy (window);
}

static GtkDropTarget *
find_drop_target (GtkWidget *row)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return GTK_DROP_TARGET (controller);
  }
  g_assert_not_reached ();
}

/* As a drag ends: on the upper or the lower half of a line. */
static gboolean
drop (GtkWidget *sidebar, PlanciaDevice *device, PlanciaDevice *on, double y)
{
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean dropped = FALSE;

  g_value_init (&value, PLANCIA_TYPE_DEVICE);
  g_value_set_object (&value, device);
  g_signal_emit_by_name (find_drop_target (find_row (sidebar, on)),
                         "drop",
                         &value,
                         20.0,
                         y,
                         &dropped);
  ui_fixture_settle ();
  return dropped;
}

static void
test_dragging (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget     *sidebar = new_sidebar (plant);
  GtkWindow     *window = ui_fixture_present (sidebar, 300, 760);
  PlanciaDevice *whole = plancia_device_tree_get_plant (plancia_open_plant_get_tree (plant->plant));

  g_assert_true (drop (sidebar, plant->portal, plant->stick, 1));
  assert_order (sidebar, " p p s h c");
  g_assert_true (drop (sidebar, plant->portal, plant->console, 30));
  assert_order (sidebar, " p s h c p");
  /* On what hangs on the stick: after the stick. */
  g_assert_true (drop (sidebar, plant->console, plant->inverter, 1));
  assert_order (sidebar, " p s c h p");
  /* Nothing goes above the whole plant, or on itself, or from one connection to another. */
  g_assert_false (drop (sidebar, plant->stick, whole, 1));
  g_assert_false (drop (sidebar, plant->stick, plant->inverter, 1));
  g_assert_false (drop (sidebar, plant->inverter, plant->hub, 1));
  assert_order (sidebar, " p s c h p");
  gtk_window_destroy (window);
}

static void
test_nothing_open (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *sidebar = new_sidebar (plant);
  GtkWindow *window = ui_fixture_present (sidebar, 300, 760);

  plancia_session_set_plant (plant->session, NULL);
  ui_fixture_settle ();
  g_assert_null (get_selection (sidebar));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/sidebar/tree", test_shows_the_tree);
  g_test_add_func ("/ui/sidebar/values-and-marks", test_values_and_marks_follow);
  g_test_add_func ("/ui/sidebar/busy", test_busy);
  g_test_add_func ("/ui/sidebar/large-text", test_large_text);
  g_test_add_func ("/ui/sidebar/selection", test_selection_is_the_session_s_device);
  g_test_add_func ("/ui/sidebar/search", test_search);
  g_test_add_func ("/ui/sidebar/menu-and-removal", test_menu_and_removal);
  g_test_add_func ("/ui/sidebar/moves", test_moves);
  g_test_add_func ("/ui/sidebar/dragging", test_dragging);
  g_test_add_func ("/ui/sidebar/nothing-open", test_nothing_open);
  return g_test_run ();
}
