/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Projects of ModbusControl: XML. */

#include "map/import-modbusscope.h"

#include "base/document.h"
#include "base/error.h"
#include "map/import-cell.h"
#include "map/map-private.h"
#include <math.h>
#include <string.h>

#define MAXIMUM_DEPTH 16

/* The texts of one variable, and those around it. */
typedef enum {
  TEXT_REG,
  TEXT_TEXT,
  TEXT_TYPE,
  TEXT_DECIMALS,
  TEXT_RW,
  TEXT_NAME,
  TEXT_ORDER,
  TEXT_SLAVE,
  N_TEXTS,
} Text;

static const struct
{
  const char *element;
  const char *parent;
} texts[] = {
  [TEXT_REG] = {"reg",              "var"   },
  [TEXT_TEXT] = {"text",             "var"   },
  [TEXT_TYPE] = {"type",             "var"   },
  [TEXT_DECIMALS] = {"decimals",         "var"   },
  [TEXT_RW] = {"rw",               "var"   },
  [TEXT_NAME] = {"name",             "tab"   },
  [TEXT_ORDER] = {"value32bitendian", "modbus"},
  [TEXT_SLAVE] = {"slaveid",          "modbus"},
};

typedef struct
{
  PlanciaMapDraft *draft;
  guint8          *unit;
  guint            depth;
  gboolean         is_project;
  gboolean         has_long;
  guint            line; /* of the variable */
  int              next; /* address after the one before; -1 if there is none */
  guint8           function;
  GString         *texts[N_TEXTS];
} Reader;

static gboolean
fail (GMarkupParseContext *context, const char *what, GError **error)
{
  int line = 0;

  g_markup_parse_context_get_position (context, &line, NULL);
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "line %d: %s",
               line,
               what);
  return FALSE;
}

static int
find_text (GMarkupParseContext *context)
{
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char   *element = stack ? stack->data : "";
  const char   *parent = stack && stack->next ? stack->next->data : "";

  for (guint i = 0; i < N_TEXTS; i++)
    if (g_ascii_strcasecmp (element, texts[i].element) == 0 &&
        g_ascii_strcasecmp (parent, texts[i].parent) == 0)
      return (int) i;

  return -1;
}

static void
start_element (GMarkupParseContext *context,
               const char          *element,
               const char         **names,
               const char         **values,
               gpointer             user_data,
               GError             **error)
{
  Reader *self = user_data;
  int     line = 0;

  if (self->depth == 0)
    self->is_project = g_ascii_strcasecmp (element, "modbuscontrol") == 0;
  if (self->depth == 0 && !self->is_project)
    fail (context, "expected the element modbuscontrol", error);
  else if (++self->depth > MAXIMUM_DEPTH)
    fail (context, "nested more than 16 levels deep", error);
  else if (g_ascii_strcasecmp (element, "tab") == 0) {
    g_string_truncate (self->texts[TEXT_NAME], 0);
    self->next = -1;
  } else if (g_ascii_strcasecmp (element, "var") == 0) {
    for (guint i = TEXT_REG; i <= TEXT_RW; i++)
      g_string_truncate (self->texts[i], 0);
    g_markup_parse_context_get_position (context, &line, NULL);
    self->line = (guint) line;
  }
}

static void
take_text (GMarkupParseContext *context,
           const char          *text,
           gsize                length,
           gpointer             user_data,
           GError             **error)
{
  Reader *self = user_data;
  int     index = find_text (context);

  if (index >= 0)
    g_string_append_len (self->texts[index], text, (gssize) length);
}

/* White space as one blank, none at the ends. (transfer full) */
static char *
get_clean (Reader *self, Text which)
{
  g_auto (GStrv) words = g_strsplit_set (self->texts[which]->str, " \t\r\n", -1);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (clean, "%s%s", clean->len > 0 ? " " : "", words[i]);

  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static gboolean
find_place (Reader *self, const char *reg, PlanciaCellAddress *out)
{
  if (!g_str_equal (reg, "*"))
    return plancia_cell_parse_address (reg,
                                       PLANCIA_ADDRESS_DECIMAL,
                                       PLANCIA_ADDRESS_MODICON,
                                       out) &&
           out->first == out->last;

  *out = (PlanciaCellAddress){self->next, self->next, self->function};
  return self->next >= 0;
}

static gboolean
take_decimals (const char *text, double *scale)
{
  guint64 decimals = 0;

  if (text[0] == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, 9, &decimals, NULL))
    return FALSE;

  *scale = 1 / pow (10, (double) decimals);
  return TRUE;
}

static void
add_variable (Reader                   *self,
              const char               *name,
              const char               *type_text,
              const char               *decimals,
              const PlanciaCellAddress *place)
{
  g_autofree char *group = get_clean (self, TEXT_NAME);
  g_autofree char *access = get_clean (self, TEXT_RW);
  PlanciaCellType  type;
  double           scale = 1;
  PlanciaDraftRow *row;

  if (plancia_cell_parse_type (type_text[0] != '\0' ? type_text : "uint16", &type) !=
      PLANCIA_CELL_TYPE_KNOWN) {
    plancia_map_draft_skip (self->draft,
                            PLANCIA_IMPORT_UNKNOWN_TYPE,
                            self->line,
                            name,
                            place->first,
                            1,
                            type_text);
    return;
  }
  self->function = place->function;
  self->next = place->first + (int) MAX (plancia_field_type_count (type.type), 1);
  if (!take_decimals (decimals, &scale)) {
    plancia_map_draft_skip (self->draft,
                            PLANCIA_IMPORT_BAD_NUMBER,
                            self->line,
                            name,
                            place->first,
                            1,
                            decimals);
    return;
  }
  row = plancia_map_draft_add (self->draft);
  if (row == NULL)
    return;

  row->line = self->line;
  row->name = g_strdup (name);
  row->group = g_steal_pointer (&group);
  row->address = place->first;
  row->function = place->function;
  row->type = type.type;
  row->count = MAX (plancia_field_type_count (type.type), 1);
  row->scale = scale;
  row->wants_write = plancia_cell_is_writable (access);
  self->has_long = self->has_long || row->count > 1;
}

static void
end_variable (Reader *self)
{
  g_autofree char   *reg = get_clean (self, TEXT_REG);
  g_autofree char   *name = get_clean (self, TEXT_TEXT);
  g_autofree char   *type = get_clean (self, TEXT_TYPE);
  g_autofree char   *decimals = get_clean (self, TEXT_DECIMALS);
  PlanciaCellAddress place;

  /* Empty rows of the grid. */
  if (reg[0] == '\0' && name[0] == '\0' && type[0] == '\0')
    return;
  if (!find_place (self, reg, &place))
    plancia_map_draft_skip (self->draft,
                            reg[0] == '\0' ? PLANCIA_IMPORT_NO_ADDRESS : PLANCIA_IMPORT_BAD_ADDRESS,
                            self->line,
                            name,
                            -1,
                            0,
                            reg);
  else
    add_variable (self, name, type, decimals, &place);
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Reader *self = user_data;

  self->depth--;
  if (g_ascii_strcasecmp (element, "var") == 0)
    end_variable (self);
}

/* The word order may stand behind the variables: it is given to all of them at the end. */
static void
take_settings (Reader *self)
{
  g_autofree char *order = get_clean (self, TEXT_ORDER);
  g_autofree char *slave = get_clean (self, TEXT_SLAVE);
  guint64          number = 0;
  gboolean         little = g_ascii_strcasecmp (order, "big") != 0;

  if (g_ascii_string_to_unsigned (slave, 10, 0, 255, &number, NULL))
    *self->unit = (guint8) number;
  for (guint i = 0; i < plancia_map_draft_get_n_rows (self->draft); i++) {
    PlanciaDraftRow *row = plancia_map_draft_get_row (self->draft, i);

    row->little_words = row->count > 1 && little;
  }
  if (self->has_long && order[0] == '\0')
    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_ASSUMED_LOW_FIRST, NULL);
}

static gboolean
parse (Reader *self, GBytes *bytes, GError **error)
{
  static const GMarkupParser parser = {.start_element = start_element,
                                       .end_element = end_element,
                                       .text = take_text};
  g_autoptr (GMarkupParseContext)
    context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, self, NULL);
  gsize       length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_markup_parse_context_parse (context, data, (gssize) length, error) &&
         g_markup_parse_context_end_parse (context, error);
}

/**
 * plancia_import_modbuscontrol:
 * @unit: (out): the slave id, untouched if the file does not say
 *
 * Any thread.
 *
 * Returns: whether the file is such a project
 */
gboolean
plancia_import_modbuscontrol (GBytes          *bytes,
                              const char      *origin,
                              PlanciaMapDraft *draft,
                              guint8          *unit,
                              GError         **error)
{
  Reader reader = {.draft = draft, .unit = unit, .next = -1, .function = 3};
  g_autoptr (GError) local = NULL;
  gboolean done;

  if (!plancia_document_check_size (g_bytes_get_size (bytes), origin, error))
    return FALSE;
  for (guint i = 0; i < N_TEXTS; i++)
    reader.texts[i] = g_string_new (NULL);
  done = parse (&reader, bytes, &local);
  if (done)
    take_settings (&reader);
  for (guint i = 0; i < N_TEXTS; i++)
    g_string_free (reader.texts[i], TRUE);
  if (done)
    return TRUE;

  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               local->domain == PLANCIA_DOCUMENT_ERROR ? local->code
                                                       : PLANCIA_DOCUMENT_ERROR_SYNTAX,
               "%s: %s",
               origin,
               local->message);
  return FALSE;
}
