/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/map-edit-row.h"

#include "base/signal-new.h"
#include "model/map-edit-private.h"
#include "model/map-member.h"

#define DOT " \xc2\xb7 "

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaMapEditRow, plancia_map_edit_row, G_TYPE_OBJECT)

static void
complaint_free (gpointer data)
{
  PlanciaMapEditComplaint *complaint = data;

  g_free (complaint->member);
  g_free (complaint->words);
  g_free (complaint);
}

static const char *
peek_text (PlanciaMapEditRow *self, const char *member)
{
  JsonNode *node = json_object_get_member (self->entry, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : "";
}

static PlanciaDanger
danger_of (PlanciaMapEditRow *self)
{
  g_autofree char *danger = plancia_map_member_get_text (self->entry, "write.danger");

  return g_str_equal (danger, "grid_code") ? PLANCIA_DANGER_GRID_CODE : PLANCIA_DANGER_NONE;
}

static void
plancia_map_edit_row_finalize (GObject *object)
{
  PlanciaMapEditRow *self = PLANCIA_MAP_EDIT_ROW (object);

  g_ptr_array_unref (self->complaints);
  g_clear_pointer (&self->entry, json_object_unref);

  G_OBJECT_CLASS (plancia_map_edit_row_parent_class)->finalize (object);
}

static void
plancia_map_edit_row_class_init (PlanciaMapEditRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_map_edit_row_finalize;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_map_edit_row_init (PlanciaMapEditRow *self)
{
  self->complaints = g_ptr_array_new_with_free_func (complaint_free);
}

PlanciaMapEditRow *
plancia_map_edit_row_new (JsonObject *entry, guint8 read_function)
{
  PlanciaMapEditRow *self = g_object_new (PLANCIA_TYPE_MAP_EDIT_ROW, NULL);

  self->entry = entry;
  self->read_function = read_function;
  return self;
}

void
plancia_map_edit_row_changed (PlanciaMapEditRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
plancia_map_edit_row_get_key (PlanciaMapEditRow *self)
{
  return peek_text (self, "key");
}

const char *
plancia_map_edit_row_get_title (PlanciaMapEditRow *self)
{
  return plancia_map_label (peek_text (self, "name"));
}

/**
 * plancia_map_edit_row_get_caption:
 *
 * Returns: (transfer full): where it is and what
 */
char *
plancia_map_edit_row_get_caption (PlanciaMapEditRow *self)
{
  g_autofree char *address = plancia_map_member_get_text (self->entry, "address");

  return g_strconcat (address, DOT, peek_text (self, "type"), NULL);
}

char *
plancia_map_edit_row_get_text (PlanciaMapEditRow *self, const char *member)
{
  return plancia_map_member_get_text (self->entry, member);
}

gboolean
plancia_map_edit_row_get_boolean (PlanciaMapEditRow *self, const char *member)
{
  return plancia_map_member_get_boolean (self->entry, member);
}

/**
 * plancia_map_edit_row_get_complaint:
 * @member: (nullable): of the file
 *
 * Returns: (nullable): in the program's language, a part of a sentence
 */
const char *
plancia_map_edit_row_get_complaint (PlanciaMapEditRow *self, const char *member)
{
  for (guint i = 0; i < self->complaints->len; i++) {
    const PlanciaMapEditComplaint *complaint = g_ptr_array_index (self->complaints, i);

    if (member == NULL || g_str_equal (complaint->member, member))
      return complaint->words;
  }

  return NULL;
}

gboolean
plancia_map_edit_row_get_differs (PlanciaMapEditRow *self)
{
  return self->differs;
}

gboolean
plancia_map_edit_row_get_writable (PlanciaMapEditRow *self)
{
  const char *access = peek_text (self, "access");

  return (g_str_equal (access, "rw") || g_str_equal (access, "w")) &&
         !plancia_map_member_get_boolean (self->entry, "locked") &&
         danger_of (self) != PLANCIA_DANGER_GRID_CODE;
}

gboolean
plancia_map_edit_row_get_locked (PlanciaMapEditRow *self)
{
  JsonNode *imported = json_object_get_member (self->entry, "imported");

  if (plancia_map_edit_row_get_writable (self))
    return FALSE;

  return plancia_map_member_get_boolean (self->entry, "locked") ||
         (imported != NULL && JSON_NODE_HOLDS_OBJECT (imported) &&
          plancia_map_member_get_boolean (json_node_get_object (imported), "writable"));
}

/**
 * plancia_map_edit_row_get_unlock_reason:
 *
 * Returns: why it stays read-only, or that it need not
 */
PlanciaUnlockReason
plancia_map_edit_row_get_unlock_reason (PlanciaMapEditRow *self)
{
  static const char *const functions[] = {"coil", "discrete", "holding", "input"};
  gint64                   address = plancia_map_member_get_integer (self->entry, "address");
  gint64                   count = plancia_map_member_get_integer (self->entry, "count");
  PlanciaField             field = {.read_function = self->read_function,
                                    .address = (guint16) CLAMP (address, 0, G_MAXUINT16),
                                    .count = (guint16) CLAMP (count, 1, G_MAXINT16),
                                    .danger = danger_of (self)};

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (peek_text (self, "function"), functions[i]))
      field.read_function = (guint8) (i + 1);

  return plancia_map_lock_reason (&field, self->entry);
}
