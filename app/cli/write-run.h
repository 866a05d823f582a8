/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/target.h"

G_BEGIN_DECLS

/* The way of a write from the edits to the verdicts, for every verb that writes. */
typedef struct
{
  const char *kind; /* for the journal: "write", "raw", "restore", "clone" */
  gboolean    dry_run;
  gboolean    yes;
  gboolean    accept_risk;
  gboolean    json;
  const char *note; /* for the journal: where the values come from; or NULL */
} PlanciaWriteRun;

/* edits: PlanciaEdit*. The exit code; done only if everything is verified or was so already. */
int plancia_write_run (const PlanciaWriteRun *run, PlanciaTarget *target, GPtrArray *edits);

G_END_DECLS
