/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-step.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "ui/check-words.h"
#include "ui/commission-evidence.h"

#include <glib/gi18n.h>

struct _PlanciaCommissionStep
{
  AdwBin parent_instance;

  GtkLabel            *why_label;
  AdwPreferencesGroup *code_group;
  AdwComboRow         *code_row;
  AdwBin              *evidence_bin;
  AdwBin              *expected_bin;
  GtkFlowBox          *choices_box;
  GtkLabel            *hint_label;
  GtkWidget           *buttons_box;
  GtkSpinner          *spinner;
  GtkButton           *setting_button;
  GtkWidget           *again_button;
  GtkToggleButton     *choices[PLANCIA_N_CHECKS]; /* NULL for OPEN */

  PlanciaReportLanguage *language;
  PlanciaVisit          *visit;
  GTimeZone             *zone;
  guint                  step;
  GPtrArray             *shown; /* evidence in the rows, or NULL */
  gint64                 shown_time;
  char                  *shown_trouble;
  gboolean               verdict_only;
  gboolean               updating;
};

enum {
  SIGNAL_READ_AGAIN,
  SIGNAL_SET,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionStep, plancia_commission_step, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* --- the verdict ----------------------------------------------------------------------------- */

static void
choice_cb (PlanciaCommissionStep *self, GtkToggleButton *button)
{
  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 1; i < PLANCIA_N_CHECKS; i++)
    if (self->choices[i] == button)
      plancia_visit_decide (self->visit,
                            self->step,
                            (PlanciaCheck) i,
                            g_get_real_name (),
                            plancia_clock_now ());
}

static void
add_choice (PlanciaCommissionStep *self, PlanciaCheck check)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), plancia_check_icon (check));
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), plancia_check_label (check));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_flow_box_append (self->choices_box, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  self->choices[check] = GTK_TOGGLE_BUTTON (button);
  if (check != PLANCIA_CHECK_EXPECTED)
    gtk_toggle_button_set_group (self->choices[check], self->choices[PLANCIA_CHECK_EXPECTED]);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (choice_cb), self);
}

static void
show_verdict (PlanciaCommissionStep *self)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (self->visit, self->step);
  gboolean                wants = plancia_visit_wants_note (self->visit, self->step);

  for (guint i = 1; i < PLANCIA_N_CHECKS; i++)
    gtk_toggle_button_set_active (self->choices[i], at->result == (PlanciaCheck) i);
  gtk_label_set_text (self->hint_label,
                      at->result == PLANCIA_CHECK_SKIPPED
                      ? _("Say in the note why it is not done.")
                      : _("Say in the note why you decide otherwise."));
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), wants);
}

/* --- the grid code --------------------------------------------------------------------------- */

static gboolean
wants_code (PlanciaCommissionStep *self)
{
  const char *id = plancia_visit_get_rule (self->visit, self->step)->id;

  return g_str_equal (id, "country") || g_str_equal (id, "grid");
}

static void
show_code (PlanciaCommissionStep *self)
{
  PlanciaRules *rules = plancia_visit_get_rules (self->visit);
  const char   *chosen = plancia_visit_get_text (self->visit, PLANCIA_VISIT_GRID_CODE);
  guint         selected = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->code_group), wants_code (self));
  for (guint i = 0; i < plancia_rules_get_n_grid_codes (rules); i++)
    if (g_str_equal (plancia_rules_get_grid_code (rules, i)->id, chosen))
      selected = i + 1;
  adw_combo_row_set_selected (self->code_row, selected);
}

static void
fill_codes (PlanciaCommissionStep *self)
{
  PlanciaRules *rules = plancia_visit_get_rules (self->visit);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, C_ ("grid code", "Another one"));
  for (guint i = 0; i < plancia_rules_get_n_grid_codes (rules); i++)
    gtk_string_list_append (names, plancia_rules_get_grid_code (rules, i)->name);
  adw_combo_row_set_model (self->code_row, G_LIST_MODEL (names));
}

static void
on_code (PlanciaCommissionStep *self)
{
  guint         selected = adw_combo_row_get_selected (self->code_row);
  PlanciaRules *rules;

  if (self->updating || self->visit == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  rules = plancia_visit_get_rules (self->visit);
  plancia_visit_set_text (self->visit,
                          PLANCIA_VISIT_GRID_CODE,
                          selected > 0 ? plancia_rules_get_grid_code (rules, selected - 1)->id
                                       : "");
  g_signal_emit (self, signals[SIGNAL_READ_AGAIN], 0);
}

/* --- all of it ------------------------------------------------------------------------------- */

/* A note that is typed changes nothing of these. */
static gboolean
is_shown (PlanciaCommissionStep *self)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (self->visit, self->step);

  return self->shown == at->evidence && self->shown_time == at->time &&
         g_strcmp0 (self->shown_trouble, at->trouble) == 0;
}

static void
show_findings (PlanciaCommissionStep *self)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (self->visit, self->step);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = g_ptr_array_ref (at->evidence);
  self->shown_time = at->time;
  g_free (self->shown_trouble);
  self->shown_trouble = g_strdup (at->trouble);
  adw_bin_set_child (
    self->evidence_bin,
    plancia_commission_evidence_new (self->language, self->visit, self->step, self->zone));
  adw_bin_set_child (self->expected_bin,
                     plancia_commission_expected_new (self->language, self->visit, self->step));
  gtk_widget_set_visible (GTK_WIDGET (self->expected_bin),
                          !self->verdict_only &&
                            gtk_widget_get_visible (adw_bin_get_child (self->expected_bin)));
}

static void
update (PlanciaCommissionStep *self)
{
  if (self->visit == NULL)
    return;
  self->updating = TRUE;
  if (!is_shown (self))
    show_findings (self);
  show_code (self);
  show_verdict (self);
  self->updating = FALSE;
}

static void
on_again (PlanciaCommissionStep *self)
{
  g_signal_emit (self, signals[SIGNAL_READ_AGAIN], 0);
}

static void
on_set (PlanciaCommissionStep *self)
{
  g_signal_emit (self, signals[SIGNAL_SET], 0);
}

static void
forget (PlanciaCommissionStep *self)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->shown_trouble, g_free);
  g_clear_pointer (&self->language, plancia_report_language_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static void
plancia_commission_step_dispose (GObject *object)
{
  forget (PLANCIA_COMMISSION_STEP (object));

  G_OBJECT_CLASS (plancia_commission_step_parent_class)->dispose (object);
}

static void
plancia_commission_step_class_init (PlanciaCommissionStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_commission_step_dispose;
  signals[SIGNAL_READ_AGAIN] = plancia_signal_new (PLANCIA_TYPE_COMMISSION_STEP, "read-again", 0);
  signals[SIGNAL_SET] = plancia_signal_new (PLANCIA_TYPE_COMMISSION_STEP, "set", 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/commission-step.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, why_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, code_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, code_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, evidence_bin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, expected_bin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, choices_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, buttons_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, setting_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionStep, again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_code);
  gtk_widget_class_bind_template_callback (widget_class, on_set);
}

static void
plancia_commission_step_init (PlanciaCommissionStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 1; i < PLANCIA_N_CHECKS; i++)
    add_choice (self, (PlanciaCheck) i);
}

void
plancia_commission_step_show (PlanciaCommissionStep *self,
                              PlanciaReportLanguage *language,
                              PlanciaVisit          *visit,
                              guint                  step,
                              GTimeZone             *zone)
{
  forget (self);
  self->language = plancia_report_language_ref (language);
  self->visit = g_object_ref (visit);
  self->zone = g_time_zone_ref (zone);
  self->step = step;
  g_signal_connect_object (visit, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->updating = TRUE;
  fill_codes (self);
  self->updating = FALSE;
  gtk_label_set_text (self->why_label,
                      plancia_words_data (language, plancia_visit_get_rule (visit, step)->why));
  update (self);
}

void
plancia_commission_step_set_verdict_only (PlanciaCommissionStep *self, gboolean verdict_only)
{
  self->verdict_only = verdict_only;
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), !verdict_only);
  gtk_widget_set_visible (GTK_WIDGET (self->evidence_bin), !verdict_only);
  gtk_widget_set_visible (self->buttons_box, !verdict_only);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  update (self);
}

void
plancia_commission_step_set_busy (PlanciaCommissionStep *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->again_button, !busy);
}

void
plancia_commission_step_set_setting (PlanciaCommissionStep *self, const char *label)
{
  gtk_button_set_label (self->setting_button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->setting_button), label != NULL);
}
