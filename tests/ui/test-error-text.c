/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/error-text.h"

#include "base/error.h"
#include "history/archive-trouble.h"
#include "ui-fixture.h"
#include "ui/error-dialog.h"

typedef struct
{
  GQuark domain;
  int    first;
  int    last;
} Range;

static const char *
text_of (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "test");

  g_assert_nonnull (plancia_error_text (error));
  return plancia_error_text (error);
}

/* What the program says when it has no words. */
static const char *
anything (void)
{
  return text_of (g_quark_from_static_string ("test-unknown-domain"), 1);
}

/* Each code of base/error.h, and no two of a domain with the same sentence. */
static void
test_each_code_has_words (void)
{
  const Range ranges[] = {
    {PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_TRUNCATED,   PLANCIA_PROTOCOL_ERROR_LOGGER        },
    {PLANCIA_CLOUD_ERROR,    PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, PLANCIA_CLOUD_ERROR_STUCK            },
    {G_RESOLVER_ERROR,       G_RESOLVER_ERROR_NOT_FOUND,         G_RESOLVER_ERROR_INTERNAL            },
    {G_TLS_ERROR,            G_TLS_ERROR_UNAVAILABLE,            G_TLS_ERROR_INAPPROPRIATE_FALLBACK   },
    {PLANCIA_DEVICE_ERROR,   PLANCIA_DEVICE_ERROR_READ_ONLY,     PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER},
    {PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX,      PLANCIA_DOCUMENT_ERROR_VERSION       },
    {PLANCIA_ARCHIVE_ERROR,  PLANCIA_ARCHIVE_ERROR_FULL,         PLANCIA_ARCHIVE_ERROR_OTHER          },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++) {
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    for (int code = ranges[i].first; code <= ranges[i].last; code++) {
      const char *text = text_of (ranges[i].domain, code);

      g_assert_cmpstr (text, !=, anything ());
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_true (g_hash_table_add (seen, (gpointer) text));
    }
  }
}

/* The words for a device would send people to its address. */
static void
test_archive (void)
{
  static const struct
  {
    int from;
    int to;
  } codes[] = {
    {G_IO_ERROR_NO_SPACE,          PLANCIA_ARCHIVE_ERROR_FULL     },
    {G_IO_ERROR_READ_ONLY,         PLANCIA_ARCHIVE_ERROR_READ_ONLY},
    {G_IO_ERROR_PERMISSION_DENIED, PLANCIA_ARCHIVE_ERROR_READ_ONLY},
    {G_IO_ERROR_BUSY,              PLANCIA_ARCHIVE_ERROR_BUSY     },
    {G_IO_ERROR_INVALID_DATA,      PLANCIA_ARCHIVE_ERROR_DAMAGED  },
    {G_IO_ERROR_FAILED,            PLANCIA_ARCHIVE_ERROR_OTHER    },
  };
  g_autoptr (GError)
    newer = g_error_new_literal (PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_VERSION, "newer");
  g_autoptr (GError) same = plancia_archive_trouble_new (newer);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, codes[i].from, "why");
    g_autoptr (GError) trouble = plancia_archive_trouble_new (error);

    g_assert_error (trouble, PLANCIA_ARCHIVE_ERROR, codes[i].to);
    g_assert_cmpstr (trouble->message, ==, "why");
    g_assert_nonnull (plancia_error_advice (trouble));
  }
  g_assert_error (same, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_VERSION);
}

static void
test_modbus_exceptions (void)
{
  static const int known[] = {1, 2, 3, 4, 5, 6, 8, 10, 11};
  const char      *other = text_of (PLANCIA_MODBUS_ERROR, 200);

  g_assert_cmpstr (other, !=, anything ());
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpstr (text_of (PLANCIA_MODBUS_ERROR, known[i]), !=, other);
  g_assert_cmpstr (text_of (PLANCIA_MODBUS_ERROR, 7), ==, other);
}

/* Those that links, serial ports, files and the portal return. */
static void
test_io_errors (void)
{
  static const int used[] = {
    G_IO_ERROR_CANCELLED,           G_IO_ERROR_TIMED_OUT,        G_IO_ERROR_CONNECTION_REFUSED,
    G_IO_ERROR_CONNECTION_CLOSED,   G_IO_ERROR_NOT_CONNECTED,    G_IO_ERROR_CLOSED,
    G_IO_ERROR_HOST_NOT_FOUND,      G_IO_ERROR_HOST_UNREACHABLE, G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_PERMISSION_DENIED,   G_IO_ERROR_NOT_FOUND,        G_IO_ERROR_BUSY,
    G_IO_ERROR_WOULD_BLOCK,         G_IO_ERROR_PENDING,          G_IO_ERROR_NOT_SUPPORTED,
    G_IO_ERROR_INVALID_DATA,        G_IO_ERROR_INVALID_ARGUMENT, G_IO_ERROR_NOT_REGULAR_FILE,
    G_IO_ERROR_IS_DIRECTORY,        G_IO_ERROR_READ_ONLY,        G_IO_ERROR_NO_SPACE,
    G_IO_ERROR_TOO_MANY_OPEN_FILES,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (used); i++)
    g_assert_cmpstr (text_of (G_IO_ERROR, used[i]), !=, anything ());
}

static void
test_advice (void)
{
  g_autoptr (GError) refused =
    g_error_new_literal (PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED, "INVALID CLIENT");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  g_assert_nonnull (strstr (plancia_error_advice (refused), "Zcs"));
  g_assert_null (plancia_error_advice (cancelled));
}

/* The dialog has the sentence, the advice and the place that the message names. */
static void
test_dialog (void)
{
  g_autoptr (GError) error = g_error_new_literal (PLANCIA_DOCUMENT_ERROR,
                                                  PLANCIA_DOCUMENT_ERROR_INVALID,
                                                  "plant.json: entries[2].address: no route");
  GtkWindow       *parent = ui_fixture_present (gtk_label_new ("parent"), 400, 300);
  GtkWidget       *dialog = plancia_error_dialog_show (parent, "Not opened", error);
  g_autofree char *whole = NULL;

  ui_fixture_settle ();
  whole = g_strjoin (" ", plancia_error_text (error), plancia_error_advice (error), NULL);
  g_assert_nonnull (ui_fixture_find (dialog, GTK_TYPE_LABEL, "Not opened"));
  g_assert_nonnull (ui_fixture_find (dialog, GTK_TYPE_LABEL, whole));
  g_assert_nonnull (ui_fixture_find (dialog, GTK_TYPE_LABEL, error->message));
  cairo_surface_destroy (ui_fixture_screenshot (dialog, "error-dialog"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (parent);
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/error-text/each-code-has-words", test_each_code_has_words);
  g_test_add_func ("/ui/error-text/archive", test_archive);
  g_test_add_func ("/ui/error-text/modbus-exceptions", test_modbus_exceptions);
  g_test_add_func ("/ui/error-text/io-errors", test_io_errors);
  g_test_add_func ("/ui/error-text/advice", test_advice);
  g_test_add_func ("/ui/error-text/dialog", test_dialog);
  return g_test_run ();
}
