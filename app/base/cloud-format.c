/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cloud-format.h"

#include "base/span.h"

static const char *const names[PLANCIA_CLOUD_N_FUNCTIONS] = {
  [PLANCIA_CLOUD_REALTIME] = "realtime",
  [PLANCIA_CLOUD_HISTORIC] = "historic",
  [PLANCIA_CLOUD_ALARM] = "alarm",
  [PLANCIA_CLOUD_ALARM_HISTORIC] = "alarmHistoric",
  [PLANCIA_CLOUD_WRITE] = "write",
  [PLANCIA_CLOUD_WRITE_CALLBACK] = "writeCallback",
};

const char *
plancia_cloud_function_name (PlanciaCloudFunction function)
{
  return names[function];
}

PlanciaCloudAlias *
plancia_cloud_alias_new (const char *to, const char *negative_to, double factor)
{
  PlanciaCloudAlias *self = g_new0 (PlanciaCloudAlias, 1);

  self->to = g_strdup (to);
  self->negative_to = g_strdup (negative_to);
  self->factor = factor;
  return self;
}

void
plancia_cloud_alias_free (PlanciaCloudAlias *self)
{
  g_free (self->to);
  g_free (self->negative_to);
  g_free (self);
}

/**
 * plancia_cloud_format_init:
 * @self: (out caller-allocates): empty but for the table of aliases
 *
 * Any thread.
 */
void
plancia_cloud_format_init (PlanciaCloudFormat *self)
{
  *self = (PlanciaCloudFormat){0};
  self->aliases = g_hash_table_new_full (g_str_hash,
                                         g_str_equal,
                                         g_free,
                                         (GDestroyNotify) plancia_cloud_alias_free);
}

/**
 * plancia_cloud_format_clear:
 *
 * Frees what is in it. Any thread.
 */
void
plancia_cloud_format_clear (PlanciaCloudFormat *self)
{
  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++)
    g_free (self->commands[i]);
  g_free (self->source);
  g_free (self->key_param);
  g_free (self->values_param);
  g_free (self->all_values);
  g_free (self->start_param);
  g_free (self->end_param);
  g_free (self->time_format);
  g_free (self->success);
  g_free (self->value);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->aliases, g_hash_table_unref);
}

static void
fill_portal (PlanciaCloudFormat *self)
{
  plancia_cloud_format_init (self);
  self->source = g_strdup ("portal");
  self->commands[PLANCIA_CLOUD_REALTIME] = g_strdup ("realtimeData");
  self->commands[PLANCIA_CLOUD_HISTORIC] = g_strdup ("historicData");
  self->commands[PLANCIA_CLOUD_ALARM] = g_strdup ("deviceAlarm");
  self->commands[PLANCIA_CLOUD_ALARM_HISTORIC] = g_strdup ("deviceHistoricAlarm");
  self->key_param = g_strdup ("thingKey");
  self->values_param = g_strdup ("requiredValues");
  self->all_values = g_strdup ("*");
  self->start_param = g_strdup ("start");
  self->end_param = g_strdup ("end");
  self->time_format = g_strdup ("%Y-%m-%dT%H:%M:%S.{ms}Z");
  self->zone = g_time_zone_new_utc ();
  self->success = g_strdup ("/{command}/success");
  self->value = g_strdup ("/{command}/params/value");
}

const PlanciaCloudFormat *
plancia_cloud_format_portal (void)
{
  static PlanciaCloudFormat portal;
  static gsize              done;

  if (g_once_init_enter (&done)) {
    fill_portal (&portal);
    g_once_init_leave (&done, 1);
  }
  return &portal;
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_autoptr (GString) replaced = g_string_new (text);

  g_string_replace (replaced, what, with, 0);
  return g_string_free (g_steal_pointer (&replaced), FALSE);
}

/**
 * plancia_cloud_format_time:
 * @self: a format
 * @time: ms UTC
 *
 * Any thread.
 *
 * Returns: (transfer full): as this cloud writes it
 */
char *
plancia_cloud_format_time (const PlanciaCloudFormat *self, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, self->zone) : NULL;
  g_autofree char *text = NULL;
  char             ms[8];

  if (g_str_equal (self->time_format, "epoch"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, time / PLANCIA_SECOND);
  if (g_str_equal (self->time_format, "epoch-ms") || local == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, time);
  g_snprintf (ms, sizeof ms, "%03d", (int) (time % PLANCIA_SECOND));
  text = g_date_time_format (local, self->time_format);
  return replace (text != NULL ? text : "", "{ms}", ms);
}

/**
 * plancia_cloud_format_place:
 * @pointer: a JSON pointer (RFC 6901) that may have {command}
 * @command: what stands for it
 *
 * Any thread.
 *
 * Returns: (transfer full): its parts, put back from ~1 and ~0
 */
GStrv
plancia_cloud_format_place (const char *pointer, const char *command)
{
  GStrv parts = g_strsplit (pointer[0] == '/' ? pointer + 1 : pointer, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *filled = replace (parts[i], "{command}", command);
    g_autofree char *slashed = replace (filled, "~1", "/");

    g_free (parts[i]);
    parts[i] = replace (slashed, "~0", "~");
  }
  return parts;
}
