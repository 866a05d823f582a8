/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/grid.h"

#include "ui-fixture.h"

static GtkWidget *
add_card (PlanciaGrid *grid, guint span, int height)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (card, 60, height);
  plancia_grid_append (grid, card, span);
  return card;
}

static graphene_rect_t
place_of (GtkWidget *grid, GtkWidget *child)
{
  graphene_rect_t rect;

  g_assert_true (gtk_widget_compute_bounds (child, grid, &rect));
  return rect;
}

static void
assert_place (GtkWidget *grid, GtkWidget *child, int x, int y, int width, int height)
{
  graphene_rect_t rect = place_of (grid, child);

  g_assert_cmpfloat (rect.origin.x, ==, x);
  g_assert_cmpfloat (rect.origin.y, ==, y);
  g_assert_cmpfloat (rect.size.width, ==, width);
  g_assert_cmpfloat (rect.size.height, ==, height);
}

/* As in the overview: 863 px hold 7 + 5, then three times 4. */
static void
test_rows_share_height (void)
{
  GtkWidget *widget = plancia_grid_new (), *cards[5];
  guint      spans[] = {7, 5, 4, 4, 4};
  int        heights[] = {200, 150, 90, 100, 80};
  GtkWindow *window;

  for (guint i = 0; i < 5; i++)
    cards[i] = add_card (PLANCIA_GRID (widget), spans[i], heights[i]);
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  window = ui_fixture_present (widget, 863, 600);

  assert_place (widget, cards[0], 0, 0, 496, 200);
  assert_place (widget, cards[1], 514, 0, 349, 200);
  assert_place (widget, cards[2], 0, 218, 276, 100);
  assert_place (widget, cards[3], 294, 218, 275, 100);
  assert_place (widget, cards[4], 587, 218, 276, 100);
  g_assert_cmpint (gtk_widget_get_height (widget), ==, 318);
  gtk_window_destroy (window);
}

static void
test_narrow_is_one_column (void)
{
  GtkWidget *widget = plancia_grid_new ();
  GtkWidget *first = add_card (PLANCIA_GRID (widget), 7, 200);
  GtkWidget *second = add_card (PLANCIA_GRID (widget), 5, 50);
  GtkWindow *window;

  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  window = ui_fixture_present (widget, 444, 600);
  assert_place (widget, first, 0, 0, 444, 200);
  assert_place (widget, second, 0, 218, 444, 50);
  gtk_window_destroy (window);
}

static void
test_hidden_and_changed (void)
{
  GtkWidget *widget = plancia_grid_new ();
  GtkWidget *hidden = add_card (PLANCIA_GRID (widget), 7, 200);
  GtkWidget *shown = add_card (PLANCIA_GRID (widget), 4, 50);
  GtkWindow *window;

  gtk_widget_set_visible (hidden, FALSE);
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  window = ui_fixture_present (widget, 863, 600);
  assert_place (widget, shown, 0, 0, 276, 50);
  plancia_grid_set_span (PLANCIA_GRID (widget), shown, 12);
  ui_fixture_settle ();
  assert_place (widget, shown, 0, 0, 863, 50);
  plancia_grid_remove (PLANCIA_GRID (widget), hidden);
  g_assert_true (gtk_widget_get_first_child (widget) == shown);
  gtk_window_destroy (window);
}

static void
test_right_to_left (void)
{
  GtkWidget *widget = plancia_grid_new ();
  GtkWidget *first = add_card (PLANCIA_GRID (widget), 7, 200);
  GtkWidget *second = add_card (PLANCIA_GRID (widget), 5, 50);
  GtkWindow *window;

  gtk_widget_set_direction (widget, GTK_TEXT_DIR_RTL);
  gtk_widget_set_valign (widget, GTK_ALIGN_START);
  window = ui_fixture_present (widget, 863, 600);
  assert_place (widget, first, 367, 0, 496, 200);
  assert_place (widget, second, 0, 0, 349, 200);
  gtk_window_destroy (window);
}

/* The span is the type of a child in a template. */
static void
test_template (void)
{
  static const char ui[] = "<interface><object class='PlanciaGrid' id='grid'>"
                           "<child type='7'><object class='GtkBox' id='a'/></child>"
                           "<child type='5'><object class='GtkBox' id='b'/></child>"
                           "</object></interface>";
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *grid, *b;
  GtkWindow *window;

  g_type_ensure (PLANCIA_TYPE_GRID);
  builder = gtk_builder_new_from_string (ui, -1);
  grid = GTK_WIDGET (gtk_builder_get_object (builder, "grid"));
  b = GTK_WIDGET (gtk_builder_get_object (builder, "b"));
  window = ui_fixture_present (grid, 863, 100);
  g_assert_cmpfloat (place_of (grid, b).origin.x, ==, 514);
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/grid/rows-share-height", test_rows_share_height);
  g_test_add_func ("/grid/narrow", test_narrow_is_one_column);
  g_test_add_func ("/grid/hidden-and-changed", test_hidden_and_changed);
  g_test_add_func ("/grid/right-to-left", test_right_to_left);
  g_test_add_func ("/grid/template", test_template);
  return g_test_run ();
}
