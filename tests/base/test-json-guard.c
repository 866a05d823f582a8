/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-guard.h"

#include "base/error.h"
#include <string.h>

typedef struct
{
  const char *name;
  const char *text;
  const char *where; /* NULL: good */
} Case;

static const Case cases[] = {
  {"object",          "{\"a\": [1, -2.5e+3, true, false, null, \"x\"]}",              NULL     },
  {"empty",           "",                                                             NULL     },
  {"brackets-inside", "[\"[[[[{{{{ // ' # \\\" ]\"]",                                 NULL     },
  {"two-byte",        "[\"perch\xc3\xa9\"]",                                          NULL     },
  {"open-string",     "[\"abc",                                                       NULL     },
  {"escapes",         "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e8\\u0000\\uD83d\\ude00\"]", NULL     },
  {"cut-escape",      "[\"abc\\",                                                     "line 1:"},
  {"octal-escape",    "[\n\"\\611\"]",                                                "line 2:"},
  {"other-escape",    "[\"\\a\"]",                                                    "line 1:"},
  {"short-unicode",   "[\"\\u12\"]",                                                  "line 1:"},
  {"high-half",       "[\"\\ud83dx\"]",                                               "line 1:"},
  {"low-half",        "[\"\\ude00\"]",                                                "line 1:"},
  {"two-high-halves", "[\"\\ud83d\\ud83d\"]",                                         "line 1:"},
  {"comment",         "{\n/* \" */}",                                                 "line 2:"},
  {"line-comment",    "{\n\n// x\n}",                                                 "line 3:"},
  {"hash",            "# x\n{}",                                                      "line 1:"},
  {"single-quote",    "{'a': 1}",                                                     "line 1:"},
  {"assignment",      "var x = {}",                                                   "line 1:"},
  {"two",             "{}\n{}",                                                       "line 2:"},
  {"after",           "[1] x",                                                        "line 1:"},
  {"space-after",     "[[1], {}] \n",                                                 NULL     },
  {"latin-1",         "{\n\"\xe8\": 1}",                                              "line 2:"},
  {"control",         "{\x01}",                                                       "line 1:"},
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  gboolean good = plancia_json_guard (c->text, strlen (c->text), &error);

  g_assert_cmpint (good, ==, c->where == NULL);
  if (good)
    return;
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
  g_assert_true (g_str_has_prefix (error->message, c->where));
}

static void
test_depth (void)
{
  g_autofree char *text = g_strnfill (1000000, '[');
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_json_guard (text, 64, NULL));
  g_assert_false (plancia_json_guard (text, 65, NULL));
  g_assert_false (plancia_json_guard (text, 1000000, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
}

static void
test_wide_is_not_deep (void)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "{\"a\": []},");
  g_assert_true (plancia_json_guard (text->str, text->len, NULL));
}

static void
test_nul (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (plancia_json_guard ("[1]\0[", 5, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
}

static void
test_place (void)
{
  g_autofree char *placed = plancia_json_place ("<data>:4:15: Parse error: unexpected value");
  g_autofree char *plain = plancia_json_place ("Out of memory");

  g_assert_cmpstr (placed, ==, "line 4, column 15: Parse error: unexpected value");
  g_assert_cmpstr (plain, ==, "Out of memory");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/base/json-guard/case/%s", cases[i].name);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/base/json-guard/depth", test_depth);
  g_test_add_func ("/base/json-guard/wide-is-not-deep", test_wide_is_not_deep);
  g_test_add_func ("/base/json-guard/nul", test_nul);
  g_test_add_func ("/base/json-guard/place", test_place);
  return g_test_run ();
}
