/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/write-risk.h"

#include <glib/gi18n.h>

/* In the order in which they are asked. */
static const PlanciaDanger dangers[] = {PLANCIA_DANGER_BATTERY,
                                        PLANCIA_DANGER_STOPS_PRODUCTION,
                                        PLANCIA_DANGER_BREAKS_LINK};

static gboolean
runs_danger (GPtrArray *steps, PlanciaDanger danger)
{
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    if (step->block != NULL && step->block->danger == danger)
      return TRUE;
    for (guint j = 0; j < step->edits->len; j++)
      if (((const PlanciaEdit *) g_ptr_array_index (step->edits, j))->field->danger == danger)
        return TRUE;
  }
  return FALSE;
}

static gboolean
is_raw (GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    for (guint j = 0; j < step->edits->len; j++)
      if (plancia_edit_is_raw (g_ptr_array_index (step->edits, j)))
        return TRUE;
  }
  return FALSE;
}

static const char *
danger_sentence (PlanciaDanger danger)
{
  switch (danger) {
  case PLANCIA_DANGER_BATTERY:
    return _ ("A wrong value here can damage the battery or make it unsafe.");
  case PLANCIA_DANGER_STOPS_PRODUCTION:
    return _ ("This can stop production: the device may not feed in until it is switched on again.");
  case PLANCIA_DANGER_BREAKS_LINK:
    return _ ("This can cut this connection: the device may no longer answer here afterwards.");
  case PLANCIA_DANGER_NONE:
  case PLANCIA_DANGER_CAUTION:
  case PLANCIA_DANGER_GRID_CODE:
  default:
    return "";
  }
}

GPtrArray *
plancia_write_risks (GPtrArray *steps)
{
  GPtrArray *sentences = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (dangers); i++)
    if (runs_danger (steps, dangers[i]))
      g_ptr_array_add (sentences, (gpointer) danger_sentence (dangers[i]));
  if (is_raw (steps))
    g_ptr_array_add (
      sentences,
      (gpointer) _ ("No map says what these registers do or which values they take: a wrong value can stop the device, damage the battery or cut the connection."));
  return sentences;
}
