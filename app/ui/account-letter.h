/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The vendor's letter as a picture of text: which of its texts goes where. The texts are invented. */
#define PLANCIA_TYPE_ACCOUNT_LETTER (plancia_account_letter_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAccountLetter, plancia_account_letter, PLANCIA, ACCOUNT_LETTER, AdwBin)

/* FALSE, as at first: the Portal's letter; else that of Azzurro System. */
void plancia_account_letter_set_system (PlanciaAccountLetter *self, gboolean system);

G_END_DECLS
