/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/links.h"

G_BEGIN_DECLS

/* What all links that hold a connection have in common: when it is opened, when it is not to be
 * trusted any more, and what may be sent a second time. Subclasses know how to connect and how to
 * carry one exchange. */
#define PLANCIA_TYPE_LINK_BASE (plancia_link_base_get_type ())
G_DECLARE_DERIVABLE_TYPE (PlanciaLinkBase, plancia_link_base, PLANCIA, LINK_BASE, GObject)

/* What was found on a connection just before a request. */
typedef enum {
  PLANCIA_LINE_CLEAN,
  PLANCIA_LINE_SURPLUS, /* bytes that nobody asked for: the next answer could be mistaken */
  PLANCIA_LINE_GONE,    /* the peer closed it */
} PlanciaLine;

struct _PlanciaLinkBaseClass
{
  GObjectClass parent_class;

  gboolean (*connect) (PlanciaLinkBase *self, GCancellable *cancellable, GError **error);
  void (*disconnect) (PlanciaLinkBase *self);
  /* After a failed exchange; the default is disconnect. */
  void (*reset) (PlanciaLinkBase *self);
  /* How the peer ended a connection that is found to be gone; the default does not know. */
  PlanciaLinkEnd (*find_end) (PlanciaLinkBase *self);
  /* Takes what waits before a request. */
  PlanciaLine (*settle) (PlanciaLinkBase *self);
  /* Sends one request and waits for its answer. surplus: set to TRUE if more came than the answer. */
  GBytes *(*exchange) (PlanciaLinkBase *self,
                       guint8           unit,
                       GBytes          *pdu,
                       gboolean        *surplus,
                       GCancellable    *cancellable,
                       GError         **error);
};

/* For subclasses: what goes over the wire. Costs next to nothing while nobody observes the link. */

/* At construction. peer: a GRefString, taken. */
void plancia_link_base_set_wire (PlanciaLinkBase *self, PlanciaWire wire, char *peer);
/* Bytes of the exchange under way; base is a PlanciaLinkBase. */
void plancia_link_base_tap (gboolean sent, const guint8 *data, gsize length, gpointer base);
/* The exchange under way ended, well without an error, and another begins for the same request. */
void plancia_link_base_tap_next (PlanciaLinkBase *self, const GError *error);
/* A frame that is no part of the exchange under way. */
void plancia_link_base_tap_stray (PlanciaLinkBase       *self,
                                  gboolean               sent,
                                  PlanciaExchangeVerdict verdict,
                                  const guint8          *data,
                                  gsize                  length);

G_END_DECLS
