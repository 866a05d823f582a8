/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/subnet.h"

#include "base/error.h"
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#define OWN_PREFIX 24
#define LONGEST    32

/* Nobody's devices are in the internet: a slip of the finger should not knock at a stranger's door. */
static const struct
{
  guint32  network;
  guint    prefix;
  gboolean own; /* offered by itself */
} private_networks[] = {
  {0x0a000000, 8,  TRUE },
  {0xac100000, 12, TRUE },
  {0xc0a80000, 16, TRUE },
  {0x64400000, 10, FALSE}, /* of providers */
  {0xa9fe0000, 16, FALSE}, /* link-local */
  {0x7f000000, 8,  FALSE}, /* this computer */
};

static guint32
mask_of (guint prefix)
{
  return prefix == 0 ? 0 : G_MAXUINT32 << (LONGEST - prefix);
}

static gboolean
is_private (guint32 address, guint prefix, gboolean own)
{
  for (guint i = 0; i < G_N_ELEMENTS (private_networks); i++)
    if ((!own || private_networks[i].own) && prefix >= private_networks[i].prefix &&
        (address & mask_of (private_networks[i].prefix)) == private_networks[i].network)
      return TRUE;
  return FALSE;
}

/**
 * plancia_ipv4_parse:
 * @text: four numbers
 * @address: (out): in host byte order
 *
 * Returns: %FALSE if it is anything else, such as a name
 */
gboolean
plancia_ipv4_parse (const char *text, guint32 *address)
{
  struct in_addr binary;

  if (inet_pton (AF_INET, text, &binary) != 1)
    return FALSE;
  *address = ntohl (binary.s_addr);
  return TRUE;
}

char *
plancia_ipv4_to_string (guint32 address)
{
  return g_strdup_printf ("%u.%u.%u.%u",
                          address >> 24,
                          address >> 16 & 0xff,
                          address >> 8 & 0xff,
                          address & 0xff);
}

static PlanciaSubnet *
new_subnet (guint32 address, guint prefix, const char *interface)
{
  PlanciaSubnet *self = g_new0 (PlanciaSubnet, 1);

  self->network = address & mask_of (prefix);
  self->prefix = prefix;
  self->interface = g_strdup (interface);
  return self;
}

PlanciaSubnet *
plancia_subnet_copy (const PlanciaSubnet *self)
{
  PlanciaSubnet *copy = new_subnet (self->network, self->prefix, self->interface);

  copy->wireless = self->wireless;
  return copy;
}

void
plancia_subnet_free (PlanciaSubnet *self)
{
  g_free (self->interface);
  g_free (self);
}

static gboolean
is_wireless (const char *interface)
{
  g_autofree char *path = g_build_filename ("/sys/class/net", interface, "wireless", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* TRUE for an interface that devices of a plant can be behind, with its address and mask. */
static gboolean
take_interface (const struct ifaddrs *at, guint32 *address, guint32 *mask)
{
  if (at->ifa_addr == NULL || at->ifa_netmask == NULL || at->ifa_addr->sa_family != AF_INET ||
      (at->ifa_flags & IFF_UP) == 0 || at->ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT))
    return FALSE;
  *address = ntohl (((struct sockaddr_in *) (void *) at->ifa_addr)->sin_addr.s_addr);
  *mask = ntohl (((struct sockaddr_in *) (void *) at->ifa_netmask)->sin_addr.s_addr);
  return is_private (*address, LONGEST, TRUE);
}

static gboolean
is_listed (GPtrArray *list, guint32 network, guint prefix)
{
  for (guint i = 0; i < list->len; i++) {
    const PlanciaSubnet *subnet = g_ptr_array_index (list, i);

    if (subnet->network == network && subnet->prefix == prefix)
      return TRUE;
  }
  return FALSE;
}

/**
 * plancia_subnet_list:
 *
 * A network that is smaller than /24 is listed as it is.
 *
 * Returns: (transfer full): of PlanciaSubnet
 */
GPtrArray *
plancia_subnet_list (void)
{
  GPtrArray      *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_subnet_free);
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return list;
  for (const struct ifaddrs *at = all; at != NULL; at = at->ifa_next) {
    guint32 address, mask;
    guint   prefix;

    if (!take_interface (at, &address, &mask))
      continue;
    prefix = MAX ((guint) __builtin_popcount (mask), OWN_PREFIX);
    if (!is_listed (list, address & mask_of (prefix), prefix)) {
      PlanciaSubnet *subnet = new_subnet (address, prefix, at->ifa_name);

      subnet->wireless = is_wireless (at->ifa_name);
      g_ptr_array_add (list, subnet);
    }
  }
  freeifaddrs (all);
  return list;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, plancia_subnet_list (), (GDestroyNotify) g_ptr_array_unref);
}

void
plancia_subnet_list_async (GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
plancia_subnet_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plancia_subnet_list_broadcasts:
 * @subnets: of PlanciaSubnet
 *
 * Returns: (transfer full): broadcast addresses of interfaces, guint32 each, once
 */
GArray *
plancia_subnet_list_broadcasts (GPtrArray *subnets)
{
  GArray         *list = g_array_new (FALSE, FALSE, sizeof (guint32));
  struct ifaddrs *all = NULL;

  if (getifaddrs (&all) != 0)
    return list;
  for (const struct ifaddrs *at = all; at != NULL; at = at->ifa_next) {
    guint32 address, mask, broadcast;

    if (!take_interface (at, &address, &mask) || (at->ifa_flags & IFF_BROADCAST) == 0)
      continue;
    broadcast = address | ~mask;
    for (guint i = 0; i < subnets->len; i++)
      if (plancia_subnet_overlaps (g_ptr_array_index (subnets, i),
                                   address & mask,
                                   (guint) __builtin_popcount (mask))) {
        g_array_append_val (list, broadcast);
        break;
      }
  }
  freeifaddrs (all);
  return list;
}

static PlanciaSubnet *
fail (const char *text, const char *expected, GError **error)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "subnet \"%s\": expected %s",
               text,
               expected);
  return NULL;
}

/**
 * plancia_subnet_parse:
 * @text: as a person types it
 * @error: what was expected
 *
 * Bits behind the prefix are cleared: the address of any host names its network.
 *
 * Returns: (transfer full) (nullable): the network
 */
PlanciaSubnet *
plancia_subnet_parse (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  guint   n = g_strv_length (parts);
  guint32 address;
  guint64 prefix = LONGEST;

  if (n < 1 || n > 2 || !plancia_ipv4_parse (g_strstrip (parts[0]), &address))
    return fail (text, "such as 192.168.1.0/24", error);
  if (n == 2 && !g_ascii_string_to_unsigned (g_strstrip (parts[1]), 10, 0, LONGEST, &prefix, NULL))
    return fail (text, "a number from 16 to 32 after the slash", error);
  if (prefix < PLANCIA_SUBNET_SHORTEST)
    return fail (text, "at most 65534 addresses, /16", error);
  if (!is_private (address, (guint) prefix, FALSE))
    return fail (text, "a private network", error);
  return new_subnet (address, (guint) prefix, NULL);
}

char *
plancia_subnet_to_string (const PlanciaSubnet *self)
{
  g_autofree char *address = plancia_ipv4_to_string (self->network);

  return g_strdup_printf ("%s/%u", address, self->prefix);
}

guint
plancia_subnet_count (const PlanciaSubnet *self)
{
  guint all = self->prefix == LONGEST ? 1 : 1u << (LONGEST - self->prefix);

  return all > 2 ? all - 2 : all;
}

guint32
plancia_subnet_get (const PlanciaSubnet *self, guint index)
{
  return self->network + index + (self->prefix < LONGEST - 1 ? 1 : 0);
}

/**
 * plancia_subnet_overlaps:
 * @self: a network
 * @network: another's address
 * @prefix: another's length
 *
 * Returns: whether they have an address in common
 */
gboolean
plancia_subnet_overlaps (const PlanciaSubnet *self, guint32 network, guint prefix)
{
  guint32 mask = mask_of (MIN (self->prefix, prefix));

  return (self->network & mask) == (network & mask);
}
