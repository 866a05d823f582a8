/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/neighbours.h"

#include "backend/subnet.h"
#include <stdio.h>
#include <string.h>

#define TABLE "/proc/net/arp"
/* Flag of an entry whose address was answered for. */
#define COMPLETE 0x2
#define MAC_SIZE 17

struct _PlanciaNeighbours
{
  GHashTable *macs; /* address to text */
};

/* address, hardware type, flags, MAC, mask, device, in columns of blanks. */
static void
take_line (PlanciaNeighbours *self, const char *line)
{
  char    address[16], mac[MAC_SIZE + 1];
  guint   flags;
  guint32 number;

  if (sscanf (line, "%15s 0x%*x 0x%x %17s", address, &flags, mac) != 3 ||
      !plancia_ipv4_parse (address, &number) || (flags & COMPLETE) == 0 ||
      strlen (mac) != MAC_SIZE || g_str_equal (mac, "00:00:00:00:00:00"))
    return;
  g_hash_table_replace (self->macs, GUINT_TO_POINTER (number), g_ascii_strup (mac, -1));
}

/**
 * plancia_neighbours_parse:
 * @text: the table with its head
 *
 * Lines that are no entry are passed over.
 *
 * Returns: (transfer full): the hosts that were resolved
 */
PlanciaNeighbours *
plancia_neighbours_parse (const char *text)
{
  PlanciaNeighbours *self = g_new0 (PlanciaNeighbours, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->macs = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (self, lines[i]);
  return self;
}

/**
 * plancia_neighbours_read:
 *
 * Reads a file that the kernel makes; blocking, briefly: on a worker.
 *
 * Returns: (transfer full): the hosts that are resolved now
 */
PlanciaNeighbours *
plancia_neighbours_read (void)
{
  g_autofree char *text = NULL;

  return plancia_neighbours_parse (g_file_get_contents (TABLE, &text, NULL, NULL) ? text : "");
}

void
plancia_neighbours_free (PlanciaNeighbours *self)
{
  g_hash_table_unref (self->macs);
  g_free (self);
}

const char *
plancia_neighbours_find (PlanciaNeighbours *self, guint32 address)
{
  return g_hash_table_lookup (self->macs, GUINT_TO_POINTER (address));
}
