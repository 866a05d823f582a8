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

static const char *const names[PLANCIA_N_FAULTS] = {
  [PLANCIA_FAULT_NONE] = "none",
  [PLANCIA_FAULT_SILENT] = "silent",
  [PLANCIA_FAULT_SLOW] = "slow",
  [PLANCIA_FAULT_GARBAGE] = "garbage",
  [PLANCIA_FAULT_BAD_CRC] = "bad-crc",
  [PLANCIA_FAULT_LATE] = "late",
  [PLANCIA_FAULT_OTHER_UNIT] = "other-unit",
  [PLANCIA_FAULT_CLOSE] = "close",
  [PLANCIA_FAULT_EXCEPTION] = "exception",
  [PLANCIA_FAULT_TAKEOVER] = "takeover",
  [PLANCIA_FAULT_SPLIT] = "split",
  [PLANCIA_FAULT_UPLOAD] = "upload",
  [PLANCIA_FAULT_REFUSE] = "refuse",
  [PLANCIA_FAULT_PORT_CLOSED] = "port-closed",
  [PLANCIA_FAULT_CT_REVERSED_L1] = "ct-reversed-l1",
  [PLANCIA_FAULT_CT_REVERSED_L2] = "ct-reversed-l2",
  [PLANCIA_FAULT_CT_REVERSED_L3] = "ct-reversed-l3",
  [PLANCIA_FAULT_CT_REVERSED_ALL] = "ct-reversed-all",
  [PLANCIA_FAULT_CT_SWAPPED_L1_L2] = "ct-swapped-l1-l2",
  [PLANCIA_FAULT_CT_SWAPPED_L1_L3] = "ct-swapped-l1-l3",
  [PLANCIA_FAULT_CT_SWAPPED_L2_L3] = "ct-swapped-l2-l3",
  [PLANCIA_FAULT_CT_ROTATED] = "ct-rotated",
  [PLANCIA_FAULT_RESTLESS_HOUSE] = "restless-house",
  [PLANCIA_FAULT_INVALID_CLIENT] = "invalid-client",
  [PLANCIA_FAULT_502] = "502",
  [PLANCIA_FAULT_EMPTY] = "empty",
  [PLANCIA_FAULT_CUT] = "cut",
  [PLANCIA_FAULT_MISSING_THING] = "missing-thing",
  [PLANCIA_FAULT_401] = "401",
  [PLANCIA_FAULT_429] = "429",
  [PLANCIA_FAULT_503] = "503",
  [PLANCIA_FAULT_RATE_LIMIT] = "rate-limit",
  [PLANCIA_FAULT_DELAY_4] = "delay-4",
  [PLANCIA_FAULT_DELAY_12] = "delay-12",
  [PLANCIA_FAULT_HTML] = "html",
  [PLANCIA_FAULT_HUGE] = "huge",
  [PLANCIA_FAULT_OTHER_CERTIFICATE] = "other-certificate",
  [PLANCIA_FAULT_REFUSED_COMMAND] = "refused-command",
  [PLANCIA_FAULT_EMPTY_VALUE] = "empty-value",
  [PLANCIA_FAULT_RANGE_CUT] = "range-cut",
  [PLANCIA_FAULT_RANGE_SERVED] = "range-served",
  [PLANCIA_FAULT_EMPTY_THING] = "empty-thing",
  [PLANCIA_FAULT_NULL_CELLS] = "null-cells",
  [PLANCIA_FAULT_ZERO_BURST] = "zero-burst",
  [PLANCIA_FAULT_TEXT_NUMBER] = "text-number",
  [PLANCIA_FAULT_BACK_IN_TIME] = "back-in-time",
  [PLANCIA_FAULT_FROZEN] = "frozen",
  [PLANCIA_FAULT_STUCK_POWER] = "stuck-power",
  [PLANCIA_FAULT_DUPLICATE_TS] = "duplicate-ts",
  [PLANCIA_FAULT_UNSORTED_TS] = "unsorted-ts",
  [PLANCIA_FAULT_SHORT_ARRAY] = "short-array",
  [PLANCIA_FAULT_WRITE_REFUSED] = "write-refused",
  [PLANCIA_FAULT_WRITE_OFFLINE] = "write-offline",
  [PLANCIA_FAULT_CALLBACK_FAILED] = "callback-failed",
  [PLANCIA_FAULT_CALLBACK_NEVER] = "callback-never",
  [PLANCIA_FAULT_CALLBACK_LOST] = "callback-lost",
  [PLANCIA_FAULT_CALLBACK_TWICE] = "callback-twice",
  [PLANCIA_FAULT_CALLBACK_WRONG_ID] = "callback-wrong-id",
  [PLANCIA_FAULT_CALLBACK_LATE] = "callback-late",
};

static const char *const bus_faults[] = {"none",
                                         "silent",
                                         "slow",
                                         "garbage",
                                         "bad-crc",
                                         "late",
                                         "other-unit",
                                         "close",
                                         "exception",
                                         "split",
                                         "refuse",
                                         NULL};

/* What measures currents can have its sensors the wrong way round. */
static const char *const sensor_faults[] = {"none",
                                            "silent",
                                            "slow",
                                            "garbage",
                                            "bad-crc",
                                            "late",
                                            "other-unit",
                                            "close",
                                            "exception",
                                            "split",
                                            "refuse",
                                            "ct-reversed-l1",
                                            "ct-reversed-l2",
                                            "ct-reversed-l3",
                                            "ct-reversed-all",
                                            "ct-swapped-l1-l2",
                                            "ct-swapped-l1-l3",
                                            "ct-swapped-l2-l3",
                                            "ct-rotated",
                                            "restless-house",
                                            NULL};

static const char *const stick_faults[] = {"none",
                                           "silent",
                                           "slow",
                                           "upload",
                                           "garbage",
                                           "bad-crc",
                                           "late",
                                           "other-unit",
                                           "close",
                                           "exception",
                                           "split",
                                           "refuse",
                                           NULL};

static const char *const line_faults[] = {"none",
                                          "silent",
                                          "slow",
                                          "garbage",
                                          "bad-crc",
                                          "late",
                                          "other-unit",
                                          "close",
                                          "exception",
                                          "takeover",
                                          "split",
                                          "refuse",
                                          "port-closed",
                                          NULL};

static const char *const portal_faults[] = {"none",
                                            "invalid-client",
                                            "401",
                                            "429",
                                            "502",
                                            "503",
                                            "rate-limit",
                                            "silent",
                                            "slow",
                                            "delay-4",
                                            "delay-12",
                                            "close",
                                            "empty",
                                            "cut",
                                            "html",
                                            "huge",
                                            "other-certificate",
                                            "refused-command",
                                            "empty-value",
                                            "range-cut",
                                            "range-served",
                                            "missing-thing",
                                            "empty-thing",
                                            "null-cells",
                                            "zero-burst",
                                            "text-number",
                                            "back-in-time",
                                            "frozen",
                                            "stuck-power",
                                            "duplicate-ts",
                                            "unsorted-ts",
                                            "short-array",
                                            NULL};

static const char *const system_faults[] = {"none",
                                            "invalid-client",
                                            "401",
                                            "429",
                                            "502",
                                            "503",
                                            "rate-limit",
                                            "silent",
                                            "slow",
                                            "delay-4",
                                            "delay-12",
                                            "close",
                                            "empty",
                                            "cut",
                                            "html",
                                            "huge",
                                            "other-certificate",
                                            "refused-command",
                                            "empty-value",
                                            "range-cut",
                                            "range-served",
                                            "missing-thing",
                                            "empty-thing",
                                            "null-cells",
                                            "zero-burst",
                                            "text-number",
                                            "back-in-time",
                                            "frozen",
                                            "stuck-power",
                                            "duplicate-ts",
                                            "unsorted-ts",
                                            "short-array",
                                            "write-refused",
                                            "write-offline",
                                            "callback-failed",
                                            "callback-never",
                                            "callback-lost",
                                            "callback-twice",
                                            "callback-wrong-id",
                                            "callback-late",
                                            NULL};

static const char *const thing_faults[] = {"none",
                                           "missing-thing",
                                           "empty-thing",
                                           "null-cells",
                                           "zero-burst",
                                           "text-number",
                                           "back-in-time",
                                           "frozen",
                                           "stuck-power",
                                           "duplicate-ts",
                                           "unsorted-ts",
                                           "short-array",
                                           NULL};

static const char *const console_faults[] = {"none", "silent", "slow", "garbage", NULL};

/* Kinds that are not here are on a bus. */
static const struct
{
  const char        *kind;
  const char *const *faults;
} lists[] = {
  {"hub",      line_faults   },
  {"line",     line_faults   },
  {"stick",    stick_faults  },
  {"portal",   portal_faults },
  {"system",   system_faults },
  {"thing",    thing_faults  },
  {"console",  console_faults},
  {"inverter", sensor_faults },
  {"meter",    sensor_faults },
};

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
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (g_str_equal (lists[i].kind, kind))
      return lists[i].faults;
  return bus_faults;
}

gboolean
plancia_faults_is_known (const char *kind, const char *name)
{
  return g_strv_contains (plancia_faults_list (kind), name);
}

PlanciaFault
plancia_faults_parse (const char *name)
{
  for (int i = 0; i < PLANCIA_N_FAULTS; i++)
    if (g_str_equal (names[i], name))
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
