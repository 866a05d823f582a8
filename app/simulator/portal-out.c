/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/portal-out.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "base/span.h"

void
plancia_portal_out_separate (GString *text)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (text, ',');
}

void
plancia_portal_out_member (GString *text, const char *name)
{
  plancia_portal_out_separate (text);
  plancia_portal_out_string (text, name);
  g_string_append_c (text, ':');
}

void
plancia_portal_out_string (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

/* By hand, for a history has hundreds of them: days since 1970 to a date of the Gregorian calendar. */
void
plancia_portal_out_time (GString *text, gint64 time)
{
  gint64 seconds = time / PLANCIA_SECOND;
  gint64 days = seconds / 86400 + 719468;
  guint  second = (guint) (seconds % 86400);
  gint64 era = days / 146097;
  guint  day_of_era = (guint) (days - era * 146097);
  guint  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
                      365;
  guint day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint shifted = (5 * day_of_year + 2) / 153; /* March is 0 */
  guint day = day_of_year - (153 * shifted + 2) / 5 + 1;
  guint month = shifted < 10 ? shifted + 3 : shifted - 9;
  guint year = (guint) (era * 400) + year_of_era + (month <= 2);
  char  buffer[32];

  g_snprintf (buffer,
              sizeof buffer,
              "\"%04u-%02u-%02uT%02u:%02u:%02uZ\"",
              year,
              month,
              day,
              second / 3600,
              second / 60 % 60,
              second % 60);
  g_string_append (text, buffer);
}

void
plancia_portal_out_number (GString *text, double number, guint decimals)
{
  static const guint64 factors[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
  guint64              factor = factors[MIN (decimals, G_N_ELEMENTS (factors) - 1)];
  guint64              scaled = (guint64) llround (fabs (number) * (double) factor);
  guint64              rest = scaled % factor;
  char                 buffer[40];
  int                  length = sizeof buffer;

  while (factor > 1 && rest % 10 == 0) {
    factor /= 10;
    rest /= 10;
  }
  for (guint64 f = factor; f > 1; f /= 10, rest /= 10)
    buffer[--length] = (char) ('0' + rest % 10);
  if (factor > 1)
    buffer[--length] = '.';
  rest = scaled / factors[MIN (decimals, G_N_ELEMENTS (factors) - 1)];
  do
    buffer[--length] = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (number < 0 && scaled > 0)
    buffer[--length] = '-';
  g_string_append_len (text, buffer + length, (gssize) sizeof buffer - length);
}

void
plancia_portal_out_refusal (GString *text, int code, const char *message)
{
  g_string_append_printf (text, "{\"success\":false,\"errorCodes\":[%d],\"errorMessages\":[", code);
  plancia_portal_out_string (text, message);
  g_string_append (text, "]}");
}

static void
member_free (gpointer data)
{
  g_string_free (data, TRUE);
}

GPtrArray *
plancia_portal_out_members_new (void)
{
  return g_ptr_array_new_with_free_func (member_free);
}

GString *
plancia_portal_out_add (GPtrArray *members, const char *name)
{
  GString *member = g_string_new (NULL);

  plancia_portal_out_string (member, name);
  g_string_append_c (member, ':');
  g_ptr_array_add (members, member);
  return member;
}

static guint throw (guint32 * dice, guint sides)
{
  *dice = *dice * 1664525 + 1013904223;
  return (*dice >> 8) % sides;
}

/**
 * plancia_portal_out_shuffled:
 * @text: to append to
 * @members: (element-type GString): those of one object; is empty afterwards
 * @dice: what the order hangs on; moves on
 */
void
plancia_portal_out_shuffled (GString *text, GPtrArray *members, guint32 *dice)
{
  for (guint i = members->len; i > 1; i--) {
    guint    other = throw (dice, i);
    gpointer kept = members->pdata[i - 1];

    members->pdata[i - 1] = members->pdata[other];
    members->pdata[other] = kept;
  }
  g_string_append_c (text, '{');
  for (guint i = 0; i < members->len; i++) {
    GString *member = members->pdata[i];

    plancia_portal_out_separate (text);
    g_string_append_len (text, member->str, (gssize) member->len);
  }
  g_string_append_c (text, '}');
  g_ptr_array_set_size (members, 0);
}
