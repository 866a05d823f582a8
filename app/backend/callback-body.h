/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One body that a callback service received, and where it came from. Immutable but for what it was found to answer. */
#define PLANCIA_TYPE_CALLBACK_BODY (plancia_callback_body_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCallbackBody, plancia_callback_body, PLANCIA, CALLBACK_BODY, GObject)

typedef enum {
  PLANCIA_CALLBACK_FROM_NETWORK,
  PLANCIA_CALLBACK_FROM_TEST,   /* our own */
  PLANCIA_CALLBACK_FROM_PERSON, /* pasted, or opened as a file */
} PlanciaCallbackOrigin;

/* What it was found to be. */
typedef enum {
  PLANCIA_CALLBACK_UNREADABLE,
  PLANCIA_CALLBACK_UNKNOWN,  /* of no write that waits: shown, never acted upon */
  PLANCIA_CALLBACK_MATCHED,  /* a write has ended by it */
  PLANCIA_CALLBACK_REPEATED, /* of a write that had ended */
  PLANCIA_CALLBACK_TEST,
} PlanciaCallbackFate;

PlanciaCallbackBody  *plancia_callback_body_new (gint64                time,
                                                 PlanciaCallbackOrigin origin,
                                                 GBytes               *body,
                                                 const char           *peer);
gint64                plancia_callback_body_get_time (PlanciaCallbackBody *self); /* ms UTC */
PlanciaCallbackOrigin plancia_callback_body_get_origin (PlanciaCallbackBody *self);
GBytes     *plancia_callback_body_get_body (PlanciaCallbackBody *self); /* (transfer none) */
const char *plancia_callback_body_get_peer (PlanciaCallbackBody *self);
PlanciaCallbackFate plancia_callback_body_get_fate (PlanciaCallbackBody *self);
void plancia_callback_body_set_fate (PlanciaCallbackBody *self, PlanciaCallbackFate fate);
/* Printable, valid UTF-8, at most so many characters. (transfer full) */
char *plancia_callback_body_dup_text (PlanciaCallbackBody *self, guint maximum);

/* One line of a file of them, without its end. (transfer full) */
char *plancia_callback_body_to_line (PlanciaCallbackBody *self);
/* NULL if it is none. (transfer full) */
PlanciaCallbackBody *plancia_callback_body_new_from_line (const char *line, gsize length);

G_END_DECLS
