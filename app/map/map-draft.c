/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-draft.h"

#include "map/forbidden-area.h"
#include "map/map-format.h"
#include "map/map-private.h"
#include <math.h>
#include <string.h>

#define MAXIMUM_COUNT 60 /* registers of one read that every device of the family accepts */
#define ALIGNMENT     64 /* a read may not cross a multiple of this (inverters of the G3 generation) */

struct _PlanciaMapDraft
{
  PlanciaImportReport *report;
  GPtrArray           *rows;  /* PlanciaDraftRow */
  GHashTable          *taken; /* function << 16 | address to PlanciaDraftRow */
  GHashTable          *keys;
  GHashTable          *tables; /* rows as text to the name of the table */
};

static void
label_free (gpointer data)
{
  PlanciaLabel *label = data;

  g_free (label->label);
  g_free (label);
}

static void
row_free (gpointer data)
{
  PlanciaDraftRow *row = data;

  g_free (row->name);
  g_free (row->group);
  g_free (row->key);
  g_free (row->unit);
  g_free (row->note);
  g_clear_pointer (&row->values, g_ptr_array_unref);
  g_clear_pointer (&row->bits, g_ptr_array_unref);
  g_free (row);
}

static gboolean
leave_out (PlanciaMapDraft    *self,
           PlanciaDraftRow    *row,
           PlanciaImportReason reason,
           const char         *detail)
{
  plancia_map_draft_skip (self, reason, row->line, row->name, row->address, row->count, detail);
  return FALSE;
}

static gboolean
check_place (PlanciaMapDraft *self, PlanciaDraftRow *row)
{
  guint            expected = plancia_field_type_count (row->type);
  g_autofree char *most = g_strdup_printf ("%d", MAXIMUM_COUNT);
  g_autofree char *at = g_strdup_printf ("%d", row->address);

  if (row->address < 0 || row->count == 0 || row->address + (int) row->count > 65536)
    return leave_out (self, row, PLANCIA_IMPORT_BAD_ADDRESS, at);
  if (expected != 0 && expected != row->count)
    return leave_out (self,
                      row,
                      PLANCIA_IMPORT_COUNT_MISMATCH,
                      plancia_field_type_name (row->type));
  if (row->count > MAXIMUM_COUNT)
    return leave_out (self, row, PLANCIA_IMPORT_TOO_LONG, most);

  return TRUE;
}

static gboolean
check_overlap (PlanciaMapDraft *self, PlanciaDraftRow *row)
{
  for (guint i = 0; i < row->count; i++) {
    gpointer         place = GUINT_TO_POINTER ((guint) row->function << 16 | (row->address + i));
    PlanciaDraftRow *other = g_hash_table_lookup (self->taken, place);

    if (other != NULL)
      return leave_out (self, row, PLANCIA_IMPORT_OVERLAPS, other->name);
  }
  for (guint i = 0; i < row->count; i++)
    g_hash_table_insert (self->taken,
                         GUINT_TO_POINTER ((guint) row->function << 16 | (row->address + i)),
                         row);

  return TRUE;
}

static gboolean
type_range (PlanciaFieldType type, double *lowest, double *highest)
{
  *lowest = type == PLANCIA_FIELD_I16 ? G_MININT16 : type == PLANCIA_FIELD_I32 ? G_MININT32 : 0;
  *highest = type == PLANCIA_FIELD_U16   ? G_MAXUINT16
             : type == PLANCIA_FIELD_I16 ? G_MAXINT16
             : type == PLANCIA_FIELD_U32 ? G_MAXUINT32
                                         : G_MAXINT32;

  return type <= PLANCIA_FIELD_I32;
}

static gboolean
limits_fit (const PlanciaDraftRow *row)
{
  double lowest, highest, first, second;

  if (row->has_minimum && row->has_maximum && row->minimum >= row->maximum)
    return FALSE;
  if (!type_range (row->type, &lowest, &highest))
    return TRUE;

  first = lowest * row->scale + row->offset;
  second = highest * row->scale + row->offset;
  return !(row->has_minimum && row->minimum < MIN (first, second)) &&
         !(row->has_maximum && row->maximum > MAX (first, second));
}

static void
check_numbers (PlanciaMapDraft *self, PlanciaDraftRow *row)
{
  if (!isfinite (row->scale) || row->scale == 0)
    row->scale = 1;
  if (!isfinite (row->offset))
    row->offset = 0;
  if (!isfinite (row->step) || row->step < 0)
    row->step = 0;
  row->has_minimum = row->has_minimum && isfinite (row->minimum);
  row->has_maximum = row->has_maximum && isfinite (row->maximum);
  if (!limits_fit (row)) {
    g_autofree char *low = row->has_minimum ? g_strdup_printf ("%g", row->minimum) : NULL;
    g_autofree char *high = row->has_maximum ? g_strdup_printf ("%g", row->maximum) : NULL;
    g_autofree char *limits =
      g_strdup_printf ("%s \342\200\246 %s", low ? low : "", high ? high : "");

    row->has_minimum = row->has_maximum = FALSE;
    row->step = 0;
    plancia_map_draft_doubt (self, row, PLANCIA_IMPORT_LIMITS_DROPPED, limits);
  }
  if (row->mask == 0 && row->shift == 0)
    return;
  if (row->count != 1 || (row->type > PLANCIA_FIELD_I16 && row->type != PLANCIA_FIELD_BITS))
    row->mask = row->shift = 0;
}

/* Bits outside the register would make the whole map wrong. */
static void
check_bits (PlanciaDraftRow *row)
{
  for (guint i = row->bits ? row->bits->len : 0; i > 0; i--) {
    const PlanciaLabel *label = g_ptr_array_index (row->bits, i - 1);

    if (label->number < 0 || label->number >= 16 * row->count)
      g_ptr_array_remove_index (row->bits, i - 1);
  }
}

/* A key that nobody has: the file's own, else the name, with the group before it or a number behind it. */
static char *
make_key (PlanciaMapDraft *self, PlanciaDraftRow *row)
{
  g_autofree char *fallback = g_strdup_printf ("register_%04x", (guint) row->address);
  g_autofree char *key = plancia_map_format_key (row->key ? row->key : row->name, fallback);
  g_autofree char *group = row->group ? plancia_map_format_key (row->group, "") : NULL;
  g_autofree char *longer = NULL;
  char            *unique = NULL;

  if (g_hash_table_add (self->keys, g_strdup (key)))
    return g_steal_pointer (&key);

  longer = group ? g_strdup_printf ("%s_%s", group, key) : g_strdup (key);
  unique = g_strdup (longer);
  for (guint i = 2; !g_hash_table_add (self->keys, g_strdup (unique)); i++) {
    g_free (unique);
    unique = g_strdup_printf ("%s_%u", longer, i);
  }
  plancia_map_draft_doubt (self, row, PLANCIA_IMPORT_RENAMED, unique);
  return unique;
}

static gboolean
check_row (PlanciaMapDraft *self, PlanciaDraftRow *row)
{
  if (!check_place (self, row) || !check_overlap (self, row))
    return FALSE;

  if (row->name == NULL || row->name[0] == '\0') {
    g_free (row->name);
    row->name = g_strdup_printf ("0x%04X", (guint) row->address);
    plancia_map_draft_doubt (self, row, PLANCIA_IMPORT_NAMED_BY_ADDRESS, NULL);
  }
  check_numbers (self, row);
  check_bits (row);
  if (row->wants_write && row->function == 3 &&
      plancia_forbidden_area_find (row->address, row->count, NULL, NULL))
    plancia_map_draft_doubt (self, row, PLANCIA_IMPORT_GRID_CODE, NULL);

  return TRUE;
}

static void
set_address (JsonObject *object, const char *member, guint number)
{
  g_autofree char *text = g_strdup_printf ("0x%04X", number);

  json_object_set_string_member (object, member, text);
}

/* A whole number is written as one: "scale": 10. */
static void
set_number (JsonObject *object, const char *member, double number)
{
  if (number == floor (number) && fabs (number) < 1e15)
    json_object_set_int_member (object, member, (gint64) number);
  else
    json_object_set_double_member (object, member, number);
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (object, member, text);
}

/* What two tables with the same rows have in common. */
static char *
table_signature (const char *set, GPtrArray *labels)
{
  GString *text = g_string_new (set);

  for (guint i = 0; i < labels->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (labels, i);

    g_string_append_printf (text, "\n%" G_GINT64_FORMAT "=%s", label->number, label->label);
  }
  return g_string_free (text, FALSE);
}

static JsonArray *
make_table (GPtrArray *labels, const char *number_key)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < labels->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (labels, i);
    JsonObject         *row = json_object_new ();

    json_object_set_int_member (row, number_key, label->number);
    json_object_set_string_member (row, "label", label->label);
    json_array_add_object_element (rows, row);
  }
  return rows;
}

/* Many registers of a list have the same words: one table for all of them, called after the first. */
static const char *
find_table (PlanciaMapDraft *self,
            JsonObject      *root,
            const char      *set,
            const char      *number_key,
            const char      *key,
            GPtrArray       *labels)
{
  g_autofree char *signature = table_signature (set, labels);
  char            *name = g_hash_table_lookup (self->tables, signature);

  if (name != NULL)
    return name;

  name = g_strdup (key);
  json_object_set_array_member (json_object_get_object_member (root, set),
                                name,
                                make_table (labels, number_key));
  g_hash_table_insert (self->tables, g_steal_pointer (&signature), name);
  return name;
}

static void
write_meaning (PlanciaMapDraft       *self,
               JsonObject            *root,
               JsonObject            *object,
               const char            *key,
               const PlanciaDraftRow *row)
{
  static const char *const polls[] = {"fast", "normal", "slow", "once", "manual"};

  if (row->scale != 1)
    set_number (object, "scale", row->scale);
  if (row->offset != 0)
    set_number (object, "offset", row->offset);
  set_text (object, "unit", row->unit);
  if (row->hexadecimal)
    json_object_set_string_member (object, "display", "hex");
  if (row->has_minimum)
    set_number (object, "min", row->minimum);
  if (row->has_maximum)
    set_number (object, "max", row->maximum);
  if (row->step != 0)
    set_number (object, "step", row->step);
  if (row->values != NULL && row->values->len > 0) {
    json_object_set_string_member (
      object,
      "values",
      find_table (self, root, "value_tables", "value", key, row->values));
  }
  if (row->bits != NULL && row->bits->len > 0) {
    json_object_set_string_member (object,
                                   "bits",
                                   find_table (self, root, "bit_tables", "bit", key, row->bits));
  }
  if (row->poll != PLANCIA_POLL_NORMAL)
    json_object_set_string_member (object, "poll", polls[row->poll]);
  if (row->monotonic)
    json_object_set_boolean_member (object, "monotonic", TRUE);
  set_text (object, "note", row->note);
}

/* What the file says about writing, for the day when somebody unlocks the register. */
static void
write_imported (JsonObject *object, const PlanciaDraftRow *row)
{
  JsonObject *imported = json_object_new ();

  if (row->line > 0)
    json_object_set_int_member (imported, "line", row->line);
  if (row->wants_write)
    json_object_set_boolean_member (imported, "writable", TRUE);
  if (row->wants_write && row->write_function != 0)
    json_object_set_int_member (imported, "write_function", row->write_function);
  if (row->block_only)
    json_object_set_boolean_member (imported, "block_only", TRUE);
  if (row->doubtful)
    json_object_set_boolean_member (imported, "doubt", TRUE);
  json_object_set_object_member (object, "imported", imported);
}

static JsonObject *
write_row (PlanciaMapDraft       *self,
           JsonObject            *root,
           const char            *group,
           const char            *key,
           const PlanciaDraftRow *row)
{
  static const char *const functions[] = {"coil", "discrete", "holding", "input"};
  JsonObject              *object = json_object_new ();

  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "name", row->name);
  json_object_set_string_member (object, "group", group);
  if (row->function != 3)
    json_object_set_string_member (object, "function", functions[row->function - 1]);
  set_address (object, "address", row->address);
  json_object_set_int_member (object, "count", row->count);
  json_object_set_string_member (object, "type", plancia_field_type_name (row->type));
  if (row->little_words)
    json_object_set_string_member (object, "word_order", "little");
  if (row->mask != 0)
    set_address (object, "mask", row->mask);
  if (row->shift != 0)
    json_object_set_int_member (object, "shift", row->shift);
  write_meaning (self, root, object, key, row);
  json_object_set_string_member (object, "access", "r");
  write_imported (object, row);

  return object;
}

/* The key of the group of these words; adds it when it is new. */
static const char *
find_group (GHashTable *groups, JsonArray *list, const char *words)
{
  const char      *name = words && words[0] != '\0' ? words : "Registers";
  char            *key = g_hash_table_lookup (groups, name);
  JsonObject      *object;
  g_autofree char *fallback = g_strdup_printf ("group_%u", json_array_get_length (list) + 1);

  if (key != NULL)
    return key;

  key = plancia_map_format_key (name, fallback);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (list, i), "key"),
                     key)) {
      g_free (key);
      key = g_steal_pointer (&fallback);
      break;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "name", name);
  json_array_add_object_element (list, object);
  g_hash_table_insert (groups, g_strdup (name), key);
  return key;
}

static void
write_defaults (JsonObject *root, const PlanciaDraftIdentity *identity)
{
  JsonObject *defaults = json_object_new ();

  json_object_set_int_member (defaults, "unit_id", identity->unit ? identity->unit : 1);
  json_object_set_int_member (defaults, "read_function", 3);
  json_object_set_int_member (defaults, "write_function", 16);
  json_object_set_string_member (defaults, "word_order", "big");
  json_object_set_string_member (defaults, "byte_order", "big");
  json_object_set_object_member (root, "defaults", defaults);
}

/* Cautious: gaps are not read over, and no read crosses a block edge unless a register does. */
static void
write_limits (JsonObject *root, GPtrArray *rows)
{
  JsonObject *limits = json_object_new ();
  gboolean    crosses = FALSE;

  for (guint i = 0; i < rows->len; i++) {
    const PlanciaDraftRow *row = g_ptr_array_index (rows, i);

    crosses = crosses ||
              row->address / ALIGNMENT != (row->address + (int) row->count - 1) / ALIGNMENT;
  }
  json_object_set_int_member (limits, "max_read", MAXIMUM_COUNT);
  json_object_set_int_member (limits, "max_write", MAXIMUM_COUNT);
  json_object_set_int_member (limits, "alignment", crosses ? 0 : ALIGNMENT);
  json_object_set_int_member (limits, "max_gap", 0);
  json_object_set_object_member (root, "limits", limits);
}

static void
write_sources (JsonObject *root, const PlanciaDraftIdentity *identity)
{
  JsonArray  *sources = json_array_new ();
  JsonObject *source = json_object_new ();

  json_object_set_string_member (source, "ref", identity->source ? identity->source : "import");
  set_text (source, "kind", identity->source_kind);
  json_array_add_object_element (sources, source);
  json_object_set_array_member (root, "sources", sources);
}

static JsonObject *
write_head (const PlanciaDraftIdentity *identity)
{
  JsonObject *root = json_object_new ();
  const char *name = identity->name && identity->name[0] != '\0' ? identity->name : "Imported map";
  g_autofree char *id = plancia_map_format_id (identity->id ? identity->id : name, "imported");

  json_object_set_string_member (root, "format", "register-map");
  json_object_set_int_member (root, "version", 1);
  json_object_set_string_member (root, "id", id);
  json_object_set_string_member (root, "name", name);
  json_object_set_string_member (root,
                                 "device_kind",
                                 identity->device_kind ? identity->device_kind : "inverter");
  json_object_set_string_member (root, "confidence", "guessed");
  write_defaults (root, identity);

  return root;
}

static void
write_rows (PlanciaMapDraft *self, JsonObject *root, GPtrArray *rows)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonArray *group_list = json_array_new ();
  JsonArray *registers = json_array_new ();

  json_object_set_array_member (root, "groups", group_list);
  json_object_set_array_member (root, "registers", registers);
  json_object_set_object_member (root, "value_tables", json_object_new ());
  json_object_set_object_member (root, "bit_tables", json_object_new ());
  for (guint i = 0; i < rows->len; i++) {
    PlanciaDraftRow *row = g_ptr_array_index (rows, i);
    g_autofree char *key = make_key (self, row);

    json_array_add_object_element (
      registers,
      write_row (self, root, find_group (groups, group_list, row->group), key, row));
  }
}

static void
count_rows (PlanciaMapDraft *self, GPtrArray *rows)
{
  self->report->n_taken = rows->len;
  self->report->n_changed = 0;
  for (guint i = 0; i < rows->len; i++)
    self->report->n_changed += ((PlanciaDraftRow *) g_ptr_array_index (rows, i))->doubtful;
  plancia_import_report_sort (self->report);
}

PlanciaMapDraft *
plancia_map_draft_new (PlanciaImportReport *report)
{
  PlanciaMapDraft *self = g_new0 (PlanciaMapDraft, 1);

  self->report = report;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->taken = g_hash_table_new (NULL, NULL);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
plancia_map_draft_free (PlanciaMapDraft *self)
{
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->taken);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

PlanciaDraftRow *
plancia_map_draft_add (PlanciaMapDraft *self)
{
  PlanciaDraftRow *row;

  if (self->rows->len >= PLANCIA_MAP_DRAFT_MAXIMUM)
    return NULL;

  row = g_new0 (PlanciaDraftRow, 1);
  row->count = 1;
  row->function = 3;
  row->scale = 1;
  row->poll = PLANCIA_POLL_NORMAL;
  g_ptr_array_add (self->rows, row);
  return row;
}

void
plancia_map_draft_drop (PlanciaMapDraft *self)
{
  g_return_if_fail (self->rows->len > 0);

  g_ptr_array_remove_index (self->rows, self->rows->len - 1);
}

guint
plancia_map_draft_get_n_rows (PlanciaMapDraft *self)
{
  return self->rows->len;
}

PlanciaDraftRow *
plancia_map_draft_get_row (PlanciaMapDraft *self, guint index)
{
  g_return_val_if_fail (index < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, index);
}

void
plancia_map_draft_doubt (PlanciaMapDraft    *self,
                         PlanciaDraftRow    *row,
                         PlanciaImportReason reason,
                         const char         *detail)
{
  row->doubtful = TRUE;
  plancia_import_report_add (self->report,
                             PLANCIA_IMPORT_CHANGED,
                             reason,
                             row->line,
                             row->name,
                             row->address,
                             row->count,
                             detail);
}

void
plancia_map_draft_skip (PlanciaMapDraft    *self,
                        PlanciaImportReason reason,
                        guint               line,
                        const char         *name,
                        int                 address,
                        guint               count,
                        const char         *detail)
{
  self->report->n_skipped++;
  plancia_import_report_add (self->report,
                             PLANCIA_IMPORT_SKIPPED,
                             reason,
                             line,
                             name,
                             address,
                             count,
                             detail);
}

void
plancia_map_draft_remark (PlanciaMapDraft *self, PlanciaImportReason reason, const char *detail)
{
  plancia_import_report_add (self->report, PLANCIA_IMPORT_CHANGED, reason, 0, NULL, -1, 0, detail);
}

void
plancia_map_draft_label (GPtrArray **table, gint64 number, const char *label)
{
  PlanciaLabel *row;

  if (*table == NULL)
    *table = g_ptr_array_new_with_free_func (label_free);
  for (guint i = 0; i < (*table)->len; i++)
    if (((PlanciaLabel *) g_ptr_array_index (*table, i))->number == number)
      return;

  row = g_new0 (PlanciaLabel, 1);
  row->number = number;
  row->label = g_strdup (label);
  g_ptr_array_add (*table, row);
}

/**
 * plancia_map_draft_finish:
 * @identity: what the rows do not say
 *
 * Rows are taken in their order: of two for one place the second is left out.
 *
 * Returns: (transfer full) (nullable): a map document, or %NULL if no row is left
 */
JsonNode *
plancia_map_draft_finish (PlanciaMapDraft *self, const PlanciaDraftIdentity *identity)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root;

  for (guint i = 0; i < self->rows->len; i++)
    if (check_row (self, g_ptr_array_index (self->rows, i)))
      g_ptr_array_add (rows, g_ptr_array_index (self->rows, i));

  root = write_head (identity);
  write_limits (root, rows);
  write_rows (self, root, rows);
  write_sources (root, identity);
  json_node_take_object (node, root);
  count_rows (self, rows);

  return rows->len > 0 ? g_steal_pointer (&node) : NULL;
}
