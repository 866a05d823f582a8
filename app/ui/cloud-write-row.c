/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/cloud-write-row.h"

#include "map/field-value.h"
#include "map/map.h"
#include "ui/device-words.h"
#include "ui/life-line.h"
#include "ui/ui-resource.h"
#include <glib/gi18n.h>
#include <string.h>

#define SEPARATOR " \xc2\xb7 "
/* As the backend begins the sentence. */
#define UNREAD "no answer came, and it could not be read back: "

struct _PlanciaCloudWriteRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel  *name;
  GtkLabel  *place;
  GtkWidget *chip;
  GtkImage  *chip_icon;
  GtkLabel  *chip_label;
  AdwBin    *life;
  GtkLabel  *note;
  GtkWidget *buttons;
  GtkWidget *read_back;
  GtkWidget *import;

  PlanciaCloudWrite *write;
  GTimeZone         *zone;
};

enum {
  READ_BACK,
  IMPORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaCloudWriteRow, plancia_cloud_write_row, ADW_TYPE_PREFERENCES_ROW)

/* --- what is written ------------------------------------------------------------------------- */

static char *
describe_field (PlanciaCloudWrite *write, PlanciaMap *map, const char *key)
{
  const PlanciaField *field = map != NULL ? plancia_map_find_field (map, key) : NULL;
  g_auto (PlanciaValue) value = {0};
  g_autofree char *text = NULL;
  int              offset;

  if (field == NULL)
    return g_strdup (key);
  offset = (int) field->address - (int) plancia_cloud_write_get_address (write);
  if (offset < 0 || (guint) offset + field->count > plancia_cloud_write_get_count (write))
    return g_strdup (plancia_map_label (field->name));
  plancia_field_decode (field, plancia_cloud_write_get_words (write) + offset, &value);
  text = plancia_field_format (field, &value, NULL);
  /* Translators: a setting and the value that it is to have */
  return g_strdup_printf (_ ("%s: %s"), plancia_map_label (field->name), text);
}

static void
show_what (PlanciaCloudWriteRow *self, PlanciaMap *map)
{
  g_auto (GStrv) keys = g_strsplit (plancia_cloud_write_get_title (self->write), "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint            count = plancia_cloud_write_get_count (self->write);
  g_autofree char *words = NULL;
  g_autofree char *place = NULL;

  for (guint i = 0; keys[i] != NULL; i++) {
    g_autofree char *one = describe_field (self->write, map, keys[i]);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
  }
  gtk_label_set_text (self->name, text->str);
  words = g_strdup_printf (ngettext ("%u word", "%u words", count), count);
  place = g_strdup_printf ("%s" SEPARATOR "%04X, %s",
                           plancia_cloud_write_get_thing (self->write),
                           plancia_cloud_write_get_address (self->write),
                           words);
  gtk_label_set_text (self->place, place);
}

/* --- how it fares ---------------------------------------------------------------------------- */

static void
set_chip (PlanciaCloudWriteRow *self, const char *style, const char *icon, const char *text)
{
  const char *classes[] = {"chip", style, NULL};

  gtk_widget_set_css_classes (self->chip, style != NULL ? classes : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->chip_icon), icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (self->chip_icon, icon);
  gtk_label_set_text (self->chip_label, text);
}

static void
show_waiting (PlanciaCloudWriteRow *self)
{
  gint64           deadline = plancia_cloud_write_get_deadline (self->write);
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  if (deadline == 0) {
    set_chip (self, NULL, NULL, "");
    return;
  }
  time = plancia_device_words_time (deadline, self->zone);
  /* Translators: %s is a time of the day */
  text = g_strdup_printf (_ ("answer expected by %s"), time);
  set_chip (self, NULL, NULL, text);
}

static void
show_verdict (PlanciaCloudWriteRow *self)
{
  switch (plancia_cloud_write_get_state (self->write)) {
  case PLANCIA_CLOUD_WRITE_DONE:
    if (plancia_cloud_write_get_verdict (self->write) == PLANCIA_VERDICT_VERIFIED)
      set_chip (self, "ok", "plancia-verified-symbolic", _ ("Verified"));
    else
      set_chip (self, "warn", "plancia-unknown-symbolic", _ ("Not read back"));
    break;
  case PLANCIA_CLOUD_WRITE_FAILED:
    set_chip (self, "bad", "plancia-severity-fault-symbolic", _ ("Failed"));
    break;
  case PLANCIA_CLOUD_WRITE_UNKNOWN:
    set_chip (self, "warn", "plancia-unknown-symbolic", _ ("Unknown"));
    break;
  default:
    show_waiting (self);
  }
}

/* The sentences are the backend's own, known ones in the language of the person. */
static const char *
message_words (const char *message)
{
  static const char *const known[] = {
    N_ ("no answer came in time"),
        N_ ("the cloud says done, but another value was read back"),
            N_ ("no answer came, and the device has another value so far"),
                N_ ("done, as the cloud says; it could not be read back"),
                    N_ ("the cloud says that the device did not take it"),
                };

  for (guint i = 0; message != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i], message))
      return _ (known[i]);
  return message;
}

/* What the service says stands behind what that means. NULL: there is nothing to say. */
static char *
describe_end (PlanciaCloudWrite *write)
{
  const char    *message = plancia_cloud_write_get_message (write);
  const char    *answer = plancia_cloud_write_get_answer (write);
  PlanciaVerdict verdict = plancia_cloud_write_get_verdict (write);
  gboolean       failed = plancia_cloud_write_get_state (write) == PLANCIA_CLOUD_WRITE_FAILED;

  if (message == NULL)
    return NULL;
  if (failed && verdict == PLANCIA_VERDICT_SKIPPED)
    return g_strdup_printf ("%s %s", _ ("Nothing was sent."), message);
  if (failed && verdict == PLANCIA_VERDICT_REFUSED && !plancia_cloud_write_has_answer (write))
    return g_strdup_printf ("%s %s", _ ("The portal refused the request."), message);
  if (failed && verdict == PLANCIA_VERDICT_REFUSED && answer != NULL)
    return g_strdup_printf ("%s: %s", _ ("the cloud says that the device did not take it"), answer);
  if (g_str_has_prefix (message, UNREAD))
    return g_strdup_printf ("%s: %s",
                            _ ("no answer came, and it could not be read back"),
                               message + strlen (UNREAD));
  return g_strdup (message_words (message));
}

static void
update (PlanciaCloudWriteRow *self)
{
  g_autofree char       *message = describe_end (self->write);
  PlanciaCloudWriteState state = plancia_cloud_write_get_state (self->write);

  show_verdict (self);
  gtk_label_set_text (self->note, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), message != NULL);
  gtk_widget_set_visible (self->buttons,
                          state == PLANCIA_CLOUD_WRITE_UNKNOWN ||
                            state == PLANCIA_CLOUD_WRITE_WAITING);
  gtk_widget_set_visible (self->read_back, state == PLANCIA_CLOUD_WRITE_UNKNOWN);
}

static void
read_back_clicked (PlanciaCloudWriteRow *self)
{
  g_signal_emit (self, signals[READ_BACK], 0);
}

static void
import_clicked (PlanciaCloudWriteRow *self)
{
  g_signal_emit (self, signals[IMPORT], 0);
}

static void
plancia_cloud_write_row_dispose (GObject *object)
{
  PlanciaCloudWriteRow *self = PLANCIA_CLOUD_WRITE_ROW (object);

  g_clear_object (&self->write);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_cloud_write_row_parent_class)->dispose (object);
}

static void
plancia_cloud_write_row_class_init (PlanciaCloudWriteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = PLANCIA_TYPE_CLOUD_WRITE_ROW;

  G_OBJECT_CLASS (klass)->dispose = plancia_cloud_write_row_dispose;
  signals[READ_BACK] =
    g_signal_new ("read-back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[IMPORT] =
    g_signal_new ("import", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/cloud-write-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, place);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, chip_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, chip_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, life);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, note);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, read_back);
  gtk_widget_class_bind_template_child (widget_class, PlanciaCloudWriteRow, import);
  gtk_widget_class_bind_template_callback (widget_class, read_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked);
}

static void
plancia_cloud_write_row_init (PlanciaCloudWriteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_cloud_write_row_new:
 * @write: to follow
 * @zone: of the plant
 * @map: (nullable): for names and values
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
plancia_cloud_write_row_new (PlanciaCloudWrite *write, GTimeZone *zone, PlanciaMap *map)
{
  PlanciaCloudWriteRow *self = g_object_new (PLANCIA_TYPE_CLOUD_WRITE_ROW, NULL);

  self->write = g_object_ref (write);
  self->zone = g_time_zone_ref (zone);
  adw_bin_set_child (self->life, plancia_life_line_new (write, zone));
  show_what (self, map);
  g_signal_connect_object (write, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

PlanciaCloudWrite *
plancia_cloud_write_row_get_write (PlanciaCloudWriteRow *self)
{
  return self->write;
}
