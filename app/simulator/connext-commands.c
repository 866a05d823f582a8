/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/connext-commands.h"

#include <string.h>

#include "base/clock.h"

#define EOL "\r\n"

#define LISTING_ROWS     200
#define LONGEST_WAIT     60   /* s */
#define LONGEST_FLOOD    600  /* s */
#define MOST_GARBAGE     4096 /* bytes */
#define LONGEST_INTERVAL 3600 /* s */

const char *const plancia_connext_greeting =
  "CONNEXT (simulated)" EOL
  "The commands of this terminal are invented: the real ones are not public." EOL "Type help." EOL;

typedef struct
{
  PlanciaWorld           *world;
  PlanciaConnextSettings *settings;
  const char             *argument; /* "" if none */
  GString                *out;
  guint                   number; /* of the effect */
} Call;

typedef PlanciaConnextEffect (*Run) (Call *call);

typedef struct
{
  gint64 power[PLANCIA_N_ALL_FLOWS];
  double today[PLANCIA_N_ALL_FLOWS];
  double stored;   /* Wh */
  double capacity; /* Wh */
} Sum;

static void
add_site (Sum *sum, PlanciaSite *site, gint64 now)
{
  PlanciaSiteState state;
  double           capacity = plancia_site_get_config (site)->capacity;

  plancia_site_look (site, now, &state);
  for (guint i = 0; i < PLANCIA_N_ALL_FLOWS; i++) {
    sum->power[i] += state.power[i];
    sum->today[i] += state.today[i];
  }
  sum->capacity += capacity;
  sum->stored += capacity * state.soc / 100;
}

/* A meter would count its members again. */
static Sum
sum_up (PlanciaWorld *world)
{
  GPtrArray *devices = plancia_scenario_get_devices (plancia_world_get_scenario (world));
  gint64     now = plancia_world_now (world);
  Sum        sum = {0};

  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    PlanciaSite           *site = plancia_world_find_site (world, device->name);
    if (site != NULL && device->members == NULL)
      add_site (&sum, site, now);
  }
  return sum;
}

static char *
local_time (PlanciaWorld *world)
{
  PlanciaScenario *scenario = plancia_world_get_scenario (world);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (plancia_scenario_get_zone (scenario));
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc (plancia_world_now (world) / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S%:z");
}

static PlanciaConnextEffect
run_identify (Call *call)
{
  g_string_append (call->out, "SIMULATED,CONNEXT,0,INVENTED" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_time (Call *call)
{
  g_autofree char *time = local_time (call->world);

  g_string_append_printf (call->out, "%s" EOL, time);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_power (Call *call)
{
  g_autofree char *line = plancia_connext_describe_power (call->world);

  g_string_append (call->out, line);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_energy (Call *call)
{
  Sum sum = sum_up (call->world);

  g_string_append_printf (call->out,
                          "today: generated %.2f kWh, used %.2f kWh" EOL,
                          sum.today[PLANCIA_FLOW_GENERATING],
                          sum.today[PLANCIA_FLOW_CONSUMING]);
  g_string_append_printf (call->out,
                          "today: from the grid %.2f kWh, to the grid %.2f kWh" EOL,
                          sum.today[PLANCIA_FLOW_IMPORTING],
                          sum.today[PLANCIA_FLOW_EXPORTING]);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_battery (Call *call)
{
  Sum sum = sum_up (call->world);

  g_string_append_printf (call->out,
                          "battery %.0f %%, %.1f of %.1f kWh" EOL,
                          sum.capacity > 0 ? 100 * sum.stored / sum.capacity : 0.0,
                          sum.stored / 1000,
                          sum.capacity / 1000);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_devices (Call *call)
{
  GPtrArray *devices = plancia_scenario_get_devices (plancia_world_get_scenario (call->world));

  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    if (device->map != NULL)
      g_string_append_printf (call->out, "%-12s %s" EOL, device->kind, device->name);
  }
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_echo (Call *call)
{
  if (g_str_equal (call->argument, "on"))
    return PLANCIA_CONNEXT_ECHO_ON;
  if (g_str_equal (call->argument, "off"))
    return PLANCIA_CONNEXT_ECHO_OFF;
  g_string_append (call->out, "ERR 2 echo on, or echo off" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_watch (Call *call)
{
  return PLANCIA_CONNEXT_WATCH;
}

static PlanciaConnextEffect
run_stop (Call *call)
{
  return PLANCIA_CONNEXT_STOP;
}

static PlanciaConnextEffect
run_reboot (Call *call)
{
  return PLANCIA_CONNEXT_REBOOT;
}

static PlanciaConnextEffect
run_status (Call *call)
{
  g_autofree char *time = local_time (call->world);
  gint64           seconds = (plancia_clock_monotonic () - call->settings->since) / 1000;

  g_string_append_printf (call->out, "time      %s" EOL, time);
  g_string_append_printf (call->out, "up        %" G_GINT64_FORMAT " s" EOL, seconds);
  g_string_append_printf (call->out, "label     %s" EOL, call->settings->label);
  g_string_append_printf (call->out, "interval  %u s" EOL, call->settings->interval);
  g_string_append (call->out, "firmware  invented" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

/* "label Casa", "interval 5" */
static gboolean
apply_setting (PlanciaConnextSettings *settings, const char *argument)
{
  guint64 number;

  if (g_str_has_prefix (argument, "label ") && argument[6] != '\0') {
    g_strlcpy (settings->label, argument + 6, sizeof settings->label);
    return TRUE;
  }
  if (!g_str_has_prefix (argument, "interval ") ||
      !g_ascii_string_to_unsigned (argument + 9, 10, 1, LONGEST_INTERVAL, &number, NULL))
    return FALSE;
  settings->interval = (guint) number;
  return TRUE;
}

static PlanciaConnextEffect
run_set (Call *call)
{
  gboolean done = apply_setting (call->settings, call->argument);

  g_string_append (call->out, done ? "OK" EOL : "ERR 2 set label TEXT, or set interval 1…3600" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_list (Call *call)
{
  for (guint i = 1; i <= LISTING_ROWS; i++)
    g_string_append_printf (call->out,
                            "%03u  entry %03u of %u  0x%04X  %5u" EOL,
                            i,
                            i,
                            LISTING_ROWS,
                            i * 37,
                            i * i);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_colours (Call *call)
{
  static const char *const names[] =
    {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (call->out, "\033[%um%s\033[0m" EOL, 30 + i, names[i]);
  g_string_append (call->out, "\033[1mbold\033[0m" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

/* The same words twice: once as UTF-8, once as Latin-1. */
static PlanciaConnextEffect
run_encodings (Call *call)
{
  g_string_append (call->out, "utf-8    potenza \303\250 qualit\303\240 20 \302\260C" EOL);
  g_string_append (call->out, "latin-1  potenza \350 qualit\340 20 \260C" EOL);
  return PLANCIA_CONNEXT_NOTHING;
}

/* The argument as number of the effect; without one it is fallback. */
static PlanciaConnextEffect
run_with_number (Call *call, guint fallback, guint largest, PlanciaConnextEffect effect)
{
  guint64 number = fallback;

  if (*call->argument == '\0' ||
      g_ascii_string_to_unsigned (call->argument, 10, 1, largest, &number, NULL)) {
    call->number = (guint) number;
    return effect;
  }
  g_string_append_printf (call->out, "ERR 2 a number from 1 to %u" EOL, largest);
  return PLANCIA_CONNEXT_NOTHING;
}

static PlanciaConnextEffect
run_wait (Call *call)
{
  PlanciaConnextEffect effect = run_with_number (call, 3, LONGEST_WAIT, PLANCIA_CONNEXT_WAIT);

  if (effect == PLANCIA_CONNEXT_WAIT)
    g_string_append_printf (call->out, "waited %u s" EOL, call->number);
  return effect;
}

static PlanciaConnextEffect
run_garbage (Call *call)
{
  return run_with_number (call, 256, MOST_GARBAGE, PLANCIA_CONNEXT_GARBAGE);
}

static PlanciaConnextEffect
run_hang_up (Call *call)
{
  return run_with_number (call, 2, LONGEST_WAIT, PLANCIA_CONNEXT_HANG_UP);
}

static PlanciaConnextEffect
run_flood (Call *call)
{
  return run_with_number (call, 10, LONGEST_FLOOD, PLANCIA_CONNEXT_FLOOD);
}

static PlanciaConnextEffect run_help (Call *call);

static const struct
{
  const char *name;
  const char *help;
  Run         run;
} commands[] = {
  {"help",      "this list",                             run_help     },
  {"*IDN?",     "who this is",                           run_identify },
  {"status",    "how it is",                             run_status   },
  {"set",       "set label TEXT, set interval SECONDS",  run_set      },
  {"time",      "the simulated clock",                   run_time     },
  {"power",     "the plant's power now",                 run_power    },
  {"energy",    "since midnight",                        run_energy   },
  {"battery",   "what is stored",                        run_battery  },
  {"devices",   "what is simulated",                     run_devices  },
  {"list",      "a long listing",                        run_list     },
  {"watch",     "the power once a second, until stop",   run_watch    },
  {"stop",      "ends watch, wait and flood",            run_stop     },
  {"echo",      "echo on, echo off",                     run_echo     },
  {"wait",      "wait SECONDS, and answer then",         run_wait     },
  {"colours",   "text with colours",                     run_colours  },
  {"encodings", "letters with accents in two encodings", run_encodings},
  {"garbage",   "garbage BYTES that are no text",        run_garbage  },
  {"flood",     "flood SECONDS of text at 3 Mbit/s",     run_flood    },
  {"hangup",    "as if unplugged, for hangup SECONDS",   run_hang_up  },
  {"reboot",    "starts again",                          run_reboot   },
};

static PlanciaConnextEffect
run_help (Call *call)
{
  g_string_append (call->out, "Simulated terminal, invented commands:" EOL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (call->out, "  %-10s %s" EOL, commands[i].name, commands[i].help);
  return PLANCIA_CONNEXT_NOTHING;
}

void
plancia_connext_settings_init (PlanciaConnextSettings *self)
{
  *self = (PlanciaConnextSettings){.label = "simulated", .interval = 60};
  self->since = plancia_clock_monotonic ();
}

/**
 * plancia_connext_command:
 * @world: the plant
 * @settings: of this terminal
 * @line: what was typed, without line ending
 * @effect: (out): what the terminal has to do
 * @number: (out): of the effect
 *
 * Returns: (transfer full): the answer
 */
char *
plancia_connext_command (PlanciaWorld           *world,
                         PlanciaConnextSettings *settings,
                         const char             *line,
                         PlanciaConnextEffect   *effect,
                         guint                  *number)
{
  g_autofree char *word = g_strstrip (g_strdup (line));
  g_autofree char *shown = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  char *argument = strchr (word, ' ');
  Call  call = {world, settings, "", out, 0};

  *effect = PLANCIA_CONNEXT_NOTHING;
  if (*word == '\0')
    return g_strdup ("");
  if (argument != NULL) {
    *argument = '\0';
    call.argument = g_strchug (argument + 1);
  }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_ascii_strcasecmp (commands[i].name, g_str_equal (word, "?") ? "help" : word) == 0) {
      *effect = commands[i].run (&call);
      *number = call.number;
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  }
  shown = g_utf8_make_valid (word, -1);
  return g_strdup_printf ("ERR 1 no command \"%s\", type help" EOL, shown);
}

char *
plancia_connext_describe_power (PlanciaWorld *world)
{
  Sum    sum = sum_up (world);
  gint64 grid = sum.power[PLANCIA_FLOW_EXPORTING] - sum.power[PLANCIA_FLOW_IMPORTING];
  gint64 battery = sum.power[PLANCIA_FLOW_CHARGING] - sum.power[PLANCIA_FLOW_DISCHARGING];

  return g_strdup_printf ("pv %" G_GINT64_FORMAT " W, load %" G_GINT64_FORMAT
                          " W, grid %+" G_GINT64_FORMAT " W, battery %+" G_GINT64_FORMAT " W" EOL,
                          sum.power[PLANCIA_FLOW_GENERATING],
                          sum.power[PLANCIA_FLOW_CONSUMING],
                          grid,
                          battery);
}
