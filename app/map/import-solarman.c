/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/import-solarman.h"

#include "base/error.h"
#include "map/import-cell.h"
#include "map/map-private.h"
#include <string.h>

#define MAXIMUM_COUNT 125 /* registers of one item that are looked at */
#define FAST_SECONDS  10
#define SLOW_SECONDS  120

typedef struct
{
  const PlanciaYaml *root;
  const PlanciaYaml *group; /* the one being read */
  PlanciaMapDraft   *draft;
  guint              variant; /* from 0 */
  guint              n_filters;
} Reader;

/* Registers of one item as the file lists them. */
typedef struct
{
  guint16  addresses[MAXIMUM_COUNT];
  guint    n;
  guint16  first; /* lowest */
  gboolean ascending;
  gboolean descending;
} Places;

static void
skip (Reader             *self,
      const PlanciaYaml  *item,
      PlanciaImportReason reason,
      const Places       *places,
      const char         *detail)
{
  const char *name = plancia_yaml_get_text (plancia_yaml_get (item, "name"));

  plancia_map_draft_skip (self->draft,
                          reason,
                          item->line,
                          name,
                          places && places->n > 0 ? places->first : -1,
                          places ? places->n : 0,
                          detail);
}

/* Of the item, else of its group, else of the file. */
static const PlanciaYaml *
get_inherited (Reader *self, const PlanciaYaml *item, const char *key)
{
  const PlanciaYaml *node = plancia_yaml_get (item, key);

  if (node == NULL)
    node = plancia_yaml_get (self->group, key);
  if (node == NULL)
    node = plancia_yaml_get (plancia_yaml_get (self->root, "default"), key);

  return node;
}

static gboolean
is_nested (const PlanciaYaml *list)
{
  for (guint i = 0; i < plancia_yaml_get_n (list); i++)
    if (plancia_yaml_get_at (list, i)->kind == PLANCIA_YAML_LIST)
      return TRUE;

  return FALSE;
}

/* The list for our model; *missing if that model has none. */
static const PlanciaYaml *
choose_registers (Reader *self, const PlanciaYaml *item, gboolean *missing)
{
  const PlanciaYaml *list = plancia_yaml_get (item, "registers");

  *missing = FALSE;
  if (!is_nested (list))
    return list;

  list = plancia_yaml_get_at (list, MIN (self->variant, plancia_yaml_get_n (list) - 1));
  *missing = plancia_yaml_get_n (list) == 0;
  return list;
}

static gboolean
read_places (const PlanciaYaml *list, Places *places)
{
  memset (places, 0, sizeof *places);
  places->ascending = places->descending = TRUE;
  for (guint i = 0; i < plancia_yaml_get_n (list); i++) {
    gint64 address;

    if (i >= MAXIMUM_COUNT || !plancia_yaml_get_integer (plancia_yaml_get_at (list, i), &address) ||
        address < 0 || address > G_MAXUINT16)
      return FALSE;
    places->addresses[places->n++] = (guint16) address;
    places->first = i == 0 ? (guint16) address : MIN (places->first, (guint16) address);
    if (i == 0)
      continue;
    places->ascending = places->ascending && address == places->addresses[i - 1] + 1;
    places->descending = places->descending && address == places->addresses[i - 1] - 1;
  }

  return places->n > 0;
}

static char *
places_to_text (const Places *places)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < places->n && i < 8; i++)
    g_string_append_printf (text, "%s0x%04X", i > 0 ? ", " : "", places->addresses[i]);
  if (places->n > 8)
    g_string_append (text, ", \342\200\246");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The function of the request that holds the address; 0 if none does. */
static guint8
function_of_requests (Reader *self, guint16 address)
{
  const PlanciaYaml *requests = plancia_yaml_get (self->root, "requests");

  for (guint i = 0; i < plancia_yaml_get_n (requests); i++) {
    const PlanciaYaml *request = plancia_yaml_get_at (requests, i);
    const PlanciaYaml *code = plancia_yaml_get (request, "mb_functioncode");
    gint64             start = -1;
    gint64             end = -1;
    gint64             function = 0;

    if (code == NULL)
      code = plancia_yaml_get (request, "code");
    if (plancia_yaml_get_integer (plancia_yaml_get (request, "start"), &start) &&
        plancia_yaml_get_integer (plancia_yaml_get (request, "end"), &end) && address >= start &&
        address <= end && plancia_yaml_get_integer (code, &function) && function >= 1 &&
        function <= 4)
      return (guint8) function;
  }

  return 0;
}

/* A number, or "read" and "write". */
static gboolean
read_code (const PlanciaYaml *code, const char *use, guint8 *out)
{
  gint64 function = 0;

  if (code != NULL && code->kind == PLANCIA_YAML_MAP)
    code = plancia_yaml_get (code, use);
  if (!plancia_yaml_get_integer (code, &function) || function < 1 || function > 16)
    return FALSE;

  *out = (guint8) function;
  return TRUE;
}

static void
take_function (Reader *self, const PlanciaYaml *item, PlanciaDraftRow *row)
{
  const PlanciaYaml *own = plancia_yaml_get (item, "code");
  const PlanciaYaml *group = plancia_yaml_get (self->group, "code");
  guint8             requested = function_of_requests (self, row->address);
  guint8             function = 3;

  if (!read_code (own, "read", &function) && !read_code (group, "read", &function)) {
    if (requested != 0)
      function = requested;
    else
      read_code (plancia_yaml_get (plancia_yaml_get (self->root, "default"), "code"),
                 "read",
                 &function);
  }
  row->function = function <= 4 ? function : 3;
  /* A plain number is how it is read: what it is written with is then ours to know. */
  if (own != NULL && own->kind == PLANCIA_YAML_MAP)
    read_code (own, "write", &row->write_function);
}

/* A number, or a list of one for each model. */
static gboolean
read_scale (Reader *self, const PlanciaYaml *item, double *out)
{
  const PlanciaYaml *scale = plancia_yaml_get (item, "scale");

  if (plancia_yaml_get_n (scale) > 0)
    scale = plancia_yaml_get_at (scale, MIN (self->variant, plancia_yaml_get_n (scale) - 1));

  return plancia_yaml_get_text (scale) == NULL || plancia_yaml_get_number (scale, out);
}

static gboolean
read_divisor (const PlanciaYaml *item, double *out)
{
  const PlanciaYaml *divide = plancia_yaml_get (item, "divide");

  if (divide == NULL)
    divide = plancia_yaml_get (item, "scale_division");

  return plancia_yaml_get_text (divide) == NULL ||
         (plancia_yaml_get_number (divide, out) && *out != 0);
}

/* value = (raw - offset) / divide * scale */
static gboolean
take_scale (Reader *self, const PlanciaYaml *item, PlanciaDraftRow *row)
{
  const PlanciaYaml *offset = plancia_yaml_get (item, "offset");
  double             scale = 1;
  double             divisor = 1;
  double             subtracted = 0;

  if (!read_scale (self, item, &scale) || !read_divisor (item, &divisor))
    return FALSE;
  if (plancia_yaml_get_text (offset) != NULL && !plancia_yaml_get_number (offset, &subtracted))
    return FALSE;
  if (plancia_yaml_get (item, "inverted") != NULL)
    scale = -scale;

  row->scale = scale / divisor;
  row->offset = subtracted != 0 ? -subtracted * row->scale : 0;
  return row->scale != 0;
}

/* What each rule makes of so many registers; FALSE if it is nothing we have. */
static gboolean
type_of_rule (gint64 rule, guint n, PlanciaFieldType *type)
{
  static const PlanciaFieldType numbers[2][5] = {
    {0, PLANCIA_FIELD_U16, PLANCIA_FIELD_U32, 0, PLANCIA_FIELD_U64},
    {0, PLANCIA_FIELD_I16, PLANCIA_FIELD_I32, 0, PLANCIA_FIELD_I64},
  };

  switch (rule) {
  case 1:
  case 2:
  case 3:
  case 4:
    if (n != 1 && n != 2 && n != 4)
      return FALSE;
    /* How many registers there are says how wide it is, not the rule. */
    *type = numbers[(rule - 1) % 2][n];
    return TRUE;
  case 5:
    *type = PLANCIA_FIELD_ASCII;
    return TRUE;
  case 8:
    *type = n == 6 ? PLANCIA_FIELD_CLOCK6 : PLANCIA_FIELD_RAW;
    return TRUE;
  case 9:
    *type = n == 1 ? PLANCIA_FIELD_U16 : PLANCIA_FIELD_RAW;
    return TRUE;
  case 6:
  case 7:
  case 10:
    *type = PLANCIA_FIELD_RAW;
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
take_place (Reader *self, const PlanciaYaml *item, const Places *places, PlanciaDraftRow *row)
{
  gboolean is_number = row->type <= PLANCIA_FIELD_F64;
  gint64   dec = 0;

  if (!places->ascending && !(is_number && places->descending)) {
    g_autofree char *text = places_to_text (places);

    skip (self, item, PLANCIA_IMPORT_NOT_CONTIGUOUS, places, text);
    return FALSE;
  }
  row->address = places->first;
  row->count = places->n;
  /* Least significant first: ascending is low word first. */
  row->little_words = is_number && places->n > 1 && places->ascending;
  if (row->type == PLANCIA_FIELD_U16 &&
      plancia_yaml_get_integer (plancia_yaml_get (item, "dec"), &dec) && dec == 256)
    row->type = PLANCIA_FIELD_HHMM;

  return TRUE;
}

/* Which part of the register it is. FALSE if it is a part of several. */
static gboolean
take_part (Reader *self, const PlanciaYaml *item, const Places *places, PlanciaDraftRow *row)
{
  const PlanciaYaml *mask = plancia_yaml_get (item, "mask");
  const PlanciaYaml *bit = plancia_yaml_get (item, "bit");
  gint64             number = 0;

  if (mask == NULL && bit == NULL)
    return TRUE;
  if (places->n != 1 || !plancia_yaml_get_integer (mask ? mask : bit, &number) || number < 0 ||
      number > (mask ? G_MAXUINT16 : 15)) {
    skip (self, item, PLANCIA_IMPORT_PART_OF_WORDS, places, mask ? "mask" : "bit");
    return FALSE;
  }

  row->mask = mask ? (guint16) number : (guint16) (1u << number);
  row->shift = mask ? 0 : (int) number;
  return TRUE;
}

/* The bit of the file's value as a bit of the registers in the order of their addresses. */
static gint64
place_of_bit (const Places *places, gint64 bit)
{
  gint64 word = bit / 16;

  if (places->n > 1 && places->descending && word < places->n)
    word = places->n - 1 - word;

  return word * 16 + bit % 16;
}

static gboolean
take_label (const PlanciaYaml *entry, const Places *places, PlanciaDraftRow *row)
{
  const PlanciaYaml *key = plancia_yaml_get (entry, "key");
  const PlanciaYaml *bit = plancia_yaml_get (entry, "bit");
  const char        *label = plancia_yaml_get_text (plancia_yaml_get (entry, "value"));
  gint64             number = 0;

  if (label == NULL)
    return FALSE;
  if (bit != NULL) {
    if (!plancia_yaml_get_integer (bit, &number) || number < 0 || number >= 16 * places->n)
      return FALSE;
    plancia_map_draft_label (&row->bits, place_of_bit (places, number), label);
    return TRUE;
  }
  for (guint i = 0; i < plancia_yaml_get_n (key); i++)
    if (plancia_yaml_get_integer (plancia_yaml_get_at (key, i), &number))
      plancia_map_draft_label (&row->values, number, label);
  if (plancia_yaml_get_n (key) > 0)
    return TRUE;
  if (!plancia_yaml_get_integer (key, &number))
    return FALSE;

  plancia_map_draft_label (&row->values, number, label);
  return TRUE;
}

static void
take_lookup (Reader *self, const PlanciaYaml *item, const Places *places, PlanciaDraftRow *row)
{
  const PlanciaYaml *lookup = plancia_yaml_get (item, "lookup");
  const PlanciaYaml *value = plancia_yaml_get (item, "value");
  g_autoptr (GString) dropped = g_string_new (NULL);
  gint64 number;

  for (guint i = 0; i < plancia_yaml_get_n (lookup); i++) {
    const PlanciaYaml *entry = plancia_yaml_get_at (lookup, i);
    const char        *label = plancia_yaml_get_text (plancia_yaml_get (entry, "value"));

    if (!take_label (entry, places, row) && dropped->len < 100)
      g_string_append_printf (dropped, "%s%s", dropped->len > 0 ? ", " : "", label ? label : "?");
  }
  if (plancia_yaml_get_integer (plancia_yaml_get (value, "on"), &number))
    plancia_map_draft_label (&row->values, number, "On");
  if (plancia_yaml_get_integer (plancia_yaml_get (value, "off"), &number))
    plancia_map_draft_label (&row->values, number, "Off");
  if (row->bits != NULL && row->scale == 1 && row->offset == 0)
    row->type = PLANCIA_FIELD_BITS;
  if (dropped->len > 0)
    plancia_map_draft_doubt (self->draft, row, PLANCIA_IMPORT_LABELS_DROPPED, dropped->str);
}

static void
take_limits (Reader *self, const PlanciaYaml *item, PlanciaDraftRow *row)
{
  const PlanciaYaml *limits = plancia_yaml_get (item, "configurable");

  if (plancia_yaml_get (item, "validation") != NULL || plancia_yaml_get (item, "range") != NULL)
    self->n_filters++;
  row->has_minimum = plancia_yaml_get_number (plancia_yaml_get (limits, "min"), &row->minimum);
  row->has_maximum = plancia_yaml_get_number (plancia_yaml_get (limits, "max"), &row->maximum);
  plancia_yaml_get_number (plancia_yaml_get (limits, "step"), &row->step);
}

static void
take_words (Reader *self, const PlanciaYaml *item, PlanciaDraftRow *row)
{
  const PlanciaYaml *unit = plancia_yaml_get (item, "uom");
  const char        *platform = plancia_yaml_get_text (plancia_yaml_get (item, "platform"));
  const char        *state = plancia_yaml_get_text (plancia_yaml_get (item, "state_class"));
  double             seconds = 0;

  if (unit == NULL)
    unit = plancia_yaml_get (item, "unit_of_measurement");
  row->unit = plancia_yaml_get_text (unit) ? plancia_cell_clean_unit (plancia_yaml_get_text (unit))
                                           : NULL;
  row->note = g_strdup (plancia_yaml_get_text (plancia_yaml_get (item, "description")));
  row->monotonic = g_strcmp0 (state, "total_increasing") == 0;
  row->wants_write = platform != NULL && !g_str_equal (platform, "binary_sensor") &&
                     !g_str_equal (platform, "sensor");
  if (plancia_yaml_get_number (get_inherited (self, item, "update_interval"), &seconds))
    row->poll = seconds <= FAST_SECONDS  ? PLANCIA_POLL_FAST
                : seconds > SLOW_SECONDS ? PLANCIA_POLL_SLOW
                                         : PLANCIA_POLL_NORMAL;
  if (plancia_yaml_get (item, "disabled") != NULL)
    row->poll = PLANCIA_POLL_MANUAL;
}

static void
remark_doubts (Reader *self, const PlanciaYaml *item, gint64 rule, PlanciaDraftRow *row)
{
  const PlanciaYaml *block = plancia_yaml_get (item, "writeback");

  row->hexadecimal = row->type == PLANCIA_FIELD_RAW;
  if (rule == 7 || (rule == 8 && row->type == PLANCIA_FIELD_RAW) ||
      (rule == 9 && row->type == PLANCIA_FIELD_RAW))
    plancia_map_draft_doubt (self->draft, row, PLANCIA_IMPORT_AS_HEXADECIMAL, NULL);
  if (rule == 9 && row->type == PLANCIA_FIELD_U16)
    plancia_map_draft_doubt (self->draft, row, PLANCIA_IMPORT_TIME_AS_NUMBER, NULL);
  if (plancia_yaml_get (item, "uint") != NULL)
    plancia_map_draft_doubt (self->draft, row, PLANCIA_IMPORT_SIGN_DROPPED, "uint");
  if (block != NULL) {
    g_autofree char *size = g_strdup (plancia_yaml_get_text (plancia_yaml_get (block, "count")));

    row->block_only = TRUE;
    plancia_map_draft_doubt (self->draft, row, PLANCIA_IMPORT_BLOCK_ONLY, size ? size : "?");
  }
}

/* Fills the row; FALSE if it is none after all, and that is said. */
static gboolean
fill_row (Reader            *self,
          const PlanciaYaml *item,
          gint64             rule,
          const Places      *places,
          PlanciaDraftRow   *row)
{
  row->line = item->line;
  row->name = g_strdup (plancia_yaml_get_text (plancia_yaml_get (item, "name")));
  row->group = g_strdup (plancia_yaml_get_text (plancia_yaml_get (self->group, "group")));
  if (!take_place (self, item, places, row) || !take_part (self, item, places, row))
    return FALSE;
  if (!take_scale (self, item, row)) {
    skip (self, item, PLANCIA_IMPORT_BAD_NUMBER, places, "scale");
    return FALSE;
  }
  take_function (self, item, row);
  take_words (self, item, row);
  take_lookup (self, item, places, row);
  take_limits (self, item, row);
  remark_doubts (self, item, rule, row);

  return TRUE;
}

static void
add_item (Reader *self, const PlanciaYaml *item, gint64 rule, const Places *places)
{
  PlanciaFieldType type = PLANCIA_FIELD_U16;
  PlanciaDraftRow *row;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, rule);

  if (rule < 1 || rule > 10) {
    skip (self, item, PLANCIA_IMPORT_UNKNOWN_RULE, places, number);
    return;
  }
  if (!type_of_rule (rule, places->n, &type)) {
    skip (self, item, PLANCIA_IMPORT_COUNT_MISMATCH, places, rule % 2 != 0 ? "u32" : "i32");
    return;
  }
  if (plancia_yaml_get (item, "magnitude") != NULL) {
    skip (self, item, PLANCIA_IMPORT_SIGN_AND_MAGNITUDE, places, NULL);
    return;
  }
  row = plancia_map_draft_add (self->draft);
  if (row == NULL)
    return;

  row->type = type;
  if (!fill_row (self, item, rule, places, row))
    plancia_map_draft_drop (self->draft);
}

static void
read_item (Reader *self, const PlanciaYaml *item)
{
  gboolean           missing = FALSE;
  const PlanciaYaml *registers;
  Places             places = {.n = 0};
  gint64             rule = 0;

  if (item->kind != PLANCIA_YAML_MAP) {
    plancia_map_draft_skip (self->draft, PLANCIA_IMPORT_NOT_AN_ITEM, item->line, NULL, -1, 0, NULL);
    return;
  }
  registers = choose_registers (self, item, &missing);
  if (missing)
    skip (self, item, PLANCIA_IMPORT_NOT_ON_VARIANT, NULL, NULL);
  else if (plancia_yaml_get (item, "sensors") != NULL)
    skip (self, item, PLANCIA_IMPORT_DERIVED, NULL, NULL);
  else if (plancia_yaml_get_text (plancia_yaml_get (item, "rule")) == NULL)
    skip (self, item, PLANCIA_IMPORT_UNKNOWN_RULE, NULL, "\342\200\224");
  else if (!plancia_yaml_get_integer (plancia_yaml_get (item, "rule"), &rule))
    skip (self,
          item,
          PLANCIA_IMPORT_UNKNOWN_RULE,
          NULL,
          plancia_yaml_get_text (plancia_yaml_get (item, "rule")));
  else if (rule == 0)
    skip (self, item, PLANCIA_IMPORT_NO_VALUE, NULL, NULL);
  else if (plancia_yaml_get_n (registers) == 0)
    skip (self, item, PLANCIA_IMPORT_NO_ADDRESS, NULL, NULL);
  else if (!read_places (registers, &places))
    skip (self,
          item,
          PLANCIA_IMPORT_BAD_ADDRESS,
          NULL,
          plancia_yaml_get_text (plancia_yaml_get_at (registers, 0)));
  else
    add_item (self, item, rule, &places);
}

static void
remark_file (Reader *self, guint n_variants)
{
  if (n_variants > 1) {
    g_autofree char *number = g_strdup_printf ("%u", self->variant + 1);

    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_CHOSE_VARIANT, number);
  }
  if (self->n_filters > 0) {
    g_autofree char *number = g_strdup_printf ("%u", self->n_filters);

    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_FILTER_DROPPED, number);
  }
}

static guint
count_alternatives (const PlanciaYaml *item)
{
  const PlanciaYaml *registers = plancia_yaml_get (item, "registers");
  guint              n = is_nested (registers) ? plancia_yaml_get_n (registers) : 1;

  return MAX (n, plancia_yaml_get_n (plancia_yaml_get (item, "scale")));
}

guint
plancia_import_solarman_count_variants (const PlanciaYaml *root)
{
  const PlanciaYaml *groups = plancia_yaml_get (root, "parameters");
  guint              most = 1;

  for (guint i = 0; i < plancia_yaml_get_n (groups); i++) {
    const PlanciaYaml *items = plancia_yaml_get (plancia_yaml_get_at (groups, i), "items");

    for (guint j = 0; j < plancia_yaml_get_n (items); j++)
      most = MAX (most, count_alternatives (plancia_yaml_get_at (items, j)));
  }

  return most;
}

static char *
read_name (const PlanciaYaml *root)
{
  const PlanciaYaml *info = plancia_yaml_get (root, "info");
  const char        *maker = plancia_yaml_get_text (plancia_yaml_get (info, "manufacturer"));
  const char        *model = plancia_yaml_get_text (plancia_yaml_get (info, "model"));

  if (maker == NULL || model == NULL)
    return g_strdup (maker ? maker : model);

  return g_strdup_printf ("%s %s", maker, model);
}

/**
 * plancia_import_solarman:
 * @variant: which model, from 1
 * @name: (out) (transfer full) (nullable): manufacturer and model
 *
 * Any thread.
 *
 * Returns: whether the file is such a definition
 */
gboolean
plancia_import_solarman (const PlanciaYaml *root,
                         const char        *origin,
                         guint              variant,
                         PlanciaMapDraft   *draft,
                         char             **name,
                         GError           **error)
{
  const PlanciaYaml *groups = plancia_yaml_get (root, "parameters");
  Reader             reader = {.root = root, .draft = draft, .variant = MAX (variant, 1) - 1};

  if (plancia_yaml_get_n (groups) == 0) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_MISSING,
                 "%s: parameters: expected a list of groups",
                 origin);
    return FALSE;
  }

  *name = read_name (root);
  for (guint i = 0; i < plancia_yaml_get_n (groups); i++) {
    const PlanciaYaml *items;

    reader.group = plancia_yaml_get_at (groups, i);
    items = plancia_yaml_get (reader.group, "items");
    for (guint j = 0; j < plancia_yaml_get_n (items); j++)
      read_item (&reader, plancia_yaml_get_at (items, j));
  }
  remark_file (&reader, plancia_import_solarman_count_variants (root));

  return TRUE;
}
