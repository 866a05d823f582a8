/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-window.h"

#include "base/error.h"
#include "ui-fixture.h"
#include "ui/help-button.h"
#include "ui/help-text.h"
#include "ui/help-topic.h"

static const char *const languages[] = {"en", "it"};

static char *
load (const char *language, const char *page)
{
  g_setenv ("LANGUAGE", language, TRUE);
  return plancia_help_text_load (page);
}

static GHashTable *
places_of (const char *text)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_object_unref (g_object_ref_sink (plancia_help_text_build (text, places)));
  return places;
}

static gboolean
is_there (const char *language, const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, "#", 2);
  g_autofree char *text = NULL;
  g_autoptr (GHashTable) places = NULL;

  if (!g_strv_contains (plancia_help_pages, parts[0]))
    return FALSE;
  text = load (language, parts[0]);
  places = places_of (text);
  return !parts[1] || g_hash_table_contains (places, parts[1]);
}

/* Each page in each language, with the same headings, and no link that leads nowhere. */
static void
test_pages (void)
{
  g_autoptr (GRegex) links = g_regex_new ("\\]\\(([^)]+)\\)", 0, 0, NULL);

  for (guint p = 0; plancia_help_pages[p]; p++) {
    g_autofree char *english = load ("en", plancia_help_pages[p]);
    g_autofree char *italian = load ("it", plancia_help_pages[p]);
    g_autoptr (GHashTable) en = places_of (english);
    g_autoptr (GHashTable) it = places_of (italian);

    g_assert_cmpstr (english, !=, italian);
    g_assert_cmpuint (g_hash_table_size (en), ==, g_hash_table_size (it));
    for (guint l = 0; l < G_N_ELEMENTS (languages); l++) {
      g_autofree char *text = load (languages[l], plancia_help_pages[p]);
      g_autoptr (GMatchInfo) match = NULL;

      g_regex_match (links, text, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL)) {
        g_autofree char *place = g_match_info_fetch (match, 1);

        g_test_message ("%s: %s", plancia_help_pages[p], place);
        g_assert_true (is_there (languages[l], place));
      }
    }
  }
}

/* Every error that has words has a place in the manual. */
static void
test_errors (void)
{
  const GQuark domains[] = {G_IO_ERROR,
                            PLANCIA_PROTOCOL_ERROR,
                            PLANCIA_MODBUS_ERROR,
                            PLANCIA_CLOUD_ERROR,
                            PLANCIA_DEVICE_ERROR,
                            PLANCIA_DOCUMENT_ERROR,
                            G_RESOLVER_ERROR,
                            G_TLS_ERROR,
                            G_FILE_ERROR};

  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++)
    for (int code = 0; code < 60; code++) {
      g_autoptr (GError) error = g_error_new_literal (domains[i], code, "");

      g_assert_true (is_there ("en", plancia_help_topic_of_error (error)));
    }
}

static void
test_views (void)
{
  const char *const pages[] = {"overview",
                               "registers",
                               "watch",
                               "raw",
                               "history",
                               "compare",
                               "alarms",
                               "console",
                               "traffic",
                               "nothing",
                               NULL};

  g_assert_true (is_there ("en", plancia_help_topic_of_view (NULL, NULL)));
  for (guint i = 0; pages[i]; i++)
    g_assert_true (is_there ("en", plancia_help_topic_of_view (pages[i], NULL)));
  g_assert_cmpstr (plancia_help_topic_of_view ("history", NULL), ==, "history");
}

static void
test_window (void)
{
  PlanciaHelpWindow *window;
  GtkWidget         *label;
  cairo_surface_t   *picture;
  gboolean           handled = FALSE;

  g_setenv ("LANGUAGE", "en", TRUE);
  window = g_object_ref (plancia_help_window_new ());
  g_assert_cmpstr (plancia_help_window_get_page (window), ==, "first-steps");
  gtk_window_present (GTK_WINDOW (window));
  plancia_help_window_go (window, "troubleshooting#permission");
  g_assert_cmpstr (plancia_help_window_get_page (window), ==, "troubleshooting");
  ui_fixture_settle ();
  picture = ui_fixture_screenshot (GTK_WIDGET (window), "help-light");
  cairo_surface_destroy (picture);

  label = ui_fixture_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "See One client a line.");
  g_assert_nonnull (label);
  g_signal_emit_by_name (label, "activate-link", "help:hub#taken-over", &handled);
  g_assert_true (handled);
  ui_fixture_settle ();
  g_assert_cmpstr (plancia_help_window_get_page (window), ==, "hub");
  plancia_help_window_go (window, "no-such-page");
  g_assert_cmpstr (plancia_help_window_get_page (window), ==, "first-steps");
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  char **place = user_data;

  g_free (*place);
  *place = g_variant_dup_string (parameter, NULL);
}

/* Hidden without an error; else it opens the place that explains it, whatever window it stands in. */
static void
test_button (void)
{
  PlanciaHelpButton *button = g_object_ref_sink (g_object_new (PLANCIA_TYPE_HELP_BUTTON, NULL));
  g_autoptr (GApplication) application = g_application_new (NULL, 0);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("help", G_VARIANT_TYPE_STRING);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_autofree char *place = NULL;

  g_signal_connect (action, "activate", G_CALLBACK (help_cb), &place);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  g_assert_true (g_application_register (application, NULL, NULL));
  g_application_set_default (application);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  plancia_help_button_set_error (button, error);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_cmpstr (plancia_help_button_get_place (button), ==, "troubleshooting#disk");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (place, ==, "troubleshooting#disk");
  plancia_help_button_set_place (button, "writes#verdicts");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (place, ==, "writes#verdicts");
  plancia_help_button_set_error (button, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_application_set_default (NULL);
  g_object_unref (button);
}

int
main (int argc, char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  ui_fixture_init (&argc, &argv);
  g_test_add_func ("/ui/help/pages", test_pages);
  g_test_add_func ("/ui/help/errors", test_errors);
  g_test_add_func ("/ui/help/views", test_views);
  g_test_add_func ("/ui/help/window", test_window);
  g_test_add_func ("/help/button", test_button);
  return g_test_run ();
}
