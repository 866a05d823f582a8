/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/name-dialog.h"

#include <glib/gi18n.h>

/**
 * plancia_name_dialog_show:
 * @parent: the window it belongs to
 * @heading: what is renamed, in the user's language
 * @name: the present name
 * @func: called with the new name
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_name_dialog_show (GtkWindow      *parent,
                          const char     *heading,
                          const char     *name,
                          PlanciaLineFunc func,
                          gpointer        user_data,
                          GDestroyNotify  destroy)
{
  const PlanciaLineQuestion asked = {.heading = heading,
                                     .label = _("Name"), .accept = _("_Rename"), .text = name};

  return plancia_line_dialog_show (parent, &asked, func, user_data, destroy);
}
