/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/found-row.h"

#include "backend/discovery-words.h"
#include "base/signal-new.h"
#include "ui/state-chip.h"
#include <glib/gi18n.h>

struct _PlanciaFoundRow
{
  AdwActionRow parent_instance;

  GtkImage         *icon;
  GtkCheckButton   *check;
  GtkWidget        *try_button;
  GtkSpinner       *spinner;
  GtkLabel         *plain_chip;
  PlanciaStateChip *chip;

  PlanciaFinding *finding;
  gboolean        in_plant;
};

enum {
  PROP_0,
  PROP_CHECKED,
  N_PROPS,
};

enum {
  SIGNAL_TRY,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaFoundRow, plancia_found_row, ADW_TYPE_ACTION_ROW)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static gboolean
is_port (const PlanciaFinding *finding)
{
  return finding->kind == PLANCIA_FINDING_SERIAL || finding->kind == PLANCIA_FINDING_CONNEXT;
}

/* FALSE: no mark says it. */
static gboolean
choose_mark (const PlanciaFinding *finding, PlanciaMark *mark)
{
  if (finding->state == PLANCIA_FINDING_NOT_OPENED || finding->state == PLANCIA_FINDING_IN_USE) {
    *mark = finding->state == PLANCIA_FINDING_IN_USE ? PLANCIA_MARK_LIVE : PLANCIA_MARK_CLOSED;
    return finding->kind != PLANCIA_FINDING_HUB;
  }
  if (finding->kind == PLANCIA_FINDING_HUB) {
    *mark = plancia_finding_count_lines (finding, PLANCIA_HUB_ANSWER_HELD) > 0
              ? PLANCIA_MARK_TAKEN_OVER
              : PLANCIA_MARK_LIVE;
    return TRUE;
  }
  *mark = PLANCIA_MARK_LIVE;
  return finding->identity.map != NULL;
}

static void
show_chip (PlanciaFoundRow *self)
{
  g_autofree char *verdict = plancia_finding_dup_verdict (self->finding);
  PlanciaMark      mark;
  gboolean         in_use = self->finding->state == PLANCIA_FINDING_IN_USE;
  gboolean         marked = choose_mark (self->finding, &mark) && (in_use || !self->in_plant);

  gtk_widget_set_visible (GTK_WIDGET (self->chip), marked);
  gtk_widget_set_visible (GTK_WIDGET (self->plain_chip), !marked);
  if (marked)
    plancia_state_chip_set (self->chip, mark, verdict);
  else
    gtk_label_set_text (self->plain_chip, self->in_plant && !in_use ? _("in the plant") : verdict);
}

static void
show_icon (PlanciaFoundRow *self)
{
  const char      *kind = self->finding->kind == PLANCIA_FINDING_SERIAL &&
                         self->finding->identity.generation == NULL
                            ? "serial"
                            : plancia_finding_get_device_kind (self->finding);
  g_autofree char *name = g_strdup_printf ("plancia-%s-symbolic", kind);

  gtk_image_set_from_icon_name (self->icon, name);
}

static void
toggled_cb (PlanciaFoundRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
}

static void
try_cb (PlanciaFoundRow *self)
{
  gtk_widget_set_visible (self->try_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  g_signal_emit (self, signals[SIGNAL_TRY], 0);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_found_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CHECKED:
    g_value_set_boolean (value, plancia_found_row_get_checked (PLANCIA_FOUND_ROW (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_found_row_finalize (GObject *object)
{
  g_clear_pointer (&PLANCIA_FOUND_ROW (object)->finding, plancia_finding_unref);

  G_OBJECT_CLASS (plancia_found_row_parent_class)->finalize (object);
}

static void
plancia_found_row_class_init (PlanciaFoundRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = plancia_found_row_get_property;
  object_class->finalize = plancia_found_row_finalize;

  properties[PROP_CHECKED] =
    g_param_spec_boolean ("checked", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_TRY] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "try", 0);

  g_type_ensure (PLANCIA_TYPE_STATE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/found-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, check);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, try_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, plain_chip);
  gtk_widget_class_bind_template_child (widget_class, PlanciaFoundRow, chip);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
}

static void
plancia_found_row_init (PlanciaFoundRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_found_row_new:
 * @finding: what was found
 * @in_plant: whether the open plant has it already
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
plancia_found_row_new (PlanciaFinding *finding, gboolean in_plant)
{
  PlanciaFoundRow *self = g_object_new (PLANCIA_TYPE_FOUND_ROW, NULL);

  self->in_plant = in_plant;
  plancia_found_row_set (self, finding);
  gtk_check_button_set_active (self->check, !in_plant && !is_port (finding));
  return GTK_WIDGET (self);
}

/**
 * plancia_found_row_set:
 * @self: a row
 * @finding: what is known by now; the check stays as it is
 */
void
plancia_found_row_set (PlanciaFoundRow *self, PlanciaFinding *finding)
{
  g_autofree char *title = plancia_finding_dup_title (finding);
  g_autofree char *where = plancia_finding_dup_where (finding);
  g_autofree char *details = plancia_finding_dup_details (finding);

  plancia_finding_ref (finding);
  g_clear_pointer (&self->finding, plancia_finding_unref);
  self->finding = finding;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), where);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), details[0] != '\0' ? details : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), finding->address != NULL);
  show_icon (self);
  show_chip (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), finding->state != PLANCIA_FINDING_IN_USE);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->try_button,
                          finding->kind == PLANCIA_FINDING_SERIAL &&
                            finding->state != PLANCIA_FINDING_ANSWERED);
}

PlanciaFinding *
plancia_found_row_get (PlanciaFoundRow *self)
{
  return self->finding;
}

gboolean
plancia_found_row_get_checked (PlanciaFoundRow *self)
{
  return gtk_check_button_get_active (self->check);
}
