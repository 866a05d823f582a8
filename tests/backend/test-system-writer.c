/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes through the simulated System account, with every way in which its answer may come or not. */
#include "backend-fixture.h"

#include "backend/backend-cloud.h"
#include "backend/callback-receiver.h"
#include "backend/system-writer.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "plant/cloud-settings.h"
#include "plant/secrets.h"
#include "protocol/system-json.h"
#include "simulator/simulator.h"
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#define SYSTEM   "System"
#define THING    "ZP1ES106K00003"
#define TOKEN    "SimulatedToken0001"
#define MODE     0x1110
#define PATIENCE 30000
#define HURRY    400

static const char scenario[] =
  "{\"format\":\"plancia-scenario\",\"version\":1,\"place\":{\"latitude\":43.46,\"longitude\":11.88,"
  "\"zone\":\"Europe/Rome\"},\"start\":\"2026-06-12T14:05:30+02:00\",\"commissioned\":\"2026-06-02\","
  "\"seed\":7,\"devices\":["
  "{\"kind\":\"stick\",\"name\":\"Wifi\",\"route\":\"wifi-stick\",\"serial\":\"2712345678\"},"
  "{\"kind\":\"inverter\",\"name\":\"Hybrid\",\"parent\":\"Wifi\",\"map\":\"zcs-3ph-hyd-g3\","
  "\"serial\":\"" THING "\",\"ratings\":{\"peak\":6600,\"limit\":6000,\"load\":\"home\","
  "\"capacity\":10240,\"battery_power\":3600}},"
  "{\"kind\":\"portal\",\"name\":\"" SYSTEM "\",\"route\":\"system\",\"account\":\"office\","
  "\"token\":\"" TOKEN "\",\"callback_delay\":0.05,\"callback_late\":1.2},"
  "{\"kind\":\"thing\",\"name\":\"Thing\",\"parent\":\"" SYSTEM "\",\"of\":\"Hybrid\"}]}";

typedef struct
{
  PlanciaSimulator        *simulator;
  PlanciaCloudWrites      *writes;
  PlanciaCallbackReceiver *receiver;
  PlanciaWorker           *worker;
  PlanciaMap              *map;
  FakeLog                 *log;
  char                    *url;
  const char              *other_url; /* where requests go instead; or NULL */
  const char              *token;
  gboolean                 local; /* the device is reached without the cloud, too */
  guint16                  old;
  guint16                  new_;
  GString                 *progress;
} Fixture;

static char *
get (Fixture *self, const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat (self->url, "simulator/", path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, word)) != NULL; p++)
    n++;
  return n;
}

/* How many writes the cloud was sent: never more than one a request. */
static void
assert_sent (Fixture *self, guint n)
{
  g_autofree char *text = get (self, "writes");

  g_test_message ("%s", text);
  g_assert_cmpuint (count (text, "\"requestId\""), ==, n);
}

static void
reader (PlanciaCloudWrite *write, GTask *task, gpointer user_data)
{
  Fixture         *self = user_data;
  g_autofree char *text = get (self, "writes");
  guint16          word = strstr (text, "\"applied\":true") != NULL ? self->new_ : self->old;
  GArray          *words = NULL;

  if (!self->local) {
    plancia_cloud_writes_reader_return (
      task,
      NULL,
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no other way"));
    return;
  }
  g_assert_cmpuint (plancia_cloud_write_get_address (write), ==, MODE);
  words = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_array_append_val (words, word);
  plancia_cloud_writes_reader_return (task, words, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (scenario, strlen (scenario));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) made = plancia_scenario_new_from_bytes (bytes, "test", &error);
  g_autofree char *public_ = NULL;

  g_assert_no_error (error);
  self->simulator = plancia_simulator_new (made);
  g_assert_true (plancia_simulator_start (self->simulator, &error));
  self->url = g_strdup (
    ((PlanciaSimulatorCloud *) plancia_simulator_get_clouds (self->simulator)->pdata[0])->url);
  self->token = TOKEN;
  self->new_ = 3;
  self->writes = data == NULL ? plancia_cloud_writes_new ()
                              : g_object_ref (plancia_cloud_writes_get_default ());
  plancia_cloud_writes_set_patience (self->writes, PATIENCE);
  plancia_cloud_writes_set_reader (self->writes, reader, self, NULL);
  self->receiver = plancia_callback_receiver_new (self->writes, NULL);
  plancia_callback_receiver_start (self->receiver, "127.0.0.1", 0);
  turn_until (plancia_callback_receiver_get_state (self->receiver) == PLANCIA_RECEIVER_LISTENING);
  public_ = g_strdup_printf ("http://127.0.0.1:%u/",
                             plancia_callback_receiver_get_port (self->receiver));
  plancia_callback_receiver_set_public_url (self->receiver, public_);
  self->worker = plancia_worker_new ("account");
  self->map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error);
  g_assert_no_error (error);
  self->log = fake_log_new ();
  self->progress = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  plancia_worker_stop (self->worker);
  plancia_callback_receiver_close (self->receiver);
  plancia_simulator_stop (self->simulator);
  g_object_unref (self->worker);
  g_object_unref (self->receiver);
  g_object_unref (self->writes);
  g_object_unref (self->simulator);
  g_object_unref (self->log);
  plancia_map_unref (self->map);
  g_string_free (self->progress, TRUE);
  g_free (self->url);
}

/* As the account does it, but without trying again. */
static gboolean
post (gpointer data, const char *body, GCancellable *cancellable, GError **error)
{
  Fixture *self = data;
  g_autoptr (SoupSession) session = soup_session_new_with_options ("timeout", 3, NULL);
  g_autoptr (SoupMessage)
    message = soup_message_new ("POST", self->other_url != NULL ? self->other_url : self->url);
  g_autoptr (GBytes) sent = g_bytes_new (body, strlen (body));
  g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", bearer);
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_set_request_body_from_bytes (message, "application/json", sent);
  answer = soup_session_send_and_read (session, message, cancellable, error);
  return answer != NULL &&
         plancia_system_json_accepted (answer, soup_message_get_status (message), NULL, error);
}

static void
progress (guint step, guint n_steps, const char *phase, gpointer user_data)
{
  g_string_append_printf (((Fixture *) user_data)->progress, "%u/%u %s\n", step, n_steps, phase);
}

static void
store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GPtrArray *
run (Fixture *self, const char *text, GCancellable *cancellable, GError **error)
{
  const PlanciaSystemWriterPlace place = {.worker = self->worker,
                                          .post = post,
                                          .post_data = self,
                                          .writes = self->writes,
                                          .account = "office",
                                          .thing = THING,
                                          .device = "device",
                                          .map = self->map,
                                          .log = PLANCIA_WRITE_LOG (self->log)};
  g_autoptr (GPtrArray) edits = fixture_parse_edits (self->map, text);
  g_autoptr (GAsyncResult) result = NULL;

  plancia_system_writer_run_async (&place,
                                   self->writes,
                                   edits,
                                   cancellable,
                                   progress,
                                   self,
                                   store_result,
                                   &result);
  turn_until (result != NULL);
  return plancia_system_writer_run_finish (result, error);
}

static void
set_fault (Fixture *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_simulator_set_fault (self->simulator, SYSTEM, fault, &error);
  g_assert_no_error (error);
}

static PlanciaCloudWrite *
first_write (Fixture *self)
{
  g_autoptr (PlanciaCloudWrite) write = g_list_model_get_item (G_LIST_MODEL (self->writes), 0);

  g_assert_nonnull (write);
  return write; /* the list's */
}

static PlanciaCallbackFate
newest_fate (Fixture *self)
{
  g_autoptr (PlanciaCallbackBody) body = g_list_model_get_item (G_LIST_MODEL (self->receiver), 0);

  g_assert_nonnull (body);
  return plancia_callback_body_get_fate (body);
}

/* Writes the storage mode; checks the verdict of the outcome and the state of the life. */
static void
write_mode (Fixture *self, const char *verdict, PlanciaCloudWriteState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = run (self, "storage_mode=3", NULL, &error);
  const PlanciaWriteOutcome *outcome;

  g_assert_no_error (error);
  outcome = fixture_outcome (outcomes, 0);
  g_test_message ("%s", outcome->message != NULL ? outcome->message : "");
  g_assert_cmpstr (plancia_verdict_name (outcome->verdict), ==, verdict);
  g_assert_cmpint (plancia_cloud_write_get_state (first_write (self)), ==, state);
}

static gboolean
add_lines (Fixture *self, GString *text)
{
  g_autofree char *more = fake_log_take (self->log);

  g_string_append (text, more);
  return TRUE;
}

static void
assert_log (Fixture *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  turn_until (add_lines (self, text) && text->len >= strlen (expected));
  g_assert_cmpstr (text->str, ==, expected);
}

/* --- one that goes well ---------------------------------------------------------------------- */

static void
test_verified (Fixture *self, gconstpointer data)
{
  PlanciaCloudWrite *write;

  self->local = TRUE;
  write_mode (self, "verified", PLANCIA_CLOUD_WRITE_DONE);
  write = first_write (self);
  for (int i = 0; i <= PLANCIA_CLOUD_WRITE_DONE; i++)
    g_assert_cmpint (plancia_cloud_write_get_time (write, (PlanciaCloudWriteState) i), >, 0);
  g_assert_cmpuint (plancia_cloud_write_get_after (write)[0], ==, 3);
  g_assert_cmpint (plancia_cloud_write_get_verdict (write), ==, PLANCIA_VERDICT_VERIFIED);
  g_assert_cmpstr (self->progress->str, ==, "1/1 sending\n1/1 waiting\n1/1 reading back\n");
  g_assert_cmpint (newest_fate (self), ==, PLANCIA_CALLBACK_MATCHED);
  assert_log (self, "begin 1 0x1110 1: 0000 > 0003\nleft 1\nend 1 verified\n");
  assert_sent (self, 1);
}

static void
test_done_but_not_read (Fixture *self, gconstpointer data)
{
  write_mode (self, "sent", PLANCIA_CLOUD_WRITE_DONE);
  g_assert_null (plancia_cloud_write_get_after (first_write (self)));
  assert_log (self, "begin 1 0x1110 1: - > 0003\nleft 1\nend 1 sent\n");
  assert_sent (self, 1);
}

static void
test_has_it_already (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = NULL;

  self->local = TRUE;
  self->old = 3;
  outcomes = run (self, "storage_mode=3", NULL, NULL);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->writes)), ==, 0);
  assert_sent (self, 0);
}

static void
test_differs (Fixture *self, gconstpointer data)
{
  self->local = TRUE;
  self->new_ = 1;
  write_mode (self, "differs", PLANCIA_CLOUD_WRITE_FAILED);
  assert_sent (self, 1);
}

/* --- callbacks ------------------------------------------------------------------------------- */

static void
test_failed (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-failed");
  self->local = TRUE;
  write_mode (self, "refused", PLANCIA_CLOUD_WRITE_FAILED);
  g_assert_cmpstr (plancia_cloud_write_get_message (first_write (self)),
                   ==,
                   "illegal data address (2), exception 2");
  assert_sent (self, 1);
}

static void
test_twice (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-twice");
  self->local = TRUE;
  write_mode (self, "verified", PLANCIA_CLOUD_WRITE_DONE);
  turn_until (g_list_model_get_n_items (G_LIST_MODEL (self->receiver)) == 2);
  g_assert_cmpint (newest_fate (self), ==, PLANCIA_CALLBACK_REPEATED);
  g_assert_cmpint (plancia_cloud_write_get_state (first_write (self)),
                   ==,
                   PLANCIA_CLOUD_WRITE_DONE);
  assert_sent (self, 1);
}

/* Taken, but nobody says so: what is read back does. */
static void
test_never (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-never");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  self->local = TRUE;
  write_mode (self, "verified", PLANCIA_CLOUD_WRITE_DONE);
  g_assert_cmpint (plancia_cloud_write_get_time (first_write (self), PLANCIA_CLOUD_WRITE_UNKNOWN),
                   >,
                   0);
  assert_sent (self, 1);
}

static void
test_lost (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-lost");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  self->local = TRUE;
  write_mode (self, "unknown", PLANCIA_CLOUD_WRITE_UNKNOWN);
  g_assert_nonnull (strstr (plancia_cloud_write_get_message (first_write (self)), "another value"));
  fixture_turn (HURRY);
  assert_sent (self, 1);
}

static void
test_never_and_unreadable (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-never");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  write_mode (self, "unknown", PLANCIA_CLOUD_WRITE_UNKNOWN);
  assert_log (self, "begin 1 0x1110 1: - > 0003\nleft 1\nend 1 unknown\n");
  assert_sent (self, 1);
}

static void
test_wrong_id (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-wrong-id");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  write_mode (self, "unknown", PLANCIA_CLOUD_WRITE_UNKNOWN);
  turn_until (g_list_model_get_n_items (G_LIST_MODEL (self->receiver)) == 1);
  g_assert_cmpint (newest_fate (self), ==, PLANCIA_CALLBACK_UNKNOWN);
  assert_sent (self, 1);
}

/* When nobody waits any more it still counts, and goes into the record. */
static void
test_late (Fixture *self, gconstpointer data)
{
  set_fault (self, "callback-late");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  write_mode (self, "unknown", PLANCIA_CLOUD_WRITE_UNKNOWN);
  assert_log (self, "begin 1 0x1110 1: - > 0003\nleft 1\nend 1 unknown\n");
  turn_until (plancia_cloud_write_get_state (first_write (self)) == PLANCIA_CLOUD_WRITE_DONE);
  assert_log (self, "end 1 sent\n");
  assert_sent (self, 1);
}

/* --- answers to the request itself ----------------------------------------------------------- */

static void
test_refused (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = {"write-refused", "write-offline", "refused-command"};

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    set_fault (self, faults[i]);
    write_mode (self, "refused", PLANCIA_CLOUD_WRITE_FAILED);
    g_assert_cmpint (plancia_cloud_write_get_time (first_write (self), PLANCIA_CLOUD_WRITE_SENT),
                     >,
                     0);
    g_assert_cmpint (
      plancia_cloud_write_get_time (first_write (self), PLANCIA_CLOUD_WRITE_ACCEPTED),
      ==,
      0);
  }
}

static void
test_wrong_token (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = NULL;

  self->token = "Another";
  outcomes = run (self, "storage_mode=3 bat_set_max_soc=90", NULL, NULL);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_REFUSED);
  g_assert_error (fixture_outcome (outcomes, 0)->error,
                  PLANCIA_CLOUD_ERROR,
                  PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  /* What would be refused the same way is not sent. */
  g_assert_cmpint (fixture_outcome (outcomes, 1)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  assert_sent (self, 0);
}

/* The cloud may have taken it on: nobody knows, and it is not sent again. */
static void
test_no_answer (Fixture *self, gconstpointer data)
{
  static const char *const faults[] = {"502", "503", "close", "html", "empty"};
  g_autofree char         *text = NULL;

  plancia_cloud_writes_set_patience (self->writes, HURRY);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    set_fault (self, faults[i]);
    write_mode (self, "unknown", PLANCIA_CLOUD_WRITE_UNKNOWN);
    g_assert_cmpint (
      plancia_cloud_write_get_time (first_write (self), PLANCIA_CLOUD_WRITE_ACCEPTED),
      ==,
      0);
  }
  text = get (self, "requests");
  g_assert_cmpstr (text, ==, "{\"requests\":5}");
}

/* The callback is quicker than the answer, which nobody waits for to the end. */
static void
test_late_answer (Fixture *self, gconstpointer data)
{
  set_fault (self, "delay-4");
  write_mode (self, "sent", PLANCIA_CLOUD_WRITE_DONE);
  g_assert_cmpint (plancia_cloud_write_get_time (first_write (self), PLANCIA_CLOUD_WRITE_ACCEPTED),
                   ==,
                   0);
  assert_sent (self, 1);
}

static void
test_nobody_there (Fixture *self, gconstpointer data)
{
  self->other_url = "http://127.0.0.1:1/";
  write_mode (self, "skipped", PLANCIA_CLOUD_WRITE_FAILED);
  assert_log (self, "begin 1 0x1110 1: - > 0003\nend 1 skipped\n");
}

/* --- what is not sent ------------------------------------------------------------------------ */

static void
test_not_recorded (Fixture *self, gconstpointer data)
{
  fake_log_fail (self->log);
  write_mode (self, "skipped", PLANCIA_CLOUD_WRITE_FAILED);
  assert_sent (self, 0);
}

static void
test_no_callback_address (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  plancia_callback_receiver_set_public_url (self->receiver, "");
  g_assert_null (run (self, "storage_mode=3", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  assert_sent (self, 0);
}

/* A part of a block whose other words are not known. */
static void
test_needs_reading (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = run (self, "timed_rule=1", NULL, NULL);

  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  g_assert_error (fixture_outcome (outcomes, 0)->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  assert_sent (self, 0);
}

static void
test_stops_after_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = NULL;

  set_fault (self, "callback-lost");
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  outcomes = run (self, "storage_mode=3 bat_set_max_soc=90", NULL, NULL);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_UNKNOWN);
  g_assert_cmpint (fixture_outcome (outcomes, 1)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  assert_sent (self, 1);
}

static void
test_two_requests (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) outcomes = run (self, "storage_mode=3 bat_set_max_soc=90", NULL, NULL);

  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_SENT);
  g_assert_cmpint (fixture_outcome (outcomes, 1)->verdict, ==, PLANCIA_VERDICT_SENT);
  assert_sent (self, 2);
}

static void
test_stopped (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) outcomes = NULL;

  g_cancellable_cancel (cancellable);
  outcomes = run (self, "storage_mode=3", cancellable, NULL);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  assert_sent (self, 0);
}

/* --- the account itself ---------------------------------------------------------------------- */

/* By the engine of the clouds: only with a profile that was seen to work. */
static void
test_account (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  BackendFixture   backend = {0};
  g_autoptr (GPtrArray) untested = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  plancia_secrets_remember ("office", "token", TOKEN);
  fixture_init (&backend, plancia_backend_cloud_new ("system", "office", self->url));
  plancia_backend_add_device (backend.backend, "d", 1, THING, self->map);
  g_assert_true (fixture_open (&backend, &error));
  g_assert_no_error (error);
  untested = fixture_write (&backend, "d", self->map, "storage_mode=3", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_outcome (untested, 0)->verdict, ==, PLANCIA_VERDICT_SKIPPED);
  assert_sent (self, 0);

  g_assert_true (plancia_cloud_settings_set_verified ("office", 1, &error));
  outcomes = fixture_write (&backend, "d", self->map, "storage_mode=3", NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", fixture_outcome (outcomes, 0)->message);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_SENT);
  assert_sent (self, 1);
  g_assert_cmpint (plancia_cloud_write_get_state (first_write (self)),
                   ==,
                   PLANCIA_CLOUD_WRITE_DONE);
  plancia_cloud_settings_forget ("office");
  fixture_turn (50);
  fixture_clear (&backend);
}

static guint
count_requests (Fixture *self)
{
  g_autofree char *text = get (self, "requests");
  guint            n = 0;

  g_assert_cmpint (sscanf (text, "{\"requests\":%u}", &n), ==, 1);
  return n;
}

/* The connection has answered many questions, and ends when it has been told to write: libsoup would ask anew what it may ask
 * twice. */
static void
test_never_twice (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  BackendFixture   backend = {0};
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GError) error = NULL;
  guint before;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  plancia_secrets_remember ("office", "token", TOKEN);
  g_assert_true (plancia_cloud_settings_set_verified ("office", 1, &error));
  fixture_init (&backend, plancia_backend_cloud_new ("system", "office", self->url));
  plancia_backend_add_device (backend.backend, "d", 1, THING, self->map);
  g_assert_true (fixture_open (&backend, &error));
  g_assert_no_error (error);
  plancia_cloud_writes_set_patience (self->writes, HURRY);
  before = count_requests (self);
  set_fault (self, "close");
  outcomes = fixture_write (&backend, "d", self->map, "storage_mode=3", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_outcome (outcomes, 0)->verdict, ==, PLANCIA_VERDICT_UNKNOWN);
  g_assert_cmpuint (count_requests (self), ==, before + 1);
  plancia_cloud_settings_forget ("office");
  fixture_clear (&backend);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/system-writer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("verified", test_verified);
  ADD ("done-but-not-read", test_done_but_not_read);
  ADD ("has-it-already", test_has_it_already);
  ADD ("differs", test_differs);
  ADD ("failed", test_failed);
  ADD ("twice", test_twice);
  ADD ("never", test_never);
  ADD ("lost", test_lost);
  ADD ("never-and-unreadable", test_never_and_unreadable);
  ADD ("wrong-id", test_wrong_id);
  ADD ("late", test_late);
  ADD ("refused", test_refused);
  ADD ("wrong-token", test_wrong_token);
  ADD ("no-answer", test_no_answer);
  ADD ("late-answer", test_late_answer);
  ADD ("nobody-there", test_nobody_there);
  ADD ("not-recorded", test_not_recorded);
  ADD ("no-callback-address", test_no_callback_address);
  ADD ("needs-reading", test_needs_reading);
  ADD ("stops-after-unknown", test_stops_after_unknown);
  ADD ("two-requests", test_two_requests);
  ADD ("stopped", test_stopped);
#undef ADD
  g_test_add ("/system-writer/never-twice",
              Fixture,
              GINT_TO_POINTER (TRUE),
              set_up,
              test_never_twice,
              tear_down);
  g_test_add ("/system-writer/account",
              Fixture,
              GINT_TO_POINTER (TRUE),
              set_up,
              test_account,
              tear_down);
  return g_test_run ();
}
