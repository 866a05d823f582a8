/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a cloud writes its requests and answers: names, places and times. Plain data; read only once it is made. */

typedef enum {
  PLANCIA_CLOUD_REALTIME,
  PLANCIA_CLOUD_HISTORIC,
  PLANCIA_CLOUD_ALARM,
  PLANCIA_CLOUD_ALARM_HISTORIC,
  PLANCIA_CLOUD_WRITE,
  PLANCIA_CLOUD_WRITE_CALLBACK,
  PLANCIA_CLOUD_N_FUNCTIONS,
} PlanciaCloudFunction;

/* The key of a reading: numbers of the alarms that are open, with commas between them. */
#define PLANCIA_CLOUD_ALARMS "deviceAlarm"

/* "realtime", ...: the members of a profile. */
const char *plancia_cloud_function_name (PlanciaCloudFunction function);

/* An alarm of the past. Plain data. */
typedef struct
{
  int      id;
  gint64   since;
  gint64   until;       /* 0: the last packet still had it */
  gint64   seen;        /* the last packet that had it */
  gboolean from_before; /* the first packet had it already */
} PlanciaCloudAlarm;

/* What a field of the cloud is called here. */
typedef struct
{
  char  *to;
  char  *negative_to; /* NULL; else where values below zero go, as positive ones */
  double factor;
} PlanciaCloudAlias;

PlanciaCloudAlias *plancia_cloud_alias_new (const char *to, const char *negative_to, double factor);
void               plancia_cloud_alias_free (PlanciaCloudAlias *self);

typedef struct
{
  char       *source;                              /* "portal", "system": of the samples */
  char       *commands[PLANCIA_CLOUD_N_FUNCTIONS]; /* NULL: it does not have this one */
  char       *key_param;
  char       *values_param;
  char       *all_values;
  char       *start_param;
  char       *end_param;
  char       *time_format; /* of g_date_time_format with {ms}; or "epoch", "epoch-ms" */
  GTimeZone  *zone;        /* of requests, and of times in answers that name none */
  char       *success;     /* JSON pointers with {command} */
  char       *value;
  GHashTable *aliases; /* name in the cloud -> PlanciaCloudAlias */
} PlanciaCloudFormat;

/* Empty but for the table. */
void plancia_cloud_format_init (PlanciaCloudFormat *self);
void plancia_cloud_format_clear (PlanciaCloudFormat *self);
/* As the vendor's specification 1.8 has it. Static; any thread. */
const PlanciaCloudFormat *plancia_cloud_format_portal (void);
/* A time of a request. (transfer full) */
char *plancia_cloud_format_time (const PlanciaCloudFormat *self, gint64 time);
/* A pointer with the command in it, in parts. (transfer full) */
GStrv plancia_cloud_format_place (const char *pointer, const char *command);

G_END_DECLS
