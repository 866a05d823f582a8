/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/portal-overview.h"

#include "base/error.h"
#include "pages-fixture.h"
#include "ui/device-row.h"
#include "ui/stored-span.h"

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  return g_object_ref_sink (
    plancia_portal_overview_new (plant->session, pages_plant_find (plant, "Azzurro Portal")));
}

static void
test_credentials (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *backend = pages_plant_backend (plant, "Barn");

  g_assert_nonnull (find_label (page, "Not asked yet"));
  g_assert_nonnull (find_label (page, "No answer yet"));

  pages_backend_set_quality (backend, PAGES_NOW - 4 * PLANCIA_MINUTE, 412);
  g_assert_nonnull (find_label (page, "Accepted 14:01"));
  g_assert_nonnull (find_label (page, "4\xc2\xa0min ago"));

  pages_backend_set_state (
    backend,
    PLANCIA_STATE_FAILING,
    g_error_new (PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, "INVALID CLIENT"));
  g_assert_nonnull (find_label (page, "Refused"));
  g_assert_null (find_label (page, "Accepted 14:01"));
  /* That the server is down says nothing new about them. */
  pages_backend_set_state (
    backend,
    PLANCIA_STATE_FAILING,
    g_error_new (PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_OVERLOADED, "502"));
  pages_backend_set_quality (backend, PAGES_NOW, 412);
  g_assert_nonnull (find_label (page, "Accepted 14:01"));
}

static void
test_things (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *row;

  pages_plant_fill (plant);
  pages_backend_set_quality (pages_plant_backend (plant, "Barn"), PAGES_NOW, 412);
  page = new_page (plant);
  g_assert_nonnull (find_label (page,
                                "Values of 3 of 3 things \xc2\xb7 usually in\xc2\xa0"
                                "412\xc2\xa0ms"));

  row = ui_fixture_find (page, PLANCIA_TYPE_DEVICE_ROW, "ZP1ES110K00001");
  g_assert_nonnull (find_label (row, "HYD 10000 ZSS, also reached locally"));
  row = ui_fixture_find (page, PLANCIA_TYPE_DEVICE_ROW, "Barn");
  g_assert_nonnull (find_label (row, "ZM1ES015J00442"));
  g_assert_nonnull (find_label (row, "0.45\xc2\xa0kW"));
  g_assert_nonnull (find_label (row, "47\xc2\xa0min ago"));

  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_true (plancia_session_get_device (plant->session) == pages_plant_find (plant, "Barn"));
}

static void
test_ask_now (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  PagesBackend *backend = pages_plant_backend (plant, "Barn");
  GtkWidget    *button = ui_fixture_find (page, GTK_TYPE_BUTTON, "Ask now");
  double        watts = 0;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_null (ui_fixture_find (page, GTK_TYPE_BUTTON, "Ask now"));
  ui_fixture_settle ();
  g_assert_cmpuint (pages_backend_count_read (backend), ==, 3);
  g_assert_true (plancia_device_get_quantity (pages_plant_find (plant, "Barn"),
                                              PLANCIA_QUANTITY_PV_POWER,
                                              &watts));
  g_assert_cmpfloat (watts, ==, 1980);
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_BUTTON, "Ask now"));
}

static void
put_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
store_days (PagesPlant *plant, const char *device, guint from, guint to)
{
  PlanciaSpan     span = {PAGES_NOW - from * PLANCIA_DAY, PAGES_NOW - to * PLANCIA_DAY};
  PlanciaSamples *samples = plancia_samples_new (device, "portal", span);
  gboolean        done = FALSE;

  plancia_samples_add (samples, "powerGenerating", span.start, 100);
  plancia_samples_seal (samples);
  plancia_store_put_async (plancia_open_plant_get_store (plant->plant),
                           samples,
                           NULL,
                           put_done,
                           &done);
  g_assert_true (ui_fixture_wait (is_true, &done, 20000));
  plancia_samples_unref (samples);
}

static gboolean
has_answered (gpointer user_data)
{
  return plancia_stored_span_get_part (user_data) >= 0;
}

static void
test_stored (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) stored = NULL;
  GtkWindow *window;

  store_days (plant, "Barn", 365, 292);
  stored = g_object_ref_sink (
    plancia_stored_span_new (plant->session, pages_plant_find (plant, "Barn"), 365));
  window = ui_fixture_present (stored, 253, 30);
  g_assert_true (ui_fixture_wait (has_answered, stored, 20000));
  g_assert_cmpfloat_with_epsilon (plancia_stored_span_get_part (PLANCIA_STORED_SPAN (stored)),
                                  0.2,
                                  1e-9);
  g_assert_nonnull (find_label (stored, "20\xc2\xa0%"));
  gtk_window_destroy (window);
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PagesBackend *backend = pages_plant_backend (plant, "Barn");

  pages_plant_fill (plant);
  store_days (plant, "ZE1ES330L5M066", 300, 1);
  store_days (plant, "ZP1ES110K00001", 365, 0);
  store_days (plant, "Barn", 365, 300);
  store_days (plant, "Barn", 240, 100);
  pages_backend_set_quality (backend, PAGES_NOW - 4 * PLANCIA_MINUTE, 412);
  page = new_page (plant);
  pages_take_pictures (page, "portal-overview", 672);
  pages_backend_set_state (
    backend,
    PLANCIA_STATE_FAILING,
    g_error_new (PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, "INVALID CLIENT"));
  pages_take_pictures (page, "portal-overview-refused", 672);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/portal-overview/credentials", test_credentials);
  g_test_add_func ("/portal-overview/things", test_things);
  g_test_add_func ("/portal-overview/ask-now", test_ask_now);
  g_test_add_func ("/portal-overview/stored", test_stored);
  g_test_add_func ("/portal-overview/pictures", test_pictures);
  return g_test_run ();
}
