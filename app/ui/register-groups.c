/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-groups.h"

#include "base/signal-new.h"
#include "ui/register-favourites.h"
#include <glib/gi18n.h>

#define NAME_CHARS 18
#define NAME_LINES 3

/* One line of the list that can be chosen. */
typedef struct
{
  const char *key; /* of the group; NULL for all and the favourites */
  const char *name;
  gboolean    favourites;
  guint       n_rows;
  GtkWidget  *row; /* borrowed from the list */
  GtkWidget  *count;
  GtkWidget  *pencil;
} Group;

struct _PlanciaRegisterGroups
{
  AdwBin parent_instance;

  GtkListBox           *list;
  GtkDropDown          *drop_down; /* borrowed from the page */
  PlanciaRegisterModel *model;
  GArray               *groups; /* Group */
  guint                 chosen;
  gboolean              syncing;
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterGroups, plancia_register_groups, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static Group *
group_at (PlanciaRegisterGroups *self, guint index)
{
  return &g_array_index (self->groups, Group, index);
}

/* --- counting -------------------------------------------------------------------------------- */

typedef struct
{
  guint n_rows;
  guint n_writable;
  guint n_staged;
} Sum;

static Sum
sum_up (PlanciaRegisterGroups *self, const char *key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  Sum   sum = {0};

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

    if (key != NULL && g_strcmp0 (plancia_register_row_get_field (row)->group, key) != 0)
      continue;
    sum.n_rows++;
    sum.n_writable += plancia_register_row_is_writable (row);
    sum.n_staged += plancia_register_row_is_staged (row);
  }
  return sum;
}

static void
update_group (PlanciaRegisterGroups *self, Group *group)
{
  Sum      sum = sum_up (self, group->key);
  gboolean staged = group->key != NULL && sum.n_staged > 0;
  char     text[16];

  if (group->favourites)
    sum.n_rows = plancia_register_favourites_count (self->model);
  g_snprintf (text, sizeof text, "%u", sum.n_rows);
  gtk_label_set_text (GTK_LABEL (group->count), text);
  gtk_widget_set_visible (group->count, !staged);
  gtk_widget_set_visible (group->pencil, staged);
}

/* --- rows ------------------------------------------------------------------------------------ */

static GtkWidget *
name_label_new (const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), NAME_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, name);
  return label;
}

static GtkWidget *
pencil_new (void)
{
  GtkWidget *pencil = gtk_image_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (pencil, "warn-ink");
  gtk_widget_set_tooltip_text (pencil, _ ("Changes staged"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (pencil),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Changes staged"), -1);
  gtk_widget_set_visible (pencil, FALSE);
  return pencil;
}

static GtkWidget *
count_new (void)
{
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "caption-dim");
  return count;
}

static void
add_group (PlanciaRegisterGroups *self, const char *key, const char *name, gboolean favourites)
{
  Group      group = {.key = key, .name = name, .favourites = favourites};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (favourites)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("starred-symbolic"));
  group.count = count_new ();
  group.pencil = pencil_new ();
  gtk_box_append (GTK_BOX (box), name_label_new (name));
  gtk_box_append (GTK_BOX (box), group.count);
  gtk_box_append (GTK_BOX (box), group.pencil);
  group.row = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (group.row), box);
  g_object_set_data (G_OBJECT (group.row), "group", GUINT_TO_POINTER (self->groups->len + 1));
  gtk_list_box_append (self->list, group.row);
  update_group (self, &group);
  g_array_append_val (self->groups, group);
}

static void
add_heading (PlanciaRegisterGroups *self, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "kv-key");
  gtk_widget_add_css_class (row, "header-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_can_focus (row, FALSE);
  gtk_list_box_append (self->list, row);
}

/* A group in which something can be written is a group of settings. */
static void
add_section (PlanciaRegisterGroups *self, const char *heading, gboolean settings)
{
  PlanciaMap *map = plancia_register_model_get_map (self->model);
  gboolean    headed = FALSE;

  for (guint i = 0; i < plancia_map_get_n_groups (map); i++) {
    const PlanciaGroup *group = plancia_map_get_group (map, i);
    Sum                 sum = sum_up (self, group->key);

    if (sum.n_rows == 0 || (sum.n_writable > 0) != settings)
      continue;
    if (!headed)
      add_heading (self, heading);
    headed = TRUE;
    add_group (self, group->key, plancia_map_label (group->name), FALSE);
  }
}

/* What no map knows: another page. */
static void
add_raw (PlanciaRegisterGroups *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), name_label_new (_ ("Raw range")));
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "snapshots.raw");
  gtk_list_box_append (self->list, row);
}

static void
fill_drop_down (PlanciaRegisterGroups *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (self->drop_down == NULL)
    return;
  for (guint i = 0; i < self->groups->len; i++)
    gtk_string_list_append (names, group_at (self, i)->name);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
}

static void
clear (PlanciaRegisterGroups *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_array_set_size (self->groups, 0);
  self->chosen = 0;
}

/* --- choosing -------------------------------------------------------------------------------- */

static void
show_choice (PlanciaRegisterGroups *self)
{
  self->syncing = TRUE;
  if (self->chosen < self->groups->len)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (group_at (self, self->chosen)->row));
  if (self->drop_down != NULL && self->chosen < self->groups->len)
    gtk_drop_down_set_selected (self->drop_down, self->chosen);
  self->syncing = FALSE;
}

static void
set_chosen (PlanciaRegisterGroups *self, guint chosen)
{
  if (self->syncing || chosen == self->chosen || chosen >= self->groups->len)
    return;
  self->chosen = chosen;
  show_choice (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
on_row_selected (PlanciaRegisterGroups *self, GtkListBoxRow *row)
{
  guint number = row != NULL ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "group")) : 0;

  if (number > 0)
    set_chosen (self, number - 1);
}

static void
on_drop_down (PlanciaRegisterGroups *self)
{
  set_chosen (self, gtk_drop_down_get_selected (self->drop_down));
}

static void
plancia_register_groups_dispose (GObject *object)
{
  PlanciaRegisterGroups *self = PLANCIA_REGISTER_GROUPS (object);

  g_clear_weak_pointer (&self->drop_down);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (plancia_register_groups_parent_class)->dispose (object);
}

static void
plancia_register_groups_finalize (GObject *object)
{
  g_array_unref (PLANCIA_REGISTER_GROUPS (object)->groups);

  G_OBJECT_CLASS (plancia_register_groups_parent_class)->finalize (object);
}

static void
plancia_register_groups_class_init (PlanciaRegisterGroupsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_register_groups_dispose;
  object_class->finalize = plancia_register_groups_finalize;

  signals[SIGNAL_CHOSEN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "chosen", 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/register-groups.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaRegisterGroups, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
}

static void
plancia_register_groups_init (PlanciaRegisterGroups *self)
{
  self->groups = g_array_new (FALSE, TRUE, sizeof (Group));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_register_groups_set_model:
 * @model: (nullable): rows of a device
 *
 * Fills the list anew; all registers become the choice, without the signal. Main thread, as all of
 * this file.
 */
void
plancia_register_groups_set_model (PlanciaRegisterGroups *self, PlanciaRegisterModel *model)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_GROUPS (self));

  if (!g_set_object (&self->model, model))
    return;
  self->syncing = TRUE;
  clear (self);
  if (model != NULL) {
    add_group (self, NULL, _ ("All"), FALSE);
    add_group (self, NULL, _ ("Favourites"), TRUE);
    add_section (self, _ ("READINGS"), FALSE);
    add_section (self, _ ("SETTINGS"), TRUE);
    add_raw (self);
  }
  fill_drop_down (self);
  self->syncing = FALSE;
  show_choice (self);
}

/**
 * plancia_register_groups_update:
 *
 * Counts again.
 */
void
plancia_register_groups_update (PlanciaRegisterGroups *self)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_GROUPS (self));

  for (guint i = 0; i < self->groups->len; i++)
    update_group (self, group_at (self, i));
}

/**
 * plancia_register_groups_get_group:
 *
 * Returns: (transfer none) (nullable): key of the chosen group; %NULL for all and for favourites.
 */
const char *
plancia_register_groups_get_group (PlanciaRegisterGroups *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_GROUPS (self), NULL);

  return self->chosen < self->groups->len ? group_at (self, self->chosen)->key : NULL;
}

/**
 * plancia_register_groups_get_favourites:
 *
 * Returns: whether the favourites are chosen.
 */
gboolean
plancia_register_groups_get_favourites (PlanciaRegisterGroups *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_GROUPS (self), FALSE);

  return self->chosen < self->groups->len && group_at (self, self->chosen)->favourites;
}

/**
 * plancia_register_groups_choose:
 * @group: (nullable): key of a group; %NULL for all
 *
 * As if a person had clicked it.
 */
void
plancia_register_groups_choose (PlanciaRegisterGroups *self, const char *group)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_GROUPS (self));

  for (guint i = 0; i < self->groups->len; i++)
    if (!group_at (self, i)->favourites && g_strcmp0 (group_at (self, i)->key, group) == 0) {
      set_chosen (self, i);
      return;
    }
}

/**
 * plancia_register_groups_bind_drop_down:
 * @drop_down: takes the same groups and keeps the same choice, both ways
 */
void
plancia_register_groups_bind_drop_down (PlanciaRegisterGroups *self, GtkDropDown *drop_down)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_GROUPS (self));

  g_set_weak_pointer (&self->drop_down, drop_down);
  fill_drop_down (self);
  show_choice (self);
  g_signal_connect_object (drop_down,
                           "notify::selected",
                           G_CALLBACK (on_drop_down),
                           self,
                           G_CONNECT_SWAPPED);
}
