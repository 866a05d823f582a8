/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/function-choice.h"

#include "model/device-unit.h"

#include <glib/gi18n.h>

/* Holding registers first: all routes pass them, and most devices have nothing else. */
static const struct
{
  guint8      function;
  const char *name;
} choices[] = {
  {3, N_ ("03 Holding registers")},
   {4, N_ ("04 Input registers")  },
    {1, N_ ("01 Coils")            },
     {2, N_ ("02 Discrete inputs")  },
};

/* The function at this place among those that pass; 0: none. */
static guint8
nth (PlanciaDevice *device, guint n)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (plancia_device_passes (device, choices[i].function) && n-- == 0)
      return choices[i].function;
  return 0;
}

void
plancia_function_choice_fill (GtkDropDown *drop_down, PlanciaDevice *device)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (choices) && device != NULL; i++)
    if (plancia_device_passes (device, choices[i].function))
      gtk_string_list_append (names, _ (choices[i].name));
  n = g_list_model_get_n_items (G_LIST_MODEL (names));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down),
                               n == 1
                               ? _ ("The HUB passes no other function for reading")
                               : NULL);
}

guint8
plancia_function_choice_get (GtkDropDown *drop_down, PlanciaDevice *device)
{
  guint8 function = nth (device, gtk_drop_down_get_selected (drop_down));

  return function != 0 ? function : choices[0].function;
}

void
plancia_function_choice_set (GtkDropDown *drop_down, PlanciaDevice *device, guint8 function)
{
  for (guint n = 0; nth (device, n) != 0; n++)
    if (nth (device, n) == function)
      gtk_drop_down_set_selected (drop_down, n);
}
