/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/import-report.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *nick;
  const char *sentence; /* at most one %s: the detail */
} Words;

static const Words words[] = {
  [PLANCIA_IMPORT_FINE] = {
                           "fine",                N_ ("Taken as it stands")                                                },
    [PLANCIA_IMPORT_ASSUMED_HEXADECIMAL] = {
                           "assumed-hexadecimal", N_ ("Not stated in the file; addresses were read as hexadecimal")        },
      [PLANCIA_IMPORT_ASSUMED_DECIMAL] = {
                           "assumed-decimal",     N_ ("Not stated in the file; addresses were read as decimal")            },
        [PLANCIA_IMPORT_ASSUMED_MODICON] = {
                           "assumed-modicon",     N_ ("Addresses look like 40001: counted from there")                     },
          [PLANCIA_IMPORT_ASSUMED_HIGH_FIRST] = {
                           "assumed-high-first",  N_ ("Word order not stated in the file; high word first was assumed")    },
            [PLANCIA_IMPORT_ASSUMED_LOW_FIRST] = {
                           "assumed-low-first",   N_ ("Word order not stated in the file; low word first was assumed")     },
              [PLANCIA_IMPORT_OTHER_DEVICE] = {
                           "other-device",        N_ ("Belongs to another device: “%s”")                               },
                [PLANCIA_IMPORT_ASSUMED_CODE_PAGE] = {
                           "assumed-code-page",   N_ ("The file is not UTF-8; it was read as Windows-1252")                },
 /* Translators: %s is the number of the variant. */
                  [PLANCIA_IMPORT_CHOSE_VARIANT] = {
                           "chose-variant",       N_ ("The file describes several models; variant %s was taken")           },
                    [PLANCIA_IMPORT_TYPE_ASSUMED] = {
                           "type-assumed",        N_ ("The type is not stated; %s was assumed")                            },
                      [PLANCIA_IMPORT_SCALE_ASSUMED] = {
                           "scale-assumed",       N_ ("The scale is written “%s”; only its number was taken")          },
                        [PLANCIA_IMPORT_LIMITS_DROPPED] = {
                           "limits-dropped",      N_ ("The limits %s do not fit the register and were left out")           },
                          [PLANCIA_IMPORT_FORMULA_DROPPED] = {
                           "formula-dropped",     N_ ("The formula “%s” was not taken: the plain value is shown")      },
 /* Translators: %s is a number of registers. */
                            [PLANCIA_IMPORT_RANGE_SPLIT] = {
                           "range-split",         N_ ("One row, %s registers of the same kind: names are numbered")        },
 /* Translators: %s is the identifier that the register got. */
                              [PLANCIA_IMPORT_RENAMED] = {
                           "renamed",             N_ ("The name is used twice; this one is called %s")                     },
                                [PLANCIA_IMPORT_NAMED_BY_ADDRESS] = {
                           "named-by-address",    N_ ("Has no name; it is called by its address")                          },
                                  [PLANCIA_IMPORT_FILTER_DROPPED] = {
                           "filter-dropped",      N_ ("Filters for implausible values were not taken (registers: %s)")     },
                                    [PLANCIA_IMPORT_SIGN_DROPPED] = {
                           "sign-dropped",        N_ ("“%s” was not taken: the value is shown as the device gives it") },
                                      [PLANCIA_IMPORT_LABELS_DROPPED] = {
                           "labels-dropped",      N_ ("Some words for values were not taken: %s")                          },
                                        [PLANCIA_IMPORT_AS_HEXADECIMAL] = {
                           "as-hexadecimal",      N_ ("Its form is not known; it is shown as hexadecimal words")           },
                                          [PLANCIA_IMPORT_TIME_AS_NUMBER] = {
                           "time-as-number",      N_ ("The time is shown as a number: 1230 is 12:30")                      },
 /* Translators: %s is a number of registers. */
                                            [PLANCIA_IMPORT_BLOCK_ONLY] = {
                           "block-only",          N_ ("Is written only within a block of %s registers: cannot be unlocked")},
                                              [PLANCIA_IMPORT_NOT_ON_VARIANT] = {
                           "not-on-variant",      N_ ("The chosen model does not have it")                                 },
                                                [PLANCIA_IMPORT_GRID_CODE] = {
                           "grid-code",           N_ ("Grid code or firmware area: taken to read, never written")          },
                                                  [PLANCIA_IMPORT_NO_NAME] = {
                           "no-name",             N_ ("Reserved in the file")                                              },
                                                    [PLANCIA_IMPORT_NO_ADDRESS] = {
                           "no-address",          N_ ("Has no address")                                                    },
                                                      [PLANCIA_IMPORT_BAD_ADDRESS] = {
                           "bad-address",         N_ ("“%s” is not an address from 0 to 65535")                        },
                                                        [PLANCIA_IMPORT_BAD_RANGE] = {
                           "bad-range",           N_ ("The range “%s” does not fit the type and the name")             },
                                                          [PLANCIA_IMPORT_UNKNOWN_TYPE] = {
                           "unknown-type",        N_ ("Type “%s” is not known")                                        },
                                                            [PLANCIA_IMPORT_BAD_NUMBER] = {
                           "bad-number",          N_ ("“%s” is not a number")                                          },
                                                              [PLANCIA_IMPORT_COUNT_MISMATCH] = {
                           "count-mismatch",      N_ ("The number of registers does not fit the type %s")                  },
                                                                [PLANCIA_IMPORT_TOO_LONG] = {
                           "too-long",            N_ ("Longer than one read of %s registers")                              },
 /* Translators: %s is the name of the other register. */
                                                                  [PLANCIA_IMPORT_OVERLAPS] = {
                           "overlaps",            N_ ("Its place is already %s")                                           },
                                                                    [PLANCIA_IMPORT_NOT_CONTIGUOUS] = {
                           "not-contiguous",      N_ ("Its registers are not side by side: %s")                            },
                                                                      [PLANCIA_IMPORT_DERIVED] = {
                           "derived",             N_ ("Computed from other registers, not read from the device")           },
                                                                        [PLANCIA_IMPORT_NO_VALUE] = {
                           "no-value",            N_ ("A button: it has no value to read")                                 },
                                                                          [PLANCIA_IMPORT_UNKNOWN_RULE] = {
                           "unknown-rule",        N_ ("Rule “%s” is not known")                                        },
                                                                            [PLANCIA_IMPORT_SIGN_AND_MAGNITUDE] = {
                           "sign-and-magnitude",  N_ ("Sign and magnitude instead of two's complement is not known here")  },
                                                                              [PLANCIA_IMPORT_PART_OF_WORDS] = {
                           "part-of-words",       N_ ("A part of several registers: “%s”")                             },
                                                                                [PLANCIA_IMPORT_BYTE_ORDER] = {
                           "byte-order",          N_ ("Bytes swapped within the registers (type “%s”)")                },
                                                                                  [PLANCIA_IMPORT_EXPRESSION] = {
                           "expression",          N_ ("More than one register with one factor: “%s”")                  },
                                                                                    [PLANCIA_IMPORT_NOT_AN_ITEM] =
                                                                                      {"not-an-item",
                           N_ ("Is not a description of a register")                                                       },
};

static void
item_free (gpointer data)
{
  PlanciaImportItem *self = data;

  g_free (self->name);
  g_free (self->detail);
  g_free (self);
}

/* The place in the array, while it is sorted, keeps items of one line in order: the sort is not stable. */
static int
compare_items (gconstpointer a, gconstpointer b)
{
  const PlanciaImportItem *left = *(const PlanciaImportItem *const *) a;
  const PlanciaImportItem *right = *(const PlanciaImportItem *const *) b;

  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  if (left->address != right->address)
    return left->address < right->address ? -1 : 1;

  return (int) left->reason - (int) right->reason;
}

PlanciaImportReport *
plancia_import_report_new (void)
{
  PlanciaImportReport *self = g_new0 (PlanciaImportReport, 1);

  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

void
plancia_import_report_free (PlanciaImportReport *self)
{
  g_ptr_array_unref (self->items);
  g_free (self);
}

void
plancia_import_report_add (PlanciaImportReport *self,
                           PlanciaImportVerdict verdict,
                           PlanciaImportReason  reason,
                           guint                line,
                           const char          *name,
                           int                  address,
                           guint                count,
                           const char          *detail)
{
  PlanciaImportItem *item = g_new0 (PlanciaImportItem, 1);

  item->verdict = verdict;
  item->reason = reason;
  item->line = line;
  item->name = g_strdup (name ? name : "");
  item->address = address;
  item->count = count;
  item->detail = g_strdup (detail);
  g_ptr_array_add (self->items, item);
}

void
plancia_import_report_sort (PlanciaImportReport *self)
{
  g_ptr_array_sort (self->items, compare_items);
}

/**
 * plancia_import_item_reason:
 *
 * Returns: (transfer full): the sentence in the program's language, without a full stop
 */
char *
plancia_import_item_reason (const PlanciaImportItem *self)
{
  g_auto (GStrv) parts = g_strsplit (_ (words[self->reason].sentence), "%s", 2);

  return g_strjoinv (self->detail ? self->detail : "?", parts);
}

/**
 * plancia_import_item_title:
 *
 * Returns: (transfer full): which row is meant
 */
char *
plancia_import_item_title (const PlanciaImportItem *self)
{
  if (self->name[0] == '\0' && self->line == 0)
    return g_strdup (_ ("The whole file"));
  if (self->name[0] == '\0')
    return g_strdup_printf (_ ("Line %u"), self->line);
  if (self->line == 0)
    return g_strdup (self->name);

  /* Translators: name of a register and line of the file, as in "battery_soc, line 212". */
  return g_strdup_printf (_ ("%s, line %u"), self->name, self->line);
}

const char *
plancia_import_reason_nick (PlanciaImportReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (words), NULL);

  return words[reason].nick;
}

const char *
plancia_import_verdict_nick (PlanciaImportVerdict verdict)
{
  static const char *const nicks[] = {"taken", "changed", "skipped"};

  g_return_val_if_fail (verdict < G_N_ELEMENTS (nicks), NULL);

  return nicks[verdict];
}
