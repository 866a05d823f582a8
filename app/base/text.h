/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers for people: locale's decimal sign, real minus sign (U+2212), groups of three split by
 * U+202F from 10 000 on. Not for files or protocols. All (transfer full). */
char *plancia_text_number (double value, guint decimals);
/* Power in watts as number and unit: "3.42" "kW", "212" "kW", "1.90" "kW", "0.00" "kW": three
 * significant digits, kW or MW. NAN gives an em dash. unit is a borrowed constant. */
char *plancia_text_power (double watts, const char **unit);
/* Energy in the same way: "41.9" "kWh", "4218" "kWh", "12.5" "MWh". */
char *plancia_text_energy (double kilowatt_hours, const char **unit);
/* As a person wants them from now on. Any thread. */
typedef enum {
  PLANCIA_POWER_AUTO, /* kW; MW from 1000 kW on */
  PLANCIA_POWER_W,    /* W below 10 kW, then as above */
  PLANCIA_POWER_KW,   /* always */
} PlanciaPowerUnit;
void plancia_text_set_power_unit (PlanciaPowerUnit unit);
/* FALSE: MWh from 10 000 kWh on. */
void plancia_text_set_kilowatt_hours_only (gboolean only);
/* "41.9 kWh", "100 %" (in some languages "100%"); number alone without a unit. */
char *plancia_text_with_unit (const char *number, const char *unit);
/* "2 s", "41 s", "3 min", "2 h", "5 d". */
char *plancia_text_age (gint64 milliseconds);
/* Formats with the C locale whatever the process uses: for files and protocols. */
char *plancia_text_c_number (double value, guint decimals);
/* Time of zone as "2026-06-12 14:05:37". */
char *plancia_text_iso_time (gint64 time, GTimeZone *zone);
/* RFC 3339 with milliseconds and Z. */
char *plancia_text_utc_time (gint64 time);

G_END_DECLS
