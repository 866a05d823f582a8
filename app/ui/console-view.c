/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-view.h"

#include "ui/console-keys.h"
#include "ui/console-layout.h"
#include "ui/console-select.h"
#include <glib/gi18n.h>
#include <math.h>

/* Pixels from the end that still count as the end. */
#define END_SLACK 24.0
/* ms after which the accessible names follow the text. */
#define TELL_DELAY 150
#define MIN_HEIGHT 90
#define MIN_WIDTH  156

struct _PlanciaConsoleView
{
  GtkWidget parent_instance;

  PlanciaConsoleLayout *layout;
  PlanciaConsoleSelect *select;
  guint                 tell_id;
  guint                 grow_id;
  guint                 tick_id;
  int                   width;
  int                   height;

  GtkAdjustment *adjustments[2];
  gboolean       configuring;
  guint64        seen; /* end of the lines when it was last looked */
  guint          new_lines;
};

enum {
  PROP_0,
  PROP_NEW_LINES,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  N_PROPS = PROP_HADJUSTMENT,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaConsoleView,
                               plancia_console_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GParamSpec *properties[N_PROPS];

static void request (PlanciaConsoleView *self);

/* --- following ---------------------------------------------------------------------------------- */

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
  self->layout->following = following;
  if (following)
    set_new_lines (self, 0);
}

static double
end_value (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

static void
value_changed_cb (PlanciaConsoleView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         value = gtk_adjustment_get_value (adjustment);
  double         position = value / MAX (self->layout->pitch, 1);
  guint64        count = plancia_console_layout_count (self->layout);

  if (self->configuring || count == 0)
    return;
  set_following (self, value >= end_value (adjustment) - END_SLACK);
  self->layout->top = plancia_console_layout_line_at (self->layout,
                                                      MIN ((guint64) MAX (position, 0), count - 1));
  self->layout->fraction = position - floor (position);
  request (self);
}

static void
configure (PlanciaConsoleView *self, int height)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double end = self->layout->lines ? plancia_console_layout_find_end (self->layout, height) : 0,
         value = end, old;

  if (adjustment == NULL)
    return;
  old = gtk_adjustment_get_value (adjustment);
  if (!self->layout->following && self->layout->lines)
    value = MIN (((double) plancia_console_layout_index_of (self->layout, self->layout->top) +
                  self->layout->fraction) *
                   self->layout->pitch,
                 end);
  if (fabs (old - value) < 1e-3)
    value = old;
  self->configuring = TRUE;
  gtk_adjustment_configure (adjustment,
                            value,
                            0,
                            end + height,
                            self->layout->pitch,
                            height * 0.9,
                            height);
  self->configuring = FALSE;
}

/* --- accessible names ----------------------------------------------------------------------------- */

static gboolean
tell_cb (gpointer user_data)
{
  PlanciaConsoleView *self = user_data;

  self->tell_id = 0;
  for (guint i = 0; i < self->layout->rows->len; i++)
    plancia_console_row_tell (g_ptr_array_index (self->layout->rows, i));

  return G_SOURCE_REMOVE;
}

/* --- rows that are wanting ---------------------------------------------------------------------- */

static gboolean
grow_cb (gpointer user_data)
{
  PlanciaConsoleView *self = user_data;

  self->grow_id = 0;
  plancia_console_layout_grow (self->layout);
  request (self);
  return G_SOURCE_REMOVE;
}

/* --- allocation ------------------------------------------------------------------------------------ */

static void
place (PlanciaConsoleView *self)
{
  plancia_console_layout_place (self->layout,
                                MAX (self->width - 2 * PLANCIA_CONSOLE_MARGIN_X, 1),
                                self->height);
  if (self->layout->wanting && self->grow_id == 0)
    self->grow_id = g_idle_add (grow_cb, self);
  if (self->tell_id == 0)
    self->tell_id = g_timeout_add (TELL_DELAY, tell_cb, self);
}

/* Before the widgets get their places: the adjustment must not move while they do. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (widget);

  self->tick_id = 0;
  if (self->height > 0) {
    place (self);
    configure (self, self->height);
    gtk_widget_queue_allocate (widget);
  }

  return G_SOURCE_REMOVE;
}

/* Once for each frame that is drawn, however much changes. */
static void
request (PlanciaConsoleView *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static void
plancia_console_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (widget);

  if (self->width != width || self->height != height) {
    self->width = width;
    self->height = height;
    place (self);
    request (self);
  }
  plancia_console_layout_allocate (self->layout,
                                   (PlanciaConsoleRange) plancia_console_select_get_range,
                                   self->select);
}

static void
plancia_console_view_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? MIN_HEIGHT : MIN_WIDTH;
}

/* --- what changes ----------------------------------------------------------------------------------- */

static void
redo (PlanciaConsoleView *self)
{
  self->layout->age++;
  request (self);
}

static void
lines_changed_cb (PlanciaConsoleView *self)
{
  const PlanciaConsoleStore *store = plancia_console_buffer_get_store (self->layout->lines);
  guint64                    end = plancia_console_store_get_end (store);

  /* They were cut anew: none of them is new. */
  if (plancia_console_store_get_first (store) > self->seen)
    self->seen = end;
  if (!self->layout->following && end > self->seen &&
      !plancia_console_layout_is_filtered (self->layout))
    set_new_lines (self, self->new_lines + (guint) (end - self->seen));
  self->seen = end;
  request (self);
}

static void
take_adjustment (PlanciaConsoleView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_object_ref_sink (adjustment);
  g_clear_object (place);
  *place = adjustment;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  request (self);
}

static void
plancia_console_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (widget);

  GTK_WIDGET_CLASS (plancia_console_view_parent_class)->css_changed (widget, change);
  plancia_console_palette_load (&self->layout->palette, widget);
  redo (self);
}

static void
plancia_console_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  graphene_rect_t all = GRAPHENE_RECT_INIT (0,
                                            0,
                                            (float) gtk_widget_get_width (widget),
                                            (float) gtk_widget_get_height (widget));

  gtk_snapshot_push_clip (snapshot, &all);
  GTK_WIDGET_CLASS (plancia_console_view_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* --- keys ------------------------------------------------------------------------------------------- */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_console_view_copy (PLANCIA_CONSOLE_VIEW (widget));
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_console_view_select_all (PLANCIA_CONSOLE_VIEW (widget));
}

/* --- GObject ---------------------------------------------------------------------------------------- */

static void
plancia_console_view_dispose (GObject *object)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_handle_id (&self->grow_id, g_source_remove);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  if (self->layout != NULL) {
    plancia_console_view_set_search (self, NULL, FALSE);
    plancia_console_view_set_lines (self, NULL);
  }
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    if (self->adjustments[i] != NULL)
      g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
  g_clear_object (&self->adjustments[0]);
  g_clear_object (&self->adjustments[1]);
  g_clear_pointer (&self->select, plancia_console_select_free);
  g_clear_pointer (&self->layout, plancia_console_layout_free);

  G_OBJECT_CLASS (plancia_console_view_parent_class)->dispose (object);
}

static void
plancia_console_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  switch (id) {
  case PROP_NEW_LINES:
    g_value_set_uint (value, self->new_lines);
    break;
  case PROP_HADJUSTMENT:
  case PROP_VADJUSTMENT:
    g_value_set_object (value, self->adjustments[id - PROP_HADJUSTMENT]);
    break;
  case PROP_HSCROLL_POLICY:
  case PROP_VSCROLL_POLICY:
    g_value_set_enum (value, GTK_SCROLL_MINIMUM);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_console_view_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  PlanciaConsoleView *self = PLANCIA_CONSOLE_VIEW (object);

  switch (id) {
  case PROP_HADJUSTMENT:
  case PROP_VADJUSTMENT:
    take_adjustment (self, (GtkOrientation) (id - PROP_HADJUSTMENT), g_value_get_object (value));
    break;
  case PROP_HSCROLL_POLICY:
  case PROP_VSCROLL_POLICY:
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
add_properties (GObjectClass *object_class)
{
  properties[PROP_NEW_LINES] = g_param_spec_uint ("new-lines",
                                                  NULL,
                                                  NULL,
                                                  0,
                                                  G_MAXUINT,
                                                  0,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_NEW_LINES, properties[PROP_NEW_LINES]);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
plancia_console_view_class_init (PlanciaConsoleViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_console_view_dispose;
  object_class->get_property = plancia_console_view_get_property;
  object_class->set_property = plancia_console_view_set_property;
  widget_class->css_changed = plancia_console_view_css_changed;
  widget_class->measure = plancia_console_view_measure;
  widget_class->size_allocate = plancia_console_view_size_allocate;
  widget_class->snapshot = plancia_console_view_snapshot;
  add_properties (object_class);

  gtk_widget_class_set_css_name (widget_class, "console");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_install_action (widget_class, "clipboard.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "selection.select-all", NULL, select_all_action);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_c,
                                       GDK_CONTROL_MASK,
                                       "clipboard.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_a,
                                       GDK_CONTROL_MASK,
                                       "selection.select-all",
                                       NULL);
  plancia_console_keys_add (widget_class);
}

static void
plancia_console_view_init (PlanciaConsoleView *self)
{
  self->layout = plancia_console_layout_new (GTK_WIDGET (self));
  self->select = plancia_console_select_new (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Console output"), -1);
}

/**
 * plancia_console_view_set_lines:
 * @lines: (nullable): what to show
 */
void
plancia_console_view_set_lines (PlanciaConsoleView *self, PlanciaConsoleBuffer *lines)
{
  if (self->layout->lines == lines)
    return;

  if (self->layout->lines != NULL)
    g_signal_handlers_disconnect_by_data (self->layout->lines, self);
  g_set_object (&self->layout->lines, lines);
  if (self->select)
    plancia_console_select_clear (self->select);
  set_following (self, TRUE);
  if (lines != NULL) {
    g_signal_connect_swapped (lines, "changed", G_CALLBACK (lines_changed_cb), self);
    self->seen =
      plancia_console_store_get_end (plancia_console_buffer_get_store (self->layout->lines));
  }
  redo (self);
}

/**
 * plancia_console_view_get_lines:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
PlanciaConsoleBuffer *
plancia_console_view_get_lines (PlanciaConsoleView *self)
{
  return self->layout->lines;
}

/**
 * plancia_console_view_set_format:
 * @format: how lines are shown from now on, also those received already; its zone does not count
 */
void
plancia_console_view_set_format (PlanciaConsoleView *self, const PlanciaConsoleFormat *format)
{
  self->layout->format.mode = format->mode;
  self->layout->format.time = format->time;
  self->layout->format.charset = format->charset;
  self->layout->format.ansi = format->ansi;
  self->layout->format.decode = format->decode;
  redo (self);
}

/**
 * plancia_console_view_set_zone:
 */
void
plancia_console_view_set_zone (PlanciaConsoleView *self, GTimeZone *zone)
{
  if (self->layout->format.zone == zone)
    return;

  g_time_zone_unref (self->layout->format.zone);
  self->layout->format.zone = g_time_zone_ref (zone);
  self->layout->format.clock[0] = '\0';
  redo (self);
}

/**
 * plancia_console_view_get_format:
 *
 * Returns: (transfer none): how lines are shown
 */
const PlanciaConsoleFormat *
plancia_console_view_get_format (PlanciaConsoleView *self)
{
  return &self->layout->format;
}

/**
 * plancia_console_view_set_search:
 * @search: (nullable): what is marked
 * @filter: whether other lines are left out
 */
void
plancia_console_view_set_search (PlanciaConsoleView   *self,
                                 PlanciaConsoleSearch *search,
                                 gboolean              filter)
{
  if (self->layout->search != NULL)
    g_signal_handlers_disconnect_by_data (self->layout->search, self);
  g_set_object (&self->layout->search, search);
  if (search != NULL)
    g_signal_connect_swapped (search, "changed", G_CALLBACK (request), self);
  if (filter != self->layout->filter && self->select)
    plancia_console_select_clear (self->select);
  self->layout->filter = filter;
  redo (self);
}

/**
 * plancia_console_view_search_moved:
 */
void
plancia_console_view_search_moved (PlanciaConsoleView *self)
{
  self->layout->current = G_MAXUINT64;
  redo (self);
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
  return self->layout->following;
}

/**
 * plancia_console_view_scroll_to_end:
 */
void
plancia_console_view_scroll_to_end (PlanciaConsoleView *self)
{
  set_following (self, TRUE);
  request (self);
}

/**
 * plancia_console_view_go_to:
 * @line: number of a line; what was found in it is marked more than the rest
 */
void
plancia_console_view_go_to (PlanciaConsoleView *self, guint64 line)
{
  int     rows = gtk_widget_get_height (GTK_WIDGET (self)) / MAX (self->layout->pitch, 1);
  guint64 index, above = (guint64) MAX (rows / 3, 0);

  set_following (self, FALSE);
  self->layout->current = line;
  if (self->layout->lines && plancia_console_layout_count (self->layout) > 0 &&
      !plancia_console_layout_is_seen (self->layout, line)) {
    index = plancia_console_layout_index_of (self->layout, line);
    self->layout->top = plancia_console_layout_line_at (
      self->layout,
      MIN (index - MIN (index, above), plancia_console_layout_count (self->layout) - 1));
    self->layout->fraction = 0;
  }
  redo (self);
}

/**
 * plancia_console_view_dup_text:
 *
 * Returns: (transfer full): the text as it is shown, with times and arrows
 */
char *
plancia_console_view_dup_text (PlanciaConsoleView *self)
{
  return plancia_console_layout_dup_text (self->layout);
}

/**
 * plancia_console_view_select_all:
 */
void
plancia_console_view_select_all (PlanciaConsoleView *self)
{
  guint64 count = plancia_console_layout_count (self->layout);

  if (count == 0)
    return;
  plancia_console_select_set (self->select,
                              plancia_console_layout_line_at (self->layout, 0),
                              0,
                              FALSE);
  plancia_console_select_set (self->select,
                              plancia_console_layout_line_at (self->layout, count - 1),
                              G_MAXUINT,
                              TRUE);
}

/**
 * plancia_console_view_select:
 * @line: number
 * @byte: of its text as it is shown
 * @extend: whether what is selected goes on up to here
 */
void
plancia_console_view_select (PlanciaConsoleView *self, guint64 line, guint byte, gboolean extend)
{
  plancia_console_select_set (self->select, line, byte, extend);
}

/**
 * plancia_console_view_has_selection:
 *
 * Returns: whether there is something to copy
 */
gboolean
plancia_console_view_has_selection (PlanciaConsoleView *self)
{
  return !plancia_console_select_is_empty (self->select);
}

/**
 * plancia_console_view_copy:
 */
void
plancia_console_view_copy (PlanciaConsoleView *self)
{
  plancia_console_select_copy (self->select);
}

/**
 * plancia_console_view_copy_all:
 */
void
plancia_console_view_copy_all (PlanciaConsoleView *self)
{
  plancia_console_select_copy_all (self->select);
}

/**
 * plancia_console_view_hit:
 * @line: (out): number
 * @byte: (out): of its text
 *
 * Returns: %FALSE if nothing is shown
 */
gboolean
plancia_console_view_hit (PlanciaConsoleView *self, double x, double y, guint64 *line, guint *byte)
{
  return plancia_console_layout_hit (self->layout, x, y, line, byte);
}

/**
 * plancia_console_view_peek_line:
 * @line: number
 *
 * Returns: (transfer none) (nullable): its text, if it is on the screen
 */
const char *
plancia_console_view_peek_line (PlanciaConsoleView *self, guint64 line)
{
  return plancia_console_layout_peek_line (self->layout, line);
}

/**
 * plancia_console_view_scroll_by:
 * @pixels: down; negative: up
 */
void
plancia_console_view_scroll_by (PlanciaConsoleView *self, double pixels)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + pixels);
}
