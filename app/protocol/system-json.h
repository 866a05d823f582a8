/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes through the API of Azzurro System: the request, its first answer, and the callback that says later what came
 * of it. None of these shapes is public; they are assumed by analogy with the reading commands, and what decodes them takes
 * whatever comes. Any thread. */

/* A run of registers. */
typedef struct
{
  guint16        address;
  guint          count;
  const guint16 *words;
} PlanciaSystemBlock;

typedef struct
{
  const char               *command;      /* of the profile; NULL: "write" */
  const char               *thing;        /* serial number */
  const char               *id;           /* our own, that comes back */
  const char               *callback_url; /* or NULL */
  const PlanciaSystemBlock *blocks;
  guint                     n_blocks;
} PlanciaSystemWrite;

/* UTF-8 JSON. (transfer full) */
char *plancia_system_json_write (const PlanciaSystemWrite *write);

/* TRUE: accepted. The error says whether it was taken at all: PLANCIA_CLOUD_ERROR_NOT_AUTHORISED and _REFUSED: it was
 * not; any other: nobody knows. status is the HTTP status; command as above. */
gboolean
plancia_system_json_accepted (GBytes *body, guint status, const char *command, GError **error);

typedef enum {
  PLANCIA_CALLBACK_DONE,
  PLANCIA_CALLBACK_FAILED,
  PLANCIA_CALLBACK_OTHER, /* neither: something on the way, or words that we do not know */
} PlanciaCallbackStatus;

/* What a callback says of one thing. */
typedef struct
{
  char                 *thing;
  char                 *id; /* or NULL */
  PlanciaCallbackStatus status;
  gint64                time;    /* ms UTC; 0: it does not say */
  char                 *message; /* of a failure, or the word that we do not know; or NULL */
  int exception; /* Modbus exception of the first register that was refused; 0: none */
} PlanciaCallback;

void plancia_callback_free (PlanciaCallback *self);

/* No longer than that is anybody's callback. */
#define PLANCIA_CALLBACK_MAXIMUM_BYTES (64 * 1024)

/* Any JSON object, whatever it says. */
gboolean plancia_system_json_is_object (GBytes *body);
/* (transfer full) (element-type PlanciaCallback) with at least one, or PLANCIA_CLOUD_ERROR_BAD_ANSWER. */
GPtrArray *plancia_system_json_callback (GBytes *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCallback, plancia_callback_free)

G_END_DECLS
