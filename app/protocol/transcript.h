/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <glib.h>

G_BEGIN_DECLS

/* One line an exchange, written by link-record and read by link-replay:
 *
 *   plancia-transcript 1
 *   12.345 > 01 030484000a
 *   12.391 < 01 030414...
 *   13.400 ! 01 io 24 no whole answer in time
 *
 * seconds since the start, direction (> request, < answer, ! failure), unit, PDU in hex or the
 * failure's domain (io, protocol, modbus, cloud, device), code and words. Empty lines and lines that
 * begin with # are passed over. Pure; any thread. */
typedef struct
{
  double  seconds;
  char    direction;
  guint8  unit;
  GBytes *pdu; /* NULL for a failure */
  GError *failure;
} PlanciaTranscriptLine;

/* Without the end of the line. (transfer full) */
char                  *plancia_transcript_format (const PlanciaTranscriptLine *line);
PlanciaTranscriptLine *plancia_transcript_parse (const char *text, GError **error);
/* Whole file with header. (transfer full) GPtrArray of lines; the error names the line number. */
GPtrArray *plancia_transcript_parse_all (const char *text, const char *origin, GError **error);
/* Lines of an exchange, each with its end; none if there is no Modbus in it. start: us UTC. */
void plancia_transcript_append (GString *text, const PlanciaExchange *exchange, gint64 start);
/* "io 24 no whole answer in time": domain, code and words. (transfer full) NULL and an error. */
void    plancia_transcript_append_failure (GString *text, const GError *failure);
GError *plancia_transcript_parse_failure (const char *text, GError **error);
void    plancia_transcript_line_free (PlanciaTranscriptLine *self);

#define PLANCIA_TRANSCRIPT_HEADER "plancia-transcript 1"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTranscriptLine, plancia_transcript_line_free)

G_END_DECLS
