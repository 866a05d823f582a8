/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "registers-fixture.h"
#include "ui/register-groups.h"
#include "ui/register-source.h"
#include "ui/registers-page.h"
#include "ui/settings.h"

#define NOW    G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */
#define WIDE   899
#define HIGH   620
#define MIDDLE 745
#define NARROW 480

typedef struct
{
  UiPlant   *plant;
  GtkWidget *page;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  g_settings_reset (plancia_settings_get (), "register-favourites");
  g_settings_reset (plancia_settings_get (), "register-columns");
  g_settings_reset (plancia_settings_get (), "register-widths");
  self->plant = ui_plant_new ();
  registers_give_all (self->plant);
  self->page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->plant->session, NULL);
  plancia_session_set_device (self->plant->session, self->plant->hybrid);
  self->window = ui_fixture_present (self->page, WIDE, HIGH);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GObject) page = g_object_ref (G_OBJECT (self->page));

  gtk_window_destroy (self->window);
  ui_fixture_settle ();
  g_assert_finalize_object (g_steal_pointer (&page));
  ui_plant_free (self->plant);
  plancia_clock_reset ();
}

static PlanciaRegisterModel *
model_of (PlanciaDevice *device)
{
  return plancia_register_source_get_model (plancia_register_source_of (device));
}

static PlanciaRegisterRow *
row_of (Fixture *self, const char *key)
{
  return plancia_register_model_find (model_of (self->plant->hybrid), key);
}

static void
stage (Fixture *self, const char *key, double number)
{
  PlanciaRegisterRow *row = row_of (self, key);
  const PlanciaField *field = plancia_register_row_get_field (row);
  PlanciaValue        value = {.kind = PLANCIA_VALUE_NUMBER,
                               .number = number,
                               .integer = (gint64) (number / field->scale)};
  g_autoptr (GError) error = NULL;

  plancia_register_model_stage (model_of (self->plant->hybrid), row, &value, &error);
  g_assert_no_error (error);
}

static GtkColumnView *
view_of (Fixture *self)
{
  return GTK_COLUMN_VIEW (ui_fixture_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL));
}

static guint
n_shown (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view_of (self))));
}

static void
activate (Fixture *self, const char *action)
{
  g_autofree char *name = g_strdup_printf ("registers.%s", action);

  g_assert_true (gtk_widget_activate_action (self->page, name, NULL));
  ui_fixture_settle ();
}

static void
picture (Fixture *self, const char *name)
{
  cairo_surface_t *surface = ui_fixture_screenshot (self->page, name);

  g_assert_cmpint (cairo_image_surface_get_width (surface), >, 0);
  cairo_surface_destroy (surface);
}

static gboolean
has_text (Fixture *self, GType type, const char *text)
{
  return ui_fixture_find (self->page, type, text) != NULL;
}

/* Only what is on the screen has cells that are found. */
static void
choose_group (Fixture *self, const char *group)
{
  GtkWidget *groups = ui_fixture_find (self->page, PLANCIA_TYPE_REGISTER_GROUPS, NULL);

  plancia_register_groups_choose (PLANCIA_REGISTER_GROUPS (groups), group);
  ui_fixture_settle ();
}

/* --- what is shown --------------------------------------------------------------------------- */

static void
test_table (Fixture *self, gconstpointer data)
{
  PlanciaMap *map = plancia_device_get_map (self->plant->hybrid);

  g_assert_cmpuint (n_shown (self), ==, plancia_map_get_n_fields (map));
  choose_group (self, "grid");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "Grid frequency"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "1389"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "0484"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "R"));
  registers_give (self->plant, "grid_frequency", "49.98");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "49.98"));
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
}

static char *copied;

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  copied = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_copied (gpointer user_data)
{
  return copied != NULL;
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->page);
  GtkWidget    *view = GTK_WIDGET (view_of (self));
  g_auto (GStrv) lines = NULL;

  choose_group (self, "grid");
  activate (self, "copy-table");
  gdk_clipboard_read_text_async (clipboard, NULL, copied_cb, NULL);
  g_assert_true (ui_fixture_wait (is_copied, NULL, 20000));
  lines = g_strsplit (copied, "\r\n", -1);
  g_assert_cmpstr (lines[0],
                   ==,
                   "name\tkey\tvalue\ttext\tunit\traw\tregister\taccess\ttime\tage_s\tquality");
  g_assert_cmpuint (g_strv_length (lines), ==, n_shown (self) + 2);
  g_assert_nonnull (strstr (copied,
                            "Grid frequency\tgrid_frequency\t50.01\t50.01\tHz\t1389\t0x0484\tR\t"
                            "2026-06-12T12:05:37.000Z\t0\tgood\r\n"));
  g_clear_pointer (&copied, g_free);

  /* The row that has the focus. */
  gtk_widget_grab_focus (view);
  ui_fixture_settle ();
  activate (self, "copy-row");
  gdk_clipboard_read_text_async (clipboard, NULL, copied_cb, NULL);
  g_assert_true (ui_fixture_wait (is_copied, NULL, 20000));
  g_assert_true (
    g_str_has_prefix (copied, "Grid frequency\t50.01\tHz\t1389\t0x0484\t2026-06-12 14:05:37"));
  g_clear_pointer (&copied, g_free);
}

static void
test_pause (Fixture *self, gconstpointer data)
{
  choose_group (self, "grid");
  activate (self, "pause");
  g_assert_true (has_text (self,
                           GTK_TYPE_LABEL,
                           "Paused at 14:05:37. The values stand still; reading goes on."));
  registers_give (self->plant, "grid_frequency", "49.98");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "49.98"));
  picture (self, "registers-paused-light");
  activate (self, "pause");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "49.98"));
}

static void
test_mark (Fixture *self, gconstpointer data)
{
  GtkWidget *cell;

  choose_group (self, "grid");
  plancia_clock_simulate (NOW + 2000, 0);
  registers_give (self->plant, "grid_frequency", "49.98");
  ui_fixture_settle ();
  cell = ui_fixture_find (self->page, GTK_TYPE_INSCRIPTION, "49.98");
  g_assert_true (gtk_widget_has_css_class (cell, "moved"));
  picture (self, "registers-moved-light");
  cell = ui_fixture_find (self->page, GTK_TYPE_INSCRIPTION, "231.4");
  g_assert_false (gtk_widget_has_css_class (cell, "moved"));
}

static void
test_decimal_address (Fixture *self, gconstpointer data)
{
  GtkWidget *search = ui_fixture_find (self->page, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (search), "1156");
  g_signal_emit_by_name (search, "search-changed");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "Grid frequency"));
}

/* An age has moved on when a second of the main loop has passed. */
static gboolean
shows_forty_seconds (gpointer user_data)
{
  return has_text (user_data, GTK_TYPE_INSCRIPTION, "40\xc2\xa0s");
}

static void
test_age (Fixture *self, gconstpointer data)
{
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "0\xc2\xa0s"));
  plancia_clock_simulate (NOW + 40 * 1000, 0);
  g_assert_true (ui_fixture_wait (shows_forty_seconds, self, 20000));
}

static void
test_silent_device (Fixture *self, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (view_of (self));

  choose_group (self, "grid");
  g_assert_false (gtk_widget_has_css_class (view, "old-readings"));
  fake_backend_set_state (self->plant->hybrid_backend,
                          PLANCIA_STATE_FAILING,
                          g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer"));
  plancia_device_update (self->plant->hybrid);
  ui_fixture_settle ();
  g_assert_true (gtk_widget_has_css_class (view, "old-readings"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
  picture (self, "registers-silent-light");
}

static void
test_no_map (Fixture *self, gconstpointer data)
{
  plancia_device_set_map (self->plant->hybrid, NULL);
  ui_fixture_settle ();
  g_assert_null (view_of (self));
  g_assert_nonnull (ui_fixture_find (self->page, GTK_TYPE_LABEL, "Map unknown"));
  picture (self, "registers-no-map-light");
}

/* Settings are not polled: they are read once by themselves, and again with F5. */
static void
test_read_all (Fixture *self, gconstpointer data)
{
  GPtrArray *reads = fake_backend_get_reads (self->plant->hybrid_backend);

  g_assert_cmpuint (reads->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (reads, 0), ==, "*");
  fake_backend_answer_read (self->plant->hybrid_backend,
                            registers_reading (self->plant, "bat_set_dod", "55"),
                            NULL);
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_register_row_get_text (row_of (self, "bat_set_dod")), ==, "55");
  /* As F5 of the window does. */
  g_assert_true (gtk_widget_activate_action (self->page, "page.refresh", NULL));
  g_assert_cmpuint (reads->len, ==, 2);
  /* A second one waits for the end of the first. */
  activate (self, "read-now");
  g_assert_cmpuint (reads->len, ==, 2);
}

/* --- filters --------------------------------------------------------------------------------- */

static gboolean
shows_one (gpointer user_data)
{
  return n_shown (user_data) == 1;
}

static void
test_search (Fixture *self, gconstpointer data)
{
  GtkWidget *search = ui_fixture_find (self->page, GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_true (gtk_widget_activate_action (self->page, "page.search", NULL));
  g_assert_true (
    gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (search)))));
  gtk_editable_set_text (GTK_EDITABLE (search), "storage mode");
  g_assert_true (ui_fixture_wait (shows_one, self, 20000));
  activate (self, "writable");
  g_assert_cmpuint (n_shown (self), ==, 1);
}

static void
test_group (Fixture *self, gconstpointer data)
{
  choose_group (self, "export");
  g_assert_cmpuint (n_shown (self), ==, 2);
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "RW"));
  choose_group (self, NULL);
  g_assert_cmpuint (n_shown (self), >, 200);
}

static void
test_stars_are_kept (Fixture *self, gconstpointer data)
{
  GtkWidget *star = ui_fixture_find (self->page, GTK_TYPE_BUTTON, "Add to the favourites");
  g_auto (GStrv) kept = NULL;

  g_assert_nonnull (star);
  g_signal_emit_by_name (star, "clicked");
  ui_fixture_settle ();
  kept = g_settings_get_strv (plancia_settings_get (), "register-favourites");
  g_assert_cmpuint (g_strv_length (kept), ==, 1);
  g_assert_true (g_str_has_prefix (kept[0], "zcs-3ph-hyd-g3/"));
  g_assert_nonnull (ui_fixture_find (self->page, GTK_TYPE_BUTTON, "Remove from the favourites"));
}

static void
test_columns_are_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) kept = NULL;
  gboolean shown = TRUE;

  choose_group (self, "grid");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "1389"));
  activate (self, "column-raw");
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "1389"));
  kept = g_settings_get_value (plancia_settings_get (), "register-columns");
  g_assert_true (g_variant_lookup (kept, "raw", "b", &shown));
  g_assert_false (shown);
}

static GtkColumnViewColumn *
column_of (GtkWidget *page, const char *title)
{
  GtkWidget  *view = ui_fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0)
      return column; /* the view holds it */
  }
  g_assert_not_reached ();
}

/* As it was left, so the next start shows it: hidden columns and widths. */
static void
test_columns_come_back (Fixture *self, gconstpointer data)
{
  GtkWidget *page;
  GtkWindow *window;

  activate (self, "column-age");
  gtk_column_view_column_set_fixed_width (column_of (self->page, "Raw"), 131);
  ui_fixture_settle ();

  page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->plant->session, NULL);
  window = ui_fixture_present (page, WIDE, HIGH);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column_of (page, "Raw")), ==, 131);
  g_assert_false (gtk_column_view_column_get_visible (column_of (page, "Age")));
  g_assert_true (gtk_column_view_column_get_visible (column_of (page, "Address")));
  gtk_window_destroy (window);
}

/* --- staging --------------------------------------------------------------------------------- */

static void
test_staged (Fixture *self, gconstpointer data)
{
  GtkWidget *review;

  plancia_session_set_installer (self->plant->session, TRUE);
  stage (self, "export_limit_power", 6000);
  stage (self, "storage_mode", 2);
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "2 changes staged"));
  review = ui_fixture_find (self->page, GTK_TYPE_BUTTON, "Review and write\xe2\x80\xa6");
  g_assert_true (gtk_widget_is_sensitive (review));
  g_assert_cmpuint (fake_backend_get_writes (self->plant->hybrid_backend)->len, ==, 0);

  activate (self, "discard");
  g_assert_cmpuint (plancia_register_model_get_n_staged (model_of (self->plant->hybrid)), ==, 0);
  g_assert_cmpuint (fake_backend_get_writes (self->plant->hybrid_backend)->len, ==, 0);
}

static void
test_view_only_cannot_review (Fixture *self, gconstpointer data)
{
  stage (self, "storage_mode", 2);
  ui_fixture_settle ();
  g_assert_false (gtk_widget_is_sensitive (
    ui_fixture_find (self->page, GTK_TYPE_BUTTON, "Review and write\xe2\x80\xa6")));
}

/* Edits of one device never show up at another, and are there again afterwards. */
static void
test_edits_stay_with_their_device (Fixture *self, gconstpointer data)
{
  plancia_session_set_installer (self->plant->session, TRUE);
  stage (self, "storage_mode", 2);
  plancia_session_set_device (self->plant->session, self->plant->inverter);
  ui_fixture_settle ();
  g_assert_cmpuint (plancia_register_model_get_n_staged (model_of (self->plant->inverter)), ==, 0);
  g_assert_false (has_text (self, GTK_TYPE_LABEL, "1 change staged"));
  plancia_session_set_device (self->plant->session, self->plant->hybrid);
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "1 change staged"));
  g_assert_cmpuint (plancia_register_model_get_n_staged (model_of (self->plant->hybrid)), ==, 1);
}

/* Polling that began before a reading by hand must not bring the old value back. */
static void
test_older_reading_does_not_win (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW + 5000, 0);
  fake_backend_answer_read (self->plant->hybrid_backend,
                            registers_reading (self->plant, "storage_mode", "1"),
                            NULL);
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_register_row_get_text (row_of (self, "storage_mode")),
                   ==,
                   "Time of use");
  registers_give (self->plant, "grid_frequency", "50.00");
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_register_row_get_text (row_of (self, "storage_mode")),
                   ==,
                   "Time of use");
}

/* --- forms ----------------------------------------------------------------------------------- */

static void
star_some (Fixture *self)
{
  static const char *const keys[] = {"state", "output_active_power", "pv_power", "storage_mode"};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    plancia_register_row_set_starred (row_of (self, keys[i]), TRUE);
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  plancia_session_set_installer (self->plant->session, TRUE);
  star_some (self);
  stage (self, "export_limit_power", 6000);
  stage (self, "storage_mode", 2);
  picture (self, "registers-light");
  ui_fixture_set_dark (TRUE);
  picture (self, "registers-dark");
  ui_fixture_set_dark (FALSE);
}

/* Between wide and narrow the groups make room for the names; the columns stay. */
static void
test_middle (Fixture *self, gconstpointer data)
{
  GtkWidget *page =
    g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->plant->session, NULL);
  GtkWindow *window = ui_fixture_present (page, MIDDLE, HIGH);

  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_DROP_DOWN, NULL));
  g_assert_null (ui_fixture_find (self->page, GTK_TYPE_DROP_DOWN, NULL));
  g_assert_true (gtk_column_view_column_get_visible (column_of (page, "Address")));
  cairo_surface_destroy (ui_fixture_screenshot (page, "registers-middle"));
  gtk_window_destroy (window);
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *groups = ui_fixture_find (self->page, PLANCIA_TYPE_REGISTER_GROUPS, NULL);
  int        least = 0;

  g_assert_nonnull (groups);
  gtk_widget_measure (self->page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, NARROW);
  gtk_window_destroy (g_steal_pointer (&self->window));
  self->page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->plant->session, NULL);
  self->window = ui_fixture_present (self->page, NARROW, HIGH);
  g_assert_null (ui_fixture_find (self->page, PLANCIA_TYPE_REGISTER_GROUPS, NULL));
  g_assert_nonnull (ui_fixture_find (self->page, GTK_TYPE_DROP_DOWN, NULL));
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "1389"));
  stage (self, "storage_mode", 2);
  plancia_session_set_installer (self->plant->session, TRUE);
  star_some (self);
  picture (self, "registers-narrow-light");
  ui_fixture_set_dark (TRUE);
  picture (self, "registers-narrow-dark");
  ui_fixture_set_dark (FALSE);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/registers-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("table", test_table);
  ADD ("copy", test_copy);
  ADD ("pause", test_pause);
  ADD ("mark", test_mark);
  ADD ("decimal-address", test_decimal_address);
  ADD ("age", test_age);
  ADD ("silent-device", test_silent_device);
  ADD ("no-map", test_no_map);
  ADD ("read-all", test_read_all);
  ADD ("search", test_search);
  ADD ("group", test_group);
  ADD ("stars-are-kept", test_stars_are_kept);
  ADD ("columns-are-kept", test_columns_are_kept);
  ADD ("columns-come-back", test_columns_come_back);
  ADD ("staged", test_staged);
  ADD ("view-only-cannot-review", test_view_only_cannot_review);
  ADD ("edits-stay-with-their-device", test_edits_stay_with_their_device);
  ADD ("older-reading-does-not-win", test_older_reading_does_not_win);
  ADD ("pictures", test_pictures);
  ADD ("middle", test_middle);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
