/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* What a person wrote about a plant for the office: tags, and notes with their date. Kept in the plant's file. Main thread. */
#define PLANCIA_TYPE_NOTES (plancia_notes_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaNotes, plancia_notes, PLANCIA, NOTES, GObject)

/* (transfer none): lives as long as the plant. */
PlanciaNotes *plancia_notes_of (PlanciaPlant *plant);
/* NULL-terminated, each once. (transfer none) */
const char *const *plancia_notes_get_tags (PlanciaNotes *self);
/* Blanks around them, empty ones and those that are there already are left out. */
void        plancia_notes_set_tags (PlanciaNotes *self, const char *const *tags);
guint       plancia_notes_get_length (PlanciaNotes *self);
const char *plancia_notes_get_date (PlanciaNotes *self, guint index); /* "2026-11-25" */
const char *plancia_notes_get_text (PlanciaNotes *self, guint index);
/* By date, the oldest first; the same again is no second one. */
void plancia_notes_add (PlanciaNotes *self, const char *date, const char *text);
void plancia_notes_remove (PlanciaNotes *self, guint index);
/* What the other has and this one has not. */
void plancia_notes_merge (PlanciaNotes *self, PlanciaNotes *other);

G_END_DECLS
