/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"

G_BEGIN_DECLS

/* A register map: which registers a family of devices has. Data from a JSON file (format
 * "register-map", version 1). Immutable after loading, counted references, any thread. */
typedef struct _PlanciaMap PlanciaMap;

typedef struct
{
  const char *key;
  const char *name; /* English */
} PlanciaGroup;

typedef struct
{
  guint16 max_read;  /* registers a request, 1..125 */
  guint16 max_write; /* 1..123 */
  guint16 alignment; /* a read may not cross a multiple of this; 0: no rule */
  guint16 max_gap;   /* registers nobody asked for that a read may bridge */
  guint   min_interval_ms;
  GArray *never_read;  /* guint32 pairs first << 16 | last, or NULL */
  GArray *never_write; /* the same: grid code and firmware */
} PlanciaMapLimits;

typedef enum {
  PLANCIA_LAYOUT_REGISTER,
  PLANCIA_LAYOUT_CONSTANT,
  PLANCIA_LAYOUT_RESERVED, /* written as it was read */
} PlanciaLayoutKind;

typedef struct
{
  PlanciaLayoutKind   kind;
  const PlanciaField *field;    /* for REGISTER */
  guint16             constant; /* for CONSTANT; 0 for RESERVED when it cannot be read */
  guint16             address;
  guint16             count;
} PlanciaLayoutItem;

typedef struct
{
  const char *key;
  const char *name;
  guint16     address;
  guint16     count;    /* registers in all */
  guint8      function; /* 16 */
  GArray     *layout;   /* PlanciaLayoutItem */
  gboolean    read_before_write;
  const PlanciaField
    *result; /* apply register: 1 while in progress, 0 done, 0xFFFx refused; or NULL */
  const PlanciaField *requires_field; /* or NULL */
  gint64              requires_value;
  GPtrArray          *checks; /* char* such as "a <= b", or NULL */
  PlanciaDanger       danger;
  const char         *note;
} PlanciaWriteBlock;

typedef struct
{
  guint8     function;
  guint16    address;
  guint16    count;
  GPtrArray *prefixes; /* char* */
} PlanciaMapDetect;

/* origin names the file in errors. PLANCIA_DOCUMENT_ERROR with the key path ("registers[12].count").
 * The whole schema is checked, and what the schema cannot say: overlaps, tables, blocks. */
PlanciaMap *plancia_map_new_from_bytes (GBytes *bytes, const char *origin, GError **error);
/* Blocking: on a worker, or in a command line program. Files over 4 MiB are refused. */
PlanciaMap *plancia_map_new_from_file (const char *path, GError **error);
PlanciaMap *plancia_map_ref (PlanciaMap *self);
void        plancia_map_unref (PlanciaMap *self);
/* The document as it was read, unknown keys included. (transfer full) */
char *plancia_map_to_json (PlanciaMap *self);

const char *plancia_map_get_id (PlanciaMap *self);
const char *plancia_map_get_name (PlanciaMap *self);
const char *plancia_map_get_device_kind (PlanciaMap *self); /* "inverter", "meter", ... */
const char *plancia_map_get_family (PlanciaMap *self);     /* the vendor's name for them, or NULL */
const char *plancia_map_get_generation (PlanciaMap *self); /* or NULL */
const char *plancia_map_get_confidence (PlanciaMap *self); /* words, or NULL */
gboolean
       plancia_map_is_invented (PlanciaMap *self); /* made up for the simulator, not the vendor's */
guint  plancia_map_get_phases (PlanciaMap *self);  /* 0 if it does not say */
guint8 plancia_map_get_unit (PlanciaMap *self);    /* usual unit id */
const PlanciaMapLimits *plancia_map_get_limits (PlanciaMap *self);
const PlanciaMapDetect *plancia_map_get_detect (PlanciaMap *self); /* or NULL */

guint                    plancia_map_get_n_fields (PlanciaMap *self);
const PlanciaField      *plancia_map_get_field (PlanciaMap *self, guint index); /* in file order */
const PlanciaField      *plancia_map_find_field (PlanciaMap *self, const char *key);
guint                    plancia_map_get_n_groups (PlanciaMap *self);
const PlanciaGroup      *plancia_map_get_group (PlanciaMap *self, guint index);
const PlanciaWriteBlock *plancia_map_find_block (PlanciaMap *self, const char *key);

/* Name, group name or label in the program's language; the English text if none. */
const char *plancia_map_label (const char *english);
/* Where labels come from instead, before anything shows them: func gives the text of context "map" or "map bit" in the
 * language that a person chose, as long as the program runs; NULL: the program's language. Any thread may ask. */
typedef const char *(*PlanciaMapWords) (const char *context, const char *english);
void plancia_map_set_words (PlanciaMapWords func);
/* The same for labels of bits. */
const char *plancia_map_bit_label (const char *english);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMap, plancia_map_unref)

G_END_DECLS
