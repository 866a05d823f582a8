/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* First thing in main: the user's locale and the program's translations, installed or in the build folder. */
void plancia_installation_init_language (void);
/* A folder of the build next to the running program ("../po", "../data"), or NULL when it runs installed.
 * (transfer full) */
char *plancia_installation_dup_build_folder (const char *name);
/* A folder of share/ next to the bin/ of the running program, or NULL when it is not there. (transfer full) */
char *plancia_installation_dup_share_folder (const char *name);

/* The settings of the program (data/io.github.plancia.Plancia.gschema.xml), or NULL if their schema is neither installed
 * nor built. (transfer full) */
GSettings *plancia_installation_open_settings (void);

G_END_DECLS
