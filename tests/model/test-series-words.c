/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/series-words.h"

static const char document[] =
  "{\"format\":\"register-map\",\"version\":1,\"id\":\"test-map\",\"name\":\"Test\",\"device_kind\":\"inverter\",\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},\"limits\":{\"max_read\":60,\"max_write\":8},"
  "\"transports\":[{\"kind\":\"tcp\"}],\"groups\":[{\"key\":\"g\",\"name\":\"Group\"}],\"sources\":[{\"ref\":\"test\"}],"
  "\"value_tables\":{\"t\":[{\"value\":1,\"label\":\"One thing\"},{\"value\":65535,\"label\":\"Another\"}]},"
  "\"bit_tables\":{\"b\":[{\"bit\":0,\"label\":\"Low\"},{\"bit\":15,\"label\":\"High\"}]},"
  "\"registers\":["
  "{\"key\":\"voltage\",\"name\":\"Voltage\",\"group\":\"g\",\"address\":1,\"count\":1,\"type\":\"u16\",\"unit\":\"V\"},"
  "{\"key\":\"limit\",\"name\":\"Limit\",\"group\":\"g\",\"address\":2,\"count\":1,\"type\":\"u16\",\"unit\":\"W\",\"values\":\"t\"},"
  "{\"key\":\"state\",\"name\":\"State\",\"group\":\"g\",\"address\":3,\"count\":1,\"type\":\"u16\",\"values\":\"t\"},"
  "{\"key\":\"flags\",\"name\":\"Flags\",\"group\":\"g\",\"address\":4,\"count\":1,\"type\":\"bits\",\"bits\":\"b\"}]}";

static PlanciaMap *
new_map (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (document, sizeof document - 1);
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_new_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  return map;
}

static void
assert_words (PlanciaMap *map, const char *key, double value, const char *expected)
{
  g_autofree char *words = plancia_series_words_value (key, map, value);

  g_assert_cmpstr (words, ==, expected);
}

/* What has words and is not measured. */
static void
test_is_state (void)
{
  g_autoptr (PlanciaMap) map = new_map ();

  g_assert_true (plancia_series_words_is_state ("state", map));
  g_assert_true (plancia_series_words_is_state ("flags", map));
  g_assert_false (plancia_series_words_is_state ("voltage", map));
  g_assert_false (plancia_series_words_is_state ("limit", map));
  g_assert_false (plancia_series_words_is_state ("powerGenerating", map));
  g_assert_false (plancia_series_words_is_state ("state", NULL));
}

static void
test_values (void)
{
  g_autoptr (PlanciaMap) map = new_map ();

  assert_words (map, "state", 1, "One thing");
  assert_words (map, "state", 65535, "Another");
  assert_words (map, "state", 7, "7");
  assert_words (map, "flags", 0x8001, "Low, High");
  assert_words (map, "flags", 2, "bit 1");
  assert_words (map, "flags", 0, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-words/is-state", test_is_state);
  g_test_add_func ("/series-words/values", test_values);
  return g_test_run ();
}
