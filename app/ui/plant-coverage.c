/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-coverage.h"

#include "ui/stored-span.h"

#define DAYS       30
#define NAME_CHARS 15

struct _PlanciaPlantCoverage
{
  GtkBox parent_instance;

  GtkWidget *rows;
  int        n_rows;
};

G_DEFINE_FINAL_TYPE (PlanciaPlantCoverage, plancia_plant_coverage, GTK_TYPE_BOX)

static gboolean
has_history (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "thing");
}

static void
add_row (PlanciaPlantCoverage *self, PlanciaSession *session, PlanciaDevice *device)
{
  GtkWidget *name = gtk_label_new (plancia_device_get_name (device));
  GtkWidget *stored = plancia_stored_span_new (session, device, DAYS);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (name), NAME_CHARS);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, plancia_device_get_name (device));
  gtk_widget_set_hexpand (stored, TRUE);
  gtk_grid_attach (GTK_GRID (self->rows), name, 0, self->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (self->rows), stored, 1, self->n_rows, 1, 1);
  self->n_rows++;
}

static void
plancia_plant_coverage_class_init (PlanciaPlantCoverageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/plant-coverage.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantCoverage, rows);
}

static void
plancia_plant_coverage_init (PlanciaPlantCoverage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_plant_coverage_new:
 *
 * Returns: (transfer floating): the card, empty
 */
GtkWidget *
plancia_plant_coverage_new (void)
{
  return g_object_new (PLANCIA_TYPE_PLANT_COVERAGE, NULL);
}

/**
 * plancia_plant_coverage_set_devices:
 * @self: the card
 * @session: whose plant has the store
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 */
void
plancia_plant_coverage_set_devices (PlanciaPlantCoverage *self,
                                    PlanciaSession       *session,
                                    GPtrArray            *devices)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_grid_remove (GTK_GRID (self->rows), child);
  self->n_rows = 0;
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (has_history (device))
      add_row (self, session, device);
  }
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_rows > 0);
}
