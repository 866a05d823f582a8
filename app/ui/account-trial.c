/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/account-trial.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "base/text.h"
#include "base/worker.h"
#include "ui/certificate-dialog.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/oddity-words.h"
#include <glib/gi18n.h>

/* ms: usual ones come within half a second. */
#define LONG_ANSWER 1500

struct _PlanciaAccountTrial
{
  AdwBin parent_instance;

  GtkWidget         *icon;
  GtkSpinner        *spinner;
  GtkLabel          *words;
  PlanciaHelpButton *help;
  GtkWidget         *button;
  GtkWidget         *certificate;
  GtkWidget         *show;
  GtkTextView       *exchange;

  PlanciaAccountTrialFunc func;
  gpointer                user_data;
  PlanciaWorker          *worker;
  GCancellable           *cancellable; /* of the test that runs; or NULL */
  PlanciaCertificate     *refused;
};

enum {
  SIGNAL_TESTED,
  SIGNAL_TRUSTED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaAccountTrial, plancia_account_trial, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* --- the verdict ----------------------------------------------------------------------------- */

static void
set_style (PlanciaAccountTrial *self, const char *icon, const char *style)
{
  const char *classes[] = {style, NULL};

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_widget_set_visible (self->icon, icon != NULL);
  gtk_widget_set_css_classes (self->icon, classes);
  gtk_widget_set_css_classes (GTK_WIDGET (self->words), classes);
}

static char *
describe_failure (const GError *error)
{
  const char *advice = plancia_error_advice (error);

  if (error->domain == PLANCIA_DOCUMENT_ERROR)
    return g_strdup (error->message);
  return advice ? g_strdup_printf ("%s %s", plancia_error_text (error), advice)
                : g_strdup (plancia_error_text (error));
}

static char *
describe_values (const PlanciaCloudTrial *trial, const PlanciaCloudVerdict *verdict)
{
  g_autofree char *age = plancia_text_age (MAX (plancia_clock_now () - verdict->last_update, 0));

  if (verdict->n_values == 0)
    return g_strdup (_ ("Accepted. Write a serial number to see whether its values come."));
  if (verdict->last_update == 0)
    /* Translators: %s is a serial number */
    return g_strdup_printf (_ ("Accepted. %s answered."), trial->thing);
  /* Translators: first %s is a serial number, second an age such as "4 min" */
  return g_strdup_printf (_ ("Accepted. %s sent its values %s ago."), trial->thing, age);
}

/* Slow, and odd, is not wrong: yet whoever asks should know. */
static char *
describe_success (const PlanciaCloudTrial *trial, const PlanciaCloudVerdict *verdict)
{
  g_autofree char *values = describe_values (trial, verdict);
  g_autofree char *odd = plancia_oddity_words (verdict->oddities);
  g_autoptr (GString) text = g_string_new (values);

  if (verdict->duration >= LONG_ANSWER)
    /* Translators: %.1f is a number of seconds */
    g_string_append_printf (text,
                            _ (" Its answer took %.1f s."),
                               (double) verdict->duration / PLANCIA_SECOND);
  if (odd != NULL)
    g_string_append_printf (text, " %s", odd);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_verdict (PlanciaAccountTrial       *self,
              const PlanciaCloudTrial   *trial,
              const PlanciaCloudVerdict *verdict)
{
  g_autofree char *text = verdict->error ? describe_failure (verdict->error)
                                         : describe_success (trial, verdict);

  gtk_label_set_text (self->words, text);
  plancia_help_button_set_error (self->help, verdict->error);
  if (verdict->error)
    set_style (self, "plancia-severity-fault-symbolic", "error");
  else
    set_style (self, "plancia-verified-symbolic", "success");
  g_clear_pointer (&self->refused, plancia_certificate_free);
  if (verdict->certificate)
    self->refused = plancia_certificate_copy (verdict->certificate);
  gtk_widget_set_visible (self->certificate, self->refused != NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->exchange), verdict->exchange, -1);
  gtk_widget_set_visible (self->show, verdict->exchange[0] != '\0');
  gtk_button_set_label (GTK_BUTTON (self->button), _ ("_Try again"));
}

/* --- testing --------------------------------------------------------------------------------- */

static void
set_busy (PlanciaAccountTrial *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->button, !busy);
  if (!busy)
    return;
  set_style (self, NULL, "dim-label");
  plancia_help_button_set_error (self->help, NULL);
  gtk_label_set_text (self->words, _ ("Asking…"));
  gtk_widget_set_visible (self->certificate, FALSE);
}

static void
run_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         plancia_cloud_trial_run (data, cancellable),
                         (GDestroyNotify) plancia_cloud_verdict_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaAccountTrial *self = PLANCIA_ACCOUNT_TRIAL (source);
  g_autoptr (PlanciaCloudVerdict) verdict = g_task_propagate_pointer (G_TASK (result), NULL);

  if (!verdict || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  show_verdict (self, g_task_get_task_data (G_TASK (result)), verdict);
  /* Without values of a thing only the credentials have been tried. */
  g_signal_emit (self, signals[SIGNAL_TESTED], 0, verdict->error == NULL && verdict->n_values > 0);
}

static void
test_cb (PlanciaAccountTrial *self)
{
  plancia_account_trial_run (self);
}

static void
trust_cb (const char *fingerprint, gpointer user_data)
{
  PlanciaAccountTrial *self = user_data;

  g_signal_emit (self, signals[SIGNAL_TRUSTED], 0, fingerprint);
  plancia_account_trial_run (self);
}

static void
certificate_cb (PlanciaAccountTrial *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->refused)
    plancia_certificate_dialog_show (GTK_WINDOW (root), self->refused, trust_cb, G_OBJECT (self));
}

/* --- GObject --------------------------------------------------------------------------------- */

/* The dialog goes: whoever says what to test, and waits for the verdict, is not there when the answer comes. */
static void
plancia_account_trial_unroot (GtkWidget *widget)
{
  PlanciaAccountTrial *self = PLANCIA_ACCOUNT_TRIAL (widget);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->func = NULL;
  GTK_WIDGET_CLASS (plancia_account_trial_parent_class)->unroot (widget);
}

static void
plancia_account_trial_dispose (GObject *object)
{
  PlanciaAccountTrial *self = PLANCIA_ACCOUNT_TRIAL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->refused, plancia_certificate_free);

  G_OBJECT_CLASS (plancia_account_trial_parent_class)->dispose (object);
}

static void
plancia_account_trial_class_init (PlanciaAccountTrialClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_account_trial_dispose;
  widget_class->unroot = plancia_account_trial_unroot;

  signals[SIGNAL_TESTED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "tested", 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_TRUSTED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "trusted", 1, G_TYPE_STRING);

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/account-trial.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, words);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, certificate);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, show);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAccountTrial, exchange);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, certificate_cb);
}

static void
plancia_account_trial_init (PlanciaAccountTrial *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-trial");
}

/**
 * plancia_account_trial_set_func:
 * @func: says what to test
 * @user_data: for @func; lives as long as @self has a window
 */
void
plancia_account_trial_set_func (PlanciaAccountTrial    *self,
                                PlanciaAccountTrialFunc func,
                                gpointer                user_data)
{
  self->func = func;
  self->user_data = user_data;
}

void
plancia_account_trial_run (PlanciaAccountTrial *self)
{
  PlanciaCloudTrial *trial = self->func ? self->func (self->user_data) : NULL;
  g_autoptr (GTask) task = NULL;

  if (!trial)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, done_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, trial, (GDestroyNotify) plancia_cloud_trial_free);
  set_busy (self, TRUE);
  plancia_worker_run (self->worker, task, run_on_worker);
}

void
plancia_account_trial_forget (PlanciaAccountTrial *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  set_style (self, NULL, NULL);
  gtk_label_set_text (self->words, "");
  gtk_widget_set_visible (self->certificate, FALSE);
  gtk_widget_set_visible (self->show, FALSE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->show), FALSE);
  gtk_button_set_label (GTK_BUTTON (self->button), _ ("_Test connection"));
}
