/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/findings-page.h"

#include "base/clock.h"
#include "base/text.h"
#include "findings/gather.h"
#include "ui/error-text.h"
#include "ui/finding-detail.h"
#include "ui/finding-row.h"
#include "ui/form-bin.h"

#include <glib/gi18n.h>

/* Shown in the history before and behind it. */
#define AROUND (7 * PLANCIA_DAY)

struct _PlanciaFindingsPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin       *form;
  GtkToggleButton      *open_button;
  GtkLabel             *state_label;
  GtkSpinner           *spinner;
  GtkStack             *stack;
  GtkListBox           *list;
  AdwStatusPage        *empty;
  GtkWidget            *past_button;
  PlanciaFindingDetail *detail;

  PlanciaSession     *session;     /* borrowed from the bin */
  GPtrArray          *findings;    /* PlanciaFinding; NULL: not judged yet */
  GError             *error;       /* why not */
  guint               days;        /* of which anything is known */
  GCancellable       *cancellable; /* of what is being judged */
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PlanciaFindingsPage, plancia_findings_page, PLANCIA_TYPE_SESSION_BIN)

static GTimeZone *
get_zone (PlanciaFindingsPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  return plancia_plant_get_zone (plancia_open_plant_get_plant (plant));
}

static const char *
find_device_name (PlanciaFindingsPage *self, const PlanciaFinding *finding)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = plancia_device_tree_find (plancia_open_plant_get_tree (plant),
                                                    finding->device);

  if (*finding->device == '\0')
    return _ ("Whole plant");
  return device != NULL ? plancia_device_get_name (device) : finding->device;
}

/* --- the list ------------------------------------------------------------------------------------ */

static gboolean
is_shown (PlanciaFindingsPage *self, const PlanciaFinding *finding)
{
  return !gtk_toggle_button_get_active (self->open_button) || finding->until == 0;
}

static guint
count (PlanciaFindingsPage *self, gboolean open_only)
{
  guint n = 0;

  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++)
    n += !open_only || ((const PlanciaFinding *) g_ptr_array_index (self->findings, i))->until == 0;
  return n;
}

static void
clear_list (PlanciaFindingsPage *self)
{
  GtkWidget *row;

  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
show_empty (PlanciaFindingsPage *self)
{
  gboolean past = count (self, FALSE) > 0;

  gtk_widget_set_visible (self->past_button, past);
  adw_status_page_set_icon_name (self->empty,
                                 self->findings != NULL && self->days > 0
                                   ? "plancia-verified-symbolic"
                                   : "plancia-history-symbolic");
  if (self->error != NULL) {
    adw_status_page_set_title (self->empty, _ ("The history could not be judged"));
    adw_status_page_set_description (self->empty, plancia_error_text (self->error));
  } else if (self->findings == NULL) {
    adw_status_page_set_title (self->empty, _ ("The history is being judged"));
    adw_status_page_set_description (self->empty, _ ("The first time this reads all of it."));
  } else {
    const char *title = past ? _ ("Nothing is wrong now") : _ ("No findings");

    adw_status_page_set_title (self->empty, self->days > 0 ? title : _ ("Nothing to judge yet"));
    adw_status_page_set_description (
      self->empty,
      _ ("Strings, inverters, battery, clocks, counters and holes are judged by what the history on this computer has of days that are over. The more it has, the more is found."));
  }
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_state (PlanciaFindingsPage *self)
{
  g_autofree char *days = NULL;
  g_autofree char *text = NULL;

  if (self->findings == NULL) {
    gtk_label_set_text (self->state_label, "");
    return;
  }
  days = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u day of history", "%u days of history", self->days),
    self->days);
  /* Translators: findings that are still so, all of them, days of history that were judged */
  text = g_strdup_printf (_ ("%u open of %u, %s"), count (self, TRUE), count (self, FALSE), days);
  gtk_label_set_text (self->state_label, text);
}

static void
show_list (PlanciaFindingsPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);

  clear_list (self);
  show_state (self);
  for (guint i = 0; self->findings != NULL && i < self->findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (self->findings, i);
    GtkWidget            *row;

    if (!is_shown (self, finding))
      continue;
    row = plancia_finding_row_new (finding, find_device_name (self, finding), get_zone (self));
    plancia_finding_row_set_narrow (PLANCIA_FINDING_ROW (row), narrow);
    gtk_list_box_append (self->list, row);
  }
  if (gtk_widget_get_first_child (GTK_WIDGET (self->list)) == NULL) {
    show_empty (self);
    return;
  }
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
filter_cb (PlanciaFindingsPage *self)
{
  if (self->session != NULL)
    show_list (self);
}

static void
show_past_cb (PlanciaFindingsPage *self)
{
  gtk_toggle_button_set_active (self->open_button, FALSE);
}

static void
selected_cb (PlanciaFindingsPage *self, GtkListBoxRow *row)
{
  PlanciaFindingRow *shown = row != NULL ? PLANCIA_FINDING_ROW (row) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->detail), shown != NULL);
  if (shown != NULL)
    plancia_finding_detail_set (self->detail,
                                plancia_finding_row_get (shown),
                                plancia_finding_row_get_device (shown),
                                get_zone (self));
}

/* --- judging ------------------------------------------------------------------------------------- */

static void
stop (PlanciaFindingsPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaFindingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  guint days = 0;
  g_autoptr (GPtrArray)
    findings = plancia_findings_gather_finish (PLANCIA_STORE (source), result, &days, &error);

  /* Another plant, or asked again meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable || self->cancellable == NULL)
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  clear_list (self);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_steal_pointer (&findings);
  self->days = days;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  show_list (self);
}

static void
judge (PlanciaFindingsPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  stop (self);
  if (plant == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  plancia_findings_gather_plant_async (plancia_open_plant_get_store (plant),
                                       plancia_open_plant_get_plant (plant),
                                       self->cancellable,
                                       judged_cb,
                                       g_object_ref (self));
}

static void
plant_cb (PlanciaFindingsPage *self)
{
  clear_list (self);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_error (&self->error);
  show_state (self);
  show_empty (self);
  judge (self);
}

/* --- actions --------------------------------------------------------------------------------- */

static void
refresh_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  judge (user_data);
}

static void
history_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaFindingsPage  *self = user_data;
  PlanciaOpenPlant     *plant = plancia_session_get_plant (self->session);
  GtkListBoxRow        *row = gtk_list_box_get_selected_row (self->list);
  const PlanciaFinding *finding;
  PlanciaDevice        *device;
  gint64                end;

  if (row == NULL || plant == NULL)
    return;
  finding = plancia_finding_row_get (PLANCIA_FINDING_ROW (row));
  device = plancia_device_tree_find (plancia_open_plant_get_tree (plant), finding->device);
  if (device == NULL)
    return;
  end = MIN (finding->since + AROUND, plancia_clock_now ());
  plancia_session_set_device (self->session, device);
  plancia_session_set_visible (self->session, (PlanciaSpan){finding->since - AROUND, end});
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "history");
}

static void
add_actions (PlanciaFindingsPage *self)
{
  static const GActionEntry entries[] = {
    {"refresh", refresh_action_cb, NULL, NULL, NULL, {0}},
    {"history", history_action_cb, NULL, NULL, NULL, {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "findings", G_ACTION_GROUP (self->actions));
}

static void
form_cb (PlanciaFindingsPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    plancia_finding_row_set_narrow (PLANCIA_FINDING_ROW (row), narrow);
  plancia_finding_detail_set_narrow (self->detail, narrow);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_findings_page_constructed (GObject *object)
{
  PlanciaFindingsPage *self = PLANCIA_FINDINGS_PAGE (object);

  G_OBJECT_CLASS (plancia_findings_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::plant", G_CALLBACK (plant_cb));
  plant_cb (self);
}

static void
plancia_findings_page_dispose (GObject *object)
{
  PlanciaFindingsPage *self = PLANCIA_FINDINGS_PAGE (object);

  stop (self);
  if (self->list != NULL)
    clear_list (self);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_findings_page_parent_class)->dispose (object);
}

static void
plancia_findings_page_finalize (GObject *object)
{
  PlanciaFindingsPage *self = PLANCIA_FINDINGS_PAGE (object);

  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (plancia_findings_page_parent_class)->finalize (object);
}

static void
plancia_findings_page_class_init (PlanciaFindingsPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_findings_page_constructed;
  object_class->dispose = plancia_findings_page_dispose;
  object_class->finalize = plancia_findings_page_finalize;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_FINDING_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/findings-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, past_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_past_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
plancia_findings_page_init (PlanciaFindingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
}
