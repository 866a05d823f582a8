/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-detect.h"

#include "base/error.h"
#include "map/map-catalog.h"
#include "protocol/modbus-pdu.h"

/* Where the two generations keep the serial number, newest first. */
static const struct
{
  guint8      function;
  guint16     address;
  guint16     count;
  const char *generation;
} places[] = {
  {PLANCIA_MODBUS_READ_HOLDING, 0x0445, 8, "G3" },
  {PLANCIA_MODBUS_READ_INPUT,   0x2001, 7, "old"},
};

/* Shown of a serial number, which belongs to a person. */
#define SHOWN 8

void
plancia_modbus_finding_clear (PlanciaModbusFinding *self)
{
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->evidence, g_free);
  g_clear_pointer (&self->identity, g_free);
}

/* The printable text at the start of the registers; NULL if there is none of a name's length. */
static char *
take_text (const guint16 *words, guint count)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 2 * count; i++) {
    char c = (char) (i % 2 == 0 ? words[i / 2] >> 8 : words[i / 2] & 0xff);

    if (c == '\0' || c == ' ')
      break;
    if (!g_ascii_isalnum (c) && c != '-' && c != '_')
      return NULL;
    g_string_append_c (text, c);
  }
  return text->len >= 3 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* A device that says no to a read has answered. */
static gboolean
is_answer (const GError *error)
{
  return error->domain == PLANCIA_MODBUS_ERROR &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_PATH &&
         error->code != PLANCIA_MODBUS_ERROR_GATEWAY_TARGET;
}

static gboolean
take_map (PlanciaModbusFinding *out, guint place, const char *text, GError **error)
{
  g_autofree char *id =
    plancia_map_catalog_detect (places[place].function, places[place].address, text);

  if (id == NULL)
    return FALSE;
  out->map = plancia_map_catalog_get (id, error);
  if (out->map == NULL)
    return FALSE;
  out->evidence = g_strdup_printf ("%.*s%s at 0x%04X",
                                   SHOWN,
                                   text,
                                   strlen (text) > SHOWN ? "…" : "",
                                   places[place].address);
  return TRUE;
}

static void
set_unknown (GString *seen, GError **error)
{
  g_set_error (error,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
               "expected a serial number that a register map knows, got %s",
               seen->len > 0 ? seen->str : "none");
}

/**
 * plancia_modbus_detect:
 * @out: (out caller-allocates): cleared by the caller
 *
 * The generation of the map, and with it the meaning of every number, is told by the text at the place
 * where each generation has its serial number, not by a model's name. FALSE and an error of the line,
 * or PLANCIA_DEVICE_ERROR_UNKNOWN_MAP.
 */
gboolean
plancia_modbus_detect (PlanciaModbusLine    *line,
                       int                   unit,
                       PlanciaModbusFinding *out,
                       GCancellable         *cancellable,
                       GError              **error)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) local = NULL;
    g_autofree char *text = NULL;
    guint16          words[8] = {0};

    if (!plancia_modbus_line_check (line, unit, places[i].function, NULL))
      continue;
    if (plancia_modbus_line_read (line,
                                  unit,
                                  places[i].function,
                                  places[i].address,
                                  places[i].count,
                                  words,
                                  0,
                                  cancellable,
                                  &local))
      text = take_text (words, places[i].count);
    out->answered |= local == NULL || is_answer (local);
    if (text != NULL && out->identity == NULL) {
      out->identity = g_strdup (text);
      out->generation = places[i].generation;
    }
    if (text != NULL && take_map (out, i, text, &local))
      return TRUE;
    if (local != NULL && !is_answer (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (text != NULL)
      g_string_append_printf (seen,
                              "%s\"%s\" at 0x%04X",
                              seen->len > 0 ? ", " : "",
                              text,
                              places[i].address);
  }
  set_unknown (seen, error);
  return FALSE;
}

/**
 * plancia_modbus_identify:
 * @text: (out) (transfer full) (nullable): what stands there, if it is a text
 * @map: (out) (transfer full) (nullable): id of the map that knows it
 *
 * Reads the newest generation's identity register alone. FALSE and an error of the line; a device that
 * refuses the read has no text.
 */
gboolean
plancia_modbus_identify (PlanciaModbusLine *line,
                         int                unit,
                         char             **text,
                         char             **map,
                         GCancellable      *cancellable,
                         GError           **error)
{
  guint16 words[8] = {0};
  g_autoptr (GError) local = NULL;

  *text = *map = NULL;
  if (plancia_modbus_line_read (line,
                                unit,
                                places[0].function,
                                places[0].address,
                                places[0].count,
                                words,
                                0,
                                cancellable,
                                &local))
    *text = take_text (words, places[0].count);
  if (local != NULL && !is_answer (local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (*text != NULL)
    *map = plancia_map_catalog_detect (places[0].function, places[0].address, *text);
  return TRUE;
}
