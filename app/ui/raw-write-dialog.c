/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/raw-write-dialog.h"

#include "map/raw-edit.h"
#include "model/device-unit.h"
#include "model/register-model.h"
#include "ui/error-text.h"
#include "ui/review-dialog.h"
#include "ui/window-parent.h"
#include <glib/gi18n.h>

struct _PlanciaRawWriteDialog
{
  AdwWindow parent_instance;

  GtkWidget   *review;
  GtkEditable *address;
  GtkEditable *words;
  AdwComboRow *function;
  GtkLabel    *state;

  PlanciaSession       *session;
  PlanciaDevice        *device;
  GPtrArray            *edits; /* PlanciaEdit* of what was typed, or NULL */
  PlanciaRegisterModel *model; /* while its present values are read */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaRawWriteDialog, plancia_raw_write_dialog, ADW_TYPE_WINDOW)

static guint8
chosen_function (PlanciaRawWriteDialog *self)
{
  return adw_combo_row_get_selected (self->function) == 1 ? 6 : 16;
}

/* --- what was typed --------------------------------------------------------------------------- */

static GPtrArray *
parse (PlanciaRawWriteDialog *self, GError **error)
{
  g_autoptr (GArray) words = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  guint16 address;

  if (!plancia_raw_parse_address (gtk_editable_get_text (self->address), &address, error))
    return NULL;
  words = plancia_raw_parse_words (gtk_editable_get_text (self->words), error);
  if (words == NULL)
    return NULL;
  edits = plancia_raw_edits_new (address,
                                 (const guint16 *) (gpointer) words->data,
                                 words->len,
                                 chosen_function (self));
  steps = plancia_write_plan_new (plancia_device_get_map (self->device), edits, error);
  return steps != NULL ? g_steal_pointer (&edits) : NULL;
}

static const PlanciaEdit *
edit_at (GPtrArray *edits, guint index)
{
  return g_ptr_array_index (edits, index);
}

static guint
count_registers (GPtrArray *edits)
{
  guint n = 0;

  for (guint i = 0; i < edits->len; i++)
    n += edit_at (edits, i)->field->count;
  return n;
}

/* Who knows a register had better write it with its map, which checks the value. */
static char *
known_text (PlanciaRawWriteDialog *self)
{
  g_autoptr (GPtrArray) known = plancia_raw_find_known (plancia_device_get_map (self->device),
                                                        edit_at (self->edits, 0)->field->address,
                                                        count_registers (self->edits));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < known->len; i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? ", " : "",
                            plancia_map_label (((PlanciaField *) known->pdata[i])->name));
  if (known->len == 0)
    return g_strdup (_ ("No register of the map lies there."));
  /* TRANSLATORS: %s are names of registers of the map at the address that was typed */
  return g_strdup_printf (
    _ ("The map knows what lies there: %s. Written there, values are checked."), names->str);
}

static gboolean
is_untouched (PlanciaRawWriteDialog *self)
{
  return gtk_editable_get_text (self->address)[0] == '\0' ||
         gtk_editable_get_text (self->words)[0] == '\0';
}

static void
on_changed (PlanciaRawWriteDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->device == NULL)
    return;
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  self->edits = is_untouched (self) ? NULL : parse (self, &error);
  gtk_widget_set_sensitive (self->review, self->edits != NULL && self->model == NULL);
  if (self->edits != NULL)
    text = known_text (self);
  else
    text = g_strdup (error != NULL ? error->message : "");
  gtk_label_set_text (self->state, text);
}

/* --- on to the review ------------------------------------------------------------------------- */

static void
stage (PlanciaRawWriteDialog *self)
{
  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaEdit  *edit = edit_at (self->edits, i);
    PlanciaRegisterRow *row = plancia_register_model_find (self->model, edit->field->key);

    plancia_register_model_stage_always (self->model, row, &edit->value, NULL);
  }
}

static void
open_review (PlanciaRawWriteDialog *self)
{
  GtkWidget *review = plancia_review_dialog_new_raw (self->session, self->device, self->model);

  gtk_window_set_transient_for (GTK_WINDOW (review),
                                gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_present (GTK_WINDOW (review));
  gtk_window_close (GTK_WINDOW (self));
}

static void
take_words (PlanciaRawWriteDialog *self, const guint16 *words)
{
  g_autoptr (PlanciaReadings)
    readings = plancia_readings_new (plancia_device_get_id (self->device), 0);
  guint offset = 0;

  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaField *field = edit_at (self->edits, i)->field;

    plancia_reading_set_words (plancia_readings_add (readings, field->key, PLANCIA_QUALITY_GOOD),
                               field,
                               words + offset);
    offset += field->count;
  }
  plancia_register_model_apply (self->model, readings);
}

/* What cannot be read can still be written: the review shows a dash. */
static void
on_words (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRawWriteDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (object), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (words != NULL)
    take_words (self, (const guint16 *) (gpointer) words->data);
  stage (self);
  open_review (self);
}

static void
on_review (PlanciaRawWriteDialog *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);
  g_autoptr (PlanciaMap) map = NULL;
  guint16 address;
  guint   count;

  if (self->edits == NULL || self->model != NULL || backend == NULL)
    return;
  address = edit_at (self->edits, 0)->field->address;
  count = count_registers (self->edits);
  map = plancia_raw_map_new (address, count, chosen_function (self));
  if (map == NULL)
    return;
  self->model = plancia_register_model_new (map);
  gtk_widget_set_sensitive (self->review, FALSE);
  plancia_backend_read_raw_async (backend,
                                  plancia_device_find_unit (self->device),
                                  3,
                                  address,
                                  (guint16) count,
                                  self->cancellable,
                                  on_words,
                                  g_object_ref (self));
}

/* --- class ------------------------------------------------------------------------------------ */

static void
plancia_raw_write_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (PLANCIA_RAW_WRITE_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (plancia_raw_write_dialog_parent_class)->dispose (object);
}

static void
plancia_raw_write_dialog_finalize (GObject *object)
{
  PlanciaRawWriteDialog *self = PLANCIA_RAW_WRITE_DIALOG (object);

  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->device);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (plancia_raw_write_dialog_parent_class)->finalize (object);
}

static void
plancia_raw_write_dialog_class_init (PlanciaRawWriteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_raw_write_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_raw_write_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/raw-write-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawWriteDialog, review);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawWriteDialog, address);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawWriteDialog, words);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawWriteDialog, function);
  gtk_widget_class_bind_template_child (widget_class, PlanciaRawWriteDialog, state);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_review);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_raw_write_dialog_init (PlanciaRawWriteDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_raw_write_dialog_new:
 * @device: its connection passes writes
 */
GtkWindow *
plancia_raw_write_dialog_new (GtkWindow *parent, PlanciaSession *session, PlanciaDevice *device)
{
  PlanciaRawWriteDialog *self = g_object_new (PLANCIA_TYPE_RAW_WRITE_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  plancia_window_parent_set (GTK_WINDOW (self), parent);
  return GTK_WINDOW (self);
}
