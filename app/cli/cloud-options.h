/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-trial.h"

G_BEGIN_DECLS

/* Which account a verb is about, and how it gets in. */
typedef struct
{
  char *url;         /* --url */
  char *profile;     /* --profile: a file */
  char *trust;       /* --trust: SHA-256 of a certificate */
  int   credentials; /* --credentials-fd; -1: the keyring */
} PlanciaCloudOptions;

#define PLANCIA_CLOUD_OPTIONS(options)                                                             \
  {"credentials-fd",                                                                               \
   0,                                                                                              \
   0,                                                                                              \
   G_OPTION_ARG_INT,                                                                               \
   &(options).credentials,                                                                         \
   N_ ("Read client=, key= or token= from this open file, not from the keyring"), "N"},            \
   {"url", 0, 0, G_OPTION_ARG_STRING, &(options).url, N_ ("Address of the cloud service"), "URL"}, \
    {"profile",                                                                                    \
     0,                                                                                            \
     0,                                                                                            \
     G_OPTION_ARG_FILENAME,                                                                        \
     &(options).profile,                                                                           \
     N_ ("Profile instead of the account's"), N_ ("FILE")},                                        \
  {                                                                                                \
    "trust", 0, 0, G_OPTION_ARG_STRING, &(options).trust,                                          \
      N_ ("Trust only the certificate with this SHA-256 fingerprint"), "SHA256"                    \
  }

/* Of portal://ACCOUNT/SERIAL or system://…; NULL after a sentence. Reads the credentials at the first call. The account
 * has to have a serial number unless it may go without. */
PlanciaCloudTrial *plancia_cloud_options_make_trial (PlanciaCloudOptions *options,
                                                     const char          *address,
                                                     gboolean             needs_thing);
/* An open client for the same; NULL after a sentence. */
PlanciaCloudClient *plancia_cloud_options_open (const PlanciaCloudTrial *trial);
/* Of what was read from the file. */
void plancia_cloud_options_clear (void);

G_END_DECLS
