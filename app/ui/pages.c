/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/pages.h"

#include "model/alarm-log.h"
#include "model/traffic-names.h"
#include "ui/alarms-page.h"
#include "ui/console-page.h"
#include "ui/findings-page.h"
#include "ui/history-page.h"
#include "ui/history-source.h"
#include "ui/overview-page.h"
#include "ui/registers-area.h"
#include "ui/traffic-page.h"
#include "ui/watch-page.h"

#include <glib/gi18n.h>

struct _PlanciaPages
{
  AdwBin parent_instance;

  AdwViewStack *stack;

  PlanciaSession  *session;
  PlanciaDevice   *device; /* the one that is followed, or NULL */
  PlanciaAlarmLog *alarms; /* of the plant, or NULL */
  char            *wanted; /* the page a person chose last */
  gboolean         choosing;
};

enum {
  PROP_0,
  PROP_SESSION,
  PROP_VISIBLE_PAGE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaPages, plancia_pages, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

/* --- which pages ----------------------------------------------------------------------------- */

static gboolean
has_overview (PlanciaPages *self)
{
  return TRUE;
}

static gboolean
can (PlanciaPages *self, PlanciaBackendFlags flag)
{
  PlanciaEntry *entry = self->device ? plancia_device_get_entry (self->device) : NULL;

  return entry && plancia_entry_is_device (entry) && plancia_device_get_flags (self->device) & flag;
}

static gboolean
has_registers (PlanciaPages *self)
{
  return can (self, PLANCIA_BACKEND_REGISTERS);
}

/* The watch list holds registers of several devices, and findings compare them. */
static gboolean
is_whole_plant (PlanciaPages *self)
{
  return self->device && g_str_equal (plancia_device_get_kind (self->device), "plant");
}

static gboolean
has_history (PlanciaPages *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  return plant && self->device &&
         (plancia_open_plant_get_history_device (plant, self->device) ||
          plancia_history_source_is_recorded (self->device) ||
          plancia_history_source_is_of_plant (plant, self->device));
}

static gboolean
has_alarms (PlanciaPages *self)
{
  return plancia_alarms_page_is_for (self->session, self->device);
}

static gboolean
has_console (PlanciaPages *self)
{
  return can (self, PLANCIA_BACKEND_CONSOLE);
}

/* Of the whole plant everything, of a device what goes over the connections that it uses. */
static gboolean
has_traffic (PlanciaPages *self)
{
  g_auto (GStrv) connections = NULL;

  if (!self->device || !plancia_session_get_plant (self->session))
    return FALSE;
  connections = plancia_traffic_names_connections (self->device);
  return !connections || connections[0];
}

static const struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*type) (void);
  gboolean (*is_there) (PlanciaPages *self);
} pages[] = {
  {"overview",
   N_ ("Overview"),   "plancia-overview-symbolic",  plancia_overview_page_get_type,  has_overview  },
   {"registers",
   N_ ("Registers"),  "plancia-registers-symbolic", plancia_registers_area_get_type, has_registers },
    {"watch",
   N_ ("Watch list"), "plancia-registers-symbolic", plancia_watch_page_get_type,     is_whole_plant},
     {"history",
   N_ ("History"),    "plancia-history-symbolic",   plancia_history_page_get_type,   has_history   },
      {"alarms",
   N_ ("Alarms"),     "plancia-alarms-symbolic",    plancia_alarms_page_get_type,    has_alarms    },
       {"findings",
   N_ ("Findings"),   "plancia-checklist-symbolic",
   plancia_findings_page_get_type,                                                   is_whole_plant},
        {"console",
   N_ ("Console"),    "plancia-console-symbolic",   plancia_console_page_get_type,   has_console   },
         {"traffic",
   N_ ("Traffic"),    "plancia-traffic-symbolic",   plancia_traffic_page_get_type,   has_traffic   },
};

static gboolean
is_there (PlanciaPages *self, const char *name)
{
  GtkWidget *child = adw_view_stack_get_child_by_name (self->stack, name);

  return child && adw_view_stack_page_get_visible (adw_view_stack_get_page (self->stack, child));
}

/* --- showing them ---------------------------------------------------------------------------- */

static void
fill (PlanciaPages *self, AdwBin *place)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_strcmp0 (pages[i].name, name) == 0)
      adw_bin_set_child (place, g_object_new (pages[i].type (), "session", self->session, NULL));
  }
}

static void
visible_child_cb (PlanciaPages *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->stack);

  if (!place || !self->session)
    return;

  if (!adw_bin_get_child (ADW_BIN (place)))
    fill (self, ADW_BIN (place));
  if (!self->choosing) {
    g_free (self->wanted);
    self->wanted = g_strdup (adw_view_stack_get_visible_child_name (self->stack));
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

static void
show_wanted (PlanciaPages *self)
{
  const char *name = is_there (self, self->wanted) ? self->wanted : "overview";

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), name) != 0)
    adw_view_stack_set_visible_child_name (self->stack, name);
}

/* A page that goes while it is seen gives way to the overview, which is always there. */
static void
update (PlanciaPages *self)
{
  self->choosing = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *place = adw_view_stack_get_child_by_name (self->stack, pages[i].name);
    gboolean   there = pages[i].is_there (self);

    if (!there && place == adw_view_stack_get_visible_child (self->stack))
      adw_view_stack_set_visible_child_name (self->stack, "overview");
    adw_view_stack_page_set_visible (adw_view_stack_get_page (self->stack, place), there);
  }
  show_wanted (self);
  self->choosing = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VISIBLE_PAGE]);
}

/* The serial number, which leads to the portal's history, comes with the first readings, and so do a cloud's alarms. */
static void
readings_cb (PlanciaPages *self)
{
  if ((!is_there (self, "history") && has_history (self)) ||
      (!is_there (self, "alarms") && has_alarms (self)))
    update (self);
}

/* How many are open stands at the page's name. */
static void
show_open_alarms (PlanciaPages *self)
{
  GtkWidget        *place = adw_view_stack_get_child_by_name (self->stack, "alarms");
  AdwViewStackPage *page = adw_view_stack_get_page (self->stack, place);

  adw_view_stack_page_set_badge_number (
    page,
    self->alarms ? plancia_alarm_log_count_open (self->alarms, self->device) : 0);
}

static void
follow_alarms (PlanciaPages *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaAlarmLog  *alarms = plant ? plancia_alarm_log_for (plant) : NULL;

  if (alarms == self->alarms)
    return;
  if (self->alarms)
    g_signal_handlers_disconnect_by_data (self->alarms, self);
  g_set_object (&self->alarms, alarms);
  if (alarms)
    g_signal_connect_object (alarms,
                             "changed",
                             G_CALLBACK (show_open_alarms),
                             self,
                             G_CONNECT_SWAPPED);
}

static void
device_changed_cb (PlanciaPages *self)
{
  PlanciaDevice *device = plancia_session_get_device (self->session);

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  g_set_object (&self->device, device);
  if (device) {
    GConnectFlags flags = G_CONNECT_SWAPPED;

    g_signal_connect_object (device, "readings", G_CALLBACK (readings_cb), self, flags);
    g_signal_connect_object (device, "notify::state", G_CALLBACK (update), self, flags);
  }
  follow_alarms (self);
  update (self);
  show_open_alarms (self);
}

static void
add_pages (PlanciaPages *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    AdwViewStackPage *page =
      adw_view_stack_add_titled (self->stack, adw_bin_new (), pages[i].name, _ (pages[i].title));

    adw_view_stack_page_set_icon_name (page, pages[i].icon);
  }
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_pages_constructed (GObject *object)
{
  PlanciaPages *self = PLANCIA_PAGES (object);

  G_OBJECT_CLASS (plancia_pages_parent_class)->constructed (object);

  self->choosing = TRUE;
  add_pages (self);
  self->choosing = FALSE;
  g_signal_connect_object (self->session,
                           "notify::device",
                           G_CALLBACK (device_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  device_changed_cb (self);
}

static void
plancia_pages_dispose (GObject *object)
{
  PlanciaPages *self = PLANCIA_PAGES (object);

  if (self->device)
    g_signal_handlers_disconnect_by_data (self->device, self);
  if (self->alarms)
    g_signal_handlers_disconnect_by_data (self->alarms, self);
  g_clear_object (&self->alarms);
  g_clear_object (&self->device);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_pages_parent_class)->dispose (object);
}

static void
plancia_pages_finalize (GObject *object)
{
  g_free (PLANCIA_PAGES (object)->wanted);

  G_OBJECT_CLASS (plancia_pages_parent_class)->finalize (object);
}

static void
plancia_pages_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaPages *self = PLANCIA_PAGES (object);

  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, self->session);
    break;
  case PROP_VISIBLE_PAGE:
    g_value_set_string (value, plancia_pages_get_visible (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_pages_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaPages *self = PLANCIA_PAGES (object);

  switch (id) {
  case PROP_SESSION:
    self->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_pages_class_init (PlanciaPagesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_pages_constructed;
  object_class->dispose = plancia_pages_dispose;
  object_class->finalize = plancia_pages_finalize;
  object_class->get_property = plancia_pages_get_property;
  object_class->set_property = plancia_pages_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  PLANCIA_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  properties[PROP_VISIBLE_PAGE] = g_param_spec_string ("visible-page",
                                                       NULL,
                                                       NULL,
                                                       NULL,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, PLANCIA_RESOURCE_PREFIX "/pages.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPages, stack);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}

static void
plancia_pages_init (PlanciaPages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wanted = g_strdup ("overview");
}

/** plancia_pages_rebuild: what is shown is made anew; what is staged belongs to devices and stays */
void
plancia_pages_rebuild (PlanciaPages *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *place = adw_view_stack_get_child_by_name (self->stack, pages[i].name);

    /* It holds a port open and shows no names or units. */
    if (place && !g_str_equal (pages[i].name, "console"))
      adw_bin_set_child (ADW_BIN (place), NULL);
  }
  visible_child_cb (self);
}

AdwViewStack *
plancia_pages_get_stack (PlanciaPages *self)
{
  return self->stack;
}

const char *
plancia_pages_get_visible (PlanciaPages *self)
{
  return adw_view_stack_get_visible_child_name (self->stack);
}

guint
plancia_pages_get_count (PlanciaPages *self)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    n += is_there (self, pages[i].name);
  return n;
}

/**
 * plancia_pages_set_wanted:
 * @self: the pages
 * @name: name of a page; shown now, or when a device has it
 */
void
plancia_pages_set_wanted (PlanciaPages *self, const char *name)
{
  g_free (self->wanted);
  self->wanted = g_strdup (name);
  update (self);
}

/** plancia_pages_show_nth: does nothing if there are fewer. */
void
plancia_pages_show_nth (PlanciaPages *self, int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (!is_there (self, pages[i].name) || --number > 0)
      continue;
    adw_view_stack_set_visible_child_name (self->stack, pages[i].name);
    break;
  }
}

/**
 * plancia_pages_activate:
 * @self: the pages
 * @action: "search" or "refresh"
 *
 * Returns: FALSE if the visible page has neither "page.ACTION" nor "NAME-OF-THE-PAGE.ACTION"
 */
gboolean
plancia_pages_activate (PlanciaPages *self, const char *action)
{
  GtkWidget       *place = adw_view_stack_get_visible_child (self->stack);
  GtkWidget       *page = place ? adw_bin_get_child (ADW_BIN (place)) : NULL;
  const char      *name = adw_view_stack_get_visible_child_name (self->stack);
  g_autofree char *common = g_strconcat ("page.", action, NULL);
  g_autofree char *own = g_strconcat (name, ".", action, NULL);

  return page && (gtk_widget_activate_action (page, common, NULL) ||
                  gtk_widget_activate_action (page, own, NULL));
}
