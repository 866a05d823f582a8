/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/session.h"

#include "backend/tape-player.h"
#include "base/signal-new.h"

struct _PlanciaSession
{
  GObject parent_instance;

  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  gboolean          installer;
  PlanciaSpan       visible;
  PlanciaSpan       selected;
};

enum {
  PROP_0,
  PROP_PLANT,
  PROP_DEVICE,
  PROP_INSTALLER,
  N_PROPS,
};

enum {
  SIGNAL_SPAN_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaSession, plancia_session, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
plancia_session_dispose (GObject *object)
{
  PlanciaSession *self = PLANCIA_SESSION (object);

  g_clear_object (&self->device);
  g_clear_object (&self->plant);

  G_OBJECT_CLASS (plancia_session_parent_class)->dispose (object);
}

static void
plancia_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaSession *self = PLANCIA_SESSION (object);

  switch (id) {
  case PROP_PLANT:
    g_value_set_object (value, self->plant);
    break;
  case PROP_DEVICE:
    g_value_set_object (value, self->device);
    break;
  case PROP_INSTALLER:
    g_value_set_boolean (value, self->installer);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaSession *self = PLANCIA_SESSION (object);

  switch (id) {
  case PROP_PLANT:
    plancia_session_set_plant (self, g_value_get_object (value));
    break;
  case PROP_DEVICE:
    plancia_session_set_device (self, g_value_get_object (value));
    break;
  case PROP_INSTALLER:
    plancia_session_set_installer (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_session_class_init (PlanciaSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = plancia_session_dispose;
  object_class->get_property = plancia_session_get_property;
  object_class->set_property = plancia_session_set_property;

  properties[PROP_PLANT] =
    g_param_spec_object ("plant", NULL, NULL, PLANCIA_TYPE_OPEN_PLANT, flags);
  properties[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, PLANCIA_TYPE_DEVICE, flags);
  properties[PROP_INSTALLER] = g_param_spec_boolean ("installer", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_SPAN_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "span-changed", 0);
}

static void
plancia_session_init (PlanciaSession *self)
{
}

PlanciaSession *
plancia_session_new (void)
{
  return g_object_new (PLANCIA_TYPE_SESSION, NULL);
}

PlanciaOpenPlant *
plancia_session_get_plant (PlanciaSession *self)
{
  return self->plant;
}

/**
 * plancia_session_set_plant:
 * @self: the session
 * @plant: (nullable): what is open now
 *
 * Also selects the whole plant, or nothing, and goes back to view only: the permission to write was
 * given for another plant.
 */
void
plancia_session_set_plant (PlanciaSession *self, PlanciaOpenPlant *plant)
{
  if (!g_set_object (&self->plant, plant))
    return;

  plancia_session_set_installer (self, FALSE);
  plancia_session_set_device (
    self,
    plant ? plancia_device_tree_get_plant (plancia_open_plant_get_tree (plant)) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLANT]);
}

PlanciaDevice *
plancia_session_get_device (PlanciaSession *self)
{
  return self->device;
}

void
plancia_session_set_device (PlanciaSession *self, PlanciaDevice *device)
{
  if (!g_set_object (&self->device, device))
    return;
  if (self->plant)
    plancia_open_plant_watch (self->plant, device);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE]);
}

gboolean
plancia_session_get_installer (PlanciaSession *self)
{
  return self->installer;
}

/**
 * plancia_session_set_installer:
 * @self: the session
 * @installer: TRUE to allow staging and writing; FALSE at every start
 */
void
plancia_session_set_installer (PlanciaSession *self, gboolean installer)
{
  /* What was recorded is past. */
  if (self->plant && plancia_tape_player_of (plancia_open_plant_get_plant (self->plant)))
    installer = FALSE;
  if (self->installer == !!installer)
    return;

  self->installer = !!installer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSTALLER]);
}

PlanciaSpan
plancia_session_get_visible (PlanciaSession *self)
{
  return self->visible;
}

void
plancia_session_set_visible (PlanciaSession *self, PlanciaSpan span)
{
  if (self->visible.start == span.start && self->visible.end == span.end)
    return;

  self->visible = span;
  g_signal_emit (self, signals[SIGNAL_SPAN_CHANGED], 0);
}

PlanciaSpan
plancia_session_get_selected (PlanciaSession *self)
{
  return self->selected;
}

void
plancia_session_set_selected (PlanciaSession *self, PlanciaSpan span)
{
  if (self->selected.start == span.start && self->selected.end == span.end)
    return;

  self->selected = span;
  g_signal_emit (self, signals[SIGNAL_SPAN_CHANGED], 0);
}
