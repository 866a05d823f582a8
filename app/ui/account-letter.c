/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/account-letter.h"

#include <glib/gi18n.h>

struct _PlanciaAccountLetter
{
  AdwBin parent_instance;

  GtkWidget *lines;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (PlanciaAccountLetter, plancia_account_letter, ADW_TYPE_BIN)

typedef struct
{
  const char *what;
  const char *text;
  const char *number; /* of the entry below it; or NULL */
} Line;

static const Line portal_lines[] = {
  {N_ ("Client code"),   "RossiArezzo",                      "1" },
   {N_ ("Authorization"), "Zcs a1B2c3D4e5F6",                 "2" },
    {N_ ("Address"),       "third.zcsazzurroportal.com:19003", NULL},
};

static const Line system_lines[] = {
  {N_ ("Token"),   "a1B2c3D4e5F6g7H8i9", "1"},
   {N_ ("Address"), "https://…",        "2"},
};

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_line (const Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *what = make_label (_ (line->what), "lt");
  GtkWidget *number;

  gtk_widget_add_css_class (what, "lt-k");
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), make_label (line->text, line->number ? "lt-mark" : "lt"));
  if (!line->number)
    return box;
  number = gtk_label_new (line->number);
  gtk_widget_set_valign (number, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (number, "step-badge");
  gtk_widget_add_css_class (number, "done");
  gtk_box_append (GTK_BOX (box), number);
  return box;
}

static GtkWidget *
make_note (PlanciaAccountLetter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("plancia-severity-note-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  gtk_widget_add_css_class (icon, "note-ink");
  gtk_box_append (GTK_BOX (box), icon);
  self->note = make_label ("", "caption-dim");
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_box_append (GTK_BOX (box), self->note);
  return box;
}

static void
plancia_account_letter_class_init (PlanciaAccountLetterClass *klass)
{
}

static void
plancia_account_letter_init (PlanciaAccountLetter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->lines, "letter");
  gtk_box_append (GTK_BOX (box), self->lines);
  gtk_box_append (GTK_BOX (box), make_note (self));
  adw_bin_set_child (ADW_BIN (self), box);
  plancia_account_letter_set_system (self, FALSE);
}

/**
 * plancia_account_letter_set_system:
 * @system: whose letter
 */
void
plancia_account_letter_set_system (PlanciaAccountLetter *self, gboolean system)
{
  const Line *lines = system ? system_lines : portal_lines;
  gsize       n = system ? G_N_ELEMENTS (system_lines) : G_N_ELEMENTS (portal_lines);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (self->lines)))
    gtk_box_remove (GTK_BOX (self->lines), child);
  child = make_label (_ ("Dear customer, your access to the API:"), "lt");
  gtk_box_append (GTK_BOX (self->lines), child);
  for (gsize i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->lines), make_line (&lines[i]));
  gtk_label_set_text (
    GTK_LABEL (self->note),
    system
    ? _ ("ZCS gives the token and the address on a ticket. Copy 1 whole, without quotes; a word "
                "“Bearer” before it does not belong to it.")
    : _ ("Copy 2 whole: “Zcs”, the blank and the 12 characters, without quotes."));
}
