/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pieces of a cloud's JSON. Appends a comma where the text so far needs one before the next member or element. */
void plancia_portal_out_separate (GString *text);
/* "name": */
void plancia_portal_out_member (GString *text, const char *name);
/* In quotes, with what must be escaped. */
void plancia_portal_out_string (GString *text, const char *string);
/* "2026-06-12T12:05:30Z"; time: ms UTC. */
void plancia_portal_out_time (GString *text, gint64 time);
/* Whole numbers come without point: a member mixes both. At most six decimals. */
void plancia_portal_out_number (GString *text, double number, guint decimals);
/* {"success": false, ...}. The numbers of refusals are invented: none is public. */
void plancia_portal_out_refusal (GString *text, int code, const char *message);
/* Members in any order, as the real one has them. members: (element-type GString), emptied. */
void plancia_portal_out_shuffled (GString *text, GPtrArray *members, guint32 *dice);
/* A new member for that. */
GString   *plancia_portal_out_add (GPtrArray *members, const char *name);
GPtrArray *plancia_portal_out_members_new (void);

#define PLANCIA_PORTAL_REFUSED_RANGE   (-1)
#define PLANCIA_PORTAL_REFUSED_REQUEST (-2)
#define PLANCIA_PORTAL_REFUSED_OWNER   (-10)
#define PLANCIA_PORTAL_REFUSED_LOGGER  (-11)
#define PLANCIA_PORTAL_REFUSED_OFFLINE (-12)
/* As sample answers have it. */
#define PLANCIA_PORTAL_REFUSED_THING (-90008)

G_END_DECLS
