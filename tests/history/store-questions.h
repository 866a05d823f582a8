/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The store's questions as plain calls: each turns the main context until the answer is there. */

#include "history/store.h"

#ifndef WATCHDOG_SECONDS
#define WATCHDOG_SECONDS 30
#endif

static inline gboolean
watchdog_barks (gpointer what)
{
  g_error ("Watchdog: still waiting for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

static inline void
keep_result (GObject *source, GAsyncResult *result, gpointer kept)
{
  *(GAsyncResult **) kept = g_object_ref (result);
}

static inline void
wait_for_result (GAsyncResult **result, const char *what)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, watchdog_barks, (gpointer) what);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static inline gboolean
store_put (PlanciaStore *store, PlanciaSamples *samples, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_put_async (store, samples, NULL, keep_result, &result);
  wait_for_result (&result, "put");
  return plancia_store_put_finish (store, result, error);
}

static inline PlanciaSamples *
store_query (PlanciaStore      *store,
             const char        *device,
             const char        *source,
             const char *const *keys,
             PlanciaSpan        span,
             GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_query_async (store, device, source, keys, span, NULL, keep_result, &result);
  wait_for_result (&result, "query");
  return plancia_store_query_finish (store, result, error);
}

static inline GArray *
store_covered (PlanciaStore *store,
               const char   *device,
               const char   *source,
               PlanciaSpan   span,
               GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_covered_async (store, device, source, span, NULL, keep_result, &result);
  wait_for_result (&result, "covered");
  return plancia_store_covered_finish (store, result, error);
}

static inline gboolean
store_mark (PlanciaStore       *store,
            const char         *device,
            const char         *source,
            const PlanciaCover *coverage,
            GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_mark_async (store, device, source, coverage, NULL, keep_result, &result);
  wait_for_result (&result, "mark");
  return plancia_store_mark_finish (store, result, error);
}

static inline GPtrArray *
store_coverage (PlanciaStore *store,
                const char   *device,
                const char   *source,
                PlanciaSpan   span,
                GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_coverage_async (store, device, source, span, NULL, keep_result, &result);
  wait_for_result (&result, "coverage");
  return plancia_store_coverage_finish (store, result, error);
}

static inline GArray *
store_energies (PlanciaStore *store,
                const char   *device,
                const char   *source,
                GTimeZone    *zone,
                GArray       *spans,
                GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_energies_async (store, device, source, zone, spans, NULL, keep_result, &result);
  wait_for_result (&result, "energies");
  return plancia_store_energies_finish (store, result, error);
}

static inline gboolean
store_seal (PlanciaStore *store, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_seal_async (store, NULL, keep_result, &result);
  wait_for_result (&result, "seal");
  return plancia_store_seal_finish (store, result, error);
}

static inline PlanciaSamples *
store_query_thinned (PlanciaStore      *store,
                     const char        *device,
                     const char        *source,
                     const char *const *keys,
                     PlanciaSpan        span,
                     guint              buckets,
                     gint64             whole,
                     GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_query_thinned_async (store,
                                     device,
                                     source,
                                     keys,
                                     span,
                                     buckets,
                                     whole,
                                     NULL,
                                     keep_result,
                                     &result);
  wait_for_result (&result, "thinned");
  return plancia_store_query_finish (store, result, error);
}

static inline gboolean
store_clean_up (PlanciaStore           *store,
                const PlanciaRetention *retention,
                GCancellable           *cancellable,
                PlanciaCleanUp         *done,
                GError                **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_store_clean_up_async (store, retention, cancellable, NULL, NULL, keep_result, &result);
  wait_for_result (&result, "clean up");
  return plancia_store_clean_up_finish (store, result, done, error);
}

/* "1-5 8-9" */
static inline char *
spans_to_text (GArray *spans)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    PlanciaSpan span = g_array_index (spans, PlanciaSpan, i);

    g_string_append_printf (text,
                            "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                            i > 0 ? " " : "",
                            span.start,
                            span.end);
  }
  return g_string_free (text, FALSE);
}
