/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "map/field-value.h"
#include <string.h>

/* Words of a device as a value of a field of any type, the value as text, and any text as a value. Head: type, count and byte
 * orders, scale; then the words; what is left is what somebody typed. */
#define HEAD       3
#define MOST_WORDS 8

static guint
count_of (PlanciaFieldType type, guint wanted)
{
  switch (type) {
  case PLANCIA_FIELD_U32:
  case PLANCIA_FIELD_I32:
  case PLANCIA_FIELD_F32:
    return 2;
  case PLANCIA_FIELD_U64:
  case PLANCIA_FIELD_I64:
  case PLANCIA_FIELD_F64:
    return 4;
  case PLANCIA_FIELD_CLOCK6:
    return 6;
  case PLANCIA_FIELD_ASCII:
  case PLANCIA_FIELD_BITS:
  case PLANCIA_FIELD_RAW:
    return wanted % MOST_WORDS + 1;
  case PLANCIA_FIELD_U16:
  case PLANCIA_FIELD_I16:
  case PLANCIA_FIELD_BCD16:
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_MMDD:
  default:
    return 1;
  }
}

static PlanciaField
make_field (const uint8_t *head)
{
  static const double scales[] = {1, 0.1, 0.01, 10, -1, 0.001};

  return (PlanciaField){
    .key = "key",
    .name = "name",
    .group = "group",
    .read_function = 3,
    .write_function = 16,
    .type = (PlanciaFieldType) (head[0] % (PLANCIA_FIELD_RAW + 1)),
    .count = (guint16) count_of ((PlanciaFieldType) (head[0] % (PLANCIA_FIELD_RAW + 1)),
                                 head[1] >> 2),
    .little_words = head[1] & 1,
    .little_bytes = head[1] >> 1 & 1,
    .scale = scales[head[2] % G_N_ELEMENTS (scales)],
    .unit = "",
    .display = "",
    .access = PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE,
  };
}

static void
fuzz_typed (const PlanciaField *field, const uint8_t *data, size_t size)
{
  g_autofree char *typed = g_strndup ((const char *) data, size);
  guint16          words[MOST_WORDS];
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  if (plancia_field_parse (field, typed, &value, &error))
    plancia_field_encode (field, &value, NULL, words, NULL);
  else
    FUZZ_PROMISE (error != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PlanciaField field;
  guint16      words[MOST_WORDS];
  g_auto (PlanciaValue) value = {0};
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;

  if (size < HEAD + 2 * MOST_WORDS)
    return 0;
  field = make_field (data);
  memcpy (words, data + HEAD, sizeof words);
  plancia_field_decode (&field, words, &value);
  text = plancia_field_format (&field, &value, words);
  plain = plancia_field_format_plain (&field, &value);
  FUZZ_PROMISE (text != NULL && g_utf8_validate (text, -1, NULL));
  FUZZ_PROMISE (plain != NULL && g_utf8_validate (plain, -1, NULL));
  fuzz_typed (&field, data + HEAD + 2 * MOST_WORDS, size - HEAD - 2 * MOST_WORDS);
  return 0;
}
