/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-glue.h"

#include <errno.h>
#include <gio/gio.h>
#include <libserialport.h>

struct _PlanciaSerialGlue
{
  struct sp_port    *port;
  PlanciaFlowControl flow;
};

static PlanciaSerialPortInfo *
describe (struct sp_port *port)
{
  PlanciaSerialPortInfo *info = g_new0 (PlanciaSerialPortInfo, 1);
  int                    vendor = 0, product = 0;

  info->path = g_strdup (sp_get_port_name (port));
  info->description = g_strdup (sp_get_port_description (port));
  if (sp_get_port_transport (port) == SP_TRANSPORT_USB &&
      sp_get_port_usb_vid_pid (port, &vendor, &product) == SP_OK) {
    info->vendor = (guint16) vendor;
    info->product = (guint16) product;
    info->serial = g_strdup (sp_get_port_usb_serial (port));
  }
  return info;
}

/**
 * plancia_serial_glue_list:
 *
 * The ttys of the system. Blocking: on a worker. Returns: (transfer full): a GPtrArray of
 * PlanciaSerialPortInfo*
 */
GPtrArray *
plancia_serial_glue_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  struct sp_port **ports = NULL;

  if (sp_list_ports (&ports) != SP_OK)
    return list;
  for (gsize i = 0; ports[i] != NULL; i++)
    g_ptr_array_add (list, describe (ports[i]));
  sp_free_port_list (ports);
  return list;
}

/**
 * plancia_serial_glue_look:
 * @path: of a tty, not a link to one
 *
 * Blocking: on a worker. Returns: (transfer full) (nullable): as in the list; NULL for a pty
 */
PlanciaSerialPortInfo *
plancia_serial_glue_look (const char *path)
{
  struct sp_port        *port = NULL;
  PlanciaSerialPortInfo *info;

  if (sp_get_port_by_name (path, &port) != SP_OK)
    return NULL;
  info = describe (port);
  sp_free_port (port);
  return info;
}

static gboolean
fail (enum sp_return code, const char *what, GError **error)
{
  int number = errno;

  if (code == SP_OK)
    return TRUE;
  if (code == SP_ERR_FAIL)
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (number),
                 "%s: %s",
                 what,
                 g_strerror (number));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: not supported", what);
  return FALSE;
}

static enum sp_parity
to_parity (char parity)
{
  switch (parity) {
  case 'E':
    return SP_PARITY_EVEN;
  case 'O':
    return SP_PARITY_ODD;
  case 'M':
    return SP_PARITY_MARK;
  case 'S':
    return SP_PARITY_SPACE;
  default:
    return SP_PARITY_NONE;
  }
}

/* DSR/DTR is not for the kernel: the port looks at DSR itself before it writes. */
static enum sp_flowcontrol
to_flow (PlanciaFlowControl flow)
{
  switch (flow) {
  case PLANCIA_FLOW_CONTROL_XON_XOFF:
    return SP_FLOWCONTROL_XONXOFF;
  case PLANCIA_FLOW_CONTROL_RTS_CTS:
    return SP_FLOWCONTROL_RTSCTS;
  case PLANCIA_FLOW_CONTROL_NONE:
  case PLANCIA_FLOW_CONTROL_DSR_DTR:
  default:
    return SP_FLOWCONTROL_NONE;
  }
}

static gboolean
set_format (struct sp_port *port, const PlanciaSerialSettings *settings, GError **error)
{
  int stop_bits = settings->stop_bits == PLANCIA_STOP_BITS_1 ? 1 : 2;

  return fail (sp_set_baudrate (port, (int) settings->baud), "setting the speed", error) &&
         fail (sp_set_bits (port, (int) settings->data_bits), "setting the data bits", error) &&
         fail (sp_set_parity (port, to_parity (settings->parity)), "setting the parity", error) &&
         fail (sp_set_stopbits (port, stop_bits), "setting the stop bits", error);
}

static gboolean
set_flow (PlanciaSerialGlue *self, PlanciaFlowControl flow, GError **error)
{
  if (!fail (sp_set_flowcontrol (self->port, to_flow (flow)), "setting the flow control", error))
    return FALSE;
  self->flow = flow;
  return TRUE;
}

/**
 * plancia_serial_glue_set_up:
 *
 * Flow control is set only when it changes: that raises DTR and RTS. Blocking: on a worker.
 */
gboolean
plancia_serial_glue_set_up (PlanciaSerialGlue           *self,
                            const PlanciaSerialSettings *settings,
                            GError                     **error)
{
  return set_format (self->port, settings, error) &&
         (settings->flow == self->flow || set_flow (self, settings->flow, error));
}

/**
 * plancia_serial_glue_open:
 * @path: of a tty, not a link to one
 *
 * Opens and sets up; not exclusive. Blocking: on a worker. Returns: (transfer full)
 */
PlanciaSerialGlue *
plancia_serial_glue_open (const char *path, const PlanciaSerialSettings *settings, GError **error)
{
  struct sp_port    *port = NULL;
  PlanciaSerialGlue *self;

  if (!fail (sp_get_port_by_name (path, &port), path, error))
    return NULL;
  if (!fail (sp_open (port, SP_MODE_READ_WRITE), path, error)) {
    sp_free_port (port);
    return NULL;
  }
  self = g_new0 (PlanciaSerialGlue, 1);
  self->port = port;
  if (set_format (port, settings, error) && set_flow (self, settings->flow, error))
    return self;
  plancia_serial_glue_close (self);
  return NULL;
}

/**
 * plancia_serial_glue_get_fd:
 *
 * The descriptor, which does not block and stays the port's; -1 if there is none.
 */
int
plancia_serial_glue_get_fd (PlanciaSerialGlue *self)
{
  int descriptor = -1;

  return sp_get_port_handle (self->port, &descriptor) == SP_OK ? descriptor : -1;
}

/**
 * plancia_serial_glue_close:
 *
 * Closes and frees.
 */
void
plancia_serial_glue_close (PlanciaSerialGlue *self)
{
  if (self == NULL)
    return;
  sp_close (self->port);
  sp_free_port (self->port);
  g_free (self);
}
