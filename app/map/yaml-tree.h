/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A YAML document as a tree of texts: the part of the language that definition files use. What scalars mean is for the reader to
 * say (here "on" stays "on"). Aliases, anchors, tags, several documents, more than 16 levels, 4 MiB or 20 000 entries of lists
 * and maps are refused, so that a small file cannot become a big tree. Immutable, any thread. */

typedef enum {
  PLANCIA_YAML_SCALAR,
  PLANCIA_YAML_LIST,
  PLANCIA_YAML_MAP,
} PlanciaYamlKind;

typedef struct _PlanciaYaml PlanciaYaml;
struct _PlanciaYaml
{
  PlanciaYamlKind kind;
  guint           line;   /* from 1 */
  gboolean        quoted; /* a scalar in quotes is a text, whatever it looks like */
  char           *text;   /* of a scalar, else NULL */
  GPtrArray
    *children; /* PlanciaYaml: entries of a list, keys and values in turn of a map; else NULL */
};

#define PLANCIA_YAML_MAXIMUM_DEPTH 16
#define PLANCIA_YAML_MAXIMUM_ITEMS 20000 /* entries of one list or keys of one map */
#define PLANCIA_YAML_MAXIMUM_NODES 400000

/* PLANCIA_DOCUMENT_ERROR_SYNTAX or _INVALID, with the line. */
PlanciaYaml *plancia_yaml_parse (GBytes *bytes, const char *origin, GError **error);
void         plancia_yaml_free (PlanciaYaml *self);

/* All accept NULL and nodes of another kind, and answer with nothing then. */
const PlanciaYaml *plancia_yaml_get (const PlanciaYaml *self, const char *key);
guint              plancia_yaml_get_n (const PlanciaYaml *self); /* entries of a list */
const PlanciaYaml *plancia_yaml_get_at (const PlanciaYaml *self, guint index);
/* A scalar's text; NULL for null ("", "~", "null" without quotes). */
const char *plancia_yaml_get_text (const PlanciaYaml *self);
/* Decimal, "0x", "0o"; FALSE for another text. */
gboolean plancia_yaml_get_integer (const PlanciaYaml *self, gint64 *out);
/* An integer or a finite float. */
gboolean plancia_yaml_get_number (const PlanciaYaml *self, double *out);
/* "true", "True", "yes" and the like; FALSE also if it is absent. */
gboolean plancia_yaml_get_boolean (const PlanciaYaml *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaYaml, plancia_yaml_free)

G_END_DECLS
