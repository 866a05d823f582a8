/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-page-private.h"

#include "base/clock.h"
#include "ui/history-day.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

/* Which time the history page shows beside days, weeks, ..., and what it is compared with; the latter is remembered. */

#define COMPARE_KEY "history-compare"
#define WITH_KEY    "history-compare-with"
#define ALIGN_KEY   "history-compare-align"

static void list_plants (PlanciaHistoryPage *self);

static void
set_state (PlanciaHistoryPage *self, const char *action, GVariant *state)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self->actions), action);

  g_simple_action_set_state (G_SIMPLE_ACTION (found), state);
}

static void
apply_compare (PlanciaHistoryPage *self, const PlanciaHistoryCompare *compare)
{
  g_autofree char *with = plancia_history_compare_dup_with (compare);
  const char      *align = plancia_history_compare_align_name (compare->align);

  set_state (self, "compare", g_variant_new_boolean (compare->on));
  set_state (self, "compare-with", g_variant_new_string (with));
  set_state (self, "align", g_variant_new_string (align));
  plancia_history_energies_set_compare (self->energies, compare);
}

static void
remember_compare (const PlanciaHistoryCompare *compare)
{
  g_autofree char *with = plancia_history_compare_dup_with (compare);
  GSettings       *settings = plancia_settings_get ();

  g_settings_set_boolean (settings, COMPARE_KEY, compare->on);
  g_settings_set_string (settings, WITH_KEY, with);
  g_settings_set_string (settings, ALIGN_KEY, plancia_history_compare_align_name (compare->align));
}

/* A copy of what is compared with, to be changed. */
static PlanciaHistoryCompare
copy_compare (PlanciaHistoryPage *self)
{
  PlanciaHistoryCompare copy = *plancia_history_energies_get_compare (self->energies);

  copy.device = g_strdup (copy.device);
  return copy;
}

static void
change_compare (PlanciaHistoryPage *self, PlanciaHistoryCompare *compare)
{
  remember_compare (compare);
  apply_compare (self, compare);
  plancia_history_compare_clear (compare);
  list_plants (self);
  plancia_history_page_update (self);
}

static void
compare_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage   *self = user_data;
  PlanciaHistoryCompare compare = copy_compare (self);

  compare.on = g_variant_get_boolean (state);
  change_compare (self, &compare);
}

/* Who says with what wants to see it. */
static void
compare_with_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage   *self = user_data;
  PlanciaHistoryCompare compare = copy_compare (self);

  compare.on = plancia_history_compare_set_with (&compare, g_variant_get_string (state, NULL)) ||
               compare.on;
  change_compare (self, &compare);
}

static void
file_chosen (PlanciaHistoryPage *self, int response, GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *with = path != NULL ? g_strconcat ("plant:", path, NULL) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && with != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "history.compare-with", "s", with);
}

/* A plant that was not opened lately. */
static void
compare_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage   *self = user_data;
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Compare with another plant"),
                                    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                    GTK_FILE_CHOOSER_ACTION_OPEN,
                                    _ ("_Compare"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
align_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage   *self = user_data;
  PlanciaHistoryCompare compare = copy_compare (self);

  plancia_history_compare_parse_align (g_variant_get_string (state, NULL), &compare.align);
  change_compare (self, &compare);
}

/* --- another stretch ------------------------------------------------------------------------- */

static void
show_custom (PlanciaHistoryPage *self, PlanciaSpan span)
{
  plancia_history_energies_set_custom (self->energies, span);
  plancia_history_page_show_range (self, PLANCIA_RANGE_CUSTOM, span.start);
}

static void
custom_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaSpan span;

  g_variant_get (parameter, "(xx)", &span.start, &span.end);
  if (!plancia_span_is_empty (span))
    show_custom (user_data, span);
}

/* Minutes and hours are a closer look at today, which goes on with the clock; days are whole ones up to today. */
static void
last_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;
  gint64              length = g_variant_get_int64 (parameter) * PLANCIA_SECOND;
  gint64              now = plancia_clock_now ();
  PlanciaSpan today = plancia_history_day_today (plancia_history_feed_get_zone (self->feed));

  if (length >= PLANCIA_DAY) {
    int days = (int) (length / PLANCIA_DAY) - 1;

    today.start =
      plancia_span_day_offset (plancia_history_feed_get_zone (self->feed), today.start, -days)
        .start;
    show_custom (self, today);
    return;
  }
  plancia_history_page_show_range (self, PLANCIA_RANGE_DAY, now);
  plancia_chart_set_visible_span (self->chart, (PlanciaSpan){MAX (now - length, today.start), now});
  plancia_session_set_visible (self->session, plancia_chart_get_visible_span (self->chart));
  plancia_chart_now (self->chart);
}

/* The day stays the plant's; only its times are read from another clock. */
static void
utc_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  PlanciaHistoryPage *self = user_data;

  g_simple_action_set_state (action, state);
  self->utc = g_variant_get_boolean (state);
  self->shown_day = (PlanciaSpan){0, 0};
  plancia_history_page_update (self);
}

static const GActionEntry action_entries[] = {
  {.name = "compare",         .state = "false", .change_state = compare_cb             },
  {.name = "compare-with",
   .parameter_type = "s",
   .state = "'year'",
   .change_state = compare_with_cb},
  {.name = "align",                         .parameter_type = "s",                           .state = "'clock'",                     .change_state = align_cb},
  {.name = "compare-file", .activate = compare_file_cb                },
  {.name = "custom",                         .parameter_type = "(xx)",          .activate = custom_cb              },
  {.name = "utc",                         .state = "false",                             .change_state = utc_cb},
  {.name = "last",                         .parameter_type = "x",                            .activate = last_cb             },
};

void
plancia_history_page_add_period_actions (PlanciaHistoryPage *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions),
                                   action_entries,
                                   G_N_ELEMENTS (action_entries),
                                   self);
}

void
plancia_history_page_recall_compare (PlanciaHistoryPage *self)
{
  GSettings            *settings = plancia_settings_get ();
  PlanciaHistoryCompare compare = {.with = PLANCIA_COMPARE_YEAR};
  g_autofree char      *with = g_settings_get_string (settings, WITH_KEY);
  g_autofree char      *align = g_settings_get_string (settings, ALIGN_KEY);

  compare.on = g_settings_get_boolean (settings, COMPARE_KEY);
  plancia_history_compare_set_with (&compare, with);
  plancia_history_compare_parse_align (align, &compare.align);
  apply_compare (self, &compare);
  plancia_history_compare_clear (&compare);
}

/* Those that were open lately, and the one that is compared with. */
static void
list_plants (PlanciaHistoryPage *self)
{
  const PlanciaHistoryCompare *compare = plancia_history_energies_get_compare (self->energies);
  g_auto (GStrv) recent = g_settings_get_strv (plancia_settings_get (), "recent-plants");
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; recent[i] != NULL; i++)
    g_ptr_array_add (paths, recent[i]);
  if (compare->with == PLANCIA_COMPARE_PLANT &&
      !g_strv_contains ((const char *const *) recent, compare->device))
    g_ptr_array_add (paths, compare->device);
  g_ptr_array_add (paths, NULL);
  plancia_history_bar_set_plants (self->bar, (const char *const *) paths->pdata);
}

/* Those of the plant that have a past, but for the one that is shown. */
void
plancia_history_page_list_devices (PlanciaHistoryPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  g_autoptr (GPtrArray) all = plant ? plancia_device_tree_list (plancia_open_plant_get_tree (plant))
                                    : g_ptr_array_new ();
  g_autoptr (GPtrArray) devices = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (all, i);
    g_autoptr (GPtrArray) sources = NULL;

    if (device == plancia_history_feed_get_device (self->feed) ||
        device == plancia_history_feed_get_source (self->feed))
      continue;
    sources = plancia_history_sources_find (plant, device, NULL);
    if (sources->len > 0)
      g_ptr_array_add (devices, device);
  }
  plancia_history_bar_set_devices (self->bar, devices);
  list_plants (self);
  plancia_history_panes_offer (self->panes, devices);
}
