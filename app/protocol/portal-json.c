/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-json.h"

#include "base/error.h"
#include "protocol/portal-field.h"
#include "protocol/portal-node-json.h"
#include <math.h>

/* The portal knows some forty fields; a list of rows may not name more than this. */
#define MAXIMUM_COLUMNS 256
/* The field of the commands about alarms. */
#define ALARMS "deviceAlarm"

/* plancia_portal_find_in_answer () for what must be an object; {} and null are objects without members. */
static JsonObject *
open_object (const PlanciaCloudFormat *format,
             PlanciaCloudFunction      function,
             PlanciaPortalAnswer      *answer,
             const char               *thing,
             GError                  **error)
{
  JsonNode *node = plancia_portal_find_in_answer (format, function, answer, thing, error);

  if (node == NULL)
    return NULL;
  if (plancia_portal_is_absent (node))
    return json_object_new ();
  if (plancia_portal_as_object (node) == NULL) {
    plancia_portal_set_bad_answer (error, "an object for this serial number");
    return NULL;
  }
  return json_object_ref (json_node_get_object (node));
}

/* Some answers are a list of rows, each an object with its own ts: the same turned by 90 degrees. */
static JsonObject *
rows_to_columns (JsonArray *rows)
{
  JsonObject *columns = json_object_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = plancia_portal_as_object (json_array_get_element (rows, i));
    g_autoptr (GList) names = row != NULL ? json_object_get_members (row) : NULL;

    for (GList *l = names; l != NULL; l = l->next) {
      JsonArray *column = plancia_portal_as_array (json_object_get_member (columns, l->data));

      if (column == NULL && json_object_get_size (columns) >= MAXIMUM_COLUMNS)
        continue;
      if (column == NULL) {
        column = json_array_new ();
        json_object_set_array_member (columns, l->data, column);
      }
      while (json_array_get_length (column) < i)
        json_array_add_null_element (column);
      json_array_add_element (column, json_node_copy (json_object_get_member (row, l->data)));
    }
  }
  return columns;
}

static JsonObject *
open_columns (const PlanciaCloudFormat *format,
              PlanciaCloudFunction      function,
              PlanciaPortalAnswer      *answer,
              const char               *thing,
              GError                  **error)
{
  JsonNode *node = plancia_portal_find_in_answer (format, function, answer, thing, error);

  if (node == NULL)
    return NULL;
  if (plancia_portal_is_absent (node))
    return json_object_new ();
  if (plancia_portal_as_array (node) != NULL)
    return rows_to_columns (json_node_get_array (node));
  if (plancia_portal_as_object (node) == NULL) {
    plancia_portal_set_bad_answer (error, "an object or rows for this serial number");
    return NULL;
  }
  return json_object_ref (json_node_get_object (node));
}

/* A member by the name that it has here: its own, or one that the profile gives it. */
static JsonNode *
find_named (const PlanciaCloudFormat *format, JsonObject *object, const char *name)
{
  JsonNode      *node = plancia_portal_get_member (object, name);
  GHashTableIter iter;
  gpointer       theirs, alias;

  g_hash_table_iter_init (&iter, format->aliases);
  while (node == NULL && g_hash_table_iter_next (&iter, &theirs, &alias))
    if (g_str_equal (((PlanciaCloudAlias *) alias)->to, name))
      node = plancia_portal_get_member (object, theirs);
  return node;
}

/* Times by index; 0 where there is none that can be read. */
static GArray *
read_times (JsonArray *ts, GTimeZone *zone)
{
  GArray *times = g_array_new (FALSE, TRUE, sizeof (gint64));

  for (guint i = 0; i < json_array_get_length (ts); i++) {
    gint64 time = 0;

    plancia_portal_as_time (json_array_get_element (ts, i), zone, &time);
    g_array_append_val (times, time);
  }
  return times;
}

/* By index; NAN where there is no number. */
static GArray *
read_numbers (JsonArray *column)
{
  guint   length = json_array_get_length (column);
  GArray *numbers = g_array_sized_new (FALSE, FALSE, sizeof (double), length);

  for (guint i = 0; i < length; i++) {
    double number;

    if (!plancia_portal_as_number (json_array_get_element (column, i), &number))
      number = NAN;
    g_array_append_val (numbers, number);
  }
  return numbers;
}

static guint
drop_false_rows (JsonArray *column, GArray *times)
{
  g_autoptr (GArray) numbers = read_numbers (column);

  return plancia_portal_drop_false_rows ((const double *) numbers->data, numbers->len, times);
}

static guint
judge_value (JsonNode *node)
{
  double number;

  if (plancia_portal_is_absent (node))
    return PLANCIA_ODD_NULL;
  return plancia_portal_as_text (node) != NULL && plancia_portal_as_number (node, &number)
           ? PLANCIA_ODD_TEXT
           : 0;
}

static guint
judge_column (JsonArray *column, GArray *times)
{
  guint length = json_array_get_length (column);
  guint oddities = length < times->len ? PLANCIA_ODD_SHORT : 0;

  for (guint i = 0; i < length; i++)
    oddities |= judge_value (json_array_get_element (column, i));
  return oddities;
}

typedef struct
{
  PlanciaSamples *samples;
  gint64          time;
} Cell;

static void
take_cell (const char *key, double number, gpointer data)
{
  Cell *cell = data;

  plancia_samples_add (cell->samples, key, cell->time, number);
}

static void
add_column (PlanciaSamples           *samples,
            const PlanciaCloudFormat *format,
            const char               *name,
            JsonArray                *column,
            GArray                   *times)
{
  guint    length = MIN (json_array_get_length (column), times->len);
  gboolean plain = !g_hash_table_contains (format->aliases, name);
  double   number;

  for (guint i = 0; i < length; i++) {
    Cell cell = {samples, g_array_index (times, gint64, i)};

    if (cell.time == 0 || !plancia_portal_as_number (json_array_get_element (column, i), &number))
      continue;
    if (plain)
      plancia_samples_add (samples, name, cell.time, number);
    else
      plancia_portal_take_field (format, name, number, take_cell, &cell);
  }
}

static void
add_columns (PlanciaSamples           *samples,
             const PlanciaCloudFormat *format,
             JsonObject               *columns,
             GArray                   *times)
{
  g_autoptr (GList) names = json_object_get_members (columns);
  guint oddities = plancia_portal_judge_times (times);

  for (GList *l = names; l != NULL; l = l->next) {
    JsonArray *column = plancia_portal_as_array (json_object_get_member (columns, l->data));

    if (column == NULL || g_str_equal (plancia_portal_own_name (format, l->data), "ts"))
      continue;
    oddities |= judge_column (column, times);
    if (plancia_portal_is_lifetime_counter (plancia_portal_own_name (format, l->data)))
      oddities |= drop_false_rows (column, times);
  }
  plancia_samples_add_oddities (samples, oddities);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonArray *column = plancia_portal_as_array (json_object_get_member (columns, l->data));

    if (column != NULL && !g_str_equal (plancia_portal_own_name (format, l->data), "ts"))
      add_column (samples, format, l->data, column, times);
  }
}

/* Numbers, numbers as text, "2,4", or null: whatever a list of alarms may hold. */
static void
add_alarms (GArray *alarms, JsonNode *node)
{
  const char *text = plancia_portal_as_text (node);
  JsonArray  *array = plancia_portal_as_array (node);
  g_auto (GStrv) parts = NULL;
  double number;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_alarms (alarms, json_array_get_element (array, i));
  if (text == NULL && plancia_portal_as_number (node, &number) && fabs (number) <= G_MAXINT) {
    int alarm = (int) number;

    g_array_append_val (alarms, alarm);
  }
  if (text != NULL)
    parts = g_strsplit_set (text, ",; ", -1);
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++) {
    if (plancia_portal_text_to_number (parts[i], &number) && fabs (number) <= G_MAXINT) {
      int alarm = (int) number;

      g_array_append_val (alarms, alarm);
    }
  }
}

/**
 * plancia_portal_realtime_free:
 * @self: one that plancia_portal_json_realtime() gave
 *
 * Any thread.
 */
void
plancia_portal_realtime_free (PlanciaPortalRealtime *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

static void
take_value (const char *key, double number, gpointer data)
{
  g_hash_table_insert (data, g_strdup (key), g_memdup2 (&number, sizeof number));
}

/**
 * plancia_portal_json_realtime:
 * @format: of the cloud
 * @answer: what came
 * @thing: the serial number that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Every field that is a number is there, by its own name or the one that the format gives it, known or not; a field that
 * is null or missing is not; what has been put right is in its oddities. A serial number for which there is an empty object gives no values and no times. Any thread.
 *
 * Returns: (transfer full): the values, or %NULL
 */
PlanciaPortalRealtime *
plancia_portal_json_realtime (const PlanciaCloudFormat *format,
                              PlanciaPortalAnswer      *answer,
                              const char               *thing,
                              GError                  **error)
{
  g_autoptr (JsonObject)
    object = open_object (format, PLANCIA_CLOUD_REALTIME, answer, thing, error);
  g_autoptr (GList) names = NULL;
  PlanciaPortalRealtime *self = NULL;
  double                 number;

  if (object == NULL)
    return NULL;
  self = g_new0 (PlanciaPortalRealtime, 1);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names = json_object_get_members (object);
  for (GList *l = names; l != NULL; l = l->next) {
    JsonNode   *node = json_object_get_member (object, l->data);
    const char *name = plancia_portal_own_name (format, l->data);

    if (g_str_equal (name, "lastUpdate"))
      plancia_portal_as_time (node, format->zone, &self->last_update);
    else if (g_str_equal (name, "thingFind"))
      plancia_portal_as_time (node, format->zone, &self->first_seen);
    else {
      self->oddities |= judge_value (node);
      if (plancia_portal_as_number (node, &number))
        plancia_portal_take_field (format, l->data, number, take_value, self->values);
    }
  }
  return self;
}

/**
 * plancia_portal_json_historic:
 * @format: of the cloud
 * @answer: what came
 * @thing: the serial number that was asked for
 * @device: whose samples they are to be
 * @covered: the span that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Parallel arrays or rows, in any order, with holes, null, text and double times. Rows in which a
 * lifetime counter has fallen to zero are left out. Any thread.
 *
 * Returns: (transfer full): the samples, or %NULL
 */
PlanciaSamples *
plancia_portal_json_historic (const PlanciaCloudFormat *format,
                              PlanciaPortalAnswer      *answer,
                              const char               *thing,
                              const char               *device,
                              PlanciaSpan               covered,
                              GError                  **error)
{
  g_autoptr (JsonObject)
    columns = open_columns (format, PLANCIA_CLOUD_HISTORIC, answer, thing, error);
  g_autoptr (PlanciaSamples) samples = NULL;
  g_autoptr (GArray) times = NULL;
  JsonArray *ts = NULL;

  if (columns == NULL)
    return NULL;
  ts = plancia_portal_as_array (find_named (format, columns, "ts"));
  if (ts == NULL && json_object_get_size (columns) > 0) {
    plancia_portal_set_bad_answer (error, "ts to be a list");
    return NULL;
  }
  samples = plancia_samples_new (device, format->source, covered);
  if (ts != NULL) {
    times = read_times (ts, format->zone);
    add_columns (samples, format, columns, times);
  }
  return plancia_samples_seal (g_steal_pointer (&samples));
}

/**
 * plancia_portal_json_alarms:
 * @format: of the cloud
 * @answer: what came
 * @thing: the serial number that was asked for
 * @last_update: (out) (optional): ms UTC, when this was so; 0 if the cloud does not say
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type int): the numbers of the alarms, empty when there are none
 */
GArray *
plancia_portal_json_alarms (const PlanciaCloudFormat *format,
                            PlanciaPortalAnswer      *answer,
                            const char               *thing,
                            gint64                   *last_update,
                            GError                  **error)
{
  g_autoptr (JsonObject) object = open_object (format, PLANCIA_CLOUD_ALARM, answer, thing, error);
  GArray *alarms = NULL;
  gint64  time = 0;

  if (object == NULL)
    return NULL;
  alarms = g_array_new (FALSE, FALSE, sizeof (int));
  add_alarms (alarms, find_named (format, object, ALARMS));
  plancia_portal_as_time (find_named (format, object, "lastUpdate"), format->zone, &time);
  if (last_update != NULL)
    *last_update = time;
  return alarms;
}

/* One packet. */
typedef struct
{
  gint64  time;
  GArray *ids;
} Packet;

static void
packet_clear (gpointer data)
{
  g_array_unref (((Packet *) data)->ids);
}

static int
compare_packets (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const Packet *) a)->time, right = ((const Packet *) b)->time;

  return left < right ? -1 : left > right;
}

/* (element-type Packet), in order. A cell that is null says nothing of its time. */
static GArray *
read_packets (JsonArray *ts, JsonArray *cells, GTimeZone *zone)
{
  GArray *packets = g_array_new (FALSE, FALSE, sizeof (Packet));
  g_autoptr (GArray) times = read_times (ts, zone);

  g_array_set_clear_func (packets, packet_clear);
  for (guint i = 0; i < times->len && i < json_array_get_length (cells); i++) {
    JsonNode *cell = json_array_get_element (cells, i);
    Packet    packet = {.time = g_array_index (times, gint64, i)};

    if (packet.time == 0 || plancia_portal_is_absent (cell))
      continue;
    packet.ids = g_array_new (FALSE, FALSE, sizeof (int));
    add_alarms (packet.ids, cell);
    g_array_append_val (packets, packet);
  }
  g_array_sort (packets, compare_packets);
  return packets;
}

static gboolean
has_id (GArray *ids, int id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, int, i) == id)
      return TRUE;
  return FALSE;
}

static PlanciaCloudAlarm *
find_open (GArray *alarms, int id)
{
  for (guint i = 0; i < alarms->len; i++) {
    PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);

    if (alarm->id == id && alarm->until == 0)
      return alarm;
  }
  return NULL;
}

/* Intervals: what neighbours have and have not. */
static void
take_packet (GArray *alarms, const Packet *packet, gboolean first)
{
  for (guint i = 0; i < alarms->len; i++) {
    PlanciaCloudAlarm *alarm = &g_array_index (alarms, PlanciaCloudAlarm, i);

    if (alarm->until == 0 && !has_id (packet->ids, alarm->id))
      alarm->until = packet->time;
  }
  for (guint i = 0; i < packet->ids->len; i++) {
    PlanciaCloudAlarm  alarm = {.id = g_array_index (packet->ids, int, i),
                                .since = packet->time,
                                .seen = packet->time,
                                .from_before = first};
    PlanciaCloudAlarm *open = find_open (alarms, alarm.id);

    if (open != NULL)
      open->seen = packet->time;
    else if (alarm.id > 0)
      g_array_append_val (alarms, alarm);
  }
}

/**
 * plancia_portal_json_past_alarms:
 * @format: of the cloud
 * @answer: what came
 * @thing: the serial number that was asked for
 * @error: PLANCIA_CLOUD_ERROR
 *
 * Cells may be lists, numbers, texts such as "2,4", or null. Any thread.
 *
 * Returns: (transfer full) (element-type PlanciaCloudAlarm): intervals by their begin, empty when there were none
 */
GArray *
plancia_portal_json_past_alarms (const PlanciaCloudFormat *format,
                                 PlanciaPortalAnswer      *answer,
                                 const char               *thing,
                                 GError                  **error)
{
  g_autoptr (JsonObject)
    columns = open_columns (format, PLANCIA_CLOUD_ALARM_HISTORIC, answer, thing, error);
  g_autoptr (GArray) packets = NULL;
  JsonArray *ts, *cells;
  GArray    *alarms;

  if (columns == NULL)
    return NULL;
  ts = plancia_portal_as_array (find_named (format, columns, "ts"));
  cells = plancia_portal_as_array (find_named (format, columns, ALARMS));
  if (json_object_get_size (columns) > 0 && (ts == NULL || cells == NULL)) {
    plancia_portal_set_bad_answer (error, "ts and " ALARMS " to be lists");
    return NULL;
  }
  alarms = g_array_new (FALSE, FALSE, sizeof (PlanciaCloudAlarm));
  if (ts == NULL)
    return alarms;
  packets = read_packets (ts, cells, format->zone);
  for (guint i = 0; i < packets->len; i++)
    take_packet (alarms, &g_array_index (packets, Packet, i), i == 0);
  return alarms;
}
