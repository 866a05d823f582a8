/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/alarm-record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* How a plant fares, as far as this computer knows without asking it; the worst first. */
typedef enum {
  PLANCIA_ROSTER_UNREADABLE, /* its file is gone or wrong */
  PLANCIA_ROSTER_FAULT,      /* an open fault, or a finding that loses energy */
  PLANCIA_ROSTER_SILENT,     /* nothing came for some days */
  PLANCIA_ROSTER_WARNING,
  PLANCIA_ROSTER_UNKNOWN, /* nothing ever came */
  PLANCIA_ROSTER_FINE,
  PLANCIA_N_ROSTER_STATES
} PlanciaRosterState;

/* What is to be done next there; the most urgent first. */
typedef enum {
  PLANCIA_ROSTER_FIND_FILE,
  PLANCIA_ROSTER_SEE_ALARMS,
  PLANCIA_ROSTER_SEE_FINDINGS,
  PLANCIA_ROSTER_SEE_WHY_SILENT,
  PLANCIA_ROSTER_FETCH_HISTORY,
  PLANCIA_ROSTER_FILL_HOLES,
  PLANCIA_ROSTER_NOTHING,
} PlanciaRosterNext;

/* One plant of the office's list. Main thread. Signal "notify::loaded". */
#define PLANCIA_TYPE_ROSTER_ITEM (plancia_roster_item_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRosterItem, plancia_roster_item, PLANCIA, ROSTER_ITEM, GObject)

/* What was found out; plain data. */
typedef struct
{
  char    *name;  /* NULL: the file could not be read */
  char    *error; /* why not, or NULL */
  guint    n_devices;
  double   today;        /* kWh produced; NAN */
  gint64   last_contact; /* ms; 0: never */
  guint    faults;       /* open ones */
  guint    warnings;
  guint    holes;    /* days of the last thirty that a cloud was not asked for */
  guint    findings; /* that are still so */
  gboolean loses;    /* one of them loses energy */
  GStrv    tags;     /* or NULL */
  char    *notes;    /* "2026-11-25 text", a line each, the newest first; or NULL */
} PlanciaRosterFacts;

void plancia_roster_facts_clear (PlanciaRosterFacts *self);

PlanciaRosterItem        *plancia_roster_item_new (const char *path);
const char               *plancia_roster_item_get_path (PlanciaRosterItem *self);
gboolean                  plancia_roster_item_get_loaded (PlanciaRosterItem *self);
const PlanciaRosterFacts *plancia_roster_item_get_facts (PlanciaRosterItem *self);
/* Takes facts, which is empty then. */
void plancia_roster_item_set_facts (PlanciaRosterItem *self, PlanciaRosterFacts *facts);
/* The plant's name; the file's while it is not known. (transfer none) */
const char *plancia_roster_item_get_name (PlanciaRosterItem *self);
/* Whether it has all words of text in name, tags or notes, whatever their case. */
gboolean plancia_roster_item_matches (PlanciaRosterItem *self, const char *text);
/* Pure: now in ms. */
PlanciaRosterState plancia_roster_facts_state (const PlanciaRosterFacts *facts, gint64 now);
PlanciaRosterNext  plancia_roster_facts_next (const PlanciaRosterFacts *facts, gint64 now);
/* Words, translated. (transfer none) */
const char *plancia_roster_state_words (PlanciaRosterState state);
const char *plancia_roster_next_words (PlanciaRosterNext next);

G_END_DECLS
