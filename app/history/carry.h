/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What the archive and the journal of this computer know of some devices, on its way to another one and from there: the two files
 * as one thing, for who makes and reads plant files. Blocking, one thread at a time. Errors are G_IO_ERROR and
 * PLANCIA_DOCUMENT_ERROR; a damaged archive is refused, not mended. */
typedef struct _PlanciaCarry PlanciaCarry;

/* What has come in, or would. */
typedef struct
{
  guint  requests; /* of the journal, that were not there */
  guint  events;   /* what became of some, that was not known */
  guint  alarms;   /* new, or with an end that was not known */
  gint64 samples;  /* that were not there */
} PlanciaCarried;

/* look: nothing will be written; a file that is not there is as good as an empty one, and is not made. */
PlanciaCarry *
plancia_carry_open (const char *history, const char *journal, gboolean look, GError **error);
/* What was not committed is as it was. */
void plancia_carry_close (PlanciaCarry *self);

/* --- out --- */

/* (transfer full) GPtrArray of GBytes*: documents of what was written to the devices (NULL-terminated ids, serial numbers). */
GPtrArray *plancia_carry_journal (PlanciaCarry      *self,
                                  const char *const *ids,
                                  const char *const *serials,
                                  GCancellable      *cancellable,
                                  GError           **error);
/* The same of their alarms; alarms: how many there are. */
GPtrArray *
plancia_carry_alarms (PlanciaCarry *self, const char *const *ids, guint *alarms, GError **error);
/* Sources that something is known of a device from. (transfer full) GPtrArray of char*. */
GPtrArray *plancia_carry_list_sources (PlanciaCarry *self, const char *device, GError **error);
/* Months of UTC (GArray of PlanciaSpan) that hold something of span. (transfer full) */
GArray *plancia_carry_list_months (PlanciaCarry *self,
                                   const char   *device,
                                   const char   *source,
                                   PlanciaSpan   span,
                                   GError      **error);
/* What a month holds of span (see day-part.h). owner: the name under which it goes. (transfer full) */
GBytes *plancia_carry_days (PlanciaCarry *self,
                            const char   *device,
                            const char   *source,
                            PlanciaSpan   span,
                            const char   *owner,
                            gint64       *samples,
                            GCancellable *cancellable,
                            GError      **error);

/* About how many bytes the days of span of a device will have; gets added. */
gboolean plancia_carry_measure (PlanciaCarry *self,
                                const char   *device,
                                PlanciaSpan   span,
                                gint64       *size,
                                GError      **error);

/* --- in: begun, any number of parts, and committed; carried gets counted up --- */

/* devices: ids there to ids here, or NULL; belongs to the caller until the end. */
gboolean plancia_carry_begin (PlanciaCarry *self, GHashTable *devices, GError **error);
/* lost: damaged places. FALSE: error says whether it is the part (PLANCIA_DOCUMENT_ERROR, INVALID_DATA) or the file. */
gboolean plancia_carry_take_days (PlanciaCarry   *self,
                                  const char     *device,
                                  const char     *source,
                                  PlanciaSpan     month,
                                  const char     *owner,
                                  GBytes         *part,
                                  PlanciaCarried *carried,
                                  guint          *lost,
                                  GCancellable   *cancellable,
                                  GError        **error);
gboolean plancia_carry_take_alarms (PlanciaCarry   *self,
                                    GBytes         *document,
                                    PlanciaCarried *carried,
                                    GError        **error);
/* All documents of the journal at once: its own transaction. */
gboolean plancia_carry_take_journal (PlanciaCarry   *self,
                                     GPtrArray      *documents,
                                     PlanciaCarried *carried,
                                     GCancellable   *cancellable,
                                     GError        **error);
gboolean plancia_carry_commit (PlanciaCarry *self, GError **error);

/* --- without files: whether foreign bytes are what they should be; how many entries they hold --- */
gboolean
plancia_carry_check_journal (GBytes *document, const char *origin, guint *n, GError **error);
gboolean
plancia_carry_check_alarms (GBytes *document, const char *origin, guint *n, GError **error);
/* n: samples; lost: damaged places. */
gboolean
plancia_carry_check_days (GBytes *part, const char *owner, gint64 *n, guint *lost, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCarry, plancia_carry_close)

G_END_DECLS
