/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"

struct _FakeBackend
{
  GObject parent_instance;

  PlanciaBackendFlags flags;
  PlanciaState        state;
  GError             *error;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBackend,
                               fake_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->flags;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->error;
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
}

static void
fake_backend_finalize (GObject *object)
{
  g_clear_error (&FAKE_BACKEND (object)->error);

  G_OBJECT_CLASS (fake_backend_parent_class)->finalize (object);
}

static void
fake_backend_class_init (FakeBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_backend_finalize;
}

static void
fake_backend_init (FakeBackend *self)
{
}

FakeBackend *
fake_backend_new (PlanciaBackendFlags flags)
{
  FakeBackend *self = g_object_new (FAKE_TYPE_BACKEND, NULL);

  self->flags = flags;
  return self;
}

void
fake_backend_set_state (FakeBackend *self, PlanciaState state, GError *error)
{
  g_clear_error (&self->error);
  self->state = state;
  self->error = error;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}
