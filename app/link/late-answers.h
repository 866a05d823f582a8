/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may still come on a line without connections and numbers: the answers to requests that were given up. An RTU
 * frame does not say what it answers, but it has a shape, which is function and length. So the unit is asked next for
 * a number of registers that no open request was for. Devices answer in order, each request at most once: when the
 * answer of that shape has come nothing can be late any more. Of all units of one line; its worker's. */
typedef struct _PlanciaLateAnswers PlanciaLateAnswers;

PlanciaLateAnswers *plancia_late_answers_new (void);
void                plancia_late_answers_free (PlanciaLateAnswers *self);

/* A request left, and no answer has come yet. */
void plancia_late_answers_expect (PlanciaLateAnswers *self, guint8 unit, GBytes *request);
/* A frame came while nobody waited for it, or that is not what was waited for. */
void plancia_late_answers_take (PlanciaLateAnswers *self, guint8 unit, GBytes *answer);
/* A read was answered well: it is safe to ask for less of the same. */
void plancia_late_answers_note_good (PlanciaLateAnswers *self, guint8 unit, GBytes *request);
/* The next answer of this unit may be that of an earlier request. */
gboolean plancia_late_answers_is_open (PlanciaLateAnswers *self, guint8 unit);
/* Exceptions came, which have one shape only: they may be the one's or the other's. */
gboolean plancia_late_answers_is_refused (PlanciaLateAnswers *self, guint8 unit);
/* It was silent so long that nothing is to come any more. */
void plancia_late_answers_forget (PlanciaLateAnswers *self, guint8 unit);
/* A read whose answer cannot be mistaken for that of an open request. NULL if all shapes are in use, by requests of
 * the last patience ms. (transfer full) */
GBytes *plancia_late_answers_choose (PlanciaLateAnswers *self, guint8 unit, guint patience);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaLateAnswers, plancia_late_answers_free)

G_END_DECLS
