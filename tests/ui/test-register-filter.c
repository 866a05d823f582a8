/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "model/register-model.h"
#include "tests/model/register-fixture.h"
#include "ui/register-filter.h"

#define NOW G_GINT64_CONSTANT (1781265600000)

typedef struct
{
  PlanciaMap            *map;
  PlanciaRegisterModel  *model;
  PlanciaRegisterFilter *filter;
  GListModel            *rows;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->map = register_fixture_map ();
  self->model = plancia_register_model_new (self->map);
  self->filter = plancia_register_filter_new ();
  self->rows = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->model)),
                                                        GTK_FILTER (g_object_ref (self->filter))));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->rows);
  g_assert_finalize_object (self->filter);
  g_object_unref (self->model);
  plancia_map_unref (self->map);
}

/* Keys of what is shown, in their order. */
static char *
shown (Fixture *self)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (self->rows, i);

    g_string_append_printf (keys,
                            "%s%s",
                            i > 0 ? " " : "",
                            plancia_register_row_get_field (row)->key);
  }
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static void
assert_shown (Fixture *self, const char *expected)
{
  g_autofree char *keys = shown (self);

  g_assert_cmpstr (keys, ==, expected);
}

static void
read_word (Fixture *self, const char *key, guint16 word, gint64 time)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("device", time);
  const PlanciaField *field = plancia_map_find_field (self->map, key);

  plancia_reading_set_words (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                             field,
                             &word);
  plancia_register_model_apply (self->model, readings);
}

static void
search (Fixture *self, const char *text, const char *expected)
{
  plancia_register_filter_set_search (self->filter, text);
  assert_shown (self, expected);
}

static void
test_all (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (self->rows), ==, REGISTER_FIXTURE_N_FIELDS);
  g_assert_cmpint (gtk_filter_get_strictness (GTK_FILTER (self->filter)), ==, GTK_FILTER_MATCH_ALL);
  g_assert_false (plancia_register_filter_is_narrowed (self->filter));
}

static void
test_search (Fixture *self, gconstpointer data)
{
  read_word (self, "state", 2, NOW);

  search (self, "voltage", "voltage");
  search (self, "STORAGE power", "power");
  search (self, "power storage", "power");
  search (self, "  \t ", "voltage state grid_code limit mode power pair_result start allowed run");
  search (self, "048d", "voltage");
  search (self, "0x1110", "mode");
  search (self, "pair_res", "pair_result");
  search (self, "on grid", "state");
  search (self, "nothing like it", "");
  search (self, NULL, "voltage state grid_code limit mode power pair_result start allowed run");
}

static void
test_search_follows_values (Fixture *self, gconstpointer data)
{
  read_word (self, "state", 0, NOW);
  search (self, "waiting", "state");
  read_word (self, "state", 2, NOW + 1);
  plancia_register_filter_refresh (self->filter);
  assert_shown (self, "");
}

static void
test_group (Fixture *self, gconstpointer data)
{
  plancia_register_filter_set_group (self->filter, "export");
  assert_shown (self, "limit allowed run");
  search (self, "allowed", "allowed");
  search (self, NULL, "limit allowed run");
  plancia_register_filter_set_group (self->filter, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (self->rows), ==, REGISTER_FIXTURE_N_FIELDS);
}

/* The grid code and the result of a write block are no settings of a person. */
static void
test_writable (Fixture *self, gconstpointer data)
{
  plancia_register_filter_set_writable (self->filter, TRUE);
  assert_shown (self, "limit mode power start allowed run");
  g_assert_true (plancia_register_filter_is_narrowed (self->filter));
}

static void
test_favourites (Fixture *self, gconstpointer data)
{
  PlanciaRegisterRow *row = plancia_register_model_find (self->model, "mode");

  plancia_register_filter_set_favourites (self->filter, TRUE);
  assert_shown (self, "");
  plancia_register_row_set_starred (row, TRUE);
  plancia_register_filter_refresh (self->filter);
  assert_shown (self, "mode");
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = 2, .integer = 2};

  read_word (self, "voltage", 2300, NOW);
  read_word (self, "limit", 10, NOW);
  read_word (self, "voltage", 2301, NOW + 1000);
  plancia_register_filter_set_changed (self->filter, NOW + 2000);
  assert_shown (self, "");
  read_word (self, "voltage", 2302, NOW + 3000);
  read_word (self, "limit", 10, NOW + 3000);
  plancia_register_filter_refresh (self->filter);
  assert_shown (self, "voltage");

  g_assert_true (plancia_register_model_stage (self->model,
                                               plancia_register_model_find (self->model, "mode"),
                                               &value,
                                               NULL));
  plancia_register_filter_refresh (self->filter);
  assert_shown (self, "voltage mode");
  plancia_register_filter_set_changed (self->filter, 0);
  g_assert_cmpuint (g_list_model_get_n_items (self->rows), ==, REGISTER_FIXTURE_N_FIELDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/register-filter/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("all", test_all);
  ADD ("search", test_search);
  ADD ("search-follows-values", test_search_follows_values);
  ADD ("group", test_group);
  ADD ("writable", test_writable);
  ADD ("favourites", test_favourites);
  ADD ("changed", test_changed);
  return g_test_run ();
}
