/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pause-bar.h"

#include <glib/gi18n.h>

#define GAP 9

struct _PlanciaPauseBar
{
  AdwBin parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (PlanciaPauseBar, plancia_pause_bar, ADW_TYPE_BIN)

static void
plancia_pause_bar_class_init (PlanciaPauseBarClass *klass)
{
}

static void
plancia_pause_bar_init (PlanciaPauseBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);

  self->revealer = gtk_revealer_new ();
  self->label = gtk_label_new (NULL);
  self->button = gtk_button_new_with_label (_ ("Resume"));
  gtk_widget_add_css_class (box, "banner");
  gtk_widget_add_css_class (box, "note");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("media-playback-pause-symbolic"));
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  adw_bin_set_child (ADW_BIN (self), self->revealer);
}

void
plancia_pause_bar_show (PlanciaPauseBar *self, gint64 time, GTimeZone *zone, const char *action)
{
  g_return_if_fail (PLANCIA_IS_PAUSE_BAR (self));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  if (time != 0) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
    g_autofree char *clock = g_date_time_format (local, "%H:%M:%S");
    g_autofree char *text =
      /* TRANSLATORS: %s is a time of day */
      g_strdup_printf (_ ("Paused at %s. The values stand still; reading goes on."), clock);

    gtk_label_set_text (GTK_LABEL (self->label), text);
    gtk_widget_set_tooltip_text (self->label, text);
  }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), time != 0);
}
