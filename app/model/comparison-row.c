/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison-private.h"

#include "base/text.h"
#include "map/field-value.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define NONE "\xe2\x80\x94" /* em dash */

struct _PlanciaComparisonRow
{
  GObject parent_instance;

  gboolean       heading;
  PlanciaSection section;
  guint          count; /* of a heading */
  char          *key;
  char          *name;
  char          *group;
  guint16        address;
  char          *unit;
  char          *text[2];
  char          *plain[2];
  char          *raw[2];
  char          *change;
  char          *by; /* NULL: not known */
  gboolean       differs;
  gboolean       stageable;
};

enum {
  PROP_0,
  PROP_BY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PlanciaComparisonRow, plancia_comparison_row, G_TYPE_OBJECT)

static void
plancia_comparison_row_finalize (GObject *object)
{
  PlanciaComparisonRow *self = PLANCIA_COMPARISON_ROW (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->group);
  g_free (self->unit);
  g_free (self->change);
  g_free (self->by);
  for (guint i = 0; i < 2; i++) {
    g_free (self->text[i]);
    g_free (self->plain[i]);
    g_free (self->raw[i]);
  }
  G_OBJECT_CLASS (plancia_comparison_row_parent_class)->finalize (object);
}

static void
plancia_comparison_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BY:
    g_value_set_string (value, plancia_comparison_row_get_by (PLANCIA_COMPARISON_ROW (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_comparison_row_class_init (PlanciaComparisonRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_comparison_row_finalize;
  object_class->get_property = plancia_comparison_row_get_property;
  properties[PROP_BY] =
    g_param_spec_string ("by", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_comparison_row_init (PlanciaComparisonRow *self)
{
}

PlanciaComparisonRow *
plancia_comparison_row_new_heading (PlanciaSection section)
{
  PlanciaComparisonRow *self = g_object_new (PLANCIA_TYPE_COMPARISON_ROW, NULL);

  self->heading = TRUE;
  self->section = section;
  return self;
}

static gboolean
can_decode (const PlanciaComparisonSide *side)
{
  return side->item != NULL && side->item->words != NULL && side->field != NULL &&
         side->field->count == side->item->count;
}

static void
set_texts (PlanciaComparisonRow *self, guint i, const PlanciaComparisonSide *side)
{
  gboolean known = side->item != NULL && side->item->words != NULL;
  g_auto (PlanciaValue) value = {0};

  self->raw[i] = known ? plancia_words_format (side->item->words, side->item->count)
                       : g_strdup ("");
  self->plain[i] = known ? g_strdup (side->item->text) : NULL;
  if (can_decode (side)) {
    plancia_field_decode (side->field, side->item->words, &value);
    self->text[i] = plancia_field_format (side->field, &value, side->item->words);
  } else {
    self->text[i] = g_strdup (known ? self->raw[i] : NONE);
  }
}

static gboolean
same_words (const PlanciaSnapshotItem *a, const PlanciaSnapshotItem *b)
{
  return a->count == b->count && memcmp (a->words, b->words, a->count * sizeof *a->words) == 0;
}

static gboolean
is_number (const PlanciaComparisonSide *side, PlanciaValue *value)
{
  if (!can_decode (side) || side->field->values != NULL || side->field->bits != NULL ||
      side->field->type == PLANCIA_FIELD_HHMM || side->field->type == PLANCIA_FIELD_MMDD)
    return FALSE;
  plancia_field_decode (side->field, side->item->words, value);
  return value->kind == PLANCIA_VALUE_NUMBER;
}

/* Only numbers of one unit have a difference. */
static char *
difference (const PlanciaComparisonSide *a, const PlanciaComparisonSide *b)
{
  g_auto (PlanciaValue) one = {0};
  g_auto (PlanciaValue) two = {0};
  g_autofree char *number = NULL;
  double           change;

  if (!is_number (a, &one) || !is_number (b, &two) ||
      g_strcmp0 (a->field->unit, b->field->unit) != 0)
    return g_strdup ("");
  change = two.number - one.number;
  number = plancia_text_number (
    change,
    MAX (plancia_field_decimals (a->field), plancia_field_decimals (b->field)));
  return change > 0 ? g_strconcat ("+", number, NULL) : g_steal_pointer (&number);
}

static PlanciaSection
section_of (const PlanciaField *field)
{
  static const PlanciaSection sections[] = {
    [PLANCIA_SORT_SETTING] = PLANCIA_SECTION_SETTINGS,
    [PLANCIA_SORT_IDENTITY] = PLANCIA_SECTION_IDENTITY,
    [PLANCIA_SORT_READING] = PLANCIA_SECTION_READINGS,
    [PLANCIA_SORT_COUNTER] = PLANCIA_SECTION_COUNTERS,
  };

  return field != NULL ? sections[plancia_field_sort (field)] : PLANCIA_SECTION_SETTINGS;
}

/* Two that are read by different maps may say the same in different words. */
static gboolean
says_the_same (const PlanciaComparisonSide *a,
               const PlanciaComparisonSide *b,
               PlanciaComparisonRow        *self)
{
  if (can_decode (a) && can_decode (b) && a->field != b->field)
    return g_str_equal (self->text[0], self->text[1]) &&
           g_strcmp0 (a->field->unit, b->field->unit) == 0;
  return same_words (a->item, b->item);
}

static void
judge (PlanciaComparisonRow *self, const PlanciaComparisonSide *a, const PlanciaComparisonSide *b)
{
  gboolean in_a = a->item != NULL && a->item->words != NULL;
  gboolean in_b = b->item != NULL && b->item->words != NULL;

  if (in_a && in_b) {
    self->differs = !says_the_same (a, b, self);
    self->change = self->differs ? difference (a, b) : g_strdup ("");
  } else if (in_a || in_b) {
    self->differs = TRUE;
    self->change = g_strdup (in_b ? C_ ("register", "new") : C_ ("register", "gone"));
    if (self->section <= PLANCIA_SECTION_IDENTITY)
      self->section = PLANCIA_SECTION_NOT_IN_BOTH;
  } else {
    self->change = g_strdup ("");
  }
}

/**
 * plancia_comparison_row_new:
 * @map: (nullable): of the fields, for the name of the group
 * @a: the left side
 * @b: the right side; one of the two has an item
 *
 * Returns: (transfer full): a row that keeps nothing of them
 */
PlanciaComparisonRow *
plancia_comparison_row_new (PlanciaMap                  *map,
                            const PlanciaComparisonSide *a,
                            const PlanciaComparisonSide *b)
{
  PlanciaComparisonRow      *self = g_object_new (PLANCIA_TYPE_COMPARISON_ROW, NULL);
  const PlanciaField        *field = a->field != NULL ? a->field : b->field;
  const PlanciaSnapshotItem *item = a->item != NULL ? a->item : b->item;

  self->section = section_of (field);
  self->key = g_strdup (item->key);
  self->name = g_strdup (field != NULL ? plancia_map_label (field->name) : item->key);
  self->address = item->address;
  self->unit = g_strdup (field != NULL ? field->unit : "");
  for (guint i = 0; map != NULL && field != NULL && i < plancia_map_get_n_groups (map); i++) {
    const PlanciaGroup *group = plancia_map_get_group (map, i);

    if (g_strcmp0 (group->key, field->group) == 0)
      self->group = g_strdup (plancia_map_label (group->name));
  }
  set_texts (self, 0, a);
  set_texts (self, 1, b);
  judge (self, a, b);
  self->stageable = self->differs && a->item != NULL && a->item->words != NULL && b->item != NULL &&
                    b->field != NULL && plancia_field_is_writable (b->field) && map != NULL &&
                    plancia_field_keep (map, b->field) == PLANCIA_KEEP_NONE;
  return self;
}

void
plancia_comparison_row_set_count (PlanciaComparisonRow *self, guint count)
{
  self->count = count;
}

void
plancia_comparison_row_set_by (PlanciaComparisonRow *self, char *by)
{
  g_free (self->by);
  self->by = by;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY]);
}

const char *
plancia_comparison_row_get_by (PlanciaComparisonRow *self)
{
  return self->by != NULL ? self->by : "";
}

gboolean
plancia_comparison_row_is_stageable (PlanciaComparisonRow *self)
{
  return self->stageable;
}

gboolean
plancia_comparison_row_is_heading (PlanciaComparisonRow *self)
{
  return self->heading;
}

PlanciaSection
plancia_comparison_row_get_section (PlanciaComparisonRow *self)
{
  return self->section;
}

guint
plancia_comparison_row_get_count (PlanciaComparisonRow *self)
{
  return self->count;
}

const char *
plancia_comparison_row_get_key (PlanciaComparisonRow *self)
{
  return self->key;
}

const char *
plancia_comparison_row_get_name (PlanciaComparisonRow *self)
{
  return self->name;
}

const char *
plancia_comparison_row_get_group (PlanciaComparisonRow *self)
{
  return self->group != NULL ? self->group : "";
}

guint16
plancia_comparison_row_get_address (PlanciaComparisonRow *self)
{
  return self->address;
}

const char *
plancia_comparison_row_get_a (PlanciaComparisonRow *self)
{
  return self->text[0];
}

const char *
plancia_comparison_row_get_b (PlanciaComparisonRow *self)
{
  return self->text[1];
}

const char *
plancia_comparison_row_get_unit (PlanciaComparisonRow *self)
{
  return self->unit;
}

const char *
plancia_comparison_row_get_change (PlanciaComparisonRow *self)
{
  return self->change;
}

gboolean
plancia_comparison_row_differs (PlanciaComparisonRow *self)
{
  return self->differs;
}

const char *
plancia_comparison_row_get_raw_a (PlanciaComparisonRow *self)
{
  return self->raw[0];
}

const char *
plancia_comparison_row_get_raw_b (PlanciaComparisonRow *self)
{
  return self->raw[1];
}

const char *
plancia_comparison_row_get_plain_a (PlanciaComparisonRow *self)
{
  return self->plain[0];
}

const char *
plancia_comparison_row_get_plain_b (PlanciaComparisonRow *self)
{
  return self->plain[1];
}

const char *
plancia_section_name (PlanciaSection section)
{
  switch (section) {
  case PLANCIA_SECTION_SETTINGS:
    return C_ ("comparison", "Settings");
  case PLANCIA_SECTION_IDENTITY:
    return C_ ("comparison", "Identity");
  case PLANCIA_SECTION_READINGS:
    return C_ ("comparison", "Readings");
  case PLANCIA_SECTION_COUNTERS:
    return C_ ("comparison", "Counters");
  case PLANCIA_SECTION_NOT_IN_BOTH:
    return C_ ("comparison", "Not in both");
  case PLANCIA_N_SECTIONS:
  default:
    return "";
  }
}
