/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commission-window.h"

#include "commission/report.h"
#include "ui-fixture.h"
#include "ui/commission-report-dialog.h"
#include "ui/plant-keeper.h"
#include <glib/gstdio.h>
#include <string.h>

/* The demo plant is commissioned in the window. */
typedef struct
{
  PlanciaSession          *session;
  PlanciaPlantKeeper      *keeper;
  PlanciaDevice           *device;
  PlanciaCommissionWindow *window;
  guint                    step;
} Story;

static gboolean
is_open (gpointer data)
{
  return plancia_session_get_plant (((Story *) data)->session) != NULL;
}

static PlanciaDevice *
find_below (GListModel *devices, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);
    PlanciaDevice *below;

    if (g_str_equal (plancia_device_get_name (device), name))
      return device;
    below = find_below (plancia_device_get_children (device), name);
    if (below != NULL)
      return below;
  }
  return NULL;
}

static gboolean
is_live (gpointer data)
{
  return plancia_device_get_mark (((Story *) data)->device) == PLANCIA_MARK_LIVE;
}

static PlanciaCommissionWindow *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (PLANCIA_IS_COMMISSION_WINDOW (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_visit (gpointer data)
{
  return plancia_commission_window_get_visit (((Story *) data)->window) != NULL;
}

static Story *
begin (const char *device)
{
  Story *self = g_new0 (Story, 1);

  self->session = plancia_session_new ();
  self->keeper = plancia_plant_keeper_new (self->session);
  plancia_plant_keeper_open_demo (self->keeper);
  g_assert_true (ui_fixture_wait (is_open, self, 40000));
  self->device = find_below (
    G_LIST_MODEL (plancia_open_plant_get_tree (plancia_session_get_plant (self->session))),
    device);
  g_assert_nonnull (self->device);
  g_assert_true (ui_fixture_wait (is_live, self, 40000));
  plancia_commission_window_open (NULL,
                                  self->session,
                                  self->device,
                                  plancia_plant_keeper_get_demo (self->keeper));
  self->window = find_window ();
  g_assert_nonnull (self->window);
  g_assert_true (ui_fixture_wait (has_visit, self, 20000));
  return self;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  plancia_plant_keeper_shut_down_finish (PLANCIA_PLANT_KEEPER (source), result);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
end (Story *self)
{
  gboolean closed = FALSE;

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  plancia_plant_keeper_shut_down_async (self->keeper, closed_cb, &closed);
  g_assert_true (ui_fixture_wait (is_true, &closed, 20000));
  g_object_unref (self->keeper);
  g_object_unref (self->session);
  g_free (self);
}

static PlanciaVisit *
visit_of (Story *self)
{
  return plancia_commission_window_get_visit (self->window);
}

static const PlanciaVisitStep *
step_of (Story *self, const char *id)
{
  int index = plancia_visit_find_step (visit_of (self), id);

  g_assert_cmpint (index, >=, 0);
  return plancia_visit_get_step (visit_of (self), (guint) index);
}

static void
click (Story *self, const char *label)
{
  GtkWidget *button;

  ui_fixture_settle ();
  button = ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, label);
  if (button == NULL)
    g_error ("no button \"%s\"", label);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
all_are_read (gpointer data)
{
  Story *self = data;

  for (guint i = 0; i < plancia_visit_get_n_steps (visit_of (self)); i++)
    if (!plancia_visit_get_rule (visit_of (self), i)->person &&
        plancia_visit_get_step (visit_of (self), i)->time == 0)
      return FALSE;
  return TRUE;
}

static void
shoot (Story *self, const char *id, const char *name, int width, int height)
{
  int              index = plancia_visit_find_step (visit_of (self), id);
  cairo_surface_t *picture;

  plancia_commission_window_show_step (self->window, (guint) index);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (GTK_WIDGET (self->window), name);
  g_clear_pointer (&picture, cairo_surface_destroy);
}

static AdwMessageDialog *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  return NULL;
}

/* A step that another one is proposed for needs a note; then all is put aside. */
static void
begin_anew (Story *self)
{
  PlanciaVisit *before = visit_of (self);
  int           step = plancia_visit_find_step (before, "clock");

  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 760);
  plancia_commission_window_show_step (self->window, (guint) step);
  ui_fixture_settle ();
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (
      ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, "Failed"),
      GTK_TYPE_TOGGLE_BUTTON)),
    TRUE);
  g_assert_cmpint (step_of (self, "clock")->result, ==, PLANCIA_CHECK_FAILED);
  g_assert_true (plancia_visit_wants_note (before, (guint) step));
  gtk_editable_set_text (
    GTK_EDITABLE (ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_ENTRY, NULL)),
    "It goes by the wrong zone.");
  g_assert_true (plancia_visit_is_done (before, (guint) step));
  click (self, "Begin anew");
  ui_fixture_settle ();
  g_assert_nonnull (find_question ());
  adw_message_dialog_response (find_question (), "restart");
  g_assert_true (ui_fixture_wait (has_visit, self, 20000));
  g_assert_true (visit_of (self) != before);
  g_assert_cmpint (step_of (self, "clock")->time, ==, 0);
}

static void
test_automatic (void)
{
  Story *self = begin ("HYD 6000 ZSS");

  click (self, "_Read all steps");
  g_assert_true (ui_fixture_wait (all_are_read, self, 60000));
  for (guint i = 0; i < plancia_visit_get_n_steps (visit_of (self)); i++) {
    const PlanciaVisitStep *step = plancia_visit_get_step (visit_of (self), i);
    g_test_message ("%s: %s, %u seen, %u found, %s",
                    plancia_visit_get_rule (visit_of (self), i)->id,
                    plancia_check_name (step->result),
                    step->evidence->len,
                    step->findings->len,
                    step->trouble ? step->trouble : "no trouble");
  }
  g_assert_cmpint (step_of (self, "connection")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (step_of (self, "identity")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (step_of (self, "firmware")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (step_of (self, "snapshot")->result, ==, PLANCIA_CHECK_EXPECTED);
  /* No public table of its numbers: nobody but a person can tell. */
  g_assert_cmpint (step_of (self, "country")->result, ==, PLANCIA_CHECK_OPEN);
  g_assert_cmpint (step_of (self, "grid")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (step_of (self, "battery")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpint (step_of (self, "clock")->result, ==, PLANCIA_CHECK_EXPECTED);
  shoot (self, "grid", "commissioning-light", 1200, 760);
  shoot (self, "country", "commissioning-country-light", 1200, 760);
  shoot (self, "battery", "commissioning-battery-light", 1200, 1400);
  shoot (self, "alarms", "commissioning-alarms-light", 1200, 760);
  ui_fixture_set_dark (TRUE);
  shoot (self, "strings", "commissioning-dark", 1200, 760);
  ui_fixture_set_dark (FALSE);
  shoot (self, "grid", "commissioning-narrow", 480, 760);
  begin_anew (self);
  end (self);
}

/* --- the sensors ----------------------------------------------------------------------------- */

static gboolean
has_stage (gpointer data)
{
  Story *self = data;

  return (guint) plancia_direction_test_get_stage (
           plancia_commission_window_get_test (self->window)) == self->step;
}

static void
wait_for_stage (Story *self, PlanciaDirectionStage stage)
{
  self->step = stage;
  if (!ui_fixture_wait (has_stage, self, 40000))
    g_error ("stage is %d instead of %d",
             plancia_direction_test_get_stage (plancia_commission_window_get_test (self->window)),
             stage);
}

static void
set_load (Story *self, gboolean on)
{
  GtkWidget *load = ui_fixture_find (GTK_WIDGET (self->window), GTK_TYPE_SWITCH, NULL);

  g_assert_nonnull (load);
  gtk_switch_set_active (GTK_SWITCH (load), on);
}

/* As a person does it: begins, waits for the word, plugs the load in, waits for the verdict. */
static void
measure_phase (Story *self, const char *button)
{
  plancia_direction_test_set_haste (plancia_commission_window_get_test (self->window), 25);
  click (self, button);
  wait_for_stage (self, PLANCIA_DIRECTION_WAITING);
  set_load (self, TRUE);
  wait_for_stage (self, PLANCIA_DIRECTION_DONE);
  for (guint i = 0; i < 3; i++) {
    const PlanciaDirectionPhase *phase = &plancia_visit_get_direction (visit_of (self))->phases[i];

    g_test_message (
      "L%u: %s, sensor %u%s, load %.0f W, rest %.0f W, spread %.0f W, %u and %u readings",
      i + 1,
      plancia_direction_name (phase->state),
      phase->sensor + 1,
      phase->reversed ? " reversed" : "",
      phase->load,
      phase->rest,
      phase->spread,
      phase->n_before,
      phase->n_with);
  }
}

static void
set_fault (Story *self, const char *fault)
{
  g_autoptr (GError) error = NULL;

  plancia_demo_plant_set_fault (plancia_plant_keeper_get_demo (self->keeper),
                                "HYD 6000 ZSS",
                                fault,
                                &error);
  g_assert_no_error (error);
}

/* --- the report ------------------------------------------------------------------------------ */

static void
saved_cb (char **where, const char *path)
{
  *where = g_strdup (path);
}

static gboolean
is_set (gpointer data)
{
  return *(char **) data != NULL;
}

/* Without poppler's program only the data are looked at. */
static char *
dup_text_of (const char *path)
{
  const char      *arguments[] = {"pdftotext", "-layout", path, "-", NULL};
  g_autofree char *program = g_find_program_in_path (arguments[0]);
  char            *text = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    return NULL;
  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &text,
                NULL,
                NULL,
                &error);
  g_assert_no_error (error);
  return text;
}

static void
check_text (const char *text, const char *hash, guint n_pages)
{
  const char *at = text;
  guint       n = 0;

  g_assert_nonnull (strstr (text, "ZP1ES106K00003"));
  g_assert_nonnull (strstr (text, "Mario Rossi"));
  g_assert_nonnull (strstr (text, "as expected"));
  g_assert_nonnull (strstr (text, "Simulated plant"));
  /* The direction was measured twice: wrong, then right. */
  g_assert_nonnull (strstr (text, "Done 2 times"));
  while ((at = strstr (at, hash)) != NULL) {
    at++;
    n++;
  }
  /* At the foot of each page. */
  g_assert_cmpuint (n, ==, n_pages);
  n = 0;
  for (at = text; (at = strchr (at, '\f')) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, n_pages);
}

/* What goes to a printer has as many pages. */
static guint
count_printed (GBytes *bytes)
{
  g_autoptr (JsonNode) root = plancia_commission_report_parse (bytes, "test", NULL);
  g_autoptr (PlanciaReportLanguage) language = plancia_report_language_new ("en", NULL);
  g_autoptr (PlanciaPaper) paper = plancia_commission_report_paper (root, language, NULL);
  g_autoptr (GPtrArray) pages = plancia_paper_record (paper);

  for (guint i = 0; i < pages->len; i++) {
    double x, y, width, height;

    cairo_recording_surface_ink_extents (g_ptr_array_index (pages, i), &x, &y, &width, &height);
    g_assert_cmpfloat (width, >, 100);
    g_assert_cmpfloat (height, >, 100);
  }
  return pages->len;
}

static void
check_report (Story *self)
{
  g_autofree char *folder = g_dir_make_tmp ("commission-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  g_autofree char *json = plancia_commission_report_dup_path (path, ".json");
  g_autofree char *csv = plancia_commission_report_dup_path (path, ".csv");
  g_autofree char *where = NULL;
  g_autofree char *stored = NULL;
  g_autofree char *computed = NULL;
  g_autofree char *text = NULL;
  g_autofree char *data = NULL;
  gsize            length = 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow       *dialog;
  cairo_surface_t *picture;

  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 900);
  ui_fixture_settle ();
  click (self, "_Read all steps");
  g_assert_true (ui_fixture_wait (all_are_read, self, 60000));
  plancia_visit_set_text (visit_of (self), PLANCIA_VISIT_CUSTOMER, "Mario Rossi");
  dialog = plancia_commission_report_dialog_new (GTK_WINDOW (self->window),
                                                 plancia_session_get_plant (self->session),
                                                 self->device,
                                                 visit_of (self));
  gtk_window_present (dialog);
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (GTK_WIDGET (dialog), "commissioning-report-dialog");
  g_clear_pointer (&picture, cairo_surface_destroy);
  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (saved_cb), &where);
  plancia_commission_report_dialog_save (PLANCIA_COMMISSION_REPORT_DIALOG (dialog), path);
  g_assert_true (ui_fixture_wait (is_set, &where, 40000));
  gtk_window_destroy (dialog);

  g_assert_true (g_file_get_contents (json, &data, &length, NULL));
  bytes = g_bytes_new (data, length);
  g_assert_true (plancia_commission_report_verify (bytes, json, &stored, &computed, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (stored, ==, computed);
  text = dup_text_of (path);
  if (text != NULL)
    check_text (text, computed, count_printed (bytes));
  g_unlink (path);
  g_unlink (json);
  g_unlink (csv);
  g_rmdir (folder);
}

static void
test_direction (void)
{
  Story *self = begin ("HYD 6000 ZSS");
  int    step = plancia_visit_find_step (visit_of (self), "direction");

  set_fault (self, "ct-reversed-l2");
  plancia_commission_window_show_step (self->window, (guint) step);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 900);
  measure_phase (self, "Start with L1");
  measure_phase (self, "Next phase: L2");
  shoot (self, "direction", "commissioning-ct-l2-light", 1200, 900);
  measure_phase (self, "Next phase: L3");
  g_assert_cmpint (plancia_visit_get_direction (visit_of (self))->verdict,
                   ==,
                   PLANCIA_DIRECTION_REVERSED);
  g_assert_true (plancia_visit_get_direction (visit_of (self))->reversed[1]);
  g_assert_false (plancia_visit_get_direction (visit_of (self))->reversed[0]);
  g_assert_cmpint (step_of (self, "direction")->result, ==, PLANCIA_CHECK_FAILED);
  shoot (self, "direction", "commissioning-ct-light", 1200, 900);
  ui_fixture_set_dark (TRUE);
  shoot (self, "direction", "commissioning-ct-dark", 1200, 900);
  ui_fixture_set_dark (FALSE);
  /* The clamp is turned, and measured again. */
  set_load (self, FALSE);
  set_fault (self, "none");
  plancia_commission_window_begin_phase (self->window, 1);
  wait_for_stage (self, PLANCIA_DIRECTION_WAITING);
  set_load (self, TRUE);
  wait_for_stage (self, PLANCIA_DIRECTION_DONE);
  g_assert_cmpint (plancia_visit_get_direction (visit_of (self))->verdict,
                   ==,
                   PLANCIA_DIRECTION_RIGHT);
  g_assert_cmpint (step_of (self, "direction")->result, ==, PLANCIA_CHECK_EXPECTED);
  g_assert_cmpuint (step_of (self, "direction")->earlier->len, ==, 1);
  shoot (self, "direction", "commissioning-ct-right-narrow", 480, 900);
  check_report (self);
  end (self);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/commission-window/automatic", test_automatic);
  g_test_add_func ("/commission-window/direction", test_direction);
  return g_test_run ();
}
