/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-overview.h"

#include "base/error.h"
#include "pages-fixture.h"
#include "ui/psc-check.h"
#include "ui/psc-panel.h"
#include "ui/psc-power.h"
#include "ui/psc-roster.h"

static GtkWidget *
find_text (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  return g_object_ref_sink (
    plancia_psc_overview_new (plant->session, pages_plant_find (plant, "PSC 100")));
}

static void
test_model_check (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();

  g_assert_cmpint (plancia_psc_check (pages_plant_find (plant, "350KTL 1")),
                   ==,
                   PLANCIA_PSC_COMPATIBLE);
  /* Its map covers listed and other models. */
  g_assert_cmpint (plancia_psc_check (pages_plant_find (plant, "Old 250")),
                   ==,
                   PLANCIA_PSC_UNKNOWN);
  g_assert_cmpint (plancia_psc_check (pages_plant_find (plant, "KTL-V3")),
                   ==,
                   PLANCIA_PSC_NOT_COMPATIBLE);
  g_assert_cmpint (plancia_psc_check (pages_plant_find (plant, "CONNEXT")),
                   ==,
                   PLANCIA_PSC_UNKNOWN);
}

/* What its identity register said counts more than the map; the roster says both that and why. */
static void
test_not_listed (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PlanciaDevice *inverter = pages_plant_find (plant, "350KTL 1");
  g_autoptr (GError) error =
    g_error_new (PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE, "another family");
  GtkWindow *window;

  pages_plant_fill (plant);
  page = new_page (plant);
  plancia_device_set_failed (inverter, error);
  g_assert_cmpint (plancia_psc_check (inverter), ==, PLANCIA_PSC_NOT_COMPATIBLE);
  window = ui_fixture_present (page, 899, 672);
  g_assert_nonnull (find_text (page, "Not polled: model not listed"));
  gtk_window_destroy (window);
}

static void
test_sums (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *power;

  pages_plant_fill (plant);
  page = new_page (plant);
  power = ui_fixture_find (page, PLANCIA_TYPE_PSC_POWER, NULL);
  g_assert_nonnull (find_text (power, "212"));
  g_assert_nonnull (find_text (power, "of 966\xc2\xa0kW rated"));
  g_assert_nonnull (find_text (power, "1325\xc2\xa0kWh"));
  g_assert_nonnull (find_text (power, "1.00"));
}

static gboolean
says_silent (gpointer page)
{
  return find_text (page, "without 1 silent inverter") != NULL;
}

static void
test_silent_inverter (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
  GtkWidget *panel;

  pages_plant_fill (plant);
  page = new_page (plant);
  panel = ui_fixture_find (page, PLANCIA_TYPE_PSC_PANEL, NULL);
  g_assert_nonnull (find_text (panel, "4 of 4 inverters heard"));
  plancia_device_set_failed (pages_plant_find (plant, "350KTL 2"), error);
  g_assert_true (ui_fixture_wait (says_silent, page, 20000));
  g_assert_nonnull (find_text (panel, "3 of 4 inverters heard"));
  g_assert_nonnull (find_text (panel, "1 silent"));
  g_assert_nonnull (find_text (page, "141"));
}

static void
test_says_what_is_not_readable (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  GtkWidget *label = find_text (page, "Ring switches, Ethernet or fibre");

  g_assert_nonnull (label);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_next_sibling (label))),
                   ==,
                   "Plancia cannot read it");
}

static void
test_roster_filters (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PlanciaPscRoster *roster;
  GtkWidget        *problems, *search;

  pages_plant_fill (plant);
  pages_plant_apply_text (plant, "350KTL 2", "serial_number", "SIM350KTL00012");
  page = new_page (plant);
  roster = PLANCIA_PSC_ROSTER (ui_fixture_find (page, PLANCIA_TYPE_PSC_ROSTER, NULL));
  problems = ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "Only problems");
  search = ui_fixture_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_cmpuint (plancia_psc_roster_get_n_shown (roster), ==, 4);

  /* The incompatible one. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (problems), TRUE);
  g_assert_cmpuint (plancia_psc_roster_get_n_shown (roster), ==, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (problems), FALSE);

  gtk_editable_set_text (GTK_EDITABLE (search), "ktl00012");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (plancia_psc_roster_get_n_shown (roster), ==, 1);
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing like it");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpuint (plancia_psc_roster_get_n_shown (roster), ==, 0);
  g_assert_nonnull (find_text (page, "Nothing matches"));
}

static guint
count_columns (GtkWidget *page)
{
  GtkWidget *table = ui_fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL);

  return g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (table)));
}

static void
test_narrow_and_wide_again (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PlanciaPscRoster *roster;
  GtkWindow        *window;

  pages_plant_fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  roster = PLANCIA_PSC_ROSTER (ui_fixture_find (page, PLANCIA_TYPE_PSC_ROSTER, NULL));
  g_assert_nonnull (find_text (GTK_WIDGET (roster), "Compatible"));
  plancia_psc_roster_set_narrow (roster, TRUE);
  ui_fixture_settle ();
  g_assert_cmpuint (count_columns (page), ==, 5);
  g_assert_null (find_text (GTK_WIDGET (roster), "Compatible"));
  plancia_psc_roster_set_narrow (roster, FALSE);
  ui_fixture_settle ();
  g_assert_cmpuint (count_columns (page), ==, 7);
  g_assert_nonnull (find_text (GTK_WIDGET (roster), "Compatible"));
  gtk_window_destroy (window);
}

static void
test_row_selects (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;

  pages_plant_fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 899, 672);
  g_signal_emit_by_name (ui_fixture_find (page, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 1);
  g_assert_true (plancia_session_get_device (plant->session) ==
                 pages_plant_find (plant, "350KTL 2"));
  gtk_window_destroy (window);
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");

  pages_plant_fill (plant);
  pages_plant_apply_text (plant, "350KTL 1", "serial_number", "SIM350KTL00011");
  pages_plant_apply_text (plant, "350KTL 2", "serial_number", "SIM350KTL00012");
  pages_backend_set_quality (pages_plant_backend (plant, "350KTL 1"), PAGES_NOW, 22);
  page = new_page (plant);
  pages_plant_draw_day (plant, "PSC 100", PLANCIA_QUANTITY_PV_POWER, pages_sun);
  plancia_device_set_failed (pages_plant_find (plant, "Old 250"), error);
  ui_fixture_wait (says_silent, page, 20000);
  pages_take_pictures (page, "psc-overview", 880);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/psc-overview/model-check", test_model_check);
  g_test_add_func ("/psc-overview/not-listed", test_not_listed);
  g_test_add_func ("/psc-overview/sums", test_sums);
  g_test_add_func ("/psc-overview/silent-inverter", test_silent_inverter);
  g_test_add_func ("/psc-overview/not-readable", test_says_what_is_not_readable);
  g_test_add_func ("/psc-overview/roster-filters", test_roster_filters);
  g_test_add_func ("/psc-overview/narrow-and-wide-again", test_narrow_and_wide_again);
  g_test_add_func ("/psc-overview/row-selects", test_row_selects);
  g_test_add_func ("/psc-overview/pictures", test_pictures);
  return g_test_run ();
}
