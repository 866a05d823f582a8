/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/traffic-file.h"
#include "base/worker.h"
#include "model/traffic-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Saves what a list of frames shows. The worker writes the file; a toast or a dialog says what came of it. Main thread. */

/* Asks where. widget: on the page. */
void plancia_traffic_export_ask (GtkWidget           *widget,
                                 PlanciaWorker       *worker,
                                 PlanciaTrafficModel *model,
                                 PlanciaTrafficFormat format);
void plancia_traffic_export_save (GtkWidget           *widget,
                                  PlanciaWorker       *worker,
                                  PlanciaTrafficModel *model,
                                  PlanciaTrafficFormat format,
                                  GFile               *file);

G_END_DECLS
