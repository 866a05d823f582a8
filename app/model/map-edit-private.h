/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"

G_BEGIN_DECLS

/* What a map under edit and its rows share. Private to app/model. */
typedef struct
{
  char *member; /* "address"; "" for the register itself */
  char *words;
} PlanciaMapEditComplaint;

struct _PlanciaMapEditRow
{
  GObject parent_instance;

  JsonObject *entry;
  GPtrArray  *complaints; /* PlanciaMapEditComplaint */
  guint8      read_function;
  gboolean    differs;
  gboolean    follows_name; /* a new one: its key is made from its name */
};

struct _PlanciaMapEdit
{
  GObject parent_instance;

  PlanciaMapSource *source;
  JsonObject
    *root; /* of source->whole; its "registers" are brought up to date when they are needed */
  GListStore *rows;
  GHashTable *base; /* key to JsonNode of the map below, borrowed */
  guint8      read_function;
  char       *name;   /* of the map, as it was typed */
  JsonNode   *detect; /* the rule, while it is taken out; or NULL */
  gboolean    changed;
  guint       wrong;
};

void       plancia_map_edit_set_changed (PlanciaMapEdit *self, gboolean changed);
void       plancia_map_edit_count_wrong (PlanciaMapEdit *self);
JsonArray *plancia_map_edit_get_list (JsonObject *root, const char *name);

/* entry: (transfer full) */
PlanciaMapEditRow *plancia_map_edit_row_new (JsonObject *entry, guint8 read_function);
void               plancia_map_edit_row_changed (PlanciaMapEditRow *self);

/* What the loader would say of this register among the others. */
void plancia_map_edit_examine (JsonObject *root, GListModel *rows, PlanciaMapEditRow *row);
/* Name of the write block that needs the register, or NULL. */
const char *plancia_map_edit_find_block (JsonObject *root, const char *key);

G_END_DECLS
