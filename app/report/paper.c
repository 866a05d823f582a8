/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper-private.h"

#include "base/clock.h"
#include "base/span.h"
#include "history/export-stream.h"
#include <cairo-pdf.h>

#define PAGE_WIDTH    PLANCIA_MM (210)
#define PAGE_HEIGHT   PLANCIA_MM (297)
#define MARGIN        PLANCIA_MM (15)
#define MARGIN_BOTTOM PLANCIA_MM (22) /* with the foot in it, whose text ends 10 mm from the edge */

struct _PlanciaPaper
{
  GObject parent_instance;

  PlanciaReportLanguage *language;
  PlanciaPaperHead       head;
  GPtrArray             *blocks;
};

G_DEFINE_FINAL_TYPE (PlanciaPaper, plancia_paper, G_TYPE_OBJECT)

static void
block_free (PlanciaPaperBlock *block)
{
  block->free (block);
}

static void
plancia_paper_finalize (GObject *object)
{
  PlanciaPaper *self = PLANCIA_PAPER (object);

  g_ptr_array_unref (self->blocks);
  plancia_report_language_unref (self->language);
  g_free (self->head.title);
  g_free (self->head.subtitle);
  g_free (self->head.author);
  g_free (self->head.reference);
  g_free (self->head.banner);
  g_free (self->head.foot);
  g_free (self->head.foot_right);

  G_OBJECT_CLASS (plancia_paper_parent_class)->finalize (object);
}

static void
plancia_paper_class_init (PlanciaPaperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_paper_finalize;
}

static void
plancia_paper_init (PlanciaPaper *self)
{
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  self->head.title = g_strdup ("");
  self->head.subtitle = g_strdup ("");
  self->head.time = plancia_clock_now ();
}

PlanciaPaper *
plancia_paper_new (PlanciaReportLanguage *language)
{
  PlanciaPaper *self = g_object_new (PLANCIA_TYPE_PAPER, NULL);

  self->language = plancia_report_language_ref (language);
  return self;
}

PlanciaReportLanguage *
plancia_paper_get_language (PlanciaPaper *self)
{
  return self->language;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

void
plancia_paper_set_title (PlanciaPaper *self, const char *title, const char *subtitle)
{
  set_text (&self->head.title, title);
  set_text (&self->head.subtitle, subtitle != NULL ? subtitle : "");
}

void
plancia_paper_set_author (PlanciaPaper *self, const char *author)
{
  set_text (&self->head.author, author);
}

void
plancia_paper_set_reference (PlanciaPaper *self, const char *reference)
{
  set_text (&self->head.reference, reference);
}

void
plancia_paper_set_banner (PlanciaPaper *self, const char *banner)
{
  set_text (&self->head.banner, banner);
}

void
plancia_paper_set_foot (PlanciaPaper *self, const char *left, const char *right)
{
  set_text (&self->head.foot, left);
  set_text (&self->head.foot_right, right);
}

void
plancia_paper_set_time (PlanciaPaper *self, gint64 time)
{
  self->head.time = time;
}

PlanciaPaperHead *
plancia_paper_get_head (PlanciaPaper *self)
{
  return &self->head;
}

void
plancia_paper_add_block (PlanciaPaper *self, PlanciaPaperBlock *block)
{
  g_ptr_array_add (self->blocks, block);
}

/* --- pages --------------------------------------------------------------------------------------- */

static void
begin_page (PlanciaSheet *self)
{
  self->page++;
  self->x = MARGIN;
  self->y = MARGIN;
  self->bottom = PAGE_HEIGHT - MARGIN_BOTTOM;
  plancia_paper_head_draw (self);
}

/* The page is kept as what was drawn. */
static void
open_recording (PlanciaSheet *self)
{
  cairo_rectangle_t page = {0, 0, PAGE_WIDTH, PAGE_HEIGHT};
  cairo_surface_t  *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &page);

  g_clear_pointer (&self->cr, cairo_destroy);
  self->cr = cairo_create (surface);
  g_ptr_array_add (self->pages, surface);
}

void
plancia_sheet_turn (PlanciaSheet *self)
{
  if (self->pages != NULL)
    open_recording (self);
  else
    cairo_show_page (self->cr);
  begin_page (self);
}

/* A page that nothing stands on yet gives no more room on the next. */
gboolean
plancia_sheet_need (PlanciaSheet *self, double height)
{
  if (self->y + height <= self->bottom || self->y <= self->top)
    return FALSE;
  plancia_sheet_turn (self);
  return TRUE;
}

void
plancia_sheet_begin_tag (PlanciaSheet *self, const char *name)
{
  /* A tag may go on over pages, which then are surfaces of their own. */
  if (self->pages == NULL)
    cairo_tag_begin (self->cr, name, NULL);
}

void
plancia_sheet_end_tag (PlanciaSheet *self, const char *name)
{
  if (self->pages == NULL)
    cairo_tag_end (self->cr, name);
}

/* Everything is drawn twice: first for the number of pages, which stands on each of them. */
static gboolean
draw_all (PlanciaPaper    *self,
          cairo_surface_t *surface,
          guint           *n_pages,
          GCancellable    *cancellable,
          GError         **error)
{
  PlanciaSheet sheet = {
    .paper = self,
    .cr = cairo_create (surface),
    .n_pages = *n_pages,
    .cancellable = cancellable,
  };
  cairo_status_t status;

  plancia_sheet_begin_tag (&sheet, "Document");
  begin_page (&sheet);
  for (guint i = 0; i < self->blocks->len && !g_cancellable_is_cancelled (cancellable); i++) {
    PlanciaPaperBlock *block = g_ptr_array_index (self->blocks, i);

    block->draw (block, &sheet);
  }
  plancia_sheet_end_tag (&sheet, "Document");
  cairo_show_page (sheet.cr);
  *n_pages = sheet.page;
  status = cairo_status (sheet.cr);
  cairo_destroy (sheet.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "PDF: %s", cairo_status_to_string (status));
  return FALSE;
}

static void
set_metadata (PlanciaPaper *self, cairo_surface_t *surface)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (self->head.time / PLANCIA_SECOND);
  g_autofree char *created = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->head.title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->head.subtitle);
  if (self->head.author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->head.author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Plancia " PLANCIA_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * plancia_paper_render:
 * @self: a document
 * @cancellable: (nullable): looked at between its parts
 * @error: return location
 *
 * Returns: (transfer full): the PDF, or NULL
 */
GBytes *
plancia_paper_render (PlanciaPaper *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  guint            n_pages = 0;
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (NULL, NULL, PAGE_WIDTH, PAGE_HEIGHT);
  gboolean good = draw_all (self, surface, &n_pages, cancellable, error);

  cairo_surface_destroy (surface);
  if (!good)
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (append_cb, out, PAGE_WIDTH, PAGE_HEIGHT);
  set_metadata (self, surface);
  good = draw_all (self, surface, &n_pages, cancellable, error);
  cairo_surface_destroy (surface);
  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

/**
 * plancia_paper_record:
 * @self: a document
 *
 * For a printer: the same pages as in the PDF, each to be painted at its origin; a point is a unit.
 *
 * Returns: (transfer full) (element-type cairo_surface_t): the pages
 */
GPtrArray *
plancia_paper_record (PlanciaPaper *self)
{
  guint        n_pages = 0;
  PlanciaSheet sheet = {.paper = self};

  /* Twice, as in the PDF. */
  for (guint round = 0; round < 2; round++) {
    g_clear_pointer (&sheet.pages, g_ptr_array_unref);
    sheet.pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
    sheet.page = 0;
    sheet.n_pages = n_pages;
    open_recording (&sheet);
    begin_page (&sheet);
    for (guint i = 0; i < self->blocks->len; i++) {
      PlanciaPaperBlock *block = g_ptr_array_index (self->blocks, i);

      block->draw (block, &sheet);
    }
    n_pages = sheet.page;
  }
  cairo_destroy (sheet.cr);
  return sheet.pages;
}

gboolean
plancia_paper_write (PlanciaPaper *self,
                     const char   *path,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (GBytes) bytes = plancia_paper_render (self, cancellable, error);

  return bytes != NULL && plancia_export_stream_save (path, bytes, cancellable, error);
}
