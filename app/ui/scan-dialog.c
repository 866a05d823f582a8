/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/scan-dialog.h"

#include "base/signal-new.h"
#include "map/raw-edit.h"
#include "model/address-scan.h"
#include "model/device-unit.h"
#include "ui/error-text.h"
#include "ui/function-choice.h"
#include "ui/help-button.h"
#include "ui/scan-columns.h"
#include "ui/text-export.h"
#include "ui/time-left.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaScanDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *range_group;
  GtkDropDown         *function_drop;
  GtkEditable         *first_entry;
  GtkEditable         *last_entry;
  GtkSpinButton       *finest_spin;
  GtkWidget           *start_button;
  GtkWidget           *stop_button;
  GtkWidget           *export_button;
  GtkProgressBar      *bar;
  PlanciaHelpButton   *help;
  GtkLabel            *progress;
  GtkStack            *stack;
  GtkColumnView       *view;

  PlanciaDevice      *device;
  PlanciaAddressScan *scan;
  guint8              function; /* of the scan */
  PlanciaWorker      *worker;
  guint               tick_id; /* the time left goes by */
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaScanDialog, plancia_scan_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- words ----------------------------------------------------------------------------------- */

static char *
running_text (PlanciaScanDialog *self, guint done, guint all)
{
  gint64           left = plancia_address_scan_get_time_left (self->scan);
  g_autofree char *left_text = left >= 0 ? plancia_time_left_text (left) : NULL;

  if (left_text == NULL)
    /* TRANSLATORS: how many registers were asked, how many in all */
    return g_strdup_printf (_ ("%u of %u"), done, all);
  /* TRANSLATORS: how many registers were asked, how many in all, "41 seconds left" */
  return g_strdup_printf (_ ("%u of %u · %s"), done, all, left_text);
}

static char *
found_text (PlanciaScanDialog *self, guint requests)
{
  guint            n = plancia_address_scan_count (self->scan, PLANCIA_SCAN_ANSWERS);
  g_autofree char *answers =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u register answers", "%u registers answer", n),
                     n);
  g_autofree char *asked =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u request", "%u requests", requests),
                     requests);

  return g_strdup_printf ("%s · %s", answers, asked);
}

static char *
ended_text (PlanciaScanDialog *self, guint done, guint all, guint requests)
{
  const GError    *error = plancia_address_scan_get_error (self->scan);
  g_autofree char *found = found_text (self, requests);
  const char      *advice = error != NULL ? plancia_error_advice (error) : NULL;
  g_autofree char *reason = NULL;

  if (done == all && error == NULL)
    return g_steal_pointer (&found);
  if (error != NULL)
    reason = g_strjoin (advice != NULL ? " " : "", plancia_error_text (error), advice, NULL);
  else
    /* TRANSLATORS: how many registers were asked, how many there were in all */
    reason = g_strdup_printf (_ ("Stopped after %u of %u."), done, all);
  return g_strdup_printf ("%s %s", reason, found);
}

static void
show_progress (PlanciaScanDialog *self)
{
  gboolean         running = plancia_address_scan_is_running (self->scan);
  guint            done = 0, all = 0, requests = 0;
  g_autofree char *text = NULL;

  plancia_address_scan_get_progress (self->scan, &done, &all, &requests);
  if (all > 0)
    text = running ? running_text (self, done, all) : ended_text (self, done, all, requests);
  gtk_label_set_text (self->progress, text != NULL ? text : "");
  plancia_help_button_set_error (self->help,
                                 running ? NULL : plancia_address_scan_get_error (self->scan));
  gtk_progress_bar_set_fraction (self->bar, all > 0 ? (double) done / all : 0);
}

/* --- state ----------------------------------------------------------------------------------- */

static gboolean
get_range (PlanciaScanDialog *self, guint16 *first, guint16 *last)
{
  return plancia_raw_parse_address (gtk_editable_get_text (self->first_entry), first, NULL) &&
         plancia_raw_parse_address (gtk_editable_get_text (self->last_entry), last, NULL) &&
         *first <= *last;
}

static gboolean
is_connected (PlanciaScanDialog *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  return backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

static void
update (PlanciaScanDialog *self)
{
  gboolean running = plancia_address_scan_is_running (self->scan);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->scan)) > 0;
  guint16  first, last;

  show_progress (self);
  gtk_widget_set_visible (self->start_button, !running);
  gtk_widget_set_sensitive (self->start_button,
                            is_connected (self) && get_range (self, &first, &last));
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_sensitive (self->export_button, any);
  gtk_widget_set_sensitive (GTK_WIDGET (self->range_group), !running);
  gtk_stack_set_visible_child_name (self->stack, any ? "found" : "empty");
}

static void
range_cb (PlanciaScanDialog *self)
{
  guint16 first, last;

  if (self->scan != NULL)
    gtk_widget_set_sensitive (self->start_button,
                              is_connected (self) && get_range (self, &first, &last));
}

static gboolean
tick (gpointer user_data)
{
  PlanciaScanDialog *self = user_data;

  if (plancia_address_scan_is_running (self->scan))
    show_progress (self);
  return G_SOURCE_CONTINUE;
}

/* --- buttons --------------------------------------------------------------------------------- */

static void
start_clicked (PlanciaScanDialog *self)
{
  plancia_scan_dialog_start (self);
}

static void
stop_clicked (PlanciaScanDialog *self)
{
  plancia_address_scan_stop (self->scan);
}

static void
export_clicked (PlanciaScanDialog *self)
{
  g_autofree char *text = plancia_address_scan_to_csv (self->scan);

  plancia_text_export_ask (GTK_WIDGET (self),
                           self->worker,
                           _ ("Export what was found"),
                              /* TRANSLATORS: proposed name of a file */
                              _ ("registers-found.csv"), text);
}

static void
activate_cb (PlanciaScanDialog *self, guint position)
{
  g_autoptr (PlanciaScanSpan) span = g_list_model_get_item (G_LIST_MODEL (self->scan), position);

  if (span != NULL)
    g_signal_emit (self,
                   signals[SIGNAL_CHOSEN],
                   0,
                   (guint) self->function,
                   plancia_scan_span_get_first (span),
                   plancia_scan_span_get_last (span));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_scan_dialog_dispose (GObject *object)
{
  PlanciaScanDialog *self = PLANCIA_SCAN_DIALOG (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->scan != NULL) {
    g_signal_handlers_disconnect_by_data (self->scan, self);
    plancia_address_scan_stop (self->scan);
    gtk_column_view_set_model (self->view, NULL);
  }
  g_clear_object (&self->scan);
  g_clear_object (&self->device);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (plancia_scan_dialog_parent_class)->dispose (object);
}

static void
plancia_scan_dialog_class_init (PlanciaScanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_scan_dialog_dispose;

  signals[SIGNAL_CHOSEN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass),
                                               "chosen",
                                               3,
                                               G_TYPE_UINT,
                                               G_TYPE_UINT,
                                               G_TYPE_UINT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/scan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, range_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, function_drop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, first_entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, last_entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, finest_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaScanDialog, view);
  gtk_widget_class_bind_template_callback (widget_class, start_clicked);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked);
  gtk_widget_class_bind_template_callback (widget_class, range_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
plancia_scan_dialog_init (PlanciaScanDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("scan");
  self->tick_id = g_timeout_add_seconds (1, tick, self);
  plancia_scan_columns_add (self->view);
}

/* --- public ---------------------------------------------------------------------------------- */

static void
describe (PlanciaScanDialog *self)
{
  PlanciaEntry    *entry = plancia_device_get_entry (self->device);
  PlanciaAddress  *address = entry != NULL ? plancia_entry_get_address (entry) : NULL;
  guint            pause = address != NULL ? plancia_address_get_spacing (address) : 0;
  g_autofree char *name = g_markup_escape_text (plancia_device_get_name (self->device), -1);
  g_autofree char *text = NULL;

  if (pause > 0)
    /* TRANSLATORS: %s is the name of a device, %g a number of seconds */
    text =
      g_strdup_printf (_ ("%s: the range is read block by block, and what is refused in smaller "
                               "pieces, with %g s between two requests. Nothing is written."),
                          name,
                          pause / 1000.0);
  else
    /* TRANSLATORS: %s is the name of a device */
    text =
      g_strdup_printf (_ ("%s: the range is read block by block, and what is refused in smaller "
                               "pieces. Nothing is written."),
                          name);
  adw_preferences_group_set_description (self->range_group, text);
}

GtkWindow *
plancia_scan_dialog_new (GtkWindow *parent, PlanciaDevice *device)
{
  PlanciaScanDialog *self = g_object_new (PLANCIA_TYPE_SCAN_DIALOG, NULL);
  g_autoptr (GtkNoSelection) selection = NULL;

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  self->device = g_object_ref (device);
  self->scan = plancia_address_scan_new (plancia_device_get_backend (device),
                                         plancia_device_find_unit (device),
                                         plancia_device_get_map (device));
  g_signal_connect_object (self->scan, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->scan)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  plancia_function_choice_fill (self->function_drop, device);
  describe (self);
  update (self);
  return GTK_WINDOW (self);
}

void
plancia_scan_dialog_start (PlanciaScanDialog *self)
{
  guint16 first, last;

  g_return_if_fail (PLANCIA_IS_SCAN_DIALOG (self));

  if (!get_range (self, &first, &last) || !is_connected (self))
    return;
  self->function = plancia_function_choice_get (self->function_drop, self->device);
  plancia_address_scan_set_finest (self->scan,
                                   (guint) gtk_spin_button_get_value_as_int (self->finest_spin));
  plancia_address_scan_start (self->scan, self->function, first, last);
}
