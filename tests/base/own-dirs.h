/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* For programs whose tests have user folders of their own each (G_TEST_OPTION_ISOLATE_DIRS). GLib never frees the names of
 * the folders before, since somebody may hold them; somebody does: a check for leaks finds them here. Include it last. */

static GPtrArray *own_dirs_held;

static void
own_dirs_hold (gconstpointer name)
{
  g_ptr_array_add (own_dirs_held, (gpointer) name);
}

static void
own_dirs_run (gconstpointer test)
{
  if (own_dirs_held == NULL)
    own_dirs_held = g_ptr_array_new ();
  own_dirs_hold (g_get_home_dir ());
  own_dirs_hold (g_get_user_cache_dir ());
  own_dirs_hold (g_get_user_config_dir ());
  own_dirs_hold (g_get_user_data_dir ());
  own_dirs_hold (g_get_user_runtime_dir ());
  own_dirs_hold (g_get_user_state_dir ());
  own_dirs_hold (g_get_system_config_dirs ());
  own_dirs_hold (g_get_system_data_dirs ());
  (*(const GTestFunc *) test) ();
}

static void
own_dirs_add_func (const char *path, GTestFunc test)
{
  g_test_add_data_func_full (path, g_memdup2 (&test, sizeof test), own_dirs_run, g_free);
}

#define g_test_add_func own_dirs_add_func
