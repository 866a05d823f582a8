/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"

G_BEGIN_DECLS

struct _PlanciaVisit
{
  GObject parent_instance;

  PlanciaRules          *rules;
  char                  *device;
  gint64                 began;
  gboolean               simulated;
  GHashTable            *texts;
  PlanciaVisitStep      *steps;
  guint                  n_steps;
  PlanciaDirectionResult direction;
};

void plancia_visit_run_free (gpointer data);

G_END_DECLS
