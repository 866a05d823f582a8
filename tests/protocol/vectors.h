/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/bytes.h"
#include "base/error.h"
#include <json-glib/json-glib.h>
#include <string.h>

/* Reading of tests/vectors and tests/fixtures; a missing file is a failure of the test. */

static inline JsonNode *
vectors_load (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"), path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  json_parser_load_from_file (parser, full, &error);
  g_assert_no_error (error);
  return json_parser_steal_root (parser);
}

static inline GBytes *
vectors_hex (const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = plancia_hex_decode (text, &error);

  g_assert_no_error (error);
  return bytes;
}

static inline GBytes *
vectors_get_hex (JsonObject *object, const char *member)
{
  const char *text = json_object_get_string_member_with_default (object, member, NULL);

  return text != NULL ? vectors_hex (text) : NULL;
}

static inline void
vectors_assert_bytes (GBytes *got, GBytes *expected)
{
  g_assert_cmpmem (g_bytes_get_data (got, NULL),
                   g_bytes_get_size (got),
                   g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

static inline void
vectors_assert_error (const GError *error, gboolean modbus, int code)
{
  GQuark domain = modbus ? PLANCIA_MODBUS_ERROR : PLANCIA_PROTOCOL_ERROR;

  g_assert_error (error, domain, code);
}

static inline GBytes *
vectors_flip (GBytes *bytes, gsize bit)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  guint8       *copy = g_memdup2 (data, length);

  copy[bit / 8] ^= (guint8) (1 << bit % 8);
  return g_bytes_new_take (copy, length);
}

/* Bytes of a seeded generator, so that a failure comes again. */
static inline GBytes *
vectors_random (GRand *rand, gsize maximum)
{
  gsize   length = (gsize) g_rand_int_range (rand, 0, (gint32) maximum + 1);
  guint8 *data = g_malloc (MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_rand_int_range (rand, 0, 256);
  return g_bytes_new_take (data, length);
}
