/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/discovery.h"
#include "plant/address.h"

#include "backend-fixture.h"
#include "backend/device-model.h"
#include "backend/neighbours.h"
#include "backend/serial-candidates.h"
#include "base/error.h"
#include "simulator/simulator.h"
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_PORTS 5

static const guint16 ports[N_PORTS] = {8899, 502, 55400, 55401, 55402};

/* --- words and tables ------------------------------------------------------------------------ */

static void
test_subnets (void)
{
  static const struct
  {
    const char *text;
    const char *network; /* NULL: refused */
    guint       count;
    const char *first;
    const char *last;
  } cases[] = {
    {"192.168.1.0/24",    "192.168.1.0/24",    254,   "192.168.1.1",    "192.168.1.254" },
    {" 192.168.1.77/24",  "192.168.1.0/24",    254,   "192.168.1.1",    "192.168.1.254" },
    {"10.1.0.0/16",       "10.1.0.0/16",       65534, "10.1.0.1",       "10.1.255.254"  },
    {"172.31.255.252/30", "172.31.255.252/30", 2,     "172.31.255.253", "172.31.255.254"},
    {"10.0.0.4/31",       "10.0.0.4/31",       2,     "10.0.0.4",       "10.0.0.5"      },
    {"10.0.0.4",          "10.0.0.4/32",       1,     "10.0.0.4",       "10.0.0.4"      },
    {"169.254.7.0/24",    "169.254.7.0/24",    254,   "169.254.7.1",    "169.254.7.254" },
    {"10.0.0.0/15",       NULL,                0,     NULL,             NULL            },
    {"172.32.0.0/24",     NULL,                0,     NULL,             NULL            },
    {"8.8.8.8",           NULL,                0,     NULL,             NULL            },
    {"192.168.1.0/33",    NULL,                0,     NULL,             NULL            },
    {"192.168.1.0/",      NULL,                0,     NULL,             NULL            },
    {"192.168.1.0/24/1",  NULL,                0,     NULL,             NULL            },
    {"192.168.1/24",      NULL,                0,     NULL,             NULL            },
    {"192.168.1.256/24",  NULL,                0,     NULL,             NULL            },
    {"fe80::1/64",        NULL,                0,     NULL,             NULL            },
    {"router.lan",        NULL,                0,     NULL,             NULL            },
    {"",                  NULL,                0,     NULL,             NULL            },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaSubnet) subnet = plancia_subnet_parse (cases[i].text, &error);
    g_autofree char *text = NULL, *first = NULL, *last = NULL;

    if (cases[i].network == NULL) {
      g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
      continue;
    }
    g_assert_no_error (error);
    text = plancia_subnet_to_string (subnet);
    first = plancia_ipv4_to_string (plancia_subnet_get (subnet, 0));
    last = plancia_ipv4_to_string (plancia_subnet_get (subnet, plancia_subnet_count (subnet) - 1));
    g_assert_cmpstr (text, ==, cases[i].network);
    g_assert_cmpuint (plancia_subnet_count (subnet), ==, cases[i].count);
    g_assert_cmpstr (first, ==, cases[i].first);
    g_assert_cmpstr (last, ==, cases[i].last);
  }
}

/* What the computer offers by itself is private and small. */
static void
test_own_subnets (void)
{
  g_autoptr (GPtrArray) list = plancia_subnet_list ();

  for (guint i = 0; i < list->len; i++) {
    const PlanciaSubnet *subnet = g_ptr_array_index (list, i);
    g_autofree char     *text = plancia_subnet_to_string (subnet);
    g_autoptr (PlanciaSubnet) again = plancia_subnet_parse (text, NULL);

    g_assert_nonnull (again);
    g_assert_nonnull (subnet->interface);
    g_assert_cmpuint (subnet->prefix, >=, 24);
  }
}

static void
test_neighbours (void)
{
  static const char text[] =
    "IP address       HW type     Flags       HW address            Mask     Device\n"
    "192.168.1.20     0x1         0x2         34:ea:e7:00:11:22     *        wlan0\n"
    "192.168.1.21     0x1         0x0         00:00:00:00:00:00     *        wlan0\n"
    "192.168.1.22     0x1         0x6         34:ea:e7:00:11:23     *        wlan0\n"
    "192.168.1.23     0x1         0x2         00:00:00:00:00:00     *        wlan0\n"
    "nonsense\n";
  g_autoptr (PlanciaNeighbours) neighbours = plancia_neighbours_parse (text);

  g_assert_cmpstr (plancia_neighbours_find (neighbours, 0xc0a80114), ==, "34:EA:E7:00:11:22");
  g_assert_cmpstr (plancia_neighbours_find (neighbours, 0xc0a80116), ==, "34:EA:E7:00:11:23");
  g_assert_null (plancia_neighbours_find (neighbours, 0xc0a80115));
  g_assert_null (plancia_neighbours_find (neighbours, 0xc0a80117));
  g_assert_null (plancia_neighbours_find (neighbours, 0));
}

static void
test_models (void)
{
  static const struct
  {
    const char *family;
    guint       watts;
    const char *model;
  } cases[] = {
    {"3PH HYD5000-HYD20000 ZSS",         10000,  "3PH HYD10000 ZSS"             },
    {"1PH HYD3000-HYD6000 ZSS HP",       6000,   "1PH HYD6000 ZSS HP"           },
    {"1PH HYD3000-HYD6000 ZSS HP",       0,      "1PH HYD3000-HYD6000 ZSS HP"   },
    {"1PH HYD3000-HYD6000 ZSS HP",       7000,   "1PH HYD3000-HYD6000 ZSS HP"   },
    {"1PH 3000TLM-V3 to 1PH 6000TLM-V3", 5000,   "1PH 5000TLM-V3"               },
    {"3PH 3.3KTL-V3 to 3PH 12KTL-V3",    5500,   "3PH 5.5KTL-V3"                },
    {"3PH 3.3KTL-V3 to 3PH 12KTL-V3",    12000,  "3PH 12KTL-V3"                 },
    {"3PH 3.3KTL-V3 to 3PH 12KTL-V3",    15000,  "3PH 3.3KTL-V3 to 3PH 12KTL-V3"},
    {"330KTL-HV Z0",                     330000, "330KTL-HV Z0"                 },
    {"DTSU666",                          100,    "DTSU666"                      },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *model = plancia_device_model (cases[i].family, cases[i].watts);

    g_assert_cmpstr (model, ==, cases[i].model);
  }
}

static void
test_serial_ports (void)
{
  g_autoptr (GPtrArray) list = plancia_serial_candidates_list ();

  g_assert_cmpstr (plancia_serial_candidates_name (0x0403, 0x6001), ==, "FTDI FT232R");
  g_assert_null (plancia_serial_candidates_name (0, 0));
  for (guint i = 0; i < list->len; i++) {
    PlanciaFinding *finding = g_ptr_array_index (list, i);

    g_assert_true (g_str_has_prefix (finding->where, "/dev/"));
    g_assert_true (finding->state == PLANCIA_FINDING_NOT_OPENED ||
                   finding->state == PLANCIA_FINDING_FORBIDDEN);
  }
}

/* An adapter keeps its address when it gets another number. */
static void
test_serial_address (void)
{
  static const PlanciaFindingKind kinds[] = {PLANCIA_FINDING_CONNEXT, PLANCIA_FINDING_SERIAL};
  static const char *const        wanted[] = {
           "connext:///dev/serial/by-id/usb-A%23B-if00",
           "rs485:///dev/serial/by-id/usb-A%23B-if00/1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (PlanciaFinding) finding = plancia_finding_new (kinds[i], "/dev/ttyACM3");
    g_autoptr (PlanciaAddress) address = NULL;

    finding->state = PLANCIA_FINDING_NOT_OPENED;
    finding->link = g_strdup ("/dev/serial/by-id/usb-A#B-if00");
    plancia_finding_make_address (finding);
    g_assert_cmpstr (finding->address, ==, wanted[i]);
    address = plancia_address_parse (finding->address, NULL);
    g_assert_cmpstr (plancia_address_get_device (address), ==, finding->link);
  }
}

/* --- a host made of sockets ------------------------------------------------------------------ */

/* Takes connections on all five ports, hangs up when it is spoken to (or says nothing), and counts. */
typedef struct
{
  char    *host;
  gboolean silent;
  int      listeners[N_PORTS];
  GThread *thread;
  int      stop[2];
  GArray  *open; /* int */
  guint    most;
  guint    taken[N_PORTS];
  GMutex   mutex;
} Host;

static int
listen_on (const char *host, guint16 port)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons (port)};
  const int          yes = 1;
  guint32            binary;
  int                descriptor = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_true (plancia_ipv4_parse (host, &binary));
  address.sin_addr.s_addr = htonl (binary);
  setsockopt (descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  g_assert_cmpint (bind (descriptor, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (descriptor, 8), ==, 0);
  return descriptor;
}

/* Those that have ended, or are to be ended, leave. */
static void
look_at_open (Host *self)
{
  for (guint i = 0; i < self->open->len;) {
    int    descriptor = g_array_index (self->open, int, i);
    char   bytes[256];
    gssize length = recv (descriptor, bytes, sizeof bytes, MSG_DONTWAIT);

    if (length < 0 && errno == EAGAIN) {
      i++;
    } else if (length > 0 && self->silent) {
      i++;
    } else {
      close (descriptor);
      g_array_remove_index (self->open, i);
    }
  }
}

static void
take_one (Host *self, guint index)
{
  int descriptor = accept (self->listeners[index], NULL, NULL);

  look_at_open (self);
  g_mutex_lock (&self->mutex);
  if (descriptor >= 0) {
    g_array_append_val (self->open, descriptor);
    self->taken[index]++;
    self->most = MAX (self->most, self->open->len);
  }
  g_mutex_unlock (&self->mutex);
}

static gpointer
host_thread (gpointer data)
{
  Host *self = data;

  while (TRUE) {
    GPollFD polled[N_PORTS + 1 + 64] = {
      {.fd = self->stop[0], .events = G_IO_IN}
    };
    guint n = 1;

    for (guint i = 0; i < N_PORTS; i++)
      polled[n++] = (GPollFD){self->listeners[i], G_IO_IN, 0};
    for (guint i = 0; i < self->open->len && n < G_N_ELEMENTS (polled); i++)
      polled[n++] = (GPollFD){g_array_index (self->open, int, i), G_IO_IN, 0};
    g_poll (polled, n, -1);
    if (polled[0].revents != 0)
      return NULL;
    look_at_open (self);
    for (guint i = 0; i < N_PORTS; i++)
      if (polled[1 + i].revents != 0)
        take_one (self, i);
  }
}

static Host *
host_new (const char *address, gboolean silent)
{
  Host *self = g_new0 (Host, 1);

  self->host = g_strdup (address);
  self->silent = silent;
  self->open = g_array_new (FALSE, FALSE, sizeof (int));
  g_mutex_init (&self->mutex);
  g_assert_cmpint (pipe (self->stop), ==, 0);
  for (guint i = 0; i < N_PORTS; i++)
    self->listeners[i] = listen_on (address, ports[i]);
  self->thread = g_thread_new ("host", host_thread, self);
  return self;
}

static void
host_free (Host *self)
{
  g_assert_cmpint (write (self->stop[1], "", 1), ==, 1);
  g_thread_join (self->thread);
  for (guint i = 0; i < N_PORTS; i++)
    close (self->listeners[i]);
  for (guint i = 0; i < self->open->len; i++)
    close (g_array_index (self->open, int, i));
  close (self->stop[0]);
  close (self->stop[1]);
  g_array_unref (self->open);
  g_mutex_clear (&self->mutex);
  g_free (self->host);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Host, host_free)

/* --- searches -------------------------------------------------------------------------------- */

typedef struct
{
  guint    findings;
  guint    changes;
  guint    finished;
  GThread *thread;
} Heard;

static char *
loopback (guint number)
{
  guint id = (guint) getpid ();

  return g_strdup_printf ("127.%u.%u.%u", 128 + (id >> 8) % 64, id % 256, number);
}

static void
finding_cb (PlanciaDiscovery *discovery, PlanciaFinding *finding, gboolean is_new, Heard *heard)
{
  g_assert_true (g_thread_self () == heard->thread);
  heard->findings += is_new ? 1 : 0;
  heard->changes += is_new ? 0 : 1;
}

static void
finished_cb (PlanciaDiscovery *discovery, Heard *heard)
{
  heard->finished++;
}

static PlanciaDiscovery *
listen_to (Heard *heard)
{
  PlanciaDiscovery *discovery = plancia_discovery_new ();

  *heard = (Heard){.thread = g_thread_self ()};
  g_signal_connect (discovery, "finding", G_CALLBACK (finding_cb), heard);
  g_signal_connect (discovery, "finished", G_CALLBACK (finished_cb), heard);
  return discovery;
}

static void
search_host (PlanciaDiscovery *discovery, const char *host, gboolean hub, guint timeout)
{
  const char *const       hosts[] = {host, NULL};
  PlanciaDiscoveryOptions options = {.hosts = hosts, .hub = hub, .timeout = timeout};

  plancia_discovery_start (discovery, &options);
}

/* The only finding. */
static PlanciaFinding *
only (PlanciaDiscovery *discovery)
{
  GPtrArray *findings = plancia_discovery_get_findings (discovery);

  g_assert_cmpuint (findings->len, ==, 1);
  return g_ptr_array_index (findings, 0);
}

static void
test_one_connection_at_a_time (void)
{
  g_autofree char *address = loopback (2);
  g_autoptr (Host) host = host_new (address, FALSE);
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  search_host (discovery, address, TRUE, 0);
  turn_until (heard.finished == 1);
  g_mutex_lock (&host->mutex);
  g_assert_cmpuint (host->most, ==, 1);
  for (guint i = 0; i < N_PORTS; i++)
    g_assert_cmpuint (host->taken[i], >=, 2);
  g_mutex_unlock (&host->mutex);
  /* The stick and the Modbus device hang up; the lines of the HUB are held, as it seems. */
  g_assert_cmpuint (heard.findings, ==, 3);
  g_assert_cmpuint (plancia_discovery_get_summary (discovery)->silent, ==, 2);
  g_assert_cmpuint (plancia_discovery_get_summary (discovery)->lines_held, ==, 3);
  g_assert_false (plancia_discovery_is_running (discovery));
}

static void
test_no_hub_without_consent (void)
{
  g_autofree char *address = loopback (2);
  g_autoptr (Host) host = host_new (address, FALSE);
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  search_host (discovery, address, FALSE, 0);
  turn_until (heard.finished == 1);
  g_mutex_lock (&host->mutex);
  g_assert_cmpuint (host->taken[1], >=, 2);
  for (guint i = 2; i < N_PORTS; i++)
    g_assert_cmpuint (host->taken[i], ==, 0);
  g_mutex_unlock (&host->mutex);
}

/* Where this program is connected it makes no second connection, and the rest of the host is searched as ever. */
static void
test_in_use (void)
{
  g_autofree char *address = loopback (2);
  g_autofree char *stick = g_strdup_printf ("eth-stick://%s/1", address);
  g_autofree char *line = g_strdup_printf ("hub://%s/meters/1", address);
  g_autoptr (PlanciaAddress) stick_address = plancia_address_parse (stick, NULL);
  g_autoptr (PlanciaAddress) line_address = plancia_address_parse (line, NULL);
  g_autoptr (GPtrArray) in_use = g_ptr_array_new ();
  g_autoptr (Host) host = host_new (address, FALSE);
  const char *const       hosts[] = {address, NULL};
  PlanciaDiscoveryOptions options = {.hosts = hosts, .hub = TRUE, .in_use = in_use};
  Heard                   heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  g_ptr_array_add (in_use, stick_address);
  g_ptr_array_add (in_use, line_address);
  plancia_discovery_start (discovery, &options);
  turn_until (heard.finished == 1);
  g_mutex_lock (&host->mutex);
  for (guint i = 0; i < N_PORTS; i++)
    g_assert_cmpuint (host->taken[i], ==, ports[i] == 502 ? host->taken[i] : 0);
  g_assert_cmpuint (host->taken[1], >=, 2);
  g_mutex_unlock (&host->mutex);
  g_assert_cmpuint (heard.findings, ==, 3);
  for (guint i = 0; i < 3; i++) {
    PlanciaFinding *finding = g_ptr_array_index (plancia_discovery_get_findings (discovery), i);

    if (finding->kind == PLANCIA_FINDING_MODBUS)
      continue;
    g_assert_cmpint (finding->state, ==, PLANCIA_FINDING_IN_USE);
    g_assert_cmpint (finding->kind,
                     ==,
                     finding->port == 8899 ? PLANCIA_FINDING_ETH_STICK : PLANCIA_FINDING_HUB);
    g_assert_true (plancia_finding_is_found (finding));
    g_assert_null (finding->address);
  }
  g_assert_cmpuint (plancia_discovery_get_summary (discovery)->hubs_closed, ==, 0);
}

/* While it asks somebody who says nothing. */
static void
test_cancel (void)
{
  g_autofree char *address = loopback (2);
  g_autoptr (Host) host = host_new (address, TRUE);
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);
  gint64 start;

  search_host (discovery, address, TRUE, 20000);
  turn_until (plancia_discovery_get_summary (discovery)->tried == 1);
  fixture_turn (200);
  g_assert_cmpuint (heard.finished, ==, 0);
  start = g_get_monotonic_time ();
  plancia_discovery_cancel (discovery);
  turn_until (heard.finished == 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_assert_true (plancia_discovery_get_summary (discovery)->cancelled);
  g_assert_false (plancia_discovery_is_running (discovery));
  fixture_turn (100);
  g_assert_cmpuint (heard.finished, ==, 1);
}

/* Nothing is heard of the first search once the second has begun; and it may be dropped at any time. */
static void
test_start_again (void)
{
  g_autofree char *address = loopback (2);
  g_autofree char *other = loopback (3);
  g_autoptr (Host) host = host_new (address, TRUE);
  Heard             heard;
  PlanciaDiscovery *discovery = listen_to (&heard);

  search_host (discovery, address, FALSE, 5000);
  turn_until (plancia_discovery_get_summary (discovery)->tried == 1);
  search_host (discovery, other, FALSE, 0);
  turn_until (heard.finished == 1);
  g_assert_cmpstr (only (discovery)->where, ==, other);
  g_assert_cmpint (only (discovery)->state, ==, PLANCIA_FINDING_REFUSED);
  search_host (discovery, address, FALSE, 5000);
  fixture_turn (50);
  g_assert_finalize_object (discovery);
}

/* --- simulated devices ----------------------------------------------------------------------- */

static PlanciaSimulator *
simulate (const char *address, const char *devices)
{
  g_autofree char *text = g_strdup_printf (
    "{\"format\":\"plancia-scenario\",\"version\":1,\"place\":{\"latitude\":43.46,\"longitude\":"
    "11.88,\"zone\":\"Europe/Rome\"},\"start\":\"2026-06-12T14:05:30+02:00\",\"commissioned\":"
    "\"2026-06-02\",\"seed\":7,\"devices\":[%s]}",
    devices);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_from_bytes (bytes, "test", &error);
  PlanciaSimulator *simulator;

  g_assert_no_error (error);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_set_place (simulator, address, TRUE);
  plancia_simulator_start (simulator, &error);
  g_assert_no_error (error);
  return simulator;
}

/* The logger answers for itself, the inverter behind it does not: a stick that is to be had all the same. */
static void
test_inverter_silent (void)
{
  g_autofree char *address = loopback (4);
  g_autofree char *expected = g_strdup_printf ("wifi-stick://%s/1?serial=2712345678", address);
  g_autoptr (PlanciaSimulator) simulator =
    simulate (address,
              "{\"kind\":\"stick\",\"name\":\"Wifi\",\"route\":\"wifi-stick\",\"serial\":"
              "\"2712345678\"}");
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  search_host (discovery, address, FALSE, 0);
  turn_until (heard.finished == 1);
  g_assert_cmpint (only (discovery)->kind, ==, PLANCIA_FINDING_WIFI_STICK);
  g_assert_cmpint (only (discovery)->identity.unit, ==, -1);
  g_assert_cmpstr (only (discovery)->identity.map, ==, NULL);
  g_assert_cmpstr (only (discovery)->address, ==, expected);
  g_assert_true (only (discovery)->called);
}

/* An inverter of the old generation, with its serial number at the other place. */
static void
test_old_generation (void)
{
  g_autofree char *address = loopback (5);
  g_autofree char *expected = g_strdup_printf ("eth-stick://%s/1?framing=tcp", address);
  g_autoptr (PlanciaSimulator) simulator = simulate (
    address,
    "{\"kind\":\"stick\",\"name\":\"Eth\",\"route\":\"eth-stick\"},{\"kind\":\"inverter\",\"name\":"
    "\"Old\",\"parent\":\"Eth\",\"map\":\"zcs-1ph-hyd-zss-old\",\"serial\":\"ZM1E4040K12345\","
    "\"ratings\":{\"peak\":4000,\"load\":\"home\"}}");
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  search_host (discovery, address, FALSE, 0);
  turn_until (heard.finished == 1);
  g_assert_cmpstr (only (discovery)->identity.generation, ==, "old");
  g_assert_cmpstr (only (discovery)->identity.map, ==, "zcs-1ph-hyd-zss-old");
  g_assert_cmpstr (only (discovery)->identity.serial, ==, "ZM1E4040K12345");
  g_assert_cmpstr (only (discovery)->address, ==, expected);
}

/* On a serial line, as a person asked for; and where nobody is. */
static void
test_serial_line (void)
{
  g_autoptr (PlanciaSimulator) simulator =
    simulate ("127.0.0.1",
              "{\"kind\":\"inverter\",\"name\":\"Line\",\"route\":\"rs485\",\"map\":"
              "\"zcs-3ph-ktl-v3-g3\",\"serial\":\"ZS2ES150P00004\",\"ratings\":{\"peak\":5400,"
              "\"limit\":5000}}");
  const PlanciaSimulatorDevice *device =
    g_ptr_array_index (plancia_simulator_get_devices (simulator), 0);
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, NULL);
  g_auto (PlanciaIdentity) identity = {0};
  g_auto (PlanciaIdentity) nobody = {0};
  g_autoptr (GError) error = NULL;

  g_assert_true (
    plancia_identify_serial (plancia_address_get_device (address), 1500, &identity, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (identity.framing, ==, "Modbus RTU");
  g_assert_cmpstr (identity.map, ==, "zcs-3ph-ktl-v3-g3");
  g_assert_cmpstr (identity.model, ==, "3PH 5.0KTL-V3");
  plancia_simulator_set_fault (simulator, "Line", "silent", NULL);
  g_assert_false (
    plancia_identify_serial (plancia_address_get_device (address), 200, &nobody, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* A name without an address is told, and keeps nobody else from being found. */
static void
test_unknown_name (void)
{
  Heard heard;
  g_autoptr (PlanciaDiscovery) discovery = listen_to (&heard);

  search_host (discovery, "no-such-host.invalid", FALSE, 0);
  turn_until (heard.finished == 1);
  g_assert_cmpint (only (discovery)->state, ==, PLANCIA_FINDING_ABSENT);
  g_assert_null (only (discovery)->address);
  g_assert_cmpuint (plancia_discovery_get_summary (discovery)->unresolved, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backend/discovery/subnets", test_subnets);
  g_test_add_func ("/backend/discovery/own-subnets", test_own_subnets);
  g_test_add_func ("/backend/discovery/neighbours", test_neighbours);
  g_test_add_func ("/backend/discovery/models", test_models);
  g_test_add_func ("/backend/discovery/serial-ports", test_serial_ports);
  g_test_add_func ("/discovery/serial-address", test_serial_address);
  g_test_add_func ("/backend/discovery/one-connection-at-a-time", test_one_connection_at_a_time);
  g_test_add_func ("/backend/discovery/no-hub-without-consent", test_no_hub_without_consent);
  g_test_add_func ("/backend/discovery/in-use", test_in_use);
  g_test_add_func ("/backend/discovery/cancel", test_cancel);
  g_test_add_func ("/backend/discovery/start-again", test_start_again);
  g_test_add_func ("/backend/discovery/inverter-silent", test_inverter_silent);
  g_test_add_func ("/backend/discovery/old-generation", test_old_generation);
  g_test_add_func ("/backend/discovery/serial-line", test_serial_line);
  g_test_add_func ("/backend/discovery/unknown-name", test_unknown_name);
  return g_test_run ();
}
