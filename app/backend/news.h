/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* What a worker tells the main thread without being asked: an item of a mailbox. */
typedef enum {
  PLANCIA_NEWS_READINGS,
  PLANCIA_NEWS_STATE,
  PLANCIA_NEWS_DEVICE_FAILED,
  PLANCIA_NEWS_MAP_CHOSEN,
  PLANCIA_NEWS_PROGRESS,
  PLANCIA_NEWS_LEARNT,
  PLANCIA_NEWS_PAST_ALARMS,
} PlanciaNewsKind;

/* How far a write is. Counted; open and the function are the main thread's. */
typedef struct
{
  PlanciaWriteProgress function;
  gpointer             user_data;
  gboolean             open; /* FALSE once the write has returned */
} PlanciaProgress;

typedef struct
{
  PlanciaNewsKind    kind;
  guint              epoch; /* of a state: which open or close it answers */
  PlanciaState       state;
  PlanciaLinkQuality quality;
  GError            *error;
  PlanciaReadings   *readings;
  char              *device;
  char              *map;
  char              *evidence;
  PlanciaLearnt     *learnt;
  GArray            *alarms; /* PlanciaCloudAlarm */
  PlanciaProgress   *progress;
  guint              step;
  guint              n_steps;
  const char        *phase; /* static */
} PlanciaNews;

PlanciaNews *plancia_news_new (PlanciaNewsKind kind);
PlanciaNews *plancia_news_new_readings (PlanciaReadings *readings); /* takes them */
PlanciaNews *plancia_news_new_device_failed (const char *device, const GError *error);
void         plancia_news_free (PlanciaNews *self);
/* A PlanciaMailboxMayDrop: readings and progress come again; a state, a failure, a chosen map is said once. */
gboolean plancia_news_may_drop (gconstpointer news);

PlanciaProgress *plancia_progress_new (PlanciaWriteProgress function, gpointer user_data);
PlanciaProgress *plancia_progress_ref (PlanciaProgress *self);
void             plancia_progress_unref (PlanciaProgress *self);

G_END_DECLS
