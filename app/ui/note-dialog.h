/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* text: not empty, without blanks around it. */
typedef void (*PlanciaNoteFunc) (const char *text, gpointer user_data);

/* Asks for a line of words that is added somewhere and stays. func is called at most once; user_data is freed with destroy when
 * the dialog is gone. */
void plancia_note_dialog_show (GtkWindow      *parent,
                               PlanciaNoteFunc func,
                               gpointer        user_data,
                               GDestroyNotify  destroy);

G_END_DECLS
