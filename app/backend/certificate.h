/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a person is shown of a server's certificate before trusting it. Plain data, owned texts; any thread. */
typedef struct
{
  char  *subject;
  char  *issuer;
  gint64 valid_from; /* ms UTC, 0 unknown */
  gint64 valid_until;
  char  *fingerprint; /* SHA-256, 64 small hexadecimal digits */
  char  *pinned;      /* the one that was trusted before, if this is another; or NULL */
} PlanciaCertificate;

/* (transfer full) */
PlanciaCertificate *plancia_certificate_new (GTlsCertificate *certificate);
PlanciaCertificate *plancia_certificate_copy (const PlanciaCertificate *self);
void                plancia_certificate_free (PlanciaCertificate *self);
/* (transfer full) */
char *plancia_certificate_fingerprint (GTlsCertificate *certificate);
/* "3A:5F:…", for people. (transfer full) */
char *plancia_certificate_format_fingerprint (const char *fingerprint);

/* A list of authorities in which there is none: every certificate is asked about. (transfer full) */
GTlsDatabase *plancia_certificate_no_authorities (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCertificate, plancia_certificate_free)

G_END_DECLS
