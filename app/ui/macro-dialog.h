/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-macro.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Makes or changes a macro of the console; says what is wrong in its text while it is typed. */
#define PLANCIA_TYPE_MACRO_DIALOG (plancia_macro_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMacroDialog, plancia_macro_dialog, PLANCIA, MACRO_DIALOG, AdwWindow)

/* macro: (transfer full), or NULL if it is to be removed. */
typedef void (*PlanciaMacroFunc) (PlanciaConsoleMacro *macro, gpointer user_data);

/* macro NULL: a new one. func is called once if something was done; user_data is freed with destroy when the dialog closes. */
GtkWidget *plancia_macro_dialog_show (GtkWindow                 *parent,
                                      const PlanciaConsoleMacro *macro,
                                      PlanciaMacroFunc           func,
                                      gpointer                   user_data,
                                      GDestroyNotify             destroy);

G_END_DECLS
