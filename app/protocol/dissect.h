/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"

G_BEGIN_DECLS

/* A frame taken apart for people. Numbers only: words are for who shows them. Pure; any thread. */
typedef enum {
  PLANCIA_PART_TRANSACTION,
  PLANCIA_PART_PROTOCOL, /* number: protocol, second: length */
  PLANCIA_PART_UNIT,
  PLANCIA_PART_FUNCTION,
  PLANCIA_PART_EXCEPTION,
  PLANCIA_PART_ADDRESS,
  PLANCIA_PART_COUNT,
  PLANCIA_PART_BYTE_COUNT,
  PLANCIA_PART_REGISTER, /* number: its value; address: which */
  PLANCIA_PART_DATA,     /* bytes of the PDU that are none of these */
  PLANCIA_PART_CRC,      /* number: as sent, second: as it should be */
  PLANCIA_PART_V5_START,
  PLANCIA_PART_V5_LENGTH,
  PLANCIA_PART_V5_CONTROL,
  PLANCIA_PART_V5_SEQUENCE, /* number: the requester's, second: the logger's */
  PLANCIA_PART_V5_SERIAL,
  PLANCIA_PART_V5_TYPE,  /* number: frame type, second: status or sensor */
  PLANCIA_PART_V5_TIMES, /* number: s of total working time, second: s since power on */
  PLANCIA_PART_V5_ERROR, /* the logger's own */
  PLANCIA_PART_V5_SUM,   /* number: as sent, second: as it should be */
  PLANCIA_PART_V5_END,
  PLANCIA_PART_TEXT,
  PLANCIA_PART_REST, /* bytes that belong to no frame */
} PlanciaPartKind;

typedef struct
{
  guint8   kind;
  guint8   color;   /* which kind of thing: 1 to 6, the same in every framing */
  gboolean bad;     /* a checksum that is wrong */
  int      address; /* of a register; -1 when it is not known */
  guint    start;   /* bytes [start, start + length) of the frame */
  guint    length;
  guint32  number;
  guint32  second;
} PlanciaPart;

/* (transfer full) (element-type PlanciaPart), in the order of their bytes. */
GArray *plancia_dissect (const PlanciaExchange *exchange, gboolean answer);

/* The Modbus in a frame, for one line of a list: nothing is allocated. */
typedef struct
{
  guint8        function; /* as on the wire; 0x80 and more: an exception */
  guint8        exception;
  int           address; /* the request's, also for an answer; -1: not known */
  guint         count;   /* registers or bits; of an answer those that came */
  const guint8 *values;  /* borrowed words of a write, or NULL */
} PlanciaBrief;

/* FALSE if there is no Modbus in it. */
gboolean
plancia_dissect_brief (const PlanciaExchange *exchange, gboolean answer, PlanciaBrief *out);

G_END_DECLS
