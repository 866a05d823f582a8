/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "model/open-plant.h"
#include "report/paper.h"

G_BEGIN_DECLS

/* The commissioning report: one document of data (JSON), from which PDF and CSV are made, with a hash over it. Format
 * "plancia-commissioning-report", version 1:
 *   {"format", "version", "sha256", "data": {"made", "program", "visit", "settings", "changes", "snapshot", "curves"}}
 * The hash is over the values of "data", not over how they are written: see plancia_commission_report_hash. */

/* Collects what belongs to it: the visit, what the journal has of it since it began, the snapshot that was taken, the day's curves.
 * journal: NULL for the plant's own. Main thread. */
void      plancia_commission_report_collect_async (PlanciaOpenPlant   *plant,
                                                   PlanciaDevice      *device,
                                                   PlanciaVisit       *visit,
                                                   PlanciaJournal     *journal,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
JsonNode *plancia_commission_report_collect_finish (GAsyncResult *result, GError **error);

/* --- pure, any thread --- */

/* SHA-256 over a canonical form: members by name, numbers that are whole as integers, no white space. (transfer full) */
char *plancia_commission_report_hash (JsonNode *data);
/* Reads the document and works the hash out again. stored, computed: (out) (transfer full). FALSE with PLANCIA_DOCUMENT_ERROR if it
 * is no report; whether the two are alike is the caller's to see. */
gboolean plancia_commission_report_verify (GBytes     *bytes,
                                           const char *origin,
                                           char      **stored,
                                           char      **computed,
                                           GError    **error);
/* PLANCIA_DOCUMENT_ERROR. (transfer full) */
JsonNode *plancia_commission_report_parse (GBytes *bytes, const char *origin, GError **error);
GBytes   *plancia_commission_report_format (JsonNode *root); /* (transfer full) */
/* The same content as a table. (transfer full) */
GBytes *plancia_commission_report_csv (JsonNode *root, PlanciaReportLanguage *language);
/* (transfer full), or NULL */
PlanciaPaper *
plancia_commission_report_paper (JsonNode *root, PlanciaReportLanguage *language, GError **error);
/* Three files: path, and beside it the annex and the table with .json and .csv instead of .pdf. Blocking: on a worker. */
gboolean plancia_commission_report_write (JsonNode              *root,
                                          PlanciaReportLanguage *language,
                                          const char            *path,
                                          GCancellable          *cancellable,
                                          GError               **error);
/* "…/report.pdf" gives "…/report.json". (transfer full) */
char *plancia_commission_report_dup_path (const char *path, const char *end);

G_END_DECLS
