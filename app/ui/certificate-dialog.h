/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/certificate.h"
#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*PlanciaCertificateFunc) (const char *fingerprint, gpointer user_data);

/* Shows a certificate that nobody vouches for, or that is another than the trusted one. func is called if a person trusts
 * it; owner: nothing is called when it is gone. (transfer none): the dialog, shown */
GtkWidget *plancia_certificate_dialog_show (GtkWindow                *parent,
                                            const PlanciaCertificate *certificate,
                                            PlanciaCertificateFunc    func,
                                            GObject                  *owner);

G_END_DECLS
