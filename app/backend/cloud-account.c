/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-account.h"

#include "backend/cloud-round.h"
#include "backend/cloud-thing.h"
#include "base/clock.h"
#include "base/error.h"
#include "plant/cloud-settings.h"
#include <math.h>

/* After failures, until the profile's pace. */
#define FIRST_RETRY (15 * PLANCIA_SECOND)
/* How often the timer looks at the clock, which may run faster than time does, ms. */
#define TICK 1000
/* Of a person's question: they wait for it. */
#define PERSON_TRIES 1

struct _PlanciaCloudAccount
{
  char               *name;
  PlanciaCloudClient *client;
  PlanciaMailbox     *news;
  GCancellable       *stop;
  GSource            *timer;
  GPtrArray          *things;
  gboolean            alarms_refused;
  gboolean            without_past; /* it has no alarms of the past to give */
  PlanciaCloudPlace   place;

  GCancellable *closing; /* NULL: closed */
  guint         epoch;
  gboolean      polling;
  gint64        due;      /* plancia_clock_now at which all are due */
  gint64        wait;     /* after the last failure; 0 after a success */
  gboolean      hopeless; /* wrong credentials: a person has to mend them first */
  GError       *error;
};

static PlanciaCloudThing *
find_thing (PlanciaCloudAccount *self, const char *device, GError **error)
{
  for (guint i = 0; i < self->things->len; i++) {
    PlanciaCloudThing *thing = g_ptr_array_index (self->things, i);

    if (g_str_equal (thing->device, device))
      return thing;
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no device %s", device);
  return NULL;
}

/* --- what the main thread is told ------------------------------------------------------------ */

static void
tell_state (PlanciaCloudAccount *self, PlanciaState state, const GError *error)
{
  PlanciaNews *news = plancia_news_new (PLANCIA_NEWS_STATE);

  news->epoch = self->epoch;
  news->state = state;
  news->error = error != NULL ? g_error_copy (error) : NULL;
  plancia_cloud_client_get_quality (self->client, &news->quality);
  plancia_mailbox_post (self->news, news);
}

static void
tell_thing (PlanciaCloudAccount *self, PlanciaCloudThing *thing, const GError *error)
{
  if (error == NULL && !thing->told)
    return;
  thing->told = error != NULL;
  plancia_mailbox_post (self->news, plancia_news_new_device_failed (thing->device, error));
}

static void
tell_counters (PlanciaCloudAccount *self, PlanciaCloudThing *thing)
{
  PlanciaNews *news = plancia_cloud_thing_note_counters (thing);

  if (news != NULL)
    plancia_mailbox_post (self->news, news);
}

/* ms between two polls. */
static gint64
get_pace (PlanciaCloudAccount *self)
{
  return plancia_cloud_client_get_profile (self->client)->poll * PLANCIA_SECOND;
}

/* Asking again does not help before a person has done something. */
static gboolean
is_hopeless (const GError *error)
{
  static const int codes[] = {PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
                              PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,
                              PLANCIA_CLOUD_ERROR_NO_ADDRESS,
                              PLANCIA_CLOUD_ERROR_CERTIFICATE,
                              PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_CLOUD_ERROR, codes[i]))
      return TRUE;
  return error->domain == PLANCIA_DOCUMENT_ERROR;
}

static void
note_success (PlanciaCloudAccount *self)
{
  self->wait = 0;
  g_clear_error (&self->error);
  tell_state (self, PLANCIA_STATE_OPEN, NULL);
}

static void
note (PlanciaCloudAccount *self, PlanciaCloudThing *thing, const GError *error)
{
  if (self->closing == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL || plancia_cloud_error_is_of_thing (error)) {
    if (thing != NULL)
      tell_thing (self, thing, error);
    note_success (self);
    return;
  }
  self->hopeless = is_hopeless (error);
  self->wait = self->wait > 0 ? MIN (2 * self->wait, get_pace (self)) : FIRST_RETRY;
  self->wait = MAX (self->wait, plancia_cloud_client_get_wait (self->client));
  self->due = plancia_clock_now () + self->wait;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  tell_state (self, PLANCIA_STATE_FAILING, error);
}

/* --- the values of now ----------------------------------------------------------------------- */

static gboolean
check_open (PlanciaCloudAccount *self, GError **error)
{
  if (self->closing != NULL && plancia_cloud_client_is_open (self->client))
    return TRUE;
  if (self->closing != NULL && self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the account is not open");
  return FALSE;
}

static void
take_answer (PlanciaCloudAccount *self, PlanciaCloudThing *thing, const PlanciaCloudAnswer *answer)
{
  g_autoptr (GError) remark = NULL;
  PlanciaReadings *readings;

  if (answer->realtime == NULL) {
    note (self, thing, answer->error);
    return;
  }
  readings = plancia_cloud_thing_take (thing, &self->place, answer, FALSE, &remark);
  tell_counters (self, thing);
  if (readings != NULL)
    plancia_mailbox_post (self->news, plancia_news_new_readings (readings));
  note (self, thing, remark);
  if (readings == NULL || !plancia_cloud_thing_learn_midnight (thing,
                                                               &self->place,
                                                               self->client,
                                                               self->closing,
                                                               self->stop))
    return;
  g_clear_error (&remark);
  readings = plancia_cloud_thing_take (thing, &self->place, answer, TRUE, &remark);
  if (readings != NULL)
    plancia_mailbox_post (self->news, plancia_news_new_readings (readings));
}

/* things: (element-type PlanciaCloudThing) */
static PlanciaCloudRound *
ask (PlanciaCloudAccount *self,
     GPtrArray           *things,
     int                  tries,
     GCancellable        *cancellable,
     GError             **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (PlanciaCloudRound) round = NULL;

  for (guint i = 0; i < things->len; i++)
    g_ptr_array_add (keys, ((PlanciaCloudThing *) g_ptr_array_index (things, i))->thing);
  g_ptr_array_add (keys, NULL);
  round = plancia_cloud_round_new ((const char *const *) keys->pdata);
  if (!plancia_cloud_round_ask (round,
                                self->client,
                                !self->alarms_refused,
                                tries,
                                self->closing,
                                cancellable,
                                error))
    return NULL;
  self->alarms_refused |= !plancia_cloud_round_has_alarms (round);
  return g_steal_pointer (&round);
}

/* All that are due, up to as many as the profile asks for at once. */
static gboolean
refresh (PlanciaCloudAccount *self, GPtrArray *things, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PlanciaCloudRound) round = ask (self, things, PLANCIA_CLOUD_ONCE, cancellable, &local);

  for (guint i = 0; i < things->len; i++) {
    PlanciaCloudThing  *thing = g_ptr_array_index (things, i);
    PlanciaCloudAnswer *answer = round != NULL ? plancia_cloud_round_get (round, i) : NULL;

    thing->due = FALSE;
    if (answer != NULL)
      take_answer (self, thing, answer);
  }
  if (round != NULL)
    return TRUE;
  note (self, NULL, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- the timer ------------------------------------------------------------------------------- */

/* (element-type PlanciaCloudThing) */
static GPtrArray *
list_due (PlanciaCloudAccount *self)
{
  guint      most = plancia_cloud_client_get_profile (self->client)->batch;
  GPtrArray *due = g_ptr_array_new ();

  for (guint i = 0; i < self->things->len && due->len < most; i++) {
    PlanciaCloudThing *thing = g_ptr_array_index (self->things, i);

    if (thing->due)
      g_ptr_array_add (due, thing);
  }
  return due;
}

static void
mark_due (PlanciaCloudAccount *self)
{
  gint64 now = plancia_clock_now ();

  /* Somebody may have set the clock back. */
  if (now < self->due && self->due <= now + get_pace (self))
    return;
  self->due = now + get_pace (self);
  for (guint i = 0; i < self->things->len; i++)
    ((PlanciaCloudThing *) g_ptr_array_index (self->things, i))->due = TRUE;
}

/**
 * plancia_cloud_account_tell_alarms:
 * @alarms: (transfer full) (nullable) (element-type PlanciaCloudAlarm): of the past
 *
 * Any thread.
 */
void
plancia_cloud_account_tell_alarms (PlanciaCloudAccount *self, const char *device, GArray *alarms)
{
  PlanciaNews *news;

  if (alarms == NULL)
    return;
  news = plancia_news_new (PLANCIA_NEWS_PAST_ALARMS);
  news->device = g_strdup (device);
  news->alarms = alarms;
  plancia_mailbox_post (self->news, news);
}

/* What happened while nobody looked: the newest window, once after opening. FALSE: there is nothing to ask. */
static gboolean
ask_past_alarms (PlanciaCloudAccount *self)
{
  const PlanciaCloudProfile *profile = plancia_cloud_client_get_profile (self->client);
  gint64                     now = plancia_clock_now ();
  gboolean                   can = profile->format.commands[PLANCIA_CLOUD_ALARM_HISTORIC] != NULL &&
                 !self->alarms_refused;

  for (guint i = 0; can && i < self->things->len; i++) {
    PlanciaCloudThing *thing = g_ptr_array_index (self->things, i);
    g_autoptr (GError) error = NULL;

    if (!thing->past)
      continue;
    thing->past = FALSE;
    plancia_cloud_account_tell_alarms (
      self,
      thing->device,
      plancia_cloud_history_fetch_alarms (self->client,
                                          thing->thing,
                                          (PlanciaSpan){now - profile->window, now},
                                          self->closing,
                                          self->stop,
                                          &error));
    if (error != NULL)
      g_info ("alarms of the past: %s", error->message);
    return TRUE;
  }
  return FALSE;
}

/* One request an iteration, so that a person's fetch gets in between. ms until the next look. */
static guint
do_next (PlanciaCloudAccount *self)
{
  g_autoptr (GPtrArray) due = NULL;

  mark_due (self);
  due = list_due (self);
  if (!check_open (self, NULL))
    return TICK;
  if (due->len == 0)
    return self->wait == 0 && ask_past_alarms (self) ? 0 : TICK;
  refresh (self, due, self->stop, NULL);
  /* What failed for all of them is not asked for each of them. */
  if (self->wait > 0)
    for (guint i = 0; i < self->things->len; i++)
      ((PlanciaCloudThing *) g_ptr_array_index (self->things, i))->due = FALSE;
  return self->wait > 0 ? TICK : 0;
}

static gboolean
is_asleep (PlanciaCloudAccount *self)
{
  return self->closing == NULL || !self->polling || self->hopeless ||
         g_cancellable_is_cancelled (self->closing) || g_cancellable_is_cancelled (self->stop);
}

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static gboolean
timer_cb (gpointer user_data)
{
  PlanciaCloudAccount *self = user_data;
  gint64               next = -1;

  if (!is_asleep (self))
    next = g_get_monotonic_time () + do_next (self) * 1000;
  g_source_set_ready_time (self->timer, next);
  return G_SOURCE_CONTINUE;
}

static void
wake (PlanciaCloudAccount *self)
{
  g_source_set_ready_time (self->timer, 0);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * plancia_cloud_account_new:
 * @client: (transfer full): how it is asked
 * @name: of the account
 * @context: of the worker
 * @news: for PlanciaNews
 * @stop: the worker's cancellable
 *
 * Main thread; from then on the worker's. (transfer full)
 */
PlanciaCloudAccount *
plancia_cloud_account_new (PlanciaCloudClient *client,
                           const char         *name,
                           GMainContext       *context,
                           PlanciaMailbox     *news,
                           GCancellable       *stop)
{
  static GSourceFuncs  functions = {.dispatch = timer_dispatch};
  PlanciaCloudAccount *self = g_new0 (PlanciaCloudAccount, 1);

  self->client = client;
  self->name = g_strdup (name);
  self->place.zone = g_time_zone_new_local ();
  self->place.latitude = self->place.longitude = NAN;
  self->news = plancia_mailbox_ref (news);
  self->stop = g_object_ref (stop);
  self->things = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_cloud_thing_free);
  self->timer = g_source_new (&functions, sizeof (GSource));
  g_source_set_priority (self->timer, PLANCIA_CLOUD_ACCOUNT_PRIORITY);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, context);
  return self;
}

/**
 * plancia_cloud_account_free:
 *
 * Main thread, when the worker has been joined.
 */
void
plancia_cloud_account_free (PlanciaCloudAccount *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  plancia_cloud_client_free (self->client);
  g_ptr_array_unref (self->things);
  plancia_mailbox_unref (self->news);
  g_clear_object (&self->closing);
  g_object_unref (self->stop);
  g_clear_error (&self->error);
  g_time_zone_unref (self->place.zone);
  g_free (self->name);
  g_free (self);
}

/**
 * plancia_cloud_account_set_place:
 * @zone: of the plant
 * @latitude: degrees north; NAN: not known
 * @longitude: degrees east
 *
 * Says when a day begins and when it is night.
 */
void
plancia_cloud_account_set_place (PlanciaCloudAccount *self,
                                 GTimeZone           *zone,
                                 double               latitude,
                                 double               longitude)
{
  g_clear_pointer (&self->place.zone, g_time_zone_unref);
  self->place.zone = g_time_zone_ref (zone);
  self->place.latitude = latitude;
  self->place.longitude = longitude;
}

/**
 * plancia_cloud_account_add:
 * @thing: (nullable): serial number; a device without one is not asked for
 *
 * Its values are asked for at once when the account is open.
 */
void
plancia_cloud_account_add (PlanciaCloudAccount *self, const char *device, const char *thing)
{
  PlanciaCloudThing *added;

  plancia_cloud_account_remove (self, device);
  if (thing == NULL)
    return;
  added = plancia_cloud_thing_new (device, thing);
  g_ptr_array_add (self->things, added);
  wake (self);
}

/**
 * plancia_cloud_account_remove:
 */
void
plancia_cloud_account_remove (PlanciaCloudAccount *self, const char *device)
{
  PlanciaCloudThing *thing = find_thing (self, device, NULL);

  if (thing != NULL)
    g_ptr_array_remove (self->things, thing);
}

/**
 * plancia_cloud_account_set_polling:
 */
void
plancia_cloud_account_set_polling (PlanciaCloudAccount *self, gboolean polling)
{
  self->polling = polling;
  wake (self);
}

static gboolean
refresh_all (PlanciaCloudAccount *self, GCancellable *cancellable, GError **error)
{
  guint batch = plancia_cloud_client_get_profile (self->client)->batch;

  self->due = plancia_clock_now () + get_pace (self);
  for (guint i = 0; i < self->things->len; i += batch) {
    g_autoptr (GPtrArray) some = g_ptr_array_new ();

    for (guint j = i; j < self->things->len && j < i + batch; j++)
      g_ptr_array_add (some, g_ptr_array_index (self->things, j));
    if (!refresh (self, some, cancellable, error))
      return FALSE;
  }
  return TRUE;
}

/* An account that cannot be opened is tried again by the timer, if there is one and if that may help. */
static void
end_opening (PlanciaCloudAccount *self, const GError *error)
{
  if (error == NULL) {
    note_success (self);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->polling) {
    gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

    g_clear_object (&self->closing);
    tell_state (self, PLANCIA_STATE_CLOSED, cancelled ? NULL : error);
    return;
  } else if (self->error == NULL) {
    note (self, NULL, error);
  }
  wake (self);
}

/* A person opens it: what was odd before is not any more. */
static void
begin_anew (PlanciaCloudAccount *self)
{
  PlanciaCloudPlace *place = &self->place;

  self->alarms_refused = self->without_past = FALSE;
  place->has_quiet =
    plancia_cloud_settings_get_quiet (self->name, &place->quiet_from, &place->quiet_to);
  for (guint i = 0; i < self->things->len; i++) {
    PlanciaCloudThing *thing = g_ptr_array_index (self->things, i);

    thing->past = TRUE;
    plancia_cloud_watch_reset (thing->watch);
  }
}

/**
 * plancia_cloud_account_open:
 *
 * The credentials are looked up anew, since they may have been mended.
 */
gboolean
plancia_cloud_account_open (PlanciaCloudAccount *self,
                            guint                epoch,
                            GCancellable        *closing,
                            GCancellable        *cancellable,
                            GError             **error)
{
  g_autoptr (GError) local = NULL;

  self->epoch = epoch;
  self->hopeless = FALSE;
  self->wait = 0;
  g_clear_error (&self->error);
  g_set_object (&self->closing, closing);
  begin_anew (self);
  if (plancia_cloud_client_open (self->client, cancellable, &local))
    refresh_all (self, cancellable, &local);
  if (local == NULL)
    g_cancellable_set_error_if_cancelled (closing, &local);
  end_opening (self, local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * plancia_cloud_account_close:
 */
void
plancia_cloud_account_close (PlanciaCloudAccount *self, guint epoch)
{
  g_clear_object (&self->closing);
  plancia_cloud_client_close (self->client);
  self->epoch = epoch;
  for (guint i = 0; i < self->things->len; i++)
    tell_thing (self, g_ptr_array_index (self->things, i), NULL);
  tell_state (self, PLANCIA_STATE_CLOSED, NULL);
}

void
plancia_cloud_account_set_counters (PlanciaCloudAccount *self,
                                    const char          *device,
                                    const char          *counters)
{
  PlanciaCloudThing *thing = find_thing (self, device, NULL);

  if (thing != NULL)
    plancia_cloud_thing_set_counters (thing, counters);
}

void
plancia_cloud_account_answer (PlanciaCloudAccount *self, const char *device, gboolean replaced)
{
  PlanciaCloudThing *thing = find_thing (self, device, NULL);

  if (thing == NULL)
    return;
  plancia_cloud_watch_answer (thing->watch, replaced);
  tell_counters (self, thing);
  thing->due = TRUE;
  wake (self);
}

/**
 * plancia_cloud_account_read:
 * @keys: (nullable): NULL for all
 *
 * Values of now. A key that the cloud does not have for this device is missing. PLANCIA_CLOUD_ERROR and
 * what plancia_cloud_client_ask() says.
 */
PlanciaReadings *
plancia_cloud_account_read (PlanciaCloudAccount *self,
                            const char          *device,
                            const char *const   *keys,
                            GCancellable        *cancellable,
                            GError             **error)
{
  PlanciaCloudThing *thing = find_thing (self, device, error);
  g_autoptr (GPtrArray) things = g_ptr_array_new ();
  g_autoptr (PlanciaCloudRound) round = NULL;
  g_autoptr (PlanciaReadings) readings = NULL;
  g_autoptr (GError) local = NULL;
  PlanciaCloudAnswer *answer = NULL;

  if (thing == NULL || !check_open (self, error))
    return NULL;
  g_ptr_array_add (things, thing);
  round = ask (self, things, PERSON_TRIES, cancellable, &local);
  if (round != NULL)
    answer = plancia_cloud_round_get (round, 0);
  if (answer != NULL && answer->realtime != NULL)
    readings = plancia_cloud_thing_take (thing, &self->place, answer, TRUE, &local);
  else if (answer != NULL)
    local = g_error_copy (answer->error);
  tell_counters (self, thing);
  note (self, thing, local);
  if (readings != NULL)
    return plancia_cloud_thing_pick (readings, keys);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* --- history --------------------------------------------------------------------------------- */

/**
 * plancia_cloud_account_fetch:
 * @span: at most the profile's window; longer ones are refused before they are asked for
 * @at_once: see plancia_cloud_history_ask()
 *
 * PLANCIA_CLOUD_ERROR and what plancia_cloud_client_ask() says.
 */
PlanciaCloudPast *
plancia_cloud_account_fetch (PlanciaCloudAccount *self,
                             const char          *device,
                             PlanciaSpan          span,
                             gboolean             at_once,
                             GCancellable        *cancellable,
                             GError             **error)
{
  PlanciaCloudThing *thing = find_thing (self, device, error);
  g_autoptr (PlanciaCloudPast) past = NULL;
  g_autoptr (GError) local = NULL;

  if (thing == NULL || !check_open (self, error))
    return NULL;
  past = plancia_cloud_past_ask (self->client,
                                 thing->thing,
                                 device,
                                 span,
                                 self->place.zone,
                                 at_once,
                                 &self->without_past,
                                 self->closing,
                                 cancellable,
                                 &local);
  note (self, thing, local);
  if (past != NULL)
    return g_steal_pointer (&past);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

PlanciaCloudClient *
plancia_cloud_account_get_client (PlanciaCloudAccount *self)
{
  return self->client;
}

const char *
plancia_cloud_account_get_thing (PlanciaCloudAccount *self, const char *device)
{
  PlanciaCloudThing *thing = find_thing (self, device, NULL);

  return thing != NULL ? thing->thing : NULL;
}
