/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-editor.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/text.h"
#include "map/field-sign.h"
#include "ui/editor-clock.h"
#include "ui/error-text.h"
#include "ui/register-cells.h"
#include "ui/register-facts.h"
#include "ui/settings.h"
#include <glib/gi18n.h>

#define FACT_CHARS 15

struct _PlanciaRegisterEditor
{
  GtkPopover parent_instance;

  GtkLabel  *name;
  GtkLabel  *caption;
  GtkWidget *star;
  AdwBin    *slot;
  GtkWidget *problem;
  GtkLabel  *problem_text;
  GtkBox    *facts;
  GtkWidget *note;
  GtkWidget *locked;
  GtkWidget *locked_icon;
  GtkLabel  *locked_text;
  GtkWidget *cancel;
  GtkWidget *read;
  GtkWidget *unstage;
  GtkWidget *installer;
  GtkWidget *stage;

  PlanciaSession        *session;
  PlanciaRegisterSource *source;
  PlanciaRegisterModel  *model;
  PlanciaRegisterRow    *row;
  PlanciaEditor         *editor; /* NULL if nothing can be changed here and now */
  GtkLabel              *raw;    /* borrowed from the facts */
};

enum {
  SIGNAL_STAR,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterEditor, plancia_register_editor, GTK_TYPE_POPOVER)

static guint signals[N_SIGNALS];

/* --- facts ----------------------------------------------------------------------------------- */

static GtkLabel *
add_fact (PlanciaRegisterEditor *self, const char *key, const char *text, const char *css_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (key);
  GtkWidget *value = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "kv-key");
  gtk_widget_add_css_class (value, css_class);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_lines (GTK_LABEL (value), 4);
  gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (value), FACT_CHARS);
  gtk_widget_set_tooltip_text (value, text);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_set_halign (value, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), value);
  gtk_box_append (self->facts, line);
  return GTK_LABEL (value);
}

static void
add_age (PlanciaRegisterEditor *self)
{
  gint64           time = plancia_register_row_get_time (self->row);
  g_autofree char *age = plancia_text_age (plancia_clock_now () - time);
  /* TRANSLATORS: %s is an age such as "3 min" */
  g_autofree char *text = g_strdup_printf (_ ("%s ago"), age);

  if (time != 0)
    add_fact (self, _ ("Read"), text, "numeric");
}

static void
add_facts (PlanciaRegisterEditor *self)
{
  const PlanciaField *field = plancia_register_row_get_field (self->row);
  g_autofree char    *permitted = plancia_register_facts_permitted (field);
  g_autofree char    *together = plancia_register_facts_together (self->row);
  g_autofree char    *now =
    plancia_register_facts_with_unit (field, plancia_register_row_get_text (self->row));
  g_autofree char *raw = plancia_register_row_get_words (self->row) != NULL
                           ? plancia_words_format (plancia_register_row_get_words (self->row),
                                                   field->count)
                           : g_strdup ("\xe2\x80\x94");

  if (self->editor == NULL)
    add_fact (self, C_ ("value", "Now"), now, "numeric");
  if (permitted != NULL && plancia_register_row_is_writable (self->row))
    add_fact (self, _ ("Permitted"), permitted, "numeric");
  if (plancia_field_sign_rule (field) != NULL)
    add_fact (self, _ ("Sign"), plancia_field_sign_rule (field), "numeric");
  self->raw = add_fact (self, _ ("Raw"), raw, "mono");
  if (self->editor == NULL)
    add_age (self);
  if (together != NULL && plancia_register_row_is_writable (self->row))
    add_fact (self, _ ("Goes together with"), together, "numeric");
}

static void
show_note (PlanciaRegisterEditor *self)
{
  const PlanciaField *field = plancia_register_row_get_field (self->row);
  const char         *danger = plancia_register_row_is_writable (self->row)
                                 ? plancia_register_facts_danger (field->danger)
                                 : NULL;
  g_autoptr (GString) text = g_string_new (danger);

  if (field->note != NULL)
    g_string_append_printf (text,
                            "%s%s",
                            text->len > 0 ? "\n" : "",
                            plancia_map_label (field->note));
  gtk_label_set_text (GTK_LABEL (self->note), text->str);
  gtk_widget_set_visible (self->note, text->len > 0);
}

/* --- the new value --------------------------------------------------------------------------- */

/* NULL if the value can be staged. */
static char *
find_problem (PlanciaRegisterEditor *self, PlanciaValue *value)
{
  const PlanciaField *field = plancia_register_row_get_field (self->row);
  g_autoptr (GError) error = NULL;

  if (!plancia_editor_get_value (self->editor, value, &error))
    return g_strdup (error->message);
  return plancia_register_facts_refusal (field, value);
}

static void
on_changed (PlanciaRegisterEditor *self)
{
  g_auto (PlanciaValue) value = {0};
  g_autofree char *problem = find_problem (self, &value);
  g_autofree char *raw = plancia_register_facts_raw_change (self->row, &value);

  gtk_label_set_text (self->problem_text, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
  gtk_widget_set_sensitive (self->stage, problem == NULL);
  plancia_editor_set_wrong (self->editor, problem != NULL);
  gtk_label_set_text (self->raw, problem == NULL && raw != NULL ? raw : "\xe2\x80\x94");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->raw), raw);
}

static void
on_stage (PlanciaRegisterEditor *self)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_widget_get_sensitive (self->stage))
    return;
  if (plancia_editor_stage (self->editor, self->model, &error)) {
    gtk_popover_popdown (GTK_POPOVER (self));
    return;
  }
  gtk_label_set_text (self->problem_text, plancia_error_text (error));
  gtk_widget_set_visible (self->problem, TRUE);
}

static void
on_unstage (PlanciaRegisterEditor *self)
{
  plancia_register_model_unstage (self->model, self->row);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_read (PlanciaRegisterEditor *self)
{
  const char *keys[] = {plancia_register_row_get_field (self->row)->key, NULL};

  plancia_register_source_read (self->source, keys);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
show_star (PlanciaRegisterEditor *self, gboolean starred)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->star),
                            starred ? "starred-symbolic" : "non-starred-symbolic");
  if (starred)
    gtk_widget_add_css_class (self->star, "star-on");
  else
    gtk_widget_remove_css_class (self->star, "star-on");
}

static void
on_star (PlanciaRegisterEditor *self)
{
  gboolean starred = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->star));

  show_star (self, starred);
  if (starred != plancia_register_row_get_starred (self->row))
    g_signal_emit (self, signals[SIGNAL_STAR], 0, self->row, starred);
}

static void
on_installer (PlanciaRegisterEditor *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  plancia_session_set_installer (self->session, TRUE);
}

/* --- forms of the popover -------------------------------------------------------------------- */

static gboolean
may_edit (PlanciaRegisterEditor *self)
{
  return plancia_session_get_installer (self->session) &&
         plancia_register_row_is_writable (self->row);
}

static void
add_editor (PlanciaRegisterEditor *self)
{
  self->editor = plancia_editor_new (self->model, self->row);
  adw_bin_set_child (self->slot, GTK_WIDGET (self->editor));
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->editor, "activate", G_CALLBACK (on_stage), self);
}

static void
show_lock (PlanciaRegisterEditor *self)
{
  const char *reason = plancia_register_facts_read_only (self->row);

  gtk_label_set_text (self->locked_text,
                      reason != NULL ? reason
                                     : _ ("Plancia is in view only. Settings can be changed in "
                                          "installer mode."));
  gtk_widget_set_visible (self->locked, TRUE);
  gtk_widget_set_visible (self->installer,
                          reason == NULL &&
                            g_settings_get_boolean (plancia_settings_get (), "installer-allowed"));
}

static void
show_buttons (PlanciaRegisterEditor *self)
{
  gboolean edits = self->editor != NULL;
  gboolean readable = plancia_register_row_get_field (self->row)->access & PLANCIA_ACCESS_READ;

  gtk_widget_set_visible (GTK_WIDGET (self->slot), edits);
  gtk_widget_set_visible (self->cancel, edits);
  gtk_widget_set_visible (self->stage, edits);
  gtk_widget_set_visible (self->unstage, edits && plancia_register_row_is_staged (self->row));
  gtk_widget_set_visible (self->read, !edits && readable);
  gtk_widget_set_visible (self->installer, FALSE);
}

/* Its parts mean nothing by themselves. */
static void
show_clock (PlanciaRegisterEditor *self)
{
  gtk_label_set_text (self->name, C_ ("setting", "Clock"));
  gtk_label_set_text (self->caption, _ ("Date and time of the device"));
  gtk_widget_set_visible (GTK_WIDGET (self->facts), FALSE);
}

static void
fill (PlanciaRegisterEditor *self)
{
  g_autofree char *caption = plancia_register_facts_caption (self->row);

  gtk_label_set_text (self->name, plancia_register_row_get_name (self->row));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->star),
                                plancia_register_row_get_starred (self->row));
  gtk_label_set_text (self->caption, caption);
  if (may_edit (self))
    add_editor (self);
  add_facts (self);
  show_note (self);
  show_buttons (self);
  if (PLANCIA_IS_EDITOR_CLOCK (self->editor))
    show_clock (self);
  if (self->editor == NULL)
    show_lock (self);
  else
    on_changed (self);
}

/* Return stages wherever the focus is in the control; a button that has it does its own. */
static gboolean
on_key (PlanciaRegisterEditor *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->editor == NULL || focus == NULL ||
      (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return FALSE;
  if (!GTK_IS_CHECK_BUTTON (focus) || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->editor)))
    return FALSE;
  on_stage (self);
  return TRUE;
}

/* The control first: the star above it is for later. */
static void
plancia_register_editor_show (GtkWidget *widget)
{
  PlanciaRegisterEditor *self = PLANCIA_REGISTER_EDITOR (widget);

  GTK_WIDGET_CLASS (plancia_register_editor_parent_class)->show (widget);
  if (self->editor != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->slot), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->read);
}

static void
plancia_register_editor_dispose (GObject *object)
{
  PlanciaRegisterEditor *self = PLANCIA_REGISTER_EDITOR (object);

  if (self->editor != NULL)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  self->editor = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->source);
  g_clear_object (&self->model);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (plancia_register_editor_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, caption);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, star);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, slot);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, problem_text);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, facts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, note);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, locked);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, locked_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, locked_text);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, read);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, unstage);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, installer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterEditor, stage);
}

static void
plancia_register_editor_class_init (PlanciaRegisterEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_register_editor_dispose;
  widget_class->show = plancia_register_editor_show;
  signals[SIGNAL_STAR] = plancia_signal_new (G_TYPE_FROM_CLASS (klass),
                                             "star",
                                             2,
                                             PLANCIA_TYPE_REGISTER_ROW,
                                             G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/register-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
  gtk_widget_class_bind_template_callback (widget_class, on_stage);
  gtk_widget_class_bind_template_callback (widget_class, on_unstage);
  gtk_widget_class_bind_template_callback (widget_class, on_read);
  gtk_widget_class_bind_template_callback (widget_class, on_star);
  gtk_widget_class_bind_template_callback (widget_class, on_installer);
}

static void
plancia_register_editor_init (PlanciaRegisterEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * plancia_register_editor_new:
 * @session: says whether the program is in view only
 * @source: of the device
 * @row: a row of its model
 *
 * Returns: (transfer floating): a popover for @row; give it a parent and pop it up. Main thread.
 */
PlanciaRegisterEditor *
plancia_register_editor_new (PlanciaSession        *session,
                             PlanciaRegisterSource *source,
                             PlanciaRegisterRow    *row)
{
  PlanciaRegisterEditor *self = g_object_new (PLANCIA_TYPE_REGISTER_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->source = g_object_ref (source);
  self->model = g_object_ref (plancia_register_source_get_model (source));
  self->row = g_object_ref (row);
  fill (self);
  return self;
}
