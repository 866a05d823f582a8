/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/journal.h"
#include "map/field-sort.h"
#include "plant/snapshot.h"

G_BEGIN_DECLS

/* Two snapshots side by side: a GListModel of PlanciaComparisonRow, in sections (settings, identity, what is in one of
 * them only, and, if asked for, readings and counters), each under a heading row. The snapshots may be of different
 * devices and maps: registers of the same key belong together. Main thread. Signal "changed" (): rows or counts. */
#define PLANCIA_TYPE_COMPARISON (plancia_comparison_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaComparison, plancia_comparison, PLANCIA, COMPARISON, GObject)

#define PLANCIA_TYPE_COMPARISON_ROW (plancia_comparison_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaComparisonRow,
                      plancia_comparison_row,
                      PLANCIA,
                      COMPARISON_ROW,
                      GObject)

typedef enum {
  PLANCIA_SECTION_SETTINGS,
  PLANCIA_SECTION_IDENTITY,
  PLANCIA_SECTION_READINGS,
  PLANCIA_SECTION_COUNTERS,
  PLANCIA_SECTION_NOT_IN_BOTH,
  PLANCIA_N_SECTIONS,
} PlanciaSection;

/* The maps may be NULL: then names are keys and values are raw words. */
PlanciaComparison *plancia_comparison_new (PlanciaSnapshot *a,
                                           PlanciaMap      *map_a,
                                           PlanciaSnapshot *b,
                                           PlanciaMap      *map_b);
PlanciaSnapshot   *plancia_comparison_get_a (PlanciaComparison *self);
PlanciaSnapshot   *plancia_comparison_get_b (PlanciaComparison *self);
/* TRUE at first. */
void plancia_comparison_set_only_changed (PlanciaComparison *self, gboolean only_changed);
/* Readings and counters too; FALSE at first. */
void plancia_comparison_set_with_readings (PlanciaComparison *self, gboolean with_readings);
/* Of what is not left out: how many registers differ or are in one only, and of how many. */
guint plancia_comparison_count_different (PlanciaComparison *self);
guint plancia_comparison_count_all (PlanciaComparison *self);
/* Settings that differ and may be written. */
guint plancia_comparison_count_stageable (PlanciaComparison *self);

/* Who changed what differs: what the journal has of the device (PlanciaJournalEntry*); both have to be of this device. */
void plancia_comparison_set_writes (PlanciaComparison *self, GPtrArray *entries, GTimeZone *zone);

/* TRUE: a heading; then only section and count say something. */
gboolean       plancia_comparison_row_is_heading (PlanciaComparisonRow *self);
PlanciaSection plancia_comparison_row_get_section (PlanciaComparisonRow *self);
guint          plancia_comparison_row_get_count (PlanciaComparisonRow *self);
const char    *plancia_comparison_row_get_key (PlanciaComparisonRow *self);
const char    *plancia_comparison_row_get_name (PlanciaComparisonRow *self); /* translated */
const char *plancia_comparison_row_get_group (PlanciaComparisonRow *self);   /* translated, or "" */
guint16     plancia_comparison_row_get_address (PlanciaComparisonRow *self);
const char *plancia_comparison_row_get_a (PlanciaComparisonRow *self); /* em dash: none */
const char *plancia_comparison_row_get_b (PlanciaComparisonRow *self);
const char *plancia_comparison_row_get_unit (PlanciaComparisonRow *self);
/* "+6.0", "new", "gone", "" */
const char *plancia_comparison_row_get_change (PlanciaComparisonRow *self);
gboolean    plancia_comparison_row_differs (PlanciaComparisonRow *self);
/* "Plancia 14:05", "not by Plancia"; "" if that is not known. Property "by" notifies. */
const char *plancia_comparison_row_get_by (PlanciaComparisonRow *self);
/* Words in hexadecimal, "" if none. */
const char *plancia_comparison_row_get_raw_a (PlanciaComparisonRow *self);
const char *plancia_comparison_row_get_raw_b (PlanciaComparisonRow *self);

/* "Settings", ... translated. */
const char *plancia_section_name (PlanciaSection section);
/* For programs, C locale; all rows that are shown. (transfer full) */
char *plancia_comparison_to_csv (PlanciaComparison *self);
char *plancia_comparison_to_json (PlanciaComparison *self);

G_END_DECLS
