/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/raw-edit.h"

#include "base/error.h"
#include "map/forbidden-area.h"
#include <string.h>

static gboolean refuse (GError **error, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, int code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, PLANCIA_DEVICE_ERROR, code, message);
  return FALSE;
}

static PlanciaField *
field_new (guint16 address, guint count, guint8 function)
{
  PlanciaField *field = g_new0 (PlanciaField, 1);

  field->key = g_strdup_printf (PLANCIA_RAW_PREFIX "%04x", address);
  field->name = g_strdup_printf ("0x%04X", address);
  field->group = "";
  field->read_function = 3;
  field->write_function = function;
  field->address = address;
  field->count = (guint16) count;
  field->type = PLANCIA_FIELD_RAW;
  field->scale = 1;
  field->unit = "";
  field->display = "";
  field->access = PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE;
  field->poll = PLANCIA_POLL_MANUAL;
  field->danger = PLANCIA_DANGER_CAUTION;
  return field;
}

PlanciaField *
plancia_raw_field_copy (const PlanciaField *field)
{
  return field_new (field->address, field->count, field->write_function);
}

void
plancia_raw_field_free (PlanciaField *field)
{
  g_free ((char *) field->key);
  g_free ((char *) field->name);
  g_free (field);
}

static PlanciaEdit *
edit_new (guint16 address, const guint16 *words, guint count, guint8 function)
{
  PlanciaField *field = field_new (address, count, function);
  g_auto (PlanciaValue) value = {0};
  PlanciaEdit *edit;

  plancia_field_decode (field, words, &value);
  edit = plancia_edit_new (field, &value);
  edit->own = field;
  return edit;
}

/**
 * plancia_raw_edits_new:
 * @count: 1 to PLANCIA_RAW_MAXIMUM
 * @function: 16 or 6
 */
GPtrArray *
plancia_raw_edits_new (guint16 address, const guint16 *words, guint count, guint8 function)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  if (function != 6)
    g_ptr_array_add (edits, edit_new (address, words, count, function));
  for (guint i = 0; function == 6 && i < count; i++)
    g_ptr_array_add (edits, edit_new ((guint16) (address + i), words + i, 1, function));
  return edits;
}

static void
append_register (GString *json, guint16 address, guint count, guint8 function)
{
  g_string_append_printf (json,
                          "%s{\"key\":\"" PLANCIA_RAW_PREFIX
                          "%04x\",\"name\":\"0x%04X\",\"group\":\"raw\","
                          "\"address\":%u,\"count\":%u,\"type\":\"raw\",\"access\":\"rw\","
                          "\"poll\":\"manual\",\"write\":{\"function\":%u,\"danger\":\"caution\"}}",
                          g_str_has_suffix (json->str, "[") ? "" : ",",
                          address,
                          address,
                          address,
                          count,
                          function);
}

PlanciaMap *
plancia_raw_map_new (guint16 address, guint count, guint8 function)
{
  GString *json = g_string_new (
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"raw\",\"name\":\"Raw\","
    "\"device_kind\":\"inverter\",\"defaults\":{\"unit_id\":1,\"read_function\":3,"
    "\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},"
    "\"groups\":[{\"key\":\"raw\",\"name\":\"Raw\"}],"
    "\"sources\":[{\"ref\":\"typed by a person\"}],\"registers\":[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaMap *map;

  if (function != 6)
    append_register (json, address, count, function);
  for (guint i = 0; function == 6 && i < count; i++)
    append_register (json, (guint16) (address + i), 1, function);
  g_string_append (json, "]}");
  bytes = g_string_free_to_bytes (json);
  map = plancia_map_new_from_bytes (bytes, "raw", &error);
  if (map == NULL)
    g_warning ("%s", error->message);
  return map;
}

void
plancia_raw_edits_take_over (GPtrArray *edits)
{
  for (guint i = 0; i < edits->len; i++) {
    PlanciaEdit *edit = g_ptr_array_index (edits, i);

    if (edit->own == NULL)
      edit->field = edit->own = plancia_raw_field_copy (edit->field);
  }
}

static gboolean
parse_number (const char *text, gint64 minimum, gint64 maximum, gint64 *number, GError **error)
{
  const char *digits = text[0] == '-' ? text + 1 : text;
  gboolean    hexadecimal = g_ascii_strncasecmp (digits, "0x", 2) == 0;
  char       *end = NULL;

  /* Not 8: a person who types 010 means ten. */
  *number = g_ascii_strtoll (text, &end, hexadecimal ? 16 : 10);
  if (text[0] == '\0' || *end != '\0' || !g_ascii_isxdigit (digits[0]))
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                   "\"%s\" is no decimal or hexadecimal number",
                   text);
  if (*number < minimum || *number > maximum)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                   "%s: expected %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   text,
                   minimum,
                   maximum);
  return TRUE;
}

gboolean
plancia_raw_parse_address (const char *text, guint16 *address, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  gint64           number;

  if (!parse_number (stripped, 0, G_MAXUINT16, &number, error))
    return FALSE;
  *address = (guint16) number;
  return TRUE;
}

GArray *
plancia_raw_parse_words (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ", ;\t\n", -1);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; parts[i] != NULL; i++) {
    gint64  number;
    guint16 word;

    if (parts[i][0] == '\0')
      continue;
    if (!parse_number (parts[i], G_MININT16, G_MAXUINT16, &number, error))
      return NULL;
    word = (guint16) number;
    g_array_append_val (words, word);
  }
  if (words->len >= 1 && words->len <= PLANCIA_RAW_MAXIMUM)
    return g_steal_pointer (&words);
  refuse (error,
          PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
          "expected 1 to %d values, got %u",
          PLANCIA_RAW_MAXIMUM,
          words->len);
  return NULL;
}

static gboolean
refuse_area (guint first, guint last, GError **error)
{
  return refuse (error,
                 PLANCIA_DEVICE_ERROR_READ_ONLY,
                 "0x%04X to 0x%04X belong to the grid code or the firmware and are never written",
                 first,
                 last);
}

static gboolean
check_known_areas (const GArray *areas, guint first, guint last, GError **error)
{
  for (guint i = 0; areas != NULL && i < areas->len; i++) {
    guint32 area = g_array_index (areas, guint32, i);

    if (first <= (area & G_MAXUINT16) && last >= area >> 16)
      return refuse_area (area >> 16, area & G_MAXUINT16, error);
  }
  return TRUE;
}

gboolean
plancia_raw_check_area (PlanciaMap *map, guint16 address, guint count, GError **error)
{
  g_autoptr (GPtrArray) known = NULL;
  guint   last = address + MAX (count, 1) - 1;
  guint16 area_first, area_last;

  if (map == NULL)
    return !plancia_forbidden_area_find (address, MAX (count, 1), &area_first, &area_last) ||
           refuse_area (area_first, area_last, error);
  if (!check_known_areas (plancia_map_get_limits (map)->never_write, address, last, error))
    return FALSE;
  known = plancia_raw_find_known (map, address, count);
  for (guint i = 0; i < known->len; i++) {
    const PlanciaField *field = g_ptr_array_index (known, i);

    if (field->danger == PLANCIA_DANGER_GRID_CODE)
      return refuse_area (field->address, field->address + field->count - 1u, error);
  }
  return TRUE;
}

gboolean
plancia_raw_check_limits (PlanciaMap *map, const PlanciaField *field, GError **error)
{
  const PlanciaMapLimits *limits = map != NULL ? plancia_map_get_limits (map) : NULL;
  guint                   last = field->address + field->count - 1u;

  if (last > G_MAXUINT16)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                   "%s: the last of %u registers would lie behind 0xFFFF",
                   field->key,
                   field->count);
  if (limits == NULL)
    return TRUE;
  if (limits->max_write > 0 && field->count > limits->max_write)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                   "%s: this device takes %u registers at once, not %u",
                   field->key,
                   limits->max_write,
                   field->count);
  if (limits->alignment > 0 && field->address / limits->alignment != last / limits->alignment)
    return refuse (error,
                   PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
                   "%s: a request must not cross a multiple of %u, write it in two",
                   field->key,
                   limits->alignment);
  return TRUE;
}

GPtrArray *
plancia_raw_find_known (PlanciaMap *map, guint16 address, guint count)
{
  GPtrArray *known = g_ptr_array_new ();

  for (guint i = 0; map != NULL && i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->read_function != 4 && field->address < address + count &&
        address < (guint) field->address + field->count)
      g_ptr_array_add (known, (gpointer) field);
  }
  return known;
}
