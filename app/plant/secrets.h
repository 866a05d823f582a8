/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Passwords and keys of cloud accounts, in the Secret Service (libsecret) or, where there is none and
 * for the demo plant, in this process's memory. Never in files, logs or arguments. Blocking: on a
 * worker. name: "client", "key", "token". */
char *plancia_secrets_lookup (const char   *account,
                              const char   *name,
                              GCancellable *cancellable,
                              GError      **error);
/* *in_memory TRUE if no Secret Service took it, so that it will be gone at exit. */
gboolean plancia_secrets_store (const char   *account,
                                const char   *name,
                                const char   *secret,
                                gboolean     *in_memory,
                                GCancellable *cancellable,
                                GError      **error);
gboolean plancia_secrets_clear (const char *account, GCancellable *cancellable, GError **error);
/* Memory only; any thread. */
void plancia_secrets_remember (const char *account, const char *name, const char *secret);

G_END_DECLS
