/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/restore-plan.h"

#include <glib/gi18n.h>

static const char *
keep_words (PlanciaFieldKeep keep)
{
  switch (keep) {
  case PLANCIA_KEEP_SERIAL:
    return _("left out: serial number");
  case PLANCIA_KEEP_ADDRESS:
    return _("left out: address or connection");
  case PLANCIA_KEEP_CALIBRATION:
    return _("left out: calibration");
  case PLANCIA_KEEP_GRID_CODE:
    return _("left out: grid code");
  case PLANCIA_KEEP_CLOCK:
    return _("left out: clock");
  case PLANCIA_KEEP_SWITCH:
    return _("left out: on and off");
  case PLANCIA_KEEP_COMMAND:
    return _("left out: belongs to a request");
  case PLANCIA_KEEP_NONE:
  default:
    return "";
  }
}

/**
 * plancia_restore_item_dup_words:
 * @item: of a plan
 *
 * Returns: (transfer full): what happens to it, in few words
 */
char *
plancia_restore_item_dup_words (const PlanciaRestoreItem *item)
{
  switch (item->action) {
  case PLANCIA_RESTORE_WRITE:
    return g_strdup (_("will be written"));
  case PLANCIA_RESTORE_EQUAL:
    return g_strdup (_("has this value already"));
  case PLANCIA_RESTORE_KEPT:
    return g_strdup (keep_words (item->keep));
  case PLANCIA_RESTORE_NOT_THERE:
    return g_strdup (_("not in the snapshot"));
  case PLANCIA_RESTORE_UNREADABLE:
    return g_strdup (_("cannot be read now"));
  case PLANCIA_RESTORE_OTHER_SORT:
    return g_strdup (_("means something else here"));
  case PLANCIA_RESTORE_REFUSED:
  default:
    return g_strdup_printf (_("not possible: %s"), item->message);
  }
}

/** plancia_restore_plan_dup_warnings: (transfer full): the gravest first; empty if the device is the same as it was */
GStrv
plancia_restore_plan_dup_warnings (PlanciaRestorePlan *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  PlanciaRestoreDifference found = plancia_restore_plan_get_differences (self);

  if (found & PLANCIA_RESTORE_OTHER_MAP)
    g_strv_builder_add (lines, _("The snapshot is of another family of devices."));
  if (found & PLANCIA_RESTORE_OTHER_MODEL)
    g_strv_builder_add (lines, _("The snapshot is of a model with another rated power."));
  if (found & PLANCIA_RESTORE_OTHER_DEVICE)
    g_strv_builder_add (lines, _("The snapshot is of another device: this copies its settings."));
  if (found & PLANCIA_RESTORE_NO_IDENTITY)
    g_strv_builder_add (
      lines,
      _("Whether it is the same device cannot be told: a serial number is missing."));
  if (found & PLANCIA_RESTORE_OTHER_FIRMWARE)
    g_strv_builder_add (lines, _("The firmware is another one than in the snapshot."));
  return g_strv_builder_end (lines);
}
