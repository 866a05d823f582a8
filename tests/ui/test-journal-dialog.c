/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "model/open-plant-journal.h"
#include "registers-fixture.h"
#include "ui/journal-dialog.h"
#include "ui/raw-write-dialog.h"
#include "ui/review-dialog.h"

#include <glib/gstdio.h>
#include <string.h>

/* The journal and the raw write as windows. */

#define NOW      G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */
#define PATIENCE 20000

typedef struct
{
  UiPlant   *plant;
  GtkWindow *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  registers_give_all (self->plant);
  plancia_session_set_device (self->plant->session, self->plant->hybrid);
  plancia_session_set_installer (self->plant->session, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
  plancia_clock_reset ();
}

/* --- rows ------------------------------------------------------------------------------------- */

static gint64
begin (Fixture *self, PlanciaWriteLog *log, const char *key, guint16 before, guint16 word)
{
  const PlanciaField *field = plancia_map_find_field (plancia_device_get_map (self->plant->hybrid),
                                                      key);
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_autoptr (GError) error = NULL;
  g_auto (PlanciaValue) value = {0};
  const PlanciaWriteRequest request = {.unit = 1,
                                       .function = 16,
                                       .address = field->address,
                                       .count = field->count,
                                       .before = &before,
                                       .words = &word,
                                       .edits = edits};
  gint64                    id;

  plancia_field_decode (field, &word, &value);
  g_ptr_array_add (edits, plancia_edit_new (field, &value));
  id = plancia_write_log_begin (log, &request, &error);
  g_assert_no_error (error);
  return id;
}

static void
record (Fixture       *self,
        const char    *kind,
        const char    *key,
        guint16        before,
        guint16        word,
        PlanciaVerdict verdict)
{
  g_autoptr (PlanciaWriteLog)
    log = plancia_open_plant_begin_log (plancia_session_get_plant (self->plant->session),
                                        self->plant->hybrid,
                                        kind,
                                        NULL);
  gint64 id = begin (self, log, key, before, word);

  plancia_write_log_sent (log, id);
  plancia_write_log_end (log, id, verdict, &word, 1, NULL);
}

static GtkWidget *
find (Fixture *self, GType type, const char *text)
{
  return ui_fixture_find (GTK_WIDGET (self->dialog), type, text);
}

typedef struct
{
  Fixture    *fixture;
  GType       type;
  const char *text;
  gboolean    gone;
} Wanted;

static gboolean
is_there (gpointer user_data)
{
  Wanted *wanted = user_data;

  return (find (wanted->fixture, wanted->type, wanted->text) != NULL) != wanted->gone;
}

static void
wait_for (Fixture *self, GType type, const char *text)
{
  Wanted wanted = {self, type, text, FALSE};

  g_assert_true (ui_fixture_wait (is_there, &wanted, PATIENCE));
  ui_fixture_settle ();
}

static void
open_journal (Fixture *self, PlanciaDevice *device)
{
  self->dialog = plancia_journal_dialog_new (NULL, self->plant->session, device);
  gtk_window_present (self->dialog);
}

static void
click (Fixture *self, const char *label)
{
  GtkWidget *button = find (self, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
}

static void
expand (Fixture *self)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (self, ADW_TYPE_EXPANDER_ROW, NULL)), TRUE);
  ui_fixture_settle ();
}

static void
take_pictures (Fixture *self, const char *name)
{
  g_autofree char *light = g_strdup_printf ("%s-light", name);
  g_autofree char *dark = g_strdup_printf ("%s-dark", name);

  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), light));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), dark));
  ui_fixture_set_dark (FALSE);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  open_journal (self, NULL);
  wait_for (self, ADW_TYPE_STATUS_PAGE, NULL);
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, "Nothing was written yet"));
  take_pictures (self, "journal-empty");
}

static void
test_rows (Fixture *self, gconstpointer data)
{
  record (self, "write", "storage_mode", 0, 2, PLANCIA_VERDICT_VERIFIED);
  record (self, "write", "bat_set_max_soc", 100, 90, PLANCIA_VERDICT_DIFFERS);
  record (self, "undo", "remote_on_off", 0, 1, PLANCIA_VERDICT_REFUSED);
  open_journal (self, NULL);
  wait_for (self, ADW_TYPE_EXPANDER_ROW, NULL);
  /* The newest first. */
  g_assert_nonnull (
    find (self, GTK_TYPE_LABEL, "12 June 2026, 14:05:37 · HYD 10000 ZSS · refused"));
  g_assert_nonnull (
    find (self, GTK_TYPE_LABEL, "12 June 2026, 14:05:37 · HYD 10000 ZSS · differs"));
  expand (self);
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, "0x1104, 1 register, function 16"));
  take_pictures (self, "journal");
  gtk_window_set_default_size (self->dialog, 400, 640);
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (self->dialog), "journal-narrow"));
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget  *review = NULL;

  registers_give (self->plant, "storage_mode", "2");
  record (self, "write", "storage_mode", 0, 2, PLANCIA_VERDICT_VERIFIED);
  open_journal (self, self->plant->hybrid);
  wait_for (self, ADW_TYPE_EXPANDER_ROW, NULL);
  expand (self);
  click (self, "_Undo…");
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (PLANCIA_IS_REVIEW_DIALOG (window))
      review = window;
  }
  g_assert_nonnull (review);
  g_assert_nonnull (ui_fixture_find (review, GTK_TYPE_LABEL, "Self-use"));
  /* Nothing is written by that. */
  g_assert_cmpuint (fake_backend_get_writes (self->plant->hybrid_backend)->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (review));
}

/* Of a program that ended in the middle: what is asked, and how it is answered. */
static void
test_cut_off (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-journal-XXXXXX", NULL);
  g_autofree char *store = g_build_filename (folder, "history.sqlite", NULL);
  g_autofree char *path = g_build_filename (folder, "journal.sqlite", NULL);
  g_autoptr (PlanciaJournal) dead = plancia_journal_new (path);
  const PlanciaJournalPlace place = {.plant = "Rossi, Arezzo",
                                     .device_id = "x",
                                     .device = "HYD 10000 ZSS"};
  g_autoptr (PlanciaWriteLog) log = plancia_journal_log (dead, &place);
  g_autoptr (PlanciaOpenPlant)
    plant = plancia_open_plant_new (plancia_open_plant_get_plant (self->plant->plant), store);

  plancia_write_log_sent (log, begin (self, log, "storage_mode", 0, 2));
  plancia_journal_close (dead);
  plancia_session_set_plant (self->plant->session, plant);
  open_journal (self, NULL);
  wait_for (self, GTK_TYPE_LABEL, "12 June 2026, 14:05:37 · HYD 10000 ZSS · sent, outcome unknown");
  take_pictures (self, "journal-cut-off");
  click (self, "_Leave it unknown");
  wait_for (self, GTK_TYPE_LABEL, "12 June 2026, 14:05:37 · HYD 10000 ZSS · unknown");
  gtk_window_destroy (self->dialog);
  self->dialog = NULL;
  plancia_session_set_plant (self->plant->session, self->plant->plant);
  ui_fixture_settle ();
}

/* --- raw registers ---------------------------------------------------------------------------- */

static void
type (Fixture *self, const char *title, const char *text)
{
  GtkWidget *row = find (self, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  ui_fixture_settle ();
}

static gboolean
can_review (Fixture *self)
{
  return gtk_widget_is_sensitive (find (self, GTK_TYPE_BUTTON, "_Review…"));
}

static GtkWidget *
find_review (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (PLANCIA_IS_REVIEW_DIALOG (window))
      return window;
  }
  return NULL;
}

static gboolean
review_is_there (gpointer user_data)
{
  return find_review () != NULL;
}

static void
test_raw (Fixture *self, gconstpointer data)
{
  static const char *const wrong[][2] = {
    {"0x11870", "1"     },
    {"here",    "1"     },
    {"0x1187",  "70000" },
    {"0x1187",  "1, two"},
    {"0x2004",  "1"     },
    {"0x0800",  "1"     },
    {"0x103F",  "1, 2"  },
  };

  self->dialog = plancia_raw_write_dialog_new (NULL, self->plant->session, self->plant->hybrid);
  gtk_window_present (self->dialog);
  ui_fixture_settle ();
  g_assert_false (can_review (self));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    type (self, "Address of the first register", wrong[i][0]);
    type (self, "Values, between commas or blanks", wrong[i][1]);
    g_test_message ("%s = %s", wrong[i][0], wrong[i][1]);
    g_assert_false (can_review (self));
  }
  type (self, "Address of the first register", "0x10F4");
  type (self, "Values, between commas or blanks", "0x1F4, -2");
  g_assert_true (can_review (self));
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, "No register of the map lies there."));
  type (self, "Address of the first register", "0x1110");
  type (self, "Values, between commas or blanks", "2");
  g_assert_true (can_review (self));
  take_pictures (self, "raw-write");
  click (self, "_Review…");
  /* It has closed itself. */
  self->dialog = NULL;
  g_assert_true (ui_fixture_wait (review_is_there, NULL, PATIENCE));
  self->dialog = GTK_WINDOW (find_review ());
  ui_fixture_settle ();
  g_assert_nonnull (find (self, GTK_TYPE_LABEL, "0x1110"));
  take_pictures (self, "raw-review");
  click (self, "Write 1 setting");
  g_assert_cmpuint (fake_backend_get_writes (self->plant->hybrid_backend)->len, ==, 0);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/journal-dialog/empty", test_empty);
  add ("/journal-dialog/rows", test_rows);
  add ("/journal-dialog/undo", test_undo);
  add ("/journal-dialog/cut-off", test_cut_off);
  add ("/raw-write-dialog/review", test_raw);
  return g_test_run ();
}
