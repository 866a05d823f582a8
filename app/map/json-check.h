/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading a JSON document that a person may have written. Every getter checks what it gets; the
 * first thing that is wrong is kept with its key path, and later getters go on with harmless values.
 * So a reader is straight-line code with one question at the end. */

/* Where we are, as a chain on the stack: a key, or an index if key is NULL. */
typedef struct _PlanciaJsonPath PlanciaJsonPath;
struct _PlanciaJsonPath
{
  const PlanciaJsonPath *parent;
  const char            *key;
  guint                  index;
};

/* One thing that is wrong, for people. */
typedef struct
{
  char *path;  /* "registers[12].count" */
  char *words; /* in the program's language, without the place */
} PlanciaJsonComplaint;

typedef struct
{
  const char *origin;     /* names the file in messages */
  GError     *error;      /* the first thing that is wrong, or NULL */
  GPtrArray  *complaints; /* PlanciaJsonComplaint: all that is wrong; NULL: nobody asks */
} PlanciaJsonCheck;

typedef enum {
  PLANCIA_JSON_OPTIONAL,
  PLANCIA_JSON_REQUIRED,
} PlanciaJsonNeed;

/* Parses text; PLANCIA_DOCUMENT_ERROR_SYNTAX with the line. The root must be an object. */
JsonNode *plancia_json_parse (GBytes *bytes, const char *origin, GError **error);

/* key may be NULL: the path itself is wrong. */
void     plancia_json_fail (PlanciaJsonCheck      *check,
                            const PlanciaJsonPath *path,
                            const char            *key,
                            int                    code,
                            const char            *format,
                            ...) G_GNUC_PRINTF (5, 6);
void     plancia_json_complaint_free (gpointer data);
gboolean plancia_json_failed (const PlanciaJsonCheck *check);
/* "registers[12].count" (transfer full) */
char *plancia_json_path_to_string (const PlanciaJsonPath *path, const char *key);

JsonObject *plancia_json_get_object (PlanciaJsonCheck      *check,
                                     const PlanciaJsonPath *path,
                                     JsonObject            *object,
                                     const char            *key,
                                     PlanciaJsonNeed        need);
JsonArray  *plancia_json_get_array (PlanciaJsonCheck      *check,
                                    const PlanciaJsonPath *path,
                                    JsonObject            *object,
                                    const char            *key,
                                    PlanciaJsonNeed        need);
const char *plancia_json_get_string (PlanciaJsonCheck      *check,
                                     const PlanciaJsonPath *path,
                                     JsonObject            *object,
                                     const char            *key,
                                     PlanciaJsonNeed        need);
/* fallback when absent; minimum when wrong. */
gint64   plancia_json_get_integer (PlanciaJsonCheck      *check,
                                   const PlanciaJsonPath *path,
                                   JsonObject            *object,
                                   const char            *key,
                                   PlanciaJsonNeed        need,
                                   gint64                 minimum,
                                   gint64                 maximum,
                                   gint64                 fallback);
double   plancia_json_get_number (PlanciaJsonCheck      *check,
                                  const PlanciaJsonPath *path,
                                  JsonObject            *object,
                                  const char            *key,
                                  double                 fallback);
gboolean plancia_json_get_boolean (PlanciaJsonCheck      *check,
                                   const PlanciaJsonPath *path,
                                   JsonObject            *object,
                                   const char            *key);
/* Index in choices (NULL-terminated), fallback when absent. */
int plancia_json_get_choice (PlanciaJsonCheck      *check,
                             const PlanciaJsonPath *path,
                             JsonObject            *object,
                             const char            *key,
                             PlanciaJsonNeed        need,
                             const char *const     *choices,
                             int                    fallback);
/* An integer or a text such as "0x0404". */
gint64 plancia_json_get_address (PlanciaJsonCheck      *check,
                                 const PlanciaJsonPath *path,
                                 JsonObject            *object,
                                 const char            *key,
                                 PlanciaJsonNeed        need,
                                 gint64                 fallback);

/* Elements of an array; path is the element's own. */
JsonObject *plancia_json_element_object (PlanciaJsonCheck      *check,
                                         const PlanciaJsonPath *path,
                                         JsonArray             *array);
const char *plancia_json_element_string (PlanciaJsonCheck      *check,
                                         const PlanciaJsonPath *path,
                                         JsonArray             *array);
/* An integer or "0x..." of any length. */
gint64 plancia_json_node_integer (PlanciaJsonCheck      *check,
                                  const PlanciaJsonPath *path,
                                  JsonNode              *node,
                                  gint64                 minimum,
                                  gint64                 maximum);

/* ^[a-z][a-z0-9_]*$ */
gboolean plancia_json_is_key (const char *text);
/* ^[a-z0-9]+(-[a-z0-9]+)*$ */
gboolean plancia_json_is_id (const char *text);

G_END_DECLS
