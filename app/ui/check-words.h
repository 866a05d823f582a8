/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/rules.h"

G_BEGIN_DECLS

/* How a result looks: its icon, and the class of its colour ("ok-ink", "warn-ink", "error-ink", "caption-dim"). (transfer none) */
const char *plancia_check_icon (PlanciaCheck check);
const char *plancia_check_class (PlanciaCheck check);
/* As the label of a button: "As expected". */
const char *plancia_check_label (PlanciaCheck check);

G_END_DECLS
