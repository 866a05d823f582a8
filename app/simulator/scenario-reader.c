/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/scenario-reader.h"

#include <string.h>

#include "base/error.h"

static JsonNode *
ask (PlanciaScenarioReader *self, const char *key)
{
  g_hash_table_add (self->asked, g_strdup (key));
  return json_object_get_member (self->object, key);
}

static gboolean
has_type (PlanciaScenarioReader *self,
          const char            *key,
          JsonNode              *node,
          GType                  type,
          const char            *what)
{
  GType is = json_node_get_value_type (node);

  if (is == type || (type == G_TYPE_DOUBLE && is == G_TYPE_INT64))
    return TRUE;
  plancia_scenario_reader_fail (self,
                                PLANCIA_DOCUMENT_ERROR_INVALID,
                                key,
                                "expected %s, found %s",
                                what,
                                json_node_type_name (node));
  return FALSE;
}

static gboolean
check_names (PlanciaScenarioReader *self)
{
  g_autoptr (GList) names = json_object_get_members (self->object);

  for (GList *name = names; name != NULL && self->error == NULL; name = name->next)
    if (!g_hash_table_contains (self->asked, name->data))
      plancia_scenario_reader_fail (self,
                                    PLANCIA_DOCUMENT_ERROR_INVALID,
                                    name->data,
                                    "there is no such member here");
  return self->error == NULL;
}

/**
 * plancia_scenario_reader_init:
 * @self: what to initialise
 * @object: borrowed
 * @origin: names the file in errors
 * @path: key path of @object in the file
 */
void
plancia_scenario_reader_init (PlanciaScenarioReader *self,
                              JsonObject            *object,
                              const char            *origin,
                              const char            *path)
{
  self->object = object;
  self->origin = origin;
  self->path = g_strdup (path);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->error = NULL;
}

void
plancia_scenario_reader_clear (PlanciaScenarioReader *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_error (&self->error);
}

/**
 * plancia_scenario_reader_finish:
 * @self: a reader whose members have all been asked for
 * @error: the first thing that was wrong
 *
 * A member that nobody asked for is refused: it is most likely a slip of the pen.
 *
 * Returns: %FALSE if anything was wrong
 */
gboolean
plancia_scenario_reader_finish (PlanciaScenarioReader *self, GError **error)
{
  if (self->error == NULL && check_names (self))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/**
 * plancia_scenario_reader_fail:
 * @self: a reader
 * @code: of %PLANCIA_DOCUMENT_ERROR
 * @key: the member
 * @format: what is wrong with it
 */
void
plancia_scenario_reader_fail (PlanciaScenarioReader *self,
                              int                    code,
                              const char            *key,
                              const char            *format,
                              ...)
{
  g_autofree char *what = NULL;
  g_autofree char *path = plancia_scenario_reader_path (self, key, -1);
  va_list          arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->error = g_error_new (PLANCIA_DOCUMENT_ERROR, code, "%s: %s: %s", self->origin, path, what);
}

const char *
plancia_scenario_reader_string (PlanciaScenarioReader *self, const char *key, const char *fallback)
{
  JsonNode *node = ask (self, key);

  if (node == NULL || !has_type (self, key, node, G_TYPE_STRING, "a text"))
    return fallback;
  return json_node_get_string (node);
}

const char *
plancia_scenario_reader_need (PlanciaScenarioReader *self, const char *key)
{
  const char *text = plancia_scenario_reader_string (self, key, NULL);

  if (text == NULL)
    plancia_scenario_reader_fail (self, PLANCIA_DOCUMENT_ERROR_MISSING, key, "is missing");
  else if (*text == '\0')
    plancia_scenario_reader_fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, key, "is empty");
  return text != NULL ? text : "";
}

const char *
plancia_scenario_reader_word (PlanciaScenarioReader *self,
                              const char            *key,
                              const char *const     *words,
                              const char            *fallback)
{
  const char      *text = plancia_scenario_reader_string (self, key, fallback);
  g_autofree char *list = NULL;

  if (text == NULL || g_strv_contains (words, text))
    return text;
  list = g_strjoinv (", ", (char **) words);
  plancia_scenario_reader_fail (self,
                                PLANCIA_DOCUMENT_ERROR_INVALID,
                                key,
                                "expected one of %s, found \"%s\"",
                                list,
                                text);
  return fallback;
}

double
plancia_scenario_reader_number (PlanciaScenarioReader *self,
                                const char            *key,
                                double                 fallback,
                                double                 minimum,
                                double                 maximum)
{
  JsonNode *node = ask (self, key);
  double    value;

  if (node == NULL || !has_type (self, key, node, G_TYPE_DOUBLE, "a number"))
    return fallback;
  value = json_node_get_double (node);
  if (value >= minimum && value <= maximum)
    return value;
  plancia_scenario_reader_fail (self,
                                PLANCIA_DOCUMENT_ERROR_INVALID,
                                key,
                                "expected %g to %g, found %g",
                                minimum,
                                maximum,
                                value);
  return fallback;
}

gint64
plancia_scenario_reader_time (PlanciaScenarioReader *self,
                              const char            *key,
                              GTimeZone             *zone,
                              gint64                 fallback)
{
  const char      *text = plancia_scenario_reader_string (self, key, NULL);
  g_autofree char *full = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL)
    return fallback;
  full = strchr (text, 'T') != NULL ? g_strdup (text) : g_strconcat (text, "T00:00:00", NULL);
  time = g_date_time_new_from_iso8601 (full, zone);
  if (time != NULL)
    return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  plancia_scenario_reader_fail (self,
                                PLANCIA_DOCUMENT_ERROR_INVALID,
                                key,
                                "expected a time such as 2026-06-12T14:05:30+02:00, found \"%s\"",
                                text);
  return fallback;
}

JsonObject *
plancia_scenario_reader_object (PlanciaScenarioReader *self, const char *key)
{
  JsonNode *node = ask (self, key);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  plancia_scenario_reader_fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, key, "expected an object");
  return NULL;
}

JsonArray *
plancia_scenario_reader_array (PlanciaScenarioReader *self, const char *key)
{
  JsonNode *node = ask (self, key);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  plancia_scenario_reader_fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, key, "expected a list");
  return NULL;
}

char *
plancia_scenario_reader_path (PlanciaScenarioReader *self, const char *key, int index)
{
  const char *dot = *self->path == '\0' ? "" : ".";

  if (index >= 0)
    return g_strdup_printf ("%s%s%s[%d]", self->path, dot, key, index);
  return g_strconcat (self->path, dot, key, NULL);
}
