/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/private.h"

#include "map/json-check.h"
#include <string.h>

/* A commissioning is told from others by its device and when it began. That of a device that is gone on with has the device's name
 * as its file; those that were put aside have a date besides. */
typedef struct
{
  char     *file;
  char     *device;
  gint64    began;
  GBytes   *bytes;
  gboolean  aside;
  gboolean  here;    /* its file is here */
  gboolean  changed; /* and has to be written */
  JsonNode *node;
} Visit;

static void
visit_free (Visit *self)
{
  g_free (self->file);
  g_free (self->device);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

/* As visits.c names them. */
static char *
dup_name (const char *device, gint64 aside)
{
  g_autofree char *safe = g_strdup (device[0] != '\0' ? device : "device");
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (aside / 1000);
  g_autofree char *stamp = date != NULL ? g_date_time_format (date, ".%Y%m%dT%H%M%SZ.json")
                                        : g_strdup (".old.json");

  g_strcanon (safe, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", '_');
  return g_strconcat (safe, aside > 0 ? stamp : ".json", NULL);
}

static Visit *
visit_new (const char *file, GBytes *bytes)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, file, NULL);
  JsonObject      *root = node != NULL ? json_node_get_object (node) : NULL;
  const char      *device = root != NULL
                              ? json_object_get_string_member_with_default (root, "device", NULL)
                              : NULL;
  g_autofree char *current = device != NULL ? dup_name (device, 0) : NULL;
  Visit           *self;

  if (device == NULL)
    return NULL;
  self = g_new0 (Visit, 1);
  self->file = g_strdup (file);
  self->device = g_strdup (device);
  self->began = json_object_get_int_member_with_default (root, "began", 0);
  self->bytes = g_bytes_ref (bytes);
  self->aside = !g_str_equal (file, current);
  self->node = g_steal_pointer (&node);
  return self;
}

/* --- two states of one ----------------------------------------------------------------------- */

static gint64
time_of (JsonObject *step)
{
  return json_object_get_int_member_with_default (step, "time", 0);
}

static char *
text_of (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* Whether a says more than b: it is later, or as late and the larger text, so that it is the same for both sides. */
static gboolean
is_later (JsonObject *a, JsonObject *b)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (time_of (a) != time_of (b))
    return time_of (a) > time_of (b);
  one = text_of (a);
  other = text_of (b);
  return strcmp (one, other) > 0;
}

static JsonArray *
steps_of (JsonNode *node)
{
  JsonNode *steps = json_object_get_member (json_node_get_object (node), "steps");

  return steps != NULL && JSON_NODE_HOLDS_ARRAY (steps) ? json_node_get_array (steps) : NULL;
}

static JsonObject *
find_step (JsonArray *steps, const char *id)
{
  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++) {
    JsonNode *node = json_array_get_element (steps, i);

    if (JSON_NODE_HOLDS_OBJECT (node) &&
        g_strcmp0 (
          json_object_get_string_member_with_default (json_node_get_object (node), "id", NULL),
          id) == 0)
      return json_node_get_object (node);
  }
  return NULL;
}

/* Of each step the later state. TRUE: self has changed. */
static gboolean
join_steps (JsonNode *self, JsonNode *other)
{
  JsonArray *steps = steps_of (self);
  JsonArray *others = steps_of (other);
  g_autoptr (JsonArray) joined = json_array_new ();
  gboolean changed = FALSE;

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++) {
    JsonNode   *node = json_array_get_element (steps, i);
    JsonObject *step = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    JsonObject *another =
      step != NULL
        ? find_step (others, json_object_get_string_member_with_default (step, "id", NULL))
        : NULL;
    gboolean later = another != NULL && is_later (another, step);

    changed |= later;
    if (later)
      json_array_add_object_element (joined, json_object_ref (another));
    else
      json_array_add_element (joined, json_node_copy (node));
  }
  if (changed)
    json_object_set_array_member (json_node_get_object (self), "steps", g_steal_pointer (&joined));
  return changed;
}

static JsonObject *
texts_of (JsonNode *node)
{
  JsonNode *texts = json_object_get_member (json_node_get_object (node), "texts");

  return texts != NULL && JSON_NODE_HOLDS_OBJECT (texts) ? json_node_get_object (texts) : NULL;
}

/* Of each text the longer one, of two as long the larger. */
static gboolean
join_texts (JsonNode *self, JsonNode *other)
{
  JsonObject *texts = texts_of (self);
  JsonObject *others = texts_of (other);
  g_autoptr (GList) names = others != NULL ? json_object_get_members (others) : NULL;
  gboolean changed = FALSE;

  for (GList *l = names; texts != NULL && l != NULL; l = l->next) {
    const char *old = json_object_get_string_member_with_default (texts, l->data, "");
    const char *come = json_object_get_string_member_with_default (others, l->data, "");

    if (strlen (come) < strlen (old) || (strlen (come) == strlen (old) && strcmp (come, old) <= 0))
      continue;
    json_object_set_string_member (texts, l->data, come);
    changed = TRUE;
  }
  return changed;
}

static gboolean
join (Visit *self, Visit *other)
{
  gboolean steps = join_steps (self->node, other->node);
  gboolean texts = join_texts (self->node, other->node);
  char    *text;

  if (!steps && !texts)
    return FALSE;
  text = json_to_string (self->node, TRUE);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = g_bytes_new_take (text, strlen (text));
  self->changed = TRUE;
  return TRUE;
}

/* --- all of a plant -------------------------------------------------------------------------- */

static Visit *
find_visit (GPtrArray *visits, const Visit *like)
{
  for (guint i = 0; i < visits->len; i++) {
    Visit *visit = g_ptr_array_index (visits, i);

    if (visit->began == like->began && g_str_equal (visit->device, like->device))
      return visit;
  }
  return NULL;
}

static gboolean
has_file (GPtrArray *visits, const char *file)
{
  for (guint i = 0; i < visits->len; i++)
    if (g_str_equal (((Visit *) g_ptr_array_index (visits, i))->file, file))
      return TRUE;
  return FALSE;
}

/* Under its date, or a second one of it. */
static void
put_aside (GPtrArray *visits, Visit *visit, PlanciaParcelFiles *files, const char *folder)
{
  g_autofree char *old = g_steal_pointer (&visit->file);
  g_autofree char *name = dup_name (visit->device, MAX (visit->began, 1));

  visit->file = g_strdup ("");
  for (guint i = 2; has_file (visits, name) && i < 100; i++) {
    g_autofree char *first = dup_name (visit->device, MAX (visit->began, 1));

    g_free (name);
    name = g_strdup_printf ("%.*s-%u.json", (int) (strlen (first) - strlen (".json")), first, i);
  }
  if (visit->here)
    g_ptr_array_add (files->removes, g_build_filename (folder, old, NULL));
  g_free (visit->file);
  visit->file = g_strdup (name);
  visit->aside = TRUE;
  visit->changed = TRUE;
}

/* Of a device one is gone on with: that which began last. */
static void
settle_current (GPtrArray *visits, PlanciaParcelFiles *files, const char *folder)
{
  for (guint i = 0; i < visits->len; i++)
    for (guint j = i + 1; j < visits->len; j++) {
      Visit *a = g_ptr_array_index (visits, i);
      Visit *b = g_ptr_array_index (visits, j);

      if (!a->aside && !b->aside && g_str_equal (a->device, b->device))
        put_aside (visits, a->began < b->began ? a : b, files, folder);
    }
}

static void
take (GPtrArray           *visits,
      Visit               *come,
      PlanciaParcelFiles  *files,
      const char          *folder,
      PlanciaParcelResult *result)
{
  Visit *known = find_visit (visits, come);

  if (known == NULL) {
    come->changed = TRUE;
    if (come->aside && has_file (visits, come->file))
      put_aside (visits, come, files, folder);
    g_ptr_array_add (visits, come);
    result->added[PLANCIA_PARCEL_VISITS]++;
    return;
  }
  result->joined[PLANCIA_PARCEL_VISITS] += join (known, come);
  /* Who put it aside did so after the other one had it open. */
  if (come->aside && !known->aside)
    put_aside (visits, known, files, folder);
  visit_free (come);
}

static GPtrArray *
list_here (const char *folder)
{
  g_autoptr (GPtrArray) items = plancia_parcel_read_folder (PLANCIA_PARCEL_VISITS, folder, NULL);
  GPtrArray *visits = g_ptr_array_new_with_free_func ((GDestroyNotify) visit_free);

  for (guint i = 0; i < items->len; i++) {
    PlanciaParcelItem *item = g_ptr_array_index (items, i);
    Visit             *visit = visit_new (item->rest, item->bytes);

    if (visit == NULL)
      continue;
    visit->here = TRUE;
    g_ptr_array_add (visits, visit);
  }
  return visits;
}

/* A file that is written is not removed, whoever had its name before. */
static void
keep_written (PlanciaParcelFiles *files)
{
  for (guint i = files->removes->len; i > 0; i--)
    for (guint j = 0; j < files->writes->len; j++)
      if (g_str_equal (g_ptr_array_index (files->removes, i - 1),
                       ((PlanciaParcelItem *) g_ptr_array_index (files->writes, j))->name)) {
        g_ptr_array_remove_index (files->removes, i - 1);
        break;
      }
}

void
plancia_parcel_visits_plan (GPtrArray           *items,
                            const char          *folder,
                            GHashTable          *pairs,
                            PlanciaParcelFiles  *files,
                            PlanciaParcelResult *result)
{
  g_autoptr (GPtrArray) visits = list_here (folder);

  for (guint i = 0; i < items->len; i++) {
    PlanciaParcelItem *item = g_ptr_array_index (items, i);
    g_autoptr (GBytes) bytes = plancia_parcel_rename_device (item->bytes, NULL, pairs);
    Visit *there = visit_new (item->rest, item->bytes);
    Visit *visit = visit_new (item->rest, bytes);

    if (there != NULL && visit != NULL) {
      /* Whether it was put aside is told by the name that it had there. */
      visit->aside = there->aside;
      if (!visit->aside) {
        g_free (visit->file);
        visit->file = dup_name (visit->device, 0);
      }
      take (visits, g_steal_pointer (&visit), files, folder, result);
    }
    g_clear_pointer (&there, visit_free);
    g_clear_pointer (&visit, visit_free);
  }
  settle_current (visits, files, folder);
  /* Those aside first: until they are written, the others are where they were. */
  for (int aside = 1; aside >= 0; aside--)
    for (guint i = 0; i < visits->len; i++) {
      Visit *visit = g_ptr_array_index (visits, i);

      if (visit->changed && visit->aside == (aside != 0))
        plancia_parcel_files_add (files, folder, visit->file, visit->bytes);
    }
  keep_written (files);
}
