/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-menu.h"

#include "ui/journal-dialog.h"
#include "ui/raw-write-dialog.h"
#include "ui/review-dialog.h"
#include <glib/gi18n.h>

static GtkWindow *
window_of (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * plancia_register_menu_new:
 *
 * Main thread.
 */
GMenuModel *
plancia_register_menu_new (PlanciaRegisterColumns *columns, gboolean narrow)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) filters = g_menu_new ();
  g_autoptr (GMenu) actions = g_menu_new ();
  g_autoptr (GMenu) table = g_menu_new ();
  g_autoptr (GMenu) maps = g_menu_new ();
  g_autoptr (GMenuModel) shown = plancia_register_columns_create_menu (columns, "registers");

  g_menu_append (filters, _ ("Pause"), "registers.pause");
  g_menu_append (filters, _ ("Changed"), "registers.changed");
  g_menu_append (filters, _ ("Writable"), "registers.writable");
  g_menu_append (actions, _ ("Read all now"), "registers.read-now");
  g_menu_append (actions, _ ("Discard staged changes"), "registers.discard");
  g_menu_append (actions, _ ("Take a snapshot"), "snapshots.take");
  g_menu_append (actions,
                 _ ("Snapshot at the first connection"), "snapshot-settings.snapshot-at-arrival");
  g_menu_append (actions, _ ("Compare and restore…"), "snapshots.compare");
  g_menu_append (actions, _ ("Watch list of the plant"), "snapshots.watch-list");
  g_menu_append (actions, _ ("Read a range without a map"), "snapshots.raw");
  g_menu_append (actions, _ ("Write raw registers…"), "registers.raw-write");
  g_menu_append (actions, _ ("Journal of writes"), "registers.journal");
  g_menu_append (table, _ ("Copy table"), "registers.copy-table");
  g_menu_append (table, _ ("Export table…"), "registers.export-table");
  g_menu_append (maps, _ ("Choose register map…"), "register-map.choose");
  g_menu_append (maps, _ ("Edit register map…"), "register-map.edit");
  if (narrow)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (filters));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (actions));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (table));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (maps));
  if (!narrow)
    g_menu_append_section (menu, _ ("Columns"), shown);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

/**
 * plancia_register_menu_new_for_row:
 *
 * Returns: (transfer full): the menu of one row of the table. Main thread.
 */
GMenuModel *
plancia_register_menu_new_for_row (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  /* TRANSLATORS: puts a register on the watch list of the plant */
  g_menu_append (menu, C_ ("action", "Watch"), "registers.watch");
  g_menu_append (menu, _ ("Copy row"), "registers.copy-row");
  g_menu_append (menu, _ ("Copy table"), "registers.copy-table");
  g_menu_append (menu, _ ("Export table…"), "registers.export-table");
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

void
plancia_register_menu_open_review (GtkWidget            *page,
                                   PlanciaSession       *session,
                                   PlanciaDevice        *device,
                                   PlanciaRegisterModel *model)
{
  GtkWidget *dialog = plancia_review_dialog_new (session, device, model);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), window_of (page));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
plancia_register_menu_open_raw (GtkWidget *page, PlanciaSession *session, PlanciaDevice *device)
{
  gtk_window_present (plancia_raw_write_dialog_new (window_of (page), session, device));
}

void
plancia_register_menu_open_journal (GtkWidget *page, PlanciaSession *session, PlanciaDevice *device)
{
  gtk_window_present (plancia_journal_dialog_new (window_of (page), session, device));
}
