/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-link.h"

#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include <string.h>

struct _FakeLink
{
  GObject parent_instance;

  GMutex    mutex; /* guards what follows */
  guint16  *words; /* 65536 of each */
  gboolean *missing;
  guint     first_stuck;
  guint     last_stuck;
  guint     longest;
  guint     silent_from;
  gint      fail_in; /* requests until it fails; -1: never */
  gboolean  fail_for_ever;
  GQuark    domain;
  int       code;
  int       open_code;
  FakeWrite write;
  guint8    exception;
  guint     late; /* reads until the write below is done */
  GBytes   *late_write;
  guint16   apply_address;
  guint     apply_busy;
  guint     apply_left;
  guint16   apply_code;
  gboolean  dead;
  guint     delay;
  guint     opened;
  GArray   *requests; /* FakeRequest */
};

static void link_iface_init (PlanciaLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeLink,
                               fake_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK, link_iface_init))

static gboolean
fake_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  FakeLink *self = FAKE_LINK (link);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  self->opened++;
  if (self->open_code < 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, self->open_code, "made to fail");
  return FALSE;
}

static gboolean
time_out (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
  return FALSE;
}

static gboolean
fail_if_ordered (FakeLink *self, guint8 unit, GError **error)
{
  if (self->dead || unit >= self->silent_from)
    return time_out (error);
  if (self->fail_in < 0)
    return TRUE;
  if (self->fail_in > 0) {
    self->fail_in--;
    return TRUE;
  }
  if (!self->fail_for_ever)
    self->fail_in = -1;
  g_set_error_literal (error, self->domain, self->code, "made to fail");
  return FALSE;
}

static void
store (FakeLink *self, GBytes *pdu)
{
  PlanciaModbusRequest request;

  g_assert_true (plancia_modbus_pdu_decode_request (pdu, &request, NULL));
  for (guint i = 0; i < request.count; i++)
    if (request.address + i < self->first_stuck || request.address + i > self->last_stuck)
      self->words[request.address + i] = (guint16) (request.values[2 * i] << 8 |
                                                    request.values[2 * i + 1]);
}

static GBytes *
answer_write (FakeLink *self, GBytes *pdu, const PlanciaModbusRequest *request, GError **error)
{
  self->apply_left = self->apply_busy;
  if (self->write == FAKE_WRITE_LATE) {
    self->late = 2;
    self->late_write = g_bytes_ref (pdu);
  } else if (self->write != FAKE_WRITE_IGNORED && self->write != FAKE_WRITE_LOST_NOT_DONE) {
    store (self, pdu);
  }
  if (self->apply_address != 0)
    self->words[self->apply_address] = self->apply_busy > 0 ? 1 : self->apply_code;
  self->dead = self->write == FAKE_WRITE_LOST_THEN_DEAD;
  if (self->write == FAKE_WRITE_LOST_DONE || self->write == FAKE_WRITE_LOST_NOT_DONE ||
      self->write == FAKE_WRITE_LOST_THEN_DEAD) {
    if (self->exception != 0)
      return plancia_modbus_pdu_exception (request->function, self->exception);
    time_out (error);
    return NULL;
  }
  return plancia_modbus_pdu_write_answer (request);
}

static void
pass_time (FakeLink *self, const PlanciaModbusRequest *request)
{
  if (self->late > 0 && --self->late == 0) {
    store (self, self->late_write);
    g_clear_pointer (&self->late_write, g_bytes_unref);
  }
  if (self->apply_left > 0 && request->address == self->apply_address && --self->apply_left == 0)
    self->words[self->apply_address] = self->apply_code;
}

static GBytes *
answer_read (FakeLink *self, const PlanciaModbusRequest *request)
{
  if (request->count > self->longest)
    return plancia_modbus_pdu_exception (request->function, 3);
  for (guint i = 0; i < request->count; i++)
    if (self->missing[(guint16) (request->address + i)])
      return plancia_modbus_pdu_exception (request->function, 2);
  return plancia_modbus_pdu_read_answer (request->function,
                                         self->words + request->address,
                                         request->count);
}

static GBytes *
fake_transact (PlanciaLink  *link,
               guint8        unit,
               GBytes       *pdu,
               GCancellable *cancellable,
               GError      **error)
{
  FakeLink *self = FAKE_LINK (link);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  PlanciaModbusRequest request;
  FakeRequest          noted = {.unit = unit};
  GBytes              *answer;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  g_assert_true (plancia_modbus_pdu_decode_request (pdu, &request, NULL));
  noted.function = request.function;
  noted.address = request.address;
  noted.count = request.count;
  g_array_append_val (self->requests, noted);
  if (self->delay > 0)
    g_usleep (self->delay * 1000);
  if (!fail_if_ordered (self, unit, error))
    return NULL;
  if (request.values != NULL)
    return answer_write (self, pdu, &request, error);
  answer = answer_read (self, &request);
  pass_time (self, &request);
  return answer;
}

static void
fake_close (PlanciaLink *link)
{
}

static void
link_iface_init (PlanciaLinkInterface *iface)
{
  iface->open = fake_open;
  iface->transact = fake_transact;
  iface->close = fake_close;
}

static void
fake_link_finalize (GObject *object)
{
  FakeLink *self = FAKE_LINK (object);

  g_clear_pointer (&self->late_write, g_bytes_unref);
  g_array_unref (self->requests);
  g_free (self->words);
  g_free (self->missing);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (fake_link_parent_class)->finalize (object);
}

static void
fake_link_class_init (FakeLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_link_finalize;
}

static void
fake_link_init (FakeLink *self)
{
  g_mutex_init (&self->mutex);
  self->words = g_new0 (guint16, 65536);
  self->missing = g_new0 (gboolean, 65536);
  self->requests = g_array_new (FALSE, FALSE, sizeof (FakeRequest));
  self->longest = PLANCIA_MODBUS_MAX_READ;
  self->silent_from = 256;
  self->fail_in = -1;
  self->open_code = -1;
  self->first_stuck = G_MAXUINT;
}

FakeLink *
fake_link_new (void)
{
  return g_object_new (FAKE_TYPE_LINK, NULL);
}

void
fake_link_set_word (FakeLink *self, guint16 address, guint16 word)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->words[address] = word;
}

void
fake_link_set_text (FakeLink *self, guint16 address, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (gsize i = 0; i < strlen (text); i++)
    self->words[address + i / 2] |= (guint16) (text[i] << (i % 2 == 0 ? 8 : 0));
}

guint16
fake_link_get_word (FakeLink *self, guint16 address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->words[address];
}

void
fake_link_set_missing (FakeLink *self, guint16 first, guint16 last)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = first; i <= last; i++)
    self->missing[i] = TRUE;
}

void
fake_link_set_stuck (FakeLink *self, guint16 first, guint16 last)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->first_stuck = first;
  self->last_stuck = last;
}

void
fake_link_set_longest (FakeLink *self, guint16 count)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->longest = count;
}

void
fake_link_set_silent_from (FakeLink *self, guint unit)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->silent_from = unit;
}

void
fake_link_fail (FakeLink *self, guint n, gboolean for_ever, GQuark domain, int code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fail_in = (gint) n;
  self->fail_for_ever = for_ever;
  self->domain = domain;
  self->code = code;
}

void
fake_link_heal (FakeLink *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fail_in = -1;
  self->silent_from = 256;
  self->dead = FALSE;
  self->open_code = -1;
  self->first_stuck = G_MAXUINT;
}

void
fake_link_refuse_open (FakeLink *self, int code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->open_code = code;
}

void
fake_link_set_write (FakeLink *self, FakeWrite how)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->write = how;
}

void
fake_link_set_write_exception (FakeLink *self, guint8 exception)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->exception = exception;
}

void
fake_link_set_apply (FakeLink *self, guint16 address, guint busy, guint16 code)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->apply_address = address;
  self->apply_busy = busy;
  self->apply_code = code;
}

void
fake_link_set_delay (FakeLink *self, guint delay)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->delay = delay;
}

guint
fake_link_count (FakeLink *self, guint8 function)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += function == 0 || g_array_index (self->requests, FakeRequest, i).function == function;
  return n;
}

void
fake_link_forget (FakeLink *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_array_set_size (self->requests, 0);
}

char *
fake_link_describe (FakeLink *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->requests->len; i++) {
    const FakeRequest *request = &g_array_index (self->requests, FakeRequest, i);

    g_string_append_printf (text,
                            "%u %u 0x%04X+%u\n",
                            request->unit,
                            request->function,
                            request->address,
                            request->count);
  }
  return g_string_free (text, FALSE);
}

guint
fake_link_get_opened (FakeLink *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->opened;
}
