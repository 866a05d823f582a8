/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/state-chip.h"

#include "ui/state-mark.h"

struct _PlanciaStateChip
{
  GtkWidget parent_instance;

  GtkWidget *mark;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (PlanciaStateChip, plancia_state_chip, GTK_TYPE_WIDGET)

static const char *
style_of (PlanciaMark mark)
{
  switch (mark) {
  case PLANCIA_MARK_LIVE:
    return "ok";
  case PLANCIA_MARK_FAILING:
    return "bad";
  case PLANCIA_MARK_TAKEN_OVER:
    return "warn";
  case PLANCIA_MARK_CONNECTING:
  case PLANCIA_MARK_STALE:
    return "info";
  case PLANCIA_MARK_CLOSED:
  default:
    return "plain";
  }
}

static void
plancia_state_chip_dispose (GObject *object)
{
  PlanciaStateChip *self = PLANCIA_STATE_CHIP (object);

  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (plancia_state_chip_parent_class)->dispose (object);
}

static void
plancia_state_chip_class_init (PlanciaStateChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_state_chip_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
plancia_state_chip_init (PlanciaStateChip *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_spacing (layout, 6);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->mark = plancia_state_mark_new (PLANCIA_MARK_CLOSED, 12);
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  plancia_state_chip_set (self, PLANCIA_MARK_CLOSED, NULL);
}

/**
 * plancia_state_chip_new:
 *
 * Returns: (transfer floating): a chip that says closed
 */
GtkWidget *
plancia_state_chip_new (void)
{
  return g_object_new (PLANCIA_TYPE_STATE_CHIP, NULL);
}

/**
 * plancia_state_chip_set:
 * @self: a chip
 * @mark: shape and colour
 * @text: (nullable): the word, translated; NULL for the usual one
 */
void
plancia_state_chip_set (PlanciaStateChip *self, PlanciaMark mark, const char *text)
{
  const char *classes[] = {"chip", style_of (mark), NULL};

  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  plancia_state_mark_set_mark (PLANCIA_STATE_MARK (self->mark), mark);
  gtk_label_set_text (GTK_LABEL (self->label), text ? text : plancia_mark_name (mark));
}

/**
 * plancia_state_chip_mark_of:
 * @backend: (nullable): a connection
 *
 * Returns: the mark of the connection alone: live though one device on it may be silent
 */
PlanciaMark
plancia_state_chip_mark_of (PlanciaBackend *backend)
{
  if (!backend)
    return PLANCIA_MARK_CLOSED;

  switch (plancia_backend_get_state (backend)) {
  case PLANCIA_STATE_OPENING:
    return PLANCIA_MARK_CONNECTING;
  case PLANCIA_STATE_OPEN:
    return PLANCIA_MARK_LIVE;
  case PLANCIA_STATE_FAILING:
    return PLANCIA_MARK_FAILING;
  case PLANCIA_STATE_TAKEN_OVER:
    return PLANCIA_MARK_TAKEN_OVER;
  case PLANCIA_STATE_CLOSED:
  case PLANCIA_STATE_CLOSING:
  default:
    return PLANCIA_MARK_CLOSED;
  }
}
