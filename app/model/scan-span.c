/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/address-scan-private.h"

struct _PlanciaScanSpan
{
  GObject parent_instance;

  guint              first;
  guint              last;
  PlanciaScanVerdict verdict;
  guint              exception;
};

enum {
  PROP_0,
  PROP_LAST,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaScanSpan, plancia_scan_span, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
plancia_scan_span_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LAST:
    g_value_set_uint (value, PLANCIA_SCAN_SPAN (object)->last);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_scan_span_class_init (PlanciaScanSpanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = plancia_scan_span_get_property;

  properties[PROP_LAST] = g_param_spec_uint ("last",
                                             NULL,
                                             NULL,
                                             0,
                                             G_MAXUINT16,
                                             0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_scan_span_init (PlanciaScanSpan *self)
{
}

PlanciaScanSpan *
plancia_scan_span_new (guint first, guint last, PlanciaScanVerdict verdict, guint exception)
{
  PlanciaScanSpan *self = g_object_new (PLANCIA_TYPE_SCAN_SPAN, NULL);

  self->first = first;
  self->last = last;
  self->verdict = verdict;
  self->exception = exception;
  return self;
}

gboolean
plancia_scan_span_extend (PlanciaScanSpan   *self,
                          guint              first,
                          guint              last,
                          PlanciaScanVerdict verdict,
                          guint              exception)
{
  if (first != self->last + 1 || verdict != self->verdict || exception != self->exception)
    return FALSE;
  self->last = last;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST]);
  return TRUE;
}

guint
plancia_scan_span_get_first (PlanciaScanSpan *self)
{
  return self->first;
}

guint
plancia_scan_span_get_last (PlanciaScanSpan *self)
{
  return self->last;
}

PlanciaScanVerdict
plancia_scan_span_get_verdict (PlanciaScanSpan *self)
{
  return self->verdict;
}

guint
plancia_scan_span_get_exception (PlanciaScanSpan *self)
{
  return self->exception;
}

const char *
plancia_scan_verdict_name (PlanciaScanVerdict verdict)
{
  static const char *const names[] = {"unknown", "answers", "refused", "silent", "left-out"};

  return verdict < PLANCIA_N_SCAN_VERDICTS ? names[verdict] : "";
}
