/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/finding-row.h"

#include "findings/words.h"

struct _PlanciaFindingRow
{
  GtkListBoxRow parent_instance;

  GtkImage *icon;
  GtkLabel *severity_label;
  GtkLabel *title_label;
  GtkLabel *when_label;
  GtkLabel *energy_label;

  const PlanciaFinding *finding;
  char                 *device;
};

G_DEFINE_FINAL_TYPE (PlanciaFindingRow, plancia_finding_row, GTK_TYPE_LIST_BOX_ROW)

static const char *const icons[PLANCIA_N_FINDING_SEVERITIES] = {"plancia-severity-fault-symbolic",
                                                                "plancia-severity-warning-symbolic",
                                                                "plancia-severity-note-symbolic"};
static const char *const inks[PLANCIA_N_FINDING_SEVERITIES] = {"error-ink", "warn-ink", "note-ink"};

static void
plancia_finding_row_finalize (GObject *object)
{
  g_free (PLANCIA_FINDING_ROW (object)->device);
  G_OBJECT_CLASS (plancia_finding_row_parent_class)->finalize (object);
}

static void
plancia_finding_row_class_init (PlanciaFindingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_finding_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/finding-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingRow, severity_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingRow, when_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFindingRow, energy_label);
}

static void
plancia_finding_row_init (PlanciaFindingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_finding_show_severity (GtkImage *image, PlanciaFindingSeverity severity)
{
  gtk_image_set_from_icon_name (image, icons[severity]);
  for (guint i = 0; i < PLANCIA_N_FINDING_SEVERITIES; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), inks[i]);
  gtk_widget_add_css_class (GTK_WIDGET (image), inks[severity]);
}

/* Everything in one name: a row is read as a whole. */
static void
set_accessible_name (PlanciaFindingRow *self)
{
  g_autofree char *name = g_strjoin (", ",
                                     gtk_label_get_text (self->severity_label),
                                     gtk_label_get_text (self->title_label),
                                     gtk_label_get_text (self->when_label),
                                     gtk_label_get_text (self->energy_label),
                                     NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * plancia_finding_row_new:
 * @finding: what is shown; borrowed
 * @device: whose it is, for people
 * @zone: of the plant
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
plancia_finding_row_new (const PlanciaFinding *finding, const char *device, GTimeZone *zone)
{
  PlanciaFindingRow     *self = g_object_new (PLANCIA_TYPE_FINDING_ROW, NULL);
  PlanciaFindingSeverity severity = finding->rule->severity;
  g_autofree char       *when = plancia_finding_words_when (finding, zone);
  g_autofree char       *energy = plancia_finding_words_short_energy (finding);
  g_autofree char       *line = NULL;

  self->finding = finding;
  self->device = g_strdup (device);
  line = finding->string > 0 ? g_strdup_printf ("%s, PV%u · %s", device, finding->string, when)
                             : g_strdup_printf ("%s · %s", device, when);
  plancia_finding_show_severity (self->icon, severity);
  gtk_label_set_text (self->severity_label, plancia_finding_words_severity (severity));
  gtk_widget_add_css_class (GTK_WIDGET (self->severity_label), inks[severity]);
  gtk_label_set_text (self->title_label, plancia_finding_words_title (finding->rule));
  gtk_label_set_text (self->when_label, line);
  gtk_label_set_text (self->energy_label, energy);
  set_accessible_name (self);
  return GTK_WIDGET (self);
}

const PlanciaFinding *
plancia_finding_row_get (PlanciaFindingRow *self)
{
  return self->finding;
}

const char *
plancia_finding_row_get_device (PlanciaFindingRow *self)
{
  return self->device;
}

void
plancia_finding_row_set_narrow (PlanciaFindingRow *self, gboolean narrow)
{
  gtk_widget_set_visible (GTK_WIDGET (self->severity_label), !narrow);
}
