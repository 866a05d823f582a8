/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "model/traffic-model.h"
#include "model/traffic-names.h"
#include "ui/traffic-bytes.h"
#include "ui/traffic-detail.h"
#include "ui/traffic-export.h"
#include "ui/traffic-page.h"
#include "ui/traffic-part-row.h"
#include "ui/traffic-toolbar.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* 2026-06-12 14:05:39 in Rome */
#define NOW G_GINT64_CONSTANT (1781265939000)

typedef struct
{
  UiPlant            *plant;
  PlanciaTrafficLog  *log;
  PlanciaTrafficPage *page;
  GtkWindow          *window;
  char               *line; /* connection of the hybrid inverter */
  char               *stick;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  fixture->plant = ui_plant_new ();
  fixture->log = plancia_open_plant_get_traffic (fixture->plant->plant);
  fixture->line = plancia_address_dup_connection (
    plancia_entry_get_address (plancia_device_get_entry (fixture->plant->hybrid)));
  fixture->stick = plancia_address_dup_connection (
    plancia_entry_get_address (plancia_device_get_entry (fixture->plant->inverter)));
}

static void
open_page (Fixture *fixture, int width, int height)
{
  fixture->page =
    g_object_new (PLANCIA_TYPE_TRAFFIC_PAGE, "session", fixture->plant->session, NULL);
  fixture->window = ui_fixture_present (GTK_WIDGET (fixture->page), width, height);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  PlanciaTrafficPage *page = fixture->page;

  if (page) {
    g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
    g_clear_pointer (&fixture->window, gtk_window_destroy);
    ui_fixture_settle ();
    g_assert_null (page);
  }
  ui_plant_free (fixture->plant);
  g_free (fixture->line);
  g_free (fixture->stick);
  plancia_clock_reset ();
}

/* time: ms from NOW. */
static void
add (Fixture               *fixture,
     const char            *connection,
     PlanciaWire            wire,
     int                    unit,
     int                    time,
     int                    duration,
     PlanciaExchangeVerdict verdict,
     const char            *sent,
     const char            *received)
{
  g_autoptr (GBytes) asked = plancia_hex_decode (sent, NULL);
  g_autoptr (GBytes) said = plancia_hex_decode (received, NULL);
  g_autoptr (GPtrArray)
    all = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);
  g_autoptr (GError) error = NULL;
  char                *peer = g_ref_string_new ("192.168.1.60:55400");
  PlanciaExchangeParts parts = {.wire = wire, .unit = unit, .verdict = verdict, .peer = peer};

  if (verdict == PLANCIA_EXCHANGE_NO_ANSWER)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no whole answer in time");
  parts.error = error;
  parts.time = (NOW + time) * 1000;
  parts.duration = (guint32) duration * 1000;
  parts.sent = g_bytes_get_data (asked, &parts.n_sent);
  parts.received = g_bytes_get_data (said, &parts.n_received);
  g_ptr_array_add (all, plancia_exchange_new (&parts));
  plancia_traffic_log_add (fixture->log, connection, all, 0);
  g_ref_string_release (peer);
}

/* The frames of the design's picture. */
static void
fill (Fixture *fixture)
{
  const char *line = fixture->line;

  add (fixture,
       line,
       PLANCIA_WIRE_MODBUS_TCP,
       1,
       112,
       14,
       PLANCIA_EXCHANGE_AS_ASKED,
       "2A160000000601030484000C",
       "2A160000001B010318000100020003000400050006000700080009000A000B000C");
  add (fixture,
       line,
       PLANCIA_WIRE_MODBUS_TCP,
       1,
       430,
       17,
       PLANCIA_EXCHANGE_AS_ASKED,
       "2A170000000B011010230002040001003C",
       "2A1700000006011010230002");
  add (fixture,
       line,
       PLANCIA_WIRE_MODBUS_TCP,
       2,
       750,
       302,
       PLANCIA_EXCHANGE_NO_ANSWER,
       "2A1800000006020320000006",
       "");
  add (fixture,
       line,
       PLANCIA_WIRE_MODBUS_TCP,
       2,
       1353,
       22,
       PLANCIA_EXCHANGE_AS_ASKED,
       "2A1900000006020320000006",
       "2A190000000F02030C000000010002000300040005");
  add (fixture,
       line,
       PLANCIA_WIRE_MODBUS_TCP,
       3,
       1680,
       22,
       PLANCIA_EXCHANGE_EXCEPTION,
       "2A1A00000006030601070001",
       "2A1A00000003038602");
}

/* 0 also when something else is shown instead of the list. */
static guint
n_rows (Fixture *fixture)
{
  GtkWidget *view = ui_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_COLUMN_VIEW, NULL);

  return view != NULL ? g_list_model_get_n_items (
                          G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))))
                      : 0;
}

static void
choose (Fixture *fixture, guint position)
{
  GtkColumnView *view =
    GTK_COLUMN_VIEW (ui_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_COLUMN_VIEW, NULL));

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (view)),
                                     position);
  ui_fixture_settle ();
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return ui_fixture_find (GTK_WIDGET (fixture->window), type, text);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 660);
  g_assert_nonnull (find (fixture, ADW_TYPE_STATUS_PAGE, NULL));
  fill (fixture);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 10);
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "14:05:39.112"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "HYD 10000 ZSS"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "16 write many"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "1023, 2 registers: 0001 003C"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "no answer"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "time-out"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "exception 2"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "illegal data address"));
  g_assert_nonnull (find (fixture, GTK_TYPE_INSCRIPTION, "0107 = 0001"));
  g_assert_nonnull (
    find (fixture, GTK_TYPE_LABEL, "Recording since 14:05 \302\267 10 frames \302\267 2 errors"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "follows the newest"));
}

static void
test_detail (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  open_page (fixture, 900, 660);
  choose (fixture, 3);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Answer 14:05:39.447"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "as asked"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "0x2A17"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "16, write many"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Modbus TCP has no CRC"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "12 bytes"));
  g_assert_nonnull (find (fixture,
                          GTK_TYPE_LABEL,
                          "Answers the frame of 14:05:39.430. Unit, function and length match."));
  /* Values of a read have the names of the device's map. */
  choose (fixture, 1);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "0001 = 1"));
  /* The frame that did not come. */
  choose (fixture, 5);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "No bytes"));
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry;

  fill (fixture);
  open_page (fixture, 900, 660);
  entry = find (fixture, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "hyd write");
  g_signal_emit_by_name (entry, "search-changed");
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 2);
  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere");
  g_signal_emit_by_name (entry, "search-changed");
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  g_signal_emit_by_name (find (fixture, GTK_TYPE_BUTTON, "Clear filter"), "clicked");
  g_signal_emit_by_name (entry, "search-changed");
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 10);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (find (fixture, GTK_TYPE_TOGGLE_BUTTON, "Only what went wrong")),
    TRUE);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 4);
}

/* A device shows its own connection; the whole plant shows all. */
static void
test_devices (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  add (fixture,
       fixture->stick,
       PLANCIA_WIRE_RTU_OVER_TCP,
       1,
       3000,
       20,
       PLANCIA_EXCHANGE_AS_ASKED,
       "010300000001840A",
       "01030200023985");
  open_page (fixture, 900, 660);
  g_assert_cmpuint (n_rows (fixture), ==, 12);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hybrid);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 10);
  plancia_session_set_device (fixture->plant->session, fixture->plant->hub);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 10);
  plancia_session_set_device (fixture->plant->session, fixture->plant->stick);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 2);
  plancia_session_set_device (fixture->plant->session, fixture->plant->portal);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 0);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  GtkToggleButton *pause;

  fill (fixture);
  open_page (fixture, 900, 660);
  pause = GTK_TOGGLE_BUTTON (
    find (fixture, GTK_TYPE_TOGGLE_BUTTON, "Let the list stand; recording goes on"));
  gtk_toggle_button_set_active (pause, TRUE);
  fill (fixture);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 10);
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "10 new frames"));
  gtk_toggle_button_set_active (pause, FALSE);
  ui_fixture_settle ();
  g_assert_cmpuint (n_rows (fixture), ==, 20);
}

/* The last line of the list is where it can be seen. */
static gboolean
sees_the_end (Fixture *fixture)
{
  GtkWidget      *view = find (fixture, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkWidget      *list = gtk_widget_get_last_child (view);
  GtkWidget      *row = gtk_widget_get_last_child (list);
  graphene_rect_t bounds;

  for (; row != NULL; row = gtk_widget_get_prev_sibling (row)) {
    GtkWidget *summary = ui_fixture_find (row, GTK_TYPE_INSCRIPTION, "illegal data address");

    if (summary != NULL && gtk_widget_compute_bounds (row, view, &bounds) &&
        fabs (bounds.origin.y + bounds.size.height - gtk_widget_get_height (view)) < 3)
      return TRUE;
  }
  return FALSE;
}

/* A person who scrolled up is left alone and told what is new; the pill leads back. */
static void
test_follow (Fixture *fixture, gconstpointer data)
{
  GtkAdjustment *adjustment;
  double         value;

  for (guint i = 0; i < 20; i++)
    fill (fixture);
  open_page (fixture, 900, 500);
  adjustment = gtk_scrolled_window_get_vadjustment (
    GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (find (fixture, GTK_TYPE_COLUMN_VIEW, NULL),
                                                  GTK_TYPE_SCROLLED_WINDOW)));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  g_assert_true (sees_the_end (fixture));
  gtk_adjustment_set_value (adjustment, 600);
  ui_fixture_settle ();
  fill (fixture);
  ui_fixture_settle ();
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (ABS (value - 600), <, 40);
  g_assert_nonnull (find (fixture, GTK_TYPE_BUTTON, "Go to the newest frame"));
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "10 new frames"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "traffic.newest", NULL);
  ui_fixture_settle ();
  fill (fixture);
  ui_fixture_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment) +
                       gtk_adjustment_get_page_size (adjustment),
                     >=,
                     gtk_adjustment_get_upper (adjustment) - 2);
  g_assert_null (find (fixture, GTK_TYPE_BUTTON, "Go to the newest frame"));
  g_assert_true (sees_the_end (fixture));
}

static gboolean
file_exists (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaWorker) worker = plancia_worker_new ("test");
  g_autoptr (PlanciaTrafficModel) model = NULL;
  g_autofree char         *folder = g_dir_make_tmp ("plancia-traffic-XXXXXX", NULL);
  static const char *const names[] = {"a.pcapng", "a.transcript", "a.csv"};
  static const char *const starts[] = {"\x0a\x0d\x0d\x0a",
                                       "plancia-transcript 1",
                                       "time,direction"};

  fill (fixture);
  open_page (fixture, 900, 500);
  model = plancia_traffic_model_new (fixture->log);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_autoptr (GFile) file = g_file_new_for_path (path);
    g_autofree char *contents = NULL;
    gsize            length;

    plancia_traffic_export_save (GTK_WIDGET (fixture->page),
                                 worker,
                                 model,
                                 (PlanciaTrafficFormat) i,
                                 file);
    g_assert_true (ui_fixture_wait (file_exists, path, 20000));
    g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
    g_assert_cmpmem (contents, strlen (starts[i]), starts[i], strlen (starts[i]));
    if (i == PLANCIA_TRAFFIC_CSV)
      g_assert_nonnull (strstr (contents, "HYD 10000 ZSS,1,modbus-tcp,16,0x1023,2,as-asked"));
    g_remove (path);
  }
  g_rmdir (folder);
  ui_fixture_settle ();
  plancia_worker_stop (worker);
}

/* Wide: the bytes beside; narrow: the list first, the details on a page of their own. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;

  fill (fixture);
  open_page (fixture, 480, 760);
  g_assert_null (find (fixture, PLANCIA_TYPE_TRAFFIC_DETAIL, NULL));
  view = find (fixture, GTK_TYPE_COLUMN_VIEW, NULL);
  g_signal_emit_by_name (view, "activate", 3);
  ui_fixture_settle ();
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "Answer 14:05:39.447"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "traffic.back", NULL);
  ui_fixture_settle ();
  g_assert_null (find (fixture, PLANCIA_TYPE_TRAFFIC_DETAIL, NULL));
}

static void
take (Fixture *fixture, const char *name)
{
  cairo_surface_t *picture = ui_fixture_screenshot (GTK_WIDGET (fixture->page), name);

  g_assert_nonnull (picture);
  cairo_surface_destroy (picture);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  open_page (fixture, 900, 674);
  choose (fixture, 3);
  take (fixture, "traffic-light");
  ui_fixture_set_dark (TRUE);
  ui_fixture_settle ();
  take (fixture, "traffic-dark");
  ui_fixture_set_dark (FALSE);
  choose (fixture, 1);
  take (fixture, "traffic-read-light");
  choose (fixture, 5);
  take (fixture, "traffic-bad-light");
}

static void
test_pictures_narrow (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  open_page (fixture, 480, 674);
  take (fixture, "traffic-narrow-light");
  g_signal_emit_by_name (find (fixture, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 3);
  ui_fixture_settle ();
  take (fixture, "traffic-narrow-detail-light");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("/traffic-page/list", test_list);
  ADD ("/traffic-page/detail", test_detail);
  ADD ("/traffic-page/filter", test_filter);
  ADD ("/traffic-page/devices", test_devices);
  ADD ("/traffic-page/pause", test_pause);
  ADD ("/traffic-page/follow", test_follow);
  ADD ("/traffic-page/export", test_export);
  ADD ("/traffic-page/narrow", test_narrow);
  ADD ("/traffic-page/pictures", test_pictures);
  ADD ("/traffic-page/pictures-narrow", test_pictures_narrow);
  return g_test_run ();
}
