/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/zip.h"

#include "base/error.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_SIZE (64 * 1024)
/* How often a file is begun anew behind an entry that stopped the reader. */
#define MAX_TRIES 64
/* How often one is looked for behind a damaged one, without the list at the end. */
#define MAX_HEADS   10000
#define HEAD        "PK\x03\x04"
#define HEAD_LENGTH 4
/* Of an entry, up to its name. */
#define LOCAL_HEAD 30

/* --- writing --------------------------------------------------------------------------------- */

struct _PlanciaZipWriter
{
  struct archive *archive;
  char           *path;
  char           *temporary; /* NULL: it has its name */
  int             file;
  gint64          time;
};

static gboolean
fail_errno (GError **error, const char *path, const char *what)
{
  int code = errno;

  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "%s: %s: %s",
               path,
               what,
               g_strerror (code));
  return FALSE;
}

static gboolean
check_write (PlanciaZipWriter *self, int result, GError **error)
{
  int code = archive_errno (self->archive);

  if (result >= ARCHIVE_WARN)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code > 0 ? code : EIO),
               "%s: cannot be written: %s",
               self->path,
               archive_error_string (self->archive));
  return FALSE;
}

static gboolean
begin_archive (PlanciaZipWriter *self, GError **error)
{
  self->archive = archive_write_new ();
  /* No padding behind the end. */
  archive_write_set_bytes_in_last_block (self->archive, 1);
  return check_write (self, archive_write_set_format_zip (self->archive), error) &&
         check_write (self, archive_write_open_fd (self->archive, self->file), error);
}

/**
 * plancia_zip_writer_new:
 * @path: of the file, new or old
 * @time: ms: of its entries
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a writer
 */
PlanciaZipWriter *
plancia_zip_writer_new (const char *path, gint64 time, GError **error)
{
  g_autoptr (PlanciaZipWriter) self = g_new0 (PlanciaZipWriter, 1);

  self->path = g_strdup (path);
  self->time = time;
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  self->file = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0600);
  if (self->file < 0) {
    g_clear_pointer (&self->temporary, g_free);
    fail_errno (error, path, "cannot be written");
    return NULL;
  }
  return begin_archive (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
write_data (PlanciaZipWriter *self, GBytes *bytes, GError **error)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  while (length > 0) {
    la_ssize_t written = archive_write_data (self->archive, data, length);

    if (written <= 0)
      return check_write (self, written < 0 ? (int) written : ARCHIVE_FATAL, error);
    data += written;
    length -= (gsize) written;
  }
  return TRUE;
}

gboolean
plancia_zip_writer_add (PlanciaZipWriter *self,
                        const char       *name,
                        GBytes           *bytes,
                        gboolean          packed,
                        GError          **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean              good;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) g_bytes_get_size (bytes));
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, self->time / 1000, 0);
  if (packed)
    archive_write_zip_set_compression_deflate (self->archive);
  else
    archive_write_zip_set_compression_store (self->archive);
  good = check_write (self, archive_write_header (self->archive, entry), error) &&
         write_data (self, bytes, error) &&
         check_write (self, archive_write_finish_entry (self->archive), error);
  archive_entry_free (entry);
  return good;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              file = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (file < 0)
    return;
  if (fsync (file) != 0)
    g_debug ("%s: fsync: %s", folder, g_strerror (errno));
  close (file);
}

gboolean
plancia_zip_writer_finish (PlanciaZipWriter *self, GError **error)
{
  if (!check_write (self, archive_write_close (self->archive), error))
    return FALSE;
  if (fsync (self->file) != 0)
    return fail_errno (error, self->path, "cannot be written");
  if (g_rename (self->temporary, self->path) != 0)
    return fail_errno (error, self->path, "cannot be replaced");
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

void
plancia_zip_writer_free (PlanciaZipWriter *self)
{
  if (self->archive != NULL) {
    /* What is half done is not made whole. */
    if (self->temporary != NULL)
      archive_write_fail (self->archive);
    archive_write_free (self->archive);
  }
  if (self->file >= 0)
    close (self->file);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/* --- reading --------------------------------------------------------------------------------- */

struct _PlanciaZipReader
{
  struct archive *archive;
  char           *path;  /* or NULL: */
  GBytes         *bytes; /* of a test */
  int             file;  /* of path, or -1 */
  guint8         *block;
  gint64          size; /* of the file */
  guint           seen; /* entries, by their place in the file */
  guint           tries;
  gint64          offset;    /* of the file, at which the archive was begun */
  gint64          head;      /* where that of the entry stands */
  gint64          damaged;   /* where the head of a damaged entry stands; -1: go on */
  gboolean        streaming; /* by the heads before the entries, not by the list at the end */
  gboolean        stopped;   /* nothing more can be read */
  gboolean        cut;
  char           *name;
  gboolean        locked;
};

/* The archive reads on from where its file stands. */
static int
open_path (PlanciaZipReader *self)
{
  if (self->offset == 0)
    return archive_read_open_filename (self->archive, self->path, BLOCK_SIZE);
  if (self->file < 0)
    self->file = open (self->path, O_RDONLY | O_CLOEXEC);
  if (self->file < 0 || lseek (self->file, self->offset, SEEK_SET) < 0)
    return ARCHIVE_FATAL;
  return archive_read_open_fd (self->archive, self->file, BLOCK_SIZE);
}

static gboolean
open_archive (PlanciaZipReader *self)
{
  gsize         length = 0;
  const guint8 *data = self->bytes != NULL ? g_bytes_get_data (self->bytes, &length) : NULL;
  int           result;

  g_clear_pointer (&self->archive, archive_read_free);
  self->archive = archive_read_new ();
  if (self->streaming)
    archive_read_support_format_zip_streamable (self->archive);
  else
    archive_read_support_format_zip_seekable (self->archive);
  if (self->path != NULL)
    result = open_path (self);
  else
    result = archive_read_open_memory (self->archive,
                                       data != NULL ? data + self->offset : (const void *) "",
                                       length - (gsize) self->offset);
  return result >= ARCHIVE_WARN;
}

/* ARCHIVE_OK, EOF, or FATAL. */
static int
next_header (PlanciaZipReader *self, struct archive_entry **entry)
{
  int result;

  do {
    result = archive_read_next_header (self->archive, entry);
  } while (result == ARCHIVE_RETRY);
  return result >= ARCHIVE_WARN && result != ARCHIVE_EOF ? ARCHIVE_OK
         : result == ARCHIVE_EOF                         ? ARCHIVE_EOF
                                                         : ARCHIVE_FATAL;
}

/* Begins anew, behind the entries that were seen. */
static int
begin_behind (PlanciaZipReader *self, struct archive_entry **entry)
{
  int result = ARCHIVE_OK;

  if (self->tries++ >= MAX_TRIES || !open_archive (self))
    return ARCHIVE_FATAL;
  for (guint i = 0; i <= self->seen && result == ARCHIVE_OK; i++)
    result = next_header (self, entry);
  return result;
}

/* The list at the end is the better guide; where it leads nowhere, the entries themselves are. */
static gboolean
begin (PlanciaZipReader *self, struct archive_entry **entry)
{
  for (int streaming = 0; streaming <= 1; streaming++) {
    self->streaming = streaming != 0;
    if (!open_archive (self))
      continue;
    if (next_header (self, entry) == ARCHIVE_OK)
      return TRUE;
  }
  return FALSE;
}

static gboolean
fail_no_zip (PlanciaZipReader *self, GError **error)
{
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_NO_PARCEL,
               "%s: not a zip file, or nothing of it can be read",
               self->path != NULL ? self->path : "input");
  return FALSE;
}

static PlanciaZipReader *
start (PlanciaZipReader *self, GError **error)
{
  struct archive_entry *entry;

  self->block = g_malloc (BLOCK_SIZE);
  self->file = -1;
  self->damaged = -1;
  /* One look ahead says what it is; then from the beginning. */
  if (!begin (self, &entry) || !open_archive (self)) {
    fail_no_zip (self, error);
    plancia_zip_reader_free (self);
    return NULL;
  }
  self->cut = self->streaming;
  return self;
}

/**
 * plancia_zip_reader_new:
 * @path: of the file
 * @error: G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a reader before the first entry
 */
PlanciaZipReader *
plancia_zip_reader_new (const char *path, GError **error)
{
  PlanciaZipReader *self;
  struct stat       status;

  if (stat (path, &status) != 0) {
    fail_errno (error, path, "cannot be opened");
    return NULL;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: not a file", path);
    return NULL;
  }
  if (access (path, R_OK) != 0) {
    fail_errno (error, path, "cannot be opened");
    return NULL;
  }
  self = g_new0 (PlanciaZipReader, 1);
  self->path = g_strdup (path);
  self->size = status.st_size;
  return start (self, error);
}

PlanciaZipReader *
plancia_zip_reader_new_for_bytes (GBytes *bytes, GError **error)
{
  PlanciaZipReader *self = g_new0 (PlanciaZipReader, 1);

  self->bytes = g_bytes_ref (bytes);
  self->size = (gint64) g_bytes_get_size (bytes);
  return start (self, error);
}

/* As many bytes as there are at a place, at most a block of them. */
static gssize
look_at (PlanciaZipReader *self, gint64 place)
{
  gsize         length = 0;
  const guint8 *data = self->bytes != NULL ? g_bytes_get_data (self->bytes, &length) : NULL;

  if (self->path != NULL) {
    if (self->file < 0)
      self->file = open (self->path, O_RDONLY | O_CLOEXEC);
    return self->file < 0 ? -1 : pread (self->file, self->block, BLOCK_SIZE, place);
  }
  if (data == NULL || place >= (gint64) length)
    return 0;
  length = MIN (length - (gsize) place, BLOCK_SIZE);
  memcpy (self->block, data + place, length);
  return (gssize) length;
}

/* Where the head of an entry stands, from place on; -1: nowhere. */
static gint64
find_head (PlanciaZipReader *self, gint64 place)
{
  gssize got;

  while ((got = look_at (self, place)) >= HEAD_LENGTH) {
    const guint8 *found = memmem (self->block, (gsize) got, HEAD, HEAD_LENGTH);

    if (found != NULL)
      return place + (found - self->block);
    place += got - HEAD_LENGTH + 1;
  }
  return -1;
}

/* Without the list at the end a damaged entry has no end: the next one is looked for. */
static int
begin_at_head (PlanciaZipReader *self, struct archive_entry **entry)
{
  int result = ARCHIVE_FATAL;

  while (result == ARCHIVE_FATAL && self->tries++ < MAX_HEADS) {
    gint64 place = find_head (self, self->damaged + HEAD_LENGTH);

    if (place < 0)
      break;
    self->damaged = place;
    self->offset = place;
    result = open_archive (self) ? next_header (self, entry) : ARCHIVE_FATAL;
  }
  self->damaged = -1;
  return result;
}

static void
take_name (PlanciaZipReader *self, struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);
  g_free (self->name);
  self->name = name != NULL && g_utf8_validate (name, -1, NULL) ? g_strdup (name) : NULL;
  self->locked = archive_entry_is_encrypted (entry) != 0;
}

/* To the next entry of any kind, around those that stop the reader. */
static gboolean
advance (PlanciaZipReader *self, struct archive_entry **entry)
{
  int result = self->damaged >= 0 ? begin_at_head (self, entry) : next_header (self, entry);

  if (result == ARCHIVE_FATAL && self->streaming && self->seen > 0) {
    self->damaged = self->head;
    result = begin_at_head (self, entry);
  }
  while (result == ARCHIVE_FATAL && !self->streaming && self->tries < MAX_TRIES) {
    result = begin_behind (self, entry);
    if (result == ARCHIVE_FATAL)
      self->seen++;
  }
  self->cut |= result == ARCHIVE_FATAL;
  if (result == ARCHIVE_OK) {
    self->seen++;
    self->head = self->offset + archive_read_header_position (self->archive);
    /* What stands behind an entry that was skipped may come first. */
    if (self->streaming)
      self->head = MAX (find_head (self, self->head), self->head);
  }
  return result == ARCHIVE_OK;
}

gboolean
plancia_zip_reader_next (PlanciaZipReader *self, const char **name)
{
  struct archive_entry *entry = NULL;

  while (!self->stopped && self->seen < PLANCIA_ZIP_MAX_ENTRIES && advance (self, &entry)) {
    take_name (self, entry);
    if (archive_entry_filetype (entry) == AE_IFREG) {
      *name = self->name;
      return TRUE;
    }
  }
  self->stopped = TRUE;
  return FALSE;
}

/* What stands between the head of a damaged entry, if it is stored as it is, and the next one. */
static void
take_raw (PlanciaZipReader *self, gsize limit, GByteArray *array)
{
  gint64 end = find_head (self, self->head + HEAD_LENGTH);
  gssize got = look_at (self, self->head);
  gint64 place;

  if (got < LOCAL_HEAD || self->block[8] != 0 || self->block[9] != 0)
    return;
  place = self->head + LOCAL_HEAD + (self->block[26] | self->block[27] << 8) +
          (self->block[28] | self->block[29] << 8);
  g_byte_array_set_size (array, 0);
  while (array->len <= limit && (got = look_at (self, place)) > 0 && (end < 0 || place < end)) {
    if (end >= 0)
      got = MIN (got, end - place);
    g_byte_array_append (array, self->block, (guint) got);
    place += got;
  }
}

GBytes *
plancia_zip_reader_read (PlanciaZipReader *self, gsize limit, PlanciaZipState *state)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  la_ssize_t got = 0;

  *state = PLANCIA_ZIP_WHOLE;
  if (self->locked) {
    *state = PLANCIA_ZIP_LOCKED;
    return g_byte_array_free_to_bytes (g_steal_pointer (&array));
  }
  while (array->len <= limit &&
         (got = archive_read_data (self->archive, self->block, BLOCK_SIZE)) > 0)
    g_byte_array_append (array, self->block, (guint) got);
  if (got < 0) {
    *state = PLANCIA_ZIP_DAMAGED;
    self->damaged = self->streaming ? self->head : -1;
    if (self->streaming)
      take_raw (self, limit, array);
  }
  if (array->len > limit) {
    *state = PLANCIA_ZIP_TOO_LARGE;
    g_byte_array_set_size (array, 0);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

double
plancia_zip_reader_get_part (PlanciaZipReader *self)
{
  gint64 at = archive_filter_bytes (self->archive, -1);

  return self->size > 0 ? CLAMP ((double) at / (double) self->size, 0, 1) : 1;
}

gboolean
plancia_zip_reader_is_cut (PlanciaZipReader *self)
{
  return self->cut;
}

void
plancia_zip_reader_free (PlanciaZipReader *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->file >= 0)
    close (self->file);
  g_free (self->path);
  g_free (self->block);
  g_free (self->name);
  g_free (self);
}
