/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/port-problem.h"

#include "backend/port-watch.h"
#include "base/signal-new.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>

struct _PlanciaPortProblem
{
  AdwPreferencesGroup parent_instance;

  GtkWidget         *row;
  GtkWidget         *commands;
  GtkWidget         *lasting_title;
  GtkWidget         *lasting_box;
  GtkWidget         *lasting;
  GtkWidget         *copy_lasting;
  PlanciaHelpButton *help;
  GtkWidget         *session_title;
  GtkWidget         *session_box;
  GtkWidget         *session;
  GtkWidget         *copy_session;
  GtkWidget         *rule_title;
  GtkWidget         *rule_box;
  GtkWidget         *rule;

  PlanciaPortWatch *watch; /* while access is denied: knows the adapter */
  char             *path;
};

enum {
  SIGNAL_TRY_AGAIN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaPortProblem, plancia_port_problem, ADW_TYPE_PREFERENCES_GROUP)

static guint signals[N_SIGNALS];

/* In a sandbox the group does not help: the port is not in there at all. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* --- words ----------------------------------------------------------------------------------- */

static void
show (PlanciaPortProblem *self, const char *title, const char *what, const char *why)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), why ? why : "");
}

static char *
whose (const char *path, const PlanciaPortAccess *access)
{
  if (is_sandboxed ())
    return g_strdup_printf (_("%s is outside of what the sandbox may open"), path);
  if (!access || !access->group)
    return g_strdup (path);
  if (access->in_group)
    return g_strdup_printf (
      _("%s belongs to the group %s, which may not write to it"), path, access->group);
  return g_strdup_printf (
    _("%s belongs to the group %s; this user is not in it"), path, access->group);
}

static void
show_commands (PlanciaPortProblem *self, const char *path, const PlanciaPortAccess *access)
{
  gboolean         sandboxed = is_sandboxed ();
  g_autofree char *lasting = NULL;
  g_autofree char *session = NULL;

  if (sandboxed)
    lasting = g_strdup ("flatpak override --user --device=all io.github.plancia.Plancia");
  else if (access)
    lasting = plancia_port_access_lasting_command (access);
  if (!sandboxed && access)
    session = plancia_port_access_session_command (access, path);

  gtk_label_set_text (GTK_LABEL (self->lasting_title),
                      sandboxed
                      ? _("Run this once, then start Plancia again:")
                      : _("Run this once, then log out and in again:"));
  gtk_label_set_text (GTK_LABEL (self->lasting), lasting ? lasting : "");
  gtk_label_set_text (GTK_LABEL (self->session), session ? session : "");
  gtk_widget_set_visible (self->lasting_title, lasting != NULL);
  gtk_widget_set_visible (self->lasting_box, lasting != NULL);
  gtk_widget_set_visible (self->session_title, session != NULL);
  gtk_widget_set_visible (self->session_box, session != NULL);
  gtk_widget_set_visible (self->commands, lasting || session);
}

/* What depends on which adapter it is; nothing in a sandbox, where neither helps. */
static void
show_adapter (PlanciaPortProblem *self)
{
  const PlanciaSerialPortInfo *port = self->watch && !is_sandboxed ()
                                        ? plancia_port_watch_find (self->watch, self->path)
                                        : NULL;
  g_autofree char             *rule = port ? plancia_serial_advice_udev_rule (port) : NULL;
  g_autofree char             *title = NULL;

  gtk_widget_set_visible (self->rule_title, rule != NULL);
  gtk_widget_set_visible (self->rule_box, rule != NULL);
  if (rule) {
    title = g_strdup_printf (_("Or put this line into %s and plug the adapter in again:"),
                                PLANCIA_UDEV_RULE_FILE);
    gtk_label_set_text (GTK_LABEL (self->rule_title), title);
    gtk_label_set_text (GTK_LABEL (self->rule), rule);
    gtk_widget_set_visible (self->commands, TRUE);
  }
  if (port && port->relogin) {
    g_autofree char *why = g_strdup_printf (
      _("This user is in the group %s from the next login on: log out and in again"), port->group);

    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->row), why);
  }
}

static void
stop_watching (PlanciaPortProblem *self)
{
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
}

static void
watch_adapter (PlanciaPortProblem *self, const char *path)
{
  g_free (self->path);
  self->path = g_strdup (path);
  if (!self->watch) {
    self->watch = plancia_port_watch_get ();
    g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (show_adapter), self);
  }
  show_adapter (self);
}

/* The file system has changed its mind since the attempt. */
static void
show_allowed_now (PlanciaPortProblem *self, const char *path)
{
  /* Translators: %s is a port such as /dev/ttyUSB0 */
  g_autofree char *why = g_strdup_printf (_("%s may be opened by now"), path);

  show (self, _("Permission"), _("The port was not opened"), why);
}

static void
show_denied (PlanciaPortProblem *self, const char *path, const PlanciaPortAccess *access)
{
  g_autofree char *why = whose (path, access);

  show (self, _("Permission"), _("This user may not open the port"), why);
  show_commands (self, path, access);
}

static void
show_absent (PlanciaPortProblem *self, const char *path)
{
  /* Translators: %s is a port such as /dev/ttyUSB0 */
  g_autofree char *what = g_strdup_printf (_("%s is not there"), path);

  show (
    self,
    _("Problem"), what, _("The adapter is not plugged in, or the port has another name now."));
}

/* --- actions --------------------------------------------------------------------------------- */

static void
try_clicked (PlanciaPortProblem *self)
{
  g_signal_emit (self, signals[SIGNAL_TRY_AGAIN], 0);
}

static void
copy (PlanciaPortProblem *self, GtkWidget *label)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (GTK_LABEL (label)));
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_("Copied")));
}

static void
copy_lasting_clicked (PlanciaPortProblem *self)
{
  copy (self, self->lasting);
}

static void
copy_session_clicked (PlanciaPortProblem *self)
{
  copy (self, self->session);
}

static void
copy_rule_clicked (PlanciaPortProblem *self)
{
  copy (self, self->rule);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_port_problem_dispose (GObject *object)
{
  stop_watching (PLANCIA_PORT_PROBLEM (object));
  G_OBJECT_CLASS (plancia_port_problem_parent_class)->dispose (object);
}

static void
plancia_port_problem_finalize (GObject *object)
{
  g_free (PLANCIA_PORT_PROBLEM (object)->path);
  G_OBJECT_CLASS (plancia_port_problem_parent_class)->finalize (object);
}

static void
plancia_port_problem_class_init (PlanciaPortProblemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_port_problem_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_port_problem_finalize;
  signals[SIGNAL_TRY_AGAIN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "try-again", 0);

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/port-problem.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, commands);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, lasting_title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, lasting_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, lasting);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, copy_lasting);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, session_title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, session_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, session);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, copy_session);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, rule_title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, rule_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPortProblem, rule);
  gtk_widget_class_bind_template_callback (widget_class, try_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_lasting_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_session_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_rule_clicked);
}

static void
plancia_port_problem_init (PlanciaPortProblem *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_port_problem_set:
 * @self: the group
 * @path: the port
 * @access: (nullable): what the file system says of it
 * @error: (nullable): why the connection fails
 *
 * Returns: whether there is anything to explain; hidden if not
 */
gboolean
plancia_port_problem_set (PlanciaPortProblem      *self,
                          const char              *path,
                          const PlanciaPortAccess *access,
                          const GError            *error)
{
  gboolean denied = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
                    (access && access->exists && !access->allowed);
  gboolean absent = access && !access->exists;

  gtk_widget_set_visible (GTK_WIDGET (self), denied || absent || error);
  gtk_widget_set_visible (self->commands, FALSE);
  plancia_help_button_set_error (self->help, error);
  if (absent)
    plancia_help_button_set_place (self->help, "troubleshooting#port");
  else if (denied)
    plancia_help_button_set_place (self->help, "troubleshooting#permission");
  if (absent)
    show_absent (self, path);
  else if (denied && access && access->allowed)
    show_allowed_now (self, path);
  else if (denied)
    show_denied (self, path, access);
  else if (error)
    show (self, _("Problem"), plancia_error_text (error), plancia_error_advice (error));
  if (denied && !absent && !(access && access->allowed))
    watch_adapter (self, path);
  else
    stop_watching (self);
  return denied || absent || error;
}
