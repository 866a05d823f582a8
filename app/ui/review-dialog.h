/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"
#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The most important dialog: what is staged, old and new, with raw words and requests; then the write, request by
 * request; then a verdict for each setting. The only place from which anything is written. The button that writes is
 * never the default one: Return does not write, Ctrl+Return does. Main thread. */
#define PLANCIA_TYPE_REVIEW_DIALOG (plancia_review_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaReviewDialog, plancia_review_dialog, PLANCIA, REVIEW_DIALOG, AdwWindow)

/* A modal window; set its parent and present it. */
GtkWidget *plancia_review_dialog_new (PlanciaSession       *session,
                                      PlanciaDevice        *device,
                                      PlanciaRegisterModel *model);
/* Registers of no map: model has a made-up one, see plancia_raw_map_new. */
GtkWidget *plancia_review_dialog_new_raw (PlanciaSession       *session,
                                          PlanciaDevice        *device,
                                          PlanciaRegisterModel *model);

G_END_DECLS
