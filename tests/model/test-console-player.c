/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "model/console-player.h"

#include <string.h>

typedef struct
{
  PlanciaConsolePlayer *player;
  GString              *sent;
  int                   outcome; /* -1: plays */
  const char           *answer;  /* said when something is sent */
  gboolean              deaf;
} Fixture;

static void
hear (Fixture *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_console_player_hear (self->player, bytes);
}

static void
send_cb (Fixture *self, GBytes *bytes)
{
  g_string_append_len (self->sent,
                       g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  plancia_console_player_sent (self->player, !self->deaf);
  if (self->answer)
    hear (self, self->answer);
}

static void
ended_cb (Fixture *self, int outcome)
{
  self->outcome = outcome;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->player = plancia_console_player_new ();
  self->sent = g_string_new (NULL);
  self->outcome = -1;
  g_signal_connect_swapped (self->player, "send", G_CALLBACK (send_cb), self);
  g_signal_connect_swapped (self->player, "ended", G_CALLBACK (ended_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->player);
  g_string_free (self->sent, TRUE);
}

static void
wait_for_end (Fixture *self)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (self->outcome < 0) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
play (Fixture *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  GArray *steps = plancia_console_steps_parse (text, "\r\n", &error);

  g_assert_no_error (error);
  self->outcome = -1;
  plancia_console_player_play (self->player, steps);
}

static void
test_lines_and_repeat (Fixture *self, gconstpointer data)
{
  play (self, "a\\x41\n@hex 00 ff\n@wait 1\n@repeat 2\n@@x\n");
  wait_for_end (self);
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_PLAYED);
  g_assert_cmpmem (self->sent->str, self->sent->len, "aA\r\n\0\377aA\r\n\0\377@x\r\n", 16);
}

static void
test_waits_for_answer (Fixture *self, gconstpointer data)
{
  play (self, "login\n@wait for name: ?$\nme");
  g_assert_cmpstr (self->sent->str, ==, "login\r\n");
  g_assert_true (plancia_console_player_is_running (self->player));
  hear (self, "boot\r\nna");
  g_assert_cmpstr (self->sent->str, ==, "login\r\n");
  hear (self, "me: ");
  g_assert_cmpstr (self->sent->str, ==, "login\r\nme\r\n");
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_PLAYED);
}

static void
test_time_out (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) question = g_bytes_new_static ("*IDN?\n", 6);

  /* With a limit it goes on, and a query does not. */
  play (self, "a\n@wait for never or 10\nb");
  wait_for_end (self);
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_PLAYED);
  g_assert_cmpstr (self->sent->str, ==, "a\r\nb\r\n");
  self->outcome = -1;
  plancia_console_player_play (self->player, plancia_console_steps_of_query (question, '\n', 10));
  wait_for_end (self);
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_TIMED_OUT);
}

static void
test_query (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) question = g_bytes_new_static ("*IDN?\n", 6);
  g_autoptr (GBytes) heard = NULL;

  self->answer = "CONNEXT 1.0\n";
  plancia_console_player_play (self->player, plancia_console_steps_of_query (question, '\n', 2000));
  wait_for_end (self);
  heard = plancia_console_player_dup_heard (self->player);
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_PLAYED);
  g_assert_cmpmem (g_bytes_get_data (heard, NULL), g_bytes_get_size (heard), "CONNEXT 1.0\n", 12);
}

static void
test_stop_and_not_sent (Fixture *self, gconstpointer data)
{
  play (self, "a\n@wait 60000\nb");
  plancia_console_player_stop (self->player);
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_STOPPED);
  g_assert_cmpstr (self->sent->str, ==, "a\r\n");
  self->deaf = TRUE;
  play (self, "a\nb");
  g_assert_cmpint (self->outcome, ==, PLANCIA_CONSOLE_NOT_SENT);
  g_assert_cmpstr (self->sent->str, ==, "a\r\na\r\n");
}

static void
test_pasted (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("0123456789", 10);

  plancia_console_player_play (self->player,
                               plancia_console_steps_of_lines ("@wait 1\r\n\nx\n", "\r", 1));
  wait_for_end (self);
  g_assert_cmpstr (self->sent->str, ==, "@wait 1\r\rx\r");
  g_string_truncate (self->sent, 0);
  self->outcome = -1;
  plancia_console_player_play (self->player, plancia_console_steps_of_bytes (file, 4, 1));
  wait_for_end (self);
  g_assert_cmpstr (self->sent->str, ==, "0123456789");
}

static void
assert_wrong (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_console_steps_parse (text, "", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, where));
}

static void
test_mistakes (void)
{
  assert_wrong ("a\n@wat 3", "line 2");
  assert_wrong ("@wait soon", "line 1");
  assert_wrong ("@wait for (", "line 1");
  assert_wrong ("@repeat 3", "line 1");
  assert_wrong ("a\n@repeat 0", "line 2");
  assert_wrong ("\\q", "line 1");
  assert_wrong ("@hex 4", "line 1");
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    macros = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);
  g_autoptr (GPtrArray) back = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (macros, plancia_console_macro_new ("Aiuto è", "help\n@wait 3", "F5", "blue"));
  g_ptr_array_add (macros, plancia_console_macro_new ("x", NULL, NULL, NULL));
  text = plancia_console_macros_to_json (macros);
  back = plancia_console_macros_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, 2);
  g_assert_cmpstr (((PlanciaConsoleMacro *) back->pdata[0])->name, ==, "Aiuto è");
  g_assert_cmpstr (((PlanciaConsoleMacro *) back->pdata[0])->text, ==, "help\n@wait 3");
  g_assert_cmpstr (((PlanciaConsoleMacro *) back->pdata[0])->key, ==, "F5");
  g_assert_cmpstr (((PlanciaConsoleMacro *) back->pdata[1])->colour, ==, "");
}

static void
test_json_that_is_wrong (void)
{
  const char *texts[] = {"",
                         "[]",
                         "{\"plancia-macros\": 2, \"macros\": []}",
                         "{\"plancia-macros\": 1}",
                         "{\"plancia-macros\": 1, \"macros\": [3]}",
                         "{\"plancia-macros\": 1, \"macros\": [{\"text\": \"x\"}]}",
                         "{\"plancia-macros\": 1, \"macros\": [{\"name\": 3}]}"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_console_macros_parse (texts[i], -1, &error));
    g_assert_nonnull (error);
  }
}

#define ADD(name, func) g_test_add ("/console-player/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines-and-repeat", test_lines_and_repeat);
  ADD ("waits-for-answer", test_waits_for_answer);
  ADD ("time-out", test_time_out);
  ADD ("query", test_query);
  ADD ("stop", test_stop_and_not_sent);
  ADD ("pasted", test_pasted);
  g_test_add_func ("/console-player/mistakes", test_mistakes);
  g_test_add_func ("/console-player/json", test_json);
  g_test_add_func ("/console-player/json-wrong", test_json_that_is_wrong);
  return g_test_run ();
}
