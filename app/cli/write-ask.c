/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/write-ask.h"

#include "cli/cli.h"
#include "model/write-risk.h"
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

gboolean
plancia_write_ask_yes (const char *question)
{
  char answer[16] = "";

  fputs (question, stderr);
  fflush (stderr);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    return FALSE;
  g_strstrip (answer);

  /* Translators: the letter that means yes in the question "[y/N]". */
  return g_ascii_strcasecmp (answer, _ ("y")) == 0 || g_ascii_strcasecmp (answer, "yes") == 0;
}

static gboolean
ask_all_the_same (const char *sentence)
{
  g_autofree char *question =
    g_strdup_printf ("%s %s ", sentence, _ ("Write it all the same? [y/N]"));

  return plancia_write_ask_yes (question);
}

gboolean
plancia_write_can_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

gboolean
plancia_write_ask (guint count, GPtrArray *steps)
{
  g_autofree char *question = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Write %u setting? [y/N] ", "Write %u settings? [y/N] ", count),
    count);
  g_autoptr (GPtrArray) risks = NULL;

  if (!plancia_write_ask_yes (question))
    return FALSE;
  risks = plancia_write_risks (steps);
  for (guint i = 0; i < risks->len; i++)
    if (!ask_all_the_same (g_ptr_array_index (risks, i)))
      return FALSE;
  return TRUE;
}

const char *
plancia_write_danger_text (PlanciaDanger danger)
{
  switch (danger) {
  case PLANCIA_DANGER_CAUTION:
    return _ ("with care");
  case PLANCIA_DANGER_BATTERY:
    return _ ("concerns the battery");
  case PLANCIA_DANGER_STOPS_PRODUCTION:
    return _ ("stops production");
  case PLANCIA_DANGER_BREAKS_LINK:
    return _ ("breaks this connection");
  case PLANCIA_DANGER_GRID_CODE:
    return _ ("grid code");
  case PLANCIA_DANGER_NONE:
  default:
    return "";
  }
}
