/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/line-dialog.h"

G_BEGIN_DECLS

/* Asks for a name, the present one given. func is called once if it was changed; user_data is freed with destroy when
 * the dialog is gone. */
GtkWidget *plancia_name_dialog_show (GtkWindow      *parent,
                                     const char     *heading,
                                     const char     *name,
                                     PlanciaLineFunc func,
                                     gpointer        user_data,
                                     GDestroyNotify  destroy);

G_END_DECLS
