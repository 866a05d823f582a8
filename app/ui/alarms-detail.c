/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-detail.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/alarm-advice.h"
#include "ui/alarm-row.h"

#include <glib/gi18n.h>
#include <math.h>

#define SEEN_DAYS 30

struct _PlanciaAlarmsDetail
{
  AdwBin parent_instance;

  GtkBox           *box;
  GtkImage         *icon;
  GtkLabel         *what;
  GtkLabel         *when;
  GtkLabel         *advice;
  GtkLabel         *origin;
  GtkWidget        *facts;
  GtkLabel         *register_label;
  GtkWidget        *word_key;
  GtkLabel         *word_label;
  GtkWidget        *moment_key;
  GtkLabel         *moment_label;
  AdwButtonContent *history_content;

  gboolean narrow;
  gboolean has_moment;
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmsDetail, plancia_alarms_detail, ADW_TYPE_BIN)

/* --- sentences ------------------------------------------------------------------------------- */

static char *
dup_when (PlanciaAlarmItem *item, GTimeZone *zone)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  gint64                    now = plancia_clock_now ();
  const char               *severity = plancia_severity_words (record->severity);
  g_autofree char          *since = plancia_alarm_item_dup_since (item, now, zone);
  g_autofree char          *until = plancia_alarm_item_dup_until (item, zone);
  g_autofree char          *length = plancia_alarm_item_dup_duration (item, now);

  if (record->until != 0)
    /* TRANSLATORS: severity, when it began and ended, how long that was */
    return g_strdup_printf (_("%s, %s to %s (%s)"), severity, since, until, length);
  if (record->from_before)
    /* TRANSLATORS: severity, when it was seen first, how long ago */
    return g_strdup_printf (_("%s, open since %s or earlier (%s)"), severity, since, length);
  return g_strdup_printf (_("%s, open since %s (%s)"), severity, since, length);
}

/* Whose words they are; nothing is guessed where there are none. */
static const char *
origin_of (const PlanciaAlarmRecord *record)
{
  if (g_str_equal (record->source, PLANCIA_ALARM_PLANCIA))
    return _ ("Noted by Plancia");
  if (record->label[0] != '\0')
    return record->bit >= 0 ? _("Words from the register map")
                            : _("Words from the list of the device's family");
  return _("Nobody has published words for it");
}

static char *
dup_origin (PlanciaAlarmItem *item, PlanciaAlarmLog *log)
{
  gint64           since = plancia_clock_now () - SEEN_DAYS * PLANCIA_DAY;
  guint            n = plancia_alarm_log_count_like (log, item, since);
  g_autofree char *seen = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "seen once in 30 days", "seen %u times in 30 days", n),
    n);
  const char *origin = origin_of (plancia_alarm_item_get_record (item));

  if (n == 0)
    return g_strdup (origin);
  return g_strdup_printf ("%s \xc2\xb7 %s", origin, seen);
}

static char *
dup_bits (guint16 word)
{
  GString *text = g_string_new (NULL);

  for (int i = 15; i >= 0; i--) {
    g_string_append_c (text, word >> i & 1 ? '1' : '0');
    if (i % 4 == 0 && i > 0)
      g_string_append_c (text, ' ');
  }
  return g_string_free (text, FALSE);
}

static char *
dup_moment (const PlanciaAlarmRecord *record)
{
  GString *text = g_string_new (NULL);

  if (!isnan (record->temperature)) {
    g_autofree char *number = plancia_text_number (record->temperature, 0);

    g_string_append_printf (text,
                            "%s\xc2\xa0\xc2\xb0"
                            "C",
                            number);
  }
  if (!isnan (record->power)) {
    const char      *unit;
    g_autofree char *number = plancia_text_power (record->power, &unit);

    g_string_append_printf (text, "%s%s\xc2\xa0%s", text->len > 0 ? ", " : "", number, unit);
  }
  return g_string_free (text, FALSE);
}

/* --- showing --------------------------------------------------------------------------------- */

static void
show_form (PlanciaAlarmsDetail *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL
                                               : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, self->narrow ? 6 : 18);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !self->narrow);
  gtk_widget_set_visible (self->word_key, !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->word_label), !self->narrow);
  gtk_widget_set_visible (self->moment_key, !self->narrow && self->has_moment);
  gtk_widget_set_visible (GTK_WIDGET (self->moment_label), !self->narrow && self->has_moment);
}

static void
show_facts (PlanciaAlarmsDetail *self, const PlanciaAlarmRecord *record)
{
  g_autofree char *place = NULL;
  g_autofree char *bits = dup_bits (record->word);
  g_autofree char *moment = dup_moment (record);

  if (record->bit >= 0)
    /* TRANSLATORS: a register and a bit of it */
    place = g_strdup_printf (_("0x%04X, bit %d"), record->address, record->bit % 16);
  gtk_label_set_text (self->register_label, place != NULL ? place : "");
  gtk_label_set_text (self->word_label, bits);
  gtk_label_set_text (self->moment_label, moment);
  self->has_moment = moment[0] != '\0';
  gtk_widget_set_visible (self->facts, record->bit >= 0);
}

static void
show_icon (PlanciaAlarmsDetail *self, PlanciaSeverity severity)
{
  const char *classes[] = {plancia_severity_ink (severity), NULL};

  gtk_image_set_from_icon_name (self->icon, plancia_severity_icon (severity));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

static void
plancia_alarms_detail_class_init (PlanciaAlarmsDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/alarms-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, what);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, when);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, advice);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, origin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, register_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, word_key);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, word_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, moment_key);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, moment_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmsDetail, history_content);
}

static void
plancia_alarms_detail_init (PlanciaAlarmsDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_alarms_detail_set (PlanciaAlarmsDetail *self,
                           PlanciaAlarmItem    *item,
                           PlanciaAlarmLog     *log,
                           GTimeZone           *zone)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  g_autofree char          *what = plancia_alarm_item_dup_what (item);
  g_autofree char          *when = dup_when (item, zone);
  g_autofree char          *origin = dup_origin (item, log);
  const char               *advice = plancia_alarm_advice (record);

  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
  gtk_label_set_text (self->origin, origin);
  show_icon (self, record->severity);
  show_facts (self, record);
  show_form (self);
}

void
plancia_alarms_detail_set_narrow (PlanciaAlarmsDetail *self, gboolean narrow)
{
  self->narrow = narrow;
  show_form (self);
}
