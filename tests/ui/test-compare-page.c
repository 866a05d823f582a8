/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/compare-page.h"

#include "model/snapshots.h"
#include "registers-fixture.h"
#include "ui/register-source.h"
#include "ui/registers-area.h"
#include "ui/registers-page.h"
#include "ui/restore-dialog.h"

#define LIMIT 20000

static GtkWidget *
find_text (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshots_take_finish (result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* A snapshot with the usual values but for one. */
static void
take (UiPlant *plant, const char *key, const char *text)
{
  gboolean done = FALSE;

  plancia_snapshots_take_async (plancia_snapshots_for (plant->plant),
                                plant->hybrid,
                                PLANCIA_SNAPSHOT_REQUEST,
                                NULL,
                                NULL,
                                taken_cb,
                                &done);
  fake_backend_answer_read (plant->hybrid_backend, registers_all_readings (plant, key, text), NULL);
  g_assert_true (ui_fixture_wait (is_true, &done, LIMIT));
}

static GtkWidget *
new_area (UiPlant *plant)
{
  plancia_session_set_device (plant->session, plant->hybrid);
  registers_give_all (plant);
  return g_object_ref_sink (
    g_object_new (PLANCIA_TYPE_REGISTERS_AREA, "session", plant->session, NULL));
}

static GtkWidget *
compare_page (GtkWidget *area)
{
  GtkWidget *page = ui_fixture_find (area, PLANCIA_TYPE_COMPARE_PAGE, NULL);

  g_assert_nonnull (page);
  return page;
}

static gboolean
shows_table (gpointer area)
{
  return ui_fixture_find (area, GTK_TYPE_COLUMN_VIEW, NULL) != NULL;
}

static void
answer_now (UiPlant *plant, const char *key, const char *text)
{
  fake_backend_answer_read (plant->hybrid_backend, registers_all_readings (plant, key, text), NULL);
  ui_fixture_settle ();
}

static void
test_begins_without_snapshots (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (GtkWidget) area = new_area (plant);
  GtkWindow *window = ui_fixture_present (area, 900, 600);

  g_assert_nonnull (ui_fixture_find (area, PLANCIA_TYPE_REGISTERS_PAGE, NULL));
  gtk_widget_activate_action (area, "snapshots.compare", NULL);
  ui_fixture_settle ();
  g_assert_nonnull (find_text (area, "No snapshots yet"));
  gtk_widget_activate_action (area, "snapshots.back", NULL);
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (area, PLANCIA_TYPE_REGISTERS_PAGE, NULL));
  gtk_window_destroy (window);
}

static void
test_shows_what_changed (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (GtkWidget) area = NULL;
  GtkWindow *window;
  GtkWidget *page;

  take (plant, "storage_mode", "2");
  area = new_area (plant);
  window = ui_fixture_present (area, 900, 600);
  gtk_widget_activate_action (area, "snapshots.compare", NULL);
  answer_now (plant, NULL, NULL);
  g_assert_true (ui_fixture_wait (shows_table, area, LIMIT));
  page = compare_page (area);
  g_assert_nonnull (find_text (page, "Energy storage mode"));
  g_assert_nonnull (find_text (page, "1110"));
  g_assert_nonnull (find_text (page, "Snapshot"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_BUTTON, "Stage A for 1 setting"));
  gtk_widget_activate_action (page, "compare.exchange", NULL);
  ui_fixture_settle ();
  /* What is there now is not to be restored. */
  g_assert_false (
    gtk_widget_is_sensitive (ui_fixture_find (page, GTK_TYPE_BUTTON, "Stage A for 1 setting")));
  gtk_window_destroy (window);
}

/* Staged as if a person had done it: the review writes it. */
static void
test_stages_a (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (GtkWidget) area = NULL;
  GtkWindow            *window;
  PlanciaRegisterModel *model;
  PlanciaRegisterRow   *row;

  take (plant, "storage_mode", "2");
  area = new_area (plant);
  window = ui_fixture_present (area, 900, 600);
  model = plancia_register_source_get_model (plancia_register_source_of (plant->hybrid));
  gtk_widget_activate_action (area, "snapshots.compare", NULL);
  answer_now (plant, NULL, NULL);
  g_assert_true (ui_fixture_wait (shows_table, area, LIMIT));
  gtk_widget_activate_action (compare_page (area), "compare.stage", NULL);
  g_assert_cmpuint (plancia_register_model_get_n_staged (model), ==, 1);
  g_assert_cmpstr (plancia_register_model_get_purpose (model), ==, "restore");
  g_assert_true (g_str_has_prefix (plancia_register_model_get_origin (model), "Snapshot of "));
  row = plancia_register_model_find (model, "storage_mode");
  g_assert_true (plancia_register_row_is_staged (row));
  g_assert_cmpint (plancia_register_row_get_staged (row)->integer, ==, 2);
  plancia_register_model_discard (model);
  g_assert_cmpstr (plancia_register_model_get_purpose (model), ==, "write");
  g_assert_null (plancia_register_model_get_origin (model));
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (area, PLANCIA_TYPE_REGISTERS_PAGE, NULL));
  g_assert_cmpuint (fake_backend_get_writes (plant->hybrid_backend)->len, ==, 0);
  gtk_window_destroy (window);
}

static void
take_picture (GtkWidget *widget, const char *name)
{
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (widget, name));
}

static void
staged_cb (gboolean *staged)
{
  *staged = TRUE;
}

static void
test_restores_and_says_what_not (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaSnapshots     *snapshots = plancia_snapshots_for (plant->plant);
  PlanciaRegisterModel *model;
  g_autoptr (PlanciaSnapshot) snapshot = NULL;
  g_autoptr (GtkWidget) dialog = NULL;
  GtkWidget *button;
  gboolean   staged = FALSE;

  take (plant, "storage_mode", "2");
  registers_give_all (plant);
  model = plancia_register_source_get_model (plancia_register_source_of (plant->hybrid));
  snapshot = g_list_model_get_item (plancia_snapshots_get_list (snapshots, plant->hybrid), 0);
  dialog = g_object_ref (plancia_restore_dialog_new (plant->session, plant->hybrid, snapshot));
  g_signal_connect_swapped (dialog, "staged", G_CALLBACK (staged_cb), &staged);
  gtk_window_present (GTK_WINDOW (dialog));
  answer_now (plant, NULL, NULL);
  button = ui_fixture_find (dialog, GTK_TYPE_BUTTON, "Stage 1 setting");
  g_assert_nonnull (button);
  take_picture (dialog, "restore-light");
  g_assert_nonnull (find_text (dialog, "Energy storage mode"));
  g_assert_nonnull (find_text (dialog, "0445 \xc2\xb7 left out: serial number"));
  g_assert_nonnull (find_text (dialog, "2004 \xc2\xb7 left out: grid code"));
  g_assert_cmpuint (plancia_register_model_get_n_staged (model), ==, 0);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (staged);
  g_assert_cmpuint (plancia_register_model_get_n_staged (model), ==, 1);
  g_assert_cmpuint (fake_backend_get_writes (plant->hybrid_backend)->len, ==, 0);
}

/* To another device: a clone says that it is one. */
static void
test_clones (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  PlanciaSnapshots *snapshots = plancia_snapshots_for (plant->plant);
  g_autoptr (PlanciaSnapshot) snapshot = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;
  g_autoptr (GtkWidget) dialog = NULL;
  GtkWidget *target;

  take (plant, NULL, NULL);
  snapshot = g_list_model_get_item (plancia_snapshots_get_list (snapshots, plant->hybrid), 0);
  dialog = g_object_ref (plancia_restore_dialog_new (plant->session, plant->hybrid, snapshot));
  gtk_window_present (GTK_WINDOW (dialog));
  answer_now (plant, NULL, NULL);
  target = ui_fixture_find (dialog, ADW_TYPE_COMBO_ROW, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (target))),
                    ==,
                    2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (target), 1);
  g_assert_cmpuint (fake_backend_get_reads (plant->inverter_backend)->len, ==, 1);
  readings = registers_all_readings (plant, "serial_number", "ZP1ES106K00003");
  fake_backend_answer_read (plant->inverter_backend, plancia_readings_ref (readings), NULL);
  ui_fixture_settle ();
  g_assert_nonnull (
    find_text (dialog, "The snapshot is of another device: this copies its settings."));
  g_assert_nonnull (find_text (dialog, "The snapshot is of another family of devices."));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_pictures (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  g_autoptr (GtkWidget) area = NULL;
  GtkWindow *window;

  take (plant, "storage_mode", "2");
  area = new_area (plant);
  window = ui_fixture_present (area, 900, 600);
  gtk_widget_activate_action (area, "snapshots.compare", NULL);
  answer_now (plant, "export_limit_power", "6000");
  g_assert_true (ui_fixture_wait (shows_table, area, LIMIT));
  take_picture (area, "compare-light");
  ui_fixture_set_dark (TRUE);
  take_picture (area, "compare-dark");
  ui_fixture_set_dark (FALSE);
  gtk_window_destroy (window);
  window = ui_fixture_present (area, 480, 600);
  take_picture (area, "compare-narrow");
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/compare-page/begins without snapshots", test_begins_without_snapshots);
  g_test_add_func ("/compare-page/shows what changed", test_shows_what_changed);
  g_test_add_func ("/compare-page/stages A", test_stages_a);
  g_test_add_func ("/compare-page/restores and says what not", test_restores_and_says_what_not);
  g_test_add_func ("/compare-page/clones", test_clones);
  g_test_add_func ("/compare-page/pictures", test_pictures);
  return g_test_run ();
}
