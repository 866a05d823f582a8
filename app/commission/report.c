/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report.h"

#include "base/error.h"
#include "map/json-check.h"
#include "plant/plant-file.h"
#include <math.h>

#define FORMAT  "plancia-commissioning-report"
#define VERSION 1
/* Up to here a double holds each integer. */
#define LARGEST_INTEGER 9007199254740992.0

/* --- hash ------------------------------------------------------------------------------------ */

static void feed (GString *out, JsonNode *node);

static void
feed_text (GString *out, const char *text)
{
  g_string_append_printf (out, "s%" G_GSIZE_FORMAT ":", strlen (text));
  g_string_append (out, text);
}

static void
feed_number (GString *out, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (number == floor (number) && fabs (number) < LARGEST_INTEGER)
    g_string_append_printf (out, "i%" G_GINT64_FORMAT ";", (gint64) number);
  else
    g_string_append_printf (out, "d%s;", g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static void
feed_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    feed_text (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "t;" : "f;");
  else
    feed_number (out, json_node_get_double (node));
}

static void
feed_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  g_string_append_c (out, '{');
  for (GList *l = names; l != NULL; l = l->next) {
    feed_text (out, l->data);
    feed (out, json_object_get_member (object, l->data));
  }
  g_string_append_c (out, '}');
}

static void
feed (GString *out, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    feed_object (out, json_node_get_object (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    g_string_append_c (out, '[');
    for (guint i = 0; i < json_array_get_length (array); i++)
      feed (out, json_array_get_element (array, i));
    g_string_append_c (out, ']');
  } else if (JSON_NODE_HOLDS_VALUE (node)) {
    feed_value (out, node);
  } else {
    g_string_append (out, "n;");
  }
}

char *
plancia_commission_report_hash (JsonNode *data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  feed (text, data);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

/* --- documents ------------------------------------------------------------------------------- */

/**
 * plancia_commission_report_parse:
 * @origin: names the file in the error
 *
 * Returns: (transfer full): the root, or %NULL if it is no report
 */
JsonNode *
plancia_commission_report_parse (GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (JsonNode) root = plancia_json_parse (bytes, origin, error);
  PlanciaJsonCheck check = {.origin = origin};
  JsonObject      *object = root != NULL ? json_node_get_object (root) : NULL;
  const char      *format;

  if (object == NULL)
    return NULL;
  format = plancia_json_get_string (&check, NULL, object, "format", PLANCIA_JSON_REQUIRED);
  if (format != NULL && !g_str_equal (format, FORMAT))
    plancia_json_fail (&check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "%s", FORMAT);
  plancia_json_get_integer (&check, NULL, object, "version", PLANCIA_JSON_REQUIRED, 1, VERSION, 1);
  plancia_json_get_string (&check, NULL, object, "sha256", PLANCIA_JSON_REQUIRED);
  plancia_json_get_object (&check, NULL, object, "data", PLANCIA_JSON_REQUIRED);
  if (!plancia_json_failed (&check))
    return g_steal_pointer (&root);
  g_propagate_error (error, check.error);
  return NULL;
}

gboolean
plancia_commission_report_verify (GBytes     *bytes,
                                  const char *origin,
                                  char      **stored,
                                  char      **computed,
                                  GError    **error)
{
  g_autoptr (JsonNode) root = plancia_commission_report_parse (bytes, origin, error);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;

  if (object == NULL)
    return FALSE;
  *stored = g_strdup (json_object_get_string_member (object, "sha256"));
  *computed = plancia_commission_report_hash (json_object_get_member (object, "data"));
  return TRUE;
}

GBytes *
plancia_commission_report_format (JsonNode *root)
{
  char *text = json_to_string (root, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

char *
plancia_commission_report_dup_path (const char *path, const char *end)
{
  gsize length = strlen (path);

  if (g_str_has_suffix (path, ".pdf") || g_str_has_suffix (path, ".PDF"))
    length -= strlen (".pdf");
  return g_strdup_printf ("%.*s%s", (int) length, path, end);
}

static gboolean
write_bytes (GBytes *bytes, const char *path, GError **error)
{
  return plancia_plant_file_save (path, bytes, error);
}

gboolean
plancia_commission_report_write (JsonNode              *root,
                                 PlanciaReportLanguage *language,
                                 const char            *path,
                                 GCancellable          *cancellable,
                                 GError               **error)
{
  g_autofree char *json_path = plancia_commission_report_dup_path (path, ".json");
  g_autofree char *csv_path = plancia_commission_report_dup_path (path, ".csv");
  g_autofree char *pdf_path = plancia_commission_report_dup_path (path, ".pdf");
  g_autoptr (GBytes) json = plancia_commission_report_format (root);
  g_autoptr (GBytes) csv = plancia_commission_report_csv (root, language);
  g_autoptr (PlanciaPaper) paper = plancia_commission_report_paper (root, language, error);

  /* The annex first: a report without it could not be checked. */
  return paper != NULL && write_bytes (json, json_path, error) &&
         write_bytes (csv, csv_path, error) &&
         plancia_paper_write (paper, pdf_path, cancellable, error);
}
