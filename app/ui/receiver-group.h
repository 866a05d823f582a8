/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The receiver of answers to writes through a cloud, as a group of the preferences: on, where it listens, where a cloud
 * finds it, how it fares. */
#define PLANCIA_TYPE_RECEIVER_GROUP (plancia_receiver_group_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaReceiverGroup,
                      plancia_receiver_group,
                      PLANCIA,
                      RECEIVER_GROUP,
                      AdwPreferencesGroup)

G_END_DECLS
