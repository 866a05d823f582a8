/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/evidence.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MOST_WORDS 64
/* ms for which a recorded value stands when none follows: silence is not a value. */
#define LONGEST_HOLD (2 * PLANCIA_MINUTE)

/**
 * plancia_evidence_new_number:
 * @key: what it is, for rules
 * @name: English, marked with NC_("commissioning", …)
 * @number: in @unit
 * @time: ms
 *
 * Returns: (transfer full): something that the program counted itself
 */
PlanciaEvidence *
plancia_evidence_new_number (const char *key,
                             const char *name,
                             double      number,
                             guint       decimals,
                             const char *unit,
                             gint64      time)
{
  PlanciaEvidence *self = g_new0 (PlanciaEvidence, 1);

  self->key = g_strdup (key);
  self->name = g_strdup (name);
  self->unit = g_strdup (unit);
  self->number = number;
  self->decimals = decimals;
  self->address = -1;
  self->time = time;
  return self;
}

static void
take_words (PlanciaEvidence *self, const guint16 *words, guint n_words)
{
  if (words == NULL || n_words == 0)
    return;
  self->n_words = n_words;
  self->words = g_memdup2 (words, n_words * sizeof *words);
}

/* Enumerations and bits as words; a number that the table does not have stays a number. */
static void
take_value (PlanciaEvidence *self, const PlanciaField *field, const PlanciaReading *reading)
{
  const char *label = NULL;

  switch (reading->value.kind) {
  case PLANCIA_VALUE_NUMBER:
    self->number = reading->value.number;
    if (field->values != NULL)
      label = plancia_field_find_label (field, reading->value.integer);
    if (field->type == PLANCIA_FIELD_HHMM || field->type == PLANCIA_FIELD_MMDD)
      self->text = plancia_field_format_plain (field, &reading->value);
    else
      self->text = g_strdup (label);
    self->numbered = self->text != NULL;
    break;
  case PLANCIA_VALUE_TEXT:
  case PLANCIA_VALUE_BITS:
    self->text = plancia_field_format_plain (field, &reading->value);
    break;
  case PLANCIA_VALUE_NONE:
    break;
  default:
    g_assert_not_reached ();
  }
}

/**
 * plancia_evidence_new_reading:
 * @field: of the map
 * @reading: (nullable): what came; %NULL if nothing was asked or came
 *
 * Returns: (transfer full): the register as evidence
 */
PlanciaEvidence *
plancia_evidence_new_reading (const PlanciaField *field, const PlanciaReading *reading)
{
  PlanciaEvidence *self = plancia_evidence_new_number (field->key,
                                                       field->name,
                                                       NAN,
                                                       plancia_field_decimals (field),
                                                       field->unit,
                                                       reading != NULL ? reading->time : 0);

  self->address = field->address;
  if (reading == NULL) {
    self->message = g_strdup ("not answered");
    return self;
  }
  take_words (self, reading->words, reading->n_words);
  if (reading->quality == PLANCIA_QUALITY_GOOD)
    take_value (self, field, reading);
  if (!plancia_evidence_has_value (self))
    self->message = g_strdup (reading->message != NULL ? reading->message
                              : reading->quality == PLANCIA_QUALITY_GOOD ||
                                  reading->quality == PLANCIA_QUALITY_MISSING
                                ? "no data"
                                : plancia_quality_name (reading->quality));
  return self;
}

PlanciaEvidence *
plancia_evidence_copy (const PlanciaEvidence *self)
{
  PlanciaEvidence *copy = g_memdup2 (self, sizeof *self);

  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  copy->unit = g_strdup (self->unit);
  copy->text = g_strdup (self->text);
  copy->message = g_strdup (self->message);
  copy->words = g_memdup2 (self->words, self->n_words * sizeof *self->words);
  return copy;
}

void
plancia_evidence_free (PlanciaEvidence *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->unit);
  g_free (self->text);
  g_free (self->message);
  g_free (self->words);
  g_free (self);
}

gboolean
plancia_evidence_has_value (const PlanciaEvidence *self)
{
  return !isnan (self->number) || (self->text != NULL && self->text[0] != '\0');
}

char *
plancia_evidence_dup_words (const PlanciaEvidence *self)
{
  return self->words != NULL ? plancia_words_format (self->words, self->n_words) : NULL;
}

/* --- lists ----------------------------------------------------------------------------------- */

GPtrArray *
plancia_evidence_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_evidence_free);
}

const PlanciaEvidence *
plancia_evidence_find (GPtrArray *list, const char *key)
{
  for (guint i = 0; i < list->len; i++) {
    const PlanciaEvidence *one = g_ptr_array_index (list, i);

    if (g_str_equal (one->key, key))
      return one;
  }
  return NULL;
}

static gboolean
has_key (GPtrArray *keys, const char *key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (g_ptr_array_index (keys, i), key))
      return TRUE;
  return FALSE;
}

/* What a block writes to be applied is no setting. */
static gboolean
is_wanted (const PlanciaField *field)
{
  return field->access & PLANCIA_ACCESS_READ && !g_str_has_suffix (field->key, "_apply");
}

/**
 * plancia_evidence_list_keys:
 * @map: of the device
 * @patterns: of a step
 *
 * Returns: (transfer full): keys of registers to read
 */
GStrv
plancia_evidence_list_keys (PlanciaMap *map, const char *const *patterns)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; patterns[i] != NULL; i++) {
    for (guint j = 0; j < plancia_map_get_n_fields (map); j++) {
      const PlanciaField *field = plancia_map_get_field (map, j);

      if (is_wanted (field) && g_pattern_match_simple (patterns[i], field->key) &&
          !has_key (keys, field->key))
        g_ptr_array_add (keys, g_strdup (field->key));
    }
  }
  g_ptr_array_add (keys, NULL);
  return (GStrv) g_ptr_array_free (keys, FALSE);
}

/* Room for a longer text than this machine has. */
static gboolean
is_empty_text (const PlanciaField *field, const PlanciaReading *reading)
{
  return field->type == PLANCIA_FIELD_ASCII &&
         (reading->value.text == NULL || reading->value.text[0] == '\0');
}

void
plancia_evidence_add_readings (GPtrArray         *list,
                               PlanciaMap        *map,
                               const char *const *keys,
                               PlanciaReadings   *readings)
{
  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaField   *field = plancia_map_find_field (map, keys[i]);
    const PlanciaReading *reading = readings != NULL ? plancia_readings_find (readings, keys[i])
                                                     : NULL;

    /* A register that not every machine has, and this one has not. */
    if (field == NULL || (field->optional && (reading == NULL || reading->words == NULL ||
                                              is_empty_text (field, reading))))
      continue;
    g_ptr_array_add (list, plancia_evidence_new_reading (field, reading));
  }
}

static void
add_count (GPtrArray  *list,
           const char *key,
           const char *name,
           double      number,
           const char *unit,
           gint64      time)
{
  g_ptr_array_add (list, plancia_evidence_new_number (key, name, number, 0, unit, time));
}

/**
 * plancia_evidence_add_quality:
 * @quality: of the connection
 * @time: ms, now
 */
void
plancia_evidence_add_quality (GPtrArray *list, const PlanciaLinkQuality *quality, gint64 time)
{
  double share = quality->requests > 0
                   ? 100.0 * (double) quality->errors / (double) quality->requests
                   : 0;

  add_count (list,
             "link_latency",
             NC_ ("commissioning", "Answers after (median)"),
             quality->n_latencies > 0 ? quality->latency_median : NAN,
             "ms",
             time);
  add_count (list,
             "link_worst",
             NC_ ("commissioning", "Longest wait"),
             quality->n_latencies > 0 ? quality->latency_worst : NAN,
             "ms",
             time);
  add_count (list,
             "link_requests",
             NC_ ("commissioning", "Requests"),
             (double) quality->requests,
             "",
             time);
  add_count (list,
             "link_errors",
             NC_ ("commissioning", "Requests without an answer"),
             (double) quality->errors,
             "",
             time);
  g_ptr_array_add (list,
                   plancia_evidence_new_number ("link_error_share",
                                                NC_ ("commissioning", "Share without an answer"),
                                                share,
                                                1,
                                                "%",
                                                time));
}

static gboolean
parse_clock (const char *text, GTimeZone *zone, gint64 *time)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "-T :", -1);
  g_autoptr (GDateTime) date = NULL;
  int n[6];

  if (g_strv_length (parts) != 6)
    return FALSE;
  for (int i = 0; i < 6; i++)
    n[i] = (int) g_ascii_strtoll (parts[i], NULL, 10);
  date = g_date_time_new (zone, n[0], n[1], n[2], n[3], n[4], n[5]);
  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix (date) * 1000;
  return TRUE;
}

void
plancia_evidence_add_clock (GPtrArray *list, GTimeZone *zone)
{
  const PlanciaEvidence *clock = plancia_evidence_find (list, "clock_now");
  gint64                 time = 0;

  if (clock == NULL || clock->text == NULL || !parse_clock (clock->text, zone, &time))
    return;
  /* Whole seconds: the device shows no more. */
  add_count (list,
             "clock_off",
             NC_ ("commissioning", "Difference from this computer"),
             round ((double) (time - clock->time) / 1000),
             "s",
             clock->time);
}

/* Each value holds until the next one. FALSE if half of the span is not known. */
static gboolean
get_mean (const PlanciaSampleColumn *column, PlanciaSpan span, double *mean)
{
  double sum = 0;
  gint64 known = 0;

  for (guint i = 0; i < column->times->len; i++) {
    gint64 from = MAX (g_array_index (column->times, gint64, i), span.start);
    gint64 next = i + 1 < column->times->len ? g_array_index (column->times, gint64, i + 1)
                                             : span.end;
    gint64 to = MIN (MIN (next, span.end), from + LONGEST_HOLD);

    if (to <= from)
      continue;
    sum += g_array_index (column->values, double, i) * (double) (to - from);
    known += to - from;
  }
  if (known * 2 < span.end - span.start)
    return FALSE;
  *mean = sum / (double) known;
  return TRUE;
}

void
plancia_evidence_add_means (GPtrArray *list, PlanciaSamples *samples, gint64 time)
{
  static const struct
  {
    const char *key;
    const char *mean;
    const char *name;
  } means[] = {
    {"grid_voltage",    "mean_grid_voltage",    NC_ ("commissioning", "Mean of ten minutes")    },
    {"grid_voltage_l1", "mean_grid_voltage_l1", NC_ ("commissioning", "Mean of ten minutes, L1")},
    {"grid_voltage_l2", "mean_grid_voltage_l2", NC_ ("commissioning", "Mean of ten minutes, L2")},
    {"grid_voltage_l3", "mean_grid_voltage_l3", NC_ ("commissioning", "Mean of ten minutes, L3")},
  };
  PlanciaSpan span = {time - PLANCIA_EVIDENCE_MEAN, time};

  for (guint i = 0; i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    for (guint j = 0; j < G_N_ELEMENTS (means); j++) {
      double mean;

      if (g_str_equal (column->key, means[j].key) && get_mean (column, span, &mean))
        g_ptr_array_add (
          list,
          plancia_evidence_new_number (means[j].mean, means[j].name, mean, 1, "V", time));
    }
  }
}

/* --- files ----------------------------------------------------------------------------------- */

static void
set_text (JsonObject *object, const char *key, const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (object, key, text);
}

JsonNode *
plancia_evidence_to_json (const PlanciaEvidence *self)
{
  JsonObject      *object = json_object_new ();
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *words = plancia_evidence_dup_words (self);

  set_text (object, "key", self->key);
  set_text (object, "name", self->name);
  set_text (object, "unit", self->unit);
  if (!isnan (self->number))
    json_object_set_double_member (object, "number", self->number);
  set_text (object, "text", self->text);
  if (self->numbered)
    json_object_set_boolean_member (object, "label", TRUE);
  json_object_set_int_member (object, "decimals", self->decimals);
  if (self->address >= 0) {
    g_autofree char *address = g_strdup_printf ("0x%04X", (guint) self->address);
    json_object_set_string_member (object, "address", address);
  }
  set_text (object, "words", words);
  json_object_set_int_member (object, "time", self->time);
  set_text (object, "message", self->message);
  json_node_take_object (node, object);
  return node;
}

static char *
dup_member (JsonObject *object, const char *key)
{
  return g_strdup (json_object_get_string_member_with_default (object, key, NULL));
}

static void
parse_words (PlanciaEvidence *self, const char *text)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " ", MOST_WORDS + 1) : NULL;
  guint16 words[MOST_WORDS];
  guint   n = parts != NULL ? g_strv_length (parts) : 0;

  if (n == 0 || n > MOST_WORDS)
    return;
  for (guint i = 0; i < n; i++)
    words[i] = (guint16) g_ascii_strtoull (parts[i], NULL, 16);
  take_words (self, words, n);
}

/** plancia_evidence_from_json: what is wrong or missing is left empty; (transfer full) */
PlanciaEvidence *
plancia_evidence_from_json (JsonObject *object)
{
  PlanciaEvidence *self = g_new0 (PlanciaEvidence, 1);
  const char      *address = json_object_get_string_member_with_default (object, "address", NULL);

  self->key = dup_member (object, "key");
  if (self->key == NULL)
    self->key = g_strdup ("");
  self->name = dup_member (object, "name");
  if (self->name == NULL)
    self->name = g_strdup (self->key);
  self->unit = dup_member (object, "unit");
  if (self->unit == NULL)
    self->unit = g_strdup ("");
  self->text = dup_member (object, "text");
  self->message = dup_member (object, "message");
  self->number = json_object_get_double_member_with_default (object, "number", NAN);
  self->numbered = json_object_get_boolean_member_with_default (object, "label", FALSE);
  self->decimals =
    (guint) CLAMP (json_object_get_int_member_with_default (object, "decimals", 0), 0, 9);
  self->address = address != NULL ? (int) (g_ascii_strtoull (address, NULL, 16) & 0xFFFF) : -1;
  self->time = json_object_get_int_member_with_default (object, "time", 0);
  parse_words (self, json_object_get_string_member_with_default (object, "words", NULL));
  return self;
}
