/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-detail.h"

#include "base/bytes.h"
#include "model/traffic-words.h"
#include "protocol/console-lines.h"
#include "ui/error-text.h"
#include "ui/traffic-bytes.h"
#include "ui/traffic-part-row.h"

#include <glib/gi18n.h>

/* Longer frames, and text, are shown as text. */
#define MOST_BYTES 256
/* Parts of one frame: a read of 125 registers has them all. */
#define MOST_PARTS 140
/* Of the left side, at the usual text size. */
#define LEFT_WIDTH 370
/* Heights of what scrolls, beside each other and below. */
#define PARTS_HEIGHT 168
#define PARTS_NARROW 320
#define BYTES_HEIGHT 132
#define BYTES_NARROW 220

struct _PlanciaTrafficDetail
{
  AdwBin parent_instance;

  GtkBox              *box;
  GtkWidget           *left;
  GtkWidget           *separator;
  GtkLabel            *title;
  GtkWidget           *chip;
  GtkImage            *chip_icon;
  GtkLabel            *chip_label;
  GtkScrolledWindow   *parts_scroller;
  GtkListBox          *parts;
  GtkLabel            *count;
  GtkLabel            *crc;
  GtkWidget           *copy;
  GtkScrolledWindow   *bytes_scroller;
  GtkStack            *bytes_stack;
  PlanciaTrafficBytes *bytes;
  GtkTextView         *text;
  GtkLabel            *note;

  PlanciaTrafficRow *row;
  gboolean           filling;
  gboolean           narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficDetail, plancia_traffic_detail, ADW_TYPE_BIN)

/* --- verdict --------------------------------------------------------------------------------- */

static const char *
chip_class (const PlanciaExchange *exchange)
{
  if (exchange->verdict == PLANCIA_EXCHANGE_AS_ASKED)
    return "ok";
  if (exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION)
    return "warn";
  return plancia_exchange_is_error (exchange->verdict) ? "bad" : "info";
}

static const char *
chip_icon (const PlanciaExchange *exchange)
{
  if (exchange->verdict == PLANCIA_EXCHANGE_AS_ASKED)
    return "plancia-verified-symbolic";
  if (exchange->verdict == PLANCIA_EXCHANGE_EXCEPTION)
    return "plancia-severity-warning-symbolic";
  return plancia_exchange_is_error (exchange->verdict) ? "plancia-severity-fault-symbolic"
                                                       : "plancia-severity-note-symbolic";
}

static void
show_verdict (PlanciaTrafficDetail *self, const PlanciaExchange *exchange)
{
  static const char *const classes[] = {"ok", "warn", "bad", "info"};

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->chip, classes[i]);
  gtk_widget_add_css_class (self->chip, chip_class (exchange));
  gtk_image_set_from_icon_name (self->chip_icon, chip_icon (exchange));
  gtk_label_set_text (self->chip_label, plancia_traffic_words_verdict (exchange->verdict));
}

static void
show_title (PlanciaTrafficDetail *self, GTimeZone *zone)
{
  const PlanciaExchange *exchange = plancia_traffic_row_get_exchange (self->row);
  gboolean               answer = plancia_traffic_row_is_answer (self->row);
  g_autofree char       *clock = plancia_traffic_row_dup_clock (self->row, answer, zone);
  g_autofree char       *text = NULL;

  if (exchange->verdict == PLANCIA_EXCHANGE_UNASKED)
    text = g_strdup_printf (answer ? _("Received %s") : _("Sent %s"), clock);
  else if (answer)
    /* TRANSLATORS: head of the details of a frame; the time with milliseconds */
    text = g_strdup_printf (_("Answer %s"), clock);
  else
    /* TRANSLATORS: head of the details of a frame; the time with milliseconds */
    text = g_strdup_printf (_("Question %s"), clock);
  gtk_label_set_text (self->title, text);
}

static const PlanciaPart *
find_part (GArray *parts, PlanciaPartKind kind)
{
  for (guint i = 0; i < parts->len; i++) {
    if (g_array_index (parts, PlanciaPart, i).kind == kind)
      return &g_array_index (parts, PlanciaPart, i);
  }
  return NULL;
}

/* Modbus TCP has none, and then no tick is shown for it. */
static char *
crc_text (const PlanciaExchange *exchange, GArray *parts)
{
  const PlanciaPart *crc = find_part (parts, PLANCIA_PART_CRC);

  if (crc)
    return g_strdup (crc->bad ? _("CRC is wrong") : _("CRC is right"));
  if (exchange->wire == PLANCIA_WIRE_MODBUS_TCP)
    return g_strdup (_("Modbus TCP has no CRC"));
  if (exchange->wire == PLANCIA_WIRE_HTTP)
    return g_strdup (_("Secrets are left out"));
  return g_strdup ("");
}

static char *
answer_note (PlanciaTrafficRow *row, GTimeZone *zone)
{
  const PlanciaExchange *exchange = plancia_traffic_row_get_exchange (row);
  g_autofree char       *clock = plancia_traffic_row_dup_clock (row, FALSE, zone);
  g_autofree char       *first = g_strdup_printf (_("Answers the frame of %s."), clock);
  const char            *fits = exchange->wire == PLANCIA_WIRE_HTTP ? ""
                                                                    : _("Unit, function and length match.");

  return g_strdup_printf ("%s %s", first, fits);
}

static char *
note_text (PlanciaTrafficRow *row, GTimeZone *zone)
{
  const PlanciaExchange *exchange = plancia_traffic_row_get_exchange (row);

  if (exchange->error)
    return g_strdup_printf ("%s\n%s",
                            plancia_error_text (exchange->error),
                            exchange->error->message);
  if (exchange->verdict == PLANCIA_EXCHANGE_AS_ASKED && plancia_traffic_row_is_answer (row))
    return answer_note (row, zone);
  return g_strdup ("");
}

/* --- parts and bytes ------------------------------------------------------------------------- */

static void
clear_parts (PlanciaTrafficDetail *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->parts))) != NULL)
    gtk_list_box_remove (self->parts, child);
}

static void
show_parts (PlanciaTrafficDetail *self, GArray *parts, PlanciaMap *map)
{
  clear_parts (self);
  for (guint i = 0; i < MIN (parts->len, MOST_PARTS); i++) {
    const PlanciaPart *part = &g_array_index (parts, PlanciaPart, i);
    g_autofree char   *name = plancia_traffic_words_part_name (part, map);
    g_autofree char   *value = plancia_traffic_words_part_value (part);
    g_autofree char   *range = plancia_traffic_words_part_range (part);

    gtk_list_box_append (self->parts,
                         plancia_traffic_part_row_new (plancia_traffic_bytes_color (part->color),
                                                       name,
                                                       value,
                                                       range,
                                                       part->bad));
  }
}

/* Text as characters, the rest as hex. */
static void
show_text (PlanciaTrafficDetail *self, const PlanciaExchange *exchange)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (plancia_traffic_row_get_bytes (self->row),
                                                 plancia_traffic_row_get_length (self->row));
  g_autofree char *text = NULL;

  if (exchange->wire == PLANCIA_WIRE_HTTP)
    text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  else
    text = plancia_console_hex (bytes);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
}

/* As high as the bytes are, up to a limit. */
static void
fit_bytes (PlanciaTrafficDetail *self)
{
  int      limit = self->narrow ? BYTES_NARROW : BYTES_HEIGHT;
  gboolean text = g_strcmp0 (gtk_stack_get_visible_child_name (self->bytes_stack), "text") == 0;
  int      height = text ? limit : plancia_traffic_bytes_get_height (self->bytes);

  gtk_scrolled_window_set_min_content_height (self->bytes_scroller, MIN (height, limit));
}

static void
show_bytes (PlanciaTrafficDetail *self, const PlanciaExchange *exchange, GArray *parts)
{
  guint            length = plancia_traffic_row_get_length (self->row);
  gboolean         as_text = length > MOST_BYTES || exchange->wire == PLANCIA_WIRE_HTTP;
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u byte", "%u bytes", length), length);

  gtk_label_set_text (self->count, length > 0 ? count : _("No bytes"));
  gtk_widget_set_sensitive (self->copy, length > 0);
  gtk_stack_set_visible_child_name (self->bytes_stack, as_text ? "text" : "bytes");
  if (as_text)
    show_text (self, exchange);
  plancia_traffic_bytes_set (self->bytes,
                             plancia_traffic_row_get_bytes (self->row),
                             as_text ? 0 : length,
                             parts);
  fit_bytes (self);
}

/* What a person most likely wants to know of a frame. */
static int
choose_first (GArray *parts)
{
  static const PlanciaPartKind kinds[] = {PLANCIA_PART_EXCEPTION,
                                          PLANCIA_PART_V5_ERROR,
                                          PLANCIA_PART_ADDRESS,
                                          PLANCIA_PART_REGISTER};

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    const PlanciaPart *part = find_part (parts, kinds[k]);

    if (part)
      return (int) (part - &g_array_index (parts, PlanciaPart, 0));
  }
  return -1;
}

static void
part_selected_cb (PlanciaTrafficDetail *self, GtkListBoxRow *row)
{
  if (!self->filling)
    plancia_traffic_bytes_choose (self->bytes, row ? gtk_list_box_row_get_index (row) : -1);
}

static void
choose_part (PlanciaTrafficDetail *self, int part)
{
  GtkListBoxRow *row = part >= 0 ? gtk_list_box_get_row_at_index (self->parts, part) : NULL;

  gtk_list_box_select_row (self->parts, row);
}

static void
byte_chosen_cb (PlanciaTrafficDetail *self, int part)
{
  choose_part (self, part);
}

static void
copy_cb (PlanciaTrafficDetail *self)
{
  g_autofree char *hex = NULL;

  if (!self->row)
    return;
  hex = plancia_hex_encode (plancia_traffic_row_get_bytes (self->row),
                            plancia_traffic_row_get_length (self->row),
                            " ");
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), hex);
}

static void
plancia_traffic_detail_dispose (GObject *object)
{
  PlanciaTrafficDetail *self = PLANCIA_TRAFFIC_DETAIL (object);

  /* A list box tells that nothing is selected any more when it goes, and the bytes may have gone before. */
  self->filling = TRUE;
  g_clear_object (&self->row);

  G_OBJECT_CLASS (plancia_traffic_detail_parent_class)->dispose (object);
}

static void
plancia_traffic_detail_class_init (PlanciaTrafficDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_traffic_detail_dispose;
  g_type_ensure (PLANCIA_TYPE_TRAFFIC_BYTES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/traffic-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, left);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, separator);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, chip_icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, chip_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, parts_scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, parts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, count);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, crc);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, copy);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, bytes_scroller);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, bytes_stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, bytes);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, text);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficDetail, note);
  gtk_widget_class_bind_template_callback (widget_class, part_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, byte_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_bytes);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
plancia_traffic_detail_init (PlanciaTrafficDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_traffic_detail_set:
 * @row: (nullable): what is shown
 * @map: (nullable): of its device
 * @zone: for times
 */
void
plancia_traffic_detail_set (PlanciaTrafficDetail *self,
                            PlanciaTrafficRow    *row,
                            PlanciaMap           *map,
                            GTimeZone            *zone)
{
  const PlanciaExchange *exchange;
  g_autoptr (GArray) parts = NULL;
  g_autofree char *crc = NULL;
  g_autofree char *note = NULL;

  g_set_object (&self->row, row);
  if (!row)
    return;
  exchange = plancia_traffic_row_get_exchange (row);
  parts = plancia_dissect (exchange, plancia_traffic_row_is_answer (row));
  self->filling = TRUE;
  show_title (self, zone);
  show_verdict (self, exchange);
  show_parts (self, parts, map);
  show_bytes (self, exchange, parts);
  self->filling = FALSE;
  choose_part (self, choose_first (parts));
  crc = crc_text (exchange, parts);
  note = note_text (row, zone);
  gtk_label_set_text (self->crc, crc);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note[0] != '\0');
}

/** plancia_traffic_detail_set_narrow: TRUE: the bytes below the parts. */
void
plancia_traffic_detail_set_narrow (PlanciaTrafficDetail *self, gboolean narrow)
{
  GtkOrientation orientation = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), orientation);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->separator),
                                  narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (self->left, narrow ? -1 : LEFT_WIDTH, -1);
  gtk_scrolled_window_set_max_content_height (self->parts_scroller,
                                              narrow ? PARTS_NARROW : PARTS_HEIGHT);
  self->narrow = narrow;
  fit_bytes (self);
}
