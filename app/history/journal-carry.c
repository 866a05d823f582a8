/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/journal-carry.h"

#include "base/clock.h"
#include "base/error.h"
#include "history/database.h"
#include "map/json-check.h"
#include <string.h>

#define FORMAT  "plancia-journal"
#define VERSION 1
/* Requests in a document: a damaged one costs no more. */
#define PER_DOCUMENT 500
/* What the session says of the program that wrote it. */
#define PROGRAM "plancia-site"

/* A column of a table that goes along, under its own name. */
typedef struct
{
  const char *name;
  gboolean    number;
} Column;

static const Column request_columns[] = {
  {"time",      TRUE },
  {"plant",     FALSE},
  {"device_id", FALSE},
  {"device",    FALSE},
  {"serial",    FALSE},
  {"route",     FALSE},
  {"map",       FALSE},
  {"user",      FALSE},
  {"kind",      FALSE},
  {"unit",      TRUE },
  {"function",  TRUE },
  {"address",   TRUE },
  {"count",     TRUE },
  {"old",       FALSE},
  {"new",       FALSE},
};
static const Column item_columns[] = {
  {"number",  TRUE },
  {"key",     FALSE},
  {"name",    FALSE},
  {"address", TRUE },
  {"count",   TRUE },
  {"old",     FALSE},
  {"new",     FALSE},
};
static const Column event_columns[] = {
  {"time",    TRUE },
  {"what",    FALSE},
  {"after",   FALSE},
  {"message", FALSE},
};
/* What tells a request, or an event of one, from others. */
static const char *const request_identity[] =
  {"time", "device_id", "unit", "function", "address", "count", "new", "user", NULL};
static const char *const event_identity[] = {"time", "what", "after", "message", NULL};

/* --- rows as JSON ---------------------------------------------------------------------------- */

static char *
join_names (const Column *columns, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", columns[i].name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonObject *
read_row (PlanciaStatement *row, const Column *columns, guint n)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < n; i++) {
    if (sqlite3_column_type (row, (int) i) == SQLITE_NULL)
      continue;
    if (columns[i].number)
      json_object_set_int_member (object, columns[i].name, sqlite3_column_int64 (row, (int) i));
    else
      json_object_set_string_member (object,
                                     columns[i].name,
                                     (const char *) sqlite3_column_text (row, (int) i));
  }
  return object;
}

static JsonArray *
read_rows (PlanciaDatabase *database,
           const char      *table,
           const char      *order,
           const Column    *columns,
           guint            n,
           gint64           request,
           GError         **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *names = join_names (columns, n);
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s FROM %s WHERE request = ? ORDER BY %s", names, table, order);
  g_autoptr (PlanciaStatement) select = plancia_database_prepare (database, sql, error);
  int result;

  if (select == NULL)
    return NULL;
  sqlite3_bind_int64 (select, 1, request);
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    json_array_add_object_element (array, read_row (select, columns, n));
  if (!plancia_database_check (database, result, "read the journal", error))
    return NULL;
  return g_steal_pointer (&array);
}

static gboolean
is_chosen (JsonObject *request, const char *const *ids, const char *const *serials)
{
  const char *id = json_object_get_string_member_with_default (request, "device_id", "");
  const char *serial = json_object_get_string_member_with_default (request, "serial", "");

  return g_strv_contains (ids, id) || (serial[0] != '\0' && g_strv_contains (serials, serial));
}

static GBytes *
format (JsonArray *requests)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  char       *text;

  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", VERSION);
  json_object_set_array_member (root, "requests", requests);
  json_node_take_object (node, root);
  text = json_to_string (node, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
add_details (PlanciaDatabase *database, gint64 id, JsonObject *request, GError **error)
{
  JsonArray *items =
    read_rows (database, "item", "number", item_columns, G_N_ELEMENTS (item_columns), id, error);
  JsonArray *events;

  if (items == NULL)
    return FALSE;
  json_object_set_array_member (request, "items", items);
  events = read_rows (database,
                      "event",
                      "time, id",
                      event_columns,
                      G_N_ELEMENTS (event_columns),
                      id,
                      error);
  if (events == NULL)
    return FALSE;
  json_object_set_array_member (request, "events", events);
  return TRUE;
}

/* By time: the same journal is the same document, in whatever order its rows came. */
static PlanciaStatement *
select_requests (PlanciaDatabase *database, GError **error)
{
  g_autofree char *names = join_names (request_columns, G_N_ELEMENTS (request_columns));
  g_autofree char *sql =
    g_strdup_printf ("SELECT %s, id FROM request ORDER BY time, device_id, address, new, id",
                     names);

  return plancia_database_prepare (database, sql, error);
}

/**
 * plancia_journal_carry_out:
 * @self: an open file
 * @ids: of devices
 * @serials: of devices
 * @cancellable: (nullable): gives up
 * @error: as of the database
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): documents
 */
GPtrArray *
plancia_journal_carry_out (PlanciaJournalFile *self,
                           const char *const  *ids,
                           const char *const  *serials,
                           GCancellable       *cancellable,
                           GError            **error)
{
  PlanciaDatabase *database = plancia_journal_file_get_database (self);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (PlanciaStatement) select = select_requests (database, error);
  g_autoptr (JsonArray) requests = json_array_new ();
  const guint n = G_N_ELEMENTS (request_columns);
  int         result;

  if (select == NULL)
    return NULL;
  while ((result = sqlite3_step (select)) == SQLITE_ROW) {
    g_autoptr (JsonObject) request = read_row (select, request_columns, n);

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (!is_chosen (request, ids, serials))
      continue;
    if (!add_details (database, sqlite3_column_int64 (select, (int) n), request, error))
      return NULL;
    json_array_add_object_element (requests, g_steal_pointer (&request));
    if (json_array_get_length (requests) == PER_DOCUMENT) {
      g_ptr_array_add (documents, format (g_steal_pointer (&requests)));
      requests = json_array_new ();
    }
  }
  if (!plancia_database_check (database, result, "read the journal", error))
    return NULL;
  if (json_array_get_length (requests) > 0)
    g_ptr_array_add (documents, format (g_steal_pointer (&requests)));
  return g_steal_pointer (&documents);
}

/* --- reading documents ----------------------------------------------------------------------- */

/* Numbers are numbers, texts are texts, and what is required is there. */
static gboolean
check_row (PlanciaJsonCheck *check, JsonObject *object, const Column *columns, guint n)
{
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_object_get_member (object, columns[i].name);
    gboolean  required = columns[i].number || g_strcmp0 (columns[i].name, "what") == 0 ||
                        g_strcmp0 (columns[i].name, "key") == 0;

    if (node == NULL && !required)
      continue;
    if (columns[i].number)
      plancia_json_get_integer (check,
                                NULL,
                                object,
                                columns[i].name,
                                PLANCIA_JSON_REQUIRED,
                                0,
                                G_MAXINT64,
                                0);
    else
      plancia_json_get_string (check, NULL, object, columns[i].name, PLANCIA_JSON_REQUIRED);
  }
  return !plancia_json_failed (check);
}

static gboolean
check_rows (PlanciaJsonCheck *check,
            JsonObject       *request,
            const char       *key,
            const Column     *columns,
            guint             n)
{
  JsonArray *array = plancia_json_get_array (check, NULL, request, key, PLANCIA_JSON_REQUIRED);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath path = {NULL, NULL, i};
    JsonObject     *object = plancia_json_element_object (check, &path, array);

    if (object == NULL || !check_row (check, object, columns, n))
      return FALSE;
  }
  return !plancia_json_failed (check);
}

static JsonArray *
check_document (PlanciaJsonCheck *check, JsonObject *root)
{
  const char *got = plancia_json_get_string (check, NULL, root, "format", PLANCIA_JSON_REQUIRED);
  JsonArray  *requests;

  if (got != NULL && !g_str_equal (got, FORMAT))
    plancia_json_fail (check, NULL, "format", PLANCIA_DOCUMENT_ERROR_INVALID, "expected " FORMAT);
  plancia_json_get_integer (check, NULL, root, "version", PLANCIA_JSON_REQUIRED, 1, VERSION, 1);
  requests = plancia_json_get_array (check, NULL, root, "requests", PLANCIA_JSON_REQUIRED);
  for (guint i = 0; requests != NULL && i < json_array_get_length (requests); i++) {
    PlanciaJsonPath path = {NULL, NULL, i};
    JsonObject     *request = plancia_json_element_object (check, &path, requests);

    if (request == NULL ||
        !check_row (check, request, request_columns, G_N_ELEMENTS (request_columns)) ||
        !json_object_has_member (request, "new") ||
        !check_rows (check, request, "items", item_columns, G_N_ELEMENTS (item_columns)) ||
        !check_rows (check, request, "events", event_columns, G_N_ELEMENTS (event_columns))) {
      plancia_json_fail (check, &path, NULL, PLANCIA_DOCUMENT_ERROR_INVALID, "not a request");
      return NULL;
    }
  }
  return plancia_json_failed (check) ? NULL : requests;
}

/* node: owns what is returned. */
static JsonArray *
parse (GBytes *document, const char *origin, JsonNode **node, GError **error)
{
  PlanciaJsonCheck check = {.origin = origin};
  JsonArray       *requests;

  *node = plancia_json_parse (document, origin, error);
  if (*node == NULL)
    return NULL;
  requests = check_document (&check, json_node_get_object (*node));
  if (check.error != NULL)
    g_propagate_error (error, check.error);
  return requests;
}

gboolean
plancia_journal_carry_check (GBytes *document, const char *origin, guint *requests, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *array = parse (document, origin, &node, error);

  *requests = array != NULL ? json_array_get_length (array) : 0;
  return array != NULL;
}

/* --- adding ---------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaDatabase       *database;
  GHashTable            *devices;  /* or NULL */
  GHashTable            *requests; /* identity to id (gint64*) */
  GHashTable            *events;   /* "ID identity" */
  gint64                 session;  /* 0: none was begun yet */
  gboolean               dry;
  PlanciaJournalCarried *carried;
  GCancellable          *cancellable;
} Carrier;

static void
append_identity (GString *text, JsonObject *object, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++) {
    JsonNode *node = json_object_get_member (object, names[i]);

    if (node != NULL && json_node_get_value_type (node) == G_TYPE_INT64)
      g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
    else if (node != NULL)
      g_string_append (text, json_node_get_string (node));
    g_string_append_c (text, '\n');
  }
}

static char *
identity (JsonObject *object, const char *const *names, gint64 request)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", request);
  append_identity (text, object, names);
  return g_string_free (text, FALSE);
}

static gboolean
learn_events (Carrier *self, GError **error)
{
  g_autoptr (PlanciaStatement)
    select = plancia_database_prepare (self->database,
                                       "SELECT time, what, after, message, request FROM event",
                                       error);
  const guint n = G_N_ELEMENTS (event_columns);
  int         result;

  if (select == NULL)
    return FALSE;
  while ((result = sqlite3_step (select)) == SQLITE_ROW) {
    g_autoptr (JsonObject) event = read_row (select, event_columns, n);

    g_hash_table_add (self->events,
                      identity (event, event_identity, sqlite3_column_int64 (select, (int) n)));
  }
  return plancia_database_check (self->database, result, "read the journal", error);
}

/* What is there already. */
static gboolean
learn (Carrier *self, GError **error)
{
  g_autoptr (PlanciaStatement) select = select_requests (self->database, error);
  const guint n = G_N_ELEMENTS (request_columns);
  int         result;

  if (select == NULL)
    return FALSE;
  while ((result = sqlite3_step (select)) == SQLITE_ROW) {
    g_autoptr (JsonObject) request = read_row (select, request_columns, n);
    gint64 id = sqlite3_column_int64 (select, (int) n);

    g_hash_table_replace (self->requests,
                          identity (request, request_identity, 0),
                          g_memdup2 (&id, sizeof id));
  }
  return plancia_database_check (self->database, result, "read the journal", error) &&
         learn_events (self, error);
}

static void
bind_row (PlanciaStatement *insert, JsonObject *object, const Column *columns, guint n)
{
  for (guint i = 0; i < n; i++) {
    JsonNode *node = json_object_get_member (object, columns[i].name);

    if (node == NULL)
      sqlite3_bind_null (insert, (int) i + 1);
    else if (columns[i].number)
      sqlite3_bind_int64 (insert, (int) i + 1, json_node_get_int (node));
    else
      plancia_statement_bind_text (insert, (int) i + 1, json_node_get_string (node));
  }
}

static gboolean
insert_row (Carrier      *self,
            const char   *table,
            JsonObject   *object,
            const Column *columns,
            guint         n,
            const char   *owner,
            gint64        owner_id,
            GError      **error)
{
  g_autofree char *names = join_names (columns, n);
  g_autofree char *marks = g_strnfill (2 * n + 1, '?');
  g_autofree char *sql = NULL;
  g_autoptr (PlanciaStatement) insert = NULL;

  for (guint i = 1; i < 2 * n + 1; i += 2)
    marks[i] = ',';
  sql = g_strdup_printf ("INSERT INTO %s (%s, %s) VALUES (%s)", table, names, owner, marks);
  insert = plancia_database_prepare (self->database, sql, error);
  if (insert == NULL)
    return FALSE;
  bind_row (insert, object, columns, n);
  sqlite3_bind_int64 (insert, (int) n + 1, owner_id);
  return plancia_database_run (self->database, insert, "add to the journal", error);
}

/* Nobody holds it: what has no outcome there has none, whoever is running here. */
static gboolean
ensure_session (Carrier *self, GError **error)
{
  g_autoptr (PlanciaStatement) insert = NULL;

  if (self->session != 0)
    return TRUE;
  insert =
    plancia_database_prepare (self->database,
                              "INSERT INTO session (started, program, user) VALUES (?, ?, ?)",
                              error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert, 1, plancia_clock_now ());
  plancia_statement_bind_text (insert, 2, PROGRAM);
  plancia_statement_bind_text (insert, 3, g_get_user_name ());
  if (!plancia_database_run (self->database, insert, "begin a session", error))
    return FALSE;
  self->session = sqlite3_last_insert_rowid (self->database->handle);
  return TRUE;
}

static gboolean
insert_request (Carrier *self, JsonObject *request, gint64 *id, GError **error)
{
  JsonArray *items = json_object_get_array_member (request, "items");

  if (!ensure_session (self, error) || !insert_row (self,
                                                    "request",
                                                    request,
                                                    request_columns,
                                                    G_N_ELEMENTS (request_columns),
                                                    "session",
                                                    self->session,
                                                    error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (self->database->handle);
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (!insert_row (self,
                     "item",
                     json_array_get_object_element (items, i),
                     item_columns,
                     G_N_ELEMENTS (item_columns),
                     "request",
                     *id,
                     error))
      return FALSE;
  return TRUE;
}

static gboolean
add_events (Carrier *self, JsonObject *request, gint64 id, GError **error)
{
  JsonArray *events = json_object_get_array_member (request, "events");

  for (guint i = 0; i < json_array_get_length (events); i++) {
    JsonObject      *event = json_array_get_object_element (events, i);
    g_autofree char *name = identity (event, event_identity, id);

    if (!g_hash_table_add (self->events, g_steal_pointer (&name)))
      continue;
    self->carried->events++;
    if (!self->dry && !insert_row (self,
                                   "event",
                                   event,
                                   event_columns,
                                   G_N_ELEMENTS (event_columns),
                                   "request",
                                   id,
                                   error))
      return FALSE;
  }
  return TRUE;
}

static void
rename_device (Carrier *self, JsonObject *request)
{
  const char *there = json_object_get_string_member_with_default (request, "device_id", NULL);
  const char *here = there != NULL && self->devices != NULL
                       ? g_hash_table_lookup (self->devices, there)
                       : NULL;

  if (here != NULL)
    json_object_set_string_member (request, "device_id", here);
}

static gboolean
add_request (Carrier *self, JsonObject *request, GError **error)
{
  g_autofree char *name = NULL;
  gint64           id;
  gint64          *known;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  rename_device (self, request);
  name = identity (request, request_identity, 0);
  known = g_hash_table_lookup (self->requests, name);
  if (known == NULL) {
    self->carried->requests++;
    /* One that is only counted has an id of its own. */
    id = -(gint64) self->carried->requests;
    if (!self->dry && !insert_request (self, request, &id, error))
      return FALSE;
    g_hash_table_insert (self->requests, g_steal_pointer (&name), g_memdup2 (&id, sizeof id));
  } else {
    id = *known;
  }
  return add_events (self, request, id, error);
}

static gboolean
add_documents (Carrier *self, GPtrArray *documents, GError **error)
{
  if (!learn (self, error))
    return FALSE;
  for (guint i = 0; i < documents->len; i++) {
    g_autoptr (JsonNode) node = NULL;
    JsonArray *requests = parse (g_ptr_array_index (documents, i), "journal", &node, error);

    if (requests == NULL)
      return FALSE;
    for (guint j = 0; j < json_array_get_length (requests); j++)
      if (!add_request (self, json_array_get_object_element (requests, j), error))
        return FALSE;
  }
  return TRUE;
}

/**
 * plancia_journal_carry_in:
 * @self: an open file
 * @documents: (element-type GBytes): of plancia_journal_carry_out()
 * @devices: (nullable): ids there to ids here
 * @dry: only count
 * @carried: (out): what was new
 * @cancellable: (nullable): rolls back
 * @error: as of the database
 *
 * Returns: %FALSE if nothing was written
 */
gboolean
plancia_journal_carry_in (PlanciaJournalFile    *self,
                          GPtrArray             *documents,
                          GHashTable            *devices,
                          gboolean               dry,
                          PlanciaJournalCarried *carried,
                          GCancellable          *cancellable,
                          GError               **error)
{
  g_autoptr (GHashTable) requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Carrier carrier = {.database = plancia_journal_file_get_database (self),
                     .devices = devices,
                     .requests = requests,
                     .events = events,
                     .dry = dry,
                     .carried = carried,
                     .cancellable = cancellable};

  *carried = (PlanciaJournalCarried){0};
  if (dry)
    return add_documents (&carrier, documents, error);
  return plancia_database_begin (carrier.database, error) &&
         plancia_database_end (carrier.database, add_documents (&carrier, documents, error), error);
}
