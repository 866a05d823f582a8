/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"

G_BEGIN_DECLS

/* What the rows of the form for one address hold, as text. */
typedef struct
{
  guint route; /* index of plancia_address_form_routes */
  char *host;  /* "host" or "host:port"; path of a serial device */
  guint line;  /* 0 inverters, 1 meters, 2 chargers */
  guint unit;
  char *serial; /* of a WIFI stick, or "" */
  guint baud;
} PlanciaAddressForm;

/* Which rows a route has. */
typedef enum {
  PLANCIA_FORM_LINE = 1 << 0,
  PLANCIA_FORM_UNIT = 1 << 1,
  PLANCIA_FORM_SERIAL = 1 << 2,
  PLANCIA_FORM_BAUD = 1 << 3,
  PLANCIA_FORM_DEVICE = 1 << 4, /* host is the path of a serial device */
} PlanciaFormRows;

/* Names of the routes that a person can add a device by, translated; NULL-terminated. (transfer full) */
char          **plancia_address_form_list_routes (void);
PlanciaFormRows plancia_address_form_get_rows (guint route);
/* The text that the rows make; it may be wrong if they are. (transfer full) */
char *plancia_address_form_to_text (const PlanciaAddressForm *form);
/* Fills the form from an address; FALSE if it has no form (a cloud account). Clear it after use. */
gboolean plancia_address_form_from_address (PlanciaAddressForm *form, PlanciaAddress *address);
void     plancia_address_form_clear (PlanciaAddressForm *form);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaAddressForm, plancia_address_form_clear)

G_END_DECLS
