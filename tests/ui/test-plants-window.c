/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plants-window.h"

#include "base/clock.h"
#include "pages-fixture.h"
#include "plant/notes.h"
#include "plant/plant-file.h"

#include <glib/gstdio.h>

typedef struct
{
  PagesPlant   *plant;
  PlanciaStore *store;
  GtkWindow    *window;
  char         *folder;
  GPtrArray    *paths;
} Fixture;

static void
add_plant (Fixture *self, const char *name, const char *tags)
{
  g_autofree char *text = g_strdup_printf (
    "{\"format\": \"plancia-plant\", \"version\": 1, \"name\": \"%s\", \"zone\": \"Europe/Rome\","
    " \"tags\": [%s], \"entries\": [{\"id\": \"%s\", \"kind\": \"thing\", \"name\": \"%s\","
    " \"address\": \"portal://office/%s\"}]}",
    name,
    tags,
    name,
    name,
    name);
  char *path = g_strdup_printf ("%s/%s.plancia", self->folder, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_ptr_array_add (self->paths, path);
}

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (source), result, &error));
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
add_today (Fixture *self, const char *device, gint64 end, double energy)
{
  g_autoptr (PlanciaSamples)
    samples = plancia_samples_new (device, "portal", (PlanciaSpan){end - 40 * PLANCIA_DAY, end});
  gboolean done = FALSE;

  for (int i = 0; i <= 12; i++)
    plancia_samples_add (samples,
                         "energyGenerating",
                         end - (12 - i) * 30 * PLANCIA_MINUTE,
                         energy * i / 12);
  plancia_store_put_async (self->store, plancia_samples_seal (samples), NULL, put_cb, &done);
  g_assert_true (ui_fixture_wait (is_true, &done, 20000));
}

static gboolean
is_loaded (gpointer window)
{
  return !plancia_roster_get_loading (plancia_plants_window_get_roster (window));
}

static void
load (Fixture *self)
{
  plancia_plants_window_load (PLANCIA_PLANTS_WINDOW (self->window),
                              (const char *const *) self->paths->pdata);
  g_assert_true (ui_fixture_wait (is_loaded, self->window, 30000));
  ui_fixture_settle ();
}

static void
setup (Fixture *self, gconstpointer data)
{
  self->plant = pages_plant_new ();
  self->store = plancia_store_new (":memory:");
  self->folder = g_dir_make_tmp ("plancia-plants-XXXXXX", NULL);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  add_plant (self, "Bianchi, Siena", "\"service\", \"Siena\"");
  add_plant (self, "Rossi, Arezzo", "");
  add_plant (self, "Verdi, Lucca", "\"service\"");
  g_ptr_array_add (self->paths, g_strdup ("/nowhere/Neri.plancia"));
  g_ptr_array_add (self->paths, NULL);
  add_today (self, "Bianchi, Siena", PAGES_NOW, 12.4);
  add_today (self, "Rossi, Arezzo", PAGES_NOW - 5 * PLANCIA_DAY, 8);
  self->window = plancia_plants_window_new (NULL, self->plant->session, self->store);
  gtk_window_present (self->window);
  load (self);
}

static void
teardown (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  ui_fixture_settle ();
  plancia_store_close (self->store);
  g_object_unref (self->store);
  pages_plant_free (self->plant);
  for (guint i = 0; i < 3; i++)
    g_unlink (g_ptr_array_index (self->paths, i));
  g_ptr_array_unref (self->paths);
  g_rmdir (self->folder);
  g_free (self->folder);
}

static GtkSelectionModel *
get_model (Fixture *self)
{
  GtkWidget *view = ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_COLUMN_VIEW, NULL);

  return gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
}

static const char *
get_name (Fixture *self, guint position)
{
  g_autoptr (PlanciaRosterItem)
    item = g_list_model_get_item (G_LIST_MODEL (get_model (self)), position);

  return plancia_roster_item_get_name (item);
}

/* The worst first; another column when its head is clicked. */
static void
test_lists (Fixture *self, gconstpointer data)
{
  GtkWidget       *window = GTK_WIDGET (self->window);
  cairo_surface_t *picture;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_model (self))), ==, 4);
  g_assert_cmpstr (get_name (self, 0), ==, "Neri");
  g_assert_cmpstr (get_name (self, 1), ==, "Rossi, Arezzo");
  g_assert_cmpstr (get_name (self, 3), ==, "Bianchi, Siena");
  g_assert_nonnull (ui_fixture_find (window, GTK_TYPE_LABEL, "Not readable"));
  g_assert_nonnull (ui_fixture_find (window, GTK_TYPE_LABEL, "Silent"));
  g_assert_nonnull (ui_fixture_find (window, GTK_TYPE_LABEL, "In order"));
  g_assert_nonnull (ui_fixture_find (window, GTK_TYPE_LABEL, "See why it is silent"));
  g_assert_nonnull (ui_fixture_find (window, GTK_TYPE_LABEL, "Bianchi, Siena · service, Siena"));
  gtk_selection_model_select_item (get_model (self), 3, TRUE);
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (window, "plants-light");
  cairo_surface_destroy (picture);
  ui_fixture_set_dark (TRUE);
  picture = ui_fixture_screenshot (window, "plants-dark");
  cairo_surface_destroy (picture);
  ui_fixture_set_dark (FALSE);
}

static void
test_searches (Fixture *self, gconstpointer data)
{
  GtkWidget  *search = ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_SEARCH_ENTRY, NULL);
  GListModel *model = G_LIST_MODEL (get_model (self));

  gtk_editable_set_text (GTK_EDITABLE (search), "service SIENA");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "nobody");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, "Nothing matches"));
}

static gboolean
is_written (gpointer path)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (path, NULL);

  return plant != NULL && plancia_notes_get_length (plancia_notes_of (plant)) == 1;
}

static void
test_writes (Fixture *self, gconstpointer data)
{
  GtkWidget  *window = GTK_WIDGET (self->window);
  const char *path = g_ptr_array_index (self->paths, 2);
  GtkWidget  *tags, *note;
  g_autoptr (PlanciaPlant) plant = NULL;

  gtk_selection_model_select_item (get_model (self), 2, TRUE);
  g_assert_cmpstr (get_name (self, 2), ==, "Verdi, Lucca");
  ui_fixture_settle ();
  tags = ui_fixture_find (window, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (tags), "Lucca, service");
  note = gtk_widget_get_next_sibling (tags);
  gtk_editable_set_text (GTK_EDITABLE (note), "call the owner");
  g_signal_emit_by_name (ui_fixture_find (window, GTK_TYPE_BUTTON, "Keep"), "clicked");
  g_assert_true (ui_fixture_wait (is_written, (gpointer) path, 20000));
  g_assert_true (ui_fixture_wait (is_loaded, self->window, 30000));
  plant = plancia_plant_file_load (path, NULL);
  g_assert_cmpstr (plancia_notes_get_text (plancia_notes_of (plant), 0), ==, "call the owner");
  g_assert_cmpstr (plancia_notes_get_tags (plancia_notes_of (plant))[0], ==, "Lucca");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "");
}

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("plancia-plants-cache-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (cache, "plancia", NULL);
  g_autofree char *folder = g_build_filename (inner, "findings", NULL);
  const char      *name;
  GDir            *dir;
  int              code;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add ("/ui/plants-window/lists", Fixture, NULL, setup, test_lists, teardown);
  g_test_add ("/ui/plants-window/searches", Fixture, NULL, setup, test_searches, teardown);
  g_test_add ("/ui/plants-window/writes", Fixture, NULL, setup, test_writes, teardown);
  code = g_test_run ();
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_clear_pointer (&dir, g_dir_close);
  g_rmdir (folder);
  g_rmdir (inner);
  g_rmdir (cache);
  return code;
}
