/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/portal-json.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  PlanciaSpan      day = {0, PLANCIA_DAY};
  gint64           time;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPortalRealtime) now = plancia_portal_json_realtime (body, 200, "A", &error);
  g_autoptr (PlanciaSamples)
    past = plancia_portal_json_historic (body, 200, "A", "device", day, NULL);
  g_autoptr (GArray) alarms = plancia_portal_json_alarms (body, 200, "A", &time, NULL);

  FUZZ_PROMISE ((now == NULL) == (error != NULL));
  FUZZ_PROMISE (!past || plancia_samples_get_n_columns (past) < size + 1);
  plancia_portal_json_time (text, &time);
  return 0;
}
