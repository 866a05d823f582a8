/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/system-writes.h"

#include <libsoup/soup.h>
#include <string.h>

#include "simulator/portal-out.h"

/* Words that a write of many registers takes at once. */
#define MOST_WORDS 123
/* s for a callback service to answer. */
#define CALLBACK_LIMIT 10
/* ms between two callbacks for one write. */
#define SECOND_AFTER 300

typedef struct
{
  guint16 address;
  guint   count;
  guint16 words[MOST_WORDS];
  guint8  exception; /* 0: taken */
} Block;

typedef struct
{
  PlanciaSystemWrites *writes; /* borrowed */
  PlanciaPortalThing  *thing;  /* borrowed; NULL: not the customer's */
  char                *key;
  char                *id;
  char                *url; /* of the callback service; or NULL */
  GArray              *blocks;
  const char          *refusal; /* NULL: accepted */
  PlanciaFault         fault;
  gboolean             applied;
  guint8               exception;
  guint                left;   /* callbacks to send */
  guint                sent;   /* callbacks that somebody answered */
  guint                status; /* of the last one */
  GSource             *source;
} Write;

struct _PlanciaSystemWrites
{
  PlanciaWorld                *world;
  const PlanciaScenarioDevice *account;
  GPtrArray                   *writes; /* Write */
  SoupSession                 *session;
  GCancellable                *stop;
};

static void
write_free (gpointer data)
{
  Write *self = data;

  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_array_unref (self->blocks);
  g_free (self->key);
  g_free (self->id);
  g_free (self->url);
  g_free (self);
}

static void
run_after (Write *self, guint wait, GSourceFunc func)
{
  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  self->source = g_timeout_source_new (wait);
  g_source_set_callback (self->source, func, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/* --- what is asked --------------------------------------------------------------------------- */

static gboolean
read_integer (JsonNode *node, gint64 most, gint64 *number)
{
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return *number >= 0 && *number <= most;
}

static gboolean
read_block (JsonNode *node, Block *block)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *list = object != NULL ? json_object_get_member (object, "values") : NULL;
  JsonArray  *values = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                    : NULL;
  gint64      number;

  *block = (Block){0};
  if (values == NULL || !read_integer (json_object_get_member (object, "address"), 65535, &number))
    return FALSE;
  block->address = (guint16) number;
  block->count = json_array_get_length (values);
  if (block->count == 0 || block->count > MOST_WORDS || number + block->count > 65536)
    return FALSE;
  for (guint i = 0; i < block->count; i++) {
    if (!read_integer (json_array_get_element (values, i), 65535, &number))
      return FALSE;
    block->words[i] = (guint16) number;
  }
  return TRUE;
}

static gboolean
read_blocks (JsonObject *params, GArray *blocks)
{
  JsonNode  *node = json_object_get_member (params, "registers");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;
  Block      block;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    if (!read_block (json_array_get_element (array, i), &block))
      return FALSE;
    g_array_append_val (blocks, block);
  }
  return blocks->len > 0;
}

static char *
dup_text (JsonObject *params, const char *name)
{
  JsonNode *node = json_object_get_member (params, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_dup_string (node)
           : NULL;
}

/* The vendor's rule: the system's owner, one of two sticks, a device that is on line. */
static const char *
check (const Write *self, gboolean well_formed, int *code)
{
  const PlanciaScenarioDevice *entry = self->thing != NULL
                                         ? plancia_portal_thing_get_entry (self->thing)
                                         : NULL;

  *code = PLANCIA_PORTAL_REFUSED_REQUEST;
  if (!well_formed || self->id == NULL || *self->id == '\0')
    return "thingKey, requestId and registers are mandatory";
  *code = PLANCIA_PORTAL_REFUSED_THING;
  if (self->thing == NULL)
    return "thing not found";
  *code = PLANCIA_PORTAL_REFUSED_OWNER;
  if (!entry->owned || self->fault == PLANCIA_FAULT_WRITE_REFUSED)
    return "not the owner of an advanced system with this device";
  *code = PLANCIA_PORTAL_REFUSED_LOGGER;
  if (g_str_equal (entry->logger, "other"))
    return "this logger cannot be written";
  *code = PLANCIA_PORTAL_REFUSED_OFFLINE;
  if (self->fault == PLANCIA_FAULT_WRITE_OFFLINE)
    return "the device is not on line";
  return NULL;
}

/* --- what comes of it ------------------------------------------------------------------------ */

static void
append_results (const Write *self, GString *text)
{
  g_string_append (text, "\"registers\":[");
  for (guint i = 0; i < self->blocks->len; i++) {
    const Block *block = &g_array_index (self->blocks, Block, i);

    plancia_portal_out_separate (text);
    g_string_append_printf (text, "{\"address\":%u,", block->address);
    if (block->exception == 0)
      g_string_append (text, "\"result\":\"ok\"}");
    else
      g_string_append_printf (text, "\"result\":\"error\",\"exception\":%u}", block->exception);
  }
  g_string_append_c (text, ']');
}

static void
append_thing (const Write *self, const char *id, const char *status, GString *text)
{
  g_string_append (text, "\"params\":{\"value\":[{");
  plancia_portal_out_member (text, self->key);
  g_string_append (text, "{\"requestId\":");
  plancia_portal_out_string (text, id);
  g_string_append_printf (text, ",\"status\":\"%s\",\"ts\":", status);
  plancia_portal_out_time (text, plancia_world_now (self->writes->world));
}

static const char *
exception_words (guint8 exception)
{
  switch (exception) {
  case 2:
    return "illegal data address";
  case 3:
    return "illegal data value";
  default:
    return "device failure";
  }
}

static char *
make_callback (const Write *self)
{
  GString         *text = g_string_new ("{\"" PLANCIA_SYSTEM_WRITE_CALLBACK "\":{");
  gboolean         wrong = self->fault == PLANCIA_FAULT_CALLBACK_WRONG_ID;
  g_autofree char *other = g_strconcat (self->id, "-other", NULL);

  if (self->exception == 0)
    g_string_append (text, "\"success\":true,");
  else
    g_string_append_printf (text,
                            "\"success\":false,\"errorCodes\":[%u],\"errorMessages\":[\"%s\"],",
                            self->exception,
                            exception_words (self->exception));
  append_thing (self, wrong ? other : self->id, self->exception == 0 ? "done" : "failed", text);
  g_string_append_c (text, ',');
  append_results (self, text);
  g_string_append (text, "}}]}}}");
  return g_string_free (text, FALSE);
}

static gboolean post_callback (gpointer data);

static gboolean
accept_certificate (SoupMessage         *message,
                    GTlsCertificate     *certificate,
                    GTlsCertificateFlags errors,
                    gpointer             data)
{
  return TRUE;
}

static void
on_posted (GObject *source, GAsyncResult *result, gpointer data)
{
  Write       *self = data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  guint        status = message != NULL ? soup_message_get_status (message) : 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes)
    answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  /* The write has gone with everything else. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->status = answer != NULL ? status : 0;
  self->sent += answer != NULL;
  if (--self->left > 0)
    run_after (self, SECOND_AFTER, post_callback);
}

static gboolean
post_callback (gpointer data)
{
  Write *self = data;
  g_autoptr (SoupMessage) message = soup_message_new ("POST", self->url);
  g_autofree char *text = make_callback (self);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  if (message == NULL)
    return G_SOURCE_REMOVE;
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate), NULL);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (self->writes->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    self->writes->stop,
                                    on_posted,
                                    self);
  return G_SOURCE_REMOVE;
}

static void
apply (Write *self)
{
  const PlanciaScenarioDevice *device = plancia_portal_thing_get_device (self->thing);
  PlanciaWorld                *world = self->writes->world;
  PlanciaBank                 *bank = plancia_world_find_bank (world, device->name);

  self->applied = TRUE;
  for (guint i = 0; i < self->blocks->len; i++) {
    Block *block = &g_array_index (self->blocks, Block, i);

    block->exception = bank == NULL ? 4
                                    : plancia_bank_write (bank,
                                                          plancia_world_now (world),
                                                          block->address,
                                                          (guint16) block->count,
                                                          block->words);
    if (block->exception != 0)
      self->exception = block->exception;
  }
}

/* As if the device had no such register. */
static void
fail (Write *self)
{
  self->exception = 2;
  g_array_index (self->blocks, Block, self->blocks->len - 1).exception = 2;
}

static gboolean
reach_device (gpointer data)
{
  Write *self = data;
  guint  wait = 0;

  if (self->fault == PLANCIA_FAULT_CALLBACK_FAILED)
    fail (self);
  else if (self->fault != PLANCIA_FAULT_CALLBACK_LOST)
    apply (self);
  if (self->url == NULL || self->fault == PLANCIA_FAULT_CALLBACK_NEVER ||
      self->fault == PLANCIA_FAULT_CALLBACK_LOST)
    return G_SOURCE_REMOVE;
  if (self->fault == PLANCIA_FAULT_CALLBACK_LATE)
    wait = self->writes->account->callback_late;
  self->left = self->fault == PLANCIA_FAULT_CALLBACK_TWICE ? 2 : 1;
  run_after (self, wait, post_callback);
  return G_SOURCE_REMOVE;
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * plancia_system_writes_new:
 * @world: borrowed
 * @account: how long things take, and where callbacks go; borrowed
 *
 * Returns: (transfer full): no writes yet
 */
PlanciaSystemWrites *
plancia_system_writes_new (PlanciaWorld *world, const PlanciaScenarioDevice *account)
{
  PlanciaSystemWrites *self = g_new0 (PlanciaSystemWrites, 1);

  self->world = world;
  self->account = account;
  self->writes = g_ptr_array_new_with_free_func (write_free);
  self->session = soup_session_new_with_options ("timeout", CALLBACK_LIMIT, NULL);
  self->stop = g_cancellable_new ();
  return self;
}

void
plancia_system_writes_free (PlanciaSystemWrites *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->stop);
  soup_session_abort (self->session);
  g_ptr_array_unref (self->writes);
  g_object_unref (self->session);
  g_object_unref (self->stop);
  g_free (self);
}

static Write *
add_write (PlanciaSystemWrites *self, PlanciaPortalThing *thing, JsonObject *params)
{
  Write *write = g_new0 (Write, 1);

  write->writes = self;
  write->thing = thing;
  write->key = dup_text (params, "thingKey");
  write->id = dup_text (params, "requestId");
  write->url = dup_text (params, "callbackUrl");
  if (write->url == NULL)
    write->url = g_strdup (self->account->callback_url);
  write->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  write->fault = plancia_faults_get (plancia_world_get_faults (self->world), self->account->name);
  g_ptr_array_add (self->writes, write);
  return write;
}

/**
 * plancia_system_writes_answer:
 * @self: the account's
 * @thing: (nullable): whose; %NULL if it is not the customer's
 * @params: of the command
 * @text: to append to
 *
 * Each request is carried out, even if it is one that came before: a client that sends twice has written twice.
 */
void
plancia_system_writes_answer (PlanciaSystemWrites *self,
                              PlanciaPortalThing  *thing,
                              JsonObject          *params,
                              GString             *text)
{
  Write   *write = add_write (self, thing, params);
  gboolean well_formed = read_blocks (params, write->blocks);
  int      code;

  write->refusal = check (write, well_formed, &code);
  if (write->refusal != NULL) {
    plancia_portal_out_refusal (text, code, write->refusal);
    return;
  }
  g_string_append (text, "{\"success\":true,");
  append_thing (write, write->id, "accepted", text);
  g_string_append (text, "}}]}}");
  run_after (write, self->account->callback_delay, reach_device);
}

static void
describe (const Write *self, GString *text)
{
  plancia_portal_out_separate (text);
  g_string_append_c (text, '{');
  plancia_portal_out_member (text, "thing");
  plancia_portal_out_string (text, self->key != NULL ? self->key : "");
  plancia_portal_out_member (text, "requestId");
  plancia_portal_out_string (text, self->id != NULL ? self->id : "");
  plancia_portal_out_member (text, "callbackUrl");
  plancia_portal_out_string (text, self->url != NULL ? self->url : "");
  plancia_portal_out_member (text, "refusal");
  plancia_portal_out_string (text, self->refusal != NULL ? self->refusal : "");
  g_string_append_printf (text,
                          ",\"applied\":%s,\"exception\":%u,\"callbacks\":%u,\"status\":%u}",
                          self->applied ? "true" : "false",
                          self->exception,
                          self->sent,
                          self->status);
}

char *
plancia_system_writes_to_json (PlanciaSystemWrites *self)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < self->writes->len; i++)
    describe (g_ptr_array_index (self->writes, i), text);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}
