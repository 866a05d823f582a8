/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-json.h"

#include <json-glib/json-glib.h>

static void
add_text_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_command (JsonBuilder              *builder,
             const PlanciaCloudFormat *format,
             const char               *command,
             const char               *things,
             const PlanciaSpan        *span)
{
  json_builder_set_member_name (builder, command);
  json_builder_begin_object (builder);
  add_text_member (builder, "command", command);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  add_text_member (builder, format->key_param, things);
  add_text_member (builder, format->values_param, format->all_values);
  if (span != NULL) {
    g_autofree char *start = plancia_cloud_format_time (format, span->start);
    g_autofree char *end = plancia_cloud_format_time (format, span->end - 1);

    add_text_member (builder, format->start_param, start);
    add_text_member (builder, format->end_param, end);
  }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

/**
 * plancia_portal_json_request:
 * @format: of the cloud
 * @functions: what is asked; those that this cloud does not have are left out
 * @n_functions: how many
 * @things: the serial number, or several with a comma and a blank between them; blanks around it are dropped
 * @span: (nullable): the range, for the historic commands
 *
 * All fields are asked for. The end of @span is not part of it; the cloud's end is taken to be. Any thread.
 *
 * Returns: (transfer full): the body of the POST
 */
char *
plancia_portal_json_request (const PlanciaCloudFormat   *format,
                             const PlanciaCloudFunction *functions,
                             guint                       n_functions,
                             const char                 *things,
                             const PlanciaSpan          *span)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *keys = g_strstrip (g_strdup (things));

  json_builder_begin_object (builder);
  for (guint i = 0; i < n_functions; i++)
    if (format->commands[functions[i]] != NULL)
      add_command (builder, format, format->commands[functions[i]], keys, span);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
