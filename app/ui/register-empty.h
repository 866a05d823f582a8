/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Why the registers page has nothing to show. */
typedef enum {
  PLANCIA_REGISTER_EMPTY_SEARCH,
  PLANCIA_REGISTER_EMPTY_FAVOURITES,
  PLANCIA_REGISTER_EMPTY_CHANGED,
  PLANCIA_REGISTER_EMPTY_MAP_UNKNOWN, /* connected, but of no known family */
  PLANCIA_REGISTER_EMPTY_NO_MAP_YET,
} PlanciaRegisterEmpty;

/* Says it, and what to do. Main thread. */
void plancia_register_empty_show (AdwStatusPage *page, PlanciaRegisterEmpty reason);

G_END_DECLS
