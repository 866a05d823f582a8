/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The GListModel of a class that keeps its rows, objects, in a GPtrArray: defines the static function init for
 * G_IMPLEMENT_INTERFACE. CAST: the class's cast. rows: its member. ROW_TYPE: of the objects. */
#define PLANCIA_DEFINE_LIST_ROWS(init, CAST, rows, ROW_TYPE)                                  \
  static GType init##_item_type (GListModel *model)                                           \
  {                                                                                           \
    return (ROW_TYPE);                                                                        \
  }                                                                                           \
  static guint init##_n_items (GListModel *model)                                             \
  {                                                                                           \
    return CAST (model)->rows->len;                                                           \
  }                                                                                           \
  static gpointer init##_item (GListModel *model, guint position)                             \
  {                                                                                           \
    GPtrArray *array = CAST (model)->rows;                                                    \
                                                                                              \
    return position < array->len ? g_object_ref (g_ptr_array_index (array, position)) : NULL; \
  }                                                                                           \
  static void init (GListModelInterface *iface)                                               \
  {                                                                                           \
    iface->get_item_type = init##_item_type;                                                  \
    iface->get_n_items = init##_n_items;                                                      \
    iface->get_item = init##_item;                                                            \
  }

G_END_DECLS
