/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "model/map-edit-row.h"
#include "model/map-source.h"

G_BEGIN_DECLS

/* A register map under edit. What is saved is a map of the person's own; of a map that ships it says only what differs, so that
 * it follows the shipped one. Each change is checked by the loader's own rules; what is wrong stands at its register and must be
 * put right before saving. Main thread; nothing may change while a save is under way. */
#define PLANCIA_TYPE_MAP_EDIT (plancia_map_edit_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapEdit, plancia_map_edit, PLANCIA, MAP_EDIT, GObject)

/* Properties "changed" (something is not saved) and "wrong" (registers with a complaint, the map itself among them).
 * source: (transfer full) */
PlanciaMapEdit *plancia_map_edit_new (PlanciaMapSource *source);
gboolean        plancia_map_edit_get_changed (PlanciaMapEdit *self);
guint           plancia_map_edit_get_wrong (PlanciaMapEdit *self);
const char     *plancia_map_edit_get_id (PlanciaMapEdit *self);
/* What the own map is written on top of, or NULL. */
const char *plancia_map_edit_get_base_id (PlanciaMapEdit *self);
/* Whether it is a map of the person's own already. */
gboolean plancia_map_edit_get_own (PlanciaMapEdit *self);

/* PlanciaMapEditRow, in the order of the file. */
GListModel        *plancia_map_edit_get_rows (PlanciaMapEdit *self);
PlanciaMapEditRow *plancia_map_edit_find (PlanciaMapEdit *self, const char *key);

void plancia_map_edit_set_text (PlanciaMapEdit    *self,
                                PlanciaMapEditRow *row,
                                const char        *member,
                                const char        *text);
void plancia_map_edit_set_boolean (PlanciaMapEdit    *self,
                                   PlanciaMapEditRow *row,
                                   const char        *member,
                                   gboolean           value);
/* Writing by a person's decision, and back. FALSE if it stays read-only (plancia_map_edit_row_get_unlock_reason). */
gboolean
plancia_map_edit_set_writable (PlanciaMapEdit *self, PlanciaMapEditRow *row, gboolean writable);
/* Behind another row (NULL: at the end), at the next address; read only. (transfer none) */
PlanciaMapEditRow *plancia_map_edit_add (PlanciaMapEdit *self, PlanciaMapEditRow *after);
PlanciaMapEditRow *plancia_map_edit_duplicate (PlanciaMapEdit *self, PlanciaMapEditRow *row);
/* Takes it out; its place, or -1 with *block the write block that needs it. */
int  plancia_map_edit_remove (PlanciaMapEdit *self, PlanciaMapEditRow *row, const char **block);
void plancia_map_edit_put_back (PlanciaMapEdit *self, PlanciaMapEditRow *row, int place);

/* Of the map itself: "name", "confidence", "note". (transfer full) */
char *plancia_map_edit_get_head (PlanciaMapEdit *self, const char *member);
void  plancia_map_edit_set_head (PlanciaMapEdit *self, const char *member, const char *text);
guint plancia_map_edit_get_n_sources (PlanciaMapEdit *self);
/* member: "ref" or "kind". (transfer full) */
char *plancia_map_edit_get_source (PlanciaMapEdit *self, guint index, const char *member);
void  plancia_map_edit_set_source (PlanciaMapEdit *self,
                                   guint           index,
                                   const char     *member,
                                   const char     *text);
void  plancia_map_edit_add_source (PlanciaMapEdit *self);
void  plancia_map_edit_remove_source (PlanciaMapEdit *self, guint index);
/* Keys and names of the groups; names in the program's language. (transfer full) NULL-terminated */
char **plancia_map_edit_list_groups (PlanciaMapEdit *self, char ***names);
/* Its key. (transfer full) */
char *plancia_map_edit_add_group (PlanciaMapEdit *self, const char *name);
/* Names of the tables of "value_tables" or "bit_tables". (transfer full) */
char **plancia_map_edit_list_tables (PlanciaMapEdit *self, const char *set);

/* What holds for a register that does not say its "function", "word_order" or "write.function", or NULL. */
const char *plancia_map_edit_get_default (PlanciaMapEdit *self, const char *member);

/* The file as it would be saved. in_place: under the id of the map that ships, so that devices which are detected use it too.
 * whole: with all that the map below says too, for somebody who does not have it. (transfer full) */
char *plancia_map_edit_to_text (PlanciaMapEdit *self, gboolean in_place, gboolean whole);
/* The id that the last text has. */
const char *plancia_map_edit_get_file_id (PlanciaMapEdit *self);
/* Writes it to the person's folder on the worker. The finish function returns the id (transfer full); G_IO_ERROR_EXISTS if
 * another map has it and replace is not set. */
void  plancia_map_edit_save_async (PlanciaMapEdit     *self,
                                   PlanciaWorker      *worker,
                                   gboolean            in_place,
                                   gboolean            replace,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
char *plancia_map_edit_save_finish (PlanciaMapEdit *self, GAsyncResult *result, GError **error);

G_END_DECLS
