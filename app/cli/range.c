/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/range.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/json-out.h"
#include "cli/table.h"
#include "map/raw-read.h"
#include <glib/gi18n.h>

#define N_REGISTERS 65536

/* Stands at the sign after the number; FALSE if there was none. */
static gboolean
parse_number (const char **at, guint64 *number)
{
  gboolean    hexadecimal = g_ascii_strncasecmp (*at, "0x", 2) == 0;
  const char *digits = *at + (hexadecimal ? 2 : 0);
  char       *end;

  if (!g_ascii_isxdigit (*digits))
    return FALSE;
  *number = g_ascii_strtoull (digits, &end, hexadecimal ? 16 : 10);
  if (end == digits)
    return FALSE;
  *at = end;

  return TRUE;
}

/**
 * plancia_range_parse:
 * @text: first register, "+", number of registers; each decimal or with 0x
 *
 * Returns: %FALSE after a sentence on standard error
 */
gboolean
plancia_range_parse (const char *text, PlanciaRange *out)
{
  const char *at = text;
  guint64     first = 0, count = 0;

  if (!parse_number (&at, &first) || *at != '+') {
    plancia_cli_complain (_ ("--range %s: write it as 0x0404+40."), text);
    return FALSE;
  }
  at++;
  if (!parse_number (&at, &count) || *at != '\0') {
    plancia_cli_complain (_ ("--range %s: write it as 0x0404+40."), text);
    return FALSE;
  }
  if (count == 0 || first >= N_REGISTERS || count > N_REGISTERS - first) {
    plancia_cli_complain (_ ("--range %s: registers go from 0 to 0xFFFF."), text);
    return FALSE;
  }
  out->first = (guint) first;
  out->count = (guint) count;

  return TRUE;
}

/* What the map says must never be read stays unread even when somebody asks for it. */
static gboolean
may_read (PlanciaTarget *target, const PlanciaRange *range)
{
  PlanciaMap *map = plancia_target_get_map (target);
  guint       first, last;

  if (!plancia_raw_read_is_forbidden (map, range->first, range->count, &first, &last))
    return TRUE;
  plancia_cli_complain (_ ("The map %s says that 0x%04X to 0x%04X must not be read."),
                           plancia_map_get_id (map),
                           first,
                           last);
  return FALSE;
}

/* (transfer full) all words, or NULL: half of a range is no answer. */
static GArray *
fetch (PlanciaTarget *target, const PlanciaRange *range, GError **error)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint16));
  PlanciaMap *map = plancia_target_get_map (target);

  while (words->len < range->count) {
    guint address = range->first + words->len;
    guint size = plancia_raw_read_size (map, address, range->count - words->len);
    g_autoptr (GArray)
      part = plancia_target_read_raw (target, range->function, address, size, error);

    if (part == NULL)
      return NULL;
    g_array_append_vals (words, part->data, part->len);
  }

  return g_steal_pointer (&words);
}

/* The same shape as a reading with a map: the address is the key. */
static void
append_register (GString *out, guint address, guint16 word)
{
  g_autofree char *key = g_strdup_printf ("0x%04X", address);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "key", key);
  plancia_json_out_member (out, "name", key);
  plancia_json_out_key (out, "value");
  plancia_json_out_integer (out, word);
  plancia_json_out_member (out, "unit", "");
  plancia_json_out_words (out, "raw", &word, 1);
  plancia_json_out_member (out, "quality", "good");
  plancia_json_out_close (out, '}');
}

static void
print_json (PlanciaTarget *target, const PlanciaRange *range, GArray *words)
{
  g_autofree char *time = plancia_text_utc_time (plancia_clock_now ());
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "address", plancia_target_get_text (target));
  plancia_json_out_member (out, "map", NULL);
  plancia_json_out_member (out, "time", time);
  plancia_json_out_key (out, "readings");
  plancia_json_out_open (out, '[');
  for (guint i = 0; i < words->len; i++)
    append_register (out, range->first + i, g_array_index (words, guint16, i));
  plancia_json_out_close (out, ']');
  plancia_json_out_close (out, '}');
  g_string_append_c (out, '\n');
  plancia_cli_print (out->str);
}

/* The word as text, a dot for what cannot be shown. */
static void
word_characters (guint16 word, char characters[3])
{
  characters[0] = g_ascii_isprint (word >> 8) ? (char) (word >> 8) : '.';
  characters[1] = g_ascii_isprint (word & 0xff) ? (char) (word & 0xff) : '.';
  characters[2] = '\0';
}

static void
add_row (PlanciaTable *table, guint number, guint16 word)
{
  g_autofree char *address = g_strdup_printf ("0x%04X", number);
  g_autofree char *decimal = g_strdup_printf ("%u", number);
  g_autofree char *hexadecimal = g_strdup_printf ("%04X", word);
  g_autofree char *plain = g_strdup_printf ("%u", word);
  g_autofree char *with_sign = g_strdup_printf ("%d", (gint16) word);
  char             characters[3];

  word_characters (word, characters);
  plancia_table_add (table, address, decimal, hexadecimal, plain, with_sign, characters);
}

static void
print_table (const PlanciaRange *range, GArray *words)
{
  const char *titles[] = {_ ("Address"), ">", _ ("Hex"), ">u16", ">i16", _ ("Text"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autofree char *text = NULL;

  for (guint i = 0; i < words->len; i++)
    add_row (table, range->first + i, g_array_index (words, guint16, i));
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

static int
read_once (PlanciaTarget *target, const PlanciaRange *range, gboolean watching, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) words = fetch (target, range, &error);

  if (words == NULL && watching && plancia_target_is_interrupted (target))
    return PLANCIA_CLI_DONE;
  if (words == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (json)
    print_json (target, range, words);
  else
    print_table (range, words);

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_range_read:
 * @watch: seconds between two readings; 0 for one reading
 *
 * Returns: the exit code
 */
int
plancia_range_read (PlanciaTarget *target, const PlanciaRange *range, double watch, gboolean json)
{
  g_autoptr (GError) error = NULL;
  int code;

  if (!may_read (target, range))
    return PLANCIA_CLI_USAGE;
  if (!plancia_target_open (target, FALSE, &error)) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }

  do
    code = read_once (target, range, watch > 0, json);
  while (watch > 0 && plancia_target_sleep (target, watch));

  return code;
}
