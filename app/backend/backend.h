/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/readings.h"
#include "backend/traffic.h"
#include "backend/write-log.h"
#include "base/cloud-format.h"
#include "base/samples.h"
#include "map/map.h"
#include "map/write-plan.h"
#include "plant/learnt.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* A source of readings: one connection (a stick, a HUB line, a serial port, an account) with the
 * devices on it. Owns one worker and what lives on it. All functions and signals on the main thread. */
#define PLANCIA_TYPE_BACKEND (plancia_backend_get_type ())
G_DECLARE_INTERFACE (PlanciaBackend, plancia_backend, PLANCIA, BACKEND, GObject)

typedef enum {
  PLANCIA_BACKEND_LIVE = 1 << 0,
  PLANCIA_BACKEND_REGISTERS = 1 << 1,
  PLANCIA_BACKEND_WRITE = 1 << 2,
  PLANCIA_BACKEND_HISTORY = 1 << 3,
  PLANCIA_BACKEND_ALARMS = 1 << 4,
  PLANCIA_BACKEND_CONSOLE = 1 << 5,
  PLANCIA_BACKEND_AHEAD =
    1 << 6, /* takes the next fetch before one is answered: it never waits for a question */
} PlanciaBackendFlags;

typedef enum {
  PLANCIA_STATE_CLOSED,
  PLANCIA_STATE_OPENING,
  PLANCIA_STATE_OPEN,
  PLANCIA_STATE_FAILING,    /* trying again; error says why */
  PLANCIA_STATE_TAKEN_OVER, /* another client holds the HUB line; does not reconnect by itself */
  PLANCIA_STATE_CLOSING,
} PlanciaState;

/* Why a request brought no values. */
typedef enum {
  PLANCIA_LINK_ERROR_TIMEOUT,    /* no answer */
  PLANCIA_LINK_ERROR_CONNECTION, /* nobody there, or the other side closed it */
  PLANCIA_LINK_ERROR_DAMAGED,    /* checksum, or bytes that are no frame */
  PLANCIA_LINK_ERROR_UNEXPECTED, /* whole, but the answer to something else */
  PLANCIA_LINK_ERROR_LOGGER,     /* the stick's own complaint */
  PLANCIA_LINK_ERROR_EXCEPTION,  /* the device said no: an answer, not among the errors */
  PLANCIA_LINK_ERROR_OTHER,
  PLANCIA_N_LINK_ERRORS,
} PlanciaLinkError;

/* "timeout", ... for JSON. */
const char *plancia_link_error_name (PlanciaLinkError kind);

/* How a connection fares; a copy, plain data. */
typedef struct
{
  guint64     requests;
  guint64     errors; /* requests without an answer that can be used */
  guint64     kinds[PLANCIA_N_LINK_ERRORS];
  guint64     skipped;   /* polls that were due while an earlier one still ran */
  const char *framing;   /* static; what a route found by itself, such as "Modbus TCP", or NULL */
  gint64      last_good; /* ms UTC, 0 never */
  guint       latency_median; /* ms */
  guint       latency_worst;
  guint       n_latencies;   /* at most 60, oldest first */
  gint16      latencies[60]; /* ms; -1 for a request that failed */
} PlanciaLinkQuality;

const char *plancia_verdict_name (PlanciaVerdict verdict); /* "verified", ... for JSON */

/* Outcome for one field of a write. Counted with its array. */
typedef struct
{
  char          *key;
  PlanciaVerdict verdict;
  guint          n_words;
  guint16       *before;  /* NULL if it could not be read */
  guint16       *sent;    /* NULL if nothing was sent */
  guint16       *after;   /* read back; NULL if impossible */
  char          *message; /* English, for the log; or NULL */
  GError        *error;   /* for error-text; or NULL */
} PlanciaWriteOutcome;

void plancia_write_outcome_free (PlanciaWriteOutcome *self);

/* Progress of a write, on the main thread: step (from 1) of n begins ("sending", "reading back", "done"). */
typedef void (*PlanciaWriteProgress) (guint       step,
                                      guint       n_steps,
                                      const char *phase,
                                      gpointer    user_data);

struct _PlanciaBackendInterface
{
  GTypeInterface parent;

  PlanciaBackendFlags (*get_flags) (PlanciaBackend *self);
  PlanciaState (*get_state) (PlanciaBackend *self);
  const GError *(*get_error) (PlanciaBackend *self);
  void (*get_quality) (PlanciaBackend *self, PlanciaLinkQuality *out);

  void (*add_device) (PlanciaBackend *self,
                      const char     *device,
                      int             unit,
                      const char     *thing,
                      PlanciaMap     *map);
  void (*remove_device) (PlanciaBackend *self, const char *device);
  void (*set_polling) (PlanciaBackend *self, gboolean polling, guint fast_interval_ms);
  void (*set_watch) (PlanciaBackend *self, const char *device, const char *const *keys);
  void (*set_learnt) (PlanciaBackend *self, const char *device, const PlanciaLearnt *learnt);

  void (*open_async) (PlanciaBackend     *self,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data);
  gboolean (*open_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);
  void (*close_async) (PlanciaBackend *self, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*close_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);

  void (*read_async) (PlanciaBackend     *self,
                      const char         *device,
                      const char *const  *keys,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data);
  PlanciaReadings *(*read_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);

  void (*read_raw_async) (PlanciaBackend     *self,
                          int                 unit,
                          guint8              function,
                          guint16             address,
                          guint16             count,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);
  GArray *(*read_raw_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);

  void (*write_async) (PlanciaBackend      *self,
                       const char          *device,
                       GPtrArray           *edits,
                       PlanciaWriteLog     *log,
                       GCancellable        *cancellable,
                       PlanciaWriteProgress progress,
                       gpointer             progress_data,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data);
  GPtrArray *(*write_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);

  void (*fetch_async) (PlanciaBackend     *self,
                       const char         *device,
                       PlanciaSpan         span,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data);
  PlanciaSamples *(*fetch_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);
  gint64 (*get_window) (PlanciaBackend *self); /* longest span of one fetch, ms */

  void (*send_async) (PlanciaBackend     *self,
                      GBytes             *bytes,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data);
  gboolean (*send_finish) (PlanciaBackend *self, GAsyncResult *result, GError **error);

  void (*set_place) (PlanciaBackend *self, GTimeZone *zone, double latitude, double longitude);
  void (*set_recording) (PlanciaBackend *self, gboolean recording);
  void (*flush_traffic) (PlanciaBackend *self);
};

/* Signals, all on the main thread:
 *   "readings"  (PlanciaReadings*)                a cycle's values of one device
 *   "state-changed" ()                            state, error or quality moved
 *   "console"   (gint64 time, int direction, GBytes*)   PlanciaConsoleDirection of console-lines.h
 *   "device-failed" (const char *device, GError*) this device did not answer though the connection is up;
 *                                                  NULL error: it answers again
 *   "map-chosen" (const char *device, const char *map_id, const char *evidence)   detection ended
 *   "traffic" (GPtrArray*, guint64 lost)    PlanciaExchange*, in the order in which they ended, while recording
 *   "learnt" (const char *device, PlanciaLearnt*)   something to remember of a device was found out
 *   "past-alarms" (const char *device, GArray of PlanciaCloudAlarm)   what a cloud said of a time that was asked for
 */

PlanciaBackendFlags plancia_backend_get_flags (PlanciaBackend *self);
PlanciaState        plancia_backend_get_state (PlanciaBackend *self);
/* Why it is failing, or NULL; while open: why nothing comes just now (a stick is busy). (transfer none) */
const GError *plancia_backend_get_error (PlanciaBackend *self);
void          plancia_backend_get_quality (PlanciaBackend *self, PlanciaLinkQuality *out);

/* device: the caller's id, which comes back in readings. thing: serial on a cloud, else NULL. map may be
 * NULL for clouds, consoles, and devices whose map is to be detected on open. */
void plancia_backend_add_device (PlanciaBackend *self,
                                 const char     *device,
                                 int             unit,
                                 const char     *thing,
                                 PlanciaMap     *map);
void plancia_backend_remove_device (PlanciaBackend *self, const char *device);
/* Polls fast fields each fast_interval_ms (default 2000), normal 5 times, slow 30 times slower; clouds
 * keep their own pace (300 s). Off until set. */
void plancia_backend_set_polling (PlanciaBackend *self, gboolean polling, guint fast_interval_ms);

/* What is polled of a device: all that its map polls (NULL, as at first), or only these registers, each at
 * the pace of its map. Backends that poll nothing of their own ignore it. */
void plancia_backend_set_watch (PlanciaBackend *self, const char *device, const char *const *keys);
/* What is remembered of an added device; or NULL. */
void
plancia_backend_set_learnt (PlanciaBackend *self, const char *device, const PlanciaLearnt *learnt);

void     plancia_backend_open_async (PlanciaBackend     *self,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean plancia_backend_open_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);
void     plancia_backend_close_async (PlanciaBackend     *self,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean plancia_backend_close_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);

/* keys NULL: everything readable that is not manual-and-optional. A partial result is data: each reading has
 * a quality; the error is for when nothing at all came. */
void plancia_backend_read_async (PlanciaBackend     *self,
                                 const char         *device,
                                 const char *const  *keys,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
PlanciaReadings *
plancia_backend_read_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);

/* Without a map. function: 1 to 4; a coil comes as 0 or 1. (transfer full) GArray of guint16. */
void plancia_backend_read_raw_async (PlanciaBackend     *self,
                                     int                 unit,
                                     guint8              function,
                                     guint16             address,
                                     guint16             count,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GArray *
plancia_backend_read_raw_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);

/* edits: GPtrArray of PlanciaEdit* (a copy is made). For each step of the write plan: read before, fill, check,
 * skip if equal, record in the log, send once, read back, compare, record. Never sends twice. Cancelling stops before the next step;
 * a step begun is finished. The error is for when nothing was sent at all because the plan was refused.
 * (transfer full) GPtrArray of PlanciaWriteOutcome*, one an edit, in their order. */
void plancia_backend_write_async (PlanciaBackend      *self,
                                  const char          *device,
                                  GPtrArray           *edits,
                                  PlanciaWriteLog     *log,
                                  GCancellable        *cancellable,
                                  PlanciaWriteProgress progress,
                                  gpointer             progress_data,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *
plancia_backend_write_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);

/* History from a cloud, at most plancia_backend_get_window long. */
void plancia_backend_fetch_async (PlanciaBackend     *self,
                                  const char         *device,
                                  PlanciaSpan         span,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
PlanciaSamples        *
plancia_backend_fetch_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);
gint64 plancia_backend_get_window (PlanciaBackend *self);

/* Console bytes out. */
void     plancia_backend_send_async (PlanciaBackend     *self,
                                     GBytes             *bytes,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean plancia_backend_send_finish (PlanciaBackend *self, GAsyncResult *result, GError **error);

/* Where the plant stands: when a day begins and when silence is usual. latitude, longitude: degrees north and east; NAN:
 * not known. */
void plancia_backend_set_place (PlanciaBackend *self,
                                GTimeZone      *zone,
                                double          latitude,
                                double          longitude);
/* Whether "traffic" is emitted; off at first. */
void plancia_backend_set_recording (PlanciaBackend *self, gboolean recording);
/* Emits what has come and would come a moment later. */
void plancia_backend_flush_traffic (PlanciaBackend *self);

/* For implementations. */
void plancia_backend_emit_readings (PlanciaBackend *self, PlanciaReadings *readings);
void plancia_backend_emit_state_changed (PlanciaBackend *self);
void plancia_backend_emit_console (PlanciaBackend *self, gint64 time, int direction, GBytes *bytes);
void
plancia_backend_emit_device_failed (PlanciaBackend *self, const char *device, const GError *error);
void plancia_backend_emit_map_chosen (PlanciaBackend *self,
                                      const char     *device,
                                      const char     *map_id,
                                      const char     *evidence);
/* A PlanciaTrafficFunc; backend is a PlanciaBackend. */
void plancia_backend_emit_traffic (GPtrArray *exchanges, guint64 lost, gpointer backend);

void plancia_backend_emit_past_alarms (PlanciaBackend *self, const char *device, GArray *alarms);
void
plancia_backend_emit_learnt (PlanciaBackend *self, const char *device, const PlanciaLearnt *learnt);

G_END_DECLS
