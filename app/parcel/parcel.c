/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "base/file-read.h"
#include <string.h>

PlanciaParcelTrouble *
plancia_parcel_trouble_new (PlanciaParcelReason reason,
                            PlanciaParcelKind   kind,
                            const char         *name,
                            const char         *words)
{
  PlanciaParcelTrouble *self = g_new0 (PlanciaParcelTrouble, 1);

  self->reason = reason;
  self->kind = kind;
  self->name = g_strdup (name);
  self->words = g_strdup (words);
  return self;
}

void
plancia_parcel_trouble_free (PlanciaParcelTrouble *self)
{
  g_free (self->name);
  g_free (self->words);
  g_free (self);
}

void
plancia_parcel_item_free (PlanciaParcelItem *self)
{
  g_free (self->name);
  g_free (self->rest);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->device);
  g_free (self->source);
  g_free (self);
}

PlanciaParcelResult *
plancia_parcel_result_new (void)
{
  PlanciaParcelResult *self = g_new0 (PlanciaParcelResult, 1);

  self->troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_trouble_free);
  return self;
}

void
plancia_parcel_result_free (PlanciaParcelResult *self)
{
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

gboolean
plancia_parcel_is_one (const char *path)
{
  return g_str_has_suffix (path, PLANCIA_PARCEL_ENDING) || g_str_has_suffix (path, ".zip");
}

/* --- names of the history -------------------------------------------------------------------- */

/* An id of a device is free text: no part of a name may climb. */
static char *
escape (const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
  g_auto (GStrv) parts = g_strsplit (escaped, ".", -1);

  return g_strjoinv ("%2E", parts);
}

char *
plancia_parcel_history_name (const char *device, const char *source, PlanciaSpan month)
{
  g_autofree char *folder = escape (device);
  g_autofree char *from = escape (source);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (month.start / PLANCIA_SECOND);
  g_autofree char  *name = g_strdup_printf ("%s/%s/%s/%04d-%02d%s",
                                           plancia_parcel_kinds[PLANCIA_PARCEL_HISTORY].folder,
                                           folder,
                                           from,
                                           g_date_time_get_year (date),
                                           g_date_time_get_month (date),
                                           plancia_parcel_kinds[PLANCIA_PARCEL_HISTORY].ending);
  PlanciaParcelKind kind;
  const char       *rest;

  return plancia_parcel_kind_of (name, &kind, &rest) ? g_steal_pointer (&name) : NULL;
}

static gboolean
parse_month (const char *text, PlanciaSpan *month)
{
  guint64          year, number;
  g_autofree char *first = g_strndup (text, 4);
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;

  if (strlen (text) != strlen ("2026-06.days") || text[4] != '-' ||
      !g_ascii_string_to_unsigned (first, 10, 1900, 9998, &year, NULL))
    return FALSE;
  number = (guint64) (g_ascii_digit_value (text[5]) * 10 + g_ascii_digit_value (text[6]));
  if (!g_ascii_isdigit (text[5]) || !g_ascii_isdigit (text[6]) || number < 1 || number > 12)
    return FALSE;
  begin = g_date_time_new_utc ((int) year, (int) number, 1, 0, 0, 0);
  end = g_date_time_add_months (begin, 1);
  month->start = g_date_time_to_unix (begin) * PLANCIA_SECOND;
  month->end = g_date_time_to_unix (end) * PLANCIA_SECOND;
  return TRUE;
}

gboolean
plancia_parcel_history_parse (const char *rest, PlanciaParcelItem *item)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", -1);

  if (g_strv_length (parts) != 3 || !parse_month (parts[2], &item->month))
    return FALSE;
  item->device = g_uri_unescape_string (parts[0], NULL);
  item->source = g_uri_unescape_string (parts[1], NULL);
  return item->device != NULL && item->device[0] != '\0' && item->source != NULL &&
         item->source[0] != '\0' && g_utf8_validate (item->device, -1, NULL) &&
         g_utf8_validate (item->source, -1, NULL);
}

/* --- folders --------------------------------------------------------------------------------- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
plancia_parcel_read_folder (PlanciaParcelKind kind, const char *folder, GPtrArray *troubles)
{
  const PlanciaParcelKindInfo *info = &plancia_parcel_kinds[kind];
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_item_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (info->ending == NULL || g_str_has_suffix (name, info->ending))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char      *file = g_ptr_array_index (names, i);
    g_autofree char *path = g_build_filename (folder, file, NULL);
    g_autofree char *whole = g_strconcat (info->folder, "/", file, NULL);
    g_autoptr (GError) error = NULL;
    PlanciaParcelItem *item = g_new0 (PlanciaParcelItem, 1);
    PlanciaParcelKind  found;
    const char        *rest;

    item->name = g_steal_pointer (&whole);
    item->rest = g_strdup (file);
    if (plancia_parcel_kind_of (item->name, &found, &rest))
      item->bytes = plancia_file_read (path, info->limit, &error);
    if (item->bytes != NULL && g_bytes_get_size (item->bytes) > info->limit) {
      g_clear_pointer (&item->bytes, g_bytes_unref);
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: too long", path);
    }
    if (item->bytes != NULL) {
      g_ptr_array_add (list, item);
      continue;
    }
    if (troubles != NULL)
      g_ptr_array_add (
        troubles,
        plancia_parcel_trouble_new (PLANCIA_PARCEL_INVALID,
                                    kind,
                                    item->name,
                                    error != NULL ? error->message : "no such name"));
    plancia_parcel_item_free (item);
  }
  return list;
}

/* --- what is in it --------------------------------------------------------------------------- */

PlanciaParcel *
plancia_parcel_ref (PlanciaParcel *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
plancia_parcel_unref (PlanciaParcel *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < PLANCIA_PARCEL_N_KINDS; i++)
    g_ptr_array_unref (self->items[i]);
  g_ptr_array_unref (self->troubles);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self->id);
  g_free (self->name);
  g_free (self->program);
  g_free (self);
}

const char *
plancia_parcel_get_path (PlanciaParcel *self)
{
  return self->path;
}

const char *
plancia_parcel_get_plant_id (PlanciaParcel *self)
{
  return self->id;
}

const char *
plancia_parcel_get_plant_name (PlanciaParcel *self)
{
  return self->name;
}

const char *
plancia_parcel_get_program (PlanciaParcel *self)
{
  return self->program;
}

gint64
plancia_parcel_get_created (PlanciaParcel *self)
{
  return self->created;
}

gboolean
plancia_parcel_has_plant (PlanciaParcel *self)
{
  return self->items[PLANCIA_PARCEL_PLANT]->len > 0;
}

const PlanciaParcelCounts *
plancia_parcel_get_counts (PlanciaParcel *self)
{
  return &self->counts;
}

GPtrArray *
plancia_parcel_get_troubles (PlanciaParcel *self)
{
  return self->troubles;
}
