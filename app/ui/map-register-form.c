/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-register-form.h"

#include "ui/line-dialog.h"
#include "ui/map-field-rows.h"
#include "ui/map-table-dialog.h"
#include "ui/map-unlock.h"
#include <glib/gi18n.h>

#define NEW_GROUP  ""  /* no key is empty */
#define NEW_TABLE  "+" /* no key of a register and no table of a file that ships is called so */
#define MEMBER_KEY "plancia-member"

static const char *const no_choices[] = {NULL};
static const char *const functions[] = {"holding", "input", "coil", "discrete", NULL};
static const char *const function_labels[] = {
  N_("Holding register (3)"),
      N_("Input register (4)"), N_("Coil (1)"), N_("Discrete input (2)"), NULL};
static const char *const types[] = {"u16",
                                    "i16",
                                    "u32",
                                    "i32",
                                    "u64",
                                    "i64",
                                    "f32",
                                    "f64",
                                    "ascii",
                                    "bcd16",
                                    "bits",
                                    "hhmm",
                                    "mmdd",
                                    "clock6",
                                    "raw",
                                    NULL};
static const char *const orders[] = {"big", "little", NULL};
static const char *const order_labels[] = {N_("High word first"), N_("Low word first"), NULL};
static const char *const polls[] = {"fast", "normal", "slow", "once", "manual", NULL};
static const char *const poll_labels[] = {
  N_("Fast"), N_("Normal"), N_("Slow"), N_("Once"), N_("On demand"), NULL};
static const char *const dangers[] =
  {"none", "caution", "battery", "stops_production", "breaks_link", NULL};
static const char *const danger_labels[] = {
  N_("None known"),
      N_("With care"), N_("Battery"), N_("Stops production"), N_("Cuts this connection"), NULL};
static const char *const wears[] = {"unknown", "ram", "eeprom", NULL};
static const char *const wear_labels[] = {N_("Not known"),
                                              N_("Volatile"), N_("EEPROM, wears out"), NULL};
static const char *const write_functions[] = {"16", "6", NULL};

static const PlanciaMapFieldKind identity_kinds[] = {
  {"name",  N_("Name"),            NULL,       NULL},
   {"key",   N_("Key in the file"), NULL,       NULL},
    {"group", N_("Group"),           no_choices, NULL},
};
static const PlanciaMapFieldKind place_kinds[] = {
  {"function",   N_("Read as"),              functions, function_labels},
   {"address",    N_("Address"),              NULL,      NULL           },
    {"count",      N_("Registers"),            NULL,      NULL           },
     {"type",       N_("Type"),                 types,     NULL           },
      {"word_order", N_("Word order"),           orders,    order_labels   },
       {"poll",       N_("How often it is read"), polls,     poll_labels    },
};
static const PlanciaMapFieldKind value_kinds[] = {
  {"unit",   N_("Unit of measure"),  NULL,       NULL},
   {"scale",  N_("Factor"),           NULL,       NULL},
    {"offset", N_("Offset"),           NULL,       NULL},
     {"min",    N_("Lowest value"),     NULL,       NULL},
      {"max",    N_("Highest value"),    NULL,       NULL},
       {"step",   N_("Step"),             NULL,       NULL},
        {"values", N_("Words for values"), no_choices, NULL},
         {"bits",   N_("Words for bits"),   no_choices, NULL},
};
static const PlanciaMapFieldKind write_kinds[] = {
  {"write.danger",     N_("Danger"),                no_choices,      NULL       },
   {"write.function",   N_("Written with function"), write_functions, NULL       },
    {"write.wear",       N_("Kept in"),               wears,           wear_labels},
     {"write.confidence", N_("Confidence in writing"), NULL,            NULL       },
};
static const PlanciaMapFieldKind trust_kinds[] = {
  {"confidence", N_("Confidence"),     NULL, NULL},
   {"since",      N_("Since firmware"), NULL, NULL},
    {"note",       N_("Note"),           NULL, NULL},
};

struct _PlanciaMapRegisterForm
{
  AdwBin parent_instance;

  AdwPreferencesGroup *identity_group;
  AdwPreferencesGroup *place_group;
  AdwPreferencesGroup *value_group;
  AdwPreferencesGroup *write_group;
  AdwPreferencesGroup *trust_group;
  AdwActionRow        *write_row;
  GtkSwitch           *write_switch;

  GPtrArray         *fields; /* PlanciaMapFieldRow */
  PlanciaMapEdit    *edit;   /* or NULL */
  PlanciaMapEditRow *row;    /* or NULL */
  gulong             changed_id;
  gboolean           showing;
};

G_DEFINE_FINAL_TYPE (PlanciaMapRegisterForm, plancia_map_register_form, ADW_TYPE_BIN)

/* --- showing --------------------------------------------------------------------------------- */

static const char *
fallback_of (PlanciaMapRegisterForm *self, const char *member)
{
  static const char *const fallbacks[][2] = {
    {"poll",         "normal" },
    {"write.danger", "none"   },
    {"write.wear",   "unknown"},
    {"values",       ""       },
    {"bits",         ""       },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fallbacks); i++) {
    if (g_str_equal (member, fallbacks[i][0]))
      return fallbacks[i][1];
  }
  return plancia_map_edit_get_default (self->edit, member);
}

static void
show_writing (PlanciaMapRegisterForm *self)
{
  gboolean writable = plancia_map_edit_row_get_writable (self->row);
  gboolean allowed = plancia_map_edit_row_get_unlock_reason (self->row) == PLANCIA_UNLOCK_ALLOWED;

  adw_action_row_set_subtitle (self->write_row, plancia_map_unlock_words (self->row));
  gtk_widget_set_sensitive (GTK_WIDGET (self->write_row), allowed || writable);
  gtk_switch_set_active (self->write_switch, writable);
  gtk_switch_set_state (self->write_switch, writable);
  for (guint i = 0; i < self->fields->len; i++) {
    PlanciaMapFieldRow *field = g_ptr_array_index (self->fields, i);

    if (g_str_has_prefix (plancia_map_field_row_get_member (field), "write."))
      plancia_map_field_row_set_visible (field, writable);
  }
}

static void
show_row (PlanciaMapRegisterForm *self)
{
  if (!self->row)
    return;

  self->showing = TRUE;
  show_writing (self);
  for (guint i = 0; i < self->fields->len; i++) {
    PlanciaMapFieldRow *field = g_ptr_array_index (self->fields, i);

    plancia_map_field_row_show (field,
                                self->row,
                                fallback_of (self, plancia_map_field_row_get_member (field)));
  }
  self->showing = FALSE;
}

static PlanciaMapFieldRow *
find_field (PlanciaMapRegisterForm *self, const char *member)
{
  for (guint i = 0; i < self->fields->len; i++) {
    PlanciaMapFieldRow *field = g_ptr_array_index (self->fields, i);

    if (g_str_equal (plancia_map_field_row_get_member (field), member))
      return field;
  }
  return NULL;
}

static void
offer_groups (PlanciaMapRegisterForm *self)
{
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) keys = plancia_map_edit_list_groups (self->edit, &names);
  guint n = g_strv_length (keys);

  keys = g_renew (char *, keys, n + 2);
  names = g_renew (char *, names, n + 2);
  keys[n] = g_strdup (NEW_GROUP);
  names[n] = g_strdup (_("New group…"));
  keys[n + 1] = names[n + 1] = NULL;
  plancia_map_field_row_set_choices (find_field (self, "group"),
                                     (const char *const *) keys,
                                     (const char *const *) names);
}

static void
offer_tables (PlanciaMapRegisterForm *self, const char *member, const char *set)
{
  g_auto (GStrv) tables = plancia_map_edit_list_tables (self->edit, set);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  g_ptr_array_add (keys, (gpointer) "");
  /* TRANSLATORS: no table of words for the values of a register */
  g_ptr_array_add (labels, (gpointer) C_("words for values", "None"));
  for (guint i = 0; tables[i]; i++) {
    g_ptr_array_add (keys, tables[i]);
    g_ptr_array_add (labels, tables[i]);
  }
  g_ptr_array_add (keys, (gpointer) NEW_TABLE);
  g_ptr_array_add (labels, (gpointer) _ ("New words…"));
  g_ptr_array_add (keys, NULL);
  g_ptr_array_add (labels, NULL);
  plancia_map_field_row_set_choices (find_field (self, member),
                                     (const char *const *) keys->pdata,
                                     (const char *const *) labels->pdata);
}

/* What is part of the grid code says so and is nothing else; no other register can be called that. */
static void
offer_dangers (PlanciaMapRegisterForm *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; danger_labels[i]; i++)
    g_ptr_array_add (labels, (gpointer) _(danger_labels[i]));
  g_ptr_array_add (labels, NULL);
  plancia_map_field_row_set_choices (find_field (self, "write.danger"),
                                     dangers,
                                     (const char *const *) labels->pdata);
}

/* --- changing -------------------------------------------------------------------------------- */

static void
new_group (const char *name, gpointer user_data)
{
  PlanciaMapRegisterForm *self = user_data;
  g_autofree char        *key = plancia_map_edit_add_group (self->edit, name);

  offer_groups (self);
  if (self->row)
    plancia_map_edit_set_text (self->edit, self->row, "group", key);
  show_row (self);
}

static void
applied_cb (PlanciaMapRegisterForm *self)
{
  if (!self->edit)
    return;
  offer_tables (self, "values", "value_tables");
  offer_tables (self, "bits", "bit_tables");
  show_row (self);
}

static void
edit_table (PlanciaMapRegisterForm *self, const char *member)
{
  GtkWidget *dialog =
    plancia_map_table_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   self->edit,
                                   self->row,
                                   member);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (applied_cb), self, G_CONNECT_SWAPPED);
}

/* The words of the chosen table; where none is chosen, of a new one. */
static void
edit_table_cb (PlanciaMapRegisterForm *self, GtkButton *button)
{
  if (self->row)
    edit_table (self, g_object_get_data (G_OBJECT (button), MEMBER_KEY));
}

/* A new table is there when its words are: until then the register has none. */
static void
new_table (PlanciaMapRegisterForm *self, const char *member)
{
  plancia_map_edit_set_text (self->edit, self->row, member, "");
  show_row (self);
  edit_table (self, member);
}

static void
field_cb (const char *member, const char *text, gpointer user_data)
{
  PlanciaMapRegisterForm   *self = user_data;
  const PlanciaLineQuestion asked = {
    .heading = _("New group"), .label = _("Name"), .accept = _("_Add"), .text = ""};

  if (!self->row || self->showing)
    return;
  if (g_str_equal (text, NEW_TABLE) &&
      (g_str_equal (member, "values") || g_str_equal (member, "bits"))) {
    new_table (self, member);
    return;
  }
  if (!g_str_equal (member, "group") || text[0] != '\0') {
    plancia_map_edit_set_text (self->edit, self->row, member, text);
    return;
  }
  show_row (self);
  plancia_line_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            &asked,
                            new_group,
                            g_object_ref (self),
                            g_object_unref);
}

static gboolean
state_set_cb (PlanciaMapRegisterForm *self, gboolean state)
{
  if (self->showing || !self->row)
    return FALSE;
  if (!state)
    plancia_map_edit_set_writable (self->edit, self->row, FALSE);
  else if (!plancia_map_edit_row_get_writable (self->row))
    plancia_map_unlock_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            self->edit,
                            self->row,
                            G_CALLBACK (show_row),
                            G_OBJECT (self));
  return TRUE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
add_fields (PlanciaMapRegisterForm    *self,
            AdwPreferencesGroup       *group,
            const PlanciaMapFieldKind *kinds,
            guint                      n_kinds)
{
  for (guint i = 0; i < n_kinds; i++)
    g_ptr_array_add (self->fields, plancia_map_field_row_new (group, &kinds[i], field_cb, self));
}

static void
add_table_button (PlanciaMapRegisterForm *self, const char *member, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  g_object_set_data (G_OBJECT (button), MEMBER_KEY, (gpointer) member);
  g_signal_connect_object (button, "clicked", G_CALLBACK (edit_table_cb), self, G_CONNECT_SWAPPED);
  plancia_map_field_row_add_suffix (find_field (self, member), button);
}

static void
plancia_map_register_form_dispose (GObject *object)
{
  PlanciaMapRegisterForm *self = PLANCIA_MAP_REGISTER_FORM (object);

  plancia_map_register_form_set (self, NULL, NULL);

  G_OBJECT_CLASS (plancia_map_register_form_parent_class)->dispose (object);
}

static void
plancia_map_register_form_finalize (GObject *object)
{
  PlanciaMapRegisterForm *self = PLANCIA_MAP_REGISTER_FORM (object);

  g_ptr_array_unref (self->fields);

  G_OBJECT_CLASS (plancia_map_register_form_parent_class)->finalize (object);
}

static void
plancia_map_register_form_class_init (PlanciaMapRegisterFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_map_register_form_dispose;
  object_class->finalize = plancia_map_register_form_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-register-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, identity_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, place_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, value_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, write_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, trust_group);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, write_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapRegisterForm, write_switch);
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
}

static void
plancia_map_register_form_init (PlanciaMapRegisterForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_map_field_row_free);
  add_fields (self, self->identity_group, identity_kinds, G_N_ELEMENTS (identity_kinds));
  add_fields (self, self->place_group, place_kinds, G_N_ELEMENTS (place_kinds));
  add_fields (self, self->value_group, value_kinds, G_N_ELEMENTS (value_kinds));
  add_fields (self, self->write_group, write_kinds, G_N_ELEMENTS (write_kinds));
  add_fields (self, self->trust_group, trust_kinds, G_N_ELEMENTS (trust_kinds));
  add_table_button (self, "values", _ ("Edit the words for values…"));
  add_table_button (self, "bits", _ ("Edit the words for bits…"));
}

/**
 * plancia_map_register_form_set:
 * @edit: (nullable): the map
 * @row: (nullable): the register
 */
void
plancia_map_register_form_set (PlanciaMapRegisterForm *self,
                               PlanciaMapEdit         *edit,
                               PlanciaMapEditRow      *row)
{
  gboolean other = edit != self->edit;

  if (self->row)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_set_object (&self->edit, edit);
  g_set_object (&self->row, row);
  if (edit && other) {
    offer_groups (self);
    offer_tables (self, "values", "value_tables");
    offer_tables (self, "bits", "bit_tables");
    offer_dangers (self);
  }
  if (!row)
    return;

  self->changed_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (show_row), self);
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  show_row (self);
}

void
plancia_map_register_form_focus (PlanciaMapRegisterForm *self)
{
  gtk_widget_grab_focus (plancia_map_field_row_get_widget (find_field (self, "name")));
}
