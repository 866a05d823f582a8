/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* What goes over the wire during a command, for --transcript FILE and --pcapng FILE. The files are opened at once, so
 * that a name that cannot be is said before anything is asked, and written at the end. */
typedef struct _PlanciaRecording PlanciaRecording;

/* Both may be NULL. Complains and returns FALSE if a file cannot be made (exit code 2). */
gboolean plancia_recording_new (const char *transcript, const char *pcapng, PlanciaRecording **out);
void     plancia_recording_free (PlanciaRecording *self);
gboolean plancia_recording_is_wanted (PlanciaRecording *self);
/* Until it is saved. */
void plancia_recording_follow (PlanciaRecording *self, PlanciaBackend *backend);
/* (element-type PlanciaExchange): a PlanciaTrafficFunc; recording is a PlanciaRecording. */
void plancia_recording_add (GPtrArray *exchanges, guint64 lost, gpointer recording);
/* Complains and returns FALSE if they could not be written. */
gboolean plancia_recording_save (PlanciaRecording *self);

/* For the table of options of a verb. */
#define PLANCIA_RECORDING_OPTIONS(transcript, pcapng)                 \
  {"transcript",                                                      \
   0,                                                                 \
   0,                                                                 \
   G_OPTION_ARG_FILENAME,                                             \
   transcript,                                                        \
   N_ ("Save questions and answers, to be replayed"), N_ ("FILE")},   \
  {                                                                   \
    "pcapng", 0, 0, G_OPTION_ARG_FILENAME, pcapng,                    \
      N_ ("Save what went over the wire, for Wireshark"), N_ ("FILE") \
  }

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaRecording, plancia_recording_free)

G_END_DECLS
