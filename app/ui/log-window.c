/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-window.h"

#include "ui/diagnostics-dialog.h"
#include "ui/log-row.h"

#include <glib/gi18n.h>

#define REFRESH 500 /* ms; lines come from any thread, at any moment */

struct _PlanciaLogWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkEditable     *search;
  GtkDropDown     *level;
  GtkStack        *stack;
  GtkListView     *list;

  PlanciaSession     *session;
  GListStore         *items; /* the newest first */
  GtkFilter          *filter;
  GtkFilterListModel *shown;
  guint64             change; /* of the log, when items were made */
  guint               refresh_id;
};

G_DEFINE_FINAL_TYPE (PlanciaLogWindow, plancia_log_window, ADW_TYPE_WINDOW)

/* --- lines ----------------------------------------------------------------------------------- */

static PlanciaLogItem *
get_item (GListModel *model, guint i)
{
  PlanciaLogItem *item = g_list_model_get_item (model, i);

  /* The list keeps it. */
  if (item)
    g_object_unref (item);
  return item;
}

/* What is there already, from the first line of the list on: the log only grows at its end. */
static guint
count_known (PlanciaLogWindow *self, GPtrArray *lines)
{
  guint known = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++) {
    const PlanciaLogLine *line =
      plancia_log_item_get_line (get_item (G_LIST_MODEL (self->items), i));
    gint64 index = (gint64) (line->number - ((PlanciaLogLine *) lines->pdata[0])->number);

    if (index < 0)
      break;
    if (index < lines->len && lines->pdata[index] == line)
      known++;
  }
  return known;
}

/* The known ones stand together at the end of the list but for those that fell out of the log. */
static void
update_items (PlanciaLogWindow *self, GPtrArray *lines)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint known = lines->len > 0 ? count_known (self, lines) : 0;
  guint changed = 0;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = lines->len; i > known; i--)
    g_ptr_array_add (fresh, plancia_log_item_new (lines->pdata[i - 1]));
  /* The last one came once more. */
  if (n > 0 && lines->len > 0) {
    const PlanciaLogLine *last =
      plancia_log_item_get_line (get_item (G_LIST_MODEL (self->items), 0));
    gint64 index = (gint64) (last->number - ((PlanciaLogLine *) lines->pdata[0])->number);

    changed = index >= 0 && index < lines->len && lines->pdata[index] != last;
  }
  if (n > known + changed)
    g_list_store_splice (self->items, known + changed, n - known - changed, NULL, 0);
  g_list_store_splice (self->items, 0, changed, fresh->pdata, fresh->len);
}

static void
update_stack (PlanciaLogWindow *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static gboolean
refresh_cb (gpointer user_data)
{
  PlanciaLogWindow *self = user_data;
  guint64           change = plancia_log_get_change ();
  g_autoptr (GPtrArray) lines = NULL;

  if (change == self->change)
    return G_SOURCE_CONTINUE;
  self->change = change;
  lines = plancia_log_list ();
  update_items (self, lines);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  PlanciaLogWindow *self = user_data;
  guint             level = plancia_log_item_get_line (item)->level;

  return level >= gtk_drop_down_get_selected (self->level) &&
         plancia_log_item_matches (item, gtk_editable_get_text (self->search));
}

static void
filter_cb (PlanciaLogWindow *self)
{
  /* While the template is built. */
  if (self->filter)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* --- rows ------------------------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (PLANCIA_TYPE_LOG_ROW, NULL));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  plancia_log_row_set_item (PLANCIA_LOG_ROW (gtk_list_item_get_child (item)),
                            gtk_list_item_get_item (item));
}

static void
init_list (PlanciaLogWindow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel  *selection;

  self->items = g_list_store_new (PLANCIA_TYPE_LOG_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)),
                                           g_object_ref (self->filter));
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (update_stack), self);
  selection =
    GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, selection);
  g_object_unref (factory);
  g_object_unref (selection);
}

/* --- actions --------------------------------------------------------------------------------- */

static gboolean
is_wanted (GtkSelectionModel *selection, guint i, gboolean selected_only)
{
  return !selected_only || gtk_selection_model_is_selected (selection, i);
}

/* Lines that are selected, or all if none is. */
char *
plancia_log_window_dup_text (PlanciaLogWindow *self)
{
  GtkSelectionModel *selection = gtk_list_view_get_model (self->list);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  GString *text = g_string_new (NULL);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i > 0; i--) {
    PlanciaLogItem  *item = get_item (G_LIST_MODEL (self->shown), i - 1);
    g_autofree char *line = plancia_log_line_dup_text (plancia_log_item_get_line (item));

    if (is_wanted (selection, i - 1, !gtk_bitset_is_empty (selected)))
      g_string_append_printf (text, "%s\n", line);
  }
  return g_string_free (text, FALSE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaLogWindow *self = PLANCIA_LOG_WINDOW (widget);
  g_autofree char  *text = plancia_log_window_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied")));
}

static void
diagnostics_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaLogWindow *self = PLANCIA_LOG_WINDOW (widget);

  gtk_window_present (
    plancia_diagnostics_dialog_new (GTK_WINDOW (self), plancia_session_get_plant (self->session)));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLANCIA_LOG_WINDOW (widget)->search));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_log_window_dispose (GObject *object)
{
  PlanciaLogWindow *self = PLANCIA_LOG_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->shown)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  G_OBJECT_CLASS (plancia_log_window_parent_class)->dispose (object);
}

static void
plancia_log_window_finalize (GObject *object)
{
  PlanciaLogWindow *self = PLANCIA_LOG_WINDOW (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (plancia_log_window_parent_class)->finalize (object);
}

static void
plancia_log_window_class_init (PlanciaLogWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_log_window_dispose;
  object_class->finalize = plancia_log_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/log-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogWindow, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogWindow, level);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaLogWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_install_action (widget_class, "log.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "log.diagnostics", NULL, diagnostics_action);
  gtk_widget_class_install_action (widget_class, "log.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "log.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_f,
                                       GDK_CONTROL_MASK,
                                       "log.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_log_window_init (PlanciaLogWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  init_list (self);
  refresh_cb (self);
  update_stack (self);
  self->refresh_id = g_timeout_add (REFRESH, refresh_cb, self);
}

/**
 * plancia_log_window_new:
 * @session: whose plant the diagnostics describe
 *
 * Returns: (transfer floating): the window, not yet shown
 */
GtkWindow *
plancia_log_window_new (PlanciaSession *session)
{
  PlanciaLogWindow *self = g_object_new (PLANCIA_TYPE_LOG_WINDOW, NULL);

  self->session = g_object_ref (session);
  return GTK_WINDOW (self);
}

/**
 * plancia_log_window_show:
 * @parent: the window of the program; the log goes with it
 * @session: whose plant the diagnostics describe
 */
void
plancia_log_window_show (GtkWindow *parent, PlanciaSession *session)
{
  static GtkWindow *window;

  if (!window) {
    window = plancia_log_window_new (session);
    g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    gtk_window_set_application (window, gtk_window_get_application (parent));
    g_signal_connect_object (parent,
                             "destroy",
                             G_CALLBACK (gtk_window_destroy),
                             window,
                             G_CONNECT_SWAPPED);
  }
  gtk_window_present (window);
}
