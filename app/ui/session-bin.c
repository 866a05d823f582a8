/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/session-bin.h"

typedef struct
{
  PlanciaSession *session;
} PlanciaSessionBinPrivate;

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PlanciaSessionBin, plancia_session_bin, ADW_TYPE_BIN)

static PlanciaSessionBinPrivate *
get_private (gpointer self)
{
  return plancia_session_bin_get_instance_private (PLANCIA_SESSION_BIN (self));
}

static void
plancia_session_bin_finalize (GObject *object)
{
  g_clear_object (&get_private (object)->session);

  G_OBJECT_CLASS (plancia_session_bin_parent_class)->finalize (object);
}

static void
plancia_session_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, get_private (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
plancia_session_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    get_private (object)->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
plancia_session_bin_class_init (PlanciaSessionBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_session_bin_finalize;
  object_class->get_property = plancia_session_bin_get_property;
  object_class->set_property = plancia_session_bin_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  PLANCIA_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_session_bin_init (PlanciaSessionBin *self)
{
}

PlanciaSession *
plancia_session_bin_get_session (PlanciaSessionBin *self)
{
  return get_private (self)->session;
}

void
plancia_session_bin_follow (PlanciaSessionBin *self, const char *signal, GCallback callback)
{
  g_signal_connect_object (get_private (self)->session, signal, callback, self, G_CONNECT_SWAPPED);
}
