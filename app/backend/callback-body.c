/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-body.h"

struct _PlanciaCallbackBody
{
  GObject parent_instance;

  gint64                time;
  PlanciaCallbackOrigin origin;
  PlanciaCallbackFate   fate;
  GBytes               *body;
  char                 *peer;
};

G_DEFINE_FINAL_TYPE (PlanciaCallbackBody, plancia_callback_body, G_TYPE_OBJECT)

static const char *const origins[] = {"network", "test", "person"};
static const char *const fates[] = {"unreadable", "unknown", "matched", "repeated", "test"};

static void
plancia_callback_body_finalize (GObject *object)
{
  PlanciaCallbackBody *self = PLANCIA_CALLBACK_BODY (object);

  g_bytes_unref (self->body);
  g_free (self->peer);

  G_OBJECT_CLASS (plancia_callback_body_parent_class)->finalize (object);
}

static void
plancia_callback_body_class_init (PlanciaCallbackBodyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_callback_body_finalize;
}

static void
plancia_callback_body_init (PlanciaCallbackBody *self)
{
  self->fate = PLANCIA_CALLBACK_UNKNOWN;
}

/**
 * plancia_callback_body_new:
 * @time: ms UTC, when it came
 * @origin: how
 * @body: what came
 * @peer: (nullable): IP address that sent it
 *
 * Returns: (transfer full): unknown so far
 */
PlanciaCallbackBody *
plancia_callback_body_new (gint64                time,
                           PlanciaCallbackOrigin origin,
                           GBytes               *body,
                           const char           *peer)
{
  PlanciaCallbackBody *self = g_object_new (PLANCIA_TYPE_CALLBACK_BODY, NULL);

  self->time = time;
  self->origin = origin;
  self->body = g_bytes_ref (body);
  self->peer = g_strdup (peer);
  return self;
}

gint64
plancia_callback_body_get_time (PlanciaCallbackBody *self)
{
  return self->time;
}

PlanciaCallbackOrigin
plancia_callback_body_get_origin (PlanciaCallbackBody *self)
{
  return self->origin;
}

GBytes *
plancia_callback_body_get_body (PlanciaCallbackBody *self)
{
  return self->body;
}

const char *
plancia_callback_body_get_peer (PlanciaCallbackBody *self)
{
  return self->peer;
}

PlanciaCallbackFate
plancia_callback_body_get_fate (PlanciaCallbackBody *self)
{
  return self->fate;
}

void
plancia_callback_body_set_fate (PlanciaCallbackBody *self, PlanciaCallbackFate fate)
{
  self->fate = fate;
}

char *
plancia_callback_body_dup_text (PlanciaCallbackBody *self, guint maximum)
{
  gsize            length;
  const char      *data = g_bytes_get_data (self->body, &length);
  g_autofree char *valid = g_utf8_make_valid (data != NULL ? data : "", (gssize) length);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && *p != '\n')
      *p = ' ';
  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), (glong) maximum));
}

/* --- lines ----------------------------------------------------------------------------------- */

/**
 * plancia_callback_body_to_line:
 * @self: a body
 *
 * Time, origin, fate, peer and body, with tabs between them; the body in base 64, for it may be anything.
 *
 * Returns: (transfer full): the line, without its end
 */
char *
plancia_callback_body_to_line (PlanciaCallbackBody *self)
{
  gsize            length;
  const guchar    *data = g_bytes_get_data (self->body, &length);
  g_autofree char *text = g_base64_encode (data, length);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->time / 1000);
  g_autofree char *stamp = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ\t%s\t%s\t%s\t%s",
                          stamp,
                          (int) (self->time % 1000),
                          origins[self->origin],
                          fates[self->fate],
                          self->peer != NULL ? self->peer : "-",
                          text);
}

static int
find_word (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      return (int) i;
  return -1;
}

PlanciaCallbackBody *
plancia_callback_body_new_from_line (const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);
  g_auto (GStrv) parts = g_strsplit (text, "\t", -1);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GBytes) body = NULL;
  PlanciaCallbackBody *self;
  int                  origin, fate;
  guchar              *data;
  gsize                size;

  if (g_strv_length (parts) != 5)
    return NULL;
  date = g_date_time_new_from_iso8601 (parts[0], utc);
  origin = find_word (origins, G_N_ELEMENTS (origins), parts[1]);
  fate = find_word (fates, G_N_ELEMENTS (fates), parts[2]);
  if (date == NULL || origin < 0 || fate < 0)
    return NULL;
  data = g_base64_decode (parts[4], &size);
  body = g_bytes_new_take (data, size);
  self = plancia_callback_body_new (g_date_time_to_unix (date) * 1000 +
                                      g_date_time_get_microsecond (date) / 1000,
                                    (PlanciaCallbackOrigin) origin,
                                    body,
                                    g_str_equal (parts[3], "-") ? NULL : parts[3]);
  self->fate = (PlanciaCallbackFate) fate;
  return self;
}
