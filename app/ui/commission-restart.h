/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A button that asks whether the commissioning is to begin anew; done (object) is called when it is. (transfer floating) */
GtkWidget *plancia_commission_restart_new (GCallback done, gpointer object);

G_END_DECLS
