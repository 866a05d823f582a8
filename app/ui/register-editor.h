/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/register-source.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The popover of one register: name, facts, and in installer mode the control for a new value with "Stage". Staging
 * is not writing. In view only it says how to switch. Main thread.
 * Signal "star" (PlanciaRegisterRow*, gboolean starred): a person clicked the star. */
#define PLANCIA_TYPE_REGISTER_EDITOR (plancia_register_editor_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterEditor,
                      plancia_register_editor,
                      PLANCIA,
                      REGISTER_EDITOR,
                      GtkPopover)

/* (transfer floating) */
PlanciaRegisterEditor *plancia_register_editor_new (PlanciaSession        *session,
                                                    PlanciaRegisterSource *source,
                                                    PlanciaRegisterRow    *row);

G_END_DECLS
