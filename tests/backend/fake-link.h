/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/link.h"

G_BEGIN_DECLS

/* A link to a bank of registers in memory that fails to order. Any thread, but for what is set before
 * the backend gets it. */
#define FAKE_TYPE_LINK (fake_link_get_type ())
G_DECLARE_FINAL_TYPE (FakeLink, fake_link, FAKE, LINK, GObject)

typedef struct
{
  guint8  unit;
  guint8  function;
  guint16 address;
  guint16 count;
} FakeRequest;

FakeLink *fake_link_new (void);
void      fake_link_set_word (FakeLink *self, guint16 address, guint16 word);
void      fake_link_set_text (FakeLink *self, guint16 address, const char *text);
guint16   fake_link_get_word (FakeLink *self, guint16 address);
/* Reads that touch them get exception 2. */
void fake_link_set_missing (FakeLink *self, guint16 first, guint16 last);
/* Writes to these are answered and do not change them. */
void fake_link_set_stuck (FakeLink *self, guint16 first, guint16 last);
/* Longer reads get exception 3. */
void fake_link_set_longest (FakeLink *self, guint16 count);
/* Units from this one on time out; 256: none. */
void fake_link_set_silent_from (FakeLink *self, guint unit);
/* The n-th request from now (0: the next) fails; all after it, too, with for_ever. */
void fake_link_fail (FakeLink *self, guint n, gboolean for_ever, GQuark domain, int code);
void fake_link_heal (FakeLink *self);
/* open fails, or not (-1), with a G_IO_ERROR. */
void fake_link_refuse_open (FakeLink *self, int code);

typedef enum {
  FAKE_WRITE_GOOD,
  FAKE_WRITE_IGNORED,        /* answered, not done */
  FAKE_WRITE_LOST_DONE,      /* done, no answer */
  FAKE_WRITE_LOST_NOT_DONE,  /* neither */
  FAKE_WRITE_LOST_THEN_DEAD, /* done, no answer, and nothing after */
  FAKE_WRITE_LATE,           /* answered, done two reads later */
} FakeWrite;

void fake_link_set_write (FakeLink *self, FakeWrite how);
/* What is not LOST_THEN_DEAD and gets no answer gets this exception instead; 0: none. */
void fake_link_set_write_exception (FakeLink *self, guint8 exception);
/* After a write the register reads 1 so often, then code. */
void fake_link_set_apply (FakeLink *self, guint16 address, guint busy, guint16 code);
/* ms that each request takes. */
void  fake_link_set_delay (FakeLink *self, guint delay);
guint fake_link_count (FakeLink *self, guint8 function); /* 0: all requests */
void  fake_link_forget (FakeLink *self);
/* The requests since then, one a line: "1 3 0x0404+10". (transfer full) */
char *fake_link_describe (FakeLink *self);
guint fake_link_get_opened (FakeLink *self);

G_END_DECLS
