/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A zip file, written and read by libarchive: the only place that knows it. Blocking, one thread at a time. Nothing is ever
 * unpacked by the names in it. */

/* --- writing: beside path, which is replaced when it is whole --- */
typedef struct _PlanciaZipWriter PlanciaZipWriter;

PlanciaZipWriter *plancia_zip_writer_new (const char *path, gint64 time, GError **error);
/* packed: what can get smaller; a chunk cannot, and stored it can be read around a damaged byte. */
gboolean plancia_zip_writer_add (PlanciaZipWriter *self,
                                 const char       *name,
                                 GBytes           *bytes,
                                 gboolean          packed,
                                 GError          **error);
/* On the disk for good, under its name. */
gboolean plancia_zip_writer_finish (PlanciaZipWriter *self, GError **error);
/* What was not finished is gone. */
void plancia_zip_writer_free (PlanciaZipWriter *self);

/* --- reading: foreign bytes, so everything is bounded --- */
typedef struct _PlanciaZipReader PlanciaZipReader;

typedef enum {
  PLANCIA_ZIP_WHOLE,
  PLANCIA_ZIP_DAMAGED,   /* wrong checksum, or it ends too early */
  PLANCIA_ZIP_TOO_LARGE, /* more than was allowed */
  PLANCIA_ZIP_LOCKED,    /* with a password */
} PlanciaZipState;

/* More entries than any parcel has. */
#define PLANCIA_ZIP_MAX_ENTRIES 200000

/* G_IO_ERROR; PLANCIA_DOCUMENT_ERROR_NO_PARCEL: there is nothing of a zip file in it. */
PlanciaZipReader *plancia_zip_reader_new (const char *path, GError **error);
PlanciaZipReader *plancia_zip_reader_new_for_bytes (GBytes *bytes, GError **error);
/* To the next entry that is a file. name: valid UTF-8, or NULL if it is not; until the next call. FALSE: there is none. */
gboolean plancia_zip_reader_next (PlanciaZipReader *self, const char **name);
/* What it holds, at most limit bytes; if it is damaged, as far as it could be read. (transfer full) */
GBytes *plancia_zip_reader_read (PlanciaZipReader *self, gsize limit, PlanciaZipState *state);
/* 0..1: how far in the file. */
double plancia_zip_reader_get_part (PlanciaZipReader *self);
/* After the last entry: its end is missing or damaged, so that there may have been more. */
gboolean plancia_zip_reader_is_cut (PlanciaZipReader *self);
void     plancia_zip_reader_free (PlanciaZipReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaZipWriter, plancia_zip_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaZipReader, plancia_zip_reader_free)

G_END_DECLS
