/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/psc-roster.h"

#include "model/device-alarms.h"
#include "ui/device-words.h"
#include "ui/psc-cells.h"
#include "ui/psc-check.h"
#include <glib/gi18n.h>
#include <string.h>

#define MANY 40 /* from more inverters on only problems are shown at first */

struct _PlanciaPscRoster
{
  GtkBox parent_instance;

  PlanciaSession     *session;
  PlanciaDevice      *device;
  GtkFilterListModel *shown;
  GtkFilter          *filter; /* of shown */
  gboolean            narrow;

  GtkWidget           *counts;
  GtkWidget           *search;
  GtkWidget           *problems;
  GtkWidget           *empty;
  GtkWidget           *scroller;
  GtkWidget           *table;
  GtkColumnViewColumn *columns[PLANCIA_N_PSC_CELLS];
};

G_DEFINE_FINAL_TYPE (PlanciaPscRoster, plancia_psc_roster, GTK_TYPE_BOX)

/* --- what is shown --------------------------------------------------------------------------- */

static gboolean
is_problem (PlanciaDevice *inverter)
{
  return plancia_device_get_mark (inverter) != PLANCIA_MARK_LIVE ||
         plancia_psc_check (inverter) == PLANCIA_PSC_NOT_COMPATIBLE ||
         plancia_device_alarms_get_n_open (plancia_device_alarms_for (inverter)) > 0;
}

static gboolean
contains (const char *text, const char *part)
{
  g_autofree char *folded = text ? g_utf8_casefold (text, -1) : NULL;
  g_autofree char *wanted = g_utf8_casefold (part, -1);

  return folded && strstr (folded, wanted) != NULL;
}

static gboolean
is_wanted (gpointer item, gpointer user_data)
{
  PlanciaPscRoster *self = user_data;
  const char       *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->problems)) && !is_problem (item))
    return FALSE;
  return text[0] == '\0' || contains (plancia_device_get_name (item), text) ||
         contains (plancia_psc_cells_serial (item), text);
}

static void
show_counts (PlanciaPscRoster *self)
{
  GListModel      *inverters = plancia_device_get_children (self->device);
  guint            all = g_list_model_get_n_items (inverters), live = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < all; i++) {
    g_autoptr (PlanciaDevice) inverter = g_list_model_get_item (inverters, i);

    live += plancia_device_words_is_current (inverter) ? 1 : 0;
  }
  /* Translators: how many inverters are in the plant and how many of them answer */
  text =
    g_strdup_printf (ngettext ("%u in the plant, %u answers", "%u in the plant, %u answer", live),
                     all,
                     live);
  gtk_label_set_text (GTK_LABEL (self->counts), text);
}

static void
show_empty (PlanciaPscRoster *self)
{
  gboolean any = g_list_model_get_n_items (plancia_device_get_children (self->device)) > 0;
  gboolean shown = plancia_psc_roster_get_n_shown (self) > 0;

  gtk_label_set_text (GTK_LABEL (self->empty),
                      any
                      ? _("Nothing matches")
                      : _("No inverters added yet"));
  gtk_widget_set_visible (self->empty, !shown);
  gtk_widget_set_visible (self->scroller, shown);
}

static void
filter_changed (PlanciaPscRoster *self)
{
  if (!self->filter)
    return;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_empty (self);
}

static void
row_activated (PlanciaPscRoster *self, guint position)
{
  g_autoptr (PlanciaDevice) inverter = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  if (inverter)
    plancia_session_set_device (self->session, inverter);
}

/* --- columns --------------------------------------------------------------------------------- */

static void
add_columns (PlanciaPscRoster *self, GTimeZone *zone)
{
  static const struct
  {
    const char *title;
    int         width; /* 0: takes what is left */
  } columns[PLANCIA_N_PSC_CELLS] = {
    [PLANCIA_PSC_CELL_NUMBER] = {
                                 N_("No."),    44 },
      [PLANCIA_PSC_CELL_NAME] = {
                                 N_("Name"),   0  },
        [PLANCIA_PSC_CELL_SERIAL] = {
                                 N_("Serial"), 150},
          [PLANCIA_PSC_CELL_CHECK] = {N_("Check"),  154},
                                      [PLANCIA_PSC_CELL_BAR] = {
                                 N_("Power"),  120},
                                        [PLANCIA_PSC_CELL_POWER] = {"kW",         56 },
                                        [PLANCIA_PSC_CELL_STATE] = {N_("State"),  208},
  };

  for (guint i = 0; i < PLANCIA_N_PSC_CELLS; i++) {
    self->columns[i] = gtk_column_view_column_new (_(columns[i].title),
                                                      plancia_psc_cells_new (i, zone, FALSE));
    if (columns[i].width > 0)
      gtk_column_view_column_set_fixed_width (self->columns[i], columns[i].width);
    else
      gtk_column_view_column_set_expand (self->columns[i], TRUE);
    gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), self->columns[i]);
  }
}

static gboolean
is_of_numbers (PlanciaPscRoster *self, GtkColumnViewColumn *column)
{
  return column == self->columns[PLANCIA_PSC_CELL_NUMBER] ||
         column == self->columns[PLANCIA_PSC_CELL_POWER];
}

/* The label of a head is not aligned with its cells by itself. */
static void
align_titles (PlanciaPscRoster *self)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->table));
  GtkWidget  *title = gtk_widget_get_first_child (gtk_widget_get_first_child (self->table));

  for (guint i = 0; i < g_list_model_get_n_items (columns) && title; i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    GtkWidget *box = gtk_widget_get_first_child (title);

    if (box && is_of_numbers (self, column))
      gtk_widget_set_halign (box, GTK_ALIGN_END);
    title = gtk_widget_get_next_sibling (title);
  }
}

/* Columns for which a narrow table has no room. */
static gboolean
is_wide (guint cell)
{
  return cell == PLANCIA_PSC_CELL_SERIAL || cell == PLANCIA_PSC_CELL_BAR;
}

/* In a narrow table the signs stand alone, also without a title. */
static void
show_signs (PlanciaPscRoster *self, PlanciaPscCell cell, const char *title, int width)
{
  g_autoptr (GTimeZone) zone = plancia_device_words_zone (self->session);
  g_autoptr (GtkListItemFactory) factory = plancia_psc_cells_new (cell, zone, self->narrow);

  gtk_column_view_column_set_factory (self->columns[cell], factory);
  gtk_column_view_column_set_title (self->columns[cell], title);
  gtk_column_view_column_set_fixed_width (self->columns[cell], width);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_psc_roster_dispose (GObject *object)
{
  PlanciaPscRoster *self = PLANCIA_PSC_ROSTER (object);

  for (guint i = 0; i < PLANCIA_N_PSC_CELLS; i++)
    g_clear_object (&self->columns[i]);
  if (self->table)
    gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), NULL);
  self->table = NULL;
  self->filter = NULL;
  g_clear_object (&self->shown);
  g_clear_object (&self->session);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_psc_roster_parent_class)->dispose (object);
}

static void
plancia_psc_roster_class_init (PlanciaPscRosterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_psc_roster_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/psc-roster.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, counts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, problems);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPscRoster, table);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
plancia_psc_roster_init (PlanciaPscRoster *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_psc_roster_new:
 *
 * Returns: (transfer floating): the card, without a device
 */
GtkWidget *
plancia_psc_roster_new (void)
{
  return g_object_new (PLANCIA_TYPE_PSC_ROSTER, NULL);
}

/**
 * plancia_psc_roster_set_device:
 * @self: the card, whose device is set once
 * @session: whose device an activated row sets
 * @device: a PSC 100
 */
void
plancia_psc_roster_set_device (PlanciaPscRoster *self,
                               PlanciaSession   *session,
                               PlanciaDevice    *device)
{
  GListModel        *inverters = plancia_device_get_children (device);
  GtkSelectionModel *selection;
  g_autoptr (GTimeZone) zone = plancia_device_words_zone (session);

  g_return_if_fail (!self->device);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  self->shown = gtk_filter_list_model_new (g_object_ref (inverters), self->filter);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->problems),
                                g_list_model_get_n_items (inverters) > MANY);
  selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));
  add_columns (self, zone);
  align_titles (self);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->table), selection);
  g_object_unref (selection);
  plancia_psc_roster_update (self);
}

/**
 * plancia_psc_roster_update:
 * @self: the card
 *
 * Counts anew, and filters anew if only problems are shown.
 */
void
plancia_psc_roster_update (PlanciaPscRoster *self)
{
  show_counts (self);
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->problems)))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_empty (self);
}

void
plancia_psc_roster_set_narrow (PlanciaPscRoster *self, gboolean narrow)
{
  GtkColumnView *table = GTK_COLUMN_VIEW (self->table);

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  /* A hidden column still claims its width in the rows, and one that is shown keeps its old cells. */
  for (guint i = 0; i < PLANCIA_N_PSC_CELLS; i++) {
    if (narrow || !is_wide (i))
      gtk_column_view_remove_column (table, self->columns[i]);
  }
  show_signs (self, PLANCIA_PSC_CELL_CHECK, narrow ? "" : _("Check"), narrow ? 30 : 154);
  show_signs (self, PLANCIA_PSC_CELL_STATE, narrow ? "" : _("State"), narrow ? 30 : 208);
  for (guint i = 0; i < PLANCIA_N_PSC_CELLS; i++) {
    if (!narrow || !is_wide (i))
      gtk_column_view_append_column (table, self->columns[i]);
  }
  align_titles (self);
  gtk_widget_set_visible (self->search, !narrow);
}

guint
plancia_psc_roster_get_n_shown (PlanciaPscRoster *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->shown));
}
