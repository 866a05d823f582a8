/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

/* A connection that remembers what it was asked, and answers reads with numbers that the test gives. */
#define PAGES_TYPE_BACKEND (pages_backend_get_type ())
G_DECLARE_FINAL_TYPE (PagesBackend, pages_backend, PAGES, BACKEND, GObject)

PagesBackend *pages_backend_new (PlanciaBackendFlags flags, PlanciaState state);
/* error: (transfer full) or NULL. Emits state-changed. */
void  pages_backend_set_state (PagesBackend *self, PlanciaState state, GError *error);
void  pages_backend_set_quality (PagesBackend *self, gint64 last_good, guint median);
guint pages_backend_count_opened (PagesBackend *self);
guint pages_backend_count_closed (PagesBackend *self);
guint pages_backend_count_read (PagesBackend *self);

/* 2026-06-12 14:05:30 in Rome: where the clock of these tests stands still. */
#define PAGES_NOW G_GINT64_CONSTANT (1781265930000)

/* A plant with one of everything, on such backends; nothing of it touches a network. */
typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaSession   *session;
  GPtrArray        *backends; /* PagesBackend, owned */
} PagesPlant;

PagesPlant    *pages_plant_new (void);
void           pages_plant_free (PagesPlant *self);
PlanciaDevice *pages_plant_find (PagesPlant *self, const char *name);
PagesBackend  *pages_plant_backend (PagesPlant *self, const char *name);
/* As if read at this time (0: now). The last key is NULL. */
void pages_plant_apply (PagesPlant *self, const char *name, gint64 time, const char *key, ...)
  G_GNUC_NULL_TERMINATED;
void pages_plant_apply_text (PagesPlant *self, const char *name, const char *key, const char *text);
/* Values for a sunny day just after two, the same as in the pictures of the design. */
void pages_plant_fill (PagesPlant *self);
/* A curve of today up to now, hour by hour of the day; one value for each five minutes. */
void   pages_plant_draw_day (PagesPlant     *self,
                             const char     *name,
                             PlanciaQuantity quantity,
                             double (*value) (double hour));
double pages_sun (double hour);     /* of 1 */
double pages_battery (double hour); /* % */
double pages_pump (double hour);    /* of 1 */

/* Shows the widget, takes NAME-light, NAME-dark and NAME-narrow. */
void pages_take_pictures (GtkWidget *widget, const char *name, int height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PagesPlant, pages_plant_free)

G_END_DECLS
