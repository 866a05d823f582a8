/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/compare-page.h"

#include "base/signal-new.h"
#include "model/comparison.h"
#include "model/open-plant-journal.h"
#include "model/snapshots.h"
#include "ui/compare-columns.h"
#include "ui/error-text.h"
#include "ui/form-bin.h"
#include "ui/help-button.h"
#include "ui/restore-dialog.h"
#include "ui/restore-stage.h"
#include "ui/snapshot-ask.h"
#include "ui/snapshot-chooser.h"
#include "ui/text-export.h"

#include <glib/gi18n.h>

struct _PlanciaComparePage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin         *form;
  PlanciaSnapshotChooser *chooser_a;
  PlanciaSnapshotChooser *chooser_b;
  GtkSpinner             *spinner;
  GtkToggleButton        *changed_button;
  GtkWidget              *restore_button;
  GtkStack               *stack;
  GtkColumnView          *view;
  AdwStatusPage          *status;
  PlanciaHelpButton      *help;
  GtkWidget              *take_button;
  GtkWidget              *foot;
  GtkWidget              *foot_icon;
  GtkLabel               *count_label;
  GtkLabel               *hint_label;
  GtkWidget              *stage_button;

  PlanciaSession     *session; /* borrowed from the bin */
  PlanciaWorker      *worker;  /* writes exports */
  PlanciaDevice      *device;
  PlanciaSnapshots   *snapshots; /* of the plant, or NULL */
  PlanciaSnapshot    *a;
  PlanciaSnapshot    *b;
  PlanciaComparison  *comparison;
  GSimpleActionGroup *actions;
  GCancellable       *reading; /* while the device is read */
  gboolean            reading_a;
};

enum {
  SIGNAL_STAGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaComparePage, plancia_compare_page, PLANCIA_TYPE_SESSION_BIN)

static guint signals[N_SIGNALS];

/* --- what is shown --------------------------------------------------------------------------- */

static void
enable (PlanciaComparePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* A is to be written: it has to be something kept, and the device one that may be written. */
static gboolean
may_restore (PlanciaComparePage *self)
{
  return self->a != NULL && self->device != NULL &&
         plancia_snapshot_get_reason (self->a) != PLANCIA_SNAPSHOT_NOW &&
         plancia_device_get_flags (self->device) & PLANCIA_BACKEND_WRITE;
}

static void
show_foot (PlanciaComparePage *self)
{
  guint            n = plancia_comparison_count_different (self->comparison);
  guint            n_stage = plancia_comparison_count_stageable (self->comparison);
  g_autofree char *count = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u of %u registers differs", "%u of %u registers differ", n),
    n,
    plancia_comparison_count_all (self->comparison));
  g_autofree char *stage = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Stage A for %u setting", "Stage A for %u settings", n_stage),
    n_stage);

  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->hint_label,
                      _("Staging takes the values of A; nothing is written before the review."));
  gtk_button_set_label (GTK_BUTTON (self->stage_button), stage);
  enable (self, "stage", n_stage > 0 && may_restore (self));
}

static void
show_status (PlanciaComparePage *self, const char *title, const char *description)
{
  plancia_help_button_set_place (self->help, NULL);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, description);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
show_trouble (PlanciaComparePage *self, const GError *error)
{
  show_status (self, _("The device could not be read"), plancia_error_text (error));
  plancia_help_button_set_error (self->help, error);
}

static void
show_stack (PlanciaComparePage *self)
{
  gboolean any = self->comparison != NULL &&
                 g_list_model_get_n_items (G_LIST_MODEL (self->comparison)) > 0;

  gtk_widget_set_visible (self->foot, self->comparison != NULL);
  gtk_widget_set_visible (self->take_button, self->a == NULL);
  if (any)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->a == NULL)
    show_status (
      self,
      _("No snapshots yet"),
        _("A snapshot keeps what all registers of the device hold, to compare and to restore later."));
  else if (self->b == NULL)
    show_status (self, _("Reading all registers…"), NULL);
  else
    show_status (self,
                 _("No differences"),
                    _("Readings and counters move by themselves and are left out."));
}

static void
comparison_changed_cb (PlanciaComparePage *self)
{
  show_foot (self);
  show_stack (self);
}

/* The map of the device is that of its snapshots, unless it got another one since. */
static PlanciaMap *
map_of (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  PlanciaMap *map = self->device != NULL ? plancia_device_get_map (self->device) : NULL;

  return map != NULL && g_str_equal (plancia_map_get_id (map), plancia_snapshot_get_map (snapshot))
           ? map
           : NULL;
}

static void
set_comparison (PlanciaComparePage *self, PlanciaComparison *comparison)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_set_object (&self->comparison, comparison);
  if (comparison != NULL) {
    GAction *readings = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "readings");
    g_autoptr (GVariant) state = g_action_get_state (readings);

    plancia_comparison_set_only_changed (comparison,
                                         gtk_toggle_button_get_active (self->changed_button));
    plancia_comparison_set_with_readings (comparison, g_variant_get_boolean (state));
    g_signal_connect_object (comparison,
                             "changed",
                             G_CALLBACK (comparison_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
    selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (comparison)));
    show_foot (self);
  }
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

static void
journal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaComparison) comparison = user_data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GPtrArray)
    entries = plancia_journal_list_finish (PLANCIA_JOURNAL (source), result, NULL);

  /* Without the journal nobody knows who it was. */
  if (entries != NULL)
    plancia_comparison_set_writes (comparison, entries, zone);
}

/* A change that the journal does not know was made on another way: that is worth a look. */
static void
ask_journal (PlanciaComparePage *self)
{
  PlanciaSession      *session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));
  PlanciaOpenPlant    *plant = plancia_session_get_plant (session);
  PlanciaJournalFilter filter = {0};

  if (plant == NULL || self->device == NULL || map_of (self, self->a) == NULL ||
      map_of (self, self->b) == NULL)
    return;
  filter.device = plancia_device_get_journal_name (self->device);
  plancia_journal_list_async (plancia_open_plant_get_journal (plant),
                              &filter,
                              NULL,
                              journal_cb,
                              g_object_ref (self->comparison));
}

static void
compare (PlanciaComparePage *self)
{
  g_autoptr (PlanciaComparison) comparison = NULL;

  if (self->a != NULL && self->b != NULL)
    comparison =
      plancia_comparison_new (self->a, map_of (self, self->a), self->b, map_of (self, self->b));
  set_comparison (self, comparison);
  plancia_snapshot_chooser_show (self->chooser_a, self->a);
  plancia_snapshot_chooser_show (self->chooser_b, self->b);
  enable (self, "exchange", comparison != NULL);
  enable (self, "export-csv", comparison != NULL);
  enable (self, "export-json", comparison != NULL);
  enable (self, "export-snapshot", self->a != NULL);
  enable (self, "restore", may_restore (self));
  if (comparison != NULL)
    ask_journal (self);
  show_stack (self);
}

/* --- what there is now ----------------------------------------------------------------------- */

static void
stop_reading (PlanciaComparePage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaComparePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) now = plancia_snapshots_take_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reading == NULL)
    return;
  stop_reading (self);
  if (now != NULL)
    g_set_object (self->reading_a ? &self->a : &self->b, now);
  compare (self);
  if (now == NULL)
    show_trouble (self, error);
}

static void
read_now (PlanciaComparePage *self, gboolean as_a)
{
  stop_reading (self);
  if (self->device == NULL || self->snapshots == NULL)
    return;
  self->reading_a = as_a;
  self->reading = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_set_spinning (self->spinner, TRUE);
  plancia_snapshots_take_async (self->snapshots,
                                self->device,
                                PLANCIA_SNAPSHOT_NOW,
                                NULL,
                                self->reading,
                                read_cb,
                                g_object_ref (self));
}

/* --- choosing -------------------------------------------------------------------------------- */

static void
a_chosen_cb (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  if (snapshot == NULL) {
    read_now (self, TRUE);
    return;
  }
  g_set_object (&self->a, snapshot);
  compare (self);
}

static void
b_chosen_cb (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  if (snapshot == NULL) {
    read_now (self, FALSE);
    return;
  }
  g_set_object (&self->b, snapshot);
  compare (self);
}

/* The button has the note too. */
static void
note_asked_cb (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  g_signal_handlers_disconnect_by_data (snapshot, self);
  g_signal_connect_object (snapshot, "notify::note", G_CALLBACK (compare), self, G_CONNECT_SWAPPED);
  plancia_snapshot_ask_note (GTK_WIDGET (self), self->snapshots, snapshot);
}

static void
removed_cb (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  plancia_snapshot_ask_remove (GTK_WIDGET (self), self->snapshots, snapshot);
}

static PlanciaSnapshot *
dup_first (PlanciaComparePage *self)
{
  GListModel *list = self->snapshots != NULL && self->device != NULL
                       ? plancia_snapshots_get_list (self->snapshots, self->device)
                       : NULL;

  return list != NULL ? g_list_model_get_item (list, 0) : NULL;
}

static void
changed_cb (PlanciaComparePage *self)
{
  if (self->comparison != NULL)
    plancia_comparison_set_only_changed (self->comparison,
                                         gtk_toggle_button_get_active (self->changed_button));
}

/* --- device ---------------------------------------------------------------------------------- */

static gboolean
is_kept (PlanciaComparePage *self, PlanciaSnapshot *snapshot)
{
  GListModel *list = plancia_snapshots_get_list (self->snapshots, self->device);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaSnapshot) one = g_list_model_get_item (list, i);

    if (one == snapshot)
      return TRUE;
  }
  return plancia_snapshot_get_reason (snapshot) == PLANCIA_SNAPSHOT_NOW;
}

/* The first that comes is compared, one that is removed no more. */
static void
list_changed_cb (PlanciaComparePage *self)
{
  if (self->a != NULL && !is_kept (self, self->a))
    g_clear_object (&self->a);
  if (self->b != NULL && !is_kept (self, self->b))
    g_clear_object (&self->b);
  if (self->a == NULL)
    self->a = dup_first (self);
  compare (self);
}

static void
device_cb (PlanciaComparePage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = plant != NULL ? plancia_session_get_device (self->session) : NULL;
  GListModel       *list = NULL;
  GTimeZone        *zone = NULL;

  stop_reading (self);
  if (self->device != NULL && self->snapshots != NULL)
    g_signal_handlers_disconnect_by_data (
      plancia_snapshots_get_list (self->snapshots, self->device),
      self);
  g_set_object (&self->device, device);
  g_clear_object (&self->snapshots);
  if (plant != NULL)
    self->snapshots = g_object_ref (plancia_snapshots_for (plant));
  g_clear_object (&self->a);
  g_clear_object (&self->b);
  if (device != NULL) {
    list = plancia_snapshots_get_list (self->snapshots, device);
    zone = plancia_plant_get_zone (plancia_open_plant_get_plant (plant));
    g_signal_connect_object (list,
                             "items-changed",
                             G_CALLBACK (list_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
  }
  plancia_snapshot_chooser_set_list (self->chooser_a, list, zone);
  plancia_snapshot_chooser_set_list (self->chooser_b, list, zone);
  self->a = dup_first (self);
  compare (self);
}

/* --- actions --------------------------------------------------------------------------------- */

static void
exchange_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaComparePage *self = user_data;
  PlanciaSnapshot    *a = self->a;

  self->a = self->b;
  self->b = a;
  compare (self);
}

static void
change_readings (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaComparePage *self = user_data;

  g_simple_action_set_state (action, state);
  if (self->comparison != NULL)
    plancia_comparison_set_with_readings (self->comparison, g_variant_get_boolean (state));
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaComparePage *self = user_data;
  gboolean            csv = g_str_equal (g_action_get_name (G_ACTION (action)), "export-csv");
  g_autofree char    *text = csv ? plancia_comparison_to_csv (self->comparison)
                                 : plancia_comparison_to_json (self->comparison);

  plancia_text_export_ask (GTK_WIDGET (self),
                           self->worker,
                           _("Export the comparison"),
                              /* TRANSLATORS: proposed names of files */
                              csv
                              ? _("comparison.csv")
                              : _("comparison.json"), text);
}

static void
export_snapshot_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaComparePage *self = user_data;
  g_autoptr (GBytes) bytes = plancia_snapshot_format (self->a);

  plancia_text_export_ask (GTK_WIDGET (self),
                           self->worker,
                           _("Export the snapshot"),
                              /* TRANSLATORS: proposed name of a file */
                              _("snapshot.json"), g_bytes_get_data (bytes, NULL));
}

static void
staged_cb (PlanciaComparePage *self)
{
  g_signal_emit (self, signals[SIGNAL_STAGED], 0);
}

static void
restore_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaComparePage *self = user_data;
  GtkRoot            *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget          *dialog = plancia_restore_dialog_new (self->session, self->device, self->a);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  g_signal_connect_object (dialog, "staged", G_CALLBACK (staged_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
stage_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaComparePage *self = user_data;
  PlanciaMap         *map = plancia_device_get_map (self->device);
  g_autoptr (PlanciaRestorePlan) plan = NULL;

  if (map == NULL || self->a == NULL || self->b == NULL)
    return;
  plan =
    plancia_restore_plan_new (self->a, map_of (self, self->a), self->b, map, PLANCIA_KEEP_NONE);
  if (plancia_restore_stage (plan, self->device, GTK_WIDGET (self)) > 0)
    staged_cb (self);
}

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  read_now (user_data, FALSE);
}

static void
add_actions (PlanciaComparePage *self)
{
  static const GActionEntry entries[] = {
    {"exchange",        exchange_cb,        NULL, NULL,    NULL,            {0}},
    {"export-csv",      export_cb,          NULL, NULL,    NULL,            {0}},
    {"export-json",     export_cb,          NULL, NULL,    NULL,            {0}},
    {"export-snapshot", export_snapshot_cb, NULL, NULL,    NULL,            {0}},
    {"restore",         restore_cb,         NULL, NULL,    NULL,            {0}},
    {"stage",           stage_cb,           NULL, NULL,    NULL,            {0}},
    {"refresh",         refresh_cb,         NULL, NULL,    NULL,            {0}},
    {"readings",        NULL,               NULL, "false", change_readings, {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (self->actions));
}

static void
form_cb (PlanciaComparePage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);

  plancia_compare_columns_arrange (self->view, narrow, plancia_form_bin_get_scale (self->form));
  plancia_snapshot_chooser_set_narrow (self->chooser_a, narrow);
  plancia_snapshot_chooser_set_narrow (self->chooser_b, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->changed_button), !narrow);
  gtk_widget_set_visible (self->restore_button, !narrow);
  gtk_widget_set_visible (self->foot_icon, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), !narrow);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_compare_page_constructed (GObject *object)
{
  PlanciaComparePage *self = PLANCIA_COMPARE_PAGE (object);

  G_OBJECT_CLASS (plancia_compare_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::device", G_CALLBACK (device_cb));
  device_cb (self);
}

static void
plancia_compare_page_dispose (GObject *object)
{
  PlanciaComparePage *self = PLANCIA_COMPARE_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->comparison);
  g_clear_object (&self->a);
  g_clear_object (&self->b);
  g_clear_object (&self->snapshots);
  g_clear_object (&self->device);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_compare_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, chooser_a);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, chooser_b);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, changed_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, restore_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, status);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, take_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, foot);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaComparePage, stage_button);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, a_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, b_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_asked_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
plancia_compare_page_class_init (PlanciaComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_compare_page_constructed;
  object_class->dispose = plancia_compare_page_dispose;
  signals[SIGNAL_STAGED] = plancia_signal_new (PLANCIA_TYPE_COMPARE_PAGE, "staged", 0);

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  g_type_ensure (PLANCIA_TYPE_SNAPSHOT_CHOOSER);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_compare_page_init (PlanciaComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("comparison");
  add_actions (self);
  plancia_snapshot_chooser_set_up (self->chooser_a, "A", _("Choose what is compared"));
  plancia_snapshot_chooser_set_up (self->chooser_b, "B", _("Choose what it is compared with"));
  plancia_compare_columns_add (self->view);
  form_cb (self);
}

void
plancia_compare_page_begin (PlanciaComparePage *self)
{
  device_cb (self);
  read_now (self, FALSE);
}
