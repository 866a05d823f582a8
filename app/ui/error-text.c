/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/error-text.h"

#include "base/error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* What happened, and what to do about it. */
typedef struct
{
  int         code;
  const char *text;
  const char *advice; /* or NULL */
} Words;

static const Words io_words[] = {
  {G_IO_ERROR_CANCELLED,           N_ ("Stopped."), NULL                                                                                            },
   {G_IO_ERROR_TIMED_OUT,
   N_ ("No answer."),                               N_ ("Nothing came back in time. Check that the device has power and that its address and unit "
       "are right. Plancia keeps trying.") },
    {G_IO_ERROR_CONNECTION_REFUSED,
   N_ ("The connection was refused."),              N_ ("Something answers at this address but not on this port. Check the port, and whether "
       "another program holds the only connection.")      },
     {G_IO_ERROR_CONNECTION_CLOSED,
   N_ ("The other side closed the connection."),    N_ ("Another client may have taken it, or the device started again. Plancia connects anew.")    },
      {G_IO_ERROR_PARTIAL_INPUT,
   N_ ("The other side closed the connection."),    N_ ("It may be overloaded. Plancia asks again later.")                                          },
       {G_IO_ERROR_NOT_CONNECTED,
   N_ ("Not connected."),                           N_ ("Connect the device first, from its menu in the tree.")                                     },
        {G_IO_ERROR_CLOSED,
   N_ ("The connection is closed."),                N_ ("Connect the device first, from its menu in the tree.")                                     },
         {G_IO_ERROR_HOST_NOT_FOUND,
   N_ ("This name is not known in the network."),   N_ ("Check the host name, or write the number address of the device.")                          },
          {G_IO_ERROR_HOST_UNREACHABLE,
   N_ ("The device cannot be reached."),            N_ ("Check that it has power and that this computer is in the same local network.")             },
           {G_IO_ERROR_NETWORK_UNREACHABLE,
   N_ ("The network cannot be reached."),           N_ ("Check the network connection of this computer.")                                           },
            {G_IO_ERROR_PERMISSION_DENIED,
   N_ ("Permission denied."),                       N_ ("This user may not open it. For a serial port, add the user to the group of the port, then "
       "log out and in again.")},
             {G_IO_ERROR_NOT_FOUND,
   N_ ("It is not there."),                         N_ ("Check the name; of a port, that the adapter is plugged in.")                               },
              {G_IO_ERROR_BUSY,
   N_ ("Another program uses it."),                 N_ ("Close the other program, then connect again.")                                             },
               {G_IO_ERROR_WOULD_BLOCK,
   N_ ("It was not ready."),                        N_ ("Try again in a moment.")                                                                   },
                {G_IO_ERROR_PENDING,
   N_ ("The same question is still being asked."),  N_ ("Wait until it is answered.")                                                               },
                 {G_IO_ERROR_NOT_SUPPORTED,
   N_ ("This is not possible here."),               N_ ("The device or its connection has no such function.")                                       },
                  {G_IO_ERROR_INVALID_DATA,
   N_ ("What came makes no sense."),                N_ ("Check that the right kind of device is set for this address.")                             },
                   {G_IO_ERROR_INVALID_ARGUMENT,
   N_ ("This value is not possible."),              N_ ("Check what was entered.")                                                                  },
                    {G_IO_ERROR_NOT_REGULAR_FILE,
   N_ ("This is not a file."),                      N_ ("Choose a plant file.")                                                                     },
                     {G_IO_ERROR_IS_DIRECTORY,
   N_ ("This is not a file."),                      N_ ("Choose a plant file.")                                                                     },
                      {G_IO_ERROR_READ_ONLY,
   N_ ("The file may only be read."),               N_ ("Save it under another name.")                                                              },
                       {G_IO_ERROR_NO_SPACE,
   N_ ("The disk is full."),                        N_ ("Make room, then try again. The old file is unharmed.")                                     },
                        {G_IO_ERROR_TOO_MANY_OPEN_FILES,
   N_ ("Too many connections are open."),           N_ ("Close some devices, then try again.")                                                      },
};

static const Words protocol_words[] = {
  {PLANCIA_PROTOCOL_ERROR_TRUNCATED,
   N_ ("The answer was cut off."),                           N_ ("It is not used. If this repeats, check the cable and the network.")                       },
   {PLANCIA_PROTOCOL_ERROR_CHECKSUM,
   N_ ("The answer arrived damaged."),                       N_ ("Its checksum is wrong, so it is not used. Check speed and format of the line, the cable "
       "and its termination.") },
    {PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
   N_ ("The answer does not belong to the question."),       N_ ("It came late or from another unit, so it is not used. Check that no two devices have the "
       "same unit.")},
     {PLANCIA_PROTOCOL_ERROR_MALFORMED,
   N_ ("The answer cannot be read."),                        N_ ("Check that the right kind of device and framing are set for this address.")               },
      {PLANCIA_PROTOCOL_ERROR_UNSUPPORTED,
   N_ ("The answer has a form that Plancia does not know."), N_ ("Check the kind of device that is set for this address.")                                  },
       {PLANCIA_PROTOCOL_ERROR_LOGGER,
   N_ ("The stick reports a failure of its own."),           N_ ("The inverter behind it may be off. Check the serial number of the stick.")                },
};

static const Words modbus_words[] = {
  {PLANCIA_MODBUS_ERROR_ILLEGAL_FUNCTION,
   N_ ("The device refused the function."),               N_ ("Exception 1: it does not know this kind of request. Check the register map.")     },
   {PLANCIA_MODBUS_ERROR_ILLEGAL_ADDRESS,
   N_ ("The device does not have this register."),        N_ ("Exception 2: check the register map of this model.")                              },
    {PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE,
   N_ ("The device refused the value."),                  N_ ("Exception 3: it is not permitted now, or not on this model. Nothing was changed.")},
     {PLANCIA_MODBUS_ERROR_DEVICE_FAILURE,
   N_ ("The device could not do it."),                    N_ ("Exception 4: a failure inside the device.")                                       },
      {PLANCIA_MODBUS_ERROR_ACKNOWLEDGE,
   N_ ("The device needs more time."),                    N_ ("Exception 5: it has begun. Read the register again later.")                       },
       {PLANCIA_MODBUS_ERROR_BUSY,
   N_ ("The device is busy."),                            N_ ("Exception 6: Plancia asks again a little later.")                                 },
        {PLANCIA_MODBUS_ERROR_MEMORY_PARITY,
   N_ ("The memory of the device is damaged."),           N_ ("Exception 8: note the register and ask technical support.")                       },
         {PLANCIA_MODBUS_ERROR_GATEWAY_PATH,
   N_ ("The gateway has no way to this unit."),           N_ ("Exception 10: check the unit, and the line of the gateway.")                      },
          {PLANCIA_MODBUS_ERROR_GATEWAY_TARGET,
   N_ ("The device behind the gateway does not answer."), N_ ("Exception 11: check that the unit is right and that the device has power.")       },
};

static const Words cloud_words[] = {
  {PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
   N_ ("The portal refused the credentials of this account."),        N_ ("Copy them again from the letter: the client code, the authorization with “Zcs” and the blank "
       "after it, or the token.")          },
   {PLANCIA_CLOUD_ERROR_REFUSED,
   N_ ("The portal refused the request."),                            N_ ("Check that this account may ask for this device.")                                                          },
    {PLANCIA_CLOUD_ERROR_OVERLOADED,
   N_ ("The portal is overloaded."),                                  N_ ("What was fetched is kept. Plancia asks again later, and less often.")                                       },
     {PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
   N_ ("The portal does not know this serial number."),               N_ ("Check the number on the label, and that the device is registered on this account.")                         },
      {PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG,
   N_ ("The portal does not give so long a span at once."),           N_ ("Ask for a shorter one.")                                                                                    },
       {PLANCIA_CLOUD_ERROR_EMPTY_ANSWER,
   N_ ("The portal sent an empty answer."),                           N_ ("It may be overloaded. Plancia asks again later.")                                                           },
        {PLANCIA_CLOUD_ERROR_BAD_ANSWER,
   N_ ("The answer of the portal cannot be read."),                   N_ ("It was cut off or is no JSON. Plancia asks again later.")                                                   },
         {PLANCIA_CLOUD_ERROR_TOO_OFTEN,
   N_ ("The portal asks to wait."),                                   N_ ("It was asked too often. Plancia waits as long as it says.")                                                 },
          {PLANCIA_CLOUD_ERROR_WEB_PAGE,
   N_ ("The portal answered with a web page."),                       N_ ("That happens during maintenance, which may take a day or two. Plancia asks again later.")                   },
           {PLANCIA_CLOUD_ERROR_TOO_LARGE,
   N_ ("The answer of the portal is too long."),                      N_ ("More than 32 MiB are not taken. Ask for a shorter span.")                                                   },
            {PLANCIA_CLOUD_ERROR_NO_VALUES,
   N_ ("The portal has no values for this serial number."),           N_ ("It may have no logger on this portal, or does not belong to this client code.")                             },
             {PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,
   N_ ("The credentials of this account are missing."),               N_ ("They are not in the keyring of this computer. Write them again.")                                           },
              {PLANCIA_CLOUD_ERROR_NO_ADDRESS,
   N_ ("The address of the service is missing."),                     N_ ("ZCS does not publish it. Write the one of your letter into the profile.")                                   },
               {PLANCIA_CLOUD_ERROR_CERTIFICATE,
   N_ ("Nobody vouches for the certificate of the server."),          N_ ("Nothing was sent. Look at the certificate in the account and trust it only if it is the right one.")        },
                {PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED,
   N_ ("The server shows another certificate than the trusted one."), N_ ("Nothing was sent. Ask ZCS whether it was renewed before you trust the new one.")                            },
                 {PLANCIA_CLOUD_ERROR_ZEROS,
   N_ ("The portal answered with zeros only."),                       N_ ("Even the lifetime counters were 0, which happens for some minutes. The values were not taken.")             },
                  {PLANCIA_CLOUD_ERROR_WENT_BACK,
   N_ ("The portal answered with older values than before."),         N_ ("The newer ones stay.")                                                                                      },
                   {PLANCIA_CLOUD_ERROR_FELL,
   N_ ("A lifetime counter is lower than it was."),                   N_ ("The energies are not taken. If it stays so for half an hour, Plancia asks whether the device was replaced.")},
                    {PLANCIA_CLOUD_ERROR_FROZEN,
   N_ ("The portal has had nothing new for a while."),                N_ ("By day a device sends every five minutes: its link is down, or the portal is behind.")                      },
                     {PLANCIA_CLOUD_ERROR_STUCK,
   N_ ("The power stands still and its counter too."),                N_ ("It is left over from earlier. The counter says what was produced.")                                         },
                      {PLANCIA_CLOUD_ERROR_SILENT,
   N_ ("The portal did not answer in time."),                         N_ ("It may be overloaded, or the time-out of the profile is too short. Plancia asks again later.")              },
                       {PLANCIA_CLOUD_ERROR_HUNG_UP,
   N_ ("The portal closed the connection."),                          N_ ("It may be overloaded. Plancia asks again later.")                                                           },
                        {PLANCIA_CLOUD_ERROR_UNREACHABLE,
   N_ ("The portal cannot be reached."),                              N_ ("Nobody answers at its address. Check the internet connection and the address in the profile.")              },
                         {PLANCIA_CLOUD_ERROR_REPLACED,
   N_ ("A lifetime counter stays lower than it was."),                N_ ("The energies are not taken until somebody says whether the device was replaced.")                           },
};

static const Words resolver_words[] = {
  {G_RESOLVER_ERROR_NOT_FOUND,
   N_ ("The name of the server cannot be found."),            N_ ("Check the internet connection and the address in the profile.")},
   {G_RESOLVER_ERROR_TEMPORARY_FAILURE,
   N_ ("The names of servers cannot be looked up just now."), N_ ("Check the internet connection. Plancia asks again later.")     },
    {G_RESOLVER_ERROR_INTERNAL,
   N_ ("The names of servers cannot be looked up."),          N_ ("Check the internet connection of this computer.")              },
};

static const Words tls_words[] = {
  {G_TLS_ERROR_UNAVAILABLE,
   N_ ("This computer has no support for encrypted connections."),                           N_ ("The package glib-networking is missing.")          },
   {G_TLS_ERROR_MISC,
   N_ ("The encrypted connection failed."),                                                  N_ ("The server and this computer found no common way.")},
    {G_TLS_ERROR_BAD_CERTIFICATE,        N_ ("The certificate of the server cannot be used."), NULL                                                    },
     {G_TLS_ERROR_NOT_TLS,
   N_ ("The server does not speak an encrypted protocol."),                                  N_ ("Check the address and the port in the profile.")   },
      {G_TLS_ERROR_HANDSHAKE,
   N_ ("The server and this computer found no common encryption."),                          NULL                                                    },
       {G_TLS_ERROR_CERTIFICATE_REQUIRED,
   N_ ("The server asks for a certificate of this computer."),                               NULL                                                    },
        {G_TLS_ERROR_EOF,
   N_ ("The server ended the encrypted connection."),                                        N_ ("Plancia asks again later.")                        },
         {G_TLS_ERROR_INAPPROPRIATE_FALLBACK,
   N_ ("The encrypted connection was weakened on the way."),                                 NULL                                                    },
};

static const Words device_words[] = {
  {PLANCIA_DEVICE_ERROR_READ_ONLY,
   N_ ("This register may only be read."),                        N_ ("Nothing was sent.")                                                                                                            },
   {PLANCIA_DEVICE_ERROR_OUT_OF_RANGE,
   N_ ("The value is out of its range."),                         N_ ("Nothing was sent. The permitted range stands beside the entry.")                                                               },
    {PLANCIA_DEVICE_ERROR_NOT_VERIFIED,
   N_ ("The device kept another value."),                         N_ ("It answered, but reads back something else. It may limit this value, or the function is "
       "disabled.")                                      },
     {PLANCIA_DEVICE_ERROR_OUTCOME_UNKNOWN,
   N_ ("The outcome of the write is unknown."),                   N_ ("It was sent, but neither its answer nor the read-back came. It is not repeated by itself: "
       "read the register first.")                                    },
      {PLANCIA_DEVICE_ERROR_TAKEN_OVER,
   N_ ("Another client holds this line."),                        N_ ("Plancia let go and does not try again by itself.")                                                                             },
       {PLANCIA_DEVICE_ERROR_UNKNOWN_MAP,
   N_ ("No register map for this model."),                        N_ ("Its serial number belongs to no known family. Choose a map by hand.")                                                          },
        {PLANCIA_DEVICE_ERROR_UNKNOWN_REGISTER,
   N_ ("The register map has no such register."),                 N_ ("Check the name of the register and the map.")                                                                                  },
         {PLANCIA_DEVICE_ERROR_PORT_CLOSED,
   N_ ("The HUB does not serve this line."),                      N_ ("Open the HUB's portal, Settings → Modbus Slave TCP, and tick the box. The ports are 55400, "
       "55401 and 55402.")                                 },
          {PLANCIA_DEVICE_ERROR_UPLOADING,
   N_ ("Busy, retrying."),                                        N_ ("Once a minute the stick sends to its cloud and lets everybody else wait. Plancia asks "
       "again.")                                        },
           {PLANCIA_DEVICE_ERROR_APPLY_REFUSED,
   N_ ("Its controller refused the settings."),                   N_ ("All of them have their old values. The device's manual may say when they are taken.")                                          },
            {PLANCIA_DEVICE_ERROR_APPLY_NO_ANSWER,
   N_ ("Its controller did not answer."),                         N_ ("The settings were not taken over. Read the device again before the next try.")                                                 },
             {PLANCIA_DEVICE_ERROR_APPLY_DISABLED,
   N_ ("The function is disabled in the device."),                N_ ("The settings were not taken over. It has to be enabled first.")                                                                },
              {PLANCIA_DEVICE_ERROR_APPLY_NOT_STORED,
   N_ ("The device could not store the settings."),               N_ ("They may be gone after a power cut. Read the device again.")                                                                   },
               {PLANCIA_DEVICE_ERROR_APPLY_WRONG,
   N_ ("The device says that the settings do not fit together."), N_ ("Nothing was taken over. Compare the values with each other.")                                                                  },
                {PLANCIA_DEVICE_ERROR_NOT_RECORDED,
   N_ ("The journal could not be written."),                      N_ ("Plancia sends nothing that it cannot record. Check whether the disk is full or the folder of Plancia's data cannot be written."
       )},
                 {PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE,
   N_ ("This model is not compatible with the panel."),           N_ ("Its identity is that of another family. The PSC 100 takes 250KTL-HV Z0, 330KTL-HV Z0 and "
       "350KTL-HV Z0. It is neither polled nor written.")                                     },
                  {PLANCIA_DEVICE_ERROR_FORBIDDEN,
   N_ ("These registers must not be read."),                      N_ ("The register map of the device says so. Choose another range.")                                                                },
                   {PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING,
   N_ ("Not in the recording."),                                  N_ ("Nobody had asked the device for it until this time of the recording. Move to a later time, or look at another register.")      },
                    {PLANCIA_DEVICE_ERROR_RECORDING,
   N_ ("A recording can only be looked at."),                     N_ ("It is of the past: nothing can be sent to a device. Open the plant itself to change something.")                               },
};

static const Words document_words[] = {
  {PLANCIA_DOCUMENT_ERROR_SYNTAX,
   N_ ("The text is not well formed."),                            N_ ("Mend it at the place that is named. Nothing was changed.")},
   {PLANCIA_DOCUMENT_ERROR_MISSING,
   N_ ("Something is missing in it."),                             N_ ("Add what is named. Nothing was changed.")                 },
    {PLANCIA_DOCUMENT_ERROR_INVALID,
   N_ ("Something in it is not possible."),                        N_ ("Mend it at the place that is named. Nothing was changed.")},
     {PLANCIA_DOCUMENT_ERROR_VERSION,
   N_ ("It was written by a newer Plancia."),                      N_ ("Open it with that one. Nothing was changed.")             },
      {PLANCIA_DOCUMENT_ERROR_NO_PARCEL,
   N_ ("It is no plant in a file, or nothing of it can be read."), N_ ("Let it be made or sent anew. Nothing was changed.")       },
};

static const Words archive_words[] = {
  {PLANCIA_ARCHIVE_ERROR_FULL,
   N_ ("The disk is full."),                                     N_ ("Make room. What is read meanwhile waits for some minutes and is kept then.")                                 },
   {PLANCIA_ARCHIVE_ERROR_READ_ONLY,
   N_ ("The archive may not be written to."),                    N_ ("Check who may write to its file and folder. What is read meanwhile waits for some minutes and is kept then.")},
    {PLANCIA_ARCHIVE_ERROR_BUSY,
   N_ ("Another program holds the archive."),                    N_ ("Close that program, or wait. What is read meanwhile waits for some minutes and is kept then.")               },
     {PLANCIA_ARCHIVE_ERROR_DAMAGED,
   N_ ("A new archive was begun, and everything else goes on."), N_ ("What a cloud has can be fetched again.")                                                                     },
      {PLANCIA_ARCHIVE_ERROR_OTHER,
   N_ ("The archive does not work."),                            N_ ("The reason stands below. What is read meanwhile waits for some minutes and is kept then.")                   },
};

/* For a code that no row names: the number of a Modbus exception is free. */
static const Words other_exception = {
  0,
  N_ ("The device refused the request."),
      N_ ("It answered with an exception of its own. Details has its number."),
};
static const Words anything = {0, N_ ("Something went wrong."), NULL};

typedef struct
{
  GQuark (*domain) (void);
  const Words *words;
  gsize        n_words;
} Domain;

static const Domain domains[] = {
  {g_io_error_quark,             io_words,       G_N_ELEMENTS (io_words)      },
  {plancia_protocol_error_quark, protocol_words, G_N_ELEMENTS (protocol_words)},
  {plancia_modbus_error_quark,   modbus_words,   G_N_ELEMENTS (modbus_words)  },
  {g_resolver_error_quark,       resolver_words, G_N_ELEMENTS (resolver_words)},
  {g_tls_error_quark,            tls_words,      G_N_ELEMENTS (tls_words)     },
  {plancia_cloud_error_quark,    cloud_words,    G_N_ELEMENTS (cloud_words)   },
  {plancia_device_error_quark,   device_words,   G_N_ELEMENTS (device_words)  },
  {plancia_document_error_quark, document_words, G_N_ELEMENTS (document_words)},
  {plancia_archive_error_quark,  archive_words,  G_N_ELEMENTS (archive_words) },
};

static const Words *
find_code (const Domain *domain, int code)
{
  for (gsize i = 0; i < domain->n_words; i++) {
    if (domain->words[i].code == code)
      return &domain->words[i];
  }
  return domain->domain () == PLANCIA_MODBUS_ERROR ? &other_exception : &anything;
}

static const Words *
find (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (domains); i++) {
    if (domains[i].domain () == error->domain)
      return find_code (&domains[i], error->code);
  }
  return &anything;
}

/**
 * plancia_error_text:
 * @error: an error of the core
 *
 * Returns: (transfer none): what happened, one sentence in the user's language
 */
const char *
plancia_error_text (const GError *error)
{
  return _ (find (error)->text);
}

/**
 * plancia_error_advice:
 * @error: an error of the core
 *
 * Returns: (transfer none) (nullable): what to do or what Plancia does, in the user's language
 */
const char *
plancia_error_advice (const GError *error)
{
  const char *advice = find (error)->advice;

  return advice ? _ (advice) : NULL;
}
