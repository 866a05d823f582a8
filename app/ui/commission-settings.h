/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a step of the commissioning can change in the device: always staged, reviewed and read back. Main thread. */

/* The button's label with its mnemonic, or NULL if there is nothing to set in this step. (transfer none) */
const char *plancia_commission_settings_label (PlanciaDevice *device, const char *step);
typedef void (*PlanciaCommissionSettingsDone) (gpointer user_data);
/* Stages and opens the review over parent; done is called when that is closed. user_data is a GObject that is held meanwhile. */
void plancia_commission_settings_run (GtkWindow                    *parent,
                                      PlanciaSession               *session,
                                      PlanciaDevice                *device,
                                      const char                   *step,
                                      PlanciaCommissionSettingsDone done,
                                      gpointer                      user_data);
/* One register to a number, or to the other one if it has the first: the same way. FALSE if it cannot be staged; an error is shown. */
gboolean plancia_commission_settings_stage (GtkWindow                    *parent,
                                            PlanciaSession               *session,
                                            PlanciaDevice                *device,
                                            const char                   *key,
                                            gint64                        number,
                                            gint64                        otherwise,
                                            PlanciaCommissionSettingsDone done,
                                            gpointer                      user_data);

G_END_DECLS
