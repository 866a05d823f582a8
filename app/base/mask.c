/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mask.h"

#include "base/log.h"

#include <gio/gio.h>
#include <string.h>

#define MIN_WORD 4

struct _PlanciaMask
{
  GHashTable *words;    /* lower case to what stands instead */
  GHashTable *counters; /* kind to how many there are */
};

typedef gboolean (*IsToMask) (const char *found);

/* --- what stands instead --------------------------------------------------------------------- */

static guint
count (PlanciaMask *self, const char *kind)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counters, kind)) + 1;

  g_hash_table_replace (self->counters, g_strdup (kind), GUINT_TO_POINTER (number));
  return number;
}

/* The first three characters of a serial number tell the series, which is worth knowing. */
static char *
dup_word (PlanciaMask *self, const char *kind, const char *found)
{
  guint number = count (self, kind);

  if (g_str_equal (kind, "serial") && g_ascii_isalpha (found[0]))
    return g_strdup_printf ("%.3s-%s-%u", found, kind, number);
  return g_strdup_printf ("%s-%u", kind, number);
}

static const char *
get_word (PlanciaMask *self, const char *kind, const char *found)
{
  g_autofree char *key = g_utf8_strdown (found, -1);
  char            *word = g_hash_table_lookup (self->words, key);

  if (word == NULL) {
    word = dup_word (self, kind, found);
    g_hash_table_insert (self->words, g_steal_pointer (&key), word);
  }
  return word;
}

static void
add_word (PlanciaMask *self, const char *kind, const char *found)
{
  if (found != NULL && g_utf8_strlen (found, -1) >= MIN_WORD)
    get_word (self, kind, found);
}

/* --- what is masked -------------------------------------------------------------------------- */

static gboolean
is_private_name (const char *host)
{
  return strchr (host, '.') == NULL || g_str_has_suffix (host, ".local") ||
         g_str_has_suffix (host, ".lan") || g_str_has_suffix (host, ".home.arpa");
}

/* fc00::/7: what an IPv6 network calls its own. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

static gboolean
is_public_address (const char *found)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (found);

  return address != NULL && !g_inet_address_get_is_loopback (address) &&
         !g_inet_address_get_is_site_local (address) &&
         !g_inet_address_get_is_link_local (address) && !g_inet_address_get_is_any (address) &&
         !is_unique_local (address);
}

static gboolean
is_public_host (const char *found)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (found);

  return address != NULL ? is_public_address (found) : !is_private_name (found);
}

/* A word in capitals is no serial number. */
static gboolean
has_digits (const char *found)
{
  guint n = 0;

  for (; *found; found++)
    n += g_ascii_isdigit (*found);
  return n >= 4;
}

static gboolean
is_any (const char *found)
{
  return TRUE;
}

/* In this order: what is part of another goes later. */
static const struct
{
  const char *kind;
  const char *pattern;
  IsToMask    is_to_mask;
} rules[] = {
  {"host",    "://(?:[^/@\\s]+@)?\\K[^/\\s:?#\\[\\]@]+",               is_public_host   },
  {"person",  "(?<=://)[^/@\\s]+(?=@)",                                is_any           },
  {"email",   "[\\w.+-]+@(?:[\\w-]+\\.)+[A-Za-z]{2,}",                 is_any           },
  {"address", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b",                      is_public_address},
  {"mac",     "\\b(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}\\b",         is_any           },
  {"address", "(?<![\\w:])[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*", is_public_address},
  {"serial",  "\\bZ[A-Z0-9]{10,19}\\b",                                has_digits       },
  {"serial",  "(?<![\\d.])\\d{10}(?![\\d.])",                          is_any           },
};

/* --- replacing ------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaMask *mask;
  const char  *kind; /* NULL: a word that is known */
  IsToMask     is_to_mask;
} Replacing;

static gboolean
replace_cb (const GMatchInfo *match, GString *result, gpointer user_data)
{
  Replacing       *replacing = user_data;
  g_autofree char *found = g_match_info_fetch (match, 0);

  if (replacing->kind == NULL)
    g_string_append (result, get_word (replacing->mask, "word", found));
  else if (replacing->is_to_mask (found))
    g_string_append (result, get_word (replacing->mask, replacing->kind, found));
  else
    g_string_append (result, found);
  return FALSE;
}

static char *
replace (const char *text, const char *pattern, Replacing *replacing)
{
  g_autoptr (GRegex)
    regex = g_regex_new (pattern, replacing->kind == NULL ? G_REGEX_CASELESS : 0, 0, NULL);
  char *replaced = NULL;

  if (regex != NULL)
    replaced = g_regex_replace_eval (regex, text, -1, 0, 0, replace_cb, replacing, NULL);
  return replaced != NULL ? replaced : g_strdup (text);
}

static int
longer_first (gconstpointer a, gconstpointer b)
{
  gsize length_a = strlen (*(const char *const *) a);
  gsize length_b = strlen (*(const char *const *) b);

  return length_a > length_b ? -1 : length_a < length_b;
}

/* What is known, as one pattern; NULL if nothing is. */
static char *
dup_known (PlanciaMask *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GString       *pattern = g_string_new ("(?<!\\w)(?:");
  GHashTableIter iter;
  gpointer       word;

  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_ptr_array_add (words, word);
  g_ptr_array_sort (words, longer_first);
  for (guint i = 0; i < words->len; i++) {
    g_autofree char *escaped = g_regex_escape_string (g_ptr_array_index (words, i), -1);

    g_string_append_printf (pattern, "%s%s", i > 0 ? "|" : "", escaped);
  }
  g_string_append (pattern, ")(?!\\w)");
  return g_string_free (pattern, words->len == 0);
}

static char *
replace_home (const char *text)
{
  const char *home = g_get_home_dir ();
  GString    *result = g_string_new (text);

  if (strlen (home) > 1)
    g_string_replace (result, home, "~", 0);
  return g_string_free (result, FALSE);
}

static void
step (char **text, char *next)
{
  g_free (*text);
  *text = next;
}

/**
 * plancia_mask_apply:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text for the eyes of strangers
 */
char *
plancia_mask_apply (PlanciaMask *self, const char *text)
{
  char            *masked = plancia_log_dup_masked (text);
  Replacing        known = {self, NULL, NULL};
  g_autofree char *pattern = dup_known (self);

  step (&masked, replace_home (masked));
  if (pattern != NULL)
    step (&masked, replace (masked, pattern, &known));
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    Replacing replacing = {self, rules[i].kind, rules[i].is_to_mask};

    step (&masked, replace (masked, rules[i].pattern, &replacing));
  }
  return masked;
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * plancia_mask_new:
 *
 * Returns: (transfer full): a mask that knows patterns only
 */
PlanciaMask *
plancia_mask_new (void)
{
  PlanciaMask *self = g_new0 (PlanciaMask, 1);

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
plancia_mask_free (PlanciaMask *self)
{
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->counters);
  g_free (self);
}

void
plancia_mask_add_serial (PlanciaMask *self, const char *serial)
{
  add_word (self, "serial", serial);
}

/** plancia_mask_add_host: one of the private network stays as it is. */
void
plancia_mask_add_host (PlanciaMask *self, const char *host)
{
  if (host != NULL && is_public_host (host))
    add_word (self, "host", host);
}

void
plancia_mask_add_name (PlanciaMask *self, const char *name, const char *instead)
{
  if (name != NULL && g_utf8_strlen (name, -1) >= MIN_WORD)
    g_hash_table_insert (self->words, g_utf8_strdown (name, -1), g_strdup (instead));
}
