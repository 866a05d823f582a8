/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where to look for devices: an IPv4 network. Addresses are in host byte order. Any thread. */
typedef struct
{
  guint32  network;
  guint    prefix;    /* 16 to 32 */
  char    *interface; /* that this computer has in it, or NULL for one that was typed */
  gboolean wireless;
} PlanciaSubnet;

#define PLANCIA_SUBNET_SHORTEST 16

/* The private networks of this computer, /24 each around its own address. (transfer full) of PlanciaSubnet*. Blocking,
 * briefly: on a worker. */
GPtrArray *plancia_subnet_list (void);
void       plancia_subnet_list_async (GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GPtrArray *plancia_subnet_list_finish (GAsyncResult *result, GError **error);
/* "192.168.1.0/24", or one address; private networks only. PLANCIA_DOCUMENT_ERROR_INVALID. */
PlanciaSubnet *plancia_subnet_parse (const char *text, GError **error);
PlanciaSubnet *plancia_subnet_copy (const PlanciaSubnet *self);
void           plancia_subnet_free (PlanciaSubnet *self);
/* (transfer full) */
char *plancia_subnet_to_string (const PlanciaSubnet *self);
/* Addresses that a host may have: not the network's own and not the broadcast address. */
guint    plancia_subnet_count (const PlanciaSubnet *self);
guint32  plancia_subnet_get (const PlanciaSubnet *self, guint index);
gboolean plancia_subnet_overlaps (const PlanciaSubnet *self, guint32 network, guint prefix);
/* Broadcast addresses of the interfaces that reach one of the subnets: GArray of guint32. Blocking, briefly. */
GArray *plancia_subnet_list_broadcasts (GPtrArray *subnets);

gboolean plancia_ipv4_parse (const char *text, guint32 *address);
char    *plancia_ipv4_to_string (guint32 address); /* (transfer full) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSubnet, plancia_subnet_free)

G_END_DECLS
