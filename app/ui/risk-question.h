/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The questions before a dangerous write: one after another, each in its own words; "no" is the answer that is ready. */

/* sentences: (element-type utf8), as of plancia_write_risks. func is called with user_data once all were answered with yes, at
 * once if there are none; user_data is kept by reference until then. Main thread. */
void plancia_risk_question_ask (GtkWindow  *parent,
                                GPtrArray  *sentences,
                                const char *yes,
                                void (*func) (gpointer user_data),
                                GObject *user_data);

G_END_DECLS
