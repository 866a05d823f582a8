/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/serial-candidates.h"

#include "backend/port-watch.h"

/* Chips of the usual USB adapters, as the public list of USB identities has them. */
static const struct
{
  guint16     vendor;
  guint16     product;
  const char *name;
} adapters[] = {
  {0x0403, 0x6001, "FTDI FT232R"    },
  {0x0403, 0x6010, "FTDI FT2232"    },
  {0x0403, 0x6011, "FTDI FT4232"    },
  {0x0403, 0x6014, "FTDI FT232H"    },
  {0x0403, 0x6015, "FTDI FT-X"      },
  {0x067b, 0x2303, "Prolific PL2303"},
  {0x067b, 0x23a3, "Prolific PL2303"},
  {0x10c4, 0xea60, "CP210x"         },
  {0x10c4, 0xea70, "CP2105"         },
  {0x1a86, 0x5523, "CH341"          },
  {0x1a86, 0x55d3, "CH343"          },
  {0x1a86, 0x55d4, "CH9102"         },
  {0x1a86, 0x7522, "CH340"          },
  {0x1a86, 0x7523, "CH340"          },
};

/* A CONNEXT shows up as a virtual port of USB's own class. Its USB identity is not public, so that every such port that
 * is not a known adapter may be one. */
#define CLASS_PORT "/dev/ttyACM"

/**
 * plancia_serial_candidates_name:
 * @vendor: USB vendor
 * @product: USB product
 *
 * Returns: (transfer none) (nullable): name of the chip
 */
const char *
plancia_serial_candidates_name (guint16 vendor, guint16 product)
{
  for (guint i = 0; i < G_N_ELEMENTS (adapters); i++)
    if (adapters[i].vendor == vendor && adapters[i].product == product)
      return adapters[i].name;
  return NULL;
}

static PlanciaFinding *
describe (const PlanciaSerialPortInfo *port)
{
  const char     *adapter = plancia_serial_candidates_name (port->vendor, port->product);
  gboolean        connext = adapter == NULL && g_str_has_prefix (port->path, CLASS_PORT);
  PlanciaFinding *finding =
    plancia_finding_new (connext ? PLANCIA_FINDING_CONNEXT : PLANCIA_FINDING_SERIAL, port->path);

  finding->state = port->permitted ? PLANCIA_FINDING_NOT_OPENED : PLANCIA_FINDING_FORBIDDEN;
  finding->link = g_strdup (port->link);
  finding->description = g_strdup (port->name != NULL ? port->name : port->description);
  finding->vendor = port->vendor;
  finding->product = port->product;
  finding->adapter = g_strdup (adapter);
  finding->group = g_strdup (port->group);
  return finding;
}

GPtrArray *
plancia_serial_candidates_list (void)
{
  g_autoptr (GPtrArray) ports = plancia_port_watch_list ();
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_finding_unref);

  for (guint i = 0; i < ports->len; i++)
    g_ptr_array_add (list, describe (g_ptr_array_index (ports, i)));
  return list;
}
