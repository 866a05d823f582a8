/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"

G_BEGIN_DECLS

/* Stars of registers, kept in the settings as map/key. Main thread. */
void plancia_register_favourites_load (PlanciaRegisterModel *model);
/* Sets the star of the row and keeps it. */
void  plancia_register_favourites_set (PlanciaRegisterModel *model,
                                       PlanciaRegisterRow   *row,
                                       gboolean              starred);
guint plancia_register_favourites_count (PlanciaRegisterModel *model);

G_END_DECLS
