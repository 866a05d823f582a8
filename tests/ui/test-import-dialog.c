/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/import-dialog.h"

#include "map/map-catalog.h"
#include "ui-fixture.h"
#include <glib/gstdio.h>

/* A definition like that of the pictures: most of it fine, a few rows doubtful or wrong. */
static char *
make_definition (void)
{
  GString *text = g_string_new (
    "info:\n  manufacturer: HYD\n  model: G3, own\nparameters:\n  - group: All\n    items:\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text,
                            "      - {name: Value %u, rule: 1, registers: [0x%04X]}\n",
                            i,
                            0x0484 + i);
  g_string_append (text,
                   "      - {name: Export limit, rule: 1, uint: enforce, registers: [0x0600]}\n");
  g_string_append (text, "      - {name: Version, rule: 7, registers: [0x0601]}\n");
  g_string_append (text, "      - {name: Battery SoC, rule: 3, registers: [0x0487, 0x0486]}\n");
  g_string_append (
    text,
    "      - {name: Safety country, platform: select, rule: 1, registers: [0x2004]}\n");
  g_string_append (text, "      - {name: PV power 5, rule: 77, registers: [0x0610]}\n");
  return g_string_free (text, FALSE);
}

static GtkWindow *
open_file (const char *name, const char *text, GtkWindow **parent)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *dialog;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  *parent = ui_fixture_present (gtk_label_new (""), 800, 700);
  dialog = plancia_import_dialog_new (*parent, file);
  gtk_window_present (dialog);
  return dialog;
}

typedef struct
{
  GtkWindow  *dialog;
  const char *page;
} Wanted;

static gboolean
shows_page (gpointer user_data)
{
  Wanted    *wanted = user_data;
  GtkWidget *stack = ui_fixture_find (GTK_WIDGET (wanted->dialog), GTK_TYPE_STACK, NULL);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), wanted->page) == 0;
}

static void
wait_for_page (GtkWindow *dialog, const char *page)
{
  Wanted wanted = {dialog, page};

  g_assert_true (ui_fixture_wait (shows_page, &wanted, 20000));
  ui_fixture_settle ();
}

static void
imported_cb (PlanciaImportDialog *dialog, const char *id, char **out)
{
  g_free (*out);
  *out = g_strdup (id);
}

static gboolean
is_set (gpointer user_data)
{
  return *(char **) user_data != NULL;
}

static GtkWidget *
find (GtkWindow *dialog, GType type, const char *text)
{
  GtkWidget *found = ui_fixture_find (GTK_WIDGET (dialog), type, text);

  if (!found)
    g_error ("nothing says %s", text);
  return found;
}

/* The report, the name, and the map in the catalogue after the button. */
static void
test_definition (void)
{
  g_autofree char *text = make_definition ();
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = NULL;
  GtkWindow *parent;
  GtkWindow *dialog = open_file ("hyd-g3.yaml", text, &parent);
  GtkWidget *name, *button;

  g_signal_connect (dialog, "imported", G_CALLBACK (imported_cb), &id);
  wait_for_page (dialog, "report");
  button = find (dialog, GTK_TYPE_BUTTON, "_Import 43 registers");
  find (dialog, ADW_TYPE_ACTION_ROW, "Battery SoC, line 49");
  find (dialog, ADW_TYPE_ACTION_ROW, "PV power 5, line 51");
  find (dialog, ADW_TYPE_ACTION_ROW, "Safety country, line 50");
  name = find (dialog, ADW_TYPE_ENTRY_ROW, "Name");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "HYD G3, own");
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "import-report"));
  ui_fixture_set_dark (TRUE);
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "import-report-dark"));
  ui_fixture_set_dark (FALSE);

  gtk_editable_set_text (GTK_EDITABLE (name), "");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (name), "Mine");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (ui_fixture_wait (is_set, &id, 20000));
  g_assert_cmpstr (id, ==, "mine");
  map = plancia_map_catalog_get (id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plancia_map_get_n_fields (map), ==, 43);
  g_assert_cmpstr (plancia_map_get_confidence (map), ==, "guessed");
  gtk_window_destroy (parent);
}

static gboolean
has_two (gpointer user_data)
{
  return ui_fixture_find (user_data, GTK_TYPE_BUTTON, "_Import 2 registers") != NULL;
}

static gboolean
lacks_two (gpointer user_data)
{
  return !has_two (user_data);
}

/* Columns that nobody can guess are chosen by hand, and the file is read anew. */
static void
test_columns (void)
{
  GtkWindow *parent;
  GtkWindow *dialog = open_file ("list.csv", "Voltage;1156;V\nPower;1157;W\n", &parent);
  GtkWidget *drop;

  wait_for_page (dialog, "report");
  drop = find (dialog, GTK_TYPE_DROP_DOWN, "What column 2 holds");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop)), ==, 2 /* Address */);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (dialog), "import-columns"));
  g_assert_true (ui_fixture_wait (has_two, dialog, 20000));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 0);
  g_assert_true (ui_fixture_wait (lacks_two, dialog, 20000));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), 2);
  g_assert_true (ui_fixture_wait (has_two, dialog, 20000));
  adw_combo_row_set_selected (
    ADW_COMBO_ROW (find (dialog, ADW_TYPE_COMBO_ROW, "Order of the columns")),
    1);
  drop = find (dialog, GTK_TYPE_DROP_DOWN, "What column 1 holds");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop)), ==, 10 /* Group */);
  gtk_window_destroy (parent);
}

static gboolean
has_one (gpointer user_data)
{
  return ui_fixture_find (user_data, GTK_TYPE_BUTTON, "_Import 1 register") != NULL;
}

static void
test_variants (void)
{
  static const char text[] = "parameters:\n  - group: a\n    items:\n"
                             "      - {name: V, rule: 1, scale: [0.01, 0.1], registers: [0x020E]}\n"
                             "      - {name: W, rule: 1, registers: [[], [0x0250]]}\n";
  GtkWindow        *parent;
  GtkWindow        *dialog = open_file ("two.yaml", text, &parent);
  GtkWidget        *row;

  wait_for_page (dialog, "report");
  g_assert_true (has_one (dialog));
  row = find (dialog, ADW_TYPE_COMBO_ROW, "Model");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_true (ui_fixture_wait (has_two, dialog, 20000));
  gtk_window_destroy (parent);
}

static void
test_broken (void)
{
  GtkWindow *parent;
  GtkWindow *dialog = open_file ("bad.yaml", "a: [1\n", &parent);

  wait_for_page (dialog, "failed");
  g_assert_false (gtk_widget_get_sensitive (find (dialog, GTK_TYPE_BUTTON, "_Import")));
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("plancia-maps-XXXXXX", NULL);

  /* What is imported here is nobody else's map. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/import-dialog/definition", test_definition);
  g_test_add_func ("/import-dialog/columns", test_columns);
  g_test_add_func ("/import-dialog/variants", test_variants);
  g_test_add_func ("/import-dialog/broken", test_broken);

  return g_test_run ();
}
