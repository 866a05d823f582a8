/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/oddity-words.h"

#include <glib/gi18n.h>

static const struct
{
  guint       oddity;
  const char *words;
} names[] = {
  {PLANCIA_ODD_ORDER, N_ ("times out of order")                },
   {PLANCIA_ODD_TWICE, N_ ("times sent twice")                  },
    {PLANCIA_ODD_NULL,  N_ ("values left empty")                 },
     {PLANCIA_ODD_TEXT,  N_ ("numbers sent as text")              },
      {PLANCIA_ODD_SHORT, N_ ("a list that was too short")         },
       {PLANCIA_ODD_ZEROS, N_ ("zeros in everything, not taken")    },
        {PLANCIA_ODD_BACK,  N_ ("counters that went back, not taken")},
         {PLANCIA_ODD_CUT,   N_ ("answers cut short, asked for again")},
};

char *
plancia_oddity_words (guint oddities)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (oddities & names[i].oddity)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", _ (names[i].words));
  if (list->len == 0)
    return NULL;
  /* Translators: %s is a list such as "times out of order, numbers sent as text" */
  return g_strdup_printf (_ ("Put right: %s."), list->str);
}
