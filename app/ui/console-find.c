/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-find.h"

struct _PlanciaConsoleFind
{
  AdwBin parent_instance;

  GtkSearchBar   *bar;
  GtkSearchEntry *entry;

  PlanciaConsoleView *view; /* not owned */
};

enum {
  PROP_0,
  PROP_SEARCH_MODE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleFind, plancia_console_find, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
find (PlanciaConsoleFind *self, gboolean backwards)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean    missing = self->view && text[0] != '\0' &&
                     !plancia_console_view_find (self->view, text, backwards);

  if (missing)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               missing ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
forwards_cb (PlanciaConsoleFind *self)
{
  find (self, FALSE);
}

static void
backwards_cb (PlanciaConsoleFind *self)
{
  find (self, TRUE);
}

/* The newest lines are what a person looks at: from there upwards. */
static void
search_changed_cb (PlanciaConsoleFind *self)
{
  find (self, TRUE);
}

static void
mode_changed_cb (PlanciaConsoleFind *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
plancia_console_find_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaConsoleFind *self = PLANCIA_CONSOLE_FIND (object);

  switch (id) {
  case PROP_SEARCH_MODE:
    g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->bar));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_console_find_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  PlanciaConsoleFind *self = PLANCIA_CONSOLE_FIND (object);

  switch (id) {
  case PROP_SEARCH_MODE:
    gtk_search_bar_set_search_mode (self->bar, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_console_find_class_init (PlanciaConsoleFindClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = plancia_console_find_get_property;
  object_class->set_property = plancia_console_find_set_property;

  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode",
                                                       NULL,
                                                       NULL,
                                                       FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                         G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/console-find.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleFind, bar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleFind, entry);
  gtk_widget_class_bind_template_callback (widget_class, forwards_cb);
  gtk_widget_class_bind_template_callback (widget_class, backwards_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
plancia_console_find_init (PlanciaConsoleFind *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  g_signal_connect_object (self->bar,
                           "notify::search-mode-enabled",
                           G_CALLBACK (mode_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/**
 * plancia_console_find_set_view:
 * @view: where to look; it must outlive the bar
 */
void
plancia_console_find_set_view (PlanciaConsoleFind *self, PlanciaConsoleView *view)
{
  self->view = view;
}

/**
 * plancia_console_find_start:
 */
void
plancia_console_find_start (PlanciaConsoleFind *self)
{
  gtk_search_bar_set_search_mode (self->bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
