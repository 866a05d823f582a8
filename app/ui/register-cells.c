/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-cells.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/register-text.h"
#include <glib/gi18n.h>

#define RIGHT 1.f
/* How long a value that moved is marked, ms: less than the usual time between two readings. */
#define MOVED_TIME 700

static GtkWidget *
find_child (GtkWidget *cell, guint index)
{
  GtkWidget *child = gtk_widget_get_first_child (cell);

  while (child != NULL && index-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (gtk_widget_has_css_class (widget, css_class) == on)
    return;
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static GtkWidget *
staged_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Few rows are staged: only they pay for three labels. */
static void
show_staged (GtkWidget *cell, PlanciaRegisterRow *row)
{
  GtkWidget *box = find_child (cell, 1);

  if (box == NULL) {
    box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    gtk_widget_set_halign (box, GTK_ALIGN_END);
    gtk_widget_set_hexpand (box, TRUE);
    gtk_box_append (GTK_BOX (box), staged_label_new (NULL, "old-value"));
    gtk_box_append (GTK_BOX (box), staged_label_new (plancia_register_arrow (), "old-value"));
    gtk_box_append (GTK_BOX (box), staged_label_new (NULL, "new-value"));
    gtk_box_append (GTK_BOX (cell), box);
  }
  gtk_label_set_text (GTK_LABEL (find_child (box, 0)), plancia_register_row_get_text (row));
  gtk_label_set_text (GTK_LABEL (find_child (box, 2)), plancia_register_row_get_staged_text (row));
  gtk_widget_set_visible (box, TRUE);
}

static void
hide_staged (GtkWidget *cell)
{
  GtkWidget *box = find_child (cell, 1);

  if (box != NULL)
    gtk_widget_set_visible (box, FALSE);
}

static gboolean
is_old (PlanciaRegisterRow *row)
{
  PlanciaQuality quality = plancia_register_row_get_quality (row);

  return quality != PLANCIA_QUALITY_GOOD && quality != PLANCIA_QUALITY_MISSING;
}

static const char *
quality_words (PlanciaQuality quality)
{
  switch (quality) {
  case PLANCIA_QUALITY_OLD:
    return _ ("Old reading");
  case PLANCIA_QUALITY_MISSING:
    return _ ("The device has no value here");
  case PLANCIA_QUALITY_REFUSED:
    return _ ("The device refuses to read this register");
  case PLANCIA_QUALITY_ERROR:
    return _ ("The last reading did not succeed");
  case PLANCIA_QUALITY_GOOD:
  default:
    return NULL;
  }
}

/* The whole value where the column is too narrow, and what is wrong with it. */
static gboolean
on_query_value_tooltip (GtkWidget  *cell,
                        int         x,
                        int         y,
                        gboolean    keyboard,
                        GtkTooltip *tooltip,
                        gpointer    user_data)
{
  PlanciaRegisterRow *row = g_object_get_data (G_OBJECT (cell), "row");
  g_autofree char    *value = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *words;

  if (row == NULL)
    return FALSE;
  words = quality_words (plancia_register_row_get_quality (row));
  value = plancia_text_with_unit (plancia_register_row_get_text (row),
                                  plancia_register_row_get_field (row)->unit);
  g_string_append (text, value);
  if (plancia_register_row_is_staged (row))
    g_string_append_printf (text,
                            "\n%s %s",
                            plancia_register_arrow (),
                            plancia_register_row_get_staged_text (row));
  if (words != NULL)
    g_string_append_printf (text, "\n%s", words);
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

/**
 * plancia_register_cell_text_new:
 * @xalign: 0 to 1
 * @css_classes: for the text, with blanks between
 *
 * Returns: (transfer floating): a cell whose text may change often without a new layout of the table.
 */
GtkWidget *
plancia_register_cell_text_new (float xalign, const char *css_classes)
{
  GtkWidget *cell = gtk_inscription_new (NULL);
  g_auto (GStrv) classes = g_strsplit (css_classes, " ", -1);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), xalign);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_hexpand (cell, TRUE);
  /* As high as one line: in more room a long text would be broken into two. */
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  for (guint i = 0; classes[i] != NULL; i++)
    gtk_widget_add_css_class (cell, classes[i]);
  return cell;
}

/**
 * plancia_register_cell_set_text:
 *
 * Sets the text of a cell of plancia_register_cell_text_new() if it is another one.
 */
void
plancia_register_cell_set_text (GtkWidget *cell, const char *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (cell)), text) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
}

/**
 * plancia_register_cell_set_moved:
 * @changed: when the value last moved, ms UTC; 0 never
 * @now: ms UTC
 */
void
plancia_register_cell_set_moved (GtkWidget *cell, gint64 changed, gint64 now)
{
  set_class (cell, "moved", changed != 0 && now - changed < MOVED_TIME);
}

GtkWidget *
plancia_register_cell_star_new (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("non-starred-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "star");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  /* A row gives the focus to what can take it in it: then Return would be the star's. With the
   * keyboard the star is in the popover of the row. */
  gtk_widget_set_focusable (button, FALSE);
  return button;
}

void
plancia_register_cell_star_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  gboolean    starred = plancia_register_row_get_starred (row);
  const char *label = starred ? _ ("Remove from the favourites") : _ ("Add to the favourites");

  if (g_strcmp0 (gtk_widget_get_tooltip_text (cell), label) == 0)
    return;
  gtk_button_set_icon_name (GTK_BUTTON (cell),
                            starred ? "starred-symbolic" : "non-starred-symbolic");
  set_class (cell, "star-on", starred);
  set_class (cell, "star-off", !starred);
  gtk_widget_set_tooltip_text (cell, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
plancia_register_cell_value_new (void)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (cell), plancia_register_cell_text_new (RIGHT, "register-value numeric"));
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (on_query_value_tooltip), NULL);
  return cell;
}

void
plancia_register_cell_value_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  GtkWidget *text = gtk_widget_get_first_child (cell);
  gboolean   staged = plancia_register_row_is_staged (row);

  plancia_register_cell_set_text (text, plancia_register_row_get_text (row));
  set_class (text, "old-reading", is_old (row));
  plancia_register_cell_value_mark (cell, row);
  gtk_widget_set_visible (text, !staged);
  if (staged)
    show_staged (cell, row);
  else
    hide_staged (cell);
}

void
plancia_register_cell_value_mark (GtkWidget *cell, PlanciaRegisterRow *row)
{
  plancia_register_cell_set_moved (gtk_widget_get_first_child (cell),
                                   plancia_register_row_get_changed (row),
                                   plancia_clock_now ());
}

void
plancia_register_cell_name_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const char         *name = plancia_register_row_get_name (row);
  g_autofree char    *tip = field->note != NULL
                              ? g_strdup_printf ("%s\n%s", name, plancia_map_label (field->note))
                              : g_strdup (name);

  plancia_register_cell_set_text (cell, name);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (cell), tip) != 0)
    gtk_widget_set_tooltip_text (cell, tip);
}

void
plancia_register_cell_unit_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  plancia_register_cell_set_text (cell, plancia_register_row_get_field (row)->unit);
}

void
plancia_register_cell_raw_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  plancia_register_cell_set_text (cell, plancia_register_row_get_raw (row));
}

void
plancia_register_cell_address_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  char text[8];

  g_snprintf (text, sizeof text, "%04X", (guint) plancia_register_row_get_field (row)->address);
  plancia_register_cell_set_text (cell, text);
}

void
plancia_register_cell_access_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  plancia_register_cell_set_text (cell, plancia_register_text_access (row));
  set_class (cell, "kv-key", !plancia_register_row_is_writable (row));
}

void
plancia_register_cell_age_update (GtkWidget *cell, PlanciaRegisterRow *row)
{
  gint64           time = plancia_register_row_get_time (row);
  g_autofree char *text = time != 0 ? plancia_text_age (plancia_clock_now () - time)
                                    : g_strdup ("\xe2\x80\x94");

  plancia_register_cell_set_text (cell, text);
}

/**
 * plancia_register_cell_tint:
 * @cell: the child of a GtkListItem
 * @row: (nullable): what it shows
 *
 * GTK 4.8 has no factory for rows: the class goes to the parent of the cell's parent.
 */
void
plancia_register_cell_tint (GtkWidget *cell, PlanciaRegisterRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (cell);
  GtkWidget *line = parent != NULL ? gtk_widget_get_parent (parent) : NULL;

  if (line != NULL)
    set_class (line, "staged", row != NULL && plancia_register_row_is_staged (row));
}

/**
 * plancia_register_arrow:
 *
 * Returns: (transfer none): an arrow that points onwards in the program's language.
 */
const char *
plancia_register_arrow (void)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "\xe2\x86\x90" : "\xe2\x86\x92";
}
