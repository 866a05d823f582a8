/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/notes-private.h"

#define QDATA     "plancia-notes"
#define TAGS_KEY  "tags"
#define NOTES_KEY "notes"

typedef struct
{
  char *date;
  char *text;
} Note;

struct _PlanciaNotes
{
  GObject parent_instance;

  GStrv      tags;
  GPtrArray *notes; /* Note */
};

G_DEFINE_FINAL_TYPE (PlanciaNotes, plancia_notes, G_TYPE_OBJECT)

static void
note_free (gpointer data)
{
  Note *note = data;

  g_free (note->date);
  g_free (note->text);
  g_free (note);
}

static void
plancia_notes_finalize (GObject *object)
{
  PlanciaNotes *self = PLANCIA_NOTES (object);

  g_strfreev (self->tags);
  g_ptr_array_unref (self->notes);
  G_OBJECT_CLASS (plancia_notes_parent_class)->finalize (object);
}

static void
plancia_notes_class_init (PlanciaNotesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_notes_finalize;
}

static void
plancia_notes_init (PlanciaNotes *self)
{
  self->tags = g_new0 (char *, 1);
  self->notes = g_ptr_array_new_with_free_func (note_free);
}

/**
 * plancia_notes_of:
 * @plant: a plant
 *
 * Returns: (transfer none): its notes, none at first
 */
PlanciaNotes *
plancia_notes_of (PlanciaPlant *plant)
{
  PlanciaNotes *self = g_object_get_data (G_OBJECT (plant), QDATA);

  if (self == NULL) {
    self = g_object_new (PLANCIA_TYPE_NOTES, NULL);
    g_object_set_data_full (G_OBJECT (plant), QDATA, self, g_object_unref);
  }
  return self;
}

const char *const *
plancia_notes_get_tags (PlanciaNotes *self)
{
  return (const char *const *) self->tags;
}

void
plancia_notes_set_tags (PlanciaNotes *self, const char *const *tags)
{
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; tags[i] != NULL; i++) {
    char *tag = g_strstrip (g_strdup (tags[i]));

    if (*tag == '\0' || g_ptr_array_find_with_equal_func (kept, tag, g_str_equal, NULL))
      g_free (tag);
    else
      g_ptr_array_add (kept, tag);
  }
  g_ptr_array_add (kept, NULL);
  g_strfreev (self->tags);
  self->tags = (GStrv) g_ptr_array_free (kept, FALSE);
}

guint
plancia_notes_get_length (PlanciaNotes *self)
{
  return self->notes->len;
}

const char *
plancia_notes_get_date (PlanciaNotes *self, guint index)
{
  return ((const Note *) g_ptr_array_index (self->notes, index))->date;
}

const char *
plancia_notes_get_text (PlanciaNotes *self, guint index)
{
  return ((const Note *) g_ptr_array_index (self->notes, index))->text;
}

void
plancia_notes_add (PlanciaNotes *self, const char *date, const char *text)
{
  Note *note;
  guint at = 0;

  for (guint i = 0; i < self->notes->len; i++) {
    if (g_str_equal (plancia_notes_get_date (self, i), date) &&
        g_str_equal (plancia_notes_get_text (self, i), text))
      return;
    /* ISO dates sort as texts. */
    if (strcmp (plancia_notes_get_date (self, i), date) <= 0)
      at = i + 1;
  }
  note = g_new0 (Note, 1);
  note->date = g_strdup (date);
  note->text = g_strdup (text);
  g_ptr_array_insert (self->notes, (int) at, note);
}

void
plancia_notes_remove (PlanciaNotes *self, guint index)
{
  g_return_if_fail (index < self->notes->len);
  g_ptr_array_remove_index (self->notes, index);
}

void
plancia_notes_merge (PlanciaNotes *self, PlanciaNotes *other)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (tags, (const char **) self->tags);
  g_strv_builder_addv (tags, (const char **) other->tags);
  all = g_strv_builder_end (tags);
  plancia_notes_set_tags (self, (const char *const *) all);
  for (guint i = 0; i < other->notes->len; i++)
    plancia_notes_add (self, plancia_notes_get_date (other, i), plancia_notes_get_text (other, i));
}

/* --- the file ------------------------------------------------------------------------------------ */

static JsonArray *
get_array (JsonObject *root, const char *key)
{
  JsonNode *node = json_object_get_member (root, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_tags (PlanciaNotes *self, JsonArray *array)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (tags, json_node_get_string (node));
  }
  all = g_strv_builder_end (tags);
  plancia_notes_set_tags (self, (const char *const *) all);
}

void
plancia_notes_read (PlanciaPlant *plant, JsonObject *root)
{
  PlanciaNotes *self = plancia_notes_of (plant);
  JsonArray    *array = get_array (root, NOTES_KEY);

  read_tags (self, get_array (root, TAGS_KEY));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode   *node = json_array_get_element (array, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    const char *date, *text;

    if (object == NULL)
      continue;
    date = json_object_get_string_member_with_default (object, "date", NULL);
    text = json_object_get_string_member_with_default (object, "text", NULL);
    if (date != NULL && text != NULL)
      plancia_notes_add (self, date, text);
  }
}

static void
set_array (JsonObject *root, const char *key, JsonArray *array)
{
  if (json_array_get_length (array) > 0) {
    json_object_set_array_member (root, key, array);
    return;
  }
  json_array_unref (array);
  json_object_remove_member (root, key);
}

void
plancia_notes_write (PlanciaPlant *plant, JsonObject *root)
{
  PlanciaNotes *self = plancia_notes_of (plant);
  JsonArray    *tags = json_array_new (), *notes = json_array_new ();

  for (guint i = 0; self->tags[i] != NULL; i++)
    json_array_add_string_element (tags, self->tags[i]);
  for (guint i = 0; i < self->notes->len; i++) {
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "date", plancia_notes_get_date (self, i));
    json_object_set_string_member (object, "text", plancia_notes_get_text (self, i));
    json_array_add_object_element (notes, object);
  }
  set_array (root, TAGS_KEY, tags);
  set_array (root, NOTES_KEY, notes);
}
