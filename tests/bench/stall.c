/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop of the whole program stands still while the demo plant is at work: lateness of a timer of one
 * millisecond on the main loop, on the register page and on the history page of a hybrid inverter. Beside it the lateness
 * of a thread that only sleeps: what the machine itself adds. Needs a display:
 * xvfb-run -a dbus-run-session build/tests/bench/stall */
#include "base/installation.h"
#include "ui/application.h"
#include "ui/hub-consent.h"
#include "ui/window.h"

#define SETTLE 8000 /* ms */
#define LENGTH 20000

typedef struct
{
  GArray *late; /* of double, ms */
  gint64  last; /* us */
} Gauge;

static Gauge           loop_gauge;
static Gauge           machine_gauge;
static gboolean        running;
static GtkApplication *program;

static void
gauge_tick (Gauge *gauge)
{
  gint64 now = g_get_monotonic_time ();
  double late = (double) (now - gauge->last - 1000) / 1000;

  gauge->last = now;
  if (g_atomic_int_get (&running)) {
    late = MAX (late, 0);
    g_array_append_val (gauge->late, late);
  }
}

static gboolean
tick_cb (gpointer user_data)
{
  gauge_tick (user_data);
  return G_SOURCE_CONTINUE;
}

static gpointer
sleep_thread (gpointer user_data)
{
  for (;;) {
    g_usleep (1000);
    gauge_tick (user_data);
  }
  return NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
gauge_print (Gauge *gauge, const char *name)
{
  guint over = 0;

  g_array_sort (gauge->late, compare);
  for (guint i = 0; i < gauge->late->len; i++)
    over += g_array_index (gauge->late, double, i) >= 16;
  g_print ("%-22s median %5.2f  p99 %5.2f  longest %6.2f ms, %u of %u over 16 ms\n",
           name,
           g_array_index (gauge->late, double, gauge->late->len / 2),
           g_array_index (gauge->late, double, gauge->late->len * 99 / 100),
           g_array_index (gauge->late, double, gauge->late->len - 1),
           over,
           gauge->late->len);
  g_array_set_size (gauge->late, 0);
}

static PlanciaWindow *
find_window (void)
{
  return PLANCIA_WINDOW (gtk_application_get_active_window (program));
}

static void
measure (const char *name)
{
  gint64 end = g_get_monotonic_time () + LENGTH * 1000;

  g_atomic_int_set (&running, TRUE);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_atomic_int_set (&running, FALSE);
  gauge_print (&loop_gauge, name);
  gauge_print (&machine_gauge, "  the machine itself");
}

static void
settle (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

/* The first inverter in the tree that has a history. */
static PlanciaDevice *
find_device (PlanciaOpenPlant *plant)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (g_str_equal (plancia_device_get_kind (device), "inverter") &&
        plancia_open_plant_get_history_device (plant, device))
      return device;
  }
  g_error ("no inverter with a history answers");
}

static gboolean
bench_cb (gpointer user_data)
{
  PlanciaSession *session;

  settle (SETTLE);
  session = plancia_window_get_session (find_window ());
  measure ("whole plant");
  plancia_session_set_device (session, find_device (plancia_session_get_plant (session)));
  settle (2000);
  measure ("overview");
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.page", "i", 2);
  settle (2000);
  measure ("registers");
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.page", "i", 3);
  settle (2000);
  measure ("history, chart open");
  g_print ("(aim: longest below 16 ms)\n");
  gtk_window_close (GTK_WINDOW (find_window ()));
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  char *arguments[] = {argv[0], (char *) "--demo", NULL};

  plancia_installation_init_language ();
  plancia_hub_consent_give ();
  g_set_prgname ("plancia");
  loop_gauge.late = g_array_new (FALSE, FALSE, sizeof (double));
  machine_gauge.late = g_array_new (FALSE, FALSE, sizeof (double));
  loop_gauge.last = machine_gauge.last = g_get_monotonic_time ();
  g_thread_unref (g_thread_new ("machine", sleep_thread, &machine_gauge));
  g_timeout_add_full (G_PRIORITY_HIGH, 1, tick_cb, &loop_gauge, NULL);
  g_timeout_add (500, bench_cb, NULL);

  program = GTK_APPLICATION (plancia_application_new ());
  return g_application_run (G_APPLICATION (program), 2, arguments);
}
