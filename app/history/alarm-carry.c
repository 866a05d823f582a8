/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/alarm-carry.h"

#include "base/error.h"
#include "history/alarm-table.h"
#include "map/json-check.h"
#include <math.h>
#include <string.h>

#define FORMAT       "plancia-alarms"
#define VERSION      1
#define PER_DOCUMENT 2000
#define ALL          1000000

/* --- fields ---------------------------------------------------------------------------------- */

/* A member of the record and its name in the document. */
typedef struct
{
  const char *name;
  gsize       offset;
} Field;

#define FIELD(name, member)                            \
  {                                                    \
    name, G_STRUCT_OFFSET (PlanciaAlarmRecord, member) \
  }

static const Field texts[] = {
  FIELD ("device", device),
  FIELD ("name", name),
  FIELD ("source", source),
  FIELD ("map", map),
  FIELD ("key", key),
  FIELD ("label", label),
};
static const Field powers[] = {
  FIELD ("power", power),
  FIELD ("temperature", temperature),
};

static char **
text_of (const PlanciaAlarmRecord *record, const Field *field)
{
  return (char **) ((guint8 *) record + field->offset);
}

static double *
number_of (const PlanciaAlarmRecord *record, const Field *field)
{
  return (double *) ((guint8 *) record + field->offset);
}

static JsonObject *
write_record (const PlanciaAlarmRecord *record)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (object, texts[i].name, *text_of (record, &texts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (powers); i++)
    if (isfinite (*number_of (record, &powers[i])))
      json_object_set_double_member (object, powers[i].name, *number_of (record, &powers[i]));
  json_object_set_int_member (object, "bit", record->bit);
  json_object_set_int_member (object, "address", record->address);
  json_object_set_int_member (object, "word", record->word);
  json_object_set_int_member (object, "id", record->id);
  json_object_set_int_member (object, "severity", (gint64) record->severity);
  json_object_set_int_member (object, "since", record->since);
  json_object_set_boolean_member (object, "from_before", record->from_before);
  json_object_set_int_member (object, "until", record->until);
  return object;
}

static PlanciaAlarmRecord *
read_record (PlanciaJsonCheck *check, JsonObject *object)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text =
      plancia_json_get_string (check, NULL, object, texts[i].name, PLANCIA_JSON_REQUIRED);

    g_free (*text_of (record, &texts[i]));
    *text_of (record, &texts[i]) = g_strdup (text != NULL ? text : "");
  }
  for (guint i = 0; i < G_N_ELEMENTS (powers); i++)
    if (json_object_has_member (object, powers[i].name))
      *number_of (record,
                  &powers[i]) = plancia_json_get_number (check, NULL, object, powers[i].name, NAN);
#define NUMBER(key, low, high) \
  plancia_json_get_integer (check, NULL, object, key, PLANCIA_JSON_REQUIRED, low, high, 0)
  record->bit = (int) NUMBER ("bit", -1, 4096);
  record->address = (guint16) NUMBER ("address", 0, G_MAXUINT16);
  record->word = (guint16) NUMBER ("word", 0, G_MAXUINT16);
  record->id = (int) NUMBER ("id", G_MININT, G_MAXINT);
  record->severity =
    (PlanciaSeverity) NUMBER ("severity", PLANCIA_SEVERITY_FAULT, PLANCIA_SEVERITY_NOTE);
  record->since = NUMBER ("since", 0, G_MAXINT64);
  record->until = NUMBER ("until", 0, G_MAXINT64);
#undef NUMBER
  record->from_before = plancia_json_get_boolean (check, NULL, object, "from_before");
  return record;
}

/* --- out ------------------------------------------------------------------------------------- */

static GBytes *
format (GPtrArray *records, guint from, guint end)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonArray  *array = json_array_new ();
  char       *text;

  for (guint i = from; i < end; i++)
    json_array_add_object_element (array, write_record (g_ptr_array_index (records, i)));
  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", VERSION);
  json_object_set_array_member (root, "alarms", array);
  json_node_take_object (node, root);
  text = json_to_string (node, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

GPtrArray *
plancia_alarm_carry_out (PlanciaStoreSqlite *file,
                         const char *const  *devices,
                         guint              *alarms,
                         GError            **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) records = plancia_store_sqlite_list_alarms (file, devices, ALL, error);

  if (records == NULL)
    return NULL;
  *alarms = records->len;
  for (guint i = 0; i < records->len; i += PER_DOCUMENT)
    g_ptr_array_add (documents, format (records, i, MIN (i + PER_DOCUMENT, records->len)));
  return g_steal_pointer (&documents);
}

/* --- in -------------------------------------------------------------------------------------- */

/* (transfer full) PlanciaAlarmRecord*, or NULL with an error. */
static GPtrArray *
parse (GBytes *document, const char *origin, GError **error)
{
  PlanciaJsonCheck check = {.origin = origin};
  g_autoptr (JsonNode) node = plancia_json_parse (document, origin, error);
  g_autoptr (GPtrArray)
    records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  JsonObject *root = node != NULL ? json_node_get_object (node) : NULL;
  JsonArray  *array;
  const char *got;

  if (root == NULL)
    return NULL;
  got = plancia_json_get_string (&check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  if (got != NULL && !g_str_equal (got, FORMAT))
    plancia_json_fail (&check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "expected " FORMAT);
  plancia_json_get_integer (&check, NULL, root, "version", PLANCIA_JSON_REQUIRED, 1, VERSION, 1);
  array = plancia_json_get_array (&check, NULL, root, "alarms", PLANCIA_JSON_REQUIRED);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath path = {NULL, NULL, i};
    JsonObject     *object = plancia_json_element_object (&check, &path, array);

    if (object != NULL)
      g_ptr_array_add (records, read_record (&check, object));
  }
  if (check.error == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, check.error);
  return NULL;
}

gboolean
plancia_alarm_carry_check (GBytes *document, const char *origin, guint *alarms, GError **error)
{
  g_autoptr (GPtrArray) records = parse (document, origin, error);

  *alarms = records != NULL ? records->len : 0;
  return records != NULL;
}

/* The same alarm. */
static char *
identity (const PlanciaAlarmRecord *record)
{
  return g_strdup_printf ("%s\n%s\n%s\n%d\n%d\n%" G_GINT64_FORMAT,
                          record->device,
                          record->source,
                          record->key,
                          record->bit,
                          record->id,
                          record->since);
}

static void
take_larger (char **text, const char *other)
{
  if (strcmp (*text, other) >= 0)
    return;
  g_free (*text);
  *text = g_strdup (other);
}

/* What two computers know of an alarm, whichever is asked first: it has ended if one saw that. */
static PlanciaAlarmRecord *
join (const PlanciaAlarmRecord *a, const PlanciaAlarmRecord *b)
{
  PlanciaAlarmRecord *joined = plancia_alarm_record_copy (a);

  joined->until = MAX (a->until, b->until);
  joined->severity = MIN (a->severity, b->severity);
  take_larger (&joined->name, b->name);
  take_larger (&joined->label, b->label);
  return joined;
}

static gboolean
is_same (const PlanciaAlarmRecord *a, const PlanciaAlarmRecord *b)
{
  return a->until == b->until && a->severity == b->severity && strcmp (a->name, b->name) == 0 &&
         strcmp (a->label, b->label) == 0;
}

static GHashTable *
list_there (PlanciaStoreSqlite *file, GPtrArray *come, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree const char **devices = NULL;
  g_autoptr (GPtrArray) records = NULL;
  GHashTable *there;

  for (guint i = 0; i < come->len; i++)
    g_hash_table_add (names, ((PlanciaAlarmRecord *) g_ptr_array_index (come, i))->device);
  devices = (const char **) g_hash_table_get_keys_as_array (names, NULL);
  records = plancia_store_sqlite_list_alarms (file, devices, ALL, error);
  if (records == NULL)
    return NULL;
  there = g_hash_table_new_full (g_str_hash,
                                 g_str_equal,
                                 g_free,
                                 (GDestroyNotify) plancia_alarm_record_free);
  for (guint i = 0; i < records->len; i++)
    g_hash_table_replace (there,
                          identity (g_ptr_array_index (records, i)),
                          plancia_alarm_record_copy (g_ptr_array_index (records, i)));
  return there;
}

static void
rename_device (PlanciaAlarmRecord *record, GHashTable *devices)
{
  const char *here = devices != NULL ? g_hash_table_lookup (devices, record->device) : NULL;

  if (here == NULL)
    return;
  g_free (record->device);
  record->device = g_strdup (here);
}

gboolean
plancia_alarm_carry_in (PlanciaStoreSqlite *file,
                        GBytes             *document,
                        GHashTable         *devices,
                        gboolean            dry,
                        guint              *added,
                        GError            **error)
{
  g_autoptr (GPtrArray) come = parse (document, "alarms", error);
  g_autoptr (GPtrArray)
    news = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  g_autoptr (GHashTable) there = NULL;

  if (come == NULL)
    return FALSE;
  for (guint i = 0; i < come->len; i++)
    rename_device (g_ptr_array_index (come, i), devices);
  there = list_there (file, come, error);
  if (there == NULL)
    return FALSE;
  for (guint i = 0; i < come->len; i++) {
    const PlanciaAlarmRecord *record = g_ptr_array_index (come, i);
    g_autofree char          *name = identity (record);
    const PlanciaAlarmRecord *old = g_hash_table_lookup (there, name);
    g_autoptr (PlanciaAlarmRecord) joined = old != NULL ? join (old, record)
                                                        : plancia_alarm_record_copy (record);

    if (old != NULL && is_same (old, joined))
      continue;
    g_hash_table_replace (there, g_steal_pointer (&name), plancia_alarm_record_copy (joined));
    g_ptr_array_add (news, g_steal_pointer (&joined));
  }
  *added += news->len;
  return dry || news->len == 0 ||
         plancia_alarm_table_merge (plancia_store_sqlite_get_database (file), news, error);
}
