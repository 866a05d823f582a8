/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-window.h"

#include "commission/gather.h"
#include "commission/visits.h"
#include "commission/words.h"
#include "ui/commission-devices.h"
#include "ui/commission-direction.h"
#include "ui/commission-report-dialog.h"
#include "ui/commission-restart.h"
#include "ui/commission-row.h"
#include "ui/commission-settings.h"
#include "ui/commission-step.h"
#include "ui/error-dialog.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaCommissionWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay  *toasts;
  AdwLeaflet       *leaflet;
  GtkWidget        *steps_pane;
  GtkWidget        *step_pane;
  GtkLabel         *progress_label;
  GtkProgressBar   *bar;
  GtkDropDown      *device_drop;
  GtkListBox       *list;
  GtkWidget        *all_button;
  GtkLabel         *title_label;
  GtkLabel         *device_label;
  AdwButtonContent *report_content;
  GtkWidget        *close_button;
  GtkWidget        *scrolled;
  GtkBox           *box;
  GtkEditable      *note_entry;
  GtkWidget        *previous_button;
  GtkWidget        *next_button;
  GtkButton        *phase_button;

  PlanciaCommissionStep      *step_view;
  PlanciaCommissionDirection *direction_view; /* above it, in its step */

  PlanciaSession        *session;
  PlanciaOpenPlant      *plant;
  PlanciaDemoPlant      *demo; /* or NULL */
  GPtrArray             *devices;
  PlanciaDevice         *device;
  PlanciaVisit          *visit; /* NULL until it is read */
  PlanciaReportLanguage *language;
  GCancellable          *cancellable;
  char                  *subject; /* id of what it was opened for */
  guint                  step;
  gboolean               reading_all;
  gboolean               updating;
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionWindow, plancia_commission_window, ADW_TYPE_WINDOW)

static GTimeZone *
zone_of (PlanciaCommissionWindow *self)
{
  return plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant));
}

static gboolean
is_direction (PlanciaCommissionWindow *self)
{
  return g_str_equal (plancia_visit_get_rule (self->visit, self->step)->id, "direction");
}

/* --- what is shown --------------------------------------------------------------------------- */

static void
update_rows (PlanciaCommissionWindow *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    plancia_commission_row_update (PLANCIA_COMMISSION_ROW (row),
                                   self->language,
                                   self->visit,
                                   zone_of (self),
                                   plancia_commission_row_get_step (PLANCIA_COMMISSION_ROW (row)) ==
                                     self->step);
}

static void
update_progress (PlanciaCommissionWindow *self)
{
  guint done = plancia_visit_count_done (self->visit);
  guint n = plancia_visit_get_n_steps (self->visit);
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc (plancia_visit_get_began (self->visit) / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone_of (self));
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  /* Translators: steps of the commissioning, and the time of day at which it began */
  g_autofree char *text = g_strdup_printf (_("%u of %u done, started %s"), done, n, time);

  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->bar, n > 0 ? (double) done / n : 0);
}

static void
update_head (PlanciaCommissionWindow *self)
{
  const PlanciaStep *rule = plancia_visit_get_rule (self->visit, self->step);
  g_autofree char   *serial = plancia_words_serial (self->visit);
  const char        *title = plancia_words_data (self->language, rule->title);
  g_autofree char   *head = g_strdup_printf ("%u\xe2\x80\x82%s", self->step + 1, title);
  g_autofree char   *device = g_strconcat (plancia_device_get_name (self->device),
                                         serial[0] != '\0' ? " \xc2\xb7 " : NULL,
                                         serial,
                                         NULL);

  gtk_label_set_text (self->title_label, head);
  gtk_label_set_text (self->device_label, device);
}

static void
update_foot (PlanciaCommissionWindow *self)
{
  const PlanciaVisitStep *at = plancia_visit_get_step (self->visit, self->step);

  self->updating = TRUE;
  if (!g_str_equal (gtk_editable_get_text (self->note_entry), at->note))
    gtk_editable_set_text (self->note_entry, at->note);
  self->updating = FALSE;
  if (plancia_visit_wants_note (self->visit, self->step))
    gtk_widget_add_css_class (GTK_WIDGET (self->note_entry), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note_entry), "warning");
  gtk_widget_set_sensitive (self->previous_button, self->step > 0);
  /* The sensors are tested on every phase, or it is said why not. */
  gtk_widget_set_sensitive (self->next_button,
                            !is_direction (self) ||
                              plancia_visit_is_done (self->visit, self->step));
}

/* The phase that comes next in the test of the sensors. */
static void
update_phase (PlanciaCommissionWindow *self)
{
  int next = self->visit != NULL && is_direction (self)
               ? plancia_commission_direction_get_next (self->direction_view)
               : -1;
  /* Translators: %d is 1 to 3, a phase of the grid */
  g_autofree char *label = g_strdup_printf (_("Next phase: L%d"), next + 1);

  gtk_button_set_label (self->phase_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->phase_button), next >= 0);
}

static void
update (PlanciaCommissionWindow *self)
{
  if (self->visit == NULL)
    return;
  update_rows (self);
  update_progress (self);
  update_head (self);
  update_foot (self);
  update_phase (self);
}

/* --- reading --------------------------------------------------------------------------------- */

static void read_step (PlanciaCommissionWindow *self, guint step);

static void
set_reading_all (PlanciaCommissionWindow *self, gboolean reading)
{
  self->reading_all = reading;
  gtk_widget_set_sensitive (self->all_button, !reading);
}

/* From this one on, all that need nobody. */
static void
read_on (PlanciaCommissionWindow *self, guint step)
{
  while (step < plancia_visit_get_n_steps (self->visit) &&
         plancia_visit_get_rule (self->visit, step)->person)
    step++;
  if (step < plancia_visit_get_n_steps (self->visit))
    read_step (self, step);
  else
    set_reading_all (self, FALSE);
}

typedef struct
{
  PlanciaCommissionWindow *self;
  PlanciaVisit            *visit;
  guint                    step;
} Reading;

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading                 *reading = user_data;
  PlanciaCommissionWindow *self = reading->self;
  g_autoptr (GError) error = NULL;
  gboolean read = plancia_gather_finish (result, &error);

  /* Why it failed stands in the visit. */
  if (self->visit == reading->visit && self->step_view != NULL) {
    plancia_commission_step_set_busy (self->step_view, FALSE);
    if (self->reading_all && (read || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
      read_on (self, reading->step + 1);
  }
  g_object_unref (reading->visit);
  g_object_unref (self);
  g_free (reading);
}

static void
read_step (PlanciaCommissionWindow *self, guint step)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->self = g_object_ref (self);
  reading->visit = g_object_ref (self->visit);
  reading->step = step;
  plancia_commission_step_set_busy (self->step_view, TRUE);
  plancia_gather_async (self->plant,
                        self->device,
                        self->visit,
                        step,
                        self->cancellable,
                        read_cb,
                        reading);
}

static void
read_again_cb (PlanciaCommissionWindow *self)
{
  if (self->visit != NULL)
    read_step (self, self->step);
}

static void
on_all (PlanciaCommissionWindow *self)
{
  if (self->visit == NULL || self->reading_all)
    return;
  set_reading_all (self, TRUE);
  read_on (self, 0);
}

/* --- steps ----------------------------------------------------------------------------------- */

static void
show_step (PlanciaCommissionWindow *self, guint step)
{
  const PlanciaStep *rule = plancia_visit_get_rule (self->visit, step);

  self->step = step;
  plancia_commission_step_show (self->step_view, self->language, self->visit, step, zone_of (self));
  plancia_commission_step_set_setting (self->step_view,
                                       plancia_commission_settings_label (self->device, rule->id));
  gtk_widget_set_visible (GTK_WIDGET (self->direction_view), is_direction (self));
  plancia_commission_step_set_verdict_only (self->step_view, is_direction (self));
  if (is_direction (self))
    plancia_commission_direction_show (self->direction_view,
                                       self->language,
                                       self->session,
                                       self->device,
                                       self->visit,
                                       self->demo);
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)),
    0);
  update (self);
  if (plancia_visit_get_step (self->visit, step)->time == 0 && !rule->person && !self->reading_all)
    read_step (self, step);
}

static void
set_done_cb (gpointer user_data)
{
  PlanciaCommissionWindow *self = user_data;

  if (self->visit != NULL)
    read_step (self, self->step);
}

static void
set_cb (PlanciaCommissionWindow *self)
{
  plancia_commission_settings_run (GTK_WINDOW (self),
                                   self->session,
                                   self->device,
                                   plancia_visit_get_rule (self->visit, self->step)->id,
                                   set_done_cb,
                                   self);
}

static void
on_row (PlanciaCommissionWindow *self, PlanciaCommissionRow *row)
{
  if (self->visit == NULL)
    return;
  show_step (self, plancia_commission_row_get_step (row));
  adw_leaflet_set_visible_child (self->leaflet, self->step_pane);
}

static void
on_list (PlanciaCommissionWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->steps_pane);
}

static void
on_previous (PlanciaCommissionWindow *self)
{
  if (self->visit != NULL && self->step > 0)
    show_step (self, self->step - 1);
}

static void
on_next (PlanciaCommissionWindow *self)
{
  guint next;

  if (self->visit == NULL)
    return;
  next = plancia_visit_get_next (self->visit, self->step);
  if (next < plancia_visit_get_n_steps (self->visit))
    show_step (self, next);
  else if (gtk_drop_down_get_selected (self->device_drop) + 1 < self->devices->len)
    gtk_drop_down_set_selected (self->device_drop,
                                gtk_drop_down_get_selected (self->device_drop) + 1);
  else
    gtk_widget_error_bell (self->next_button);
}

static void
on_note (PlanciaCommissionWindow *self)
{
  if (!self->updating && self->visit != NULL)
    plancia_visit_set_note (self->visit, self->step, gtk_editable_get_text (self->note_entry));
}

static void
on_phase (PlanciaCommissionWindow *self)
{
  int next = plancia_commission_direction_get_next (self->direction_view);

  if (next >= 0)
    plancia_commission_direction_begin (self->direction_view, (guint) next);
}

static void
saved_cb (PlanciaCommissionWindow *self, const char *path, GtkWindow *dialog)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *text = g_strdup_printf (_("Saved: %s, with its data beside it"), name);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
  gtk_window_destroy (dialog);
}

static void
on_report (PlanciaCommissionWindow *self)
{
  GtkWindow *dialog;

  if (self->visit == NULL)
    return;
  dialog = plancia_commission_report_dialog_new (GTK_WINDOW (self),
                                                 self->plant,
                                                 self->device,
                                                 self->visit);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
on_close (PlanciaCommissionWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_folded (PlanciaCommissionWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->close_button, !folded);
  adw_button_content_set_label (self->report_content, folded ? "" : _("Report…"));
}

/* --- devices --------------------------------------------------------------------------------- */

static void
fill_list (PlanciaCommissionWindow *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < plancia_visit_get_n_steps (self->visit); i++)
    gtk_list_box_append (self->list, plancia_commission_row_new (i));
}

static void
forget_visit (PlanciaCommissionWindow *self)
{
  if (self->visit != NULL)
    g_signal_handlers_disconnect_by_data (self->visit, self);
  if (self->direction_view != NULL)
    plancia_commission_direction_stop (self->direction_view);
  g_clear_object (&self->visit);
  g_clear_object (&self->device);
}

static void
take_visit (PlanciaCommissionWindow *self, PlanciaVisit *visit)
{
  guint first;

  self->visit = g_object_ref (visit);
  g_signal_connect_object (visit, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  fill_list (self);
  first = plancia_visit_get_next (visit, plancia_visit_get_n_steps (visit) - 1);
  show_step (self, MIN (first, plancia_visit_get_n_steps (visit) - 1));
}

static void
visit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaCommissionWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaVisit)
    visit = plancia_visits_get_finish (PLANCIA_VISITS (source), result, &error);

  if (self->device == NULL)
    return;
  if (visit == NULL)
    plancia_error_dialog_show (GTK_WINDOW (self),
                               _("The commissioning of this device could not be read"), error);
  else if (g_str_equal (plancia_visit_get_device (visit), plancia_device_get_id (self->device)))
    take_visit (self, visit);
}

static void
show_device (PlanciaCommissionWindow *self, PlanciaDevice *device)
{
  forget_visit (self);
  set_reading_all (self, FALSE);
  self->device = g_object_ref (device);
  plancia_visits_get_async (plancia_visits_for (self->plant),
                            device,
                            visit_cb,
                            g_object_ref (self));
}

static void
restart_cb (PlanciaCommissionWindow *self)
{
  PlanciaDevice *device;

  if (self->visit == NULL)
    return;
  device = g_object_ref (self->device);
  plancia_visits_restart (plancia_visits_for (self->plant), self->visit);
  show_device (self, device);
  g_object_unref (device);
}

static void
on_device (PlanciaCommissionWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->device_drop);

  if (!self->updating && selected < self->devices->len)
    show_device (self, g_ptr_array_index (self->devices, selected));
}

static void
fill_devices (PlanciaCommissionWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->devices->len; i++)
    gtk_string_list_append (names, plancia_device_get_name (g_ptr_array_index (self->devices, i)));
  self->updating = TRUE;
  gtk_drop_down_set_model (self->device_drop, G_LIST_MODEL (names));
  self->updating = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->device_drop), self->devices->len > 1);
}

/* The plant it is about is closed, or another one is looked at. */
static void
plant_changed_cb (PlanciaCommissionWindow *self)
{
  if (plancia_session_get_plant (self->session) != self->plant)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_commission_window_dispose (GObject *object)
{
  PlanciaCommissionWindow *self = PLANCIA_COMMISSION_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  forget_visit (self);
  self->step_view = NULL;
  self->direction_view = NULL;
  g_clear_pointer (&self->devices, g_ptr_array_unref);
  g_clear_object (&self->demo);
  g_clear_object (&self->plant);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_commission_window_parent_class)->dispose (object);
}

static void
plancia_commission_window_finalize (GObject *object)
{
  PlanciaCommissionWindow *self = PLANCIA_COMMISSION_WINDOW (object);

  g_clear_pointer (&self->language, plancia_report_language_unref);
  g_clear_object (&self->cancellable);
  g_free (self->subject);

  G_OBJECT_CLASS (plancia_commission_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PlanciaCommissionWindow, name)
  BIND (toasts);
  BIND (leaflet);
  BIND (steps_pane);
  BIND (step_pane);
  BIND (progress_label);
  BIND (bar);
  BIND (device_drop);
  BIND (list);
  BIND (all_button);
  BIND (title_label);
  BIND (device_label);
  BIND (report_content);
  BIND (close_button);
  BIND (scrolled);
  BIND (box);
  BIND (note_entry);
  BIND (previous_button);
  BIND (next_button);
  BIND (phase_button);
#undef BIND
}

static void
plancia_commission_window_class_init (PlanciaCommissionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_commission_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_commission_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/commission-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_device);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_list);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_note);
  gtk_widget_class_bind_template_callback (widget_class, on_phase);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_report);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
}

static void
plancia_commission_window_init (PlanciaCommissionWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "commission");
  adw_header_bar_pack_end (ADW_HEADER_BAR (gtk_widget_get_first_child (self->steps_pane)),
                           plancia_commission_restart_new (G_CALLBACK (restart_cb), self));
  self->cancellable = g_cancellable_new ();
  self->language = plancia_report_language_new (NULL, NULL);
  if (self->language == NULL)
    self->language = plancia_report_language_new ("en", NULL);
  self->step_view = g_object_new (PLANCIA_TYPE_COMMISSION_STEP, NULL);
  self->direction_view = g_object_new (PLANCIA_TYPE_COMMISSION_DIRECTION, NULL);
  gtk_box_append (self->box, GTK_WIDGET (self->direction_view));
  gtk_box_append (self->box, GTK_WIDGET (self->step_view));
  g_signal_connect_object (self->direction_view,
                           "changed",
                           G_CALLBACK (update_phase),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step_view,
                           "read-again",
                           G_CALLBACK (read_again_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step_view, "set", G_CALLBACK (set_cb), self, G_CONNECT_SWAPPED);
}

/* --- opening --------------------------------------------------------------------------------- */

static gboolean
raise_open (GtkWindow *parent, const char *subject)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    if (!PLANCIA_IS_COMMISSION_WINDOW (l->data) ||
        !g_str_equal (PLANCIA_COMMISSION_WINDOW (l->data)->subject, subject))
      continue;
    gtk_window_present (l->data);
    return TRUE;
  }
  return FALSE;
}

void
plancia_commission_window_open (GtkWindow        *parent,
                                PlanciaSession   *session,
                                PlanciaDevice    *device,
                                PlanciaDemoPlant *demo)
{
  PlanciaOpenPlant        *plant = plancia_session_get_plant (session);
  PlanciaCommissionWindow *self;
  GPtrArray               *devices;

  if (plant == NULL || raise_open (parent, plancia_device_get_id (device)))
    return;
  devices = plancia_commission_devices_list (plant, device);
  if (devices->len == 0) {
    g_ptr_array_unref (devices);
    return;
  }
  self = g_object_new (PLANCIA_TYPE_COMMISSION_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->plant = g_object_ref (plant);
  self->demo = demo != NULL ? g_object_ref (demo) : NULL;
  self->devices = devices;
  self->subject = g_strdup (plancia_device_get_id (device));
  g_signal_connect_object (session,
                           "notify::plant",
                           G_CALLBACK (plant_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  fill_devices (self);
  show_device (self, g_ptr_array_index (devices, 0));
  if (parent != NULL)
    gtk_window_set_application (GTK_WINDOW (self), gtk_window_get_application (parent));
  gtk_window_present (GTK_WINDOW (self));
}

PlanciaVisit *
plancia_commission_window_get_visit (PlanciaCommissionWindow *self)
{
  return self->visit;
}

PlanciaDirectionTest *
plancia_commission_window_get_test (PlanciaCommissionWindow *self)
{
  return plancia_commission_direction_get_test (self->direction_view);
}

void
plancia_commission_window_begin_phase (PlanciaCommissionWindow *self, guint phase)
{
  plancia_commission_direction_begin (self->direction_view, phase);
}

void
plancia_commission_window_show_step (PlanciaCommissionWindow *self, guint step)
{
  show_step (self, step);
  adw_leaflet_set_visible_child (self->leaflet, self->step_pane);
}
