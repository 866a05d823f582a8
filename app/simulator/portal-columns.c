/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-columns.h"

#include "simulator/portal-out.h"
#include <string.h>

/* In which all is zero, with quirks. */
#define ZERO_ROW 30
/* How far behind a portal is whose values stand still. */
#define FROZEN_FOR (4 * PLANCIA_HOUR)
#define BACK_BY    PLANCIA_HOUR
/* Of so many packets one comes twice, or changes places. */
#define ODD_TIMES 10

typedef enum {
  CELL_PLAIN,
  CELL_NULL,
  CELL_TEXT,
  CELL_ZERO,
} Cell;

static gboolean
is_wanted (const PlanciaPortalQuestion *question, const char *name)
{
  return question->wanted == NULL || g_hash_table_contains (question->wanted, name);
}

static gboolean
is_given (const PlanciaPortalQuestion *question, const PlanciaPortalField *field, guint command)
{
  return (field->commands & command) != 0 && is_wanted (question, field->name);
}

/* The newest moment of which the portal has heard. */
static gint64
horizon (const PlanciaPortalQuestion *question)
{
  switch (question->fault) {
  case PLANCIA_FAULT_FROZEN:
    return question->since - FROZEN_FOR;
  case PLANCIA_FAULT_BACK_IN_TIME:
    return plancia_portal_thing_get_turn (question->thing) % 2 == 0 ? question->now - BACK_BY
                                                                    : question->now;
  default:
    /* Every other minute the portal forgets the last hour: its answers go back in time. */
    return question->quirks && question->now / PLANCIA_MINUTE % 2 == 0 ? question->now - BACK_BY
                                                                       : question->now;
  }
}

static void
measure (const PlanciaPortalQuestion *question, gint64 time, PlanciaPortalPacket *packet)
{
  if (question->fault == PLANCIA_FAULT_STUCK_POWER)
    time = MIN (time, plancia_portal_thing_last_packet (question->thing, question->since));
  plancia_portal_thing_measure (question->thing, time, packet);
}

/* What another device in its place has counted: nothing of what was counted before. */
static double
count_anew (const PlanciaPortalQuestion *question,
            const PlanciaPortalPacket   *packet,
            const PlanciaPortalField    *field)
{
  double              number = plancia_portal_packet_get (packet, field);
  PlanciaPortalPacket before;

  if (question->fault != PLANCIA_FAULT_REPLACED || packet->time <= question->since ||
      strstr (field->name, "Total") == NULL)
    return number;
  plancia_portal_thing_measure (question->thing, question->since, &before);
  return MAX (number - plancia_portal_packet_get (&before, field), 0);
}

static void
append_cell (const PlanciaPortalQuestion *question,
             GString                     *text,
             Cell                         cell,
             const PlanciaPortalPacket   *packet,
             const PlanciaPortalField    *field)
{
  if (cell == CELL_NULL) {
    g_string_append (text, "null");
    return;
  }
  if (cell == CELL_TEXT)
    g_string_append_c (text, '"');
  plancia_portal_out_number (text,
                             cell == CELL_ZERO ? 0 : count_anew (question, packet, field),
                             field->decimals);
  if (cell == CELL_TEXT)
    g_string_append_c (text, '"');
}

/* --- now ------------------------------------------------------------------------------------- */

static Cell
realtime_cell (const PlanciaPortalQuestion *question, guint column)
{
  switch (question->fault) {
  case PLANCIA_FAULT_NULL_CELLS:
    return column % 3 == 0 ? CELL_NULL : CELL_PLAIN;
  case PLANCIA_FAULT_TEXT_NUMBER:
    return column % 2 == 0 ? CELL_TEXT : CELL_PLAIN;
  case PLANCIA_FAULT_ZERO_BURST:
    return CELL_ZERO;
  default:
    return CELL_PLAIN;
  }
}

static void
add_stamp (const PlanciaPortalQuestion *question, GPtrArray *members, const char *name, gint64 time)
{
  if (is_wanted (question, name))
    plancia_portal_out_time (plancia_portal_out_add (members, name), time);
}

void
plancia_portal_columns_realtime (const PlanciaPortalQuestion *question, GString *text)
{
  gint64     last = plancia_portal_thing_last_packet (question->thing, horizon (question));
  GPtrArray *fields = plancia_portal_thing_get_fields (question->thing);
  g_autoptr (GPtrArray) members = plancia_portal_out_members_new ();
  PlanciaPortalPacket packet;

  if (last == 0) {
    g_string_append (text, "{}");
    return;
  }
  measure (question, last, &packet);
  add_stamp (question, members, "lastUpdate", last);
  add_stamp (question, members, "thingFind", plancia_portal_thing_first_packet (question->thing));
  for (guint i = 0; i < fields->len; i++) {
    PlanciaPortalField *field = g_ptr_array_index (fields, i);

    if (is_given (question, field, PLANCIA_PORTAL_IN_REALTIME))
      append_cell (question,
                   plancia_portal_out_add (members, field->name),
                   realtime_cell (question, i),
                   &packet,
                   field);
  }
  plancia_portal_out_shuffled (text, members, question->dice);
}

/* --- the past -------------------------------------------------------------------------------- */

static void
double_some (GArray *times)
{
  for (guint i = ODD_TIMES / 2; i < times->len; i += ODD_TIMES) {
    gint64 time = g_array_index (times, gint64, i);
    g_array_insert_val (times, i, time);
  }
}

static void
swap_some (GArray *times)
{
  for (guint i = ODD_TIMES / 2; i + 1 < times->len; i += ODD_TIMES) {
    gint64 time = g_array_index (times, gint64, i);
    g_array_index (times, gint64, i) = g_array_index (times, gint64, i + 1);
    g_array_index (times, gint64, i + 1) = time;
  }
}

/* Nothing that lies after now has come yet. */
static GArray *
list_packets (const PlanciaPortalQuestion *question)
{
  gint64  newest = question->fault == PLANCIA_FAULT_FROZEN ? question->since - FROZEN_FOR
                                                           : question->now;
  GArray *times = plancia_portal_thing_list_packets (question->thing,
                                                     question->range.start,
                                                     MIN (question->range.end, newest));

  if (question->fault == PLANCIA_FAULT_DUPLICATE_TS)
    double_some (times);
  if (question->fault == PLANCIA_FAULT_UNSORTED_TS)
    swap_some (times);
  return times;
}

static void
add_times (const PlanciaPortalQuestion *question, GPtrArray *members, GArray *times)
{
  GString *text;

  if (!is_wanted (question, "ts"))
    return;
  text = plancia_portal_out_add (members, "ts");
  g_string_append_c (text, '[');
  for (guint i = 0; i < times->len; i++) {
    plancia_portal_out_separate (text);
    if (question->fault == PLANCIA_FAULT_NULL_CELLS && i % 100 == 50)
      g_string_append (text, "null");
    else
      plancia_portal_out_time (text, g_array_index (times, gint64, i));
  }
  g_string_append_c (text, ']');
}

/* Cells as customers have found them: nothing, or a number as text; and for some minutes zeros in everything. */
static Cell
quirky_cell (const PlanciaPortalField *field, guint row)
{
  if (row % 60 == 6 && g_str_equal (field->name, "batterySoC"))
    return CELL_NULL;
  if (row == ZERO_ROW)
    return CELL_ZERO;
  return row % 50 == 11 ? CELL_TEXT : CELL_PLAIN;
}

static Cell
historic_cell (const PlanciaPortalQuestion *question,
               const PlanciaPortalField    *field,
               guint                        row,
               guint                        column)
{
  switch (question->fault) {
  case PLANCIA_FAULT_NULL_CELLS:
    return (row + column) % 7 == 3 ? CELL_NULL : CELL_PLAIN;
  case PLANCIA_FAULT_TEXT_NUMBER:
    return row % 3 == 0 ? CELL_TEXT : CELL_PLAIN;
  case PLANCIA_FAULT_ZERO_BURST:
    return row % 96 / 2 == ZERO_ROW / 2 ? CELL_ZERO : CELL_PLAIN;
  default:
    return question->quirks ? quirky_cell (field, row) : CELL_PLAIN;
  }
}

/* Of which the list is shorter than the times: the temperature, or what comes last. */
static const PlanciaPortalField *
find_short (const PlanciaPortalQuestion *question)
{
  GPtrArray                *fields = plancia_portal_thing_get_fields (question->thing);
  const PlanciaPortalField *found = NULL;

  if (!question->quirks && question->fault != PLANCIA_FAULT_SHORT_ARRAY)
    return NULL;
  for (guint i = 0; i < fields->len; i++) {
    const PlanciaPortalField *field = g_ptr_array_index (fields, i);

    if (is_given (question, field, PLANCIA_PORTAL_IN_HISTORIC))
      found = field;
    if (found == field && g_str_equal (field->name, "temperature"))
      break;
  }
  return found;
}

/* One list a field, filled packet by packet: measuring is the expensive part. columns: NULL for what nobody wants. */
static void
fill_columns (const PlanciaPortalQuestion *question, GArray *times, GString **columns)
{
  GPtrArray                *fields = plancia_portal_thing_get_fields (question->thing);
  const PlanciaPortalField *shorter = find_short (question);
  PlanciaPortalPacket       packet;

  for (guint row = 0; row < times->len; row++) {
    measure (question, g_array_index (times, gint64, row), &packet);
    for (guint i = 0; i < fields->len; i++) {
      PlanciaPortalField *field = g_ptr_array_index (fields, i);

      if (columns[i] == NULL || (field == shorter && row + 1 == times->len))
        continue;
      plancia_portal_out_separate (columns[i]);
      append_cell (question, columns[i], historic_cell (question, field, row, i), &packet, field);
    }
  }
}

void
plancia_portal_columns_historic (const PlanciaPortalQuestion *question, GString *text)
{
  g_autoptr (GArray) times = list_packets (question);
  g_autoptr (GPtrArray) members = plancia_portal_out_members_new ();
  GPtrArray           *fields = plancia_portal_thing_get_fields (question->thing);
  g_autofree GString **columns = g_new0 (GString *, fields->len);

  add_times (question, members, times);
  for (guint i = 0; i < fields->len; i++) {
    PlanciaPortalField *field = g_ptr_array_index (fields, i);

    if (!is_given (question, field, PLANCIA_PORTAL_IN_HISTORIC))
      continue;
    columns[i] = plancia_portal_out_add (members, field->name);
    g_string_append_c (columns[i], '[');
  }
  fill_columns (question, times, columns);
  for (guint i = 0; i < fields->len; i++)
    if (columns[i] != NULL)
      g_string_append_c (columns[i], ']');
  plancia_portal_out_shuffled (text, members, question->dice);
}

/* --- alarms ---------------------------------------------------------------------------------- */

static void
append_alarms (GString *text, PlanciaPortalThing *thing, gint64 time)
{
  g_autoptr (GArray) ids = plancia_portal_thing_list_alarms (thing, time);

  g_string_append_c (text, '[');
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? "," : "", g_array_index (ids, int, i));
  g_string_append_c (text, ']');
}

/* A meter has none. */
static gboolean
has_alarms (const PlanciaPortalQuestion *question)
{
  return plancia_portal_thing_get_model (question->thing) != PLANCIA_PORTAL_METER;
}

void
plancia_portal_columns_alarm (const PlanciaPortalQuestion *question, GString *text)
{
  g_autoptr (GPtrArray) members = plancia_portal_out_members_new ();
  gint64 last = plancia_portal_thing_last_packet (question->thing, horizon (question));

  if (has_alarms (question) && last != 0) {
    append_alarms (plancia_portal_out_add (members, "deviceAlarm"), question->thing, last);
    plancia_portal_out_time (plancia_portal_out_add (members, "lastUpdate"), last);
  }
  plancia_portal_out_shuffled (text, members, question->dice);
}

void
plancia_portal_columns_historic_alarm (const PlanciaPortalQuestion *question, GString *text)
{
  g_autoptr (GArray) times = NULL;
  g_autoptr (GPtrArray) members = plancia_portal_out_members_new ();
  GString *cells;

  if (has_alarms (question)) {
    times = list_packets (question);
    add_times (question, members, times);
    cells = plancia_portal_out_add (members, "deviceAlarm");
    g_string_append_c (cells, '[');
    for (guint i = 0; i < times->len; i++) {
      plancia_portal_out_separate (cells);
      append_alarms (cells, question->thing, g_array_index (times, gint64, i));
    }
    g_string_append_c (cells, ']');
  }
  plancia_portal_out_shuffled (text, members, question->dice);
}
