/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/certificate.h"

#include "base/span.h"

#define NO_AUTHORITIES (no_authorities_get_type ())
G_DECLARE_FINAL_TYPE (NoAuthorities, no_authorities, PLANCIA, NO_AUTHORITIES, GTlsDatabase)

struct _NoAuthorities
{
  GTlsDatabase parent_instance;
};

G_DEFINE_FINAL_TYPE (NoAuthorities, no_authorities, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
verify_chain (GTlsDatabase           *self,
              GTlsCertificate        *chain,
              const char             *purpose,
              GSocketConnectable     *identity,
              GTlsInteraction        *interaction,
              GTlsDatabaseVerifyFlags flags,
              GCancellable           *cancellable,
              GError                **error)
{
  return G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
no_authorities_class_init (NoAuthoritiesClass *klass)
{
  G_TLS_DATABASE_CLASS (klass)->verify_chain = verify_chain;
}

static void
no_authorities_init (NoAuthorities *self)
{
}

/**
 * plancia_certificate_no_authorities:
 *
 * With a pinned certificate nobody else's word counts: a session with this list asks about each one. Any thread.
 *
 * Returns: (transfer full): the list
 */
GTlsDatabase *
plancia_certificate_no_authorities (void)
{
  return g_object_new (NO_AUTHORITIES, NULL);
}

static gint64
to_time (GDateTime *date)
{
  gint64 time = date != NULL ? g_date_time_to_unix (date) * PLANCIA_SECOND : 0;

  g_clear_pointer (&date, g_date_time_unref);
  return time;
}

/**
 * plancia_certificate_fingerprint:
 *
 * Any thread.
 *
 * Returns: (transfer full): SHA-256 of the whole certificate
 */
char *
plancia_certificate_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

PlanciaCertificate *
plancia_certificate_new (GTlsCertificate *certificate)
{
  PlanciaCertificate *self = g_new0 (PlanciaCertificate, 1);

  self->subject = g_tls_certificate_get_subject_name (certificate);
  self->issuer = g_tls_certificate_get_issuer_name (certificate);
  self->valid_from = to_time (g_tls_certificate_get_not_valid_before (certificate));
  self->valid_until = to_time (g_tls_certificate_get_not_valid_after (certificate));
  self->fingerprint = plancia_certificate_fingerprint (certificate);
  return self;
}

PlanciaCertificate *
plancia_certificate_copy (const PlanciaCertificate *self)
{
  PlanciaCertificate *copy = g_new0 (PlanciaCertificate, 1);

  copy->subject = g_strdup (self->subject);
  copy->issuer = g_strdup (self->issuer);
  copy->valid_from = self->valid_from;
  copy->valid_until = self->valid_until;
  copy->fingerprint = g_strdup (self->fingerprint);
  copy->pinned = g_strdup (self->pinned);
  return copy;
}

void
plancia_certificate_free (PlanciaCertificate *self)
{
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->fingerprint);
  g_free (self->pinned);
  g_free (self);
}

char *
plancia_certificate_format_fingerprint (const char *fingerprint)
{
  GString *text = g_string_new (NULL);

  for (const char *c = fingerprint; *c != '\0'; c++) {
    if (c != fingerprint && (c - fingerprint) % 2 == 0)
      g_string_append_c (text, ':');
    g_string_append_c (text, g_ascii_toupper (*c));
  }
  return g_string_free (text, FALSE);
}
