/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "link/links.h"
#include "protocol/transcript.h"
#include <string.h>

/* Writes down what goes over another link. */
#define PLANCIA_TYPE_LINK_RECORD (plancia_link_record_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkRecord, plancia_link_record, PLANCIA, LINK_RECORD, GObject)

struct _PlanciaLinkRecord
{
  GObject parent_instance;

  PlanciaLink   *inner;
  GOutputStream *stream;
  gint64         start;
  gboolean       begun;
  gboolean       broken; /* the stream takes no more: the link goes on without it */
};

static void plancia_link_record_link_init (PlanciaLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaLinkRecord,
                               plancia_link_record,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK,
                                                      plancia_link_record_link_init))

static void
write_text (PlanciaLinkRecord *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (self->broken)
    return;
  if (!g_output_stream_write_all (self->stream, text, strlen (text), NULL, NULL, &error)) {
    g_info ("the transcript ends here: %s", error->message);
    self->broken = TRUE;
  }
}

static void
write_line (PlanciaLinkRecord *self, char direction, guint8 unit, GBytes *pdu, GError *failure)
{
  PlanciaTranscriptLine line = {
    .seconds = (double) (plancia_clock_monotonic () - self->start) / 1000.0,
    .direction = direction,
    .unit = unit,
    .pdu = pdu,
    .failure = failure,
  };
  g_autofree char *text = plancia_transcript_format (&line);

  if (!self->begun)
    write_text (self, PLANCIA_TRANSCRIPT_HEADER "\n");
  self->begun = TRUE;
  write_text (self, text);
  if (!g_str_has_suffix (text, "\n"))
    write_text (self, "\n");
}

static gboolean
plancia_link_record_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  return plancia_link_open (PLANCIA_LINK_RECORD (link)->inner, cancellable, error);
}

static GBytes *
plancia_link_record_transact (PlanciaLink  *link,
                              guint8        unit,
                              GBytes       *pdu,
                              GCancellable *cancellable,
                              GError      **error)
{
  PlanciaLinkRecord *self = PLANCIA_LINK_RECORD (link);
  g_autoptr (GError) failure = NULL;
  GBytes *answer;

  write_line (self, '>', unit, pdu, NULL);
  answer = plancia_link_transact (self->inner, unit, pdu, cancellable, &failure);
  if (answer != NULL) {
    write_line (self, '<', unit, answer, NULL);
    return answer;
  }
  write_line (self, '!', unit, NULL, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
plancia_link_record_close (PlanciaLink *link)
{
  plancia_link_close (PLANCIA_LINK_RECORD (link)->inner);
}

static void
plancia_link_record_set_observer (PlanciaLink        *link,
                                  PlanciaLinkObserver observer,
                                  gpointer            user_data)
{
  plancia_link_set_observer (PLANCIA_LINK_RECORD (link)->inner, observer, user_data);
}

static void
plancia_link_record_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_record_open;
  iface->transact = plancia_link_record_transact;
  iface->close = plancia_link_record_close;
  iface->set_observer = plancia_link_record_set_observer;
}

static void
plancia_link_record_finalize (GObject *object)
{
  PlanciaLinkRecord *self = PLANCIA_LINK_RECORD (object);

  g_output_stream_flush (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->inner);
  G_OBJECT_CLASS (plancia_link_record_parent_class)->finalize (object);
}

static void
plancia_link_record_class_init (PlanciaLinkRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_link_record_finalize;
}

static void
plancia_link_record_init (PlanciaLinkRecord *self)
{
}

/**
 * plancia_link_record_new:
 * @inner: the link that does the work
 * @stream: gets the transcript; a failure of it does not disturb the link
 *
 * Returns: (transfer full): a link that behaves as @inner
 */
PlanciaLink *
plancia_link_record_new (PlanciaLink *inner, GOutputStream *stream)
{
  PlanciaLinkRecord *self = g_object_new (PLANCIA_TYPE_LINK_RECORD, NULL);

  self->inner = g_object_ref (inner);
  self->stream = g_object_ref (stream);
  self->start = plancia_clock_monotonic ();
  return PLANCIA_LINK (self);
}
