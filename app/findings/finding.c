/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/finding.h"

void
plancia_finding_free (PlanciaFinding *self)
{
  g_free (self->device);
  g_free (self->source);
  g_ptr_array_unref (self->curves);
  g_free (self);
}

int
plancia_finding_compare (const PlanciaFinding *a, const PlanciaFinding *b)
{
  if ((a->until == 0) != (b->until == 0))
    return a->until == 0 ? -1 : 1;
  if (a->rule->severity != b->rule->severity)
    return (int) a->rule->severity - (int) b->rule->severity;
  if (a->energy != b->energy)
    return a->energy > b->energy ? -1 : 1;
  return (a->since < b->since) - (a->since > b->since);
}
