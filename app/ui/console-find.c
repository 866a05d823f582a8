/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-find.h"

#include <glib/gi18n.h>

#define NO_LINE G_MAXUINT64

struct _PlanciaConsoleFind
{
  AdwBin parent_instance;

  GtkSearchBar    *bar;
  GtkSearchEntry  *entry;
  GtkToggleButton *regex;
  GtkToggleButton *filter;
  GtkLabel        *count;

  PlanciaConsoleView   *view; /* not owned */
  PlanciaConsoleSearch *search;
  char                 *wanted;  /* what is looked for, and how */
  guint64               at;      /* line that was gone to, or NO_LINE */
  gboolean              pending; /* the first match is still to be gone to */
};

enum {
  PROP_0,
  PROP_SEARCH_MODE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleFind, plancia_console_find, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

/* --- going to a match ------------------------------------------------------------------------------ */

static void
go_to (PlanciaConsoleFind *self, guint index)
{
  self->at = plancia_console_search_get (self->search, index);
  plancia_console_view_go_to (self->view, self->at);
}

/* Round the end. */
static void
go (PlanciaConsoleFind *self, gboolean backwards)
{
  guint count = plancia_console_search_get_count (self->search), rank;

  if (count == 0 || self->view == NULL)
    return;
  if (self->at == NO_LINE) {
    go_to (self, backwards ? count - 1 : 0);
    return;
  }
  rank = plancia_console_search_rank (self->search, backwards ? self->at : self->at + 1);
  go_to (self, backwards ? (rank + count - 1) % count : rank % count);
}

static char *
count_text (PlanciaConsoleFind *self)
{
  guint            count = plancia_console_search_get_count (self->search);
  gboolean         busy = plancia_console_search_is_busy (self->search);
  gboolean         there = self->at != NO_LINE && count > 0;
  guint            rank = there ? plancia_console_search_rank (self->search, self->at) + 1 : 0;
  g_autofree char *all = g_strdup_printf ("%u%s", count, busy ? "+" : "");

  if (there)
    /* Translators: the third of 17 lines in which something was found. */
    return g_strdup_printf (_ ("%u of %s"), MIN (rank, count), all);
  if (count == 0)
    return g_strdup (busy ? "\342\200\246" : _ ("not found"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s line", "%s lines", count), all);
}

static void
update_count (PlanciaConsoleFind *self, const char *mistake)
{
  gboolean         wanted = plancia_console_search_get_regex (self->search) != NULL;
  g_autofree char *text = wanted ? count_text (self) : g_strdup (mistake ? mistake : "");
  gboolean missing = mistake != NULL || (wanted && !plancia_console_search_is_busy (self->search) &&
                                         plancia_console_search_get_count (self->search) == 0);

  gtk_label_set_text (self->count, text);
  if (missing)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               missing ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* The newest lines are what a person looks at: the last match first. */
static void
search_moved_cb (PlanciaConsoleFind *self)
{
  if (self->pending && plancia_console_search_get_count (self->search) > 0) {
    self->pending = FALSE;
    if (!gtk_toggle_button_get_active (self->filter))
      go (self, TRUE);
  }
  if (gtk_search_bar_get_search_mode (self->bar) &&
      plancia_console_search_get_regex (self->search) != NULL)
    update_count (self, NULL);
}

/* (transfer full) */
static char *
describe_wish (PlanciaConsoleFind *self)
{
  return g_strconcat (gtk_toggle_button_get_active (self->regex) ? "." : "=",
                      gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                      NULL);
}

static void
start (PlanciaConsoleFind *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean well;

  if (self->view == NULL)
    return;
  g_free (self->wanted);
  self->wanted = text[0] != '\0' ? describe_wish (self) : NULL;
  self->at = NO_LINE;
  self->pending = text[0] != '\0';
  well = plancia_console_search_start (self->search,
                                       text,
                                       gtk_toggle_button_get_active (self->regex),
                                       plancia_console_view_get_format (self->view),
                                       &error);
  plancia_console_view_search_moved (self->view);
  update_count (self, well ? NULL : _ ("not an expression"));
}

/* --- the bar ---------------------------------------------------------------------------------------- */

static void
forwards_cb (PlanciaConsoleFind *self)
{
  go (self, FALSE);
  search_moved_cb (self);
}

static void
backwards_cb (PlanciaConsoleFind *self)
{
  go (self, TRUE);
  search_moved_cb (self);
}

static void
start_again (PlanciaConsoleFind *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    start (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* The entry tells a moment late, maybe after the person went on to the next match. */
static void
search_changed_cb (PlanciaConsoleFind *self)
{
  g_autofree char *wish = describe_wish (self);

  if (g_strcmp0 (wish, self->wanted) != 0)
    start_again (self);
}

static void
filter_toggled_cb (PlanciaConsoleFind *self)
{
  if (self->view)
    plancia_console_view_set_search (self->view,
                                     self->search,
                                     gtk_toggle_button_get_active (self->filter));
}

/* What is closed marks and hides nothing. */
static void
mode_changed_cb (PlanciaConsoleFind *self)
{
  if (gtk_search_bar_get_search_mode (self->bar))
    start_again (self);
  else
    start (self, "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
plancia_console_find_dispose (GObject *object)
{
  PlanciaConsoleFind *self = PLANCIA_CONSOLE_FIND (object);

  if (self->search)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  self->view = NULL;

  G_OBJECT_CLASS (plancia_console_find_parent_class)->dispose (object);
}

static void
plancia_console_find_finalize (GObject *object)
{
  g_free (PLANCIA_CONSOLE_FIND (object)->wanted);
  G_OBJECT_CLASS (plancia_console_find_parent_class)->finalize (object);
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

  object_class->dispose = plancia_console_find_dispose;
  object_class->finalize = plancia_console_find_finalize;
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
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleFind, regex);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleFind, filter);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleFind, count);
  gtk_widget_class_bind_template_callback (widget_class, forwards_cb);
  gtk_widget_class_bind_template_callback (widget_class, backwards_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);
}

static void
plancia_console_find_init (PlanciaConsoleFind *self)
{
  self->search = plancia_console_search_new ();
  self->at = NO_LINE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->bar, GTK_EDITABLE (self->entry));
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (search_moved_cb), self);
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
  plancia_console_view_set_search (view, self->search, FALSE);
}

/**
 * plancia_console_find_refresh:
 *
 * The view shows other lines, or in another form.
 */
void
plancia_console_find_refresh (PlanciaConsoleFind *self)
{
  plancia_console_search_set_buffer (self->search, plancia_console_view_get_lines (self->view));
  if (plancia_console_search_get_regex (self->search) != NULL)
    start_again (self);
}

/**
 * plancia_console_find_get_search:
 *
 * Returns: (transfer none): what looks
 */
PlanciaConsoleSearch *
plancia_console_find_get_search (PlanciaConsoleFind *self)
{
  return self->search;
}

/**
 * plancia_console_find_get_line:
 *
 * Returns: number of the line that was gone to last, %G_MAXUINT64 if none
 */
guint64
plancia_console_find_get_line (PlanciaConsoleFind *self)
{
  return self->at;
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
