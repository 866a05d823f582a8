/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: one window, which opens what was open at the last end, the demo plant (--demo) or a plant file. */
#define PLANCIA_TYPE_APPLICATION (plancia_application_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaApplication, plancia_application, PLANCIA, APPLICATION, AdwApplication)

PlanciaApplication *plancia_application_new (void);

G_END_DECLS
