/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-forever.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "simulator/simulator.h"

/* A file that cannot be read was named wrongly. */
static PlanciaScenario *
read_scenario (const char *path, GError **error)
{
  g_autoptr (GError) failure = NULL;
  PlanciaScenario *scenario = plancia_scenario_new_from_file (path, &failure);

  if (failure != NULL && failure->domain == G_IO_ERROR)
    g_set_error_literal (error,
                         PLANCIA_DOCUMENT_ERROR,
                         PLANCIA_DOCUMENT_ERROR_MISSING,
                         failure->message);
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return scenario;
}

static PlanciaScenario *
open_scenario (const PlanciaServeOptions *options, GError **error)
{
  g_autoptr (PlanciaScenario) scenario = NULL;

  if (options->scenario == NULL)
    scenario = plancia_scenario_new_demo ();
  else
    scenario = read_scenario (options->scenario, error);
  if (scenario == NULL || options->speed < 0)
    return g_steal_pointer (&scenario);
  return plancia_scenario_with_speed (scenario, options->speed);
}

static gboolean
check_address (const PlanciaServeOptions *options, GError **error)
{
  g_autoptr (GInetAddress) address =
    g_inet_address_new_from_string (options->address != NULL ? options->address : "127.0.0.1");

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return TRUE;
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "expected an IPv4 address, found \"%s\"",
               options->address);
  return FALSE;
}

static gboolean
set_fault (PlanciaSimulator *simulator, const char *text, GError **error)
{
  const char      *sign = strrchr (text, '=');
  g_autofree char *device = NULL;

  if (sign == NULL) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "expected DEVICE=FAULT, found \"%s\"",
                 text);
    return FALSE;
  }
  device = g_strndup (text, (gsize) (sign - text));
  return plancia_simulator_set_fault (simulator, device, sign + 1, error);
}

static gboolean
set_faults (PlanciaSimulator *simulator, const char *const *faults, GError **error)
{
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    if (!set_fault (simulator, faults[i], error))
      return FALSE;
  return TRUE;
}

/* Flushed: a program that starts us waits for the lines. */
static void
print_addresses (PlanciaSimulator *simulator)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);
  GPtrArray *clouds = plancia_simulator_get_clouds (simulator);

  for (guint i = 0; i < devices->len; i++)
    printf ("%s\n", ((PlanciaSimulatorDevice *) g_ptr_array_index (devices, i))->address);
  for (guint i = 0; i < clouds->len; i++)
    printf ("%s\n", ((PlanciaSimulatorCloud *) g_ptr_array_index (clouds, i))->url);
  fflush (stdout);
}

/* Atomic: whoever waits for the file never sees a half of it. */
static gboolean
write_ports (PlanciaSimulator *simulator, const char *path, GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    return TRUE;
  json = plancia_simulator_to_json (simulator);
  text = g_strconcat (json, "\n", NULL);
  return g_file_set_contents (path, text, -1, error);
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
wait_for_signal (GMainLoop *loop)
{
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, loop);
  guint terminate = g_unix_signal_add (SIGTERM, on_signal, loop);

  g_main_loop_run (loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
}

/**
 * plancia_serve_forever:
 * @options: what to serve
 * @error: why it could not start
 *
 * Returns: %TRUE after it was interrupted
 */
gboolean
plancia_serve_forever (const PlanciaServeOptions *options, GError **error)
{
  g_autoptr (PlanciaScenario)
    scenario = check_address (options, error) ? open_scenario (options, error) : NULL;
  g_autoptr (PlanciaSimulator) simulator = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (scenario == NULL)
    return FALSE;
  signal (SIGPIPE, SIG_IGN);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_set_place (simulator,
                               options->address != NULL ? options->address : "127.0.0.1",
                               options->standard_ports);
  if (!plancia_simulator_start (simulator, error) ||
      !set_faults (simulator, options->faults, error) ||
      !write_ports (simulator, options->ports, error))
    return FALSE;
  print_addresses (simulator);
  wait_for_signal (loop);
  plancia_simulator_stop (simulator);
  return TRUE;
}
