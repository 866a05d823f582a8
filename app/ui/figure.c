/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/figure.h"

#include "base/clock.h"
#include "base/span.h"
#include "base/text.h"
#include <glib/gi18n.h>
#include <math.h>

/**
 * plancia_figure_set:
 * @inscription: of the style class "tile-value"
 * @number: formatted
 * @unit: (nullable): smaller and paler behind it
 */
void
plancia_figure_set (GtkInscription *inscription, const char *number, const char *unit)
{
  g_autofree char *markup = NULL;
  g_autofree char *text = NULL;
  PangoAttrList   *attributes = NULL;

  if (!unit || !*unit) {
    plancia_figure_set_text (inscription, number);
    return;
  }

  markup = g_markup_printf_escaped (
    "%s<span size=\"63%%\" weight=\"normal\" fgalpha=\"74%%\">\xc2\xa0 %s</span>",
    number,
    unit);
  /* By hand: gtk_inscription_set_markup of GTK 4.8 loses the attributes it made. */
  if (!pango_parse_markup (markup, -1, 0, &attributes, &text, NULL, NULL))
    return;
  gtk_inscription_set_text (inscription, text);
  gtk_inscription_set_attributes (inscription, attributes);
  pango_attr_list_unref (attributes);
}

void
plancia_figure_set_text (GtkInscription *inscription, const char *text)
{
  if (g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
}

char *
plancia_figure_energy (double kilowatt_hours)
{
  return plancia_text_number (kilowatt_hours, fabs (kilowatt_hours) >= 999.95 ? 0 : 1);
}

/**
 * plancia_figure_time:
 * @time: ms UTC
 * @zone: of the plant
 *
 * Returns: (transfer full): the time of day, with the date if it is not today
 */
char *
plancia_figure_time (gint64 time, GTimeZone *zone)
{
  PlanciaSpan today = plancia_span_day (zone, plancia_clock_now ());
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  if (!local)
    return g_strdup ("\xe2\x80\x94");
  /* Translators: day, month and time of day, as in "12 June 14:02"; see g_date_time_format(). */
  return g_date_time_format (local,
                             plancia_span_contains (today, time) ? "%H:%M" : _ ("%-d %B %H:%M"));
}
