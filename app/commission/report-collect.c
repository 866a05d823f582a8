/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report.h"

#include "base/clock.h"
#include "base/span.h"
#include "model/open-plant-journal.h"
#include "model/snapshots.h"

/* ms: how far back the curves go. */
#define CURVE_SPAN (6 * PLANCIA_HOUR)
/* Of a curve: more than a line on paper shows. */
#define MOST_POINTS  400
#define MOST_ENTRIES 500

static const char *const curve_keys[] =
  {"pv_power", "load_power", "grid_active_power", "battery_power", "output_active_power", NULL};

typedef struct
{
  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  PlanciaVisit     *visit;
  PlanciaJournal   *journal; /* or NULL */
  JsonObject       *data;
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->plant);
  g_object_unref (work->device);
  g_object_unref (work->visit);
  g_clear_object (&work->journal);
  g_clear_pointer (&work->data, json_object_unref);
  g_free (work);
}

/* --- curves, the last part ------------------------------------------------------------------- */

static JsonObject *
curve_to_json (const PlanciaSampleColumn *column, PlanciaMap *map)
{
  const PlanciaField *field = map != NULL ? plancia_map_find_field (map, column->key) : NULL;
  JsonObject         *object = json_object_new ();
  JsonArray          *points = json_array_new ();
  guint               step = MAX (1, (column->times->len + MOST_POINTS - 1) / MOST_POINTS);

  json_object_set_string_member (object, "key", column->key);
  json_object_set_string_member (object, "name", field != NULL ? field->name : column->key);
  json_object_set_string_member (object, "unit", field != NULL ? field->unit : "");
  for (guint i = 0; i < column->times->len; i += step) {
    JsonArray *point = json_array_new ();

    json_array_add_int_element (point, g_array_index (column->times, gint64, i));
    json_array_add_double_element (point, g_array_index (column->values, double, i));
    json_array_add_array_element (points, point);
  }
  json_object_set_array_member (object, "points", points);
  return object;
}

static void
add_curves (Work *work, PlanciaSamples *samples)
{
  JsonArray *curves = json_array_new ();

  for (guint i = 0; samples != NULL && i < plancia_samples_get_n_columns (samples); i++) {
    const PlanciaSampleColumn *column = plancia_samples_get_column (samples, i);

    if (column->times->len > 1)
      json_array_add_object_element (curves,
                                     curve_to_json (column, plancia_device_get_map (work->device)));
  }
  json_object_set_array_member (work->data, "curves", curves);
}

static void
finish (GTask *task)
{
  Work            *work = g_task_get_task_data (task);
  JsonObject      *root = json_object_new ();
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  JsonNode        *data = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *hash = NULL;

  json_node_set_object (data, work->data);
  hash = plancia_commission_report_hash (data);
  json_object_set_string_member (root, "format", "plancia-commissioning-report");
  json_object_set_int_member (root, "version", 1);
  json_object_set_string_member (root, "sha256", hash);
  json_object_set_member (root, "data", data);
  json_node_take_object (node, root);
  g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
}

static void
curves_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (source), result, NULL);

  add_curves (work, samples);
  finish (task);
}

static void
ask_curves (GTask *task)
{
  Work         *work = g_task_get_task_data (task);
  PlanciaStore *store = plancia_open_plant_get_store (work->plant);
  gint64        now = plancia_clock_now ();

  if (store == NULL) {
    add_curves (work, NULL);
    finish (task);
    return;
  }
  plancia_store_query_async (store,
                             plancia_device_get_id (work->device),
                             NULL,
                             curve_keys,
                             (PlanciaSpan){now - CURVE_SPAN, now},
                             g_task_get_cancellable (task),
                             curves_cb,
                             g_object_ref (task));
}

/* --- what was written ------------------------------------------------------------------------ */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
add_change (JsonArray *changes, const PlanciaJournalEntry *entry)
{
  for (guint i = 0; entry->items != NULL && i < entry->items->len; i++) {
    const PlanciaJournalItem *item = g_ptr_array_index (entry->items, i);
    JsonObject               *object = json_object_new ();
    g_autofree char          *address = g_strdup_printf ("0x%04X", item->address);

    json_object_set_int_member (object, "time", entry->time);
    set_text (object, "key", item->key);
    set_text (object, "name", item->name);
    set_text (object, "address", address);
    set_text (object, "old", item->old);
    set_text (object, "new", item->new_);
    set_text (object, "sent", entry->new_);
    set_text (object, "read_back", entry->after);
    set_text (object, "person", entry->user);
    set_text (object,
              "verdict",
              entry->state == PLANCIA_JOURNAL_FINISHED ? plancia_verdict_name (entry->verdict)
                                                       : "unknown");
    json_array_add_object_element (changes, object);
  }
}

static void
journal_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray)
    entries = plancia_journal_list_finish (PLANCIA_JOURNAL (source), result, NULL);
  JsonArray *changes = json_array_new ();

  /* The newest comes first. */
  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (entries, i - 1);

    if (entry->time >= plancia_visit_get_began (work->visit))
      add_change (changes, entry);
  }
  json_object_set_array_member (work->data, "changes", changes);
  ask_curves (task);
}

static void
ask_journal (GTask *task)
{
  Work                *work = g_task_get_task_data (task);
  PlanciaJournal      *journal = work->journal;
  PlanciaJournalFilter filter = {.device = plancia_device_get_journal_name (work->device),
                                 .limit = MOST_ENTRIES};

  if (journal == NULL) {
    json_object_set_array_member (work->data, "changes", json_array_new ());
    ask_curves (task);
    return;
  }
  plancia_journal_list_async (journal,
                              &filter,
                              g_task_get_cancellable (task),
                              journal_cb,
                              g_object_ref (task));
}

/* --- the snapshot ---------------------------------------------------------------------------- */

/* The one that belongs to the visit; it may have been removed. */
static PlanciaSnapshot *
find_snapshot (Work *work)
{
  const char *text = plancia_visit_get_text (work->visit, PLANCIA_VISIT_SNAPSHOT);
  gint64      time = g_ascii_strtoll (text, NULL, 10);
  GListModel *list = plancia_snapshots_get_list (plancia_snapshots_for (work->plant), work->device);

  for (guint i = 0; time != 0 && i < g_list_model_get_n_items (list); i++) {
    g_autoptr (PlanciaSnapshot) one = g_list_model_get_item (list, i);

    if (plancia_snapshot_get_time (one) == time)
      return g_steal_pointer (&one);
  }
  return NULL;
}

static JsonObject *
item_to_json (const PlanciaSnapshotItem *item, const PlanciaField *field)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *address = g_strdup_printf ("0x%04X", item->address);
  g_autofree char *words = item->words != NULL ? plancia_words_format (item->words, item->count)
                                               : NULL;
  const char      *label = NULL;

  set_text (object, "key", item->key);
  set_text (object, "name", field != NULL ? field->name : item->key);
  set_text (object, "unit", field != NULL ? field->unit : "");
  set_text (object, "address", address);
  set_text (object, "words", words);
  set_text (object, "text", item->text);
  set_text (object, "message", item->message);
  if (field != NULL && field->values != NULL && item->text != NULL)
    label = plancia_field_find_label (field, g_ascii_strtoll (item->text, NULL, 10));
  set_text (object, "label", label);
  return object;
}

/* What can be written is a setting; all of it is the annex. */
static void
add_registers (Work *work)
{
  g_autoptr (PlanciaSnapshot) snapshot = find_snapshot (work);
  PlanciaMap *map = plancia_device_get_map (work->device);
  JsonArray  *settings = json_array_new ();
  JsonArray  *all = json_array_new ();

  for (guint i = 0; snapshot != NULL && i < plancia_snapshot_get_length (snapshot); i++) {
    const PlanciaSnapshotItem *item = plancia_snapshot_get (snapshot, i);
    const PlanciaField        *field = map != NULL ? plancia_map_find_field (map, item->key) : NULL;

    json_array_add_object_element (all, item_to_json (item, field));
    if (field != NULL && plancia_field_is_writable (field) && item->words != NULL &&
        !g_str_has_suffix (item->key, "_apply"))
      json_array_add_object_element (settings, item_to_json (item, field));
  }
  json_object_set_array_member (work->data, "settings", settings);
  json_object_set_array_member (work->data, "snapshot", all);
}

void
plancia_commission_report_collect_async (PlanciaOpenPlant   *plant,
                                         PlanciaDevice      *device,
                                         PlanciaVisit       *visit,
                                         PlanciaJournal     *journal,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->plant = g_object_ref (plant);
  work->device = g_object_ref (device);
  work->visit = g_object_ref (visit);
  if (journal == NULL)
    journal = plancia_open_plant_get_journal (plant);
  work->journal = journal != NULL ? g_object_ref (journal) : NULL;
  work->data = json_object_new ();
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  json_object_set_int_member (work->data, "made", plancia_clock_now ());
  json_object_set_string_member (work->data, "program", "Plancia " PLANCIA_VERSION);
  json_object_set_member (work->data, "visit", plancia_visit_to_json (visit));
  add_registers (work);
  ask_journal (task);
}

JsonNode *
plancia_commission_report_collect_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
