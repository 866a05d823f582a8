/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-setup.h"

#include <asm/termbits.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/ioctl.h>

/* A UART divides its clock, so that few rates are met exactly; receivers bear this much. */
#define TOLERANCE 3 /* % */

static tcflag_t
size_flag (guint data_bits)
{
  switch (data_bits) {
  case 5:
    return CS5;
  case 6:
    return CS6;
  case 7:
    return CS7;
  default:
    return CS8;
  }
}

static tcflag_t
parity_flags (char parity)
{
  switch (parity) {
  case 'E':
    return PARENB;
  case 'O':
    return PARENB | PARODD;
  case 'M':
    return PARENB | PARODD | CMSPAR;
  case 'S':
    return PARENB | CMSPAR;
  default:
    return 0;
  }
}

static char
parity_of (tcflag_t flags)
{
  if ((flags & PARENB) == 0)
    return 'N';
  if ((flags & CMSPAR) != 0)
    return (flags & PARODD) != 0 ? 'M' : 'S';
  return (flags & PARODD) != 0 ? 'O' : 'E';
}

static void
make_raw (struct termios2 *terminal)
{
  terminal->c_iflag &= ~(tcflag_t) (IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL |
                                    IXON | IXOFF | IXANY);
  terminal->c_oflag &= ~(tcflag_t) OPOST;
  terminal->c_lflag &= ~(tcflag_t) (ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  terminal->c_cc[VMIN] = 1;
  terminal->c_cc[VTIME] = 0;
}

/* There is one flag for more than one stop bit. With 5 data bits a UART makes 1.5 of it; otherwise two are sent, which a
 * receiver that waits for 1.5 takes as well. */
gboolean
plancia_serial_setup_apply (int descriptor, const PlanciaSerialSettings *settings)
{
  struct termios2 terminal;

  if (ioctl (descriptor, TCGETS2, &terminal) != 0)
    return FALSE;
  make_raw (&terminal);
  terminal.c_cflag &= ~(tcflag_t) (CSIZE | PARENB | PARODD | CMSPAR | CSTOPB | CRTSCTS | CBAUD |
                                   (CBAUD << IBSHIFT));
  terminal.c_cflag |= CLOCAL | CREAD | BOTHER | (BOTHER << IBSHIFT);
  terminal.c_cflag |= size_flag (settings->data_bits) | parity_flags (settings->parity);
  if (settings->stop_bits != PLANCIA_STOP_BITS_1)
    terminal.c_cflag |= CSTOPB;
  if (settings->flow == PLANCIA_FLOW_CONTROL_RTS_CTS)
    terminal.c_cflag |= CRTSCTS;
  if (settings->flow == PLANCIA_FLOW_CONTROL_XON_XOFF)
    terminal.c_iflag |= IXON | IXOFF;
  terminal.c_cc[VSTART] = 0x11;
  terminal.c_cc[VSTOP] = 0x13;
  terminal.c_ispeed = terminal.c_ospeed = settings->baud;
  return ioctl (descriptor, TCSETS2, &terminal) == 0;
}

gboolean
plancia_serial_setup_read (int descriptor, PlanciaSerialSettings *settings)
{
  struct termios2 terminal;

  if (ioctl (descriptor, TCGETS2, &terminal) != 0)
    return FALSE;
  settings->baud = terminal.c_ospeed;
  settings->data_bits = (terminal.c_cflag & CSIZE) == CS5   ? 5
                        : (terminal.c_cflag & CSIZE) == CS6 ? 6
                        : (terminal.c_cflag & CSIZE) == CS7 ? 7
                                                            : 8;
  settings->parity = parity_of (terminal.c_cflag);
  settings->stop_bits = (terminal.c_cflag & CSTOPB) == 0 ? PLANCIA_STOP_BITS_1
                        : settings->data_bits == 5       ? PLANCIA_STOP_BITS_1_5
                                                         : PLANCIA_STOP_BITS_2;
  settings->flow = (terminal.c_cflag & CRTSCTS) != 0 ? PLANCIA_FLOW_CONTROL_RTS_CTS
                   : (terminal.c_iflag & IXON) != 0  ? PLANCIA_FLOW_CONTROL_XON_XOFF
                                                     : PLANCIA_FLOW_CONTROL_NONE;
  return TRUE;
}

static gboolean
is_near (guint wanted, guint got)
{
  guint64 difference = wanted > got ? wanted - got : got - wanted;

  return difference * 100 <= (guint64) wanted * TOLERANCE;
}

gboolean
plancia_serial_setup_check (int descriptor, const PlanciaSerialSettings *settings, GError **error)
{
  PlanciaSerialSettings now;
  g_autofree char      *wanted = plancia_serial_settings_dup_format (settings);
  g_autofree char      *got = NULL;

  if (!plancia_serial_setup_read (descriptor, &now))
    return TRUE;
  got = plancia_serial_settings_dup_format (&now);
  if (now.data_bits == settings->data_bits && now.parity == settings->parity &&
      (now.stop_bits == PLANCIA_STOP_BITS_1) == (settings->stop_bits == PLANCIA_STOP_BITS_1) &&
      is_near (settings->baud, now.baud))
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_SUPPORTED,
               "the port cannot do %u baud %s; nearest is %u baud %s",
               settings->baud,
               wanted,
               now.baud,
               got);
  return FALSE;
}
