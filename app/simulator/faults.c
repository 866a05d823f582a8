/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/faults.h"

#include "base/error.h"
#include <string.h>

typedef struct
{
  char        *kind;
  char        *parent;
  PlanciaFault fault;
  double       load[3]; /* W */
} Entry;

struct _PlanciaFaults
{
  GMutex      mutex;
  GHashTable *entries; /* name -> Entry */
};

/* Which kinds of devices can have a fault. */
typedef enum {
  BUS = 1 << 0,
  SENSOR = 1 << 1, /* what measures currents can have its sensors the wrong way round */
  STICK = 1 << 2,
  LINE = 1 << 3,
  PORTAL = 1 << 4,
  SYSTEM = 1 << 5,
  THING = 1 << 6,
  CONSOLE = 1 << 7,
  WIRES = BUS | SENSOR | STICK | LINE,
  CLOUDS = PORTAL | SYSTEM,
  ALL = WIRES | CLOUDS | THING | CONSOLE,
} Kinds;

static const struct
{
  const char *name;
  guint       kinds;
} table[PLANCIA_N_FAULTS] = {
  [PLANCIA_FAULT_NONE] = {"none",              ALL            },
  [PLANCIA_FAULT_SILENT] = {"silent",            ALL & ~THING   },
  [PLANCIA_FAULT_SLOW] = {"slow",              ALL & ~THING   },
  [PLANCIA_FAULT_GARBAGE] = {"garbage",           WIRES | CONSOLE},
  [PLANCIA_FAULT_BAD_CRC] = {"bad-crc",           WIRES          },
  [PLANCIA_FAULT_LATE] = {"late",              WIRES          },
  [PLANCIA_FAULT_OTHER_UNIT] = {"other-unit",        WIRES          },
  [PLANCIA_FAULT_CLOSE] = {"close",             WIRES | CLOUDS },
  [PLANCIA_FAULT_EXCEPTION] = {"exception",         WIRES          },
  [PLANCIA_FAULT_TAKEOVER] = {"takeover",          LINE           },
  [PLANCIA_FAULT_SPLIT] = {"split",             WIRES          },
  [PLANCIA_FAULT_UPLOAD] = {"upload",            STICK          },
  [PLANCIA_FAULT_REFUSE] = {"refuse",            WIRES          },
  [PLANCIA_FAULT_PORT_CLOSED] = {"port-closed",       LINE           },
  [PLANCIA_FAULT_CT_REVERSED_L1] = {"ct-reversed-l1",    SENSOR         },
  [PLANCIA_FAULT_CT_REVERSED_L2] = {"ct-reversed-l2",    SENSOR         },
  [PLANCIA_FAULT_CT_REVERSED_L3] = {"ct-reversed-l3",    SENSOR         },
  [PLANCIA_FAULT_CT_REVERSED_ALL] = {"ct-reversed-all",   SENSOR         },
  [PLANCIA_FAULT_CT_SWAPPED_L1_L2] = {"ct-swapped-l1-l2",  SENSOR         },
  [PLANCIA_FAULT_CT_SWAPPED_L1_L3] = {"ct-swapped-l1-l3",  SENSOR         },
  [PLANCIA_FAULT_CT_SWAPPED_L2_L3] = {"ct-swapped-l2-l3",  SENSOR         },
  [PLANCIA_FAULT_CT_ROTATED] = {"ct-rotated",        SENSOR         },
  [PLANCIA_FAULT_RESTLESS_HOUSE] = {"restless-house",    SENSOR         },
  [PLANCIA_FAULT_INVALID_CLIENT] = {"invalid-client",    CLOUDS         },
  [PLANCIA_FAULT_502] = {"502",               CLOUDS         },
  [PLANCIA_FAULT_EMPTY] = {"empty",             CLOUDS         },
  [PLANCIA_FAULT_CUT] = {"cut",               CLOUDS         },
  [PLANCIA_FAULT_MISSING_THING] = {"missing-thing",     CLOUDS | THING },
  [PLANCIA_FAULT_401] = {"401",               CLOUDS         },
  [PLANCIA_FAULT_429] = {"429",               CLOUDS         },
  [PLANCIA_FAULT_503] = {"503",               CLOUDS         },
  [PLANCIA_FAULT_RATE_LIMIT] = {"rate-limit",        CLOUDS         },
  [PLANCIA_FAULT_DELAY_4] = {"delay-4",           CLOUDS         },
  [PLANCIA_FAULT_DELAY_12] = {"delay-12",          CLOUDS         },
  [PLANCIA_FAULT_HTML] = {"html",              CLOUDS         },
  [PLANCIA_FAULT_HUGE] = {"huge",              CLOUDS         },
  [PLANCIA_FAULT_OTHER_CERTIFICATE] = {"other-certificate", CLOUDS         },
  [PLANCIA_FAULT_REFUSED_COMMAND] = {"refused-command",   CLOUDS         },
  [PLANCIA_FAULT_EMPTY_VALUE] = {"empty-value",       CLOUDS         },
  [PLANCIA_FAULT_RANGE_CUT] = {"range-cut",         CLOUDS         },
  [PLANCIA_FAULT_RANGE_SERVED] = {"range-served",      CLOUDS         },
  [PLANCIA_FAULT_EMPTY_THING] = {"empty-thing",       CLOUDS | THING },
  [PLANCIA_FAULT_NULL_CELLS] = {"null-cells",        CLOUDS | THING },
  [PLANCIA_FAULT_ZERO_BURST] = {"zero-burst",        CLOUDS | THING },
  [PLANCIA_FAULT_TEXT_NUMBER] = {"text-number",       CLOUDS | THING },
  [PLANCIA_FAULT_BACK_IN_TIME] = {"back-in-time",      CLOUDS | THING },
  [PLANCIA_FAULT_FROZEN] = {"frozen",            CLOUDS | THING },
  [PLANCIA_FAULT_STUCK_POWER] = {"stuck-power",       CLOUDS | THING },
  [PLANCIA_FAULT_REPLACED] = {"replaced",          CLOUDS | THING },
  [PLANCIA_FAULT_DUPLICATE_TS] = {"duplicate-ts",      CLOUDS | THING },
  [PLANCIA_FAULT_UNSORTED_TS] = {"unsorted-ts",       CLOUDS | THING },
  [PLANCIA_FAULT_SHORT_ARRAY] = {"short-array",       CLOUDS | THING },
  [PLANCIA_FAULT_WRITE_REFUSED] = {"write-refused",     SYSTEM         },
  [PLANCIA_FAULT_WRITE_OFFLINE] = {"write-offline",     SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_FAILED] = {"callback-failed",   SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_NEVER] = {"callback-never",    SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_LOST] = {"callback-lost",     SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_TWICE] = {"callback-twice",    SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_WRONG_ID] = {"callback-wrong-id", SYSTEM         },
  [PLANCIA_FAULT_CALLBACK_LATE] = {"callback-late",     SYSTEM         },
};

/* Kinds that are not here are on a bus. */
static const struct
{
  const char *kind;
  guint       bit;
} kinds[] = {
  {"hub",      LINE   },
  {"line",     LINE   },
  {"stick",    STICK  },
  {"portal",   PORTAL },
  {"system",   SYSTEM },
  {"thing",    THING  },
  {"console",  CONSOLE},
  {"inverter", SENSOR },
  {"meter",    SENSOR },
};

static guint
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].bit;
  return BUS;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->kind);
  g_free (entry->parent);
  g_free (entry);
}

/**
 * plancia_faults_list:
 * @kind: of a device
 *
 * Returns: (transfer none): names, "none" first, %NULL at the end
 */
const char *const *
plancia_faults_list (const char *kind)
{
  static GMutex      mutex;
  static GHashTable *lists; /* bit -> names */
  guint              bit = find_kind (kind);
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&mutex);
  const char **list;
  guint        n = 0;

  if (lists == NULL)
    lists = g_hash_table_new (NULL, NULL);
  list = g_hash_table_lookup (lists, GUINT_TO_POINTER (bit));
  if (list != NULL)
    return list;
  list = g_new0 (const char *, PLANCIA_N_FAULTS + 1);
  for (guint i = 0; i < PLANCIA_N_FAULTS; i++)
    if (table[i].kinds & bit)
      list[n++] = table[i].name;
  g_hash_table_insert (lists, GUINT_TO_POINTER (bit), list);
  return list;
}

gboolean
plancia_faults_is_known (const char *kind, const char *name)
{
  guint bit = find_kind (kind);

  for (guint i = 0; i < PLANCIA_N_FAULTS; i++)
    if ((table[i].kinds & bit) && g_str_equal (table[i].name, name))
      return TRUE;
  return FALSE;
}

PlanciaFault
plancia_faults_parse (const char *name)
{
  for (int i = 0; i < PLANCIA_N_FAULTS; i++)
    if (g_str_equal (table[i].name, name))
      return (PlanciaFault) i;
  return PLANCIA_FAULT_NONE;
}

PlanciaFaults *
plancia_faults_new (void)
{
  PlanciaFaults *self = g_new0 (PlanciaFaults, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
plancia_faults_free (PlanciaFaults *self)
{
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * plancia_faults_add:
 * @self: the list
 * @device: name
 * @kind: decides which faults it can have
 * @parent: (nullable): what it hangs on
 *
 * Before the servers start.
 */
void
plancia_faults_add (PlanciaFaults *self, const char *device, const char *kind, const char *parent)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = g_strdup (kind);
  entry->parent = g_strdup (parent);
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->entries, g_strdup (device), entry);
  g_mutex_unlock (&self->mutex);
}

/**
 * plancia_faults_set:
 * @self: the list
 * @device: name
 * @name: of the fault
 * @error: %PLANCIA_DOCUMENT_ERROR_INVALID
 *
 * Any thread; the next answer shows it.
 *
 * Returns: %FALSE if the device does not exist or cannot have this fault
 */
gboolean
plancia_faults_set (PlanciaFaults *self, const char *device, const char *name, GError **error)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, device);

  if (entry != NULL && plancia_faults_is_known (entry->kind, name)) {
    entry->fault = plancia_faults_parse (name);
    return TRUE;
  }
  if (entry == NULL)
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "no simulated device \"%s\"",
                 device);
  else
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "\"%s\" (%s) has no fault \"%s\"",
                 device,
                 entry->kind,
                 name);
  return FALSE;
}

/**
 * plancia_faults_get:
 * @self: the list
 * @device: name
 *
 * Returns: the device's fault, or that of what it hangs on
 */
PlanciaFault
plancia_faults_get (PlanciaFaults *self, const char *device)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, device);

  while (entry != NULL && entry->fault == PLANCIA_FAULT_NONE && entry->parent != NULL)
    entry = g_hash_table_lookup (self->entries, entry->parent);
  return entry != NULL ? entry->fault : PLANCIA_FAULT_NONE;
}

gboolean
plancia_faults_set_load (PlanciaFaults *self, const char *device, const double *watts)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, device);

  if (entry == NULL)
    return FALSE;
  memcpy (entry->load, watts, sizeof entry->load);
  return TRUE;
}

void
plancia_faults_get_load (PlanciaFaults *self, const char *device, double *watts)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, device);

  memset (watts, 0, sizeof entry->load);
  if (entry != NULL)
    memcpy (watts, entry->load, sizeof entry->load);
}

const char *
plancia_faults_kind (PlanciaFaults *self, const char *device)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  Entry *entry = g_hash_table_lookup (self->entries, device);

  return entry != NULL ? entry->kind : NULL;
}
