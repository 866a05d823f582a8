/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/installation.h"
#include "base/log.h"
#include "ui/application.h"

#include <glib/gi18n.h>
#include <signal.h>

int
main (int argc, char **argv)
{
  g_autoptr (PlanciaApplication) application = NULL;

  plancia_log_install ();
  plancia_installation_init_language ();
  g_set_prgname ("plancia");
  g_set_application_name ("Plancia");
  /* A connection that the other side closed is an error to report, not the end. */
  signal (SIGPIPE, SIG_IGN);

  application = plancia_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
