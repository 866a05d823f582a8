/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/findings-page.h"

#include "base/clock.h"
#include "chart/chart.h"
#include "pages-fixture.h"
#include "tests/findings/made-plant.h"
#include "ui/finding-row.h"

#include <glib/gstdio.h>
#include <string.h>

#define YEARS 2

static char *cache;

static void
put_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_store_put_finish (PLANCIA_STORE (source), result, &error));
  g_assert_no_error (error);
  --*(guint *) user_data;
}

typedef struct
{
  PlanciaStore *store;
  guint         running;
} Filling;

static void
take (guint inverter, PlanciaSamples *samples, PlanciaSpan days, gpointer data)
{
  Filling *filling = data;

  filling->running++;
  plancia_store_put_async (filling->store, samples, NULL, put_cb, &filling->running);
}

static gboolean
is_put (gpointer running)
{
  return *(guint *) running == 0;
}

/* Years with a fault of a string that stays, as the history of devices of the plant. */
static void
fill (PagesPlant *plant)
{
  static const char *const names[MADE_INVERTERS] = {"HYD 10000 ZSS", "HYD 6000 ZSS HP", "350KTL 1"};
  MadePlant               *made = made_plant_new (100003, YEARS, MADE_STRING_WEAK);
  Filling                  filling = {plancia_open_plant_get_store (plant->plant), 0};

  for (guint i = 0; i < MADE_INVERTERS; i++)
    made_inverter_set_id (i, plancia_device_get_id (pages_plant_find (plant, names[i])));
  made_plant_run (made, take, &filling);
  g_assert_true (ui_fixture_wait (is_put, &filling.running, 30000));
  plancia_clock_simulate (made_plant_get_span (made).end + PLANCIA_HOUR, 0);
  made_plant_free (made);
}

static GtkWidget *
new_page (PagesPlant *plant)
{
  return g_object_ref_sink (
    g_object_new (PLANCIA_TYPE_FINDINGS_PAGE, "session", plant->session, NULL));
}

static gboolean
is_judged (gpointer page)
{
  GtkWidget *spinner = ui_fixture_find (page, GTK_TYPE_SPINNER, NULL);

  return !gtk_spinner_get_spinning (GTK_SPINNER (spinner));
}

static void
close_window (GtkWindow *window)
{
  gtk_window_set_child (window, NULL);
  gtk_window_destroy (window);
}

static guint
count_rows (GtkWidget *page)
{
  GtkWidget *list = ui_fixture_find (page, GTK_TYPE_LIST_BOX, NULL);
  guint      n = 0;

  if (list == NULL)
    return 0;
  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) n) != NULL)
    n++;
  return n;
}

static void
show_all (GtkWidget *page)
{
  GtkWidget *button = ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "All");

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  ui_fixture_settle ();
}

/* A label that is seen with this in its text. */
static gboolean
says (GtkWidget *root, const char *part)
{
  if (!gtk_widget_get_visible (root) || !gtk_widget_get_child_visible (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, part))
      return TRUE;
  return FALSE;
}

/* Some other may cost more. */
static void
select_rule (GtkWidget *page, const char *id)
{
  GtkListBox    *list = GTK_LIST_BOX (ui_fixture_find (page, GTK_TYPE_LIST_BOX, NULL));
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_str_equal (plancia_finding_row_get (PLANCIA_FINDING_ROW (row))->rule->id, id)) {
      gtk_list_box_select_row (list, row);
      ui_fixture_settle ();
      return;
    }
  g_assert_not_reached ();
}

static void
test_finds (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWidget *chart;
  GtkWindow *window;

  fill (plant);
  page = new_page (plant);
  window = ui_fixture_present (page, 900, 760);
  g_assert_true (ui_fixture_wait (is_judged, page, 30000));
  show_all (page);
  g_assert_cmpuint (count_rows (page), >, 0);
  select_rule (page, "string-weak");
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "String falls behind the others"));
  g_assert_true (says (page, "of what it gave beside the other strings."));
  g_assert_true (says (page, "kWh lost, "));
  g_assert_true (says (page, "Plancia's own rule, seen on "));
  chart = ui_fixture_find (page, PLANCIA_TYPE_CHART, NULL);
  g_assert_nonnull (chart);
  g_assert_cmpuint (plancia_chart_get_n_layers (PLANCIA_CHART (chart)), ==, 2);
  close_window (window);
  pages_take_pictures (page, "findings", 760);
}

/* Of a plant without a history the page says what it needs. */
static void
test_empty (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant);
  GtkWindow *window = ui_fixture_present (page, 900, 600);

  g_assert_true (ui_fixture_wait (is_judged, page, 30000));
  g_assert_cmpuint (count_rows (page), ==, 0);
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "Nothing to judge yet"));
  close_window (window);
  pages_take_pictures (page, "findings-empty", 600);
}

/* The page and the plant may go while it judges. */
static void
test_goes (void)
{
  PagesPlant *plant = pages_plant_new ();
  GtkWidget  *page = new_page (plant);
  GtkWindow  *window = ui_fixture_present (page, 900, 600);

  plancia_session_set_plant (plant->session, NULL);
  close_window (window);
  g_object_unref (page);
  pages_plant_free (plant);
  ui_fixture_settle ();
}

static void
remove_cache (void)
{
  g_autofree char *inner = g_build_filename (cache, "plancia", NULL);
  g_autofree char *folder = g_build_filename (inner, "findings", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
  g_rmdir (inner);
  g_rmdir (cache);
}

int
main (int argc, char **argv)
{
  int code;

  cache = g_dir_make_tmp ("plancia-findings-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/ui/findings-page/finds", test_finds);
  g_test_add_func ("/ui/findings-page/empty", test_empty);
  g_test_add_func ("/ui/findings-page/goes", test_goes);
  code = g_test_run ();
  remove_cache ();
  g_free (cache);
  return code;
}
