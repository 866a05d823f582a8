/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-page.h"

#include "model/traffic-model.h"
#include "model/traffic-names.h"
#include "ui/form-bin.h"
#include "ui/state-mark.h"
#include "ui/tail-follower.h"
#include "ui/traffic-columns.h"
#include "ui/traffic-detail.h"
#include "ui/traffic-export.h"
#include "ui/traffic-toolbar.h"

#include <glib/gi18n.h>

struct _PlanciaTrafficPage
{
  PlanciaSessionBin parent_instance;

  PlanciaFormBin        *form;
  GtkStack              *pages;
  PlanciaTrafficToolbar *toolbar;
  GtkStack              *stack;
  GtkScrolledWindow     *scroller;
  GtkColumnView         *view;
  GtkWidget             *pill;
  AdwButtonContent      *pill_content;
  AdwBin                *wide_place;
  AdwBin                *narrow_place;
  PlanciaTrafficDetail  *detail;
  PlanciaStateMark      *mark;
  GtkLabel              *status;
  GtkLabel              *following_label;

  PlanciaSession      *session; /* borrowed from the bin */
  PlanciaWorker       *worker;
  PlanciaTrafficModel *model; /* NULL without a plant */
  GTimeZone           *zone;  /* of the plant */
  GtkSingleSelection  *selection;
  PlanciaTailFollower *follower;
  guint64              seen; /* number of the first frame that came since following ended */
  gboolean             narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficPage, plancia_traffic_page, PLANCIA_TYPE_SESSION_BIN)

/* --- status line ----------------------------------------------------------------------------- */

/* With thin spaces between thousands. */
static char *
count_text (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  gsize            length = strlen (digits);
  GString         *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0)
      g_string_append (text, "\u202f");
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

static char *
frames_text (guint64 n)
{
  g_autofree char *count = count_text (n);

  /* TRANSLATORS: %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s frame", "%s frames", (gulong) n),
                          count);
}

static char *
errors_text (guint64 n)
{
  g_autofree char *count = count_text (n);

  /* TRANSLATORS: %s is a number */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s error", "%s errors", (gulong) n),
                          count);
}

static char *
since_text (PlanciaTrafficPage *self, gint64 started)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (started / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autofree char *clock = g_date_time_format (local, "%H:%M");

  /* TRANSLATORS: what goes over the wires is kept since this time of day */
  return g_strdup_printf (_("Recording since %s"), clock);
}

static void
show_status (PlanciaTrafficPage *self)
{
  PlanciaTrafficLog    *log = plancia_traffic_model_get_log (self->model);
  PlanciaTrafficFilter *filter = plancia_traffic_model_get_filter (self->model);
  gint64                started = plancia_traffic_log_get_started (log);
  guint64               lost = plancia_traffic_log_get_lost (log);
  guint64               frames, errors;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *since = started > 0 ? since_text (self, started) : g_strdup (_("Recording"));
  g_autofree char *n_frames = NULL;
  g_autofree char *n_errors = NULL;

  plancia_traffic_log_count (log,
                             plancia_traffic_filter_get_connections (filter),
                             &frames,
                             &errors);
  n_frames = frames_text (frames);
  n_errors = errors_text (errors);
  g_string_append_printf (text, "%s · %s · %s", since, n_frames, n_errors);
  if (lost > 0) {
    g_autofree char *n_lost = count_text (lost);

    g_string_append (text, " · ");
    /* TRANSLATORS: %s is a number: exchanges that came too fast to be kept */
    g_string_append_printf (text, _("%s lost"), n_lost);
  }
  gtk_label_set_text (self->status, text->str);
}

static char *
new_text (guint64 n)
{
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%u new frame", "%u new frames", (gulong) n),
    (guint) n);
}

static void
show_following (PlanciaTrafficPage *self)
{
  gboolean following = plancia_tail_follower_get_following (self->follower);
  guint    fresh = following ? 0 : plancia_traffic_model_count_from (self->model, self->seen);
  guint64  waiting = plancia_traffic_model_get_waiting (self->model);
  g_autofree char *pill = new_text (fresh);
  g_autofree char *paused = new_text (waiting);

  adw_button_content_set_label (self->pill_content, pill);
  gtk_widget_set_visible (self->pill, fresh > 0);
  if (plancia_traffic_model_get_paused (self->model))
    gtk_label_set_text (self->following_label, waiting > 0 ? paused : _("paused"));
  else
    gtk_label_set_text (self->following_label, following ? _("follows the newest") : "");
}

static void
show_stack (PlanciaTrafficPage *self)
{
  PlanciaTrafficFilter *filter = plancia_traffic_model_get_filter (self->model);
  const char           *name = "list";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0 &&
      plancia_traffic_model_is_done (self->model))
    name = plancia_traffic_filter_is_set (filter) ? "nothing" : "empty";
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
counted_cb (PlanciaTrafficPage *self)
{
  plancia_tail_follower_changing (self->follower);
  show_status (self);
  show_following (self);
  show_stack (self);
}

static void
following_cb (PlanciaTrafficPage *self)
{
  if (!self->model)
    return;
  if (!plancia_tail_follower_get_following (self->follower))
    self->seen = plancia_traffic_log_get_end (plancia_traffic_model_get_log (self->model));
  show_following (self);
}

/* --- detail ---------------------------------------------------------------------------------- */

static PlanciaMap *
find_map (PlanciaTrafficPage *self, PlanciaTrafficRow *row)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  int               unit = plancia_traffic_row_get_exchange (row)->unit;
  PlanciaDevice    *device =
    plant ? plancia_traffic_names_find_device (plancia_traffic_row_get_connection (row),
                                               unit,
                                               plancia_open_plant_get_tree (plant))
             : NULL;

  return device ? plancia_device_get_map (device) : NULL;
}

static void
show_detail (PlanciaTrafficPage *self)
{
  PlanciaTrafficRow *row = self->selection
                             ? gtk_single_selection_get_selected_item (self->selection)
                             : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->wide_place), row && !self->narrow);
  if (row)
    plancia_traffic_detail_set (self->detail, row, find_map (self, row), self->zone);
  if (!row || !self->narrow)
    gtk_stack_set_visible_child_name (self->pages, "list");
}

static void
activate_cb (PlanciaTrafficPage *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (self->narrow)
    gtk_stack_set_visible_child_name (self->pages, "detail");
}

static void
form_cb (PlanciaTrafficPage *self)
{
  gboolean narrow = plancia_form_bin_get_narrow (self->form);
  AdwBin  *from = narrow ? self->wide_place : self->narrow_place;
  AdwBin  *to = narrow ? self->narrow_place : self->wide_place;

  plancia_traffic_columns_arrange (self->view, narrow, plancia_form_bin_get_scale (self->form));
  plancia_traffic_toolbar_set_narrow (self->toolbar, narrow);
  gtk_column_view_set_single_click_activate (self->view, narrow);
  if (narrow != self->narrow) {
    g_object_ref (self->detail);
    adw_bin_set_child (from, NULL);
    adw_bin_set_child (to, GTK_WIDGET (self->detail));
    g_object_unref (self->detail);
    plancia_traffic_detail_set_narrow (self->detail, narrow);
  }
  self->narrow = narrow;
  show_detail (self);
}

/* --- filter ---------------------------------------------------------------------------------- */

static void
filter_cb (PlanciaTrafficPage *self)
{
  PlanciaTrafficFilter *filter;

  if (!self->model)
    return;
  filter = plancia_traffic_model_get_filter (self->model);
  plancia_traffic_filter_set_text (filter, plancia_traffic_toolbar_get_text (self->toolbar));
  plancia_traffic_filter_set_directions (filter,
                                         plancia_traffic_toolbar_get_sent (self->toolbar),
                                         plancia_traffic_toolbar_get_received (self->toolbar));
  plancia_traffic_filter_set_errors (filter, plancia_traffic_toolbar_get_errors (self->toolbar));
  plancia_tail_follower_set_following (self->follower, TRUE);
  plancia_traffic_model_refilter (self->model);
}

static void
clear_filter_cb (PlanciaTrafficPage *self)
{
  plancia_traffic_toolbar_clear (self->toolbar);
}

static void
paused_cb (PlanciaTrafficPage *self)
{
  if (self->model)
    plancia_traffic_model_set_paused (self->model,
                                      plancia_traffic_toolbar_get_paused (self->toolbar));
}

static void
device_cb (PlanciaTrafficPage *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);
  g_auto (GStrv) connections = device ? plancia_traffic_names_connections (device) : NULL;

  if (!self->model)
    return;
  plancia_traffic_filter_set_connections (plancia_traffic_model_get_filter (self->model),
                                          (const char *const *) connections);
  plancia_tail_follower_set_following (self->follower, TRUE);
  plancia_traffic_model_refilter (self->model);
}

/* --- the plant ------------------------------------------------------------------------------- */

static void
drop_model (PlanciaTrafficPage *self)
{
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static void
make_columns (PlanciaTrafficPage *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

    gtk_column_view_remove_column (self->view, column);
  }
  plancia_traffic_columns_add (self->view, self->zone);
  plancia_traffic_columns_arrange (self->view,
                                   self->narrow,
                                   plancia_form_bin_get_scale (self->form));
}

static void
plant_cb (PlanciaTrafficPage *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  drop_model (self);
  if (!plant)
    return;
  self->zone = g_time_zone_ref (plancia_plant_get_zone (plancia_open_plant_get_plant (plant)));
  self->model = plancia_traffic_model_new (plancia_open_plant_get_traffic (plant));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  g_signal_connect_object (self->selection,
                           "notify::selected-item",
                           G_CALLBACK (show_detail),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model,
                           "counted",
                           G_CALLBACK (counted_cb),
                           self,
                           G_CONNECT_SWAPPED);
  make_columns (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  show_detail (self);
  device_cb (self);
  filter_cb (self);
  paused_cb (self);
}

/* --- actions --------------------------------------------------------------------------------- */

static void
newest_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_tail_follower_set_following (PLANCIA_TRAFFIC_PAGE (widget)->follower, TRUE);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (PLANCIA_TRAFFIC_PAGE (widget)->pages, "list");
}

static void
clear_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaTrafficPage *self = PLANCIA_TRAFFIC_PAGE (widget);

  if (self->model)
    plancia_traffic_log_clear (plancia_traffic_model_get_log (self->model));
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlanciaTrafficPage  *self = PLANCIA_TRAFFIC_PAGE (widget);
  PlanciaTrafficFormat format = PLANCIA_TRAFFIC_PCAPNG;

  if (g_str_equal (name, "traffic.save-transcript"))
    format = PLANCIA_TRAFFIC_TRANSCRIPT;
  else if (g_str_equal (name, "traffic.export-csv"))
    format = PLANCIA_TRAFFIC_CSV;
  if (self->model)
    plancia_traffic_export_ask (widget, self->worker, self->model, format);
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_traffic_toolbar_search (PLANCIA_TRAFFIC_PAGE (widget)->toolbar);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_traffic_page_constructed (GObject *object)
{
  PlanciaTrafficPage *self = PLANCIA_TRAFFIC_PAGE (object);

  G_OBJECT_CLASS (plancia_traffic_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::plant", G_CALLBACK (plant_cb));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self), "notify::device", G_CALLBACK (device_cb));
  plant_cb (self);
}

static void
plancia_traffic_page_dispose (GObject *object)
{
  PlanciaTrafficPage *self = PLANCIA_TRAFFIC_PAGE (object);

  if (self->view)
    drop_model (self);
  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->follower);

  G_OBJECT_CLASS (plancia_traffic_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  g_type_ensure (PLANCIA_TYPE_TRAFFIC_DETAIL);
  g_type_ensure (PLANCIA_TYPE_TRAFFIC_TOOLBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/traffic-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, pages);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, pill);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, pill_content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, wide_place);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, narrow_place);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, detail);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, mark);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, status);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPage, following_label);
  gtk_widget_class_bind_template_callback (widget_class, form_cb);
  gtk_widget_class_bind_template_callback (widget_class, paused_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
plancia_traffic_page_class_init (PlanciaTrafficPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_traffic_page_constructed;
  object_class->dispose = plancia_traffic_page_dispose;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "traffic.newest", NULL, newest_cb);
  gtk_widget_class_install_action (widget_class, "traffic.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "traffic.clear", NULL, clear_cb);
  gtk_widget_class_install_action (widget_class, "traffic.export-pcapng", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "traffic.export-csv", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "traffic.save-transcript", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
}

static void
plancia_traffic_page_init (PlanciaTrafficPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->worker = plancia_worker_new ("plancia-traffic");
  self->follower = plancia_tail_follower_new (self->scroller);
  plancia_state_mark_set_mark (self->mark, PLANCIA_MARK_LIVE);
  g_signal_connect_object (self->follower,
                           "notify::following",
                           G_CALLBACK (following_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
