/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/learnt.h"

#include "plant/plant.h"

/* The protocol's own limit for a read. */
#define LONGEST    125
#define LEARNT_KEY "plancia-learnt"

static const char *const framings[] = {"tcp", "rtu", "v5", NULL};

GType
plancia_learnt_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static ("PlanciaLearnt",
                                                     (GBoxedCopyFunc) plancia_learnt_copy,
                                                     (GBoxedFreeFunc) plancia_learnt_free));
  return type;
}

/**
 * plancia_learnt_copy:
 *
 * (transfer full)
 */
PlanciaLearnt *
plancia_learnt_copy (const PlanciaLearnt *self)
{
  PlanciaLearnt *copy = g_new0 (PlanciaLearnt, 1);

  copy->framing = g_strdup (self->framing);
  copy->longest_read = self->longest_read;
  copy->no_gaps = self->no_gaps;
  copy->missing = g_strdupv (self->missing);
  copy->adapter = g_strdup (self->adapter);
  copy->counters = g_strdup (self->counters);
  return copy;
}

/**
 * plancia_learnt_free:
 */
void
plancia_learnt_free (PlanciaLearnt *self)
{
  if (self == NULL)
    return;
  g_free (self->framing);
  g_strfreev (self->missing);
  g_free (self->adapter);
  g_free (self->counters);
  g_free (self);
}

static gboolean
same_keys (GStrv a, GStrv b)
{
  guint n = a != NULL ? g_strv_length (a) : 0;

  if (n != (b != NULL ? g_strv_length (b) : 0))
    return FALSE;
  return n == 0 || g_strv_equal ((const char *const *) a, (const char *const *) b);
}

/**
 * plancia_learnt_equal:
 * @a: (nullable)
 * @b: (nullable)
 *
 * The order of the missing keys counts.
 */
gboolean
plancia_learnt_equal (const PlanciaLearnt *a, const PlanciaLearnt *b)
{
  static const PlanciaLearnt nothing = {0};

  a = a != NULL ? a : &nothing;
  b = b != NULL ? b : &nothing;
  return g_strcmp0 (a->framing, b->framing) == 0 && a->longest_read == b->longest_read &&
         a->no_gaps == b->no_gaps && g_strcmp0 (a->adapter, b->adapter) == 0 &&
         g_strcmp0 (a->counters, b->counters) == 0 && same_keys (a->missing, b->missing);
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static GStrv
get_keys (JsonNode *node)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  guint      n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++) {
    const char *key = get_text (json_array_get_element (array, i));

    if (key != NULL)
      g_strv_builder_add (keys, key);
  }
  return n > 0 ? g_strv_builder_end (keys) : NULL;
}

static gint64
get_number (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

static gboolean
get_boolean (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/**
 * plancia_learnt_new_from_json:
 *
 * A hint that makes no sense is not worth refusing a plant: it is learnt anew. (transfer full)
 */
PlanciaLearnt *
plancia_learnt_new_from_json (JsonObject *object)
{
  PlanciaLearnt *self = g_new0 (PlanciaLearnt, 1);
  const char    *framing = get_text (json_object_get_member (object, "framing"));
  gint64         longest = get_number (object, "longest_read");

  if (framing != NULL && g_strv_contains (framings, framing))
    self->framing = g_strdup (framing);
  if (longest > 0 && longest <= LONGEST)
    self->longest_read = (guint) longest;
  self->no_gaps = get_boolean (object, "no_gaps");
  self->missing = get_keys (json_object_get_member (object, "missing"));
  self->adapter = g_strdup (get_text (json_object_get_member (object, "adapter")));
  self->counters = g_strdup (get_text (json_object_get_member (object, "counters")));
  return self;
}

static void
put_text (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, key, text);
  else
    json_object_remove_member (object, key);
}

static void
put_keys (JsonObject *object, GStrv keys)
{
  JsonArray *array;

  if (keys == NULL || keys[0] == NULL) {
    json_object_remove_member (object, "missing");
    return;
  }
  array = json_array_new ();
  for (guint i = 0; keys[i] != NULL; i++)
    json_array_add_string_element (array, keys[i]);
  json_object_set_array_member (object, "missing", array);
}

/**
 * plancia_learnt_to_json:
 * @object: may hold other members, which stay
 */
void
plancia_learnt_to_json (const PlanciaLearnt *self, JsonObject *object)
{
  put_text (object, "framing", self->framing);
  put_text (object, "adapter", self->adapter);
  put_text (object, "counters", self->counters);
  if (self->longest_read > 0)
    json_object_set_int_member (object, "longest_read", self->longest_read);
  else
    json_object_remove_member (object, "longest_read");
  if (self->no_gaps)
    json_object_set_boolean_member (object, "no_gaps", TRUE);
  else
    json_object_remove_member (object, "no_gaps");
  put_keys (object, self->missing);
}

/**
 * plancia_entry_get_learnt:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): what was found out about it
 */
const PlanciaLearnt *
plancia_entry_get_learnt (PlanciaEntry *self)
{
  g_return_val_if_fail (PLANCIA_IS_ENTRY (self), NULL);
  return g_object_get_data (G_OBJECT (self), LEARNT_KEY);
}

/**
 * plancia_entry_set_learnt:
 * @self: an entry
 * @learnt: (nullable): copied
 */
void
plancia_entry_set_learnt (PlanciaEntry *self, const PlanciaLearnt *learnt)
{
  g_return_if_fail (PLANCIA_IS_ENTRY (self));
  g_object_set_data_full (G_OBJECT (self),
                          LEARNT_KEY,
                          learnt != NULL ? plancia_learnt_copy (learnt) : NULL,
                          (GDestroyNotify) plancia_learnt_free);
}
