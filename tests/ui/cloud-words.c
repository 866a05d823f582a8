/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cloud-words.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#define LIMIT 30000

const CloudWords cloud_words[] = {
  /* The server. */
  {CLOUD_WORDS_TEST,                                                                           "none", "it works", "Accepted. %s sent its values %s ago."},
  {CLOUD_WORDS_TEST,
   "invalid-client", "INVALID CLIENT",
   "The portal refused the credentials of this account."},
  {CLOUD_WORDS_TEST,                                                                                          "401", "HTTP 401", "The portal refused the credentials of this account."},
  {CLOUD_WORDS_TEST,                                                                           "429", "Retry-After", "The portal asks to wait."},
  {CLOUD_WORDS_TEST,                                      "502", "proxy error", "The portal is overloaded."},
  {CLOUD_WORDS_TEST,                                                                           "503", "unavailable", "The portal is overloaded."},
  {CLOUD_WORDS_TEST,                                                                                "empty", "no body", "The portal sent an empty answer."},
  {CLOUD_WORDS_TEST,                                                                                          "cut", "half of the JSON", "The answer of the portal cannot be read."},
  {CLOUD_WORDS_TEST,
   "html", "maintenance",
   "The portal answered with a web page.", "That happens during maintenance, which may take a day or two. Plancia asks again later."},
  {CLOUD_WORDS_TEST,                                                                "huge", "34 MiB", "The answer of the portal is too long."},
  {CLOUD_WORDS_TEST,                                                                           "close", "hangs up", "The portal closed the connection."},
  {CLOUD_WORDS_TEST,                                                                             "refused-command", "success: false", "The portal refused the request."},
  {CLOUD_WORDS_TEST,                                                                                          "empty-value", "no things", "The portal does not know this serial number."},
  {CLOUD_WORDS_TEST,
   "missing-thing", "another one's",
   "The portal does not know this serial number."},
  {CLOUD_WORDS_TEST,                                                               "empty-thing", "{}", "The portal has no values for this serial number."},
  {CLOUD_WORDS_TEST,
   "null-cells", "null",
   "Accepted. %s sent its values %s ago.", "values left empty"},
  {CLOUD_WORDS_TEST,
   "text-number", "\"12.3\"",
   "Accepted. %s sent its values %s ago.", "numbers sent as text"},
  {CLOUD_WORDS_TEST,                                                                                          "rate-limit", "ten a minute, 502", "The portal is overloaded."},
  {CLOUD_WORDS_SLOW,"silent", "no answer", "The portal did not answer in time."},
  {CLOUD_WORDS_SLOW,                                                "delay-4", "later than 3 s", "The portal did not answer in time."},
  {CLOUD_WORDS_SLOW,                                                                           "delay-12", "later than 10 s", "The portal did not answer in time."},
  {CLOUD_WORDS_SLOW,
   "slow", "after 2 s",
   "Accepted. %s sent its values %s ago.", " Its answer took %.1f s."},
 /* The way to it. */
  {CLOUD_WORDS_LOCKED, "none", "self-signed", "Nobody vouches for the certificate of the server."},
  {CLOUD_WORDS_LOCKED,
   "other-certificate", "not the trusted one",
   "The server shows another certificate than the trusted one."},
  {CLOUD_WORDS_TEST,                                                                                  NULL, "http://127.0.0.1:9/", "The portal cannot be reached."},
  {CLOUD_WORDS_TEST,                                                                                          NULL, "https://nowhere.invalid/", "The name of the server cannot be found."},
 /* The new cloud's own. */
  {CLOUD_WORDS_SYSTEM,         "none", "it works", "Accepted. %s sent its values %s ago."},
  {CLOUD_WORDS_SYSTEM,
   "invalid-client", "wrong token",
   "The portal refused the credentials of this account."},
  {CLOUD_WORDS_SYSTEM,                                                                           "rate-limit", "ten a minute, 429", "The portal asks to wait."},
 /* Answers that are whole and wrong. */
  {CLOUD_WORDS_BANNER,                                                                          "zero-burst", "zeros", "The portal answered with zeros only."},
  {CLOUD_WORDS_BANNER,
   "back-in-time", "an hour older",
   "The portal answered with older values than before."},
  {CLOUD_WORDS_BANNER,
   "frozen", "four hours behind",
   "The portal has had nothing new for a while."},
  {CLOUD_WORDS_BANNER,
   "stuck-power", "new times, old values",
   "The power stands still and its counter too."},
  {CLOUD_WORDS_BANNER,
   "replaced", "counters of another device",
   "A lifetime counter stays lower than it was."},
  {CLOUD_WORDS_BANNER,                                                                           "empty-thing", "{}", "The portal has no values for this serial number."},
  {CLOUD_WORDS_BANNER,
   "missing-thing", "another one's",
   "The portal does not know this serial number."},
 /* Of the past. */
  {CLOUD_WORDS_DOWNLOAD,               "none", "it works", "Complete"},
  {CLOUD_WORDS_DOWNLOAD,                                        "duplicate-ts", "times twice", "Complete", "times sent twice"},
  {CLOUD_WORDS_DOWNLOAD,                                                                           "unsorted-ts", "times swapped", "Complete", "times out of order"},
  {CLOUD_WORDS_DOWNLOAD,
   "short-array", "a cell is missing",
   "Complete", "a list that was too short"},
  {CLOUD_WORDS_DOWNLOAD,                                                                       "null-cells", "null", "Complete", "values left empty"},
  {CLOUD_WORDS_DOWNLOAD,                                                                           "text-number", "\"12.3\"", "Complete", "numbers sent as text"},
  {CLOUD_WORDS_DOWNLOAD,
   "zero-burst", "rows of zeros",
   "Complete", "zeros in everything, not taken"},
  {CLOUD_WORDS_DOWNLOAD,
   "range-cut", "a day of two",
   "Complete", "answers cut short, asked for again"},
  {CLOUD_WORDS_DOWNLOAD,                                                                           "range-served", "both days", "Complete"},
  {CLOUD_WORDS_DOWNLOAD,                                                                       "refused-command", "success: false", "The portal refused the request."},
  {CLOUD_WORDS_DOWNLOAD,
   "missing-thing", "another one's",
   "The portal does not know this serial number."},
 /* Writes. */
  {CLOUD_WORDS_WRITE,                                                                                       "none", "callback, read back", "Verified"},
  {CLOUD_WORDS_WRITE,
   "write-refused", "another one's system",
   "Failed", "The portal refused the request."},
  {CLOUD_WORDS_WRITE,                                                                           "write-offline", "not on line", "Failed", "The portal refused the request."},
  {CLOUD_WORDS_WRITE,
   "callback-failed", "the device did not",
   "Failed", "the cloud says that the device did not take it"},
  {CLOUD_WORDS_WRITE,                                                                                          "callback-never", "nobody says so", "Verified"},
  {CLOUD_WORDS_WRITE,
   "callback-lost", "neither",
   "Unknown", "no answer came, and the device has another value so far"},
  {CLOUD_WORDS_WRITE,                                                      "callback-twice", "twice", "Verified", "The same answer again"},
  {CLOUD_WORDS_WRITE,
   "callback-wrong-id", "of another write",
   "Verified", "Of an unknown write: kept, nothing done"},
  {CLOUD_WORDS_WRITE,                                                                               "callback-late", "much too late", "Verified", "Answer to a write"},
  {0                                                               }
};

void
cloud_words_init (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLANCIA_TEST_BUILD_DIR"), "po", NULL);

  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  /* GLib asks once whether there is a catalogue at all. */
  g_setenv ("LANGUAGE", "it", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* What was looked up already is kept until a domain is named again. */
void
cloud_words_speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpstr (gettext ("The portal is overloaded."),
                   ==,
                   g_str_equal (language, "it") ? "Il portale è sovraccarico."
                                                : "The portal is overloaded.");
}

gboolean
cloud_words_are_in (const char *text, const char *message)
{
  g_autoptr (GRegex) directive = g_regex_new ("%[^a-z%]*[a-z]", 0, 0, NULL);
  g_auto (GStrv) parts = g_regex_split (directive, gettext (message), 0);
  const char *at = text;

  for (guint i = 0; at && parts[i]; i++) {
    at = strstr (at, parts[i]);
    at = at ? at + strlen (parts[i]) : NULL;
  }
  return at != NULL;
}

typedef struct
{
  const CloudWords *row;
  CloudWordsText    func;
  gpointer          data;
} Wanted;

static gboolean
is_said (gpointer user_data)
{
  const Wanted *self = user_data;
  const char   *text = self->func (self->data);

  return text && cloud_words_are_in (text, self->row->words) &&
         (!self->row->more || cloud_words_are_in (text, self->row->more));
}

void
cloud_words_expect (const CloudWords *row, CloudWordsText func, gpointer data)
{
  Wanted wanted = {row, func, data};

  if (!ui_fixture_wait (is_said, &wanted, LIMIT))
    g_error ("%s (%s): expected “%s” and “%s”, it says “%s”",
             row->fault ? row->fault : "-",
             row->about,
             gettext (row->words),
             row->more ? gettext (row->more) : "",
             func (data));
  g_test_message ("%s (%s): %s", row->fault ? row->fault : "-", row->about, func (data));
}
