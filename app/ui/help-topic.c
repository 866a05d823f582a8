/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-topic.h"

#include "base/error.h"

#include <gio/gio.h>

/* Any code of the domain that has no row of its own. */
#define ANY (-1)

typedef struct
{
  GQuark (*domain) (void);
  int         code;
  const char *place;
} Topic;

static const Topic topics[] = {
  {g_io_error_quark,             G_IO_ERROR_CONNECTION_REFUSED,           "troubleshooting#refused"   },
  {g_io_error_quark,             G_IO_ERROR_CONNECTION_CLOSED,            "troubleshooting#refused"   },
  {g_io_error_quark,             G_IO_ERROR_PERMISSION_DENIED,            "troubleshooting#permission"},
  {g_io_error_quark,             G_IO_ERROR_NOT_FOUND,                    "troubleshooting#port"      },
  {g_io_error_quark,             G_IO_ERROR_BUSY,                         "troubleshooting#port"      },
  {g_io_error_quark,             G_IO_ERROR_INVALID_DATA,                 "troubleshooting#damaged"   },
  {g_io_error_quark,             G_IO_ERROR_NO_SPACE,                     "troubleshooting#disk"      },
  {g_io_error_quark,             G_IO_ERROR_READ_ONLY,                    "troubleshooting#files"     },
  {g_io_error_quark,             G_IO_ERROR_NOT_REGULAR_FILE,             "troubleshooting#files"     },
  {g_io_error_quark,             G_IO_ERROR_IS_DIRECTORY,                 "troubleshooting#files"     },
  {g_io_error_quark,             ANY,                                     "troubleshooting#no-answer" },
  {plancia_protocol_error_quark, PLANCIA_PROTOCOL_ERROR_LOGGER,           "sticks#wifi"               },
  {plancia_protocol_error_quark, ANY,                                     "troubleshooting#damaged"   },
  {plancia_modbus_error_quark,   ANY,                                     "troubleshooting#exception" },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,      "portal#credentials"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_REFUSED,             "portal#credentials"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,      "portal#credentials"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_NO_SUCH_THING,       "portal#serial"             },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_NO_VALUES,           "portal#serial"             },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_NO_ADDRESS,          "portal#certificate"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_CERTIFICATE,         "portal#certificate"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED, "portal#certificate"        },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_ZEROS,               "portal#doubtful"           },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_WENT_BACK,           "portal#doubtful"           },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_FELL,                "portal#doubtful"           },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_REPLACED,            "portal#doubtful"           },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_FROZEN,              "portal#doubtful"           },
  {plancia_cloud_error_quark,    PLANCIA_CLOUD_ERROR_STUCK,               "portal#doubtful"           },
  {plancia_cloud_error_quark,    ANY,                                     "portal#overloaded"         },
  {g_resolver_error_quark,       ANY,                                     "troubleshooting#no-answer" },
  {g_tls_error_quark,            ANY,                                     "portal#certificate"        },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_TAKEN_OVER,         "hub#taken-over"            },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_PORT_CLOSED,        "hub#service"               },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_UPLOADING,          "sticks#habits"             },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,        "registers#map"             },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,   "registers#map"             },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_FORBIDDEN,          "registers#raw"             },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE,     "psc"                       },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_NOT_RECORDED,       "troubleshooting#disk"      },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING,   "recordings"                },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_RECORDING,          "recordings"                },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_NOT_VERIFIED,       "writes#verdicts"           },
  {plancia_device_error_quark,   PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN,    "writes#verdicts"           },
  {plancia_device_error_quark,   ANY,                                     "troubleshooting#write"     },
  {plancia_document_error_quark, PLANCIA_DOCUMENT_ERROR_NO_PARCEL,        "office#damaged"            },
  {plancia_document_error_quark, ANY,                                     "troubleshooting#files"     },
  {plancia_archive_error_quark,  PLANCIA_ARCHIVE_ERROR_DAMAGED,           "troubleshooting#files"     },
  {plancia_archive_error_quark,  ANY,                                     "troubleshooting#disk"      },
};

/**
 * plancia_help_topic_of_error:
 * @error: an error of the core
 *
 * Returns: (transfer none): "page#place" of the manual
 */
const char *
plancia_help_topic_of_error (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    if (topics[i].domain () == error->domain &&
        (topics[i].code == error->code || topics[i].code == ANY))
      return topics[i].place;
  return "troubleshooting";
}

static const char *
topic_of_device (PlanciaDevice *device)
{
  static const char *const kinds[][2] = {
    {"stick",       "sticks"          },
    {"hub",         "hub"             },
    {"line",        "hub"             },
    {"power-magic", "power-magic"     },
    {"psc",         "psc"             },
    {"console",     "connext"         },
    {"heat-pump",   "serial#heat-pump"},
    {"meter",       "serial#meter"    },
    {"portal",      "portal"          },
    {"thing",       "portal"          },
  };
  const char *kind = plancia_device_get_kind (device);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i][0]) == 0)
      return kinds[i][1];
  return "first-steps#pages";
}

/**
 * plancia_help_topic_of_view:
 * @page: (nullable): name of the page of the window that is seen
 * @device: (nullable): what is looked at
 *
 * Returns: (transfer none): "page#place" of the manual
 */
const char *
plancia_help_topic_of_view (const char *page, PlanciaDevice *device)
{
  static const char *const pages[][2] = {
    {"registers", "registers"          },
    {"watch",     "registers"          },
    {"raw",       "registers#raw"      },
    {"history",   "history"            },
    {"compare",   "registers#snapshots"},
    {"console",   "console"            },
    {"traffic",   "console#traffic"    },
    {"alarms",    "troubleshooting"    },
    {"findings",  "history#findings"   },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (page, pages[i][0]) == 0)
      return pages[i][1];
  return device ? topic_of_device (device) : "first-steps";
}
