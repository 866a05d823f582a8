/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* A request to a cloud as traffic: what it would be on a wire without encryption, and without secrets:
 * the values of all headers are dots, and so they are wherever else they occur. Pure; any thread. */
typedef struct
{
  const char        *url;
  const char *const *headers; /* names and values in turn, NULL at the end */
  const char *const *secrets; /* what else must not be seen, NULL at the end; or NULL */
  const char        *body;
  guint              status; /* 0: no answer came */
  GBytes            *answer; /* or NULL */
  const GError      *error;  /* or NULL */
  gint64             time;   /* us UTC */
  guint32            duration;
} PlanciaHttpCall;

/* Dots for every secret in a text that has one. A secret of one letter would be everywhere: short ones stay. */
void plancia_http_hide_secrets (GString *text, const char *const *secrets);

/* Longer answers leave out their body. (transfer full) */
PlanciaExchange *plancia_http_exchange_new (const PlanciaHttpCall *call);

#define PLANCIA_HTTP_BODY_LIMIT 4096

G_END_DECLS
