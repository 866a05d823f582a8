/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"
#include "protocol/portal-field.h"

#include <math.h>
#include <string.h>

#define START G_GINT64_CONSTANT (1781265600000)

static GArray *
make_times (guint length)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < length; i++) {
    gint64 time = START + i * 5 * PLANCIA_MINUTE;

    g_array_append_val (times, time);
  }
  return times;
}

/* kept: one letter a row: "x" stays, "-" is dropped. */
static void
assert_kept (const double *values, const char *kept, guint oddities)
{
  guint length = (guint) strlen (kept);
  g_autoptr (GArray) times = make_times (length);

  g_assert_cmpuint (plancia_portal_drop_false_rows (values, length, times), ==, oddities);
  for (guint i = 0; i < length; i++)
    if ((g_array_index (times, gint64, i) != 0) != (kept[i] == 'x'))
      g_error ("row %u of %s", i, kept);
}

static void
test_rises (void)
{
  assert_kept ((const double[]){0, 0, 5, NAN, 5, 6.5}, "xxxxxx", 0);
  /* Rounded to whole numbers here and to tenths there. */
  assert_kept ((const double[]){100, 101, 100.4, 101}, "xxxx", 0);
}

static void
test_zeros (void)
{
  assert_kept ((const double[]){100, 0, 0, 101}, "x--x", PLANCIA_ODD_ZEROS);
  assert_kept ((const double[]){0, 0, 100, 0}, "xxx-", PLANCIA_ODD_ZEROS);
}

static void
test_goes_back (void)
{
  assert_kept ((const double[]){100, 101, 90, 90.1, 102, 103}, "xx--xx", PLANCIA_ODD_BACK);
  assert_kept ((const double[]){100, 0, 90, 102}, "x--x", PLANCIA_ODD_ZEROS | PLANCIA_ODD_BACK);
  /* Nobody knows yet what the last minutes are. */
  assert_kept ((const double[]){100, 101, 90, 90}, "xx--", PLANCIA_ODD_BACK);
}

/* Another device: it stays low. */
static void
test_replaced (void)
{
  assert_kept ((const double[]){100, 101, 3, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 3.7}, "xxxxxxxxxx", 0);
}

static void
test_out_of_order (void)
{
  const double values[] = {100, 102, 101, 103};
  g_autoptr (GArray) times = make_times (4);
  gint64 second = g_array_index (times, gint64, 1);

  g_array_index (times, gint64, 1) = g_array_index (times, gint64, 2);
  g_array_index (times, gint64, 2) = second;
  g_assert_cmpuint (plancia_portal_judge_times (times), ==, PLANCIA_ODD_ORDER);
  g_assert_cmpuint (plancia_portal_drop_false_rows (values, 4, times), ==, 0);
  g_array_index (times, gint64, 2) = g_array_index (times, gint64, 1);
  g_assert_cmpuint (plancia_portal_judge_times (times), ==, PLANCIA_ODD_TWICE);
  g_array_index (times, gint64, 2) = 0;
  g_assert_cmpuint (plancia_portal_judge_times (times), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/portal-field/rises", test_rises);
  g_test_add_func ("/protocol/portal-field/zeros", test_zeros);
  g_test_add_func ("/protocol/portal-field/goes-back", test_goes_back);
  g_test_add_func ("/protocol/portal-field/replaced", test_replaced);
  g_test_add_func ("/protocol/portal-field/out-of-order", test_out_of_order);
  return g_test_run ();
}
