/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-measured.h"

#include "base/text.h"
#include <glib/gi18n.h>
#include <math.h>

#define EM_DASH "\xe2\x80\x94"

enum {
  COLUMN_PHASE,
  COLUMN_BEFORE,
  COLUMN_WITH,
  COLUMN_CHANGE,
  COLUMN_VERDICT,
  N_COLUMNS,
};

struct _PlanciaCommissionMeasured
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkLabel  *cells[PLANCIA_DIRECTION_PHASES][N_COLUMNS];
  GtkImage  *icons[PLANCIA_DIRECTION_PHASES];
  GtkWidget *verdicts[PLANCIA_DIRECTION_PHASES]; /* icon and word */
};

G_DEFINE_FINAL_TYPE (PlanciaCommissionMeasured, plancia_commission_measured, GTK_TYPE_WIDGET)

static const char *const inks[] = {"ok-ink", "error-ink", "caption-dim"};

/* --- making ---------------------------------------------------------------------------------- */

static GtkWidget *
make_label (gboolean number)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
add_heads (PlanciaCommissionMeasured *self)
{
  const char *const heads[N_COLUMNS] = {C_ ("direction", "Phase"),
                                            C_ ("direction", "Before"),
                                                C_ ("direction", "With the load"),
                                                    C_ ("direction", "Change"),
                                                        C_ ("direction", "Verdict")};

  for (int i = 0; i < N_COLUMNS; i++) {
    GtkWidget *head = make_label (i > COLUMN_PHASE && i < COLUMN_VERDICT);

    gtk_label_set_text (GTK_LABEL (head), heads[i]);
    gtk_widget_add_css_class (head, "review-head");
    gtk_grid_attach (GTK_GRID (self->grid), head, i, 0, 1, 1);
  }
}

static void
add_row (PlanciaCommissionMeasured *self, guint sensor)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (int i = 0; i < N_COLUMNS; i++) {
    GtkWidget *cell = make_label (i > COLUMN_PHASE && i < COLUMN_VERDICT);

    self->cells[sensor][i] = GTK_LABEL (cell);
    if (i == COLUMN_VERDICT) {
      self->icons[sensor] = GTK_IMAGE (gtk_image_new ());
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icons[sensor]));
      gtk_box_append (GTK_BOX (box), cell);
      cell = box;
    }
    gtk_grid_attach (GTK_GRID (self->grid), cell, i, (int) sensor + 1, 1, 1);
  }
  self->verdicts[sensor] = box;
  gtk_widget_add_css_class (GTK_WIDGET (self->cells[sensor][COLUMN_PHASE]), "heading");
}

static void
plancia_commission_measured_dispose (GObject *object)
{
  PlanciaCommissionMeasured *self = PLANCIA_COMMISSION_MEASURED (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (plancia_commission_measured_parent_class)->dispose (object);
}

static void
plancia_commission_measured_class_init (PlanciaCommissionMeasuredClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_commission_measured_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
plancia_commission_measured_init (PlanciaCommissionMeasured *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  add_heads (self);
  for (guint i = 0; i < PLANCIA_DIRECTION_PHASES; i++)
    add_row (self, i);
}

/* --- showing --------------------------------------------------------------------------------- */

static void
set_power (GtkLabel *label, double watts, gboolean sign)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  if (isnan (watts)) {
    gtk_label_set_text (label, EM_DASH);
    return;
  }
  number = plancia_text_number (watts / 1000, 2);
  text = plancia_text_with_unit (number, "kW");
  whole = g_strconcat (sign && watts > 0 ? "+" : "", text, NULL);
  gtk_label_set_text (label, whole);
}

static void
set_ink (GtkWidget *widget, const char *ink)
{
  for (guint i = 0; i < G_N_ELEMENTS (inks); i++)
    gtk_widget_remove_css_class (widget, inks[i]);
  if (ink != NULL)
    gtk_widget_add_css_class (widget, ink);
}

static gboolean
is_good (guint phase, guint sensor, const PlanciaDirectionResult *result)
{
  const PlanciaDirectionPhase *found = &result->phases[phase];

  if (sensor == found->sensor)
    return sensor == phase && !found->reversed;
  return sensor != phase;
}

static void
show_verdict (PlanciaCommissionMeasured    *self,
              PlanciaReportLanguage        *language,
              guint                         phase,
              guint                         sensor,
              const PlanciaDirectionResult *result)
{
  g_autofree char *word = result != NULL
                            ? plancia_words_phase_sensor (language, phase, sensor, result)
                            : NULL;
  gboolean         good = word != NULL && is_good (phase, sensor, result);
  const char      *ink = word == NULL ? "caption-dim" : good ? "ok-ink" : "error-ink";

  gtk_label_set_text (self->cells[sensor][COLUMN_VERDICT], word != NULL ? word : EM_DASH);
  gtk_image_set_from_icon_name (self->icons[sensor],
                                good ? "plancia-verified-symbolic" : "plancia-differs-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->icons[sensor]), word != NULL);
  set_ink (self->verdicts[sensor], ink);
  set_ink (GTK_WIDGET (self->cells[sensor][COLUMN_CHANGE]), word != NULL ? ink : NULL);
}

static void
show_numbers (PlanciaCommissionMeasured *self, guint sensor, double before, double with)
{
  set_power (self->cells[sensor][COLUMN_BEFORE], before, FALSE);
  set_power (self->cells[sensor][COLUMN_WITH], with, FALSE);
  set_power (self->cells[sensor][COLUMN_CHANGE], with - before, TRUE);
}

/* What comes in just now. */
static void
show_live (PlanciaCommissionMeasured *self, PlanciaDirectionTest *test, guint sensor)
{
  const PlanciaDirectionSample *last = plancia_direction_test_get_last (test);
  gboolean loaded = plancia_direction_test_get_stage (test) == PLANCIA_DIRECTION_WAITING ||
                    plancia_direction_test_get_stage (test) == PLANCIA_DIRECTION_LOADED;

  show_numbers (self,
                sensor,
                -plancia_direction_test_get_rest (test, sensor),
                last != NULL && loaded ? -last->grid[sensor] : NAN);
}

void
plancia_commission_measured_show (PlanciaCommissionMeasured    *self,
                                  PlanciaReportLanguage        *language,
                                  PlanciaDirectionTest         *test,
                                  const PlanciaDirectionResult *result)
{
  guint                        n = plancia_direction_test_get_phases (test);
  guint                        phase = plancia_direction_test_get_phase (test);
  PlanciaDirectionStage        stage = plancia_direction_test_get_stage (test);
  const PlanciaDirectionPhase *found = &result->phases[phase];
  gboolean running = stage != PLANCIA_DIRECTION_IDLE && stage != PLANCIA_DIRECTION_DONE;
  gboolean judged = !running && found->state != PLANCIA_DIRECTION_OPEN;

  for (guint i = 0; i < PLANCIA_DIRECTION_PHASES; i++) {
    g_autofree char *name = g_strdup_printf ("L%u", i + 1);

    for (int j = 0; j < N_COLUMNS; j++)
      gtk_widget_set_visible (GTK_WIDGET (self->cells[i][j]), i < n);
    gtk_widget_set_visible (self->verdicts[i], i < n);
    if (i >= n)
      continue;
    gtk_label_set_text (self->cells[i][COLUMN_PHASE], name);
    if (judged)
      show_numbers (self, i, -found->before[i], -found->with[i]);
    else
      show_live (self, test, i);
    show_verdict (self, language, phase, i, judged ? result : NULL);
  }
}
