/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/write-log.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One write through a cloud, and its life. Main thread. The cast is called otherwise than the type, as the name is that of a
 * cloud's function (base/cloud-format.h). */
#define PLANCIA_TYPE_CLOUD_WRITE (plancia_cloud_write_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCloudWrite, plancia_cloud_write, PLANCIA, CLOUD_WRITE_LIFE, GObject)

typedef enum {
  PLANCIA_CLOUD_WRITE_QUEUED,
  PLANCIA_CLOUD_WRITE_SENT,
  PLANCIA_CLOUD_WRITE_ACCEPTED,
  PLANCIA_CLOUD_WRITE_WAITING, /* for the callback; or, when it has come, for what is read back */
  PLANCIA_CLOUD_WRITE_DONE,
  PLANCIA_CLOUD_WRITE_FAILED,
  PLANCIA_CLOUD_WRITE_UNKNOWN, /* nobody has said what came of it; never sent again */
  PLANCIA_N_CLOUD_WRITE_STATES,
} PlanciaCloudWriteState;

/* What is written where. */
typedef struct
{
  const char    *account;
  const char    *thing;  /* serial number */
  const char    *device; /* id in the plant */
  const char    *title;  /* keys of the fields, English */
  guint8         function;
  guint16        address;
  guint          count;
  const guint16 *words;
} PlanciaCloudWritePlace;

/* With an id of its own that nobody can guess. */
PlanciaCloudWrite *plancia_cloud_write_new (const PlanciaCloudWritePlace *place);

const char            *plancia_cloud_write_get_id (PlanciaCloudWrite *self);
const char            *plancia_cloud_write_get_account (PlanciaCloudWrite *self);
const char            *plancia_cloud_write_get_thing (PlanciaCloudWrite *self);
const char            *plancia_cloud_write_get_device (PlanciaCloudWrite *self);
const char            *plancia_cloud_write_get_title (PlanciaCloudWrite *self);
guint16                plancia_cloud_write_get_address (PlanciaCloudWrite *self);
guint                  plancia_cloud_write_get_count (PlanciaCloudWrite *self);
guint8                 plancia_cloud_write_get_function (PlanciaCloudWrite *self);
const guint16         *plancia_cloud_write_get_words (PlanciaCloudWrite *self);
PlanciaCloudWriteState plancia_cloud_write_get_state (PlanciaCloudWrite *self);
/* ms UTC at which it reached that state; 0: it has not, or passed it by. */
gint64 plancia_cloud_write_get_time (PlanciaCloudWrite *self, PlanciaCloudWriteState state);
/* ms UTC until which an answer is waited for; 0: it is not. */
gint64 plancia_cloud_write_get_deadline (PlanciaCloudWrite *self);
void   plancia_cloud_write_set_deadline (PlanciaCloudWrite *self, gint64 deadline);
/* When it has ended: what the device was found to have. */
PlanciaVerdict plancia_cloud_write_get_verdict (PlanciaCloudWrite *self);
/* Why it failed, or is unknown; English, or NULL. */
const char *plancia_cloud_write_get_message (PlanciaCloudWrite *self);
/* Words that were read back, or NULL. */
const guint16 *plancia_cloud_write_get_after (PlanciaCloudWrite *self);
void           plancia_cloud_write_set_after (PlanciaCloudWrite *self, const guint16 *after);
gboolean       plancia_cloud_write_has_ended (PlanciaCloudWrite *self);

/* A state that is not behind it: after its end only from unknown to done or failed. */
void plancia_cloud_write_advance (PlanciaCloudWrite     *self,
                                  PlanciaCloudWriteState state,
                                  PlanciaVerdict         verdict,
                                  const char            *message);
/* What is to be said of it as it stands. */
void plancia_cloud_write_note (PlanciaCloudWrite *self, const char *message);
/* What a callback said, once: TRUE done, FALSE failed. */
void     plancia_cloud_write_answer (PlanciaCloudWrite *self, gboolean done, const char *message);
gboolean plancia_cloud_write_has_answer (PlanciaCloudWrite *self);
gboolean plancia_cloud_write_was_answered_done (PlanciaCloudWrite *self);
const char *plancia_cloud_write_get_answer (PlanciaCloudWrite *self);

/* Whether what was read back is what was sent; words: as many as were sent. At first: word by word. */
typedef gboolean (*PlanciaCloudCompare) (PlanciaCloudWrite *self,
                                         const guint16     *words,
                                         gpointer           data);
void     plancia_cloud_write_set_compare (PlanciaCloudWrite  *self,
                                          PlanciaCloudCompare compare,
                                          gpointer            data,
                                          GDestroyNotify      destroy);
gboolean plancia_cloud_write_compare (PlanciaCloudWrite *self, const guint16 *words);
/* Where what becomes of it after its unknown end is added; or NULL. */
void plancia_cloud_write_set_record (PlanciaCloudWrite *self, PlanciaWriteLog *log, gint64 id);
/* Adds the verdict there, if there is a record: on a thread of its own, since that blocks. */
void plancia_cloud_write_record (PlanciaCloudWrite *self);

/* Signals: "changed" (): state, deadline or what was read back. "answered" (): a callback for it has come. */

G_END_DECLS
