/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What commissioning judges by: steps, limits by family, grid code and phases, each with its source. Data of
 * data/commissioning, loaded once, immutable, any thread. */
typedef struct _PlanciaRules PlanciaRules;

/* What a check came to, from the best to the worst that was judged. */
typedef enum {
  PLANCIA_CHECK_OPEN, /* not done, or nothing to judge by: a person decides */
  PLANCIA_CHECK_EXPECTED,
  PLANCIA_CHECK_RESERVATION,
  PLANCIA_CHECK_FAILED,
  PLANCIA_CHECK_NOT_APPLICABLE,
  PLANCIA_CHECK_SKIPPED, /* with a reason */
  PLANCIA_N_CHECKS,
} PlanciaCheck;

/* "open", "expected", ... for files. */
const char  *plancia_check_name (PlanciaCheck check);
PlanciaCheck plancia_check_parse (const char *name); /* OPEN if unknown */

typedef struct
{
  char *id;
  char *name;
  char *
    certainty; /* "general knowledge", "field", "map", "device", "physics", "practice", "program", "vendor" */
} PlanciaRuleSource;

typedef enum {
  PLANCIA_RULE_ANSWERED,   /* at least one of the keys has a value */
  PLANCIA_RULE_RANGE,      /* each between minimum and maximum */
  PLANCIA_RULE_SPREAD,     /* the largest less the smallest: at most maximum */
  PLANCIA_RULE_NONE_OF,    /* none has one of these numbers */
  PLANCIA_RULE_BETWEEN,    /* between what two other registers say */
  PLANCIA_RULE_PRODUCT,    /* KEY_power is KEY_voltage times KEY_current within maximum % */
  PLANCIA_RULE_MAP_LIMITS, /* each within the limits of its map */
  PLANCIA_RULE_GRID_CODE,  /* the number stands for the grid code that is expected */
} PlanciaRuleKind;

typedef struct
{
  char                    *id;
  char                    *step;
  char                    *title; /* English, context "commissioning" */
  PlanciaRuleKind          kind;
  char                   **keys;    /* patterns */
  double                   minimum; /* NAN: none */
  double                   maximum;
  char                    *unit;
  char                    *low;     /* key, or NULL */
  char                    *high;    /* key, or NULL */
  GArray                  *values;  /* gint64 */
  PlanciaCheck             outside; /* RESERVATION or FAILED */
  gboolean                 decides; /* alone enough for "as expected" */
  char                   **maps;    /* ids, or NULL: all */
  char                   **grid_codes;
  guint                    phases; /* 0: any */
  char                    *when;   /* key, or NULL */
  double                   when_minimum;
  double                   when_maximum;
  const PlanciaRuleSource *source;
} PlanciaRule;

typedef struct
{
  char    *id;
  char    *title; /* English, context "commissioning" */
  char    *why;
  char   **evidence; /* patterns of keys */
  gboolean person;   /* needs somebody at the plant */
} PlanciaStep;

typedef struct
{
  char                    *id;
  char                    *name;
  char                   **zones; /* where it is proposed; or NULL */
  const PlanciaRuleSource *source;
  GPtrArray               *numbers; /* PlanciaGridCodeNumbers */
} PlanciaGridCode;

/* What the devices of some maps call it. */
typedef struct
{
  char                   **maps;
  GArray                  *values; /* gint64 */
  const PlanciaRuleSource *source;
} PlanciaGridCodeNumbers;

/* Where the powers of the direction test stand. */
typedef struct
{
  char                   **maps;   /* ids; empty: any */
  char                   **grid;   /* 1 or 3 keys */
  char                   **output; /* as many, or NULL */
  gboolean                 import; /* positive numbers are import */
  guint                    phases; /* of the map; 0: any */
  const PlanciaRuleSource *source;
} PlanciaDirectionMeasure;

/* A register that turns a sensor round. */
typedef struct
{
  char                   **maps; /* ids; empty: any that has the key */
  char                    *key;
  guint                    phase; /* 1 to 3 */
  gint64                   right;
  gint64                   reversed;
  const PlanciaRuleSource *source;
} PlanciaDirectionSetting;

typedef struct
{
  guint                    baseline;   /* s */
  guint                    load;       /* s */
  guint                    settle;     /* s after the load came on */
  double                   least_load; /* W */
  const PlanciaRuleSource *source;
  GPtrArray               *measures; /* PlanciaDirectionMeasure */
  GPtrArray               *settings; /* PlanciaDirectionSetting */
} PlanciaDirectionRules;

/* The shipped ones. (transfer none) */
PlanciaRules *plancia_rules_get (void);
/* From documents of these names ("steps", "grid-codes", "direction", the others are rules). PLANCIA_DOCUMENT_ERROR with
 * file and key path. For tests and for the shipped ones. */
PlanciaRules      *
plancia_rules_new (const char *const *names, GBytes *const *documents, GError **error);
void plancia_rules_free (PlanciaRules *self);

guint                  plancia_rules_get_n_steps (PlanciaRules *self);
const PlanciaStep     *plancia_rules_get_step (PlanciaRules *self, guint index);
const PlanciaStep     *plancia_rules_find_step (PlanciaRules *self, const char *id);
guint                  plancia_rules_get_length (PlanciaRules *self);
const PlanciaRule     *plancia_rules_get_rule (PlanciaRules *self, guint index);
guint                  plancia_rules_get_n_grid_codes (PlanciaRules *self);
const PlanciaGridCode *plancia_rules_get_grid_code (PlanciaRules *self, guint index);
const PlanciaGridCode *plancia_rules_find_grid_code (PlanciaRules *self, const char *id);
/* Proposed for a time zone, or NULL. */
const PlanciaGridCode       *plancia_rules_propose_grid_code (PlanciaRules *self, const char *zone);
const PlanciaDirectionRules *plancia_rules_get_direction (PlanciaRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaRules, plancia_rules_free)

G_END_DECLS
