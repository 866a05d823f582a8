/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The error domains of the core. G_IO_ERROR is used for what it already names (cancelled, timed
 * out, not connected, refused, busy, permission denied). Messages are for the log: English, with
 * what was expected and what came. People read ui/error-text.c. */

#define PLANCIA_PROTOCOL_ERROR (plancia_protocol_error_quark ())
GQuark plancia_protocol_error_quark (void);

typedef enum {
  PLANCIA_PROTOCOL_ERROR_TRUNCATED,
  PLANCIA_PROTOCOL_ERROR_CHECKSUM,
  PLANCIA_PROTOCOL_ERROR_UNEXPECTED, /* well formed, but not the answer to this request */
  PLANCIA_PROTOCOL_ERROR_MALFORMED,
  PLANCIA_PROTOCOL_ERROR_UNSUPPORTED,
  PLANCIA_PROTOCOL_ERROR_LOGGER, /* the stick itself reports a failure (Solarman codes 05, 06) */
} PlanciaProtocolError;

/* The code is the Modbus exception number, 1 to 255. */
#define PLANCIA_MODBUS_ERROR (plancia_modbus_error_quark ())
GQuark plancia_modbus_error_quark (void);

typedef enum {
  PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION = 1,
  PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS = 2,
  PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE = 3,
  PLANCIA_MODBUS_ERROR_DEVICE_FAILURE = 4,
  PLANCIA_MODBUS_ERROR_ACKNOWLEDGE = 5,
  PLANCIA_MODBUS_ERROR_BUSY = 6,
  PLANCIA_MODBUS_ERROR_MEMORY_PARITY = 8,
  PLANCIA_MODBUS_ERROR_GATEWAY_PATH = 10,
  PLANCIA_MODBUS_ERROR_GATEWAY_TARGET = 11,
} PlanciaModbusError;

#define PLANCIA_CLOUD_ERROR (plancia_cloud_error_quark ())
GQuark plancia_cloud_error_quark (void);

typedef enum {
  PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
  PLANCIA_CLOUD_ERROR_REFUSED,
  PLANCIA_CLOUD_ERROR_OVERLOADED,
  PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
  PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG,
  PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
  PLANCIA_CLOUD_ERROR_BAD_ANSWER,
  PLANCIA_CLOUD_ERROR_TOO_OFTEN,           /* it asks to wait */
  PLANCIA_CLOUD_ERROR_WEB_PAGE,            /* a page for people instead of data */
  PLANCIA_CLOUD_ERROR_TOO_LARGE,           /* an answer that nobody would take whole */
  PLANCIA_CLOUD_ERROR_NO_VALUES,           /* it knows the thing and says nothing of it */
  PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,      /* none are kept here */
  PLANCIA_CLOUD_ERROR_NO_ADDRESS,          /* the profile does not say where the service is */
  PLANCIA_CLOUD_ERROR_CERTIFICATE,         /* nobody vouches for the server */
  PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED, /* not the one that a person trusted */
  /* Answers that are whole and wrong: their values are not taken. */
  PLANCIA_CLOUD_ERROR_ZEROS,     /* everything is 0, lifetime counters too */
  PLANCIA_CLOUD_ERROR_WENT_BACK, /* older than what was there already */
  PLANCIA_CLOUD_ERROR_FELL,      /* a lifetime counter is lower than it was */
  PLANCIA_CLOUD_ERROR_FROZEN,    /* nothing new by day */
  PLANCIA_CLOUD_ERROR_STUCK,     /* a power that its counter does not bear out */
  PLANCIA_CLOUD_ERROR_REPLACED, /* a lifetime counter stays low: is it another device? A person has to say */
  /* On the way. */
  PLANCIA_CLOUD_ERROR_SILENT,      /* no whole answer in time */
  PLANCIA_CLOUD_ERROR_HUNG_UP,     /* the connection ended instead of an answer */
  PLANCIA_CLOUD_ERROR_UNREACHABLE, /* nobody listens there, or there is no way: nothing was sent */
} PlanciaCloudError;

#define PLANCIA_DEVICE_ERROR (plancia_device_error_quark ())
GQuark plancia_device_error_quark (void);

typedef enum {
  PLANCIA_DEVICE_ERROR_READ_ONLY,
  PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
  PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
  PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN,
  PLANCIA_DEVICE_ERROR_TAKEN_OVER,
  PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
  PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
  PLANCIA_DEVICE_ERROR_PORT_CLOSED, /* of a HUB: its Modbus service is switched off */
  PLANCIA_DEVICE_ERROR_UPLOADING,   /* a stick talks to its cloud: asked again, not a failure yet */
  /* What an apply register says of a block. */
  PLANCIA_DEVICE_ERROR_APPLY_REFUSED,
  PLANCIA_DEVICE_ERROR_APPLY_NO_ANSWER,
  PLANCIA_DEVICE_ERROR_APPLY_DISABLED,
  PLANCIA_DEVICE_ERROR_APPLY_NOT_STORED,
  PLANCIA_DEVICE_ERROR_APPLY_WRONG,
  PLANCIA_DEVICE_ERROR_NOT_RECORDED, /* the journal cannot be written: nothing is sent without it */
  PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE, /* a model that this panel does not take: neither polled nor written */
  PLANCIA_DEVICE_ERROR_FORBIDDEN,        /* the map says that these registers must never be read */
  PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING, /* nobody had asked for it until this time */
  PLANCIA_DEVICE_ERROR_RECORDING,        /* a recording takes nothing: it is of the past */
} PlanciaDeviceError;

/* A plant, map, scenario or address that a person wrote is wrong. The message names the file (or
 * the text), the key path or line, and what is wrong there. */
#define PLANCIA_DOCUMENT_ERROR (plancia_document_error_quark ())
GQuark plancia_document_error_quark (void);

typedef enum {
  PLANCIA_DOCUMENT_ERROR_SYNTAX,
  PLANCIA_DOCUMENT_ERROR_MISSING,
  PLANCIA_DOCUMENT_ERROR_INVALID,
  PLANCIA_DOCUMENT_ERROR_VERSION,
  PLANCIA_DOCUMENT_ERROR_NO_PARCEL, /* no plant in one file, or nothing of it can be read */
} PlanciaDocumentError;

/* The archive of the history; plancia_archive_trouble_new makes them of what a store says. */
#define PLANCIA_ARCHIVE_ERROR (plancia_archive_error_quark ())
GQuark plancia_archive_error_quark (void);

typedef enum {
  PLANCIA_ARCHIVE_ERROR_FULL,
  PLANCIA_ARCHIVE_ERROR_READ_ONLY,
  PLANCIA_ARCHIVE_ERROR_BUSY,
  PLANCIA_ARCHIVE_ERROR_DAMAGED,
  PLANCIA_ARCHIVE_ERROR_OTHER,
} PlanciaArchiveError;

G_END_DECLS
