/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-direction.h"

#include "base/signal-new.h"
#include "base/text.h"
#include "ui/commission-measured.h"
#include "ui/commission-settings.h"
#include "ui/direction-drawing.h"
#include "ui/state-mark.h"

#include <glib/gi18n.h>
#include <math.h>

#define STATIONS 3
/* W of the load in the demo plant. */
#define SIMULATED_LOAD 2000
/* W under which a battery counts as at rest. */
#define AT_REST 60
/* ms: the bar moves between two readings. */
#define TICK 250

struct _PlanciaCommissionDirection
{
  AdwBin parent_instance;

  GtkBox                    *stations_box;
  PlanciaDirectionDrawing   *drawing;
  GtkLabel                  *beside_label;
  GtkWidget                 *pace_chip;
  PlanciaCommissionMeasured *measured;
  AdwActionRow              *result_row;
  GtkImage                  *result_icon;
  GtkWidget                 *setting_button;
  GtkButton                 *action_button;
  GtkWidget                 *load_row;
  GtkSwitch                 *load_switch;
  GtkProgressBar            *bar;
  GtkLabel                  *badges[STATIONS];
  GtkLabel                  *stations[STATIONS];

  PlanciaReportLanguage *language;
  PlanciaSession        *session;
  PlanciaDevice         *device;
  PlanciaVisit          *visit;
  PlanciaDemoPlant      *demo; /* or NULL */
  PlanciaDirectionTest  *test;
  guint                  timer;
  guint                  corrected; /* the phase whose setting is in the review */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionDirection, plancia_commission_direction, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static gboolean
is_running (PlanciaCommissionDirection *self)
{
  PlanciaDirectionStage stage = plancia_direction_test_get_stage (self->test);

  return stage != PLANCIA_DIRECTION_IDLE && stage != PLANCIA_DIRECTION_DONE;
}

static const PlanciaDirectionResult *
result_of (PlanciaCommissionDirection *self)
{
  return plancia_visit_get_direction (self->visit);
}

/* With one phase there is only one. */
static char *
dup_phase (PlanciaCommissionDirection *self)
{
  return g_strdup_printf ("L%u", plancia_direction_test_get_phase (self->test) + 1);
}

/* --- stations -------------------------------------------------------------------------------- */

static void
add_station (PlanciaCommissionDirection *self, guint index)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  GtkWidget       *badge = gtk_label_new (number);
  GtkWidget       *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "step-badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (self->stations_box, box);
  self->badges[index] = GTK_LABEL (badge);
  self->stations[index] = GTK_LABEL (label);
}

static void
set_class (gpointer widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static guint
station_in_hand (PlanciaCommissionDirection *self)
{
  switch (plancia_direction_test_get_stage (self->test)) {
  case PLANCIA_DIRECTION_WAITING:
    return 1;
  case PLANCIA_DIRECTION_LOADED:
  case PLANCIA_DIRECTION_DONE:
    return 2;
  case PLANCIA_DIRECTION_IDLE:
  case PLANCIA_DIRECTION_REST:
  default:
    return 0;
  }
}

static void
update_stations (PlanciaCommissionDirection *self)
{
  guint            now = station_in_hand (self);
  g_autofree char *phase = dup_phase (self);
  /* Translators: a phase, such as L2 */
  g_autofree char *load = g_strdup_printf (_("Switch on a load of 2 kW on %s"), phase);
  const char      *words[STATIONS] = {_("Everything at rest"), load, _("Read the change")};

  for (guint i = 0; i < STATIONS; i++) {
    gtk_label_set_text (self->stations[i], words[i]);
    set_class (self->badges[i], "done", i < now);
    set_class (self->stations[i], "heading", i == now);
    set_class (self->stations[i], "caption-dim", i != now);
  }
}

/* --- what is measured ------------------------------------------------------------------------ */

static char *
dup_power (double watts)
{
  const char      *unit;
  g_autofree char *number = plancia_text_power (watts, &unit);

  return plancia_text_with_unit (number, unit);
}

static void
update_beside (PlanciaCommissionDirection *self)
{
  const PlanciaDirectionSample *last = plancia_direction_test_get_last (self->test);
  g_autofree char              *sun = NULL;
  g_autofree char              *battery = NULL;
  g_autofree char              *text = NULL;

  if (last != NULL && !isnan (last->pv)) {
    g_autofree char *power = dup_power (last->pv);
    /* Translators: power of the sun, in the middle of a line */
    sun = g_strdup_printf (C_ ("direction", "sun %s"), power);
  }
  if (last != NULL && !isnan (last->battery) && fabs (last->battery) < AT_REST) {
    battery = g_strdup (C_ ("direction", "battery at rest"));
  } else if (last != NULL && !isnan (last->battery)) {
    g_autofree char *power = dup_power (fabs (last->battery));
    battery = g_strdup_printf (last->battery > 0       ? C_ ("direction", "battery charges %s")
                                                       : C_ ("direction", "battery gives %s"),
                                                             power);
  }
  text = g_strconcat (battery != NULL ? battery : "",
                      battery != NULL && sun != NULL ? ", " : "",
                      sun != NULL ? sun : "",
                      NULL);
  gtk_label_set_text (self->beside_label, text);
}

static void
update_drawing (PlanciaCommissionDirection *self)
{
  guint                        phase = plancia_direction_test_get_phase (self->test);
  const PlanciaDirectionPhase *found = &result_of (self)->phases[phase];
  g_autofree char             *name = g_strdup_printf (C_ ("direction", "CT on L%u"), phase + 1);
  PlanciaDirectionArrow        arrow = PLANCIA_DIRECTION_ARROW_NONE;

  if (!is_running (self) && found->state == PLANCIA_DIRECTION_RIGHT)
    arrow = found->sensor != phase ? PLANCIA_DIRECTION_ARROW_MISSING
            : found->reversed      ? PLANCIA_DIRECTION_ARROW_GRID
                                   : PLANCIA_DIRECTION_ARROW_HOUSE;
  plancia_direction_drawing_set (self->drawing, name, arrow);
}

/* --- what to do ------------------------------------------------------------------------------ */

static gboolean
can_be_set (PlanciaCommissionDirection *self)
{
  const PlanciaDirectionResult *result = result_of (self);
  guint                         n = 0;

  if (is_running (self) || result->verdict != PLANCIA_DIRECTION_REVERSED)
    return FALSE;
  for (guint i = 0; i < result->n; i++) {
    if (!result->reversed[i])
      continue;
    if (plancia_direction_test_find_setting (self->test, i) == NULL)
      return FALSE;
    n++;
  }
  return n > 0;
}

static void
set_result (PlanciaCommissionDirection *self,
            const char                 *icon,
            const char                 *ink,
            const char                 *title,
            const char                 *subtitle,
            const char                 *action)
{
  static const char *const all[] = {"ok-ink", "warn-ink", "error-ink", "caption-dim"};

  gtk_image_set_from_icon_name (self->result_icon, icon);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    set_class (self->result_icon, all[i], g_str_equal (all[i], ink));
  set_class (self->result_row, "problem-row", g_str_equal (ink, "error-ink"));
  set_class (self->result_row, "explain", g_str_equal (ink, "warn-ink"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result_row), title);
  adw_action_row_set_subtitle (self->result_row, subtitle);
  gtk_button_set_label (self->action_button, action);
  gtk_widget_set_visible (GTK_WIDGET (self->action_button), action[0] != '\0');
}

static void
show_running (PlanciaCommissionDirection *self)
{
  const char      *trouble = plancia_direction_test_get_trouble (self->test);
  g_autofree char *phase = dup_phase (self);
  g_autofree char *wait = g_strdup_printf (_("Switch on a load of at least 1 kW on %s"), phase);

  if (trouble != NULL)
    set_result (self,
                "plancia-severity-warning-symbolic",
                "warn-ink",
                _("No readings come"), trouble, _("Stop"));
  else if (plancia_direction_test_get_stage (self->test) == PLANCIA_DIRECTION_REST)
    set_result (self,
                "plancia-pending-symbolic",
                "caption-dim",
                _("Leave everything as it is"),
                   _("Plancia looks for 20 s how the readings are at rest."), _("Stop"));
  else if (plancia_direction_test_get_stage (self->test) == PLANCIA_DIRECTION_WAITING)
    set_result (
      self,
      "plancia-ct-symbolic",
      "caption-dim",
      wait,
      _("A kettle or a heater. Plancia sees by itself when it comes on, and switches nothing."),
         _("It is on"));
  else
    set_result (self,
                "plancia-pending-symbolic",
                "caption-dim",
                _("The load is seen: leave it on"),
                   _("Plancia never tells from one reading alone."), _("Stop"));
}

static void
show_idle (PlanciaCommissionDirection *self)
{
  g_autofree char *phase = dup_phase (self);
  g_autofree char *start = g_strdup_printf (_("Start with %s"), phase);

  if (plancia_direction_test_get_phases (self->test) == 0)
    set_result (self,
                "plancia-skipped-symbolic",
                "caption-dim",
                _("The map of this device has no readings of its sensors"),
                   _("Choose “Not applicable” below, or test at the meter."), "");
  else
    set_result (
      self,
      "plancia-ct-symbolic",
      "caption-dim",
      _("A load is switched on, one phase after the other"),
         _("With the sun the export must fall, without it the import must rise, by about as "
                  "much. Have a load of 2 kW at hand, and let the battery rest."),
            start);
}

static void
show_found (PlanciaCommissionDirection *self)
{
  const PlanciaDirectionResult *result = result_of (self);
  guint                         phase = plancia_direction_test_get_phase (self->test);
  gboolean                      whole = result->verdict != PLANCIA_DIRECTION_OPEN;
  const PlanciaDirectionPhase  *found = &result->phases[phase];
  gboolean                      told = found->state == PLANCIA_DIRECTION_RIGHT;
  gboolean                      good = whole ? result->verdict == PLANCIA_DIRECTION_RIGHT
                                             : told && found->sensor == phase && !found->reversed;
  gboolean         unsure = whole ? result->verdict >= PLANCIA_DIRECTION_NOT_ENOUGH : !told;
  g_autofree char *cause = whole ? plancia_words_direction_cause (self->language, result)
                                 : plancia_words_phase_cause (self->language, phase, result);

  set_result (self,
              good     ? "plancia-verified-symbolic"
              : unsure ? "plancia-severity-warning-symbolic"
                       : "plancia-differs-symbolic",
              good     ? "ok-ink"
              : unsure ? "warn-ink"
                       : "error-ink",
              cause,
              whole ? plancia_words_direction_advice (self->language, result)
                    : plancia_words_phase_advice (self->language, phase, result),
              _("Measure again"));
}

static void
update_result (PlanciaCommissionDirection *self)
{
  guint phase = plancia_direction_test_get_phase (self->test);

  if (is_running (self))
    show_running (self);
  else if (result_of (self)->phases[phase].state == PLANCIA_DIRECTION_OPEN)
    show_idle (self);
  else
    show_found (self);
  gtk_widget_set_visible (self->setting_button, can_be_set (self));
}

static void
update_load (PlanciaCommissionDirection *self)
{
  g_autofree char *phase = dup_phase (self);
  g_autofree char *title = g_strdup_printf (_("Simulated load of 2 kW on %s"), phase);

  gtk_widget_set_visible (self->load_row, self->demo != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->load_row), title);
}

static void
update (PlanciaCommissionDirection *self)
{
  if (self->test == NULL)
    return;
  update_stations (self);
  update_drawing (self);
  update_beside (self);
  plancia_commission_measured_show (self->measured, self->language, self->test, result_of (self));
  update_result (self);
  update_load (self);
  gtk_widget_set_visible (self->pace_chip, is_running (self));
  gtk_progress_bar_set_fraction (self->bar, plancia_direction_test_get_progress (self->test));
  gtk_widget_set_opacity (GTK_WIDGET (self->bar), is_running (self) ? 1 : 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- the simulated load ---------------------------------------------------------------------- */

static void
set_load (PlanciaCommissionDirection *self, gboolean on)
{
  double      watts[PLANCIA_DIRECTION_PHASES] = {0, 0, 0};
  const char *name;

  if (self->demo == NULL || self->device == NULL)
    return;
  if (on)
    watts[plancia_direction_test_get_phase (self->test)] = SIMULATED_LOAD;
  name = plancia_demo_plant_find_device (self->demo, plancia_device_get_id (self->device));
  if (name != NULL)
    plancia_simulator_set_load (plancia_demo_plant_get_simulator (self->demo), name, watts);
}

static void
on_load (PlanciaCommissionDirection *self)
{
  set_load (self, gtk_switch_get_active (self->load_switch));
}

/* --- acting ---------------------------------------------------------------------------------- */

static gboolean
tick_cb (gpointer user_data)
{
  PlanciaCommissionDirection *self = user_data;

  gtk_progress_bar_set_fraction (self->bar, plancia_direction_test_get_progress (self->test));
  if (is_running (self))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

void
plancia_commission_direction_begin (PlanciaCommissionDirection *self, guint phase)
{
  gtk_switch_set_active (self->load_switch, FALSE);
  plancia_direction_test_begin (self->test, phase);
  if (self->timer == 0)
    self->timer = g_timeout_add (TICK, tick_cb, self);
}

static void
on_action (PlanciaCommissionDirection *self)
{
  if (self->test == NULL)
    return;
  if (plancia_direction_test_get_stage (self->test) == PLANCIA_DIRECTION_WAITING &&
      plancia_direction_test_get_trouble (self->test) == NULL)
    plancia_direction_test_load_is_on (self->test);
  else if (is_running (self))
    plancia_direction_test_stop (self->test);
  else
    plancia_commission_direction_begin (self, plancia_direction_test_get_phase (self->test));
}

/* The phase of the sensor that was set, anew: it has to show. */
static void
set_done_cb (gpointer user_data)
{
  PlanciaCommissionDirection *self = user_data;

  if (self->test != NULL)
    plancia_commission_direction_begin (self, self->corrected);
}

static void
on_setting (PlanciaCommissionDirection *self)
{
  const PlanciaDirectionResult *result = result_of (self);
  GtkRoot                      *root = gtk_widget_get_root (GTK_WIDGET (self));

  for (guint i = 0; i < result->n; i++) {
    const PlanciaDirectionSetting *setting = plancia_direction_test_find_setting (self->test, i);

    if (!result->reversed[i] || setting == NULL)
      continue;
    /* One at a time: each is reviewed, and measured again. */
    self->corrected = i;
    plancia_commission_settings_stage (GTK_WINDOW (root),
                                       self->session,
                                       self->device,
                                       setting->key,
                                       setting->reversed,
                                       setting->right,
                                       set_done_cb,
                                       self);
    return;
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
forget (PlanciaCommissionDirection *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->test != NULL) {
    set_load (self, FALSE);
    g_signal_handlers_disconnect_by_data (self->test, self);
    plancia_direction_test_stop (self->test);
  }
  g_clear_object (&self->test);
  g_clear_object (&self->session);
  g_clear_object (&self->device);
  g_clear_object (&self->visit);
  g_clear_object (&self->demo);
  g_clear_pointer (&self->language, plancia_report_language_unref);
}

static void
plancia_commission_direction_dispose (GObject *object)
{
  forget (PLANCIA_COMMISSION_DIRECTION (object));

  G_OBJECT_CLASS (plancia_commission_direction_parent_class)->dispose (object);
}

static void
plancia_commission_direction_class_init (PlanciaCommissionDirectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_commission_direction_dispose;
  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_COMMISSION_DIRECTION, "changed", 0);

  g_type_ensure (PLANCIA_TYPE_COMMISSION_MEASURED);
  g_type_ensure (PLANCIA_TYPE_DIRECTION_DRAWING);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/commission-direction.ui");
#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionDirection, name)
  BIND (stations_box);
  BIND (drawing);
  BIND (beside_label);
  BIND (pace_chip);
  BIND (measured);
  BIND (result_row);
  BIND (result_icon);
  BIND (setting_button);
  BIND (action_button);
  BIND (load_row);
  BIND (load_switch);
  BIND (bar);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_action);
  gtk_widget_class_bind_template_callback (widget_class, on_load);
  gtk_widget_class_bind_template_callback (widget_class, on_setting);
}

static void
plancia_commission_direction_init (PlanciaCommissionDirection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < STATIONS; i++)
    add_station (self, i);
}

/* Where to go on: the first phase that is not told. */
void
plancia_commission_direction_show (PlanciaCommissionDirection *self,
                                   PlanciaReportLanguage      *language,
                                   PlanciaSession             *session,
                                   PlanciaDevice              *device,
                                   PlanciaVisit               *visit,
                                   PlanciaDemoPlant           *demo)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);

  if (self->visit != visit) {
    forget (self);
    self->language = plancia_report_language_ref (language);
    self->session = g_object_ref (session);
    self->device = g_object_ref (device);
    self->visit = g_object_ref (visit);
    self->demo = demo != NULL ? g_object_ref (demo) : NULL;
    self->test = plancia_direction_test_new (plant, device, visit);
    g_signal_connect_object (self->test, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  }
  update (self);
}

void
plancia_commission_direction_stop (PlanciaCommissionDirection *self)
{
  forget (self);
}

PlanciaDirectionTest *
plancia_commission_direction_get_test (PlanciaCommissionDirection *self)
{
  return self->test;
}

int
plancia_commission_direction_get_next (PlanciaCommissionDirection *self)
{
  guint n = self->test != NULL ? plancia_direction_test_get_phases (self->test) : 0;
  guint phase = n > 0 ? plancia_direction_test_get_phase (self->test) : 0;

  if (n < 2 || is_running (self) ||
      result_of (self)->phases[phase].state != PLANCIA_DIRECTION_RIGHT)
    return -1;
  for (guint i = 1; i < n; i++)
    if (result_of (self)->phases[(phase + i) % n].state != PLANCIA_DIRECTION_RIGHT)
      return (int) ((phase + i) % n);
  return -1;
}
