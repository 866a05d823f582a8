/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/system-json.h"

static void
check (const PlanciaCallback *callback)
{
  FUZZ_PROMISE (callback->thing != NULL);
  FUZZ_PROMISE (callback->exception >= 0 && callback->exception < 256);
  FUZZ_PROMISE (callback->exception == 0 || callback->status == PLANCIA_CALLBACK_FAILED);
  FUZZ_PROMISE (callback->message == NULL || callback->status != PLANCIA_CALLBACK_DONE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  g_autoptr (GPtrArray) callbacks = plancia_system_json_callback (body, &error);

  FUZZ_PROMISE ((callbacks == NULL) == (error != NULL));
  FUZZ_PROMISE (callbacks == NULL || callbacks->len > 0);
  for (guint i = 0; callbacks != NULL && i < callbacks->len; i++)
    check (g_ptr_array_index (callbacks, i));
  FUZZ_PROMISE (plancia_system_json_accepted (body, 200, NULL, &other) == (other == NULL));
  return 0;
}
