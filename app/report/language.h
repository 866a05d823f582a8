/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The language of a document, which need not be the program's: words out of the program's own catalogues whatever the process's
 * locale is, and numbers and dates as that language writes them. Immutable; any thread. */
typedef struct _PlanciaReportLanguage PlanciaReportLanguage;

/* code: "en", "it", or NULL for the one that the program speaks. G_IO_ERROR_NOT_FOUND: there is no such catalogue. */
PlanciaReportLanguage *plancia_report_language_new (const char *code, GError **error);
PlanciaReportLanguage *plancia_report_language_ref (PlanciaReportLanguage *self);
void                   plancia_report_language_unref (PlanciaReportLanguage *self);
/* "en" or "it" */
const char *plancia_report_language_code (PlanciaReportLanguage *self);
/* What _() gives in that language; text: marked with N_(). (transfer none): lives as long as self and text */
const char *plancia_report_say (PlanciaReportLanguage *self, const char *text);
/* The same of NC_(), and of the texts of the maps: contexts "map" and "map bit". */
const char *
plancia_report_say_in (PlanciaReportLanguage *self, const char *context, const char *text);
/* "1234.5", "12 345,0": NAN gives an em dash, decimals at most 9. (transfer full) */
char *plancia_report_number (PlanciaReportLanguage *self, double value, guint decimals);
/* "41.9 kWh"; the em dash alone for NAN. (transfer full) */
char *plancia_report_quantity (PlanciaReportLanguage *self,
                               double                 value,
                               guint                  decimals,
                               const char            *unit);
/* "11 June 2026", on the clock of zone; time: ms. All (transfer full). */
char *plancia_report_date (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone);
char *
plancia_report_month (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone); /* "June 2026" */
char *
plancia_report_day (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone); /* "11 June" */
char *plancia_report_time (PlanciaReportLanguage *self,
                           gint64                 time,
                           GTimeZone             *zone); /* "11 June, 14:05" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaReportLanguage, plancia_report_language_unref)

G_END_DECLS
