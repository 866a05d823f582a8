/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-scan.h"

#include "protocol/json-scan.h"
#include "protocol/portal-field.h"
#include "protocol/portal-json.h"
#include <math.h>
#include <string.h>

#define TS "ts"

typedef struct _Scan Scan;

/* Reads what stands for the thing. */
typedef gboolean (*Leaf) (Scan *self, const char **at);

struct _Scan
{
  const PlanciaCloudFormat *format;
  char                     *thing;
  GStrv                     success; /* places */
  GStrv                     value;
  guint                     n_success;
  guint                     n_value;
  gboolean                  succeeded;
  gboolean                  found;
  Leaf                      leaf;
  const char               *slice_of; /* or NULL */
  PlanciaPortalSlice       *slice;
  /* Of the columns. */
  GArray *times; /* gint64; 0: none that can be read. NULL before ts has come */
  double *cells; /* one column behind another; NAN: null */
  guint   n_cells;
  GArray *columns;
  guint   oddities;
};

typedef struct
{
  char *name;
  guint first; /* cell */
  guint length;
} Column;

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->name);
}

static gboolean
is_name (const char *name, gsize length, const char *other)
{
  return strncmp (name, other, length) == 0 && other[length] == '\0';
}

static gboolean
give_up (const char **at)
{
  *at = NULL;
  return FALSE;
}

/* --- the way to the thing ---------------------------------------------------------------------- */

static gboolean
scan_things (Scan *self, const char **at)
{
  gboolean    begun = FALSE;
  const char *name;
  gsize       length;

  if (!plancia_json_scan_char (at, '{'))
    return FALSE;
  while (plancia_json_scan_member (at, &begun, &name, &length)) {
    if (!is_name (name, length, self->thing)) {
      plancia_json_scan_value (at);
      continue;
    }
    /* Of two the tree takes one, by rules of its own. */
    if (self->found)
      return give_up (at);
    self->found = TRUE;
    self->leaf (self, at);
  }
  return *at != NULL;
}

static gboolean
scan_values (Scan *self, const char **at)
{
  gboolean begun = FALSE;

  if (plancia_json_scan_peek (at) != '[')
    return scan_things (self, at);
  (*at)++;
  while (plancia_json_scan_next (at, ']', &begun))
    scan_things (self, at);
  return *at != NULL;
}

static gboolean
scan_slice (Scan *self, const char **at)
{
  if (self->slice->start != NULL)
    return give_up (at);
  plancia_json_scan_peek (at);
  self->slice->start = *at;
  if (!plancia_json_scan_value (at))
    return FALSE;
  self->slice->length = (gsize) (*at - self->slice->start);
  return TRUE;
}

/* depth: of the places, how many of their parts are behind. */
static gboolean
scan_level (Scan *self, const char **at, guint depth, gboolean to_success, gboolean to_value)
{
  gboolean    begun = FALSE, been_to_success = FALSE, been_to_value = FALSE;
  const char *name;
  gsize       length;

  if (!plancia_json_scan_char (at, '{'))
    return FALSE;
  while (plancia_json_scan_member (at, &begun, &name, &length)) {
    gboolean success = to_success && is_name (name, length, self->success[depth]);
    gboolean value = to_value && is_name (name, length, self->value[depth]);

    if ((success && been_to_success) || (value && been_to_value))
      return give_up (at);
    been_to_success |= success;
    been_to_value |= value;
    if (success && depth + 1 == self->n_success)
      self->succeeded = plancia_json_scan_word (at, "true");
    else if (value && depth + 1 == self->n_value)
      scan_values (self, at);
    else if (success || value)
      scan_level (self, at, depth + 1, success, value);
    else if (depth == 0 && self->slice_of != NULL && is_name (name, length, self->slice_of))
      scan_slice (self, at);
    else
      plancia_json_scan_value (at);
  }
  return *at != NULL;
}

/* --- columns ----------------------------------------------------------------------------------- */

static void
scan_null (Scan *self, const char **at)
{
  plancia_json_scan_word (at, "null");
  self->oddities |= PLANCIA_ODD_NULL;
}

static gboolean
scan_times (Scan *self, const char **at)
{
  gboolean begun = FALSE;

  if (self->times != NULL || !plancia_json_scan_char (at, '['))
    return give_up (at);
  self->times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), 300);
  while (plancia_json_scan_next (at, ']', &begun)) {
    const char *text;
    gsize       length;
    gint64      time = 0;

    if (plancia_json_scan_peek (at) == 'n')
      scan_null (self, at);
    else if (plancia_json_scan_text (at, &text, &length) &&
             !plancia_portal_plain_time (text, length, &time))
      return give_up (at);
    g_array_append_val (self->times, time);
  }
  return *at != NULL;
}

/* Each cell takes two characters at least, so that there is room for all of them. */
static gboolean
scan_cells (Scan *self, const char **at, Column *column)
{
  gboolean begun = FALSE;

  (*at)++;
  column->first = self->n_cells;
  while (plancia_json_scan_next (at, ']', &begun)) {
    double *number = &self->cells[self->n_cells];

    *number = NAN;
    if (plancia_json_scan_peek (at) == 'n')
      scan_null (self, at);
    else if (plancia_json_scan_number (at, number) && !isfinite (*number))
      *number = NAN;
    self->n_cells++;
  }
  column->length = self->n_cells - column->first;
  return *at != NULL;
}

static gboolean
has_column (Scan *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_str_equal (g_array_index (self->columns, Column, i).name, name))
      return TRUE;
  return FALSE;
}

static gboolean
scan_column (Scan *self, const char **at, const char *name, gsize length)
{
  Column   column = {g_strndup (name, length), 0, 0};
  gboolean is_ts = g_str_equal (plancia_portal_own_name (self->format, column.name), TS);

  if (has_column (self, column.name) || is_ts != g_str_equal (column.name, TS)) {
    g_free (column.name);
    return give_up (at);
  }
  g_array_append_val (self->columns, column);
  if (is_ts)
    return scan_times (self, at);
  /* What is no list says nothing. */
  if (plancia_json_scan_peek (at) != '[')
    return plancia_json_scan_value (at);
  return scan_cells (self, at, &g_array_index (self->columns, Column, self->columns->len - 1));
}

static gboolean
scan_columns (Scan *self, const char **at)
{
  gboolean    begun = FALSE;
  const char *name;
  gsize       length;

  if (!plancia_json_scan_char (at, '{'))
    return FALSE;
  while (plancia_json_scan_member (at, &begun, &name, &length))
    scan_column (self, at, name, length);
  return *at != NULL && (self->times != NULL || self->columns->len == 0 || give_up (at));
}

/* --- alarms ------------------------------------------------------------------------------------ */

/* Of nothing but [] and null. */
static gboolean
scan_empty_lists (Scan *self, const char **at)
{
  gboolean begun = FALSE;

  if (!plancia_json_scan_char (at, '['))
    return FALSE;
  while (plancia_json_scan_next (at, ']', &begun)) {
    if (plancia_json_scan_peek (at) == 'n')
      plancia_json_scan_word (at, "null");
    else if (plancia_json_scan_char (at, '['))
      plancia_json_scan_char (at, ']');
  }
  return *at != NULL;
}

static gboolean
scan_alarms (Scan *self, const char **at)
{
  gboolean    begun = FALSE;
  guint       n_times = 0, n_lists = 0;
  const char *name;
  gsize       length;

  if (!plancia_json_scan_char (at, '{'))
    return FALSE;
  while (plancia_json_scan_member (at, &begun, &name, &length)) {
    if (is_name (name, length, TS)) {
      n_times += plancia_json_scan_peek (at) == '[';
      plancia_json_scan_value (at);
    } else if (is_name (name, length, PLANCIA_CLOUD_ALARMS)) {
      n_lists += scan_empty_lists (self, at);
    } else {
      return give_up (at);
    }
  }
  return *at != NULL && ((n_times == 1 && n_lists == 1) || !begun || give_up (at));
}

/* --- samples ----------------------------------------------------------------------------------- */

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

typedef struct
{
  gint64 time;
  guint  row;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  return x->row < y->row ? -1 : 1;
}

/* The rows that have a time, in the order of it: once for all columns. */
static GArray *
sort_rows (GArray *times)
{
  GArray  *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), times->len);
  gboolean sorted = TRUE;
  gint64   last = 0;

  for (guint i = 0; i < times->len; i++) {
    Place place = {g_array_index (times, gint64, i), i};

    if (place.time == 0)
      continue;
    sorted &= place.time > last;
    last = place.time;
    g_array_append_val (places, place);
  }
  if (!sorted)
    g_array_sort (places, compare_places);
  return places;
}

/* times, values: room for as many as there are places. Of equal times the last one counts. */
static void
add_plain (Scan           *self,
           PlanciaSamples *samples,
           const Column   *column,
           GArray         *places,
           gint64         *times,
           double         *values)
{
  const double *cells = self->cells + column->first;
  guint         n = 0;

  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);

    if (place->row >= column->length || !isfinite (cells[place->row]))
      continue;
    n -= n > 0 && times[n - 1] == place->time;
    times[n] = place->time;
    /* No −0. */
    values[n++] = cells[place->row] + 0.0;
  }
  plancia_samples_append (samples, column->name, times, values, n);
}

static void
add_aliased (Scan *self, PlanciaSamples *samples, const Column *column)
{
  guint length = MIN (column->length, self->times->len);

  for (guint i = 0; i < length; i++) {
    Cell   cell = {samples, g_array_index (self->times, gint64, i)};
    double number = self->cells[column->first + i];

    if (cell.time != 0 && isfinite (number))
      plancia_portal_take_field (self->format, column->name, number, take_cell, &cell);
  }
}

/* A list that is none has no length. */
static void
judge_columns (Scan *self)
{
  self->oddities |= plancia_portal_judge_times (self->times);
  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = &g_array_index (self->columns, Column, i);

    if (column->length > 0 && column->length < self->times->len)
      self->oddities |= PLANCIA_ODD_SHORT;
    if (plancia_portal_is_lifetime_counter (plancia_portal_own_name (self->format, column->name)))
      self->oddities |=
        plancia_portal_drop_false_rows (self->cells + column->first, column->length, self->times);
  }
}

static PlanciaSamples *
make_samples (Scan *self, const char *device, PlanciaSpan covered)
{
  PlanciaSamples    *samples = plancia_samples_new (device, self->format->source, covered);
  guint              n_rows = self->times != NULL ? self->times->len : 0;
  g_autofree gint64 *times = g_new (gint64, n_rows);
  g_autofree double *values = g_new (double, n_rows);
  g_autoptr (GArray) places = NULL;

  if (self->times == NULL)
    return plancia_samples_seal (samples);
  judge_columns (self);
  places = sort_rows (self->times);
  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = &g_array_index (self->columns, Column, i);

    if (g_hash_table_contains (self->format->aliases, column->name))
      add_aliased (self, samples, column);
    else
      add_plain (self, samples, column, places, times, values);
  }
  plancia_samples_add_oddities (samples, self->oddities);
  return plancia_samples_seal (samples);
}

/* --- public ------------------------------------------------------------------------------------ */

static void
scan_clear (Scan *self)
{
  g_free (self->thing);
  g_strfreev (self->success);
  g_strfreev (self->value);
  g_clear_pointer (&self->times, g_array_unref);
  g_free (self->cells);
  g_clear_pointer (&self->columns, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

/* FALSE: the format has no such command, or no place for its values. */
static gboolean
scan_init (Scan                     *self,
           const PlanciaCloudFormat *format,
           PlanciaCloudFunction      function,
           const char               *thing,
           Leaf                      leaf)
{
  const char *command = format->commands[function];

  *self = (Scan){.format = format, .leaf = leaf};
  if (command == NULL)
    return FALSE;
  self->thing = g_strstrip (g_strdup (thing));
  self->value = plancia_cloud_format_place (format->value, command);
  self->n_value = g_strv_length (self->value);
  self->succeeded = format->success[0] == '\0';
  self->success = plancia_cloud_format_place (format->success, command);
  self->n_success = self->succeeded ? 0 : g_strv_length (self->success);
  return self->n_value > 0;
}

/* Whether the text from depth on is what it should be. */
static gboolean
scan_all (Scan *self, const char *text, guint depth)
{
  const char *at = text;

  return scan_level (self, &at, depth, depth < self->n_success, depth < self->n_value) &&
         plancia_json_scan_peek (&at) == '\0' && self->succeeded && self->found;
}

/**
 * plancia_portal_scan_historic:
 *
 * See the header.
 */
PlanciaSamples *
plancia_portal_scan_historic (const PlanciaCloudFormat *format,
                              const char               *text,
                              gsize                     length,
                              const char               *thing,
                              const char               *device,
                              PlanciaSpan               covered,
                              const char               *slice_of,
                              PlanciaPortalSlice       *slice)
{
  g_auto (Scan) self = {0};

  if (!scan_init (&self, format, PLANCIA_CLOUD_HISTORIC, thing, scan_columns))
    return NULL;
  self.slice_of = slice_of;
  self.slice = slice;
  self.cells = g_new (double, length / 2 + 2);
  self.columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self.columns, column_clear);
  if (slice != NULL)
    *slice = (PlanciaPortalSlice){NULL, 0};
  /* A NUL within the text would end it too soon. */
  if (!scan_all (&self, text, 0) || strlen (text) != length)
    return NULL;
  return make_samples (&self, device, covered);
}

/**
 * plancia_portal_scan_no_alarms:
 *
 * See the header.
 */
gboolean
plancia_portal_scan_no_alarms (const PlanciaCloudFormat *format,
                               const PlanciaPortalSlice *slice,
                               const char               *thing)
{
  g_auto (Scan) self = {0};
  g_autofree char *text = g_strndup (slice->start, slice->length);

  return scan_init (&self, format, PLANCIA_CLOUD_ALARM_HISTORIC, thing, scan_alarms) &&
         g_str_equal (self.value[0], format->commands[PLANCIA_CLOUD_ALARM_HISTORIC]) &&
         self.n_success > 0 && g_str_equal (self.success[0], self.value[0]) &&
         scan_all (&self, text, 1);
}
