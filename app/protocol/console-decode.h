/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Modbus RTU frames in a burst of bytes that was overheard on a line: nobody says where a frame begins, which way it went
 * or whether it arrived whole. Pure, any thread. */
typedef enum {
  PLANCIA_CONSOLE_FRAME_REQUEST,
  PLANCIA_CONSOLE_FRAME_ANSWER,
  PLANCIA_CONSOLE_FRAME_NONE, /* bytes that are no frame */
} PlanciaConsoleFrameKind;

/* What was asked last, to tell the answer from another request. */
typedef struct
{
  gboolean known;
  guint8   unit;
  guint8   function;
  guint16  address;
  guint16  count; /* registers or bits */
} PlanciaConsoleAsked;

typedef struct
{
  PlanciaConsoleFrameKind kind;
  gsize                   start; /* in the burst */
  gsize                   length;
  gboolean                crc_right;
  guint8                  unit;
  guint8                  function;  /* without the bit of an exception */
  guint8                  exception; /* 0: none */
  gboolean                has_address;
  guint16                 address;  /* of the request, for its answer as well */
  guint16                 count;    /* registers or bits; 0 unknown */
  const guint8           *values;   /* borrowed from the burst: what is written or answered */
  gsize                   n_values; /* bytes */
} PlanciaConsoleFrame;

/* (transfer full) GArray of PlanciaConsoleFrame that cover the burst without a gap. asked is used and set anew. */
GArray *plancia_console_decode (const guint8 *data, gsize length, PlanciaConsoleAsked *asked);

G_END_DECLS
