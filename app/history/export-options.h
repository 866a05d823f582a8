/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

typedef enum {
  PLANCIA_EXPORT_CSV,
  PLANCIA_EXPORT_JSON_LINES,
  PLANCIA_EXPORT_XLSX,
  PLANCIA_EXPORT_PNG, /* pictures: see report/picture-export.h */
  PLANCIA_EXPORT_SVG,
  PLANCIA_EXPORT_PDF,
  PLANCIA_N_EXPORT_FORMATS,
  PLANCIA_N_EXPORT_TABLES = PLANCIA_EXPORT_PNG, /* those before the pictures */
} PlanciaExportFormat;

/* How times stand in a text file. A workbook has real dates and does not ask. */
typedef enum {
  PLANCIA_EXPORT_TIME_LOCAL, /* 2026-06-12 14:05:37, what spreadsheets understand */
  PLANCIA_EXPORT_TIME_ISO,   /* 2026-06-12T14:05:37+02:00 */
  PLANCIA_EXPORT_TIME_UTC,   /* 2026-06-12T12:05:37Z */
  PLANCIA_EXPORT_TIME_UNIX,  /* 1781265937.000, seconds */
  PLANCIA_N_EXPORT_TIMES,
} PlanciaExportTime;

typedef struct _PlanciaExportKind PlanciaExportKind;

/* How a table is written; plain data. */
typedef struct
{
  PlanciaExportFormat format;
  gboolean            wide; /* a column for each quantity; else a line for each sample */
  char                separator;
  char                decimal;
  PlanciaExportTime   time;
  /* Of formats that are drawn; the store's own are written by itself. */
  const PlanciaExportKind *kind; /* NULL: the format's own */
  guint       buckets; /* the store gives the span thinned to so many parts; 0: every sample */
  PlanciaSpan span;    /* set by the export */
} PlanciaExportOptions;

/* Wide CSV with what the process's locale uses: 3,5 and semicolons, or 3.5 and commas. */
PlanciaExportOptions plancia_export_options_for_locale (void);
/* "csv", "jsonl", "xlsx", "png", "svg", "pdf"; also what a file is called after the point. */
const char *plancia_export_format_name (PlanciaExportFormat format);
/* FALSE if there is no such name. */
gboolean plancia_export_format_parse (const char *name, PlanciaExportFormat *format);
/* "local", "iso", "utc", "unix". */
const char *plancia_export_time_name (PlanciaExportTime time);
gboolean    plancia_export_time_parse (const char *name, PlanciaExportTime *time);

G_END_DECLS
