/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/state-mark.h"

#include "ui-fixture.h"

#define N_MARKS (PLANCIA_MARK_TAKEN_OVER + 1)

static guint32
pixel (cairo_surface_t *picture, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (picture);
  int           stride = cairo_image_surface_get_stride (picture);

  return ((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff;
}

/* Where something was drawn, as one bit a pixel: the shape without its colour. */
static char *
shape_of (cairo_surface_t *picture)
{
  int      width = cairo_image_surface_get_width (picture);
  int      height = cairo_image_surface_get_height (picture);
  guint32  ground = pixel (picture, 0, 0);
  GString *shape = g_string_new (NULL);

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++)
      g_string_append_c (shape, pixel (picture, x, y) == ground ? '.' : '#');
  }
  return g_string_free (shape, FALSE);
}

static cairo_surface_t *
draw (PlanciaMark mark, int size)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *widget = plancia_state_mark_new (mark, size);
  g_autofree char *name = g_strdup_printf ("mark-%d-%d", mark, size);
  GtkWindow       *window;
  cairo_surface_t *picture;

  gtk_widget_set_halign (box, GTK_ALIGN_START);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), widget);
  window = ui_fixture_present (box, 40, 40);
  picture = ui_fixture_screenshot (box, name);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, size);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, size);
  gtk_window_destroy (window);
  return picture;
}

/* Six shapes that differ without their colours, and touch no edge. */
static void
test_shapes_differ (void)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int mark = 0; mark < N_MARKS; mark++) {
    cairo_surface_t *picture = draw (mark, 12);

    g_assert_true (g_hash_table_add (shapes, shape_of (picture)));
    cairo_surface_destroy (picture);
  }
}

static void
test_disc_is_filled_and_green (void)
{
  cairo_surface_t *live = draw (PLANCIA_MARK_LIVE, 12);
  cairo_surface_t *closed = draw (PLANCIA_MARK_CLOSED, 12);

  g_assert_cmphex (pixel (live, 6, 6), ==, 0x0a7f5c);
  g_assert_cmphex (pixel (closed, 6, 6), ==, pixel (closed, 0, 0));
  cairo_surface_destroy (live);
  cairo_surface_destroy (closed);
}

static void
test_dark_and_large (void)
{
  cairo_surface_t *live;

  ui_fixture_set_dark (TRUE);
  live = draw (PLANCIA_MARK_LIVE, 16);
  g_assert_cmphex (pixel (live, 8, 8), ==, 0x3fcf9b);
  cairo_surface_destroy (live);
  ui_fixture_set_dark (FALSE);
}

static void
test_accessible_name_follows (void)
{
  GtkWidget *widget = g_object_ref_sink (plancia_state_mark_new (PLANCIA_MARK_LIVE, 12));

  gtk_test_accessible_assert_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "Live");
  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (widget), PLANCIA_MARK_TAKEN_OVER);
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, "Taken over");
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/state-mark/shapes-differ", test_shapes_differ);
  g_test_add_func ("/ui/state-mark/disc", test_disc_is_filled_and_green);
  g_test_add_func ("/ui/state-mark/dark-and-large", test_dark_and_large);
  g_test_add_func ("/ui/state-mark/accessible-name", test_accessible_name_follows);
  return g_test_run ();
}
