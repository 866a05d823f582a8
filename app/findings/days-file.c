/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/days-file.h"

#include <glib/gstdio.h>

/* Another way to make days of samples is another version. */
#define VERSION 1
/* Version, size of a day; number, stamp, begin and end in ms, days. */
#define FORMAT       "(uua(uuxxay))"
#define LARGEST_FILE (64 * 1024 * 1024)

static guint
number_of (const PlanciaSkyDay *day)
{
  return (guint) ((day->span.start + day->span.end) / 2 / PLANCIA_DAY / PLANCIA_DAYS_BLOCK);
}

GArray *
plancia_days_blocks (PlanciaSky *sky)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (PlanciaDaysBlock));
  guint   length = plancia_sky_get_length (sky);

  for (guint i = 0; i < length;) {
    PlanciaDaysBlock block = {.begin = i, .number = number_of (plancia_sky_get_day (sky, i))};

    while (i < length && number_of (plancia_sky_get_day (sky, i)) == block.number)
      i++;
    block.end = i;
    block.whole = block.end - block.begin == PLANCIA_DAYS_BLOCK;
    g_array_append_val (blocks, block);
  }
  return blocks;
}

static PlanciaSpan
span_of (PlanciaDays *days, const PlanciaDaysBlock *block)
{
  PlanciaSky *sky = plancia_days_get_sky (days);

  return (PlanciaSpan){plancia_sky_get_day (sky, block->begin)->span.start,
                       plancia_sky_get_day (sky, block->end - 1)->span.end};
}

static void
load_block (PlanciaDays *days,
            GArray      *blocks,
            guint        number,
            guint        stamp,
            PlanciaSpan  span,
            GVariant    *bytes)
{
  for (guint i = 0; i < blocks->len; i++) {
    PlanciaDaysBlock *block = &g_array_index (blocks, PlanciaDaysBlock, i);
    PlanciaSpan       own = span_of (days, block);

    if (block->whole && block->number == number && block->stamp == stamp &&
        own.start == span.start && own.end == span.end)
      block->read = plancia_days_load (days, block->begin, block->end, bytes);
  }
}

void
plancia_days_file_load (const char *path, PlanciaDays *days, GArray *blocks)
{
  g_autoptr (GVariant) file = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  g_autoptr (GBytes) content = NULL;
  GVariant   *bytes;
  GStatBuf    status;
  char       *text;
  gsize       size;
  guint       version, day_size, number, stamp;
  PlanciaSpan span;

  if (g_stat (path, &status) != 0 || status.st_size > LARGEST_FILE ||
      !g_file_get_contents (path, &text, &size, NULL))
    return;
  content = g_bytes_new_take (text, size);
  file = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (FORMAT), content, FALSE));
  if (!g_variant_is_normal_form (file))
    return;
  g_variant_get (file, FORMAT, &version, &day_size, &iter);
  if (version != VERSION || day_size != sizeof (PlanciaDay))
    return;
  while (g_variant_iter_next (iter, "(uuxx@ay)", &number, &stamp, &span.start, &span.end, &bytes)) {
    load_block (days, blocks, number, stamp, span, bytes);
    g_variant_unref (bytes);
  }
}

void
plancia_days_file_save (const char *path, PlanciaDays *days, GArray *blocks)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GVariant) file = NULL;
  g_autoptr (GError) error = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uuxxay)"));
  for (guint i = 0; i < blocks->len; i++) {
    const PlanciaDaysBlock *block = &g_array_index (blocks, PlanciaDaysBlock, i);
    PlanciaSpan             span = span_of (days, block);

    if (block->whole && block->read)
      g_variant_builder_add (&builder,
                             "(uuxx@ay)",
                             block->number,
                             block->stamp,
                             span.start,
                             span.end,
                             plancia_days_save (days, block->begin, block->end));
  }
  file =
    g_variant_ref_sink (g_variant_new (FORMAT, VERSION, (guint) sizeof (PlanciaDay), &builder));
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path,
                            g_variant_get_data (file),
                            (gssize) g_variant_get_size (file),
                            &error))
    g_info ("Days are not kept: %s", error->message);
}
