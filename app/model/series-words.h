/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/export-writer.h"
#include "history/series-name.h"
#include "map/map.h"

G_BEGIN_DECLS

/* What the store's series are called by people, translated. map: of the device, or NULL. */

/* "Production", "PV1 voltage"; of a name that nobody knows, the name itself. (transfer none) */
const char *plancia_series_words_title (const char *key, PlanciaMap *map);
/* The key of what a title calls, in the program's language or in English, or of a key itself; or NULL. (transfer none) */
const char *plancia_series_words_find_key (const char *title, PlanciaMap *map);
/* The quantities that every device may have, for choosing. */
guint       plancia_series_words_count (void);
const char *plancia_series_words_key (guint index);
/* "W"; "" for none. (transfer none) */
const char *plancia_series_words_unit (const char *key, PlanciaMap *map);
/* Whether its values are numbers of words, or bits, of a table of the map. */
gboolean plancia_series_words_is_state (const char *key, PlanciaMap *map);
/* "On grid"; the number itself of a value without a word. Of a state only. (transfer full) */
char *plancia_series_words_value (const char *key, PlanciaMap *map, double value);
/* "Portal", "Read here"; of a source that nobody knows, the name itself. (transfer none) */
const char *plancia_series_words_source (const char *source);
/* The series as a column of a table; name: of the device. (transfer full) */
PlanciaExportColumn *
plancia_series_words_column (const PlanciaSeriesName *series, const char *name, PlanciaMap *map);

G_END_DECLS
