/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/hub-overview.h"

#include "base/error.h"
#include "pages-fixture.h"
#include "ui/device-row.h"
#include "ui/hub-consent.h"
#include "ui/line-group.h"

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  pages_plant_fill (plant);
  pages_backend_set_quality (pages_plant_backend (plant, "HYD 10000 ZSS"), PAGES_NOW, 14);
  return g_object_ref_sink (
    plancia_hub_overview_new (plant->session, pages_plant_find (plant, "Azzurro HUB")));
}

static GtkWidget *
group_at (GtkWidget *page, guint index)
{
  GtkWidget *group = ui_fixture_find (page, PLANCIA_TYPE_LINE_GROUP, NULL);

  for (guint i = 0; i < index && group; i++)
    group = gtk_widget_get_next_sibling (group);
  g_assert_true (PLANCIA_IS_LINE_GROUP (group));
  return group;
}

static const char *
description_of (GtkWidget *group)
{
  return adw_preferences_group_get_description (ADW_PREFERENCES_GROUP (group));
}

static void
test_says_who_holds_the_line (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  GtkWidget *inverters = group_at (page, 0);

  g_assert_cmpstr (description_of (inverters),
                   ==,
                   "Port 55400 \xc2\xb7 held by Plancia \xc2\xb7 3\xc2\xa0s between requests "
                   "\xc2\xb7 answers in\xc2\xa0"
                   "14\xc2\xa0ms");
  g_assert_nonnull (
    find_label (inverters, "Address 1 \xc2\xb7 \xe2\x81\xa6ZP1ES110K00001\xe2\x81\xa9"));
  g_assert_nonnull (find_label (inverters, "3.11\xc2\xa0kW"));
  g_assert_nonnull (find_label (group_at (page, 1),
                                "\xe2\x88\x92"
                                "1.21\xc2\xa0kW"));
}

static void
test_releases_and_connects (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *backend = pages_plant_backend (plant, "EVCH 7.4");
  GtkWidget    *group = group_at (page, 2);
  GtkWidget    *button = ui_fixture_find (group, GTK_TYPE_BUTTON, "Release");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pages_backend_count_closed (backend), ==, 1);
  g_assert_cmpstr (description_of (group), ==, "Port 55402 \xc2\xb7 free for other clients");
  g_assert_nonnull (find_label (group, "2.30\xc2\xa0kW, old"));

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Connect");
  plancia_hub_consent_give ();
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 1);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window; /* GTK keeps it */
  }
  return NULL;
}

static void
press_in_dialog (const char *label)
{
  g_assert_nonnull (find_dialog ());
  g_signal_emit_by_name (ui_fixture_find (GTK_WIDGET (find_dialog ()), GTK_TYPE_BUTTON, label),
                         "clicked");
  ui_fixture_settle ();
  g_assert_null (find_dialog ());
}

/* The vendor's warning comes before the first connection of a run, and only then. */
static void
test_warns_once (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *backend = pages_plant_backend (plant, "EVCH 7.4");
  GtkWindow    *window = ui_fixture_present (page, 899, 672);
  GtkWidget    *button = ui_fixture_find (group_at (page, 2), GTK_TYPE_BUTTON, "Release");

  g_assert_false (plancia_hub_consent_is_given ());
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
  ui_fixture_screenshot (GTK_WIDGET (find_dialog ()), "hub-warning");
  press_in_dialog ("_Not now");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 0);
  g_signal_emit_by_name (button, "clicked");
  press_in_dialog ("_Connect");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 1);
  g_assert_true (plancia_hub_consent_is_given ());

  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  g_assert_null (find_dialog ());
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 2);
  gtk_window_destroy (window);
}

static void
answer (GtkWidget *page, const char *label)
{
  GtkWidget *button = ui_fixture_find (page, GTK_TYPE_BUTTON, "Take the line back…");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
  press_in_dialog (label);
}

static void
test_takes_over_only_when_told (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *backend = pages_plant_backend (plant, "EVCH 7.4");
  GtkWindow    *window = ui_fixture_present (page, 899, 672);

  g_assert_null (ui_fixture_find (page, GTK_TYPE_BUTTON, "Take the line back…"));
  pages_backend_set_quality (backend, PAGES_NOW - 3 * PLANCIA_MINUTE, 20);
  pages_backend_set_state (backend, PLANCIA_STATE_TAKEN_OVER, NULL);
  g_assert_nonnull (find_label (page, "Another client holds this line"));
  g_assert_null (ui_fixture_find (group_at (page, 2), GTK_TYPE_BUTTON, "Release"));

  answer (page, "_Not now");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 0);
  answer (page, "_Take back");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 1);
  g_assert_null (find_label (page, "Another client holds this line"));
  gtk_window_destroy (window);
}

static void
test_unused_line (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  PlanciaPlant *document = plancia_open_plant_get_plant (plant->plant);
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *group;

  plancia_plant_remove (document, plancia_plant_find (document, "EV chargers"));
  plancia_device_tree_sync (plancia_open_plant_get_tree (plant->plant));
  page = g_object_ref_sink (
    plancia_hub_overview_new (plant->session, pages_plant_find (plant, "Azzurro HUB")));
  group = group_at (page, 2);
  g_assert_cmpstr (description_of (group), ==, "Port 55402");
  g_assert_null (ui_fixture_find (group, GTK_TYPE_BUTTON, "Look for units on this line…"));
  g_assert_nonnull (ui_fixture_find (group, ADW_TYPE_ACTION_ROW, "No devices on this line"));
  g_assert_null (ui_fixture_find (group, GTK_TYPE_BUTTON, "Connect"));
}

static void
test_rows_select (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  GtkWidget *row = ui_fixture_find (page, PLANCIA_TYPE_DEVICE_ROW, "Exchange meter");

  g_assert_nonnull (row);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_true (plancia_session_get_device (plant->session) ==
                 pages_plant_find (plant, "Exchange meter"));
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *chargers = pages_plant_backend (plant, "EVCH 7.4");

  pages_backend_set_quality (chargers, PAGES_NOW - 3 * PLANCIA_MINUTE, 20);
  pages_backend_set_state (chargers, PLANCIA_STATE_TAKEN_OVER, NULL);
  pages_take_pictures (page, "hub-overview", 672);
  pages_backend_set_state (chargers,
                           PLANCIA_STATE_FAILING,
                           g_error_new (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "refused"));
  pages_take_pictures (page, "hub-overview-failing", 672);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/hub-overview/who-holds-the-line", test_says_who_holds_the_line);
  g_test_add_func ("/hub-overview/warns-once", test_warns_once);
  g_test_add_func ("/hub-overview/releases-and-connects", test_releases_and_connects);
  g_test_add_func ("/hub-overview/takes-over-only-when-told", test_takes_over_only_when_told);
  g_test_add_func ("/hub-overview/unused-line", test_unused_line);
  g_test_add_func ("/hub-overview/rows-select", test_rows_select);
  g_test_add_func ("/hub-overview/pictures", test_pictures);
  return g_test_run ();
}
