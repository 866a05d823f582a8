/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"
#include "ui/window.h"

/* Steps of Tab after which a window that has not come round is a trap. */
#define MAX_STEPS 400

typedef struct
{
  UiPlant       *plant;
  PlanciaWindow *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->plant = ui_plant_new ();
  self->window = plancia_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 760);
  gtk_window_present (GTK_WINDOW (self->window));
  plancia_session_set_plant (plancia_window_get_session (self->window), self->plant->plant);
  ui_fixture_settle ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  plancia_session_set_plant (plancia_window_get_session (self->window), NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  ui_fixture_settle ();
  ui_plant_free (self->plant);
}

/* Where Tab (or Shift+Tab) leads, one after the other, until it comes round. */
static GPtrArray *
walk (GtkWindow *window, GtkDirectionType direction)
{
  GPtrArray *visited = g_ptr_array_new ();

  gtk_window_set_focus (window, NULL);
  while (gtk_widget_child_focus (GTK_WIDGET (window), direction)) {
    GtkWidget *focus = gtk_window_get_focus (window);

    g_assert_nonnull (focus);
    /* GTK goes on where a list was left, so the second round may be shorter than the first. */
    if (g_ptr_array_find (visited, focus, NULL))
      break;
    g_ptr_array_add (visited, focus);
    g_assert_cmpuint (visited->len, <, MAX_STEPS);
  }
  return visited;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_LIST_BASE (widget) ||
         GTK_IS_COLUMN_VIEW (widget);
}

/* In a list the arrows lead on, and from a row to what is in it. */
static gboolean
is_in_list (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BASE) ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_COLUMN_VIEW) ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX);
}

static gboolean
is_near (GPtrArray *visited, GtkWidget *widget)
{
  for (guint i = 0; i < visited->len; i++) {
    GtkWidget *focus = visited->pdata[i];

    if (focus == widget || gtk_widget_is_ancestor (focus, widget) ||
        gtk_widget_is_ancestor (widget, focus))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_reachable (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) &&
         gtk_widget_get_can_focus (widget) && gtk_widget_get_focusable (widget) &&
         gtk_widget_get_width (widget) > 0;
}

static char *
describe (GtkWidget *widget)
{
  GString *way = g_string_new (G_OBJECT_TYPE_NAME (widget));

  for (GtkWidget *at = gtk_widget_get_parent (widget); at; at = gtk_widget_get_parent (at))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (at), "Plancia"))
      g_string_append_printf (way, " in %s", G_OBJECT_TYPE_NAME (at));
  if (gtk_widget_get_tooltip_text (widget))
    g_string_append_printf (way, " (%s)", gtk_widget_get_tooltip_text (widget));
  return g_string_free (way, FALSE);
}

static void
assert_all_reached (GtkWidget *widget, GPtrArray *visited)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (is_control (widget) && is_reachable (widget) && !is_in_list (widget) &&
      !is_near (visited, widget)) {
    g_autofree char *way = describe (widget);

    g_error ("Tab does not reach a %s", way);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    assert_all_reached (child, visited);
}

static void
look_at (Fixture *self, PlanciaDevice *device, const char *page)
{
  plancia_session_set_device (plancia_window_get_session (self->window), device);
  plancia_pages_set_wanted (plancia_window_get_pages (self->window), page);
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_pages_get_visible (plancia_window_get_pages (self->window)), ==, page);
}

/* Forwards and backwards it is the same way, and nothing is left out. */
static void
assert_whole (Fixture *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  g_autoptr (GPtrArray) forwards = walk (window, GTK_DIR_TAB_FORWARD);
  g_autoptr (GPtrArray) backwards = walk (window, GTK_DIR_TAB_BACKWARD);

  g_assert_cmpuint (forwards->len, >=, 5);
  g_assert_cmpuint (backwards->len, >=, 5);
  assert_all_reached (GTK_WIDGET (window), forwards);
  assert_all_reached (GTK_WIDGET (window), backwards);
}

static void
test_page (Fixture *self, gconstpointer data)
{
  const char    *page = data;
  PlanciaDevice *device = self->plant->hybrid;

  if (g_str_equal (page, "console"))
    device = self->plant->console;
  else if (g_str_equal (page, "history"))
    device = self->plant->thing;
  else if (g_str_equal (page, "watch"))
    device = plancia_device_tree_get_plant (plancia_open_plant_get_tree (self->plant->plant));
  look_at (self, device, page);
  assert_whole (self);
}

/* Overviews of other kinds: the whole plant, a HUB, an account. */
static void
test_overviews (Fixture *self, gconstpointer data)
{
  PlanciaDevice *devices[] = {
    plancia_device_tree_get_plant (plancia_open_plant_get_tree (self->plant->plant)),
    self->plant->hub,
    self->plant->stick,
    self->plant->console,
    self->plant->portal,
  };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    look_at (self, devices[i], "overview");
    assert_whole (self);
  }
}

int
main (int argc, char **argv)
{
  static const char *const pages[] =
    {"overview", "registers", "watch", "history", "alarms", "console", "traffic"};
  g_autofree char *home = g_dir_make_tmp ("plancia-keyboard-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  ui_fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *path = g_strconcat ("/ui/keyboard/", pages[i], NULL);

    g_test_add (path, Fixture, pages[i], set_up, test_page, tear_down);
  }
  g_test_add ("/ui/keyboard/overviews", Fixture, NULL, set_up, test_overviews, tear_down);
  return g_test_run ();
}
