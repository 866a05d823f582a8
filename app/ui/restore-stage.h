/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "model/restore-plan.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Stages what the plan would write among the registers of the device: the review and the write are the same as for
 * settings that a person staged. How many; an error is shown on the window of widget. Main thread. */
guint plancia_restore_stage (PlanciaRestorePlan *plan, PlanciaDevice *device, GtkWidget *widget);

G_END_DECLS
