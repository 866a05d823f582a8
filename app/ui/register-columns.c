/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-columns.h"

#include "base/signal-new.h"
#include "ui/register-cells.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <math.h>

#define N_COLUMNS    8
#define COLUMNS_KEY  "register-columns"
#define WIDTHS_KEY   "register-widths"
#define LARGE_TEXT   1.25
#define NARROW_VALUE 172
#define WIDEST       1000
/* Cells that are brought up to date in one frame: seen ones, all. */
#define SEEN_A_FRAME  8
#define CELLS_A_FRAME 100

typedef void (*CellUpdate) (GtkWidget *cell, PlanciaRegisterRow *row);

typedef struct
{
  const char *id;
  const char *title; /* in the header; English */
  const char *name;  /* in the menu and for screen readers; English */
  int         width; /* 0: takes the rest */
  float       xalign;
  const char *css_classes;
  CellUpdate  update;
  gboolean    moves;    /* follows the row, not only shows it */
  gboolean    draws;    /* it looks otherwise whenever the value moves */
  gboolean    movable;  /* a person may change the width */
  gboolean    hideable; /* and the visibility; hidden when narrow */
} ColumnSpec;

/* clang-format off */
static const ColumnSpec specs[N_COLUMNS] = {
  {"star", "", N_ ("Favourite"), 36, .5f, "",
   plancia_register_cell_star_update, TRUE, FALSE, FALSE, FALSE},
  {"name", NC_ ("column", "Name"), N_ ("Name"), 0, 0, "numeric",
   plancia_register_cell_name_update, FALSE, FALSE, FALSE, FALSE},
  {"value", NC_ ("column", "Value"), N_ ("Value"), 180, 1, "",
   plancia_register_cell_value_update, TRUE, TRUE, TRUE, FALSE},
  {"unit", NC_ ("column", "Unit"), N_ ("Unit"), 44, 0, "kv-key",
   plancia_register_cell_unit_update, FALSE, FALSE, FALSE, FALSE},
  {"raw", NC_ ("column", "Raw"), N_ ("Raw words"), 86, 1, "mono kv-key",
   plancia_register_cell_raw_update, TRUE, TRUE, TRUE, TRUE},
  {"address", NC_ ("column", "Address"), N_ ("Address"), 62, 0, "mono",
   plancia_register_cell_address_update, FALSE, FALSE, FALSE, TRUE},
  /* TRANSLATORS: head of a narrow column: whether a register can be read and written */
  {"access", NC_ ("column", "R/W"), N_ ("Read or write"), 42, .5f, "numeric",
   plancia_register_cell_access_update, FALSE, FALSE, FALSE, TRUE},
  /* TRANSLATORS: head of a narrow column: how long ago the value was read */
  {"age", NC_ ("column", "Age"), N_ ("Age"), 54, 1, "kv-key numeric",
   plancia_register_cell_age_update, TRUE, FALSE, FALSE, TRUE},
};
/* clang-format on */

typedef struct
{
  PlanciaRegisterColumns *owner; /* weak by nature: the columns die with it */
  const ColumnSpec       *spec;
  GtkColumnViewColumn    *column;
  GtkWidget              *title;
  gboolean                shown; /* what the person wants */
  int                     width; /* at the usual text size */
} Column;

struct _PlanciaRegisterColumns
{
  GObject parent_instance;

  GtkColumnView *view;
  Column         columns[N_COLUMNS];
  GHashTable    *names;  /* row -> its name cell, both borrowed */
  GHashTable    *ages;   /* age cell -> its row, both borrowed */
  GHashTable    *values; /* value cell -> its row, both borrowed */
  guint          tick;
  GHashTable    *dirty;   /* cells that wait for a frame, borrowed */
  GQueue         waiting; /* the same in their order, and perhaps some that are gone */
  guint          frames;  /* tick callback while any waits */
  gboolean       narrow;
  gboolean       arranging; /* widths that change now are ours */
  double         scale;
};

enum {
  SIGNAL_STAR,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterColumns, plancia_register_columns, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- cells ----------------------------------------------------------------------------------- */

static void
on_star_clicked (GtkWidget *cell, PlanciaRegisterColumns *self)
{
  PlanciaRegisterRow *row = g_object_get_data (G_OBJECT (cell), "row");

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_STAR], 0, row, !plancia_register_row_get_starred (row));
}

static GtkWidget *
make_cell (Column *column)
{
  GtkWidget *cell;

  if (g_str_equal (column->spec->id, "value"))
    return plancia_register_cell_value_new ();
  if (!g_str_equal (column->spec->id, "star")) {
    cell = plancia_register_cell_text_new (column->spec->xalign, column->spec->css_classes);
    /* Many names differ by the number at their end only. */
    if (g_str_equal (column->spec->id, "name"))
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                         GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
    return cell;
  }
  cell = plancia_register_cell_star_new ();
  g_signal_connect_object (cell, "clicked", G_CALLBACK (on_star_clicked), column->owner, 0);
  return cell;
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  gtk_list_item_set_child (item, make_cell (column));
}

static void
update_cell (Column *column, GtkWidget *cell, PlanciaRegisterRow *row)
{
  column->spec->update (cell, row);
  if (g_str_equal (column->spec->id, "value"))
    plancia_register_cell_tint (cell, row);
}

static gboolean
is_on_screen (GtkWidget *cell, GtkWidget *view)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (cell) || !gtk_widget_compute_bounds (cell, view, &bounds))
    return FALSE;
  return bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (view);
}

/* --- a few cells a frame --------------------------------------------------------------------- */

static void
update_bound (GtkWidget *cell)
{
  update_cell (g_object_get_data (G_OBJECT (cell), "column"),
               cell,
               g_object_get_data (G_OBJECT (cell), "row"));
}

/* Those that are seen cost: their texts are laid out and drawn. Others cost next to nothing, but there are many. */
static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaRegisterColumns *self = user_data;
  guint                   seen = 0;

  for (guint n = 0; n < CELLS_A_FRAME && seen < SEEN_A_FRAME; n++) {
    GtkWidget *cell = g_queue_pop_head (&self->waiting);

    if (cell == NULL)
      break;
    /* One that was let go meanwhile stands in the queue only. */
    if (!g_hash_table_remove (self->dirty, cell))
      continue;
    seen += is_on_screen (cell, view);
    update_bound (cell);
  }
  if (!g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;
  self->frames = 0;
  return G_SOURCE_REMOVE;
}

static void
update_waiting (PlanciaRegisterColumns *self)
{
  GHashTableIter iter;
  gpointer       cell;

  if (self->frames != 0 && self->view != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->frames);
  self->frames = 0;
  g_queue_clear (&self->waiting);
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &cell, NULL)) {
    update_bound (cell);
    g_hash_table_iter_remove (&iter);
  }
}

/* In a flood every value on the screen may move at once, again and again: what is drawn in one frame is bounded. */
static void
wait_for_frame (PlanciaRegisterColumns *self, GtkWidget *cell)
{
  if (!g_hash_table_add (self->dirty, cell))
    return;
  g_queue_push_tail (&self->waiting, cell);
  if (self->frames == 0)
    self->frames = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), on_frame, self, NULL);
}

static void
on_row_moved (PlanciaRegisterRow *row, GParamSpec *pspec, GtkWidget *cell)
{
  Column *column = g_object_get_data (G_OBJECT (cell), "column");

  if (column->spec->draws && gtk_widget_get_mapped (GTK_WIDGET (column->owner->view)))
    wait_for_frame (column->owner, cell);
  else
    update_cell (column, cell, row);
}

/* --- binding --------------------------------------------------------------------------------- */

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget          *cell = gtk_list_item_get_child (item);
  PlanciaRegisterRow *row = gtk_list_item_get_item (item);

  g_object_set_data (G_OBJECT (cell), "row", row);
  g_object_set_data (G_OBJECT (cell), "item", row);
  g_object_set_data (G_OBJECT (cell), "column", column);
  if (column->spec->moves)
    g_signal_connect (row, "notify::serial", G_CALLBACK (on_row_moved), cell);
  if (g_str_equal (column->spec->id, "name"))
    g_hash_table_insert (column->owner->names, row, cell);
  if (g_str_equal (column->spec->id, "age"))
    g_hash_table_insert (column->owner->ages, cell, row);
  if (g_str_equal (column->spec->id, "value"))
    g_hash_table_insert (column->owner->values, cell, row);
  update_cell (column, cell, row);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget          *cell = gtk_list_item_get_child (item);
  PlanciaRegisterRow *row = g_object_steal_data (G_OBJECT (cell), "row");

  if (row == NULL)
    return;
  g_object_set_data (G_OBJECT (cell), "item", NULL);
  g_hash_table_remove (column->owner->dirty, cell);
  g_signal_handlers_disconnect_by_data (row, cell);
  if (g_str_equal (column->spec->id, "value"))
    plancia_register_cell_tint (cell, NULL);
  if (g_str_equal (column->spec->id, "name") &&
      g_hash_table_lookup (column->owner->names, row) == cell)
    g_hash_table_remove (column->owner->names, row);
  if (g_str_equal (column->spec->id, "age"))
    g_hash_table_remove (column->owner->ages, cell);
  if (g_str_equal (column->spec->id, "value"))
    g_hash_table_remove (column->owner->values, cell);
}

/* --- ages ------------------------------------------------------------------------------------ */

static gboolean
on_tick (gpointer user_data)
{
  PlanciaRegisterColumns *self = user_data;
  GHashTableIter          iter;
  gpointer                cell, row;

  g_hash_table_iter_init (&iter, self->ages);
  while (g_hash_table_iter_next (&iter, &cell, &row))
    if (is_on_screen (cell, GTK_WIDGET (self->view)))
      wait_for_frame (self, cell);
  /* What moved is not marked for ever. */
  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &cell, &row))
    plancia_register_cell_value_mark (cell, row);
  return G_SOURCE_CONTINUE;
}

/* Cells that come into sight are at most a second behind. */
static void
on_map (PlanciaRegisterColumns *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add_seconds (1, on_tick, self);
  on_tick (self);
}

static void
on_unmap (PlanciaRegisterColumns *self)
{
  update_waiting (self);
  g_clear_handle_id (&self->tick, g_source_remove);
}

/* --- widths and visibility ------------------------------------------------------------------- */

static int
width_of (PlanciaRegisterColumns *self, const Column *column)
{
  if (self->narrow && g_str_equal (column->spec->id, "value"))
    return NARROW_VALUE;
  return column->width;
}

static gboolean
is_shown (PlanciaRegisterColumns *self, const Column *column)
{
  if (!column->spec->hideable)
    return TRUE;
  if (self->narrow || !column->shown)
    return FALSE;
  return self->scale < LARGE_TEXT || !g_str_equal (column->spec->id, "raw");
}

/* GTK 4.8 counts the width of hidden columns too when it shares out the rest: they get none. */
static void
arrange (PlanciaRegisterColumns *self)
{
  self->arranging = TRUE;
  for (guint i = 0; i < N_COLUMNS; i++) {
    Column  *column = &self->columns[i];
    gboolean shown = is_shown (self, column);
    int      width = (int) round (width_of (self, column) * MAX (self->scale, 1));

    if (column->spec->width > 0)
      gtk_column_view_column_set_fixed_width (column->column, shown ? width : 0);
    gtk_column_view_column_set_visible (column->column, shown);
  }
  self->arranging = FALSE;
}

static void
save_widths (PlanciaRegisterColumns *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = 0; i < N_COLUMNS; i++)
    if (specs[i].movable && self->columns[i].width != specs[i].width)
      g_variant_builder_add (&builder, "{si}", specs[i].id, self->columns[i].width);
  g_settings_set_value (plancia_settings_get (), WIDTHS_KEY, g_variant_builder_end (&builder));
}

/* A person dragged the edge of a column. */
static void
on_width (GtkColumnViewColumn *gtk_column, GParamSpec *pspec, Column *column)
{
  PlanciaRegisterColumns *self = column->owner;
  int                     width = gtk_column_view_column_get_fixed_width (gtk_column);

  if (self->arranging || self->narrow || width <= 0)
    return;
  column->width = (int) round (width / MAX (self->scale, 1));
  save_widths (self);
}

static void
load_settings (PlanciaRegisterColumns *self)
{
  g_autoptr (GVariant) shown = g_settings_get_value (plancia_settings_get (), COLUMNS_KEY);
  g_autoptr (GVariant) widths = g_settings_get_value (plancia_settings_get (), WIDTHS_KEY);

  for (guint i = 0; i < N_COLUMNS; i++) {
    Column *column = &self->columns[i];

    column->shown = TRUE;
    column->width = column->spec->width;
    g_variant_lookup (shown, column->spec->id, "b", &column->shown);
    if (column->spec->movable)
      g_variant_lookup (widths, column->spec->id, "i", &column->width);
    column->width = CLAMP (column->width, 0, WIDEST);
  }
}

static void
save_shown (PlanciaRegisterColumns *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  for (guint i = 0; i < N_COLUMNS; i++)
    if (specs[i].hideable)
      g_variant_builder_add (&builder, "{sb}", specs[i].id, self->columns[i].shown);
  g_settings_set_value (plancia_settings_get (), COLUMNS_KEY, g_variant_builder_end (&builder));
}

static void
on_toggle (GSimpleAction *action, GVariant *parameter, Column *column)
{
  column->shown = !column->shown;
  g_simple_action_set_state (action, g_variant_new_boolean (column->shown));
  save_shown (column->owner);
  arrange (column->owner);
}

/* --- making them ----------------------------------------------------------------------------- */

/* The label of a head is not aligned with its cells by itself. */
static void
align_title (Column *column)
{
  GtkWidget *box = gtk_widget_get_first_child (column->title);

  if (box != NULL && column->spec->xalign == 1)
    gtk_widget_set_halign (box, GTK_ALIGN_END);
  if (box != NULL && column->spec->xalign == .5f)
    gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (column->title, _ (column->spec->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (column->title),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (column->spec->name), -1);
}

static void
make_column (PlanciaRegisterColumns *self, guint index)
{
  Column             *column = &self->columns[index];
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const char         *title = specs[index].title;

  column->owner = self;
  column->spec = &specs[index];
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), column);
  column->column = gtk_column_view_column_new (
    title[0] != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "column", title) : "",
    factory);
  gtk_column_view_column_set_expand (column->column, column->spec->width == 0);
  gtk_column_view_column_set_resizable (column->column, column->spec->movable);
  gtk_column_view_append_column (self->view, column->column);
  g_signal_connect (column->column, "notify::fixed-width", G_CALLBACK (on_width), column);
}

static void
find_titles (PlanciaRegisterColumns *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = gtk_widget_get_first_child (header);

  for (guint i = 0; i < N_COLUMNS && title != NULL; i++) {
    self->columns[i].title = title;
    align_title (&self->columns[i]);
    title = gtk_widget_get_next_sibling (title);
  }
}

static void
plancia_register_columns_dispose (GObject *object)
{
  PlanciaRegisterColumns *self = PLANCIA_REGISTER_COLUMNS (object);

  on_unmap (self);
  for (guint i = 0; i < N_COLUMNS; i++) {
    if (self->columns[i].column == NULL)
      continue;
    g_signal_handlers_disconnect_by_data (self->columns[i].column, &self->columns[i]);
    if (self->view != NULL)
      gtk_column_view_remove_column (self->view, self->columns[i].column);
    g_clear_object (&self->columns[i].column);
  }
  g_clear_weak_pointer (&self->view);

  G_OBJECT_CLASS (plancia_register_columns_parent_class)->dispose (object);
}

static void
plancia_register_columns_finalize (GObject *object)
{
  PlanciaRegisterColumns *self = PLANCIA_REGISTER_COLUMNS (object);

  g_hash_table_unref (self->names);
  g_hash_table_unref (self->ages);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->dirty);
  g_queue_clear (&self->waiting);

  G_OBJECT_CLASS (plancia_register_columns_parent_class)->finalize (object);
}

static void
plancia_register_columns_class_init (PlanciaRegisterColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_register_columns_dispose;
  object_class->finalize = plancia_register_columns_finalize;

  signals[SIGNAL_STAR] = plancia_signal_new (G_TYPE_FROM_CLASS (klass),
                                             "star",
                                             2,
                                             PLANCIA_TYPE_REGISTER_ROW,
                                             G_TYPE_BOOLEAN);
}

static void
plancia_register_columns_init (PlanciaRegisterColumns *self)
{
  self->scale = 1;
  self->names = g_hash_table_new (NULL, NULL);
  self->ages = g_hash_table_new (NULL, NULL);
  self->values = g_hash_table_new (NULL, NULL);
  self->dirty = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->waiting);
}

/**
 * plancia_register_columns_new:
 * @view: an empty table of #PlanciaRegisterRow
 *
 * Returns: (transfer full): the object that keeps the columns of @view going; drop it before @view.
 * Main thread, as all of this file.
 */
PlanciaRegisterColumns *
plancia_register_columns_new (GtkColumnView *view)
{
  PlanciaRegisterColumns *self = g_object_new (PLANCIA_TYPE_REGISTER_COLUMNS, NULL);

  g_set_weak_pointer (&self->view, view);
  for (guint i = 0; i < N_COLUMNS; i++)
    make_column (self, i);
  find_titles (self);
  load_settings (self);
  arrange (self);
  g_signal_connect_object (view, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * plancia_register_columns_set_narrow:
 * @narrow: whether only star, name, value and unit have room
 */
void
plancia_register_columns_set_narrow (PlanciaRegisterColumns *self, gboolean narrow)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_COLUMNS (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  arrange (self);
}

/**
 * plancia_register_columns_set_scale:
 * @scale: height of the text, 1 for the usual size
 */
void
plancia_register_columns_set_scale (PlanciaRegisterColumns *self, double scale)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_COLUMNS (self));

  if (self->scale == scale)
    return;
  self->scale = scale;
  arrange (self);
}

/**
 * plancia_register_columns_add_actions:
 * @map: where the actions "column-raw", "column-address", "column-access" and "column-age" go
 */
void
plancia_register_columns_add_actions (PlanciaRegisterColumns *self, GActionMap *map)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_COLUMNS (self));

  for (guint i = 0; i < N_COLUMNS; i++) {
    g_autofree char *name = g_strdup_printf ("column-%s", specs[i].id);
    g_autoptr (GSimpleAction) action = NULL;

    if (!specs[i].hideable)
      continue;
    action =
      g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (self->columns[i].shown));
    g_signal_connect (action, "activate", G_CALLBACK (on_toggle), &self->columns[i]);
    g_action_map_add_action (map, G_ACTION (action));
  }
}

/**
 * plancia_register_columns_create_menu:
 * @prefix: under which the actions are known to the menu
 *
 * Returns: (transfer full): a section with one check item for each column that may be hidden.
 */
GMenuModel *
plancia_register_columns_create_menu (PlanciaRegisterColumns *self, const char *prefix)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < N_COLUMNS; i++) {
    g_autofree char *action = g_strdup_printf ("%s.column-%s", prefix, specs[i].id);

    if (specs[i].hideable)
      g_menu_append (menu, _ (specs[i].name), action);
  }
  return G_MENU_MODEL (menu);
}

/**
 * plancia_register_columns_find:
 * @row: a row of the table
 * @relative: in whose coordinates @bounds is given
 * @bounds: (out): of the name's cell
 *
 * Returns: %FALSE if the row has no cell now.
 */
gboolean
plancia_register_columns_find (PlanciaRegisterColumns *self,
                               PlanciaRegisterRow     *row,
                               GtkWidget              *relative,
                               graphene_rect_t        *bounds)
{
  GtkWidget *cell = g_hash_table_lookup (self->names, row);

  return cell != NULL && gtk_widget_compute_bounds (cell, relative, bounds);
}
