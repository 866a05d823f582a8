/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a file is to be saved, and how that went. Main thread. */

typedef void (*PlanciaSaveFunc) (GtkWidget *widget, GFile *file, gpointer user_data);

/* widget: over whose window the chooser opens. title: of the chooser. name: proposed for the file. func is called once if a place
 * was chosen and widget is still there; user_data is freed with destroy (nullable) when the chooser is gone. */
void plancia_save_question_ask (GtkWidget      *widget,
                                const char     *title,
                                const char     *name,
                                PlanciaSaveFunc func,
                                gpointer        user_data,
                                GDestroyNotify  destroy);
/* Says on the window of widget that file was saved, or with error (nullable) under the heading failure why it was not. */
void plancia_save_question_tell (GtkWidget    *widget,
                                 GFile        *file,
                                 const char   *failure,
                                 const GError *error);

G_END_DECLS
