/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mask.h"

#include "base/log.h"

static void
check (PlanciaMask *mask, const char *text, const char *expected)
{
  g_autofree char *masked = plancia_mask_apply (mask, text);

  g_assert_cmpstr (masked, ==, expected);
}

/* The same number is the same word, whatever it stands in. */
static void
test_serials (void)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();

  plancia_mask_add_serial (mask, "AB-77/1");
  check (mask, "ZP1ES110K00001 asks ZE1ES330J1E258", "ZP1-serial-2 asks ZE1-serial-3");
  check (mask,
         "wifi-stick://192.168.1.119/1?serial=2712345678",
         "wifi-stick://192.168.1.119/1?serial=serial-4");
  check (mask, "portal://office/ZE1ES330J1E258", "portal://office/ZE1-serial-3");
  check (mask, "ab-77/1: AB-77/1", "AB--serial-1: AB--serial-1");
  check (mask,
         "ZCS-AZZURRO zcs-3ph-hyd-g3 HYD 10000 ZSS",
         "ZCS-AZZURRO zcs-3ph-hyd-g3 HYD 10000 ZSS");
}

static void
test_addresses (void)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();

  check (mask,
         "192.168.1.5 10.0.0.1 172.16.3.4 127.0.0.1 169.254.1.1 0.0.0.0",
         "192.168.1.5 10.0.0.1 172.16.3.4 127.0.0.1 169.254.1.1 0.0.0.0");
  check (mask, "8.8.8.8, 93.184.216.34, 8.8.8.8", "address-1, address-2, address-1");
  check (mask,
         "2001:db8::1 fe80::1 ::1 fd00::2 at 14:05:37",
         "address-3 fe80::1 ::1 fd00::2 at 14:05:37");
  check (mask, "00:1b:44:11:3a:b7", "mac-1");
}

static void
test_hosts (void)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();

  plancia_mask_add_host (mask, "third.example.org");
  plancia_mask_add_host (mask, "stick.lan");
  check (mask, "https://me:word@cloud.example.com:8443/a?b", "https://person-1@host-2:8443/a?b");
  check (mask, "third.example.org: refused", "host-1: refused");
  check (mask,
         "http://stick.lan/ http://127.0.0.1:80/ http://hub/",
         "http://stick.lan/ http://127.0.0.1:80/ http://hub/");
  check (mask, "mario.rossi@example.it", "email-1");
}

static void
test_names (void)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();
  g_autofree char *path = g_build_filename (g_get_home_dir (), "rossi.json", NULL);

  plancia_mask_add_name (mask, "Rossi, Arezzo", "the plant");
  plancia_mask_add_name (mask, "abc", "x");
  check (mask, "ROSSI, AREZZO: abc", "the plant: abc");
  check (mask, path, "~/rossi.json");
}

/* Whole or as in a URL; a longer one before what is in it. */
static void
test_secrets (void)
{
  g_autoptr (PlanciaMask) mask = plancia_mask_new ();

  plancia_log_add_secret (NULL);
  plancia_log_add_secret ("short");
  plancia_log_add_secret ("pass word");
  plancia_log_add_secret ("my pass word");
  check (mask, "my pass word, pass word, pass%20word, short", "•••, •••, •••, short");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/serials", test_serials);
  g_test_add_func ("/mask/addresses", test_addresses);
  g_test_add_func ("/mask/hosts", test_hosts);
  g_test_add_func ("/mask/names", test_names);
  g_test_add_func ("/mask/secrets", test_secrets);
  return g_test_run ();
}
