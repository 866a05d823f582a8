/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "registers-fixture.h"
#include "ui/raw-page.h"

#define NOW    G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */
#define WIDE   899
#define HIGH   680
#define NARROW 480
#define FIRST  0x0484
#define LIMIT  20000

typedef struct
{
  UiPlant   *plant;
  GtkWidget *page;
  GtkWindow *window;
} Fixture;

static const guint16 words[] =
  {0x1389, 0x0137, 0xfff4, 0x0138, 0x0079, 0x0000, 0x0139, 0x0000, 0x0000, 0x090a, 0x002d, 0x0069};

static void
give_words (FakeBackend *backend)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    fake_backend_set_words (backend, FIRST + i, 1, words[i]);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  give_words (self->plant->hybrid_backend);
  give_words (self->plant->inverter_backend);
  self->page = g_object_new (PLANCIA_TYPE_RAW_PAGE, "session", self->plant->session, NULL);
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

static void
activate (Fixture *self, const char *action)
{
  gtk_widget_activate_action (self->page, action, NULL);
  ui_fixture_settle ();
}

static gboolean
has_text (Fixture *self, GType type, const char *text)
{
  return ui_fixture_find (self->page, type, text) != NULL;
}

static void
picture (Fixture *self, const char *name)
{
  cairo_surface_t *surface = ui_fixture_screenshot (self->page, name);

  g_assert_cmpint (cairo_image_surface_get_width (surface), >, 0);
  cairo_surface_destroy (surface);
}

static GtkDropDown *
functions_of (Fixture *self)
{
  return GTK_DROP_DOWN (ui_fixture_find (self->page, GTK_TYPE_DROP_DOWN, NULL));
}

static void
test_table (Fixture *self, gconstpointer data)
{
  g_assert_true (has_text (self, ADW_TYPE_STATUS_PAGE, NULL));
  activate (self, "raw.read");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "1389"));
  g_assert_true (has_text (self,
                           GTK_TYPE_INSCRIPTION,
                           "\xe2\x88\x92"
                           "12"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "1111 1111 1111 0100"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "Grid frequency"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "nan"));
  picture (self, "raw-range-light");
  ui_fixture_set_dark (TRUE);
  picture (self, "raw-range-dark");
  ui_fixture_set_dark (FALSE);
}

static gboolean
is_marked (gpointer user_data)
{
  Fixture   *self = user_data;
  GtkWidget *cell = ui_fixture_find (self->page, GTK_TYPE_INSCRIPTION, "138A");

  return cell != NULL && gtk_widget_has_css_class (cell, "moved");
}

static void
test_change (Fixture *self, gconstpointer data)
{
  activate (self, "raw.read");
  activate (self, "raw.keep");
  plancia_clock_simulate (NOW + 1000, 0);
  fake_backend_set_words (self->plant->hybrid_backend, FIRST, 1, 0x138a);
  activate (self, "raw.read");
  g_assert_true (is_marked (self));
  picture (self, "raw-range-change-light");
  plancia_clock_simulate (NOW + 60000, 0);
  activate (self, "raw.read");
  for (guint i = 0; i < LIMIT / 100 && is_marked (self); i++) {
    g_usleep (100 * 1000);
    ui_fixture_settle ();
  }
  g_assert_false (is_marked (self));
}

/* A HUB passes function 03 only, a stick all four. */
static void
test_functions (Fixture *self, gconstpointer data)
{
  GListModel *model = gtk_drop_down_get_model (functions_of (self));

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  plancia_session_set_device (self->plant->session, self->plant->inverter);
  ui_fixture_settle ();
  model = gtk_drop_down_get_model (functions_of (self));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 4);
}

static void
test_wrong_address (Fixture *self, gconstpointer data)
{
  GtkWidget *entry = ui_fixture_find (self->page, GTK_TYPE_ENTRY, NULL);
  GtkWidget *read = ui_fixture_find (self->page, GTK_TYPE_BUTTON, "Read");

  g_assert_true (gtk_widget_get_sensitive (read));
  gtk_editable_set_text (GTK_EDITABLE (entry), "0x1ffff");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_false (gtk_widget_get_sensitive (read));
  gtk_editable_set_text (GTK_EDITABLE (entry), "1156");
  g_assert_true (gtk_widget_get_sensitive (read));
  activate (self, "raw.read");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "0484"));
}

static void
test_repeating (Fixture *self, gconstpointer data)
{
  activate (self, "raw.read");
  activate (self, "raw.repeat");
  for (guint i = 0; i < LIMIT / 50 && fake_backend_count_raw (self->plant->hybrid_backend) < 3;
       i++) {
    g_usleep (50 * 1000);
    ui_fixture_settle ();
  }
  g_assert_cmpuint (fake_backend_count_raw (self->plant->hybrid_backend), >=, 3);
  activate (self, "raw.repeat");
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_fixture_find (self->page, GTK_TYPE_ENTRY, NULL)), "0");
  activate (self, "raw.read");
  picture (self, "raw-range-refused-light");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "0000"));
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *view;

  activate (self, "raw.read");
  view = ui_fixture_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL);
  gtk_window_set_default_size (self->window, NARROW, HIGH);
  ui_fixture_settle ();
  ui_fixture_settle ();
  g_assert_cmpint (gtk_widget_get_width (self->page), <=, NARROW);
  picture (self, "raw-range-narrow-light");
  g_signal_emit_by_name (view, "activate", 2);
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "1111 1111 1111 0100"));
  picture (self, "raw-range-narrow-detail-light");
  activate (self, "raw.list");
}

#define ADD(name, func) g_test_add ("/raw-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("table", test_table);
  ADD ("change", test_change);
  ADD ("functions", test_functions);
  ADD ("wrong-address", test_wrong_address);
  ADD ("repeating", test_repeating);
  ADD ("refused", test_refused);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
