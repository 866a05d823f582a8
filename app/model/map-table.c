/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-table.h"

#include "model/map-edit-private.h"
#include "model/map-member.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#define MAX_BITS (16 * 60) /* of the longest register */

typedef struct
{
  JsonObject *entry; /* of the file, with what the editor does not show; NULL: new */
  char       *number;
  char       *words;
} Line;

struct _PlanciaMapTable
{
  const char *member; /* "values" or "bits" */
  char       *name;   /* of the table; NULL: new */
  GPtrArray  *lines;
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->entry, json_object_unref);
  g_free (line->number);
  g_free (line->words);
  g_free (line);
}

static Line *
get_line (PlanciaMapTable *self, guint index)
{
  return g_ptr_array_index (self->lines, index);
}

static const char *
set_name (PlanciaMapTable *self)
{
  return plancia_map_table_is_bits (self) ? "bit_tables" : "value_tables";
}

static const char *
number_name (PlanciaMapTable *self)
{
  return plancia_map_table_is_bits (self) ? "bit" : "value";
}

static JsonObject *
get_tables (PlanciaMapTable *self, PlanciaMapEdit *edit)
{
  JsonNode *node = json_object_get_member (edit->root, set_name (self));

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
parse_number (const char *text, gint64 *out)
{
  const char *digits = text[0] == '-' ? text + 1 : text;
  gboolean    hexadecimal = g_str_has_prefix (digits, "0x") || g_str_has_prefix (digits, "0X");
  char       *end = NULL;

  if (!g_ascii_isxdigit (hexadecimal ? digits[2] : digits[0]))
    return FALSE;
  errno = 0;
  *out = g_ascii_strtoll (text, &end, hexadecimal ? 16 : 10);
  return errno == 0 && *end == '\0';
}

static void
read_lines (PlanciaMapTable *self, JsonArray *rows)
{
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *entry = json_array_get_object_element (rows, i);
    Line       *line = g_new0 (Line, 1);

    line->entry = json_object_ref (entry);
    line->number = plancia_map_member_get_text (entry, number_name (self));
    line->words = plancia_map_member_get_text (entry, "label");
    g_ptr_array_add (self->lines, line);
  }
}

/**
 * plancia_map_table_new:
 * @edit: the map
 * @row: a register
 * @member: "values" or "bits"
 *
 * Returns: (transfer full): a copy of its words
 */
PlanciaMapTable *
plancia_map_table_new (PlanciaMapEdit *edit, PlanciaMapEditRow *row, const char *member)
{
  PlanciaMapTable *self = g_new0 (PlanciaMapTable, 1);
  g_autofree char *name = plancia_map_edit_row_get_text (row, member);
  JsonObject      *tables;
  JsonNode        *node;

  self->member = g_intern_string (member);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  tables = get_tables (self, edit);
  node = tables != NULL && name[0] != '\0' ? json_object_get_member (tables, name) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    self->name = g_steal_pointer (&name);
    read_lines (self, json_node_get_array (node));
  }
  return self;
}

void
plancia_map_table_free (PlanciaMapTable *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self->name);
  g_free (self);
}

gboolean
plancia_map_table_is_bits (PlanciaMapTable *self)
{
  return self->member[0] == 'b';
}

guint
plancia_map_table_get_length (PlanciaMapTable *self)
{
  return self->lines->len;
}

const char *
plancia_map_table_get_number (PlanciaMapTable *self, guint index)
{
  return get_line (self, index)->number;
}

const char *
plancia_map_table_get_words (PlanciaMapTable *self, guint index)
{
  return get_line (self, index)->words;
}

void
plancia_map_table_set_number (PlanciaMapTable *self, guint index, const char *text)
{
  Line *line = get_line (self, index);

  g_free (line->number);
  line->number = g_strstrip (g_strdup (text));
}

void
plancia_map_table_set_words (PlanciaMapTable *self, guint index, const char *text)
{
  Line *line = get_line (self, index);

  g_free (line->words);
  line->words = g_strstrip (g_strdup (text));
}

/**
 * plancia_map_table_add:
 *
 * Returns: the index of a new line
 */
guint
plancia_map_table_add (PlanciaMapTable *self)
{
  Line  *line = g_new0 (Line, 1);
  gint64 next = 0;

  for (guint i = 0; i < self->lines->len; i++) {
    gint64 number;

    if (parse_number (get_line (self, i)->number, &number) && number >= next && number < G_MAXINT64)
      next = number + 1;
  }
  line->number = g_strdup_printf ("%" G_GINT64_FORMAT, next);
  line->words = g_strdup ("");
  g_ptr_array_add (self->lines, line);
  return self->lines->len - 1;
}

void
plancia_map_table_remove (PlanciaMapTable *self, guint index)
{
  g_ptr_array_remove_index (self->lines, index);
}

static gboolean
is_twice (PlanciaMapTable *self, guint index, gint64 number)
{
  for (guint i = 0; i < self->lines->len; i++) {
    gint64 other;

    if (i != index && parse_number (get_line (self, i)->number, &other) && other == number)
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_map_table_get_complaint:
 *
 * Returns: (transfer none) (nullable): what is wrong with a line
 */
const char *
plancia_map_table_get_complaint (PlanciaMapTable *self, guint index)
{
  Line  *line = get_line (self, index);
  gint64 number;

  if (!parse_number (line->number, &number))
    return _ ("Not a whole number");
  if (plancia_map_table_is_bits (self) && (number < 0 || number >= MAX_BITS))
    return _ ("Bits are counted from 0, the lowest one");
  if (is_twice (self, index, number))
    return _ ("This number is in the table twice");
  if (line->words[0] == '\0')
    return _ ("Words are missing");

  return NULL;
}

gboolean
plancia_map_table_is_right (PlanciaMapTable *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (plancia_map_table_get_complaint (self, i) != NULL)
      return FALSE;

  return self->lines->len > 0;
}

/**
 * plancia_map_table_count_users:
 *
 * Returns: how many registers use the table
 */
guint
plancia_map_table_count_users (PlanciaMapTable *self, PlanciaMapEdit *edit)
{
  guint n = 0;

  for (guint i = 0; self->name != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (edit->rows));
       i++) {
    g_autoptr (PlanciaMapEditRow) row = g_list_model_get_item (G_LIST_MODEL (edit->rows), i);
    g_autofree char *name = plancia_map_edit_row_get_text (row, self->member);

    n += g_str_equal (name, self->name);
  }
  return n;
}

static char *
unused_name (JsonObject *tables, const char *key)
{
  char *name = g_strdup (key[0] != '\0' ? key : "words");

  for (guint i = 2; json_object_has_member (tables, name); i++) {
    g_free (name);
    name = g_strdup_printf ("%s_%u", key[0] != '\0' ? key : "words", i);
  }
  return name;
}

static JsonObject *
make_entry (PlanciaMapTable *self, Line *line)
{
  JsonObject *entry = line->entry != NULL ? plancia_map_member_copy (line->entry)
                                          : json_object_new ();
  gint64      number = 0;

  parse_number (line->number, &number);
  json_object_set_int_member (entry, number_name (self), number);
  json_object_set_string_member (entry, "label", line->words);
  return entry;
}

/**
 * plancia_map_table_apply:
 * @edit: the map
 * @row: the register it was opened for
 * @alone: the others that use it keep what they have
 */
void
plancia_map_table_apply (PlanciaMapTable   *self,
                         PlanciaMapEdit    *edit,
                         PlanciaMapEditRow *row,
                         gboolean           alone)
{
  JsonArray       *rows = json_array_new ();
  g_autofree char *name = NULL;

  if (get_tables (self, edit) == NULL)
    json_object_set_object_member (edit->root, set_name (self), json_object_new ());
  for (guint i = 0; i < self->lines->len; i++)
    json_array_add_object_element (rows, make_entry (self, get_line (self, i)));
  name = self->name != NULL && !alone
           ? g_strdup (self->name)
           : unused_name (get_tables (self, edit), plancia_map_edit_row_get_key (row));
  json_object_set_array_member (get_tables (self, edit), name, rows);
  plancia_map_edit_set_text (edit, row, self->member, name);
  plancia_map_edit_set_changed (edit, TRUE);
  plancia_map_edit_row_changed (row);
}
