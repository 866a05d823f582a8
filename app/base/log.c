/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include "base/text.h"

#include <string.h>

/* Domains of the program itself. */
#define OWN "plancia"
/* A line that is longer is cut: one answer of a server must not push out everything. */
#define MAX_TEXT 2000
/* So short words occur everywhere. */
#define MIN_SECRET 6
#define DOTS       "\u2022\u2022\u2022"

/* Everything here is under one mutex: what is logged may come from any thread, also from inside of GLib. Nothing is called
 * with it held that could log. */
static GMutex     mutex;
static GQueue     lines = G_QUEUE_INIT; /* of PlanciaLogLine */
static GPtrArray *secrets;
static guint64    last_number;
static guint64    n_dropped;
static guint64    n_changes;

/* --- a line ---------------------------------------------------------------------------------- */

PlanciaLogLine *
plancia_log_line_ref (PlanciaLogLine *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_line (gpointer data)
{
  PlanciaLogLine *self = data;

  g_free (self->domain);
  g_free (self->text);
}

void
plancia_log_line_unref (PlanciaLogLine *self)
{
  g_atomic_rc_box_release_full (self, clear_line);
}

static PlanciaLogLine *
line_new (PlanciaLogLevel level, const char *domain, char *text, gint64 time)
{
  PlanciaLogLine *self = g_atomic_rc_box_new0 (PlanciaLogLine);

  self->time = time;
  self->level = level;
  self->times = 1;
  self->domain = g_strdup (domain);
  self->text = text;
  return self;
}

/* --- secrets --------------------------------------------------------------------------------- */

/* With the mutex held. (transfer full) */
static char *
mask (const char *text)
{
  GString *masked = g_string_new (text);

  for (guint i = 0; secrets != NULL && i < secrets->len; i++)
    g_string_replace (masked, g_ptr_array_index (secrets, i), DOTS, 0);
  return g_string_free (masked, FALSE);
}

static gint
by_length (gconstpointer a, gconstpointer b)
{
  gsize length_a = strlen (*(const char *const *) a);
  gsize length_b = strlen (*(const char *const *) b);

  return length_a > length_b ? -1 : length_a < length_b;
}

/**
 * plancia_log_add_secret:
 * @secret: (nullable): a password, key or secret address
 *
 * Masked in what is logged from now on, also where it is written as in a URL.
 */
void
plancia_log_add_secret (const char *secret)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *escaped = NULL;

  if (secret == NULL || strlen (secret) < MIN_SECRET)
    return;
  escaped = g_uri_escape_string (secret, NULL, FALSE);
  locker = g_mutex_locker_new (&mutex);
  if (secrets == NULL)
    secrets = g_ptr_array_new_with_free_func (g_free);
  if (!g_ptr_array_find_with_equal_func (secrets, secret, g_str_equal, NULL))
    g_ptr_array_add (secrets, g_strdup (secret));
  if (!g_ptr_array_find_with_equal_func (secrets, escaped, g_str_equal, NULL))
    g_ptr_array_add (secrets, g_strdup (escaped));
  /* One that holds another goes first. */
  g_ptr_array_sort (secrets, by_length);
}

/**
 * plancia_log_dup_masked:
 * @text: what might hold secrets
 *
 * Returns: (transfer full): @text with dots for each of them
 */
char *
plancia_log_dup_masked (const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return mask (text);
}

/* --- lines ----------------------------------------------------------------------------------- */

static char *
dup_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *cut = NULL;

  g_strchomp (valid);
  if (g_utf8_strlen (valid, -1) <= MAX_TEXT)
    return g_steal_pointer (&valid);
  cut = g_utf8_substring (valid, 0, MAX_TEXT);
  return g_strconcat (cut, "\u2026", NULL);
}

static gboolean
is_again (const PlanciaLogLine *line, const PlanciaLogLine *last)
{
  return last != NULL && last->level == line->level && g_str_equal (last->domain, line->domain) &&
         g_str_equal (last->text, line->text);
}

/* With the mutex held. */
static void
append (PlanciaLogLine *line)
{
  PlanciaLogLine *last = g_queue_peek_tail (&lines);

  n_changes++;
  if (is_again (line, last)) {
    line->times = last->times + 1;
    line->number = last->number;
    plancia_log_line_unref (g_queue_pop_tail (&lines));
  } else {
    line->number = ++last_number;
  }
  g_queue_push_tail (&lines, line);
  while (g_queue_get_length (&lines) > PLANCIA_LOG_LIMIT) {
    plancia_log_line_unref (g_queue_pop_head (&lines));
    n_dropped++;
  }
}

/**
 * plancia_log_add:
 * @level: how bad it is
 * @domain: (nullable): who says so
 * @text: what
 */
void
plancia_log_add (PlanciaLogLevel level, const char *domain, const char *text)
{
  g_autofree char *clean = dup_clean (text);
  /* The simulated time of the demo plant would put the lines out of order. */
  gint64 time = g_get_real_time () / 1000;

  g_mutex_lock (&mutex);
  append (line_new (level, domain != NULL ? domain : "?", mask (clean), time));
  g_mutex_unlock (&mutex);
}

/**
 * plancia_log_say:
 * @level: how bad it is
 * @domain: a part of the program, such as "plancia-link"
 * @format: what, in the user's language
 *
 * For the log alone: nothing goes to standard error.
 */
void
plancia_log_say (PlanciaLogLevel level, const char *domain, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  plancia_log_add (level, domain, text);
}

/**
 * plancia_log_line_dup_text:
 *
 * Returns: (transfer full): time, level, domain and text, in English, for files and mails
 */
char *
plancia_log_line_dup_text (const PlanciaLogLine *self)
{
  static const char *const levels[] = {"detail", "note", "warning", "error"};
  g_autofree char         *time = plancia_text_utc_time (self->time);
  g_autofree char *times = self->times > 1 ? g_strdup_printf (" (%u times)", self->times) : NULL;

  return g_strdup_printf ("%s %s %s: %s%s",
                          time,
                          levels[self->level],
                          self->domain,
                          self->text,
                          times != NULL ? times : "");
}

guint64
plancia_log_get_change (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return n_changes;
}

guint64
plancia_log_get_dropped (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  return n_dropped;
}

GPtrArray *
plancia_log_list (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_log_line_unref);

  for (GList *l = lines.head; l != NULL; l = l->next)
    g_ptr_array_add (list, plancia_log_line_ref (l->data));
  return list;
}

/** plancia_log_clear: the secrets stay. */
void
plancia_log_clear (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_queue_clear_full (&lines, (GDestroyNotify) plancia_log_line_unref);
  n_changes++;
}

/* --- GLib's log ------------------------------------------------------------------------------ */

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;
  return NULL;
}

static PlanciaLogLevel
level_of (GLogLevelFlags flags)
{
  if (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return PLANCIA_LOG_ERROR;
  if (flags & G_LOG_LEVEL_WARNING)
    return PLANCIA_LOG_WARNING;
  return flags & G_LOG_LEVEL_MESSAGE ? PLANCIA_LOG_NOTE : PLANCIA_LOG_DETAIL;
}

/* Of libraries the details are for their makers; nobody's debugging is kept. */
static gboolean
is_to_keep (GLogLevelFlags flags, gboolean own)
{
  if (flags & G_LOG_LEVEL_DEBUG)
    return FALSE;
  return own || !(flags & G_LOG_LEVEL_INFO);
}

static GLogWriterOutput
write_log (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *text = find_field (fields, n_fields, "MESSAGE");
  gboolean    own = domain != NULL && g_str_has_prefix (domain, OWN);

  if (text != NULL && is_to_keep (flags, own))
    plancia_log_add (level_of (flags), domain, text);
  return g_log_writer_default (flags, fields, n_fields, user_data);
}

/** plancia_log_install: once in a process, before its first thread. */
void
plancia_log_install (void)
{
  g_log_set_writer_func (write_log, NULL, NULL);
}
