/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/link.h"

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

G_END_DECLS
