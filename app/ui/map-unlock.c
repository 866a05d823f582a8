/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-unlock.h"

#include <glib/gi18n.h>

#define ROW_KEY "plancia-row"

static void
response_cb (AdwMessageDialog *dialog, const char *response, PlanciaMapEdit *edit)
{
  PlanciaMapEditRow *row = g_object_get_data (G_OBJECT (dialog), ROW_KEY);

  if (g_str_equal (response, "allow"))
    plancia_map_edit_set_writable (edit, row, TRUE);
}

/**
 * plancia_map_unlock_words:
 *
 * Returns: (transfer none): one sentence
 */
const char *
plancia_map_unlock_words (PlanciaMapEditRow *row)
{
  switch (plancia_map_edit_row_get_unlock_reason (row)) {
  case PLANCIA_UNLOCK_GRID_CODE:
    return _("Part of the grid code: never written");
  case PLANCIA_UNLOCK_FORBIDDEN:
    return _("In the area of the grid code and the firmware: never written");
  case PLANCIA_UNLOCK_INPUT:
    return _("An input: it cannot be written");
  case PLANCIA_UNLOCK_BLOCK_ONLY:
    return _("Written only within a block that nobody has described");
  case PLANCIA_UNLOCK_ALLOWED:
  default:
    break;
  }
  if (plancia_map_edit_row_get_writable (row))
    return _("Every write is reviewed, sent once and read back");
  if (plancia_map_edit_row_get_locked (row))
    return _("The list it came from calls it writable; nobody has checked that");
  return _("The map says that it is only read");
}

/**
 * plancia_map_unlock_ask:
 * @parent: the window it belongs to
 * @edit: the map
 * @row: a register that may be unlocked
 * @done: called with @object when the person has answered
 */
void
plancia_map_unlock_ask (GtkWindow         *parent,
                        PlanciaMapEdit    *edit,
                        PlanciaMapEditRow *row,
                        GCallback          done,
                        GObject           *object)
{
  g_autofree char *heading = NULL;
  GtkWidget       *dialog;

  /* TRANSLATORS: %s is the name of a register */
  heading = g_strdup_printf (_("Allow writing of “%s”?"), plancia_map_edit_row_get_title (row));
  dialog = adw_message_dialog_new (
    parent,
    heading,
    _("A wrong address, type or scale changes something else than what you mean: it can stop the "
      "inverter, harm the battery or cut the connection. Compare the register with the vendor's "
      "document, change it by a little first, and look at the device's display."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"), "allow", _("_Allow writing"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "allow",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), ROW_KEY, g_object_ref (row), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), edit, 0);
  g_signal_connect_object (dialog, "response", done, object, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
