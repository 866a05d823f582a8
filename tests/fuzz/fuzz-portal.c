/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "../protocol/same-samples.h"
#include "protocol/portal-json.h"
#include "protocol/portal-scan.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  PlanciaSpan      day = {0, PLANCIA_DAY};
  gint64           time;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  const PlanciaCloudFormat *format = plancia_cloud_format_portal ();
  g_autoptr (PlanciaPortalAnswer) answer = plancia_portal_answer_new (body, 200, &error);
  g_autoptr (PlanciaPortalRealtime) now = NULL;
  g_autoptr (PlanciaSamples) past = NULL;
  g_autoptr (GArray) alarms = NULL;
  g_autoptr (GArray) intervals = NULL;
  g_autoptr (PlanciaSamples)
    scanned = plancia_portal_scan_historic (format, text, size, "A", "device", day, NULL, NULL);

  FUZZ_PROMISE ((answer == NULL) == (error != NULL));
  if (answer != NULL) {
    now = plancia_portal_json_realtime (format, answer, "A", &error);
    past = plancia_portal_json_historic (format, answer, "A", "device", day, NULL);
    alarms = plancia_portal_json_alarms (format, answer, "A", &time, NULL);
    intervals = plancia_portal_json_past_alarms (format, answer, "A", NULL);
  }
  FUZZ_PROMISE ((now == NULL) == (error != NULL));
  FUZZ_PROMISE (!scanned || (past && same_samples (scanned, past)));
  FUZZ_PROMISE (!past || plancia_samples_get_n_columns (past) < size + 1);
  plancia_portal_json_time (text, &time);
  return 0;
}
