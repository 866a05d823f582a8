/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/http-exchange.h"

#include <string.h>

#define DOTS "\u2022\u2022\u2022\u2022\u2022\u2022"
/* A shorter value would be found everywhere. */
#define SHORTEST_SECRET 4

static void
hide_headers (GString *text, const char *const *headers)
{
  for (guint i = 0; headers[i] != NULL; i += 2)
    if (strlen (headers[i + 1]) >= SHORTEST_SECRET)
      g_string_replace (text, headers[i + 1], DOTS, 0);
}

/**
 * plancia_http_hide_secrets:
 * @text: gets dots
 * @secrets: %NULL at the end
 *
 * Any thread.
 */
void
plancia_http_hide_secrets (GString *text, const char *const *secrets)
{
  for (guint i = 0; secrets[i] != NULL; i++)
    if (strlen (secrets[i]) >= SHORTEST_SECRET)
      g_string_replace (text, secrets[i], DOTS, 0);
}

static void
hide (GString *text, const PlanciaHttpCall *call)
{
  hide_headers (text, call->headers);
  if (call->secrets != NULL)
    plancia_http_hide_secrets (text, call->secrets);
}

static void
append_request (GString *text, const PlanciaHttpCall *call, GUri *uri)
{
  const char *path = uri != NULL ? g_uri_get_path (uri) : "";
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;

  g_string_append_printf (text, "POST %s", path[0] != '\0' ? path : "/");
  if (query != NULL)
    g_string_append_printf (text, "?%s", query);
  g_string_append_printf (text,
                          " HTTP/1.1\r\nHost: %s\r\n",
                          uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "");
  for (guint i = 0; call->headers[i] != NULL; i += 2)
    g_string_append_printf (text, "%s: " DOTS "\r\n", call->headers[i]);
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", strlen (call->body));
  g_string_append (text, call->body);
}

static void
append_answer (GString *text, const PlanciaHttpCall *call)
{
  gsize       length = 0;
  const char *body = call->answer != NULL ? g_bytes_get_data (call->answer, &length) : NULL;

  if (call->status == 0)
    return;
  g_string_append_printf (text,
                          "HTTP/1.1 %u\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          call->status,
                          length);
  if (length <= PLANCIA_HTTP_BODY_LIMIT)
    g_string_append_len (text, body, (gssize) length);
}

static PlanciaExchangeVerdict
judge (const PlanciaHttpCall *call)
{
  if (call->error != NULL)
    return plancia_exchange_judge (PLANCIA_WIRE_HTTP, 0, NULL, NULL, NULL, 0, call->error);
  return call->status < 400 ? PLANCIA_EXCHANGE_AS_ASKED : PLANCIA_EXCHANGE_REFUSED;
}

/**
 * plancia_http_exchange_new:
 *
 * Any thread. (transfer full)
 */
PlanciaExchange *
plancia_http_exchange_new (const PlanciaHttpCall *call)
{
  g_autoptr (GUri) uri = g_uri_parse (call->url, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autoptr (GString) sent = g_string_new (NULL);
  g_autoptr (GString) received = g_string_new (NULL);
  const char          *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  PlanciaExchangeParts parts = {.unit = -1, .wire = PLANCIA_WIRE_HTTP};
  PlanciaExchange     *exchange;

  append_request (sent, call, uri);
  append_answer (received, call);
  hide (sent, call);
  hide (received, call);
  parts.time = call->time;
  parts.duration = call->duration;
  parts.verdict = judge (call);
  parts.error = call->error;
  parts.peer = plancia_exchange_make_peer (host != NULL ? host : "",
                                           uri != NULL ? (guint16) MAX (g_uri_get_port (uri), 0)
                                                       : 0);
  parts.sent = (const guint8 *) sent->str;
  parts.n_sent = sent->len;
  parts.received = (const guint8 *) received->str;
  parts.n_received = received->len;
  exchange = plancia_exchange_new (&parts);
  g_ref_string_release ((char *) parts.peer);
  return exchange;
}
