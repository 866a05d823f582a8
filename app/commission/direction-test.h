/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* The guided test of sensors at work: asks the device again and again, first at rest, then until a load comes on, then with it.
 * Gives what it finds to the visit. Writes nothing. Main thread. Signal "changed" (): a reading came, or it is one stage on. */
#define PLANCIA_TYPE_DIRECTION_TEST (plancia_direction_test_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDirectionTest,
                      plancia_direction_test,
                      PLANCIA,
                      DIRECTION_TEST,
                      GObject)

typedef enum {
  PLANCIA_DIRECTION_IDLE,    /* not begun, or stopped */
  PLANCIA_DIRECTION_REST,    /* how it is without the load */
  PLANCIA_DIRECTION_WAITING, /* for the load */
  PLANCIA_DIRECTION_LOADED,  /* how it is with it */
  PLANCIA_DIRECTION_DONE,    /* this phase is judged */
} PlanciaDirectionStage;

/* Between two questions, ms. */
#define PLANCIA_DIRECTION_PACE 2000

PlanciaDirectionTest *
plancia_direction_test_new (PlanciaOpenPlant *plant, PlanciaDevice *device, PlanciaVisit *visit);
/* The map has the registers: how many phases are measured, 0: it cannot be tested. */
guint plancia_direction_test_get_phases (PlanciaDirectionTest *self);
/* For tests: everything so many times faster. */
void plancia_direction_test_set_haste (PlanciaDirectionTest *self, guint haste);
/* Begins with this phase (0 to 2); what was found on the others stays. */
void                  plancia_direction_test_begin (PlanciaDirectionTest *self, guint phase);
void                  plancia_direction_test_stop (PlanciaDirectionTest *self);
PlanciaDirectionStage plancia_direction_test_get_stage (PlanciaDirectionTest *self);
guint                 plancia_direction_test_get_phase (PlanciaDirectionTest *self);
/* The person says that the load is on, though it was not seen: only while WAITING. */
void plancia_direction_test_load_is_on (PlanciaDirectionTest *self);
/* Of the stage in hand, 0 to 1. */
double plancia_direction_test_get_progress (PlanciaDirectionTest *self);
/* The newest reading, or NULL. */
const PlanciaDirectionSample *plancia_direction_test_get_last (PlanciaDirectionTest *self);
/* W of a sensor at rest, positive: export; NAN before the first reading. */
double plancia_direction_test_get_rest (PlanciaDirectionTest *self, guint sensor);
/* Why readings do not come, English; or NULL. */
const char *plancia_direction_test_get_trouble (PlanciaDirectionTest *self);
/* The register that turns this sensor round, if the map of the device has one; or NULL. */
const PlanciaDirectionSetting *
plancia_direction_test_find_setting (PlanciaDirectionTest *self, guint sensor);

G_END_DECLS
