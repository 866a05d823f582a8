/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/restore-dialog.h"

#include "base/signal-new.h"
#include "model/map-job.h"
#include "model/restore-plan.h"
#include "model/snapshot-words.h"
#include "model/snapshots.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/register-cells.h"
#include "ui/restore-stage.h"

#include <glib/gi18n.h>

struct _PlanciaRestoreDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle      *title;
  GtkWidget           *stage;
  AdwComboRow         *target;
  AdwExpanderRow      *include;
  GtkBox              *warnings;
  GtkStack            *stack;
  PlanciaHelpButton   *help;
  GtkLabel            *failure;
  AdwPreferencesGroup *write_group;
  AdwPreferencesGroup *left_group;
  GtkLabel            *summary;

  PlanciaSession     *session;
  PlanciaSnapshots   *snapshots;
  PlanciaSnapshot    *source;
  PlanciaMap         *source_map; /* NULL until it is loaded, or if it is not known */
  PlanciaWorker      *worker;     /* loads it */
  GPtrArray          *targets;    /* PlanciaDevice */
  PlanciaDevice      *device;     /* the one chosen */
  PlanciaSnapshot    *present;    /* of it */
  PlanciaRestorePlan *plan;
  PlanciaFieldKeep    wanted; /* that is left out by default */
  GCancellable       *cancellable;
  GPtrArray          *rows; /* of the two groups, borrowed */
};

enum {
  SIGNAL_STAGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRestoreDialog, plancia_restore_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* What a person may want all the same. */
static const struct
{
  PlanciaFieldKeep keep;
  const char      *name;
  const char      *detail;
} choices[] = {
  {PLANCIA_KEEP_ADDRESS,
   N_ ("Addresses and connection"),             N_ ("Bus address, line speed, place among several devices")},
   {PLANCIA_KEEP_CALIBRATION,
   N_ ("Calibration"),                          N_ ("Corrections that belong to one device and its place") },
    {PLANCIA_KEEP_SWITCH,      N_ ("On and off"), N_ ("Whether the device works at all")                     },
};

/* --- the plan -------------------------------------------------------------------------------- */

static void
clear_rows (PlanciaRestoreDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);

    adw_preferences_group_remove (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP) ==
                                      GTK_WIDGET (self->write_group)
                                    ? self->write_group
                                    : self->left_group,
                                  row);
  }
  g_ptr_array_set_size (self->rows, 0);
}

static char *
value_text (const PlanciaField *field, const PlanciaValue *value, const guint16 *words)
{
  g_autofree char *text = plancia_field_format (field, value, words);

  if (field->unit[0] == '\0')
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s\xc2\xa0%s", text, field->unit);
}

static char *
words_text (const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};

  if (words == NULL)
    return g_strdup ("\xe2\x80\x94");
  plancia_field_decode (field, words, &value);
  return value_text (field, &value, words);
}

static GtkWidget *
new_values (const PlanciaRestoreItem *item)
{
  g_autofree char *now = words_text (item->field, item->present);
  g_autofree char *wanted = value_text (item->field, &item->value, item->wanted);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *old = gtk_label_new (now), *arrow = gtk_label_new (plancia_register_arrow ());
  GtkWidget       *label = gtk_label_new (wanted);

  gtk_widget_add_css_class (old, "old-value");
  gtk_widget_add_css_class (arrow, "old-value");
  gtk_widget_add_css_class (label, "new-value");
  gtk_widget_add_css_class (box, "numeric");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), old);
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
add_item (PlanciaRestoreDialog *self, const PlanciaRestoreItem *item)
{
  gboolean         write = item->action == PLANCIA_RESTORE_WRITE;
  g_autofree char *words = plancia_restore_item_dup_words (item);
  g_autofree char *subtitle = write
                                ? g_strdup_printf ("%04X", item->field->address)
                                : g_strdup_printf ("%04X \xc2\xb7 %s", item->field->address, words);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), plancia_map_label (item->field->name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (row, "two-lines");
  if (write)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_values (item));
  adw_preferences_group_add (write ? self->write_group : self->left_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
show_warnings (PlanciaRestoreDialog *self)
{
  g_auto (GStrv) lines = plancia_restore_plan_dup_warnings (self->plan);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->warnings))))
    gtk_box_remove (self->warnings, child);
  for (guint i = 0; lines[i] != NULL; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
    GtkWidget *icon = gtk_image_new_from_icon_name ("plancia-severity-warning-symbolic");
    GtkWidget *label = gtk_label_new (lines[i]);

    gtk_widget_add_css_class (icon, "warn-ink");
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_box_append (GTK_BOX (box), icon);
    gtk_box_append (GTK_BOX (box), label);
    gtk_box_append (self->warnings, box);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), lines[0] != NULL);
}

static void
show_summary (PlanciaRestoreDialog *self)
{
  guint            n = plancia_restore_plan_count (self->plan, PLANCIA_RESTORE_WRITE);
  guint            n_equal = plancia_restore_plan_count (self->plan, PLANCIA_RESTORE_EQUAL);
  g_autofree char *stage =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Stage %u setting", "Stage %u settings", n), n);
  g_autofree char *text = g_strdup_printf (
    /* TRANSLATORS: numbers of settings */
    _("%u to write, %u equal already. Nothing is written before the review."), n, n_equal);

  gtk_button_set_label (GTK_BUTTON (self->stage), stage);
  gtk_widget_set_sensitive (self->stage, n > 0);
  gtk_label_set_text (self->summary, text);
}

static void
show_plan (PlanciaRestoreDialog *self)
{
  PlanciaMap *map = plancia_device_get_map (self->device);

  if (self->present == NULL || map == NULL)
    return;
  g_clear_pointer (&self->plan, plancia_restore_plan_free);
  self->plan =
    plancia_restore_plan_new (self->source, self->source_map, self->present, map, self->wanted);
  clear_rows (self);
  for (guint i = 0; i < plancia_restore_plan_get_length (self->plan); i++) {
    const PlanciaRestoreItem *item = plancia_restore_plan_get (self->plan, i);

    if (item->action != PLANCIA_RESTORE_EQUAL)
      add_item (self, item);
  }
  adw_preferences_group_set_title (self->write_group,
                                   plancia_restore_plan_count (self->plan, PLANCIA_RESTORE_WRITE) >
                                     0
                                   ? _("To write")
                                   : _("Nothing has to be written"));
  adw_preferences_group_set_title (self->left_group, _("Left out"));
  show_warnings (self);
  show_summary (self);
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

/* --- the device ------------------------------------------------------------------------------ */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRestoreDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) present = plancia_snapshots_take_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL)
    return;
  if (present == NULL) {
    gtk_label_set_text (self->failure, plancia_error_text (error));
    plancia_help_button_set_error (self->help, error);
    gtk_stack_set_visible_child_name (self->stack, "failed");
    return;
  }
  g_set_object (&self->present, present);
  show_plan (self);
}

static void
read_device (PlanciaRestoreDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->present);
  g_clear_pointer (&self->plan, plancia_restore_plan_free);
  gtk_widget_set_sensitive (self->stage, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), FALSE);
  gtk_label_set_text (self->summary, _("Dry run: nothing is written here."));
  gtk_stack_set_visible_child_name (self->stack, "reading");
  self->cancellable = g_cancellable_new ();
  plancia_snapshots_take_async (self->snapshots,
                                self->device,
                                PLANCIA_SNAPSHOT_NOW,
                                NULL,
                                self->cancellable,
                                read_cb,
                                g_object_ref (self));
}

static void
target_cb (PlanciaRestoreDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->target);

  if (self->targets == NULL || selected >= self->targets->len ||
      self->device == g_ptr_array_index (self->targets, selected))
    return;
  g_set_object (&self->device, g_ptr_array_index (self->targets, selected));
  read_device (self);
}

/* The device of the snapshot first, then all others that may be written. */
static void
list_targets (PlanciaRestoreDialog *self, PlanciaDevice *own)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_add (self->targets, g_object_ref (own));
  gtk_string_list_append (names, plancia_device_get_name (own));
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (device == own || plancia_device_get_map (device) == NULL ||
        !(plancia_device_get_flags (device) & PLANCIA_BACKEND_WRITE))
      continue;
    g_ptr_array_add (self->targets, g_object_ref (device));
    gtk_string_list_append (names, plancia_device_get_name (device));
  }
  self->device = g_object_ref (own);
  adw_combo_row_set_model (self->target, G_LIST_MODEL (names));
}

/* --- the map of the snapshot ------------------------------------------------------------------- */

static void
map_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRestoreDialog) self = user_data;

  g_clear_pointer (&self->source_map, plancia_map_unref);
  self->source_map = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->cancellable != NULL)
    show_plan (self);
}

static void
find_source_map (PlanciaRestoreDialog *self, PlanciaDevice *own)
{
  PlanciaMap *map = plancia_device_get_map (own);
  const char *id = plancia_snapshot_get_map (self->source);

  if (map != NULL && g_str_equal (plancia_map_get_id (map), id))
    self->source_map = plancia_map_ref (map);
  else if (id[0] != '\0')
    plancia_map_job_run (self->worker,
                         self,
                         plancia_device_get_id (own),
                         id,
                         NULL,
                         NULL,
                         map_cb,
                         g_object_ref (self));
}

/* --- choices --------------------------------------------------------------------------------- */

static void
choice_cb (PlanciaRestoreDialog *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  guint keep = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toggle), "keep"));

  if (gtk_switch_get_active (toggle))
    self->wanted |= keep;
  else
    self->wanted &= ~keep;
  show_plan (self);
}

static void
add_choices (PlanciaRestoreDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    GtkWidget *row = adw_action_row_new ();
    GtkWidget *toggle = gtk_switch_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(choices[i].name));
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(choices[i].detail));
    gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
    gtk_accessible_update_property (GTK_ACCESSIBLE (toggle),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (choices[i].name), -1);
    g_object_set_data (G_OBJECT (toggle), "keep", GUINT_TO_POINTER (choices[i].keep));
    g_signal_connect_object (toggle,
                             "notify::active",
                             G_CALLBACK (choice_cb),
                             self,
                             G_CONNECT_SWAPPED);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
    adw_expander_row_add_row (self->include, row);
  }
}

static void
stage_cb (PlanciaRestoreDialog *self)
{
  if (self->plan == NULL)
    return;
  plancia_session_set_device (self->session, self->device);
  if (plancia_restore_stage (self->plan, self->device, GTK_WIDGET (self)) == 0)
    return;
  g_signal_emit (self, signals[SIGNAL_STAGED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_restore_dialog_dispose (GObject *object)
{
  PlanciaRestoreDialog *self = PLANCIA_RESTORE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->plan, plancia_restore_plan_free);
  g_clear_pointer (&self->source_map, plancia_map_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->device);
  g_clear_object (&self->present);
  g_clear_object (&self->source);
  g_clear_object (&self->snapshots);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_restore_dialog_parent_class)->dispose (object);
}

static void
plancia_restore_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_RESTORE_DIALOG (object)->rows);

  G_OBJECT_CLASS (plancia_restore_dialog_parent_class)->finalize (object);
}

static void
plancia_restore_dialog_class_init (PlanciaRestoreDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_restore_dialog_dispose;
  object_class->finalize = plancia_restore_dialog_finalize;

  signals[SIGNAL_STAGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "staged", 0);

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, stage);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, target);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, include);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, warnings);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, write_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, left_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRestoreDialog, summary);
  gtk_widget_class_bind_template_callback (widget_class, stage_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_restore_dialog_init (PlanciaRestoreDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->targets = g_ptr_array_new_with_free_func (g_object_unref);
  self->worker = plancia_worker_new ("restore");
  add_choices (self);
}

GtkWidget *
plancia_restore_dialog_new (PlanciaSession  *session,
                            PlanciaDevice   *device,
                            PlanciaSnapshot *snapshot)
{
  PlanciaRestoreDialog *self = g_object_new (PLANCIA_TYPE_RESTORE_DIALOG, NULL);
  PlanciaOpenPlant     *plant = plancia_session_get_plant (session);
  g_autofree char      *subtitle =
    plancia_snapshot_words_subtitle (snapshot,
                                     plancia_plant_get_zone (plancia_open_plant_get_plant (plant)));
  g_autofree char *title = plancia_snapshot_words_title (snapshot);
  g_autofree char *line = g_strdup_printf ("%s \xc2\xb7 %s", title, subtitle);

  self->session = g_object_ref (session);
  self->snapshots = g_object_ref (plancia_snapshots_for (plant));
  self->source = g_object_ref (snapshot);
  adw_window_title_set_subtitle (self->title, line);
  find_source_map (self, device);
  list_targets (self, device);
  read_device (self);
  return GTK_WIDGET (self);
}
