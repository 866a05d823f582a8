/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plant-alarms.h"

#include "ui/alarm-row.h"
#include <glib/gi18n.h>

#define MAX_ROWS 3

struct _PlanciaPlantAlarms
{
  GtkBox parent_instance;

  char *shown; /* what the rows were made of */

  GtkWidget *count;
  GtkWidget *rows;
  GtkWidget *empty;
  GtkWidget *empty_icon;
  GtkWidget *empty_label;
  GtkWidget *foot;
};

/* An open alarm and whose it is; both borrowed. */
typedef struct
{
  PlanciaDevice      *device;
  const PlanciaAlarm *alarm;
} Entry;

/* Whom the alarms are from. */
typedef struct
{
  guint asked;     /* devices that gave their fault words */
  guint supported; /* that have any */
} Askers;

G_DEFINE_FINAL_TYPE (PlanciaPlantAlarms, plancia_plant_alarms, GTK_TYPE_BOX)

/* --- collecting ------------------------------------------------------------------------------ */

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const PlanciaAlarm *one = ((const Entry *) a)->alarm, *two = ((const Entry *) b)->alarm;

  if (one->severity != two->severity)
    return (int) one->severity - (int) two->severity;
  return one->since > two->since ? -1 : one->since < two->since;
}

static void
collect_device (PlanciaDevice *device, GArray *entries, Askers *askers)
{
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);
  guint                n = plancia_device_alarms_get_n_open (alarms);
  PlanciaMark          mark = plancia_device_get_mark (device);

  if (!plancia_device_alarms_supported (alarms))
    return;
  askers->supported++;
  /* What a silent device said last may have ended since: it counts as not asked. */
  if (plancia_device_alarms_get_time (alarms) > 0 && mark == PLANCIA_MARK_LIVE)
    askers->asked++;
  for (guint i = 0; i < n; i++) {
    Entry entry = {device, plancia_device_alarms_get (alarms, i)};

    g_array_append_val (entries, entry);
  }
}

/* --- showing --------------------------------------------------------------------------------- */

/* Rows are made anew only when another alarm came or one ended. */
static char *
fingerprint (GArray *entries)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    g_string_append_printf (text,
                            "%s/%s/%u/%d/%" G_GINT64_FORMAT "\n",
                            plancia_device_get_id (entry->device),
                            entry->alarm->field != NULL ? entry->alarm->field->key : "",
                            entry->alarm->bit,
                            entry->alarm->id,
                            entry->alarm->since);
  }
  return g_string_free (text, FALSE);
}

static void
show_rows (PlanciaPlantAlarms *self, GArray *entries, GTimeZone *zone)
{
  GtkWidget       *child;
  g_autofree char *print = fingerprint (entries);

  if (g_strcmp0 (print, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&print);

  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < MIN (entries->len, MAX_ROWS); i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);

    if (i > 0)
      gtk_box_append (GTK_BOX (self->rows), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
    gtk_box_append (
      GTK_BOX (self->rows),
      plancia_alarm_row_new (entry->alarm, plancia_device_get_name (entry->device), zone));
  }
  gtk_widget_set_visible (self->rows, entries->len > 0);
}

static void
show_count (PlanciaPlantAlarms *self, GArray *entries)
{
  gboolean fault = entries->len > 0 &&
                   g_array_index (entries, Entry, 0).alarm->severity == PLANCIA_SEVERITY_FAULT;
  const char      *classes[] = {"chip", fault ? "bad" : "warn", NULL};
  g_autofree char *text = g_strdup_printf (ngettext ("%u open", "%u open", entries->len),
                                           entries->len);

  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_widget_set_css_classes (self->count, classes);
  gtk_widget_set_visible (self->count, entries->len > 0);
}

/* "No open alarms" may only be said of devices that were asked. */
static void
show_empty (PlanciaPlantAlarms *self, GArray *entries, const Askers *askers)
{
  const char *text = _("No open alarms");

  if (askers->supported == 0)
    text = _("No device here reports alarms");
  else if (askers->asked == 0)
    text = _("Not asked yet");
  gtk_label_set_text (GTK_LABEL (self->empty_label), text);
  gtk_widget_set_visible (self->empty_icon, askers->asked > 0);
  gtk_widget_set_visible (self->empty, entries->len == 0);
}

static void
show_foot (PlanciaPlantAlarms *self, GArray *entries, const Askers *askers)
{
  GString *text = g_string_new (NULL);

  if (entries->len > MAX_ROWS)
    g_string_append_printf (text,
                            ngettext ("and %u more", "and %u more", entries->len - MAX_ROWS),
                            entries->len - MAX_ROWS);
  if (askers->asked > 0 && askers->asked < askers->supported) {
    if (text->len > 0)
      g_string_append (text, " \xc2\xb7 ");
    /* Translators: so many of all devices that could have alarms gave theirs */
    g_string_append_printf (text,
                            _("known of %u of %u devices"), askers->asked, askers->supported);
  }
  gtk_label_set_text (GTK_LABEL (self->foot), text->str);
  gtk_widget_set_visible (self->foot, text->len > 0);
  g_string_free (text, TRUE);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_plant_alarms_finalize (GObject *object)
{
  g_free (PLANCIA_PLANT_ALARMS (object)->shown);

  G_OBJECT_CLASS (plancia_plant_alarms_parent_class)->finalize (object);
}

static void
plancia_plant_alarms_class_init (PlanciaPlantAlarmsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_plant_alarms_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/plant-alarms.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, count);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, rows);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, empty);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, empty_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, empty_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPlantAlarms, foot);
}

static void
plancia_plant_alarms_init (PlanciaPlantAlarms *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_plant_alarms_update:
 * @self: the card
 * @devices: (element-type PlanciaDevice): the leaves of the tree
 * @zone: of the plant
 */
void
plancia_plant_alarms_update (PlanciaPlantAlarms *self, GPtrArray *devices, GTimeZone *zone)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  Askers askers = {0};

  for (guint i = 0; i < devices->len; i++)
    collect_device (g_ptr_array_index (devices, i), entries, &askers);
  g_array_sort (entries, compare_entries);

  show_count (self, entries);
  show_rows (self, entries, zone);
  show_empty (self, entries, &askers);
  show_foot (self, entries, &askers);
}
