/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-trial.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Tests an account and says what came of it: a button, a sentence, the certificate to look at, and the raw exchange. Signals:
 * "tested" (gboolean works): values of a thing came; "trusted" (const char *fingerprint): a person trusts the server's certificate. */
#define PLANCIA_TYPE_ACCOUNT_TRIAL (plancia_account_trial_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAccountTrial, plancia_account_trial, PLANCIA, ACCOUNT_TRIAL, AdwBin)

/* (transfer full): what to test; NULL: not now */
typedef PlanciaCloudTrial *(*PlanciaAccountTrialFunc) (gpointer user_data);

void plancia_account_trial_set_func (PlanciaAccountTrial    *self,
                                     PlanciaAccountTrialFunc func,
                                     gpointer                user_data);
/* As if the button was pressed. */
void plancia_account_trial_run (PlanciaAccountTrial *self);
/* What was tested has changed: the verdict is gone. */
void plancia_account_trial_forget (PlanciaAccountTrial *self);

G_END_DECLS
