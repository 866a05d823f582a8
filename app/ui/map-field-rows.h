/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/map-edit.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The rows of the form for a register of a map: one for each member of the file that a person edits, with what is wrong under it. */
typedef struct _PlanciaMapFieldRow PlanciaMapFieldRow;

/* How a member is edited. choices: words of the file, NULL-terminated; labels: the same for people, marked for translation. */
typedef struct
{
  const char        *member;
  const char        *title;
  const char *const *choices; /* NULL: a text */
  const char *const *labels;
} PlanciaMapFieldKind;

/* Called after a person changed it. (transfer none): belongs to its group. */
typedef void (*PlanciaMapFieldFunc) (const char *member, const char *text, gpointer user_data);

/* Adds it to the group. Freed with plancia_map_field_row_free, the widgets with the group. */
PlanciaMapFieldRow *plancia_map_field_row_new (AdwPreferencesGroup       *group,
                                               const PlanciaMapFieldKind *kind,
                                               PlanciaMapFieldFunc        func,
                                               gpointer                   user_data);
void                plancia_map_field_row_free (PlanciaMapFieldRow *self);
/* Choices that the map makes: keys and labels; fallback: of a member that is not there. */
void plancia_map_field_row_set_choices (PlanciaMapFieldRow *self,
                                        const char *const  *keys,
                                        const char *const  *labels);
/* fallback: the choice when the file says nothing. */
void
plancia_map_field_row_show (PlanciaMapFieldRow *self, PlanciaMapEditRow *row, const char *fallback);
/* A widget at the end of a row of choices. (transfer none) */
void        plancia_map_field_row_add_suffix (PlanciaMapFieldRow *self, GtkWidget *widget);
void        plancia_map_field_row_set_visible (PlanciaMapFieldRow *self, gboolean visible);
const char *plancia_map_field_row_get_member (PlanciaMapFieldRow *self);
GtkWidget  *plancia_map_field_row_get_widget (PlanciaMapFieldRow *self);

G_END_DECLS
