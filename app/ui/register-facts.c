/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-facts.h"

#include "base/text.h"
#include "model/register-text.h"
#include "ui/register-cells.h"
#include <glib/gi18n.h>
#include <math.h>

#define DOT " \xc2\xb7 "

static char *
number_text (const PlanciaField *field, double number)
{
  return plancia_text_number (number, plancia_field_decimals (field));
}

static char *
limit_text (const PlanciaField *field, double number)
{
  g_autofree char *text = number_text (field, number);

  return plancia_register_facts_with_unit (field, text);
}

/* Times and tables have limits of their own, which their controls show. */
static gboolean
is_plain_number (const PlanciaField *field)
{
  return field->values == NULL && field->type <= PLANCIA_FIELD_F64;
}

/**
 * plancia_register_facts_with_unit:
 * @text: a value for people
 *
 * Returns: (transfer full): @text with the unit of @field, if it has one.
 */
char *
plancia_register_facts_with_unit (const PlanciaField *field, const char *text)
{
  return plancia_text_with_unit (text, field->unit);
}

/**
 * plancia_register_facts_caption:
 *
 * Returns: (transfer full): address, access and present value of @row.
 */
char *
plancia_register_facts_caption (PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const char         *access = plancia_register_text_access (row);
  g_autofree char    *now = NULL;

  if (plancia_register_row_get_time (row) == 0)
    return g_strdup_printf ("%04X" DOT "%s" DOT "%s", field->address, access, _ ("not read yet"));
  now = plancia_register_facts_with_unit (field, plancia_register_row_get_text (row));
  /* TRANSLATORS: address, access and present value of a register, as "1024 · RW · now 6.0 kW" */
  return g_strdup_printf (_ ("%04X · %s · now %s"), (guint) field->address, access, now);
}

/**
 * plancia_register_facts_permitted:
 *
 * Returns: (transfer full) (nullable): the range and step that the map allows.
 */
char *
plancia_register_facts_permitted (const PlanciaField *field)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autofree char *step = NULL;

  if (!is_plain_number (field) || (!field->has_minimum && !field->has_maximum))
    return NULL;
  low = field->has_maximum ? number_text (field, field->minimum)
                           : limit_text (field, field->minimum);
  high = limit_text (field, field->maximum);
  step = number_text (field, plancia_field_resolution (field));
  if (!field->has_minimum)
    return g_strdup_printf (_ ("at most %s, step %s"), high, step);
  if (!field->has_maximum)
    return g_strdup_printf (_ ("at least %s, step %s"), low, step);
  /* TRANSLATORS: what may be written: lowest value, highest value with unit, step */
  return g_strdup_printf (_ ("%s to %s, step %s"), low, high, step);
}

static GPtrArray *
list_partners (PlanciaRegisterRow *row)
{
  const PlanciaWriteBlock *block = plancia_register_row_get_block (row);
  const PlanciaField      *field = plancia_register_row_get_field (row);
  GPtrArray               *names = g_ptr_array_new ();

  for (guint i = 0; block != NULL && i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->kind == PLANCIA_LAYOUT_REGISTER && item->field != field &&
        item->field != block->result)
      g_ptr_array_add (names, (gpointer) plancia_map_label (item->field->name));
  }
  return names;
}

/**
 * plancia_register_facts_together:
 *
 * Returns: (transfer full) (nullable): names of the other registers that are written in the same
 * request, the first of them if they are many, or %NULL if the register is written alone.
 */
char *
plancia_register_facts_together (PlanciaRegisterRow *row)
{
  g_autoptr (GPtrArray) names = list_partners (row);
  guint n_more;

  if (names->len == 0)
    return NULL;
  if (names->len == 1)
    return g_strdup (g_ptr_array_index (names, 0));
  if (names->len == 2)
    return g_strdup_printf ("%s, %s",
                            (char *) g_ptr_array_index (names, 0),
                            (char *) g_ptr_array_index (names, 1));
  n_more = names->len - 1;
  /* TRANSLATORS: name of a register that is written in the same request, and how many others are */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", n_more),
                          (char *) g_ptr_array_index (names, 0),
                          n_more);
}

/**
 * plancia_register_facts_raw_change:
 * @value: what would be written
 *
 * Returns: (transfer full) (nullable): the words now and then.
 */
char *
plancia_register_facts_raw_change (PlanciaRegisterRow *row, const PlanciaValue *value)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const guint16      *present = plancia_register_row_get_words (row);
  g_autofree guint16 *words = g_new0 (guint16, field->count);
  g_autofree char    *before = NULL;
  g_autofree char    *after = NULL;

  if (!plancia_field_encode (field, value, present, words, NULL))
    return NULL;
  before = present != NULL ? plancia_words_format (present, field->count)
                           : g_strdup ("\xe2\x80\x94");
  after = plancia_words_format (words, field->count);
  return g_strdup_printf ("%s %s %s", before, plancia_register_arrow (), after);
}

/**
 * plancia_register_facts_refusal:
 * @value: what a person chose
 *
 * Returns: (transfer full) (nullable): the limit that @value breaks and where it comes from.
 */
char *
plancia_register_facts_refusal (const PlanciaField *field, const PlanciaValue *value)
{
  g_autofree char *limit = NULL;

  if (plancia_field_check (field, value, NULL))
    return NULL;
  if (value->kind != PLANCIA_VALUE_NUMBER || !is_plain_number (field))
    return g_strdup (_ ("The register cannot hold this value."));
  if (field->has_maximum && value->number > field->maximum) {
    limit = limit_text (field, field->maximum);
    return g_strdup_printf (_ ("At most %s: the limit in the register map of this device."), limit);
  }
  if (field->has_minimum && value->number < field->minimum) {
    limit = limit_text (field, field->minimum);
    return g_strdup_printf (_ ("At least %s: the limit in the register map of this device."),
                               limit);
  }
  limit = limit_text (field, plancia_field_resolution (field));
  if (fabs (remainder (value->number, plancia_field_resolution (field))) > 1e-9)
    return g_strdup_printf (_ ("Only multiples of %s can be written."), limit);
  return g_strdup (_ ("The register cannot hold this value."));
}

/**
 * plancia_register_facts_danger:
 *
 * Returns: (transfer none) (nullable): what may happen if the value is wrong.
 */
const char *
plancia_register_facts_danger (PlanciaDanger danger)
{
  switch (danger) {
  case PLANCIA_DANGER_CAUTION:
    return _ ("Changes how the device works.");
  case PLANCIA_DANGER_BATTERY:
    return _ ("A wrong value can damage the battery.");
  case PLANCIA_DANGER_STOPS_PRODUCTION:
    return _ ("Can stop production.");
  case PLANCIA_DANGER_BREAKS_LINK:
    return _ ("Can cut this connection to the device.");
  case PLANCIA_DANGER_GRID_CODE:
    return _ ("Belongs to the grid code, which Plancia never writes.");
  case PLANCIA_DANGER_NONE:
  default:
    return NULL;
  }
}

/**
 * plancia_register_facts_read_only:
 *
 * Returns: (transfer none) (nullable): why @row can never be written.
 */
const char *
plancia_register_facts_read_only (PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  if (plancia_register_row_is_writable (row))
    return NULL;
  if (field->danger == PLANCIA_DANGER_GRID_CODE)
    return plancia_register_facts_danger (PLANCIA_DANGER_GRID_CODE);
  if (plancia_field_is_writable (field))
    return _ ("The device reports here what became of the last write.");
  return _ ("This register can only be read.");
}
