/* SPDX-License-Identifier: GPL-3.0-or-later */

/* keep-secret ACCOUNT NAME SECRET: puts what a story needs into the keyring, as the dialog does. With SECRET_BACKEND=file
 * the keyring is a file of the story. */
#include "plant/secrets.h"

#include <stdio.h>

/* Asked for by AddressSanitizer: libsecret's own leak (lsan.supp) is found by its name in a whole stack only. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean in_memory = FALSE;

  if (argc != 4)
    return 2;
  if (!plancia_secrets_store (argv[1], argv[2], argv[3], &in_memory, NULL, &error)) {
    fprintf (stderr, "keep-secret: %s\n", error->message);
    return 1;
  }
  if (in_memory)
    fprintf (stderr, "keep-secret: there is no keyring\n");

  return in_memory ? 1 : 0;
}
