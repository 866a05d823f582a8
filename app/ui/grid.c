/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/grid.h"

#include "chart/chart-text.h"

#define COLUMNS 12
#define GAP     18
#define STACKED 660

struct _PlanciaGrid
{
  GtkWidget parent_instance;
};

/* Some children that stand side by side. */
typedef struct
{
  GtkWidget *first; /* NULL: no more rows */
  guint      n;     /* that are shown */
  int        width; /* of the whole grid */
  int        height;
} Row;

static GQuark             span_quark;
static GtkBuildableIface *parent_buildable;
static void               buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaGrid,
                               plancia_grid,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static guint
get_span (GtkWidget *child)
{
  guint span = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (child), span_quark));

  return span ? span : COLUMNS;
}

static gboolean
is_stacked (GtkWidget *widget, int width)
{
  return width < STACKED * plancia_chart_text_scale (widget);
}

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Width of columns first to first + span; the rounding is such that edges of rows line up. */
static void
place (int width, guint first, guint span, int *x, int *child_width)
{
  double pitch = (width + GAP) / (double) COLUMNS;

  *x = (int) (first * pitch + 0.5);
  *child_width = (int) ((first + span) * pitch + 0.5) - GAP - *x;
}

static int
child_height (GtkWidget *child, int width, gboolean natural)
{
  int smallest, wanted, least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (child,
                      GTK_ORIENTATION_VERTICAL,
                      MAX (width, least),
                      &smallest,
                      &wanted,
                      NULL,
                      NULL);
  return natural ? wanted : smallest;
}

/* The row that begins with child, for a grid of that width. */
static Row
measure_row (PlanciaGrid *self, GtkWidget *child, int width, gboolean natural)
{
  gboolean stacked = is_stacked (GTK_WIDGET (self), width);
  Row      row = {next_shown (child), 0, width, 0};
  guint    column = 0;

  for (child = row.first; child; child = next_shown (gtk_widget_get_next_sibling (child))) {
    guint span = stacked ? COLUMNS : get_span (child);
    int   x, child_width;

    if (row.n > 0 && column + span > COLUMNS)
      break;
    place (width, column, span, &x, &child_width);
    row.height = MAX (row.height, child_height (child, child_width, natural));
    column += span;
    row.n++;
  }

  return row;
}

static GtkWidget *
allocate_row (PlanciaGrid *self, const Row *row, int y)
{
  gboolean   stacked = is_stacked (GTK_WIDGET (self), row->width);
  gboolean   mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = row->first;
  guint      column = 0;

  for (guint i = 0; i < row->n; i++) {
    guint         span = stacked ? COLUMNS : get_span (child);
    GtkAllocation allocation = {0, y, 0, row->height};

    place (row->width, column, span, &allocation.x, &allocation.width);
    if (mirrored)
      allocation.x = row->width - allocation.x - allocation.width;
    gtk_widget_size_allocate (child, &allocation, -1);
    column += span;
    child = next_shown (gtk_widget_get_next_sibling (child));
  }

  return child;
}

/* Side by side the narrowest column decides, stacked the widest child. */
static void
measure_width (PlanciaGrid *self, int *minimum, int *natural)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (child = next_shown (child); child;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int smallest, wanted;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &smallest, &wanted, NULL, NULL);
    *minimum = MAX (*minimum, smallest);
    *natural = MAX (*natural, (wanted + GAP) * COLUMNS / (int) get_span (child) - GAP);
  }
}

static int
measure_height (PlanciaGrid *self, int width, gboolean natural)
{
  int        height = 0;
  GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));

  while (child) {
    Row row = measure_row (self, child, width, natural);

    height += row.height + (height > 0 ? GAP : 0);
    for (guint i = 0; i < row.n; i++)
      child = next_shown (gtk_widget_get_next_sibling (child));
  }

  return height;
}

static GtkSizeRequestMode
plancia_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plancia_grid_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  PlanciaGrid *self = PLANCIA_GRID (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    measure_width (self, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  if (for_size < 0)
    for_size = *natural;
  *minimum = measure_height (self, for_size, FALSE);
  *natural = measure_height (self, for_size, TRUE);
}

/* Only while the window is being made smaller is there less than the natural height. */
static void
plancia_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaGrid *self = PLANCIA_GRID (widget);
  gboolean     natural = measure_height (self, width, TRUE) <= height;
  GtkWidget   *child = next_shown (gtk_widget_get_first_child (widget));
  int          y = 0;

  while (child) {
    Row row = measure_row (self, child, width, natural);

    child = allocate_row (self, &row, y);
    y += row.height + GAP;
  }
}

static void
plancia_grid_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  guint64 span = 0;

  if (!GTK_IS_WIDGET (child) || !type ||
      !g_ascii_string_to_unsigned (type, 10, 1, COLUMNS, &span, NULL)) {
    parent_buildable->add_child (buildable, builder, child, type);
    return;
  }

  plancia_grid_append (PLANCIA_GRID (buildable), GTK_WIDGET (child), (guint) span);
}

static void
plancia_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plancia_grid_parent_class)->dispose (object);
}

static void
plancia_grid_class_init (PlanciaGridClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_grid_dispose;
  widget_class->get_request_mode = plancia_grid_get_request_mode;
  widget_class->measure = plancia_grid_measure;
  widget_class->size_allocate = plancia_grid_size_allocate;

  span_quark = g_quark_from_static_string ("plancia-grid-span");
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = plancia_grid_add_child;
}

static void
plancia_grid_init (PlanciaGrid *self)
{
}

/**
 * plancia_grid_new:
 *
 * Returns: (transfer floating): an empty grid
 */
GtkWidget *
plancia_grid_new (void)
{
  return g_object_new (PLANCIA_TYPE_GRID, NULL);
}

/**
 * plancia_grid_append:
 * @self: a grid
 * @child: a widget without a parent
 * @span: columns, 1 to 12
 *
 * Puts @child behind the others. Main thread.
 */
void
plancia_grid_append (PlanciaGrid *self, GtkWidget *child, guint span)
{
  g_return_if_fail (PLANCIA_IS_GRID (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
  plancia_grid_set_span (self, child, span);
}

/**
 * plancia_grid_set_span:
 * @self: a grid
 * @child: a child of it
 * @span: columns, 1 to 12
 *
 * Gives @child another width. Main thread.
 */
void
plancia_grid_set_span (PlanciaGrid *self, GtkWidget *child, guint span)
{
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));
  g_return_if_fail (span >= 1 && span <= COLUMNS);

  if (g_object_get_qdata (G_OBJECT (child), span_quark) == GUINT_TO_POINTER (span))
    return;
  g_object_set_qdata (G_OBJECT (child), span_quark, GUINT_TO_POINTER (span));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * plancia_grid_remove:
 * @self: a grid
 * @child: a child of it
 *
 * Takes @child out. Main thread.
 */
void
plancia_grid_remove (PlanciaGrid *self, GtkWidget *child)
{
  g_return_if_fail (gtk_widget_get_parent (child) == GTK_WIDGET (self));

  gtk_widget_unparent (child);
}
