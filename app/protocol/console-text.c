/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/console-text.h"

#include <string.h>

#define ESCAPE        0x1b
#define MAX_SEQUENCE  64
#define N_PARAMETERS  16
#define LAST_PLAIN    0x7e
#define FIRST_PLAIN   0x20
#define FOREGROUND    0x001f
#define BACKGROUND    0x03e0
#define BACKGROUND_AT 5

/* --- how a terminal writes ----------------------------------------------------------------------- */

/* The nearest of the sixteen to a colour of the cube or a true colour. */
static guint
nearest (guint red, guint green, guint blue)
{
  guint high = MAX (MAX (red, green), blue);
  guint base = (red > high / 2 ? 1 : 0) | (green > high / 2 ? 2 : 0) | (blue > high / 2 ? 4 : 0);

  if (high < 48)
    return 0;
  if (base == 7)
    return high > 220 ? 15 : high > 140 ? 7 : 8;
  return base | (high > 220 ? 8 : 0);
}

static guint
indexed (guint index)
{
  static const guint8 levels[] = {0, 95, 135, 175, 215, 255};

  if (index < 16)
    return index;
  if (index >= 232)
    return nearest (8 + 10 * (index - 232), 8 + 10 * (index - 232), 8 + 10 * (index - 232));
  index = MIN (index, 231) - 16;
  return nearest (levels[index / 36], levels[index / 6 % 6], levels[index % 6]);
}

static PlanciaConsoleLook
with_foreground (PlanciaConsoleLook look, guint colour)
{
  return (PlanciaConsoleLook) ((look & ~FOREGROUND) | ((colour + 1) & 0x1f));
}

static PlanciaConsoleLook
with_background (PlanciaConsoleLook look, guint colour)
{
  return (PlanciaConsoleLook) ((look & ~BACKGROUND) | (((colour + 1) & 0x1f) << BACKGROUND_AT));
}

/* 38;5;N and 38;2;R;G;B. Returns the parameters that were used. */
static guint
apply_extended (PlanciaConsoleLook *look, const guint *values, guint count)
{
  guint colour = 0, used = 0;

  if (count >= 3 && values[1] == 5) {
    colour = indexed (values[2]);
    used = 3;
  } else if (count >= 5 && values[1] == 2) {
    colour = nearest (values[2], values[3], values[4]);
    used = 5;
  } else {
    return count;
  }
  *look = values[0] == 38 ? with_foreground (*look, colour) : with_background (*look, colour);
  return used;
}

static PlanciaConsoleLook
apply_flag (PlanciaConsoleLook look, guint value)
{
  static const guint16 flags[] = {0,
                                  PLANCIA_CONSOLE_LOOK_BOLD,
                                  PLANCIA_CONSOLE_LOOK_DIM,
                                  PLANCIA_CONSOLE_LOOK_ITALIC,
                                  PLANCIA_CONSOLE_LOOK_UNDERLINE,
                                  0,
                                  0,
                                  PLANCIA_CONSOLE_LOOK_INVERSE};

  if (value == 0)
    return 0;
  if (value < G_N_ELEMENTS (flags))
    return look | flags[value];
  if (value == 22)
    return (PlanciaConsoleLook) (look & ~(PLANCIA_CONSOLE_LOOK_BOLD | PLANCIA_CONSOLE_LOOK_DIM));
  if (value >= 23 && value <= 27 && value != 25 && value != 26)
    return (PlanciaConsoleLook) (look & ~flags[value - 20]);
  return look;
}

static PlanciaConsoleLook
apply_value (PlanciaConsoleLook look, guint value)
{
  if (value >= 30 && value <= 37)
    return with_foreground (look, value - 30);
  if (value >= 90 && value <= 97)
    return with_foreground (look, value - 90 + 8);
  if (value >= 40 && value <= 47)
    return with_background (look, value - 40);
  if (value >= 100 && value <= 107)
    return with_background (look, value - 100 + 8);
  if (value == 39)
    return (PlanciaConsoleLook) (look & ~FOREGROUND);
  if (value == 49)
    return (PlanciaConsoleLook) (look & ~BACKGROUND);
  return apply_flag (look, value);
}

static PlanciaConsoleLook
apply (PlanciaConsoleLook look, const guint8 *data, gsize length)
{
  guint values[N_PARAMETERS] = {0}, count = 1;

  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (data[i]))
      values[count - 1] = MIN (values[count - 1] * 10 + data[i] - '0', 9999);
    else if (count < N_PARAMETERS)
      count++;
    else
      return look;
  }
  for (guint i = 0; i < count;) {
    if (values[i] == 38 || values[i] == 48) {
      i += apply_extended (&look, values + i, count - i);
    } else {
      look = apply_value (look, values[i]);
      i++;
    }
  }
  return look;
}

/* Length of the sequence ESC[…letter at data; 0 if it is none or not whole. */
static gsize
sequence_length (const guint8 *data, gsize length)
{
  if (length < 3 || data[0] != ESCAPE || data[1] != '[')
    return 0;
  for (gsize i = 2; i < MIN (length, MAX_SEQUENCE); i++) {
    if (data[i] >= 0x40 && data[i] <= LAST_PLAIN)
      return i + 1;
    if (data[i] < FIRST_PLAIN || data[i] > LAST_PLAIN)
      return 0;
  }
  return 0;
}

static gsize
take_sequence (const guint8 *data, gsize length, PlanciaConsoleLook *look)
{
  gsize used = sequence_length (data, length);

  if (used > 0 && data[used - 1] == 'm')
    *look = apply (*look, data + 2, used - 3);
  return used;
}

/**
 * plancia_console_look_after:
 * @look: before the bytes
 *
 * Any thread.
 *
 * Returns: the look after them
 */
PlanciaConsoleLook
plancia_console_look_after (PlanciaConsoleLook look, const guint8 *data, gsize length)
{
  const guint8 *end = data + length;

  for (const guint8 *at = memchr (data, ESCAPE, length); at != NULL;) {
    take_sequence (at, (gsize) (end - at), &look);
    at = memchr (at + 1, ESCAPE, (gsize) (end - at - 1));
  }
  return look;
}

/* --- text ---------------------------------------------------------------------------------------- */

static void
add_run (GArray *runs, gsize start, gsize end, gboolean escape, PlanciaConsoleLook look)
{
  PlanciaConsoleRun run = {(guint) start, (guint) end, escape, look};

  if (runs != NULL && end > start && (escape || look != 0))
    g_array_append_val (runs, run);
}

static void
append_escape (GString *text, guint8 byte)
{
  static const char hex[] = "0123456789ABCDEF";

  switch (byte) {
  case '\r':
    g_string_append_len (text, "\\r", 2);
    break;
  case '\n':
    g_string_append_len (text, "\\n", 2);
    break;
  case '\t':
    g_string_append_len (text, "\\t", 2);
    break;
  case '\0':
    g_string_append_len (text, "\\0", 2);
    break;
  default:
    g_string_append_len (text, "\\x", 2);
    g_string_append_c (text, hex[byte >> 4]);
    g_string_append_c (text, hex[byte & 0xf]);
    break;
  }
}

static gboolean
is_shown (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c != 0 && !g_unichar_iscntrl (c) && type != G_UNICODE_FORMAT &&
         type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Bytes of the character at data that is shown as it is, 0 if it is to be escaped. */
static gsize
append_character (GString *text, const guint8 *data, gsize length, PlanciaConsoleCharset charset)
{
  gunichar c = charset == PLANCIA_CONSOLE_LATIN1
                 ? data[0]
                 : g_utf8_get_char_validated ((const char *) data, (gssize) MIN (length, 6));

  if (c == (gunichar) -1 || c == (gunichar) -2 || !is_shown (c))
    return 0;
  g_string_append_unichar (text, c);
  return charset == PLANCIA_CONSOLE_LATIN1
           ? 1
           : (gsize) (g_utf8_next_char ((const char *) data) - (const char *) data);
}

static gsize
plain_length (const guint8 *data, gsize length)
{
  gsize i = 0;

  while (i < length && data[i] >= FIRST_PLAIN && data[i] <= LAST_PLAIN)
    i++;
  return i;
}

/* Appends what stands at data and says how many bytes that was. */
static gsize
append_some (GString              *text,
             const guint8         *data,
             gsize                 length,
             PlanciaConsoleCharset charset,
             gboolean             *escaped)
{
  gsize used = plain_length (data, length);

  *escaped = FALSE;
  if (used > 0) {
    g_string_append_len (text, (const char *) data, (gssize) used);
    return used;
  }
  used = append_character (text, data, length, charset);
  if (used > 0)
    return used;
  append_escape (text, data[0]);
  *escaped = TRUE;
  return 1;
}

/**
 * plancia_console_text_append:
 * @text: gets the text
 * @runs: (nullable): gets what is not plain, in bytes of @text
 * @ansi: whether sequences are obeyed instead of shown
 * @look: (inout): how it is written before and after
 *
 * Characters that would turn the direction of writing are escaped as well. Any thread.
 */
void
plancia_console_text_append (GString              *text,
                             GArray               *runs,
                             const guint8         *data,
                             gsize                 length,
                             PlanciaConsoleCharset charset,
                             gboolean              ansi,
                             PlanciaConsoleLook   *look)
{
  gsize start = text->len;

  for (gsize i = 0; i < length;) {
    PlanciaConsoleLook before = *look;
    gsize              used = ansi ? take_sequence (data + i, length - i, look) : 0;
    gsize              at = text->len;
    gboolean           escaped = FALSE;

    if (used == 0)
      used = append_some (text, data + i, length - i, charset, &escaped);
    if (escaped || *look != before) {
      add_run (runs, start, at, FALSE, before);
      add_run (runs, at, text->len, escaped, before);
      start = text->len;
    }
    i += used;
  }
  add_run (runs, start, text->len, FALSE, *look);
}

/**
 * plancia_console_hex_append:
 * @text: gets the row
 * @length: at most PLANCIA_CONSOLE_HEX_ROW
 * @pad: whether the letters stand where those of a full row do
 *
 * Any thread.
 */
void
plancia_console_hex_append (GString *text, const guint8 *data, gsize length, gboolean pad)
{
  static const char hex[] = "0123456789abcdef";

  for (gsize i = 0; i < length; i++) {
    if (i > 0)
      g_string_append_c (text, ' ');
    g_string_append_c (text, hex[data[i] >> 4]);
    g_string_append_c (text, hex[data[i] & 0xf]);
  }
  for (gsize i = length; pad && i < PLANCIA_CONSOLE_HEX_ROW; i++)
    g_string_append (text, "   ");
  g_string_append (text, "  ");
  for (gsize i = 0; i < length; i++)
    g_string_append_c (text, g_ascii_isprint (data[i]) ? (char) data[i] : '.');
}
