/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "model/register-model.h"
#include "model/session.h"

G_BEGIN_DECLS

/* Words of the review dialog. A setting is a GPtrArray of PlanciaEdit: one, or all parts of a clock. Main thread; strings
 * are (transfer full) unless const. */
/* "HYD 10000 ZSS · ZP1ES110K00001 · Hub › Inverters › 1" */
char *plancia_review_text_subtitle (PlanciaDevice *device);
/* "Write 3 settings" */
char *plancia_review_text_write (guint n);
char *plancia_review_text_name (GPtrArray *setting);
/* What goes with it and what may happen: "goes together with Export limit mode". */
char *plancia_review_text_reason (PlanciaRegisterModel   *model,
                                  GPtrArray              *setting,
                                  const PlanciaWriteStep *step);
char *plancia_review_text_before (PlanciaRegisterModel *model, GPtrArray *setting);
char *plancia_review_text_after (GPtrArray *setting);
/* "0000 -> 0001" */
char *plancia_review_text_raw (PlanciaRegisterModel *model, GPtrArray *setting);
/* "1023, block of 2 words from 1023" */
char       *plancia_review_text_block (GPtrArray *setting, const PlanciaWriteStep *step);
const char *plancia_review_text_verdict (PlanciaVerdict verdict);
const char *plancia_review_text_icon (PlanciaVerdict verdict);
const char *plancia_review_text_css_class (PlanciaVerdict verdict);
/* Short words about an outcome: "reads 0000, Self-use". */
char *plancia_review_text_detail (const PlanciaField *field, const PlanciaWriteOutcome *outcome);
char *plancia_review_text_reads (const PlanciaField *field, const guint16 *words);
/* A whole sentence, or NULL if it is as it was wanted. */
char *plancia_review_text_sentence (const char                *name,
                                    const PlanciaEdit         *edit,
                                    const PlanciaWriteOutcome *outcome);
/* "Sent as 3 requests, function 16. Each one is read back before the next." */
char *plancia_review_text_requests (GPtrArray *steps);
/* "EEPROM" and how often it was written: "EEPROM · written 12 times, 3 of them today". */
char *plancia_review_text_counts (const char *reason, guint total, guint today);
/* The bytes of each request, one a line, as far as they are known before they are read again. */
char *
plancia_review_text_frames (PlanciaRegisterModel *model, GPtrArray *steps, PlanciaDevice *device);
/* Why nothing can be written: the session is in view only, or the device is not there. */
const char *plancia_review_text_why_not (PlanciaSession *session);
/* How far a phase of a write is, 0 to 1. */
double plancia_review_text_share (const char *phase);
/* What a person should know about the staged edits of model before they are written. */
char *plancia_review_text_explanation (PlanciaRegisterModel *model);

G_END_DECLS
