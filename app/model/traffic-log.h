/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* What went over all wires of a plant: a ring of frames, the oldest give way. A frame is one side of an
 * exchange; they stand in the order in which exchanges ended. Main thread. */
#define PLANCIA_TYPE_TRAFFIC_LOG (plancia_traffic_log_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficLog, plancia_traffic_log, PLANCIA, TRAFFIC_LOG, GObject)

#define PLANCIA_TRAFFIC_CAPACITY 100000

/* A connection; lives as long as the log. */
typedef struct
{
  const char *connection; /* its address */
  GHashTable *names;      /* unit + 2 -> name of the device; of the log */
  guint64     frames;     /* since the start */
  guint64     errors;
} PlanciaTrafficSource;

typedef struct
{
  PlanciaExchange      *exchange; /* borrowed */
  PlanciaTrafficSource *source;
  gboolean              answer; /* also when none came */
} PlanciaTrafficFrame;

/* Name of the device behind a unit (-1: the connection itself) of a connection. (transfer full) or NULL. */
typedef char *(*PlanciaTrafficNameFunc) (const char *connection, int unit, gpointer user_data);

/* Signal "changed" (): frames came, and others may have gone. */
PlanciaTrafficLog *plancia_traffic_log_new (guint capacity);
void               plancia_traffic_log_set_name_func (PlanciaTrafficLog     *self,
                                                      PlanciaTrafficNameFunc func,
                                                      gpointer               user_data);
/* Gets everything that is added, before it can give way. One at a time; NULL: nobody. */
typedef void (*PlanciaTrafficTap) (const char *connection,
                                   GPtrArray  *exchanges,
                                   guint64     lost,
                                   gpointer    user_data);
void
plancia_traffic_log_set_tap (PlanciaTrafficLog *self, PlanciaTrafficTap tap, gpointer user_data);
/* Devices came, went, or have other names: ask again. */
void plancia_traffic_log_forget_names (PlanciaTrafficLog *self);
/* exchanges: (element-type PlanciaExchange). lost: how many more there were. */
void plancia_traffic_log_add (PlanciaTrafficLog *self,
                              const char        *connection,
                              GPtrArray         *exchanges,
                              guint64            lost);
/* Frames are numbered from 0 for ever: those from first up to end, exclusively, are there. */
guint64 plancia_traffic_log_get_first (PlanciaTrafficLog *self);
guint64 plancia_traffic_log_get_end (PlanciaTrafficLog *self);
void    plancia_traffic_log_get (PlanciaTrafficLog *self, guint64 number, PlanciaTrafficFrame *out);
/* Never NULL; the frame's until names are forgotten. */
const char *
plancia_traffic_log_get_name (PlanciaTrafficLog *self, const PlanciaTrafficFrame *frame);
/* ms UTC; 0 before the first frame. */
gint64 plancia_traffic_log_get_started (PlanciaTrafficLog *self);
/* Since the start, those that have gone included. connections NULL: of all. */
void    plancia_traffic_log_count (PlanciaTrafficLog *self,
                                   const char *const *connections,
                                   guint64           *frames,
                                   guint64           *errors);
guint64 plancia_traffic_log_get_lost (PlanciaTrafficLog *self);
void    plancia_traffic_log_clear (PlanciaTrafficLog *self);

G_END_DECLS
