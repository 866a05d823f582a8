/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A console that opens, closes and takes bytes at once; what it says is the test's. */
#define CONSOLE_TYPE_BACKEND (console_backend_get_type ())
G_DECLARE_FINAL_TYPE (ConsoleBackend, console_backend, CONSOLE, BACKEND, GObject)

struct _ConsoleBackend
{
  GObject parent_instance;

  PlanciaState state;
  GByteArray  *sent; /* all bytes */
  GError      *error;
  gboolean     deaf;   /* sending fails */
  gboolean     locked; /* opening fails */
  guint        n_opened;
};

ConsoleBackend *console_backend_new (void);
/* Bytes from the device, now. */
void console_backend_say (ConsoleBackend *self, const char *text);

G_END_DECLS
