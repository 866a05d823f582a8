/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/simulator.h"
#include "ui-fixture.h"

G_BEGIN_DECLS

/* An inverter that several simulated accounts know: A to D of the old cloud, New of the new one, Locked behind TLS. */

#define CLOUD_SIMULATED_THING "ZP1ES106K00003"
#define CLOUD_SIMULATED_NAMES 4

/* Several accounts at once, one for each fault that takes time. */
extern const char *const cloud_simulated_names[CLOUD_SIMULATED_NAMES];

/* The program's clock goes with it. speed: simulated seconds a second. */
PlanciaSimulator            *cloud_simulated_new (int speed);
void                         cloud_simulated_stop (PlanciaSimulator *simulator);
const PlanciaSimulatorCloud *cloud_simulated_find (PlanciaSimulator *simulator, const char *name);
void cloud_simulated_fault (PlanciaSimulator *simulator, const char *name, const char *fault);
/* The shipped profile, with another address and no second try. hurry: with the shortest limits. */
char *cloud_simulated_profile (gboolean system, const char *url, gboolean hurry);
/* A button that is there and can be pressed. */
void cloud_simulated_press (gpointer root, const char *label);
/* The one that is on the screen. */
GtkWindow *cloud_simulated_window (GType type, const char *button);

G_END_DECLS
