/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/discover-places.h"

#include "base/signal-new.h"

#include <glib/gi18n.h>

struct _PlanciaDiscoverPlaces
{
  AdwPreferencesGroup parent_instance;

  GtkWidget   *search_button;
  GtkListBox  *list;
  GtkEditable *entry;
  GtkSwitch   *serial_switch;
  GtkSwitch   *hub_switch;
  GtkLabel    *problem;

  GPtrArray *places; /* Place */
};

typedef struct
{
  PlanciaSubnet *subnet;
  GtkSwitch     *chosen; /* in its row */
} Place;

enum {
  SIGNAL_SEARCH,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDiscoverPlaces, plancia_discover_places, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

static void
place_free (gpointer data)
{
  Place *self = data;

  plancia_subnet_free (self->subnet);
  g_free (self);
}

static void
changed_cb (PlanciaDiscoverPlaces *self)
{
  gtk_widget_set_sensitive (self->search_button, TRUE);
}

static void
search_cb (PlanciaDiscoverPlaces *self)
{
  g_signal_emit (self, signals[SIGNAL_SEARCH], 0);
}

/* --- a subnet -------------------------------------------------------------------------------- */

static char *
dup_description (const PlanciaSubnet *subnet)
{
  guint            n = plancia_subnet_count (subnet);
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u address", "%u addresses", n), n);
  const char      *kind = subnet->wireless ? _("Wi-Fi") : _("Ethernet");

  return g_strdup_printf ("%s, %s", subnet->interface ? kind : _("Typed"), count);
}

static GtkWidget *
make_row (PlanciaDiscoverPlaces *self, const PlanciaSubnet *subnet, GtkSwitch **chosen)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_switch_new ();
  g_autofree char *title = plancia_subnet_to_string (subnet);
  g_autofree char *description = dup_description (subnet);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name (subnet->wireless
                                                             ? "network-wireless-symbolic"
                                                             : "network-wired-symbolic"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (button), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  g_signal_connect_swapped (button, "notify::active", G_CALLBACK (changed_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  *chosen = GTK_SWITCH (button);
  return row;
}

/* --- another one ----------------------------------------------------------------------------- */

static void
show_problem (PlanciaDiscoverPlaces *self, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_label_set_text (self->problem, text ? text : "");
  if (text)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               text ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
typed_cb (PlanciaDiscoverPlaces *self)
{
  show_problem (self, NULL);
}

static void
apply_cb (PlanciaDiscoverPlaces *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSubnet) subnet = plancia_subnet_parse (text, &error);

  if (!subnet) {
    show_problem (self,
                  _("A private network in the form 192.168.2.0/24, with at most 65534 addresses"));
    return;
  }
  gtk_editable_set_text (self->entry, "");
  plancia_discover_places_add (self, subnet);
  changed_cb (self);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_discover_places_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_DISCOVER_PLACES (object)->places);

  G_OBJECT_CLASS (plancia_discover_places_parent_class)->finalize (object);
}

static void
plancia_discover_places_class_init (PlanciaDiscoverPlacesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_discover_places_finalize;
  signals[SIGNAL_SEARCH] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "search", 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/discover-places.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, search_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, serial_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, hub_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaDiscoverPlaces, problem);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
plancia_discover_places_init (PlanciaDiscoverPlaces *self)
{
  self->places = g_ptr_array_new_with_free_func (place_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_discover_places_add:
 * @self: the choices
 * @subnet: copied
 */
void
plancia_discover_places_add (PlanciaDiscoverPlaces *self, const PlanciaSubnet *subnet)
{
  Place     *place;
  GtkWidget *row;

  for (guint i = 0; i < self->places->len; i++) {
    place = g_ptr_array_index (self->places, i);
    if (place->subnet->network == subnet->network && place->subnet->prefix == subnet->prefix) {
      gtk_switch_set_active (place->chosen, TRUE);
      return;
    }
  }
  place = g_new0 (Place, 1);
  place->subnet = plancia_subnet_copy (subnet);
  row = make_row (self, subnet, &place->chosen);
  gtk_list_box_insert (self->list, row, (int) self->places->len);
  g_ptr_array_add (self->places, place);
}

/**
 * plancia_discover_places_get_subnets:
 * @self: the choices
 *
 * Returns: (transfer full): of PlanciaSubnet, those that are switched on
 */
GPtrArray *
plancia_discover_places_get_subnets (PlanciaDiscoverPlaces *self)
{
  GPtrArray *subnets = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_subnet_free);

  for (guint i = 0; i < self->places->len; i++) {
    const Place *place = g_ptr_array_index (self->places, i);

    if (gtk_switch_get_active (place->chosen))
      g_ptr_array_add (subnets, plancia_subnet_copy (place->subnet));
  }
  return subnets;
}

gboolean
plancia_discover_places_get_serial (PlanciaDiscoverPlaces *self)
{
  return gtk_switch_get_active (self->serial_switch);
}

gboolean
plancia_discover_places_get_hub (PlanciaDiscoverPlaces *self)
{
  return gtk_switch_get_active (self->hub_switch);
}

void
plancia_discover_places_settle (PlanciaDiscoverPlaces *self)
{
  gtk_widget_set_sensitive (self->search_button, FALSE);
}
