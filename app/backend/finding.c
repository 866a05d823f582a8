/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/finding.h"

/* G_DEFINE_BOXED_TYPE needs a GNU extension that -Wpedantic refuses. */
GType
plancia_finding_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type)) {
    GType made = g_boxed_type_register_static ("PlanciaFinding",
                                               (GBoxedCopyFunc) plancia_finding_ref,
                                               (GBoxedFreeFunc) plancia_finding_unref);

    g_once_init_leave (&type, made);
  }
  return type;
}

/**
 * plancia_finding_new:
 * @kind: what it may be
 * @where: host or device path
 *
 * Returns: (transfer full): a finding that nobody else has seen yet
 */
PlanciaFinding *
plancia_finding_new (PlanciaFindingKind kind, const char *where)
{
  PlanciaFinding *self = g_atomic_rc_box_new0 (PlanciaFinding);

  self->kind = kind;
  self->where = g_strdup (where);
  self->identity.unit = -1;
  return self;
}

/**
 * plancia_finding_copy:
 * @self: a finding
 *
 * Returns: (transfer full): a finding to be changed
 */
PlanciaFinding *
plancia_finding_copy (const PlanciaFinding *self)
{
  PlanciaFinding *copy = g_atomic_rc_box_new (PlanciaFinding);

  *copy = *self;
  copy->where = g_strdup (self->where);
  copy->link = g_strdup (self->link);
  copy->mac = g_strdup (self->mac);
  copy->name = g_strdup (self->name);
  copy->address = g_strdup (self->address);
  copy->description = g_strdup (self->description);
  copy->adapter = g_strdup (self->adapter);
  copy->group = g_strdup (self->group);
  plancia_identity_copy (&self->identity, &copy->identity);
  return copy;
}

PlanciaFinding *
plancia_finding_ref (PlanciaFinding *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PlanciaFinding *self = data;

  g_free (self->where);
  g_free (self->link);
  g_free (self->mac);
  g_free (self->name);
  g_free (self->address);
  g_free (self->description);
  g_free (self->adapter);
  g_free (self->group);
  plancia_identity_clear (&self->identity);
}

void
plancia_finding_unref (PlanciaFinding *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* The framing that was found need not be looked for again. */
static const char *
framing_option (const PlanciaFinding *self)
{
  if (g_strcmp0 (self->identity.framing, "Modbus TCP") == 0)
    return "?framing=tcp";
  if (g_strcmp0 (self->identity.framing, "RTU over TCP") == 0)
    return "?framing=rtu";
  return "";
}

static char *
make_wifi_stick (const PlanciaFinding *self, int unit)
{
  if (self->identity.logger == 0)
    return g_strdup_printf ("wifi-stick://%s/%d", self->where, unit);
  return g_strdup_printf ("wifi-stick://%s/%d?serial=%u", self->where, unit, self->identity.logger);
}

/* On port 502 the vendor's Power Magic speaks; an inverter there is something else. */
static char *
make_modbus (const PlanciaFinding *self, int unit)
{
  if (self->identity.generation != NULL)
    return g_strdup_printf ("modbus-tcp://%s:%u/%d", self->where, self->port, unit);
  return g_strdup_printf ("power-magic://%s/%d", self->where, unit);
}

/* The adapter rather than the number that it was given this time. */
static char *
make_serial (const PlanciaFinding *self, const char *scheme)
{
  g_autofree char *path =
    g_uri_escape_string (self->link != NULL ? self->link : self->where, "/:+@,", TRUE);

  return g_strconcat (scheme, "://", path, NULL);
}

static char *
make_text (const PlanciaFinding *self)
{
  int              unit = self->identity.unit > 0 ? self->identity.unit : 1;
  g_autofree char *serial = NULL;

  switch (self->kind) {
  case PLANCIA_FINDING_WIFI_STICK:
    return make_wifi_stick (self, unit);
  case PLANCIA_FINDING_ETH_STICK:
    return g_strdup_printf ("eth-stick://%s/%d%s", self->where, unit, framing_option (self));
  case PLANCIA_FINDING_HUB:
    return g_strdup_printf ("hub://%s", self->where);
  case PLANCIA_FINDING_MODBUS:
    return make_modbus (self, unit);
  case PLANCIA_FINDING_SERIAL:
    serial = make_serial (self, "rs485");
    return g_strdup_printf ("%s/%d", serial, unit);
  case PLANCIA_FINDING_CONNEXT:
    return make_serial (self, "connext");
  case PLANCIA_FINDING_STICK:
  case PLANCIA_FINDING_HOST:
  default:
    return NULL;
  }
}

/**
 * plancia_finding_make_address:
 * @self: a finding that nobody else has seen yet
 *
 * Nothing that did not answer is to be added, but serial ports that are only not opened; what is in use is added already.
 */
void
plancia_finding_make_address (PlanciaFinding *self)
{
  g_clear_pointer (&self->address, g_free);
  if (plancia_finding_is_found (self) && self->state != PLANCIA_FINDING_IN_USE)
    self->address = make_text (self);
}

/**
 * plancia_finding_is_found:
 * @self: a finding
 *
 * A serial port where nobody answers at the usual settings is there all the same.
 */
gboolean
plancia_finding_is_found (const PlanciaFinding *self)
{
  return self->state == PLANCIA_FINDING_ANSWERED || self->state == PLANCIA_FINDING_NOT_OPENED ||
         self->state == PLANCIA_FINDING_IN_USE ||
         (self->kind == PLANCIA_FINDING_SERIAL && self->state == PLANCIA_FINDING_SILENT);
}

guint
plancia_finding_count_lines (const PlanciaFinding *self, PlanciaHubAnswer answer)
{
  guint count = 0;

  for (guint i = 0; i < PLANCIA_HUB_LINES; i++)
    count += self->lines[i] == answer ? 1 : 0;
  return count;
}

/**
 * plancia_finding_get_device_kind:
 * @self: a finding
 *
 * Returns: (transfer none): what the device is, or what usually is at such a place
 */
const char *
plancia_finding_get_device_kind (const PlanciaFinding *self)
{
  switch (self->kind) {
  case PLANCIA_FINDING_HUB:
    return "hub";
  case PLANCIA_FINDING_CONNEXT:
    return "console";
  case PLANCIA_FINDING_MODBUS:
    if (self->state == PLANCIA_FINDING_IN_USE && self->identity.model != NULL)
      return "other";
    return self->identity.generation != NULL ? "inverter" : "power-magic";
  case PLANCIA_FINDING_SERIAL:
    return self->identity.generation != NULL ? "inverter" : "other";
  case PLANCIA_FINDING_STICK:
  case PLANCIA_FINDING_WIFI_STICK:
  case PLANCIA_FINDING_ETH_STICK:
  case PLANCIA_FINDING_HOST:
  default:
    return "inverter";
  }
}
