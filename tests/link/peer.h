/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A device made of a thread and a socket, or a pty, that misbehaves to order. Registers hold their own
 * address until they are written. */
typedef enum {
  PEER_MODBUS_TCP,
  PEER_RTU_OVER_TCP,
  PEER_SOLARMAN,
  PEER_RTU_PTY,
} PeerFraming;

/* What it does with the n-th request; after the last one it is good. */
typedef enum {
  PEER_GOOD,
  PEER_SILENT,
  PEER_LATE,    /* the right answer, after the time-out of the link */
  PEER_BAD_CRC, /* bad checksum of the frame */
  PEER_WRONG_UNIT,
  PEER_WRONG_COUNT,
  PEER_TWICE,      /* the right answer two times */
  PEER_TRAILING,   /* the right answer and two bytes more */
  PEER_DOUBLE_CRC, /* 00 00 after the RTU frame */
  PEER_BYTEWISE,
  PEER_STALLED,      /* half an answer */
  PEER_CLOSES,       /* without an answer */
  PEER_CLOSES_AFTER, /* the right answer, then closes */
  PEER_GARBAGE,
  PEER_EXCEPTION,        /* 2 */
  PEER_EXCEPTION_90,     /* 2, as function 0x90 whatever was asked */
  PEER_HEARTBEAT_BEFORE, /* Solarman: glued before the answer */
  PEER_HEARTBEAT_AFTER,
  PEER_HEARTBEAT_ONLY, /* and no answer */
  PEER_TEXT_BEFORE,    /* AT+YZCMPVER=... */
  PEER_OLD_SEQUENCE,   /* Solarman: an answer of another sequence before the right one */
  PEER_CUT_IN_TWO,     /* Solarman: one RTU frame in two V5 frames */
  PEER_WRONG_SERIAL,   /* Solarman: logger error 06 with the true serial */
  PEER_NOBODY_BEHIND,  /* Solarman: logger error 05 */
  PEER_PADDED, /* Modbus TCP: more announced and sent than the answer has, as Ethernet sticks do */
  PEER_ANNOUNCED, /* Modbus TCP: more announced than sent */
  PEER_FLOOD,     /* noise without end before the answer */
} PeerDeed;

#define PEER_SERIAL 2712345678u
/* Units 1 and 2 exist. */
#define PEER_UNIT 1

typedef struct _Peer Peer;

/* deeds: n of them. late: ms after which a late answer leaves. */
Peer       *peer_new (PeerFraming framing, const PeerDeed *deeds, guint n_deeds, guint late);
void        peer_free (Peer *self);
guint16     peer_get_port (Peer *self);
const char *peer_get_path (Peer *self); /* of the pty */
guint       peer_get_connections (Peer *self);
guint       peer_get_requests (Peer *self);     /* for itself, probes of a framing included */
guint       peer_get_writes (Peer *self);       /* write requests that came in */
guint       peer_get_acknowledged (Peer *self); /* heartbeats */
guint16     peer_get_word (Peer *self, guint16 address);
void        peer_set_word (Peer *self, guint16 address, guint16 word);
/* One answer in so many comes up to most us too late for its time; 0: none. */
void peer_set_jitter (Peer *self, guint one_in, guint most);
/* ms that it thinks about the next requests, one after the other, before whatever it does with them. */
void peer_set_delays (Peer *self, const guint *delays, guint n_delays);
/* From the next request on. */
void peer_set_deeds (Peer *self, const PeerDeed *deeds, guint n_deeds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

G_END_DECLS
