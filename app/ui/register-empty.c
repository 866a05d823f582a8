/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-empty.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *description;
} words[] = {
  [PLANCIA_REGISTER_EMPTY_SEARCH] = {
                                     N_ ("No register found"),     N_ ("Names, keys, addresses and values are searched.")                                          },
    [PLANCIA_REGISTER_EMPTY_FAVOURITES] = {
                                     N_ ("No favourites yet"),     N_ ("A register comes here when its star is clicked.")                                          },
      [PLANCIA_REGISTER_EMPTY_CHANGED] = {
                                     N_ ("Nothing has moved yet"), N_ (
                                        "Registers whose value moves from now on come here.")                                                                                            },
        [PLANCIA_REGISTER_EMPTY_MAP_UNKNOWN] = {
                                     N_ ("Map unknown"),           N_ ("The serial number of this device is in no known family, so Plancia does not know what its "
         "registers mean and reads none. Choose a map in the menu of the device in the tree.")},
          [PLANCIA_REGISTER_EMPTY_NO_MAP_YET] = {N_ ("No map yet"),
                                     N_ ("Which registers this device has is found out from its serial number when the connection is "
         "open.")                             },
};

/**
 * plancia_register_empty_show:
 * @page: gets title and description
 * @reason: why there is nothing else to see
 */
void
plancia_register_empty_show (AdwStatusPage *page, PlanciaRegisterEmpty reason)
{
  adw_status_page_set_title (page, _ (words[reason].title));
  adw_status_page_set_description (page, _ (words[reason].description));
}
