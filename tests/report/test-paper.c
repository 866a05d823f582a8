/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"
#include "report/paper.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* A document of every kind of part, in a folder of its own. */
typedef struct
{
  PlanciaReportLanguage *language;
  PlanciaPaper          *paper;
  char                  *folder;
  char                  *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->language = plancia_report_language_new (data, &error);
  g_assert_no_error (error);
  fixture->paper = plancia_paper_new (fixture->language);
  fixture->folder = g_dir_make_tmp ("paper-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "paper.pdf", NULL);
  plancia_paper_set_title (fixture->paper, "Report of things", "Rossi, Arezzo \xc2\xb7 perché no");
  plancia_paper_set_author (fixture->paper, "L. Bianchi");
  plancia_paper_set_time (fixture->paper, G_GINT64_CONSTANT (1781265937) * PLANCIA_SECOND);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->paper);
  plancia_report_language_unref (fixture->language);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* What a program prints, or NULL without a program. */
static char *
run (const char *const *command)
{
  g_autofree char *program = g_find_program_in_path (command[0]);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int   status = 0;

  if (program == NULL) {
    g_test_skip_printf ("no %s", command[0]);
    return NULL;
  }
  g_spawn_sync (NULL,
                (char **) command,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &out,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  return out;
}

static void
keep_for_looking (const char *path)
{
  const char      *folder = g_getenv ("PLANCIA_SCREENSHOTS");
  g_autofree char *name = g_strdup_printf ("%s.pdf", strrchr (g_test_get_path (), '/') + 1);
  g_autofree char *kept = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autofree char *data = NULL;
  gsize            length;

  if (kept != NULL && g_file_get_contents (path, &data, &length, NULL))
    g_file_set_contents (kept, data, (gssize) length, NULL);
}

static void
write_paper (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (plancia_paper_write (fixture->paper, fixture->path, NULL, &error));
  g_assert_no_error (error);
  keep_for_looking (fixture->path);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;
  return n;
}

static void
draw_box (cairo_t *cr, double width, double height, gpointer data)
{
  guint *n_drawn = data;

  cairo_rectangle (cr, 0, 0, width, height);
  cairo_stroke (cr);
  (*n_drawn)++;
}

static void
add_everything (Fixture *fixture, guint *n_drawn)
{
  static const char *const captions[] = {"Place and date", "Installer", "Customer", NULL};
  const PlanciaPaperWord   words[] = {
      {"11 as expected",     PLANCIA_TONE_GOOD   },
      {"1 with reservation", PLANCIA_TONE_WARNING},
  };
  PlanciaPaperFacts *plant = plancia_paper_facts_new ("Plant");
  PlanciaPaperFacts *device = plancia_paper_facts_new ("Device");

  plancia_paper_facts_add (plant, "Customer", "Mario Rossi");
  plancia_paper_facts_add (plant, "Place", NULL);
  plancia_paper_facts_add (device, "Model", "HYD 10000 ZSS");
  plancia_paper_set_reference (fixture->paper, "2026-06-11/1");
  plancia_paper_set_banner (fixture->paper, "Simulated plant: this report proves nothing.");
  plancia_paper_set_foot (fixture->paper, NULL, "SHA-256 9f2c");
  plancia_paper_add_facts (fixture->paper, plant, device);
  plancia_paper_add_heading (fixture->paper, "Result");
  plancia_paper_add_words (fixture->paper, words, G_N_ELEMENTS (words));
  plancia_paper_add_figure (fixture->paper, 40, "A box", draw_box, n_drawn, NULL);
  plancia_paper_add_text (fixture->paper,
                          "L2 stood at 253.1 V at 09:17 with the neighbours feeding in. The grid "
                          "operator was told on 11 June. Watch for stops at noon.",
                          PLANCIA_TEXT_BODY,
                          PLANCIA_TONE_NORMAL);
  plancia_paper_add_signatures (fixture->paper, captions);
}

static void
add_table (Fixture *fixture, guint n_rows)
{
  PlanciaPaperTable *table = plancia_paper_table_new ();

  plancia_paper_table_add_column (table, "Number", 12, 1);
  plancia_paper_table_add_column (table, "What", 0, 0);
  plancia_paper_table_add_column (table, "Verdict", 28, 0);
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char       *number = g_strdup_printf ("%u", i);
    g_autofree char       *what = g_strdup_printf ("check-%u-end", i);
    const PlanciaPaperCell cells[] = {
      {number,        PLANCIA_TEXT_BODY,   PLANCIA_TONE_NORMAL, PLANCIA_SIGN_NONE },
      {what,          PLANCIA_TEXT_STRONG, PLANCIA_TONE_NORMAL, PLANCIA_SIGN_NONE },
      {"as expected", PLANCIA_TEXT_BODY,   PLANCIA_TONE_GOOD,   PLANCIA_SIGN_CHECK},
    };

    plancia_paper_table_add_row (table, cells);
  }
  plancia_paper_add_table (fixture->paper, table);
}

static void
test_everything (Fixture *fixture, gconstpointer data)
{
  const char *const pdftotext[] = {"pdftotext", "-layout", fixture->path, "-", NULL};
  const char *const pdfinfo[] = {"pdfinfo", fixture->path, NULL};
  const char *const pdffonts[] = {"pdffonts", fixture->path, NULL};
  guint             n_drawn = 0;
  g_autofree char  *text = NULL, *info = NULL, *fonts = NULL;

  add_everything (fixture, &n_drawn);
  write_paper (fixture);
  /* Once for the number of pages, once for good. */
  g_assert_cmpuint (n_drawn, ==, 2);
  text = run (pdftotext);
  info = run (pdfinfo);
  fonts = run (pdffonts);
  if (text == NULL || info == NULL || fonts == NULL)
    return;
  g_assert_nonnull (strstr (text, "Mario Rossi"));
  g_assert_nonnull (strstr (text, "perché no"));
  g_assert_nonnull (strstr (text, "11 as expected"));
  g_assert_nonnull (strstr (text, "1 with reservation"));
  g_assert_nonnull (strstr (text, "Page 1 of 1"));
  g_assert_nonnull (strstr (text, "Simulated plant"));
  g_assert_nonnull (strstr (text, "an independent program; not by ZCS"));
  g_assert_nonnull (strstr (text, "SHA-256 9f2c"));
  g_assert_nonnull (strstr (info, "Report of things"));
  g_assert_nonnull (strstr (info, "L. Bianchi"));
  g_assert_nonnull (strstr (info, "A4"));
  g_assert_true (g_regex_match_simple ("Tagged: +yes", info, 0, 0));
  /* Name, type, encoding, then: embedded, subset, with Unicode. */
  g_assert_true (g_regex_match_simple (" yes yes yes ", fonts, 0, 0));
  g_assert_false (g_regex_match_simple (" no +(yes|no) +(yes|no) ", fonts, 0, 0));
}

static void
assert_last_page (Fixture *fixture, const char *text, guint n_pages)
{
  g_autofree char *number = g_strdup_printf ("%u", n_pages);
  g_autoptr (GString)
    last = g_string_new (plancia_report_say (fixture->language, "Page {page} of {pages}"));

  g_string_replace (last, "{page}", number, 0);
  g_string_replace (last, "{pages}", number, 0);
  g_assert_nonnull (strstr (text, last->str));
}

/* Every row once, the titles and the banner on each page. */
static void
test_long_table (Fixture *fixture, gconstpointer data)
{
  const char *const pdftotext[] = {"pdftotext", "-layout", fixture->path, "-", NULL};
  g_autofree char  *text = NULL;
  guint             n_pages;

  plancia_paper_set_banner (fixture->paper, "Simulated plant");
  plancia_paper_add_heading (fixture->paper, "Checks");
  add_table (fixture, 150);
  write_paper (fixture);
  text = run (pdftotext);
  if (text == NULL)
    return;
  n_pages = count (text, "\f");
  g_assert_cmpuint (n_pages, >=, 4);
  g_assert_cmpuint (count (text, "Verdict"), ==, n_pages);
  g_assert_cmpuint (count (text, "Simulated plant"), ==, n_pages);
  for (guint i = 0; i < 150; i++) {
    g_autofree char *what = g_strdup_printf ("check-%u-end", i);

    g_assert_cmpuint (count (text, what), ==, 1);
  }
  assert_last_page (fixture, text, n_pages);
}

/* A heading never stands alone at the foot of a page, and a long text goes on. */
static void
test_breaks (Fixture *fixture, gconstpointer data)
{
  const char *const pdftotext[] = {"pdftotext", fixture->path, "-", NULL};
  g_autofree char  *text = NULL;
  g_auto (GStrv) pages = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < 1500; i++)
    g_string_append_printf (words, "word%u ", i);
  plancia_paper_add_text (fixture->paper, words->str, PLANCIA_TEXT_BODY, PLANCIA_TONE_NORMAL);
  plancia_paper_add_space (fixture->paper, 100);
  plancia_paper_add_heading (fixture->paper, "Late heading");
  plancia_paper_add_text (fixture->paper, "What follows it", PLANCIA_TEXT_BODY, PLANCIA_TONE_DIM);
  write_paper (fixture);
  text = run (pdftotext);
  if (text == NULL)
    return;
  g_assert_cmpuint (count (text, "word1499"), ==, 1);
  pages = g_strsplit (text, "\f", -1);
  for (guint i = 0; pages[i] != NULL; i++)
    if (strstr (pages[i], "Late heading") != NULL)
      g_assert_nonnull (strstr (pages[i], "What follows it"));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_table (fixture, 10);
  g_cancellable_cancel (cancellable);
  g_assert_false (plancia_paper_write (fixture->paper, fixture->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "paper.pdf", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (plancia_paper_write (fixture->paper, path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, language, func) \
  g_test_add ("/report/paper/" path, Fixture, language, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLANCIA_TEST_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  ADD ("everything", "en", test_everything);
  ADD ("long-table", "it", test_long_table);
  ADD ("breaks", "en", test_breaks);
  ADD ("cancelled", "en", test_cancelled);
  ADD ("no-folder", "en", test_no_folder);

  return g_test_run ();
}
