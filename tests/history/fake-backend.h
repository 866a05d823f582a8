/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

/* A source of history that answers from a script: 5 minutes apart, the value counts up. Notes each
 * piece that it is asked for. Answers in an idle, or never while held. */
#define FAKE_TYPE_BACKEND (fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (FakeBackend, fake_backend, FAKE, BACKEND, GObject)

struct _FakeBackend
{
  GObject parent_instance;

  GArray  *asked; /* PlanciaSpan, in order */
  gint64   window;
  gint64   silent_from; /* no samples from here on */
  int      fail_at;     /* which question fails, from 0; -1: none */
  int      fail_until;  /* the first that works again */
  int      fail_code;   /* of PLANCIA_CLOUD_ERROR */
  int      hold_at;     /* which question is held until cancelled; -1: none */
  gboolean stopped;     /* nothing is answered for now */
  guint    most;        /* questions at a time */
  guint    under_way;
  guint    widest; /* most of them that ever were */
  guint    cancelled;
};

FakeBackend *fake_backend_new (void);
