/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/coverage.h"

static const PlanciaSpan extent = {0, 100};

static GArray *
spans (guint n, const PlanciaSpan *from)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  g_array_append_vals (array, from, n);
  return array;
}

#define SPANS(...) \
  spans (sizeof ((PlanciaSpan[]){__VA_ARGS__}) / sizeof (PlanciaSpan), (PlanciaSpan[]){__VA_ARGS__})

static void
check (GArray *found, guint i, gint64 start, gint64 end, PlanciaCoverageKind kind)
{
  PlanciaCoverage *piece = &g_array_index (found, PlanciaCoverage, i);

  g_assert_cmpuint (i, <, found->len);
  g_assert_cmpint (piece->span.start, ==, start);
  g_assert_cmpint (piece->span.end, ==, end);
  g_assert_cmpint (piece->kind, ==, kind);
}

static void
test_kinds (void)
{
  g_autoptr (GArray) covered = SPANS ({0, 80});
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) found = NULL;

  g_ptr_array_add (gaps, SPANS ({20, 40}, {90, 100}));
  g_ptr_array_add (gaps, SPANS ({30, 40}, {90, 120}));
  found = plancia_coverage_find (extent, covered, gaps);
  g_assert_cmpuint (found->len, ==, 6);
  check (found, 0, 0, 20, PLANCIA_COVERAGE_COMPLETE);
  check (found, 1, 20, 30, PLANCIA_COVERAGE_PARTIAL);
  check (found, 2, 30, 40, PLANCIA_COVERAGE_EMPTY);
  check (found, 3, 40, 80, PLANCIA_COVERAGE_COMPLETE);
  check (found, 4, 80, 90, PLANCIA_COVERAGE_PARTIAL);
  check (found, 5, 90, 100, PLANCIA_COVERAGE_MISSING);
}

static void
test_without_values (void)
{
  g_autoptr (GArray) covered = SPANS ({-50, 40});
  g_autoptr (GPtrArray) gaps = g_ptr_array_new ();
  g_autoptr (GArray) found = plancia_coverage_find (extent, covered, gaps);

  g_assert_cmpuint (found->len, ==, 2);
  check (found, 0, 0, 40, PLANCIA_COVERAGE_EMPTY);
  check (found, 1, 40, 100, PLANCIA_COVERAGE_MISSING);
}

static void
test_empty_extent (void)
{
  g_autoptr (GArray) covered = SPANS ({0, 40});
  g_autoptr (GPtrArray) gaps = g_ptr_array_new ();
  g_autoptr (GArray) found = plancia_coverage_find ((PlanciaSpan){5, 5}, covered, gaps);

  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_common (void)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) found = NULL;

  g_ptr_array_add (gaps, SPANS ({20, 40}, {60, 70}));
  g_ptr_array_add (gaps, SPANS ({30, 65}));
  found = plancia_coverage_common (extent, gaps);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (g_array_index (found, PlanciaSpan, 0).start, ==, 30);
  g_assert_cmpint (g_array_index (found, PlanciaSpan, 0).end, ==, 40);
  g_assert_cmpint (g_array_index (found, PlanciaSpan, 1).start, ==, 60);
  g_assert_cmpint (g_array_index (found, PlanciaSpan, 1).end, ==, 65);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coverage/kinds", test_kinds);
  g_test_add_func ("/coverage/without-values", test_without_values);
  g_test_add_func ("/coverage/empty-extent", test_empty_extent);
  g_test_add_func ("/coverage/common", test_common);
  return g_test_run ();
}
