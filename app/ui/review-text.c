/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-text.h"

#include "map/field-sign.h"
#include "map/write-frame.h"
#include "model/device-unit.h"
#include "ui/clock-block.h"
#include "ui/error-text.h"
#include "ui/register-cells.h"
#include "ui/register-facts.h"
#include <glib/gi18n.h>

#define EM_DASH "\xe2\x80\x94"
#define DOT     " \xc2\xb7 "
/* More than this does not fit; the tooltip has the rest. */
#define MANY_WORDS 4

static const PlanciaEdit *
first_of (GPtrArray *setting)
{
  return g_ptr_array_index (setting, 0);
}

static gboolean
is_clock (GPtrArray *setting)
{
  return setting->len > 1;
}

/* Year, month, day, hour, minute, second in the order of the block; FALSE if one is not known. */
static char *
clock_text (const int *parts)
{
  return g_strdup_printf ("%02d:%02d:%02d", parts[3], parts[4], parts[5]);
}

static char *
value_with_unit (const PlanciaField *field, const PlanciaValue *value, const guint16 *words)
{
  g_autofree char *text = plancia_field_format (field, value, words);
  const char      *sign = plancia_field_sign_word (field, value);
  g_autofree char *whole = NULL;

  if (value->kind == PLANCIA_VALUE_NONE)
    return g_steal_pointer (&text);
  whole = plancia_register_facts_with_unit (field, text);
  return sign != NULL ? g_strdup_printf ("%s (%s)", whole, sign) : g_steal_pointer (&whole);
}

static PlanciaRegisterRow *
row_of (PlanciaRegisterModel *model, const PlanciaEdit *edit)
{
  return plancia_register_model_find (model, edit->field->key);
}

/**
 * plancia_review_text_subtitle:
 *
 * Returns: (transfer full): name, serial number if it was read, and route of @device: which of several
 * equal inverters it is has to be plain.
 */
char *
plancia_review_text_subtitle (PlanciaDevice *device)
{
  static const char *const keys[] = {"serial_number", "serial"};
  g_autofree char         *route = plancia_device_dup_route (device);
  const PlanciaReading    *serial = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys) && serial == NULL; i++)
    serial = plancia_device_lookup (device, keys[i]);
  if (serial == NULL || serial->value.kind != PLANCIA_VALUE_TEXT)
    return g_strconcat (plancia_device_get_name (device), DOT, route, NULL);
  return g_strconcat (plancia_device_get_name (device), DOT, serial->value.text, DOT, route, NULL);
}

char *
plancia_review_text_write (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Write %u setting", "Write %u settings", n),
                          n);
}

char *
plancia_review_text_name (GPtrArray *setting)
{
  if (is_clock (setting))
    return g_strdup (C_ ("setting", "Clock"));
  return g_strdup (plancia_map_label (first_of (setting)->field->name));
}

/* The other edits that go in the same request. */
static char *
partners (GPtrArray *setting, const PlanciaWriteStep *step)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < step->edits->len && !is_clock (setting); i++) {
    const PlanciaEdit *edit = g_ptr_array_index (step->edits, i);

    if (edit->field == first_of (setting)->field)
      continue;
    g_string_append (names, names->len > 0 ? ", " : "");
    g_string_append (names, plancia_map_label (edit->field->name));
  }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

/* Nearly every setting asks for some care: one word is enough for that. */
static const char *
danger_words (PlanciaDanger danger)
{
  /* TRANSLATORS: under the name of a setting that is to be written */
  return danger == PLANCIA_DANGER_CAUTION ? _ ("caution") : plancia_register_facts_danger (danger);
}

/**
 * plancia_review_text_reason:
 *
 * Returns: (transfer full): the caption under the name of a setting.
 */
char *
plancia_review_text_reason (PlanciaRegisterModel   *model,
                            GPtrArray              *setting,
                            const PlanciaWriteStep *step)
{
  const PlanciaField *field = first_of (setting)->field;
  g_autofree char    *with = partners (setting, step);
  const char         *danger = danger_words (step->danger);
  g_autoptr (GString) text = g_string_new (NULL);

  if (danger != NULL)
    g_string_append (text, danger);
  if (with != NULL) {
    g_string_append (text, text->len > 0 ? DOT : "");
    /* TRANSLATORS: %s are names of settings that are written in the same request */
    g_string_append_printf (text, _ ("together with %s"), with);
  }
  if (field->wear == PLANCIA_WEAR_EEPROM)
    g_string_append_printf (text, "%s%s", text->len > 0 ? DOT : "", "EEPROM");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
plancia_review_text_before (PlanciaRegisterModel *model, GPtrArray *setting)
{
  int parts[6] = {0};

  if (!is_clock (setting)) {
    PlanciaRegisterRow *row = row_of (model, first_of (setting));

    return value_with_unit (first_of (setting)->field,
                            plancia_register_row_get_value (row),
                            plancia_register_row_get_words (row));
  }
  for (guint i = 0; i < setting->len && i < G_N_ELEMENTS (parts); i++) {
    const PlanciaValue *value =
      plancia_register_row_get_value (row_of (model, g_ptr_array_index (setting, i)));

    if (value->kind != PLANCIA_VALUE_NUMBER)
      return g_strdup (EM_DASH);
    parts[i] = (int) value->number;
  }
  return clock_text (parts);
}

char *
plancia_review_text_after (GPtrArray *setting)
{
  int parts[6] = {0};

  if (!is_clock (setting))
    return value_with_unit (first_of (setting)->field, &first_of (setting)->value, NULL);
  for (guint i = 0; i < setting->len && i < G_N_ELEMENTS (parts); i++)
    parts[i] = (int) ((const PlanciaEdit *) g_ptr_array_index (setting, i))->value.number;
  return clock_text (parts);
}

static char *
clock_words (GPtrArray *setting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < setting->len; i++) {
    const PlanciaEdit  *edit = g_ptr_array_index (setting, i);
    g_autofree guint16 *words = g_new0 (guint16, edit->field->count);
    g_autofree char    *part = NULL;

    plancia_field_encode (edit->field, &edit->value, NULL, words, NULL);
    part = plancia_words_format (words, edit->field->count);
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
plancia_review_text_raw (PlanciaRegisterModel *model, GPtrArray *setting)
{
  const PlanciaEdit *edit = first_of (setting);
  char              *text;

  if (is_clock (setting))
    return clock_words (setting);
  text = plancia_register_facts_raw_change (row_of (model, edit), &edit->value);
  return text != NULL ? text : g_strdup (EM_DASH);
}

char *
plancia_review_text_block (GPtrArray *setting, const PlanciaWriteStep *step)
{
  guint address = first_of (setting)->field->address;

  if (step->block == NULL)
    return g_strdup_printf (
      /* TRANSLATORS: %04X is the address of a register */
      g_dngettext (GETTEXT_PACKAGE, "%04X, %u word", "%04X, %u words", step->count),
      address,
      (guint) step->count);
  return g_strdup_printf (
    /* TRANSLATORS: the first %04X is the address of a register, the second that of the block that is written as one */
    g_dngettext (GETTEXT_PACKAGE,
                 "%04X, block of %u word from %04X",
                 "%04X, block of %u words from %04X",
                 step->count),
    address,
    (guint) step->count,
    (guint) step->address);
}

const char *
plancia_review_text_verdict (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return C_ ("verdict", "Verified");
  case PLANCIA_VERDICT_DIFFERS:
    return C_ ("verdict", "Differs");
  case PLANCIA_VERDICT_SKIPPED:
    return C_ ("verdict", "Not sent");
  case PLANCIA_VERDICT_REFUSED:
    return C_ ("verdict", "Refused");
  case PLANCIA_VERDICT_SENT:
    return C_ ("verdict", "Sent, cannot be verified");
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return C_ ("verdict", "Unknown");
  }
}

const char *
plancia_review_text_icon (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return "plancia-verified-symbolic";
  case PLANCIA_VERDICT_DIFFERS:
    return "plancia-differs-symbolic";
  case PLANCIA_VERDICT_SKIPPED:
    return "plancia-skipped-symbolic";
  case PLANCIA_VERDICT_REFUSED:
    return "plancia-severity-fault-symbolic";
  case PLANCIA_VERDICT_SENT:
    return "plancia-unknown-symbolic";
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return "plancia-unknown-symbolic";
  }
}

const char *
plancia_review_text_css_class (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return "verified";
  case PLANCIA_VERDICT_DIFFERS:
  case PLANCIA_VERDICT_REFUSED:
    return "differs";
  case PLANCIA_VERDICT_SKIPPED:
    return "skipped";
  case PLANCIA_VERDICT_SENT:
    return "unknown";
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return "unknown";
  }
}

/**
 * plancia_review_text_reads:
 * @words: as many as the field has
 *
 * Returns: (transfer full): "reads 0000, Self-use".
 */
char *
plancia_review_text_reads (const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};
  g_autofree char *raw = plancia_words_format (words, MIN (field->count, MANY_WORDS));
  g_autofree char *text = NULL;

  plancia_field_decode (field, words, &value);
  text = value_with_unit (field, &value, words);
  /* TRANSLATORS: what a register has after a write: raw words, value */
  return g_strdup_printf (_ ("reads %s, %s"), raw, text);
}

char *
plancia_review_text_detail (const PlanciaField *field, const PlanciaWriteOutcome *outcome)
{
  if (outcome->verdict == PLANCIA_VERDICT_SKIPPED && outcome->error == NULL)
    return outcome->after != NULL || outcome->before != NULL
      ? g_strdup (_ ("the device already has this value"))
      : g_strdup (_ ("stopped before it was sent"));
  if (outcome->after != NULL && outcome->n_words == field->count)
    return plancia_review_text_reads (field, outcome->after);
  if (outcome->error != NULL)
    return g_strdup (plancia_error_text (outcome->error));
  if (outcome->verdict == PLANCIA_VERDICT_UNKNOWN)
    return g_strdup (_ ("no answer, could not be read back"));
  return g_strdup ("");
}

static char *
words_text (const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};

  if (words == NULL)
    return g_strdup (EM_DASH);
  plancia_field_decode (field, words, &value);
  return value_with_unit (field, &value, words);
}

/**
 * plancia_review_text_sentence:
 *
 * Returns: (transfer full) (nullable): what is not as it was wanted, and what Plancia did about it.
 */
char *
plancia_review_text_sentence (const char                *name,
                              const PlanciaEdit         *edit,
                              const PlanciaWriteOutcome *outcome)
{
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;

  switch (outcome->verdict) {
  case PLANCIA_VERDICT_DIFFERS:
    wanted = value_with_unit (edit->field, &edit->value, NULL);
    found = words_text (edit->field, outcome->after);
    /* TRANSLATORS: name of a setting, value that was written, value that was read back */
    return g_strdup_printf (
      _ ("%s differs: %s was written, %s was read back."), name, wanted, found);
  case PLANCIA_VERDICT_UNKNOWN:
    return g_strdup_printf (_ ("%s: whether it was written is unknown. It was not sent again."),
                               name);
  case PLANCIA_VERDICT_REFUSED:
    return g_strdup_printf (_ ("%s was refused. %s"),
                               name,
                               outcome->error != NULL ? plancia_error_text (outcome->error) : "");
  case PLANCIA_VERDICT_SENT:
    return g_strdup_printf (
      _ ("%s was sent, and the device took it; reading it back proves nothing."), name);
  case PLANCIA_VERDICT_VERIFIED:
  case PLANCIA_VERDICT_SKIPPED:
  default:
    return NULL;
  }
}

static gboolean
same_function (GPtrArray *steps)
{
  for (guint i = 1; i < steps->len; i++)
    if (((PlanciaWriteStep *) g_ptr_array_index (steps, i))->function !=
        ((PlanciaWriteStep *) g_ptr_array_index (steps, 0))->function)
      return FALSE;
  return steps->len > 0;
}

/**
 * plancia_review_text_requests:
 * @steps: (element-type PlanciaWriteStep)
 *
 * Returns: (transfer full): what will be sent.
 */
char *
plancia_review_text_requests (GPtrArray *steps)
{
  const PlanciaWriteStep *first = steps->len > 0 ? g_ptr_array_index (steps, 0) : NULL;
  g_autofree char        *sent = NULL;

  if (same_function (steps))
    sent = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Sent as %u request, function %u.",
                                         "Sent as %u requests, function %u.",
                                         steps->len),
                            steps->len,
                            (guint) first->function);
  else
    sent = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "Sent as %u request.", "Sent as %u requests.", steps->len),
      steps->len);
  if (steps->len == 1)
    return g_strdup_printf ("%s %s", sent, _ ("It is read back."));
  return g_strdup_printf ("%s %s", sent, _ ("Each one is read back before the next."));
}

static gboolean
uses_eeprom (PlanciaRegisterModel *model)
{
  g_autoptr (GPtrArray) edits = plancia_register_model_get_edits (model);

  for (guint i = 0; i < edits->len; i++)
    if (((PlanciaEdit *) g_ptr_array_index (edits, i))->field->wear == PLANCIA_WEAR_EEPROM)
      return TRUE;
  return FALSE;
}

/**
 * plancia_review_text_explanation:
 * @model: rows, some of them staged
 *
 * Returns: (transfer full): what happens without an answer, and what is special about these edits.
 */
char *
plancia_review_text_explanation (PlanciaRegisterModel *model)
{
  g_autoptr (GString) text =
    g_string_new (_ ("A write that gets no answer is reported as unknown and is not repeated."));

  if (plancia_clock_block_is_from_computer (model))
    g_string_append_printf (text, "\n%s", _ ("The time is taken again when it is sent."));
  if (uses_eeprom (model))
    g_string_append_printf (
      text,
      "\n%s",
      _ ("Settings in EEPROM survive a power cut; each write wears the memory a "
                               "little."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
plancia_review_text_counts (const char *reason, guint total, guint today)
{
  g_autofree char *written =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "written %u time", "written %u times", total),
                     total);

  if (today == 0)
    return g_strconcat (reason, DOT, written, NULL);
  return g_strdup_printf (
    /* TRANSLATORS: "EEPROM · written 12 times, 3 of them today" */
    g_dngettext (GETTEXT_PACKAGE, "%s · %s, %u of them today", "%s · %s, %u of them today", today),
    reason,
    written,
    today);
}

/* FALSE: some word of the block was not read yet. */
static gboolean
fill_from_rows (PlanciaRegisterModel *model, PlanciaWriteStep *step)
{
  g_autofree guint16  *present = g_new0 (guint16, step->count);
  g_autofree gboolean *known = g_new0 (gboolean, step->count);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (model), i);
    const PlanciaField *field = plancia_register_row_get_field (row);
    const guint16      *words = plancia_register_row_get_words (row);

    for (guint j = 0; words != NULL && j < field->count; j++)
      if (field->address + j >= step->address &&
          field->address + j < (guint) step->address + step->count) {
        present[field->address + j - step->address] = words[j];
        known[field->address + j - step->address] = TRUE;
      }
  }
  for (guint i = 0; i < step->count; i++)
    if (step->fill[i] && !known[i])
      return FALSE;
  return plancia_write_step_fill (step, present, NULL);
}

/**
 * plancia_review_text_frames:
 *
 * Returns: (transfer full): unit and request in hexadecimal; the route puts its own frame around
 */
char *
plancia_review_text_frames (PlanciaRegisterModel *model, GPtrArray *steps, PlanciaDevice *device)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++) {
    PlanciaWriteStep *step = g_ptr_array_index (steps, i);
    gboolean          filled = fill_from_rows (model, step);
    g_autofree char  *frame =
      plancia_write_step_frame (step, plancia_device_find_unit (device), filled);

    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", frame);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
plancia_review_text_why_not (PlanciaSession *session)
{
  if (!plancia_session_get_installer (session))
    return _ ("Plancia is in view only: nothing can be written.");
  return _ ("The device is not connected: nothing can be written now.");
}

double
plancia_review_text_share (const char *phase)
{
  if (g_str_equal (phase, "sending"))
    return 0.1;
  return g_str_equal (phase, "done") ? 1 : 0.5;
}
