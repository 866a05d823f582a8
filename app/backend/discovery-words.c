/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/discovery-words.h"

#include "base/text.h"
#include <glib/gi18n.h>

/* Names of products: the same in every language. */
#define WIFI_STICK "ZSM-WIFI-USB"
#define ETH_STICK  "ZSM-ETH-USB"

/* --- one finding ----------------------------------------------------------------------------- */

static gboolean
is_usb (const PlanciaFinding *self)
{
  return self->vendor != 0;
}

static char *
dup_serial_title (const PlanciaFinding *self)
{
  if (self->adapter != NULL)
    return g_strdup (self->adapter);
  if (is_usb (self) && self->description != NULL)
    return g_strdup (self->description);
  return g_strdup (_("Serial port"));
}

/**
 * plancia_finding_dup_title:
 * @self: a finding
 *
 * Returns: (transfer full): what it is, or what it may be
 */
char *
plancia_finding_dup_title (const PlanciaFinding *self)
{
  if (!plancia_finding_is_found (self))
    return self->port != 0 ? g_strdup_printf (_("%s, port %u"), self->where, self->port)
                           : g_strdup (self->where);
  if (self->identity.model != NULL && self->kind != PLANCIA_FINDING_HUB)
    return g_strdup (self->identity.model);
  switch (self->kind) {
  case PLANCIA_FINDING_WIFI_STICK:
    return g_strdup (WIFI_STICK);
  case PLANCIA_FINDING_HUB:
    return g_strdup ("Azzurro HUB");
  case PLANCIA_FINDING_MODBUS:
    return g_strdup (self->identity.generation != NULL ? _("Inverter") : "Power Magic");
  case PLANCIA_FINDING_SERIAL:
    return dup_serial_title (self);
  case PLANCIA_FINDING_CONNEXT:
    return g_strdup ("ZVM-CONNEXT");
  case PLANCIA_FINDING_STICK:
  case PLANCIA_FINDING_ETH_STICK:
  case PLANCIA_FINDING_HOST:
  default:
    return g_strdup (ETH_STICK);
  }
}

static const char *
line_name (guint line)
{
  static const char *const names[] = {N_ ("inverters"), N_ ("meters"), N_ ("EV chargers")};

  return _ (names[line]);
}

static char *
dup_lines (const PlanciaFinding *self, PlanciaHubAnswer answer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < PLANCIA_HUB_LINES; i++)
    if (self->lines[i] == answer)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", line_name (i));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* "inverters, meters open; EV chargers held" */
static char *
dup_hub_how (const PlanciaFinding *self)
{
  static const struct
  {
    PlanciaHubAnswer answer;
    const char      *format;
  } words[] = {
  /* Translators: %s are lines of a HUB, such as "inverters, meters" */
    {PLANCIA_HUB_ANSWER_OPEN,   N_ ("%s open")     },
     {PLANCIA_HUB_ANSWER_HELD,   N_ ("%s held")     },
      {PLANCIA_HUB_ANSWER_CLOSED, N_ ("%s closed")   },
       {PLANCIA_HUB_ANSWER_SILENT, N_ ("%s no answer")},
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *lines = dup_lines (self, words[i].answer);
    g_autoptr (GString) part = g_string_new (lines != NULL ? _ (words[i].format) : "");

    if (lines == NULL)
      continue;
    g_string_replace (part, "%s", lines, 1);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", part->str);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_modbus_how (const PlanciaFinding *self)
{
  if (self->identity.generation != NULL)
    return g_strdup_printf (_("Modbus TCP, unit %d"), self->identity.unit);
  return g_strdup_printf (_("Modbus TCP, unit %d; known by its port only"), self->identity.unit);
}

static char *
dup_serial_how (const PlanciaFinding *self)
{
  if (self->state == PLANCIA_FINDING_ANSWERED)
    return g_strdup_printf (_("Modbus RTU, unit %d"), self->identity.unit);
  if (self->vendor != 0)
    return g_strdup_printf (_("USB adapter %04x:%04x"), self->vendor, self->product);
  /* Some systems describe a port by its own name. */
  if (self->description == NULL || g_str_has_suffix (self->where, self->description))
    return g_strdup ("");
  return g_strdup (self->description);
}

static char *
dup_how (const PlanciaFinding *self)
{
  if (self->state == PLANCIA_FINDING_IN_USE)
    return g_strdup (_("already in the plant: left alone"));
  switch (self->kind) {
  case PLANCIA_FINDING_WIFI_STICK:
    return self->identity.logger != 0
      ? g_strdup_printf (_("%s, logger %u"), WIFI_STICK, self->identity.logger)
      : g_strdup (WIFI_STICK);
  case PLANCIA_FINDING_ETH_STICK:
    return g_strdup_printf ("%s, %s", ETH_STICK, self->identity.framing);
  case PLANCIA_FINDING_HUB:
    return dup_hub_how (self);
  case PLANCIA_FINDING_MODBUS:
    return dup_modbus_how (self);
  case PLANCIA_FINDING_SERIAL:
    return dup_serial_how (self);
  case PLANCIA_FINDING_CONNEXT:
    return g_strdup_printf (_("USB port %04x:%04x that may be one"), self->vendor, self->product);
  case PLANCIA_FINDING_STICK:
  case PLANCIA_FINDING_HOST:
  default:
    return g_strdup ("");
  }
}

/**
 * plancia_finding_dup_where:
 * @self: a finding
 *
 * Returns: (transfer full): the place, and how it answers
 */
char *
plancia_finding_dup_where (const PlanciaFinding *self)
{
  g_autofree char *how = dup_how (self);

  return how[0] != '\0' ? g_strdup_printf ("%s · %s", self->where, how) : g_strdup (self->where);
}

static char *
dup_hub_verdict (const PlanciaFinding *self)
{
  guint held = plancia_finding_count_lines (self, PLANCIA_HUB_ANSWER_HELD);
  guint open = plancia_finding_count_lines (self, PLANCIA_HUB_ANSWER_OPEN);

  if (held > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u line held", "%u lines held", held), held);
  return g_strdup_printf (g_dngettext (NULL, "%u line open", "%u lines open", open), open);
}

/**
 * plancia_finding_dup_verdict:
 * @self: a finding
 *
 * Returns: (transfer full): how much is known of it
 */
char *
plancia_finding_dup_verdict (const PlanciaFinding *self)
{
  const PlanciaIdentity *identity = &self->identity;

  if (self->state == PLANCIA_FINDING_NOT_OPENED)
    return g_strdup (_("not opened"));
  /* A HUB is left alone in any case. */
  if (self->state == PLANCIA_FINDING_IN_USE && self->kind == PLANCIA_FINDING_HUB)
    return g_strdup (_("in the plant"));
  if (self->state == PLANCIA_FINDING_IN_USE)
    /* Translators: Plancia is connected to the device already */
    return g_strdup (_("connected"));
  if (self->state != PLANCIA_FINDING_ANSWERED)
    return g_strdup (_("no answer"));
  if (self->kind == PLANCIA_FINDING_HUB)
    return dup_hub_verdict (self);
  /* Translators: %s is a generation of register maps, such as G3 */
  if (identity->map != NULL && identity->generation != NULL)
    return g_strdup_printf (_("map %s, confirmed"), identity->generation);
  if (identity->unit < 0)
    /* Translators: the stick answers, the inverter behind it does not */
    return g_strdup (_("inverter silent"));
  if (identity->generation != NULL)
    return g_strdup_printf (_("%s, map unknown"), identity->generation);
  return g_strdup (_("map unknown"));
}

static void
add_line (GString *text, const char *name, const char *value)
{
  if (value != NULL && value[0] != '\0')
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", name, value);
}

/**
 * plancia_finding_dup_details:
 * @self: a finding
 *
 * Returns: (transfer full): lines of "name: value"
 */
char *
plancia_finding_dup_details (const PlanciaFinding *self)
{
  const PlanciaIdentity *identity = &self->identity;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *unit = identity->unit > 0 ? g_strdup_printf ("%d", identity->unit) : NULL;
  g_autofree char *logger = identity->logger != 0 ? g_strdup_printf ("%u", identity->logger) : NULL;

  add_line (text, _("Serial number"), identity->serial);
  add_line (text, _("Logger"), logger);
  add_line (text, _("Framing"), identity->framing);
  add_line (text, C_ ("modbus", "Unit"), unit);
  add_line (text, _("Map"), identity->map);
  add_line (text, _("MAC address"), self->mac);
  add_line (text, _("Module"), self->name);
  add_line (text, _("Description"), self->description);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- what did not answer --------------------------------------------------------------------- */

/**
 * plancia_finding_dup_reason:
 * @self: a finding that did not answer
 *
 * Returns: (transfer full): what happened
 */
char *
plancia_finding_dup_reason (const PlanciaFinding *self)
{
  switch (self->state) {
  case PLANCIA_FINDING_SILENT:
    return g_strdup (_("Accepts the connection, then stays silent"));
  case PLANCIA_FINDING_HUNG_UP:
    return g_strdup (_("Accepts the connection and ends it at once"));
  case PLANCIA_FINDING_FOREIGN:
    return g_strdup (_("Answers, but not in Modbus"));
  case PLANCIA_FINDING_CALL_ONLY:
    return g_strdup (_("A stick that answers UDP, but not TCP"));
  case PLANCIA_FINDING_REFUSED:
    return g_strdup (self->port != 0 ? _("Refuses the connection")
                                     : _("Is there, but every port is closed"));
  case PLANCIA_FINDING_ABSENT:
    return g_strdup (_("Nobody has this address"));
  case PLANCIA_FINDING_FORBIDDEN:
    /* Translators: %s is a group of the system, such as dialout */
    return self->group != NULL
      ? g_strdup_printf (_("Permission denied: it belongs to the group %s"), self->group)
      : g_strdup (_("Permission denied"));
  case PLANCIA_FINDING_BUSY:
    return g_strdup (_("Another program has it open"));
  case PLANCIA_FINDING_ANSWERED:
  case PLANCIA_FINDING_NOT_OPENED:
  default:
    return g_strdup ("");
  }
}

static const char *
silent_advice (const PlanciaFinding *self)
{
  if (self->kind == PLANCIA_FINDING_STICK)
    return _("Another client may hold the stick, or it is sending to its cloud, which it does once "
             "a minute: search again in a moment.");
  return _("It may be no Modbus device, or another client holds it.");
}

/**
 * plancia_finding_dup_advice:
 * @self: a finding that did not answer
 *
 * Returns: (transfer full) (nullable): what may be done about it
 */
char *
plancia_finding_dup_advice (const PlanciaFinding *self)
{
  switch (self->state) {
  case PLANCIA_FINDING_SILENT:
    return g_strdup (silent_advice (self));
  case PLANCIA_FINDING_HUNG_UP:
    return g_strdup (
      _("Another client may hold it: a WIFI stick takes five connections at most."));
  case PLANCIA_FINDING_CALL_ONLY:
    return g_strdup (_("Another client may hold it, or its firmware has closed port 8899."));
  case PLANCIA_FINDING_REFUSED:
    return g_strdup (_("If it is the HUB: switch on Settings, Modbus Slave TCP in its portal."));
  case PLANCIA_FINDING_ABSENT:
    return g_strdup (_("Check the address, and whether the device is on this network."));
  case PLANCIA_FINDING_FOREIGN:
  case PLANCIA_FINDING_FORBIDDEN:
  case PLANCIA_FINDING_BUSY:
  case PLANCIA_FINDING_ANSWERED:
  case PLANCIA_FINDING_NOT_OPENED:
  default:
    return NULL;
  }
}

/* --- the whole search ------------------------------------------------------------------------ */

static char *
dup_running (const PlanciaDiscoverySummary *summary)
{
  if (summary->addresses == 0)
    return g_strdup (_("Searching…"));
  if (summary->tried < summary->addresses)
    return g_strdup_printf (g_dngettext (NULL,
                                         "Trying %u address, %u settled",
                                         "Trying %u addresses, %u settled",
                                         summary->addresses),
                            summary->addresses,
                            summary->tried);
  if (summary->asking > 0)
    return g_strdup_printf (g_dngettext (NULL,
                                         "Asking %u host what it is",
                                         "Asking %u hosts what they are",
                                         summary->asking),
                            summary->asking);
  return g_strdup (_("Waiting for late answers"));
}

/**
 * plancia_discovery_dup_state:
 * @summary: of a search
 *
 * Returns: (transfer full): what it is doing, or what it has done
 */
char *
plancia_discovery_dup_state (const PlanciaDiscoverySummary *summary)
{
  g_autofree char *seconds = plancia_text_number ((double) summary->elapsed / 1000, 1);
  g_autofree char *network = NULL;
  g_autofree char *serial = NULL;

  if (summary->running)
    return dup_running (summary);
  if (summary->addresses > 0)
    /* Translators: %s is a number of seconds */
    network = g_strdup_printf (
      g_dngettext (NULL, "%u address in %s s", "%u addresses in %s s", summary->addresses),
      summary->addresses,
      seconds);
  if (summary->serial > 0)
    serial =
      g_strdup_printf (g_dngettext (NULL, "%u serial port", "%u serial ports", summary->serial),
                       summary->serial);
  if (network != NULL && serial != NULL)
    return g_strdup_printf ("%s, %s", network, serial);
  if (network != NULL || serial != NULL)
    return g_strdup (network != NULL ? network : serial);
  return g_strdup (_("Nothing to look at"));
}

static void
say (GStrvBuilder *lines, guint n, const char *format)
{
  g_autoptr (GString) text = g_string_new (format);
  g_autofree char *number = g_strdup_printf ("%u", n);

  if (n == 0)
    return;
  g_string_replace (text, "%u", number, 1);
  g_strv_builder_add (lines, text->str);
}

static void
say_of_hubs (GStrvBuilder *lines, const PlanciaDiscoverySummary *summary)
{
  say (lines,
       summary->lines_held,
       g_dngettext (NULL,
                    "%u line of a HUB is held by another client.",
                    "%u lines of a HUB are held by another client.",
                    summary->lines_held));
  say (lines,
       summary->lines_closed,
       g_dngettext (NULL,
                    "%u line of a HUB is closed: switch on Settings, Modbus Slave TCP.",
                    "%u lines of a HUB are closed: switch on Settings, Modbus Slave TCP.",
                    summary->lines_closed));
  /* With a HUB found, the others are something else. */
  say (lines,
       summary->hubs == 0 ? summary->hubs_closed : 0,
       g_dngettext (
         NULL,
         "%u host has 55400 closed: if it is the HUB, switch on Settings, Modbus Slave TCP.",
         "%u hosts have 55400 closed: if the HUB is among them, switch on Settings, Modbus "
         "Slave TCP.",
         summary->hubs_closed));
  if (!summary->hub && summary->hosts > 0)
    g_strv_builder_add (
      lines,
      _("The ports of a HUB were not tried: that throws out whoever uses it, and "
                          "needs your consent."));
}

static void
say_of_network (GStrvBuilder *lines, const PlanciaDiscoverySummary *summary)
{
  if (summary->addresses > 0 && summary->hosts == 0)
    g_strv_builder_add (lines,
                        _("No host answered at all. Guest networks and the isolation of Wi-Fi "
                          "clients keep devices apart."));
  say (lines,
       summary->call_only,
       g_dngettext (NULL,
                    "%u stick answered UDP but not TCP: another client may hold it.",
                    "%u sticks answered UDP but not TCP: another client may hold them.",
                    summary->call_only));
  say (lines,
       summary->silent,
       g_dngettext (NULL,
                    "%u place takes the connection and stays silent.",
                    "%u places take the connection and stay silent.",
                    summary->silent));
  say (lines,
       summary->unresolved,
       g_dngettext (NULL,
                    "%u name has no address.",
                    "%u names have no address.",
                    summary->unresolved));
  if (summary->no_call)
    g_strv_builder_add (lines, _("Loggers could not be called by UDP."));
}

/**
 * plancia_discovery_dup_summary:
 * @summary: of a search that is over
 *
 * Returns: (transfer full): sentences, %NULL-terminated
 */
char **
plancia_discovery_dup_summary (const PlanciaDiscoverySummary *summary)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  if (summary->cancelled)
    g_strv_builder_add (lines, _("The search was stopped before its end."));
  say_of_network (lines, summary);
  say_of_hubs (lines, summary);
  say (lines,
       summary->serial_denied,
       g_dngettext (NULL,
                    "%u serial port is closed to this user.",
                    "%u serial ports are closed to this user.",
                    summary->serial_denied));
  return g_strv_builder_end (lines);
}
