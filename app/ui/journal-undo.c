/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/journal-undo.h"

#include "map/raw-edit.h"
#include "model/open-plant-journal.h"
#include "ui/clock-block.h"
#include "ui/register-source.h"
#include "ui/review-dialog.h"
#include <glib/gi18n.h>

/* The same machine, written to by another plant or by the command line: by its serial number, or where it hangs. */
static gboolean
is_of (PlanciaDevice *device, const PlanciaJournalEntry *entry)
{
  PlanciaEntry    *own = plancia_device_get_entry (device);
  PlanciaAddress  *address = own != NULL ? plancia_entry_get_address (own) : NULL;
  g_autofree char *route = address != NULL ? plancia_address_to_string (address) : NULL;

  if (route != NULL && g_strcmp0 (route, entry->route) == 0)
    return TRUE;
  /* A cloud's thing has the same number. */
  return plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS &&
         g_strcmp0 (plancia_device_get_journal_name (device), entry->serial) == 0;
}

PlanciaDevice *
plancia_journal_find_device (PlanciaSession *session, const PlanciaJournalEntry *entry)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  g_autoptr (GPtrArray) devices = NULL;
  PlanciaDevice *found;

  if (plant == NULL)
    return NULL;
  found = plancia_device_tree_find (plancia_open_plant_get_tree (plant), entry->device_id);
  if (found != NULL)
    return found;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));
  for (guint i = 0; i < devices->len && found == NULL; i++)
    if (is_of (g_ptr_array_index (devices, i), entry))
      found = g_ptr_array_index (devices, i);
  return found;
}

static void
stage_old (PlanciaRegisterModel      *model,
           const PlanciaJournalEntry *entry,
           const PlanciaJournalItem  *item,
           const guint16             *old)
{
  PlanciaRegisterRow *row = plancia_register_model_find (model, item->key);
  const PlanciaField *field = row != NULL ? plancia_register_row_get_field (row) : NULL;
  g_auto (PlanciaValue) value = {0};

  /* Another map may have another register of that name. */
  if (field == NULL || field->address != item->address || field->count != item->count)
    return;
  /* An old time is of no use. */
  if (plancia_clock_block_contains (plancia_register_model_get_map (model), field))
    return;
  plancia_field_decode (field, old + (item->address - entry->address), &value);
  plancia_register_model_stage (model, row, &value, NULL);
}

/* Registers that are called by their address were of no map. */
static gboolean
is_raw (const PlanciaJournalEntry *entry)
{
  const PlanciaJournalItem *first = entry->items->len > 0 ? g_ptr_array_index (entry->items, 0)
                                                          : NULL;

  return first != NULL && g_str_has_prefix (first->key, PLANCIA_RAW_PREFIX);
}

static PlanciaRegisterModel *
raw_model (const PlanciaJournalEntry *entry)
{
  g_autoptr (PlanciaMap) map = plancia_raw_map_new (entry->address, entry->count, entry->function);

  return map != NULL ? plancia_register_model_new (map) : NULL;
}

/**
 * plancia_journal_undo:
 *
 * Main thread.
 */
GtkWidget *
plancia_journal_undo (PlanciaSession *session, const PlanciaJournalEntry *entry)
{
  PlanciaDevice *device = plancia_journal_find_device (session, entry);
  gboolean       raw = is_raw (entry);
  g_autoptr (PlanciaRegisterModel) model = NULL;
  g_autofree guint16 *old = g_new0 (guint16, entry->count);
  g_autofree char    *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->id);
  /* TRANSLATORS: a note of the journal; %s is the number of another row */
  g_autofree char *origin = g_strdup_printf (_ ("Undo of no. %s"), number);

  if (device == NULL || !plancia_journal_parse_words (entry->old, old, entry->count))
    return NULL;
  if (raw)
    model = raw_model (entry);
  else
    g_set_object (&model, plancia_register_source_get_model (plancia_register_source_of (device)));
  if (model == NULL)
    return NULL;
  for (guint i = 0; i < entry->items->len; i++)
    stage_old (model, entry, g_ptr_array_index (entry->items, i), old);
  if (plancia_register_model_get_n_staged (model) == 0)
    return NULL;
  plancia_register_model_set_purpose (model, "undo", origin);
  return raw ? plancia_review_dialog_new_raw (session, device, model)
             : plancia_review_dialog_new (session, device, model);
}
