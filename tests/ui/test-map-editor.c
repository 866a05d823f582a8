/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-editor.h"

#include "map/map-catalog.h"
#include "model/map-edit.h"
#include "ui-fixture.h"
#include "ui/map-register-form.h"
#include "ui/map-register-list.h"
#include "ui/map-table-dialog.h"
#include "ui/text-export.h"
#include <glib/gstdio.h>
#include <string.h>

#define LONG_MS 30000
#define MAP     "zcs-3ph-hyd-g3"

static gboolean
is_read (gpointer user_data)
{
  return ui_fixture_find (user_data, ADW_TYPE_ENTRY_ROW, "Confidence") != NULL;
}

static GtkWidget *
show (UiPlant *plant)
{
  GtkWidget *editor = plancia_map_editor_show (NULL, plant->plant, plant->hybrid, MAP);

  g_assert_true (ui_fixture_wait (is_read, editor, LONG_MS));
  ui_fixture_settle ();
  return editor;
}

static PlanciaMapRegisterList *
list_of (GtkWidget *editor)
{
  return PLANCIA_MAP_REGISTER_LIST (ui_fixture_find (editor, PLANCIA_TYPE_MAP_REGISTER_LIST, NULL));
}

static PlanciaMapEditRow *
chosen (GtkWidget *editor)
{
  return plancia_map_register_list_get_chosen (list_of (editor));
}

static void
act (GtkWidget *editor, const char *action)
{
  g_assert_true (gtk_widget_activate_action (editor, action, NULL));
  ui_fixture_settle ();
}

static void
type_into (GtkWidget *editor, const char *title, const char *text)
{
  GtkWidget *row = ui_fixture_find (editor, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  ui_fixture_settle ();
}

static gboolean
can_save (GtkWidget *editor)
{
  GtkWidget *button = ui_fixture_find (editor, GTK_TYPE_BUTTON, "_Save");

  return button != NULL && gtk_widget_get_sensitive (button);
}

static void
search (GtkWidget *editor, const char *text)
{
  GtkWidget *entry = ui_fixture_find (editor, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  ui_fixture_settle ();
}

/* The first of those that the search leaves. */
static void
choose_first (GtkWidget *editor)
{
  GtkWidget *view = ui_fixture_find (GTK_WIDGET (list_of (editor)), GTK_TYPE_LIST_VIEW, NULL);
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (view));

  gtk_selection_model_select_item (model, 0, TRUE);
  ui_fixture_settle ();
}

static void
save_picture (GtkWidget *editor, const char *name)
{
  cairo_surface_destroy (ui_fixture_screenshot (editor, name));
}

/* To the end of the form. */
static void
scroll_down (GtkWidget *editor)
{
  GtkWidget     *form = ui_fixture_find (editor, PLANCIA_TYPE_MAP_REGISTER_FORM, NULL);
  GtkWidget     *scrolled = ui_fixture_find (form, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
  ui_fixture_settle ();
}

static void
close_editor (GtkWidget *editor)
{
  gtk_window_destroy (GTK_WINDOW (editor));
  ui_fixture_settle ();
}

static gboolean
has_own_map (gpointer user_data)
{
  PlanciaMap *map = plancia_device_get_map (user_data);

  return map && g_str_equal (plancia_map_get_id (map), "casa-rossi");
}

/* Open, add a register, a wrong address shows at the row and keeps from saving, put right, save: the device uses it. */
static void
test_add (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget          *editor = show (plant);
  const PlanciaField *field;

  save_picture (editor, "map-editor-about");
  g_assert_false (can_save (editor));
  type_into (editor, "Name", "Casa Rossi");
  g_assert_true (can_save (editor));
  search (editor, "storage_mode");
  choose_first (editor);
  g_assert_cmpstr (plancia_map_edit_row_get_key (chosen (editor)), ==, "storage_mode");
  save_picture (editor, "map-editor-register");
  scroll_down (editor);
  save_picture (editor, "map-editor-writing");

  search (editor, "");
  act (editor, "editor.add");
  type_into (editor, "Name", "Fan of the cabinet");
  type_into (editor, "Address", "0x1110");
  g_assert_nonnull (ui_fixture_find (editor,
                                     GTK_TYPE_LABEL,
                                     "\"storage_mode\" overlaps \"fan_of_the_cabinet\" at 0x1110"));
  g_assert_false (can_save (editor));
  save_picture (editor, "map-editor-wrong");
  type_into (editor, "Address", "here");
  g_assert_nonnull (
    ui_fixture_find (editor,
                     GTK_TYPE_LABEL,
                     "expected an integer from 0 to 65535 or its hexadecimal text, got \"here\""));
  type_into (editor, "Address", "0x11F0");
  g_assert_null (plancia_map_edit_row_get_complaint (chosen (editor), NULL));
  g_assert_true (can_save (editor));
  act (editor, "editor.save");

  g_assert_true (ui_fixture_wait (has_own_map, plant->hybrid, LONG_MS));
  field = plancia_map_find_field (plancia_device_get_map (plant->hybrid), "fan_of_the_cabinet");
  g_assert_nonnull (field);
  g_assert_cmpuint (field->address, ==, 0x11F0);
  g_assert_cmpstr (plancia_entry_get_map (plancia_device_get_entry (plant->hybrid)),
                   ==,
                   "casa-rossi");
  g_assert_false (can_save (editor));
  close_editor (editor);
}

static void
test_remove (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *editor = show (plant);
  GtkWidget *undo;

  search (editor, "serial_number");
  choose_first (editor);
  act (editor, "editor.duplicate");
  g_assert_cmpstr (plancia_map_edit_row_get_key (chosen (editor)), ==, "serial_number_2");
  act (editor, "editor.remove");
  g_assert_null (chosen (editor));
  undo = ui_fixture_find (editor, GTK_TYPE_BUTTON, "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_map_edit_row_get_key (chosen (editor)), ==, "serial_number_2");

  /* What a block needs stays, and the window says why. */
  search (editor, "clock_set_year");
  choose_first (editor);
  g_assert_cmpstr (plancia_map_edit_row_get_key (chosen (editor)), ==, "clock_set_year");
  act (editor, "editor.remove");
  g_assert_nonnull (chosen (editor));
  close_editor (editor);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
      return window;
  }
  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog () != NULL;
}

static void
respond (const char *response)
{
  g_assert_true (ui_fixture_wait (has_dialog, NULL, LONG_MS));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_dialog ()), response);
  ui_fixture_settle ();
}

static GtkSwitch *
find_switch (GtkWidget *editor)
{
  GtkWidget *row = ui_fixture_find (editor, ADW_TYPE_ACTION_ROW, "Can be written");

  g_assert_nonnull (row);
  return GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
}

/* Writing is allowed after a question in words, register by register; never for the grid code. */
static void
test_unlock (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *editor = show (plant);
  GtkWidget *row;

  search (editor, "storage_mode");
  choose_first (editor);
  g_assert_true (gtk_switch_get_active (find_switch (editor)));
  gtk_switch_set_active (find_switch (editor), FALSE);
  ui_fixture_settle ();
  g_assert_false (plancia_map_edit_row_get_writable (chosen (editor)));
  g_assert_true (plancia_map_edit_row_get_locked (chosen (editor)));

  gtk_switch_set_active (find_switch (editor), TRUE);
  g_assert_true (ui_fixture_wait (has_dialog, NULL, LONG_MS));
  save_picture (GTK_WIDGET (find_dialog ()), "map-editor-unlock");
  respond ("cancel");
  g_assert_false (plancia_map_edit_row_get_writable (chosen (editor)));
  g_assert_false (gtk_switch_get_active (find_switch (editor)));
  gtk_switch_set_active (find_switch (editor), TRUE);
  respond ("allow");
  g_assert_true (plancia_map_edit_row_get_writable (chosen (editor)));
  g_assert_true (gtk_switch_get_active (find_switch (editor)));

  act (editor, "editor.duplicate");
  type_into (editor, "Address", "0x0801");
  row = ui_fixture_find (editor, ADW_TYPE_ACTION_ROW, "Can be written");
  g_assert_false (gtk_widget_get_sensitive (row));
  close_editor (editor);
}

static void
test_close (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *editor = show (plant);

  type_into (editor, "Confidence", "tested here");
  gtk_window_close (GTK_WINDOW (editor));
  respond ("cancel");
  g_assert_true (gtk_widget_get_visible (editor));
  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *) &editor);
  gtk_window_close (GTK_WINDOW (editor));
  respond ("discard");
  g_assert_null (editor);
}

static gboolean
says_saved (gpointer user_data)
{
  return ui_fixture_find (user_data, GTK_TYPE_LABEL, "Saved shared.json") != NULL;
}

static gboolean
is_there (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/* What is written out is a map, and the window says that it was. */
static void
test_export (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *editor = show (plant);
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test-export");
  g_autofree char *folder = g_dir_make_tmp ("plancia-map-editor-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "shared.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  plancia_text_export_save (GTK_WIDGET (list_of (editor)), worker, "{}", file);
  g_assert_true (ui_fixture_wait (is_there, path, LONG_MS));
  g_assert_true (ui_fixture_wait (says_saved, editor, LONG_MS));
  plancia_worker_stop (worker);
  g_remove (path);
  g_rmdir (folder);
  close_editor (editor);
}

static void
test_looks (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget *editor = show (plant);
  GtkWidget *back;

  search (editor, "storage_mode");
  choose_first (editor);
  search (editor, "");
  ui_fixture_set_dark (TRUE);
  ui_fixture_settle ();
  save_picture (editor, "map-editor-dark");
  ui_fixture_set_dark (FALSE);
  close_editor (editor);

  editor = show (plant);
  gtk_window_set_default_size (GTK_WINDOW (editor), 420, 680);
  ui_fixture_settle ();
  save_picture (editor, "map-editor-narrow-list");
  search (editor, "storage_mode");
  choose_first (editor);
  save_picture (editor, "map-editor-narrow");
  back = ui_fixture_find (editor, GTK_TYPE_BUTTON, "Back to the list");
  g_assert_nonnull (back);
  g_signal_emit_by_name (back, "clicked");
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (editor, PLANCIA_TYPE_MAP_REGISTER_LIST, NULL));
  close_editor (editor);
}

static GtkWindow *
find_table_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (PLANCIA_IS_MAP_TABLE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
      return window;
  }
  g_error ("no table of words is shown");
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = ui_fixture_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
}

/* A new map: its first register gets words, and the map is saved. */
static void
test_new (void)
{
  g_autoptr (UiPlant) plant = ui_plant_new ();
  GtkWidget       *editor = plancia_map_editor_show (NULL, plant->plant, plant->hybrid, NULL);
  GtkWidget       *dialog;
  GtkWidget       *combo;
  g_autofree char *values = NULL;

  g_assert_true (ui_fixture_wait (is_read, editor, LONG_MS));
  type_into (editor, "Name", "From nothing");
  choose_first (editor);
  combo = ui_fixture_find (editor, ADW_TYPE_COMBO_ROW, "Words for values");
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), 1 /* New words… */);
  ui_fixture_settle ();
  dialog = GTK_WIDGET (find_table_dialog ());
  g_assert_false (gtk_widget_get_sensitive (ui_fixture_find (dialog, GTK_TYPE_BUTTON, "_Apply")));
  gtk_editable_set_text (GTK_EDITABLE (ui_fixture_find (dialog, GTK_TYPE_ENTRY, "Words")),
                         "Standing still");
  press (dialog, "Add a line");
  g_assert_false (gtk_widget_get_sensitive (ui_fixture_find (dialog, GTK_TYPE_BUTTON, "_Apply")));
  save_picture (dialog, "map-table");
  press (dialog, "Remove this line");
  gtk_editable_set_text (GTK_EDITABLE (ui_fixture_find (dialog, GTK_TYPE_ENTRY, "Words")),
                         "Running");
  press (dialog, "_Apply");
  values = plancia_map_edit_row_get_text (chosen (editor), "values");
  g_assert_cmpstr (values, ==, "new_register");
  g_assert_true (can_save (editor));
  save_picture (editor, "map-editor-new");
  close_editor (editor);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-map-editor-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/map-editor/add", test_add);
  g_test_add_func ("/ui/map-editor/remove", test_remove);
  g_test_add_func ("/ui/map-editor/unlock", test_unlock);
  g_test_add_func ("/ui/map-editor/close", test_close);
  g_test_add_func ("/ui/map-editor/export", test_export);
  g_test_add_func ("/ui/map-editor/new", test_new);
  g_test_add_func ("/ui/map-editor/looks", test_looks);
  return g_test_run ();
}
