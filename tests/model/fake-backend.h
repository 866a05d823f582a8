/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A backend that does nothing by itself: the test sets its state. */
#define FAKE_TYPE_BACKEND (fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (FakeBackend, fake_backend, FAKE, BACKEND, GObject)

FakeBackend *fake_backend_new (PlanciaBackendFlags flags);
/* error: (transfer full) or NULL. Emits state-changed. */
void fake_backend_set_state (FakeBackend *self, PlanciaState state, GError *error);

G_END_DECLS
