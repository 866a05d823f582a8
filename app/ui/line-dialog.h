/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* text: not empty, without blanks around it. */
typedef void (*PlanciaLineFunc) (const char *text, gpointer user_data);

/* What is asked, in the user's language. */
typedef struct
{
  const char *heading;
  const char *body;   /* or NULL */
  const char *label;  /* of the entry, for those who do not see it */
  const char *accept; /* what the button says, with a mnemonic */
  const char *text;   /* what stands there at first */
} PlanciaLineQuestion;

/* Asks for a line of words. func is called at most once; user_data is freed with destroy (nullable) when the dialog is gone.
 * (transfer none): the dialog, shown */
GtkWidget *plancia_line_dialog_show (GtkWindow                 *parent,
                                     const PlanciaLineQuestion *asked,
                                     PlanciaLineFunc            func,
                                     gpointer                   user_data,
                                     GDestroyNotify             destroy);

G_END_DECLS
