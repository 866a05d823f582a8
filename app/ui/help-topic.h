/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <glib.h>

G_BEGIN_DECLS

/* Which place of the manual explains an error ("page#place"), and what is looked at. Never NULL. */
const char *plancia_help_topic_of_error (const GError *error);
/* page: name of a page of the window, or NULL; device: what is looked at, or NULL. */
const char *plancia_help_topic_of_view (const char *page, PlanciaDevice *device);

G_END_DECLS
