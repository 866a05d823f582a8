/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/json-check.h"

#include "base/document.h"
#include "base/error.h"
#include "base/json-guard.h"
#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What stands there, for "got ..." in a message. */
static char *
describe_node (JsonNode *node)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup ("an object");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup ("a list");

  text = json_to_string (node, FALSE);
  if (g_utf8_strlen (text, -1) <= 60)
    return g_steal_pointer (&text);

  return g_strdup ("a long text");
}

/* message and words: the same, in English and in the program's language; words may be NULL. */
static void
complain (PlanciaJsonCheck      *check,
          const PlanciaJsonPath *path,
          const char            *key,
          int                    code,
          const char            *message,
          const char            *words)
{
  g_autofree char *where = NULL;

  if (check->error != NULL && check->complaints == NULL)
    return;

  where = plancia_json_path_to_string (path, key);
  if (check->error == NULL)
    check->error = g_error_new (PLANCIA_DOCUMENT_ERROR,
                                code,
                                "%s: %s%s%s",
                                check->origin,
                                where,
                                where[0] != '\0' ? ": " : "",
                                message);
  if (check->complaints != NULL) {
    PlanciaJsonComplaint *complaint = g_new (PlanciaJsonComplaint, 1);

    *complaint = (PlanciaJsonComplaint){g_steal_pointer (&where), g_strdup (words)};
    g_ptr_array_add (check->complaints, complaint);
  }
}

/* expected and its translation */
static void
fail_expected (PlanciaJsonCheck      *check,
               const PlanciaJsonPath *path,
               const char            *key,
               const char            *expected,
               const char            *translated,
               JsonNode              *node)
{
  g_autofree char *got = describe_node (node);
  g_autofree char *message = g_strdup_printf ("expected %s, got %s", expected, got);
  /* TRANSLATORS: what must stand at a place of a register map, and what stands there: "expected a number, got "abc"". */
  g_autofree char *words = g_strdup_printf (_ ("expected %s, got %s"), translated, got);

  complain (check, path, key, PLANCIA_DOCUMENT_ERROR_INVALID, message, words);
}

/* expected is marked for translation. */
static void
fail_type (PlanciaJsonCheck      *check,
           const PlanciaJsonPath *path,
           const char            *key,
           const char            *expected,
           JsonNode              *node)
{
  fail_expected (check, path, key, expected, _ (expected), node);
}

static void
fail_range (PlanciaJsonCheck      *check,
            const PlanciaJsonPath *path,
            const char            *key,
            gboolean               or_text,
            gint64                 minimum,
            gint64                 maximum,
            JsonNode              *node)
{
  g_autofree char *low = g_strdup_printf ("%" G_GINT64_FORMAT, minimum);
  g_autofree char *high = g_strdup_printf ("%" G_GINT64_FORMAT, maximum);
  g_autofree char *expected = NULL;
  g_autofree char *translated = NULL;

  if (or_text) {
    expected = g_strdup_printf ("an integer from %s to %s or its hexadecimal text", low, high);
    translated =
      g_strdup_printf (_ ("an integer from %s to %s or its hexadecimal text"), low, high);
  } else {
    expected = g_strdup_printf ("an integer from %s to %s", low, high);
    translated = g_strdup_printf (_ ("an integer from %s to %s"), low, high);
  }
  fail_expected (check, path, key, expected, translated, node);
}

static JsonNode *
get_member (PlanciaJsonCheck      *check,
            const PlanciaJsonPath *path,
            JsonObject            *object,
            const char            *key,
            PlanciaJsonNeed        need)
{
  JsonNode *node = object ? json_object_get_member (object, key) : NULL;

  if (node == NULL && object != NULL && need == PLANCIA_JSON_REQUIRED)
    plancia_json_fail (check, path, key, PLANCIA_DOCUMENT_ERROR_MISSING, N_ ("is missing"));

  return node;
}

static gboolean
node_is_integer (JsonNode *node, gint64 *out)
{
  GType  type = json_node_get_value_type (node);
  double number;

  if (type == G_TYPE_INT64) {
    *out = json_node_get_int (node);
    return TRUE;
  }
  if (type != G_TYPE_DOUBLE)
    return FALSE;

  number = json_node_get_double (node);
  if (number != floor (number) || fabs (number) > 9007199254740992.0)
    return FALSE;
  *out = (gint64) number;
  return TRUE;
}

/* json-glib writes the place as "<data>:LINE:COLUMN: ". */
static void
fail_syntax (const char *origin, const char *message, GError **error)
{
  g_autofree char *placed = plancia_json_place (message);

  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_SYNTAX,
               "%s: %s",
               origin,
               placed);
}

static gboolean
text_is_hexadecimal (const char *text, guint64 *out)
{
  gsize length = strlen (text);

  if (!g_str_has_prefix (text, "0x") || length < 3 || length > 18)
    return FALSE;
  if (strspn (text + 2, "0123456789abcdefABCDEF") != length - 2)
    return FALSE;

  *out = g_ascii_strtoull (text + 2, NULL, 16);
  return TRUE;
}

/**
 * plancia_json_parse:
 * @bytes: the document, UTF-8
 * @origin: names the file in messages
 *
 * Parses a document whose root is an object. Texts longer than %PLANCIA_DOCUMENT_MAXIMUM_BYTES and
 * nestings deeper than any of our formats needs are refused before the parser sees them. Any thread.
 *
 * Returns: (transfer full): the root, or %NULL with %PLANCIA_DOCUMENT_ERROR_SYNTAX (its message has
 * the line) or %PLANCIA_DOCUMENT_ERROR_INVALID
 */
JsonNode *
plancia_json_parse (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) local = NULL;
  gsize       length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonNode   *root = NULL;

  if (!plancia_document_check_size (length, origin, error))
    return NULL;
  if (!plancia_json_guard (text, length, error)) {
    g_prefix_error (error, "%s: ", origin);
    return NULL;
  }
  if (!json_parser_load_from_data (parser, text, length, &local)) {
    fail_syntax (origin, local->message, error);
    return NULL;
  }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: expected an object at the top",
                 origin);
    return NULL;
  }

  return json_node_ref (root);
}

/**
 * plancia_json_fail:
 * @path: (nullable): where
 * @key: (nullable): the member of it that is wrong
 * @code: a #PlanciaDocumentError
 *
 * Keeps the first complaint: "origin: registers[12].count: message"; all of them if the check collects them. A @format that a
 * person may meet is marked for translation with N_.
 */
void
plancia_json_fail (PlanciaJsonCheck      *check,
                   const PlanciaJsonPath *path,
                   const char            *key,
                   int                    code,
                   const char            *format,
                   ...)
{
  g_autofree char *message = NULL;
  g_autofree char *words = NULL;
  va_list          arguments;

  if (check->error != NULL && check->complaints == NULL)
    return;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (check->complaints != NULL) {
    va_start (arguments, format);
    words = g_strdup_vprintf (g_dgettext (GETTEXT_PACKAGE, format), arguments);
    va_end (arguments);
  }
  complain (check, path, key, code, message, words);
}

void
plancia_json_complaint_free (gpointer data)
{
  PlanciaJsonComplaint *complaint = data;

  g_free (complaint->path);
  g_free (complaint->words);
  g_free (complaint);
}

gboolean
plancia_json_failed (const PlanciaJsonCheck *check)
{
  return check->error != NULL;
}

/**
 * plancia_json_path_to_string:
 * @path: (nullable): the chain, innermost first
 * @key: (nullable): one more key
 *
 * Returns: (transfer full): "registers[12].count"; empty for the root
 */
char *
plancia_json_path_to_string (const PlanciaJsonPath *path, const char *key)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; path != NULL; path = path->parent) {
    g_autofree char *step = NULL;

    if (path->key == NULL)
      step = g_strdup_printf ("[%u]", path->index);
    else
      step = g_strconcat (path->parent ? "." : "", path->key, NULL);
    g_string_prepend (text, step);
  }
  if (key != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "." : "", key);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * plancia_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member, %NULL when absent or wrong
 */
JsonObject *
plancia_json_get_object (PlanciaJsonCheck      *check,
                         const PlanciaJsonPath *path,
                         JsonObject            *object,
                         const char            *key,
                         PlanciaJsonNeed        need)
{
  JsonNode *node = get_member (check, path, object, key, need);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  fail_type (check, path, key, N_ ("an object"), node);
  return NULL;
}

/**
 * plancia_json_get_array:
 *
 * Returns: (transfer none) (nullable): the member, %NULL when absent or wrong
 */
JsonArray *
plancia_json_get_array (PlanciaJsonCheck      *check,
                        const PlanciaJsonPath *path,
                        JsonObject            *object,
                        const char            *key,
                        PlanciaJsonNeed        need)
{
  JsonNode *node = get_member (check, path, object, key, need);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);

  fail_type (check, path, key, N_ ("a list"), node);
  return NULL;
}

/**
 * plancia_json_get_string:
 *
 * Returns: (transfer none) (nullable): the member, %NULL when absent or wrong
 */
const char *
plancia_json_get_string (PlanciaJsonCheck      *check,
                         const PlanciaJsonPath *path,
                         JsonObject            *object,
                         const char            *key,
                         PlanciaJsonNeed        need)
{
  JsonNode *node = get_member (check, path, object, key, need);

  if (node == NULL)
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  fail_type (check, path, key, N_ ("a text"), node);
  return NULL;
}

/**
 * plancia_json_get_integer:
 * @minimum: smallest value allowed
 * @maximum: largest value allowed
 * @fallback: value when the member is absent
 *
 * Returns: the member, @fallback when absent, @minimum when wrong
 */
gint64
plancia_json_get_integer (PlanciaJsonCheck      *check,
                          const PlanciaJsonPath *path,
                          JsonObject            *object,
                          const char            *key,
                          PlanciaJsonNeed        need,
                          gint64                 minimum,
                          gint64                 maximum,
                          gint64                 fallback)
{
  JsonNode *node = get_member (check, path, object, key, need);
  gint64    value = 0;

  if (node == NULL)
    return fallback;
  if (node_is_integer (node, &value) && value >= minimum && value <= maximum)
    return value;

  fail_range (check, path, key, FALSE, minimum, maximum, node);
  return minimum;
}

/**
 * plancia_json_get_number:
 *
 * Returns: the member, @fallback when absent or wrong; always finite
 */
double
plancia_json_get_number (PlanciaJsonCheck      *check,
                         const PlanciaJsonPath *path,
                         JsonObject            *object,
                         const char            *key,
                         double                 fallback)
{
  JsonNode *node = get_member (check, path, object, key, PLANCIA_JSON_OPTIONAL);
  GType     type;

  if (node == NULL)
    return fallback;

  type = json_node_get_value_type (node);
  if ((type == G_TYPE_INT64 || type == G_TYPE_DOUBLE) && isfinite (json_node_get_double (node)))
    return json_node_get_double (node);

  fail_type (check, path, key, N_ ("a number"), node);
  return fallback;
}

/**
 * plancia_json_get_boolean:
 *
 * Returns: the member; %FALSE when absent or wrong
 */
gboolean
plancia_json_get_boolean (PlanciaJsonCheck      *check,
                          const PlanciaJsonPath *path,
                          JsonObject            *object,
                          const char            *key)
{
  JsonNode *node = get_member (check, path, object, key, PLANCIA_JSON_OPTIONAL);

  if (node == NULL)
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);

  fail_type (check, path, key, N_ ("true or false"), node);
  return FALSE;
}

/**
 * plancia_json_get_choice:
 * @choices: the words allowed, %NULL-terminated
 * @fallback: index when the member is absent
 *
 * Returns: index in @choices; 0 when wrong
 */
int
plancia_json_get_choice (PlanciaJsonCheck      *check,
                         const PlanciaJsonPath *path,
                         JsonObject            *object,
                         const char            *key,
                         PlanciaJsonNeed        need,
                         const char *const     *choices,
                         int                    fallback)
{
  const char      *text = plancia_json_get_string (check, path, object, key, need);
  g_autofree char *all = NULL;

  if (text == NULL)
    return fallback;
  for (int i = 0; choices[i] != NULL; i++)
    if (g_str_equal (text, choices[i]))
      return i;

  all = g_strjoinv (", ", (char **) choices);
  plancia_json_fail (check,
                     path,
                     key,
                     PLANCIA_DOCUMENT_ERROR_INVALID,
                     "expected one of %s, got \"%s\"",
                     all,
                     text);
  return 0;
}

/**
 * plancia_json_get_address:
 *
 * Returns: a register address, 0 to 65535, written as an integer or as "0x" and up to four digits;
 * @fallback when absent, 0 when wrong
 */
gint64
plancia_json_get_address (PlanciaJsonCheck      *check,
                          const PlanciaJsonPath *path,
                          JsonObject            *object,
                          const char            *key,
                          PlanciaJsonNeed        need,
                          gint64                 fallback)
{
  JsonNode             *node = get_member (check, path, object, key, need);
  const PlanciaJsonPath here = {path, key, 0};

  if (node == NULL)
    return fallback;

  return plancia_json_node_integer (check, &here, node, 0, G_MAXUINT16);
}

/**
 * plancia_json_element_object:
 * @path: of the element: its index says which
 *
 * Returns: (transfer none) (nullable): the element, %NULL when wrong
 */
JsonObject *
plancia_json_element_object (PlanciaJsonCheck *check, const PlanciaJsonPath *path, JsonArray *array)
{
  JsonNode *node = json_array_get_element (array, path->index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  fail_type (check, path, NULL, N_ ("an object"), node);
  return NULL;
}

/**
 * plancia_json_element_string:
 *
 * Returns: (transfer none) (nullable): the element, %NULL when wrong
 */
const char *
plancia_json_element_string (PlanciaJsonCheck *check, const PlanciaJsonPath *path, JsonArray *array)
{
  JsonNode *node = json_array_get_element (array, path->index);

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  fail_type (check, path, NULL, N_ ("a text"), node);
  return NULL;
}

/**
 * plancia_json_node_integer:
 *
 * Returns: an integer or a hexadecimal text within the limits; @minimum when wrong
 */
gint64
plancia_json_node_integer (PlanciaJsonCheck      *check,
                           const PlanciaJsonPath *path,
                           JsonNode              *node,
                           gint64                 minimum,
                           gint64                 maximum)
{
  guint64 bits = 0;
  gint64  value = 0;

  if (node_is_integer (node, &value) && value >= minimum && value <= maximum)
    return value;
  if (json_node_get_value_type (node) == G_TYPE_STRING &&
      text_is_hexadecimal (json_node_get_string (node), &bits) &&
      (maximum == G_MAXINT64 || bits <= (guint64) maximum) &&
      (maximum > G_MAXUINT16 || strlen (json_node_get_string (node)) <= strlen ("0xFFFF")))
    return (gint64) bits;

  fail_range (check, path, NULL, TRUE, minimum, maximum, node);
  return minimum;
}

gboolean
plancia_json_is_key (const char *text)
{
  return text[0] >= 'a' && text[0] <= 'z' &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (text);
}

gboolean
plancia_json_is_id (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || text[0] == '-' || text[length - 1] == '-' || strstr (text, "--") != NULL)
    return FALSE;

  return strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}
