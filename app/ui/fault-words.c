/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/fault-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *fault;
  const char *words;
} names[] = {
  {"ct-reversed-l1",    N_ ("Sensor of L1 the wrong way round")       },
   {"ct-reversed-l2",    N_ ("Sensor of L2 the wrong way round")       },
    {"ct-reversed-l3",    N_ ("Sensor of L3 the wrong way round")       },
     {"ct-reversed-all",   N_ ("All sensors the wrong way round")        },
      {"ct-swapped-l1-l2",  N_ ("Sensors of L1 and L2 exchanged")         },
       {"ct-swapped-l1-l3",  N_ ("Sensors of L1 and L3 exchanged")         },
        {"ct-swapped-l2-l3",  N_ ("Sensors of L2 and L3 exchanged")         },
         {"ct-rotated",        N_ ("Each sensor one phase on")               },
          {"restless-house",    N_ ("Big loads come and go")                  },
           {"silent",            N_ ("Does not answer")                        },
            {"slow",              N_ ("Answers slowly")                         },
             {"garbage",           N_ ("Sends garbage")                          },
              {"bad-crc",           N_ ("Damaged answers")                        },
               {"late",              N_ ("Answers too late")                       },
                {"other-unit",        N_ ("Answers for another unit")               },
                 {"close",             N_ ("Closes the connection")                  },
                  {"exception",         N_ ("Refuses everything")                     },
                   {"takeover",          N_ ("Taken over by another client")           },
                    {"split",             N_ ("Answers byte by byte")                   },
                     {"refuse",            N_ ("Does not take settings over")            },
                      {"upload",            N_ ("Busy with its cloud")                    },
                       {"port-closed",       N_ ("Modbus service switched off")            },
                        {"invalid-client",    N_ ("Refuses the credentials")                },
                         {"401",               N_ ("Refuses the credentials, with error 401")},
                          {"429",               N_ ("Too many requests, error 429")           },
                           {"502",               N_ ("Gateway error 502")                      },
                            {"503",               N_ ("Service unavailable, error 503")         },
                             {"rate-limit",        N_ ("Serves only a few requests a minute")    },
                              {"delay-4",           N_ ("Answers after 4 s")                      },
                               {"delay-12",          N_ ("Answers after 12 s")                     },
                                {"empty",             N_ ("Empty answer")                           },
                                 {"cut",               N_ ("Answer cut off")                         },
                                  {"html",              N_ ("A web page instead of an answer")        },
                                   {"huge",              N_ ("Answer without end")                     },
                                    {"other-certificate", N_ ("Another certificate")                    },
                                     {"refused-command",   N_ ("Refuses the commands")                   },
                                      {"empty-value",       N_ ("Answers without any device")             },
                                       {"range-cut",         N_ ("Cuts long periods off")                  },
                                        {"range-served",      N_ ("Serves periods of any length")           },
                                         {"missing-thing",     N_ ("Does not know the device")               },
                                          {"empty-thing",       N_ ("Knows the device, but no values")        },
                                           {"null-cells",        N_ ("Values missing here and there")          },
                                            {"zero-burst",
   N_ ("All values zero for some minutes")                            },
                                             {"text-number",       N_ ("Numbers sent as text")                   },
                                              {"back-in-time",      N_ ("Answers go back in time")                },
                                               {"frozen",            N_ ("Nothing new since four hours ago")       },
                                                {"stuck-power",       N_ ("New times, old values")                  },
                                                 {"replaced",
   N_ ("Counters begin anew, as of another device")                   },
                                                  {"duplicate-ts",      N_ ("Some times twice")                       },
                                                   {"unsorted-ts",       N_ ("Times out of order")                     },
                                                    {"short-array",       N_ ("One list too short")                     },
                                                     {"write-refused",
   N_ ("Says that somebody else owns the system")                     },
                                                      {"write-offline",
   N_ ("Says that the device is not on line")                         },
                                                       {"callback-failed",
   N_ ("The device does not take a write")                            },
                                                        {"callback-never",
   N_ ("Writes, and never says so")                                   },
                                                         {"callback-lost",     N_ ("Loses writes")                           },
                                                          {"callback-twice",
   N_ ("Says twice what came of a write")                             },
                                                           {"callback-wrong-id",
   N_ ("Says it of another write")                                    },
                                                            {"callback-late",
   N_ ("Says it much too late")                                       },
};

/**
 * plancia_fault_words:
 * @fault: as the simulator names it
 *
 * Returns: (transfer none): what a person reads; @fault itself if there are no words for it
 */
const char *
plancia_fault_words (const char *fault)
{
  if (g_str_equal (fault, "none"))
    return C_ ("simulated fault", "None");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].fault, fault))
      return _ (names[i].words);
  return fault;
}
