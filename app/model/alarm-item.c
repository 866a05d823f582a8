/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-item.h"

#include <string.h>

struct _PlanciaAlarmItem
{
  GObject parent_instance;

  PlanciaAlarmRecord *record;
  char               *device_name;
  char               *second_source;
  guint               serial;
};

enum {
  PROP_0,
  PROP_SERIAL,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmItem, plancia_alarm_item, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
touch (PlanciaAlarmItem *self)
{
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIAL]);
}

static void
plancia_alarm_item_finalize (GObject *object)
{
  PlanciaAlarmItem *self = PLANCIA_ALARM_ITEM (object);

  plancia_alarm_record_free (self->record);
  g_free (self->device_name);
  g_free (self->second_source);

  G_OBJECT_CLASS (plancia_alarm_item_parent_class)->finalize (object);
}

static void
plancia_alarm_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SERIAL:
    g_value_set_uint (value, PLANCIA_ALARM_ITEM (object)->serial);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_alarm_item_class_init (PlanciaAlarmItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_alarm_item_finalize;
  object_class->get_property = plancia_alarm_item_get_property;

  properties[PROP_SERIAL] = g_param_spec_uint ("serial",
                                               NULL,
                                               NULL,
                                               0,
                                               G_MAXUINT,
                                               0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_alarm_item_init (PlanciaAlarmItem *self)
{
}

PlanciaAlarmItem *
plancia_alarm_item_new (PlanciaAlarmRecord *record)
{
  PlanciaAlarmItem *self = g_object_new (PLANCIA_TYPE_ALARM_ITEM, NULL);

  self->record = record;
  self->device_name = g_strdup (record->name);
  return self;
}

const PlanciaAlarmRecord *
plancia_alarm_item_get_record (PlanciaAlarmItem *self)
{
  return self->record;
}

gboolean
plancia_alarm_item_is_open (PlanciaAlarmItem *self)
{
  return self->record->until == 0;
}

const char *
plancia_alarm_item_get_device_name (PlanciaAlarmItem *self)
{
  return self->device_name;
}

const char *
plancia_alarm_item_get_second_source (PlanciaAlarmItem *self)
{
  return self->second_source;
}

static void
set_text (PlanciaAlarmItem *self, char **place, const char *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  touch (self);
}

void
plancia_alarm_item_set_device_name (PlanciaAlarmItem *self, const char *name)
{
  set_text (self, &self->device_name, name);
}

void
plancia_alarm_item_set_second_source (PlanciaAlarmItem *self, const char *source)
{
  set_text (self, &self->second_source, source);
}

void
plancia_alarm_item_set_words (PlanciaAlarmItem *self, const char *label, PlanciaSeverity severity)
{
  self->record->severity = severity;
  set_text (self, &self->record->label, label != NULL ? label : "");
}

void
plancia_alarm_item_end (PlanciaAlarmItem *self, gint64 until)
{
  self->record->until = until;
  touch (self);
}

/** plancia_alarm_item_reopen: it was taken for ended and is on still */
void
plancia_alarm_item_reopen (PlanciaAlarmItem *self)
{
  self->record->until = 0;
  touch (self);
}

/* --- asking ---------------------------------------------------------------------------------- */

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *own = g_utf8_casefold (text, -1);

  return strstr (own, folded) != NULL;
}

static gboolean
matches_text (PlanciaAlarmItem *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *what = plancia_alarm_item_dup_what (self);
  g_autofree char *code = plancia_alarm_item_dup_code (self);
  g_autofree char *raw = plancia_alarm_item_dup_raw (self);

  return contains (what, folded) || contains (self->device_name, folded) ||
         contains (raw, folded) || g_str_equal (code, folded);
}

static gboolean
comes_from (PlanciaAlarmItem *self, const char *source)
{
  return g_str_equal (self->record->source, source) || g_strcmp0 (self->second_source, source) == 0;
}

/**
 * plancia_alarm_item_matches:
 * @self: an alarm
 * @query: what is asked for
 *
 * Returns: whether it is to be shown
 */
gboolean
plancia_alarm_item_matches (PlanciaAlarmItem *self, const PlanciaAlarmQuery *query)
{
  const PlanciaAlarmRecord *record = self->record;
  gboolean                  open = record->until == 0;

  if (query->open_only && !open)
    return FALSE;
  if (query->severity >= 0 && (int) record->severity != query->severity)
    return FALSE;
  if (!open && record->until < query->since)
    return FALSE;
  if (query->devices != NULL && !g_hash_table_contains (query->devices, record->device))
    return FALSE;
  if (query->source != NULL && !comes_from (self, query->source))
    return FALSE;
  return query->text == NULL || query->text[0] == '\0' || matches_text (self, query->text);
}

int
plancia_alarm_item_compare (PlanciaAlarmItem *a, PlanciaAlarmItem *b)
{
  const PlanciaAlarmRecord *one = a->record, *two = b->record;

  if ((one->until == 0) != (two->until == 0))
    return one->until == 0 ? -1 : 1;
  if (one->since != two->since)
    return one->since > two->since ? -1 : 1;
  if (one->severity != two->severity)
    return one->severity < two->severity ? -1 : 1;
  if (one->id != two->id)
    return one->id < two->id ? -1 : 1;
  return strcmp (one->device, two->device);
}
