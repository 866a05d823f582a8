/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The registers of a map file. */

#include "base/error.h"
#include "map/map-private.h"
#include <glib/gi18n.h>

static const char *const functions[] = {"coil", "discrete", "holding", "input", NULL};
static const char *const word_orders[] = {"big", "little", NULL};
static const char *const accesses[] = {"r", "rw", "w", NULL};
static const char *const polls[] = {"fast", "normal", "slow", "once", "manual", NULL};
static const char *const resets[] = {"daily", "monthly", "yearly", NULL};
static const char *const wears[] = {"unknown", "ram", "eeprom", NULL};
static const char *const read_backs[] = {"proves", "proves_nothing", NULL};
static const char *const dangers[] =
  {"none", "caution", "battery", "stops_production", "breaks_link", "grid_code", NULL};
static const char *const types[] = {"u16",
                                    "i16",
                                    "u32",
                                    "i32",
                                    "u64",
                                    "i64",
                                    "f32",
                                    "f64",
                                    "ascii",
                                    "bcd16",
                                    "bits",
                                    "hhmm",
                                    "mmdd",
                                    "clock6",
                                    "raw",
                                    NULL};

int
plancia_danger_index (PlanciaJsonCheck      *check,
                      const PlanciaJsonPath *path,
                      JsonObject            *object,
                      const char            *key)
{
  return plancia_json_get_choice (check,
                                  path,
                                  object,
                                  key,
                                  PLANCIA_JSON_OPTIONAL,
                                  dangers,
                                  PLANCIA_DANGER_NONE);
}

static const char *
keep_text (PlanciaMap            *map,
           PlanciaJsonCheck      *check,
           const PlanciaJsonPath *path,
           JsonObject            *object,
           const char            *key)
{
  return plancia_map_keep (
    map,
    plancia_json_get_string (check, path, object, key, PLANCIA_JSON_OPTIONAL));
}

static void
parse_names (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *object,
             PlanciaField          *field)
{
  const char *const members[] = {"key", "name", "group"};
  const char      **targets[] = {&field->key, &field->name, &field->group};

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text =
      plancia_json_get_string (check, path, object, members[i], PLANCIA_JSON_REQUIRED);

    if (text != NULL && text[0] == '\0')
      plancia_json_fail (check, path, members[i], PLANCIA_DOCUMENT_ERROR_INVALID, N_ ("is empty"));
    else if (text != NULL && targets[i] != &field->name && !plancia_json_is_key (text))
      plancia_json_fail (check,
                         path,
                         members[i],
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         N_ ("expected lower-case letters, digits and underscores, got \"%s\""),
                             text);
    *targets[i] = plancia_map_keep (map, text ? text : "");
  }
}

static void
parse_place (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *object,
             PlanciaField          *field)
{
  const PlanciaJsonNeed need = PLANCIA_JSON_REQUIRED;

  field->address = plancia_json_get_address (check, path, object, "address", need, 0);
  field->count = plancia_json_get_integer (check, path, object, "count", need, 1, 60, 1);
  field->type = plancia_json_get_choice (check, path, object, "type", need, types, 0);
  field->read_function = plancia_json_get_choice (check,
                                                  path,
                                                  object,
                                                  "function",
                                                  PLANCIA_JSON_OPTIONAL,
                                                  functions,
                                                  map->read_function - 1) +
                         1;
  field->little_words = plancia_json_get_choice (check,
                                                 path,
                                                 object,
                                                 "word_order",
                                                 PLANCIA_JSON_OPTIONAL,
                                                 word_orders,
                                                 map->little_words);
  field->little_bytes = map->little_bytes;
}

static void
parse_numbers (PlanciaJsonCheck      *check,
               const PlanciaJsonPath *path,
               JsonObject            *object,
               PlanciaField          *field)
{
  const PlanciaJsonNeed need = PLANCIA_JSON_OPTIONAL;

  field->mask = plancia_json_get_address (check, path, object, "mask", need, 0);
  field->shift = plancia_json_get_integer (check, path, object, "shift", need, 0, 15, 0);
  field->scale = plancia_json_get_number (check, path, object, "scale", 1);
  field->offset = plancia_json_get_number (check, path, object, "offset", 0);
  field->has_minimum = json_object_has_member (object, "min");
  field->minimum = plancia_json_get_number (check, path, object, "min", 0);
  field->has_maximum = json_object_has_member (object, "max");
  field->maximum = plancia_json_get_number (check, path, object, "max", 0);
  field->step = plancia_json_get_number (check, path, object, "step", 0);

  if (field->scale == 0)
    plancia_json_fail (check, path, "scale", PLANCIA_DOCUMENT_ERROR_INVALID, N_ ("must not be 0"));
  if (field->step < 0)
    plancia_json_fail (check,
                       path,
                       "step",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("must not be negative"));
}

/* Raw values as bit patterns as wide as the field, whether written "0xFFFF", 65535 or -1. */
static void
parse_invalid (PlanciaJsonCheck      *check,
               const PlanciaJsonPath *path,
               JsonObject            *object,
               PlanciaField          *field)
{
  const PlanciaJsonPath here = {path, "invalid", 0};
  JsonArray            *values =
    plancia_json_get_array (check, path, object, "invalid", PLANCIA_JSON_OPTIONAL);
  guint64 mask = field->count >= 4 ? G_MAXUINT64
                                   : (G_GUINT64_CONSTANT (1) << 16 * field->count) - 1;

  if (values == NULL)
    return;

  field->invalid = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < json_array_get_length (values); i++) {
    const PlanciaJsonPath element = {&here, NULL, i};
    guint64               value = plancia_json_node_integer (check,
                                               &element,
                                               json_array_get_element (values, i),
                                               G_MININT64,
                                               G_MAXINT64);

    value &= mask;
    g_array_append_val (field->invalid, value);
  }
}

static GPtrArray *
parse_table_name (PlanciaJsonCheck      *check,
                  const PlanciaJsonPath *path,
                  JsonObject            *object,
                  const char            *key,
                  GHashTable            *tables)
{
  const char *name = plancia_json_get_string (check, path, object, key, PLANCIA_JSON_OPTIONAL);
  GPtrArray  *table = name ? g_hash_table_lookup (tables, name) : NULL;

  if (name != NULL && table == NULL)
    plancia_json_fail (check,
                       path,
                       key,
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("there is no table \"%s\""), name);

  return table ? g_ptr_array_ref (table) : NULL;
}

/* What a map does not say: what is measured, counted or a state is kept; what a person sets is not. */
static gboolean
has_history (JsonObject *object, const PlanciaField *field)
{
  gboolean is_measured = field->unit[0] != '\0' || field->monotonic || field->values != NULL;

  if (json_object_has_member (object, "history"))
    return json_object_get_boolean_member_with_default (object, "history", FALSE);
  return is_measured && field->bits == NULL && field->poll <= PLANCIA_POLL_SLOW &&
         !(field->access & PLANCIA_ACCESS_WRITE);
}

static void
parse_meaning (PlanciaMap            *map,
               PlanciaJsonCheck      *check,
               const PlanciaJsonPath *path,
               JsonObject            *object,
               PlanciaField          *field)
{
  const char *unit = keep_text (map, check, path, object, "unit");
  const char *display = keep_text (map, check, path, object, "display");
  int         reset = plancia_json_get_choice (check,
                                       path,
                                       object,
                                       "reset",
                                       PLANCIA_JSON_OPTIONAL,
                                       resets,
                                       G_N_ELEMENTS (resets) - 1);

  field->unit = unit ? unit : "";
  field->display = display ? display : "";
  field->values = parse_table_name (check, path, object, "values", map->value_tables);
  field->bits = parse_table_name (check, path, object, "bits", map->bit_tables);
  field->poll = plancia_json_get_choice (check,
                                         path,
                                         object,
                                         "poll",
                                         PLANCIA_JSON_OPTIONAL,
                                         polls,
                                         PLANCIA_POLL_NORMAL);
  field->optional = plancia_json_get_boolean (check, path, object, "optional");
  plancia_json_get_object (check, path, object, "when", PLANCIA_JSON_OPTIONAL);
  plancia_json_get_string (check, path, object, "since", PLANCIA_JSON_OPTIONAL);
  field->sign = keep_text (map, check, path, object, "sign");
  field->monotonic = plancia_json_get_boolean (check, path, object, "monotonic");
  field->reset = resets[reset];
  field->confidence = keep_text (map, check, path, object, "confidence");
  field->note = keep_text (map, check, path, object, "note");
  plancia_json_get_boolean (check, path, object, "history");
}

static void
parse_write (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *object,
             PlanciaField          *field)
{
  const PlanciaJsonPath      here = {path, "write", 0};
  const PlanciaJsonNeed      need = PLANCIA_JSON_OPTIONAL;
  static const PlanciaAccess access_flags[] = {PLANCIA_ACCESS_READ,
                                               PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE,
                                               PLANCIA_ACCESS_WRITE};
  JsonObject                *write = plancia_json_get_object (check, path, object, "write", need);
  gint64                     function;

  field->access =
    access_flags[plancia_json_get_choice (check, path, object, "access", need, accesses, 0)];
  field->write_block = keep_text (map, check, &here, write, "block");
  field->wear = plancia_json_get_choice (check, &here, write, "wear", need, wears, 0);
  field->danger = plancia_danger_index (check, &here, write, "danger");
  field->unprovable =
    plancia_json_get_choice (check, &here, write, "read_back", need, read_backs, 0) == 1;
  plancia_json_get_string (check, &here, write, "confidence", need);
  function =
    plancia_json_get_integer (check, &here, write, "function", need, 0, 255, map->write_function);
  if (function != 5 && function != 6 && function != 15 && function != 16)
    plancia_json_fail (check,
                       &here,
                       "function",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("expected one of 5, 6, 15, 16, got %d"), (int) function);
  if (!(field->access & PLANCIA_ACCESS_WRITE))
    return;

  field->write_function = function;
  if (write == NULL)
    plancia_json_fail (check,
                       path,
                       "write",
                       PLANCIA_DOCUMENT_ERROR_MISSING,
                       N_ ("is missing, but access is \"%s\""),
                           accesses[field->access == PLANCIA_ACCESS_WRITE ? 2 : 1]);
}

/* Registers that came from outside are not written until a person says so. */
static void
parse_lock (PlanciaJsonCheck      *check,
            const PlanciaJsonPath *path,
            JsonObject            *object,
            PlanciaField          *field)
{
  const PlanciaJsonPath here = {path, "imported", 0};
  JsonObject           *imported =
    plancia_json_get_object (check, path, object, "imported", PLANCIA_JSON_OPTIONAL);
  gboolean locked = plancia_json_get_boolean (check, path, object, "locked");
  gboolean writable = imported && plancia_json_get_boolean (check, &here, imported, "writable");

  if (locked)
    field->access &= ~PLANCIA_ACCESS_WRITE;
  field->locked = locked || (writable && !(field->access & PLANCIA_ACCESS_WRITE));
}

static void
parse_field (PlanciaMap            *map,
             PlanciaJsonCheck      *check,
             const PlanciaJsonPath *path,
             JsonObject            *object,
             PlanciaField          *field)
{
  parse_names (map, check, path, object, field);
  parse_place (map, check, path, object, field);
  parse_numbers (check, path, object, field);
  parse_invalid (check, path, object, field);
  parse_meaning (map, check, path, object, field);
  parse_write (map, check, path, object, field);
  field->history = has_history (object, field);
  parse_lock (check, path, object, field);

  if (!g_hash_table_insert (map->by_key, (gpointer) field->key, field))
    plancia_json_fail (check,
                       path,
                       "key",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("\"%s\" is used twice"), field->key);
}

void
plancia_map_parse_fields (PlanciaMap *map, PlanciaJsonCheck *check, JsonObject *root)
{
  const PlanciaJsonPath path = {NULL, "registers", 0};
  JsonArray            *registers =
    plancia_json_get_array (check, NULL, root, "registers", PLANCIA_JSON_REQUIRED);

  if (plancia_json_failed (check))
    return;
  if (json_array_get_length (registers) == 0)
    plancia_json_fail (check,
                       NULL,
                       "registers",
                       PLANCIA_DOCUMENT_ERROR_INVALID,
                       N_ ("expected at least one register"));

  map->n_fields = json_array_get_length (registers);
  map->fields = g_new0 (PlanciaField, map->n_fields);
  for (guint i = 0; i < map->n_fields && !plancia_json_failed (check); i++) {
    const PlanciaJsonPath element = {&path, NULL, i};
    JsonObject           *object = plancia_json_element_object (check, &element, registers);

    if (object != NULL)
      parse_field (map, check, &element, object, &map->fields[i]);
  }
}
