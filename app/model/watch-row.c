/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/watch-row.h"

#include "model/register-row-private.h"

struct _PlanciaWatchRow
{
  GObject parent_instance;

  PlanciaDevice      *device;
  char               *key;
  PlanciaMap         *map; /* that row was made for */
  PlanciaRegisterRow *row; /* or NULL */
  guint               serial;
};

enum {
  PROP_0,
  PROP_SERIAL,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaWatchRow, plancia_watch_row, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
touch (PlanciaWatchRow *self)
{
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIAL]);
}

/* The map may come later, or be another one. */
static void
follow_map (PlanciaWatchRow *self)
{
  PlanciaMap         *map = plancia_device_get_map (self->device);
  const PlanciaField *field;

  if (map == self->map)
    return;
  g_clear_object (&self->row);
  g_clear_pointer (&self->map, plancia_map_unref);
  self->map = map != NULL ? plancia_map_ref (map) : NULL;
  field = map != NULL ? plancia_map_find_field (map, self->key) : NULL;
  if (field != NULL)
    self->row = plancia_register_row_new (map, field);
  touch (self);
}

static void
plancia_watch_row_finalize (GObject *object)
{
  PlanciaWatchRow *self = PLANCIA_WATCH_ROW (object);

  g_clear_object (&self->row);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_object (&self->device);
  g_free (self->key);

  G_OBJECT_CLASS (plancia_watch_row_parent_class)->finalize (object);
}

static void
plancia_watch_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SERIAL:
    g_value_set_uint (value, PLANCIA_WATCH_ROW (object)->serial);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_watch_row_class_init (PlanciaWatchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_watch_row_finalize;
  object_class->get_property = plancia_watch_row_get_property;

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
plancia_watch_row_init (PlanciaWatchRow *self)
{
}

/**
 * plancia_watch_row_new:
 * @device: of the tree
 * @key: of a register
 *
 * Returns: (transfer full): a row that shows what the device remembers. Main thread, as all of this file.
 */
PlanciaWatchRow *
plancia_watch_row_new (PlanciaDevice *device, const char *key)
{
  PlanciaWatchRow *self = g_object_new (PLANCIA_TYPE_WATCH_ROW, NULL);

  self->device = g_object_ref (device);
  self->key = g_strdup (key);
  plancia_watch_row_refresh (self);
  return self;
}

PlanciaDevice *
plancia_watch_row_get_device (PlanciaWatchRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_WATCH_ROW (self), NULL);

  return self->device;
}

const char *
plancia_watch_row_get_key (PlanciaWatchRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_WATCH_ROW (self), NULL);

  return self->key;
}

PlanciaRegisterRow *
plancia_watch_row_get_register (PlanciaWatchRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_WATCH_ROW (self), NULL);

  return self->row;
}

void
plancia_watch_row_refresh (PlanciaWatchRow *self)
{
  const PlanciaReading *reading;

  g_return_if_fail (PLANCIA_IS_WATCH_ROW (self));

  follow_map (self);
  reading = self->row != NULL ? plancia_device_lookup (self->device, self->key) : NULL;
  /* A value that was read by hand may be newer than what polling brought. */
  if (reading != NULL && reading->time >= plancia_register_row_get_time (self->row) &&
      plancia_register_row_apply (self->row, reading))
    touch (self);
}
