/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "plant/watched.h"
#include "registers-fixture.h"
#include "ui/watch-page.h"

#define NOW    G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */
#define WIDE   899
#define HIGH   620
#define NARROW 480

typedef struct
{
  UiPlant   *plant;
  GtkWidget *page;
  GtkWindow *window;
  guint      n_saved;
  gboolean   answered; /* the hybrid was */
} Fixture;

static void
saved_cb (Fixture *self)
{
  self->n_saved++;
}

static void
watch (Fixture *self, PlanciaDevice *device, const char *key)
{
  plancia_open_plant_set_register_watched (self->plant->plant, device, key, TRUE);
}

static void
set_up (Fixture *self, gconstpointer filled)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  registers_give_all (self->plant);
  g_signal_connect_swapped (self->plant->plant, "document-changed", G_CALLBACK (saved_cb), self);
  if (filled != NULL) {
    watch (self, self->plant->hybrid, "grid_frequency");
    watch (self, self->plant->hybrid, "battery_soc");
    watch (self, self->plant->inverter, "pv_power");
    watch (self, self->plant->hybrid, "storage_mode");
    watch (self, self->plant->hybrid, "no_such_register");
  }
  self->page = g_object_new (PLANCIA_TYPE_WATCH_PAGE, "session", self->plant->session, NULL);
  self->window = ui_fixture_present (self->page, WIDE, HIGH);
}

static void
tear_down (Fixture *self, gconstpointer filled)
{
  g_autoptr (GObject) page = g_object_ref (G_OBJECT (self->page));

  gtk_window_destroy (self->window);
  /* The page asked for what is not polled. */
  if (!self->answered && fake_backend_get_reads (self->plant->hybrid_backend)->len > 0)
    fake_backend_answer_read (self->plant->hybrid_backend,
                              NULL,
                              g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the end"));
  if (fake_backend_get_reads (self->plant->inverter_backend)->len > 0)
    fake_backend_answer_read (self->plant->inverter_backend,
                              NULL,
                              g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the end"));
  ui_fixture_settle ();
  g_assert_finalize_object (g_steal_pointer (&page));
  ui_plant_free (self->plant);
  plancia_clock_reset ();
}

static gboolean
has_text (Fixture *self, GType type, const char *text)
{
  return ui_fixture_find (self->page, type, text) != NULL;
}

static void
activate (Fixture *self, const char *action)
{
  gtk_widget_activate_action (self->page, action, NULL);
  ui_fixture_settle ();
}

static void
picture (Fixture *self, const char *name)
{
  cairo_surface_t *surface = ui_fixture_screenshot (self->page, name);

  g_assert_cmpint (cairo_image_surface_get_width (surface), >, 0);
  cairo_surface_destroy (surface);
}

/* "grid_frequency battery_soc ..." of the plant's list */
static char *
order_of (Fixture *self)
{
  PlanciaPlant   *plant = plancia_open_plant_get_plant (self->plant->plant);
  PlanciaWatched *watched = plancia_watched_of (plant);
  GString        *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (watched)); i++) {
    g_autoptr (PlanciaWatchedItem) item = g_list_model_get_item (G_LIST_MODEL (watched), i);

    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", plancia_watched_item_get_key (item));
  }
  return g_string_free (text, FALSE);
}

static void
assert_order (Fixture *self, const char *expected)
{
  g_autofree char *order = order_of (self);

  g_assert_cmpstr (order, ==, expected);
}

static void
test_empty (Fixture *self, gconstpointer filled)
{
  g_assert_true (has_text (self, ADW_TYPE_STATUS_PAGE, NULL));
  picture (self, "watch-empty-light");
  watch (self, self->plant->hybrid, "grid_frequency");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "Grid frequency"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "1 register · 1 device"));
  g_assert_cmpuint (self->n_saved, ==, 1);
}

static void
test_values (Fixture *self, gconstpointer filled)
{
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "5 registers · 2 devices"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "HYD 6000 ZSS HP"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "no_such_register"));
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "Self-use"));
  ui_plant_apply_number (self->plant, self->plant->inverter, "pv_power", 4321);
  plancia_clock_simulate (NOW + 2000, 0);
  registers_give (self->plant, "grid_frequency", "49.98");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "49.98"));
  g_assert_true (
    gtk_widget_has_css_class (ui_fixture_find (self->page, GTK_TYPE_INSCRIPTION, "49.98"),
                              "moved"));
  picture (self, "watch-light");
  ui_fixture_set_dark (TRUE);
  picture (self, "watch-dark");
  ui_fixture_set_dark (FALSE);
}

/* What is not polled is asked for when the page is shown: each device its own registers. */
static void
test_reads (Fixture *self, gconstpointer filled)
{
  GPtrArray *reads = fake_backend_get_reads (self->plant->hybrid_backend);

  g_assert_cmpuint (reads->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (reads, 0), ==, "grid_frequency battery_soc storage_mode");
  reads = fake_backend_get_reads (self->plant->inverter_backend);
  g_assert_cmpuint (reads->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (reads, 0), ==, "pv_power");
  fake_backend_answer_read (self->plant->hybrid_backend,
                            registers_reading (self->plant, "storage_mode", "1"),
                            NULL);
  self->answered = TRUE;
  ui_fixture_settle ();
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "Self-use"));
}

static void
test_order (Fixture *self, gconstpointer filled)
{
  GtkWidget *view = ui_fixture_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL);

  self->n_saved = 0;
  gtk_widget_grab_focus (view);
  ui_fixture_settle ();
  activate (self, "watch.down");
  assert_order (self, "battery_soc grid_frequency pv_power storage_mode no_such_register");
  /* The row stays in hand. */
  activate (self, "watch.down");
  assert_order (self, "battery_soc pv_power grid_frequency storage_mode no_such_register");
  activate (self, "watch.up");
  assert_order (self, "battery_soc grid_frequency pv_power storage_mode no_such_register");
  g_assert_cmpuint (self->n_saved, ==, 3);
  activate (self, "watch.remove");
  assert_order (self, "battery_soc pv_power storage_mode no_such_register");
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "Grid frequency"));
  g_assert_cmpuint (self->n_saved, ==, 4);
}

static void
test_pause (Fixture *self, gconstpointer filled)
{
  activate (self, "watch.pause");
  registers_give (self->plant, "grid_frequency", "49.98");
  ui_fixture_settle ();
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "50.01"));
  activate (self, "watch.pause");
  g_assert_true (has_text (self, GTK_TYPE_INSCRIPTION, "49.98"));
}

/* A device that leaves the plant takes its registers along. */
static void
test_device_leaves (Fixture *self, gconstpointer filled)
{
  PlanciaPlant *plant = plancia_open_plant_get_plant (self->plant->plant);

  plancia_plant_remove (plant, plancia_device_get_entry (self->plant->inverter));
  plancia_open_plant_sync (self->plant->plant);
  g_signal_emit_by_name (self->plant->plant, "document-changed");
  ui_fixture_settle ();
  g_assert_false (has_text (self, GTK_TYPE_INSCRIPTION, "HYD 6000 ZSS HP"));
  g_assert_true (has_text (self, GTK_TYPE_LABEL, "4 registers · 1 device"));
}

static void
test_narrow (Fixture *self, gconstpointer filled)
{
  gtk_window_set_default_size (self->window, NARROW, HIGH);
  ui_fixture_settle ();
  ui_fixture_settle ();
  g_assert_cmpint (gtk_widget_get_width (self->page), <=, NARROW);
  picture (self, "watch-narrow-light");
}

#define ADD(name, filled, func) \
  g_test_add ("/watch-page/" name, Fixture, filled, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("empty", NULL, test_empty);
  ADD ("values", "filled", test_values);
  ADD ("reads", "filled", test_reads);
  ADD ("order", "filled", test_order);
  ADD ("pause", "filled", test_pause);
  ADD ("device-leaves", "filled", test_device_leaves);
  ADD ("narrow", "filled", test_narrow);
  return g_test_run ();
}
