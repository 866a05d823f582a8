/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* What a fuzz target is: takes any bytes and must neither crash nor break a promise of the decoder. Run by libFuzzer
 * (tests/fuzz/run) or over the seeds by replay.c. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A promise that holds for any input. abort, because libFuzzer keeps the input of that signal only. */
#define FUZZ_PROMISE(condition)                        \
  G_STMT_START                                         \
  {                                                    \
    if (!(condition)) {                                \
      g_printerr ("broken promise: %s\n", #condition); \
      abort ();                                        \
    }                                                  \
  }                                                    \
  G_STMT_END
