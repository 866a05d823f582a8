/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/address-private.h"
#include "plant/address-problem.h"

#include "base/error.h"
#include <string.h>

#define LARGEST_BAUD 4000000
/* ms */
#define LARGEST_SPACING 60000
#define MAXIMUM_TEXT    1024

/* What is being read, for the messages. */
typedef struct
{
  const char            *text;
  PlanciaAddressProblem *problem;
  GError               **error;
} Source;

/* got: (nullable): what stands there. */
G_GNUC_PRINTF (5, 6)
static gboolean
fail (const Source       *source,
      const char         *at,
      PlanciaAddressFault fault,
      const char         *got,
      const char         *format,
      ...)
{
  g_autofree char *what = NULL;
  va_list          arguments;

  source->problem->fault = fault;
  source->problem->place = (guint) g_utf8_pointer_to_offset (source->text, at) + 1;
  source->problem->got = g_strdup (got);
  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (source->error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "address \"%s\", character %u: %s",
               source->text,
               source->problem->place,
               what);
  return FALSE;
}

static gboolean
parse_number (const Source       *source,
              const char         *at,
              const char         *end,
              PlanciaAddressFault fault,
              const char         *what,
              guint64             smallest,
              guint64             largest,
              guint64            *number)
{
  g_autofree char *digits = g_strndup (at, (gsize) (end - at));

  if (digits[0] != '\0' && strspn (digits, "0123456789") == strlen (digits) &&
      g_ascii_string_to_unsigned (digits, 10, smallest, largest, number, NULL))
    return TRUE;
  source->problem->smallest = smallest;
  source->problem->largest = largest;
  return fail (source,
               at,
               fault,
               digits,
               "expected %s from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT ", got \"%s\"",
               what,
               smallest,
               largest,
               digits);
}

/* Text with %XX put back; at least one character, no control characters. */
static gboolean
parse_text (const Source       *source,
            const char         *at,
            const char         *end,
            PlanciaAddressFault fault,
            const char         *what,
            char              **out)
{
  g_autofree char *text = g_uri_unescape_segment (at, end, NULL);

  if (at == end)
    return fail (source, at, fault, NULL, "expected %s, got nothing", what);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return fail (source, at, fault, NULL, "expected %s with %%XX only for UTF-8 text", what);
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return fail (source, at, fault, NULL, "expected %s without control characters", what);
  *out = g_steal_pointer (&text);
  return TRUE;
}

static const char *
find_in (const char *at, const char *end, char c)
{
  const char *found = memchr (at, c, (gsize) (end - at));

  return found != NULL ? found : end;
}

static gboolean
check_host (const Source *source, const char *at, const char *host, gboolean bracketed)
{
  if (host[0] == '\0')
    return fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_NO_HOST,
                 NULL,
                 "expected a host name or address, got nothing");
  if (bracketed && (strchr (host, ':') == NULL || !g_hostname_is_ip_address (host)))
    return fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_IPV6,
                 host,
                 "expected an IPv6 address in brackets, got \"%s\"",
                 host);
  if (bracketed)
    return TRUE;
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-._", *c) == NULL)
      return fail (source,
                   at + (c - host),
                   PLANCIA_ADDRESS_FAULT_HOST,
                   NULL,
                   "a host name has letters, digits, \"-\", \".\" and \"_\" only");
  return TRUE;
}

/* host, host:port, [IPv6] or [IPv6]:port. */
static gboolean
parse_host (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  gboolean    bracketed = at < end && *at == '[';
  const char *start = bracketed ? at + 1 : at;
  const char *stop = find_in (start, end, bracketed ? ']' : ':');
  const char *rest = bracketed && stop < end ? stop + 1 : stop;
  guint64     port = 0;

  if (bracketed && stop == end)
    return fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_IPV6,
                 NULL,
                 "expected \"]\" after the IPv6 address");
  self->host = g_ascii_strdown (start, stop - start);
  if (!check_host (source, start, self->host, bracketed))
    return FALSE;
  if (rest == end)
    return TRUE;
  source->problem->smallest = 1;
  source->problem->largest = G_MAXUINT16;
  if (*rest != ':')
    return fail (source, rest, PLANCIA_ADDRESS_FAULT_PORT, NULL, "expected \":\" and a port");
  if (!parse_number (source,
                     rest + 1,
                     end,
                     PLANCIA_ADDRESS_FAULT_PORT,
                     "a port",
                     1,
                     G_MAXUINT16,
                     &port))
    return FALSE;
  self->port = (guint16) port;
  return TRUE;
}

static gboolean
parse_unit (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  const Kind *kind = &plancia_address_kinds[self->kind];
  guint64     unit;

  if (!parse_number (source,
                     at,
                     end,
                     PLANCIA_ADDRESS_FAULT_UNIT,
                     "a unit",
                     (guint64) kind->smallest_unit,
                     (guint64) kind->largest_unit,
                     &unit))
    return FALSE;
  self->unit = (int) unit;
  return TRUE;
}

static gboolean
parse_network (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  const char *slash = find_in (at, end, '/');

  if (!parse_host (self, source, at, slash))
    return FALSE;
  return slash + 1 >= end || parse_unit (self, source, slash + 1, end);
}

static gboolean
parse_line (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  for (guint i = PLANCIA_HUB_LINE_INVERTERS; i < G_N_ELEMENTS (plancia_address_lines); i++) {
    if (strlen (plancia_address_lines[i].name) == (gsize) (end - at) &&
        strncmp (plancia_address_lines[i].name, at, (gsize) (end - at)) == 0) {
      self->line = (PlanciaHubLine) i;
      return TRUE;
    }
  }
  return fail (source,
               at,
               PLANCIA_ADDRESS_FAULT_LINE,
               NULL,
               "expected the line \"inverters\", \"meters\" or \"chargers\"");
}

static gboolean
parse_hub (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  const char *slash = find_in (at, end, '/');
  const char *second;

  if (!parse_host (self, source, at, slash))
    return FALSE;
  if (slash + 1 >= end)
    return TRUE;
  second = find_in (slash + 1, end, '/');
  if (!parse_line (self, source, slash + 1, second))
    return FALSE;
  return second + 1 >= end || parse_unit (self, source, second + 1, end);
}

static gboolean
is_digits (const char *at, const char *end)
{
  for (const char *c = at; c < end; c++)
    if (!g_ascii_isdigit (*c))
      return FALSE;
  return at < end;
}

/* The last part is the unit if it is a number; but pseudo terminals are numbers themselves. */
static const char *
find_unit (const char *at, const char *end)
{
  static const char pts[] = "/dev/pts/";
  const char       *slash = g_strrstr_len (at, end - at, "/");

  if (slash == NULL || !is_digits (slash + 1, end))
    return end;
  if (slash + 1 - at == sizeof pts - 1 && strncmp (at, pts, sizeof pts - 1) == 0)
    return end;
  return slash;
}

static gboolean
parse_device (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  const char *unit = end;

  if (at == end || *at != '/')
    return fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_DEVICE,
                 NULL,
                 "expected the path of a serial device, as in /dev/ttyUSB0");
  if (plancia_address_kinds[self->kind].shape == SHAPE_SERIAL)
    unit = find_unit (at, end);
  if (unit - at < 2)
    return fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_DEVICE,
                 NULL,
                 "expected the path of a serial device, got nothing");
  if (!parse_text (source,
                   at,
                   unit,
                   PLANCIA_ADDRESS_FAULT_DEVICE,
                   "the path of a serial device",
                   &self->device))
    return FALSE;
  return unit == end || parse_unit (self, source, unit + 1, end);
}

static gboolean
parse_cloud (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  const char *slash = find_in (at, end, '/');

  if (!parse_text (source, at, slash, PLANCIA_ADDRESS_FAULT_ACCOUNT, "an account", &self->account))
    return FALSE;
  if (slash + 1 >= end)
    return TRUE;
  if (find_in (slash + 1, end, '/') != end)
    return fail (source,
                 find_in (slash + 1, end, '/'),
                 PLANCIA_ADDRESS_FAULT_ACCOUNT,
                 NULL,
                 "expected nothing after the serial number");
  return parse_text (source,
                     slash + 1,
                     end,
                     PLANCIA_ADDRESS_FAULT_ACCOUNT,
                     "a serial number",
                     &self->thing);
}

static gboolean
is_format (const char *text)
{
  PlanciaSerialSettings settings;

  return plancia_serial_settings_set_format (&settings, text, NULL);
}

/* Takes value, if it is one that the option can have; in its canonical form. */
static gboolean
check_option (const Source *source, const char *at, Option option, char **value)
{
  static const char *const framings[] = {"auto", "tcp", "rtu", "v5", NULL};
  const char              *end = at + strlen (*value);
  guint64                  number;
  gboolean                 good = TRUE;

  switch (option) {
  case OPTION_FRAMING:
    return g_strv_contains (framings, *value) ||
           fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_FRAMING,
                 *value,
                 "expected framing auto, tcp, rtu or v5, got \"%s\"",
                 *value);
  case OPTION_FORMAT: {
    g_autofree char *given = g_steal_pointer (value);

    *value = g_ascii_strup (given, -1);
    return is_format (*value) || fail (source,
                                       at,
                                       PLANCIA_ADDRESS_FAULT_FORMAT,
                                       given,
                                       "expected a format such as 8N1, got \"%s\"",
                                       given);
  }
  case OPTION_FLOW: {
    g_autofree char   *given = g_steal_pointer (value);
    PlanciaFlowControl flow;

    *value = g_ascii_strdown (given, -1);
    return plancia_flow_control_parse (*value, &flow) ||
           fail (source,
                 at,
                 PLANCIA_ADDRESS_FAULT_FLOW,
                 given,
                 "expected flow none, xon-xoff, rts-cts or dsr-dtr, got \"%s\"",
                 given);
  }
  case OPTION_BAUD:
    good = parse_number (source,
                         at,
                         end,
                         PLANCIA_ADDRESS_FAULT_BAUD,
                         "a baud rate",
                         50,
                         LARGEST_BAUD,
                         &number);
    break;
  case OPTION_SERIAL:
    good = parse_number (source,
                         at,
                         end,
                         PLANCIA_ADDRESS_FAULT_SERIAL,
                         "a logger serial number",
                         0,
                         G_MAXUINT32,
                         &number);
    break;
  case OPTION_SPACING:
  case OPTION_TIMEOUT:
    good = parse_number (source,
                         at,
                         end,
                         PLANCIA_ADDRESS_FAULT_MILLISECONDS,
                         "milliseconds",
                         0,
                         LARGEST_SPACING,
                         &number);
    break;
  case N_OPTIONS:
  default:
    g_assert_not_reached ();
  }
  if (good) {
    g_free (*value);
    *value = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  }
  return good;
}

static gboolean
find_option (PlanciaAddress *self,
             const Source   *source,
             const char     *at,
             const char     *end,
             Option         *out)
{
  g_autofree char *name = g_strndup (at, (gsize) (end - at));

  for (guint i = 0; i < N_OPTIONS; i++) {
    if (!g_str_equal (name, plancia_address_option_names[i]) ||
        (plancia_address_kinds[self->kind].options & 1u << i) == 0)
      continue;
    if (self->options[i] != NULL)
      return fail (source,
                   at,
                   PLANCIA_ADDRESS_FAULT_TWICE,
                   name,
                   "option \"%s\" is there twice",
                   name);
    *out = (Option) i;
    return TRUE;
  }
  return fail (source,
               at,
               PLANCIA_ADDRESS_FAULT_NO_OPTION,
               name,
               "%s has no option \"%s\"",
               plancia_address_kinds[self->kind].scheme,
               name);
}

static gboolean
parse_options (PlanciaAddress *self, const Source *source, const char *at)
{
  const char *end = at + strlen (at);

  while (at < end) {
    const char      *stop = find_in (at, end, '&');
    const char      *equals = find_in (at, stop, '=');
    g_autofree char *value = NULL;
    Option           option = N_OPTIONS;

    if (!find_option (self, source, at, equals, &option))
      return FALSE;
    if (equals == stop)
      return fail (source,
                   at,
                   PLANCIA_ADDRESS_FAULT_NO_VALUE,
                   plancia_address_option_names[option],
                   "expected \"=\" and a value for \"%s\"",
                   plancia_address_option_names[option]);
    value = g_strndup (equals + 1, (gsize) (stop - equals - 1));
    if (!check_option (source, equals + 1, option, &value))
      return FALSE;
    self->options[option] = g_steal_pointer (&value);
    at = stop < end ? stop + 1 : end;
  }
  return TRUE;
}

static gboolean
parse_scheme (PlanciaAddress *self, const Source *source, const char **rest)
{
  const char      *separator = strstr (source->text, "://");
  g_autofree char *scheme = NULL;

  if (separator == NULL)
    return fail (source,
                 source->text,
                 PLANCIA_ADDRESS_FAULT_NO_KIND,
                 NULL,
                 "expected KIND://..., such as eth-stick://192.168.1.20/1");
  scheme = g_ascii_strdown (source->text, separator - source->text);
  *rest = separator + 3;
  for (guint i = 0; i < G_N_ELEMENTS (plancia_address_kinds); i++) {
    if (g_str_equal (scheme, plancia_address_kinds[i].scheme)) {
      self->kind = (PlanciaAddressKind) i;
      return TRUE;
    }
  }
  return fail (source,
               source->text,
               PLANCIA_ADDRESS_FAULT_UNKNOWN_KIND,
               scheme,
               "there is no kind of address \"%s\"",
               scheme);
}

static gboolean
parse_body (PlanciaAddress *self, const Source *source, const char *at, const char *end)
{
  switch (plancia_address_kinds[self->kind].shape) {
  case SHAPE_NETWORK:
    return parse_network (self, source, at, end);
  case SHAPE_HUB:
    return parse_hub (self, source, at, end);
  case SHAPE_SERIAL:
  case SHAPE_CONSOLE:
    return parse_device (self, source, at, end);
  case SHAPE_CLOUD:
  default:
    return parse_cloud (self, source, at, end);
  }
}

static gboolean
check_text (const char *text, PlanciaAddressProblem *problem, GError **error)
{
  if (strlen (text) <= MAXIMUM_TEXT && g_utf8_validate (text, -1, NULL))
    return TRUE;
  problem->fault = PLANCIA_ADDRESS_FAULT_TOO_LONG;
  problem->largest = MAXIMUM_TEXT;
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "address: expected at most %d bytes of UTF-8 text",
               MAXIMUM_TEXT);
  return FALSE;
}

static PlanciaAddress *
parse (const char *text, PlanciaAddressProblem *problem, GError **error)
{
  g_autoptr (PlanciaAddress) self = NULL;
  g_autofree char *stripped = NULL;
  const char      *rest = NULL;
  const char      *question;
  Source           source = {NULL, problem, error};

  if (!check_text (text, problem, error))
    return NULL;
  source.text = stripped = g_strstrip (g_strdup (text));
  self = g_atomic_rc_box_new0 (PlanciaAddress);
  self->unit = -1;
  if (!parse_scheme (self, &source, &rest))
    return NULL;
  question = find_in (rest, rest + strlen (rest), '?');
  if (!parse_body (self, &source, rest, question))
    return NULL;
  if (*question == '?' && !parse_options (self, &source, question + 1))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * plancia_address_parse:
 * @text: what a person or a file wrote; see the header for the forms
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID with the text, the character and what is wrong there
 *
 * Any thread.
 *
 * Returns: (transfer full): the address, or %NULL
 */
PlanciaAddress *
plancia_address_parse (const char *text, GError **error)
{
  g_auto (PlanciaAddressProblem) problem = {0};

  return parse (text, &problem, error);
}

/**
 * plancia_address_examine:
 * @text: what a person wrote
 * @out: (out caller-allocates): what is wrong with it; clear it
 *
 * Any thread.
 *
 * Returns: (transfer full): the address, or %NULL
 */
PlanciaAddress *
plancia_address_examine (const char *text, PlanciaAddressProblem *out)
{
  *out = (PlanciaAddressProblem){0};
  return parse (text, out, NULL);
}

void
plancia_address_problem_clear (PlanciaAddressProblem *self)
{
  g_clear_pointer (&self->got, g_free);
}
