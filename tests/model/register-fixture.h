/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "map/map.h"

/* A small map with one field of each sort that the register page treats on its own, and outcomes of a
 * write to it. Invented. */

#define REGISTER_FIXTURE_N_FIELDS 10

static const char register_fixture_json[] =
  "{\"format\":\"register-map\",\"version\":1,\"id\":\"fixture\",\"name\":\"Fixture\",\"device_kind\":\"inverter\","
  "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},"
  "\"limits\":{\"max_read\":60,\"max_write\":60},"
  "\"groups\":[{\"key\":\"grid\",\"name\":\"Grid and output\"},{\"key\":\"safety\",\"name\":\"Grid code\"},"
  "{\"key\":\"export\",\"name\":\"Export limit\"},{\"key\":\"storage\",\"name\":\"Storage mode\"}],"
  "\"registers\":["
  "{\"key\":\"voltage\",\"name\":\"L1 grid voltage\",\"group\":\"grid\",\"address\":\"0x048D\",\"count\":1,"
  "\"type\":\"u16\",\"scale\":0.1,\"unit\":\"V\",\"poll\":\"fast\"},"
  "{\"key\":\"state\",\"name\":\"Operating state\",\"group\":\"grid\",\"address\":\"0x0404\",\"count\":1,"
  "\"type\":\"u16\",\"values\":\"states\",\"poll\":\"fast\"},"
  "{\"key\":\"grid_code\",\"name\":\"Grid code\",\"group\":\"safety\",\"address\":\"0x2004\",\"count\":1,"
  "\"type\":\"u16\",\"access\":\"rw\",\"poll\":\"once\",\"write\":{\"danger\":\"grid_code\"}},"
  "{\"key\":\"limit\",\"name\":\"Export limit\",\"group\":\"export\",\"address\":\"0x1024\",\"count\":1,"
  "\"type\":\"u16\",\"scale\":0.1,\"unit\":\"kW\",\"access\":\"rw\",\"min\":0,\"max\":10,\"poll\":\"slow\","
  "\"write\":{\"wear\":\"eeprom\",\"danger\":\"caution\"}},"
  "{\"key\":\"mode\",\"name\":\"Storage mode\",\"group\":\"storage\",\"address\":\"0x1110\",\"count\":1,"
  "\"type\":\"u16\",\"values\":\"modes\",\"access\":\"rw\",\"poll\":\"slow\","
  "\"write\":{\"wear\":\"eeprom\",\"danger\":\"battery\",\"block\":\"pair\"}},"
  "{\"key\":\"power\",\"name\":\"Storage power\",\"group\":\"storage\",\"address\":\"0x1111\",\"count\":1,"
  "\"type\":\"i16\",\"unit\":\"W\",\"access\":\"rw\",\"min\":-6000,\"max\":6000,\"poll\":\"manual\","
  "\"write\":{\"wear\":\"ram\",\"danger\":\"none\",\"block\":\"pair\"}},"
  "{\"key\":\"pair_result\",\"name\":\"Storage: result of the last write\",\"group\":\"storage\","
  "\"address\":\"0x1112\",\"count\":1,\"type\":\"u16\",\"access\":\"rw\",\"poll\":\"manual\","
  "\"write\":{\"block\":\"pair\"}},"
  "{\"key\":\"start\",\"name\":\"Charge start\",\"group\":\"storage\",\"address\":\"0x1120\",\"count\":1,"
  "\"type\":\"hhmm\",\"access\":\"rw\",\"poll\":\"manual\",\"write\":{\"danger\":\"none\"}},"
  "{\"key\":\"allowed\",\"name\":\"Remote control: allowed\",\"group\":\"export\",\"address\":\"0x1104\",\"count\":1,"
  "\"type\":\"bits\",\"bits\":\"allowed\",\"access\":\"rw\",\"poll\":\"manual\",\"write\":{\"danger\":\"none\"}},"
  "{\"key\":\"run\",\"name\":\"Remote on and off\",\"group\":\"export\",\"address\":\"0x1105\",\"count\":1,"
  "\"type\":\"u16\",\"values\":\"on_off\",\"access\":\"rw\",\"poll\":\"manual\","
  "\"write\":{\"danger\":\"stops_production\"}}],"
  "\"write_blocks\":[{\"key\":\"pair\",\"name\":\"Set the storage\",\"address\":\"0x1110\",\"function\":16,"
  "\"layout\":[{\"register\":\"mode\"},{\"register\":\"power\"},{\"constant\":1}],"
  "\"read_before_write\":true,\"result\":\"pair_result\"}],"
  "\"value_tables\":{\"states\":[{\"value\":0,\"label\":\"Waiting\"},{\"value\":2,\"label\":\"On grid\"}],"
  "\"modes\":[{\"value\":0,\"label\":\"Self-use\"},{\"value\":1,\"label\":\"Time of use\"},{\"value\":2,\"label\":\"Timed\"}],"
  "\"on_off\":[{\"value\":0,\"label\":\"Off\"},{\"value\":1,\"label\":\"On\"}]},"
  "\"bit_tables\":{\"allowed\":[{\"bit\":0,\"label\":\"Active power\"},{\"bit\":1,\"label\":\"Reactive power\"},"
  "{\"bit\":2,\"label\":\"Grid-connected start\"}]},"
  "\"sources\":[{\"ref\":\"invented for the tests\"}]}";

static inline PlanciaMap *
register_fixture_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes)
    bytes = g_bytes_new_static (register_fixture_json, sizeof register_fixture_json - 1);
  PlanciaMap *map = plancia_map_new_from_bytes (bytes, "fixture", &error);

  g_assert_no_error (error);
  return map;
}

static inline GPtrArray *
register_fixture_outcomes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_write_outcome_free);
}

static inline guint16 *
register_fixture_word (int word)
{
  guint16 *words;

  if (word < 0)
    return NULL;
  words = g_new (guint16, 1);
  words[0] = (guint16) word;
  return words;
}

/* An outcome for a field of one word; -1 for a word that is not known. */
static inline PlanciaWriteOutcome *
register_fixture_outcomes_add (GPtrArray     *outcomes,
                               const char    *key,
                               PlanciaVerdict verdict,
                               int            before,
                               int            sent,
                               int            after)
{
  PlanciaWriteOutcome *outcome = g_new0 (PlanciaWriteOutcome, 1);

  outcome->key = g_strdup (key);
  outcome->verdict = verdict;
  outcome->n_words = 1;
  outcome->before = register_fixture_word (before);
  outcome->sent = register_fixture_word (sent);
  outcome->after = register_fixture_word (after);
  g_ptr_array_add (outcomes, outcome);
  return outcome;
}
