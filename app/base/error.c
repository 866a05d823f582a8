/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

G_DEFINE_QUARK (plancia - protocol - error, plancia_protocol_error)
G_DEFINE_QUARK (plancia - modbus - error, plancia_modbus_error)
G_DEFINE_QUARK (plancia - cloud - error, plancia_cloud_error)
G_DEFINE_QUARK (plancia - device - error, plancia_device_error)
G_DEFINE_QUARK (plancia - document - error, plancia_document_error)
G_DEFINE_QUARK (plancia - archive - error, plancia_archive_error)
