/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/json-check.h"
#include "map/map.h"

G_BEGIN_DECLS

/* What the loader fills and plancia_map_* hands out. Private to app/map. */
struct _PlanciaMap
{
  gatomicrefcount references;
  GBytes         *bytes;   /* the document as it was read */
  GStringChunk   *strings; /* every text of the map, once */

  const char *id;
  const char *name;
  const char *device_kind;
  const char *family; /* the first of them */
  const char *generation;
  const char *confidence;
  gboolean    invented;
  guint       phases;

  guint8   unit;
  guint8   read_function;
  guint8   write_function;
  gboolean little_words;
  gboolean little_bytes;

  PlanciaMapLimits limits;
  GArray          *detect; /* PlanciaMapDetect */
  GArray          *groups; /* PlanciaGroup */
  PlanciaField    *fields;
  guint            n_fields;
  GHashTable      *by_key;       /* key to PlanciaField, borrowed */
  GHashTable      *value_tables; /* name to GPtrArray of PlanciaLabel */
  GHashTable      *bit_tables;
  GPtrArray       *blocks; /* PlanciaWriteBlock */
};

/* The text once in the map's memory; NULL stays NULL. */
const char *plancia_map_keep (PlanciaMap *map, const char *text);

/* The parts of the loader; each leaves its first complaint in check. */
void plancia_map_parse_tables (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root);
void plancia_map_parse_fields (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root);
void plancia_map_parse_blocks (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root);
void plancia_map_parse_document (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root);
/* What the schema cannot say. */
void plancia_map_check (PlanciaMap *map, PlanciaJsonCheck *check);

/* A whole document that was not parsed but made here; bytes is its text. */
PlanciaMap *
plancia_map_new_from_document (JsonNode *root, GBytes *bytes, const char *origin, GError **error);
/* At most PLANCIA_DOCUMENT_MAXIMUM_BYTES + 1 bytes of a file. Blocking. */
GBytes *plancia_map_read_file (const char *path, GError **error);

void plancia_write_block_free (PlanciaWriteBlock *self);

/* Registers that a type takes; 0: any number. */
guint plancia_field_type_count (PlanciaFieldType type);
int   plancia_danger_index (PlanciaJsonCheck      *check,
                            const PlanciaJsonPath *path,
                            JsonObject            *object,
                            const char            *key);

/* "a <= b": both sides are keys of registers or numbers. */
typedef enum {
  PLANCIA_RELATION_LESS,
  PLANCIA_RELATION_LESS_EQUAL,
  PLANCIA_RELATION_GREATER,
  PLANCIA_RELATION_GREATER_EQUAL,
  PLANCIA_RELATION_EQUAL,
  PLANCIA_RELATION_NOT_EQUAL,
} PlanciaRelation;

typedef struct
{
  PlanciaRelation     relation;
  const PlanciaField *left; /* NULL: left_number */
  const PlanciaField *right;
  double              left_number;
  double              right_number;
} PlanciaRule;

/* fields are looked up among those of the block. FALSE if the text is no such rule. */
gboolean plancia_rule_parse (const char *text, const PlanciaWriteBlock *block, PlanciaRule *out);
gboolean plancia_rule_holds (PlanciaRelation relation, double left, double right);

G_END_DECLS
