/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A table of text line by line, of any length and from anybody: quoted cells, line ends of every kind, a byte order mark, UTF-8 or what
 * older programs wrote (Windows-1252). Blocking; on one worker. */
typedef struct _PlanciaCsvReader PlanciaCsvReader;

/* separator: 0: found out from the first lines. Takes a reference. */
PlanciaCsvReader *plancia_csv_reader_new (GInputStream *stream, char separator);
void              plancia_csv_reader_free (PlanciaCsvReader *self);
/* The cells of the next line that is not empty, valid until the next call; NULL at the end, or with G_IO_ERROR. */
GPtrArray *
plancia_csv_reader_next (PlanciaCsvReader *self, GCancellable *cancellable, GError **error);
/* Of the line that was given last, from 1. */
guint64 plancia_csv_reader_get_line (PlanciaCsvReader *self);
/* Bytes that were read. */
goffset plancia_csv_reader_get_position (PlanciaCsvReader *self);
/* Known after the first line was given. */
char plancia_csv_reader_get_separator (PlanciaCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCsvReader, plancia_csv_reader_free)

G_END_DECLS
