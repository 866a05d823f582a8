/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"

G_BEGIN_DECLS

/* What is said about a register in words. All translated, main thread; strings are (transfer full) unless const. */
/* "6.0 kW", or the label alone. */
char *plancia_register_facts_with_unit (const PlanciaField *field, const char *text);
/* "1024 · RW · now 0.0 kW" */
char *plancia_register_facts_caption (PlanciaRegisterRow *row);
/* "0.0 to 10.0 kW, step 0.1", or NULL if the map gives no limits. */
char *plancia_register_facts_permitted (const PlanciaField *field);
/* "Export limit mode": the other registers of the same write block, or NULL. */
char *plancia_register_facts_together (PlanciaRegisterRow *row);
/* "0000 -> 003C" for value; NULL if it cannot be encoded. */
char *plancia_register_facts_raw_change (PlanciaRegisterRow *row, const PlanciaValue *value);
/* Why value cannot be taken; NULL if it can. */
char       *plancia_register_facts_refusal (const PlanciaField *field, const PlanciaValue *value);
const char *plancia_register_facts_danger (PlanciaDanger danger); /* or NULL */
/* Why the register cannot be written by anybody, or NULL if it can. */
const char *plancia_register_facts_read_only (PlanciaRegisterRow *row);

G_END_DECLS
