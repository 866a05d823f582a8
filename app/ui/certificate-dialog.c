/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/certificate-dialog.h"

#include "base/text.h"
#include <glib/gi18n.h>

typedef struct
{
  PlanciaCertificateFunc func;
  char                  *fingerprint;
  GWeakRef               owner;
} Asked;

static void
asked_free (gpointer data, GClosure *closure)
{
  Asked *self = data;

  g_weak_ref_clear (&self->owner);
  g_free (self->fingerprint);
  g_free (self);
}

static void
response_cb (GtkWidget *dialog, const char *response, Asked *asked)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&asked->owner);

  if (owner && g_str_equal (response, "trust"))
    asked->func (asked->fingerprint, owner);
}

static void
add_line (GString *text, const char *what, const char *value)
{
  g_string_append_printf (text, "%s%s\n%s", text->len > 0 ? "\n\n" : "", what, value);
}

static char *
describe (const PlanciaCertificate *certificate)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *from = plancia_text_iso_time (certificate->valid_from, zone);
  g_autofree char *until = plancia_text_iso_time (certificate->valid_until, zone);
  g_autofree char *span = g_strdup_printf ("%s – %s", from, until);
  g_autofree char *print = plancia_certificate_format_fingerprint (certificate->fingerprint);

  add_line (text, _ ("Subject"), certificate->subject);
  add_line (text, _ ("Issuer"), certificate->issuer);
  add_line (text, _ ("Valid"), span);
  add_line (text, _ ("SHA-256"), print);
  if (certificate->pinned) {
    g_autofree char *pinned = plancia_certificate_format_fingerprint (certificate->pinned);

    add_line (text, _ ("Trusted until now (SHA-256)"), pinned);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, "cmd");
  return label;
}

/**
 * plancia_certificate_dialog_show:
 * @parent: the window it belongs to
 * @certificate: of the server
 * @func: called with its fingerprint and @owner if a person trusts it
 * @owner: what it is for
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
plancia_certificate_dialog_show (GtkWindow                *parent,
                                 const PlanciaCertificate *certificate,
                                 PlanciaCertificateFunc    func,
                                 GObject                  *owner)
{
  gboolean          changed = certificate->pinned != NULL;
  g_autofree char  *text = describe (certificate);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
    parent,
    changed
    ? _ ("The certificate has changed")
    : _ ("Trust this certificate?"),
        changed
        ? _ ("The server shows another certificate than the one that was trusted. Ask ZCS whether it was renewed. "
                 "Somebody between you and the server would look just like this.")
        : _ ("No authority vouches for it. Compare it with what ZCS says; then only this one is accepted, for this "
                 "account.")));
  Asked            *asked = g_new0 (Asked, 1);

  asked->func = func;
  asked->fingerprint = g_strdup (certificate->fingerprint);
  g_weak_ref_init (&asked->owner, owner);
  adw_message_dialog_set_extra_child (dialog, make_label (text));
  adw_message_dialog_add_responses (dialog,
                                    "cancel",
                                    _ ("_Cancel"), "trust", _ ("_Trust this certificate"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "trust", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}
