/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"
#include "model/session.h"
#include "ui/register-columns.h"

G_BEGIN_DECLS

/* The menu of the register page, and the windows that it opens. */
/* Its actions are "registers.*". narrow: with what does not fit the bar. (transfer full) */
GMenuModel *plancia_register_menu_new (PlanciaRegisterColumns *columns, gboolean narrow);
GMenuModel *plancia_register_menu_new_for_row (void); /* (transfer full) */
void        plancia_register_menu_open_review (GtkWidget            *page,
                                               PlanciaSession       *session,
                                               PlanciaDevice        *device,
                                               PlanciaRegisterModel *model);
void
plancia_register_menu_open_raw (GtkWidget *page, PlanciaSession *session, PlanciaDevice *device);
void plancia_register_menu_open_journal (GtkWidget      *page,
                                         PlanciaSession *session,
                                         PlanciaDevice  *device);

G_END_DECLS
