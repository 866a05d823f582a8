/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/certificate.h"
#include "backend/cloud-client.h"

G_BEGIN_DECLS

/* One question to a cloud, to see whether an account works, and what came of it. */
typedef struct
{
  char                   *account;     /* names the kept settings and secrets */
  char                   *source;      /* "portal", "system" */
  char                   *url;         /* or NULL: the profile's */
  char                   *thing;       /* serial number; or NULL: only the credentials are tried */
  PlanciaCloudProfile    *profile;     /* or NULL: the kept one */
  PlanciaCloudCredentials credentials; /* all NULL: those of the keyring */
  gboolean                has_credentials;
  char                   *pin; /* the trusted certificate instead of the kept one; or NULL */
} PlanciaCloudTrial;

PlanciaCloudTrial *plancia_cloud_trial_new (const char *account, const char *source);
void               plancia_cloud_trial_free (PlanciaCloudTrial *self);

typedef struct
{
  GError             *error;       /* NULL: it works */
  gint64              last_update; /* of the thing; 0 unknown */
  guint               n_values;
  guint               oddities;    /* PlanciaOddities of the answer */
  GPtrArray          *unknown;     /* char*: fields of which this program does not know the unit */
  guint               duration;    /* ms */
  char               *exchange;    /* what was sent and what came, without secrets */
  PlanciaCertificate *certificate; /* of a server that was not trusted; or NULL */
} PlanciaCloudVerdict;

/* Blocking: on a worker. What is kept is not changed. (transfer full) */
PlanciaCloudVerdict *
plancia_cloud_trial_run (const PlanciaCloudTrial *self, GCancellable *cancellable);
/* Opens a client as the trial does, for more than one question. */
gboolean plancia_cloud_trial_open (const PlanciaCloudTrial *self,
                                   PlanciaCloudClient      *client,
                                   GCancellable            *cancellable,
                                   GError                 **error);
void     plancia_cloud_verdict_free (PlanciaCloudVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudTrial, plancia_cloud_trial_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudVerdict, plancia_cloud_verdict_free)

G_END_DECLS
