/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/discover-dialog.h"

#include "backend/discovery-words.h"
#include "base/signal-new.h"
#include "ui/add-entry.h"
#include "ui/discover-places.h"
#include "ui/found-row.h"
#include "ui/silent-row.h"
#include "ui/window-parent.h"

#include <glib/gi18n.h>

struct _PlanciaDiscoverDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle        *window_title;
  GtkButton             *add_button;
  GtkWidget             *search_button;
  AdwPreferencesGroup   *found_group;
  GtkLabel              *count_label;
  AdwActionRow          *nothing_row;
  GtkSpinner            *spinner;
  AdwPreferencesGroup   *silent_group;
  PlanciaDiscoverPlaces *places;

  PlanciaPlant     *plant;  /* or NULL */
  GPtrArray        *in_use; /* PlanciaAddress, or NULL */
  PlanciaDiscovery *discovery;
  GCancellable     *cancellable;
  GHashTable       *found;  /* id to PlanciaFoundRow, borrowed */
  GHashTable       *silent; /* id to PlanciaSilentRow, borrowed */
  GPtrArray        *order;  /* PlanciaFoundRow, borrowed */
};

enum {
  SIGNAL_ACCEPTED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDiscoverDialog, plancia_discover_dialog, ADW_TYPE_WINDOW)

static guint signals[N_SIGNALS];

/* --- what is shown --------------------------------------------------------------------------- */

static guint
count_checked (PlanciaDiscoverDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->order->len; i++)
    n += plancia_found_row_get_checked (g_ptr_array_index (self->order, i)) ? 1 : 0;
  return n;
}

static void
update_add_button (PlanciaDiscoverDialog *self)
{
  guint            n = count_checked (self);
  g_autofree char *label =
    g_strdup_printf (g_dngettext (NULL, "Add %u device", "Add %u devices", n), n);

  gtk_button_set_label (self->add_button, n > 0 ? label : _("Add devices"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), n > 0);
}

/* One button: what it can do now. */
static void
update_search_button (PlanciaDiscoverDialog *self)
{
  gboolean    running = plancia_discovery_is_running (self->discovery);
  const char *word = running ? _("Stop searching") : _("Search again");

  gtk_button_set_icon_name (GTK_BUTTON (self->search_button),
                            running ? "process-stop-symbolic" : "view-refresh-symbolic");
  gtk_widget_set_tooltip_text (self->search_button, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word,
                                  -1);
}

static void
update_nothing (PlanciaDiscoverDialog *self)
{
  gboolean running = plancia_discovery_is_running (self->discovery);

  gtk_widget_set_visible (GTK_WIDGET (self->nothing_row), self->order->len == 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nothing_row),
                                 running
                                 ? _("Searching…")
                                 : _("Nothing found"));
  gtk_spinner_set_spinning (self->spinner, running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
}

static void
update_count (PlanciaDiscoverDialog *self)
{
  const PlanciaDiscoverySummary *summary = plancia_discovery_get_summary (self->discovery);
  guint                          places = summary->addresses + summary->serial;
  g_autofree char               *text =
    /* Translators: how many of the places that were tried have something */
    g_strdup_printf (g_dngettext (NULL, "%u of %u place", "%u of %u places", places),
                     self->order->len,
                     places);

  gtk_label_set_text (self->count_label, places > 0 ? text : "");
}

/* Sentences come when all is said; until then the head tells what it does. */
static void
update_summary (PlanciaDiscoverDialog *self)
{
  const PlanciaDiscoverySummary *summary = plancia_discovery_get_summary (self->discovery);
  g_autofree char               *state = plancia_discovery_dup_state (summary);
  g_auto (GStrv) sentences = plancia_discovery_dup_summary (summary);
  g_autofree char *text = g_strjoinv ("\n", sentences);
  g_autofree char *markup = g_markup_escape_text (summary->running ? "" : text, -1);

  adw_window_title_set_subtitle (self->window_title, state);
  adw_preferences_group_set_description (self->silent_group, markup[0] != '\0' ? markup : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->silent_group),
                          markup[0] != '\0' || g_hash_table_size (self->silent) > 0);
}

static void
update (PlanciaDiscoverDialog *self)
{
  update_summary (self);
  update_count (self);
  update_nothing (self);
  update_add_button (self);
  update_search_button (self);
}

/* --- the plant that is open ------------------------------------------------------------------ */

/* Hosts and serial ports of addresses below entries; each may be there several times. */
static void
collect_hosts (GListModel *entries, GPtrArray *hosts)
{
  guint n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    PlanciaAddress *address = plancia_entry_get_address (entry);
    const char     *place = plancia_address_get_host (address);

    if (!place)
      place = plancia_address_get_device (address);
    if (place)
      g_ptr_array_add (hosts, g_strdup (place));
    collect_hosts (plancia_entry_get_children (entry), hosts);
  }
}

static GPtrArray *
list_hosts (PlanciaDiscoverDialog *self)
{
  GPtrArray *hosts = g_ptr_array_new_with_free_func (g_free);

  if (self->plant)
    collect_hosts (plancia_plant_get_entries (self->plant), hosts);
  return hosts;
}

static gboolean
is_in_plant (PlanciaDiscoverDialog *self, const PlanciaFinding *finding)
{
  g_autoptr (GPtrArray) hosts = list_hosts (self);

  return g_ptr_array_find_with_equal_func (hosts, finding->where, g_str_equal, NULL) ||
         (finding->link &&
          g_ptr_array_find_with_equal_func (hosts, finding->link, g_str_equal, NULL));
}

/* --- results --------------------------------------------------------------------------------- */

static void
try_cb (PlanciaDiscoverDialog *self, PlanciaFoundRow *row)
{
  plancia_discovery_try_port (self->discovery, plancia_found_row_get (row)->id);
}

static void
add_found (PlanciaDiscoverDialog *self, PlanciaFinding *finding)
{
  GtkWidget *row = plancia_found_row_new (finding, is_in_plant (self, finding));

  g_signal_connect_object (row,
                           "notify::checked",
                           G_CALLBACK (update_add_button),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "try", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->found, GUINT_TO_POINTER (finding->id), row);
  g_ptr_array_add (self->order, row);
  adw_preferences_group_add (self->found_group, row);
}

static void
add_silent (PlanciaDiscoverDialog *self, PlanciaFinding *finding)
{
  GtkWidget *row = g_hash_table_lookup (self->silent, GUINT_TO_POINTER (finding->id));

  if (row) {
    plancia_silent_row_set (PLANCIA_SILENT_ROW (row), finding);
    return;
  }
  row = plancia_silent_row_new (finding);
  g_hash_table_insert (self->silent, GUINT_TO_POINTER (finding->id), row);
  adw_preferences_group_add (self->silent_group, row);
}

/* A row stays where it is, whatever becomes of it. */
static void
finding_cb (PlanciaDiscoverDialog *self, PlanciaFinding *finding, gboolean is_new)
{
  GtkWidget *row = g_hash_table_lookup (self->found, GUINT_TO_POINTER (finding->id));

  if (row)
    plancia_found_row_set (PLANCIA_FOUND_ROW (row), finding);
  else if (plancia_finding_is_found (finding))
    add_found (self, finding);
  if (!plancia_finding_is_found (finding))
    add_silent (self, finding);
  update (self);
}

static void
clear_rows (GHashTable *rows, AdwPreferencesGroup *group)
{
  GHashTableIter iter;
  gpointer       row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    adw_preferences_group_remove (group, row);
  g_hash_table_remove_all (rows);
}

static void
begin (PlanciaDiscoverDialog *self)
{
  g_autoptr (GPtrArray) subnets = plancia_discover_places_get_subnets (self->places);
  PlanciaDiscoveryOptions options = {0};

  options.in_use = self->in_use;
  options.subnets = subnets;
  options.serial = plancia_discover_places_get_serial (self->places);
  options.hub = plancia_discover_places_get_hub (self->places);
  g_ptr_array_set_size (self->order, 0);
  clear_rows (self->found, self->found_group);
  clear_rows (self->silent, self->silent_group);
  plancia_discover_places_settle (self->places);
  plancia_discovery_start (self->discovery, &options);
  update (self);
}

static void
search_again_cb (PlanciaDiscoverDialog *self)
{
  begin (self);
}

static void
search_cb (PlanciaDiscoverDialog *self)
{
  if (plancia_discovery_is_running (self->discovery))
    plancia_discovery_cancel (self->discovery);
  else
    begin (self);
}

static void
subnets_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) subnets = plancia_subnet_list_finish (result, &error);
  PlanciaDiscoverDialog *self = user_data;

  if (!subnets)
    return;
  for (guint i = 0; i < subnets->len; i++)
    plancia_discover_places_add (self->places, g_ptr_array_index (subnets, i));
  begin (self);
}

static void
add_cb (PlanciaDiscoverDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_discover_dialog_dispose (GObject *object)
{
  PlanciaDiscoverDialog *self = PLANCIA_DISCOVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->discovery)
    g_signal_handlers_disconnect_by_data (self->discovery, self);
  g_clear_object (&self->discovery);
  g_clear_object (&self->plant);
  g_clear_pointer (&self->in_use, g_ptr_array_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (plancia_discover_dialog_parent_class)->dispose (object);
}

static void
plancia_discover_dialog_finalize (GObject *object)
{
  PlanciaDiscoverDialog *self = PLANCIA_DISCOVER_DIALOG (object);

  g_hash_table_unref (self->found);
  g_hash_table_unref (self->silent);
  g_ptr_array_unref (self->order);

  G_OBJECT_CLASS (plancia_discover_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *klass)
{
  gtk_widget_class_set_template_from_resource (klass,
                                               PLANCIA_RESOURCE_PREFIX "/discover-dialog.ui");
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, window_title);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, add_button);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, search_button);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, found_group);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, count_label);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, nothing_row);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, spinner);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, silent_group);
  gtk_widget_class_bind_template_child (klass, PlanciaDiscoverDialog, places);
  gtk_widget_class_bind_template_callback (klass, add_cb);
  gtk_widget_class_bind_template_callback (klass, search_cb);
  gtk_widget_class_bind_template_callback (klass, search_again_cb);
}

static void
plancia_discover_dialog_class_init (PlanciaDiscoverDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_discover_dialog_dispose;
  object_class->finalize = plancia_discover_dialog_finalize;

  signals[SIGNAL_ACCEPTED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "accepted", 0);
  g_type_ensure (PLANCIA_TYPE_DISCOVER_PLACES);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
plancia_discover_dialog_init (PlanciaDiscoverDialog *self)
{
  self->found = g_hash_table_new (NULL, NULL);
  self->silent = g_hash_table_new (NULL, NULL);
  self->order = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->discovery = plancia_discovery_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->discovery, "finding", G_CALLBACK (finding_cb), self);
  g_signal_connect_swapped (self->discovery, "progress", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->discovery, "finished", G_CALLBACK (update), self);
  update (self);
}

static PlanciaDiscoverDialog *
new_dialog (GtkWindow *parent, PlanciaPlant *plant, GPtrArray *in_use)
{
  PlanciaDiscoverDialog *self = g_object_new (PLANCIA_TYPE_DISCOVER_DIALOG, NULL);

  plancia_window_parent_set (GTK_WINDOW (self), parent);
  g_set_object (&self->plant, plant);
  self->in_use = in_use ? g_ptr_array_ref (in_use) : NULL;
  return self;
}

/**
 * plancia_discover_dialog_new:
 * @parent: the window it belongs to
 * @plant: (nullable): that is open
 * @in_use: (nullable) (element-type PlanciaAddress): connections that are open; no second one is made
 *
 * Returns: (transfer none): a dialog to be presented, that searches already
 */
GtkWindow *
plancia_discover_dialog_new (GtkWindow *parent, PlanciaPlant *plant, GPtrArray *in_use)
{
  PlanciaDiscoverDialog *self = new_dialog (parent, plant, in_use);

  plancia_subnet_list_async (self->cancellable, subnets_cb, self);
  return GTK_WINDOW (self);
}

/**
 * plancia_discover_dialog_new_for:
 * @parent: the window it belongs to
 * @plant: (nullable): that is open
 * @in_use: (nullable) (element-type PlanciaAddress): connections that are open; no second one is made
 * @subnets: of PlanciaSubnet; copied
 *
 * Returns: (transfer none): a dialog to be presented, that searches already
 */
GtkWindow *
plancia_discover_dialog_new_for (GtkWindow    *parent,
                                 PlanciaPlant *plant,
                                 GPtrArray    *in_use,
                                 GPtrArray    *subnets)
{
  PlanciaDiscoverDialog *self = new_dialog (parent, plant, in_use);

  for (guint i = 0; i < subnets->len; i++)
    plancia_discover_places_add (self->places, g_ptr_array_index (subnets, i));
  begin (self);
  return GTK_WINDOW (self);
}

/* --- adding ---------------------------------------------------------------------------------- */

static PlanciaEntry *
add_one (PlanciaPlant *plant, const PlanciaFinding *finding, const char *text)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, NULL);
  const char      *kind = plancia_finding_get_device_kind (finding);
  gboolean         hub = finding->kind == PLANCIA_FINDING_HUB;
  g_autofree char *title = plancia_finding_dup_title (finding);
  const char      *name = finding->identity.model;

  if (!address)
    return NULL;
  if (!name)
    name = g_str_equal (kind, "inverter") ? _("Inverter") : title;
  return plancia_add_entry (plant, hub ? "inverter" : kind, name, address, finding->identity.map);
}

/* The lines that are there, and the inverter that answered at the first of them. */
static PlanciaEntry *
add_hub (PlanciaPlant *plant, const PlanciaFinding *finding)
{
  static const char *const lines[] = {"inverters", "meters", "chargers"};
  PlanciaEntry            *first = NULL;

  for (guint i = 0; i < PLANCIA_HUB_LINES; i++) {
    gboolean         known = i == 0 && finding->identity.unit > 0 && finding->identity.generation;
    g_autofree char *unit = known ? g_strdup_printf ("/%d", finding->identity.unit) : g_strdup ("");
    g_autofree char *text = g_strconcat (finding->address, "/", lines[i], unit, NULL);
    PlanciaEntry    *entry;

    if (finding->lines[i] != PLANCIA_HUB_ANSWER_OPEN &&
        finding->lines[i] != PLANCIA_HUB_ANSWER_HELD)
      continue;
    entry = add_one (plant, finding, text);
    first = first ? first : entry;
  }
  return first;
}

/**
 * plancia_discover_dialog_apply:
 * @self: the dialog
 * @plant: gets the devices, and what they hang on
 *
 * Returns: (transfer none) (nullable): the first entry
 */
PlanciaEntry *
plancia_discover_dialog_apply (PlanciaDiscoverDialog *self, PlanciaPlant *plant)
{
  PlanciaEntry *first = NULL;

  for (guint i = 0; i < self->order->len; i++) {
    PlanciaFoundRow      *row = g_ptr_array_index (self->order, i);
    const PlanciaFinding *finding = plancia_found_row_get (row);
    PlanciaEntry         *entry;

    if (!plancia_found_row_get_checked (row) || !finding->address)
      continue;
    entry = finding->kind == PLANCIA_FINDING_HUB ? add_hub (plant, finding)
                                                 : add_one (plant, finding, finding->address);
    first = first ? first : entry;
  }
  return first;
}

PlanciaDiscovery *
plancia_discover_dialog_get_discovery (PlanciaDiscoverDialog *self)
{
  return self->discovery;
}
