/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/roster-item.h"

#include "base/span.h"

#include <glib/gi18n.h>
#include <math.h>

/* A plant that was not heard for so long is silent. */
#define SILENT (3 * PLANCIA_DAY)

struct _PlanciaRosterItem
{
  GObject parent_instance;

  char              *path;
  char              *file; /* its name without folder and ending */
  gboolean           loaded;
  PlanciaRosterFacts facts;
};

enum {
  PROP_0,
  PROP_LOADED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PlanciaRosterItem, plancia_roster_item, G_TYPE_OBJECT)

void
plancia_roster_facts_clear (PlanciaRosterFacts *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->tags, g_strfreev);
  g_clear_pointer (&self->notes, g_free);
}

static void
plancia_roster_item_finalize (GObject *object)
{
  PlanciaRosterItem *self = PLANCIA_ROSTER_ITEM (object);

  g_free (self->path);
  g_free (self->file);
  plancia_roster_facts_clear (&self->facts);
  G_OBJECT_CLASS (plancia_roster_item_parent_class)->finalize (object);
}

static void
plancia_roster_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LOADED:
    g_value_set_boolean (value, PLANCIA_ROSTER_ITEM (object)->loaded);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_roster_item_class_init (PlanciaRosterItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_roster_item_finalize;
  object_class->get_property = plancia_roster_item_get_property;
  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_roster_item_init (PlanciaRosterItem *self)
{
  self->facts.today = NAN;
}

/**
 * plancia_roster_item_new:
 * @path: file of a plant
 *
 * Returns: (transfer full): a line of which nothing is known yet
 */
PlanciaRosterItem *
plancia_roster_item_new (const char *path)
{
  PlanciaRosterItem *self = g_object_new (PLANCIA_TYPE_ROSTER_ITEM, NULL);
  char              *ending;

  self->path = g_strdup (path);
  self->file = g_path_get_basename (path);
  ending = strrchr (self->file, '.');
  if (ending != NULL && ending != self->file)
    *ending = '\0';
  return self;
}

const char *
plancia_roster_item_get_path (PlanciaRosterItem *self)
{
  return self->path;
}

gboolean
plancia_roster_item_get_loaded (PlanciaRosterItem *self)
{
  return self->loaded;
}

const PlanciaRosterFacts *
plancia_roster_item_get_facts (PlanciaRosterItem *self)
{
  return &self->facts;
}

const char *
plancia_roster_item_get_name (PlanciaRosterItem *self)
{
  return self->facts.name != NULL ? self->facts.name : self->file;
}

void
plancia_roster_item_set_facts (PlanciaRosterItem *self, PlanciaRosterFacts *facts)
{
  plancia_roster_facts_clear (&self->facts);
  self->facts = *facts;
  *facts = (PlanciaRosterFacts){0};
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

gboolean
plancia_roster_item_matches (PlanciaRosterItem *self, const char *text)
{
  g_autofree char *tags = self->facts.tags != NULL ? g_strjoinv (" ", self->facts.tags)
                                                   : g_strdup ("");
  g_autofree char *all = g_strjoin (" ",
                                    plancia_roster_item_get_name (self),
                                    tags,
                                    self->facts.notes != NULL ? self->facts.notes : "",
                                    NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* --- what the facts mean ------------------------------------------------------------------------- */

PlanciaRosterState
plancia_roster_facts_state (const PlanciaRosterFacts *facts, gint64 now)
{
  if (facts->name == NULL)
    return PLANCIA_ROSTER_UNREADABLE;
  if (facts->faults > 0 || facts->loses)
    return PLANCIA_ROSTER_FAULT;
  if (facts->last_contact == 0)
    return PLANCIA_ROSTER_UNKNOWN;
  if (now - facts->last_contact > SILENT)
    return PLANCIA_ROSTER_SILENT;
  return facts->warnings > 0 || facts->findings > 0 ? PLANCIA_ROSTER_WARNING : PLANCIA_ROSTER_FINE;
}

PlanciaRosterNext
plancia_roster_facts_next (const PlanciaRosterFacts *facts, gint64 now)
{
  if (facts->name == NULL)
    return PLANCIA_ROSTER_FIND_FILE;
  if (facts->faults > 0)
    return PLANCIA_ROSTER_SEE_ALARMS;
  if (facts->loses)
    return PLANCIA_ROSTER_SEE_FINDINGS;
  if (facts->last_contact == 0)
    return PLANCIA_ROSTER_FETCH_HISTORY;
  if (now - facts->last_contact > SILENT)
    return PLANCIA_ROSTER_SEE_WHY_SILENT;
  if (facts->warnings > 0)
    return PLANCIA_ROSTER_SEE_ALARMS;
  if (facts->findings > 0)
    return PLANCIA_ROSTER_SEE_FINDINGS;
  return facts->holes > 0 ? PLANCIA_ROSTER_FILL_HOLES : PLANCIA_ROSTER_NOTHING;
}

const char *
plancia_roster_state_words (PlanciaRosterState state)
{
  static const char *const words[PLANCIA_N_ROSTER_STATES] = {NC_ ("plant state", "Not readable"),
                                                             NC_ ("plant state", "Fault"),
                                                             NC_ ("plant state", "Silent"),
                                                             NC_ ("plant state", "Warning"),
                                                             NC_ ("plant state", "Not known"),
                                                             NC_ ("plant state", "In order")};

  return g_dpgettext2 (NULL, "plant state", words[state]);
}

const char *
plancia_roster_next_words (PlanciaRosterNext next)
{
  switch (next) {
  case PLANCIA_ROSTER_FIND_FILE:
    return _ ("Find its file");
  case PLANCIA_ROSTER_SEE_ALARMS:
    return _ ("See its alarms");
  case PLANCIA_ROSTER_SEE_FINDINGS:
    return _ ("See its findings");
  case PLANCIA_ROSTER_SEE_WHY_SILENT:
    return _ ("See why it is silent");
  case PLANCIA_ROSTER_FETCH_HISTORY:
    return _ ("Fetch its history");
  case PLANCIA_ROSTER_FILL_HOLES:
    return _ ("Fetch what is missing");
  case PLANCIA_ROSTER_NOTHING:
  default:
    return _ ("Nothing");
  }
}
