/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-find.h"

#define MATCH_ALPHA 0.35f

struct _PlanciaConsoleFind
{
  AdwBin parent_instance;

  GtkSearchBar   *bar;
  GtkSearchEntry *entry;

  PlanciaConsoleView *view;  /* not owned */
  GtkTextTag         *match; /* of the view's text: what was found */
};

enum {
  PROP_0,
  PROP_SEARCH_MODE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleFind, plancia_console_find, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

/* --- in the text ------------------------------------------------------------------------------- */

static GtkTextBuffer *
get_text (PlanciaConsoleFind *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static gboolean
search (PlanciaConsoleFind *self,
        const char         *wanted,
        gboolean            backwards,
        gboolean            from_edge,
        GtkTextIter        *match,
        GtkTextIter        *match_end)
{
  GtkTextBuffer     *text = get_text (self);
  GtkTextSearchFlags flags = GTK_TEXT_SEARCH_CASE_INSENSITIVE;
  GtkTextIter        from, to;

  gtk_text_buffer_get_selection_bounds (text, &from, &to);
  if (from_edge) {
    gtk_text_buffer_get_end_iter (text, &from);
    gtk_text_buffer_get_start_iter (text, &to);
  }

  return backwards ? gtk_text_iter_backward_search (&from, wanted, flags, match, match_end, NULL)
                   : gtk_text_iter_forward_search (&to, wanted, flags, match, match_end, NULL);
}

static void
unmark (PlanciaConsoleFind *self)
{
  GtkTextBuffer *text = get_text (self);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (text, &start, &end);
  gtk_text_buffer_remove_tag (text, self->match, &start, &end);
}

/* The selection alone is faint while the focus is in the entry. */
static void
mark (PlanciaConsoleFind *self, const GtkTextIter *match, const GtkTextIter *match_end)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->view));
  GdkRGBA          colour = {0};

  unmark (self);
  if (gtk_style_context_lookup_color (context, "accent_bg_color", &colour))
    colour.alpha = MATCH_ALPHA;
  g_object_set (self->match, "background-rgba", &colour, NULL);
  gtk_text_buffer_apply_tag (get_text (self), self->match, match, match_end);
}

/* --- the bar ----------------------------------------------------------------------------------- */

static void
find (PlanciaConsoleFind *self, gboolean backwards)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean    missing = self->view && text[0] != '\0' &&
                     !plancia_console_find_text (self, text, backwards);

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
  if (self->view && !gtk_search_bar_get_search_mode (self->bar))
    unmark (self);
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
  self->match = gtk_text_buffer_create_tag (get_text (self), NULL, NULL);
}

/**
 * plancia_console_find_text:
 * @text: what to look for
 * @backwards: whether towards the beginning
 *
 * The output stops following the newest line.
 *
 * Returns: %FALSE if it is nowhere
 */
gboolean
plancia_console_find_text (PlanciaConsoleFind *self, const char *text, gboolean backwards)
{
  GtkTextIter match, match_end;

  if (text[0] == '\0' || (!search (self, text, backwards, FALSE, &match, &match_end) &&
                          !search (self, text, backwards, TRUE, &match, &match_end)))
    return FALSE;

  plancia_console_view_stop_following (self->view);
  mark (self, &match, &match_end);
  gtk_text_buffer_select_range (get_text (self), &match, &match_end);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &match, 0.1, FALSE, 0, 0);

  return TRUE;
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
