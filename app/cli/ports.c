/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli ports: the serial ports of this computer, who may open them and who has. */

#include "cli/cli.h"

#include "backend/port-names.h"
#include "backend/port-watch.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include <glib/gi18n.h>
#include <string.h>

static gboolean option_json;
static char   **option_names;

static const GOptionEntry entries[] = {
  {"json", 0, 0, G_OPTION_ARG_NONE, &option_json,  N_ ("Print JSON"),          NULL            },
   {"name",
   0,         0,
   G_OPTION_ARG_STRING_ARRAY,       &option_names,
   N_ ("Call the adapter of a port so from now on; without a name forget it"), N_ ("PORT=NAME")},
    G_OPTION_ENTRY_NULL
};

static char *
usb_number (const PlanciaSerialPortInfo *port, guint16 number)
{
  return port->vendor != 0 ? g_strdup_printf ("%04x", number) : NULL;
}

static void
append_port (GString *out, const PlanciaSerialPortInfo *port)
{
  g_autofree char *vendor = usb_number (port, port->vendor);
  g_autofree char *product = usb_number (port, port->product);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "path", port->path);
  plancia_json_out_member (out, "link", port->link);
  plancia_json_out_member (out, "identity", port->identity);
  plancia_json_out_member (out, "name", port->name);
  plancia_json_out_member (out, "description", port->description);
  plancia_json_out_member (out, "vendor", vendor);
  plancia_json_out_member (out, "product", product);
  plancia_json_out_member (out, "serial", port->serial);
  plancia_json_out_key (out, "permitted");
  plancia_json_out_raw (out, port->permitted ? "true" : "false");
  plancia_json_out_member (out, "group", port->group);
  plancia_json_out_member (out, "holder", port->holder);
  plancia_json_out_key (out, "holder_pid");
  if (port->holder != NULL)
    plancia_json_out_integer (out, port->holder_pid);
  else
    plancia_json_out_raw (out, "null");
  plancia_json_out_close (out, '}');
}

static void
print_json (GPtrArray *ports)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < ports->len; i++)
    append_port (out, g_ptr_array_index (ports, i));
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

static char *
describe_state (const PlanciaSerialPortInfo *port)
{
  if (!port->permitted)
    return g_strdup_printf (_ ("permission denied, group %s"),
                               port->group != NULL ? port->group : "?");
  if (port->holder != NULL)
    return g_strdup_printf (_ ("busy: opened by %s (%d)"), port->holder, port->holder_pid);
  return g_strdup (_ ("free"));
}

static void
append_advice (GString *out, const PlanciaSerialPortInfo *port)
{
  g_autofree char *command = plancia_serial_advice_group_command (port->group);
  g_autofree char *rule = plancia_serial_advice_udev_rule (port);

  g_string_append_printf (out, "\n%s: ", port->path);
  if (port->relogin) {
    g_string_append_printf (out,
                            _ ("you are of the group %s from your next login on."), port->group);
    g_string_append_c (out, '\n');
    return;
  }
  g_string_append_printf (out, _ ("to open it, type this once, then log out and in again:"));
  g_string_append_printf (out, "\n  %s\n", command);
  if (rule == NULL)
    return;
  g_string_append_printf (out, _ ("or put this line into %s:"), PLANCIA_UDEV_RULE_FILE);
  g_string_append_printf (out, "\n  %s\n", rule);
}

static void
print_table (GPtrArray *ports)
{
  const char *titles[] = {_ ("Port"), _ ("Name"), _ ("Adapter"), _ ("Identity"), _ ("State"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *rows = NULL;

  for (guint i = 0; i < ports->len; i++) {
    const PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);
    g_autofree char             *state = describe_state (port);

    plancia_table_add (table, port->path, port->name, port->description, port->identity, state);
    if (!port->permitted && port->group != NULL)
      append_advice (out, port);
  }
  rows = plancia_table_to_string (table);
  g_string_prepend (out, rows);
  plancia_cli_print (out->str);
}

/* "PORT=NAME"; FALSE after a sentence. */
static gboolean
give_name (GPtrArray *ports, const char *text)
{
  const char      *equals = strchr (text, '=');
  g_autofree char *port_text = equals != NULL ? g_strndup (text, (gsize) (equals - text)) : NULL;
  const PlanciaSerialPortInfo *port;
  g_autoptr (GError) error = NULL;

  if (equals == NULL || equals == text) {
    plancia_cli_complain (_ ("--name needs PORT=NAME, not \"%s\"."), text);
    return FALSE;
  }
  port = plancia_port_watch_find_in (ports, port_text);
  if (port == NULL) {
    plancia_cli_complain (_ ("There is no serial port \"%s\"."), port_text);
    return FALSE;
  }
  if (plancia_port_names_set (port->identity, equals + 1, &error))
    return TRUE;
  plancia_cli_complain ("%s", error->message);
  return FALSE;
}

/**
 * plancia_cli_ports:
 * @arguments: "ports" and what follows
 *
 * Opens no port.
 *
 * Returns: the exit code
 */
int
plancia_cli_ports (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GPtrArray) ports = NULL;
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        NULL,
        _ ("Lists the serial ports of this computer. Opens none."), NULL, entries, &code))
    return code;
  if (rest[1] != NULL)
    return plancia_cli_wrong_use (_ ("\"ports\" takes options only, not \"%s\"."), rest[1]);

  ports = plancia_port_watch_list ();
  for (guint i = 0; option_names != NULL && option_names[i] != NULL; i++)
    if (!give_name (ports, option_names[i]))
      return PLANCIA_CLI_USAGE;
  plancia_port_names_apply (ports);
  if (option_json)
    print_json (ports);
  else
    print_table (ports);
  return PLANCIA_CLI_DONE;
}
