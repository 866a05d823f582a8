/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/raw-detail.h"

#include "ui/raw-columns.h"
#include <glib/gi18n.h>

#define COLUMN_GAP 18
#define ROW_GAP    6
#define MARGIN     18

/* One line: a form, in an order where that matters. */
typedef struct
{
  PlanciaRawForm   form;
  PlanciaWordOrder order;
  gboolean         ordered;
} Line;

static const Line lines[] = {
  {PLANCIA_RAW_ADDRESS, PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_DECIMAL, PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_NAME,    PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_HEX,     PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_U16,     PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_I16,     PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_BITS,    PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_TEXT,    PLANCIA_WORDS_ABCD, FALSE},
  {PLANCIA_RAW_U32,     PLANCIA_WORDS_ABCD, TRUE },
  {PLANCIA_RAW_U32,     PLANCIA_WORDS_CDAB, TRUE },
  {PLANCIA_RAW_I32,     PLANCIA_WORDS_ABCD, TRUE },
  {PLANCIA_RAW_I32,     PLANCIA_WORDS_CDAB, TRUE },
  {PLANCIA_RAW_F32,     PLANCIA_WORDS_ABCD, TRUE },
  {PLANCIA_RAW_F32,     PLANCIA_WORDS_CDAB, TRUE },
  {PLANCIA_RAW_F32,     PLANCIA_WORDS_BADC, TRUE },
  {PLANCIA_RAW_F32,     PLANCIA_WORDS_DCBA, TRUE },
};

struct _PlanciaRawDetail
{
  AdwBin parent_instance;

  PlanciaRawRow *row;
  GtkLabel      *values[G_N_ELEMENTS (lines)];
};

G_DEFINE_FINAL_TYPE (PlanciaRawDetail, plancia_raw_detail, ADW_TYPE_BIN)

static void
update (PlanciaRawDetail *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines) && self->row != NULL; i++) {
    g_autofree char *text = plancia_raw_row_format (self->row, lines[i].form, lines[i].order);

    gtk_label_set_text (self->values[i], text);
  }
}

static void
add_line (PlanciaRawDetail *self, GtkGrid *grid, guint index)
{
  const Line      *line = &lines[index];
  const char      *title = plancia_raw_form_title (line->form);
  g_autofree char *ordered =
    line->ordered ? g_strdup_printf ("%s %s", title, plancia_word_order_name (line->order)) : NULL;
  GtkWidget *key = gtk_label_new (ordered != NULL ? ordered : title);
  GtkWidget *value = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_widget_add_css_class (key, "kv-key");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  /* With the mouse: the focus would select the first one at once. */
  gtk_widget_set_focusable (value, FALSE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_grid_attach (grid, key, 0, (int) index, 1, 1);
  gtk_grid_attach (grid, value, 1, (int) index, 1, 1);
  self->values[index] = GTK_LABEL (value);
}

static GtkWidget *
tool_bar_new (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_add_css_class (bar, "toolbar-row");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Back to the table"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the table"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "raw.list");
  gtk_box_append (GTK_BOX (bar), button);
  return bar;
}

static void
plancia_raw_detail_dispose (GObject *object)
{
  plancia_raw_detail_set_row (PLANCIA_RAW_DETAIL (object), NULL);

  G_OBJECT_CLASS (plancia_raw_detail_parent_class)->dispose (object);
}

static void
plancia_raw_detail_class_init (PlanciaRawDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_raw_detail_dispose;
}

static void
plancia_raw_detail_init (PlanciaRawDetail *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), COLUMN_GAP);
  gtk_grid_set_row_spacing (GTK_GRID (grid), ROW_GAP);
  gtk_widget_set_margin_top (grid, MARGIN);
  gtk_widget_set_margin_bottom (grid, MARGIN);
  gtk_widget_set_margin_start (grid, MARGIN);
  gtk_widget_set_margin_end (grid, MARGIN);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    add_line (self, GTK_GRID (grid), i);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), tool_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
plancia_raw_detail_set_row (PlanciaRawDetail *self, PlanciaRawRow *row)
{
  g_return_if_fail (PLANCIA_IS_RAW_DETAIL (self));

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  g_signal_connect_object (row, "notify::serial", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
