/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/replay-bar.h"

#include "backend/tape-player.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlanciaReplayBar
{
  PlanciaSessionBin parent_instance;

  GtkLabel      *words;
  GtkButton     *play;
  GtkScale      *scale;
  GtkAdjustment *seconds;
  GtkLabel      *clock;
  GtkDropDown   *speed;

  PlanciaTapePlayer *player; /* or NULL */
  GTimeZone         *zone;
  gboolean           updating;
  gboolean           narrow;
  guint              seek_id;
};

G_DEFINE_FINAL_TYPE (PlanciaReplayBar, plancia_replay_bar, PLANCIA_TYPE_SESSION_BIN)

static const double speeds[] = {1, 10, 60};

/* --- words ----------------------------------------------------------------------------------- */

static char *
dup_time (PlanciaReplayBar *self, gint64 time, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, format);
}

static char *
dup_state (PlanciaReplayBar *self)
{
  guint damaged = 0;

  if (!plancia_tape_player_get_whole (self->player, &damaged))
    return g_strdup (_ ("It was cut off; what came until then is there."));
  if (damaged > 0)
    return g_strdup_printf (g_dngettext (NULL,
                                         "%u part of it is damaged and left out.",
                                         "%u parts of it are damaged and left out.",
                                         damaged),
                            damaged);
  return g_strdup (_ ("Nothing is asked of a device, and nothing can be written."));
}

static void
show_words (PlanciaReplayBar *self)
{
  g_autofree char *date = dup_time (self, plancia_tape_player_get_start (self->player), "%x");
  g_autofree char *state = dup_state (self);
  /* Translators: %s is a date */
  g_autofree char *bold = g_strdup_printf (_ ("Recording of %s."), date);
  g_autofree char *markup =
    g_markup_printf_escaped ("<b>%s</b> %s", bold, self->narrow ? "" : state);
  g_autofree char *whole = g_strjoin (" ", bold, state, NULL);

  gtk_label_set_markup (self->words, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), whole);
}

static void
show_time (PlanciaReplayBar *self)
{
  gint64           time = plancia_tape_player_get_time (self->player);
  gint64           start = plancia_tape_player_get_start (self->player);
  g_autofree char *text = dup_time (self, time, "%H:%M:%S");

  self->updating = TRUE;
  gtk_adjustment_set_value (self->seconds, (double) (time - start) / 1000.0);
  self->updating = FALSE;
  gtk_label_set_label (self->clock, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text,
                                  -1);
}

static void
show_playing (PlanciaReplayBar *self)
{
  gboolean    playing = plancia_tape_player_get_playing (self->player);
  const char *word = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (self->play,
                            playing ? "media-playback-pause-symbolic"
                                    : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word,
                                  -1);
}

/* --- what a person does ---------------------------------------------------------------------- */

/* A drag brings many: the last one counts. */
static gboolean
seek_cb (gpointer user_data)
{
  PlanciaReplayBar *self = user_data;

  self->seek_id = 0;
  if (self->player)
    plancia_tape_player_seek (self->player,
                              plancia_tape_player_get_start (self->player) +
                                (gint64) round (gtk_adjustment_get_value (self->seconds) * 1000));
  return G_SOURCE_REMOVE;
}

static void
slid_cb (PlanciaReplayBar *self)
{
  if (!self->updating && self->player && self->seek_id == 0)
    self->seek_id = g_idle_add (seek_cb, self);
}

static void
speed_cb (PlanciaReplayBar *self)
{
  guint chosen = gtk_drop_down_get_selected (self->speed);

  if (self->player && chosen < G_N_ELEMENTS (speeds))
    plancia_tape_player_set_speed (self->player, speeds[chosen]);
}

/* --- the plant ------------------------------------------------------------------------------- */

static void
drop_player (PlanciaReplayBar *self)
{
  g_clear_handle_id (&self->seek_id, g_source_remove);
  if (self->player)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static void
take_player (PlanciaReplayBar *self, PlanciaTapePlayer *player)
{
  gint64 length = plancia_tape_player_get_end (player) - plancia_tape_player_get_start (player);

  self->player = g_object_ref (player);
  self->zone = g_time_zone_ref (plancia_plant_get_zone (plancia_tape_player_get_plant (player)));
  g_signal_connect_swapped (player, "moved", G_CALLBACK (show_time), self);
  g_signal_connect_swapped (player, "notify::playing", G_CALLBACK (show_playing), self);
  self->updating = TRUE;
  gtk_adjustment_configure (self->seconds, 0, 0, MAX ((double) length / 1000.0, 1), 1, 10, 0);
  self->updating = FALSE;
  gtk_drop_down_set_selected (self->speed, 0);
  show_words (self);
  show_time (self);
  show_playing (self);
}

static void
plant_changed_cb (PlanciaReplayBar *self)
{
  PlanciaSession    *session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));
  PlanciaOpenPlant  *plant = plancia_session_get_plant (session);
  PlanciaTapePlayer *player = plant ? plancia_tape_player_of (plancia_open_plant_get_plant (plant))
                                    : NULL;

  drop_player (self);
  if (player)
    take_player (self, player);
  gtk_widget_set_visible (GTK_WIDGET (self), player != NULL);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_replay_bar_constructed (GObject *object)
{
  PlanciaReplayBar *self = PLANCIA_REPLAY_BAR (object);

  G_OBJECT_CLASS (plancia_replay_bar_parent_class)->constructed (object);
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::plant",
                              G_CALLBACK (plant_changed_cb));
  plant_changed_cb (self);
}

static void
plancia_replay_bar_dispose (GObject *object)
{
  drop_player (PLANCIA_REPLAY_BAR (object));
  G_OBJECT_CLASS (plancia_replay_bar_parent_class)->dispose (object);
}

static void
plancia_replay_bar_class_init (PlanciaReplayBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_replay_bar_constructed;
  object_class->dispose = plancia_replay_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/replay-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, words);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, play);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, scale);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, seconds);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, clock);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReplayBar, speed);
  gtk_widget_class_bind_template_callback (widget_class, plancia_replay_bar_toggle);
  gtk_widget_class_bind_template_callback (widget_class, slid_cb);
  gtk_widget_class_bind_template_callback (widget_class, speed_cb);
}

static void
plancia_replay_bar_init (PlanciaReplayBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_replay_bar_set_narrow (PlanciaReplayBar *self, gboolean narrow)
{
  self->narrow = narrow;
  if (self->player)
    show_words (self);
}

/** plancia_replay_bar_toggle: from the start again if it is at the end; nothing without a recording */
void
plancia_replay_bar_toggle (PlanciaReplayBar *self)
{
  if (self->player)
    plancia_tape_player_set_playing (self->player, !plancia_tape_player_get_playing (self->player));
}

void
plancia_replay_bar_skip (PlanciaReplayBar *self, int seconds)
{
  if (self->player)
    plancia_tape_player_seek (self->player,
                              plancia_tape_player_get_time (self->player) + seconds * 1000);
}
