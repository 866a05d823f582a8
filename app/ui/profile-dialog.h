/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/account-trial.h"

G_BEGIN_DECLS

/* The profile of a cloud as JSON: to be corrected, tested, imported and handed on. Signals: "used" (const char *text, gboolean works): a
 * person takes it, and it was parsed; works: a test of just this text succeeded; "trusted" (const char *fingerprint), "tested" (gboolean works) of the test in it. */
#define PLANCIA_TYPE_PROFILE_DIALOG (plancia_profile_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaProfileDialog,
                      plancia_profile_dialog,
                      PLANCIA,
                      PROFILE_DIALOG,
                      AdwWindow)

/* text: the profile as it is. source: "portal", "system". func: what a test needs beside the profile. */
GtkWindow *plancia_profile_dialog_new (GtkWindow              *parent,
                                       const char             *text,
                                       const char             *source,
                                       PlanciaAccountTrialFunc func,
                                       gpointer                user_data);

G_END_DECLS
