/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"

G_BEGIN_DECLS

/* Why a text is no address, for words in any language: ui/address-words.c. */
typedef enum {
  PLANCIA_ADDRESS_FAULT_NONE,
  PLANCIA_ADDRESS_FAULT_TOO_LONG,     /* or no UTF-8; largest: bytes */
  PLANCIA_ADDRESS_FAULT_NO_KIND,      /* nothing before "://" */
  PLANCIA_ADDRESS_FAULT_UNKNOWN_KIND, /* got */
  PLANCIA_ADDRESS_FAULT_NO_HOST,
  PLANCIA_ADDRESS_FAULT_HOST, /* a character that host names do not have */
  PLANCIA_ADDRESS_FAULT_IPV6, /* got, in brackets; or the second is missing */
  PLANCIA_ADDRESS_FAULT_PORT, /* smallest, largest */
  PLANCIA_ADDRESS_FAULT_UNIT, /* the same */
  PLANCIA_ADDRESS_FAULT_LINE,
  PLANCIA_ADDRESS_FAULT_DEVICE,  /* path of a serial device */
  PLANCIA_ADDRESS_FAULT_ACCOUNT, /* of a cloud, or the serial number of a thing in it */
  PLANCIA_ADDRESS_FAULT_FRAMING, /* got */
  PLANCIA_ADDRESS_FAULT_FORMAT,
  PLANCIA_ADDRESS_FAULT_FLOW,
  PLANCIA_ADDRESS_FAULT_BAUD,         /* smallest, largest */
  PLANCIA_ADDRESS_FAULT_SERIAL,       /* the same, of a logger */
  PLANCIA_ADDRESS_FAULT_MILLISECONDS, /* the same */
  PLANCIA_ADDRESS_FAULT_TWICE,        /* got: an option */
  PLANCIA_ADDRESS_FAULT_NO_OPTION,    /* got: an option that this kind does not have */
  PLANCIA_ADDRESS_FAULT_NO_VALUE,     /* got: an option */
  PLANCIA_ADDRESS_N_FAULTS,
} PlanciaAddressFault;

typedef struct
{
  PlanciaAddressFault fault;
  guint               place; /* first character that is wrong, from 1; 0: the whole text */
  guint64             smallest;
  guint64             largest;
  char               *got; /* or NULL */
} PlanciaAddressProblem;

/* As plancia_address_parse. out: what is wrong, to be cleared; of no fault if nothing is. */
PlanciaAddress *plancia_address_examine (const char *text, PlanciaAddressProblem *out);
void            plancia_address_problem_clear (PlanciaAddressProblem *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaAddressProblem, plancia_address_problem_clear)

G_END_DECLS
