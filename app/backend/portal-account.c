/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/portal-account.h"

#include "backend/http-exchange.h"
#include "backend/http.h"
#include "backend/link-log.h"
#include "base/clock.h"
#include "base/error.h"
#include "plant/secrets.h"
#include "protocol/portal-json.h"
#include <string.h>

/* Source: vendor's specification 1.8. */
#define DEFAULT_URL "https://third.zcsazzurroportal.com:19003/"
/* ms; answers take 0.1 to 0.4 s, and much longer on bad days. */
#define REQUEST_LIMIT 30000
/* Devices send every five minutes: asking more often gives the same again. */
#define PACE (5 * PLANCIA_MINUTE)
/* After failures, until PACE. */
#define FIRST_RETRY (15 * PLANCIA_SECOND)
/* How often the timer looks at the clock, which may run faster than time does, ms. */
#define TICK 1000
/* Between two requests to the vendor's server, ms. */
#define PAUSE 1000

typedef struct
{
  char    *device;
  char    *thing;
  gboolean due;
  gboolean told; /* that it failed */
} Thing;

struct _PlanciaPortalAccount
{
  char           *account;
  char           *url;
  gboolean        own_url;
  PlanciaMailbox *news;
  PlanciaTraffic *traffic; /* the backend's */
  GCancellable   *stop;
  GSource        *timer;
  PlanciaHttp    *http;
  GPtrArray      *things;

  GCancellable *closing; /* NULL: closed */
  guint         epoch;
  gboolean      polling;
  char         *client; /* credentials, while open */
  char         *key;
  gint64        due;      /* plancia_clock_now at which all are due */
  gint64        wait;     /* after the last failure; 0 after a success */
  gboolean      hopeless; /* wrong credentials: a person has to mend them first */
  gint64        last_end; /* monotonic ms */

  PlanciaLinkLog log;
  GError        *error;
};

static void
thing_free (gpointer data)
{
  Thing *self = data;

  g_free (self->device);
  g_free (self->thing);
  g_free (self);
}

static Thing *
find_thing (PlanciaPortalAccount *self, const char *device, GError **error)
{
  for (guint i = 0; i < self->things->len; i++) {
    Thing *thing = g_ptr_array_index (self->things, i);

    if (g_str_equal (thing->device, device))
      return thing;
  }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no device %s", device);
  return NULL;
}

/* --- what the main thread is told ------------------------------------------------------------ */

static void
tell_state (PlanciaPortalAccount *self, PlanciaState state, const GError *error)
{
  PlanciaNews *news = plancia_news_new (PLANCIA_NEWS_STATE);

  news->epoch = self->epoch;
  news->state = state;
  news->error = error != NULL ? g_error_copy (error) : NULL;
  plancia_link_log_get (&self->log, &news->quality);
  plancia_mailbox_post (self->news, news);
}

static void
tell_thing (PlanciaPortalAccount *self, Thing *thing, const GError *error)
{
  if (error == NULL && !thing->told)
    return;
  thing->told = error != NULL;
  plancia_mailbox_post (self->news, plancia_news_new_device_failed (thing->device, error));
}

/* What the portal says of one device; everything else is the account's, or the way's. */
static gboolean
is_of_the_thing (const GError *error)
{
  return g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NO_SUCH_THING) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_REFUSED) ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG);
}

static void
note_success (PlanciaPortalAccount *self)
{
  self->wait = 0;
  g_clear_error (&self->error);
  tell_state (self, PLANCIA_STATE_OPEN, NULL);
}

static void
note (PlanciaPortalAccount *self, Thing *thing, const GError *error)
{
  if (self->closing == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL || is_of_the_thing (error)) {
    tell_thing (self, thing, error);
    note_success (self);
    return;
  }
  self->hopeless = g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED);
  self->wait = self->wait > 0 ? MIN (2 * self->wait, PACE) : FIRST_RETRY;
  self->due = plancia_clock_now () + self->wait;
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  tell_state (self, PLANCIA_STATE_FAILING, error);
}

/* --- one request ----------------------------------------------------------------------------- */

static gboolean
check_open (PlanciaPortalAccount *self, GError **error)
{
  if (self->closing != NULL && self->client != NULL && self->key != NULL)
    return TRUE;
  if (self->closing != NULL && self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the account is not open");
  return FALSE;
}

static void
keep_pause (PlanciaPortalAccount *self, GCancellable *cancellable)
{
  gint64  left = self->last_end + PAUSE - plancia_clock_monotonic ();
  GPollFD polled = {0};

  if (self->own_url || self->last_end == 0 || left <= 0 ||
      !g_cancellable_make_pollfd (cancellable, &polled))
    return;
  g_poll (&polled, 1, (int) left);
  g_cancellable_release_fd (cancellable);
}

static void
cancel_also (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* What the request looked like, for the list of frames. */
static void
tell_traffic (PlanciaPortalAccount *self, PlanciaHttpCall *call, gint64 start)
{
  if (!plancia_traffic_is_recording (self->traffic))
    return;
  call->duration = (guint32) (g_get_monotonic_time () - start);
  plancia_traffic_post (plancia_http_exchange_new (call), self->traffic);
}

static GBytes *
send_request (PlanciaPortalAccount *self,
              const char           *body,
              guint                *status,
              GCancellable         *cancellable,
              GError              **error)
{
  const char *const headers[] = {"Authorization", self->key, "Client", self->client, NULL};
  PlanciaHttpCall   call = {.url = self->url, .headers = headers, .body = body};
  gint64            start = g_get_monotonic_time ();
  g_autoptr (GError) local = NULL;

  call.time = plancia_clock_now_us ();
  call.answer = plancia_http_post_json (self->http,
                                        self->url,
                                        headers,
                                        body,
                                        REQUEST_LIMIT,
                                        status,
                                        cancellable,
                                        &local);
  call.status = call.answer != NULL ? *status : 0;
  call.error = local;
  tell_traffic (self, &call, start);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return call.answer;
}

static GBytes *
post (PlanciaPortalAccount *self,
      const char           *body,
      guint                *status,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GCancellable) both = g_cancellable_new ();
  gulong  closing = g_cancellable_connect (self->closing, G_CALLBACK (cancel_also), both, NULL);
  gulong  own = g_cancellable_connect (cancellable, G_CALLBACK (cancel_also), both, NULL);
  gint64  start;
  GBytes *answer;

  keep_pause (self, both);
  if (self->http == NULL)
    self->http = plancia_http_new ();
  start = plancia_clock_monotonic ();
  answer = send_request (self, body, status, both, &failure);
  self->last_end = plancia_clock_monotonic ();
  g_cancellable_disconnect (self->closing, closing);
  g_cancellable_disconnect (cancellable, own);
  if (answer != NULL || !g_cancellable_is_cancelled (both))
    plancia_link_log_add (&self->log, self->last_end - start, failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return answer;
}

static gboolean
is_wanted (const char *const *keys, const char *key)
{
  return keys == NULL || g_strv_contains (keys, key);
}

static PlanciaReadings *
make_readings (Thing *thing, PlanciaPortalRealtime *realtime, const char *const *keys)
{
  gint64           time = realtime->last_update > 0 ? realtime->last_update : plancia_clock_now ();
  PlanciaReadings *readings = plancia_readings_new (thing->device, time);
  GHashTableIter   iter;
  gpointer         key, value;

  g_hash_table_iter_init (&iter, realtime->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (is_wanted (keys, key))
      plancia_reading_set_number (plancia_readings_add (readings, key, PLANCIA_QUALITY_GOOD),
                                  *(double *) value);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    if (plancia_readings_find (readings, keys[i]) == NULL)
      plancia_readings_add (readings, keys[i], PLANCIA_QUALITY_MISSING);
  return readings;
}

static PlanciaPortalRealtime *
ask_realtime (PlanciaPortalAccount *self, Thing *thing, GCancellable *cancellable, GError **error)
{
  g_autofree char *body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (PlanciaPortalRealtime) realtime = NULL;
  guint status = 0;

  body = plancia_portal_json_request (PLANCIA_PORTAL_REALTIME, thing->thing, NULL);
  answer = post (self, body, &status, cancellable, error);
  if (answer == NULL)
    return NULL;
  realtime = plancia_portal_json_realtime (answer, status, thing->thing, error);
  if (realtime == NULL)
    return NULL;
  if (g_hash_table_size (realtime->values) > 0)
    return g_steal_pointer (&realtime);
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
               "Portal has no values for %s",
               thing->thing);
  return NULL;
}

static gboolean
refresh (PlanciaPortalAccount *self, Thing *thing, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (PlanciaPortalRealtime) realtime = ask_realtime (self, thing, cancellable, &local);

  thing->due = FALSE;
  if (realtime != NULL)
    plancia_mailbox_post (self->news,
                          plancia_news_new_readings (make_readings (thing, realtime, NULL)));
  note (self, thing, local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- the timer ------------------------------------------------------------------------------- */

static Thing *
find_due (PlanciaPortalAccount *self)
{
  for (guint i = 0; i < self->things->len; i++) {
    Thing *thing = g_ptr_array_index (self->things, i);

    if (thing->due)
      return thing;
  }
  return NULL;
}

static void
mark_due (PlanciaPortalAccount *self)
{
  gint64 now = plancia_clock_now ();

  /* Somebody may have set the clock back. */
  if (now < self->due && self->due <= now + PACE)
    return;
  self->due = now + PACE;
  for (guint i = 0; i < self->things->len; i++)
    ((Thing *) g_ptr_array_index (self->things, i))->due = TRUE;
}

/* One request an iteration, so that a person's fetch gets in between. ms until the next look. */
static guint
do_next (PlanciaPortalAccount *self)
{
  Thing *thing;

  mark_due (self);
  thing = find_due (self);
  if (thing == NULL)
    return TICK;
  if (!check_open (self, NULL))
    return TICK;
  refresh (self, thing, self->stop, NULL);
  /* What failed for all of them is not asked for each of them. */
  if (self->wait > 0)
    for (guint i = 0; i < self->things->len; i++)
      ((Thing *) g_ptr_array_index (self->things, i))->due = FALSE;
  return self->wait > 0 ? TICK : 0;
}

static gboolean
is_asleep (PlanciaPortalAccount *self)
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
  PlanciaPortalAccount *self = user_data;
  gint64                next = -1;

  if (!is_asleep (self))
    next = g_get_monotonic_time () + do_next (self) * 1000;
  g_source_set_ready_time (self->timer, next);
  return G_SOURCE_CONTINUE;
}

static void
wake (PlanciaPortalAccount *self)
{
  g_source_set_ready_time (self->timer, 0);
}

/* --- public ---------------------------------------------------------------------------------- */

/**
 * plancia_portal_account_new:
 * @account: name of the account, under which its secrets are kept
 * @url: (nullable): NULL for the vendor's
 * @context: of the worker
 * @news: for PlanciaNews
 * @traffic: for requests; must live as long as the account
 * @stop: the worker's cancellable
 *
 * Main thread; from then on the worker's. (transfer full)
 */
PlanciaPortalAccount *
plancia_portal_account_new (const char     *account,
                            const char     *url,
                            GMainContext   *context,
                            PlanciaMailbox *news,
                            PlanciaTraffic *traffic,
                            GCancellable   *stop)
{
  static GSourceFuncs   functions = {.dispatch = timer_dispatch};
  PlanciaPortalAccount *self = g_new0 (PlanciaPortalAccount, 1);

  self->account = g_strdup (account);
  self->url = g_strdup (url != NULL ? url : DEFAULT_URL);
  self->own_url = url != NULL;
  self->news = plancia_mailbox_ref (news);
  self->traffic = traffic;
  self->stop = g_object_ref (stop);
  self->things = g_ptr_array_new_with_free_func (thing_free);
  self->timer = g_source_new (&functions, sizeof (GSource));
  g_source_set_priority (self->timer, G_PRIORITY_DEFAULT + 50);
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, context);
  return self;
}

static void
forget_secrets (PlanciaPortalAccount *self)
{
  g_clear_pointer (&self->client, g_free);
  g_clear_pointer (&self->key, g_free);
}

/**
 * plancia_portal_account_free:
 *
 * Main thread, when the worker has been joined.
 */
void
plancia_portal_account_free (PlanciaPortalAccount *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  forget_secrets (self);
  g_clear_pointer (&self->http, plancia_http_free);
  g_ptr_array_unref (self->things);
  plancia_mailbox_unref (self->news);
  g_clear_object (&self->closing);
  g_object_unref (self->stop);
  g_clear_error (&self->error);
  g_free (self->account);
  g_free (self->url);
  g_free (self);
}

/**
 * plancia_portal_account_add:
 * @thing: (nullable): serial number; a device without one is not asked for
 *
 * Its values are asked for at once when the account is open.
 */
void
plancia_portal_account_add (PlanciaPortalAccount *self, const char *device, const char *thing)
{
  Thing *added;

  plancia_portal_account_remove (self, device);
  if (thing == NULL)
    return;
  added = g_new0 (Thing, 1);
  added->device = g_strdup (device);
  added->thing = g_strdup (thing);
  added->due = TRUE;
  g_ptr_array_add (self->things, added);
  wake (self);
}

/**
 * plancia_portal_account_remove:
 */
void
plancia_portal_account_remove (PlanciaPortalAccount *self, const char *device)
{
  Thing *thing = find_thing (self, device, NULL);

  if (thing != NULL)
    g_ptr_array_remove (self->things, thing);
}

/**
 * plancia_portal_account_set_polling:
 */
void
plancia_portal_account_set_polling (PlanciaPortalAccount *self, gboolean polling)
{
  self->polling = polling;
  wake (self);
}

/* Header fields: a line break in one would begin another. */
static gboolean
is_header_text (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return FALSE;
  return text[0] != '\0';
}

static gboolean
look_up (PlanciaPortalAccount *self,
         const char           *name,
         char                **secret,
         GCancellable         *cancellable,
         GError              **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *found = plancia_secrets_lookup (self->account, name, cancellable, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (found != NULL && is_header_text (g_strstrip (found))) {
    *secret = g_steal_pointer (&found);
    return TRUE;
  }
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
               "there is no usable \"%s\" for the account %s",
               name,
               self->account);
  return FALSE;
}

static gboolean
refresh_all (PlanciaPortalAccount *self, GCancellable *cancellable, GError **error)
{
  self->due = plancia_clock_now () + PACE;
  for (guint i = 0; i < self->things->len; i++) {
    g_autoptr (GError) local = NULL;

    if (refresh (self, g_ptr_array_index (self->things, i), cancellable, &local) ||
        is_of_the_thing (local))
      continue;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  return TRUE;
}

/* An account that cannot be opened is tried again by the timer, if there is one and if that may help. */
static void
end_opening (PlanciaPortalAccount *self, const GError *error)
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

/**
 * plancia_portal_account_open:
 *
 * The credentials are looked up anew, since they may have been mended.
 */
gboolean
plancia_portal_account_open (PlanciaPortalAccount *self,
                             guint                 epoch,
                             GCancellable         *closing,
                             GCancellable         *cancellable,
                             GError              **error)
{
  g_autoptr (GError) local = NULL;

  self->epoch = epoch;
  self->hopeless = FALSE;
  self->wait = 0;
  g_clear_error (&self->error);
  g_set_object (&self->closing, closing);
  forget_secrets (self);
  if (look_up (self, "client", &self->client, cancellable, &local) &&
      look_up (self, "key", &self->key, cancellable, &local))
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
 * plancia_portal_account_close:
 */
void
plancia_portal_account_close (PlanciaPortalAccount *self, guint epoch)
{
  g_clear_object (&self->closing);
  forget_secrets (self);
  g_clear_pointer (&self->http, plancia_http_free);
  self->epoch = epoch;
  for (guint i = 0; i < self->things->len; i++)
    tell_thing (self, g_ptr_array_index (self->things, i), NULL);
  tell_state (self, PLANCIA_STATE_CLOSED, NULL);
}

/**
 * plancia_portal_account_read:
 * @keys: (nullable): NULL for all
 *
 * Values of now. A key that the portal does not have for this device is missing. PLANCIA_CLOUD_ERROR and
 * what plancia_http_post_json says.
 */
PlanciaReadings *
plancia_portal_account_read (PlanciaPortalAccount *self,
                             const char           *device,
                             const char *const    *keys,
                             GCancellable         *cancellable,
                             GError              **error)
{
  Thing *thing = find_thing (self, device, error);
  g_autoptr (PlanciaPortalRealtime) realtime = NULL;
  g_autoptr (GError) local = NULL;

  if (thing == NULL || !check_open (self, error))
    return NULL;
  realtime = ask_realtime (self, thing, cancellable, &local);
  note (self, thing, local);
  if (realtime != NULL)
    return make_readings (thing, realtime, keys);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
check_span (PlanciaSpan span, GError **error)
{
  if (!plancia_span_is_empty (span) && span.end - span.start <= PLANCIA_PORTAL_WINDOW)
    return TRUE;
  g_set_error (error,
               PLANCIA_CLOUD_ERROR,
               PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG,
               "expected a span of up to 24 h, got %" G_GINT64_FORMAT " ms",
               span.end - span.start);
  return FALSE;
}

/**
 * plancia_portal_account_fetch:
 * @span: at most 24 h; longer ones are refused before they are asked for
 *
 * PLANCIA_CLOUD_ERROR and what plancia_http_post_json says.
 */
PlanciaSamples *
plancia_portal_account_fetch (PlanciaPortalAccount *self,
                              const char           *device,
                              PlanciaSpan           span,
                              GCancellable         *cancellable,
                              GError              **error)
{
  Thing           *thing = find_thing (self, device, error);
  g_autofree char *body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;
  PlanciaSamples *samples = NULL;
  guint           status = 0;

  if (thing == NULL || !check_span (span, error) || !check_open (self, error))
    return NULL;
  body = plancia_portal_json_request (PLANCIA_PORTAL_HISTORIC, thing->thing, &span);
  answer = post (self, body, &status, cancellable, &local);
  if (answer != NULL)
    samples = plancia_portal_json_historic (answer, status, thing->thing, device, span, &local);
  note (self, thing, local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return samples;
}
