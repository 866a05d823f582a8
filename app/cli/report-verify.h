/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "report verify FILE": file is the annex (JSON) of a commissioning report, or its PDF, beside which the annex is looked for. Returns the
 * exit code: done only if the hash is the one that the report has. */
int plancia_cli_report_verify (const char *file);

G_END_DECLS
