/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"
#include "model/console-macro.h"

G_BEGIN_DECLS

/* What the console keeps in the settings of the program, and its words. Main thread. */

/* (transfer full) GPtrArray of PlanciaConsoleMacro*. */
GPtrArray *plancia_console_settings_load_macros (void);
void       plancia_console_settings_save_macros (GPtrArray *macros);
/* Bytes after each line that is sent. */
const char *plancia_console_settings_get_ending (void);

/* "9600 8N1 none" */
char    *plancia_console_settings_to_text (const PlanciaSerialSettings *settings);
gboolean plancia_console_settings_from_text (PlanciaSerialSettings *settings, const char *text);

/* What a port is for, beside its settings. */
typedef enum {
  PLANCIA_CONSOLE_USE_ANY,
  PLANCIA_CONSOLE_USE_VISA,   /* text, line feed, an answer within 2 s */
  PLANCIA_CONSOLE_USE_MODBUS, /* bursts, shown as hex */
} PlanciaConsoleUse;

void plancia_console_settings_use (PlanciaConsoleUse use);

/* A set of settings with a name: ours first, then those of the user. (transfer full) GPtrArray of PlanciaConsolePreset*. */
typedef struct
{
  char                 *name;
  PlanciaSerialSettings settings;
  gboolean              own; /* of the user */
  PlanciaConsoleUse     use;
} PlanciaConsolePreset;

GPtrArray *plancia_console_settings_load_presets (void);
void plancia_console_settings_add_preset (const char *name, const PlanciaSerialSettings *settings);
void plancia_console_settings_remove_preset (const char *name);

G_END_DECLS
