/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-page.h"

#include "model/alarm-log.h"
#include "model/device-alarms.h"
#include "pages-fixture.h"

static GtkWidget *
find_text (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

/* bits of the word at a time before now; -1 at the end. */
static void
apply_bits (PagesPlant *plant, const char *name, const char *key, gint64 ago, const int *bits)
{
  PlanciaDevice      *device = pages_plant_find (plant, name);
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (device), key);
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), PAGES_NOW - ago);
  g_autofree guint16 *words = g_new0 (guint16, field->count);

  for (; *bits >= 0; bits++)
    words[*bits / 16] |= (guint16) (1u << *bits % 16);
  plancia_reading_set_words (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                             field,
                             words);
  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

static gboolean
is_ready (gpointer log)
{
  return plancia_alarm_log_is_ready (log);
}

static void
make_ready (PagesPlant *plant)
{
  g_assert_true (ui_fixture_wait (is_ready, plancia_alarm_log_for (plant->plant), 20000));
}

/* Open and ended ones, some with words, of registers and of a cloud. */
static void
fill (PagesPlant *plant)
{
  /* It looks from now on. */
  make_ready (plant);
  pages_plant_fill (plant);
  apply_bits (plant, "HYD 10000 ZSS", "faults_1", 26 * PLANCIA_HOUR, (int[]){-1});
  apply_bits (plant, "HYD 10000 ZSS", "faults_1", 25 * PLANCIA_HOUR, (int[]){0, -1});
  apply_bits (plant,
              "HYD 10000 ZSS",
              "faults_1",
              25 * PLANCIA_HOUR - 13 * PLANCIA_MINUTE,
              (int[]){-1});
  apply_bits (plant, "HYD 10000 ZSS", "faults_1", 24 * PLANCIA_MINUTE, (int[]){169, -1});
  apply_bits (plant, "350KTL 1", "faults_1", 2 * PLANCIA_DAY, (int[]){-1});
  apply_bits (plant, "350KTL 1", "faults_1", 13 * PLANCIA_MINUTE, (int[]){192, -1});
  apply_bits (plant, "Power Magic", "faults", 5 * PLANCIA_DAY, (int[]){-1});
  apply_bits (plant, "Power Magic", "faults", 5 * PLANCIA_DAY - PLANCIA_HOUR, (int[]){13, -1});
  apply_bits (plant, "Power Magic", "faults", 4 * PLANCIA_DAY, (int[]){-1});
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  return g_object_ref_sink (
    g_object_new (PLANCIA_TYPE_ALARMS_PAGE, "session", plant->session, NULL));
}

static guint
count_rows (GtkWidget *page)
{
  GtkWidget *view = ui_fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL);

  if (view == NULL) /* a page that says why takes its place */
    return 0;
  return g_list_model_get_n_items (
    G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))));
}

static void
select_row (GtkWidget *page, guint position)
{
  GtkWidget *view = ui_fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL);

  gtk_selection_model_select_item (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)),
                                   position,
                                   TRUE);
}

static void
activate (GtkWidget *page, const char *action, int choice)
{
  gtk_widget_activate_action (page, action, "i", choice);
}

static void
test_lists_all_sources (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;

  fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 900, 600);
  g_assert_cmpuint (count_rows (page), ==, 4);
  g_assert_nonnull (find_text (page, "Grid voltage too high"));
  g_assert_nonnull (find_text (page, "Fan 2"));
  g_assert_nonnull (find_text (page, "today 13:41"));
  g_assert_nonnull (find_text (page, "yesterday 13:05"));
  g_assert_nonnull (find_text (page, "13:18"));
  g_assert_nonnull (find_text (page, "0405.0"));
  g_assert_nonnull (find_text (page, "open"));
  select_row (page, 1);
  ui_fixture_settle ();
  g_assert_nonnull (find_text (page, "0x040F, bit 9"));
  g_assert_nonnull (find_text (page, "0000 0010 0000 0000"));
  g_assert_nonnull (find_text (page,
                               "Clean the grille and see that the fan turns freely; if the alarm "
                               "comes back, the fan is worn."));
  gtk_window_destroy (window);
}

static void
apply_clock (PagesPlant *plant, const char *name, const char *clock)
{
  PlanciaDevice *device = pages_plant_find (plant, name);
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (device), PAGES_NOW);
  PlanciaReading *reading = plancia_readings_add (readings, "clock_now", PLANCIA_QUALITY_GOOD);

  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (clock);
  plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), readings);
}

/* What the program noted stands among the others, with its own severity and source, and can be asked for alone. */
static void
test_notes (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;

  fill (plant);
  apply_clock (plant, "HYD 10000 ZSS", "2026-06-12 13:00:00");
  page = new_page (plant);
  window = ui_fixture_present (page, 1000, 600);
  g_assert_cmpuint (count_rows (page), ==, 5);
  activate (page, "alarms.severity", 3);
  activate (page, "alarms.source", 3);
  ui_fixture_settle ();
  g_assert_cmpuint (count_rows (page), ==, 1);
  g_assert_nonnull (find_text (page, "Note"));
  select_row (page, 0);
  activate (page, "alarms.source", 0);
  activate (page, "alarms.severity", 0);
  ui_fixture_settle ();
  g_assert_nonnull (
    find_text (page,
               "Times of charging and the days of its counters follow this clock. Set it among "
               "the registers."));
  cairo_surface_destroy (ui_fixture_screenshot (page, "alarms-note"));
  gtk_window_destroy (window);
}

static void
test_filters (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;
  GtkWidget *search;

  fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 900, 600);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "Open")),
    TRUE);
  g_assert_cmpuint (count_rows (page), ==, 2);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "All")),
    TRUE);
  activate (page, "alarms.period", 0);
  g_assert_cmpuint (count_rows (page), ==, 2);
  activate (page, "alarms.period", 3);
  g_assert_cmpuint (count_rows (page), ==, 4);
  activate (page, "alarms.source", 2);
  g_assert_cmpuint (count_rows (page), ==, 0);
  g_assert_nonnull (find_text (page, "Nothing matches"));
  activate (page, "alarms.source", 0);
  search = ui_fixture_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "voltage");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (count_rows (page), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_signal_emit_by_name (search, "search-changed");
  plancia_session_set_device (plant->session, pages_plant_find (plant, "350KTL 1"));
  g_assert_cmpuint (count_rows (page), ==, 1);
  gtk_window_destroy (window);
}

static void
test_says_who_was_asked (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  GtkWindow *window = ui_fixture_present (page, 900, 600);

  make_ready (plant);
  g_assert_nonnull (find_text (page, "Not asked yet"));
  apply_bits (plant, "HYD 10000 ZSS", "faults_1", PLANCIA_SECOND, (int[]){-1});
  plancia_session_set_device (plant->session, pages_plant_find (plant, "HYD 10000 ZSS"));
  ui_fixture_settle ();
  g_assert_nonnull (find_text (page, "No alarms in this time"));
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "Open")),
    TRUE);
  ui_fixture_settle ();
  g_assert_null (find_text (page, "No alarms in this time"));
  g_assert_nonnull (find_text (page, "No open alarms"));
  apply_bits (plant, "HYD 10000 ZSS", "faults_1", 0, (int[]){0, -1});
  ui_fixture_settle ();
  g_assert_null (find_text (page, "No open alarms"));
  g_assert_cmpuint (count_rows (page), ==, 1);
  gtk_window_destroy (window);
}

static void
test_leads_to_the_history (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow  *window;
  PlanciaSpan span;

  fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 900, 600);
  select_row (page, 2);
  gtk_widget_activate_action (page, "alarms.history", NULL);
  span = plancia_session_get_visible (plant->session);
  g_assert_cmpint (span.start, ==, PAGES_NOW - 25 * PLANCIA_HOUR - 15 * PLANCIA_MINUTE);
  g_assert_cmpint (span.end, ==, PAGES_NOW - 25 * PLANCIA_HOUR + 28 * PLANCIA_MINUTE);
  g_assert_true (plancia_session_get_device (plant->session) ==
                 pages_plant_find (plant, "HYD 10000 ZSS"));
  gtk_window_destroy (window);
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;

  fill (plant);
  page = new_page (plant);
  select_row (page, 1);
  pages_take_pictures (page, "alarms", 660);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/alarms-page/lists all sources", test_lists_all_sources);
  g_test_add_func ("/alarms-page/filters", test_filters);
  g_test_add_func ("/alarms-page/notes", test_notes);
  g_test_add_func ("/alarms-page/says who was asked", test_says_who_was_asked);
  g_test_add_func ("/alarms-page/leads to the history", test_leads_to_the_history);
  g_test_add_func ("/alarms-page/pictures", test_pictures);
  return g_test_run ();
}
