/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ports-dialog.h"

#include "backend/port-watch.h"
#include "ui/name-dialog.h"
#include <glib/gi18n.h>

#define PATH     "plancia-port"     /* what an address says, of a row */
#define IDENTITY "plancia-identity" /* of the adapter, of a button */
#define NAME     "plancia-name"

struct _PlanciaPortsDialog
{
  AdwWindow parent_instance;

  GtkStack   *stack;
  GtkListBox *list;

  PlanciaPortWatch *watch;
  char             *current;
  PlanciaPortFunc   func;
  gpointer          user_data;
  GDestroyNotify    destroy;
};

G_DEFINE_FINAL_TYPE (PlanciaPortsDialog, plancia_ports_dialog, ADW_TYPE_WINDOW)

/* --- words ---------------------------------------------------------------------------------------- */

static char *
describe_state (const PlanciaSerialPortInfo *port)
{
  if (!port->permitted && port->relogin)
    return g_strdup_printf (_ ("you are of the group %s from your next login on"), port->group);
  if (!port->permitted)
    return g_strdup_printf (_ ("permission denied, group %s"), port->group ? port->group : "?");
  if (port->holder)
    return g_strdup_printf (_ ("busy: opened by %s (%d)"), port->holder, port->holder_pid);
  return NULL;
}

/* The path, which adapter it is, and what stands against opening it; without what the title says already. */
static char *
describe (const PlanciaSerialPortInfo *port)
{
  const char      *label = plancia_serial_port_info_get_label (port);
  const char      *identity = port->vendor != 0 ? port->identity : NULL;
  g_autofree char *state = describe_state (port);
  GString         *text = g_string_new (g_strcmp0 (label, port->path) != 0 ? port->path : NULL);
  const char      *parts[] = {port->name && port->description ? port->description : NULL,
                         identity,
                         state};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

/* --- naming --------------------------------------------------------------------------------------- */

/* Who is being named; the watch stays until that is over. */
typedef struct
{
  PlanciaPortWatch *watch;
  char             *identity;
} Naming;

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_object_unref (naming->watch);
  g_free (naming->identity);
  g_free (naming);
}

static void
named_cb (const char *name, gpointer user_data)
{
  Naming *naming = user_data;

  plancia_port_watch_set_name (naming->watch, naming->identity, name);
}

static void
rename_cb (PlanciaPortsDialog *self, GtkWidget *button)
{
  Naming     *naming = g_new0 (Naming, 1);
  const char *name = g_object_get_data (G_OBJECT (button), NAME);

  naming->watch = g_object_ref (self->watch);
  naming->identity = g_strdup (g_object_get_data (G_OBJECT (button), IDENTITY));
  plancia_name_dialog_show (
    GTK_WINDOW (self),
    _ ("Name of the adapter"), name ? name : "", named_cb, naming, naming_free);
}

static void
forget_cb (PlanciaPortsDialog *self, GtkWidget *button)
{
  plancia_port_watch_set_name (self->watch, g_object_get_data (G_OBJECT (button), IDENTITY), NULL);
}

/* --- rows ----------------------------------------------------------------------------------------- */

static void
add_button (PlanciaPortsDialog          *self,
            AdwActionRow                *row,
            const PlanciaSerialPortInfo *port,
            const char                  *icon,
            const char                  *label,
            GCallback                    clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), IDENTITY, g_strdup (port->identity), g_free);
  g_object_set_data_full (G_OBJECT (button), NAME, g_strdup (port->name), g_free);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
}

static GtkWidget *
make_row (PlanciaPortsDialog *self, const PlanciaSerialPortInfo *port, gboolean current)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *subtitle = describe (port);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 plancia_serial_port_info_get_label (port));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row),
                          PATH,
                          g_strdup (port->link ? port->link : port->path),
                          g_free);
  if (current) {
    GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

    gtk_widget_set_tooltip_text (mark, _ ("In use here"));
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  }
  if (port->name)
    add_button (self,
                ADW_ACTION_ROW (row),
                port,
                "edit-clear-symbolic",
                _ ("Forget the name"), G_CALLBACK (forget_cb));
  add_button (self,
              ADW_ACTION_ROW (row),
              port,
              "document-edit-symbolic",
              _ ("Name the adapter"), G_CALLBACK (rename_cb));
  return row;
}

static void
load (PlanciaPortsDialog *self)
{
  GPtrArray                   *ports = plancia_port_watch_get_ports (self->watch);
  const PlanciaSerialPortInfo *current = self->current
                                           ? plancia_port_watch_find (self->watch, self->current)
                                           : NULL;
  GtkWidget                   *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; ports && i < ports->len; i++) {
    const PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);

    gtk_list_box_append (self->list, make_row (self, port, port == current));
  }
  gtk_stack_set_visible_child_name (self->stack,
                                    !ports            ? "looking"
                                    : ports->len == 0 ? "none"
                                                      : "ports");
}

static void
activated_cb (PlanciaPortsDialog *self, GtkListBoxRow *row)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (row), PATH));

  self->func (path, self->user_data);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- GObject -------------------------------------------------------------------------------------- */

static void
plancia_ports_dialog_dispose (GObject *object)
{
  PlanciaPortsDialog *self = PLANCIA_PORTS_DIALOG (object);

  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  if (self->destroy)
    self->destroy (self->user_data);
  self->destroy = NULL;
  G_OBJECT_CLASS (plancia_ports_dialog_parent_class)->dispose (object);
}

static void
plancia_ports_dialog_finalize (GObject *object)
{
  g_free (PLANCIA_PORTS_DIALOG (object)->current);
  G_OBJECT_CLASS (plancia_ports_dialog_parent_class)->finalize (object);
}

static void
plancia_ports_dialog_class_init (PlanciaPortsDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_ports_dialog_dispose;
  object_class->finalize = plancia_ports_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/ports-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortsDialog, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_ports_dialog_init (PlanciaPortsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = plancia_port_watch_get ();
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (load), self);
}

/**
 * plancia_ports_dialog_show:
 * @parent: the window it belongs to
 * @current: (nullable): the port in use
 * @func: called with the port that was chosen
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Main thread. Returns: (transfer none): the dialog, shown
 */
GtkWidget *
plancia_ports_dialog_show (GtkWindow      *parent,
                           const char     *current,
                           PlanciaPortFunc func,
                           gpointer        user_data,
                           GDestroyNotify  destroy)
{
  PlanciaPortsDialog *self =
    g_object_new (PLANCIA_TYPE_PORTS_DIALOG, "transient-for", parent, NULL);

  self->current = g_strdup (current);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  load (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
