/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A line of the HUB serves one connection: a new one cuts off whoever has it. The vendor's warning is shown before the
 * first connection of a run of the program, and each time before a line is taken back from another client. */

/* TRUE once somebody agreed in this run. */
gboolean plancia_hub_consent_is_given (void);
void     plancia_hub_consent_give (void);
/* Asks, whether it was given or not; if the answer is yes it is given and func is called. func (NULL: nothing) and
 * user_data as in g_signal_connect_data; destroy when the dialog is gone. simulated: it says so. */
GtkWidget *plancia_hub_consent_ask (GtkWindow     *parent,
                                    gboolean       simulated,
                                    GFunc          func,
                                    gpointer       user_data,
                                    GDestroyNotify destroy);
/* Connects what the device hangs on, asking first if the answer matters. */
void
plancia_hub_consent_connect (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device);
/* Asks whether a line that another client holds is to be taken back, and does it. */
GtkWidget *
plancia_hub_consent_take_back (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device);

G_END_DECLS
