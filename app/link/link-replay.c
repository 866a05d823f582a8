/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "link/links.h"
#include "protocol/transcript.h"

/* Answers from a transcript. */
#define PLANCIA_TYPE_LINK_REPLAY (plancia_link_replay_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkReplay, plancia_link_replay, PLANCIA, LINK_REPLAY, GObject)

/* What was answered to one request, in order. */
typedef struct
{
  GPtrArray *lines; /* borrowed PlanciaTranscriptLine*: '<' or '!' */
  guint      next;
} Answers;

struct _PlanciaLinkReplay
{
  GObject parent_instance;

  GPtrArray  *lines;
  GHashTable *answers; /* "01 0304.." -> Answers* */
};

static void plancia_link_replay_link_init (PlanciaLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaLinkReplay,
                               plancia_link_replay,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK,
                                                      plancia_link_replay_link_init))

static void
answers_free (gpointer data)
{
  Answers *self = data;

  g_ptr_array_unref (self->lines);
  g_free (self);
}

static char *
make_key (guint8 unit, GBytes *pdu)
{
  g_autofree char *hex =
    plancia_hex_encode (g_bytes_get_data (pdu, NULL), g_bytes_get_size (pdu), "");

  return g_strdup_printf ("%02x %s", unit, hex);
}

/* Each request belongs to the line that follows it; one that nothing follows has no answer. */
static void
index_lines (PlanciaLinkReplay *self)
{
  for (guint i = 0; i + 1 < self->lines->len; i++) {
    PlanciaTranscriptLine *request = g_ptr_array_index (self->lines, i);
    PlanciaTranscriptLine *answer = g_ptr_array_index (self->lines, i + 1);
    g_autofree char       *key = NULL;
    Answers               *answers;

    if (request->direction != '>' || answer->direction == '>')
      continue;
    key = make_key (request->unit, request->pdu);
    answers = g_hash_table_lookup (self->answers, key);
    if (answers == NULL) {
      answers = g_new0 (Answers, 1);
      answers->lines = g_ptr_array_new ();
      g_hash_table_insert (self->answers, g_steal_pointer (&key), answers);
    }
    g_ptr_array_add (answers->lines, answer);
  }
}

static gboolean
plancia_link_replay_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GBytes *
plancia_link_replay_transact (PlanciaLink  *link,
                              guint8        unit,
                              GBytes       *pdu,
                              GCancellable *cancellable,
                              GError      **error)
{
  PlanciaLinkReplay     *self = PLANCIA_LINK_REPLAY (link);
  g_autofree char       *key = make_key (unit, pdu);
  Answers               *answers = g_hash_table_lookup (self->answers, key);
  PlanciaTranscriptLine *line;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (answers == NULL) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_FOUND,
                 "the transcript has no answer to unit and request %s",
                 key);
    return NULL;
  }
  line = g_ptr_array_index (answers->lines, answers->next);
  answers->next = (answers->next + 1) % answers->lines->len;
  if (line->pdu != NULL)
    return g_bytes_ref (line->pdu);
  g_propagate_error (error, g_error_copy (line->failure));
  return NULL;
}

static void
plancia_link_replay_close (PlanciaLink *link)
{
}

static void
plancia_link_replay_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_replay_open;
  iface->transact = plancia_link_replay_transact;
  iface->close = plancia_link_replay_close;
}

static void
plancia_link_replay_finalize (GObject *object)
{
  PlanciaLinkReplay *self = PLANCIA_LINK_REPLAY (object);

  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (plancia_link_replay_parent_class)->finalize (object);
}

static void
plancia_link_replay_class_init (PlanciaLinkReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_link_replay_finalize;
}

static void
plancia_link_replay_init (PlanciaLinkReplay *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answers_free);
}

/**
 * plancia_link_replay_new:
 * @lines: PlanciaTranscriptLine*; a reference is kept, and the array is not to be changed any more
 *
 * The answers to one request come in the order of the transcript, and from the start again.
 * Returns: (transfer full)
 */
PlanciaLink *
plancia_link_replay_new (GPtrArray *lines)
{
  PlanciaLinkReplay *self = g_object_new (PLANCIA_TYPE_LINK_REPLAY, NULL);

  self->lines = g_ptr_array_ref (lines);
  index_lines (self);
  return PLANCIA_LINK (self);
}
