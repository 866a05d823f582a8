/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/demo-plant.h"

#include "ui-fixture.h"
#include "ui/faults-dialog.h"
#include "ui/hub-consent.h"
#include "ui/plant-keeper.h"
#include "ui/sweep-dialog.h"

/* The demo plant at work, with faults switched on and off: what a person would see in the tree. */
typedef struct
{
  PlanciaSession     *session;
  PlanciaPlantKeeper *keeper;
  PlanciaDevice      *device; /* that is waited for */
  PlanciaMark         mark;
} Demo;

static gboolean
is_open (gpointer data)
{
  return plancia_session_get_plant (((Demo *) data)->session) != NULL;
}

static Demo *
demo_open (void)
{
  Demo *self = g_new0 (Demo, 1);

  self->session = plancia_session_new ();
  self->keeper = plancia_plant_keeper_new (self->session);
  plancia_plant_keeper_open_demo (self->keeper);
  g_assert_true (ui_fixture_wait (is_open, self, 20000));
  return self;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  plancia_plant_keeper_shut_down_finish (PLANCIA_PLANT_KEEPER (source), result);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
demo_close (Demo *self)
{
  gboolean closed = FALSE;

  plancia_plant_keeper_shut_down_async (self->keeper, closed_cb, &closed);
  g_assert_true (ui_fixture_wait (is_true, &closed, 20000));
  g_assert_finalize_object (self->keeper);
  g_assert_finalize_object (self->session);
  g_free (self);
}

static PlanciaDevice *
find_below (GListModel *devices, const char *name)
{
  guint n = g_list_model_get_n_items (devices);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);
    PlanciaDevice *below;

    if (g_str_equal (plancia_device_get_name (device), name))
      return device;
    below = find_below (plancia_device_get_children (device), name);
    if (below)
      return below;
  }
  return NULL;
}

static PlanciaDevice *
find (Demo *self, const char *name)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = find_below (G_LIST_MODEL (plancia_open_plant_get_tree (open)), name);

  g_assert_nonnull (device);
  return device;
}

static gboolean
has_mark (gpointer data)
{
  Demo *self = data;

  return plancia_device_get_mark (self->device) == self->mark;
}

static void
wait_for (Demo *self, const char *name, PlanciaMark mark)
{
  self->device = find (self, name);
  self->mark = mark;
  if (!ui_fixture_wait (has_mark, self, 40000))
    g_error ("%s: mark is %d instead of %d", name, plancia_device_get_mark (self->device), mark);
}

static void
set_fault (Demo *self, const char *device, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_demo_plant_set_fault (plancia_plant_keeper_get_demo (self->keeper),
                                device,
                                fault,
                                &error);
  g_assert_no_error (error);
}

/* The document: what the simulator serves, with the portal's address, and nothing that would be saved. */
static void
test_document (void)
{
  Demo             *self = demo_open ();
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);
  PlanciaPlant     *plant = plancia_open_plant_get_plant (open);
  PlanciaEntry     *portal = plancia_device_get_entry (find (self, "Azzurro Portal"));
  PlanciaDevice    *hybrid = find (self, "HYD 10000 ZSS");

  g_assert_true (plancia_plant_get_simulated (plant));
  g_assert_null (plancia_plant_keeper_get_path (self->keeper));
  g_assert_true (g_str_has_prefix (plancia_entry_get_url (portal), "http://127.0.0.1:"));
  g_assert_cmpstr (plancia_entry_get_map (plancia_device_get_entry (hybrid)), ==, "zcs-3ph-hyd-g3");
  g_assert_cmpstr (plancia_device_get_kind (plancia_device_get_parent (hybrid)), ==, "line");
  demo_close (self);
}

static gboolean
may_be_added (gpointer data)
{
  GtkWidget *button = ui_fixture_find (data, GTK_TYPE_BUTTON, "Add");

  return button && gtk_widget_get_sensitive (button);
}

/* The meter that answers on the HUB's line is added with the map for it. */
static void
test_sweep_adds_map (void)
{
  Demo             *self = demo_open ();
  PlanciaOpenPlant *open = plancia_session_get_plant (self->session);
  PlanciaPlant     *plant = plancia_open_plant_get_plant (open);
  GtkWindow        *dialog;

  plancia_plant_remove (plant, plancia_device_get_entry (find (self, "Exchange meter")));
  plancia_open_plant_sync (open);
  dialog = plancia_sweep_dialog_new (NULL, open, find (self, "Meters"));
  gtk_window_present (dialog);
  plancia_sweep_dialog_start (PLANCIA_SWEEP_DIALOG (dialog));
  g_assert_true (ui_fixture_wait (may_be_added, dialog, 60000));
  g_assert_nonnull (
    ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "It answers like a DTSU666"));
  g_signal_emit_by_name (ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Add"), "clicked");
  g_assert_cmpstr (plancia_entry_get_map (plancia_device_get_entry (find (self, "Meter 1"))),
                   ==,
                   "chint-dtsu666");
  wait_for (self, "Meter 1", PLANCIA_MARK_LIVE);
  gtk_window_destroy (dialog);
  demo_close (self);
}

/* A device that is silent fails with its reason, and is live again by itself when it answers. */
static void
test_silent_device (void)
{
  Demo *self = demo_open ();

  wait_for (self, "Power Magic", PLANCIA_MARK_LIVE);
  set_fault (self, "Power Magic", "silent");
  wait_for (self, "Power Magic", PLANCIA_MARK_FAILING);
  g_assert_nonnull (plancia_device_get_error (self->device));
  set_fault (self, "Power Magic", "none");
  wait_for (self, "Power Magic", PLANCIA_MARK_LIVE);
  demo_close (self);
}

/* Another client takes the line: Plancia lets go until it is told to take it back. */
static void
test_line_taken_over (void)
{
  Demo *self = demo_open ();

  wait_for (self, "Exchange meter", PLANCIA_MARK_LIVE);
  set_fault (self, "Meters", "takeover");
  wait_for (self, "Exchange meter", PLANCIA_MARK_TAKEN_OVER);
  g_assert_cmpint (plancia_device_get_mark (find (self, "Meters")), ==, PLANCIA_MARK_TAKEN_OVER);
  plancia_open_plant_connect (plancia_session_get_plant (self->session), self->device);
  wait_for (self, "Exchange meter", PLANCIA_MARK_LIVE);
  demo_close (self);
}

/* A simulated device is known by what the tree holds, whatever it is called there. */
static void
test_names (void)
{
  Demo             *self = demo_open ();
  PlanciaDemoPlant *demo = plancia_plant_keeper_get_demo (self->keeper);
  PlanciaDevice    *pump = find (self, "Heat pump");

  plancia_entry_set_name (plancia_device_get_entry (pump), "In the cellar");
  g_assert_cmpstr (plancia_demo_plant_find_device (demo, plancia_device_get_id (pump)),
                   ==,
                   "Heat pump");
  g_assert_cmpstr (plancia_demo_plant_get_title (demo, "Heat pump"), ==, "In the cellar");
  g_assert_null (plancia_demo_plant_find_device (demo, "nobody"));
  demo_close (self);
}

static void
test_faults_dialog (void)
{
  Demo             *self = demo_open ();
  PlanciaDemoPlant *demo = plancia_plant_keeper_get_demo (self->keeper);
  GtkWindow        *parent = ui_fixture_present (gtk_label_new (""), 600, 700);
  GtkWindow        *dialog = plancia_faults_dialog_new (parent, demo);
  GtkWidget        *row;

  gtk_window_present (dialog);
  ui_fixture_settle ();
  row = ui_fixture_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "Power Magic");
  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_cmpstr (plancia_demo_plant_get_fault (demo, "Power Magic"), ==, "silent");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  g_assert_cmpstr (plancia_demo_plant_get_fault (demo, "Power Magic"), ==, "none");
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "faults"));
  gtk_window_destroy (dialog);
  gtk_window_destroy (parent);
  demo_close (self);
}

/* Opening, closing and opening again leaves nothing behind. */
static void
test_again (void)
{
  Demo *self = demo_open ();

  plancia_plant_keeper_close (self->keeper);
  g_assert_null (plancia_session_get_plant (self->session));
  plancia_plant_keeper_open_demo (self->keeper);
  g_assert_true (ui_fixture_wait (is_open, self, 20000));
  wait_for (self, "5.0KTL-V3", PLANCIA_MARK_LIVE);
  demo_close (self);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("plancia-demo-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_fixture_init (&argc, &argv);
  plancia_hub_consent_give ();

  g_test_add_func ("/ui/demo-plant/document", test_document);
  g_test_add_func ("/ui/demo-plant/sweep-adds-map", test_sweep_adds_map);
  g_test_add_func ("/ui/demo-plant/silent-device", test_silent_device);
  g_test_add_func ("/ui/demo-plant/line-taken-over", test_line_taken_over);
  g_test_add_func ("/ui/demo-plant/names", test_names);
  g_test_add_func ("/ui/demo-plant/faults-dialog", test_faults_dialog);
  g_test_add_func ("/ui/demo-plant/again", test_again);
  return g_test_run ();
}
