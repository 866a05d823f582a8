/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli discover: looks for devices on the network and lists serial ports. */

#include "cli/cli.h"

#include "backend/discovery-words.h"
#include "backend/identify.h"
#include "cli/json-out.h"
#include "cli/recording.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#define LONGEST_TIMEOUT 60.0

static char   **option_subnets;
static char   **option_hosts;
static gboolean option_serial;
static gboolean option_hub;
static double   option_timeout;
static gboolean option_json;
static char    *option_transcript;
static char    *option_pcapng;

static const GOptionEntry entries[] = {
  {"subnet",
   0,            0,
   G_OPTION_ARG_STRING_ARRAY,          &option_subnets,
   N_ ("A private network to search, such as 192.168.1.0/24; may be repeated"),               N_ ("CIDR")   },
   {"host",
   0,            0,
   G_OPTION_ARG_STRING_ARRAY,          &option_hosts,
   N_ ("A host to ask in any case; may be repeated"),                                         N_ ("HOST")   },
    {"serial",  0, 0, G_OPTION_ARG_NONE, &option_serial,  N_ ("List the serial ports as well"), NULL          },
     {"hub",
   0,            0,
   G_OPTION_ARG_NONE,                  &option_hub,
   N_ ("Try the ports of HUBs too: this throws out whoever uses their lines"),                NULL          },
      {"timeout",
   0,            0,
   G_OPTION_ARG_DOUBLE,                &option_timeout,
   N_ ("How long to wait for a connection; without it 0.5"),                                  N_ ("SECONDS")},
       {"json",    0, 0, G_OPTION_ARG_NONE, &option_json,    N_ ("Print JSON"),                    NULL          },
        PLANCIA_RECORDING_OPTIONS (&option_transcript, &option_pcapng),
        G_OPTION_ENTRY_NULL
};

/* --- as JSON --------------------------------------------------------------------------------- */

/* Names for programs, in the order of the enumerations. */
static const char *const kinds[] =
  {"stick", "wifi-stick", "eth-stick", "hub", "modbus", "serial", "connext", "host"};
static const char *const states[] = {"answered",
                                     "not-opened",
                                     "in-use",
                                     "silent",
                                     "hung-up",
                                     "foreign",
                                     "call-only",
                                     "refused",
                                     "absent",
                                     "forbidden",
                                     "busy"};
static const char *const answers[] = {"untried", "open", "held", "closed", "silent"};
static const char *const lines[] = {"inverters", "meters", "chargers"};

static void
add_integer (GString *out, const char *key, gint64 number, gboolean known)
{
  plancia_json_out_key (out, key);
  if (known)
    plancia_json_out_integer (out, number);
  else
    plancia_json_out_text (out, NULL);
}

static void
add_identity (GString *out, const PlanciaIdentity *identity)
{
  plancia_json_out_member (out, "framing", identity->framing);
  add_integer (out, "unit", identity->unit, identity->unit > 0);
  add_integer (out, "logger", identity->logger, identity->logger != 0);
  plancia_json_out_member (out, "model", identity->model);
  plancia_json_out_member (out, "serial", identity->serial);
  plancia_json_out_member (out, "generation", identity->generation);
  plancia_json_out_member (out, "map", identity->map);
}

static void
add_lines (GString *out, const PlanciaFinding *finding)
{
  plancia_json_out_key (out, "lines");
  plancia_json_out_open (out, '{');
  for (guint i = 0; i < PLANCIA_HUB_LINES; i++)
    plancia_json_out_member (out, lines[i], answers[finding->lines[i]]);
  plancia_json_out_close (out, '}');
}

static void
add_port (GString *out, const PlanciaFinding *finding)
{
  g_autofree char *usb = finding->vendor != 0
                           ? g_strdup_printf ("%04x:%04x", finding->vendor, finding->product)
                           : NULL;

  plancia_json_out_member (out, "description", finding->description);
  plancia_json_out_member (out, "usb", usb);
  plancia_json_out_member (out, "adapter", finding->adapter);
  plancia_json_out_member (out, "group", finding->group);
}

static void
add_finding (GString *out, const PlanciaFinding *finding)
{
  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "where", finding->where);
  plancia_json_out_member (out, "kind", kinds[finding->kind]);
  plancia_json_out_member (out, "state", states[finding->state]);
  plancia_json_out_member (out, "address", finding->address);
  add_integer (out, "port", finding->port, finding->port != 0);
  plancia_json_out_member (out, "mac", finding->mac);
  if (finding->kind == PLANCIA_FINDING_SERIAL || finding->kind == PLANCIA_FINDING_CONNEXT)
    add_port (out, finding);
  else
    add_identity (out, &finding->identity);
  if (finding->kind == PLANCIA_FINDING_HUB)
    add_lines (out, finding);
  add_integer (out, "elapsed", finding->elapsed, TRUE);
  plancia_json_out_close (out, '}');
}

static void
add_findings (GString *out, const char *key, GPtrArray *findings, gboolean found)
{
  plancia_json_out_key (out, key);
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < findings->len; i++)
    if (plancia_finding_is_found (g_ptr_array_index (findings, i)) == found)
      add_finding (out, g_ptr_array_index (findings, i));
  plancia_json_out_close (out, ']');
}

static void
add_summary (GString *out, const PlanciaDiscoverySummary *summary)
{
  g_auto (GStrv) sentences = plancia_discovery_dup_summary (summary);

  plancia_json_out_key (out, "summary");
  plancia_json_out_open (out, '{');
  add_integer (out, "addresses", summary->addresses, TRUE);
  add_integer (out, "hosts", summary->hosts, TRUE);
  add_integer (out, "found", summary->found, TRUE);
  add_integer (out, "serial", summary->serial, TRUE);
  add_integer (out, "elapsed", summary->elapsed, TRUE);
  plancia_json_out_key (out, "sentences");
  plancia_json_out_open (out, '[');
  for (guint i = 0; sentences[i] != NULL; i++)
    plancia_json_out_text (out, sentences[i]);
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
}

static void
print_json (PlanciaDiscovery *discovery)
{
  GPtrArray *findings = plancia_discovery_get_findings (discovery);
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  add_findings (out, "found", findings, TRUE);
  add_findings (out, "silent", findings, FALSE);
  add_summary (out, plancia_discovery_get_summary (discovery));
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

/* --- for people ------------------------------------------------------------------------------ */

/* A line each as they come: what is known of it behind it, and the address to use with other verbs. */
static void
print_found (const PlanciaFinding *finding)
{
  g_autofree char *title = plancia_finding_dup_title (finding);
  g_autofree char *where = plancia_finding_dup_where (finding);
  g_autofree char *verdict = plancia_finding_dup_verdict (finding);
  g_autofree char *serial = finding->identity.serial != NULL
    ? g_strdup_printf (_(", serial %s"), finding->identity.serial)
    : g_strdup ("");
  g_autofree char *mac = finding->mac != NULL ? g_strdup_printf (", MAC %s", finding->mac)
                                              : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s (%s)\n    %s%s%s\n    %s\n",
                                           title,
                                           verdict,
                                           where,
                                           serial,
                                           mac,
                                           finding->address);

  plancia_cli_print (text);
}

static void
print_silent (const PlanciaFinding *finding)
{
  g_autofree char *title = plancia_finding_dup_title (finding);
  g_autofree char *reason = plancia_finding_dup_reason (finding);
  g_autofree char *advice = plancia_finding_dup_advice (finding);
  g_autofree char *text = g_strdup_printf ("%s: %s%s%s\n",
                                           title,
                                           reason,
                                           advice != NULL ? ". " : "",
                                           advice != NULL ? advice : "");

  plancia_cli_print (text);
}

static void
finding_cb (PlanciaDiscovery *discovery, PlanciaFinding *finding, gboolean is_new)
{
  if (option_json)
    return;
  if (plancia_finding_is_found (finding))
    print_found (finding);
  else
    print_silent (finding);
}

static void
print_end (PlanciaDiscovery *discovery)
{
  const PlanciaDiscoverySummary *summary = plancia_discovery_get_summary (discovery);
  g_autofree char               *state = plancia_discovery_dup_state (summary);
  g_auto (GStrv) sentences = plancia_discovery_dup_summary (summary);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "\n%s\n", state);
  for (guint i = 0; sentences[i] != NULL; i++)
    g_string_append_printf (out, "%s\n", sentences[i]);
  plancia_cli_print (out->str);
}

/* --- the search ------------------------------------------------------------------------------ */

static gboolean
interrupted_cb (gpointer user_data)
{
  plancia_discovery_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static void
finished_cb (PlanciaDiscovery *discovery, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static gboolean
search (const PlanciaDiscoveryOptions *options)
{
  g_autoptr (PlanciaDiscovery) discovery = plancia_discovery_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint    interrupt = g_unix_signal_add (SIGINT, interrupted_cb, discovery);
  guint    terminate = g_unix_signal_add (SIGTERM, interrupted_cb, discovery);
  gboolean whole;

  g_signal_connect (discovery, "finding", G_CALLBACK (finding_cb), NULL);
  g_signal_connect (discovery, "finished", G_CALLBACK (finished_cb), loop);
  plancia_discovery_start (discovery, options);
  g_main_loop_run (loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  whole = !plancia_discovery_get_summary (discovery)->cancelled;
  if (option_json)
    print_json (discovery);
  else
    print_end (discovery);
  return whole;
}

/* As search, with the files that the options name. */
static int
search_and_record (const PlanciaDiscoveryOptions *options)
{
  g_autoptr (PlanciaRecording) recording = NULL;
  g_autoptr (PlanciaTraffic) traffic = NULL;
  int code;

  if (!plancia_recording_new (option_transcript, option_pcapng, &recording))
    return PLANCIA_CLI_USAGE;
  traffic = plancia_traffic_new (plancia_recording_add, recording);
  if (plancia_recording_is_wanted (recording)) {
    plancia_traffic_set_recording (traffic, TRUE);
    plancia_identify_set_observer (plancia_traffic_post, traffic);
  }
  code = search (options) ? PLANCIA_CLI_DONE : PLANCIA_CLI_FAILED;
  plancia_identify_set_observer (NULL, NULL);
  plancia_traffic_flush (traffic);
  return plancia_recording_save (recording) ? code : PLANCIA_CLI_FAILED;
}

/* NULL after a sentence. (transfer full) */
static GPtrArray *
parse_subnets (void)
{
  g_autoptr (GPtrArray)
    subnets = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_subnet_free);

  for (guint i = 0; option_subnets != NULL && option_subnets[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    PlanciaSubnet *subnet = plancia_subnet_parse (option_subnets[i], &error);

    if (subnet == NULL) {
      plancia_cli_complain ("%s", error->message);
      return NULL;
    }
    g_ptr_array_add (subnets, subnet);
  }
  return g_steal_pointer (&subnets);
}

static gboolean
check_hosts (void)
{
  for (guint i = 0; option_hosts != NULL && option_hosts[i] != NULL; i++)
    if (option_hosts[i][0] == '\0' || strpbrk (option_hosts[i], "/: \t") != NULL) {
      plancia_cli_complain (_ ("--host takes a name or an IPv4 address, not \"%s\"."),
                               option_hosts[i]);
      return FALSE;
    }
  return TRUE;
}

/**
 * plancia_cli_discover:
 * @arguments: "discover" and what follows
 *
 * Runs the main context until everybody was asked, or interrupted.
 *
 * Returns: the exit code
 */
int
plancia_cli_discover (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GPtrArray) subnets = NULL;
  PlanciaDiscoveryOptions options = {0};
  int                     code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (&rest,
                          NULL,
                          _ ("Looks for devices on the private networks of this computer."),
                             _ ("Reads only. Nothing is sent to a serial port."), entries, &code))
    return code;
  if (rest[1] != NULL)
    return plancia_cli_wrong_use (_ ("\"discover\" takes options only, not \"%s\"."), rest[1]);
  if (option_timeout < 0 || option_timeout > LONGEST_TIMEOUT)
    return plancia_cli_wrong_use (_ ("--timeout is a number of seconds up to 60."));
  subnets = parse_subnets ();
  if (subnets == NULL || !check_hosts ())
    return PLANCIA_CLI_USAGE;
  if (subnets->len == 0 && option_hosts == NULL) {
    g_ptr_array_unref (subnets);
    subnets = plancia_subnet_list ();
  }

  options.subnets = subnets;
  options.hosts = (const char *const *) (gpointer) option_hosts;
  options.serial = option_serial;
  options.hub = option_hub;
  options.timeout = (guint) (option_timeout * 1000);
  return search_and_record (&options);
}
