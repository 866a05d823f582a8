/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/gather.h"

#include "base/clock.h"
#include "model/device-alarms.h"
#include "model/snapshots.h"
#include <glib/gi18n.h>

/* A connection that was just opened has not asked enough to be judged. */
#define ENOUGH_REQUESTS 20
#define LINK_QUESTIONS  5
/* Times and ms. */
#define LINK_LOOKS 20
#define LINK_PAUSE 250

typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  PlanciaVisit     *visit;
  PlanciaMap       *map;
  guint             step;
  GStrv             keys;
  guint             asked; /* questions of the step about the connection */
  guint             looked;
  GPtrArray        *evidence; /* while more is looked for */
  gint64            asked_at;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->plant);
  g_object_unref (work->device);
  g_object_unref (work->visit);
  g_clear_pointer (&work->map, plancia_map_unref);
  g_strfreev (work->keys);
  g_clear_pointer (&work->evidence, g_ptr_array_unref);
  g_free (work);
}

static gboolean
is_step (Work *work, const char *id)
{
  return g_str_equal (plancia_visit_get_rule (work->visit, work->step)->id, id);
}

static void
add_count (GPtrArray *list, const char *key, const char *name, guint count)
{
  g_ptr_array_add (list,
                   plancia_evidence_new_number (key, name, count, 0, "", plancia_clock_now ()));
}

/* --- ends ------------------------------------------------------------------------------------ */

static void
fail (GTask *task, GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_visit_fail (work->visit, work->step, error->message);
  g_task_return_error (task, error);
}

/* evidence: (transfer full) */
static void
judge (GTask *task, GPtrArray *evidence)
{
  Work              *work = g_task_get_task_data (task);
  const PlanciaStep *step = plancia_visit_get_rule (work->visit, work->step);
  const char        *code = plancia_visit_get_text (work->visit, PLANCIA_VISIT_GRID_CODE);
  PlanciaJudged      judged = {work->map, code[0] != '\0' ? code : NULL};
  GPtrArray         *findings = NULL;
  PlanciaCheck       proposed =
    plancia_judge_step (plancia_visit_get_rules (work->visit), step, &judged, evidence, &findings);

  /* Its map has nothing of the kind. */
  if (evidence->len == 0)
    proposed = PLANCIA_CHECK_NOT_APPLICABLE;
  plancia_visit_take (work->visit, work->step, proposed, evidence, findings, plancia_clock_now ());
  g_task_return_boolean (task, TRUE);
}

/* --- alarms ---------------------------------------------------------------------------------- */

static const char *
alarm_key (PlanciaSeverity severity)
{
  switch (severity) {
  case PLANCIA_SEVERITY_FAULT:
    return "alarm_fault";
  case PLANCIA_SEVERITY_WARNING:
    return "alarm_warning";
  case PLANCIA_SEVERITY_NOTE:
  default:
    return "alarm_note";
  }
}

static void
add_alarm (GPtrArray *list, const PlanciaAlarm *alarm)
{
  g_autofree char *fallback = g_strdup_printf ("Bit %u", alarm->bit);
  PlanciaEvidence *evidence = plancia_evidence_new_number (alarm_key (alarm->severity),
                                                           alarm->label != NULL ? alarm->label
                                                                                : fallback,
                                                           alarm->id,
                                                           0,
                                                           "",
                                                           alarm->since);

  evidence->address = alarm->field != NULL ? alarm->address : -1;
  if (alarm->field != NULL) {
    evidence->n_words = 1;
    evidence->words = g_memdup2 (&alarm->word, sizeof alarm->word);
  }
  g_ptr_array_add (list, evidence);
}

static GPtrArray *
list_alarms (PlanciaDevice *device)
{
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);
  GPtrArray           *list = plancia_evidence_list_new ();
  guint                counts[3] = {0};

  if (!plancia_device_alarms_supported (alarms) || plancia_device_alarms_get_time (alarms) == 0)
    return list;
  for (guint i = 0; i < plancia_device_alarms_get_n_open (alarms); i++) {
    const PlanciaAlarm *alarm = plancia_device_alarms_get (alarms, i);

    counts[alarm->severity == PLANCIA_SEVERITY_FAULT     ? 0
           : alarm->severity == PLANCIA_SEVERITY_WARNING ? 1
                                                         : 2]++;
    add_alarm (list, alarm);
  }
  add_count (list, "alarms_fault", NC_ ("commissioning", "Open faults"), counts[0]);
  add_count (list, "alarms_warning", NC_ ("commissioning", "Open warnings"), counts[1]);
  add_count (list, "alarms_note", NC_ ("commissioning", "Open notes"), counts[2]);
  return list;
}

/* Registers of batteries that this machine could have and has not. */
static void
drop_absent (GPtrArray *evidence)
{
  const PlanciaEvidence *count = plancia_evidence_find (evidence, "battery_count");

  if (count == NULL || !(count->number >= 1))
    return;
  for (guint i = evidence->len; i > 0; i--) {
    const PlanciaEvidence *one = g_ptr_array_index (evidence, i - 1);

    if (g_pattern_match_simple ("battery?_*", one->key) && g_ascii_isdigit (one->key[7]) &&
        one->key[7] - '0' > count->number)
      g_ptr_array_remove_index (evidence, i - 1);
  }
}

/* --- what was recorded ----------------------------------------------------------------------- */

static const char *const mean_keys[] = {"grid_voltage",
                                        "grid_voltage_l1",
                                        "grid_voltage_l2",
                                        "grid_voltage_l3",
                                        NULL};

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (source), result, NULL);

  if (samples != NULL)
    plancia_evidence_add_means (work->evidence, samples, work->asked_at);
  judge (task, g_steal_pointer (&work->evidence));
}

/* A standard limits the mean of ten minutes: it is there if the plant was open so long. */
static void
add_means (GTask *task, GPtrArray *evidence)
{
  Work         *work = g_task_get_task_data (task);
  PlanciaStore *store = plancia_open_plant_get_store (work->plant);

  if (store == NULL) {
    judge (task, evidence);
    return;
  }
  work->evidence = evidence;
  work->asked_at = plancia_clock_now ();
  plancia_store_query_async (store,
                             plancia_device_get_id (work->device),
                             NULL,
                             mean_keys,
                             (PlanciaSpan){work->asked_at - PLANCIA_EVIDENCE_MEAN, work->asked_at},
                             g_task_get_cancellable (task),
                             recorded_cb,
                             g_object_ref (task));
}

/* --- the ways ------------------------------------------------------------------------------- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work   *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);
  GPtrArray *evidence;

  if (readings == NULL) {
    fail (task, error);
    return;
  }
  evidence = plancia_evidence_list_new ();
  plancia_evidence_add_readings (evidence, work->map, (const char *const *) work->keys, readings);
  if (is_step (work, "clock"))
    plancia_evidence_add_clock (
      evidence,
      plancia_plant_get_zone (plancia_open_plant_get_plant (work->plant)));
  if (is_step (work, "battery"))
    drop_absent (evidence);
  if (is_step (work, "grid"))
    add_means (task, evidence);
  else
    judge (task, evidence);
}

static void
read_registers (GTask *task)
{
  Work           *work = g_task_get_task_data (task);
  const char     *id = plancia_device_get_id (work->device);
  PlanciaBackend *backend = plancia_device_get_backend (work->device);

  work->keys = plancia_evidence_list_keys (
    work->map,
    (const char *const *) plancia_visit_get_rule (work->visit, work->step)->evidence);
  if (work->keys[0] == NULL) {
    judge (task, plancia_evidence_list_new ());
    return;
  }
  plancia_backend_read_async (backend,
                              id,
                              (const char *const *) work->keys,
                              g_task_get_cancellable (task),
                              read_cb,
                              g_object_ref (task));
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work   *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PlanciaSnapshot) snapshot = plancia_snapshots_take_finish (result, &error);
  g_autofree char *time = NULL;
  GPtrArray       *evidence;
  guint            read;

  if (snapshot == NULL) {
    fail (task, error);
    return;
  }
  read = plancia_snapshot_count_read (snapshot);
  time = g_strdup_printf ("%" G_GINT64_FORMAT, plancia_snapshot_get_time (snapshot));
  plancia_visit_set_text (work->visit, PLANCIA_VISIT_SNAPSHOT, time);
  evidence = plancia_evidence_list_new ();
  add_count (evidence, "snapshot_read", NC_ ("commissioning", "Registers kept"), read);
  add_count (evidence,
             "snapshot_missed",
             NC_ ("commissioning", "Registers that did not answer"),
             plancia_snapshot_get_length (snapshot) - read);
  judge (task, evidence);
}

static void ask_link (GTask *task);
static void look_at_link (GTask *task);

static gboolean
look_again_cb (gpointer task)
{
  look_at_link (task);
  return G_SOURCE_REMOVE;
}

/* The connection tells its figures now and then, not after each request. */
static void
look_at_link (GTask *task)
{
  Work              *work = g_task_get_task_data (task);
  PlanciaLinkQuality quality = {0};
  GPtrArray         *evidence;

  plancia_backend_get_quality (plancia_device_get_backend (work->device), &quality);
  if (quality.requests < work->asked && ++work->looked < LINK_LOOKS &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    g_timeout_add_full (G_PRIORITY_DEFAULT,
                        LINK_PAUSE,
                        look_again_cb,
                        g_object_ref (task),
                        g_object_unref);
    return;
  }
  evidence = plancia_evidence_list_new ();
  plancia_evidence_add_quality (evidence, &quality, plancia_clock_now ());
  judge (task, evidence);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work   *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    fail (task, error);
    return;
  }
  /* What was not answered is counted by the connection itself. */
  g_clear_error (&error);
  if (++work->asked < LINK_QUESTIONS)
    ask_link (task);
  else
    look_at_link (task);
}

/* Something that every device answers, a few times. */
static void
ask_link (GTask *task)
{
  Work              *work = g_task_get_task_data (task);
  const char *const  wanted[] = {"serial_number", "state", "grid_frequency", NULL};
  PlanciaLinkQuality quality = {0};

  plancia_backend_get_quality (plancia_device_get_backend (work->device), &quality);
  if (work->keys == NULL)
    work->keys = plancia_evidence_list_keys (work->map, wanted);
  if (work->keys[0] == NULL || quality.requests >= ENOUGH_REQUESTS) {
    look_at_link (task);
    return;
  }
  plancia_backend_read_async (plancia_device_get_backend (work->device),
                              plancia_device_get_id (work->device),
                              (const char *const *) work->keys,
                              g_task_get_cancellable (task),
                              asked_cb,
                              g_object_ref (task));
}

static void
begin (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (is_step (work, "connection"))
    ask_link (task);
  else if (is_step (work, "snapshot"))
    plancia_snapshots_take_async (
      plancia_snapshots_for (work->plant),
      work->device,
      PLANCIA_SNAPSHOT_REQUEST,
      _("Commissioning"), g_task_get_cancellable (task), snapshot_cb, g_object_ref (task));
  else if (is_step (work, "alarms"))
    judge (task, list_alarms (work->device));
  else
    read_registers (task);
}

gboolean
plancia_gather_is_possible (PlanciaDevice *device)
{
  return plancia_device_get_entry (device) != NULL &&
         plancia_entry_is_device (plancia_device_get_entry (device)) &&
         plancia_device_get_map (device) != NULL &&
         (plancia_device_get_flags (device) & PLANCIA_BACKEND_REGISTERS) != 0;
}

/**
 * plancia_gather_async:
 * @plant: of the device
 * @device: to be asked
 * @visit: gets what was seen
 * @step: index
 * @cancellable: (nullable): stops the reading
 */
void
plancia_gather_async (PlanciaOpenPlant   *plant,
                      PlanciaDevice      *device,
                      PlanciaVisit       *visit,
                      guint               step,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work           *work = g_new0 (Work, 1);
  PlanciaBackend *backend = plancia_device_get_backend (device);

  work->plant = g_object_ref (plant);
  work->device = g_object_ref (device);
  work->visit = g_object_ref (visit);
  work->step = step;
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  if (!plancia_gather_is_possible (device) || backend == NULL ||
      plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN) {
    fail (task,
          g_error_new (G_IO_ERROR,
                       G_IO_ERROR_NOT_CONNECTED,
                       "%s is not connected, or its map is not known",
                       plancia_device_get_name (device)));
    return;
  }
  work->map = plancia_map_ref (plancia_device_get_map (device));
  begin (task);
}

gboolean
plancia_gather_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
