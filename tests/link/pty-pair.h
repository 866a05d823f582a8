/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The two ends of a serial cable: what a program opens, and a test's own end of it. */
typedef struct
{
  int   master; /* does not block */
  char *path;   /* /dev/pts/N */
  char *link;   /* a name for it that stays */
} PtyPair;

/* link: where the name is made, or NULL. */
void pty_pair_init (PtyPair *self, const char *link);
void pty_pair_clear (PtyPair *self);
/* Pulls the cable: the other end is hung up. */
void pty_pair_hang_up (PtyPair *self);
/* And puts it back: a new pty under the same name. */
void pty_pair_return (PtyPair *self);
void pty_pair_write (PtyPair *self, const void *data, gsize length);
/* What has come by now, up to size. */
gsize pty_pair_read (PtyPair *self, void *data, gsize size);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PtyPair, pty_pair_clear)

G_END_DECLS
