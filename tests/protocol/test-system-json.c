/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/system-json.h"

#include "base/error.h"
#include <json-glib/json-glib.h>

static JsonNode *
load (const char *name, const char *member)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"), "fixtures", "system", name, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  json_object_remove_member (root, "_basis");
  return json_node_copy (member != NULL ? json_object_get_member (root, member)
                                        : json_parser_get_root (parser));
}

static GBytes *
load_bytes (const char *name, const char *member)
{
  g_autoptr (JsonNode) node = load (name, member);
  char *text = json_to_string (node, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
test_request (void)
{
  const guint16            first[] = {1};
  const guint16            second[] = {0, 2500};
  const PlanciaSystemBlock blocks[] = {
    {4400, 1, first },
    {4401, 2, second}
  };
  const PlanciaSystemWrite write =
    {NULL, "ZM1TEST00001", "7d0c2f1e-0001", "https://example.invalid/zcs/callback", blocks, 2};
  g_autofree char *text = plancia_system_json_write (&write);
  g_autoptr (JsonNode) made = json_from_string (text, NULL);
  g_autoptr (JsonNode) sample = load ("write-request.json", NULL);

  g_assert_nonnull (made);
  g_assert_true (json_node_equal (made, sample));
}

static void
check_accepted (const char *text, guint status, int code)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_false (plancia_system_json_accepted (body, status, NULL, &error));
  g_assert_error (error, PLANCIA_CLOUD_ERROR, code);
}

static void
test_accepted (void)
{
  g_autoptr (GBytes) body = load_bytes ("write-accepted.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_system_json_accepted (body, 200, NULL, &error));
  g_assert_no_error (error);
  check_accepted ("INVALID CLIENT", 200, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  check_accepted ("", 401, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  check_accepted ("", 429, PLANCIA_CLOUD_ERROR_REFUSED);
  check_accepted ("{\"write\":{\"success\":false,\"errorMessages\":[\"not yours\"]}}",
                  200,
                  PLANCIA_CLOUD_ERROR_REFUSED);
  /* These may have been taken on. */
  check_accepted ("<html>", 502, PLANCIA_CLOUD_ERROR_OVERLOADED);
  check_accepted ("<html>", 200, PLANCIA_CLOUD_ERROR_BAD_ANSWER);
  check_accepted ("", 200, PLANCIA_CLOUD_ERROR_EMPTY_ANSWER);
  check_accepted ("{\"write\":{}}", 200, PLANCIA_CLOUD_ERROR_BAD_ANSWER);
  check_accepted ("{\"write\":{\"succ", 200, PLANCIA_CLOUD_ERROR_BAD_ANSWER);
}

static GPtrArray *
decode (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *callbacks = plancia_system_json_callback (body, &error);

  g_assert_no_error (error);
  return callbacks;
}

static void
test_done (void)
{
  g_autoptr (GBytes) body = load_bytes ("write-callback.json", "ok");
  g_autoptr (GPtrArray) callbacks = decode (body);
  const PlanciaCallback *callback = g_ptr_array_index (callbacks, 0);

  g_assert_cmpuint (callbacks->len, ==, 1);
  g_assert_cmpstr (callback->thing, ==, "ZM1TEST00001");
  g_assert_cmpstr (callback->id, ==, "7d0c2f1e-0001");
  g_assert_cmpint (callback->status, ==, PLANCIA_CALLBACK_DONE);
  g_assert_cmpint (callback->time, ==, G_GINT64_CONSTANT (1749548721000));
  g_assert_null (callback->message);
}

static void
test_failed (void)
{
  g_autoptr (GBytes) body = load_bytes ("write-callback.json", "failed");
  g_autoptr (GPtrArray) callbacks = decode (body);
  const PlanciaCallback *callback = g_ptr_array_index (callbacks, 0);

  g_assert_cmpint (callback->status, ==, PLANCIA_CALLBACK_FAILED);
  g_assert_cmpint (callback->exception, ==, 2);
  g_assert_cmpstr (callback->message, ==, "illegal data address (2)");
}

static void
check_status (const char *text, PlanciaCallbackStatus status, const char *id)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) callbacks = decode (body);
  const PlanciaCallback *callback = g_ptr_array_index (callbacks, 0);

  g_assert_cmpint (callback->status, ==, status);
  g_assert_cmpstr (callback->id, ==, id);
}

/* Shapes that nobody has promised to send otherwise. */
static void
test_forgiving (void)
{
  check_status ("{\"success\":true,\"params\":{\"value\":[{\"A\":{\"id\":7}}]}}",
                PLANCIA_CALLBACK_DONE,
                "7");
  check_status ("{\"w\":{\"params\":{\"value\":[{\"A\":{\"status\":\"DONE\"}}]}}}",
                PLANCIA_CALLBACK_DONE,
                NULL);
  check_status (
    "{\"w\":{\"success\":true,\"params\":{\"value\":[{\"A\":{\"status\":\"pending\"}}]}}}",
    PLANCIA_CALLBACK_OTHER,
    NULL);
  check_status (
    "{\"w\":{\"success\":true,\"params\":{\"value\":[{\"A\":{\"registers\":[{\"result\":"
    "\"busy\"}]}}]}}}",
    PLANCIA_CALLBACK_FAILED,
    NULL);
  check_status ("{\"w\":{\"params\":{\"value\":[{\"A\":{}}]}}}", PLANCIA_CALLBACK_OTHER, NULL);
}

static void
test_nonsense (void)
{
  static const char *const texts[] = {"",
                                      "{}",
                                      "[]",
                                      "7",
                                      "{\"w\":{\"params\":{\"value\":[]}}}",
                                      "{\"w\":[{}]}",
                                      "{\"w\":{\"params\":{\"value\":[3,{\"A\":4}]}}}",
                                      "{\"w\"",
                                      "<html>"};
  g_autofree char         *deep = g_strnfill (60000, '[');
  g_autofree char         *long_ = g_strnfill (PLANCIA_CALLBACK_MAXIMUM_BYTES + 1, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (texts) + 2; i++) {
    const char *text = i < G_N_ELEMENTS (texts)    ? texts[i]
                       : i == G_N_ELEMENTS (texts) ? deep
                                                   : long_;
    g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_system_json_callback (body, &error));
    g_assert_nonnull (error);
    g_assert_true (error->domain == PLANCIA_CLOUD_ERROR);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/system-json/request", test_request);
  g_test_add_func ("/system-json/accepted", test_accepted);
  g_test_add_func ("/system-json/done", test_done);
  g_test_add_func ("/system-json/failed", test_failed);
  g_test_add_func ("/system-json/forgiving", test_forgiving);
  g_test_add_func ("/system-json/nonsense", test_nonsense);
  return g_test_run ();
}
