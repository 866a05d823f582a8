/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tree-row.h"

#include "base/error.h"
#include "ui/error-text.h"
#include "ui/state-mark.h"

#include <glib/gi18n.h>

#define PORT_WIDTH 12 /* characters */

struct _PlanciaTreeRow
{
  GtkBox parent_instance;

  GtkImage         *icon;
  GtkLabel         *name;
  GtkLabel         *value;
  PlanciaStateMark *mark;

  PlanciaDevice *device;
};

enum {
  PROP_0,
  PROP_DEVICE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaTreeRow, plancia_tree_row, GTK_TYPE_BOX)

static GParamSpec *properties[N_PROPS];

static void
update_tooltip (PlanciaTreeRow *self)
{
  const GError    *error = plancia_device_get_error (self->device);
  const char      *mark = plancia_mark_name (plancia_device_get_mark (self->device));
  const char      *title = plancia_device_title (self->device);
  const char      *value = plancia_device_get_value_text (self->device);
  g_autofree char *text = NULL;

  if (plancia_device_is_busy (self->device))
    text = g_strdup_printf ("%s\n%s\n%s: %s", title, plancia_error_text (error), mark, value);
  else if (error)
    text = g_strdup_printf ("%s\n%s: %s", title, mark, plancia_error_text (error));
  else
    text = g_strdup_printf ("%s\n%s", title, mark);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  /* A screen reader has no tooltips: the reason is told with the mark. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  error ? plancia_error_text (error) : "",
                                  -1);
}

static void
update_name (PlanciaTreeRow *self)
{
  gtk_label_set_label (self->name, plancia_device_title (self->device));
  update_tooltip (self);
}

/* Figures are never cut; the name of a port may be of any length. */
static void
fit_value (PlanciaTreeRow *self)
{
  gboolean is_port = g_str_equal (plancia_device_get_kind (self->device), "console");

  gtk_label_set_ellipsize (self->value, is_port ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (self->value, is_port ? PORT_WIDTH : -1);
}

/* What was read before the connection went stays readable, dimmed, and says that it is old. */
static void
update_value (PlanciaTreeRow *self)
{
  const char      *text = plancia_device_get_value_text (self->device);
  gboolean         old = plancia_device_has_old_value (self->device);
  gboolean         busy = plancia_device_is_busy (self->device);
  g_autofree char *words = NULL;

  if (busy)
    /* Translators: in place of a value: the device does not answer for a reason that passes */
    words = g_strdup (_("busy, retrying"));
  else if (old)
    /* Translators: %s is a value with its unit that was read some time ago */
    words = g_strdup_printf (_("%s, old"), text);
  gtk_label_set_label (self->value, words ? words : text);
  if (words)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "dim-label");
}

static void
update_mark (PlanciaTreeRow *self)
{
  plancia_state_mark_set_mark (self->mark, plancia_device_get_mark (self->device));
  update_value (self);
  update_tooltip (self);
}

static void
follow (PlanciaTreeRow *self)
{
  GConnectFlags flags = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->device, "notify::name", G_CALLBACK (update_name), self, flags);
  g_signal_connect_object (self->device,
                           "notify::value-text",
                           G_CALLBACK (update_value),
                           self,
                           flags);
  g_signal_connect_object (self->device, "notify::state", G_CALLBACK (update_mark), self, flags);
  g_signal_connect_object (self->device, "notify::problem", G_CALLBACK (update_mark), self, flags);
}

static void
plancia_tree_row_dispose (GObject *object)
{
  PlanciaTreeRow *self = PLANCIA_TREE_ROW (object);

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_tree_row_parent_class)->dispose (object);
}

static void
plancia_tree_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaTreeRow *self = PLANCIA_TREE_ROW (object);

  switch (id) {
  case PROP_DEVICE:
    g_value_set_object (value, self->device);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_tree_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaTreeRow *self = PLANCIA_TREE_ROW (object);

  switch (id) {
  case PROP_DEVICE:
    plancia_tree_row_set_device (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_tree_row_class_init (PlanciaTreeRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_tree_row_dispose;
  object_class->get_property = plancia_tree_row_get_property;
  object_class->set_property = plancia_tree_row_set_property;

  properties[PROP_DEVICE] = g_param_spec_object ("device",
                                                 NULL,
                                                 NULL,
                                                 PLANCIA_TYPE_DEVICE,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/tree-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTreeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTreeRow, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTreeRow, value);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTreeRow, mark);
}

static void
plancia_tree_row_init (PlanciaTreeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plancia_tree_row_new (void)
{
  return g_object_new (PLANCIA_TYPE_TREE_ROW, NULL);
}

PlanciaDevice *
plancia_tree_row_get_device (PlanciaTreeRow *self)
{
  return self->device;
}

/**
 * plancia_tree_row_set_device:
 * @self: a row
 * @device: (nullable): what it shows from now on
 */
void
plancia_tree_row_set_device (PlanciaTreeRow *self, PlanciaDevice *device)
{
  if (self->device == device)
    return;

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, device);
  if (device) {
    follow (self);
    gtk_image_set_from_icon_name (self->icon, plancia_kind_icon (plancia_device_get_kind (device)));
    update_name (self);
    fit_value (self);
    update_mark (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE]);
}

const char *
plancia_device_title (PlanciaDevice *device)
{
  return plancia_device_get_entry (device) ? plancia_device_get_name (device) : _("Whole plant");
}

/**
 * plancia_device_is_busy:
 * @device: a device
 *
 * Returns: TRUE if nothing comes from it just now for a reason that passes, and it is asked again
 */
gboolean
plancia_device_is_busy (PlanciaDevice *device)
{
  const GError *error = plancia_device_get_error (device);

  switch (plancia_device_get_mark (device)) {
  case PLANCIA_MARK_STALE:
    return error != NULL;
  case PLANCIA_MARK_CONNECTING:
    return g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UPLOADING);
  default:
    return FALSE;
  }
}

/**
 * plancia_device_has_old_value:
 * @device: a device
 *
 * Returns: TRUE if its figure is of before its connection went
 */
gboolean
plancia_device_has_old_value (PlanciaDevice *device)
{
  PlanciaMark mark = plancia_device_get_mark (device);

  return plancia_device_get_time (device) != 0 &&
         (plancia_device_get_flags (device) & PLANCIA_BACKEND_LIVE) &&
         (mark == PLANCIA_MARK_TAKEN_OVER || mark == PLANCIA_MARK_FAILING ||
          mark == PLANCIA_MARK_CLOSED) &&
         plancia_device_get_value_text (device)[0] != '\0';
}

/**
 * plancia_kind_icon:
 * @kind: as plancia_device_get_kind()
 *
 * Returns: (transfer none): name of a symbolic icon; a portal's device looks like the inverter it is
 */
const char *
plancia_kind_icon (const char *kind)
{
  static const char *const icons[][2] = {
    {"stick",       "plancia-stick-symbolic"      },
    {"hub",         "plancia-hub-symbolic"        },
    {"line",        "plancia-line-symbolic"       },
    {"inverter",    "plancia-inverter-symbolic"   },
    {"thing",       "plancia-inverter-symbolic"   },
    {"battery",     "plancia-battery-symbolic"    },
    {"meter",       "plancia-meter-symbolic"      },
    {"ev-charger",  "plancia-ev-charger-symbolic" },
    {"heat-pump",   "plancia-heat-pump-symbolic"  },
    {"power-magic", "plancia-power-magic-symbolic"},
    {"psc",         "plancia-psc-symbolic"        },
    {"console",     "plancia-console-symbolic"    },
    {"portal",      "plancia-portal-symbolic"     },
    {"plant",       "plancia-plant-symbolic"      },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++) {
    if (g_str_equal (icons[i][0], kind))
      return icons[i][1];
  }
  return "plancia-chip-symbolic";
}
