/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-row.h"

#define BELOW     3
#define NO_NUMBER G_MAXUINT64

struct _PlanciaConsoleRow
{
  GtkWidget parent_instance;

  guint64            number;
  gsize              length; /* of the line when it was laid out */
  gboolean           open;
  guint              age;
  PlanciaConsoleText text;
  PangoLayout       *layout;
  PangoAttrList     *attributes; /* without the selection */
  GdkRGBA            ink;
  int                height;
  guint              start; /* selected */
  guint              end;
  gboolean           told;
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleRow, plancia_console_row, GTK_TYPE_WIDGET)

static void
plancia_console_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaConsoleRow *self = PLANCIA_CONSOLE_ROW (widget);

  if (self->layout)
    gtk_snapshot_append_layout (snapshot, self->layout, &self->ink);
}

static void
plancia_console_row_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = *natural = 0;
}

/* The fonts may be others. */
static void
plancia_console_row_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaConsoleRow *self = PLANCIA_CONSOLE_ROW (widget);

  GTK_WIDGET_CLASS (plancia_console_row_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  self->number = NO_NUMBER;
}

static void
plancia_console_row_finalize (GObject *object)
{
  PlanciaConsoleRow *self = PLANCIA_CONSOLE_ROW (object);

  g_clear_object (&self->layout);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  plancia_console_text_clear (&self->text);

  G_OBJECT_CLASS (plancia_console_row_parent_class)->finalize (object);
}

static void
plancia_console_row_class_init (PlanciaConsoleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_console_row_finalize;
  widget_class->snapshot = plancia_console_row_snapshot;
  widget_class->measure = plancia_console_row_measure;
  widget_class->css_changed = plancia_console_row_css_changed;
  gtk_widget_class_set_css_name (widget_class, "line");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
plancia_console_row_init (PlanciaConsoleRow *self)
{
  self->number = NO_NUMBER;
  plancia_console_text_init (&self->text);
}

/**
 * plancia_console_row_new:
 *
 * Returns: (transfer floating): a row without a line
 */
GtkWidget *
plancia_console_row_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_ROW, NULL);
}

/* --- laying out ------------------------------------------------------------------------------------ */

static void
mark_matches (PlanciaConsoleRow *self, const PlanciaConsoleShow *show)
{
  g_autoptr (GMatchInfo) info = NULL;
  const char    *body = self->text.text->str + self->text.body;
  const GdkRGBA *ground = self->number == show->current ? &show->palette->current
                                                        : &show->palette->match;
  int            start = 0, end = 0;

  if (show->regex == NULL)
    return;
  g_regex_match_full (show->regex,
                      body,
                      (gssize) (self->text.body_end - self->text.body),
                      0,
                      0,
                      &info,
                      NULL);
  while (g_match_info_matches (info)) {
    if (g_match_info_fetch_pos (info, 0, &start, &end) && end > start)
      plancia_console_palette_mark (ground,
                                    self->text.body + (guint) start,
                                    self->text.body + (guint) end,
                                    self->attributes);
    g_match_info_next (info, NULL);
  }
}

static void
lay_out (PlanciaConsoleRow *self, const PlanciaConsoleShow *show)
{
  if (self->layout == NULL) {
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
    pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_auto_dir (self->layout, FALSE);
  }
  pango_layout_set_text (self->layout, self->text.text->str, (int) self->text.text->len);
  pango_layout_set_width (self->layout, MAX (show->width, 1) * PANGO_SCALE);
  pango_layout_set_indent (self->layout, -show->hang * PANGO_SCALE);
}

static void
apply_attributes (PlanciaConsoleRow *self, const PlanciaConsolePalette *palette)
{
  PangoAttrList *attributes = self->attributes;

  if (self->end <= self->start) {
    pango_layout_set_attributes (self->layout, attributes);
    return;
  }
  attributes = pango_attr_list_copy (self->attributes);
  plancia_console_palette_mark (&palette->selection, self->start, self->end, attributes);
  pango_layout_set_attributes (self->layout, attributes);
  pango_attr_list_unref (attributes);
}

static void
refresh (PlanciaConsoleRow *self, const PlanciaConsoleShow *show)
{
  int height = 0;

  plancia_console_format_line (show->format, show->store, self->number, &self->text);
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  self->attributes = pango_attr_list_new ();
  for (guint i = 0; i < self->text.spans->len; i++)
    plancia_console_palette_apply (show->palette,
                                   &g_array_index (self->text.spans, PlanciaConsoleSpan, i),
                                   self->attributes);
  mark_matches (self, show);
  self->ink = show->palette->own;
  self->start = self->end = 0;
  lay_out (self, show);
  apply_attributes (self, show->palette);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  self->height = height + BELOW;
  self->told = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_console_row_show:
 * @show: how
 * @number: of a line that is kept
 */
void
plancia_console_row_show (PlanciaConsoleRow *self, const PlanciaConsoleShow *show, guint64 number)
{
  PlanciaConsoleItem item = {0};

  plancia_console_store_get (show->store, number, &item);
  if (self->number == number && self->age == show->age && self->length == item.length)
    return;
  self->number = number;
  self->age = show->age;
  self->length = item.length;
  refresh (self, show);
}

/**
 * plancia_console_row_hide:
 */
void
plancia_console_row_hide (PlanciaConsoleRow *self)
{
  self->number = NO_NUMBER;
}

/**
 * plancia_console_row_get_number:
 *
 * Returns: the line that is shown
 */
guint64
plancia_console_row_get_number (PlanciaConsoleRow *self)
{
  return self->number;
}

/**
 * plancia_console_row_get_height:
 *
 * Returns: pixels
 */
int
plancia_console_row_get_height (PlanciaConsoleRow *self)
{
  return self->height;
}

/**
 * plancia_console_row_select:
 * @start: first byte
 * @end: byte after the last one; the same for none
 */
void
plancia_console_row_select (PlanciaConsoleRow           *self,
                            const PlanciaConsolePalette *palette,
                            guint                        start,
                            guint                        end)
{
  end = MIN (end, (guint) self->text.text->len);
  if ((start == self->start && end == self->end) || self->layout == NULL)
    return;
  self->start = start;
  self->end = end;
  apply_attributes (self, palette);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_console_row_get_text:
 *
 * Returns: (transfer none): the line with its time
 */
const char *
plancia_console_row_get_text (PlanciaConsoleRow *self)
{
  return self->text.text->str;
}

/**
 * plancia_console_row_get_byte:
 * @x: pixels
 * @y: pixels
 *
 * Returns: where a click there puts the end of a selection
 */
guint
plancia_console_row_get_byte (PlanciaConsoleRow *self, double x, double y)
{
  int         index = 0, trailing = 0;
  const char *at;

  if (self->layout == NULL)
    return 0;
  pango_layout_xy_to_index (self->layout,
                            (int) (x * PANGO_SCALE),
                            (int) (y * PANGO_SCALE),
                            &index,
                            &trailing);
  at = self->text.text->str + index;
  for (int i = 0; i < trailing && *at != '\0'; i++)
    at = g_utf8_next_char (at);
  return (guint) (at - self->text.text->str);
}

/**
 * plancia_console_row_tell:
 */
void
plancia_console_row_tell (PlanciaConsoleRow *self)
{
  if (self->told || self->number == NO_NUMBER)
    return;
  self->told = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->text.text->str,
                                  -1);
}
