/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-editor.h"

#include "base/signal-new.h"
#include "model/map-edit.h"
#include "ui/error-dialog.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/map-head-form.h"
#include "ui/map-register-form.h"
#include "ui/map-register-list.h"
#include "ui/map-use.h"
#include "ui/text-export.h"
#include <glib/gi18n.h>

#define LIST_WIDTH 300

struct _PlanciaMapEditor
{
  AdwWindow parent_instance;

  AdwToastOverlay        *toasts;
  AdwLeaflet             *leaflet;
  AdwClamp               *list_side;
  GtkWidget              *form_side;
  AdwHeaderBar           *list_header;
  AdwWindowTitle         *heading;
  AdwWindowTitle         *subject;
  GtkWidget              *back_button;
  PlanciaMapRegisterList *list;
  GtkStack               *stack;
  PlanciaHelpButton      *help;
  AdwStatusPage          *failed_page;
  PlanciaMapHeadForm     *head_form;
  PlanciaMapRegisterForm *register_form;

  PlanciaOpenPlant   *plant;
  PlanciaDevice      *device;
  char               *map;  /* id of the one that was opened */
  PlanciaMapEdit     *edit; /* NULL until it is read */
  PlanciaWorker      *worker;
  GCancellable       *cancellable;
  GSimpleActionGroup *actions;
  PlanciaMapEditRow  *shown; /* or NULL */
  gulong              shown_id;
  gboolean            saving;
  gboolean            closing; /* nothing is asked any more */

  PlanciaMapEditRow *removed; /* the last one, for undo */
  int                removed_place;
};

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaMapEditor, plancia_map_editor, ADW_TYPE_WINDOW)

/* --- showing --------------------------------------------------------------------------------- */

static void
enable (PlanciaMapEditor *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (PlanciaMapEditor *self)
{
  gboolean ready = self->edit && !self->saving;
  gboolean right = ready && plancia_map_edit_get_wrong (self->edit) == 0;

  enable (self, "save", right && plancia_map_edit_get_changed (self->edit));
  enable (self, "add", ready);
  enable (self, "about", ready);
  enable (self, "duplicate", ready && self->shown);
  enable (self, "remove", ready && self->shown);
  enable (self, "export", right);
  enable (self, "export-differences", right && plancia_map_edit_get_base_id (self->edit));
}

static void
show_heading (PlanciaMapEditor *self)
{
  g_autofree char *name = plancia_map_edit_get_head (self->edit, "name");
  guint            wrong = plancia_map_edit_get_wrong (self->edit);
  g_autofree char *problems = NULL;

  if (wrong > 0)
    problems = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u thing to put right", "%u things to put right", wrong),
      wrong);
  adw_window_title_set_subtitle (self->heading, problems ? problems : name);
  update_actions (self);
}

static void
show_subject (PlanciaMapEditor *self)
{
  g_autofree char *caption = self->shown ? plancia_map_edit_row_get_caption (self->shown) : NULL;

  adw_window_title_set_title (self->subject,
                              self->shown ? plancia_map_edit_row_get_title (self->shown)
                                          : _("About the map"));
  adw_window_title_set_subtitle (self->subject, caption ? caption : "");
}

static void
show_row (PlanciaMapEditor *self, PlanciaMapEditRow *row)
{
  if (self->shown)
    g_clear_signal_handler (&self->shown_id, self->shown);
  g_set_object (&self->shown, row);
  if (row)
    self->shown_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (show_subject), self);
  plancia_map_register_form_set (self->register_form, self->edit, row);
  gtk_stack_set_visible_child_name (self->stack, row ? "register" : "head");
  show_subject (self);
  update_actions (self);
}

static void
show_form_side (PlanciaMapEditor *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->form_side);
}

static void
chosen_cb (PlanciaMapEditor *self)
{
  PlanciaMapEditRow *row = plancia_map_register_list_get_chosen (self->list);

  if (!self->edit || !row)
    return;
  show_row (self, row);
  show_form_side (self);
}

static void
folded_cb (PlanciaMapEditor *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->back_button, folded);
  adw_header_bar_set_show_end_title_buttons (self->list_header, folded);
  adw_clamp_set_maximum_size (self->list_side, folded ? G_MAXINT16 : LIST_WIDTH);
  adw_clamp_set_tightening_threshold (self->list_side, folded ? G_MAXINT16 : LIST_WIDTH);
}

static void
back_cb (PlanciaMapEditor *self)
{
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->list_side));
}

/* --- reading --------------------------------------------------------------------------------- */

static void
load_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError           *error = NULL;
  PlanciaMapSource *map = plancia_map_source_load (task_data, &error);

  if (map)
    g_task_return_pointer (task, map, (GDestroyNotify) plancia_map_source_free);
  else
    g_task_return_error (task, error);
}

static void
show_failure (PlanciaMapEditor *self, const GError *error)
{
  adw_status_page_set_description (self->failed_page, plancia_error_text (error));
  plancia_help_button_set_error (self->help, error);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  show_form_side (self);
}

/* source: (transfer full) */
static void
show_map (PlanciaMapEditor *self, PlanciaMapSource *source)
{
  self->edit = plancia_map_edit_new (source);
  g_signal_connect_object (self->edit,
                           "notify",
                           G_CALLBACK (show_heading),
                           self,
                           G_CONNECT_SWAPPED);
  plancia_map_head_form_set (self->head_form, self->edit);
  plancia_map_register_list_set (self->list, self->edit);
  show_row (self, NULL);
  show_heading (self);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PlanciaMapEditor *self = PLANCIA_MAP_EDITOR (object);
  g_autoptr (GError) error = NULL;
  PlanciaMapSource *source = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!source) {
    show_failure (self, error);
    return;
  }
  show_map (self, source);
}

static void
start_loading (PlanciaMapEditor *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  g_task_set_task_data (task, g_strdup (self->map), g_free);
  plancia_worker_run (self->worker, task, load_on_worker);
}

/* --- changing rows --------------------------------------------------------------------------- */

static void
choose_new (PlanciaMapEditor *self, PlanciaMapEditRow *row)
{
  plancia_map_register_list_choose (self->list, row);
  show_row (self, row);
  show_form_side (self);
  plancia_map_register_form_focus (self->register_form);
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaMapEditor *self = user_data;

  choose_new (self, plancia_map_edit_add (self->edit, self->shown));
}

static void
duplicate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaMapEditor *self = user_data;

  choose_new (self, plancia_map_edit_duplicate (self->edit, self->shown));
}

static void
put_back_cb (PlanciaMapEditor *self)
{
  g_autoptr (PlanciaMapEditRow) row = g_steal_pointer (&self->removed);

  if (!row || self->saving)
    return;
  plancia_map_edit_put_back (self->edit, row, self->removed_place);
  plancia_map_register_list_choose (self->list, row);
  show_row (self, row);
}

static void
say_removed (PlanciaMapEditor *self)
{
  g_autofree char *text = NULL;
  AdwToast        *toast;

  /* TRANSLATORS: %s is the name of a register */
  text = g_strdup_printf (_("“%s” removed"), plancia_map_edit_row_get_title (self->removed));
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  g_signal_connect_object (toast,
                           "button-clicked",
                           G_CALLBACK (put_back_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
say_needed (PlanciaMapEditor *self, const char *block)
{
  g_autofree char *text = NULL;

  /* TRANSLATORS: %s is the name of a group of registers that are written together */
  text = g_strdup_printf (_("It stays: “%s” is written with it"), plancia_map_label (block));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaMapEditor *self = user_data;
  g_autoptr (PlanciaMapEditRow) row = g_object_ref (self->shown);
  const char *block = NULL;
  int         place = plancia_map_edit_remove (self->edit, row, &block);

  if (place < 0) {
    say_needed (self, block);
    return;
  }
  g_set_object (&self->removed, row);
  self->removed_place = place;
  plancia_map_register_list_choose (self->list, NULL);
  show_row (self, NULL);
  say_removed (self);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaMapEditor *self = user_data;

  plancia_map_register_list_choose (self->list, NULL);
  show_row (self, NULL);
  show_form_side (self);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaMapEditor *self = user_data;

  back_cb (self);
  plancia_map_register_list_search (self->list);
}

/* --- saving ---------------------------------------------------------------------------------- */

static void start_saving (PlanciaMapEditor *self, gboolean replace);

static void
replace_cb (PlanciaMapEditor *self, const char *response)
{
  if (g_str_equal (response, "replace"))
    start_saving (self, TRUE);
}

static void
ask_to_replace (PlanciaMapEditor *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_WINDOW (self),
    _("Replace the map?"),
       _("There is a register map of this name already. Its registers are lost."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _("_Cancel"), "replace", _("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (replace_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
set_saving (PlanciaMapEditor *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !saving);
  update_actions (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaMapEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = plancia_map_edit_save_finish (PLANCIA_MAP_EDIT (source), result, &error);

  if (self->edit == NULL)
    return;
  set_saving (self, FALSE);
  if (id) {
    plancia_map_use_saved (self->plant, self->device, self->map, id);
    g_free (self->map);
    self->map = g_strdup (id);
    plancia_map_head_form_set (self->head_form, self->edit);
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Map saved")));
    g_signal_emit (self, signals[SAVED], 0, id);
    if (self->closing)
      gtk_window_close (GTK_WINDOW (self));
    return;
  }
  self->closing = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    ask_to_replace (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (self), _("The map could not be saved"), error);
}

/* Nothing can be changed until it is saved: the worker uses the document. */
static void
start_saving (PlanciaMapEditor *self, gboolean replace)
{
  set_saving (self, TRUE);
  plancia_map_edit_save_async (self->edit,
                               self->worker,
                               plancia_map_head_form_get_in_place (self->head_form),
                               replace,
                               saved_cb,
                               g_object_ref (self));
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  start_saving (user_data, FALSE);
}

static void
export_text (PlanciaMapEditor *self, gboolean differences)
{
  g_autofree char *text =
    plancia_map_edit_to_text (self->edit,
                              plancia_map_head_form_get_in_place (self->head_form),
                              !differences);
  g_autofree char *name = g_strconcat (plancia_map_edit_get_file_id (self->edit), ".json", NULL);

  plancia_text_export_ask (GTK_WIDGET (self->stack),
                           self->worker,
                           _("Export register map"), name, text);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  export_text (user_data, FALSE);
}

static void
export_differences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  export_text (user_data, TRUE);
}

/* --- closing --------------------------------------------------------------------------------- */

static void
close_idle (gpointer user_data)
{
  g_autoptr (PlanciaMapEditor) self = user_data;

  gtk_window_close (GTK_WINDOW (self));
}

/* The dialog that was answered goes first: it hangs on this window. */
static void
close_response_cb (PlanciaMapEditor *self, const char *response)
{
  if (g_str_equal (response, "cancel"))
    return;
  self->closing = TRUE;
  if (g_str_equal (response, "save"))
    start_saving (self, FALSE);
  else
    g_idle_add_once (close_idle, g_object_ref (self));
}

static void
ask_to_save (PlanciaMapEditor *self)
{
  GtkWidget        *widget = adw_message_dialog_new (GTK_WINDOW (self),
                                              _("Save the changes?"),
                                                 _("Changes that are not saved are lost."));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (
    dialog,
    "cancel",
    _("_Cancel"), "discard", _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog,
                                           "save",
                                           plancia_map_edit_get_wrong (self->edit) == 0);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (close_response_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
plancia_map_editor_close_request (GtkWindow *window)
{
  PlanciaMapEditor *self = PLANCIA_MAP_EDITOR (window);

  if (self->saving)
    return TRUE;
  if (self->edit && !self->closing && plancia_map_edit_get_changed (self->edit)) {
    ask_to_save (self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (plancia_map_editor_parent_class)->close_request (window);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_editor_dispose (GObject *object)
{
  PlanciaMapEditor *self = PLANCIA_MAP_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  if (self->worker)
    plancia_worker_stop (self->worker);
  if (self->shown)
    g_clear_signal_handler (&self->shown_id, self->shown);
  g_clear_object (&self->worker);
  g_clear_object (&self->shown);
  g_clear_object (&self->removed);
  g_clear_object (&self->edit);
  g_clear_object (&self->plant);
  g_clear_object (&self->device);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_map_editor_parent_class)->dispose (object);
}

static void
plancia_map_editor_finalize (GObject *object)
{
  PlanciaMapEditor *self = PLANCIA_MAP_EDITOR (object);

  g_free (self->map);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (plancia_map_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PLANCIA_TYPE_MAP_HEAD_FORM);
  g_type_ensure (PLANCIA_TYPE_MAP_REGISTER_FORM);
  g_type_ensure (PLANCIA_TYPE_MAP_REGISTER_LIST);
  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, list_side);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, form_side);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, list_header);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, heading);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, subject);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, back_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, head_form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapEditor, register_form);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
}

static void
plancia_map_editor_class_init (PlanciaMapEditorClass *klass)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    {GDK_KEY_s,      GDK_CONTROL_MASK, "editor.save"     },
    {GDK_KEY_n,      GDK_CONTROL_MASK, "editor.add"      },
    {GDK_KEY_d,      GDK_CONTROL_MASK, "editor.duplicate"},
    {GDK_KEY_f,      GDK_CONTROL_MASK, "editor.search"   },
    {GDK_KEY_Delete, GDK_CONTROL_MASK, "editor.remove"   },
    {GDK_KEY_Escape, 0,                "window.close"    },
  };
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_map_editor_dispose;
  object_class->finalize = plancia_map_editor_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = plancia_map_editor_close_request;

  signals[SAVED] = plancia_signal_new (PLANCIA_TYPE_MAP_EDITOR, "saved", 1, G_TYPE_STRING);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         keys[i].key,
                                         keys[i].modifiers,
                                         keys[i].action,
                                         NULL);
  bind_template (widget_class);
}

static void
plancia_map_editor_init (PlanciaMapEditor *self)
{
  static const GActionEntry entries[] = {
    {"save",               save_cb,               NULL, NULL, NULL, {0}},
    {"add",                add_cb,                NULL, NULL, NULL, {0}},
    {"duplicate",          duplicate_cb,          NULL, NULL, NULL, {0}},
    {"remove",             remove_cb,             NULL, NULL, NULL, {0}},
    {"about",              about_cb,              NULL, NULL, NULL, {0}},
    {"search",             search_cb,             NULL, NULL, NULL, {0}},
    {"export",             export_cb,             NULL, NULL, NULL, {0}},
    {"export-differences", export_differences_cb, NULL, NULL, NULL, {0}},
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "editor", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-map-editor");
  self->cancellable = g_cancellable_new ();
  update_actions (self);
}

/**
 * plancia_map_editor_show:
 * @parent: (nullable): the window it belongs to
 * @plant: the plant of the device
 * @device: whose map it is
 * @map: (nullable): id of a map of the catalogue; %NULL for a new one
 *
 * Returns: (transfer none): the editor, shown
 */
GtkWidget *
plancia_map_editor_show (GtkWindow        *parent,
                         PlanciaOpenPlant *plant,
                         PlanciaDevice    *device,
                         const char       *map)
{
  PlanciaMapEditor *self = g_object_new (PLANCIA_TYPE_MAP_EDITOR, "transient-for", parent, NULL);

  self->plant = g_object_ref (plant);
  self->device = g_object_ref (device);
  self->map = g_strdup (map);
  if (map)
    start_loading (self);
  else
    show_map (self, plancia_map_source_new (plancia_map_use_kind (device)));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
