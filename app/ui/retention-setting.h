/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/retention.h"

G_BEGIN_DECLS

/* The settings' word on how long recorded history is kept. Main thread. */
PlanciaRetention plancia_retention_setting_get (void);

G_END_DECLS
