/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plants-window.h"

#include "base/clock.h"
#include "ui/error-text.h"
#include "ui/plant-saver.h"
#include "ui/plants-columns.h"
#include "ui/settings.h"
#include "ui/window.h"

#include <glib/gi18n.h>

/* An open plant is saved by its keeper a moment later. */
#define SAVED_BY 1500

struct _PlanciaPlantsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkSpinner      *spinner;
  GtkSearchEntry  *search;
  GtkStack        *stack;
  GtkColumnView   *view;
  GtkWidget       *detail;
  GtkLabel        *name_label;
  GtkLabel        *path_label;
  GtkLabel        *notes_label;
  GtkWidget       *writing;
  GtkEditable     *tags_entry;
  GtkEditable     *note_entry;

  GtkWindow          *parent; /* weak: in which plants are opened */
  PlanciaSession     *session;
  PlanciaRoster      *roster;
  GtkFilter          *filter;
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;
  char               *wanted; /* path of the line that was selected */
  guint               reload_id;
};

G_DEFINE_FINAL_TYPE (PlanciaPlantsWindow, plancia_plants_window, ADW_TYPE_WINDOW)

static PlanciaRosterItem *
get_selected (PlanciaPlantsWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/* --- showing ------------------------------------------------------------------------------------- */

static gboolean
is_shown (gpointer item, gpointer user_data)
{
  PlanciaPlantsWindow *self = user_data;

  return plancia_roster_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
update_stack (PlanciaPlantsWindow *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->roster));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  gtk_stack_set_visible_child_name (self->stack,
                                    all == 0     ? "empty"
                                    : shown == 0 ? "nothing"
                                                 : "list");
}

static void
filter_cb (PlanciaPlantsWindow *self)
{
  if (self->filter == NULL)
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_stack (self);
}

static void
show_detail (PlanciaPlantsWindow *self)
{
  PlanciaRosterItem        *item = get_selected (self);
  const PlanciaRosterFacts *facts = item != NULL ? plancia_roster_item_get_facts (item) : NULL;
  g_autofree char *tags = facts != NULL && facts->tags != NULL ? g_strjoinv (", ", facts->tags)
                                                               : NULL;

  gtk_widget_set_visible (self->detail, item != NULL);
  if (item == NULL)
    return;
  g_free (self->wanted);
  self->wanted = g_strdup (plancia_roster_item_get_path (item));
  gtk_label_set_text (self->name_label, plancia_roster_item_get_name (item));
  gtk_label_set_text (self->path_label,
                      facts->error != NULL ? facts->error : plancia_roster_item_get_path (item));
  gtk_label_set_text (self->notes_label, facts->notes != NULL ? facts->notes : "");
  gtk_widget_set_visible (
    gtk_widget_get_ancestor (GTK_WIDGET (self->notes_label), GTK_TYPE_SCROLLED_WINDOW),
    facts->notes != NULL && *facts->notes != '\0');
  gtk_widget_set_sensitive (self->writing, facts->name != NULL);
  if (!gtk_widget_has_focus (GTK_WIDGET (self->tags_entry)))
    gtk_editable_set_text (self->tags_entry, tags != NULL ? tags : "");
}

static void
loading_cb (PlanciaPlantsWindow *self)
{
  gboolean loading = plancia_roster_get_loading (self->roster);

  gtk_spinner_set_spinning (self->spinner, loading);
  if (loading)
    return;
  /* What is known now may put lines elsewhere, and match other words. */
  gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
  filter_cb (self);
  show_detail (self);
}

/* The line that was selected is another object after it was read again. */
static void
select_wanted (PlanciaPlantsWindow *self)
{
  GListModel *list = G_LIST_MODEL (self->selection);

  for (guint i = 0; self->wanted != NULL && i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (list, i);

    if (g_str_equal (plancia_roster_item_get_path (item), self->wanted)) {
      gtk_single_selection_set_selected (self->selection, i);
      return;
    }
  }
}

void
plancia_plants_window_load (PlanciaPlantsWindow *self, const char *const *paths)
{
  g_auto (GStrv) kept = g_settings_get_strv (plancia_settings_get (), "plants");

  plancia_roster_load (self->roster, paths != NULL ? paths : (const char *const *) kept);
  update_stack (self);
  select_wanted (self);
}

/* --- opening and taking off -------------------------------------------------------------------- */

static void
open_item (PlanciaPlantsWindow *self, PlanciaRosterItem *item)
{
  if (self->parent == NULL || item == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self->parent),
                              "win.open-recent",
                              "s",
                              plancia_roster_item_get_path (item));
  gtk_window_present (self->parent);
}

static void
activate_cb (PlanciaPlantsWindow *self, guint position)
{
  g_autoptr (PlanciaRosterItem)
    item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  open_item (self, item);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_item (PLANCIA_PLANTS_WINDOW (widget), get_selected (PLANCIA_PLANTS_WINDOW (widget)));
}

/* The file stays. */
static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaPlantsWindow *self = PLANCIA_PLANTS_WINDOW (widget);
  PlanciaRosterItem   *item = get_selected (self);
  g_auto (GStrv) old = g_settings_get_strv (plancia_settings_get (), "plants");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; item != NULL && old[i] != NULL; i++)
    if (!g_str_equal (old[i], plancia_roster_item_get_path (item)))
      g_strv_builder_add (builder, old[i]);
  paths = g_strv_builder_end (builder);
  if (item == NULL)
    return;
  g_settings_set_strv (plancia_settings_get (), "plants", (const char *const *) paths);
  plancia_plants_window_load (self, NULL);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_plants_window_load (PLANCIA_PLANTS_WINDOW (widget), NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (PLANCIA_PLANTS_WINDOW (widget)->search));
}

/* --- tags and notes ------------------------------------------------------------------------------ */

static void
reload (PlanciaPlantsWindow *self)
{
  GListModel *list = G_LIST_MODEL (self->roster);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (list, i);

    g_strv_builder_add (builder, plancia_roster_item_get_path (item));
  }
  paths = g_strv_builder_end (builder);
  plancia_plants_window_load (self, (const char *const *) paths);
}

static gboolean
reload_cb (gpointer user_data)
{
  PlanciaPlantsWindow *self = user_data;

  self->reload_id = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaPlantsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (plancia_roster_write_finish (PLANCIA_ROSTER (source), result, &error))
    reload (self);
  else
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (plancia_error_text (error)));
}

/* The document of a plant that is open is the one that is saved. */
static PlanciaOpenPlant *
find_open (PlanciaPlantsWindow *self, const char *path)
{
  PlanciaPlantKeeper *keeper = self->parent != NULL && PLANCIA_IS_WINDOW (self->parent)
                                 ? plancia_window_get_keeper (PLANCIA_WINDOW (self->parent))
                                 : NULL;

  if (keeper == NULL || g_strcmp0 (plancia_plant_keeper_get_path (keeper), path) != 0)
    return NULL;
  return plancia_session_get_plant (self->session);
}

static char *
dup_today (void)
{
  g_autoptr (GDateTime)
    now = g_date_time_new_from_unix_local (plancia_clock_now () / PLANCIA_SECOND);

  return g_date_time_format (now, "%Y-%m-%d");
}

static void
write_cb (PlanciaPlantsWindow *self)
{
  PlanciaRosterItem *item = get_selected (self);
  g_autofree char   *date = dup_today ();
  const char        *tags = gtk_editable_get_text (self->tags_entry);
  g_autofree char   *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note_entry)));
  PlanciaOpenPlant  *open;

  if (item == NULL)
    return;
  open = find_open (self, plancia_roster_item_get_path (item));
  if (open != NULL) {
    plancia_roster_write_into (plancia_open_plant_get_plant (open), tags, date, note);
    g_signal_emit_by_name (open, "document-changed");
    g_clear_handle_id (&self->reload_id, g_source_remove);
    self->reload_id = g_timeout_add (SAVED_BY, reload_cb, self);
  } else {
    plancia_roster_write_async (self->roster,
                                item,
                                tags,
                                date,
                                note,
                                written_cb,
                                g_object_ref (self));
  }
  gtk_editable_set_text (self->note_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->note_entry));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_plants_window_dispose (GObject *object)
{
  PlanciaPlantsWindow *self = PLANCIA_PLANTS_WINDOW (object);

  g_clear_handle_id (&self->reload_id, g_source_remove);
  if (self->roster != NULL) {
    g_signal_handlers_disconnect_by_data (self->roster, self);
    plancia_roster_stop (self->roster);
  }
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_weak_pointer (&self->parent);
  G_OBJECT_CLASS (plancia_plants_window_parent_class)->dispose (object);
}

static void
plancia_plants_window_finalize (GObject *object)
{
  PlanciaPlantsWindow *self = PLANCIA_PLANTS_WINDOW (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->roster);
  g_clear_object (&self->session);
  g_free (self->wanted);
  G_OBJECT_CLASS (plancia_plants_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/plants-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, path_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, notes_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, writing);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, tags_entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantsWindow, note_entry);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, write_cb);
}

static void
plancia_plants_window_class_init (PlanciaPlantsWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_plants_window_dispose;
  object_class->finalize = plancia_plants_window_finalize;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "plants.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "plants.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "plants.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "plants.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "plants.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_f,
                                       GDK_CONTROL_MASK,
                                       "plants.search",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_plants_window_init (PlanciaPlantsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
init_list (PlanciaPlantsWindow *self)
{
  g_autoptr (GtkSortListModel) sorted = NULL;

  plancia_plants_columns_add (self->view);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->roster)),
                                           g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->shown)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (sorted)));
  g_signal_connect_swapped (self->selection,
                            "notify::selected-item",
                            G_CALLBACK (show_detail),
                            self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

/**
 * plancia_plants_window_new:
 * @parent: (nullable): the window in which plants are opened
 * @session: of it
 * @store: the history of all plants
 *
 * Returns: (transfer floating): the window, not yet shown, with nothing in it
 */
GtkWindow *
plancia_plants_window_new (GtkWindow *parent, PlanciaSession *session, PlanciaStore *store)
{
  PlanciaPlantsWindow *self = g_object_new (PLANCIA_TYPE_PLANTS_WINDOW, NULL);

  g_set_weak_pointer (&self->parent, parent);
  self->session = g_object_ref (session);
  self->roster = plancia_roster_new (store);
  g_signal_connect_swapped (self->roster, "notify::loading", G_CALLBACK (loading_cb), self);
  init_list (self);
  return GTK_WINDOW (self);
}

PlanciaRoster *
plancia_plants_window_get_roster (PlanciaPlantsWindow *self)
{
  return self->roster;
}

/**
 * plancia_plants_window_show:
 * @parent: the window of the program; the list goes with it
 * @session: of it
 */
void
plancia_plants_window_show (GtkWindow *parent, PlanciaSession *session)
{
  static GtkWindow *window;

  if (window == NULL) {
    g_autofree char *path = plancia_plant_saver_dup_data_path ("history.sqlite");
    g_autoptr (PlanciaStore) store = plancia_store_new (path);

    window = plancia_plants_window_new (parent, session, store);
    g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
    gtk_window_set_application (window, gtk_window_get_application (parent));
    g_signal_connect_object (parent,
                             "destroy",
                             G_CALLBACK (gtk_window_destroy),
                             window,
                             G_CONNECT_SWAPPED);
  }
  plancia_plants_window_load (PLANCIA_PLANTS_WINDOW (window), NULL);
  gtk_window_present (window);
}
