/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The console under a flood: 30 MB of text through a pseudo terminal while its page is open and logs. Whether the log has
 * every byte, the longest stall of the main loop, how memory grows beyond the lines that are kept, and the wall time against
 * "cat" of the same into a file. Then a million lines held: scrolling, finding and switching to hex, each until the next frame
 * is painted. Needs a display. */
#include "tests/ui/ui-fixture.h"

#include "backend/backend-terminal.h"
#include "ui/console-feed.h"
#include "ui/console-page.h"
#include "ui/console-view.h"
#include "ui/settings.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define FLOOD    (30 * 1000 * 1000)
#define LINES    1000000
#define LIMIT    120000 /* ms */
#define MEBIBYTE (1024.0 * 1024.0)

/* Of a frame. */
typedef enum {
  BEFORE,
  LAYOUT, /* also: the rows get their lines */
  PAINT,
  N_PHASES,
} Phase;

typedef struct
{
  UiPlant            *plant;
  PlanciaBackend     *backend;
  PlanciaConsoleFeed *feed;
  GtkWidget          *page;
  PlanciaConsoleView *view;
  GtkWindow          *window;
  char               *folder;
  GBytes             *flood;
  gsize               received;
  double              worst_stall; /* ms */
  double              worst_work;  /* ms of the main thread itself between two turns of its loop */
  double              worst_sleep;
  int                 rested;
  gint64              last_tick;
  gint64              last_work;
  gsize               peak; /* bytes of memory */
  gint64              phase_start;
  double              worst_phases[N_PHASES]; /* ms */
  guint               n_frames;
} Bench;

/* --- the flood ------------------------------------------------------------------------------------- */

static GBytes *
make_flood (void)
{
  GString *text = g_string_sized_new (FLOOD + 200);

  for (guint i = 0; text->len < FLOOD; i++)
    g_string_append_printf (text,
                            "I (%u) modbus: unit %u, read holding 0x%04x, %u registers, %u ms\r\n",
                            i,
                            i % 7 + 1,
                            i & 0xffff,
                            i % 125 + 1,
                            i % 90);
  return g_string_free_to_bytes (text);
}

static int
open_pair (char **path)
{
  int            master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC), slave;
  struct termios raw;

  if (master < 0 || grantpt (master) != 0 || unlockpt (master) != 0)
    g_error ("no pseudo terminal");
  *path = g_strdup (ptsname (master));
  slave = open (*path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  tcgetattr (slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (slave, TCSANOW, &raw);
  close (slave);
  return master;
}

typedef struct
{
  int     master;
  GBytes *flood;
} Writer;

static gpointer
write_thread (gpointer user_data)
{
  Writer     *writer = user_data;
  gsize       length = g_bytes_get_size (writer->flood);
  const char *data = g_bytes_get_data (writer->flood, NULL);

  while (length > 0) {
    ssize_t now = write (writer->master, data, MIN (length, 65536));

    if (now <= 0)
      g_error ("the pseudo terminal takes nothing more");
    data += now;
    length -= (gsize) now;
  }
  return NULL;
}

static gboolean
has_size (const char *path, gsize size)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && (gsize) info.st_size >= size;
}

/* Seconds that "cat" needs for the same. */
static double
time_cat (Bench *bench)
{
  g_autofree char *port = NULL;
  g_autofree char *path = g_build_filename (bench->folder, "cat", NULL);
  int              master = open_pair (&port);
  Writer           writer = {master, bench->flood};
  g_autofree char *command = g_strdup_printf ("exec cat %s > %s 2>/dev/null", port, path);
  char            *arguments[] = {(char *) "sh", (char *) "-c", command, NULL};
  GPid             pid = 0;
  gint64           start;
  double           seconds;
  GThread         *thread;

  if (!g_spawn_async (NULL,
                      arguments,
                      NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                      NULL,
                      NULL,
                      &pid,
                      NULL))
    g_error ("no cat");
  g_usleep (200000);
  start = g_get_monotonic_time ();
  thread = g_thread_new ("writer", write_thread, &writer);
  while (!has_size (path, g_bytes_get_size (bench->flood)))
    g_usleep (1000);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_thread_join (thread);
  close (master);
  waitpid (pid, NULL, 0);
  g_remove (path);
  return seconds;
}

/* --- gauges ------------------------------------------------------------------------------------------ */

static gsize
resident (void)
{
  g_autofree char *text = NULL;
  gulong           pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*u %lu", &pages);
  return pages * (gsize) sysconf (_SC_PAGESIZE);
}

/* Microseconds that this thread has worked: without what others on the machine took from it. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time (), work = get_work ();

  bench->worst_stall = MAX (bench->worst_stall, (double) (now - bench->last_tick - 1000) / 1000);
  bench->worst_work = MAX (bench->worst_work, (double) (work - bench->last_work) / 1000);
  bench->last_tick = now;
  bench->last_work = work;
  return G_SOURCE_CONTINUE;
}

/* How late a thread is that only sleeps: what the machine itself adds. */
static gpointer
sleep_thread (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 last = g_get_monotonic_time (), now;

  while (!g_atomic_int_get (&bench->rested)) {
    g_usleep (1000);
    now = g_get_monotonic_time ();
    bench->worst_sleep = MAX (bench->worst_sleep, (double) (now - last - 1000) / 1000);
    last = now;
  }
  return NULL;
}

static gboolean
memory_cb (gpointer user_data)
{
  Bench *bench = user_data;

  bench->peak = MAX (bench->peak, resident ());
  return G_SOURCE_CONTINUE;
}

/* The window's own handlers of a signal run before this one: what passed since the signal before is their work. */
static void
take_phase (Bench *bench, Phase phase)
{
  gint64 now = g_get_monotonic_time ();

  if (phase > BEFORE)
    bench->worst_phases[phase] = MAX (bench->worst_phases[phase],
                                      (double) (now - bench->phase_start) / 1000);
  bench->phase_start = now;
}

static void
update_cb (Bench *bench)
{
  take_phase (bench, BEFORE);
}

static void
layout_cb (Bench *bench)
{
  take_phase (bench, LAYOUT);
}

static void
paint_cb (Bench *bench)
{
  bench->n_frames++;
  take_phase (bench, PAINT);
}

static void
watch_frames (Bench *bench)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->view));

  g_signal_connect_swapped (clock, "update", G_CALLBACK (update_cb), bench);
  g_signal_connect_swapped (clock, "layout", G_CALLBACK (layout_cb), bench);
  g_signal_connect_swapped (clock, "paint", G_CALLBACK (paint_cb), bench);
}

static void
console_cb (Bench *bench, gint64 time, int direction, GBytes *bytes)
{
  if (direction == PLANCIA_CONSOLE_RECEIVED)
    bench->received += g_bytes_get_size (bytes);
}

/* --- the page ------------------------------------------------------------------------------------------ */

static gboolean
is_open (gpointer user_data)
{
  return plancia_backend_get_state (((Bench *) user_data)->backend) == PLANCIA_STATE_OPEN;
}

static gboolean
has_all (gpointer user_data)
{
  Bench *bench = user_data;

  return bench->received >= g_bytes_get_size (bench->flood);
}

static void
open_page (Bench *bench, const char *port)
{
  PlanciaSerialSettings settings;
  PlanciaEntry         *entry;

  plancia_serial_settings_init (&settings);
  bench->backend = plancia_backend_terminal_new (port, &settings);
  bench->plant = ui_plant_new ();
  plancia_device_set_backend (bench->plant->console, bench->backend);
  plancia_session_set_device (bench->plant->session, bench->plant->console);
  bench->page = g_object_new (PLANCIA_TYPE_CONSOLE_PAGE, "session", bench->plant->session, NULL);
  bench->window = ui_fixture_present (bench->page, 899, 672);
  gtk_widget_activate_action (bench->page, "console.connect", NULL);
  if (!ui_fixture_wait (is_open, bench, 5000))
    g_error ("the port does not open");
  ui_fixture_settle ();
  entry = plancia_device_get_entry (bench->plant->console);
  bench->feed = plancia_console_feed_of (bench->backend, plancia_entry_get_address (entry));
  bench->view =
    PLANCIA_CONSOLE_VIEW (ui_fixture_find (bench->page, PLANCIA_TYPE_CONSOLE_VIEW, NULL));
  g_signal_connect_swapped (bench->backend, "console", G_CALLBACK (console_cb), bench);
}

static void
check_log (Bench *bench, const char *path)
{
  g_autofree char *text = NULL;
  gsize            length = 0, wanted = g_bytes_get_size (bench->flood);
  const char      *flood = g_bytes_get_data (bench->flood, NULL);

  g_file_get_contents (path, &text, &length, NULL);
  g_print ("log: %zu of %zu bytes, %s\n",
           length,
           wanted,
           length == wanted && memcmp (text, flood, length) == 0 ? "all the same" : "NOT THE SAME");
}

static void
flood_page (Bench *bench, int master, double cat)
{
  g_autofree char *path = g_build_filename (bench->folder, "log", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const PlanciaConsoleStore *store =
    plancia_console_buffer_get_store (plancia_console_feed_get_buffer (bench->feed));
  Writer   writer = {master, bench->flood};
  gsize    before = resident ();
  guint    tick, memory;
  gint64   start;
  double   seconds;
  GThread *thread, *sleeper;

  plancia_console_feed_start_log (bench->feed,
                                  file,
                                  PLANCIA_CONSOLE_EXPORT_RAW,
                                  plancia_console_view_get_format (bench->view),
                                  0);
  tick = g_timeout_add_full (G_PRIORITY_HIGH, 1, tick_cb, bench, NULL);
  memory = g_timeout_add (20, memory_cb, bench);
  watch_frames (bench);
  bench->last_tick = start = g_get_monotonic_time ();
  bench->last_work = get_work ();
  sleeper = g_thread_new ("sleeper", sleep_thread, bench);
  thread = g_thread_new ("writer", write_thread, &writer);
  while (!has_all (bench) && g_get_monotonic_time () - start < LIMIT * 1000)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_atomic_int_set (&bench->rested, TRUE);
  g_thread_join (sleeper);
  plancia_console_feed_stop_log (bench->feed);
  seconds = (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  g_source_remove (memory);
  g_thread_join (thread);
  g_print ("wall time %.2f s, cat %.2f s, ratio %.2f (aim <= 2)\n", seconds, cat, seconds / cat);
  g_print (
    "longest stall of the main loop %.1f ms (aim < 16), of it at most %.1f ms its own work; of a thread that only "
    "sleeps %.1f ms\n",
    bench->worst_stall,
    bench->worst_work,
    bench->worst_sleep);
  g_print ("%u frames; laying one out took at most %.1f ms, painting it %.1f ms\n",
           bench->n_frames,
           bench->worst_phases[LAYOUT],
           bench->worst_phases[PAINT]);
  g_print (
    "memory +%.1f MiB, of it lines %.1f MiB, beyond %.1f MiB (aim < 16)\n",
    ((double) bench->peak - (double) before) / MEBIBYTE,
    (double) plancia_console_store_get_size (store) / MEBIBYTE,
    ((double) bench->peak - (double) before - (double) plancia_console_store_get_size (store)) /
      MEBIBYTE);
  check_log (bench, path);
  g_remove (path);
}

/* --- a million lines --------------------------------------------------------------------------------- */

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

/* ms until the next frame is painted. */
static double
next_frame (Bench *bench, gint64 start)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->view));
  gboolean       painted = FALSE;
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, id);
  return (double) (g_get_monotonic_time () - start) / 1000;
}

static void
fill (Bench *bench)
{
  PlanciaConsoleBuffer *buffer = plancia_console_feed_get_buffer (bench->feed);
  gint64                time = 1781265727113;

  plancia_console_buffer_clear (buffer);
  for (guint i = 0; i < LINES; i++) {
    g_autofree char *line = g_strdup_printf ("line %u, %s\r\n", i, i == 1000 ? "needle" : "hay");
    g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));

    plancia_console_buffer_feed (buffer, time + i, PLANCIA_CONSOLE_RECEIVED, bytes);
  }
  ui_fixture_settle ();
}

static double
scroll (Bench *bench, double part)
{
  g_autoptr (GtkAdjustment) bar = NULL;
  gint64 start;

  g_object_get (bench->view, "vadjustment", &bar, NULL);
  start = g_get_monotonic_time ();
  gtk_adjustment_set_value (bar, gtk_adjustment_get_upper (bar) * part);
  return next_frame (bench, start);
}

static gboolean
sees (gpointer user_data)
{
  Bench                     *bench = user_data;
  const PlanciaConsoleStore *store =
    plancia_console_buffer_get_store (plancia_console_feed_get_buffer (bench->feed));

  return plancia_console_view_peek_line (bench->view,
                                         plancia_console_store_get_end (store) - LINES + 1000) !=
         NULL;
}

/* The newest match, and one that is nearly a million lines away. */
static void
find (Bench *bench, const char *text, gboolean far)
{
  GtkWidget *entry = ui_fixture_find (bench->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  gint64     start = g_get_monotonic_time ();
  double     frame;

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  frame = next_frame (bench, start);
  g_print ("find \"%s\": next frame %.1f ms (aim < 100)", text, frame);
  if (far && ui_fixture_wait (sees, bench, LIMIT))
    g_print (", found a million lines up after %.0f ms",
             (double) (g_get_monotonic_time () - start) / 1000);
  g_print ("\n");
}

static void
cut_cb (gboolean *cut)
{
  *cut = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* A million lines become bursts. */
static void
cut_anew (Bench *bench)
{
  PlanciaConsoleBuffer *buffer = plancia_console_feed_get_buffer (bench->feed);
  gboolean              cut = FALSE;
  gulong id = g_signal_connect_swapped (buffer, "cut-anew", G_CALLBACK (cut_cb), &cut);
  gint64 start = g_get_monotonic_time ();
  guint  tick = g_timeout_add_full (G_PRIORITY_HIGH, 1, tick_cb, bench, NULL);

  bench->worst_work = 0;
  bench->last_tick = start;
  bench->last_work = get_work ();
  g_settings_set_boolean (plancia_settings_get (), "console-binary", TRUE);
  if (!ui_fixture_wait (is_true, &cut, LIMIT))
    g_error ("the lines are not cut anew");
  g_print (
    "cut by pauses after %.0f ms, the main loop's own work at most %.1f ms between two turns (aim < 100)\n",
    (double) (g_get_monotonic_time () - start) / 1000,
    bench->worst_work);
  g_source_remove (tick);
  g_signal_handler_disconnect (buffer, id);
}

static void
hold_lines (Bench *bench)
{
  gint64 start;
  double middle, beginning;

  fill (bench);
  g_print ("%u lines held in %.1f MiB\n",
           LINES,
           (double) plancia_console_store_get_size (
             plancia_console_buffer_get_store (plancia_console_feed_get_buffer (bench->feed))) /
             MEBIBYTE);
  middle = scroll (bench, 0.5);
  beginning = scroll (bench, 0);
  g_print ("scroll to the middle: next frame %.1f ms, to the beginning %.1f ms (aim < 100)\n",
           middle,
           beginning);
  gtk_widget_activate_action (bench->page, "page.search", NULL);
  ui_fixture_settle ();
  find (bench, "line 999", FALSE);
  find (bench, "needle", TRUE);
  start = g_get_monotonic_time ();
  g_settings_set_string (plancia_settings_get (), "console-view", "hex");
  g_print ("switch to hex: next frame %.1f ms (aim < 100)\n", next_frame (bench, start));
  cut_anew (bench);
}

int
main (int argc, char **argv)
{
  Bench            bench = {0};
  g_autofree char *port = NULL;
  int              master;
  double           cat;

  ui_fixture_init (&argc, &argv);
  bench.folder = g_dir_make_tmp ("plancia-flood-XXXXXX", NULL);
  bench.flood = make_flood ();
  cat = time_cat (&bench);
  master = open_pair (&port);
  open_page (&bench, port);
  flood_page (&bench, master, cat);
  hold_lines (&bench);
  gtk_window_destroy (bench.window);
  ui_fixture_settle ();
  ui_plant_free (bench.plant);
  g_object_unref (bench.backend);
  close (master);
  g_rmdir (bench.folder);
  g_free (bench.folder);
  g_bytes_unref (bench.flood);
  return 0;
}
