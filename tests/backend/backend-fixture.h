/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A backend under test with what it said, and its calls made to wait. Main thread. */
/* Keeps what it is told as lines: "begin 1 0x1023 2: 0000 0000 > 0001 003C\n", "left 1\n", "end 1 verified\n". */
typedef struct _FakeLog FakeLog;
FakeLog                *fake_log_new (void);
/* (transfer full) what was told since the last time. */
char *fake_log_take (FakeLog *self);
/* From now on nothing can be recorded. */
void fake_log_fail (FakeLog *self);

typedef struct
{
  PlanciaBackend *backend;
  GHashTable     *values;  /* "device key" -> PlanciaReading's words or number as text */
  GHashTable     *failed;  /* device -> GError*, or absent */
  GString        *states;  /* one letter a state that it was in: c o O f t C */
  GString        *console; /* "<", ">" or "!" and the text, per item */
  guint           n_readings;
  guint           n_failed;
  char           *map; /* chosen last */
  char           *evidence;
  GString        *progress; /* "1/2 sending\n" */
  FakeLog        *log;
} BackendFixture;

/* Turns the main context until something is so; ends the test after a while. */
#define FIXTURE_LIMIT (20 * 1000)
#define turn_until(condition)                                                     \
  G_STMT_START                                                                    \
  {                                                                               \
    gint64 turn_limit = g_get_monotonic_time () / 1000 + FIXTURE_LIMIT;           \
    while (!(condition)) {                                                        \
      if (g_get_monotonic_time () / 1000 > turn_limit)                            \
        g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition); \
      if (!g_main_context_iteration (NULL, FALSE))                                \
        g_usleep (1000);                                                          \
    }                                                                             \
  }                                                                               \
  G_STMT_END

/* Takes the backend. */
void fixture_init (BackendFixture *self, PlanciaBackend *backend);
/* Asserts that nothing holds the backend any more. */
void fixture_clear (BackendFixture *self);
/* "key=value key=value". (transfer full) */
GPtrArray *fixture_parse_edits (PlanciaMap *map, const char *text);
/* Turns for some milliseconds. */
void         fixture_turn (guint milliseconds);
gboolean     fixture_open (BackendFixture *self, GError **error);
gboolean     fixture_close (BackendFixture *self);
PlanciaState fixture_state (BackendFixture *self);
PlanciaReadings *
fixture_read (BackendFixture *self, const char *device, const char *const *keys, GError **error);
GArray *fixture_read_raw (BackendFixture *self,
                          int             unit,
                          guint8          function,
                          guint16         address,
                          guint16         count,
                          GError        **error);
/* "key=text key=text ..." as a person writes it. */
GPtrArray *fixture_write (BackendFixture *self,
                          const char     *device,
                          PlanciaMap     *map,
                          const char     *edits,
                          GCancellable   *cancellable,
                          GError        **error);
GPtrArray *fixture_write_edits (BackendFixture *self,
                                const char     *device,
                                GPtrArray      *edits,
                                GCancellable   *cancellable,
                                GError        **error);
PlanciaSamples          *
fixture_fetch (BackendFixture *self, const char *device, PlanciaSpan span, GError **error);
gboolean fixture_send (BackendFixture *self, const char *text, GError **error);
const char *fixture_value (BackendFixture *self, const char *device, const char *key);
const PlanciaWriteOutcome *fixture_outcome (GPtrArray *outcomes, guint index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BackendFixture, fixture_clear)

G_END_DECLS
