/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that knows libyaml. */

#include "map/yaml-tree.h"

#include "base/document.h"
#include "base/error.h"
#include <math.h>
#include <string.h>
#include <yaml.h>

typedef struct
{
  yaml_parser_t parser;
  const char   *origin;
  guint         depth;
  guint         n_nodes;
  GError      **error;
} Reader;

static PlanciaYaml *read_node (Reader *self, yaml_event_t *event);

static gpointer
fail (Reader *self, int code, gsize line, const char *what)
{
  g_set_error (self->error,
               PLANCIA_DOCUMENT_ERROR,
               code,
               "%s: line %" G_GSIZE_FORMAT ": %s",
               self->origin,
               line,
               what);
  return NULL;
}

/* The next event; FALSE with an error. The event is the caller's to delete. */
static gboolean
next (Reader *self, yaml_event_t *event)
{
  if (yaml_parser_parse (&self->parser, event))
    return TRUE;

  fail (self,
        PLANCIA_DOCUMENT_ERROR_SYNTAX,
        self->parser.problem_mark.line + 1,
        self->parser.problem ? self->parser.problem : "not YAML");
  return FALSE;
}

static PlanciaYaml *
make_node (Reader *self, PlanciaYamlKind kind, const yaml_event_t *event)
{
  PlanciaYaml *node;

  if (++self->n_nodes > PLANCIA_YAML_MAXIMUM_NODES)
    return fail (self,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 event->start_mark.line + 1,
                 "the file has too many values");

  node = g_new0 (PlanciaYaml, 1);
  node->kind = kind;
  node->line = (guint) event->start_mark.line + 1;
  if (kind != PLANCIA_YAML_SCALAR)
    node->children = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_yaml_free);
  return node;
}

static PlanciaYaml *
read_scalar (Reader *self, const yaml_event_t *event)
{
  PlanciaYaml *node;

  if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL)
    return fail (self,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 event->start_mark.line + 1,
                 "anchors and tags are not accepted");
  if (strlen ((const char *) event->data.scalar.value) != event->data.scalar.length)
    return fail (self,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 event->start_mark.line + 1,
                 "a text has a NUL in it");

  node = make_node (self, PLANCIA_YAML_SCALAR, event);
  if (node == NULL)
    return NULL;
  node->text = g_strdup ((const char *) event->data.scalar.value);
  node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  return node;
}

/* Until the end of the list or map. */
static gboolean
read_children (Reader *self, PlanciaYaml *node, yaml_event_type_t end)
{
  guint most = node->kind == PLANCIA_YAML_MAP ? 2 * PLANCIA_YAML_MAXIMUM_ITEMS
                                              : PLANCIA_YAML_MAXIMUM_ITEMS;

  for (;;) {
    yaml_event_t event;
    PlanciaYaml *child;
    gboolean     is_end;

    if (!next (self, &event))
      return FALSE;
    is_end = event.type == end;
    child = is_end ? NULL : read_node (self, &event);
    yaml_event_delete (&event);
    if (is_end)
      return TRUE;
    if (child == NULL)
      return FALSE;
    g_ptr_array_add (node->children, child);
    if (node->children->len > most) {
      fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, child->line, "more than 20000 entries");
      return FALSE;
    }
  }
}

static PlanciaYaml *
read_collection (Reader             *self,
                 PlanciaYamlKind     kind,
                 const yaml_event_t *event,
                 yaml_event_type_t   end)
{
  g_autoptr (PlanciaYaml) node = NULL;
  gboolean done;

  if (self->depth >= PLANCIA_YAML_MAXIMUM_DEPTH)
    return fail (self,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 event->start_mark.line + 1,
                 "nested more than 16 levels deep");
  node = make_node (self, kind, event);
  if (node == NULL)
    return NULL;

  self->depth++;
  done = read_children (self, node, end);
  self->depth--;
  return done ? g_steal_pointer (&node) : NULL;
}

static PlanciaYaml *
read_node (Reader *self, yaml_event_t *event)
{
  gsize line = event->start_mark.line + 1;

  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return read_scalar (self, event);
  case YAML_SEQUENCE_START_EVENT:
    if (event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL)
      return fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, line, "anchors and tags are not accepted");
    return read_collection (self, PLANCIA_YAML_LIST, event, YAML_SEQUENCE_END_EVENT);
  case YAML_MAPPING_START_EVENT:
    if (event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL)
      return fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, line, "anchors and tags are not accepted");
    return read_collection (self, PLANCIA_YAML_MAP, event, YAML_MAPPING_END_EVENT);
  case YAML_ALIAS_EVENT:
    return fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, line, "aliases are not accepted");
  default:
    return fail (self, PLANCIA_DOCUMENT_ERROR_INVALID, line, "there is no value");
  }
}

/* Skips what is before the first value and reads that one document. */
static PlanciaYaml *
read_document (Reader *self)
{
  PlanciaYaml *root = NULL;
  gboolean     done = FALSE;

  while (!done) {
    yaml_event_t event;

    if (!next (self, &event)) {
      g_clear_pointer (&root, plancia_yaml_free);
      return NULL;
    }
    if (event.type == YAML_DOCUMENT_START_EVENT && root != NULL) {
      g_clear_pointer (&root, plancia_yaml_free);
      fail (self,
            PLANCIA_DOCUMENT_ERROR_INVALID,
            event.start_mark.line + 1,
            "a second document begins here");
      done = TRUE;
    } else if (event.type == YAML_STREAM_END_EVENT) {
      if (root == NULL)
        fail (self, PLANCIA_DOCUMENT_ERROR_SYNTAX, event.start_mark.line + 1, "the file is empty");
      done = TRUE;
    } else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT &&
               event.type != YAML_DOCUMENT_END_EVENT) {
      root = read_node (self, &event);
      done = root == NULL;
    }
    yaml_event_delete (&event);
  }

  return root;
}

/**
 * plancia_yaml_parse:
 * @bytes: the file
 * @origin: names it in messages
 * @error: return location for an error; must not be %NULL
 *
 * Any thread.
 *
 * Returns: (transfer full): the value of the document, or %NULL with %PLANCIA_DOCUMENT_ERROR
 */
PlanciaYaml *
plancia_yaml_parse (GBytes *bytes, const char *origin, GError **error)
{
  Reader        reader = {.origin = origin, .error = error};
  gsize         length = 0;
  const guchar *data = g_bytes_get_data (bytes, &length);
  PlanciaYaml  *root;

  if (!plancia_document_check_size (length, origin, error))
    return NULL;
  if (!yaml_parser_initialize (&reader.parser))
    g_error ("out of memory");

  yaml_parser_set_input_string (&reader.parser, data, length);
  root = read_document (&reader);
  yaml_parser_delete (&reader.parser);

  return root;
}

void
plancia_yaml_free (PlanciaYaml *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

/**
 * plancia_yaml_get:
 *
 * Returns: (transfer none) (nullable): the value of a key; of two the first
 */
const PlanciaYaml *
plancia_yaml_get (const PlanciaYaml *self, const char *key)
{
  if (self == NULL || self->kind != PLANCIA_YAML_MAP)
    return NULL;

  for (guint i = 0; i + 1 < self->children->len; i += 2) {
    const PlanciaYaml *name = g_ptr_array_index (self->children, i);

    if (name->kind == PLANCIA_YAML_SCALAR && g_str_equal (name->text, key))
      return g_ptr_array_index (self->children, i + 1);
  }

  return NULL;
}

guint
plancia_yaml_get_n (const PlanciaYaml *self)
{
  return self != NULL && self->kind == PLANCIA_YAML_LIST ? self->children->len : 0;
}

const PlanciaYaml *
plancia_yaml_get_at (const PlanciaYaml *self, guint index)
{
  return index < plancia_yaml_get_n (self) ? g_ptr_array_index (self->children, index) : NULL;
}

const char *
plancia_yaml_get_text (const PlanciaYaml *self)
{
  if (self == NULL || self->kind != PLANCIA_YAML_SCALAR)
    return NULL;
  if (!self->quoted && (self->text[0] == '\0' || g_str_equal (self->text, "~") ||
                        g_ascii_strcasecmp (self->text, "null") == 0))
    return NULL;

  return self->text;
}

gboolean
plancia_yaml_get_integer (const PlanciaYaml *self, gint64 *out)
{
  const char *text = plancia_yaml_get_text (self);
  gboolean    negative = text != NULL && text[0] == '-';
  const char *digits = text ? text + (text[0] == '-' || text[0] == '+') : NULL;
  guint       base = 10;
  guint64     number = 0;

  if (digits == NULL)
    return FALSE;
  if (g_str_has_prefix (digits, "0x") || g_str_has_prefix (digits, "0o")) {
    base = digits[1] == 'x' ? 16 : 8;
    digits += 2;
  }
  if (!g_ascii_string_to_unsigned (digits, base, 0, G_MAXINT64, &number, NULL))
    return FALSE;

  *out = negative ? -(gint64) number : (gint64) number;
  return TRUE;
}

gboolean
plancia_yaml_get_number (const PlanciaYaml *self, double *out)
{
  const char *text = plancia_yaml_get_text (self);
  gint64      integer;
  char       *end = NULL;

  if (plancia_yaml_get_integer (self, &integer)) {
    *out = (double) integer;
    return TRUE;
  }
  if (text == NULL || strspn (text, "+-0123456789.eE") != strlen (text))
    return FALSE;

  *out = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*out);
}

gboolean
plancia_yaml_get_boolean (const PlanciaYaml *self)
{
  static const char *const words[] = {"true", "yes", "on", "1"};
  const char              *text = plancia_yaml_get_text (self);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;

  return FALSE;
}
