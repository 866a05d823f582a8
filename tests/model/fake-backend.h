/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* A backend that does nothing by itself: the test sets its state, and answers its reads and writes. */
#define FAKE_TYPE_BACKEND (fake_backend_get_type ())
G_DECLARE_FINAL_TYPE (FakeBackend, fake_backend, FAKE, BACKEND, GObject)

FakeBackend *fake_backend_new (PlanciaBackendFlags flags);
/* error: (transfer full) or NULL. Emits state-changed. */
void fake_backend_set_state (FakeBackend *self, PlanciaState state, GError *error);

/* Every write that was asked for, the newest last: (element-type GPtrArray of PlanciaEdit), copies. (transfer none) */
GPtrArray *fake_backend_get_writes (FakeBackend *self);
/* TRUE while a write waits for its answer. */
gboolean fake_backend_is_writing (FakeBackend *self);
/* TRUE if the one who writes asked to stop before the next request. */
gboolean fake_backend_is_stopped (FakeBackend *self);
void     fake_backend_report_progress (FakeBackend *self, guint step, guint n, const char *phase);
/* Answers the write that waits. outcomes: (transfer full); or NULL and error (transfer full). */
void fake_backend_answer_write (FakeBackend *self, GPtrArray *outcomes, GError *error);
/* Reads that were asked for: joined keys, "*" for all. (element-type utf8) (transfer none) */
GPtrArray *fake_backend_get_reads (FakeBackend *self);
/* Answers the read that waits. readings: (transfer full); or NULL and error (transfer full). */
void fake_backend_answer_read (FakeBackend *self, PlanciaReadings *readings, GError *error);
/* Longest span of a fetch, ms; 0, as at first: nothing is fetched. */
void  fake_backend_set_window (FakeBackend *self, gint64 window);
guint fake_backend_count_fetches (FakeBackend *self);
/* Answers the fetch that waits: empty, or with an error. */
void fake_backend_answer_fetch (FakeBackend *self, gboolean good);
/* What a unit answers to a raw read, at once; one of which nothing was said is silent. */
typedef enum {
  FAKE_UNIT_SILENT,
  FAKE_UNIT_SERIAL,  /* "AB12" */
  FAKE_UNIT_METER,   /* 50 Hz, where a DTSU666 has it */
  FAKE_UNIT_REFUSES, /* exception 2 */
  FAKE_UNIT_ABSENT,  /* exception 11, of the gateway */
  FAKE_UNIT_DAMAGED,
  FAKE_UNIT_TAKEN_OVER,
} FakeUnit;
/* ms, as it was told to poll last; 0: not at all. */
guint fake_backend_get_interval (FakeBackend *self);
void  fake_backend_set_quality (FakeBackend *self, const PlanciaLinkQuality *quality);
void  fake_backend_set_unit (FakeBackend *self, int unit, FakeUnit what);
guint fake_backend_count_raw (FakeBackend *self);
/* The registers that are to be polled of a device, as it was told last; NULL: all. */
const char *const *fake_backend_get_watch (FakeBackend *self);
/* From the first call on, raw reads of any unit and function come from these words: what has no word is refused
 * (exception 2) with all that is asked together with it, or gets no answer at all if it is silent. */
void fake_backend_set_words (FakeBackend *self, guint first, guint count, guint16 word);
void fake_backend_set_silent (FakeBackend *self, guint first, guint count);

G_END_DECLS
