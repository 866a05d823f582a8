/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-item.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PlanciaLogItem
{
  GObject parent_instance;

  PlanciaLogLine *line;
};

G_DEFINE_FINAL_TYPE (PlanciaLogItem, plancia_log_item, G_TYPE_OBJECT)

static void
plancia_log_item_finalize (GObject *object)
{
  plancia_log_line_unref (PLANCIA_LOG_ITEM (object)->line);

  G_OBJECT_CLASS (plancia_log_item_parent_class)->finalize (object);
}

static void
plancia_log_item_class_init (PlanciaLogItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_log_item_finalize;
}

static void
plancia_log_item_init (PlanciaLogItem *self)
{
}

/**
 * plancia_log_item_new:
 * @line: what it shows
 *
 * Returns: (transfer full): an item
 */
PlanciaLogItem *
plancia_log_item_new (PlanciaLogLine *line)
{
  PlanciaLogItem *self = g_object_new (PLANCIA_TYPE_LOG_ITEM, NULL);

  self->line = plancia_log_line_ref (line);
  return self;
}

const PlanciaLogLine *
plancia_log_item_get_line (PlanciaLogItem *self)
{
  return self->line;
}

const char *
plancia_log_item_get_part (PlanciaLogItem *self)
{
  static const struct
  {
    const char *domain;
    const char *name;
  } parts[] = {
    {"plancia-ui",         NC_ ("log", "Program")      },
    {"plancia-base",       NC_ ("log", "Program")      },
    {"plancia-link",       NC_ ("log", "Connections")  },
    {"plancia-backend",    NC_ ("log", "Connections")  },
    {"plancia-protocol",   NC_ ("log", "Connections")  },
    {"plancia-history",    NC_ ("log", "Archive")      },
    {"plancia-model",      NC_ ("log", "Plant")        },
    {"plancia-plant",      NC_ ("log", "Plant")        },
    {"plancia-map",        NC_ ("log", "Maps")         },
    {"plancia-commission", NC_ ("log", "Commissioning")},
    {"plancia-report",     NC_ ("log", "Reports")      },
    {"plancia-simulator",  NC_ ("log", "Simulator")    },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_equal (parts[i].domain, self->line->domain))
      return g_dpgettext2 (NULL, "log", parts[i].name);
  return self->line->domain;
}

const char *
plancia_log_item_get_level_text (PlanciaLogItem *self)
{
  switch (self->line->level) {
  case PLANCIA_LOG_DETAIL:
    /* Translators: level of a line of the log */
    return C_ ("log", "Detail");
  case PLANCIA_LOG_NOTE:
    /* Translators: level of a line of the log: something that was done */
    return C_ ("log", "Event");
  case PLANCIA_LOG_WARNING:
    return C_ ("log", "Warning");
  default:
    return C_ ("log", "Error");
  }
}

static gboolean
has (const char *text, const char *word)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, word) != NULL;
}

gboolean
plancia_log_item_matches (PlanciaLogItem *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !has (self->line->text, words[i]) &&
        !has (plancia_log_item_get_part (self), words[i]))
      return FALSE;
  return TRUE;
}
