/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/raw-page.h"

#include "map/raw-edit.h"
#include "model/raw-range.h"
#include "ui/error-text.h"
#include "ui/form-bin.h"
#include "ui/function-choice.h"
#include "ui/help-button.h"
#include "ui/raw-columns.h"
#include "ui/raw-detail.h"
#include "ui/scan-dialog.h"
#include "ui/text-export.h"

#include <glib/gi18n.h>

#define REPEAT_MS 1000

struct _PlanciaRawPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin    *form;
  GtkStack          *pages;
  GtkWidget         *place_box;
  GtkWidget         *range_box;
  GtkWidget         *more_box;
  GtkDropDown       *function_drop;
  GtkEditable       *first_entry;
  GtkSpinButton     *count_spin;
  GtkToggleButton   *repeat_button;
  GtkDropDown       *order_drop;
  GtkWidget         *keep_button;
  GtkMenuButton     *menu_button;
  GtkStack          *stack;
  AdwStatusPage     *empty;
  GtkColumnView     *view;
  PlanciaRawDetail  *detail;
  GtkImage          *status_icon;
  PlanciaHelpButton *help;
  GtkLabel          *status;
  GtkWidget         *hint;

  PlanciaSession     *session; /* borrowed from the bin */
  PlanciaWorker      *worker;
  PlanciaDevice      *device; /* or NULL */
  PlanciaRawRange    *range;  /* of the device, or NULL */
  PlanciaRawColumns  *columns;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PlanciaRawPage, plancia_raw_page, PLANCIA_TYPE_SESSION_BIN)

/* --- what is asked for ----------------------------------------------------------------------- */

static PlanciaWordOrder
chosen_order (PlanciaRawPage *self)
{
  return MIN (gtk_drop_down_get_selected (self->order_drop), PLANCIA_WORDS_DCBA);
}

static gboolean
get_first (PlanciaRawPage *self, guint16 *address)
{
  return plancia_raw_parse_address (gtk_editable_get_text (self->first_entry), address, NULL);
}

static void
fill_orders (PlanciaRawPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint order = 0; order < PLANCIA_N_WORD_ORDERS; order++)
    gtk_string_list_append (names, plancia_word_order_name (order));
  gtk_drop_down_set_model (self->order_drop, G_LIST_MODEL (names));
}

/* --- status ---------------------------------------------------------------------------------- */

static char *
clock_text (PlanciaRawPage *self, gint64 time)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local =
    plant != NULL
      ? g_date_time_to_timezone (utc, plancia_plant_get_zone (plancia_open_plant_get_plant (plant)))
      : g_date_time_to_local (utc);

  return g_date_time_format (local, "%H:%M:%S");
}

static char *
reading_text (PlanciaRawPage *self)
{
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->range));
  guint            requests = plancia_raw_range_get_requests (self->range);
  g_autofree char *registers =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u register", "%u registers", n), n);
  g_autofree char *asked =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u request", "%u requests", requests),
                     requests);
  g_autofree char *clock = clock_text (self, plancia_raw_range_get_time (self->range));

  /* TRANSLATORS: "12 registers", "1 request", milliseconds, time of day */
  return g_strdup_printf (_ ("%s, %s. %u ms, read at %s."),
                             registers,
                             asked,
                             plancia_raw_range_get_duration (self->range),
                             clock);
}

static char *
kept_text (PlanciaRawPage *self)
{
  guint            n = plancia_raw_range_count_differences (self->range);
  g_autofree char *clock = clock_text (self, plancia_raw_range_get_kept (self->range));

  /* TRANSLATORS: registers whose words are other than those kept at this time of day */
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u differs from %s.", "%u differ from %s.", n),
    n,
    clock);
}

static void
show_status (PlanciaRawPage *self)
{
  const GError    *error = self->range != NULL ? plancia_raw_range_get_error (self->range) : NULL;
  gboolean         done = self->range != NULL && plancia_raw_range_get_time (self->range) > 0;
  g_autofree char *text = done ? reading_text (self) : g_strdup ("");
  g_autofree char *kept = done && plancia_raw_range_get_kept (self->range) > 0 ? kept_text (self)
                                                                               : NULL;
  g_autofree char *both = kept != NULL ? g_strdup_printf ("%s %s", text, kept) : g_strdup (text);

  gtk_label_set_text (self->status, error != NULL ? plancia_error_text (error) : both);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), error != NULL ? error->message : both);
  gtk_image_set_from_icon_name (self->status_icon,
                                error != NULL ? "plancia-severity-fault-symbolic"
                                              : "plancia-severity-note-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->status_icon), error != NULL || done);
  plancia_help_button_set_error (self->help, error);
}

static void
enable (PlanciaRawPage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
is_connected (PlanciaRawPage *self)
{
  PlanciaBackend *backend = self->device != NULL ? plancia_device_get_backend (self->device) : NULL;

  return backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

static void
update (PlanciaRawPage *self)
{
  gboolean any = self->range != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->range)) > 0;
  gboolean done = any && plancia_raw_range_get_time (self->range) > 0;
  guint16  address;

  gtk_stack_set_visible_child_name (self->stack, any ? "table" : "empty");
  adw_status_page_set_description (self->empty,
                                   is_connected (self)
                                   ? _ ("Choose the first register and how many, then read. "
                                          "Nothing is ever written from here.")
                                   : _ ("The device is not connected."));
  enable (self, "read", get_first (self, &address) && is_connected (self));
  enable (self, "scan", is_connected (self));
  enable (self, "copy", done);
  enable (self, "export", done);
  enable (self, "keep", done);
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "keep")),
    g_variant_new_boolean (done && plancia_raw_range_get_kept (self->range) > 0));
  show_status (self);
}

/* --- reading --------------------------------------------------------------------------------- */

static void
on_read (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRawPage *self = user_data;
  guint16         address;

  if (self->range == NULL || !get_first (self, &address))
    return;
  plancia_raw_range_read (self->range,
                          plancia_function_choice_get (self->function_drop, self->device),
                          address,
                          (guint) gtk_spin_button_get_value_as_int (self->count_spin));
  update (self);
}

static void
change_repeat (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaRawPage *self = user_data;
  gboolean        repeat = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  if (self->range == NULL)
    return;
  if (repeat && g_list_model_get_n_items (G_LIST_MODEL (self->range)) == 0)
    on_read (NULL, NULL, self);
  plancia_raw_range_set_interval (self->range, repeat ? REPEAT_MS : 0);
}

static void
change_keep (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaRawPage *self = user_data;

  g_simple_action_set_state (action, state);
  if (self->range != NULL)
    plancia_raw_range_keep (self->range, g_variant_get_boolean (state));
}

static void
on_first_changed (PlanciaRawPage *self)
{
  guint16  address;
  gboolean good = get_first (self, &address);

  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->first_entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->first_entry), "error");
  enable (self, "read", good && is_connected (self));
}

static void
on_entered (PlanciaRawPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "raw.read", NULL);
}

static void
on_order (PlanciaRawPage *self)
{
  if (self->columns != NULL)
    plancia_raw_columns_set_order (self->columns, chosen_order (self));
}

/* --- copies ---------------------------------------------------------------------------------- */

static void
on_copy (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRawPage  *self = user_data;
  g_autofree char *text = plancia_raw_range_to_text (self->range, chosen_order (self), '\t');

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRawPage  *self = user_data;
  g_autofree char *text = plancia_raw_range_to_text (self->range, chosen_order (self), ',');

  plancia_text_export_ask (GTK_WIDGET (self),
                           self->worker,
                           _ ("Export the table"),
                              /* TRANSLATORS: proposed name of a file */
                              _ ("registers.csv"), text);
}

/* --- looking for registers ------------------------------------------------------------------- */

static void
chosen_cb (PlanciaRawPage *self, guint function, guint first, guint last)
{
  g_autofree char *text = g_strdup_printf ("0x%04X", first);

  plancia_function_choice_set (self->function_drop, self->device, (guint8) function);
  gtk_editable_set_text (self->first_entry, text);
  gtk_spin_button_set_value (self->count_spin, last - first + 1);
  on_read (NULL, NULL, self);
}

static void
on_scan (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaRawPage *self = user_data;
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow      *dialog;

  if (!is_connected (self))
    return;
  dialog = plancia_scan_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->device);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* --- narrow: one register ---------------------------------------------------------------------- */

static void
on_activate (PlanciaRawPage *self, guint position)
{
  g_autoptr (PlanciaRawRow) row = g_list_model_get_item (G_LIST_MODEL (self->range), position);

  plancia_raw_detail_set_row (self->detail, row);
  gtk_stack_set_visible_child_name (self->pages, "detail");
}

static void
on_list (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_stack_set_visible_child_name (PLANCIA_RAW_PAGE (user_data)->pages, "list");
}

/* --- device ---------------------------------------------------------------------------------- */

static void
let_device_go (PlanciaRawPage *self)
{
  if (self->device != NULL)
    g_signal_handlers_disconnect_by_data (self->device, self);
  if (self->range != NULL) {
    g_signal_handlers_disconnect_by_data (self->range, self);
    plancia_raw_range_stop (self->range);
  }
  gtk_column_view_set_model (self->view, NULL);
  plancia_raw_detail_set_row (self->detail, NULL);
  g_clear_object (&self->range);
  g_clear_object (&self->device);
}

static void
take_device (PlanciaRawPage *self, PlanciaDevice *device)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->device = g_object_ref (device);
  self->range = plancia_raw_range_new (device);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->range)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

static void
on_device (PlanciaRawPage *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  if (device == self->device)
    return;
  let_device_go (self);
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      "repeat",
                                      g_variant_new_boolean (FALSE));
  if (device != NULL && plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS)
    take_device (self, device);
  gtk_stack_set_visible_child_name (self->pages, "list");
  plancia_function_choice_fill (self->function_drop, self->device);
  update (self);
}

/* --- form ------------------------------------------------------------------------------------ */

static void
place (GtkWidget *child, int column, int row, int span)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (gtk_widget_get_parent (child));
  GtkLayoutChild   *at = gtk_layout_manager_get_layout_child (layout, child);

  g_object_set (at, "column", column, "row", row, "column-span", span, NULL);
}

static GMenuModel *
make_menu (gboolean narrow)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) view = g_menu_new ();
  g_autoptr (GMenu) table = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  g_menu_append (view, _ ("Read every second"), "raw.repeat");
  g_menu_append (view, _ ("Keep to compare"), "raw.keep");
  if (narrow)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (view));
  g_menu_append (table, _ ("Copy table"), "raw.copy");
  g_menu_append (table, _ ("Export table…"), "raw.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (table));
  g_menu_append (more, _ ("Look for registers…"), "raw.scan");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
form_cb (PlanciaRawPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);
  g_autoptr (GMenuModel) menu = make_menu (narrow);

  place (self->place_box, 0, 0, 1);
  place (self->range_box, narrow ? 0 : 1, narrow ? 1 : 0, narrow ? 2 : 1);
  place (self->more_box, narrow ? 1 : 2, 0, 1);
  gtk_widget_set_visible (GTK_WIDGET (self->repeat_button), !narrow);
  gtk_widget_set_visible (self->keep_button, !narrow);
  gtk_widget_set_visible (self->hint, !narrow);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  gtk_column_view_set_single_click_activate (self->view, narrow);
  plancia_raw_columns_arrange (self->columns, narrow, plancia_form_bin_get_scale (self->form));
  if (!narrow)
    gtk_stack_set_visible_child_name (self->pages, "list");
}

static void
add_actions (PlanciaRawPage *self)
{
  static const GActionEntry entries[] = {
    {"read",    on_read,   NULL, NULL,    NULL,          {0}},
    {"refresh", on_read,   NULL, NULL,    NULL,          {0}},
    {"copy",    on_copy,   NULL, NULL,    NULL,          {0}},
    {"export",  on_export, NULL, NULL,    NULL,          {0}},
    {"scan",    on_scan,   NULL, NULL,    NULL,          {0}},
    {"list",    on_list,   NULL, NULL,    NULL,          {0}},
    {"repeat",  NULL,      NULL, "false", change_repeat, {0}},
    {"keep",    NULL,      NULL, "false", change_keep,   {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "raw", G_ACTION_GROUP (self->actions));
}

/* Nobody reads what nobody sees. */
static void
plancia_raw_page_unmap (GtkWidget *widget)
{
  PlanciaRawPage *self = PLANCIA_RAW_PAGE (widget);

  g_action_group_change_action_state (G_ACTION_GROUP (self->actions),
                                      "repeat",
                                      g_variant_new_boolean (FALSE));
  GTK_WIDGET_CLASS (plancia_raw_page_parent_class)->unmap (widget);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_raw_page_constructed (GObject *object)
{
  PlanciaRawPage *self = PLANCIA_RAW_PAGE (object);

  G_OBJECT_CLASS (plancia_raw_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::device", G_CALLBACK (on_device));
  on_device (self);
  update (self);
}

static void
plancia_raw_page_dispose (GObject *object)
{
  PlanciaRawPage *self = PLANCIA_RAW_PAGE (object);

  if (self->view != NULL)
    let_device_go (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  adw_bin_set_child (ADW_BIN (self), NULL);
  self->view = NULL;
  g_clear_object (&self->columns);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_raw_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/raw-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, pages);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, place_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, range_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, more_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, function_drop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, first_entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, count_spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, repeat_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, order_drop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, keep_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, detail);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, status_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, status);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawPage, hint);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_first_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_order);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
plancia_raw_page_class_init (PlanciaRawPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = plancia_raw_page_constructed;
  object_class->dispose = plancia_raw_page_dispose;
  widget_class->unmap = plancia_raw_page_unmap;

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_RAW_DETAIL);
  bind_template (widget_class);
}

static void
plancia_raw_page_init (PlanciaRawPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("raw-table");
  self->columns = plancia_raw_columns_new (self->view);
  fill_orders (self);
  add_actions (self);
  form_cb (self);
}
