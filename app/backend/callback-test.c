/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define BEFORE "{\"planciaTest\":\""
#define AFTER  "\"}"
/* s */
#define LIMIT 10

GBytes *
plancia_callback_test_body (const char *mark)
{
  char *text = g_strconcat (BEFORE, mark, AFTER, NULL);

  return g_bytes_new_take (text, strlen (text));
}

char *
plancia_callback_test_find_mark (GBytes *body)
{
  gsize       length;
  const char *text = g_bytes_get_data (body, &length);
  gsize       around = strlen (BEFORE) + strlen (AFTER);

  if (length <= around || length > around + 64 || memcmp (text, BEFORE, strlen (BEFORE)) != 0 ||
      memcmp (text + length - strlen (AFTER), AFTER, strlen (AFTER)) != 0)
    return NULL;
  return g_strndup (text + strlen (BEFORE), length - around);
}

/**
 * plancia_callback_test_post:
 * @url: with the secret path
 * @mark: to recognise it by
 * @cancellable: (nullable): ends it
 * @error: what went wrong on the way, or which status came back
 *
 * The certificate of the public address has to be right: a cloud would not take a wrong one either.
 *
 * Returns: whether somebody there took it
 */
gboolean
plancia_callback_test_post (const char   *url,
                            const char   *mark,
                            GCancellable *cancellable,
                            GError      **error)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", LIMIT, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GBytes) body = plancia_callback_test_body (mark);
  g_autoptr (GBytes) answer = NULL;

  if (message == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "this is no web address");
    return FALSE;
  }
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (soup_message_get_status (message) == SOUP_STATUS_OK)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_FAILED,
               "status %u",
               soup_message_get_status (message));
  return FALSE;
}
