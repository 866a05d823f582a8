/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/modbus-pdu.h"
#include "protocol/modbus-tcp.h"
#include "protocol/tape.h"
#include <string.h>

/* 2026-03-01, us UTC. */
#define START G_GINT64_CONSTANT (1772323200000000)

/* A question over Modbus TCP and what came of it. time: us after the start at which it left; it takes 1000 us. answer: a PDU
 * (transfer full), or NULL with an error (transfer full). (transfer full) */
static inline PlanciaExchange *
make_exchange (gint64 time, guint8 unit, GBytes *question, GBytes *answer, GError *error)
{
  PlanciaModbusTcpFrame asked = {.transaction = 7, .unit = unit, .pdu = question};
  PlanciaModbusTcpFrame said = {.transaction = 7, .unit = unit, .pdu = answer};
  g_autoptr (GRefString) peer = g_ref_string_new ("192.168.1.60:502");
  g_autoptr (GBytes) sent = plancia_modbus_tcp_encode (&asked);
  g_autoptr (GBytes) received = answer != NULL ? plancia_modbus_tcp_encode (&said) : NULL;
  g_autoptr (GBytes) kept = answer;
  g_autoptr (GError) failure = error;
  PlanciaExchangeParts parts = {.time = START + time,
                                .duration = 1000,
                                .unit = unit,
                                .wire = PLANCIA_WIRE_MODBUS_TCP,
                                .peer = peer,
                                .error = error};

  parts.sent = g_bytes_get_data (sent, &parts.n_sent);
  if (received != NULL)
    parts.received = g_bytes_get_data (received, &parts.n_received);
  parts.verdict = plancia_exchange_judge (parts.wire,
                                          unit,
                                          question,
                                          answer,
                                          parts.received,
                                          parts.n_received,
                                          error);
  return plancia_exchange_new (&parts);
}

static inline PlanciaExchange *
make_read (gint64 time, guint8 unit, guint16 address, const guint16 *words, guint16 count)
{
  g_autoptr (GBytes) question = plancia_modbus_pdu_read (3, address, count);

  return make_exchange (time,
                        unit,
                        question,
                        plancia_modbus_pdu_read_answer (3, words, count),
                        NULL);
}

/* error: (transfer full), or NULL for exception 2. */
static inline PlanciaExchange *
make_failed_read (gint64 time, guint8 unit, guint16 address, guint16 count, GError *error)
{
  g_autoptr (GBytes) question = plancia_modbus_pdu_read (3, address, count);

  return make_exchange (time,
                        unit,
                        question,
                        error == NULL ? plancia_modbus_pdu_exception (3, 2) : NULL,
                        error);
}

/* Adds it to a tape that is being written. (transfer full) */
static inline void
put_exchange (GString *text, guint link, PlanciaExchange *exchange)
{
  plancia_tape_append_exchange (text, link, exchange, START);
  plancia_exchange_unref (exchange);
}

static inline PlanciaTape *
parse_tape (const char *text, gssize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  PlanciaTape *tape = plancia_tape_parse (bytes, "visit", &error);

  g_assert_no_error (error);
  return tape;
}
