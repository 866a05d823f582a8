/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reads one JSON object member by member. The first thing that is wrong stays: later getters return
 * their fallback, and plancia_scenario_reader_finish says it, with file and key path. */
typedef struct
{
  JsonObject *object; /* borrowed */
  const char *origin; /* borrowed */
  char       *path;   /* "" for the root, else such as "devices[2]" */
  GHashTable *asked;  /* names of the members that are known */
  GError     *error;
} PlanciaScenarioReader;

void plancia_scenario_reader_init (PlanciaScenarioReader *self,
                                   JsonObject            *object,
                                   const char            *origin,
                                   const char            *path);
void plancia_scenario_reader_clear (PlanciaScenarioReader *self);
/* FALSE and PLANCIA_DOCUMENT_ERROR if anything was wrong, or if a member was not asked for. */
gboolean plancia_scenario_reader_finish (PlanciaScenarioReader *self, GError **error);
void     plancia_scenario_reader_fail (PlanciaScenarioReader *self,
                                       int                    code,
                                       const char            *key,
                                       const char            *format,
                                       ...) G_GNUC_PRINTF (4, 5);

/* Borrowed; fallback if absent. */
const char *
plancia_scenario_reader_string (PlanciaScenarioReader *self, const char *key, const char *fallback);
const char *plancia_scenario_reader_need (PlanciaScenarioReader *self, const char *key);
/* One of words (NULL at the end), or fallback. */
const char *plancia_scenario_reader_word (PlanciaScenarioReader *self,
                                          const char            *key,
                                          const char *const     *words,
                                          const char            *fallback);
double      plancia_scenario_reader_number (PlanciaScenarioReader *self,
                                            const char            *key,
                                            double                 fallback,
                                            double                 minimum,
                                            double                 maximum);
/* ms UTC of an ISO 8601 date or time; a date, or a time without offset, is of zone. */
gint64 plancia_scenario_reader_time (PlanciaScenarioReader *self,
                                     const char            *key,
                                     GTimeZone             *zone,
                                     gint64                 fallback);
/* Borrowed, or NULL if absent. */
JsonObject *plancia_scenario_reader_object (PlanciaScenarioReader *self, const char *key);
JsonArray  *plancia_scenario_reader_array (PlanciaScenarioReader *self, const char *key);
/* (transfer full) the path of a member, or of an element of it if index is not negative. */
char *plancia_scenario_reader_path (PlanciaScenarioReader *self, const char *key, int index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaScenarioReader, plancia_scenario_reader_clear)

G_END_DECLS
