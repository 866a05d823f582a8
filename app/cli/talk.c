/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli console ADDRESS: a serial port for scripts: send, wait for an answer, log. */

#include "cli/cli.h"

#include "cli/console.h"
#include "protocol/console-lines.h"
#include <glib/gi18n.h>
#include <string.h>

/* s, as NI-VISA does. */
#define DEFAULT_TIMEOUT 2.0
/* s: a device that was opened may start anew and say so before it listens; one that has been asked may still talk. */
#define SETTLE      0.3
#define SETTLE_MOST 2.0

static char   **option_send;
static char   **option_expect;
static char    *option_ending;
static char    *option_log;
static double   option_timeout = -1;
static gboolean option_hex;
static gboolean option_modbus;
static gboolean option_reconnect;

static const GOptionEntry entries[] = {
  {"send",
   0, 0,
   G_OPTION_ARG_STRING_ARRAY, &option_send,
   N_ ("Send this line; with --hex these bytes; may be repeated"),            N_ ("TEXT")      },
   {"expect",
   0, 0,
   G_OPTION_ARG_STRING_ARRAY, &option_expect,
   N_ ("Wait for this regular expression; may be repeated, one a --send"),    N_ ("REGEX")     },
    {"timeout",
   0, 0,
   G_OPTION_ARG_DOUBLE,       &option_timeout,
   N_ ("Seconds to wait for what is expected, or to listen (2 if left out)"), "S"              },
     {"ending",
   0, 0,
   G_OPTION_ARG_STRING,       &option_ending,
   N_ ("What ends a line that is sent (lf if left out)"),                     "none|cr|lf|crlf"},
      {"hex",
   0, 0,
   G_OPTION_ARG_NONE,         &option_hex,
   N_ ("Bytes instead of text, sent and shown"),                              NULL             },
       {"modbus",
   0, 0,
   G_OPTION_ARG_NONE,         &option_modbus,
   N_ ("Show Modbus frames, one a line; sends as --hex does"),                NULL             },
        {"log",
   0, 0,
   G_OPTION_ARG_FILENAME,     &option_log,
   N_ ("Append what is shown to a file as well"),                             N_ ("FILE")      },
         {"reconnect",
   0, 0,
   G_OPTION_ARG_NONE,         &option_reconnect,
   N_ ("When the port goes away, wait until it is back"),                     NULL             },
          G_OPTION_ENTRY_NULL
};

static const struct
{
  const char *name;
  const char *bytes;
} endings[] = {
  {"none", ""    },
  {"cr",   "\r"  },
  {"lf",   "\n"  },
  {"crlf", "\r\n"},
};

/* What one call does, checked before the port is opened. */
typedef struct
{
  const char *ending;
  GPtrArray  *bytes;   /* GBytes* to send */
  GPtrArray  *regexes; /* GRegex* */
  double      timeout; /* s */
} Script;

static void
script_clear (Script *self)
{
  g_clear_pointer (&self->bytes, g_ptr_array_unref);
  g_clear_pointer (&self->regexes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Script, script_clear)

static gboolean
read_ending (Script *script)
{
  const char *name = option_ending != NULL ? option_ending : "lf";

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    if (g_str_equal (endings[i].name, name)) {
      script->ending = endings[i].bytes;
      return TRUE;
    }
  }
  plancia_cli_complain (_ ("--ending is none, cr, lf or crlf."));
  return FALSE;
}

static gboolean
read_sends (Script *script)
{
  for (guint i = 0; option_send != NULL && option_send[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    GBytes *bytes = plancia_console_parse (option_send[i],
                                           option_hex || option_modbus,
                                           option_hex || option_modbus ? NULL : script->ending,
                                           &error);

    if (bytes == NULL) {
      plancia_cli_complain ("--send: %s", error->message);
      return FALSE;
    }
    g_ptr_array_add (script->bytes, bytes);
  }
  return TRUE;
}

/* Of bytes, not of characters: who knows what encoding the other side has. */
static gboolean
read_expects (Script *script)
{
  for (guint i = 0; option_expect != NULL && option_expect[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    GRegex *regex = g_regex_new (option_expect[i], G_REGEX_RAW | G_REGEX_MULTILINE, 0, &error);

    if (regex == NULL) {
      plancia_cli_complain ("--expect: %s", error->message);
      return FALSE;
    }
    g_ptr_array_add (script->regexes, regex);
  }
  if (script->regexes->len <= MAX (script->bytes->len, 1))
    return TRUE;
  plancia_cli_complain (_ ("There are more --expect than --send."));
  return FALSE;
}

static gboolean
read_script (Script *script)
{
  script->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  script->regexes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_regex_unref);
  script->timeout = option_timeout >= 0 ? option_timeout : DEFAULT_TIMEOUT;
  if (option_timeout < 0 && option_timeout != -1) {
    plancia_cli_complain (_ ("--timeout needs a number of seconds."));
    return FALSE;
  }
  return read_ending (script) && read_sends (script) && read_expects (script);
}

static int
report (PlanciaCliOutcome outcome, const char *expected, double timeout)
{
  switch (outcome) {
  case PLANCIA_CLI_NOT_IN_TIME:
    plancia_cli_complain (_ ("\"%s\" did not come within %g s."), expected, timeout);
    return PLANCIA_CLI_FAILED;
  case PLANCIA_CLI_GONE:
    plancia_cli_complain (_ ("The port is gone."));
    return PLANCIA_CLI_FAILED;
  case PLANCIA_CLI_INTERRUPTED:
    plancia_cli_complain (_ ("Interrupted."));
    return PLANCIA_CLI_FAILED;
  case PLANCIA_CLI_HEARD:
  default:
    return PLANCIA_CLI_DONE;
  }
}

/* One --expect belongs to the last --send; several to one each, from the first on. */
static const char *
find_expect (Script *script, guint step, GRegex **regex)
{
  guint index = script->regexes->len == 1 && script->bytes->len > 1 ? step + 1 - script->bytes->len
                                                                    : step;

  if (index >= script->regexes->len)
    return NULL;
  *regex = g_ptr_array_index (script->regexes, index);
  return option_expect[index];
}

/* Without something to expect it is only listened to: that the time is over is no failure. */
static int
wait_for_step (PlanciaCliConsole *console, Script *script, guint step)
{
  GRegex           *regex = NULL;
  const char       *expected = find_expect (script, step, &regex);
  PlanciaCliOutcome outcome;

  if (expected != NULL)
    return report (plancia_cli_console_expect (console, regex, script->timeout),
                   expected,
                   script->timeout);
  if (step + 1 < script->bytes->len)
    outcome = plancia_cli_console_wait_quiet (console, SETTLE, script->timeout);
  else
    outcome = plancia_cli_console_wait (console, script->timeout);
  return outcome == PLANCIA_CLI_NOT_IN_TIME ? PLANCIA_CLI_DONE : report (outcome, NULL, 0);
}

static int
run_script (PlanciaCliConsole *console, Script *script)
{
  if (script->bytes->len > 0)
    plancia_cli_console_wait_quiet (console, SETTLE, SETTLE_MOST);
  for (guint step = 0; step < MAX (script->bytes->len, 1); step++) {
    g_autoptr (GError) error = NULL;
    int code;

    if (script->bytes->len > 0 &&
        !plancia_cli_console_send (console, g_ptr_array_index (script->bytes, step), &error)) {
      plancia_cli_complain ("%s", error->message);
      return PLANCIA_CLI_FAILED;
    }
    code = wait_for_step (console, script, step);
    if (code != PLANCIA_CLI_DONE)
      return code;
  }
  return PLANCIA_CLI_DONE;
}

static int
listen_only (PlanciaCliConsole *console, Script *script)
{
  PlanciaCliOutcome outcome =
    plancia_cli_console_listen (console, script->ending, MAX (option_timeout, 0));

  return outcome == PLANCIA_CLI_GONE ? report (outcome, NULL, 0) : PLANCIA_CLI_DONE;
}

static int
talk (const char *text, Script *script)
{
  g_autoptr (PlanciaCliConsole) console = plancia_cli_console_new (text);
  g_autoptr (GError) error = NULL;

  if (console == NULL)
    return PLANCIA_CLI_USAGE;
  if (option_log != NULL && !plancia_cli_console_set_log (console, option_log))
    return PLANCIA_CLI_FAILED;
  plancia_cli_console_set_hex (console, option_hex);
  if (option_modbus)
    plancia_cli_console_set_modbus (console);
  plancia_cli_console_set_reconnect (console, option_reconnect);
  if (!plancia_cli_console_open (console, &error)) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (script->bytes->len == 0 && script->regexes->len == 0)
    return listen_only (console, script);
  return run_script (console, script);
}

/**
 * plancia_cli_talk:
 * @arguments: "console" and what follows
 *
 * Runs the main context until done or interrupted. Sends what it is told and nothing else.
 *
 * Returns: the exit code
 */
int
plancia_cli_talk (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_auto (Script) script = {0};
  int code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("ADDRESS"),
        _ ("Opens a serial port, sends, and prints what comes."),
          _ ("ADDRESS is connext:///dev/ttyACM0, rs485:///dev/ttyUSB0, a path, or the name of a port.\n"
                             "Without --send and --expect the lines of standard input are sent, until Ctrl+C or "
             "for --timeout seconds.\n"
                             "Exit code 1: the port could not be opened, or what was expected did not come.\n"
                             "Unplug a CONNEXT from the inverter before you power it over USB; both at once can damage it."),
            entries,
            &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (
      _ ("Say which port to open, as in \"console connext:///dev/ttyACM0\"."));
  if (!read_script (&script))
    return PLANCIA_CLI_USAGE;
  return talk (rest[1], &script);
}
