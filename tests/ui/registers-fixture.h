/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

/* Readings with words for the three-phase hybrid of the fixture's plant. */

/* One register as text, as plancia_field_parse understands it, read now. */
void registers_give (UiPlant *plant, const char *key, const char *text);
/* All registers that can be read, with plausible values: one batch, read now. */
void registers_give_all (UiPlant *plant);
/* The same batch, with another value for one register (key NULL: with none), for the answer of a read. (transfer full) */
PlanciaReadings *registers_all_readings (UiPlant *plant, const char *key, const char *text);
/* A batch with one register, for the answer of a read. (transfer full) */
PlanciaReadings *registers_reading (UiPlant *plant, const char *key, const char *text);

/* An outcome for one edit of a write, with words as the texts encode; NULL for words that are not known. */
void       registers_add_outcome (GPtrArray     *outcomes,
                                  PlanciaMap    *map,
                                  const char    *key,
                                  PlanciaVerdict verdict,
                                  const char    *before,
                                  const char    *sent,
                                  const char    *after);
GPtrArray *registers_outcomes_new (void);

G_END_DECLS
