/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/figures.h"

#include "base/text.h"
#include "model/quantity.h"
#include "ui/device-quantities.h"
#include "ui/figure.h"
#include "ui/key-value.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_LINES 14
#define N_PHASES  3

struct _PlanciaFigures
{
  GtkBox parent_instance;

  GtkWidget      *head;
  GtkImage       *icon;
  GtkInscription *main_figure;
  GtkGrid        *phases;
  GtkFlowBox     *lines;

  PlanciaDevice  *device;
  PlanciaQuantity main;  /* PLANCIA_N_QUANTITIES: none */
  GPtrArray      *cells; /* Cell */
};

/* One field and the widget that shows it. */
typedef struct
{
  const PlanciaField *field;
  GtkInscription     *text; /* in the table of phases, or: */
  PlanciaKeyValue    *line;
} Cell;

G_DEFINE_FINAL_TYPE (PlanciaFigures, plancia_figures, GTK_TYPE_BOX)

/* --- which fields ---------------------------------------------------------------------------- */

static gboolean
is_quantity (PlanciaFigures *self, const char *key)
{
  const char *kind = plancia_device_get_kind (self->device);

  if (self->main < PLANCIA_N_QUANTITIES && plancia_quantity_uses (self->main, kind, key))
    return TRUE;
  for (guint i = PLANCIA_QUANTITY_ENERGY_PV; i < PLANCIA_N_QUANTITIES; i++) {
    if (plancia_quantity_uses ((PlanciaQuantity) i, kind, key))
      return TRUE;
  }
  return FALSE;
}

/* Measured again and again, and not shown elsewhere on the page. */
static gboolean
is_wanted (PlanciaFigures *self, const PlanciaField *field)
{
  if (field->poll != PLANCIA_POLL_FAST && field->poll != PLANCIA_POLL_NORMAL)
    return FALSE;
  if (field->bits || g_str_equal (field->key, "state") || is_quantity (self, field->key))
    return FALSE;
  return field->type != PLANCIA_FIELD_ASCII && field->type != PLANCIA_FIELD_RAW &&
         !plancia_field_is_writable (field);
}

/* The field of the same quantity on another phase, or NULL. */
static const PlanciaField *
find_phase (PlanciaMap *map, const PlanciaField *first, guint phase)
{
  g_autofree char *key = g_strndup (first->key, strlen (first->key) - 1);
  g_autofree char *other = g_strdup_printf ("%s%u", key, phase);

  return plancia_map_find_field (map, other);
}

static gboolean
is_triplet (PlanciaMap *map, const PlanciaField *field)
{
  return g_str_has_suffix (field->key, "_l1") && find_phase (map, field, 2) &&
         find_phase (map, field, 3);
}

/* Part of a row of the table that its first phase stands for. */
static gboolean
is_other_phase (PlanciaMap *map, const PlanciaField *field)
{
  gboolean later = g_str_has_suffix (field->key, "_l2") || g_str_has_suffix (field->key, "_l3");
  const PlanciaField *first = later ? find_phase (map, field, 1) : NULL;

  return first && is_triplet (map, first);
}

/* "L1 voltage" and "Tensione L1" without the phase: "Voltage", "Tensione". */
static char *
name_without_phase (const PlanciaField *field)
{
  g_auto (GStrv) parts = g_strsplit (plancia_map_label (field->name), "L1", 2);
  g_autofree char *joined = g_strjoinv ("", parts);
  char            *name = g_strstrip (g_steal_pointer (&joined));
  gunichar         first = g_utf8_get_char (name);
  GString         *text = g_string_new (NULL);

  g_string_append_unichar (text, g_unichar_toupper (first));
  if (*name)
    g_string_append (text, g_utf8_next_char (name));
  g_free (name);
  return g_string_free (text, FALSE);
}

/* --- building -------------------------------------------------------------------------------- */

static GtkInscription *
attach_text (PlanciaFigures *self, int column, int row)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 7);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), 9);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 1);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (self->phases, text, column, row, 1, 1);
  return GTK_INSCRIPTION (text);
}

static void
attach_label (PlanciaFigures *self, const char *words, int column, int row)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), column > 0 ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, row > 0 ? "kv-key" : "caption-dim");
  gtk_grid_attach (self->phases, label, column, row, 1, 1);
}

static void
add_cell (PlanciaFigures     *self,
          const PlanciaField *field,
          GtkInscription     *text,
          PlanciaKeyValue    *line)
{
  Cell *cell = g_new (Cell, 1);

  *cell = (Cell){field, text, line};
  g_ptr_array_add (self->cells, cell);
}

static void
add_triplet (PlanciaFigures *self, PlanciaMap *map, const PlanciaField *field, int *row)
{
  g_autofree char *name = name_without_phase (field);

  if (*row == 0) {
    attach_label (self, "", 0, 0);
    attach_label (self, "L1", 1, 0);
    attach_label (self, "L2", 2, 0);
    attach_label (self, "L3", 3, 0);
  }
  (*row)++;
  attach_label (self, name, 0, *row);
  for (guint phase = 1; phase <= N_PHASES; phase++)
    add_cell (self, find_phase (map, field, phase), attach_text (self, (int) phase, *row), NULL);
}

static void
add_line (PlanciaFigures *self, const PlanciaField *field)
{
  GtkWidget *line = plancia_key_value_new (plancia_map_label (field->name));
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), line);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (self->lines, child);
  add_cell (self, field, NULL, PLANCIA_KEY_VALUE (line));
}

static void
clear (PlanciaFigures *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->cells, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->phases))))
    gtk_grid_remove (self->phases, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))))
    gtk_flow_box_remove (self->lines, child);
}

static void
build (PlanciaFigures *self, PlanciaMap *map)
{
  guint n = map ? plancia_map_get_n_fields (map) : 0, lines = 0;
  int   row = 0;

  for (guint i = 0; i < n; i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (!is_wanted (self, field) || is_other_phase (map, field))
      continue;
    if (is_triplet (map, field))
      add_triplet (self, map, field, &row);
    else if (lines++ < MAX_LINES)
      add_line (self, field);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->phases), row > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), lines > 0);
}

static PlanciaQuantity
choose_main (PlanciaDevice *device)
{
  static const PlanciaQuantity choices[] = {PLANCIA_QUANTITY_LOAD_POWER,
                                            PLANCIA_QUANTITY_GRID_POWER,
                                            PLANCIA_QUANTITY_AC_POWER,
                                            PLANCIA_QUANTITY_PV_POWER,
                                            PLANCIA_QUANTITY_BATTERY_POWER,
                                            PLANCIA_QUANTITY_BATTERY_CHARGE};

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    if (plancia_device_has_quantity (device, choices[i]))
      return choices[i];
  }
  return PLANCIA_N_QUANTITIES;
}

/* --- values ---------------------------------------------------------------------------------- */

static const char *
words_of (PlanciaQuantity quantity, double value)
{
  gboolean idle = fabs (value) < 10;

  if (isnan (value))
    return "";
  if (quantity == PLANCIA_QUANTITY_GRID_POWER)
    return idle ? _ ("balanced") : (value > 0 ? _ ("exporting") : _ ("importing"));
  if (quantity == PLANCIA_QUANTITY_BATTERY_POWER)
    return idle ? _ ("at rest") : (value > 0 ? _ ("charging") : _ ("discharging"));
  if (quantity == PLANCIA_QUANTITY_BATTERY_CHARGE)
    return _ ("charged");
  return "";
}

static void
show_main (PlanciaFigures *self)
{
  double           value = self->main < PLANCIA_N_QUANTITIES
                             ? plancia_device_peek_quantity (self->device, self->main)
                             : NAN;
  g_autofree char *label = NULL;
  const char      *unit = "%";
  g_autofree char *number = self->main == PLANCIA_QUANTITY_BATTERY_CHARGE
                              ? plancia_text_number (value, 0)
                              : plancia_text_power (fabs (value), &unit);

  gtk_widget_set_visible (self->head, self->main < PLANCIA_N_QUANTITIES);
  label = g_strdup_printf ("%s\xc2\xa0 %s", unit, words_of (self->main, value));
  plancia_figure_set (self->main_figure, number, label);
}

/* NULL if the device has no such value. */
static char *
format (PlanciaFigures *self, const PlanciaField *field)
{
  const PlanciaReading *reading = plancia_device_lookup (self->device, field->key);
  g_autofree char      *text = NULL;

  if (!reading)
    return g_strdup ("\xe2\x80\x94");
  if (reading->quality == PLANCIA_QUALITY_REFUSED || reading->quality == PLANCIA_QUALITY_MISSING)
    return NULL;
  text = plancia_field_format (field, &reading->value, reading->words);
  return plancia_text_with_unit (text,
                                 reading->value.kind == PLANCIA_VALUE_NUMBER ? field->unit : NULL);
}

static void
show_cell (PlanciaFigures *self, Cell *cell)
{
  g_autofree char *text = format (self, cell->field);

  if (cell->text) {
    plancia_figure_set_text (cell->text, text ? text : "\xe2\x80\x94");
    return;
  }
  plancia_key_value_set_value (cell->line, text);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (cell->line)), text != NULL);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_figures_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_FIGURES (object)->device);

  G_OBJECT_CLASS (plancia_figures_parent_class)->dispose (object);
}

static void
plancia_figures_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_FIGURES (object)->cells);

  G_OBJECT_CLASS (plancia_figures_parent_class)->finalize (object);
}

static void
plancia_figures_class_init (PlanciaFiguresClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_figures_dispose;
  object_class->finalize = plancia_figures_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/figures.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFigures, head);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFigures, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFigures, main_figure);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFigures, phases);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFigures, lines);
}

static void
plancia_figures_init (PlanciaFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->main = PLANCIA_N_QUANTITIES;
}

/**
 * plancia_figures_set_device:
 * @self: the figures
 * @device: (nullable): whose
 *
 * To be called again when the device gets another map: fields belong to the map.
 */
void
plancia_figures_set_device (PlanciaFigures *self, PlanciaDevice *device)
{
  g_autofree char *icon = NULL;

  clear (self);
  g_set_object (&self->device, device);
  if (!device)
    return;
  icon = g_strdup_printf ("plancia-%s-symbolic", plancia_device_get_kind (device));
  gtk_image_set_from_icon_name (self->icon, icon);
  self->main = choose_main (device);
  build (self, plancia_device_get_map (device));
  plancia_figures_update (self);
}

/**
 * plancia_figures_update:
 * @self: the figures
 *
 * Shows the newest values.
 */
void
plancia_figures_update (PlanciaFigures *self)
{
  if (!self->device)
    return;
  show_main (self);
  for (guint i = 0; i < self->cells->len; i++)
    show_cell (self, g_ptr_array_index (self->cells, i));
}
