/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-writer-private.h"
#include <json-glib/json-glib.h>
#include <math.h>

/* JSON lines: an object a line; numbers and times are JSON's own, whatever the locale is. */
typedef struct
{
  PlanciaExportLines lines;
  GPtrArray         *names;  /* what stands before the value of each column */
  GPtrArray         *groups; /* for each column: what begins the object of its device and source */
} Json;

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_node_init_string (node, text);
  return json_to_string (node, FALSE);
}

static gboolean
same_group (const PlanciaExportColumn *a, const PlanciaExportColumn *b)
{
  return g_str_equal (a->device, b->device) && g_str_equal (a->source, b->source);
}

static char *
make_group (const PlanciaExportColumn *column)
{
  g_autofree char *device = quote (column->device);
  g_autofree char *name = quote (column->name);
  g_autofree char *source = quote (column->source);

  return g_strdup_printf (",\"device\":%s,\"name\":%s,\"source\":%s", device, name, source);
}

static char *
make_name (PlanciaExportWriter *self, const PlanciaExportColumn *column)
{
  g_autofree char *key = quote (column->key);
  g_autofree char *unit = quote (column->unit);

  if (self->options.wide)
    return g_strdup_printf ("%s:", key);
  return g_strdup_printf (",\"key\":%s,\"unit\":%s,\"value\":", key, unit);
}

static void
append_start (Json *json, gint64 time, guint column)
{
  const char *quotes = json->lines.clock.style == PLANCIA_EXPORT_TIME_UNIX ? "" : "\"";

  g_string_append_printf (json->lines.out.text, "{\"time\":%s", quotes);
  plancia_export_clock_append (&json->lines.clock, json->lines.out.text, time);
  g_string_append (json->lines.out.text, quotes);
  g_string_append (json->lines.out.text, g_ptr_array_index (json->groups, column));
}

static void
add_long (PlanciaExportWriter *self, gint64 time, const double *values)
{
  Json *json = self->state;

  for (guint i = 0; i < self->columns->len; i++) {
    if (isnan (values[i]))
      continue;
    append_start (json, time, i);
    g_string_append (json->lines.out.text, g_ptr_array_index (json->names, i));
    plancia_export_append_number (json->lines.out.text, values[i], '.');
    g_string_append (json->lines.out.text, "}\n");
    self->lines++;
  }
}

/* Columns [first, end) are of one device and source. */
static void
add_group (PlanciaExportWriter *self, gint64 time, const double *values, guint first, guint end)
{
  Json *json = self->state;
  guint n = 0;

  for (guint i = first; i < end; i++) {
    if (isnan (values[i]))
      continue;
    if (n == 0)
      append_start (json, time, first);
    g_string_append (json->lines.out.text, n++ == 0 ? ",\"values\":{" : ",");
    g_string_append (json->lines.out.text, g_ptr_array_index (json->names, i));
    plancia_export_append_number (json->lines.out.text, values[i], '.');
  }
  if (n > 0) {
    g_string_append (json->lines.out.text, "}}\n");
    self->lines++;
  }
}

static void
add_wide (PlanciaExportWriter *self, gint64 time, const double *values)
{
  for (guint first = 0, end; first < self->columns->len; first = end) {
    for (end = first + 1;
         end < self->columns->len && same_group (g_ptr_array_index (self->columns, first),
                                                 g_ptr_array_index (self->columns, end));
         end++)
      ;
    add_group (self, time, values, first, end);
  }
}

static gboolean
begin (PlanciaExportWriter *self, const char *path, GError **error)
{
  Json *json = self->state = g_new0 (Json, 1);
  /* A local time without its zone means nothing to a program. */
  PlanciaExportTime time = self->options.time == PLANCIA_EXPORT_TIME_LOCAL ? PLANCIA_EXPORT_TIME_ISO
                                                                           : self->options.time;

  json->lines.add_wide = add_wide;
  json->lines.add_long = add_long;
  if (!plancia_export_stream_open (&json->lines.out, path, error))
    return FALSE;
  plancia_export_clock_init (&json->lines.clock, self->zone, time);
  json->names = g_ptr_array_new_with_free_func (g_free);
  json->groups = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->columns->len; i++) {
    g_ptr_array_add (json->names, make_name (self, g_ptr_array_index (self->columns, i)));
    g_ptr_array_add (json->groups, make_group (g_ptr_array_index (self->columns, i)));
  }
  return TRUE;
}

static void
json_free (PlanciaExportWriter *self)
{
  Json *json = self->state;

  plancia_export_stream_clear (&json->lines.out);
  g_clear_pointer (&json->names, g_ptr_array_unref);
  g_clear_pointer (&json->groups, g_ptr_array_unref);
  g_free (json);
}

const PlanciaExportKind plancia_export_json_lines = {begin,
                                                     plancia_export_lines_add,
                                                     plancia_export_lines_finish,
                                                     json_free};
