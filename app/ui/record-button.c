/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/record-button.h"

#include "backend/tape-player.h"
#include "base/clock.h"
#include "base/signal-new.h"
#include "model/visit-recording.h"

#include <glib/gi18n.h>

struct _PlanciaRecordButton
{
  PlanciaSessionBin parent_instance;

  GtkWidget *button;
  GtkLabel  *words;

  PlanciaVisitRecording *recording; /* or NULL */
};

enum {
  PROP_0,
  PROP_RECORDING,
  N_PROPS,
};

enum {
  SIGNAL_KEPT,
  SIGNAL_FAILED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRecordButton, plancia_record_button, PLANCIA_TYPE_SESSION_BIN)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* --- what it shows --------------------------------------------------------------------------- */

static void
update (PlanciaRecordButton *self)
{
  gint64           seconds;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->recording != NULL);
  if (!self->recording)
    return;
  seconds = plancia_visit_recording_get_duration (self->recording) / 1000;
  size = g_format_size (plancia_visit_recording_get_bytes (self->recording));
  text = g_strdup_printf ("%02d:%02d", (int) (seconds / 60), (int) (seconds % 60));
  gtk_label_set_label (self->words, text);
  /* Translators: how long a recording has gone on, and its size: "03:12, 1.4 MB" */
  name = g_strdup_printf (_ ("This visit is recorded: %s, %s. Stop recording"), text, size);
  gtk_widget_set_tooltip_text (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

/* --- beginning and end ----------------------------------------------------------------------- */

/* recording is over. */
static void
leave (PlanciaRecordButton *self)
{
  g_signal_handlers_disconnect_by_data (self->recording, self);
  g_clear_object (&self->recording);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDING]);
}

static void
failed_cb (PlanciaRecordButton *self, const GError *error)
{
  g_autoptr (GError) kept = g_error_copy (error);

  leave (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, kept);
}

static void
begin (PlanciaRecordButton *self)
{
  PlanciaSession   *session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  g_autofree char  *folder = plancia_record_button_dup_folder ();
  g_autofree char  *path = NULL;

  if (!plant || plancia_tape_player_of (plancia_open_plant_get_plant (plant)))
    return;
  path = plancia_visit_recording_dup_path (folder,
                                           plancia_open_plant_get_plant (plant),
                                           plancia_clock_now ());
  self->recording = plancia_visit_recording_new (plant, path, 0);
  g_signal_connect_swapped (self->recording, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->recording, "failed", G_CALLBACK (failed_cb), self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORDING]);
}

static void
end (PlanciaRecordButton *self)
{
  g_autofree char *path = g_strdup (plancia_visit_recording_get_path (self->recording));

  /* What is wrong with the disk is said on the way. */
  plancia_visit_recording_stop (self->recording);
  if (!self->recording)
    return;
  leave (self);
  g_signal_emit (self, signals[SIGNAL_KEPT], 0, path);
}

static void
set_recording (PlanciaRecordButton *self, gboolean recording)
{
  if (recording && !self->recording)
    begin (self);
  else if (!recording && self->recording)
    end (self);
}

static void
plant_changed_cb (PlanciaRecordButton *self)
{
  set_recording (self, FALSE);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_record_button_constructed (GObject *object)
{
  PlanciaRecordButton *self = PLANCIA_RECORD_BUTTON (object);

  G_OBJECT_CLASS (plancia_record_button_parent_class)->constructed (object);
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::plant",
                              G_CALLBACK (plant_changed_cb));
  update (self);
}

static void
plancia_record_button_dispose (GObject *object)
{
  PlanciaRecordButton *self = PLANCIA_RECORD_BUTTON (object);

  if (self->recording)
    g_signal_handlers_disconnect_by_data (self->recording, self);
  g_clear_object (&self->recording);
  G_OBJECT_CLASS (plancia_record_button_parent_class)->dispose (object);
}

static void
plancia_record_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_RECORDING:
    g_value_set_boolean (value, PLANCIA_RECORD_BUTTON (object)->recording != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_record_button_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (id) {
  case PROP_RECORDING:
    set_recording (PLANCIA_RECORD_BUTTON (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_record_button_class_init (PlanciaRecordButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_record_button_constructed;
  object_class->dispose = plancia_record_button_dispose;
  object_class->get_property = plancia_record_button_get_property;
  object_class->set_property = plancia_record_button_set_property;

  properties[PROP_RECORDING] = g_param_spec_boolean ("recording",
                                                     NULL,
                                                     NULL,
                                                     FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_KEPT] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "kept", 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "failed", 1, G_TYPE_ERROR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/record-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRecordButton, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRecordButton, words);
  gtk_widget_class_bind_template_callback (widget_class, end);
}

static void
plancia_record_button_init (PlanciaRecordButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

char *
plancia_record_button_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "recordings", NULL);
}

void
plancia_record_button_set_narrow (PlanciaRecordButton *self, gboolean narrow)
{
  gtk_widget_set_visible (GTK_WIDGET (self->words), !narrow);
}
