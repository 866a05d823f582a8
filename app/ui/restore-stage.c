/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/restore-stage.h"

#include "ui/error-dialog.h"
#include "ui/register-source.h"

#include <glib/gi18n.h>

/* The first that cannot be staged says why; the others are. */
static guint
stage_edits (PlanciaRegisterModel *model, GPtrArray *edits, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit  *edit = g_ptr_array_index (edits, i);
    PlanciaRegisterRow *row = plancia_register_model_find (model, edit->field->key);

    if (row != NULL && plancia_register_model_stage_always (model,
                                                            row,
                                                            &edit->value,
                                                            *error == NULL ? error : NULL))
      n++;
  }
  return n;
}

/**
 * plancia_restore_stage:
 * @plan: what to stage
 * @device: of the plan
 * @widget: of the window that shows what went wrong
 *
 * What was staged before is discarded: the review shows the plan and nothing else.
 *
 * Returns: how many settings are staged
 */
guint
plancia_restore_stage (PlanciaRestorePlan *plan, PlanciaDevice *device, GtkWidget *widget)
{
  PlanciaRegisterModel *model =
    plancia_register_source_get_model (plancia_register_source_of (device));
  g_autoptr (GPtrArray) edits = plancia_restore_plan_create_edits (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *origin = NULL;
  GtkRoot         *root = gtk_widget_get_root (widget);
  guint            n;

  if (model == NULL)
    return 0;
  plancia_register_model_discard (model);
  n = stage_edits (model, edits, &error);
  origin = plancia_restore_plan_dup_origin (plan, zone);
  plancia_register_model_set_purpose (model, plancia_restore_plan_get_purpose (plan), origin);
  if (error != NULL && GTK_IS_WINDOW (root))
    plancia_error_dialog_show (GTK_WINDOW (root), _("Not every setting could be staged"), error);
  return n;
}
