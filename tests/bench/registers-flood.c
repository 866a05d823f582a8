/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the register page costs in a flood: 2,000 rows, 10,000 values a second that all move, handed over a hundred at a time
 * as a poll would. Measured is how long the main loop is busy in one go: taking the values over, and showing them (layout and
 * drawing included); waiting does not count. Aim: below 4 ms.
 * Needs a display: xvfb-run -a build/tests/bench/registers-flood [SECONDS] */
#include "base/clock.h"
#include "tests/ui/ui-fixture.h"
#include "ui/registers-page.h"

#include <stdlib.h>

#define N_ROWS      2000
#define RATE        10000 /* values a second */
#define BATCH       100
#define SECONDS     5
#define WARM_UP_MS  1500
#define AIM_MS      4.0
#define MICROSECOND 1000.0

/* Registers as a map has them, in groups of 100. */
static PlanciaMap *
make_map (void)
{
  g_autoptr (GString) json = g_string_new (
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"flood\",\"name\":\"Flood\","
    "\"sources\":[{\"ref\":\"invented for measuring\"}],\"device_kind\":\"inverter\","
    "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\","
    "\"byte_order\":\"big\"},\"limits\":{\"max_read\":60,\"max_write\":60},\"groups\":[");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaMap *map;

  for (guint i = 0; i < N_ROWS / 100; i++)
    g_string_append_printf (json,
                            "%s{\"key\":\"g%u\",\"name\":\"Group %u\"}",
                            i > 0 ? "," : "",
                            i,
                            i);
  g_string_append (json, "],\"registers\":[");
  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (json,
                            "%s{\"key\":\"r%u\",\"name\":\"Register %u\",\"group\":\"g%u\","
                            "\"address\":\"0x%04X\",\"count\":1,\"type\":\"u16\",\"scale\":0.1,"
                            "\"unit\":\"V\",\"poll\":\"fast\"}",
                            i > 0 ? "," : "",
                            i,
                            i,
                            i / 100,
                            i);
  g_string_append (json, "]}");
  bytes = g_bytes_new (json->str, json->len);
  map = plancia_map_new_from_bytes (bytes, "flood", &error);
  if (map == NULL)
    g_error ("%s", error->message);
  return map;
}

typedef struct
{
  UiPlant    *plant;
  PlanciaMap *map;
  guint       next;
  guint       round;
  gint64      began;
  guint64     given; /* values */
} Flood;

static void
give_batch (Flood *self)
{
  g_autoptr (PlanciaReadings) batch =
    plancia_readings_new (plancia_device_get_id (self->plant->hybrid), plancia_clock_now ());

  for (guint i = 0; i < BATCH; i++) {
    const PlanciaField *field = plancia_map_get_field (self->map, self->next);
    guint16             word = (guint16) (2310 + self->next + 7 * self->round);

    plancia_reading_set_words (plancia_readings_add (batch, field->key, PLANCIA_QUALITY_GOOD),
                               field,
                               &word);
    self->next++;
    if (self->next == N_ROWS) {
      self->next = 0;
      self->round++;
    }
  }
  plancia_device_tree_apply (plancia_open_plant_get_tree (self->plant->plant), batch);
  self->given += BATCH;
}

/* As many as are due; a loop that comes late has to catch up. */
static gboolean
flood_cb (gpointer user_data)
{
  Flood  *self = user_data;
  guint64 due = (guint64) ((g_get_monotonic_time () - self->began) / MICROSECOND * RATE / 1000);

  while (self->given + BATCH <= due)
    give_batch (self);
  return G_SOURCE_CONTINUE;
}

/* Busy times of the turns of the main loop within so many milliseconds. (element-type double) ms */
static GArray *
measure (guint milliseconds)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (double));
  gint64  end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  while (g_get_monotonic_time () < end) {
    gint64 start = g_get_monotonic_time ();
    double ms;

    if (!g_main_context_iteration (NULL, FALSE)) {
      g_usleep (100);
      continue;
    }
    ms = (double) (g_get_monotonic_time () - start) / MICROSECOND;
    g_array_append_val (turns, ms);
  }
  return turns;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static double
quantile (GArray *sorted, double part)
{
  guint index = (guint) (part * (sorted->len - 1));

  return sorted->len > 0 ? g_array_index (sorted, double, index) : 0;
}

static void
report (const Flood *flood, GArray *turns, guint seconds)
{
  double sum = 0;
  guint  late = 0;

  for (guint i = 0; i < turns->len; i++) {
    double ms = g_array_index (turns, double, i);

    sum += ms;
    late += ms >= AIM_MS;
  }
  g_array_sort (turns, compare);
  g_print (
    "%u rows, %.0f values a second: busy %.0f %% of the time; a turn of the main loop: "
    "median %.2f, 99 %% %.2f, 99.9 %% %.2f, longest %.2f ms; %u of %u took %.0f ms or more\n",
    N_ROWS,
    (double) flood->given / seconds,
    sum / (seconds * 10.0),
    quantile (turns, .5),
    quantile (turns, .99),
    quantile (turns, .999),
    quantile (turns, 1),
    late,
    turns->len,
    AIM_MS);
  g_print ("longest turn against the aim of %.0f ms: %.2f\n", AIM_MS, quantile (turns, 1) / AIM_MS);
}

int
main (int argc, char **argv)
{
  g_autoptr (UiPlant) plant = NULL;
  g_autoptr (PlanciaMap) map = NULL;
  g_autoptr (GArray) warm_up = NULL;
  g_autoptr (GArray) turns = NULL;
  GtkWidget *page;
  Flood      flood = {0};
  guint      seconds, source;

  ui_fixture_init (&argc, &argv);
  seconds = argc > 1 ? (guint) MAX (atoi (argv[1]), 1) : SECONDS;
  plant = ui_plant_new ();
  map = make_map ();
  plancia_device_set_map (plant->hybrid, map);
  page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", plant->session, NULL);
  plancia_session_set_device (plant->session, plant->hybrid);
  ui_fixture_present (page, 899, 620);

  flood = (Flood){.plant = plant, .map = map, .began = g_get_monotonic_time ()};
  source = g_timeout_add (1000 * BATCH / RATE, flood_cb, &flood);
  warm_up = measure (WARM_UP_MS);
  flood.began = g_get_monotonic_time ();
  flood.given = 0;
  turns = measure (seconds * 1000);
  g_source_remove (source);
  report (&flood, turns, seconds);
  return 0;
}
