/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What went over every link of a plant during a visit, and what is needed to read it elsewhere. A file of lines, so that one
 * that was cut off is whole up to its last line:
 *
 *   plancia-recording 1
 *   start 1764080000000000                 us UTC
 *   file plant.json BASE64                 the last one of a name counts
 *   link 0 hub://192.168.1.62/inverters    the connection's address; numbers from 0 upwards
 *   x 12345678 0 modbus-tcp 1 as-asked 45678 192.168.1.62:8000 BASE64 BASE64
 *   x 13345678 0 modbus-tcp 1 no-answer 3000000 192.168.1.62:8000 BASE64 - io 24 no whole answer in time
 *   r 14345678 1 DEVICE BASE64             what a link that is no Modbus said of a device, as JSON
 *   lost 12                                exchanges that came too fast
 *   end 15345678                           us since the start; a person ended it
 *
 * x: us from the start to the question, link, wire, unit, verdict, us to the answer, peer, what was sent and received ("-":
 * nothing), and the failure as a transcript has it. Pure; immutable and counted: any thread. */
#define PLANCIA_TAPE_HEADER "plancia-recording 1"
#define PLANCIA_TAPE_SUFFIX ".plancia-recording"
/* Of a file, bytes. */
#define PLANCIA_TAPE_LIMIT (256 * 1024 * 1024)

typedef struct
{
  gint64           time; /* us UTC: when the answer was there, or was given up */
  guint            link;
  PlanciaExchange *exchange; /* or NULL */
  char            *device;   /* with said; or NULL */
  GBytes          *said;
} PlanciaTapeEntry;

typedef struct
{
  gint64      start; /* us UTC */
  gint64      end;
  GHashTable *files;   /* char* -> GBytes* */
  GPtrArray  *links;   /* char*, addresses of connections */
  GPtrArray  *entries; /* PlanciaTapeEntry*, by time */
  guint64     lost;
  guint       damaged; /* lines that could not be read */
  gboolean    whole;   /* it was ended, not cut off */
} PlanciaTape;

/* PLANCIA_DOCUMENT_ERROR names origin and line. (transfer full) */
PlanciaTape *plancia_tape_parse (GBytes *bytes, const char *origin, GError **error);
/* Whether a file begins as one. */
gboolean     plancia_tape_is_one (const char *data, gsize length);
PlanciaTape *plancia_tape_ref (PlanciaTape *self);
void         plancia_tape_unref (PlanciaTape *self);
/* Number of the link, or -1. */
int plancia_tape_find_link (const PlanciaTape *self, const char *connection);
/* How many entries are not later. */
guint plancia_tape_count_until (const PlanciaTape *self, gint64 time);

/* For writing: whole lines. Times in us UTC. */
void plancia_tape_append_head (GString *text, gint64 start);
void plancia_tape_append_file (GString *text, const char *name, GBytes *bytes);
void plancia_tape_append_link (GString *text, guint number, const char *connection);
void plancia_tape_append_exchange (GString               *text,
                                   guint                  link,
                                   const PlanciaExchange *exchange,
                                   gint64                 start);
void plancia_tape_append_said (GString    *text,
                               guint       link,
                               const char *device,
                               GBytes     *said,
                               gint64      time,
                               gint64      start);
void plancia_tape_append_lost (GString *text, guint64 lost);
void plancia_tape_append_end (GString *text, gint64 time, gint64 start);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTape, plancia_tape_unref)

G_END_DECLS
