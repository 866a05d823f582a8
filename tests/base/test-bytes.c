/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include "base/error.h"
#include <gio/gio.h>

static void
test_reads_in_order (void)
{
  const guint8  data[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09};
  PlanciaReader reader;
  g_autoptr (GError) error = NULL;

  plancia_reader_init (&reader, data, sizeof data);
  g_assert_cmphex (plancia_reader_u8 (&reader), ==, 0x01);
  g_assert_cmphex (plancia_reader_be16 (&reader), ==, 0x0203);
  g_assert_cmphex (plancia_reader_le16 (&reader), ==, 0x0504);
  g_assert_cmphex (plancia_reader_be32 (&reader), ==, 0x06070809);
  g_assert_cmpuint (plancia_reader_remaining (&reader), ==, 0);
  g_assert_true (plancia_reader_finish (&reader, "frame", &error));
  g_assert_no_error (error);
}

static void
test_error_is_sticky (void)
{
  const guint8  data[] = {0xff, 0xff, 0xff};
  PlanciaReader reader;
  g_autoptr (GError) error = NULL;

  plancia_reader_init (&reader, data, sizeof data);
  g_assert_cmphex (plancia_reader_le32 (&reader), ==, 0);
  g_assert_cmphex (plancia_reader_u8 (&reader), ==, 0);
  g_assert_null (plancia_reader_take (&reader, 0));
  g_assert_false (plancia_reader_finish (&reader, "frame", &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_TRUNCATED);
  g_assert_nonnull (strstr (error->message, "expected 4 more bytes at offset 0, got 3"));
}

static void
test_huge_length_does_not_wrap (void)
{
  const guint8  data[] = {1, 2};
  PlanciaReader reader;

  plancia_reader_init (&reader, data, sizeof data);
  plancia_reader_u8 (&reader);
  g_assert_null (plancia_reader_take (&reader, G_MAXSIZE));
  g_assert_false (plancia_reader_finish (&reader, "frame", NULL));
}

static void
test_put (void)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autofree char *hex = NULL;

  plancia_put_u8 (array, 0xa5);
  plancia_put_be16 (array, 0x0102);
  plancia_put_le16 (array, 0x0102);
  plancia_put_be32 (array, 0x01020304);
  plancia_put_le32 (array, 0x01020304);
  plancia_put_bytes (array, empty);
  hex = plancia_hex_encode (array->data, array->len, "");
  g_assert_cmpstr (hex, ==, "a5010202010102030404030201");
}

static void
test_hex (void)
{
  static const struct
  {
    const char *text;
    const char *plain; /* NULL: refused */
  } cases[] = {
    {"",           ""    },
    {"01ff",       "01ff"},
    {" 01 FF\n",   "01ff"},
    {"0x01, 0xFF", "01ff"},
    {"01:ff",      "01ff"},
    {"0",          NULL  },
    {"01 f",       NULL  },
    {"01 zz",      NULL  },
    {"0x",         ""    },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = plancia_hex_decode (cases[i].text, &error);
    g_autofree char *back = NULL;

    if (!cases[i].plain) {
      g_assert_null (bytes);
      g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_MALFORMED);
      continue;
    }
    g_assert_no_error (error);
    back = plancia_hex_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "");
    g_assert_cmpstr (back, ==, cases[i].plain);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bytes/reads-in-order", test_reads_in_order);
  g_test_add_func ("/bytes/error-is-sticky", test_error_is_sticky);
  g_test_add_func ("/bytes/huge-length", test_huge_length_does_not_wrap);
  g_test_add_func ("/bytes/put", test_put);
  g_test_add_func ("/bytes/hex", test_hex);
  return g_test_run ();
}
