/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/traffic-row.h"

struct _PlanciaTrafficRow
{
  GObject parent_instance;

  guint64          number;
  PlanciaExchange *exchange;
  gboolean         answer;
  char            *connection;
  char            *device;
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficRow, plancia_traffic_row, G_TYPE_OBJECT)

static void
plancia_traffic_row_finalize (GObject *object)
{
  PlanciaTrafficRow *self = PLANCIA_TRAFFIC_ROW (object);

  plancia_exchange_unref (self->exchange);
  g_free (self->connection);
  g_free (self->device);

  G_OBJECT_CLASS (plancia_traffic_row_parent_class)->finalize (object);
}

static void
plancia_traffic_row_class_init (PlanciaTrafficRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_traffic_row_finalize;
}

static void
plancia_traffic_row_init (PlanciaTrafficRow *self)
{
}

/**
 * plancia_traffic_row_new:
 * @log: that the frame is in; asked for the name of the device
 * @number: of the frame
 * @frame: copied
 *
 * Returns: (transfer full)
 */
PlanciaTrafficRow *
plancia_traffic_row_new (PlanciaTrafficLog *log, guint64 number, const PlanciaTrafficFrame *frame)
{
  PlanciaTrafficRow *self = g_object_new (PLANCIA_TYPE_TRAFFIC_ROW, NULL);

  self->number = number;
  self->exchange = plancia_exchange_ref (frame->exchange);
  self->answer = frame->answer;
  self->connection = g_strdup (frame->source->connection);
  self->device = g_strdup (plancia_traffic_log_get_name (log, frame));
  return self;
}

guint64
plancia_traffic_row_get_number (PlanciaTrafficRow *self)
{
  return self->number;
}

const PlanciaExchange *
plancia_traffic_row_get_exchange (PlanciaTrafficRow *self)
{
  return self->exchange;
}

const char *
plancia_traffic_row_get_connection (PlanciaTrafficRow *self)
{
  return self->connection;
}

gboolean
plancia_traffic_row_is_answer (PlanciaTrafficRow *self)
{
  return self->answer;
}

static gint64
time_of (PlanciaTrafficRow *self, gboolean answer)
{
  return self->exchange->time + (answer ? self->exchange->duration : 0);
}

gint64
plancia_traffic_row_get_time (PlanciaTrafficRow *self)
{
  return time_of (self, self->answer);
}

const char *
plancia_traffic_row_get_device (PlanciaTrafficRow *self)
{
  return self->device;
}

guint
plancia_traffic_row_get_length (PlanciaTrafficRow *self)
{
  return self->answer ? self->exchange->n_received : self->exchange->n_sent;
}

const guint8 *
plancia_traffic_row_get_bytes (PlanciaTrafficRow *self)
{
  return self->answer ? plancia_exchange_get_received (self->exchange)
                      : plancia_exchange_get_sent (self->exchange);
}

gboolean
plancia_traffic_row_is_bad (PlanciaTrafficRow *self)
{
  return self->answer && plancia_exchange_is_error (self->exchange->verdict);
}

/**
 * plancia_traffic_row_dup_clock:
 * @answer: which side of the exchange
 * @zone: to show it in
 *
 * Returns: (transfer full): the time of day with milliseconds
 */
char *
plancia_traffic_row_dup_clock (PlanciaTrafficRow *self, gboolean answer, GTimeZone *zone)
{
  gint64 time = time_of (self, answer);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *text = local ? g_date_time_format (local, "%H:%M:%S") : g_strdup ("");

  return g_strdup_printf ("%s.%03d", text, (int) (time % G_USEC_PER_SEC / 1000));
}
