/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/session-bin.h"

G_BEGIN_DECLS

/* "Record this visit": shown while it goes on, with how long and how much; a click ends it. Property "recording" (gboolean,
 * writable, notifies): ends with the plant. Signals "kept" (const char *path), "failed" (GError*). */
#define PLANCIA_TYPE_RECORD_BUTTON (plancia_record_button_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRecordButton,
                      plancia_record_button,
                      PLANCIA,
                      RECORD_BUTTON,
                      PlanciaSessionBin)

/* Where recordings are kept. (transfer full) */
char *plancia_record_button_dup_folder (void);
void  plancia_record_button_set_narrow (PlanciaRecordButton *self, gboolean narrow);

G_END_DECLS
