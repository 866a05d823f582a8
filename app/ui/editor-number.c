/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-number.h"

#include <glib/gi18n.h>
#include <math.h>

/* A slider with more steps than this cannot be set exactly. */
#define SLIDER_STEPS 500
/* Wider than any limit of a map, so that the spin button itself never changes what was typed. */
#define NO_LIMIT 1e12

struct _PlanciaEditorNumber
{
  PlanciaEditor parent_instance;

  GtkSpinButton *spin;
  GtkAdjustment *adjustment;
  GtkLabel      *unit;
  GtkWidget     *slider;
  GtkAdjustment *slider_adjustment;
  gboolean       syncing;
};

G_DEFINE_FINAL_TYPE (PlanciaEditorNumber, plancia_editor_number, PLANCIA_TYPE_EDITOR)

static const char *
typed (PlanciaEditorNumber *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->spin));
}

static const PlanciaField *
field_of (PlanciaEditorNumber *self)
{
  return plancia_register_row_get_field (plancia_editor_get_row (PLANCIA_EDITOR (self)));
}

static void
on_text_changed (PlanciaEditorNumber *self)
{
  g_auto (PlanciaValue) value = {0};

  if (self->syncing)
    return;
  if (gtk_widget_get_visible (self->slider) &&
      plancia_field_parse (field_of (self), typed (self), &value, NULL)) {
    self->syncing = TRUE;
    gtk_adjustment_set_value (self->slider_adjustment, value.number);
    self->syncing = FALSE;
  }
  plancia_editor_emit_changed (PLANCIA_EDITOR (self));
}

static void
on_slider (PlanciaEditorNumber *self)
{
  double step = gtk_adjustment_get_step_increment (self->slider_adjustment);
  double low = gtk_adjustment_get_lower (self->slider_adjustment);
  double value = gtk_adjustment_get_value (self->slider_adjustment);

  if (self->syncing)
    return;
  gtk_spin_button_set_value (self->spin, low + round ((value - low) / step) * step);
}

static void
set_up_slider (PlanciaEditorNumber *self, const PlanciaField *field, double start)
{
  double step = plancia_field_resolution (field);

  if (!field->has_minimum || !field->has_maximum ||
      (field->maximum - field->minimum) / step > SLIDER_STEPS)
    return;
  gtk_adjustment_configure (self->slider_adjustment,
                            start,
                            field->minimum,
                            field->maximum,
                            step,
                            10 * step,
                            0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->slider),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_map_label (field->name),
                                  -1);
  gtk_widget_set_visible (self->slider, TRUE);
}

static double
start_number (PlanciaEditorNumber *self, const PlanciaField *field)
{
  const PlanciaValue *start = plancia_editor_get_start (PLANCIA_EDITOR (self));

  if (start->kind == PLANCIA_VALUE_NUMBER)
    return start->number;
  return field->has_minimum ? field->minimum : 0;
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorNumber *self = PLANCIA_EDITOR_NUMBER (editor);
  const PlanciaField  *field = plancia_register_row_get_field (row);
  double               step = plancia_field_resolution (field);
  double               start = start_number (self, field);

  self->syncing = TRUE;
  gtk_adjustment_configure (self->adjustment, start, -NO_LIMIT, NO_LIMIT, step, 10 * step, 0);
  gtk_spin_button_set_digits (self->spin, plancia_field_decimals (field));
  gtk_spin_button_set_value (self->spin, start);
  gtk_label_set_text (self->unit, field->unit);
  gtk_widget_set_visible (GTK_WIDGET (self->unit), field->unit[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_map_label (field->name),
                                  -1);
  set_up_slider (self, field, start);
  self->syncing = FALSE;
}

static gboolean
get_value (PlanciaEditor *editor, PlanciaValue *out, GError **error)
{
  PlanciaEditorNumber *self = PLANCIA_EDITOR_NUMBER (editor);

  if (plancia_field_parse (field_of (self), typed (self), out, NULL))
    return TRUE;
  plancia_editor_set_error (error, _ ("This is not a number."));
  return FALSE;
}

static void
set_wrong (PlanciaEditor *editor, gboolean wrong)
{
  GtkWidget *spin = GTK_WIDGET (PLANCIA_EDITOR_NUMBER (editor)->spin);

  if (wrong)
    gtk_widget_add_css_class (spin, "error");
  else
    gtk_widget_remove_css_class (spin, "error");
}

static void
plancia_editor_number_class_init (PlanciaEditorNumberClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  editor_class->set_row = set_row;
  editor_class->get_value = get_value;
  editor_class->set_wrong = set_wrong;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-number.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorNumber, spin);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorNumber, adjustment);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorNumber, unit);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorNumber, slider);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorNumber, slider_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_slider);
}

static void
plancia_editor_number_init (PlanciaEditorNumber *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The spin button of GTK 4.8 keeps Return to itself; the text in it does not. */
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->spin)),
                           "activate",
                           G_CALLBACK (plancia_editor_emit_activate),
                           self,
                           G_CONNECT_SWAPPED);
}
