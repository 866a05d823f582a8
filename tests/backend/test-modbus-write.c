/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../model/register-fixture.h"
#include "backend-fixture.h"
#include "fake-link.h"

#include "backend/backend-modbus.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "map/raw-edit.h"
#include <string.h>

/* Writing, against registers in memory: what is sent, how often, and what is said of it. */

#define LIMIT 0x1024
#define MODE  0x1110
#define POWER 0x1111
#define APPLY 0x1112

typedef struct
{
  BackendFixture fixture;
  FakeLink      *link;
  PlanciaMap    *map;
} Writing;

static void
writing_clear (Writing *self)
{
  fixture_clear (&self->fixture);
  g_clear_object (&self->link);
  g_clear_pointer (&self->map, plancia_map_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

/* Takes the map. */
static void
init (Writing *self, PlanciaMap *map, const PlanciaModbusRoute *route)
{
  static const PlanciaModbusRoute plain = {.bus = TRUE};

  self->link = fake_link_new ();
  self->map = map;
  fixture_init (&self->fixture,
                plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (self->link)),
                                            route != NULL ? route : &plain));
  plancia_backend_add_device (self->fixture.backend, "d", 1, NULL, map);
  g_assert_true (fixture_open (&self->fixture, NULL));
}

static GPtrArray *
write_edits (Writing *self, const char *edits)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *outcomes = fixture_write (&self->fixture, "d", self->map, edits, NULL, &error);

  g_assert_no_error (error);
  return outcomes;
}

static void
assert_verdict (GPtrArray *outcomes, guint index, const char *key, const char *verdict)
{
  const PlanciaWriteOutcome *outcome = fixture_outcome (outcomes, index);

  g_assert_cmpstr (outcome->key, ==, key);
  g_test_message ("%s: %s, %s",
                  key,
                  plancia_verdict_name (outcome->verdict),
                  outcome->message != NULL ? outcome->message : "");
  g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, verdict);
}

static guint
count_writes (Writing *self)
{
  return fake_link_count (self->link, 16) + fake_link_count (self->link, 6);
}

static void
test_verified (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char           *requests = NULL;
  const PlanciaWriteOutcome *outcome;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 50);
  outcomes = write_edits (&writing, "limit=4.2");
  assert_verdict (outcomes, 0, "limit", "verified");
  outcome = fixture_outcome (outcomes, 0);
  g_assert_cmpuint (outcome->n_words, ==, 1);
  g_assert_cmpuint (outcome->before[0], ==, 50);
  g_assert_cmpuint (outcome->sent[0], ==, 42);
  g_assert_cmpuint (outcome->after[0], ==, 42);
  g_assert_null (outcome->error);
  requests = fake_link_describe (writing.link);
  g_assert_cmpstr (requests, ==, "1 3 0x1024+1\n1 16 0x1024+1\n1 3 0x1024+1\n");
  g_assert_cmpstr (writing.fixture.progress->str, ==, "1/1 sending\n1/1 reading back\n1/1 done\n");
  /* The tree hears of it at once. */
  g_assert_cmpstr (fixture_value (&writing.fixture, "d", "limit"), ==, "good 002A");
}

static void
test_equal_is_not_sent (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 42);
  outcomes = write_edits (&writing, "limit=4.2");
  assert_verdict (outcomes, 0, "limit", "skipped");
  g_assert_null (fixture_outcome (outcomes, 0)->sent);
  g_assert_cmpuint (fixture_outcome (outcomes, 0)->before[0], ==, 42);
  g_assert_cmpuint (count_writes (&writing), ==, 0);
}

static void
test_ignored_differs (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  const PlanciaWriteOutcome *outcome;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 50);
  fake_link_set_write (writing.link, FAKE_WRITE_IGNORED);
  outcomes = write_edits (&writing, "limit=4.2");
  assert_verdict (outcomes, 0, "limit", "differs");
  outcome = fixture_outcome (outcomes, 0);
  g_assert_cmpuint (outcome->sent[0], ==, 42);
  g_assert_cmpuint (outcome->after[0], ==, 50);
  g_assert_error (outcome->error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_VERIFIED);
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* A value that needs a moment is waited for. */
static void
test_late_is_verified (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 50);
  fake_link_set_write (writing.link, FAKE_WRITE_LATE);
  outcomes = write_edits (&writing, "limit=4.2");
  assert_verdict (outcomes, 0, "limit", "verified");
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* The answer is lost: what is read back decides, and nothing is sent again. */
static void
test_lost_answer (void)
{
  static const struct
  {
    FakeWrite   how;
    const char *verdict;
    int         code; /* of PLANCIA_DEVICE_ERROR; -1: none */
  } cases[] = {
    {FAKE_WRITE_LOST_DONE,      "verified", -1                                  },
    {FAKE_WRITE_LOST_NOT_DONE,  "differs",  PLANCIA_DEVICE_ERROR_NOT_VERIFIED   },
    {FAKE_WRITE_LOST_THEN_DEAD, "unknown",  PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Writing) writing = {0};
    g_autoptr (GPtrArray) outcomes = NULL;
    const PlanciaWriteOutcome *outcome;

    init (&writing, register_fixture_map (), NULL);
    fake_link_set_word (writing.link, LIMIT, 50);
    fake_link_set_write (writing.link, cases[i].how);
    outcomes = write_edits (&writing, "limit=4.2");
    assert_verdict (outcomes, 0, "limit", cases[i].verdict);
    outcome = fixture_outcome (outcomes, 0);
    if (cases[i].code >= 0)
      g_assert_error (outcome->error, PLANCIA_DEVICE_ERROR, cases[i].code);
    else
      g_assert_no_error (outcome->error);
    g_assert_nonnull (outcome->sent);
    g_assert_true ((outcome->after == NULL) == (i == 2));
    g_assert_cmpuint (count_writes (&writing), ==, 1);
  }
}

static void
test_exception_is_refused (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_fail (writing.link, 1, FALSE, PLANCIA_MODBUS_ERROR, 2);
  outcomes = write_edits (&writing, "limit=4.2 start=06:30");
  assert_verdict (outcomes, 0, "limit", "refused");
  g_assert_error (fixture_outcome (outcomes, 0)->error,
                  PLANCIA_MODBUS_ERROR,
                  PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS);
  g_assert_nonnull (fixture_outcome (outcomes, 0)->sent);
  /* That one register is refused says nothing about another. */
  assert_verdict (outcomes, 1, "start", "verified");
  g_assert_cmpuint (count_writes (&writing), ==, 2);
}

/* Exceptions that say no, and those after which only reading back can tell. */
static void
test_exceptions_that_tell_nothing (void)
{
  static const struct
  {
    guint8      exception;
    FakeWrite   how;
    const char *verdict;
    guint       reads; /* back */
  } cases[] = {
    {1,  FAKE_WRITE_LOST_NOT_DONE,  "refused",  0},
    {3,  FAKE_WRITE_LOST_NOT_DONE,  "refused",  0},
    {6,  FAKE_WRITE_LOST_NOT_DONE,  "refused",  0},
    {10, FAKE_WRITE_LOST_NOT_DONE,  "refused",  0},
    {4,  FAKE_WRITE_LOST_DONE,      "verified", 1},
    {4,  FAKE_WRITE_LOST_NOT_DONE,  "differs",  4},
    {4,  FAKE_WRITE_LOST_THEN_DEAD, "unknown",  4},
    {5,  FAKE_WRITE_LOST_DONE,      "verified", 1},
    {5,  FAKE_WRITE_LOST_NOT_DONE,  "differs",  4},
    {11, FAKE_WRITE_LOST_DONE,      "verified", 1},
    {11, FAKE_WRITE_LOST_NOT_DONE,  "differs",  4},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Writing) writing = {0};
    g_autoptr (GPtrArray) outcomes = NULL;
    g_autofree char           *words = g_strdup_printf ("exception %u", cases[i].exception);
    const PlanciaWriteOutcome *outcome;

    g_test_message ("%s, %s", words, cases[i].verdict);
    init (&writing, register_fixture_map (), NULL);
    fake_link_set_write (writing.link, cases[i].how);
    fake_link_set_write_exception (writing.link, cases[i].exception);
    outcomes = write_edits (&writing, "limit=4.2");
    outcome = fixture_outcome (outcomes, 0);
    assert_verdict (outcomes, 0, "limit", cases[i].verdict);
    g_assert_cmpuint (count_writes (&writing), ==, 1);
    /* One before. */
    g_assert_cmpuint (fake_link_count (writing.link, 3), ==, 1 + cases[i].reads);
    /* What the device said is told, whatever came of it. */
    g_assert_nonnull (outcome->message);
    g_assert_nonnull (strstr (outcome->message, words));
  }
}

/* The n-th request of a write fails: nothing is ever sent twice, and nothing is called done that was
 * not read back. */
static void
test_any_request_fails (void)
{
  for (guint n = 0; n < 6; n++) {
    g_auto (Writing) writing = {0};
    g_autoptr (GPtrArray) outcomes = NULL;
    const PlanciaWriteOutcome *outcome;

    init (&writing, register_fixture_map (), NULL);
    fake_link_set_word (writing.link, POWER, 700);
    fake_link_set_apply (writing.link, APPLY, 1, 0);
    fake_link_fail (writing.link, n, FALSE, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    outcomes = write_edits (&writing, "mode=1");
    outcome = fixture_outcome (outcomes, 0);
    g_test_message ("request %u: %s", n, plancia_verdict_name (outcome->verdict));
    g_assert_cmpuint (count_writes (&writing), ==, n < 2 ? 0u : 1u);
    if (n < 2)
      g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, "skipped");
    /* The request was lost in the fake link before it was done. */
    if (n == 2)
      g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, "differs");
    if (n > 2) {
      g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, "verified");
      g_assert_cmpuint (outcome->after[0], ==, 1);
    }
    if (outcome->sent != NULL)
      g_assert_cmpuint (fake_link_get_word (writing.link, POWER), ==, 700);
  }
}

/* A block: neighbours are read twice and written as they were, the constant with them, in one request;
 * the apply register is waited for. */
static void
test_block (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *requests = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, MODE, 0);
  fake_link_set_word (writing.link, POWER, 700);
  fake_link_set_apply (writing.link, APPLY, 2, 0);
  outcomes = write_edits (&writing, "mode=2");
  assert_verdict (outcomes, 0, "mode", "verified");
  g_assert_cmpuint (fake_link_get_word (writing.link, MODE), ==, 2);
  g_assert_cmpuint (fake_link_get_word (writing.link, POWER), ==, 700);
  requests = fake_link_describe (writing.link);
  g_assert_cmpstr (requests,
                   ==,
                   "1 3 0x1110+3\n1 3 0x1110+3\n1 16 0x1110+3\n1 3 0x1112+1\n1 3 0x1112+1\n"
                   "1 3 0x1112+1\n1 3 0x1110+1\n");
}

static void
test_block_is_not_applied (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_apply (writing.link, APPLY, 0, 0xfffb);
  outcomes = write_edits (&writing, "mode=2 power=-500");
  assert_verdict (outcomes, 0, "mode", "refused");
  assert_verdict (outcomes, 1, "power", "refused");
  g_assert_nonnull (strstr (fixture_outcome (outcomes, 0)->message, "0xFFFB"));
  g_assert_error (fixture_outcome (outcomes, 0)->error,
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_APPLY_REFUSED);
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* A neighbour that cannot be read is not guessed. */
static void
test_block_with_unreadable_neighbour (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_missing (writing.link, POWER, POWER);
  outcomes = write_edits (&writing, "mode=2");
  assert_verdict (outcomes, 0, "mode", "refused");
  g_assert_cmpuint (count_writes (&writing), ==, 0);
}

static void
test_bits_keep_the_others (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, 0x1104, 1);
  outcomes = write_edits (&writing, "allowed=5 run=1");
  assert_verdict (outcomes, 0, "allowed", "verified");
  assert_verdict (outcomes, 1, "run", "verified");
  g_assert_cmpuint (fake_link_get_word (writing.link, 0x1104), ==, 5);
  g_assert_cmpstr (writing.fixture.progress->str,
                   ==,
                   "1/2 sending\n1/2 reading back\n2/2 sending\n2/2 reading back\n2/2 done\n");
}

static void
test_plan_is_refused (void)
{
  g_auto (Writing) writing = {0};
  static const char *const keys[] = {"voltage", "grid_code"};

  init (&writing, register_fixture_map (), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *text = g_strconcat (keys[i], "=2", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (fixture_write (&writing.fixture, "d", writing.map, text, NULL, &error));
    g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_READ_ONLY);
  }
  g_assert_cmpuint (fake_link_count (writing.link, 0), ==, 0);
}

static void
test_out_of_range_is_refused (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_autoptr (GError) error = NULL;
  const PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = 10.1, .integer = 101};

  init (&writing, register_fixture_map (), NULL);
  g_ptr_array_add (edits, plancia_edit_new (plancia_map_find_field (writing.map, "limit"), &value));
  g_assert_null (fixture_write_edits (&writing.fixture, "d", edits, NULL, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
  g_assert_cmpuint (fake_link_count (writing.link, 0), ==, 0);
}

/* A HUB passes function 16 and units of their own only. */
static void
test_route_refuses (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE, .functions = 1 << 3};
  g_auto (Writing) writing = {0};
  g_autoptr (GError) function = NULL;
  g_autoptr (GError) unit = NULL;

  init (&writing, register_fixture_map (), &route);
  g_assert_null (fixture_write (&writing.fixture, "d", writing.map, "limit=4.2", NULL, &function));
  g_assert_error (function, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  plancia_backend_add_device (writing.fixture.backend, "all", 0, NULL, writing.map);
  fixture_turn (50);
  g_assert_null (fixture_write (&writing.fixture, "all", writing.map, "limit=4.2", NULL, &unit));
  g_assert_error (unit, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (fake_link_count (writing.link, 0), ==, 0);
}

/* Passive powers count in passive mode only; the mode may be part of the same write. */
static void
test_requirement_and_check (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) wrong_mode = NULL;
  g_autoptr (GPtrArray) wrong_order = NULL;
  g_autoptr (GPtrArray) both = NULL;

  init (&writing, plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL), NULL);
  wrong_mode = write_edits (&writing, "passive_battery_min=-500");
  assert_verdict (wrong_mode, 0, "passive_battery_min", "refused");
  g_assert_error (fixture_outcome (wrong_mode, 0)->error,
                  PLANCIA_DEVICE_ERROR,
                  PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
  fake_link_set_word (writing.link, 0x1110, 3);
  wrong_order = write_edits (&writing, "passive_battery_min=500");
  assert_verdict (wrong_order, 0, "passive_battery_min", "refused");
  g_assert_cmpuint (count_writes (&writing), ==, 0);

  fake_link_set_word (writing.link, 0x1110, 0);
  both = write_edits (&writing, "passive_battery_min=-500 storage_mode=3");
  assert_verdict (both, 0, "passive_battery_min", "verified");
  assert_verdict (both, 1, "storage_mode", "verified");
  g_assert_cmpuint (fake_link_get_word (writing.link, 0x1189), ==, 0xffff);
  g_assert_cmpuint (count_writes (&writing), ==, 2);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* Stops between two steps; the one begun is finished and read back. */
static void
test_cancel (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GError) error = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_delay (writing.link, 120);
  g_timeout_add (180, cancel_cb, cancellable);
  outcomes = fixture_write (&writing.fixture,
                            "d",
                            writing.map,
                            "limit=4.2 start=06:30",
                            cancellable,
                            &error);
  g_assert_no_error (error);
  assert_verdict (outcomes, 0, "limit", "verified");
  assert_verdict (outcomes, 1, "start", "skipped");
  g_assert_error (fixture_outcome (outcomes, 1)->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* After the device has gone nothing more is sent. */
static void
test_dead_device_gets_nothing_more (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_write (writing.link, FAKE_WRITE_LOST_THEN_DEAD);
  outcomes = write_edits (&writing, "limit=4.2 start=06:30");
  assert_verdict (outcomes, 0, "limit", "unknown");
  assert_verdict (outcomes, 1, "start", "skipped");
  g_assert_null (fixture_outcome (outcomes, 1)->sent);
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* A person's write does not wait for the poll to end. */
static void
test_write_goes_between_polls (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *requests = NULL;

  init (&writing, plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL), NULL);
  plancia_backend_set_polling (writing.fixture.backend, TRUE, 10);
  turn_until (writing.fixture.n_readings > 2);
  fake_link_set_delay (writing.link, 30);
  fixture_turn (100);
  fake_link_forget (writing.link);
  outcomes = write_edits (&writing, "storage_mode=1");
  assert_verdict (outcomes, 0, "storage_mode", "verified");
  requests = fake_link_describe (writing.link);
  /* At most the requests that were under way before it. */
  g_assert_cmpint (strstr (requests, "0x1110+1") - requests, <, 3 * 14);
}

/* --- the record ------------------------------------------------------------------------------- */

static void
test_recorded (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GPtrArray) equal = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *none = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 50);
  outcomes = write_edits (&writing, "limit=4.2");
  lines = fake_log_take (writing.fixture.log);
  g_assert_cmpstr (lines, ==, "begin 1 0x1024 1: 0032 > 002A\nleft 1\nend 1 verified\n");
  equal = write_edits (&writing, "limit=4.2");
  assert_verdict (equal, 0, "limit", "skipped");
  none = fake_log_take (writing.fixture.log);
  g_assert_cmpstr (none, ==, "");
}

/* What cannot be recorded does not leave, and nothing that comes after it either. */
static void
test_not_recorded (void)
{
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, LIMIT, 50);
  fake_log_fail (writing.fixture.log);
  outcomes = write_edits (&writing, "limit=4.2 mode=2");
  assert_verdict (outcomes, 0, "limit", "skipped");
  assert_verdict (outcomes, 1, "mode", "skipped");
  for (guint i = 0; i < 2; i++)
    g_assert_error (fixture_outcome (outcomes, i)->error,
                    PLANCIA_DEVICE_ERROR,
                    PLANCIA_DEVICE_ERROR_NOT_RECORDED);
  g_assert_cmpuint (count_writes (&writing), ==, 0);
}

/* --- registers of no map ---------------------------------------------------------------------- */

static GPtrArray *
write_raw (Writing *self, guint16 address, const guint16 *words, guint count, guint8 function)
{
  g_autoptr (GPtrArray) edits = plancia_raw_edits_new (address, words, count, function);
  g_autoptr (GError) error = NULL;
  GPtrArray *outcomes = fixture_write_edits (&self->fixture, "d", edits, NULL, &error);

  g_assert_no_error (error);
  return outcomes;
}

static void
test_raw (void)
{
  static const guint16 words[] = {500, 0xfe0c};
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) together = NULL;
  g_autoptr (GPtrArray) single = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *requests = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_word (writing.link, 0x2100, 1);
  fake_link_set_word (writing.link, 0x2101, 2);
  together = write_raw (&writing, 0x2100, words, 2, 16);
  assert_verdict (together, 0, "raw_2100", "verified");
  requests = fake_link_describe (writing.link);
  g_assert_cmpstr (requests, ==, "1 3 0x2100+2\n1 16 0x2100+2\n1 3 0x2100+2\n");
  lines = fake_log_take (writing.fixture.log);
  g_assert_cmpstr (lines, ==, "begin 1 0x2100 2: 0001 0002 > 01F4 FE0C\nleft 1\nend 1 verified\n");
  fake_link_set_word (writing.link, 0x2100, 1);
  fake_link_set_word (writing.link, 0x2101, 2);
  single = write_raw (&writing, 0x2100, words, 2, 6);
  assert_verdict (single, 0, "raw_2100", "verified");
  assert_verdict (single, 1, "raw_2101", "verified");
  g_assert_cmpuint (fake_link_count (writing.link, 6), ==, 2);
}

/* A device takes it and does not let it be read: that is what is said. */
static void
test_raw_unreadable (void)
{
  static const guint16 words[] = {7};
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autofree char *lines = NULL;

  init (&writing, register_fixture_map (), NULL);
  fake_link_set_missing (writing.link, 0x3000, 0x3000);
  outcomes = write_raw (&writing, 0x3000, words, 1, 16);
  assert_verdict (outcomes, 0, "raw_3000", "sent");
  g_assert_null (fixture_outcome (outcomes, 0)->before);
  g_assert_null (fixture_outcome (outcomes, 0)->after);
  lines = fake_log_take (writing.fixture.log);
  g_assert_cmpstr (lines, ==, "begin 1 0x3000 1: - > 0007\nleft 1\nend 1 sent\n");
}

/* A register whose reading proves nothing: what is read back makes no verdict of its own. */
static void
test_unprovable (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Writing) writing = {0};
  g_autoptr (GPtrArray) outcomes = NULL;

  init (&writing, plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error), NULL);
  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++)
    fake_link_set_word (writing.link, (guint16) (0x1187 + i), 0);
  fake_link_set_word (writing.link, 0x1110, 3);
  fake_link_set_stuck (writing.link, 0x1189, 0x118A);
  outcomes = write_edits (&writing, "passive_battery_min=-500");
  assert_verdict (outcomes, 0, "passive_battery_min", "sent");
  g_assert_cmpuint (count_writes (&writing), ==, 1);
}

/* Grid code and firmware, whoever asks. */
static void
test_never_written (void)
{
  static const guint16 areas[] = {0x0800, 0x0a0f, 0x2004, 0x204f};
  static const guint16 word = 1;
  g_autoptr (GError) error = NULL;
  g_auto (Writing) writing = {0};

  init (&writing, plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++) {
    g_autoptr (GPtrArray) edits = plancia_raw_edits_new (areas[i], &word, 1, 16);
    g_autoptr (GError) refused = NULL;

    g_assert_null (fixture_write_edits (&writing.fixture, "d", edits, NULL, &refused));
    g_assert_error (refused, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_READ_ONLY);
  }
  g_assert_cmpuint (count_writes (&writing), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modbus-write/verified", test_verified);
  g_test_add_func ("/modbus-write/equal", test_equal_is_not_sent);
  g_test_add_func ("/modbus-write/ignored", test_ignored_differs);
  g_test_add_func ("/modbus-write/late", test_late_is_verified);
  g_test_add_func ("/modbus-write/lost-answer", test_lost_answer);
  g_test_add_func ("/modbus-write/exception", test_exception_is_refused);
  g_test_add_func ("/modbus-write/exceptions", test_exceptions_that_tell_nothing);
  g_test_add_func ("/modbus-write/any-request-fails", test_any_request_fails);
  g_test_add_func ("/modbus-write/block", test_block);
  g_test_add_func ("/modbus-write/block-not-applied", test_block_is_not_applied);
  g_test_add_func ("/modbus-write/unreadable-neighbour", test_block_with_unreadable_neighbour);
  g_test_add_func ("/modbus-write/two-steps", test_bits_keep_the_others);
  g_test_add_func ("/modbus-write/plan-refused", test_plan_is_refused);
  g_test_add_func ("/modbus-write/out-of-range", test_out_of_range_is_refused);
  g_test_add_func ("/modbus-write/route-refuses", test_route_refuses);
  g_test_add_func ("/modbus-write/requirement", test_requirement_and_check);
  g_test_add_func ("/modbus-write/cancel", test_cancel);
  g_test_add_func ("/modbus-write/dead-device", test_dead_device_gets_nothing_more);
  g_test_add_func ("/modbus-write/recorded", test_recorded);
  g_test_add_func ("/modbus-write/not-recorded", test_not_recorded);
  g_test_add_func ("/modbus-write/raw", test_raw);
  g_test_add_func ("/modbus-write/raw-unreadable", test_raw_unreadable);
  g_test_add_func ("/modbus-write/unprovable", test_unprovable);
  g_test_add_func ("/modbus-write/never-written", test_never_written);
  g_test_add_func ("/modbus-write/between-polls", test_write_goes_between_polls);
  return g_test_run ();
}
