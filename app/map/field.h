/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One register (or run of registers) of a map, as data. Owned by its PlanciaMap, immutable, any
 * thread. Addresses are the wire's: zero-based. */

typedef enum {
  PLANCIA_FIELD_U16,
  PLANCIA_FIELD_I16,
  PLANCIA_FIELD_U32,
  PLANCIA_FIELD_I32,
  PLANCIA_FIELD_U64,
  PLANCIA_FIELD_I64,
  PLANCIA_FIELD_F32,
  PLANCIA_FIELD_F64,
  PLANCIA_FIELD_ASCII,
  PLANCIA_FIELD_BCD16,
  PLANCIA_FIELD_BITS,
  PLANCIA_FIELD_HHMM,
  PLANCIA_FIELD_MMDD,
  PLANCIA_FIELD_CLOCK6,
  PLANCIA_FIELD_RAW,
} PlanciaFieldType;

typedef enum {
  PLANCIA_ACCESS_READ = 1 << 0,
  PLANCIA_ACCESS_WRITE = 1 << 1,
} PlanciaAccess;

typedef enum {
  PLANCIA_POLL_FAST,
  PLANCIA_POLL_NORMAL,
  PLANCIA_POLL_SLOW,
  PLANCIA_POLL_ONCE,
  PLANCIA_POLL_MANUAL,
} PlanciaPoll;

typedef enum {
  PLANCIA_DANGER_NONE,
  PLANCIA_DANGER_CAUTION,
  PLANCIA_DANGER_BATTERY,
  PLANCIA_DANGER_STOPS_PRODUCTION,
  PLANCIA_DANGER_BREAKS_LINK,
  PLANCIA_DANGER_GRID_CODE, /* never offered for writing */
} PlanciaDanger;

typedef enum {
  PLANCIA_WEAR_UNKNOWN,
  PLANCIA_WEAR_RAM,
  PLANCIA_WEAR_EEPROM,
} PlanciaWear;

/* A row of a value table (number = the value) or of a bit table (number = the bit, id = the fault
 * id for people, 0 if none). */
typedef struct
{
  gint64 number;
  int    id;
  char  *label; /* English; translated by the caller with plancia_map_label */
} PlanciaLabel;

typedef struct
{
  const char      *key;
  const char      *name;           /* English */
  const char      *group;          /* key of the group */
  guint8           read_function;  /* 3 or 4 (1, 2 for coils) */
  guint8           write_function; /* 16 or 6; 0 when it cannot be written */
  guint16          address;
  guint16          count;
  PlanciaFieldType type;
  gboolean         little_words;
  gboolean         little_bytes; /* the low byte of each register first */
  guint16          mask;         /* 0: none */
  int              shift;
  double           scale; /* value = raw * scale + offset */
  double           offset;
  const char      *unit;    /* "" if none */
  const char      *display; /* "" or a hint such as "hex" */
  PlanciaAccess    access;
  gboolean
                locked; /* came from outside and could be written: a person has to unlock it first (map/map-lock.h) */
  gboolean      has_minimum;
  gboolean      has_maximum;
  double        minimum; /* after scaling */
  double        maximum;
  double        step;    /* after scaling; 0: the resolution of the scale */
  GArray       *invalid; /* guint64 raw values that mean "no data", or NULL */
  GPtrArray    *values;  /* PlanciaLabel*, or NULL */
  GPtrArray    *bits;    /* PlanciaLabel*, or NULL */
  PlanciaPoll   poll;
  gboolean      history; /* what it says is kept while a plant is open */
  gboolean      optional;
  const char   *sign; /* words, or NULL */
  gboolean      monotonic;
  const char   *reset;       /* "daily", ... or NULL */
  const char   *confidence;  /* or NULL */
  const char   *note;        /* or NULL */
  const char   *write_block; /* key of the write block, or NULL */
  gboolean      unprovable;  /* what is read back may be anything: it proves no write */
  PlanciaWear   wear;
  PlanciaDanger danger;
} PlanciaField;

/* "u16", "ascii", ... as in map files. */
const char *plancia_field_type_name (PlanciaFieldType type);
/* Smallest difference between two values: |scale|, or step if given. */
double plancia_field_resolution (const PlanciaField *self);
/* Decimals that show the resolution: 0 for 10, 2 for 0.01. */
guint    plancia_field_decimals (const PlanciaField *self);
gboolean plancia_field_is_writable (const PlanciaField *self);
/* The label for a number of the value table, or NULL. English. */
const char *plancia_field_find_label (const PlanciaField *self, gint64 number);

G_END_DECLS
