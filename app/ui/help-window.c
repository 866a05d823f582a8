/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-window.h"

#include "ui/help-text.h"

#include <string.h>

struct _PlanciaHelpWindow
{
  AdwWindow parent_instance;

  AdwLeaflet        *leaflet;
  GtkSearchEntry    *search;
  GtkListBox        *list;
  AdwWindowTitle    *title;
  GtkScrolledWindow *scroller;
  AdwClamp          *clamp;

  char       *page;
  GHashTable *places; /* of headings */
  GtkWidget  *wanted; /* the heading to scroll to, borrowed from the page */
  guint       tick;
};

G_DEFINE_FINAL_TYPE (PlanciaHelpWindow, plancia_help_window, ADW_TYPE_WINDOW)

/* --- list ------------------------------------------------------------------------------------ */

static const char *
page_of (GtkListBoxRow *row)
{
  return plancia_help_pages[gtk_list_box_row_get_index (row)];
}

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  PlanciaHelpWindow *self = user_data;
  const char        *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char   *text = plancia_help_text_load (page_of (row));
  g_autofree char   *folded = g_utf8_casefold (text, -1);
  g_autofree char   *words = g_utf8_casefold (wanted, -1);

  return strstr (folded, g_strstrip (words)) != NULL;
}

static void
searched_cb (PlanciaHelpWindow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
row_activated_cb (PlanciaHelpWindow *self, GtkListBoxRow *row)
{
  plancia_help_window_go (self, page_of (row));
}

static void
list_clicked_cb (PlanciaHelpWindow *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

static void
fill_list (PlanciaHelpWindow *self)
{
  for (guint i = 0; plancia_help_pages[i]; i++) {
    g_autofree char *text = plancia_help_text_load (plancia_help_pages[i]);
    g_autofree char *title = plancia_help_text_dup_title (text);
    GtkWidget       *label = gtk_label_new (title);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_list_box_append (self->list, label);
  }
}

/* --- page ------------------------------------------------------------------------------------ */

typedef struct
{
  PlanciaHelpWindow *window;
  char              *place;
} Jump;

static void
jump_cb (gpointer user_data)
{
  Jump *jump = user_data;

  plancia_help_window_go (jump->window, jump->place);
  g_object_unref (jump->window);
  g_free (jump->place);
  g_free (jump);
}

/* A label looks at its link once more afterwards: the page goes away when it is done. */
static gboolean
link_cb (PlanciaHelpWindow *self, const char *uri)
{
  Jump *jump;

  if (!g_str_has_prefix (uri, PLANCIA_HELP_SCHEME))
    return FALSE;
  jump = g_new (Jump, 1);
  jump->window = g_object_ref (self);
  jump->place = g_strdup (uri + strlen (PLANCIA_HELP_SCHEME));
  g_idle_add_once (jump_cb, jump);
  return TRUE;
}

static void
follow_links (PlanciaHelpWindow *self, GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    g_signal_connect_object (widget,
                             "activate-link",
                             G_CALLBACK (link_cb),
                             self,
                             G_CONNECT_SWAPPED);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    follow_links (self, child);
}

/* Where a heading is, is known once the page has its size. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaHelpWindow *self = PLANCIA_HELP_WINDOW (widget);
  GtkAdjustment     *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double             y = 0;

  if (self->wanted &&
      gtk_widget_translate_coordinates (self->wanted, GTK_WIDGET (self->clamp), 0, 0, NULL, &y))
    gtk_adjustment_set_value (adjustment, MAX (y - 12, 0));
  else
    gtk_adjustment_set_value (adjustment, 0);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
show_page (PlanciaHelpWindow *self, const char *page)
{
  g_autofree char *text = plancia_help_text_load (page);
  g_autofree char *title = plancia_help_text_dup_title (text);
  GtkWidget       *content;

  g_free (self->page);
  self->page = g_strdup (page);
  g_hash_table_remove_all (self->places);
  content = plancia_help_text_build (text, self->places);
  follow_links (self, content);
  adw_clamp_set_child (self->clamp, content);
  /* GTK complains of labels with links in a window without a focus. */
  if (!gtk_window_get_focus (GTK_WINDOW (self)))
    gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->scroller));
  adw_window_title_set_title (self->title, title);
}

static gboolean
select_row (PlanciaHelpWindow *self, const char *page)
{
  for (int i = 0; plancia_help_pages[i]; i++)
    if (g_str_equal (plancia_help_pages[i], page)) {
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
      return TRUE;
    }
  return FALSE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_help_window_dispose (GObject *object)
{
  PlanciaHelpWindow *self = PLANCIA_HELP_WINDOW (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;

  G_OBJECT_CLASS (plancia_help_window_parent_class)->dispose (object);
}

static void
plancia_help_window_finalize (GObject *object)
{
  PlanciaHelpWindow *self = PLANCIA_HELP_WINDOW (object);

  g_free (self->page);
  g_hash_table_unref (self->places);

  G_OBJECT_CLASS (plancia_help_window_parent_class)->finalize (object);
}

static void
plancia_help_window_class_init (PlanciaHelpWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_help_window_dispose;
  object_class->finalize = plancia_help_window_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHelpWindow, clamp);
  gtk_widget_class_bind_template_callback (widget_class, searched_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_clicked_cb);
}

static void
plancia_help_window_init (PlanciaHelpWindow *self)
{
  g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A group of its own: it can be read while a modal dialog, whose help it is, stands over the program. */
  gtk_window_group_add_window (group, GTK_WINDOW (self));
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  fill_list (self);
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  plancia_help_window_go (self, plancia_help_pages[0]);
}

PlanciaHelpWindow *
plancia_help_window_new (void)
{
  return g_object_new (PLANCIA_TYPE_HELP_WINDOW, NULL);
}

/**
 * plancia_help_window_go:
 * @place: name of a page, or "page#place"
 */
void
plancia_help_window_go (PlanciaHelpWindow *self, const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "#", 2);
  const char *page = parts[0] ? parts[0] : "";

  if (!select_row (self, page)) {
    page = plancia_help_pages[0];
    select_row (self, page);
  }
  if (g_strcmp0 (page, self->page) != 0)
    show_page (self, page);
  self->wanted = parts[0] && parts[1] ? g_hash_table_lookup (self->places, parts[1]) : NULL;
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
  if (!self->tick)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

const char *
plancia_help_window_get_page (PlanciaHelpWindow *self)
{
  return self->page;
}

/**
 * plancia_help_window_show:
 * @application: the program
 * @place: name of a page, or "page#place"
 *
 * Main thread.
 */
void
plancia_help_window_show (GtkApplication *application, const char *place)
{
  PlanciaHelpWindow *window = NULL;

  for (GList *i = gtk_application_get_windows (application); i; i = i->next)
    if (PLANCIA_IS_HELP_WINDOW (i->data))
      window = i->data;
  if (!window) {
    window = plancia_help_window_new ();
    gtk_window_set_application (GTK_WINDOW (window), application);
  }
  plancia_help_window_go (window, place);
  gtk_window_present (GTK_WINDOW (window));
}
