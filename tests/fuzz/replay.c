/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

/* Where there is no libFuzzer: every seed of a folder, each of its prefixes, and a number of damaged copies, always the
 * same ones. replay FOLDER PREFIX */
#define MUTATIONS 200
#define PREFIXES  400

static void
run_prefixes (const guint8 *data, gsize length)
{
  gsize step = MAX (length / PREFIXES, 1);

  for (gsize end = 0; end < length; end += step) {
    /* A copy of just that size, so that a read past the end is seen. */
    g_autofree guint8 *copy = g_malloc (MAX (end, 1));

    memcpy (copy, data, end);
    LLVMFuzzerTestOneInput (copy, end);
  }
}

static void
damage (GRand *rand, guint8 *data, gsize length)
{
  guint n = (guint) g_rand_int_range (rand, 1, 6);

  for (guint i = 0; i < n; i++) {
    gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) length);

    if (g_rand_boolean (rand))
      data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
    else
      data[at] = (guint8) g_rand_int_range (rand, 0, 256);
  }
}

static void
run_damaged (GRand *rand, const guint8 *data, gsize length)
{
  for (guint i = 0; length > 0 && i < MUTATIONS; i++) {
    g_autofree guint8 *copy = g_memdup2 (data, length);

    damage (rand, copy, length);
    LLVMFuzzerTestOneInput (copy, length);
  }
}

static gsize
run_seed (GRand *rand, const char *path)
{
  g_autofree char *data = NULL;
  gsize            length = 0;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &data, &length, &error))
    g_error ("%s", error->message);
  g_autofree guint8 *copy = g_memdup2 (data, length);
  LLVMFuzzerTestOneInput (copy, length);
  run_prefixes (copy, length);
  run_damaged (rand, copy, length);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) folder = argc == 3 ? g_dir_open (argv[1], 0, NULL) : NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  gsize       seeds = 0;
  const char *name;

  g_print ("1..1\n");
  while (folder && (name = g_dir_read_name (folder))) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);

    if (g_str_has_prefix (name, argv[2]))
      seeds += run_seed (rand, path);
  }
  g_print ("%s 1 %zu seeds\n", seeds > 0 ? "ok" : "not ok", seeds);
  return seeds > 0 ? 0 : 1;
}
