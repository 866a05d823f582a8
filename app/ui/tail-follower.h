/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keeps a scrolled list at its end while things are added there, until a person scrolls up; goes on when the end is
 * reached again. Property "following" (gboolean) notifies. Main thread. */
#define PLANCIA_TYPE_TAIL_FOLLOWER (plancia_tail_follower_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTailFollower, plancia_tail_follower, PLANCIA, TAIL_FOLLOWER, GObject)

/* Lives as long as somebody holds it; the scroller is borrowed weakly. */
PlanciaTailFollower *plancia_tail_follower_new (GtkScrolledWindow *scroller);
gboolean             plancia_tail_follower_get_following (PlanciaTailFollower *self);
/* TRUE: goes to the end now. */
void plancia_tail_follower_set_following (PlanciaTailFollower *self, gboolean following);
/* The list changes by itself: moves that follow are not a person's. */
void plancia_tail_follower_changing (PlanciaTailFollower *self);

G_END_DECLS
