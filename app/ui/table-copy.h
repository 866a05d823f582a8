/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What people take out of a table of registers: one row or all of them to the clipboard, all of them to a file; and the menu
 * of a row (right click, Menu key). Actions "copy-row" (Ctrl+C), "copy-table", "export-table". The cells of the table carry
 * the item that they show as data "item". Main thread. */
#define PLANCIA_TYPE_TABLE_COPY (plancia_table_copy_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTableCopy, plancia_table_copy, PLANCIA, TABLE_COPY, GObject)

typedef struct
{
  char *(*row) (gpointer item, gpointer user_data); /* (transfer full), without a line end */
  char *(*table) (GListModel *rows, char separator, gpointer user_data); /* (transfer full) */
  const char *file; /* proposed name, English, to be translated */
} PlanciaTableTexts;

/* view: its model has the items; it outlives this object. texts: static. */
PlanciaTableCopy *plancia_table_copy_new (GtkColumnView           *view,
                                          GActionMap              *actions,
                                          const PlanciaTableTexts *texts,
                                          gpointer                 user_data);
/* Of a row; before it is shown "menu" () is emitted. */
void plancia_table_copy_set_menu (PlanciaTableCopy *self, GMenuModel *menu);
/* The row that has the menu or the focus, or NULL. (transfer none) */
gpointer plancia_table_copy_get_item (PlanciaTableCopy *self);

G_END_DECLS
