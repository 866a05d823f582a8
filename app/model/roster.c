/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/roster.h"

#include "base/clock.h"
#include "base/worker.h"
#include "findings/gather.h"
#include "plant/notes.h"
#include "plant/plant-file.h"

#include <math.h>

/* Days that are looked at for holes. */
#define HOLE_DAYS 30
/* Alarms of a device: more need not be counted. */
#define MOST_ALARMS 50

struct _PlanciaRoster
{
  GObject parent_instance;

  PlanciaStore  *store;
  PlanciaWorker *worker;
  GListStore    *items;
  GCancellable  *cancellable;
  guint          at; /* the item that is filled */
  gboolean       loading;

  /* Of that item. */
  PlanciaRosterFacts facts;
  PlanciaPlant      *plant;
  char             **devices;
  GPtrArray         *newest; /* PlanciaSeriesName: one a device, of the source that is newest */
  guint              asked;  /* of those */
};

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaRoster,
                               plancia_roster,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void load_next (PlanciaRoster *self);
static void ask_device (PlanciaRoster *self);

static void
set_loading (PlanciaRoster *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
forget_item (PlanciaRoster *self)
{
  plancia_roster_facts_clear (&self->facts);
  self->facts = (PlanciaRosterFacts){.today = NAN};
  g_clear_object (&self->plant);
  g_clear_pointer (&self->devices, g_strfreev);
  g_clear_pointer (&self->newest, g_ptr_array_unref);
  self->asked = 0;
}

static void
item_done (PlanciaRoster *self)
{
  g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), self->at);

  plancia_roster_item_set_facts (item, &self->facts);
  forget_item (self);
  self->at++;
  load_next (self);
}

/* An answer to a question that was given up, or that failed: what is not known stays so. */
static gboolean
is_over (PlanciaRoster *self, const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->loading;
}

/* --- findings ------------------------------------------------------------------------------------ */

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    findings = plancia_findings_gather_finish (PLANCIA_STORE (source), result, NULL, &error);

  if (is_over (self, error))
    return;
  for (guint i = 0; findings != NULL && i < findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (findings, i);

    if (finding->until != 0)
      continue;
    self->facts.findings++;
    self->facts.loses |= finding->rule->severity == PLANCIA_FINDING_FAULT;
  }
  item_done (self);
}

/* --- one device after another: today, last contact, holes ------------------------------------------ */

static const PlanciaSeriesName *
get_name (PlanciaRoster *self)
{
  return g_ptr_array_index (self->newest, self->asked);
}

static void
covered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    cover = plancia_store_coverage_finish (PLANCIA_STORE (source), result, &error);
  gint64   missing = 0;
  gboolean any = FALSE;

  if (is_over (self, error))
    return;
  for (guint i = 0; cover != NULL && i < cover->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (cover, i);

    if (one->kind == PLANCIA_COVER_HAVE || one->kind == PLANCIA_COVER_EMPTY)
      any = TRUE;
    else
      missing += one->span.end - one->span.start;
  }
  /* What is only read here has no holes: nobody was asked. */
  if (any)
    self->facts.holes = MAX (self->facts.holes, (guint) (missing / PLANCIA_DAY));
  self->asked++;
  ask_device (self);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (source), result, &error);
  gint64 today =
    plancia_span_day (plancia_plant_get_zone (self->plant), plancia_clock_now ()).start;

  if (is_over (self, error))
    return;
  for (guint i = 0; samples != NULL && i < plancia_samples_get_n_columns (samples); i++) {
    GArray *times = plancia_samples_get_column (samples, i)->times;

    if (times->len > 0)
      self->facts.last_contact = MAX (self->facts.last_contact,
                                      g_array_index (times, gint64, times->len - 1));
  }
  plancia_store_coverage_async (self->store,
                                get_name (self)->device,
                                get_name (self)->source,
                                (PlanciaSpan){today - HOLE_DAYS * PLANCIA_DAY, today},
                                self->cancellable,
                                covered_cb,
                                g_object_ref (self));
}

static void
energies_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) sums = plancia_store_energies_finish (PLANCIA_STORE (source), result, &error);
  const char *keys[] = {NULL, NULL};
  PlanciaSpan last;

  if (is_over (self, error))
    return;
  if (sums != NULL && sums->len > 0) {
    double pv = g_array_index (sums, PlanciaEnergySum, 0).energies[PLANCIA_ENERGY_PV];

    if (!isnan (pv))
      self->facts.today = (isnan (self->facts.today) ? 0 : self->facts.today) + pv;
  }
  last = (PlanciaSpan){get_name (self)->days.end - PLANCIA_DAY, get_name (self)->days.end};
  keys[0] = get_name (self)->key;
  plancia_store_query_async (self->store,
                             get_name (self)->device,
                             get_name (self)->source,
                             keys,
                             last,
                             self->cancellable,
                             queried_cb,
                             g_object_ref (self));
}

static void
ask_device (PlanciaRoster *self)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  PlanciaSpan today;

  if (self->asked == self->newest->len) {
    plancia_findings_gather_plant_async (self->store,
                                         self->plant,
                                         self->cancellable,
                                         judged_cb,
                                         g_object_ref (self));
    return;
  }
  today = plancia_span_day (plancia_plant_get_zone (self->plant), plancia_clock_now ());
  g_array_append_val (spans, today);
  plancia_store_energies_async (self->store,
                                get_name (self)->device,
                                get_name (self)->source,
                                plancia_plant_get_zone (self->plant),
                                spans,
                                self->cancellable,
                                energies_cb,
                                g_object_ref (self));
}

/* --- series and alarms ----------------------------------------------------------------------------- */

static void
alarms_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    alarms = plancia_store_list_alarms_finish (PLANCIA_STORE (source), result, &error);

  if (is_over (self, error))
    return;
  for (guint i = 0; alarms != NULL && i < alarms->len; i++) {
    const PlanciaAlarmRecord *alarm = g_ptr_array_index (alarms, i);

    if (alarm->until != 0 || alarm->gone)
      continue;
    self->facts.faults += alarm->severity == PLANCIA_SEVERITY_FAULT;
    self->facts.warnings += alarm->severity == PLANCIA_SEVERITY_WARNING;
  }
  ask_device (self);
}

/* Of a device that is there from several sources the newest counts, once. */
static void
add_newest (GPtrArray *newest, PlanciaSeriesName *name)
{
  for (guint i = 0; i < newest->len; i++) {
    PlanciaSeriesName *other = g_ptr_array_index (newest, i);

    if (!g_str_equal (other->device, name->device))
      continue;
    if (name->days.end > other->days.end) {
      plancia_series_name_free (other);
      newest->pdata[i] = name;
    } else {
      plancia_series_name_free (name);
    }
    return;
  }
  g_ptr_array_add (newest, name);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRoster) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    list = plancia_store_list_series_finish (PLANCIA_STORE (source), result, &error);

  if (is_over (self, error))
    return;
  self->newest = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_series_name_free);
  while (list != NULL && list->len > 0)
    add_newest (self->newest, g_ptr_array_steal_index (list, 0));
  plancia_store_list_alarms_async (self->store,
                                   (const char *const *) self->devices,
                                   MOST_ALARMS,
                                   self->cancellable,
                                   alarms_cb,
                                   g_object_ref (self));
}

/* --- the file ------------------------------------------------------------------------------------ */

static void
read_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError       *error = NULL;
  PlanciaPlant *plant = plancia_plant_file_load (data, &error);

  if (plant != NULL)
    g_task_return_pointer (task, plant, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
add_devices (GListModel *entries, GStrvBuilder *devices, guint *n)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    g_strv_builder_add (devices, plancia_entry_get_id (entry));
    *n += plancia_entry_is_device (entry);
    add_devices (plancia_entry_get_children (entry), devices, n);
  }
}

static char *
dup_notes (PlanciaNotes *notes)
{
  GString *text = g_string_new (NULL);

  for (guint i = plancia_notes_get_length (notes); i > 0; i--)
    g_string_append_printf (text,
                            "%s%s %s",
                            text->len > 0 ? "\n" : "",
                            plancia_notes_get_date (notes, i - 1),
                            plancia_notes_get_text (notes, i - 1));
  return g_string_free (text, FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaRoster *self = PLANCIA_ROSTER (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GStrvBuilder) devices = g_strv_builder_new ();

  if (is_over (self, error))
    return;
  if (plant == NULL) {
    self->facts.error = g_strdup (error->message);
    item_done (self);
    return;
  }
  self->facts.name = g_strdup (plancia_plant_get_name (plant));
  self->facts.tags = g_strdupv ((char **) plancia_notes_get_tags (plancia_notes_of (plant)));
  self->facts.notes = dup_notes (plancia_notes_of (plant));
  add_devices (plancia_plant_get_entries (plant), devices, &self->facts.n_devices);
  self->devices = g_strv_builder_end (devices);
  self->plant = g_steal_pointer (&plant);
  plancia_store_list_series_async (self->store,
                                   (const char *const *) self->devices,
                                   self->cancellable,
                                   listed_cb,
                                   g_object_ref (self));
}

static void
load_next (PlanciaRoster *self)
{
  g_autoptr (PlanciaRosterItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), self->at);
  g_autoptr (GTask) task = NULL;

  if (item == NULL) {
    set_loading (self, FALSE);
    return;
  }
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_task_data (task, g_strdup (plancia_roster_item_get_path (item)), g_free);
  plancia_worker_run (self->worker, task, read_on_worker);
}

/* --- GListModel ---------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return PLANCIA_TYPE_ROSTER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (PLANCIA_ROSTER (model)->items));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (PLANCIA_ROSTER (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_roster_dispose (GObject *object)
{
  PlanciaRoster *self = PLANCIA_ROSTER (object);

  plancia_roster_stop (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (plancia_roster_parent_class)->dispose (object);
}

static void
plancia_roster_finalize (GObject *object)
{
  PlanciaRoster *self = PLANCIA_ROSTER (object);

  forget_item (self);
  g_object_unref (self->items);
  g_object_unref (self->store);
  G_OBJECT_CLASS (plancia_roster_parent_class)->finalize (object);
}

static void
plancia_roster_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LOADING:
    g_value_set_boolean (value, PLANCIA_ROSTER (object)->loading);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_roster_class_init (PlanciaRosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_roster_dispose;
  object_class->finalize = plancia_roster_finalize;
  object_class->get_property = plancia_roster_get_property;
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
items_changed_cb (PlanciaRoster *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
plancia_roster_init (PlanciaRoster *self)
{
  self->items = g_list_store_new (PLANCIA_TYPE_ROSTER_ITEM);
  self->worker = plancia_worker_new ("plants");
  self->facts.today = NAN;
  g_signal_connect_swapped (self->items, "items-changed", G_CALLBACK (items_changed_cb), self);
}

/**
 * plancia_roster_new:
 * @store: the history of all plants
 *
 * Returns: (transfer full): an empty list
 */
PlanciaRoster *
plancia_roster_new (PlanciaStore *store)
{
  PlanciaRoster *self = g_object_new (PLANCIA_TYPE_ROSTER, NULL);

  self->store = g_object_ref (store);
  return self;
}

void
plancia_roster_stop (PlanciaRoster *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->loading)
    set_loading (self, FALSE);
}

/**
 * plancia_roster_load:
 * @self: a roster
 * @paths: files of plants
 *
 * All of them are in the list at once; what is known of them comes one after another.
 */
void
plancia_roster_load (PlanciaRoster *self, const char *const *paths)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  plancia_roster_stop (self);
  forget_item (self);
  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (items, plancia_roster_item_new (paths[i]));
  g_list_store_splice (self->items,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata,
                       items->len);
  self->cancellable = g_cancellable_new ();
  self->at = 0;
  set_loading (self, items->len > 0);
  if (items->len > 0)
    load_next (self);
}

gboolean
plancia_roster_get_loading (PlanciaRoster *self)
{
  return self->loading;
}

/* --- what a person writes ------------------------------------------------------------------------ */

typedef struct
{
  PlanciaRosterItem *item;
  char              *path;
  char              *tags;
  char              *date;
  char              *note;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->item);
  g_free (writing->path);
  g_free (writing->tags);
  g_free (writing->date);
  g_free (writing->note);
  g_free (writing);
}

/* Into the document, of a file or one that is open. */
void
plancia_roster_write_into (PlanciaPlant *plant,
                           const char   *tags,
                           const char   *date,
                           const char   *note)
{
  PlanciaNotes *notes = plancia_notes_of (plant);
  g_auto (GStrv) all = g_strsplit (tags, ",", -1);

  plancia_notes_set_tags (notes, (const char *const *) all);
  if (note != NULL && *note != '\0')
    plancia_notes_add (notes, date, note);
}

static void
write_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError  *error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_load (writing->path, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (plant != NULL) {
    plancia_roster_write_into (plant, writing->tags, writing->date, writing->note);
    bytes = plancia_plant_file_format (plant);
  }
  if (bytes != NULL && plancia_plant_file_save (writing->path, bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * plancia_roster_write_async:
 * @self: a roster
 * @item: one of its lines
 * @tags: divided by commas
 * @date: of the note, "2026-11-25"
 * @note: (nullable): what is added
 * @callback: when it is in the file
 * @user_data: for @callback
 */
void
plancia_roster_write_async (PlanciaRoster      *self,
                            PlanciaRosterItem  *item,
                            const char         *tags,
                            const char         *date,
                            const char         *note,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->item = g_object_ref (item);
  writing->path = g_strdup (plancia_roster_item_get_path (item));
  writing->tags = g_strdup (tags);
  writing->date = g_strdup (date);
  writing->note = g_strdup (note);
  g_task_set_task_data (task, writing, writing_free);
  plancia_worker_run (self->worker, task, write_on_worker);
}

gboolean
plancia_roster_write_finish (PlanciaRoster *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
