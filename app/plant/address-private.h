/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"

/* What address.c and address-parse.c share. */

/* How the part after "//" is built. */
typedef enum {
  SHAPE_NETWORK, /* host:port/unit */
  SHAPE_HUB,     /* host:port/line/unit */
  SHAPE_SERIAL,  /* /device/unit */
  SHAPE_CONSOLE, /* /device */
  SHAPE_CLOUD,   /* account/thing */
} Shape;

typedef enum {
  OPTION_FRAMING,
  OPTION_SERIAL,
  OPTION_BAUD,
  OPTION_FORMAT,
  OPTION_FLOW,
  OPTION_SPACING,
  OPTION_TIMEOUT,
  N_OPTIONS,
} Option;

typedef struct
{
  const char *scheme;
  Shape       shape;
  guint16     port;
  int         smallest_unit;
  int         largest_unit;
  guint       options; /* bits of Option */
} Kind;

struct _PlanciaAddress
{
  PlanciaAddressKind kind;
  char              *host;
  guint16            port; /* 0: the default */
  PlanciaHubLine     line;
  int                unit;
  char              *device;
  char              *account;
  char              *thing;
  char              *options[N_OPTIONS];
};

typedef struct
{
  const char *name;
  guint16     port;
} HubLine;

extern const Kind        plancia_address_kinds[PLANCIA_ADDRESS_SYSTEM + 1];
extern const HubLine     plancia_address_lines[PLANCIA_HUB_LINE_CHARGERS + 1];
extern const char *const plancia_address_option_names[N_OPTIONS];
