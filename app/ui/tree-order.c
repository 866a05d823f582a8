/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tree-order.h"

/* --- among its siblings ---------------------------------------------------------------------- */

/* What hangs where the device does; (transfer none). */
static GListModel *
siblings_of (PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaEntry     *entry = plancia_device_get_entry (device);
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  PlanciaEntry     *parent;

  if (!entry || !open)
    return NULL;
  parent = plancia_entry_get_parent (entry);
  return parent ? plancia_entry_get_children (parent)
                : plancia_plant_get_entries (plancia_open_plant_get_plant (open));
}

static gboolean
find_entry (GListModel *entries, PlanciaEntry *entry, guint *position)
{
  guint n = entries ? g_list_model_get_n_items (entries) : 0;

  for (*position = 0; *position < n; (*position)++) {
    g_autoptr (PlanciaEntry) at = g_list_model_get_item (entries, *position);

    if (at == entry)
      return TRUE;
  }
  return FALSE;
}

static void
move_before (PlanciaSession *session, PlanciaEntry *entry, GListModel *siblings, guint position)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  g_autoptr (PlanciaEntry) before = g_list_model_get_item (siblings, position);

  plancia_plant_move (plancia_open_plant_get_plant (open), entry, before);
  plancia_open_plant_sync (open);
}

/* The one of the lines above the target, or itself, that hangs where the device does. */
static PlanciaDevice *
find_sibling (PlanciaDevice *device, PlanciaDevice *target)
{
  while (target && plancia_device_get_parent (target) != plancia_device_get_parent (device))
    target = plancia_device_get_parent (target);
  return target;
}

/* --- dragging -------------------------------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, PlanciaTreeRow *row)
{
  PlanciaDevice *device = plancia_tree_row_get_device (row);

  /* The whole plant stays where it is. */
  if (!device || !plancia_device_get_entry (device))
    return NULL;
  return gdk_content_provider_new_typed (PLANCIA_TYPE_DEVICE, device);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, PlanciaTreeRow *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
is_after (PlanciaTreeRow *row, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (row)) / 2.0;
}

static void
show_place (PlanciaTreeRow *row, const char *place)
{
  static const char *const places[] = {"drop-above", "drop-below"};

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    if (g_strcmp0 (places[i], place) == 0)
      gtk_widget_add_css_class (GTK_WIDGET (row), places[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (row), places[i]);
  }
}

static gboolean
can_drop (const GValue *value, PlanciaDevice *target)
{
  PlanciaDevice *device = value && G_VALUE_HOLDS (value, PLANCIA_TYPE_DEVICE)
                            ? g_value_get_object (value)
                            : NULL;
  PlanciaDevice *sibling = device && target ? find_sibling (device, target) : NULL;

  return sibling && sibling != device && plancia_device_get_entry (sibling);
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, PlanciaTreeRow *row)
{
  if (!can_drop (gtk_drop_target_get_value (target), plancia_tree_row_get_device (row))) {
    show_place (row, NULL);
    return 0;
  }
  show_place (row, is_after (row, y) ? "drop-below" : "drop-above");
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, PlanciaTreeRow *row)
{
  show_place (row, NULL);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, PlanciaTreeRow *row)
{
  PlanciaSession *session = g_object_get_data (G_OBJECT (target), "session");
  g_autoptr (PlanciaDevice) device = g_value_dup_object (value);

  show_place (row, NULL);
  return can_drop (value, plancia_tree_row_get_device (row)) &&
         plancia_tree_order_drop (session,
                                  device,
                                  plancia_tree_row_get_device (row),
                                  is_after (row, y));
}

static void
set_up_source (PlanciaTreeRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), row, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
}

static void
set_up_target (PlanciaTreeRow *row, PlanciaSession *session)
{
  GtkDropTarget *target = gtk_drop_target_new (PLANCIA_TYPE_DEVICE, GDK_ACTION_MOVE);

  /* Which line it is decides where it may go. */
  gtk_drop_target_set_preload (target, TRUE);
  g_object_set_data_full (G_OBJECT (target), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), row, 0);
  g_signal_connect_object (target, "leave", G_CALLBACK (leave_cb), row, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), row, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}

/**
 * plancia_tree_order_set_up:
 * @row: a line, once
 * @session: with the plant of the line's devices
 */
void
plancia_tree_order_set_up (PlanciaTreeRow *row, PlanciaSession *session)
{
  set_up_source (row);
  set_up_target (row, session);
}

/**
 * plancia_tree_order_can_move:
 * @session: with the plant of the device
 * @device: a line of the tree
 * @steps: -1 up, 1 down
 *
 * Returns: whether there is a place that way
 */
gboolean
plancia_tree_order_can_move (PlanciaSession *session, PlanciaDevice *device, int steps)
{
  GListModel *siblings = siblings_of (session, device);
  guint       position;

  return find_entry (siblings, plancia_device_get_entry (device), &position) &&
         (int) position + steps >= 0 &&
         (int) position + steps < (int) g_list_model_get_n_items (siblings);
}

/**
 * plancia_tree_order_move:
 * @session: with the plant of the device
 * @device: a line of the tree
 * @steps: -1 up, 1 down
 *
 * The plant's file follows.
 *
 * Returns: whether it moved
 */
gboolean
plancia_tree_order_move (PlanciaSession *session, PlanciaDevice *device, int steps)
{
  GListModel *siblings = siblings_of (session, device);
  guint       position;

  if (!plancia_tree_order_can_move (session, device, steps))
    return FALSE;
  find_entry (siblings, plancia_device_get_entry (device), &position);
  move_before (session,
               plancia_device_get_entry (device),
               siblings,
               steps > 0 ? position + 2 : position - 1);
  return TRUE;
}

/**
 * plancia_tree_order_drop:
 * @session: with the plant of both
 * @device: the line that was dragged
 * @target: the line it was dropped on
 * @after: below the middle of it
 *
 * A line keeps what it hangs on: dropped on something that hangs deeper, it goes after the whole of
 * that.
 *
 * Returns: FALSE if they have no place in common
 */
gboolean
plancia_tree_order_drop (PlanciaSession *session,
                         PlanciaDevice  *device,
                         PlanciaDevice  *target,
                         gboolean        after)
{
  PlanciaDevice *sibling = find_sibling (device, target);
  PlanciaEntry  *entry = plancia_device_get_entry (device);
  GListModel    *siblings = siblings_of (session, device);
  guint          position;

  if (!sibling || sibling == device ||
      !find_entry (siblings, plancia_device_get_entry (sibling), &position))
    return FALSE;
  move_before (session, entry, siblings, after || sibling != target ? position + 1 : position);
  return TRUE;
}
