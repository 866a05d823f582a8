/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"
#include "ui/scan-dialog.h"

#define LIMIT 20000

typedef struct
{
  UiPlant           *plant;
  PlanciaScanDialog *dialog;
  guint              chosen[3];
} Fixture;

static void
chosen_cb (Fixture *self, guint function, guint first, guint last)
{
  self->chosen[0] = function;
  self->chosen[1] = first;
  self->chosen[2] = last;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->plant = ui_plant_new ();
  fake_backend_set_words (self->plant->hybrid_backend, 0x0404, 40, 1);
  fake_backend_set_words (self->plant->hybrid_backend, 0x0484, 12, 1);
  self->dialog = PLANCIA_SCAN_DIALOG (plancia_scan_dialog_new (NULL, self->plant->hybrid));
  g_signal_connect_swapped (self->dialog, "chosen", G_CALLBACK (chosen_cb), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
  ui_plant_free (self->plant);
}

static GtkWidget *
find (Fixture *self, GType type, const char *text)
{
  return ui_fixture_find (GTK_WIDGET (self->dialog), type, text);
}

static gboolean
is_done (gpointer user_data)
{
  return find (user_data, GTK_TYPE_LABEL, "52 registers answer · 1241 requests") != NULL;
}

static void
test_finds (Fixture *self, gconstpointer data)
{
  cairo_surface_t *surface;

  g_signal_emit_by_name (find (self, GTK_TYPE_BUTTON, "_Start"), "clicked");
  ui_fixture_wait (is_done, self, LIMIT);
  surface = ui_fixture_screenshot (GTK_WIDGET (self->dialog), "scan-light");
  cairo_surface_destroy (surface);
  g_assert_true (is_done (self));
  g_assert_nonnull (find (self, GTK_TYPE_INSCRIPTION, "answers"));
  g_assert_nonnull (find (self, GTK_TYPE_INSCRIPTION, "refused, exception 2"));
  g_assert_nonnull (find (self, GTK_TYPE_INSCRIPTION, "042B"));
  g_signal_emit_by_name (find (self, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 1);
  g_assert_cmpuint (self->chosen[0], ==, 3);
  g_assert_cmphex (self->chosen[1], ==, 0x0404);
  g_assert_cmphex (self->chosen[2], ==, 0x042b);
}

static void
test_wrong_range (Fixture *self, gconstpointer data)
{
  GtkWidget *start = find (self, GTK_TYPE_BUTTON, "_Start");
  GtkWidget *last = find (self, ADW_TYPE_ENTRY_ROW, "Last register");

  g_assert_true (gtk_widget_get_sensitive (start));
  gtk_editable_set_text (GTK_EDITABLE (last), "0x0300");
  g_assert_false (gtk_widget_get_sensitive (start));
  gtk_editable_set_text (GTK_EDITABLE (last), "2000");
  g_assert_true (gtk_widget_get_sensitive (start));
  fake_backend_set_state (self->plant->hybrid_backend, PLANCIA_STATE_CLOSED, NULL);
  plancia_device_update (self->plant->hybrid);
  ui_fixture_settle ();
  g_assert_false (gtk_widget_get_sensitive (start));
}

#define ADD(name, func) g_test_add ("/scan-dialog/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("finds", test_finds);
  ADD ("wrong-range", test_wrong_range);
  return g_test_run ();
}
