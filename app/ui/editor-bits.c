/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-bits.h"

#include <glib/gi18n.h>

#define REGISTER_BITS 16

/* A named bit. */
typedef struct
{
  guint      number;
  gboolean   before; /* what the device has now */
  GtkWidget *check;
  GtkWidget *note; /* "was off" */
} Bit;

struct _PlanciaEditorBits
{
  PlanciaEditor parent_instance;

  GtkBox    *box;
  GtkWidget *others;
  GArray    *bits; /* Bit */
};

G_DEFINE_FINAL_TYPE (PlanciaEditorBits, plancia_editor_bits, PLANCIA_TYPE_EDITOR)

static PlanciaRegisterRow *
row_of (PlanciaEditorBits *self)
{
  return plancia_editor_get_row (PLANCIA_EDITOR (self));
}

static gboolean
is_active (const Bit *bit)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (bit->check));
}

/* Without a reading there is no "was". */
static void
show_notes (PlanciaEditorBits *self)
{
  gboolean known = plancia_register_row_get_words (row_of (self)) != NULL;

  for (guint i = 0; i < self->bits->len; i++) {
    Bit *bit = &g_array_index (self->bits, Bit, i);

    gtk_label_set_text (GTK_LABEL (bit->note), bit->before ? _ ("was on") : _ ("was off"));
    gtk_widget_set_visible (bit->note, known && is_active (bit) != bit->before);
  }
}

static void
on_toggled (PlanciaEditorBits *self)
{
  show_notes (self);
  plancia_editor_emit_changed (PLANCIA_EDITOR (self));
}

static GtkWidget *
text_new (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static void
add_bit (PlanciaEditorBits *self, const PlanciaLabel *label, gboolean active, gboolean before)
{
  const char      *name = plancia_map_bit_label (label->label);
  GtkWidget       *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, label->number);
  GtkWidget       *code = text_new (number, "mono", "kv-key");
  GtkWidget       *words = text_new (name, NULL, NULL);
  Bit              bit = {.number = (guint) label->number, .before = before};

  gtk_widget_set_size_request (code, 20, -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_tooltip_text (words, name);
  bit.note = text_new (NULL, "caption-dim", NULL);
  gtk_box_append (GTK_BOX (line), code);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), bit.note);
  bit.check = gtk_check_button_new ();
  gtk_check_button_set_child (GTK_CHECK_BUTTON (bit.check), line);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (bit.check), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bit.check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_box_append (self->box, bit.check);
  g_array_append_val (self->bits, bit);
  g_signal_connect_swapped (bit.check, "toggled", G_CALLBACK (on_toggled), self);
}

static gint64
bits_of (const PlanciaValue *value)
{
  return value->kind == PLANCIA_VALUE_BITS ? value->integer : 0;
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorBits  *self = PLANCIA_EDITOR_BITS (editor);
  const PlanciaField *field = plancia_register_row_get_field (row);
  gint64              start = bits_of (plancia_editor_get_start (editor));
  gint64              before = bits_of (plancia_register_row_get_value (row));

  for (guint i = 0; i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    add_bit (self, label, start >> label->number & 1, before >> label->number & 1);
  }
  gtk_widget_set_visible (self->others, field->bits->len < REGISTER_BITS);
  show_notes (self);
}

/* Bits without a name stay as they are, so they have to be known. */
static gboolean
get_value (PlanciaEditor *editor, PlanciaValue *out, GError **error)
{
  PlanciaEditorBits  *self = PLANCIA_EDITOR_BITS (editor);
  const PlanciaValue *present = plancia_register_row_get_value (row_of (self));

  if (present->kind != PLANCIA_VALUE_BITS && self->bits->len < REGISTER_BITS) {
    plancia_editor_set_error (error,
                              _ ("The register has not been read yet, so its other bits are not "
                                 "known."));
    return FALSE;
  }
  out->kind = PLANCIA_VALUE_BITS;
  out->integer = bits_of (present);
  for (guint i = 0; i < self->bits->len; i++) {
    const Bit *bit = &g_array_index (self->bits, Bit, i);
    gint64     mask = G_GINT64_CONSTANT (1) << bit->number;

    out->integer = is_active (bit) ? out->integer | mask : out->integer & ~mask;
  }
  out->number = (double) out->integer;
  return TRUE;
}

static void
plancia_editor_bits_finalize (GObject *object)
{
  g_array_unref (PLANCIA_EDITOR_BITS (object)->bits);

  G_OBJECT_CLASS (plancia_editor_bits_parent_class)->finalize (object);
}

static void
plancia_editor_bits_class_init (PlanciaEditorBitsClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_editor_bits_finalize;
  editor_class->set_row = set_row;
  editor_class->get_value = get_value;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-bits.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorBits, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorBits, others);
}

static void
plancia_editor_bits_init (PlanciaEditorBits *self)
{
  self->bits = g_array_new (FALSE, TRUE, sizeof (Bit));
  gtk_widget_init_template (GTK_WIDGET (self));
}
