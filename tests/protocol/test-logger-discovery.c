/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/logger-discovery.h"

#include "base/error.h"
#include <string.h>

#define SENDER "192.168.1.20"

/* length 0: of the text. */
typedef struct
{
  const char *text;
  gsize       length;
  const char *mac; /* NULL: refused */
  guint32     serial;
  const char *name;
} Case;

#define MAC "34:EA:E7:00:11:22"

static const Case cases[] = {
  {"192.168.1.20,34EAE7001122,2712345678",          0,  MAC,  2712345678u, NULL                 },
  {"192.168.1.20,34eae7001122,2712345678",          0,  MAC,  2712345678u, NULL                 },
  {"192.168.1.20,34:EA:E7:00:11:22,1",              0,  MAC,  1,           NULL                 },
  {"192.168.1.20,34EAE7001122 ,2712345678",         0,  MAC,  2712345678u, NULL                 },
  {"192.168.1.20,34EAE7001122,4294967295\r\n",      0,  MAC,  G_MAXUINT32, NULL                 },
  {"\r\n192.168.1.20,34EAE7001122,17\n \r",         0,  MAC,  17,          NULL                 },
  {"192.168.1.20,34EAE7001122,17\0\0\0",            31, MAC,  17,          NULL                 },
  {"192.168.1.20,34EAE7001122,HF-LPB100",           0,  MAC,  0,           "HF-LPB100"          },
  {"192.168.1.20,34EAE7001122,USR-WIFI232-T_0A1.b", 0,  MAC,  0,           "USR-WIFI232-T_0A1.b"},
  {"",                                              0,  NULL, 0,           NULL                 },
  {"\r\n",                                          0,  NULL, 0,           NULL                 },
  {"192.168.1.20",                                  0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122",                     0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,2712345678,1",        0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,",                    0,  NULL, 0,           NULL                 },
  {"192.168.1.21,34EAE7001122,2712345678",          0,  NULL, 0,           NULL                 },
  {"192.168.1.020,34EAE7001122,2712345678",         0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE700112,2712345678",           0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE70011223,2712345678",         0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE700112G,2712345678",          0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34:EA:E7:00:11:2,2712345678",      0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34:EA:E7:00:11:22:,2712345678",    0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34:EAE7:00:11:22,2712345678",      0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EA:E7:00:11:22,2712345678",      0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34-EA-E7-00-11-22,2712345678",     0,  NULL, 0,           NULL                 },
  {"192.168.1.20,,2712345678",                      0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,0",                   0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,4294967296",          0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,00000000017",         0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,-1",                  0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,+17",                 0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,17 18",               0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,0x17",                0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,<b>x</b>",            0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,17\0"
   "2",                                          30,
   NULL,                                                      0,
   NULL                                                                                         },
  {"192.168.1.20,34EAE7001122,1\t7",                0,  NULL, 0,           NULL                 },
  {"192.168.1.20,34EAE7001122,\xe9tage",            0,  NULL, 0,           NULL                 },
  {"HF-A11ASSISTHREAD",                             0,  NULL, 0,           NULL                 },
  {"+ok",                                           0,  NULL, 0,           NULL                 },
};

static gboolean
parse (const char *text, gsize length, PlanciaLoggerReply *reply, GError **error)
{
  return plancia_logger_discovery_parse ((const guint8 *) text,
                                         length > 0 ? length : strlen (text),
                                         SENDER,
                                         reply,
                                         error);
}

static void
test_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (PlanciaLoggerReply) reply = {0};
    g_autoptr (GError) error = NULL;
    g_autofree char *shown = g_strescape (cases[i].text, NULL);
    gboolean         right = parse (cases[i].text, cases[i].length, &reply, &error);

    g_test_message ("%s", shown);
    g_assert_cmpint (right, ==, cases[i].mac != NULL);
    if (!right) {
      g_assert_nonnull (error);
      g_assert_true (error->domain == PLANCIA_PROTOCOL_ERROR);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpstr (reply.mac, ==, cases[i].mac);
    g_assert_cmpuint (reply.serial, ==, cases[i].serial);
    g_assert_cmpstr (reply.name, ==, cases[i].name);
  }
}

/* Another's address is not garbage but a lie, or a proxy. */
static void
test_sender (void)
{
  g_auto (PlanciaLoggerReply) reply = {0};
  g_autoptr (GError) error = NULL;

  g_assert_false (parse ("10.0.0.1,34EAE7001122,17", 0, &reply, &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNEXPECTED);
}

static void
test_length (void)
{
  g_autofree char *long_one = g_strdup_printf ("192.168.1.20,34EAE7001122,17%100s", "");
  g_autofree char *longer = g_strdup_printf ("192.168.1.20,34EAE7001122,17%101s", "");
  g_auto (PlanciaLoggerReply) reply = {0};

  g_assert_cmpuint (strlen (long_one), ==, PLANCIA_LOGGER_DISCOVERY_LIMIT);
  g_assert_true (parse (long_one, 0, &reply, NULL));
  g_assert_false (parse (longer, 0, &reply, NULL));
}

/* Each beginning of a right answer, and each with a bit turned, is taken or refused, but never with half of a MAC. */
static void
test_damage (void)
{
  const char *whole = cases[0].text;
  gsize       length = strlen (whole);

  for (gsize i = 0; i < length * 8; i++) {
    g_autofree char *damaged = g_memdup2 (whole, length);
    g_auto (PlanciaLoggerReply) reply = {0};
    g_auto (PlanciaLoggerReply) begun = {0};

    damaged[i / 8] ^= (char) (1 << i % 8);
    if (parse (damaged, length, &reply, NULL))
      g_assert_cmpuint (strlen (reply.mac), ==, 17);
    if (i > 0 && i < length && parse (whole, i, &begun, NULL))
      g_assert_true (begun.serial > 0 && begun.serial < 2712345678u);
  }
}

static void
test_words (void)
{
  const char *const *words = plancia_logger_discovery_get_requests ();
  const guint8       mac[] = {0x34, 0xea, 0xe7, 0x00, 0x11, 0x22};
  g_autofree char   *text = plancia_logger_discovery_reply (SENDER, mac, 2712345678u);

  g_assert_cmpstr (words[0], ==, "WIFIKIT-214028-READ");
  g_assert_cmpstr (words[1], ==, "HF-A11ASSISTHREAD");
  g_assert_null (words[2]);
  for (guint i = 0; i < 2; i++) {
    const guint8 *data = (const guint8 *) words[i];

    g_assert_true (plancia_logger_discovery_is_request (data, strlen (words[i])));
    g_assert_false (plancia_logger_discovery_is_request (data, strlen (words[i]) - 1));
    g_assert_false (plancia_logger_discovery_is_request (data, strlen (words[i]) + 1));
  }
  g_assert_false (plancia_logger_discovery_is_request ((const guint8 *) "HF-A11ASSISTHREAd", 17));
  g_assert_cmpstr (text, ==, cases[0].text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/protocol/logger-discovery/answers", test_answers);
  g_test_add_func ("/protocol/logger-discovery/sender", test_sender);
  g_test_add_func ("/protocol/logger-discovery/length", test_length);
  g_test_add_func ("/protocol/logger-discovery/damage", test_damage);
  g_test_add_func ("/protocol/logger-discovery/words", test_words);
  return g_test_run ();
}
