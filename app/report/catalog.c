/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/catalog.h"

#include <gio/gio.h>
#include <string.h>

/* GNU gettext manual, "The Format of GNU MO Files": magic, revision, number of strings, where the tables of originals and of
 * translations begin; a table's line is a length and a place. The originals are sorted. */
#define MAGIC        0x950412de
#define HEADER_SIZE  20
#define CONTEXT_GLUE "\004"
#define LINE_SIZE    8
#define MAX_REVISION 1

struct _PlanciaCatalog
{
  GMappedFile *file;
  const char  *data;
  gsize        size;
  gboolean     swapped;
  guint32      n_strings;
  guint32      originals;
  guint32      translations;
};

static guint32
get_word (PlanciaCatalog *self, gsize at)
{
  guint32 word;

  memcpy (&word, self->data + at, sizeof word);
  return self->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

static gboolean
has_table (PlanciaCatalog *self, guint32 at)
{
  return (guint64) at + (guint64) self->n_strings * LINE_SIZE <= self->size;
}

/* NULL if it lies outside of the file or does not end. */
static const char *
get_text (PlanciaCatalog *self, guint32 table, guint32 index)
{
  gsize   line = table + (gsize) index * LINE_SIZE;
  guint64 length = get_word (self, line);
  guint64 place = get_word (self, line + 4);

  if (place + length >= self->size || self->data[place + length] != '\0')
    return NULL;
  return self->data + place;
}

static gboolean
read_header (PlanciaCatalog *self)
{
  if (self->size < HEADER_SIZE)
    return FALSE;
  self->swapped = get_word (self, 0) != MAGIC;
  if (get_word (self, 0) != MAGIC || get_word (self, 4) >> 16 > MAX_REVISION)
    return FALSE;
  self->n_strings = get_word (self, 8);
  self->originals = get_word (self, 12);
  self->translations = get_word (self, 16);
  return has_table (self, self->originals) && has_table (self, self->translations);
}

/**
 * plancia_catalog_load:
 * @path: a .mo file
 * @error: return location
 *
 * Returns: (transfer full): the catalogue, or NULL
 */
PlanciaCatalog *
plancia_catalog_load (const char *path, GError **error)
{
  g_autoptr (PlanciaCatalog) self = g_new0 (PlanciaCatalog, 1);

  self->file = g_mapped_file_new (path, FALSE, error);
  if (self->file == NULL)
    return NULL;
  self->data = g_mapped_file_get_contents (self->file);
  self->size = g_mapped_file_get_length (self->file);
  if (read_header (self))
    return g_steal_pointer (&self);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not a catalogue", path);
  return NULL;
}

/**
 * plancia_catalog_find:
 * @self: a catalogue
 * @context: (nullable): of the text
 * @text: in English
 *
 * Returns: (transfer none) (nullable): its translation
 */
const char *
plancia_catalog_find (PlanciaCatalog *self, const char *context, const char *text)
{
  g_autofree char *joined = context != NULL ? g_strconcat (context, CONTEXT_GLUE, text, NULL)
                                            : g_strdup (text);
  guint32          low = 0, high = self->n_strings;

  while (low < high) {
    guint32     middle = low + (high - low) / 2;
    const char *there = get_text (self, self->originals, middle);
    int         order = there != NULL ? strcmp (joined, there) : 0;

    if (there == NULL)
      return NULL;
    if (order == 0)
      return get_text (self, self->translations, middle);
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

void
plancia_catalog_free (PlanciaCatalog *self)
{
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}
