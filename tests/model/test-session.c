/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/session.h"

static void
count (guint *counter)
{
  (*counter)++;
}

static void
test_starts_in_view_only (void)
{
  g_autoptr (PlanciaSession) session = plancia_session_new ();

  g_assert_false (plancia_session_get_installer (session));
  g_assert_null (plancia_session_get_device (session));
}

/* The permission to write was given for another plant. */
static void
test_another_plant_is_view_only_again (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("Test");
  g_autoptr (PlanciaOpenPlant) first = plancia_open_plant_new (plant, ":memory:");
  g_autoptr (PlanciaOpenPlant) second = plancia_open_plant_new (plant, ":memory:");
  g_autoptr (PlanciaSession) session = plancia_session_new ();
  guint notified = 0;

  g_signal_connect_swapped (session, "notify::installer", G_CALLBACK (count), &notified);
  plancia_session_set_plant (session, first);
  plancia_session_set_installer (session, TRUE);
  plancia_session_set_plant (session, first);
  g_assert_true (plancia_session_get_installer (session));
  plancia_session_set_plant (session, second);
  g_assert_false (plancia_session_get_installer (session));
  g_assert_cmpuint (notified, ==, 2);
  g_assert_true (plancia_session_get_device (session) ==
                 plancia_device_tree_get_plant (plancia_open_plant_get_tree (second)));
  plancia_session_set_plant (session, NULL);
  g_assert_null (plancia_session_get_device (session));
}

static void
test_spans_say_when_they_moved (void)
{
  g_autoptr (PlanciaSession) session = plancia_session_new ();
  guint moved = 0;

  g_signal_connect_swapped (session, "span-changed", G_CALLBACK (count), &moved);
  plancia_session_set_visible (session, (PlanciaSpan){0, 100});
  plancia_session_set_visible (session, (PlanciaSpan){0, 100});
  plancia_session_set_selected (session, (PlanciaSpan){10, 20});
  g_assert_cmpuint (moved, ==, 2);
  g_assert_cmpint (plancia_session_get_selected (session).end, ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/view-only", test_starts_in_view_only);
  g_test_add_func ("/session/another-plant", test_another_plant_is_view_only_again);
  g_test_add_func ("/session/spans", test_spans_say_when_they_moved);
  return g_test_run ();
}
