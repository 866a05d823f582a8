/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/table-plan.h"

#include "base/cloud-field.h"
#include "history/csv-reader.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Lines above the table, such as the name of a plant. */
#define MAX_HEAD 30
/* Columns of this program's own table of samples. */
static const char *const own[] =
  {"time", "device", "name", "source", "key", "quantity", "value", "unit"};

static PlanciaTablePlan *
plan_new (void)
{
  PlanciaTablePlan *self = g_new0 (PlanciaTablePlan, 1);

  self->clock_column = PLANCIA_TABLE_NONE;
  self->decimal = '.';
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->units = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

static gpointer
copy_row (gconstpointer row, gpointer data)
{
  return g_strdupv ((GStrv) row);
}

static GPtrArray *
copy_array (GPtrArray *array, GCopyFunc copy, GDestroyNotify destroy)
{
  GPtrArray *copied = g_ptr_array_copy (array, copy, NULL);

  g_ptr_array_set_free_func (copied, destroy);
  return copied;
}

PlanciaTablePlan *
plancia_table_plan_copy (const PlanciaTablePlan *self)
{
  PlanciaTablePlan *copy = g_memdup2 (self, sizeof *self);

  copy->titles = copy_array (self->titles, copy_text, g_free);
  copy->units = copy_array (self->units, copy_text, g_free);
  copy->keys = copy_array (self->keys, copy_text, g_free);
  copy->rows = copy_array (self->rows, copy_row, (GDestroyNotify) g_strfreev);
  return copy;
}

void
plancia_table_plan_free (PlanciaTablePlan *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->units);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
plancia_table_plan_set_key (PlanciaTablePlan *self, guint column, const char *key)
{
  g_free (g_ptr_array_index (self->keys, column));
  g_ptr_array_index (self->keys, column) = g_strdup (key);
}

double
plancia_table_plan_factor (const PlanciaTablePlan *self, guint column)
{
  const char *unit = g_ptr_array_index (self->units, column);
  const char *key = g_ptr_array_index (self->keys, column);
  const char *wanted = key != NULL ? plancia_cloud_field_unit (key) : NULL;

  if (wanted == NULL)
    return 1;
  if (g_str_equal (wanted, "W"))
    return g_ascii_strcasecmp (unit, "kW") == 0 ? 1000 : g_str_equal (unit, "MW") ? 1e6 : 1;
  if (g_str_equal (wanted, "kWh"))
    return g_ascii_strcasecmp (unit, "Wh") == 0 ? 0.001 : g_str_equal (unit, "MWh") ? 1000 : 1;
  return 1;
}

/* --- cells --------------------------------------------------------------------------------------- */

gboolean
plancia_table_parse_number (const char *text, char decimal, double *value)
{
  static const char *const nothing[] =
    {"", "-", "--", "\xe2\x80\x94", "\xe2\x80\x93", "n/a", "N/A", "nan", "NaN", "null", NULL};
  char  plain[64];
  gsize n = 0;
  char *end;

  *value = NAN;
  if (g_strv_contains (nothing, text))
    return TRUE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_isspace (c) || c == 0x202f || c == '\'')
      continue;
    if (n + 1 >= sizeof plain)
      return FALSE;
    if (c == (gunichar) decimal)
      plain[n++] = '.';
    else if (c == 0x2212)
      plain[n++] = '-';
    else if (c < 0x80 && c != '.' && c != ',')
      plain[n++] = (char) c;
    else if (c >= 0x80)
      return FALSE;
  }
  plain[n] = '\0';
  *value = g_ascii_strtod (plain, &end);
  return end != plain && *end == '\0' && isfinite (*value) && strchr (plain, 'x') == NULL;
}

static gboolean
parse_unix (const char *text, gint64 *time)
{
  double seconds;

  if (!plancia_table_parse_number (text, '.', &seconds) || !(seconds > 1e8))
    return FALSE;
  /* Milliseconds are that large from 1973 on; seconds in the year 5138. */
  *time = (gint64) round (seconds < 1e11 ? seconds * 1000 : seconds);
  return seconds < 1e14;
}

/* The offset of an ISO time, minutes; FALSE: it has none. */
static gboolean
parse_offset (const char *text, int *minutes)
{
  int  hour, minute;
  char sign;

  if (text[0] == 'Z' && text[1] == '\0') {
    *minutes = 0;
    return TRUE;
  }
  if (sscanf (text, "%c%2d:%2d", &sign, &hour, &minute) != 3 || (sign != '+' && sign != '-'))
    return FALSE;
  *minutes = (sign == '-' ? -1 : 1) * (hour * 60 + minute);
  return TRUE;
}

static gboolean
parse_date (PlanciaTableTime style, const char *text, int *date, int *length)
{
  static const guint places[PLANCIA_N_TABLE_TIMES][3] = {
    {0, 1, 2},
    {2, 1, 0},
    {2, 0, 1},
  };
  int  three[3];
  char a, b;

  if (sscanf (text, "%4d%c%2d%c%4d%n", &three[0], &a, &three[1], &b, &three[2], length) != 5 ||
      a != b || strchr ("-/.", a) == NULL)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    date[i] = three[places[style][i]];
  if (date[0] < 100 && style != PLANCIA_TABLE_YMD)
    date[0] += 2000;
  return date[0] >= 1980 && date[0] <= 2200 && date[1] >= 1 && date[1] <= 12 && date[2] >= 1 &&
         g_date_valid_dmy ((GDateDay) date[2], (GDateMonth) date[1], (GDateYear) date[0]);
}

/* "14:05", "14:05:37", "2:05 PM", with what follows it. A date alone is its midnight. */
static gboolean
parse_clock (const char *text, int *clock, const char **rest)
{
  int n = 0;

  clock[0] = clock[1] = clock[2] = 0;
  while (*text == ' ' || *text == 'T' || *text == ',')
    text++;
  *rest = text;
  if (*text == '\0')
    return TRUE;
  if (sscanf (text, "%2d:%2d%n", &clock[0], &clock[1], &n) != 2 || n == 0)
    return FALSE;
  text += n;
  if (sscanf (text, ":%2d%n", &clock[2], &n) == 1)
    text += n;
  if (*text == '.')
    for (text++; g_ascii_isdigit (*text); text++)
      ;
  while (*text == ' ')
    text++;
  if (g_ascii_strncasecmp (text, "pm", 2) == 0 || g_ascii_strncasecmp (text, "am", 2) == 0) {
    clock[0] = clock[0] % 12 + (g_ascii_tolower (text[0]) == 'p' ? 12 : 0);
    text += 2;
  }
  *rest = text;
  return clock[0] >= 0 && clock[0] <= 23 && clock[1] >= 0 && clock[1] <= 59 && clock[2] >= 0 &&
         clock[2] <= 59;
}

static gboolean
shows (GTimeZone *zone, gint64 time, const int *date, const int *clock)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_get_day_of_month (local) == date[2] &&
         g_date_time_get_hour (local) == clock[0] && g_date_time_get_minute (local) == clock[1];
}

/* An hour that the clock shows twice is the first one, unless the line before was later already. */
static gint64
local_time (GTimeZone *zone, const int *date, const int *clock, gint64 last)
{
  g_autoptr (GDateTime)
    local = g_date_time_new (zone, date[0], date[1], date[2], clock[0], clock[1], clock[2]);
  gint64 time = g_date_time_to_unix (local) * PLANCIA_SECOND;
  gint64 first = shows (zone, time - PLANCIA_HOUR, date, clock) ? time - PLANCIA_HOUR : time;

  if (first < last && shows (zone, first + PLANCIA_HOUR, date, clock))
    return first + PLANCIA_HOUR;
  return first;
}

gboolean
plancia_table_parse_time (const PlanciaTablePlan *self,
                          const char             *text,
                          const char             *clock_text,
                          GTimeZone              *zone,
                          gint64                  last,
                          gint64                 *time)
{
  int         date[3], clock[3], length = 0, offset;
  const char *rest;

  if (self->time == PLANCIA_TABLE_UNIX)
    return parse_unix (text, time);
  if (!parse_date (self->time, text, date, &length) ||
      !parse_clock (clock_text != NULL ? clock_text : text + length, clock, &rest))
    return FALSE;
  if (*rest == '\0') {
    *time = local_time (zone, date, clock, last);
    return TRUE;
  }
  if (!parse_offset (rest, &offset))
    return FALSE;
  {
    g_autoptr (GDateTime)
      utc = g_date_time_new_utc (date[0], date[1], date[2], clock[0], clock[1], clock[2]);

    *time = g_date_time_to_unix (utc) * PLANCIA_SECOND - offset * PLANCIA_MINUTE;
  }
  return TRUE;
}

/* --- guessing ------------------------------------------------------------------------------------ */

static gboolean
is_time (PlanciaTableTime style, const char *text)
{
  PlanciaTablePlan plan = {.time = style};
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 time;

  return plancia_table_parse_time (&plan, text, NULL, utc, G_MININT64, &time);
}

/* The style that most of the column's rows follow; day before month where both would do. */
static gboolean
find_style (PlanciaTablePlan *self, guint column)
{
  guint best = 0;

  for (PlanciaTableTime style = 0; style < PLANCIA_N_TABLE_TIMES; style++) {
    guint n = 0;

    for (guint i = 0; i < self->rows->len; i++) {
      GStrv row = g_ptr_array_index (self->rows, i);

      n += column < g_strv_length (row) && is_time (style, row[column]);
    }
    if (n <= best)
      continue;
    best = n;
    self->time = style;
    self->time_column = column;
  }
  return best > 0 && best * 2 >= self->rows->len;
}

static gboolean
has_clock (const char *text)
{
  return strchr (text, ':') != NULL;
}

static gboolean
is_clock (const char *text)
{
  int         clock[3];
  const char *rest;

  return has_clock (text) && parse_clock (text, clock, &rest) && *rest == '\0';
}

/* A date alone, with the time of day in the next column. */
static void
find_clock (PlanciaTablePlan *self)
{
  GStrv row = g_ptr_array_index (self->rows, 0);
  guint next = self->time_column + 1;

  if (self->time != PLANCIA_TABLE_UNIX && !has_clock (row[self->time_column]) &&
      next < g_strv_length (row) && is_clock (row[next]))
    self->clock_column = next;
}

/* "3,5" is a number with a comma; "1.234,5" too; "1,234" is taken for one if columns are not parted by commas. */
static void
find_decimal (PlanciaTablePlan *self)
{
  guint n_comma = 0, n_point = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    GStrv row = g_ptr_array_index (self->rows, i);

    for (guint j = 0; row[j] != NULL; j++) {
      const char *comma = strrchr (row[j], ',');
      const char *point = strrchr (row[j], '.');

      if (j == self->time_column || j == self->clock_column || g_ascii_isalpha (row[j][0]))
        continue;
      n_comma += comma != NULL && comma > point;
      n_point += point != NULL && point > comma;
    }
  }
  self->decimal = n_comma > n_point ? ',' : '.';
}

/* "Power (kW)", "Power [kW]": what stands in the last brackets is the unit. */
static void
take_title (PlanciaTablePlan *self, const char *text)
{
  g_autofree char *title = g_strdup (text);
  gsize            length = strlen (title);
  char            *open = strrchr (title, '(');
  char            *unit = NULL;

  if (open == NULL || (strrchr (title, '[') != NULL && strrchr (title, '[') > open))
    open = strrchr (title, '[');
  if (open != NULL && length > 0 && (title[length - 1] == ')' || title[length - 1] == ']')) {
    unit = g_strndup (open + 1, strlen (open) - 2);
    *open = '\0';
  }
  g_ptr_array_add (self->titles, g_strdup (g_strstrip (title)));
  g_ptr_array_add (self->units, unit != NULL ? unit : g_strdup (""));
}

/* The shown words of a title that no quantity has become its key. */
static char *
dup_key (const char *title)
{
  g_autofree char *key = g_ascii_strdown (title, -1);

  g_strcanon (key, "abcdefghijklmnopqrstuvwxyz0123456789", '_');
  return key[0] != '\0' && strspn (key, "_") < strlen (key) ? g_steal_pointer (&key) : NULL;
}

static gboolean
is_own_table (PlanciaTablePlan *self)
{
  if (self->titles->len != G_N_ELEMENTS (own))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (!g_str_equal (own[i], g_ptr_array_index (self->titles, i)))
      return FALSE;
  return TRUE;
}

/* Most of what stands in it are numbers. */
static gboolean
has_number (PlanciaTablePlan *self, guint column)
{
  guint n_numbers = 0, n_others = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    GStrv  row = g_ptr_array_index (self->rows, i);
    double value;

    if (column >= g_strv_length (row))
      continue;
    if (!plancia_table_parse_number (row[column], self->decimal, &value))
      n_others++;
    else
      n_numbers += !isnan (value);
  }
  return n_numbers > n_others;
}

static void
find_keys (PlanciaTablePlan *self, PlanciaTableGuess guess, gpointer user_data)
{
  for (guint i = 0; i < self->titles->len; i++) {
    const char *title = g_ptr_array_index (self->titles, i);
    const char *key = guess != NULL ? guess (title, user_data) : NULL;

    if (i == self->time_column || i == self->clock_column || self->is_long ||
        (key == NULL && !has_number (self, i)))
      g_ptr_array_add (self->keys, NULL);
    else
      g_ptr_array_add (self->keys, key != NULL ? g_strdup (key) : dup_key (title));
  }
}

static GStrv
dup_row (GPtrArray *cells)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < cells->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (cells, i));
  return g_strv_builder_end (builder);
}

static gboolean
any_time (GStrv row)
{
  for (guint i = 0; row[i] != NULL; i++)
    for (PlanciaTableTime style = 0; style < PLANCIA_TABLE_UNIX; style++)
      if (is_time (style, row[i]))
        return TRUE;
  return row[0] != NULL && is_time (PLANCIA_TABLE_UNIX, row[0]);
}

/* The first line with a time in it begins the table; the line before it has the titles. */
static gboolean
read_beginning (PlanciaTablePlan *self,
                PlanciaCsvReader *reader,
                GCancellable     *cancellable,
                GError          **error)
{
  g_auto (GStrv) head = NULL;
  GPtrArray *cells;
  guint      n_head = 0;

  while (self->rows->len < PLANCIA_TABLE_ROWS &&
         (cells = plancia_csv_reader_next (reader, cancellable, error)) != NULL) {
    GStrv row = dup_row (cells);

    if (self->rows->len == 0 && !any_time (row)) {
      g_strfreev (head);
      head = row;
      if (++n_head > MAX_HEAD)
        return TRUE;
      continue;
    }
    g_ptr_array_add (self->rows, row);
  }
  for (guint i = 0; head != NULL && head[i] != NULL; i++)
    take_title (self, head[i]);
  return error == NULL || *error == NULL;
}

PlanciaTablePlan *
plancia_table_plan_new (GInputStream     *stream,
                        PlanciaTableGuess guess,
                        gpointer          user_data,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr (PlanciaTablePlan) self = plan_new ();
  g_autoptr (PlanciaCsvReader) reader = plancia_csv_reader_new (stream, 0);
  g_autoptr (GError) failure = NULL;
  gboolean found = FALSE;

  if (!read_beginning (self, reader, cancellable, &failure)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  self->separator = plancia_csv_reader_get_separator (reader);
  for (guint i = 0;
       self->rows->len > 0 && !found && i < g_strv_length (g_ptr_array_index (self->rows, 0));
       i++)
    found = find_style (self, i);
  if (!found) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_INVALID_DATA,
                 "There is no table with times in this file");
    return NULL;
  }
  while (self->titles->len < g_strv_length (g_ptr_array_index (self->rows, 0))) {
    g_autofree char *title = g_strdup_printf ("column %u", self->titles->len + 1);

    take_title (self, title);
  }
  find_clock (self);
  find_decimal (self);
  self->is_long = is_own_table (self);
  find_keys (self, guess, user_data);
  return g_steal_pointer (&self);
}
