/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop of the whole program stands still while the demo plant is at work: lateness of a timer of one
 * millisecond on the main loop, on the register page and on the history page of a hybrid inverter, and while years are fetched
 * from the portal. Beside it what the loop itself worked between two of its turns, whatever else the machine did, and the lateness
 * of a thread that only sleeps: what the machine adds. Needs a display:
 * xvfb-run -a dbus-run-session build/tests/bench/stall [fetch]: only the last */
#include "base/clock.h"
#include "base/installation.h"
#include "ui/application.h"
#include "ui/hub-consent.h"
#include "ui/window.h"
#include <time.h>

#define SETTLE 8000 /* ms */
#define LENGTH 20000
#define YEARS  10

typedef struct
{
  GArray *late; /* of double, ms */
  gint64  last; /* us */
} Gauge;

static Gauge           loop_gauge;
static Gauge           work_gauge; /* of the processor's time, not of the clock's */
static Gauge           machine_gauge;
static gboolean        running;
static GtkApplication *program;
static gboolean        only_fetch;

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

static gint64
get_work (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
note_work (void)
{
  gint64 now = get_work ();
  double worked = (double) (now - work_gauge.last) / 1000;

  work_gauge.last = now;
  if (g_atomic_int_get (&running))
    g_array_append_val (work_gauge.late, worked);
}

static gboolean
tick_cb (gpointer user_data)
{
  gauge_tick (user_data);
  note_work ();
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

/* downloads: (nullable): no longer than they are at work */
static void
measure (const char *name, PlanciaDownloads *downloads)
{
  gint64 end = g_get_monotonic_time () + LENGTH * 1000;

  g_atomic_int_set (&running, TRUE);
  while (g_get_monotonic_time () < end &&
         (downloads == NULL || plancia_downloads_is_active (downloads)))
    g_main_context_iteration (NULL, TRUE);
  g_atomic_int_set (&running, FALSE);
  gauge_print (&loop_gauge, name);
  gauge_print (&work_gauge, "  its own work");
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

static void
measure_pages (PlanciaSession *session)
{
  measure ("whole plant", NULL);
  plancia_session_set_device (session, find_device (plancia_session_get_plant (session)));
  settle (2000);
  measure ("overview", NULL);
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.page", "i", 2);
  settle (2000);
  measure ("registers", NULL);
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.page", "i", 3);
  settle (2000);
  measure ("history, chart open", NULL);
  g_print ("(aim: longest below 16 ms)\n");
}

static void
print_fetched (PlanciaDownloads *downloads)
{
  guint   pieces = 0;
  guint64 points = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (downloads)); i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);
    PlanciaDownloadProgress progress;

    plancia_download_get_progress (download, &progress);
    pieces += progress.done;
    points += progress.points;
  }
  g_print ("  %u pieces, %.1f million points came meanwhile (aim: longest below 8 ms)\n",
           pieces,
           (double) points / 1e6);
}

/* The past of every thing of the plant's portal, with the chart of one of them open. */
static void
measure_fetch (PlanciaSession *session)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (session);
  PlanciaDownloads *downloads = plancia_open_plant_get_downloads (plant);
  gint64            now = plancia_clock_now ();
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (plancia_open_plant_get_tree (plant));

  plancia_session_set_device (session, find_device (plant));
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.page", "i", 3);
  settle (2000);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (g_str_equal (plancia_device_get_kind (device), "thing"))
      plancia_downloads_add (downloads,
                             NULL,
                             plancia_device_get_id (device),
                             "portal",
                             (PlanciaSpan){now - YEARS * 365 * PLANCIA_DAY, now});
  }
  plancia_open_plant_share_downloads (plant);
  measure ("years are fetched", downloads);
  print_fetched (downloads);
}

static gboolean
bench_cb (gpointer user_data)
{
  PlanciaSession *session;

  settle (SETTLE);
  session = plancia_window_get_session (find_window ());
  if (!only_fetch)
    measure_pages (session);
  measure_fetch (session);
  gtk_window_close (GTK_WINDOW (find_window ()));
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  char *arguments[] = {argv[0], (char *) "--demo", NULL};

  only_fetch = argc > 1 && g_str_equal (argv[1], "fetch");
  plancia_installation_init_language ();
  plancia_hub_consent_give ();
  g_set_prgname ("plancia");
  loop_gauge.late = g_array_new (FALSE, FALSE, sizeof (double));
  work_gauge.late = g_array_new (FALSE, FALSE, sizeof (double));
  machine_gauge.late = g_array_new (FALSE, FALSE, sizeof (double));
  loop_gauge.last = machine_gauge.last = g_get_monotonic_time ();
  g_thread_unref (g_thread_new ("machine", sleep_thread, &machine_gauge));
  g_timeout_add_full (G_PRIORITY_HIGH, 1, tick_cb, &loop_gauge, NULL);
  g_timeout_add (500, bench_cb, NULL);

  program = GTK_APPLICATION (plancia_application_new ());
  return g_application_run (G_APPLICATION (program), 2, arguments);
}
