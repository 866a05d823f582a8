/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/raw-range.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/error.h"
#include "base/list-rows.h"
#include "base/signal-new.h"
#include "map/raw-read.h"
#include "model/device-unit.h"

#define N_REGISTERS 65536
#define LAST_COIL   2 /* functions up to this one read single bits */

struct _PlanciaRawRange
{
  GObject parent_instance;

  PlanciaDevice *device;
  GPtrArray     *rows;
  guint8         function;
  guint          address;
  guint          interval;
  guint          timer;
  gint64         kept;

  /* The reading under way. */
  GCancellable *cancellable; /* NULL: none */
  GArray       *words;
  guint         n_requests;
  gint64        began; /* µs, monotonic */

  /* The last one. */
  gint64  time;
  guint   duration;
  guint   requests;
  GError *error;
};

/* One request; it may be answered after another reading was begun. */
typedef struct
{
  PlanciaRawRange *range;
  GCancellable    *cancellable;
} Question;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaRawRange,
                               plancia_raw_range,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void ask (PlanciaRawRange *self);
static void begin (PlanciaRawRange *self);

/* --- list ------------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_model_init, PLANCIA_RAW_RANGE, rows, PLANCIA_TYPE_RAW_ROW)

static PlanciaRawRow *
row_at (PlanciaRawRange *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

/* --- rows ------------------------------------------------------------------------------------ */

/* What the map calls the register; of a longer one, which part it is. (transfer full) */
static char *
find_name (PlanciaMap *map, guint8 function, guint address)
{
  for (guint i = 0; map != NULL && i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);
    guint               part = address - field->address + 1;

    if (field->read_function != function || address < field->address || part > field->count)
      continue;
    return field->count == 1 ? g_strdup (plancia_map_label (field->name))
                             : g_strdup_printf ("%s (%u/%u)",
                                                plancia_map_label (field->name),
                                                part,
                                                (guint) field->count);
  }
  return NULL;
}

static void
make_rows (PlanciaRawRange *self, guint8 function, guint address, guint count)
{
  PlanciaMap *map = plancia_device_get_map (self->device);
  guint       before = self->rows->len;

  self->function = function;
  self->address = address;
  self->time = 0;
  self->kept = 0;
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < count; i++) {
    g_autofree char *name = find_name (map, function, address + i);

    g_ptr_array_add (self->rows,
                     plancia_raw_row_new ((guint16) (address + i), function <= LAST_COIL, name));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, count);
}

static void
fill_rows (PlanciaRawRange *self)
{
  for (guint i = 0; i < self->rows->len && i < self->words->len; i++)
    plancia_raw_row_set (row_at (self, i),
                         g_array_index (self->words, guint16, i),
                         i + 1 < self->words->len ? g_array_index (self->words, guint16, i + 1)
                                                  : -1,
                         self->time);
}

/* --- reading --------------------------------------------------------------------------------- */

static Question *
question_new (PlanciaRawRange *self)
{
  Question *question = g_new (Question, 1);

  question->range = g_object_ref (self);
  question->cancellable = g_object_ref (self->cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->range);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
emit_changed (PlanciaRawRange *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
again_cb (gpointer user_data)
{
  PlanciaRawRange *self = user_data;

  self->timer = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static guint
elapsed (PlanciaRawRange *self)
{
  return (guint) ((g_get_monotonic_time () - self->began) / 1000);
}

/* A line that is slower than the interval is not pressed. */
static void
schedule (PlanciaRawRange *self)
{
  guint passed = elapsed (self);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->interval > 0)
    self->timer =
      g_timeout_add (passed < self->interval ? self->interval - passed : 0, again_cb, self);
}

static void
end (PlanciaRawRange *self, GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = error;
  if (error == NULL) {
    self->time = plancia_clock_now ();
    self->duration = elapsed (self);
    self->requests = self->n_requests;
    fill_rows (self);
  }
  schedule (self);
  emit_changed (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaRawRange *self = question->range;
  GError          *error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (source), result, &error);

  if (question->cancellable != self->cancellable) {
    g_clear_error (&error);
    return;
  }
  if (words == NULL) {
    end (self, error);
    return;
  }
  g_array_append_vals (self->words, words->data, words->len);
  if (self->words->len < self->rows->len)
    ask (self);
  else
    end (self, NULL);
}

static void
ask (PlanciaRawRange *self)
{
  guint done = self->words->len;
  guint address = self->address + done;
  guint count =
    plancia_raw_read_size (plancia_device_get_map (self->device), address, self->rows->len - done);

  self->n_requests++;
  plancia_backend_read_raw_async (plancia_device_get_backend (self->device),
                                  plancia_device_find_unit (self->device),
                                  self->function,
                                  (guint16) address,
                                  (guint16) count,
                                  self->cancellable,
                                  read_cb,
                                  question_new (self));
}

/* What stands in the way before anything is sent. */
static GError *
find_obstacle (PlanciaRawRange *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);
  PlanciaMap     *map = plancia_device_get_map (self->device);
  guint           first, last;

  if (backend == NULL || plancia_backend_get_state (backend) != PLANCIA_STATE_OPEN)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "not connected");
  if (!plancia_device_passes (self->device, self->function))
    return g_error_new (G_IO_ERROR,
                        G_IO_ERROR_NOT_SUPPORTED,
                        "function %u does not pass on this route",
                        self->function);
  if (plancia_raw_read_is_forbidden (map, self->address, self->rows->len, &first, &last))
    return g_error_new (PLANCIA_DEVICE_ERROR,
                        PLANCIA_DEVICE_ERROR_FORBIDDEN,
                        "0x%04X to 0x%04X must not be read",
                        first,
                        last);
  return NULL;
}

static void
begin (PlanciaRawRange *self)
{
  GError *obstacle;

  if (self->cancellable != NULL || self->rows->len == 0)
    return;
  self->began = g_get_monotonic_time ();
  obstacle = find_obstacle (self);
  if (obstacle != NULL) {
    end (self, obstacle);
    return;
  }
  self->n_requests = 0;
  g_array_set_size (self->words, 0);
  self->cancellable = g_cancellable_new ();
  emit_changed (self);
  ask (self);
}

static void
cancel (PlanciaRawRange *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_raw_range_dispose (GObject *object)
{
  PlanciaRawRange *self = PLANCIA_RAW_RANGE (object);

  cancel (self);
  g_clear_object (&self->device);

  G_OBJECT_CLASS (plancia_raw_range_parent_class)->dispose (object);
}

static void
plancia_raw_range_finalize (GObject *object)
{
  PlanciaRawRange *self = PLANCIA_RAW_RANGE (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->words);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (plancia_raw_range_parent_class)->finalize (object);
}

static void
plancia_raw_range_class_init (PlanciaRawRangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_raw_range_dispose;
  object_class->finalize = plancia_raw_range_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_raw_range_init (PlanciaRawRange *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->words = g_array_new (FALSE, FALSE, sizeof (guint16));
}

/**
 * plancia_raw_range_new:
 * @device: whose registers are read, over its present connection
 *
 * Returns: (transfer full): no rows yet. Main thread, as all of this file.
 */
PlanciaRawRange *
plancia_raw_range_new (PlanciaDevice *device)
{
  PlanciaRawRange *self = g_object_new (PLANCIA_TYPE_RAW_RANGE, NULL);

  self->device = g_object_ref (device);
  return self;
}

/**
 * plancia_raw_range_read:
 * @function: 1 to 4
 * @address: first register
 * @count: how many, at most %PLANCIA_RAW_RANGE_MAXIMUM; what goes beyond the last register is left out
 *
 * The rows of the same range stay and tell what moved. What cannot be read at all is said by
 * plancia_raw_range_get_error().
 */
void
plancia_raw_range_read (PlanciaRawRange *self, guint8 function, guint16 address, guint count)
{
  g_return_if_fail (PLANCIA_IS_RAW_RANGE (self));
  g_return_if_fail (function >= 1 && function <= 4);

  count = MIN (count, MIN (PLANCIA_RAW_RANGE_MAXIMUM, N_REGISTERS - (guint) address));
  cancel (self);
  if (function != self->function || address != self->address || count != self->rows->len)
    make_rows (self, function, address, count);
  begin (self);
}

void
plancia_raw_range_set_interval (PlanciaRawRange *self, guint interval)
{
  g_return_if_fail (PLANCIA_IS_RAW_RANGE (self));

  self->interval = interval;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (interval > 0)
    begin (self);
}

/**
 * plancia_raw_range_stop:
 *
 * Gives up the reading that runs, and reads no more by itself.
 */
void
plancia_raw_range_stop (PlanciaRawRange *self)
{
  g_return_if_fail (PLANCIA_IS_RAW_RANGE (self));

  self->interval = 0;
  cancel (self);
  emit_changed (self);
}

void
plancia_raw_range_keep (PlanciaRawRange *self, gboolean keep)
{
  g_return_if_fail (PLANCIA_IS_RAW_RANGE (self));

  self->kept = keep ? self->time : 0;
  for (guint i = 0; i < self->rows->len; i++)
    plancia_raw_row_keep (row_at (self, i), keep);
  emit_changed (self);
}

gint64
plancia_raw_range_get_kept (PlanciaRawRange *self)
{
  return self->kept;
}

/**
 * plancia_raw_range_count_differences:
 *
 * Returns: how many words are other than those that were kept
 */
guint
plancia_raw_range_count_differences (PlanciaRawRange *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    int kept = plancia_raw_row_get_kept (row_at (self, i));

    n += kept >= 0 && kept != plancia_raw_row_get_word (row_at (self, i));
  }
  return n;
}

gboolean
plancia_raw_range_is_reading (PlanciaRawRange *self)
{
  return self->cancellable != NULL;
}

gint64
plancia_raw_range_get_time (PlanciaRawRange *self)
{
  return self->time;
}

guint
plancia_raw_range_get_duration (PlanciaRawRange *self)
{
  return self->duration;
}

guint
plancia_raw_range_get_requests (PlanciaRawRange *self)
{
  return self->requests;
}

const GError *
plancia_raw_range_get_error (PlanciaRawRange *self)
{
  return self->error;
}

/**
 * plancia_raw_range_to_text:
 * @order: for the columns of two registers
 * @separator: between the cells
 *
 * Returns: (transfer full): a line of titles and one for each register, numbers as programs write them
 */
char *
plancia_raw_range_to_text (PlanciaRawRange *self, PlanciaWordOrder order, char separator)
{
  static const char *const titles[PLANCIA_N_RAW_FORMS] = {
    "register",
    "decimal",
    "hex",
    "u16",
    "i16",
    "u32",
    "i32",
    "f32",
    "bits",
    "text",
    "in_map",
  };
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (PLANCIA_IS_RAW_RANGE (self), NULL);

  plancia_csv_append_row (out, titles, PLANCIA_N_RAW_FORMS, separator);
  for (guint i = 0; i < self->rows->len; i++) {
    g_auto (GStrv) cells = g_new0 (char *, PLANCIA_N_RAW_FORMS + 1);

    for (guint form = 0; form < PLANCIA_N_RAW_FORMS; form++)
      cells[form] = plancia_raw_row_format_plain (row_at (self, i), form, order);
    plancia_csv_append_row (out, (const char *const *) cells, PLANCIA_N_RAW_FORMS, separator);
  }
  return g_string_free (out, FALSE);
}
