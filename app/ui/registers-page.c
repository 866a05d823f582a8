/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/registers-page.h"

struct _PlanciaRegistersPage
{
  AdwBin parent_instance;

  PlanciaSession *session;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegistersPage, plancia_registers_page, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
plancia_registers_page_dispose (GObject *object)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_registers_page_parent_class)->dispose (object);
}

static void
plancia_registers_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (object);

  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_registers_page_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  PlanciaRegistersPage *self = PLANCIA_REGISTERS_PAGE (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_registers_page_class_init (PlanciaRegistersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_registers_page_dispose;
  object_class->get_property = plancia_registers_page_get_property;
  object_class->set_property = plancia_registers_page_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  PLANCIA_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_registers_page_init (PlanciaRegistersPage *self)
{
}
