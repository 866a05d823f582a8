/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/solarman-v5.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_auto (PlanciaSolarmanFrame) frame = {0};

  FUZZ_PROMISE (plancia_solarman_v5_scan (data, size, NULL) <= (gssize) size);
  if (plancia_solarman_v5_decode (bytes, &frame, NULL)) {
    g_autoptr (GBytes) again = plancia_solarman_v5_encode (&frame);
    g_autoptr (GBytes) rtu = plancia_solarman_v5_get_rtu (&frame, NULL);
    g_autoptr (GBytes) answer = plancia_solarman_v5_acknowledge (&frame, 0);

    FUZZ_PROMISE (g_bytes_equal (again, bytes));
    FUZZ_PROMISE (answer != NULL);
    FUZZ_PROMISE (!rtu || g_bytes_get_size (rtu) < size);
  }
  return 0;
}
