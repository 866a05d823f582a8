/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/raw-row.h"

#include "base/text.h"
#include <locale.h>
#include <math.h>
#include <string.h>

#define NONE    (-1)
#define EM_DASH "\xe2\x80\x94"
#define MINUS   "\xe2\x88\x92"
/* Stands for a byte that cannot be shown. */
#define NO_CHARACTER "\xc2\xb7"
#define N_BITS       16
/* Beyond these a float is written with an exponent. */
#define SMALL_FLOAT 1e-3
#define LARGE_FLOAT 1e6

struct _PlanciaRawRow
{
  GObject parent_instance;

  guint16  address;
  gboolean bit;
  char    *name; /* or NULL */
  int      word;
  int      next;
  int      kept;
  gint64   changed;
  guint    serial;
};

enum {
  PROP_0,
  PROP_SERIAL,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaRawRow, plancia_raw_row, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
touch (PlanciaRawRow *self)
{
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIAL]);
}

/* --- values ---------------------------------------------------------------------------------- */

static guint16
swap (guint16 word)
{
  return (guint16) (word << 8 | word >> 8);
}

/* FALSE without two registers. */
static gboolean
get_two (PlanciaRawRow *self, PlanciaWordOrder order, guint32 *value)
{
  guint16 first = (guint16) self->word, second = (guint16) self->next;

  if (self->word == NONE || self->next == NONE || self->bit)
    return FALSE;
  if (order == PLANCIA_WORDS_BADC || order == PLANCIA_WORDS_DCBA) {
    first = swap (first);
    second = swap (second);
  }
  if (order == PLANCIA_WORDS_CDAB || order == PLANCIA_WORDS_DCBA)
    *value = (guint32) second << 16 | first;
  else
    *value = (guint32) first << 16 | second;
  return TRUE;
}

static float
as_float (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Digits as a C program writes them. (transfer full) */
static char *
float_digits (double value, gboolean exact)
{
  char        buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double      size = fabs (value);
  const char *format = "%.5g";

  if (!isfinite (value))
    return g_strdup (isnan (value) ? "nan" : value > 0 ? "inf" : "-inf");
  if (exact)
    format = "%.9g";
  else if (value != 0 && (size < SMALL_FLOAT || size >= LARGE_FLOAT))
    format = "%.3g";
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

/* The locale's decimal sign and the real minus. (transfer full) */
static char *
for_people (const char *digits)
{
  GString *text = g_string_new (NULL);

  for (const char *at = digits; *at != '\0'; at++) {
    if (*at == '-')
      g_string_append (text, MINUS);
    else if (*at == '.')
      g_string_append (text, localeconv ()->decimal_point);
    else if (*at != '+')
      g_string_append_c (text, *at);
  }
  return g_string_free (text, FALSE);
}

static char *
format_bits (PlanciaRawRow *self)
{
  GString *text = g_string_new (NULL);

  if (self->bit)
    g_string_append_c (text, self->word != 0 ? '1' : '0');
  for (int i = N_BITS - 1; i >= 0 && !self->bit; i--) {
    g_string_append_c (text, self->word >> i & 1 ? '1' : '0');
    if (i > 0 && i % 4 == 0)
      g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

static void
append_character (GString *text, int byte, const char *none)
{
  if (g_ascii_isprint (byte))
    g_string_append_c (text, (char) byte);
  else
    g_string_append (text, none);
}

static char *
format_text (PlanciaRawRow *self, const char *none)
{
  GString *text = g_string_new (NULL);

  append_character (text, self->word >> 8 & 0xff, none);
  append_character (text, self->word & 0xff, none);
  return g_string_free (text, FALSE);
}

/* NULL where there is no such number. */
static gboolean
get_number (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order, double *number)
{
  guint32 both;

  if (form == PLANCIA_RAW_U16 || form == PLANCIA_RAW_I16) {
    *number = form == PLANCIA_RAW_U16 ? self->word : (gint16) self->word;
    return self->word != NONE;
  }
  if (!get_two (self, order, &both))
    return FALSE;
  *number = form == PLANCIA_RAW_U32 ? (double) both : (double) (gint32) both;
  return TRUE;
}

static gboolean
needs_word (PlanciaRawForm form)
{
  return form == PLANCIA_RAW_HEX || form == PLANCIA_RAW_BITS || form == PLANCIA_RAW_TEXT;
}

/* NULL where there is none. */
static char *
format (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order, gboolean plain)
{
  guint32 both;
  double  number;

  if (needs_word (form) && self->word == NONE)
    return NULL;
  switch (form) {
  case PLANCIA_RAW_ADDRESS:
    return g_strdup_printf (plain ? "0x%04X" : "%04X", self->address);
  case PLANCIA_RAW_DECIMAL:
    return g_strdup_printf ("%u", self->address);
  case PLANCIA_RAW_HEX:
    return self->bit ? NULL : g_strdup_printf ("%04X", (guint) self->word);
  case PLANCIA_RAW_BITS:
    return format_bits (self);
  case PLANCIA_RAW_TEXT:
    return self->bit ? NULL : format_text (self, plain ? "." : NO_CHARACTER);
  case PLANCIA_RAW_NAME:
    return g_strdup (self->name);
  case PLANCIA_RAW_F32:
    return get_two (self, order, &both) ? float_digits ((double) as_float (both), plain) : NULL;
  case PLANCIA_RAW_U16:
  case PLANCIA_RAW_I16:
  case PLANCIA_RAW_U32:
  case PLANCIA_RAW_I32:
    if (!get_number (self, form, order, &number))
      return NULL;
    return plain ? plancia_text_c_number (number, 0) : plancia_text_number (number, 0);
  case PLANCIA_N_RAW_FORMS:
  default:
    return NULL;
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_raw_row_finalize (GObject *object)
{
  g_free (PLANCIA_RAW_ROW (object)->name);

  G_OBJECT_CLASS (plancia_raw_row_parent_class)->finalize (object);
}

static void
plancia_raw_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SERIAL:
    g_value_set_uint (value, PLANCIA_RAW_ROW (object)->serial);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_raw_row_class_init (PlanciaRawRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_raw_row_finalize;
  object_class->get_property = plancia_raw_row_get_property;

  properties[PROP_SERIAL] = g_param_spec_uint ("serial",
                                               NULL,
                                               NULL,
                                               0,
                                               G_MAXUINT,
                                               0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_raw_row_init (PlanciaRawRow *self)
{
  self->word = NONE;
  self->next = NONE;
  self->kept = NONE;
}

/**
 * plancia_raw_row_new:
 * @bit: whether it is a coil or an input of one bit
 * @name: (nullable): what a map calls it, translated
 *
 * Returns: (transfer full): a row that was not read. Main thread, as all of this file.
 */
PlanciaRawRow *
plancia_raw_row_new (guint16 address, gboolean bit, const char *name)
{
  PlanciaRawRow *self = g_object_new (PLANCIA_TYPE_RAW_ROW, NULL);

  self->address = address;
  self->bit = bit;
  self->name = g_strdup (name);
  return self;
}

guint16
plancia_raw_row_get_address (PlanciaRawRow *self)
{
  return self->address;
}

gboolean
plancia_raw_row_is_bit (PlanciaRawRow *self)
{
  return self->bit;
}

void
plancia_raw_row_set (PlanciaRawRow *self, guint16 word, int next, gint64 time)
{
  if (self->word == word && self->next == next)
    return;
  if (self->word != NONE && self->word != word)
    self->changed = time;
  self->word = word;
  self->next = next;
  touch (self);
}

int
plancia_raw_row_get_word (PlanciaRawRow *self)
{
  return self->word;
}

gint64
plancia_raw_row_get_changed (PlanciaRawRow *self)
{
  return self->changed;
}

void
plancia_raw_row_keep (PlanciaRawRow *self, gboolean keep)
{
  int kept = keep ? self->word : NONE;

  if (self->kept == kept)
    return;
  self->kept = kept;
  touch (self);
}

int
plancia_raw_row_get_kept (PlanciaRawRow *self)
{
  return self->kept;
}

/**
 * plancia_raw_row_format:
 * @form: as what
 * @order: for the forms of two registers, which begin at this one
 *
 * Returns: (transfer full): the text; "nan" for a float that is no number
 */
char *
plancia_raw_row_format (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order)
{
  char            *text = format (self, form, order, FALSE);
  g_autofree char *digits = NULL;

  if (text == NULL)
    return g_strdup (EM_DASH);
  if (form != PLANCIA_RAW_F32)
    return text;
  digits = text;
  return for_people (digits);
}

char *
plancia_raw_row_format_plain (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order)
{
  char *text = format (self, form, order, TRUE);

  return text != NULL ? text : g_strdup ("");
}

const char *
plancia_word_order_name (PlanciaWordOrder order)
{
  static const char *const names[] = {"ABCD", "CDAB", "BADC", "DCBA"};

  return order < PLANCIA_N_WORD_ORDERS ? names[order] : "";
}
