/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/watch-columns.h"

#include "base/signal-new.h"
#include "ui/column-titles.h"
#include "ui/register-cells.h"

#include <glib/gi18n.h>
#include <math.h>

typedef void (*CellUpdate) (GtkWidget *cell, PlanciaRegisterRow *row);

typedef struct
{
  const char *id;
  const char *title;
  int         width; /* 0: takes the rest */
  int         narrow_width;
  float       xalign;
  const char *css_classes;
  CellUpdate  update; /* NULL: of the device */
} ColumnSpec;

/* clang-format off */
static const ColumnSpec specs[] = {
  {"device", NC_ ("column", "Device"), 150, 112, 0, "numeric", NULL},
  {"name", NC_ ("column", "Name"), 0, 0, 0, "numeric", plancia_register_cell_name_update},
  {"value", NC_ ("column", "Value"), 150, 112, 1, "", plancia_register_cell_value_update},
  {"unit", NC_ ("column", "Unit"), 44, 44, 0, "kv-key", plancia_register_cell_unit_update},
  {"raw", NC_ ("column", "Raw"), 86, 0, 1, "mono kv-key", plancia_register_cell_raw_update},
  {"address", NC_ ("column", "Address"), 62, 0, 0, "mono", plancia_register_cell_address_update},
  {"age", NC_ ("column", "Age"), 54, 0, 1, "kv-key numeric", plancia_register_cell_age_update},
};
/* clang-format on */

struct _PlanciaWatchColumns
{
  GObject parent_instance;

  GtkColumnView *view;  /* weak */
  GHashTable    *cells; /* cell -> its row, both borrowed */
  guint          tick;
};

enum {
  SIGNAL_DROPPED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaWatchColumns, plancia_watch_columns, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static const ColumnSpec *
spec_of (GtkWidget *cell)
{
  return g_object_get_data (G_OBJECT (cell), "spec");
}

static gboolean
is_column (GtkWidget *cell, const char *id)
{
  return g_str_equal (spec_of (cell)->id, id);
}

/* --- cells ----------------------------------------------------------------------------------- */

static void
set_old (GtkWidget *cell, PlanciaWatchRow *row)
{
  gboolean live = plancia_device_get_mark (plancia_watch_row_get_device (row)) == PLANCIA_MARK_LIVE;

  if (live)
    gtk_widget_remove_css_class (cell, "old-reading");
  else
    gtk_widget_add_css_class (cell, "old-reading");
}

static void
show_device (GtkWidget *cell, PlanciaWatchRow *row)
{
  PlanciaDevice   *device = plancia_watch_row_get_device (row);
  g_autofree char *route = plancia_device_dup_route (device);

  plancia_register_cell_set_text (cell, plancia_device_get_name (device));
  gtk_widget_set_tooltip_text (cell, route);
}

/* The map is not there, or has no such register. */
static void
show_nothing (GtkWidget *cell, PlanciaWatchRow *row)
{
  const char *text = "";

  if (is_column (cell, "name"))
    text = plancia_watch_row_get_key (row);
  else if (is_column (cell, "value") || is_column (cell, "age"))
    text = "\xe2\x80\x94";
  plancia_register_cell_set_text (is_column (cell, "value") ? gtk_widget_get_first_child (cell)
                                                            : cell,
                                  text);
}

static void
update_cell (GtkWidget *cell, PlanciaWatchRow *row)
{
  PlanciaRegisterRow *shown = plancia_watch_row_get_register (row);

  g_object_set_data (G_OBJECT (cell), "row", shown);
  if (spec_of (cell)->update == NULL)
    show_device (cell, row);
  else if (shown == NULL)
    show_nothing (cell, row);
  else
    spec_of (cell)->update (cell, shown);
  if (is_column (cell, "value"))
    set_old (cell, row);
}

static void
on_moved (PlanciaWatchRow *row, GParamSpec *pspec, GtkWidget *cell)
{
  update_cell (cell, row);
}

/* --- dragging -------------------------------------------------------------------------------- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, PlanciaWatchColumns *self)
{
  GtkWidget       *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  PlanciaWatchRow *row = g_hash_table_lookup (self->cells, cell);
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (cell);

  if (row == NULL)
    return NULL;
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (PLANCIA_TYPE_WATCH_ROW, row);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, PlanciaWatchColumns *self)
{
  GtkWidget       *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  PlanciaWatchRow *before = g_hash_table_lookup (self->cells, cell);

  if (before == NULL || !G_VALUE_HOLDS (value, PLANCIA_TYPE_WATCH_ROW))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, g_value_get_object (value), before);
  return TRUE;
}

static void
add_dragging (PlanciaWatchColumns *self, GtkWidget *cell)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (PLANCIA_TYPE_WATCH_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (target));
}

/* --- factory --------------------------------------------------------------------------------- */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, PlanciaWatchColumns *self)
{
  const ColumnSpec *spec = g_object_get_data (G_OBJECT (factory), "spec");
  GtkWidget        *cell = spec->update == plancia_register_cell_value_update
                             ? plancia_register_cell_value_new ()
                             : plancia_register_cell_text_new (spec->xalign, spec->css_classes);

  g_object_set_data (G_OBJECT (cell), "spec", (gpointer) spec);
  if (is_column (cell, "device") || is_column (cell, "name"))
    add_dragging (self, cell);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, PlanciaWatchColumns *self)
{
  GtkWidget       *cell = gtk_list_item_get_child (item);
  PlanciaWatchRow *row = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (cell), "item", row);
  g_hash_table_insert (self->cells, cell, row);
  g_signal_connect (row, "notify::serial", G_CALLBACK (on_moved), cell);
  update_cell (cell, row);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, PlanciaWatchColumns *self)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), cell);
  g_object_set_data (G_OBJECT (cell), "item", NULL);
  g_object_set_data (G_OBJECT (cell), "row", NULL);
  g_hash_table_remove (self->cells, cell);
}

/* --- time ------------------------------------------------------------------------------------ */

static gboolean
on_tick (gpointer user_data)
{
  PlanciaWatchColumns *self = user_data;
  GHashTableIter       iter;
  gpointer             cell, row;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, &row)) {
    PlanciaRegisterRow *shown = plancia_watch_row_get_register (row);

    if (is_column (cell, "value"))
      set_old (cell, row);
    if (shown != NULL && is_column (cell, "value"))
      plancia_register_cell_value_mark (cell, shown);
    else if (shown != NULL && is_column (cell, "age"))
      plancia_register_cell_age_update (cell, shown);
  }
  return G_SOURCE_CONTINUE;
}

static void
on_map (PlanciaWatchColumns *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, on_tick, self);
  on_tick (self);
}

static void
on_unmap (PlanciaWatchColumns *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_watch_columns_dispose (GObject *object)
{
  PlanciaWatchColumns *self = PLANCIA_WATCH_COLUMNS (object);

  on_unmap (self);
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (plancia_watch_columns_parent_class)->dispose (object);
}

static void
plancia_watch_columns_finalize (GObject *object)
{
  g_hash_table_unref (PLANCIA_WATCH_COLUMNS (object)->cells);

  G_OBJECT_CLASS (plancia_watch_columns_parent_class)->finalize (object);
}

static void
plancia_watch_columns_class_init (PlanciaWatchColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_watch_columns_dispose;
  object_class->finalize = plancia_watch_columns_finalize;

  signals[SIGNAL_DROPPED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass),
                                                "dropped",
                                                2,
                                                PLANCIA_TYPE_WATCH_ROW,
                                                PLANCIA_TYPE_WATCH_ROW);
}

static void
plancia_watch_columns_init (PlanciaWatchColumns *self)
{
  self->cells = g_hash_table_new (NULL, NULL);
}

static void
add_column (PlanciaWatchColumns *self, const ColumnSpec *spec)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "spec", (gpointer) spec);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  column = gtk_column_view_column_new (g_dpgettext2 (GETTEXT_PACKAGE, "column", spec->title),
                                       factory);
  gtk_column_view_column_set_expand (column, spec->width == 0);
  if (spec->xalign == 1)
    plancia_column_titles_set_numbers (column);
  gtk_column_view_append_column (self->view, column);
}

PlanciaWatchColumns *
plancia_watch_columns_new (GtkColumnView *view)
{
  PlanciaWatchColumns *self = g_object_new (PLANCIA_TYPE_WATCH_COLUMNS, NULL);

  g_set_weak_pointer (&self->view, view);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    add_column (self, &specs[i]);
  plancia_column_titles_align (view);
  g_signal_connect_object (view, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * plancia_watch_columns_arrange:
 *
 * GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none.
 */
void
plancia_watch_columns_arrange (PlanciaWatchColumns *self, gboolean narrow, double scale)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    int      width = narrow ? specs[i].narrow_width : specs[i].width;
    gboolean shown = width > 0 || specs[i].width == 0;

    if (specs[i].width > 0)
      gtk_column_view_column_set_fixed_width (column, (int) round (width * scale));
    gtk_column_view_column_set_visible (column, shown);
  }
}
