/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* plancia-cli report PLANT: the monthly report. arguments: "report" and what follows. */
int plancia_cli_report_month (GStrv arguments);

G_END_DECLS
