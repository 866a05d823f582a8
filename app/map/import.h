/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/import-table.h"
#include "map/map.h"

G_BEGIN_DECLS

/* Register lists of other programs as maps of ours. Blocking CPU work (and a file, for _file): on a worker, or in a command line
 * program. Nothing of what comes out can be written until somebody unlocks it register by register (plancia_map_unlock). */

typedef enum {
  PLANCIA_IMPORT_GUESS,
  PLANCIA_IMPORT_TABLE,         /* CSV, TSV */
  PLANCIA_IMPORT_SOLARMAN,      /* YAML of the Home Assistant integrations, both dialects */
  PLANCIA_IMPORT_MODBUSSCOPE,   /* .mbs */
  PLANCIA_IMPORT_MODBUSCONTROL, /* .mbc */
  PLANCIA_IMPORT_NATIVE,        /* a map of ours */
} PlanciaImportFormat;

typedef struct
{
  PlanciaImportFormat format;
  guint variant; /* 1-based, of files that describe several models; 0: ask (1 is taken and said) */
  const char               *name;      /* of the map; NULL: from the file */
  const char               *id;        /* NULL: from the name */
  PlanciaEncoding           encoding;  /* of tables */
  char                      separator; /* of tables; 0: guess */
  const PlanciaTableLayout *layout;    /* of tables; NULL: guess */
} PlanciaImportOptions;

typedef struct
{
  PlanciaImportFormat  format; /* never GUESS */
  PlanciaImportReport *report;
  char                *json;       /* the map, as a file; NULL if no register was left */
  PlanciaMap          *map;        /* the same, loaded; NULL with json */
  guint                n_variants; /* models that the file describes; 0 or 1: no choice */
  guint n_writable; /* registers that the file calls writable and that are locked now */
} PlanciaImport;

/* By the file's name, else by its first sign. Never GUESS. */
PlanciaImportFormat plancia_import_guess_format (GBytes *bytes, const char *origin);
/* origin: file name, for the format, the name and messages. options may be NULL. PLANCIA_DOCUMENT_ERROR when the file as a whole
 * cannot be read; rows that cannot be are in the report. */
PlanciaImport *plancia_import_bytes (GBytes                     *bytes,
                                     const char                 *origin,
                                     const PlanciaImportOptions *options,
                                     GError                    **error);
PlanciaImport      *
plancia_import_file (const char *path, const PlanciaImportOptions *options, GError **error);
void plancia_import_free (PlanciaImport *self);
/* "table", "solarman", "modbusscope", "modbuscontrol", "native"; GUESS for NULL; FALSE for another word. */
gboolean    plancia_import_format_parse (const char *text, PlanciaImportFormat *out);
const char *plancia_import_format_nick (PlanciaImportFormat format);
/* Puts the map under another name and id into the user's folder (plancia_map_user_folder); a file of that id is not replaced
 * unless replace is set: G_IO_ERROR_EXISTS. The catalogue finds it at once. (transfer full) id */
char *plancia_import_save (PlanciaImport *self,
                           const char    *name,
                           const char    *confidence,
                           gboolean       replace,
                           GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaImport, plancia_import_free)

G_END_DECLS
