/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/recordings.h"

#include "plant/plant-file.h"
#include "plant/tape-names.h"
#include <stdio.h>
#include <string.h>

#define ENDING ".plancia-recording"
/* The plant stands before what went over the links: its file has at most 4 MiB, and base64 is a third more. */
#define HEAD_LIMIT (8 * 1024 * 1024)
/* The line of a recording in which its plant is (protocol/tape.h). */
#define LINE "\nfile " PLANCIA_TAPE_PLANT " "

char *
plancia_parcel_recordings_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "recordings", NULL);
}

/* (transfer full) as much as can hold the plant, or NULL. */
static char *
read_head (const char *path)
{
  FILE *file = fopen (path, "rbe");
  char *head;
  gsize length;

  if (file == NULL)
    return NULL;
  head = g_malloc (HEAD_LIMIT + 1);
  length = fread (head, 1, HEAD_LIMIT, file);
  head[length] = '\0';
  fclose (file);
  return head;
}

static gboolean
is_of (const char *path, const char *plant_id)
{
  g_autofree char *head = read_head (path);
  char            *line = head != NULL ? strstr (head, LINE) : NULL;
  char            *end = line != NULL ? strchr (line + 1, '\n') : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaPlant) plant = NULL;
  guchar *data;
  gsize   length;

  if (end == NULL)
    return FALSE;
  *end = '\0';
  data = g_base64_decode (line + strlen (LINE), &length);
  bytes = g_bytes_new_take (data, length);
  plant = plancia_plant_file_parse (bytes, path, NULL);
  return plant != NULL && g_str_equal (plancia_plant_get_id (plant), plant_id);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
plancia_parcel_recordings_list (const char *plant_id)
{
  GPtrArray       *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = plancia_parcel_recordings_dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ENDING) && is_of (path, plant_id))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort (names, compare_names);
  return names;
}
