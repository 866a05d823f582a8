/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the register page costs when every value of the largest hybrid map moves at once: taking the readings over, and the
 * longest time that the main loop is busy in one go until they are on the screen (layout and drawing included).
 * Needs a display: xvfb-run -a build/tests/bench/registers-flood */
#include "base/clock.h"
#include "tests/ui/ui-fixture.h"
#include "ui/registers-page.h"

#define ROUNDS  40
#define WARM_UP 4

static PlanciaReadings *
make_batch (UiPlant *plant, guint round)
{
  PlanciaMap      *map = plancia_device_get_map (plant->hybrid);
  PlanciaReadings *batch = plancia_readings_new (plancia_device_get_id (plant->hybrid),
                                                 plancia_clock_now ());

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    g_autofree guint16 *words = g_new0 (guint16, field->count);

    for (guint j = 0; j < field->count; j++)
      words[j] = (guint16) (0x2021 + i + 7 * round);
    plancia_reading_set_words (plancia_readings_add (batch, field->key, PLANCIA_QUALITY_GOOD),
                               field,
                               words);
  }
  return batch;
}

static double
elapsed (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static gboolean
wake (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Longest single turn of the main loop within the next 150 ms; waiting does not count. */
static double
longest_turn (void)
{
  gint64 end = g_get_monotonic_time () + 150 * 1000;
  double longest = 0;

  while (g_get_monotonic_time () < end) {
    gint64 start = g_get_monotonic_time ();

    if (g_main_context_iteration (NULL, FALSE))
      longest = MAX (longest, elapsed (start));
    else
      g_usleep (200);
  }
  return longest;
}

int
main (int argc, char **argv)
{
  g_autoptr (UiPlant) plant = NULL;
  GtkWidget *page;
  double     apply = 0, apply_longest = 0, turn = 0, turn_longest = 0;
  guint      tick;

  ui_fixture_init (&argc, &argv);
  plant = ui_plant_new ();
  page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", plant->session, NULL);
  plancia_session_set_device (plant->session, plant->hybrid);
  ui_fixture_present (page, 899, 620);
  tick = g_timeout_add (5, wake, NULL);

  for (guint i = 0; i < WARM_UP + ROUNDS; i++) {
    g_autoptr (PlanciaReadings) batch = make_batch (plant, i);
    gint64 start = g_get_monotonic_time ();
    double ms;

    plancia_device_tree_apply (plancia_open_plant_get_tree (plant->plant), batch);
    ms = elapsed (start);
    apply += i >= WARM_UP ? ms : 0;
    apply_longest = i >= WARM_UP ? MAX (apply_longest, ms) : 0;
    ms = longest_turn ();
    turn += i >= WARM_UP ? ms : 0;
    turn_longest = i >= WARM_UP ? MAX (turn_longest, ms) : 0;
  }
  g_source_remove (tick);
  g_print ("%u registers, all moving: apply mean %.2f longest %.2f ms; longest turn of the main "
           "loop mean %.2f longest %.2f ms\n",
           plancia_map_get_n_fields (plancia_device_get_map (plant->hybrid)),
           apply / ROUNDS,
           apply_longest,
           turn / ROUNDS,
           turn_longest);
  g_print ("(aim: below 16 ms)\n");
  return 0;
}
