/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PLANCIA_ENERGY_BAR_PARTS 3

/* What one bar shows; energies in kWh, NAN for what is not known. Plain data. */
typedef struct
{
  char     label[24];                    /* under it: "12", "Jun" */
  char    *words;                        /* as it is read out: "Friday 12 June 2026" */
  double   up[PLANCIA_ENERGY_BAR_PARTS]; /* stacked: used directly, to the battery, exported */
  double   down;                         /* imported */
  double   other;                        /* of the other stretch, all that goes up */
  double   known;                        /* 0..1; 0: hatched */
  gboolean ahead;                        /* it has not begun yet: neither known nor missing */
} PlanciaEnergyBar;

void plancia_energy_bar_clear (PlanciaEnergyBar *self);

/* Bars of energies side by side. The pointer or the arrow keys choose one, a click or Return opens it.
 *
 * Signals: "chosen" (): another bar, or none; "opened" (guint index). Main thread. */
#define PLANCIA_TYPE_ENERGY_BARS (plancia_energy_bars_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEnergyBars, plancia_energy_bars, PLANCIA, ENERGY_BARS, GtkWidget)

GtkWidget *plancia_energy_bars_new (void);
/* bars: GArray of PlanciaEnergyBar with its clear function; or NULL. mark: index of the present bar, or -1. */
void plancia_energy_bars_set (PlanciaEnergyBars *self, GArray *bars, int mark);
/* -1: none. */
int  plancia_energy_bars_get_chosen (PlanciaEnergyBars *self);
void plancia_energy_bars_choose (PlanciaEnergyBars *self, int index);
/* What screen readers call it. */
void plancia_energy_bars_set_title (PlanciaEnergyBars *self, const char *title);

G_END_DECLS
