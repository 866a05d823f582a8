/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/picture.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

/* Pixels a point of a PNG. */
#define FINENESS 2.0

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (PlanciaExportFormat format,
              double              width,
              double              height,
              const char         *title,
              GByteArray         *out)
{
  cairo_surface_t *surface;

  if (format == PLANCIA_EXPORT_PNG) {
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                          (int) (width * FINENESS),
                                          (int) (height * FINENESS));
    cairo_surface_set_device_scale (surface, FINENESS, FINENESS);
    return surface;
  }
  if (format == PLANCIA_EXPORT_SVG)
    return cairo_svg_surface_create_for_stream (append_cb, out, width, height);
  surface = cairo_pdf_surface_create_for_stream (append_cb, out, width, height);
  if (title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Plancia " PLANCIA_VERSION);
  return surface;
}

static cairo_status_t
finish (cairo_surface_t *surface, PlanciaExportFormat format, GByteArray *out)
{
  cairo_status_t status = cairo_surface_status (surface);

  if (status == CAIRO_STATUS_SUCCESS && format == PLANCIA_EXPORT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_cb, out);
  cairo_surface_finish (surface);
  return status == CAIRO_STATUS_SUCCESS ? cairo_surface_status (surface) : status;
}

GBytes *
plancia_picture_render (PlanciaExportFormat format,
                        double              width,
                        double              height,
                        const char         *title,
                        PlanciaPictureDraw  draw,
                        gpointer            data,
                        GError            **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = make_surface (format, width, height, title, out);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  draw (cr, width, height, data);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = finish (surface, format, out);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_FAILED,
               "The picture cannot be drawn: %s",
               cairo_status_to_string (status));
  return NULL;
}
