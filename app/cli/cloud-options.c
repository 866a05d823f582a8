/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cloud-options.h"

#include "base/document.h"
#include "cli/cli.h"
#include "plant/address.h"
#include "plant/cloud-settings.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Three lines; whoever sends more means something else. */
#define MOST_BYTES 4096

static PlanciaCloudCredentials credentials;
static gboolean                have_credentials;

/* --- credentials ---------------------------------------------------------------------------------------------- */

static gboolean
take_line (char *line)
{
  static const char *const names[] = {"client", "key", "token"};
  char                    *equals = strchr (line, '=');

  g_strchomp (line);
  if (line[0] == '\0')
    return TRUE;
  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (names); i++) {
    if (strlen (names[i]) != (gsize) (equals - line) ||
        strncmp (names[i], line, (gsize) (equals - line)) != 0)
      continue;
    g_free (*plancia_cloud_credentials_get (&credentials, names[i]));
    *plancia_cloud_credentials_get (&credentials, names[i]) = g_strdup (equals + 1);
    return TRUE;
  }
  /* The line itself may be a secret: it is not repeated. */
  plancia_cli_complain (_ ("--credentials-fd: expected lines client=…, key=… or token=…."));
  return FALSE;
}

static gboolean
take_text (char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean good = TRUE;

  for (guint i = 0; good && lines[i] != NULL; i++) {
    good = take_line (lines[i]);
    explicit_bzero (lines[i], strlen (lines[i]));
  }
  return good;
}

static gboolean
read_credentials (int fd)
{
  char     buffer[MOST_BYTES + 1];
  gsize    length = 0;
  gssize   now = 0;
  gboolean good;

  while (length < MOST_BYTES) {
    now = read (fd, buffer + length, MOST_BYTES - length);
    if (now < 0 && errno == EINTR)
      continue;
    if (now <= 0)
      break;
    length += (gsize) now;
  }
  if (now < 0 || length == MOST_BYTES) {
    plancia_cli_complain (_ ("--credentials-fd: the file %d cannot be read, or is too long."), fd);
    good = FALSE;
  } else {
    buffer[length] = '\0';
    good = take_text (buffer);
  }
  explicit_bzero (buffer, sizeof buffer);
  have_credentials = good;
  return good;
}

void
plancia_cloud_options_clear (void)
{
  plancia_cloud_credentials_clear (&credentials);
  have_credentials = FALSE;
}

/* --- the account ---------------------------------------------------------------------------------------------- */

static gboolean
take_profile (PlanciaCloudTrial *trial, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plancia_document_load (file, NULL, &error);

  if (bytes != NULL)
    trial->profile = plancia_cloud_profile_parse (bytes, path, trial->source, &error);
  if (trial->profile == NULL)
    plancia_cli_complain ("%s", error->message);
  return trial->profile != NULL;
}

/* Colons and capitals as people copy them. */
static gboolean
take_trust (PlanciaCloudTrial *trial, const char *text)
{
  g_autoptr (GString) pin = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (*c != ':' && *c != ' ')
      g_string_append_c (pin, g_ascii_tolower (*c));
  if (pin->len != 64 || strspn (pin->str, "0123456789abcdef") != 64) {
    plancia_cli_complain (_ ("--trust: expected 64 hexadecimal digits."));
    return FALSE;
  }
  trial->pin = g_strdup (pin->str);
  return TRUE;
}

static gboolean
take_credentials (PlanciaCloudTrial *trial)
{
  static const char *const names[] = {"client", "key", "token"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    *plancia_cloud_credentials_get (&trial->credentials, names[i]) =
      g_strdup (*plancia_cloud_credentials_get (&credentials, names[i]));
  trial->has_credentials = TRUE;
  return TRUE;
}

static PlanciaAddress *
parse_address (const char *text, gboolean needs_thing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);

  if (address == NULL) {
    plancia_cli_complain ("%s", error->message);
    return NULL;
  }
  if (plancia_address_get_account (address) == NULL) {
    plancia_cli_complain (
      _ ("%s: expected an account of a cloud, such as portal://ACCOUNT/SERIAL."), text);
    return NULL;
  }
  if (needs_thing && plancia_address_get_thing (address) == NULL) {
    plancia_cli_complain (_ ("%s: say which device of the account, as in %s/SERIAL."), text, text);
    return NULL;
  }
  return g_steal_pointer (&address);
}

/**
 * plancia_cloud_options_make_trial:
 * @options: of the command line
 * @address: of an account or a thing of it
 * @needs_thing: it has to be one of a thing
 *
 * Returns: (transfer full) (nullable): %NULL after a sentence
 */
PlanciaCloudTrial *
plancia_cloud_options_make_trial (PlanciaCloudOptions *options,
                                  const char          *address,
                                  gboolean             needs_thing)
{
  g_autoptr (PlanciaAddress) parsed = parse_address (address, needs_thing);
  g_autoptr (PlanciaCloudTrial) trial = NULL;
  gboolean system;

  if (parsed == NULL)
    return NULL;
  system = plancia_address_get_kind (parsed) == PLANCIA_ADDRESS_SYSTEM;
  trial = plancia_cloud_trial_new (plancia_address_get_account (parsed),
                                   system ? "system" : "portal");
  trial->url = g_strdup (options->url);
  trial->thing = g_strdup (plancia_address_get_thing (parsed));
  if (options->credentials >= 0 && !have_credentials && !read_credentials (options->credentials))
    return NULL;
  if ((have_credentials && !take_credentials (trial)) ||
      (options->profile != NULL && !take_profile (trial, options->profile)) ||
      (options->trust != NULL && !take_trust (trial, options->trust)))
    return NULL;
  return g_steal_pointer (&trial);
}

PlanciaCloudClient *
plancia_cloud_options_open (const PlanciaCloudTrial *trial)
{
  g_autoptr (PlanciaCloudClient)
    client = plancia_cloud_client_new (trial->account, trial->source, trial->url, NULL);
  g_autoptr (GError) error = NULL;

  if (plancia_cloud_trial_open (trial, client, NULL, &error))
    return g_steal_pointer (&client);
  plancia_cli_complain ("%s", error->message);
  return NULL;
}
