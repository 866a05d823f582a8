/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/cloud-profile.h"

#include "base/error.h"
#include "base/span.h"
#include "map/json-check.h"
#include <string.h>

#define RESOURCE_FOLDER PLANCIA_RESOURCE_PREFIX "/cloud-profiles/"
/* As the file has it until somebody says where the service is. */
#define NO_HOST "CHANGE-ME"
/* s */
#define SHORTEST_LIMIT 3
#define LONGEST_LIMIT  600
#define SHORTEST_POLL  60
/* h */
#define LONGEST_WINDOW (24 * 31)
#define MOST_RETRIES   10

GResource *plancia_cloud_profiles_get_resource (void);

static const char *const secret_words[] = {"{client}", "{authKey}", "{token}"};
static const char *const secrets[] = {"client", "key", "token"};

/* One part of the document. */
typedef struct
{
  PlanciaJsonCheck      *check;
  const PlanciaJsonPath *path;
  JsonObject            *object; /* or NULL: it is not there */
} Part;

static char *
dup_string (const Part *part, const char *key, PlanciaJsonNeed need)
{
  return part->object != NULL
           ? g_strdup (plancia_json_get_string (part->check, part->path, part->object, key, need))
           : NULL;
}

static guint
get_number (const Part *part, const char *key, guint smallest, guint largest, guint fallback)
{
  if (part->object == NULL)
    return fallback;
  return (guint) plancia_json_get_integer (part->check,
                                           part->path,
                                           part->object,
                                           key,
                                           PLANCIA_JSON_OPTIONAL,
                                           smallest,
                                           largest,
                                           fallback);
}

static void
fail (const Part *part, const char *key, const char *words)
{
  plancia_json_fail (part->check, part->path, key, PLANCIA_DOCUMENT_ERROR_INVALID, "%s", words);
}

/* --- where ----------------------------------------------------------------------------------- */

/**
 * plancia_cloud_url_is_local:
 * @url: an address
 *
 * Any thread.
 *
 * Returns: whether it leads to this computer
 */
gboolean
plancia_cloud_url_is_local (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_strcmp0 (host, "localhost") == 0;
}

/* Secrets go over it: nobody else may read along. */
static void
check_url (const Part *part, const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (url == NULL)
    return;
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    fail (part, "baseUrl", "expected an address such as https://host:port/");
  else if (g_uri_get_userinfo (uri) != NULL)
    fail (part, "baseUrl", "a secret does not belong here: write it into the account");
  else if (g_ascii_strcasecmp (g_uri_get_scheme (uri), "https") != 0 &&
           !(g_ascii_strcasecmp (g_uri_get_scheme (uri), "http") == 0 &&
             plancia_cloud_url_is_local (url)))
    fail (part, "baseUrl", "expected https://: the credentials would go over the network in clear");
}

static void
read_paths (PlanciaCloudProfile *self, const Part *part)
{
  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++) {
    const char *key = plancia_cloud_function_name ((PlanciaCloudFunction) i);

    self->paths[i] = dup_string (part, key, PLANCIA_JSON_OPTIONAL);
    if (self->paths[i] == NULL)
      self->paths[i] = g_strdup ("/");
    if (self->paths[i][0] != '/')
      fail (part, key, "expected a path that begins with /");
    for (guint j = 0; j < G_N_ELEMENTS (secret_words); j++)
      if (strstr (self->paths[i], secret_words[j]) != NULL)
        fail (part, key, "secrets go into headers only: addresses are written into logs");
  }
}

/* --- headers --------------------------------------------------------------------------------- */

static gboolean
is_header_name (const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_", *c) == NULL)
      return FALSE;
  return name[0] != '\0';
}

static gboolean
has_secret (const char *template)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_words); i++)
    if (strstr (template, secret_words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_plain (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return FALSE;
  return TRUE;
}

static void
check_header (const Part *part, const char *name, const char *template)
{
  if (!is_header_name (name))
    fail (part, name, "expected the name of a header: letters, digits and dashes");
  else if (!is_plain (template))
    fail (part, name, "expected one line of plain characters");
  else if (g_ascii_strcasecmp (name, "Authorization") == 0 && !has_secret (template))
    fail (part, name, "expected {client}, {authKey} or {token}: a profile holds no secret");
}

static void
read_headers (PlanciaCloudProfile *self, const Part *part)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autoptr (GList) names = part->object != NULL ? json_object_get_members (part->object) : NULL;

  for (GList *l = names; l != NULL; l = l->next) {
    const char *template = plancia_json_get_string (part->check,
                                                    part->path,
                                                    part->object,
                                                    l->data,
                                                    PLANCIA_JSON_REQUIRED);

    /* The body says what it is. */
    if (template == NULL || g_ascii_strcasecmp (l->data, "Content-Type") == 0)
      continue;
    check_header (part, l->data, template);
    g_strv_builder_add (headers, l->data);
    g_strv_builder_add (headers, template);
  }
  self->headers = g_strv_builder_end (headers);
}

/* --- times ----------------------------------------------------------------------------------- */

static void
read_limits (PlanciaCloudProfile *self, const Part *part)
{
  guint minimum = get_number (part, "minimum", SHORTEST_LIMIT, LONGEST_LIMIT, SHORTEST_LIMIT);
  guint now = get_number (part, "realtime", 1, LONGEST_LIMIT, 30);
  guint past = get_number (part, "historic", 1, LONGEST_LIMIT, now);

  self->connect_limit = get_number (part, "connect", 1, LONGEST_LIMIT, 10);
  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++) {
    gboolean historic = i == PLANCIA_CLOUD_HISTORIC || i == PLANCIA_CLOUD_ALARM_HISTORIC;

    self->limits[i] = MAX (historic ? past : now, minimum);
  }
}

static void
read_retries (PlanciaCloudProfile *self, const Part *part)
{
  static const guint usual[] = {2, 6, 18};
  JsonArray         *array = plancia_json_get_array (part->check,
                                             part->path,
                                             part->object,
                                             "retrySeconds",
                                             PLANCIA_JSON_OPTIONAL);
  PlanciaJsonPath    path = {part->path, "retrySeconds", 0};

  self->retries = g_array_new (FALSE, FALSE, sizeof (guint));
  if (array == NULL)
    g_array_append_vals (self->retries, usual, G_N_ELEMENTS (usual));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    PlanciaJsonPath element = {&path, NULL, i};
    guint           wait = (guint) plancia_json_node_integer (part->check,
                                                    &element,
                                                    json_array_get_element (array, i),
                                                    0,
                                                    LONGEST_LIMIT);

    g_array_append_val (self->retries, wait);
  }
  if (self->retries->len > MOST_RETRIES)
    fail (part, "retrySeconds", "expected at most ten tries");
}

/* --- the format ------------------------------------------------------------------------------ */

static void
read_alias (PlanciaCloudFormat *format, const Part *part, const char *name)
{
  JsonNode        *node = json_object_get_member (part->object, name);
  PlanciaJsonPath  path = {part->path, name, 0};
  Part             alias = {part->check, &path, NULL};
  g_autofree char *to = NULL;
  g_autofree char *negative = NULL;

  if (JSON_NODE_HOLDS_NULL (node))
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    to = dup_string (part, name, PLANCIA_JSON_REQUIRED);
    if (to != NULL)
      g_hash_table_replace (format->aliases,
                            g_strdup (name),
                            plancia_cloud_alias_new (to, NULL, 1));
    return;
  }
  alias.object = json_node_get_object (node);
  to = dup_string (&alias, "to", PLANCIA_JSON_REQUIRED);
  negative = dup_string (&alias, "negativeTo", PLANCIA_JSON_OPTIONAL);
  if (to != NULL)
    g_hash_table_replace (
      format->aliases,
      g_strdup (name),
      plancia_cloud_alias_new (
        to,
        negative,
        plancia_json_get_number (part->check, &path, alias.object, "factor", 1)));
}

static void
read_aliases (PlanciaCloudFormat *format, const Part *part)
{
  g_autoptr (GList) names = part->object != NULL ? json_object_get_members (part->object) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    read_alias (format, part, l->data);
}

static void
read_time (PlanciaCloudFormat *format, const Part *part)
{
  g_autofree char *zone = dup_string (part, "timeZone", PLANCIA_JSON_OPTIONAL);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (0);
  g_autofree char *tried = NULL;

  format->time_format = dup_string (part, "timeFormat", PLANCIA_JSON_OPTIONAL);
  if (format->time_format == NULL)
    format->time_format = g_strdup (plancia_cloud_format_portal ()->time_format);
  tried = g_date_time_format (now, format->time_format);
  if (tried == NULL || tried[0] == '\0')
    fail (part,
          "timeFormat",
          "expected a format such as %Y-%m-%dT%H:%M:%S.{ms}Z, or epoch, or epoch-ms");
  format->zone = g_time_zone_new_identifier (zone != NULL ? zone : "UTC");
  if (format->zone == NULL) {
    format->zone = g_time_zone_new_utc ();
    fail (part, "timeZone", "expected a time zone such as UTC or Europe/Rome");
  }
}

static char *
dup_or (const Part *part, const char *key, const char *fallback)
{
  char *text = dup_string (part, key, PLANCIA_JSON_OPTIONAL);

  return text != NULL ? text : g_strdup (fallback);
}

static void
read_request (PlanciaCloudFormat *format, const Part *part)
{
  const PlanciaCloudFormat *usual = plancia_cloud_format_portal ();

  format->key_param = dup_or (part, "keyParam", usual->key_param);
  format->values_param = dup_or (part, "valuesParam", usual->values_param);
  format->all_values = dup_or (part, "allValues", usual->all_values);
  format->start_param = dup_or (part, "startParam", usual->start_param);
  format->end_param = dup_or (part, "endParam", usual->end_param);
}

static void
read_answer (PlanciaCloudFormat *format, const Part *part)
{
  const PlanciaCloudFormat *usual = plancia_cloud_format_portal ();

  format->success = dup_or (part, "success", usual->success);
  format->value = dup_or (part, "value", usual->value);
  if (format->success[0] != '/' && format->success[0] != '\0')
    fail (part, "success", "expected a JSON pointer such as /{command}/success");
  if (format->value[0] != '/')
    fail (part, "value", "expected a JSON pointer such as /{command}/params/value");
}

static void
read_commands (PlanciaCloudFormat *format, const Part *part)
{
  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++)
    format->commands[i] = dup_string (part,
                                      plancia_cloud_function_name ((PlanciaCloudFunction) i),
                                      i == PLANCIA_CLOUD_REALTIME ? PLANCIA_JSON_REQUIRED
                                                                  : PLANCIA_JSON_OPTIONAL);
}

/* --- the whole ------------------------------------------------------------------------------- */

typedef void (*ReadPart) (PlanciaCloudProfile *self, const Part *part);
typedef void (*ReadFormat) (PlanciaCloudFormat *format, const Part *part);

static void
read_part (PlanciaCloudProfile *self,
           const Part          *root,
           const char          *key,
           PlanciaJsonNeed      need,
           ReadPart             read,
           ReadFormat           read_format)
{
  PlanciaJsonPath path = {root->path, key, 0};
  Part            part = {root->check,
                          &path,
                          plancia_json_get_object (root->check, root->path, root->object, key, need)};

  if (read != NULL)
    read (self, &part);
  else
    read_format (&self->format, &part);
}

static void
read_root (PlanciaCloudProfile *self, const Part *root)
{
  const PlanciaJsonNeed must = PLANCIA_JSON_REQUIRED, may = PLANCIA_JSON_OPTIONAL;

  self->name = dup_string (root, "name", must);
  self->title = dup_or (root, "title", self->name);
  self->unverified = plancia_json_get_boolean (root->check, root->path, root->object, "unverified");
  self->base_url = dup_string (root, "baseUrl", must);
  check_url (root, self->base_url);
  self->poll = get_number (root, "pollSeconds", SHORTEST_POLL, 86400, 300);
  self->spacing = get_number (root, "spacingMilliseconds", 0, 60000, 1000);
  self->window = get_number (root, "maxRangeHours", 1, LONGEST_WINDOW, 24) * PLANCIA_HOUR;
  self->batch = get_number (root, "batch", 1, 50, 1);
  self->per_post = get_number (root, "commandsPerPost", 1, 2, 1);
  read_retries (self, root);
  read_time (&self->format, root);
  read_part (self, root, "headers", must, read_headers, NULL);
  read_part (self, root, "timeoutSeconds", may, read_limits, NULL);
  read_part (self, root, "paths", may, read_paths, NULL);
  read_part (self, root, "commands", must, NULL, read_commands);
  read_part (self, root, "request", may, NULL, read_request);
  read_part (self, root, "answer", may, NULL, read_answer);
  read_part (self, root, "aliases", may, NULL, read_aliases);
}

static void
clear (gpointer data)
{
  PlanciaCloudProfile *self = data;

  for (guint i = 0; i < PLANCIA_CLOUD_N_FUNCTIONS; i++)
    g_free (self->paths[i]);
  g_free (self->name);
  g_free (self->title);
  g_free (self->base_url);
  g_strfreev (self->headers);
  g_clear_pointer (&self->retries, g_array_unref);
  plancia_cloud_format_clear (&self->format);
  g_free (self->text);
}

/**
 * plancia_cloud_profile_parse:
 * @bytes: a document
 * @origin: names it in messages
 * @source: what samples say they come from: "portal" or "system"
 * @error: PLANCIA_DOCUMENT_ERROR: the line, or the key path, and what is wrong there
 *
 * Members that are not known are kept in the text. Any thread.
 *
 * Returns: (transfer full) (nullable): the profile
 */
PlanciaCloudProfile *
plancia_cloud_profile_parse (GBytes *bytes, const char *origin, const char *source, GError **error)
{
  g_autoptr (JsonNode) node = plancia_json_parse (bytes, origin, error);
  g_autoptr (PlanciaCloudProfile) self = NULL;
  PlanciaJsonCheck check = {.origin = origin};
  Part             root = {&check, NULL, NULL};
  gsize            length;
  const char      *text = g_bytes_get_data (bytes, &length);

  if (node == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (PlanciaCloudProfile);
  plancia_cloud_format_init (&self->format);
  self->format.source = g_strdup (source);
  self->text = g_strndup (text, length);
  root.object = json_node_get_object (node);
  read_root (self, &root);
  if (!plancia_json_failed (&check))
    return g_steal_pointer (&self);
  g_propagate_error (error, check.error);
  return NULL;
}

/* The resource is in a static library: nothing refers to it unless we do. */
static void
ensure_resource (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    g_resources_register (plancia_cloud_profiles_get_resource ());
    g_once_init_leave (&done, 1);
  }
}

/**
 * plancia_cloud_profile_shipped:
 * @name: PLANCIA_CLOUD_PORTAL or PLANCIA_CLOUD_SYSTEM
 *
 * Any thread.
 *
 * Returns: (transfer full): the profile that came with the program
 */
PlanciaCloudProfile *
plancia_cloud_profile_shipped (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, ".json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  PlanciaCloudProfile *self = NULL;

  ensure_resource ();
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes != NULL)
    self = plancia_cloud_profile_parse (bytes,
                                        name,
                                        g_str_equal (name, PLANCIA_CLOUD_SYSTEM) ? "system"
                                                                                 : "portal",
                                        &error);
  if (self == NULL)
    g_error ("%s", error->message);
  return self;
}

PlanciaCloudProfile *
plancia_cloud_profile_ref (PlanciaCloudProfile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plancia_cloud_profile_unref (PlanciaCloudProfile *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * plancia_cloud_profile_needs:
 * @secret: "client", "key" or "token"
 *
 * Any thread.
 *
 * Returns: whether a header has it
 */
gboolean
plancia_cloud_profile_needs (const PlanciaCloudProfile *self, const char *secret)
{
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    if (!g_str_equal (secrets[i], secret))
      continue;
    for (guint j = 0; self->headers[j] != NULL; j += 2)
      if (strstr (self->headers[j + 1], secret_words[i]) != NULL)
        return TRUE;
  }
  return FALSE;
}

gboolean
plancia_cloud_profile_has_url (const PlanciaCloudProfile *self)
{
  return strstr (self->base_url, NO_HOST) == NULL;
}

/**
 * plancia_cloud_profile_fill:
 * @template: of a header
 * @client: (nullable): what stands for {client}
 * @key: (nullable): for {authKey}
 * @token: (nullable): for {token}
 *
 * What is put in is not looked at again. Any thread.
 *
 * Returns: (transfer full): the header
 */
char *
plancia_cloud_profile_fill (const char *template,
                            const char *client,
                            const char *key,
                            const char *token)
{
  const char *const values[] = {client, key, token};
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *c = template; *c != '\0';) {
    guint i = 0;

    while (i < G_N_ELEMENTS (secret_words) && !g_str_has_prefix (c, secret_words[i]))
      i++;
    if (i < G_N_ELEMENTS (secret_words)) {
      g_string_append (text, values[i] != NULL ? values[i] : "");
      c += strlen (secret_words[i]);
    } else {
      g_string_append_c (text, *c++);
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * plancia_cloud_profile_make_url:
 * @function: what is asked
 * @base: (nullable): instead of the profile's own
 *
 * Any thread.
 *
 * Returns: (transfer full): the address of the function
 */
char *
plancia_cloud_profile_make_url (const PlanciaCloudProfile *self,
                                PlanciaCloudFunction       function,
                                const char                *base)
{
  const char *url = base != NULL ? base : self->base_url;
  gsize       length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;
  return g_strdup_printf ("%.*s%s", (int) length, url, self->paths[function]);
}
