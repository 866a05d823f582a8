/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-view.h"

#include <glib/gi18n.h>
#include <math.h>

/* Lines that are put in at once; more wait for the next turn of the loop, so that it never stalls. */
#define BATCH 400
/* Pixels from the end that still count as the end. */
#define END_SLACK 24.0
/* After the text view has measured its lines, which it does at this priority less 5. */
#define SCROLL_PRIORITY (GTK_TEXT_VIEW_PRIORITY_VALIDATE + 5)
#define DIM             0.74

struct _PlanciaConsoleView
{
  GtkTextView parent_instance;

  PlanciaConsoleBuffer *lines;
  PlanciaConsoleMode    mode;
  PlanciaConsoleTime    time;
  GTimeZone            *zone;
  GtkTextTag           *tags[PLANCIA_CONSOLE_N_STYLES];
  GtkTextMark          *end_mark;

  /* Shown are the lines [first, end). */
  guint64 first;
  guint64 end;
  gsize   last_size; /* bytes of the last one, to see that it grew */
  GArray *rows;      /* guint, rows of each line */
  guint   n_rows;
  guint   idle_id;
  guint   scroll_id;

  GtkAdjustment *adjustment;
  double         last_value;
  double         last_upper;
  gboolean       following;
  gboolean       trimming; /* lines above went away: what moves up now was no person */
  guint          new_lines;
};

enum {
  PROP_0,
  PROP_NEW_LINES,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleView, plancia_console_view, GTK_TYPE_TEXT_VIEW)

static GParamSpec *properties[N_PROPS];

static void flush (PlanciaConsoleView *self);

/* --- styles ------------------------------------------------------------------------------------ */

static GdkRGBA
named_colour (GtkStyleContext *context, const char *name)
{
  GdkRGBA colour = {0, 0, 0, 1};

  if (!gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);

  return colour;
}

static void
update_colours (PlanciaConsoleView *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA          received = named_colour (context, "rx_text");
  GdkRGBA          sent = named_colour (context, "tx_text");
  GdkRGBA          notice = named_colour (context, "warn_text");
  GdkRGBA          dim;

  gtk_style_context_get_color (context, &dim);
  dim.alpha *= DIM;
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_TIME], "foreground-rgba", &dim, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_ESCAPE], "foreground-rgba", &dim, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_BYTES], "foreground-rgba", &dim, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_RECEIVED], "foreground-rgba", &received, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_SENT], "foreground-rgba", &sent, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_NOTICE], "foreground-rgba", &notice, NULL);
}

/* Rows that are wrapped begin below the text, not below the time. */
static void
update_indent (PlanciaConsoleView *self)
{
  PangoContext     *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int               width = pango_font_metrics_get_approximate_char_width (metrics);
  int               characters = (int) plancia_console_format_indent (self->time);

  gtk_text_view_set_indent (GTK_TEXT_VIEW (self), -PANGO_PIXELS (characters * width));
  pango_font_metrics_unref (metrics);
}

static void
create_tags (PlanciaConsoleView *self)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  for (guint i = 0; i < PLANCIA_CONSOLE_N_STYLES; i++)
    self->tags[i] = gtk_text_buffer_create_tag (text, NULL, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_RECEIVED], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_SENT], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (self->tags[PLANCIA_CONSOLE_STYLE_NOTICE], "style", PANGO_STYLE_ITALIC, NULL);
}

static void
create_end_mark (PlanciaConsoleView *self)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    end;

  gtk_text_buffer_get_end_iter (text, &end);
  self->end_mark = gtk_text_buffer_create_mark (text, NULL, &end, FALSE);
}

/* --- following --------------------------------------------------------------------------------- */

static void
set_new_lines (PlanciaConsoleView *self, guint count)
{
  if (self->new_lines == count)
    return;

  self->new_lines = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEW_LINES]);
}

static void
set_following (PlanciaConsoleView *self, gboolean following)
{
  self->following = following;
  if (following)
    set_new_lines (self, 0);
}

static double
end_value (PlanciaConsoleView *self)
{
  double space = gtk_adjustment_get_upper (self->adjustment) -
                 gtk_adjustment_get_page_size (self->adjustment);

  return MAX (space, gtk_adjustment_get_lower (self->adjustment));
}

static gboolean
go_to_end_cb (gpointer user_data)
{
  PlanciaConsoleView *self = user_data;

  self->scroll_id = 0;
  if (self->following && self->adjustment != NULL)
    gtk_adjustment_set_value (self->adjustment, end_value (self));
  self->trimming = FALSE;

  return G_SOURCE_REMOVE;
}

/* The height of what was put in is known only later: then go after it, but not from within the text view's own
 * reckoning. */
static void
queue_go_to_end (PlanciaConsoleView *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add_full (SCROLL_PRIORITY, go_to_end_cb, self, NULL);
}

static void
adjustment_changed_cb (PlanciaConsoleView *self)
{
  if (self->following)
    queue_go_to_end (self);
  self->last_upper = gtk_adjustment_get_upper (self->adjustment);
}

/* Up, while nothing went away above, was a person. */
static void
value_changed_cb (PlanciaConsoleView *self)
{
  double   value = gtk_adjustment_get_value (self->adjustment);
  double   upper = gtk_adjustment_get_upper (self->adjustment);
  gboolean at_end = value >= end_value (self) - END_SLACK;

  if (at_end)
    set_following (self, TRUE);
  else if (self->following && !self->trimming && value < self->last_value &&
           upper >= self->last_upper)
    set_following (self, FALSE);
  self->last_value = value;
  self->last_upper = upper;
}

static void
take_adjustment (PlanciaConsoleView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_set_object (&self->adjustment, adjustment);
  if (adjustment == NULL)
    return;

  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (adjustment_changed_cb), self);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
}

/* --- showing lines ------------------------------------------------------------------------------ */

static guint
sum_rows (PlanciaConsoleView *self, guint count)
{
  guint sum = 0;

  for (guint i = 0; i < count; i++)
    sum += g_array_index (self->rows, guint, i);

  return sum;
}

static void
delete_rows (PlanciaConsoleView *self, guint first, guint end)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    from, to;

  gtk_text_buffer_get_iter_at_line (text, &from, (int) first);
  gtk_text_buffer_get_iter_at_line (text, &to, (int) end);
  gtk_text_buffer_delete (text, &from, &to);
  self->n_rows -= end - first;
}

/* What the buffer no longer has. */
static void
drop_old (PlanciaConsoleView *self)
{
  guint64 first = plancia_console_buffer_get_first (self->lines);
  guint   count = (guint) (MIN (first, self->end) - MIN (self->first, self->end));

  if (first <= self->first)
    return;

  if (self->following) {
    self->trimming = TRUE;
    queue_go_to_end (self);
  }
  delete_rows (self, 0, sum_rows (self, count));
  g_array_remove_range (self->rows, 0, count);
  self->first = first;
  self->end = MAX (self->end, first);
}

/* The last line, if it grew: it is put in again. */
static void
drop_grown (PlanciaConsoleView *self)
{
  guint rows;

  if (self->rows->len == 0 || self->end > plancia_console_buffer_get_end (self->lines))
    return;
  if (g_bytes_get_size (plancia_console_buffer_get_line (self->lines, self->end - 1)->bytes) ==
      self->last_size)
    return;

  rows = g_array_index (self->rows, guint, self->rows->len - 1);
  delete_rows (self, self->n_rows - rows, self->n_rows);
  g_array_set_size (self->rows, self->rows->len - 1);
  self->end--;
}

static void
add_line (PlanciaConsoleView *self, PlanciaConsoleFormat *format)
{
  const PlanciaConsoleLine *line = plancia_console_buffer_get_line (self->lines, self->end);
  gint64                    previous = 0;
  guint                     rows;

  if (self->end > plancia_console_buffer_get_first (self->lines))
    previous = plancia_console_buffer_get_line (self->lines, self->end - 1)->time;
  rows = plancia_console_format_add (format, line, previous);
  g_array_append_val (self->rows, rows);
  self->n_rows += rows;
  self->last_size = g_bytes_get_size (line->bytes);
  self->end++;
}

/* One insertion for all; the styles follow by their offsets. */
static void
insert (PlanciaConsoleView *self, PlanciaConsoleFormat *format)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  int            start = gtk_text_buffer_get_char_count (text);
  GtkTextIter    from, to;

  gtk_text_buffer_get_end_iter (text, &to);
  gtk_text_buffer_insert (text, &to, format->text->str, (int) format->text->len);
  for (guint i = 0; i < format->spans->len; i++) {
    PlanciaConsoleSpan span = g_array_index (format->spans, PlanciaConsoleSpan, i);

    gtk_text_buffer_get_iter_at_offset (text, &from, start + (int) span.start);
    gtk_text_buffer_get_iter_at_offset (text, &to, start + (int) span.end);
    gtk_text_buffer_apply_tag (text, self->tags[span.style], &from, &to);
  }
}

static void
add_lines (PlanciaConsoleView *self)
{
  guint64 end = MIN (plancia_console_buffer_get_end (self->lines), self->end + BATCH);
  g_auto (PlanciaConsoleFormat) format = {0};

  if (self->end >= end)
    return;

  plancia_console_format_init (&format, self->mode, self->time, self->zone);
  while (self->end < end)
    add_line (self, &format);
  insert (self, &format);
}

/* Without waiting until the lines above are measured. */
static void
show_end (PlanciaConsoleView *self)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    end;

  gtk_text_buffer_get_end_iter (text, &end);
  gtk_text_buffer_move_mark (text, self->end_mark, &end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), self->end_mark, 0, FALSE, 0, 0);
}

static gboolean
flush_cb (gpointer user_data)
{
  PlanciaConsoleView *self = user_data;

  self->idle_id = 0;
  flush (self);

  return G_SOURCE_REMOVE;
}

/* Brings the text to where the lines are. */
static void
flush (PlanciaConsoleView *self)
{
  guint64 seen = self->end;

  if (self->lines == NULL)
    return;

  drop_old (self);
  drop_grown (self);
  add_lines (self);
  if (self->following)
    show_end (self);
  else if (self->end > seen)
    set_new_lines (self, self->new_lines + (guint) (self->end - seen));
  if (self->end < plancia_console_buffer_get_end (self->lines) && self->idle_id == 0)
    self->idle_id = g_idle_add (flush_cb, self);
}

/* From the beginning: other lines, or the same in another form. */
static void
rebuild (PlanciaConsoleView *self)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), "", 0);
  g_array_set_size (self->rows, 0);
  self->n_rows = 0;
  self->first = self->lines ? plancia_console_buffer_get_first (self->lines) : 0;
  self->end = self->first;
  set_following (self, TRUE);
  update_indent (self);
  flush (self);
}

/* --- GObject ------------------------------------------------------------------------------------ */

static void
plancia_console_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (widget);

  GTK_WIDGET_CLASS (plancia_console_view_parent_class)->css_changed (widget, change);
  update_colours (self);
  update_indent (self);
}

static void
plancia_console_view_constructed (GObject *object)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  G_OBJECT_CLASS (plancia_console_view_parent_class)->constructed (object);

  create_tags (self);
  create_end_mark (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Console output"), -1);
}

static void
plancia_console_view_dispose (GObject *object)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  plancia_console_view_set_lines (self, NULL);

  G_OBJECT_CLASS (plancia_console_view_parent_class)->dispose (object);
}

static void
plancia_console_view_finalize (GObject *object)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  g_array_unref (self->rows);
  g_time_zone_unref (self->zone);

  G_OBJECT_CLASS (plancia_console_view_parent_class)->finalize (object);
}

static void
plancia_console_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  switch (id) {
  case PROP_NEW_LINES:
    g_value_set_uint (value, self->new_lines);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_console_view_class_init (PlanciaConsoleViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_console_view_constructed;
  object_class->dispose = plancia_console_view_dispose;
  object_class->finalize = plancia_console_view_finalize;
  object_class->get_property = plancia_console_view_get_property;
  widget_class->css_changed = plancia_console_view_css_changed;

  properties[PROP_NEW_LINES] = g_param_spec_uint ("new-lines",
                                                  NULL,
                                                  NULL,
                                                  0,
                                                  G_MAXUINT,
                                                  0,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_console_view_init (PlanciaConsoleView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->zone = g_time_zone_new_local ();
  self->following = TRUE;
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self), "console");
  g_signal_connect (self, "notify::vadjustment", G_CALLBACK (take_adjustment), NULL);
}

/**
 * plancia_console_view_new:
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *
plancia_console_view_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_VIEW, NULL);
}

/**
 * plancia_console_view_set_lines:
 * @lines: (nullable): what to show
 */
void
plancia_console_view_set_lines (PlanciaConsoleView *self, PlanciaConsoleBuffer *lines)
{
  if (self->lines == lines)
    return;

  if (self->lines != NULL)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_set_object (&self->lines, lines);
  if (lines != NULL)
    g_signal_connect_swapped (lines, "changed", G_CALLBACK (flush), self);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    rebuild (self);
}

/**
 * plancia_console_view_set_mode:
 */
void
plancia_console_view_set_mode (PlanciaConsoleView *self, PlanciaConsoleMode mode)
{
  if (self->mode == mode)
    return;

  self->mode = mode;
  rebuild (self);
}

/**
 * plancia_console_view_set_time:
 */
void
plancia_console_view_set_time (PlanciaConsoleView *self, PlanciaConsoleTime time)
{
  if (self->time == time)
    return;

  self->time = time;
  rebuild (self);
}

/**
 * plancia_console_view_set_zone:
 */
void
plancia_console_view_set_zone (PlanciaConsoleView *self, GTimeZone *zone)
{
  if (self->zone == zone)
    return;

  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (zone);
  rebuild (self);
}

/**
 * plancia_console_view_get_new_lines:
 *
 * Returns: lines that came since a person scrolled up
 */
guint
plancia_console_view_get_new_lines (PlanciaConsoleView *self)
{
  return self->new_lines;
}

/**
 * plancia_console_view_get_following:
 *
 * Returns: whether new lines are scrolled to
 */
gboolean
plancia_console_view_get_following (PlanciaConsoleView *self)
{
  return self->following;
}

/**
 * plancia_console_view_scroll_to_end:
 */
void
plancia_console_view_scroll_to_end (PlanciaConsoleView *self)
{
  set_following (self, TRUE);
  show_end (self);
  queue_go_to_end (self);
}

/**
 * plancia_console_view_stop_following:
 *
 * Somebody looks at older lines.
 */
void
plancia_console_view_stop_following (PlanciaConsoleView *self)
{
  set_following (self, FALSE);
}

/**
 * plancia_console_view_dup_text:
 *
 * Returns: (transfer full): the text as it is shown, with times and arrows
 */
char *
plancia_console_view_dup_text (PlanciaConsoleView *self)
{
  GtkTextBuffer *text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (text, &start, &end);
  return gtk_text_buffer_get_text (text, &start, &end, FALSE);
}
