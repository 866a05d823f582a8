/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/journal-row.h"

#include "base/signal-new.h"
#include "model/journal-words.h"
#include "ui/review-text.h"
#include <glib/gi18n.h>

#define DOT " \302\267 "

struct _PlanciaJournalRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;

  PlanciaJournalEntry *entry;
  gboolean             reachable;
  gboolean             filled;
};

enum {
  NOTE,
  UNDO,
  READ_BACK,
  LEAVE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaJournalRow, plancia_journal_row, ADW_TYPE_EXPANDER_ROW)

static guint signals[N_SIGNALS];

/* --- details ---------------------------------------------------------------------------------- */

static void
add_detail (PlanciaJournalRow *self, const char *name, const char *text)
{
  GtkWidget *row;
  GtkWidget *label;

  if (text == NULL || text[0] == '\0')
    return;
  row = adw_action_row_new ();
  label = gtk_label_new (text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_request (PlanciaJournalRow *self)
{
  const PlanciaJournalEntry *entry = self->entry;
  g_autofree char           *text = g_strdup_printf (
    /* TRANSLATORS: a Modbus request: address of the first register, how many, function */
    g_dngettext (GETTEXT_PACKAGE,
                 "0x%04X, %u register, function %u",
                 "0x%04X, %u registers, function %u",
                 entry->count),
    entry->address,
    entry->count,
    (guint) entry->function);

  add_detail (self, _ ("Request"), text);
}

static void
emit_signal (PlanciaJournalRow *self, GtkButton *button)
{
  guint signal = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "signal"));

  g_signal_emit (self, signals[signal], 0);
}

static void
add_button (PlanciaJournalRow *self, GtkBox *box, const char *label, guint signal, gboolean usable)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data (G_OBJECT (button), "signal", GUINT_TO_POINTER (signal));
  gtk_widget_set_sensitive (button, usable);
  if (!usable)
    gtk_widget_set_tooltip_text (button, _ ("Its device is not in this plant."));
  g_signal_connect_object (button, "clicked", G_CALLBACK (emit_signal), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
}

/* Something may have been written over a value that is known. */
static gboolean
can_undo (const PlanciaJournalEntry *entry)
{
  return entry->state == PLANCIA_JOURNAL_FINISHED && entry->old != NULL &&
         entry->verdict != PLANCIA_VERDICT_SKIPPED && entry->verdict != PLANCIA_VERDICT_REFUSED;
}

static void
add_buttons (PlanciaJournalRow *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_start (box, 12);
  if (self->entry->state == PLANCIA_JOURNAL_OPEN) {
    add_button (self, GTK_BOX (box), _ ("_Leave it unknown"), LEAVE, TRUE);
    add_button (self, GTK_BOX (box), _ ("_Read back"), READ_BACK, self->reachable);
  }
  add_button (self, GTK_BOX (box), _ ("_Note…"), NOTE, TRUE);
  if (can_undo (self->entry))
    add_button (self, GTK_BOX (box), C_ ("write", "_Undo…"), UNDO, self->reachable);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

/* A long journal has rows enough: what is inside is made when somebody looks. */
static void
fill (PlanciaJournalRow *self)
{
  const PlanciaJournalEntry *entry = self->entry;

  if (self->filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->filled = TRUE;
  add_detail (self, _ ("Kind"), plancia_journal_kind_text (entry));
  add_detail (self, _ ("Plant"), entry->plant);
  add_detail (self, _ ("Serial number"), entry->serial);
  add_detail (self, _ ("Route"), entry->route);
  add_request (self);
  add_detail (self, _ ("Raw words before"), entry->old);
  add_detail (self, _ ("Raw words sent"), entry->new_);
  add_detail (self, _ ("Raw words read back"), entry->after);
  add_detail (self, _ ("User"), entry->user);
  add_detail (self, _ ("Note"), entry->note);
  add_buttons (self);
}

/* --- the row itself --------------------------------------------------------------------------- */

static PlanciaVerdict
shown_verdict (const PlanciaJournalEntry *entry)
{
  return entry->state == PLANCIA_JOURNAL_FINISHED ? entry->verdict : PLANCIA_VERDICT_UNKNOWN;
}

static char *
create_subtitle (const PlanciaJournalEntry *entry)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->time / 1000);
  /* TRANSLATORS: day and time of a write, as of strftime */
  g_autofree char *when = g_date_time_format (time, _ ("%e %B %Y, %H:%M:%S"));

  return g_strconcat (g_strstrip (when),
                      DOT,
                      entry->device != NULL ? entry->device : "",
                      DOT,
                      plancia_journal_outcome_text (entry),
                      NULL);
}

static void
show_entry (PlanciaJournalRow *self)
{
  PlanciaVerdict   verdict = shown_verdict (self->entry);
  g_autofree char *title = plancia_journal_values_text (self->entry, FALSE);
  g_autofree char *subtitle = create_subtitle (self->entry);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), safe_title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), safe_subtitle);
  gtk_image_set_from_icon_name (self->icon, plancia_review_text_icon (verdict));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), plancia_review_text_css_class (verdict));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_journal_outcome_text (self->entry),
                                  -1);
}

static void
plancia_journal_row_finalize (GObject *object)
{
  plancia_journal_entry_unref (PLANCIA_JOURNAL_ROW (object)->entry);
  G_OBJECT_CLASS (plancia_journal_row_parent_class)->finalize (object);
}

static void
plancia_journal_row_class_init (PlanciaJournalRowClass *klass)
{
  static const char *const names[] = {"note", "undo", "read-back", "leave"};
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_journal_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/journal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaJournalRow, icon);
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = plancia_signal_new (PLANCIA_TYPE_JOURNAL_ROW, names[i], 0);
}

static void
plancia_journal_row_init (PlanciaJournalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::expanded", G_CALLBACK (fill), NULL);
}

/**
 * plancia_journal_row_new:
 * @entry: is referenced
 */
GtkWidget *
plancia_journal_row_new (PlanciaJournalEntry *entry, gboolean reachable)
{
  PlanciaJournalRow *self = g_object_new (PLANCIA_TYPE_JOURNAL_ROW, NULL);

  self->entry = plancia_journal_entry_ref (entry);
  self->reachable = reachable;
  show_entry (self);
  return GTK_WIDGET (self);
}

PlanciaJournalEntry *
plancia_journal_row_get_entry (PlanciaJournalRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_JOURNAL_ROW (self), NULL);

  return self->entry;
}
