/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-layout.h"

#define MARGIN_X PLANCIA_CONSOLE_MARGIN_X
#define MARGIN_Y PLANCIA_CONSOLE_MARGIN_Y
/* Pixels below each line. */
#define BELOW 3
/* Added at once; a view 760 pixels high needs some 35. */
#define MORE_ROWS 48

/**
 * plancia_console_layout_new:
 * @view: whose children the rows are
 *
 * Returns: (transfer full)
 */
PlanciaConsoleLayout *
plancia_console_layout_new (GtkWidget *view)
{
  PlanciaConsoleLayout *self = g_new0 (PlanciaConsoleLayout, 1);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  self->view = view;
  self->rows = g_ptr_array_new ();
  self->spare = g_ptr_array_new ();
  self->tops = g_array_new (FALSE, FALSE, sizeof (int));
  self->following = TRUE;
  self->current = G_MAXUINT64;
  plancia_console_format_init (&self->format, zone);
  plancia_console_layout_grow (self);
  return self;
}

/**
 * plancia_console_layout_grow:
 *
 * Adds rows that wait until they are wanted. Not while places are given.
 */
void
plancia_console_layout_grow (PlanciaConsoleLayout *self)
{
  for (guint i = 0; i < MORE_ROWS; i++) {
    GtkWidget *row = plancia_console_row_new ();

    gtk_widget_set_child_visible (row, FALSE);
    gtk_widget_set_parent (row, self->view);
    g_ptr_array_add (self->spare, row);
  }
}

/**
 * plancia_console_layout_free:
 *
 * Takes its rows from the view.
 */
void
plancia_console_layout_free (PlanciaConsoleLayout *self)
{
  g_ptr_array_foreach (self->rows, (GFunc) (void (*) (void)) gtk_widget_unparent, NULL);
  g_ptr_array_foreach (self->spare, (GFunc) (void (*) (void)) gtk_widget_unparent, NULL);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->spare);
  g_array_unref (self->tops);
  g_clear_object (&self->lines);
  g_clear_object (&self->search);
  plancia_console_format_clear (&self->format);
  g_free (self);
}

/* --- which lines -------------------------------------------------------------------------------- */

static const PlanciaConsoleStore *
get_store (PlanciaConsoleLayout *self)
{
  return plancia_console_buffer_get_store (self->lines);
}

/**
 * plancia_console_layout_is_filtered:
 *
 * Returns: whether some lines are left out
 */
gboolean
plancia_console_layout_is_filtered (PlanciaConsoleLayout *self)
{
  return self->filter && self->search && plancia_console_search_get_regex (self->search);
}

/**
 * plancia_console_layout_count:
 *
 * Returns: lines that are shown. A filter forgets a line that went away a moment later than the store.
 */
guint64
plancia_console_layout_count (PlanciaConsoleLayout *self)
{
  guint64 first;

  if (!self->lines)
    return 0;
  first = plancia_console_store_get_first (get_store (self));
  if (plancia_console_layout_is_filtered (self))
    return plancia_console_search_get_count (self->search) -
           plancia_console_search_rank (self->search, first);
  return plancia_console_store_get_end (get_store (self)) - first;
}

/**
 * plancia_console_layout_line_at:
 *
 * Returns: number of the line at an index below the count
 */
guint64
plancia_console_layout_line_at (PlanciaConsoleLayout *self, guint64 index)
{
  guint64 first = plancia_console_store_get_first (get_store (self));

  return plancia_console_layout_is_filtered (self)
           ? plancia_console_search_get (self->search,
                                         (guint) index +
                                           plancia_console_search_rank (self->search, first))
           : first + index;
}

/**
 * plancia_console_layout_index_of:
 *
 * Returns: index of this line or of the next one that is shown
 */
guint64
plancia_console_layout_index_of (PlanciaConsoleLayout *self, guint64 line)
{
  guint64 first = plancia_console_store_get_first (get_store (self));

  line = MAX (line, first);
  return plancia_console_layout_is_filtered (self)
           ? plancia_console_search_rank (self->search, line) -
               plancia_console_search_rank (self->search, first)
           : line - first;
}

/* --- placing ------------------------------------------------------------------------------------ */

static void
measure_font (PlanciaConsoleLayout *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->view, "0");
  int width = 0, height = 0;

  pango_layout_get_size (layout, &width, &height);
  self->pitch = PANGO_PIXELS (height) + BELOW;
  self->character = (double) width / PANGO_SCALE;
  self->hang = PANGO_PIXELS (width * (int) plancia_console_format_indent (&self->format));
}

static PlanciaConsoleRow *
take_row (PlanciaConsoleLayout *self, GPtrArray *old, guint64 line)
{
  for (guint i = 0; i < old->len; i++)
    if (plancia_console_row_get_number (g_ptr_array_index (old, i)) == line)
      return g_ptr_array_steal_index (old, i);

  if (self->spare->len > 0)
    return g_ptr_array_steal_index (self->spare, self->spare->len - 1);
  return NULL;
}

/* The row of the line, laid out; old rows serve again. NULL: there are too few, and no widget can be added while places are
 * given. */
static PlanciaConsoleRow *
show_line (PlanciaConsoleLayout *self, GPtrArray *old, const PlanciaConsoleShow *show, guint64 line)
{
  PlanciaConsoleRow *row = take_row (self, old, line);

  if (row == NULL)
    self->wanting = TRUE;
  else
    plancia_console_row_show (row, show, line);
  return row;
}

static void
put_row (PlanciaConsoleLayout *self, guint at, PlanciaConsoleRow *row, int y)
{
  g_ptr_array_insert (self->rows, (int) at, row);
  g_array_insert_val (self->tops, at, y);
}

/* From this line up, the lower edge of the last one at y. Returns the upper edge. */
static int
fill_up (PlanciaConsoleLayout     *self,
         GPtrArray                *old,
         const PlanciaConsoleShow *show,
         guint64                   count,
         int                       y)
{
  while (count > 0 && y > 0) {
    PlanciaConsoleRow *row =
      show_line (self, old, show, plancia_console_layout_line_at (self, count - 1));

    if (row == NULL)
      break;
    y -= plancia_console_row_get_height (row);
    put_row (self, 0, row, y);
    count--;
  }
  return y;
}

static int
fill_down (PlanciaConsoleLayout     *self,
           GPtrArray                *old,
           const PlanciaConsoleShow *show,
           guint64                   index,
           int                       y,
           int                       height)
{
  guint64 count = plancia_console_layout_count (self);

  for (; index < count && y < height; index++) {
    PlanciaConsoleRow *row =
      show_line (self, old, show, plancia_console_layout_line_at (self, index));

    if (row == NULL)
      break;
    put_row (self, self->rows->len, row, y);
    y += plancia_console_row_get_height (row);
  }
  return y;
}

static void
move_all (PlanciaConsoleLayout *self, int by)
{
  for (guint i = 0; i < self->tops->len; i++)
    g_array_index (self->tops, int, i) += by;
}

/* The line at the upper edge, to be found again when lines went away above. */
static void
remember_top (PlanciaConsoleLayout *self)
{
  PlanciaConsoleRow *row = self->rows->len > 0 ? g_ptr_array_index (self->rows, 0) : NULL;
  int                y = row ? g_array_index (self->tops, int, 0) : 0;

  if (row == NULL)
    return;
  self->top = plancia_console_row_get_number (row);
  self->fraction = CLAMP ((double) (MARGIN_Y - y) / plancia_console_row_get_height (row), 0, 1);
}

static void
place_at_end (PlanciaConsoleLayout     *self,
              GPtrArray                *old,
              const PlanciaConsoleShow *show,
              int                       height)
{
  int y = fill_up (self, old, show, plancia_console_layout_count (self), height - MARGIN_Y);

  /* Fewer lines than room: they begin at the top. */
  if (y > MARGIN_Y)
    move_all (self, MARGIN_Y - y);
  remember_top (self);
}

static void
place_at_top (PlanciaConsoleLayout     *self,
              GPtrArray                *old,
              const PlanciaConsoleShow *show,
              int                       height)
{
  guint64            count = plancia_console_layout_count (self), index;
  PlanciaConsoleRow *row;
  int                y;

  if (count == 0)
    return;
  if (self->top < plancia_console_store_get_first (get_store (self)))
    self->top = plancia_console_store_find_time (get_store (self), self->top_time);
  index = plancia_console_layout_index_of (self, self->top);
  if (index >= count || (!plancia_console_layout_is_filtered (self) &&
                         self->top != plancia_console_layout_line_at (self, index)))
    self->fraction = 0;
  index = MIN (index, count - 1);
  self->top = plancia_console_layout_line_at (self, index);
  row = show_line (self, old, show, self->top);
  if (row == NULL)
    return;
  y = MARGIN_Y - (int) (self->fraction * plancia_console_row_get_height (row));
  put_row (self, 0, row, y);
  fill_up (self, old, show, index, y);
  y = fill_down (self, old, show, index + 1, y + plancia_console_row_get_height (row), height);
  /* The lines end above the bottom: there were more, or they were higher. */
  if (y < height - MARGIN_Y && index > 0) {
    g_ptr_array_extend_and_steal (old, g_steal_pointer (&self->rows));
    self->rows = g_ptr_array_new ();
    g_array_set_size (self->tops, 0);
    place_at_end (self, old, show, height);
  }
}

/**
 * plancia_console_layout_find_end:
 *
 * Returns: where the adjustment is when the last line stands at the bottom; an estimate
 */
double
plancia_console_layout_find_end (PlanciaConsoleLayout *self, int height)
{
  guint64 index = plancia_console_layout_count (self);
  double  room = height - 2.0 * MARGIN_Y;
  guint   columns = (guint) (self->width / MAX (self->character, 1));
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  while (index > 0) {
    double now = plancia_console_format_rows (&self->format,
                                              get_store (self),
                                              plancia_console_layout_line_at (self, index - 1),
                                              columns,
                                              &text) *
                   (self->pitch - BELOW) +
                 BELOW;

    if (now > room)
      return ((double) index - MAX (room, 0) / now) * self->pitch;
    room -= now;
    index--;
  }
  return 0;
}

/**
 * plancia_console_layout_is_seen:
 *
 * Returns: whether all of the line is on the screen
 */
gboolean
plancia_console_layout_is_seen (PlanciaConsoleLayout *self, guint64 line)
{
  int height = gtk_widget_get_height (self->view);

  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaConsoleRow *row = g_ptr_array_index (self->rows, i);
    int                y = g_array_index (self->tops, int, i);

    if (plancia_console_row_get_number (row) == line)
      return y >= 0 && y + plancia_console_row_get_height (row) <= height;
  }
  return FALSE;
}

static void
remember_time (PlanciaConsoleLayout *self)
{
  PlanciaConsoleItem item = {0};

  if (self->rows->len == 0)
    return;
  plancia_console_store_get (get_store (self), self->top, &item);
  self->top_time = item.time;
}

static void
put_away (PlanciaConsoleLayout *self, GPtrArray *old)
{
  while (old->len > 0) {
    PlanciaConsoleRow *row = g_ptr_array_steal_index (old, old->len - 1);

    plancia_console_row_hide (row);
    gtk_widget_set_child_visible (GTK_WIDGET (row), FALSE);
    g_ptr_array_add (self->spare, row);
  }
}

/**
 * plancia_console_layout_place:
 * @width: pixels of a row
 * @height: pixels of the view
 */
void
plancia_console_layout_place (PlanciaConsoleLayout *self, int width, int height)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->rows);
  PlanciaConsoleShow show = {.format = &self->format, .palette = &self->palette};

  if (self->width != width)
    self->age++;
  self->width = width;
  self->wanting = FALSE;
  self->rows = g_ptr_array_new ();
  g_array_set_size (self->tops, 0);
  measure_font (self);
  if (self->lines) {
    show.store = get_store (self);
    show.regex = self->search ? plancia_console_search_get_regex (self->search) : NULL;
    show.current = self->current;
    show.width = width;
    show.hang = self->hang;
    show.age = self->age;
    if (self->following)
      place_at_end (self, old, &show, height);
    else
      place_at_top (self, old, &show, height);
    remember_time (self);
  }
  put_away (self, old);
}

/**
 * plancia_console_layout_allocate:
 * @range: says what of a line is selected
 */
void
plancia_console_layout_allocate (PlanciaConsoleLayout *self,
                                 PlanciaConsoleRange   range,
                                 gpointer              user_data)
{
  for (guint i = 0; i < self->rows->len; i++) {
    PlanciaConsoleRow *row = g_ptr_array_index (self->rows, i);
    float              y = (float) g_array_index (self->tops, int, i);
    guint              start = 0, end = 0;

    range (user_data, plancia_console_row_get_number (row), &start, &end);
    plancia_console_row_select (row, &self->palette, start, end);
    gtk_widget_set_child_visible (GTK_WIDGET (row), TRUE);
    gtk_widget_measure (GTK_WIDGET (row),
                        GTK_ORIENTATION_VERTICAL,
                        self->width,
                        NULL,
                        NULL,
                        NULL,
                        NULL);
    gtk_widget_allocate (GTK_WIDGET (row),
                         self->width,
                         plancia_console_row_get_height (row),
                         -1,
                         gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (MARGIN_X, y)));
  }
}

/**
 * plancia_console_layout_dup_text:
 *
 * Returns: (transfer full): the text as it is shown, with times and arrows
 */
char *
plancia_console_layout_dup_text (PlanciaConsoleLayout *self)
{
  GString *all = g_string_new (NULL);
  guint64  count = plancia_console_layout_count (self);
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  for (guint64 i = 0; i < count; i++) {
    plancia_console_format_line (&self->format,
                                 get_store (self),
                                 plancia_console_layout_line_at (self, i),
                                 &text);
    g_string_append_len (all, text.text->str, (gssize) text.text->len);
    g_string_append_c (all, '\n');
  }
  return g_string_free (all, FALSE);
}

/**
 * plancia_console_layout_hit:
 * @line: (out): number
 * @byte: (out): of its text
 *
 * Returns: %FALSE if nothing is shown
 */
gboolean
plancia_console_layout_hit (PlanciaConsoleLayout *self,
                            double                x,
                            double                y,
                            guint64              *line,
                            guint                *byte)
{
  PlanciaConsoleRow *row;
  guint              i = 0;

  if (self->rows->len == 0)
    return FALSE;
  while (i + 1 < self->rows->len && g_array_index (self->tops, int, i + 1) <= y)
    i++;
  row = g_ptr_array_index (self->rows, i);
  *line = plancia_console_row_get_number (row);
  *byte = plancia_console_row_get_byte (row, x - MARGIN_X, y - g_array_index (self->tops, int, i));
  return TRUE;
}

/**
 * plancia_console_layout_peek_line:
 * @line: number
 *
 * Returns: (transfer none) (nullable): its text, if it is on the screen
 */
const char *
plancia_console_layout_peek_line (PlanciaConsoleLayout *self, guint64 line)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (plancia_console_row_get_number (g_ptr_array_index (self->rows, i)) == line)
      return plancia_console_row_get_text (g_ptr_array_index (self->rows, i));

  return NULL;
}
