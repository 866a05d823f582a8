/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/raw-range.h"

#include "base/clock.h"
#include "base/error.h"
#include "fake-backend.h"
#include <locale.h>

#define NOW   G_GINT64_CONSTANT (1781265937000)
#define FIRST 0x0484

typedef struct
{
  PlanciaDevice   *device;
  FakeBackend     *backend;
  PlanciaRawRange *range;
  guint            watchdog;
} Fixture;

static gboolean
times_up (gpointer data)
{
  g_error ("a step took too long");
  return G_SOURCE_REMOVE;
}

static void
set_up (Fixture *self, gconstpointer text)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new (NULL, "inverter", "Inverter", address);

  self->watchdog = g_timeout_add_seconds (30, times_up, NULL);
  plancia_clock_simulate (NOW, 0);
  self->device = plancia_device_new (entry);
  self->backend = fake_backend_new (PLANCIA_BACKEND_REGISTERS);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_set_backend (self->device, PLANCIA_BACKEND (self->backend));
  self->range = plancia_raw_range_new (self->device);
}

static void
tear_down (Fixture *self, gconstpointer text)
{
  /* An answer that is on its way holds on to the range. */
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_assert_finalize_object (self->range);
  g_clear_object (&self->device);
  g_clear_object (&self->backend);
  plancia_clock_reset ();
  g_source_remove (self->watchdog);
}

static void
wait (Fixture *self)
{
  while (plancia_raw_range_is_reading (self->range))
    g_main_context_iteration (NULL, TRUE);
}

static void
read_range (Fixture *self, guint8 function, guint address, guint count)
{
  plancia_raw_range_read (self->range, function, (guint16) address, count);
  wait (self);
}

static PlanciaRawRow *
row (Fixture *self, guint index)
{
  g_autoptr (PlanciaRawRow) found = g_list_model_get_item (G_LIST_MODEL (self->range), index);

  return found;
}

static void
assert_form (Fixture         *self,
             guint            index,
             PlanciaRawForm   form,
             PlanciaWordOrder order,
             const char      *text)
{
  g_autofree char *found = plancia_raw_row_format (row (self, index), form, order);

  g_assert_cmpstr (found, ==, text);
}

/* The words of 231.4 as a float, 0x4367 0x6666, then -12. */
static void
test_forms (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, FIRST, 1, 0x4367);
  fake_backend_set_words (self->backend, FIRST + 1, 1, 0x6666);
  fake_backend_set_words (self->backend, FIRST + 2, 1, 0xfff4);
  read_range (self, 3, FIRST, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->range)), ==, 3);
  assert_form (self, 0, PLANCIA_RAW_ADDRESS, 0, "0484");
  assert_form (self, 0, PLANCIA_RAW_DECIMAL, 0, "1156");
  assert_form (self, 0, PLANCIA_RAW_HEX, 0, "4367");
  assert_form (self, 0, PLANCIA_RAW_BITS, 0, "0100 0011 0110 0111");
  assert_form (self, 0, PLANCIA_RAW_TEXT, 0, "Cg");
  assert_form (self, 0, PLANCIA_RAW_F32, PLANCIA_WORDS_ABCD, "231.4");
  assert_form (self, 0, PLANCIA_RAW_F32, PLANCIA_WORDS_CDAB, "2.72e23");
  assert_form (self, 0, PLANCIA_RAW_NAME, 0, "\xe2\x80\x94");
  assert_form (self,
               1,
               PLANCIA_RAW_U32,
               PLANCIA_WORDS_ABCD,
               "1\xe2\x80\xaf"
               "718\xe2\x80\xaf"
               "026\xe2\x80\xaf"
               "228");
  assert_form (self,
               1,
               PLANCIA_RAW_U32,
               PLANCIA_WORDS_DCBA,
               "4\xe2\x80\xaf"
               "110\xe2\x80\xaf"
               "378\xe2\x80\xaf"
               "598");
  assert_form (self,
               1,
               PLANCIA_RAW_I32,
               PLANCIA_WORDS_CDAB,
               "\xe2\x88\x92"
               "760\xe2\x80\xaf"
               "218");
  assert_form (self,
               2,
               PLANCIA_RAW_U16,
               0,
               "65\xe2\x80\xaf"
               "524");
  assert_form (self,
               2,
               PLANCIA_RAW_I16,
               0,
               "\xe2\x88\x92"
               "12");
  /* The last register has no second one. */
  assert_form (self, 2, PLANCIA_RAW_U32, 0, "\xe2\x80\x94");
  assert_form (self, 2, PLANCIA_RAW_F32, 0, "\xe2\x80\x94");
  assert_form (self, 2, PLANCIA_RAW_TEXT, 0, "\xc2\xb7\xc2\xb7");
}

static void
test_not_a_number (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, FIRST, 2, 0xfff4);
  read_range (self, 4, FIRST, 2);
  assert_form (self, 0, PLANCIA_RAW_F32, 0, "nan");
}

static void
test_what_moved (Fixture *self, gconstpointer text)
{
  PlanciaRawRow *first;

  fake_backend_set_words (self->backend, FIRST, 4, 7);
  read_range (self, 3, FIRST, 4);
  first = row (self, 0);
  g_assert_cmpint (plancia_raw_row_get_changed (first), ==, 0);
  plancia_raw_range_keep (self->range, TRUE);
  g_assert_cmpint (plancia_raw_range_get_kept (self->range), ==, NOW);

  plancia_clock_simulate (NOW + 5000, 0);
  fake_backend_set_words (self->backend, FIRST + 2, 1, 8);
  read_range (self, 3, FIRST, 4);
  g_assert_true (row (self, 0) == first);
  g_assert_cmpint (plancia_raw_row_get_changed (row (self, 1)), ==, 0);
  g_assert_cmpint (plancia_raw_row_get_changed (row (self, 2)), ==, NOW + 5000);
  g_assert_cmpint (plancia_raw_row_get_kept (row (self, 2)), ==, 7);
  g_assert_cmpuint (plancia_raw_range_count_differences (self->range), ==, 1);
  plancia_raw_range_keep (self->range, FALSE);
  g_assert_cmpuint (plancia_raw_range_count_differences (self->range), ==, 0);

  /* Another range begins anew. */
  read_range (self, 3, FIRST + 1, 3);
  g_assert_cmpint (plancia_raw_row_get_changed (row (self, 1)), ==, 0);
}

/* Without a map: at most 60 registers in a request. */
static void
test_several_requests (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, 0, 300, 1);
  read_range (self, 3, 0, 130);
  g_assert_no_error (plancia_raw_range_get_error (self->range));
  g_assert_cmpuint (plancia_raw_range_get_requests (self->range), ==, 3);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 3);
  /* Nothing is asked for beyond the last register. */
  fake_backend_set_words (self->backend, 65530, 6, 1);
  read_range (self, 3, 65530, 100);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->range)), ==, 6);
}

static void
test_refusal_keeps_the_words (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, FIRST, 4, 7);
  read_range (self, 3, FIRST, 4);
  fake_backend_set_silent (self->backend, FIRST, 1);
  read_range (self, 3, FIRST, 4);
  g_assert_error (plancia_raw_range_get_error (self->range), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  assert_form (self, 0, PLANCIA_RAW_U16, 0, "7");
  read_range (self, 3, FIRST, 5);
  g_assert_nonnull (plancia_raw_range_get_error (self->range));
  assert_form (self, 0, PLANCIA_RAW_U16, 0, "\xe2\x80\x94");
}

static void
test_hub_passes_one_function (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, FIRST, 4, 7);
  read_range (self, 4, FIRST, 4);
  g_assert_error (plancia_raw_range_get_error (self->range), G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (fake_backend_count_raw (self->backend), ==, 0);
  read_range (self, 3, FIRST, 4);
  g_assert_no_error (plancia_raw_range_get_error (self->range));
}

static void
test_again_and_again (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, FIRST, 4, 7);
  read_range (self, 3, FIRST, 4);
  plancia_raw_range_set_interval (self->range, 5);
  while (fake_backend_count_raw (self->backend) < 4)
    g_main_context_iteration (NULL, TRUE);
  plancia_raw_range_stop (self->range);
  g_assert_false (plancia_raw_range_is_reading (self->range));
}

static void
test_bits (Fixture *self, gconstpointer text)
{
  fake_backend_set_words (self->backend, 0, 2, 1);
  read_range (self, 1, 0, 2);
  assert_form (self, 0, PLANCIA_RAW_BITS, 0, "1");
  assert_form (self, 0, PLANCIA_RAW_U32, 0, "\xe2\x80\x94");
}

static void
test_text (Fixture *self, gconstpointer data)
{
  g_autofree char *csv = NULL;
  g_autofree char *tabs = NULL;

  fake_backend_set_words (self->backend, 16, 1, 0x2c22);
  fake_backend_set_words (self->backend, 17, 1, 0xfff4);
  read_range (self, 3, 16, 2);
  csv = plancia_raw_range_to_text (self->range, PLANCIA_WORDS_ABCD, ',');
  g_assert_cmpstr (csv,
                   ==,
                   "register,decimal,hex,u16,i16,u32,i32,f32,bits,text,in_map\r\n"
                   "0x0010,16,2C22,11298,11298,740491252,740491252,2.31636672e-12,"
                   "0010 1100 0010 0010,\",\"\"\",\r\n"
                   "0x0011,17,FFF4,65524,-12,,,,1111 1111 1111 0100,..,\r\n");
  tabs = plancia_raw_range_to_text (self->range, PLANCIA_WORDS_ABCD, '\t');
  g_assert_true (g_str_has_prefix (tabs, "register\tdecimal\thex\t"));
}

/* What the map says must never be read is not asked for; its names stand beside the words. */
static void
test_map (Fixture *self, gconstpointer data)
{
  static const char json[] =
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"x\",\"name\":\"X\",\"sources\":[{\"ref\":\"test\"}],\"device_kind\":\"inverter\","
    "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\","
    "\"byte_order\":\"big\"},"
    "\"limits\":{\"max_read\":2,\"max_write\":2,\"never_read\":[[\"0x0020\",\"0x0028\"]]},"
    "\"groups\":[{\"key\":\"a\",\"name\":\"A\"}],"
    "\"registers\":[{\"key\":\"long\",\"name\":\"Long\",\"group\":\"a\",\"address\":\"0x0001\","
    "\"count\":2,\"type\":\"u32\"},{\"key\":\"one\",\"name\":\"One\",\"group\":\"a\","
    "\"address\":\"0x0003\",\"count\":1,\"type\":\"u16\"}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, sizeof json - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, "test", &error);

  g_assert_no_error (error);
  plancia_device_set_map (self->device, map);
  fake_backend_set_words (self->backend, 0, 100, 1);
  read_range (self, 3, 0, 5);
  g_assert_cmpuint (plancia_raw_range_get_requests (self->range), ==, 3);
  assert_form (self, 1, PLANCIA_RAW_NAME, 0, "Long (1/2)");
  assert_form (self, 2, PLANCIA_RAW_NAME, 0, "Long (2/2)");
  assert_form (self, 3, PLANCIA_RAW_NAME, 0, "One");
  assert_form (self, 4, PLANCIA_RAW_NAME, 0, "\xe2\x80\x94");
  read_range (self, 3, 30, 3);
  g_assert_error (plancia_raw_range_get_error (self->range),
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_FORBIDDEN);
  read_range (self, 3, 30, 2);
  g_assert_no_error (plancia_raw_range_get_error (self->range));
}

#define ADD(name, address, func) \
  g_test_add ("/raw-range/" name, Fixture, address, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C");
  g_test_init (&argc, &argv, NULL);
  ADD ("forms", "eth-stick://127.0.0.1/1", test_forms);
  ADD ("not-a-number", "eth-stick://127.0.0.1/1", test_not_a_number);
  ADD ("what-moved", "eth-stick://127.0.0.1/1", test_what_moved);
  ADD ("several-requests", "eth-stick://127.0.0.1/1", test_several_requests);
  ADD ("refusal", "eth-stick://127.0.0.1/1", test_refusal_keeps_the_words);
  ADD ("hub", "hub://127.0.0.1/inverters/1", test_hub_passes_one_function);
  ADD ("again", "eth-stick://127.0.0.1/1", test_again_and_again);
  ADD ("bits", "eth-stick://127.0.0.1/1", test_bits);
  ADD ("text", "eth-stick://127.0.0.1/1", test_text);
  ADD ("map", "eth-stick://127.0.0.1/1", test_map);
  return g_test_run ();
}
