/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which rows of the register table are shown. A GtkFilter over PlanciaRegisterRow. Main thread. */
#define PLANCIA_TYPE_REGISTER_FILTER (plancia_register_filter_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRegisterFilter,
                      plancia_register_filter,
                      PLANCIA,
                      REGISTER_FILTER,
                      GtkFilter)

PlanciaRegisterFilter *plancia_register_filter_new (void);
/* Words that must all be found in name, key, address, value or staged value; NULL or "": all. */
void plancia_register_filter_set_search (PlanciaRegisterFilter *self, const char *search);
/* Key of a group; NULL: all groups. */
void plancia_register_filter_set_group (PlanciaRegisterFilter *self, const char *group);
/* Only rows with a star. */
void plancia_register_filter_set_favourites (PlanciaRegisterFilter *self, gboolean favourites);
/* Only rows whose value moved after since (ms UTC), and staged ones; 0: off. */
void plancia_register_filter_set_changed (PlanciaRegisterFilter *self, gint64 since);
/* Only rows that a person may write. */
void plancia_register_filter_set_writable (PlanciaRegisterFilter *self, gboolean writable);
/* TRUE if anything but the group leaves rows out. */
gboolean plancia_register_filter_is_narrowed (PlanciaRegisterFilter *self);
/* Values moved: looks again if what is asked for depends on them. */
void plancia_register_filter_refresh (PlanciaRegisterFilter *self);

G_END_DECLS
