/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/register-editor.h"

G_BEGIN_DECLS

/* Holds the editor of one register over a page while it is open. Main thread. Signal "star" (PlanciaRegisterRow*, gboolean
 * starred): of the editor. */
#define PLANCIA_TYPE_REGISTER_POPOVER (plancia_register_popover_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterPopover,
                      plancia_register_popover,
                      PLANCIA,
                      REGISTER_POPOVER,
                      GObject)

/* over: the editor becomes its child. after: gets the focus when it is closed. Both outlive this object. */
PlanciaRegisterPopover *plancia_register_popover_new (GtkWidget *over, GtkWidget *after);
/* place: of the row, in the coordinates of over. */
void plancia_register_popover_open (PlanciaRegisterPopover *self,
                                    PlanciaSession         *session,
                                    PlanciaRegisterSource  *source,
                                    PlanciaRegisterRow     *row,
                                    const GdkRectangle     *place);
void plancia_register_popover_close (PlanciaRegisterPopover *self);

G_END_DECLS
