/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-fixture.h"

G_BEGIN_DECLS

/* What a person reads of each trouble that a cloud can make, in both languages: one table for all tests of it. */

/* Where they read it. */
typedef enum {
  CLOUD_WORDS_TEST,     /* below Test connection of an account */
  CLOUD_WORDS_SLOW,     /* also; it takes seconds, and several run at once */
  CLOUD_WORDS_LOCKED,   /* also; of a service behind TLS */
  CLOUD_WORDS_SYSTEM,   /* also; of the new cloud */
  CLOUD_WORDS_BANNER,   /* above the page of the device */
  CLOUD_WORDS_DOWNLOAD, /* in the list of downloads */
  CLOUD_WORDS_WRITE,    /* where the writes of the account are listed */
} CloudWordsPlace;

typedef struct
{
  CloudWordsPlace place;
  const char     *fault; /* as the simulator names it; NULL: the way there is the trouble */
  const char     *about; /* for a person who reads the log */
  const char     *words; /* what it says, in the words of the catalogue */
  const char     *more;  /* and also, or NULL */
} CloudWords;

/* Ends with a row without words. */
extern const CloudWords cloud_words[];

/* Before ui_fixture_init: the Italian catalogue of this build is there. */
void cloud_words_init (void);
/* "en", "it": from now on. */
void cloud_words_speak (const char *language);
/* Whether a text has the words of a message in the language spoken, whatever stands for the things in it. */
gboolean cloud_words_are_in (const char *text, const char *message);
/* Turns the loop until the label that func finds has all words of the row. */
typedef const char *(*CloudWordsText) (gpointer data);
void cloud_words_expect (const CloudWords *row, CloudWordsText func, gpointer data);

G_END_DECLS
