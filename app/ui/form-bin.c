/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/form-bin.h"

#include "base/signal-new.h"

#define USUAL_THRESHOLD   660
#define USUAL_TEXT_HEIGHT 18.0
#define SMALLEST_WIDTH    360
/* After the layout of this turn, before it is drawn. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 15)

struct _PlanciaFormBin
{
  AdwBin parent_instance;

  int      threshold;
  gboolean narrow;
  double   scale;
  guint    idle;
};

enum {
  PROP_0,
  PROP_THRESHOLD,
  N_PROPS,
};

enum {
  SIGNAL_FORM_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaFormBin, plancia_form_bin, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static double
text_scale (GtkWidget *widget)
{
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  double            height = pango_font_metrics_get_height (metrics) / (double) PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return MAX (height / USUAL_TEXT_HEIGHT, 1);
}

static gboolean
is_narrow (PlanciaFormBin *self, int width, double scale)
{
  return width < self->threshold * scale;
}

static gboolean
on_idle (gpointer user_data)
{
  PlanciaFormBin *self = user_data;
  double          scale = text_scale (GTK_WIDGET (self));
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean        narrow = width > 0 ? is_narrow (self, width, scale) : self->narrow;

  self->idle = 0;
  if (narrow == self->narrow && scale == self->scale)
    return G_SOURCE_REMOVE;
  self->narrow = narrow;
  self->scale = scale;
  g_signal_emit (self, signals[SIGNAL_FORM_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Widgets must not come and go during an allocation. */
static void
queue_look (PlanciaFormBin *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (PRIORITY, on_idle, self, NULL);
}

static void
plancia_form_bin_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child == NULL)
    return;
  gtk_widget_measure (child,
                      orientation,
                      orientation == GTK_ORIENTATION_VERTICAL ? -1 : for_size,
                      minimum,
                      natural,
                      NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, SMALLEST_WIDTH);
}

static void
present_popovers (GtkWidget *widget)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
plancia_form_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaFormBin *self = PLANCIA_FORM_BIN (widget);
  GtkWidget      *child = adw_bin_get_child (ADW_BIN (widget));
  int             least = 0;

  if (child != NULL) {
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
    gtk_widget_allocate (child, MAX (width, least), height, baseline, NULL);
  }
  present_popovers (widget);
  if (is_narrow (self, width, self->scale) != self->narrow)
    queue_look (self);
}

static void
plancia_form_bin_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_form_bin_parent_class)->css_changed (widget, change);
  queue_look (PLANCIA_FORM_BIN (widget));
}

static void
plancia_form_bin_dispose (GObject *object)
{
  g_clear_handle_id (&PLANCIA_FORM_BIN (object)->idle, g_source_remove);

  G_OBJECT_CLASS (plancia_form_bin_parent_class)->dispose (object);
}

static void
plancia_form_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_THRESHOLD:
    g_value_set_int (value, PLANCIA_FORM_BIN (object)->threshold);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_form_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_THRESHOLD:
    PLANCIA_FORM_BIN (object)->threshold = g_value_get_int (value);
    queue_look (PLANCIA_FORM_BIN (object));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_form_bin_class_init (PlanciaFormBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_form_bin_dispose;
  object_class->get_property = plancia_form_bin_get_property;
  object_class->set_property = plancia_form_bin_set_property;
  widget_class->measure = plancia_form_bin_measure;
  widget_class->size_allocate = plancia_form_bin_size_allocate;
  widget_class->css_changed = plancia_form_bin_css_changed;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold",
                                                 NULL,
                                                 NULL,
                                                 0,
                                                 G_MAXINT,
                                                 USUAL_THRESHOLD,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FORM_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "form-changed", 0);
}

static void
plancia_form_bin_init (PlanciaFormBin *self)
{
  self->threshold = USUAL_THRESHOLD;
  self->scale = 1;
  /* The layout is ours: the child may be allocated more than there is for a moment. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

/**
 * plancia_form_bin_get_narrow:
 *
 * Returns: whether the page has to take its narrow form.
 */
gboolean
plancia_form_bin_get_narrow (PlanciaFormBin *self)
{
  g_return_val_if_fail (PLANCIA_IS_FORM_BIN (self), FALSE);

  return self->narrow;
}

/**
 * plancia_form_bin_get_scale:
 *
 * Returns: height of the text, 1 for the usual one.
 */
double
plancia_form_bin_get_scale (PlanciaFormBin *self)
{
  g_return_val_if_fail (PLANCIA_IS_FORM_BIN (self), 1);

  return self->scale;
}
