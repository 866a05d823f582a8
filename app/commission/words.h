/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "report/language.h"

G_BEGIN_DECLS

/* Sentences about a commissioning in any language: for the window, the command line and the report. Pure. All char* are
 * (transfer full), const char* (transfer none). */

/* What the data says in English: titles of steps and rules, sources, names of what the program counted. */
const char *plancia_words_data (PlanciaReportLanguage *language, const char *text);
/* The catalogue is asked for this text. */
gboolean    plancia_words_has_data (const char *text);
const char *plancia_words_check (PlanciaReportLanguage *language, PlanciaCheck check);
const char *plancia_words_certainty (PlanciaReportLanguage *language, const char *certainty);

char *
plancia_words_evidence_name (PlanciaReportLanguage *language, const PlanciaEvidence *evidence);
/* "231.4 V", "Self-use", "no answer". */
char *
plancia_words_evidence_value (PlanciaReportLanguage *language, const PlanciaEvidence *evidence);
/* "0x048D · 0909"; NULL if it is no register. */
char *plancia_words_evidence_raw (const PlanciaEvidence *evidence);
/* "195.5 to 264.5 V", "at most 253.0 V", "at least 1"; NULL if there is no limit. */
char *plancia_words_limits (PlanciaReportLanguage *language, const PlanciaRuleFinding *finding);
/* "too high", "too low", "missing", "not as expected": what is wrong, short; NULL if nothing is. */
const char *
plancia_words_wrong (PlanciaReportLanguage *language, const PlanciaRuleFinding *finding);

/* "Reversed on L2", "L1 and L3 exchanged", "not enough power to tell". */
char *
plancia_words_direction (PlanciaReportLanguage *language, const PlanciaDirectionResult *result);
/* The cause as a title, and what to do. */
char       *plancia_words_direction_cause (PlanciaReportLanguage        *language,
                                           const PlanciaDirectionResult *result);
const char *plancia_words_direction_advice (PlanciaReportLanguage        *language,
                                            const PlanciaDirectionResult *result);

/* Of the load on one phase (0 to 2): the cause as a title, and what to do. */
char       *plancia_words_phase_cause (PlanciaReportLanguage        *language,
                                       guint                         phase,
                                       const PlanciaDirectionResult *result);
const char *plancia_words_phase_advice (PlanciaReportLanguage        *language,
                                        guint                         phase,
                                        const PlanciaDirectionResult *result);
/* What one sensor showed of that load: "Unchanged", "Turned round"; NULL if nothing can be told. */
char *plancia_words_phase_sensor (PlanciaReportLanguage        *language,
                                  guint                         phase,
                                  guint                         sensor,
                                  const PlanciaDirectionResult *result);

/* What a step came to in a few words, such as "14 ms, 0 errors in 60 requests"; "" before it is done. */
char *plancia_words_summary (PlanciaReportLanguage *language, PlanciaVisit *visit, guint step);
/* Of the registers of the identity step; "" if they were not read. */
char *plancia_words_serial (PlanciaVisit *visit);
char *plancia_words_firmware (PlanciaVisit *visit);
/* Name of the expected grid code, or an em dash. */
const char *plancia_words_grid_code (PlanciaVisit *visit);

G_END_DECLS
