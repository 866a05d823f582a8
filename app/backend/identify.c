/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/identify.h"

#include "backend/device-model.h"
#include "backend/modbus-detect.h"
#include "base/error.h"
#include "link/links.h"
#include "map/field-value.h"
#include "map/map-catalog.h"
#include "protocol/modbus-pdu.h"

#define STICK_PORT    8899
#define MODBUS_PORT   502
#define HUB_PORT      55400
#define LIKELY_UNIT   1
#define OTHER_UNIT    255
#define SERIAL_BAUD   9600
#define SERIAL_FORMAT "8N1"

#define BIT(function) (1u << (function))

/* One way to ask: a link, its name, and what the route allows. */
typedef struct
{
  const char        *framing;
  PlanciaLink       *link; /* owned until asked */
  PlanciaModbusRoute route;
  int                unit;
} Question;

void
plancia_identity_clear (PlanciaIdentity *self)
{
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->generation, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->map, g_free);
}

/**
 * plancia_identity_copy:
 * @self: what is known
 * @out: (out caller-allocates): to be cleared
 */
void
plancia_identity_copy (const PlanciaIdentity *self, PlanciaIdentity *out)
{
  *out = *self;
  out->serial = g_strdup (self->serial);
  out->generation = g_strdup (self->generation);
  out->model = g_strdup (self->model);
  out->kind = g_strdup (self->kind);
  out->map = g_strdup (self->map);
}

/* --- what else the map says where to find --------------------------------------------------- */

static gboolean
read_field (PlanciaModbusLine *line,
            int                unit,
            PlanciaMap        *map,
            const char        *key,
            PlanciaValue      *value,
            GCancellable      *cancellable)
{
  const PlanciaField *field = plancia_map_find_field (map, key);
  guint16             words[PLANCIA_MODBUS_MAX_READ];

  if (field == NULL || field->count > G_N_ELEMENTS (words) ||
      !plancia_modbus_line_read (line,
                                 unit,
                                 field->read_function,
                                 field->address,
                                 field->count,
                                 words,
                                 plancia_map_get_limits (map)->min_interval_ms,
                                 cancellable,
                                 NULL))
    return FALSE;
  plancia_field_decode (field, words, value);
  return TRUE;
}

/* Long serial numbers go on at another place. */
static void
take_serial (PlanciaIdentity      *out,
             PlanciaModbusFinding *finding,
             PlanciaModbusLine    *line,
             int                   unit,
             GCancellable         *cancellable)
{
  PlanciaValue tail = {0};

  out->serial = g_strdup (finding->identity);
  if (strlen (finding->identity) == 16 &&
      read_field (line, unit, finding->map, "serial_number_tail", &tail, cancellable) &&
      tail.kind == PLANCIA_VALUE_TEXT && tail.text != NULL) {
    g_free (out->serial);
    out->serial = g_strconcat (finding->identity, tail.text, NULL);
  }
  plancia_value_clear (&tail);
}

static void
take_model (PlanciaIdentity      *out,
            PlanciaModbusFinding *finding,
            PlanciaModbusLine    *line,
            int                   unit,
            GCancellable         *cancellable)
{
  const char  *family = plancia_map_get_family (finding->map);
  PlanciaValue power = {0};
  guint        watts = 0;

  if (read_field (line, unit, finding->map, "rated_power", &power, cancellable) &&
      power.kind == PLANCIA_VALUE_NUMBER && power.number > 0 && power.number < 1e7)
    watts = (guint) power.number;
  out->model = plancia_device_model (family != NULL ? family : plancia_map_get_name (finding->map),
                                     watts);
  plancia_value_clear (&power);
}

/* more: the line has room for further reads. */
static void
take_finding (PlanciaIdentity      *out,
              PlanciaModbusFinding *finding,
              PlanciaModbusLine    *line,
              int                   unit,
              gboolean              more,
              GCancellable         *cancellable)
{
  out->answered = TRUE;
  out->unit = unit;
  out->generation = g_strdup (finding->generation);
  if (finding->map == NULL) {
    out->serial = g_strdup (finding->identity);
    return;
  }
  out->map = g_strdup (plancia_map_get_id (finding->map));
  out->kind = g_strdup (plancia_map_get_device_kind (finding->map));
  if (more) {
    take_serial (out, finding, line, unit, cancellable);
    take_model (out, finding, line, unit, cancellable);
  } else {
    const char *family = plancia_map_get_family (finding->map);

    out->serial = g_strdup (finding->identity);
    out->model = g_strdup (family != NULL ? family : plancia_map_get_name (finding->map));
  }
}

/* --- asking ---------------------------------------------------------------------------------- */

/* The logger's own complaint shows its framing as well as an answer does: the inverter behind it is silent. */
static gboolean
is_stick_answer (const GError *error)
{
  return g_error_matches (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER) ||
         error->domain == PLANCIA_MODBUS_ERROR;
}

/* For all searches of the program: there is one at a time, and its workers only read them. */
static PlanciaLinkObserver observer;
static gpointer            observer_data;

/* Takes the question's link. */
static gboolean
ask (Question *question, PlanciaIdentity *out, GCancellable *cancellable, GError **error)
{
  PlanciaLink *link = g_steal_pointer (&question->link);
  g_autoptr (PlanciaModbusLine) line = plancia_modbus_line_new (link, &question->route);
  g_autoptr (GCancellable) closing = g_cancellable_new ();
  g_auto (PlanciaModbusFinding) finding = {0};
  g_autoptr (GError) local = NULL;

  plancia_modbus_line_set_observer (line, observer, observer_data);
  if (!plancia_modbus_line_open (line, closing, cancellable, error))
    return FALSE;
  plancia_modbus_detect (line, question->unit, &finding, cancellable, &local);
  if (finding.answered)
    take_finding (out, &finding, line, question->unit, question->route.spacing == 0, cancellable);
  else if (local != NULL && is_stick_answer (local))
    out->answered = TRUE;
  if (!out->answered) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  out->framing = question->framing;
  out->logger = plancia_link_solarman_get_serial (link);
  return TRUE;
}

/* Nobody will be more talkative in another framing. */
static gboolean
is_hopeless (const GError *error)
{
  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_TIMED_OUT &&
         error->code != G_IO_ERROR_CONNECTION_CLOSED;
}

static gboolean
ask_in_turn (Question        *questions,
             guint            n,
             PlanciaIdentity *out,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (GError) first = NULL;
  gboolean answered = FALSE;

  for (guint i = 0; i < n && !answered; i++) {
    g_autoptr (GError) local = NULL;

    answered = ask (&questions[i], out, cancellable, &local);
    if (answered)
      break;
    if (first == NULL || is_hopeless (local)) {
      g_clear_error (&first);
      first = g_error_copy (local);
    }
    if (is_hopeless (local))
      break;
  }
  for (guint i = 0; i < n; i++)
    g_clear_object (&questions[i].link);
  if (!answered)
    g_propagate_error (error, g_steal_pointer (&first));
  return answered;
}

static void
identity_init (PlanciaIdentity *self)
{
  *self = (PlanciaIdentity){.unit = -1};
}

/**
 * plancia_identify_stick:
 * @host: IPv4 address
 * @logger_first: what to try first
 * @timeout: ms
 * @out: (out caller-allocates): to be cleared
 * @cancellable: (nullable): to stop
 * @error: why nobody is known
 *
 * Each framing on a connection of its own, as a stick that met a wrong one may be confused. An answer of the stick
 * without one of the inverter counts.
 */
gboolean
plancia_identify_stick (const char      *host,
                        gboolean         logger_first,
                        guint            timeout,
                        PlanciaIdentity *out,
                        GCancellable    *cancellable,
                        GError         **error)
{
  Question questions[] = {
    {"Modbus TCP",
     plancia_link_modbus_tcp_new (host, STICK_PORT, timeout),
     {.bus = TRUE},
     LIKELY_UNIT  },
    {"Solarman V5",
     plancia_link_solarman_new (host,   STICK_PORT, 0,                 timeout),
     {.bus = TRUE},
     LIKELY_UNIT},
    {"RTU over TCP",
     plancia_link_rtu_over_tcp_new (host,                  STICK_PORT,           timeout),
     {.bus = TRUE},
     LIKELY_UNIT},
  };
  Question likely = questions[1];

  if (logger_first) {
    questions[1] = questions[0];
    questions[0] = likely;
  }
  identity_init (out);
  return ask_in_turn (questions, G_N_ELEMENTS (questions), out, cancellable, error);
}

/**
 * plancia_identify_modbus:
 * @host: IPv4 address
 * @timeout: ms
 * @out: (out caller-allocates): to be cleared
 * @cancellable: (nullable): to stop
 * @error: why nobody is known
 *
 * Which unit such a device is is not public: the two that are usual are asked.
 */
gboolean
plancia_identify_modbus (const char      *host,
                         guint            timeout,
                         PlanciaIdentity *out,
                         GCancellable    *cancellable,
                         GError         **error)
{
  Question questions[] = {
    {"Modbus TCP", plancia_link_modbus_tcp_new (host, MODBUS_PORT, timeout), {0}, LIKELY_UNIT},
    {"Modbus TCP", plancia_link_modbus_tcp_new (host, MODBUS_PORT, timeout), {0}, OTHER_UNIT },
  };

  identity_init (out);
  return ask_in_turn (questions, G_N_ELEMENTS (questions), out, cancellable, error);
}

/**
 * plancia_identify_hub_line:
 * @host: IPv4 address
 * @line: which
 * @timeout: ms
 * @out: (out caller-allocates): what its first unit is, if it answers; to be cleared
 * @cancellable: (nullable): to stop
 *
 * A line whose unit 1 does not answer is open all the same. One read, because a HUB wants seconds between two.
 *
 * Returns: open, held, or silent
 */
PlanciaHubAnswer
plancia_identify_hub_line (const char      *host,
                           PlanciaHubLine   line,
                           guint            timeout,
                           PlanciaIdentity *out,
                           GCancellable    *cancellable)
{
  guint16  port = (guint16) (HUB_PORT + line - PLANCIA_HUB_LINE_INVERTERS);
  Question question = {
    "Modbus TCP",
    plancia_link_modbus_tcp_new (host, port, timeout),
    {.spacing = timeout,
                            .exclusive = TRUE,
                            .functions = BIT (PLANCIA_MODBUS_READ_HOLDING),
                            .bus = TRUE},
    LIKELY_UNIT
  };
  g_autoptr (GError) error = NULL;

  identity_init (out);
  if (ask (&question, out, cancellable, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return PLANCIA_HUB_ANSWER_OPEN;
  if (g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return PLANCIA_HUB_ANSWER_HELD;
  return PLANCIA_HUB_ANSWER_SILENT;
}

/**
 * plancia_identify_serial:
 * @path: of a tty or pty
 * @timeout: ms
 * @out: (out caller-allocates): to be cleared
 * @cancellable: (nullable): to stop
 * @error: why nobody is known, or the port does not open
 *
 * Sends: only after a person has asked for it.
 */
gboolean
plancia_identify_serial (const char      *path,
                         guint            timeout,
                         PlanciaIdentity *out,
                         GCancellable    *cancellable,
                         GError         **error)
{
  Question question = {"Modbus RTU",
                       plancia_link_modbus_rtu_new (path, SERIAL_BAUD, SERIAL_FORMAT, timeout),
                       {.bus = TRUE},
                       LIKELY_UNIT};

  identity_init (out);
  return ask_in_turn (&question, 1, out, cancellable, error);
}

/**
 * plancia_identify_set_observer:
 * @function: (nullable): takes each exchange
 * @user_data: for @function
 *
 * Main thread, while nobody searches.
 */
void
plancia_identify_set_observer (PlanciaLinkObserver function, gpointer user_data)
{
  observer = function;
  observer_data = user_data;
}

/**
 * plancia_identify_prepare:
 *
 * Loads the maps. Blocking, some hundred ms: on a worker.
 */
void
plancia_identify_prepare (void)
{
  g_autofree char *id = plancia_map_catalog_detect (PLANCIA_MODBUS_READ_HOLDING, 0x0445, "");
}
