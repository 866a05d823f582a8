/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages of the manual (data/help), in the order of the list; ends with NULL. */
extern const char *const plancia_help_pages[];

/* Links in a page lead to "help:PAGE" or "help:PAGE#PLACE". */
#define PLANCIA_HELP_SCHEME "help:"

/* A page in the user's language, or in English; NULL if there is no such page. (transfer full) */
char *plancia_help_text_load (const char *page);
/* Its first line. (transfer full) */
char *plancia_help_text_dup_title (const char *text);
/* The page as widgets. places: (element-type utf8 GtkWidget) filled with the headings by their names. (transfer floating) */
GtkWidget *plancia_help_text_build (const char *text, GHashTable *places);

G_END_DECLS
