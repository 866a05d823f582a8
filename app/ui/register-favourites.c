/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-favourites.h"

#include "ui/settings.h"
#include <string.h>

#define KEY "register-favourites"

static char *
entry_of (PlanciaRegisterModel *model, PlanciaRegisterRow *row)
{
  return g_strdup_printf ("%s/%s",
                          plancia_map_get_id (plancia_register_model_get_map (model)),
                          plancia_register_row_get_field (row)->key);
}

/**
 * plancia_register_favourites_load:
 * @model: rows of a device
 *
 * Gives the rows the stars that the settings remember for the model's map. Entries of other maps and
 * of keys that the map no longer has are left alone.
 */
void
plancia_register_favourites_load (PlanciaRegisterModel *model)
{
  g_auto (GStrv) entries = g_settings_get_strv (plancia_settings_get (), KEY);
  const char *id = plancia_map_get_id (plancia_register_model_get_map (model));

  for (guint i = 0; entries[i] != NULL; i++) {
    const char         *slash = strrchr (entries[i], '/');
    PlanciaRegisterRow *row = NULL;

    if (slash != NULL && strncmp (entries[i], id, slash - entries[i]) == 0 &&
        strlen (id) == (gsize) (slash - entries[i]))
      row = plancia_register_model_find (model, slash + 1);
    if (row != NULL)
      plancia_register_row_set_starred (row, TRUE);
  }
}

/**
 * plancia_register_favourites_set:
 * @model: rows of a device
 * @row: one of them
 * @starred: the new mark
 *
 * Marks the row and writes the settings.
 */
void
plancia_register_favourites_set (PlanciaRegisterModel *model,
                                 PlanciaRegisterRow   *row,
                                 gboolean              starred)
{
  g_auto (GStrv) entries = g_settings_get_strv (plancia_settings_get (), KEY);
  g_autofree char *entry = entry_of (model, row);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (guint i = 0; entries[i] != NULL; i++)
    if (!g_str_equal (entries[i], entry))
      g_strv_builder_add (builder, entries[i]);
  if (starred)
    g_strv_builder_add (builder, entry);
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (plancia_settings_get (), KEY, (const char *const *) kept);
  plancia_register_row_set_starred (row, starred);
}

/**
 * plancia_register_favourites_count:
 *
 * Returns: how many rows of @model have a star.
 */
guint
plancia_register_favourites_count (PlanciaRegisterModel *model)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint count = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);

    if (plancia_register_row_get_starred (row))
      count++;
  }
  return count;
}
