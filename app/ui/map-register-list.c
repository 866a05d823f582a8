/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-register-list.h"

#include "base/signal-new.h"

#include <glib/gi18n.h>
#include <string.h>

#define CELL_KEY    "plancia-cell"
#define HANDLER_KEY "plancia-handler"

struct _PlanciaMapRegisterList
{
  AdwBin parent_instance;

  GtkEditable *search;
  GtkListView *view;

  GtkFilter          *filter;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  char               *wanted; /* folded for comparison; "" finds all */
};

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaMapRegisterList, plancia_map_register_list, ADW_TYPE_BIN)

/* --- cells ----------------------------------------------------------------------------------- */

typedef struct
{
  GtkLabel  *title;
  GtkLabel  *caption;
  GtkWidget *wrong;
  GtkWidget *locked;
  GtkWidget *differs;
} Cell;

static GtkWidget *
add_icon (GtkWidget *box, const char *name, const char *words)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name);

  gtk_widget_set_tooltip_text (icon, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (box), icon);
  return icon;
}

static GtkLabel *
add_label (GtkWidget *box, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class)
    gtk_widget_add_css_class (label, class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  Cell      *cell = g_new0 (Cell, 1);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_top (texts, 3);
  gtk_widget_set_margin_bottom (texts, 3);
  gtk_box_append (GTK_BOX (box), texts);
  cell->title = add_label (texts, NULL);
  cell->caption = add_label (texts, "caption-dim");
  cell->wrong = add_icon (box, "plancia-severity-fault-symbolic", _("Something is wrong"));
  gtk_widget_add_css_class (cell->wrong, "error-ink");
  cell->locked = add_icon (box, "plancia-lock-symbolic", _("Locked: it came from a list"));
  cell->differs = add_icon (box, "document-edit-symbolic", _("Differs from the map that ships"));
  g_object_set_data_full (G_OBJECT (item), CELL_KEY, cell, g_free);
  gtk_list_item_set_child (item, box);
}

static void
refresh (GtkListItem *item)
{
  PlanciaMapEditRow *row = gtk_list_item_get_item (item);
  Cell              *cell = g_object_get_data (G_OBJECT (item), CELL_KEY);
  g_autofree char   *caption = plancia_map_edit_row_get_caption (row);
  const char        *title = plancia_map_edit_row_get_title (row);

  gtk_label_set_text (cell->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell->title), title);
  gtk_label_set_text (cell->caption, caption);
  gtk_widget_set_visible (cell->wrong, plancia_map_edit_row_get_complaint (row, NULL) != NULL);
  gtk_widget_set_visible (cell->locked, plancia_map_edit_row_get_locked (row));
  gtk_widget_set_visible (cell->differs, plancia_map_edit_row_get_differs (row));
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gulong id =
    g_signal_connect_swapped (gtk_list_item_get_item (item), "changed", G_CALLBACK (refresh), item);

  g_object_set_data (G_OBJECT (item), HANDLER_KEY, GSIZE_TO_POINTER (id));
  refresh (item);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gulong id = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (item), HANDLER_KEY));

  g_signal_handler_disconnect (gtk_list_item_get_item (item), id);
}

/* --- search ---------------------------------------------------------------------------------- */

static gboolean
contains (const char *text, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  PlanciaMapRegisterList *self = user_data;
  PlanciaMapEditRow      *row = item;
  g_autofree char        *caption = NULL;

  if (self->wanted[0] == '\0')
    return TRUE;

  caption = plancia_map_edit_row_get_caption (row);
  return contains (plancia_map_edit_row_get_title (row), self->wanted) ||
         contains (plancia_map_edit_row_get_key (row), self->wanted) ||
         contains (caption, self->wanted);
}

static void
search_cb (PlanciaMapRegisterList *self)
{
  g_free (self->wanted);
  self->wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
stop_cb (PlanciaMapRegisterList *self)
{
  if (self->wanted[0] != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

/* A selection whose item the search hides keeps its number, and then nothing can be chosen there: let it go. */
static void
items_cb (PlanciaMapRegisterList *self)
{
  if (!gtk_single_selection_get_selected_item (self->selection))
    gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}

/* --- choosing -------------------------------------------------------------------------------- */

static void
selected_cb (PlanciaMapRegisterList *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* Also one that is chosen already: in a narrow window it opens. */
static void
activate_cb (PlanciaMapRegisterList *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_register_list_dispose (GObject *object)
{
  PlanciaMapRegisterList *self = PLANCIA_MAP_REGISTER_LIST (object);

  if (self->view)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (plancia_map_register_list_parent_class)->dispose (object);
}

static void
plancia_map_register_list_finalize (GObject *object)
{
  g_free (PLANCIA_MAP_REGISTER_LIST (object)->wanted);

  G_OBJECT_CLASS (plancia_map_register_list_parent_class)->finalize (object);
}

static void
plancia_map_register_list_class_init (PlanciaMapRegisterListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_map_register_list_dispose;
  object_class->finalize = plancia_map_register_list_finalize;

  signals[CHOSEN] = plancia_signal_new (PLANCIA_TYPE_MAP_REGISTER_LIST, "chosen", 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-register-list.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterList, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterList, view);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
plancia_map_register_list_init (PlanciaMapRegisterList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->wanted = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection,
                           "notify::selected-item",
                           G_CALLBACK (selected_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered,
                           "items-changed",
                           G_CALLBACK (items_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

void
plancia_map_register_list_set (PlanciaMapRegisterList *self, PlanciaMapEdit *edit)
{
  gtk_filter_list_model_set_model (self->filtered, plancia_map_edit_get_rows (edit));
}

PlanciaMapEditRow *
plancia_map_register_list_get_chosen (PlanciaMapRegisterList *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static guint
place_of (PlanciaMapRegisterList *self, PlanciaMapEditRow *row)
{
  GListModel *model = G_LIST_MODEL (self->filtered);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (PlanciaMapEditRow) other = g_list_model_get_item (model, i);

    if (other == row)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

/**
 * plancia_map_register_list_choose:
 * @row: (nullable): a register of the map
 */
void
plancia_map_register_list_choose (PlanciaMapRegisterList *self, PlanciaMapEditRow *row)
{
  guint place = row ? place_of (self, row) : GTK_INVALID_LIST_POSITION;

  if (row && place == GTK_INVALID_LIST_POSITION) {
    gtk_editable_set_text (self->search, "");
    search_cb (self);
    place = place_of (self, row);
  }
  gtk_single_selection_set_selected (self->selection, place);
  if (place != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", place);
}

void
plancia_map_register_list_search (PlanciaMapRegisterList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
