/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-filter.h"

#include <string.h>

/* Digits of a decimal address that are enough to look for it. */
#define MIN_DECIMAL 3

struct _PlanciaRegisterFilter
{
  GtkFilter parent_instance;

  char   **words; /* casefolded; NULL: no search */
  char    *group;
  gboolean favourites;
  gint64   since;
  gboolean writable;
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterFilter, plancia_register_filter, GTK_TYPE_FILTER)

static gboolean
contains (const char *text, const char *word)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, word) != NULL;
}

/* Both "1110" and "0x1110" are written for an address, and "4368" as well: a decimal number from its beginning on, as soon
 * as it cannot be many. */
static gboolean
matches_address (guint16 address, const char *word)
{
  char hex[8], decimal[8];

  g_snprintf (hex, sizeof hex, "0x%04x", (guint) address);
  g_snprintf (decimal, sizeof decimal, "%u", (guint) address);
  return strstr (hex, word) != NULL ||
         (strlen (word) >= MIN_DECIMAL && g_str_has_prefix (decimal, word));
}

static gboolean
matches_word (PlanciaRegisterRow *row, const char *word)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  return contains (plancia_register_row_get_name (row), word) || contains (field->key, word) ||
         matches_address (field->address, word) ||
         contains (plancia_register_row_get_text (row), word) ||
         contains (plancia_register_row_get_staged_text (row), word);
}

static gboolean
matches_search (PlanciaRegisterFilter *self, PlanciaRegisterRow *row)
{
  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (!matches_word (row, self->words[i]))
      return FALSE;
  return TRUE;
}

/* What waits to be written is a change too. */
static gboolean
matches_changed (PlanciaRegisterFilter *self, PlanciaRegisterRow *row)
{
  return plancia_register_row_get_changed (row) > self->since ||
         plancia_register_row_is_staged (row);
}

static gboolean
plancia_register_filter_match (GtkFilter *filter, gpointer item)
{
  PlanciaRegisterFilter *self = PLANCIA_REGISTER_FILTER (filter);
  PlanciaRegisterRow    *row = item;
  const PlanciaField    *field = plancia_register_row_get_field (row);

  if (self->group != NULL && g_strcmp0 (field->group, self->group) != 0)
    return FALSE;
  if (self->favourites && !plancia_register_row_get_starred (row))
    return FALSE;
  if (self->writable && !plancia_register_row_is_writable (row))
    return FALSE;
  if (self->since != 0 && !matches_changed (self, row))
    return FALSE;
  return matches_search (self, row);
}

static GtkFilterMatch
plancia_register_filter_get_strictness (GtkFilter *filter)
{
  PlanciaRegisterFilter *self = PLANCIA_REGISTER_FILTER (filter);

  if (self->group == NULL && !self->favourites && !plancia_register_filter_is_narrowed (self))
    return GTK_FILTER_MATCH_ALL;
  return GTK_FILTER_MATCH_SOME;
}

static void
changed (PlanciaRegisterFilter *self)
{
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Without the empty strings that several blanks leave. */
static char **
split_words (const char *search)
{
  g_autofree char *folded = search != NULL ? g_utf8_casefold (search, -1) : NULL;
  g_auto (GStrv) parts = folded != NULL ? g_strsplit_set (folded, " \t", -1) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **words;

  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  words = g_strv_builder_end (builder);
  if (words[0] == NULL)
    g_clear_pointer (&words, g_strfreev);
  return words;
}

static void
plancia_register_filter_finalize (GObject *object)
{
  PlanciaRegisterFilter *self = PLANCIA_REGISTER_FILTER (object);

  g_strfreev (self->words);
  g_free (self->group);

  G_OBJECT_CLASS (plancia_register_filter_parent_class)->finalize (object);
}

static void
plancia_register_filter_class_init (PlanciaRegisterFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_register_filter_finalize;
  filter_class->match = plancia_register_filter_match;
  filter_class->get_strictness = plancia_register_filter_get_strictness;
}

static void
plancia_register_filter_init (PlanciaRegisterFilter *self)
{
}

/**
 * plancia_register_filter_new:
 *
 * Returns: (transfer full): a filter that lets every row through. Main thread, as all of this file.
 */
PlanciaRegisterFilter *
plancia_register_filter_new (void)
{
  return g_object_new (PLANCIA_TYPE_REGISTER_FILTER, NULL);
}

/**
 * plancia_register_filter_set_search:
 * @search: (nullable): what a person typed; all its words must be found, in any order and case
 */
void
plancia_register_filter_set_search (PlanciaRegisterFilter *self, const char *search)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  g_strfreev (self->words);
  self->words = split_words (search);
  changed (self);
}

/**
 * plancia_register_filter_set_group:
 * @group: (nullable): key of a group of the map; %NULL for all
 */
void
plancia_register_filter_set_group (PlanciaRegisterFilter *self, const char *group)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  if (g_strcmp0 (self->group, group) == 0)
    return;
  g_free (self->group);
  self->group = g_strdup (group);
  changed (self);
}

/**
 * plancia_register_filter_set_favourites:
 * @favourites: whether only rows with a star are shown
 */
void
plancia_register_filter_set_favourites (PlanciaRegisterFilter *self, gboolean favourites)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  if (self->favourites == !!favourites)
    return;
  self->favourites = !!favourites;
  changed (self);
}

/**
 * plancia_register_filter_set_changed:
 * @since: ms UTC: rows whose value moved later are shown, and staged ones; 0 for all
 */
void
plancia_register_filter_set_changed (PlanciaRegisterFilter *self, gint64 since)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  if (self->since == since)
    return;
  self->since = since;
  changed (self);
}

/**
 * plancia_register_filter_set_writable:
 * @writable: whether only rows that a person may write are shown
 */
void
plancia_register_filter_set_writable (PlanciaRegisterFilter *self, gboolean writable)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  if (self->writable == !!writable)
    return;
  self->writable = !!writable;
  changed (self);
}

/**
 * plancia_register_filter_is_narrowed:
 *
 * Returns: whether a search, "changed" or "writable" is on.
 */
gboolean
plancia_register_filter_is_narrowed (PlanciaRegisterFilter *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_FILTER (self), FALSE);

  return self->words != NULL || self->since != 0 || self->writable;
}

/**
 * plancia_register_filter_refresh:
 *
 * To be called after readings, stars or staged values moved. Costs nothing while neither a search,
 * nor "changed", nor the favourites are on.
 */
void
plancia_register_filter_refresh (PlanciaRegisterFilter *self)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_FILTER (self));

  if (self->words != NULL || self->since != 0 || self->favourites)
    changed (self);
}
