/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/cloud-profile.h"

G_BEGIN_DECLS

/* What this computer keeps of a cloud account beside its secrets, in a folder of its own among Plancia's data: the
 * profile if a person changed it, the certificate that a person trusted, when the profile was last seen to work, and when
 * the plant sleeps. Blocking: on a worker, or where a person waits for a small file. Any thread. */

/* The person's own, else the shipped one of the source ("portal", "system"). PLANCIA_DOCUMENT_ERROR. */
PlanciaCloudProfile *
plancia_cloud_settings_load_profile (const char *account, const char *source, GError **error);
/* text: a document that was parsed; NULL: back to the shipped one. It counts as unverified again. */
gboolean
plancia_cloud_settings_save_profile (const char *account, const char *text, GError **error);
gboolean plancia_cloud_settings_has_own_profile (const char *account);

/* SHA-256 of the trusted certificate as 64 digits, or NULL. (transfer full) */
char    *plancia_cloud_settings_dup_pin (const char *account);
gboolean plancia_cloud_settings_set_pin (const char *account, const char *pin, GError **error);

/* ms UTC of a test that succeeded with the profile as it is; 0: none yet, or its file is another one now. */
gint64   plancia_cloud_settings_get_verified (const char *account);
gboolean plancia_cloud_settings_set_verified (const char *account, gint64 time, GError **error);

/* When silence is no alarm, minutes of the local day; FALSE: nobody said, the sun decides. */
gboolean plancia_cloud_settings_get_quiet (const char *account, guint *from, guint *to);
gboolean plancia_cloud_settings_set_quiet (const char *account,
                                           gboolean    quiet,
                                           guint       from,
                                           guint       to,
                                           GError    **error);

/* Files of plants that have the account, as far as they were opened or saved here. (transfer full) */
void  plancia_cloud_settings_note_plant (const char *account, const char *path);
GStrv plancia_cloud_settings_list_plants (const char *account);

/* After the account has gone. */
void plancia_cloud_settings_forget (const char *account);

G_END_DECLS
