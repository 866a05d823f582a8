/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/check-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon;
  const char *ink;
  const char *label;
} looks[PLANCIA_N_CHECKS] = {
  [PLANCIA_CHECK_OPEN] = {"plancia-pending-symbolic",          "caption-dim", N_ ("To do")      },
                          [PLANCIA_CHECK_EXPECTED] =
                            {"plancia-verified-symbolic",         "ok-ink",      N_ ("As expected")},
                             [PLANCIA_CHECK_RESERVATION] = {
                          "plancia-severity-warning-symbolic", "warn-ink",
                          N_ ("With reservation")                                               },
                               [PLANCIA_CHECK_FAILED] =
                                 {"plancia-severity-fault-symbolic",   "error-ink",   N_ ("Failed")     },
                                  [PLANCIA_CHECK_NOT_APPLICABLE] = {
                          "plancia-skipped-symbolic",          "caption-dim",
                          N_ ("Not applicable")                                                 },
                                    [PLANCIA_CHECK_SKIPPED] = {"plancia-skipped-symbolic",
                          "caption-dim",                                      N_ ("Not done")   },
};

const char *
plancia_check_icon (PlanciaCheck check)
{
  return looks[check].icon;
}

const char *
plancia_check_class (PlanciaCheck check)
{
  return looks[check].ink;
}

const char *
plancia_check_label (PlanciaCheck check)
{
  return _ (looks[check].label);
}
