/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-place.h"
#include "history/export-text.h"
#include "history/export-writer-private.h"

#include "base/span.h"
#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Days from the beginning of a workbook's calendar to 1970. */
#define EPOCH 25569.0
/* A cancellable is looked at once in so many lines; there is no writing in between. */
#define LINES_PER_CHECK 1000
#define TIME_WIDTH      19
#define VALUE_WIDTH     16

/* A device's page, and what is on it. */
typedef struct
{
  const char    *name;    /* of the device; the first column's */
  GArray        *columns; /* guint */
  lxw_worksheet *page;    /* the last one, if the lines needed several */
  guint          n_pages;
  lxw_row_t      row; /* the next one */
} Sheet;

typedef struct
{
  PlanciaExportPlace place;
  lxw_workbook      *book;
  lxw_format        *bold;
  lxw_format        *date;
  GPtrArray         *sheets; /* Sheet */
  PlanciaExportClock clock;
} Xlsx;

static void
sheet_free (Sheet *sheet)
{
  g_array_unref (sheet->columns);
  g_free (sheet);
}

static gboolean
check (lxw_error result, const char *what, const char *path, GError **error)
{
  int code = errno;

  if (result == LXW_NO_ERROR)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               code != 0 ? (int) g_io_error_from_errno (code) : (int) G_IO_ERROR_FAILED,
               "%s: cannot %s: %s",
               path,
               what,
               lxw_strerror (result));
  return FALSE;
}

/* What a workbook accepts: 31 characters, none of []:*?/\, no apostrophe at the ends, no two alike. */
static char *
make_sheet_name (Xlsx *xlsx, const char *wanted, guint number)
{
  g_autofree char *clean = g_strdup (wanted);

  g_strdelimit (clean, "[]:*?/\\'", ' ');
  g_strstrip (clean);
  for (;; number++) {
    g_autofree char *tail = number > 1 ? g_strdup_printf (" (%u)", number) : g_strdup ("");
    gsize            room = LXW_SHEETNAME_MAX - strlen (tail);
    g_autofree char *head = g_utf8_strlen (clean, -1) > (glong) room
                              ? g_utf8_substring (clean, 0, (glong) room)
                              : g_strdup (clean);
    g_autofree char *name = g_strconcat (head[0] != '\0' ? head : "1", tail, NULL);

    if (workbook_validate_sheet_name (xlsx->book, name) == LXW_NO_ERROR)
      return g_steal_pointer (&name);
    if (number > 1000)
      return NULL;
  }
}

static gboolean
begin_page (PlanciaExportWriter *self, Sheet *sheet, GError **error)
{
  Xlsx            *xlsx = self->state;
  g_autofree char *name = make_sheet_name (xlsx, sheet->name, ++sheet->n_pages);

  sheet->page = workbook_add_worksheet (xlsx->book, name);
  if (sheet->page == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: too many pages", xlsx->place.path);
    return FALSE;
  }
  worksheet_set_column (sheet->page, 0, 0, TIME_WIDTH, NULL);
  worksheet_set_column (sheet->page, 1, (lxw_col_t) sheet->columns->len, VALUE_WIDTH, NULL);
  worksheet_freeze_panes (sheet->page, 1, 1);
  worksheet_write_string (sheet->page, 0, 0, g_time_zone_get_identifier (self->zone), xlsx->bold);
  for (guint i = 0; i < sheet->columns->len; i++) {
    g_autofree char *words = plancia_export_column_words (self,
                                                          g_array_index (sheet->columns, guint, i));

    worksheet_write_string (sheet->page, 0, (lxw_col_t) (i + 1), words, xlsx->bold);
  }
  sheet->row = 1;
  return TRUE;
}

static Sheet *
find_sheet (PlanciaExportWriter *self, const PlanciaExportColumn *column)
{
  Xlsx  *xlsx = self->state;
  Sheet *sheet;

  for (guint i = 0; i < xlsx->sheets->len; i++) {
    const PlanciaExportColumn *first;

    sheet = g_ptr_array_index (xlsx->sheets, i);
    first = g_ptr_array_index (self->columns, g_array_index (sheet->columns, guint, 0));
    if (g_str_equal (first->device, column->device))
      return sheet;
  }
  sheet = g_new0 (Sheet, 1);
  sheet->name = column->name;
  sheet->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (xlsx->sheets, sheet);
  return sheet;
}

static gboolean
begin_sheets (PlanciaExportWriter *self, GError **error)
{
  Xlsx *xlsx = self->state;

  for (guint i = 0; i < self->columns->len; i++)
    g_array_append_val (find_sheet (self, g_ptr_array_index (self->columns, i))->columns, i);
  for (guint i = 0; i < xlsx->sheets->len; i++)
    if (!begin_page (self, g_ptr_array_index (xlsx->sheets, i), error))
      return FALSE;
  return TRUE;
}

/* The library opens files by their names. */
static gboolean
make_temporary (Xlsx *xlsx, const char *path, GError **error)
{
  int descriptor = plancia_export_place_begin (&xlsx->place, path, error);

  if (descriptor < 0)
    return FALSE;
  close (descriptor);
  return TRUE;
}

static gboolean
begin (PlanciaExportWriter *self, const char *path, GError **error)
{
  Xlsx                *xlsx = self->state = g_new0 (Xlsx, 1);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};

  if (g_str_equal (path, "-")) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_NOT_SUPPORTED,
                 "A workbook needs a file; it cannot go to standard output");
    return FALSE;
  }
  xlsx->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sheet_free);
  if (!make_temporary (xlsx, path, error))
    return FALSE;
  xlsx->book = workbook_new_opt (xlsx->place.temporary, &options);
  xlsx->bold = workbook_add_format (xlsx->book);
  format_set_bold (xlsx->bold);
  xlsx->date = workbook_add_format (xlsx->book);
  format_set_num_format (xlsx->date, "yyyy-mm-dd hh:mm:ss");
  plancia_export_clock_init (&xlsx->clock, self->zone, PLANCIA_EXPORT_TIME_LOCAL);
  return begin_sheets (self, error);
}

static gboolean
has_values (const Sheet *sheet, const double *values)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    if (!isnan (values[g_array_index (sheet->columns, guint, i)]))
      return TRUE;
  return FALSE;
}

static gboolean
add_to (PlanciaExportWriter *self, Sheet *sheet, gint64 time, const double *values, GError **error)
{
  Xlsx  *xlsx = self->state;
  double date = EPOCH + (double) plancia_export_clock_local (&xlsx->clock, time) / PLANCIA_DAY;

  if (!has_values (sheet, values))
    return TRUE;
  if (sheet->row >= LXW_ROW_MAX && !begin_page (self, sheet, error))
    return FALSE;
  errno = 0;
  if (!check (worksheet_write_number (sheet->page, sheet->row, 0, date, xlsx->date),
              "write a line",
              xlsx->place.path,
              error))
    return FALSE;
  for (guint i = 0; i < sheet->columns->len; i++) {
    double value = values[g_array_index (sheet->columns, guint, i)];

    /* A workbook has no infinity. */
    if (isfinite (value))
      worksheet_write_number (sheet->page, sheet->row, (lxw_col_t) (i + 1), value, NULL);
  }
  sheet->row++;
  self->lines++;
  return TRUE;
}

static gboolean
add (PlanciaExportWriter *self,
     gint64               time,
     const double        *values,
     GCancellable        *cancellable,
     GError             **error)
{
  Xlsx *xlsx = self->state;

  if (self->lines % LINES_PER_CHECK == 0 &&
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < xlsx->sheets->len; i++)
    if (!add_to (self, g_ptr_array_index (xlsx->sheets, i), time, values, error))
      return FALSE;
  return TRUE;
}

static gboolean
finish (PlanciaExportWriter *self, GCancellable *cancellable, GError **error)
{
  Xlsx *xlsx = self->state;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  errno = 0;
  if (!check (workbook_close (g_steal_pointer (&xlsx->book)),
              "write the workbook",
              xlsx->place.path,
              error))
    return FALSE;
  return plancia_export_place_finish (&xlsx->place, error);
}

static void
xlsx_free (PlanciaExportWriter *self)
{
  Xlsx *xlsx = self->state;

  g_clear_pointer (&xlsx->book, lxw_workbook_free);
  g_clear_pointer (&xlsx->sheets, g_ptr_array_unref);
  plancia_export_place_clear (&xlsx->place);
  g_free (xlsx);
}

const PlanciaExportKind plancia_export_xlsx = {begin, add, finish, xlsx_free};
