/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/device-kind.h"

const char *const plancia_device_kinds[] = {"stick",
                                            "hub",
                                            "line",
                                            "inverter",
                                            "battery",
                                            "meter",
                                            "ev-charger",
                                            "heat-pump",
                                            "power-magic",
                                            "psc",
                                            "console",
                                            "portal",
                                            "thing",
                                            "other",
                                            NULL};
