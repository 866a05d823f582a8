/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/recorded.h"

#include "base/bytes.h"
#include "base/error.h"

/* A month, s. */
#define LONGEST (31.0 * 24 * 3600)

struct _PlanciaRecorded
{
  GArray *changes; /* PlanciaRecordedChange */
};

static void
change_clear (gpointer data)
{
  g_free (((PlanciaRecordedChange *) data)->words);
}

static gboolean
is_number (JsonNode *node, double lowest, double highest, double *out)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING ||
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;
  *out = json_node_get_double (node);
  return *out >= lowest && *out <= highest;
}

static gboolean
take_words (PlanciaRecordedChange *change, JsonNode *node)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize         length;
  const guint8 *data;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  bytes = plancia_hex_decode (json_node_get_string (node), NULL);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  if (length == 0 || length % 2 != 0 || change->address + length / 2 > 0x10000)
    return FALSE;
  change->count = (guint16) (length / 2);
  change->words = g_new (guint16, change->count);
  for (guint i = 0; i < change->count; i++)
    change->words[i] = (guint16) (data[2 * i] << 8 | data[2 * i + 1]);
  return TRUE;
}

static gboolean
read_change (PlanciaRecordedChange *change, JsonNode *node)
{
  JsonArray *parts = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double     seconds, function, address;

  if (parts == NULL || json_array_get_length (parts) != 4 ||
      !is_number (json_array_get_element (parts, 0), 0, LONGEST, &seconds) ||
      !is_number (json_array_get_element (parts, 1), 3, 4, &function) ||
      !is_number (json_array_get_element (parts, 2), 0, 0xffff, &address))
    return FALSE;
  change->time = (gint64) (seconds * 1000);
  change->function = (guint8) function;
  change->address = (guint16) address;
  return take_words (change, json_array_get_element (parts, 3));
}

/**
 * plancia_recorded_read:
 * @origin: names the file in errors
 * @path: where in the file
 */
PlanciaRecorded *
plancia_recorded_read (JsonArray *array, const char *origin, const char *path, GError **error)
{
  g_autoptr (PlanciaRecorded) self = g_atomic_rc_box_new0 (PlanciaRecorded);
  gint64 last = 0;

  self->changes = g_array_new (FALSE, FALSE, sizeof (PlanciaRecordedChange));
  g_array_set_clear_func (self->changes, change_clear);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    PlanciaRecordedChange change = {0};

    if (!read_change (&change, json_array_get_element (array, i)) || change.time < last) {
      change_clear (&change);
      g_set_error (
        error,
        PLANCIA_DOCUMENT_ERROR,
        PLANCIA_DOCUMENT_ERROR_INVALID,
        "%s: %s[%u]: expected seconds, function 3 or 4, address and words in hex, in the "
        "order of time",
        origin,
        path,
        i);
      return NULL;
    }
    last = change.time;
    g_array_append_val (self->changes, change);
  }
  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  g_array_unref (((PlanciaRecorded *) data)->changes);
}

PlanciaRecorded *
plancia_recorded_ref (PlanciaRecorded *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plancia_recorded_unref (PlanciaRecorded *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

guint
plancia_recorded_get_length (const PlanciaRecorded *self)
{
  return self->changes->len;
}

const PlanciaRecordedChange *
plancia_recorded_get (const PlanciaRecorded *self, guint index)
{
  return &g_array_index (self->changes, PlanciaRecordedChange, index);
}
