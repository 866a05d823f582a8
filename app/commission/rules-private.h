/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/rules.h"
#include "map/json-check.h"

G_BEGIN_DECLS

struct _PlanciaRules
{
  GPtrArray            *sources; /* PlanciaRuleSource */
  GPtrArray            *steps;
  GPtrArray            *rules;
  GPtrArray            *grid_codes;
  PlanciaDirectionRules direction;
};

/* rules-parse.c: reads one document into self. name: of the file without its end. */
gboolean
plancia_rules_parse (PlanciaRules *self, const char *name, GBytes *document, GError **error);

G_END_DECLS
