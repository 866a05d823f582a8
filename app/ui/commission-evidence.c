/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-evidence.h"

#include "ui/band-gauge.h"
#include "ui/check-words.h"
#include "ui/error-text.h"

#include <glib/gi18n.h>
#include <math.h>

/* Between value and raw words. */
#define DOT " \xc2\xb7 "

/* --- evidence -------------------------------------------------------------------------------- */

/* The finding about it that says most: the worst, and of those alike the one with limits. */
static const PlanciaRuleFinding *
find_finding (GPtrArray *findings, const char *key)
{
  const PlanciaRuleFinding *best = NULL;

  for (guint i = 0; i < findings->len; i++) {
    const PlanciaRuleFinding *one = g_ptr_array_index (findings, i);

    if (g_str_equal (one->key, key) &&
        (best == NULL || one->check > best->check ||
         (one->check == best->check && isnan (best->maximum) && !isnan (one->maximum))))
      best = one;
  }
  return best;
}

static GtkWidget *
make_chip (const char *words, PlanciaCheck check)
{
  GtkWidget *chip = gtk_label_new (words);

  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (chip, check == PLANCIA_CHECK_FAILED ? "bad" : "warn");
  return chip;
}

static GtkWidget *
make_icon (PlanciaCheck check)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (plancia_check_icon (check));

  gtk_widget_add_css_class (icon, plancia_check_class (check));
  return icon;
}

static void
add_verdict (AdwActionRow *row, PlanciaReportLanguage *language, const PlanciaRuleFinding *finding)
{
  const char *wrong = plancia_words_wrong (language, finding);
  const char *color = finding->check == PLANCIA_CHECK_FAILED        ? "error_text"
                      : finding->check == PLANCIA_CHECK_RESERVATION ? "warn_text"
                                                                    : NULL;

  adw_action_row_add_prefix (row, make_icon (finding->check));
  if (wrong != NULL)
    adw_action_row_add_suffix (row, make_chip (wrong, finding->check));
  /* A share that is computed is not the value of the row. */
  if (!isnan (finding->measured) && finding->unit[0] != '\0' &&
      (!isnan (finding->minimum) || !isnan (finding->maximum)))
    adw_action_row_add_suffix (
      row,
      plancia_band_gauge_new (finding->measured, finding->minimum, finding->maximum, color));
  if (finding->check == PLANCIA_CHECK_RESERVATION)
    gtk_widget_add_css_class (GTK_WIDGET (row), "explain");
  if (finding->check == PLANCIA_CHECK_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (row), "problem-row");
}

static GtkWidget *
make_evidence (PlanciaReportLanguage *language, GPtrArray *findings, const PlanciaEvidence *one)
{
  AdwActionRow             *row = ADW_ACTION_ROW (adw_action_row_new ());
  const PlanciaRuleFinding *finding = find_finding (findings, one->key);
  g_autofree char          *name = plancia_words_evidence_name (language, one);
  g_autofree char          *value = plancia_words_evidence_value (language, one);
  g_autofree char          *raw = plancia_words_evidence_raw (one);
  g_autofree char          *text = g_strconcat (value, raw != NULL ? DOT : NULL, raw, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (row, text);
  adw_action_row_set_subtitle_lines (row, 2);
  gtk_widget_add_css_class (GTK_WIDGET (row), "numeric");
  if (finding != NULL)
    add_verdict (row, language, finding);
  return GTK_WIDGET (row);
}

static char *
say_when (PlanciaVisit *visit, const PlanciaVisitStep *step, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (step->time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *time = g_date_time_format (local, "%H:%M:%S");

  if (step->time == 0)
    return g_strdup (_("Nothing read yet."));
  /* Translators: time of day */
  return g_strdup_printf (_("Read at %s, kept with the plant."), time);
}

/* Why the last reading failed; what was read before stays. */
static GtkWidget *
make_trouble (const char *trouble)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("The device could not be read"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), trouble);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_icon (PLANCIA_CHECK_FAILED));
  gtk_widget_add_css_class (row, "problem-row");
  return row;
}

GtkWidget *
plancia_commission_evidence_new (PlanciaReportLanguage *language,
                                 PlanciaVisit          *visit,
                                 guint                  step,
                                 GTimeZone             *zone)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (visit, step);
  GtkWidget              *group = adw_preferences_group_new ();
  g_autofree char        *when = say_when (visit, at, zone);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Evidence"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), when);
  if (at->trouble != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_trouble (at->trouble));
  for (guint i = 0; i < at->evidence->len; i++)
    adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group),
      make_evidence (language, at->findings, g_ptr_array_index (at->evidence, i)));
  if (at->evidence->len == 0 && at->time != 0 && at->trouble == NULL) {
    GtkWidget *row = adw_action_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                   _("The map of this device has no register for it"));
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  }
  return group;
}

/* --- expected -------------------------------------------------------------------------------- */

static gboolean
is_first_of_rule (GPtrArray *findings, guint index)
{
  const PlanciaRuleFinding *one = g_ptr_array_index (findings, index);

  for (guint i = 0; i < index; i++) {
    const PlanciaRuleFinding *other = g_ptr_array_index (findings, i);
    gboolean                  alike = (isnan (one->minimum) || one->minimum == other->minimum) &&
                     (isnan (one->maximum) || one->maximum == other->maximum);

    if (g_str_equal (one->rule, other->rule) && alike)
      return FALSE;
  }
  return TRUE;
}

static GtkWidget *
make_expected (PlanciaReportLanguage *language, const PlanciaRuleFinding *finding)
{
  AdwActionRow    *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *limits = plancia_words_limits (language, finding);
  g_autofree char *source = g_strconcat (plancia_words_data (language, finding->source),
                                         DOT,
                                         plancia_words_certainty (language, finding->certainty),
                                         NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 plancia_words_data (language, finding->title));
  adw_action_row_set_subtitle (row, source);
  adw_action_row_set_subtitle_lines (row, 3);
  if (limits != NULL) {
    GtkWidget *label = gtk_label_new (limits);

    gtk_widget_add_css_class (label, "numeric");
    adw_action_row_add_suffix (row, label);
  }
  return GTK_WIDGET (row);
}

GtkWidget *
plancia_commission_expected_new (PlanciaReportLanguage *language, PlanciaVisit *visit, guint step)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (visit, step);
  GtkWidget              *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Expected"));
  for (guint i = 0; i < at->findings->len; i++)
    if (is_first_of_rule (at->findings, i))
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_expected (language, g_ptr_array_index (at->findings, i)));
  if (at->proposed == PLANCIA_CHECK_OPEN && at->time != 0)
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _("No source is known by which Plancia could judge this. Compare it yourself, and decide."));
  gtk_widget_set_visible (group, at->time != 0 && at->evidence->len > 0);
  return group;
}
