/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plants-columns.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/roster-item.h"
#include "ui/column-titles.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of a cell; (transfer full). */
typedef char *(*DupText) (PlanciaRosterItem *item);
typedef double (*GetRank) (PlanciaRosterItem *item);

typedef struct
{
  const char *title;
  DupText     dup_text;
  GetRank     get_rank; /* NULL: by text */
  gboolean    number;
  gboolean    expand;
} Column;

static PlanciaRosterState
get_state (PlanciaRosterItem *item)
{
  return plancia_roster_facts_state (plancia_roster_item_get_facts (item), plancia_clock_now ());
}

static char *
dup_state (PlanciaRosterItem *item)
{
  if (!plancia_roster_item_get_loaded (item))
    return g_strdup ("…");
  return g_strdup (plancia_roster_state_words (get_state (item)));
}

static double
state_rank (PlanciaRosterItem *item)
{
  return plancia_roster_item_get_loaded (item) ? get_state (item) : PLANCIA_N_ROSTER_STATES;
}

static char *
dup_name (PlanciaRosterItem *item)
{
  const PlanciaRosterFacts *facts = plancia_roster_item_get_facts (item);
  g_autofree char          *tags = facts->tags != NULL ? g_strjoinv (", ", facts->tags) : NULL;

  if (tags == NULL || *tags == '\0')
    return g_strdup (plancia_roster_item_get_name (item));
  return g_strdup_printf ("%s · %s", plancia_roster_item_get_name (item), tags);
}

static char *
dup_today (PlanciaRosterItem *item)
{
  double           today = plancia_roster_item_get_facts (item)->today;
  const char      *unit;
  g_autofree char *number = plancia_text_energy (today, &unit);

  return isnan (today) ? g_strdup ("—") : plancia_text_with_unit (number, unit);
}

static double
today_rank (PlanciaRosterItem *item)
{
  double today = plancia_roster_item_get_facts (item)->today;

  return isnan (today) ? -1 : today;
}

static char *
dup_contact (PlanciaRosterItem *item)
{
  gint64 last = plancia_roster_item_get_facts (item)->last_contact;

  return last > 0 ? plancia_text_age (MAX (plancia_clock_now () - last, 0)) : g_strdup ("—");
}

static double
contact_rank (PlanciaRosterItem *item)
{
  return (double) plancia_roster_item_get_facts (item)->last_contact;
}

static char *
dup_count (guint count)
{
  return count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("—");
}

static double
alarms_rank (PlanciaRosterItem *item)
{
  const PlanciaRosterFacts *facts = plancia_roster_item_get_facts (item);

  return facts->faults + facts->warnings;
}

static char *
dup_alarms (PlanciaRosterItem *item)
{
  return dup_count ((guint) alarms_rank (item));
}

static double
findings_rank (PlanciaRosterItem *item)
{
  return plancia_roster_item_get_facts (item)->findings;
}

static char *
dup_findings (PlanciaRosterItem *item)
{
  return dup_count (plancia_roster_item_get_facts (item)->findings);
}

static double
holes_rank (PlanciaRosterItem *item)
{
  return plancia_roster_item_get_facts (item)->holes;
}

static char *
dup_holes (PlanciaRosterItem *item)
{
  guint holes = plancia_roster_item_get_facts (item)->holes;

  if (holes == 0)
    return g_strdup ("—");
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", holes), holes);
}

static char *
dup_next (PlanciaRosterItem *item)
{
  const PlanciaRosterFacts *facts = plancia_roster_item_get_facts (item);

  if (!plancia_roster_item_get_loaded (item))
    return g_strdup ("");
  return g_strdup (
    plancia_roster_next_words (plancia_roster_facts_next (facts, plancia_clock_now ())));
}

static double
next_rank (PlanciaRosterItem *item)
{
  return plancia_roster_facts_next (plancia_roster_item_get_facts (item), plancia_clock_now ());
}

static const Column columns[] = {
  {N_ ("State"),        dup_state,    state_rank,    FALSE, FALSE},
   {N_ ("Plant"),        dup_name,     NULL,          FALSE, TRUE },
    {N_ ("Today"),        dup_today,    today_rank,    TRUE,  FALSE},
     {N_ ("Last contact"), dup_contact,  contact_rank,  TRUE,  FALSE},
      {N_ ("Open alarms"),  dup_alarms,   alarms_rank,   TRUE,  FALSE},
       {N_ ("Findings"),     dup_findings, findings_rank, TRUE,  FALSE},
        {N_ ("Missing"),      dup_holes,    holes_rank,    TRUE,  FALSE},
         {N_ ("Next to do"),   dup_next,     next_rank,     FALSE, TRUE },
};

/* --- cells ----------------------------------------------------------------------------------- */

static void
show_state (GtkImage *image, PlanciaRosterItem *item)
{
  static const char *const icons[PLANCIA_N_ROSTER_STATES] = {"plancia-severity-fault-symbolic",
                                                             "plancia-severity-fault-symbolic",
                                                             "plancia-severity-warning-symbolic",
                                                             "plancia-severity-warning-symbolic",
                                                             "plancia-unknown-symbolic",
                                                             "plancia-verified-symbolic"};
  static const char *const inks[PLANCIA_N_ROSTER_STATES] =
    {"error-ink", "error-ink", "warn-ink", "warn-ink", "note-ink", "ok-ink"};
  gboolean loaded = plancia_roster_item_get_loaded (item);

  for (guint i = 0; i < PLANCIA_N_ROSTER_STATES; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), inks[i]);
  gtk_image_set_from_icon_name (image,
                                loaded ? icons[get_state (item)] : "plancia-pending-symbolic");
  if (loaded)
    gtk_widget_add_css_class (GTK_WIDGET (image), inks[get_state (item)]);
}

/* An image that only the first column shows, and a text. */
static void
show_cell (GtkWidget *cell, const Column *column, PlanciaRosterItem *item)
{
  GtkWidget       *image = gtk_widget_get_first_child (cell);
  GtkLabel        *label = GTK_LABEL (gtk_widget_get_last_child (cell));
  g_autofree char *text = column->dup_text (item);

  if (column == &columns[0])
    show_state (GTK_IMAGE (image), item);
  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (cell, column->expand ? text : NULL);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const Column *column)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_visible (image, column == &columns[0]);
  gtk_label_set_xalign (GTK_LABEL (label), column->number ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (column->number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (cell), image);
  gtk_box_append (GTK_BOX (cell), label);
  gtk_list_item_set_child (list_item, cell);
}

static void
loaded_cb (GtkListItem *list_item)
{
  const Column *column = g_object_get_data (G_OBJECT (list_item), "column");
  gpointer      item = gtk_list_item_get_item (list_item);

  if (item != NULL)
    show_cell (gtk_list_item_get_child (list_item), column, item);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const Column *column)
{
  PlanciaRosterItem *item = gtk_list_item_get_item (list_item);

  g_object_set_data (G_OBJECT (list_item), "column", (gpointer) column);
  show_cell (gtk_list_item_get_child (list_item), column, item);
  g_signal_connect_object (item,
                           "notify::loaded",
                           G_CALLBACK (loaded_cb),
                           list_item,
                           G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, const Column *column)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (list_item), list_item);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Column *column = user_data;

  if (column->get_rank != NULL) {
    double x = column->get_rank ((gpointer) a), y = column->get_rank ((gpointer) b);

    return (x > y) - (x < y);
  }
  return g_utf8_collate (plancia_roster_item_get_name ((gpointer) a),
                         plancia_roster_item_get_name ((gpointer) b));
}

static GtkColumnViewColumn *
add_column (GtkColumnView *view, const Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) one = gtk_column_view_column_new (_ (column->title), factory);
  g_autoptr (GtkSorter)
    sorter = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), (gpointer) column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), (gpointer) column);
  gtk_column_view_column_set_sorter (one, sorter);
  gtk_column_view_column_set_expand (one, column->expand);
  gtk_column_view_column_set_resizable (one, TRUE);
  if (column->number)
    plancia_column_titles_set_numbers (one);
  gtk_column_view_append_column (view, one);
  return one;
}

void
plancia_plants_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    GtkColumnViewColumn *column = add_column (view, &columns[i]);

    /* The worst first. */
    if (i == 0)
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
  }
  plancia_column_titles_align (view);
}
