/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "tests/model/fake-backend.h"
#include <adwaita.h>

G_BEGIN_DECLS

typedef gboolean (*UiCondition) (gpointer user_data);

/* First thing in main: g_test, GTK, libadwaita, the program's resource with its styles and icons, still
 * animations and the font of the pictures. Without a display the program ends as skipped. */
void ui_fixture_init (int *argc, char ***argv);
/* Dark or light from now on. */
void ui_fixture_set_dark (gboolean dark);
/* Turns the main loop until some frames have passed and nothing is pending, at most a second. */
void ui_fixture_settle (void);
/* Turns the main loop until the condition holds; FALSE if it did not within milliseconds. */
gboolean ui_fixture_wait (UiCondition condition, gpointer user_data, guint milliseconds);
/* A window of this size with the widget (transfer floating) in it, shown and settled. */
GtkWindow *ui_fixture_present (GtkWidget *widget, int width, int height);
/* The widget, in a window that is shown, as PLANCIA_SCREENSHOTS/NAME.png if that folder is given. (transfer full) */
cairo_surface_t *ui_fixture_screenshot (GtkWidget *widget, const char *name);
/* First visible descendant (or itself) of this type; with a label or accessible text if text is not NULL. */
GtkWidget *ui_fixture_find (GtkWidget *root, GType type, const char *text);

/* A plant with devices on fake backends that are open; nothing of it touches a network. */
typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaSession   *session;
  PlanciaDevice    *stick; /* "ZSM-WIFI-USB", parent of: */
  PlanciaDevice
    *inverter;        /* "HYD 6000 ZSS HP", map zcs-1ph-hyd-hp-g3; live, registers, write, alarms */
  PlanciaDevice *hub; /* "Azzurro HUB", with a line "Inverters" and: */
  PlanciaDevice *hybrid;  /* "HYD 10000 ZSS", map zcs-3ph-hyd-g3 */
  PlanciaDevice *console; /* "CONNEXT" */
  PlanciaDevice *portal;  /* "Azzurro Portal", parent of: */
  PlanciaDevice *thing;   /* "ZE1ES330J1E258"; history */
  FakeBackend   *inverter_backend;
  FakeBackend   *hybrid_backend;
  FakeBackend   *console_backend;
  FakeBackend   *portal_backend;
} UiPlant;

/* The session looks at the whole plant. */
UiPlant *ui_plant_new (void);
void     ui_plant_free (UiPlant *self);
/* One number as if it had been read now (plancia_clock_now). */
void ui_plant_apply_number (UiPlant *self, PlanciaDevice *device, const char *key, double number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiPlant, ui_plant_free)

G_END_DECLS
