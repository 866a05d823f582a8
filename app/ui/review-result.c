/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-result.h"

#include "model/open-plant-journal.h"
#include <glib/gi18n.h>

guint
plancia_review_result_count (GPtrArray *rows, PlanciaVerdict verdict)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += plancia_review_row_get_verdict (g_ptr_array_index (rows, i)) == verdict;
  return n;
}

char *
plancia_review_result_summary (GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *sentence = plancia_review_row_create_sentence (g_ptr_array_index (rows, i));

    if (sentence != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
  }
  if (text->len == 0 && plancia_review_result_count (rows, PLANCIA_VERDICT_VERIFIED) == rows->len)
    g_string_append (text, _ ("Every setting was read back as it was sent."));
  if (text->len == 0 && plancia_review_result_count (rows, PLANCIA_VERDICT_SKIPPED) == rows->len)
    g_string_append (text, _ ("Nothing was sent to the device."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_counted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) rows = user_data;
  g_autoptr (GArray) counts = plancia_journal_count_finish (PLANCIA_JOURNAL (object), result, NULL);

  for (guint i = 0; counts != NULL && i < rows->len; i++)
    plancia_review_row_set_counts (g_ptr_array_index (rows, i), counts);
}

void
plancia_review_result_count_writes (GPtrArray *rows, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  GPtrArray *held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (held, g_object_ref (g_ptr_array_index (rows, i)));
  plancia_journal_count_async (plancia_open_plant_get_journal (plant),
                               plancia_device_get_journal_name (device),
                               NULL,
                               on_counted,
                               held);
}
