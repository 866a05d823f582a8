/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* How a cloud is reached and what it speaks: a document that a person can edit, import and hand on without a new build.
 * Those that come with the program: data/cloud-profiles. It never holds a secret: headers have {client}, {authKey} or
 * {token} where one goes. Immutable, counted references, any thread. */
typedef struct
{
  char    *name;
  char    *title;      /* for people; the name if none is given */
  gboolean unverified; /* nobody has seen this cloud answer to it */
  char    *base_url;
  GStrv    headers;       /* names and templates in turn */
  guint    connect_limit; /* s */
  guint
    limits[PLANCIA_CLOUD_N_FUNCTIONS]; /* s for a whole answer; never below the cloud's minimum */
  guint              poll;             /* s between two questions for the values of now */
  guint              spacing;          /* ms between two requests */
  GArray            *retries;          /* guint s: how long to wait before each next try */
  gint64             window;           /* ms: longest range of one question */
  guint              batch;            /* things in one question */
  guint              per_post;         /* commands in one question */
  char              *paths[PLANCIA_CLOUD_N_FUNCTIONS];
  PlanciaCloudFormat format;
  char              *text; /* the whole document, also what this program does not know */
} PlanciaCloudProfile;

#define PLANCIA_CLOUD_PORTAL "azzurro-portal"
#define PLANCIA_CLOUD_SYSTEM "azzurro-system"

/* PLANCIA_DOCUMENT_ERROR with the line or the key path. origin names the file. source: "portal", "system". */
PlanciaCloudProfile *
plancia_cloud_profile_parse (GBytes *bytes, const char *origin, const char *source, GError **error);
/* The one that came with the program. (transfer full) */
PlanciaCloudProfile *plancia_cloud_profile_shipped (const char *name);
PlanciaCloudProfile *plancia_cloud_profile_ref (PlanciaCloudProfile *self);
void                 plancia_cloud_profile_unref (PlanciaCloudProfile *self);

/* Whether its headers have the secret: "client", "key" or "token" of plant/secrets. */
gboolean plancia_cloud_profile_needs (const PlanciaCloudProfile *self, const char *secret);
/* Whether somebody has said where the service is. */
gboolean plancia_cloud_profile_has_url (const PlanciaCloudProfile *self);
/* A template with the secrets in it; NULL ones are not needed. (transfer full) */
char *plancia_cloud_profile_fill (const char *template,
                                  const char *client,
                                  const char *key,
                                  const char *token);
/* Where a function is asked; base replaces the profile's own. (transfer full) */
char *plancia_cloud_profile_make_url (const PlanciaCloudProfile *self,
                                      PlanciaCloudFunction       function,
                                      const char                *base);
/* The address of this computer: nothing leaves it. */
gboolean plancia_cloud_url_is_local (const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudProfile, plancia_cloud_profile_unref)

G_END_DECLS
