/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-choice.h"

#include "model/quantity.h"
#include "model/series-words.h"
#include "ui/settings.h"

#include <glib/gi18n.h>
#include <string.h>

#define ALL        "all"
#define SOURCE_KEY "history-source"
#define CURVES_KEY "history-curves"
#define POWERS_KEY "history-powers"
/* Of a check button: its key, or the name of its source. */
#define NAME "plancia-name"
/* With the four of powers and charge as many as the chart has signs for. */
#define MOST_KEYS 60

struct _PlanciaHistoryChoice
{
  AdwBin parent_instance;

  GtkWidget        *curves_button;
  GtkMenuButton    *button;
  AdwButtonContent *content;
  GtkPopover       *popover;
  GtkBox           *sources;
  GtkWidget        *curves;
  GtkCheckButton   *quantities;
  GtkEditable      *search;
  GtkBox           *keys;
  GtkWidget        *beside;
  GtkBox           *devices;

  PlanciaHistoryFeed  *feed;  /* of the page */
  PlanciaHistoryPanes *panes; /* borrowed: of the page; or NULL */
  gulong               following;
  gboolean             narrow;
  gboolean             filling; /* what is switched now is not a wish of somebody */
};

G_DEFINE_FINAL_TYPE (PlanciaHistoryChoice, plancia_history_choice, ADW_TYPE_BIN)

static void
remove_all (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- sources --------------------------------------------------------------------------------- */

static gboolean
is_side_by_side (PlanciaHistoryChoice *self)
{
  return plancia_history_feed_get_strands (self->feed)->len > 1;
}

static const char *
choice_title (PlanciaHistoryChoice *self)
{
  const PlanciaHistorySource *source = plancia_history_feed_get_source_of (self->feed);

  /* Bars are always those of one. */
  if (is_side_by_side (self) && gtk_widget_get_visible (self->curves))
    return _ ("Side by side");
  return source != NULL ? plancia_history_source_title (source) : _ ("No source");
}

static void
source_toggled (PlanciaHistoryChoice *self, GtkCheckButton *check)
{
  const char *name = g_object_get_data (G_OBJECT (check), NAME);

  if (self->filling || !gtk_check_button_get_active (check))
    return;
  g_settings_set_string (plancia_settings_get (), SOURCE_KEY, name);
  plancia_history_feed_set_choice (self->feed, name);
}

static GtkWidget *
add_source (PlanciaHistoryChoice *self, const char *name, const char *title, GtkWidget *group)
{
  GtkWidget  *check = gtk_check_button_new_with_label (title);
  const char *shown = is_side_by_side (self) ? ALL
                                             : plancia_history_feed_get_source_name (self->feed);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (check),
                              group != NULL ? GTK_CHECK_BUTTON (group) : NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strcmp0 (shown, name) == 0);
  g_object_set_data_full (G_OBJECT (check), NAME, g_strdup (name), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (source_toggled), self);
  gtk_box_append (self->sources, check);
  return group != NULL ? group : check;
}

static void
fill_sources (PlanciaHistoryChoice *self)
{
  GPtrArray *sources = plancia_history_feed_get_sources (self->feed);
  GtkWidget *group = NULL;

  remove_all (self->sources);
  for (guint i = 0; i < sources->len; i++) {
    const PlanciaHistorySource *source = g_ptr_array_index (sources, i);

    group = add_source (self, source->name, plancia_history_source_title (source), group);
  }
  if (sources->len > 1)
    add_source (self, ALL, _ ("Side by side"), group);
}

/* --- curves ---------------------------------------------------------------------------------- */

/* What the four curves are made of needs no curve of its own. */
static gboolean
is_of_a_quantity (const PlanciaHistorySource *source, const char *key)
{
  static const PlanciaQuantity shown[] = {PLANCIA_QUANTITY_PV_POWER,
                                          PLANCIA_QUANTITY_LOAD_POWER,
                                          PLANCIA_QUANTITY_GRID_POWER,
                                          PLANCIA_QUANTITY_BATTERY_CHARGE};

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (plancia_quantity_uses (shown[i], plancia_history_source_kind (source), key))
      return TRUE;
  return FALSE;
}

static const PlanciaHistorySource *
find_shown_source (PlanciaHistoryChoice *self, const PlanciaSeriesName *name)
{
  GPtrArray *strands = plancia_history_feed_get_strands (self->feed);

  for (guint i = 0; i < strands->len; i++) {
    const PlanciaHistorySource *source =
      plancia_history_strand_get_source (g_ptr_array_index (strands, i));

    if (g_str_equal (source->name, name->source) &&
        g_str_equal (plancia_device_get_id (source->device), name->device))
      return source;
  }
  return NULL;
}

static gboolean
is_on (PlanciaHistoryChoice *self, const char *key)
{
  return g_strv_contains (plancia_history_feed_get_keys (self->feed), key);
}

/* With the other curves that are shown. */
static void
apply_curves (PlanciaHistoryChoice *self)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  gboolean powers = gtk_check_button_get_active (self->quantities);
  guint    n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->keys)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (row)) && n++ < MOST_KEYS)
      g_strv_builder_add (keys, g_object_get_data (G_OBJECT (row), NAME));
  all = g_strv_builder_end (keys);
  g_settings_set_strv (plancia_settings_get (), CURVES_KEY, (const char *const *) all);
  g_settings_set_boolean (plancia_settings_get (), POWERS_KEY, powers);
  plancia_history_feed_set_curves (self->feed, powers, (const char *const *) all);
}

static void
curves_toggled (PlanciaHistoryChoice *self)
{
  if (!self->filling)
    apply_curves (self);
}

static void
add_key (PlanciaHistoryChoice *self, const char *key, const char *title, const char *unit)
{
  g_autofree char *words = unit[0] != '\0' ? g_strdup_printf ("%s, %s", title, unit)
                                           : g_strdup (title);
  GtkWidget       *check = gtk_check_button_new_with_label (words);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_on (self, key));
  g_object_set_data_full (G_OBJECT (check), NAME, g_strdup (key), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (curves_toggled), self);
  gtk_box_append (self->keys, check);
}

static void
fill_keys (PlanciaHistoryChoice *self)
{
  GPtrArray *names = plancia_history_feed_get_names (self->feed);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  remove_all (self->keys);
  for (guint i = 0; names != NULL && i < names->len; i++) {
    const PlanciaSeriesName    *name = g_ptr_array_index (names, i);
    const PlanciaHistorySource *source = find_shown_source (self, name);
    PlanciaMap                 *map = source ? plancia_device_get_map (source->device) : NULL;

    if (source != NULL && !is_of_a_quantity (source, name->key) &&
        g_hash_table_add (seen, name->key))
      add_key (self,
               name->key,
               plancia_series_words_title (name->key, map),
               plancia_series_words_unit (name->key, map));
  }
}

static void
search_changed (PlanciaHistoryChoice *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->keys)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    g_autofree char *title = g_utf8_casefold (gtk_check_button_get_label (GTK_CHECK_BUTTON (row)),
                                              -1);

    gtk_widget_set_visible (row, strstr (title, wanted) != NULL);
  }
}

/* --- devices --------------------------------------------------------------------------------- */

static void
device_toggled (PlanciaHistoryChoice *self, GtkCheckButton *check)
{
  if (!self->filling)
    plancia_history_panes_choose (self->panes,
                                  g_object_get_data (G_OBJECT (check), NAME),
                                  gtk_check_button_get_active (check));
}

static void
fill_devices (PlanciaHistoryChoice *self)
{
  GPtrArray *devices = self->panes ? plancia_history_panes_get_offered (self->panes) : NULL;

  remove_all (self->devices);
  gtk_widget_set_visible (self->beside, devices != NULL && devices->len > 0);
  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);
    GtkWidget     *check = gtk_check_button_new_with_label (plancia_device_get_name (device));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 plancia_history_panes_has (self->panes, device));
    g_object_set_data_full (G_OBJECT (check), NAME, g_object_ref (device), g_object_unref);
    g_signal_connect_swapped (check, "toggled", G_CALLBACK (device_toggled), self);
    gtk_box_append (self->devices, check);
  }
}

/* --- life ------------------------------------------------------------------------------------ */

static void
update (PlanciaHistoryChoice *self)
{
  const char      *title = choice_title (self);
  g_autofree char *label = g_strdup_printf (_ ("Source and curves: %s"), title);

  adw_button_content_set_label (self->content, self->narrow ? "" : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
fill (PlanciaHistoryChoice *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;
  self->filling = TRUE;
  fill_sources (self);
  gtk_check_button_set_active (self->quantities, plancia_history_feed_get_quantities (self->feed));
  fill_keys (self);
  fill_devices (self);
  search_changed (self);
  self->filling = FALSE;
}

static void
plancia_history_choice_dispose (GObject *object)
{
  PlanciaHistoryChoice *self = PLANCIA_HISTORY_CHOICE (object);

  if (self->feed != NULL)
    g_clear_signal_handler (&self->following, self->feed);
  g_clear_object (&self->feed);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (plancia_history_choice_parent_class)->dispose (object);
}

static void
plancia_history_choice_class_init (PlanciaHistoryChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_history_choice_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/history-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, curves_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, popover);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, sources);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, curves);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, quantities);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, search);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, keys);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, beside);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHistoryChoice, devices);
  gtk_widget_class_bind_template_callback (widget_class, curves_toggled);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
}

static void
plancia_history_choice_init (PlanciaHistoryChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A day has no bars. */
  g_object_bind_property (self->curves_button,
                          "sensitive",
                          self->curves_button,
                          "visible",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->popover, "map", G_CALLBACK (fill), self);
}

/* What was chosen the last time holds for every device that has it. */
static void
recall (PlanciaHistoryChoice *self)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *source = g_settings_get_string (settings, SOURCE_KEY);
  g_auto (GStrv) keys = g_settings_get_strv (settings, CURVES_KEY);

  plancia_history_feed_set_choice (self->feed, source[0] != '\0' ? source : NULL);
  plancia_history_feed_set_curves (self->feed,
                                   g_settings_get_boolean (settings, POWERS_KEY),
                                   (const char *const *) keys);
}

void
plancia_history_choice_set_feed (PlanciaHistoryChoice *self,
                                 PlanciaHistoryFeed   *feed,
                                 gboolean              curves)
{
  self->feed = g_object_ref (feed);
  gtk_widget_set_visible (self->curves, curves);
  if (curves)
    recall (self);
  self->following = g_signal_connect_swapped (feed, "changed", G_CALLBACK (update), self);
  update (self);
}

void
plancia_history_choice_set_panes (PlanciaHistoryChoice *self, PlanciaHistoryPanes *panes)
{
  self->panes = panes;
}

void
plancia_history_choice_set_narrow (PlanciaHistoryChoice *self, gboolean narrow)
{
  self->narrow = narrow;
  update (self);
}
