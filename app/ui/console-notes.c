/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-notes.h"

#include "base/text.h"
#include <glib/gi18n.h>

/**
 * plancia_console_notes_show_closed:
 * @page: shown while there is no line
 * @address: of the console
 * @state: of its connection
 */
void
plancia_console_notes_show_closed (AdwStatusPage *page, PlanciaAddress *address, PlanciaState state)
{
  gboolean    connext = plancia_address_get_kind (address) == PLANCIA_ADDRESS_CONNEXT;
  const char *warning = _ ("Unplug the CONNEXT from the inverter before you power it over USB; "
                                "both at once can damage it.");
  g_autofree char *text =
    g_strdup_printf ("%s\n%s", plancia_address_get_device (address), connext ? warning : "");

  adw_status_page_set_title (page,
                             state == PLANCIA_STATE_OPENING
                             ? _ ("Connecting…")
                             : _ ("The console is closed"));
  adw_status_page_set_description (page, g_strchomp (text));
}

/**
 * plancia_console_notes_show_dropped:
 * @label: hidden while nothing was dropped
 * @lines: (nullable): of the console
 */
void
plancia_console_notes_show_dropped (GtkLabel *label, PlanciaConsoleBuffer *lines)
{
  guint64          dropped = lines
                               ? plancia_console_store_get_dropped (plancia_console_buffer_get_store (lines))
                               : 0;
  g_autofree char *number = plancia_text_number ((double) dropped, 0);
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                        "%s older line was dropped to make room",
                                                        "%s older lines were dropped to make room",
                                                        (gulong) dropped),
                                           number);

  gtk_widget_set_visible (GTK_WIDGET (label), dropped > 0);
  if (dropped > 0)
    gtk_label_set_text (label, text);
}
