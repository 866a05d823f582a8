/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/import-report-view.h"

#include <glib/gi18n.h>

/* Rows of one kind: what comes behind them is only counted, nobody reads a thousand. */
#define MAXIMUM_ROWS 60
/* From here on those with one reason stand under one row that opens. */
#define MANY 4

struct _PlanciaImportReportView
{
  GtkBox parent_instance;

  GtkWidget *left_out; /* AdwPreferencesGroup, or NULL */
  GtkWidget *doubts;
};

G_DEFINE_FINAL_TYPE (PlanciaImportReportView, plancia_import_report_view, GTK_TYPE_BOX)

static GtkWidget *
make_mark (PlanciaImportVerdict verdict)
{
  gboolean   skipped = verdict == PLANCIA_IMPORT_SKIPPED;
  GtkWidget *image = gtk_image_new_from_icon_name (skipped ? "plancia-severity-fault-symbolic"
                                                           : "plancia-severity-warning-symbolic");

  gtk_widget_add_css_class (image, skipped ? "error-ink" : "warn-ink");
  gtk_accessible_update_property (GTK_ACCESSIBLE (image),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  skipped
                                  ? _("Left out")
                                  : _("Taken with a doubt"), -1);
  return image;
}

static GtkWidget *
make_place (const PlanciaImportItem *item)
{
  g_autofree char *text = NULL;
  GtkWidget       *label;

  if (item->count > 1)
    text = g_strdup_printf ("%04X–%04X", item->address, item->address + (int) item->count - 1);
  else
    text = g_strdup_printf ("%04X", item->address);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "mono");
  gtk_widget_add_css_class (label, "kv-key");
  return label;
}

static void
set_texts (GtkWidget *row, const char *title, const char *subtitle)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
}

static GtkWidget *
make_row (const PlanciaImportItem *item)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = plancia_import_item_title (item);
  g_autofree char *reason = plancia_import_item_reason (item);

  set_texts (row, title, reason);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_mark (item->verdict));
  if (item->address >= 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_place (item));
  return row;
}

static GtkWidget *
make_more (guint n)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title =
    g_strdup_printf (g_dngettext (NULL, "and %u more row", "and %u more rows", n), n);

  set_texts (row, title, "");
  return row;
}

/* The items of one reason, in the order of the file. */
static void
add_reason (GtkWidget *group, GPtrArray *items)
{
  const PlanciaImportItem *first = g_ptr_array_index (items, 0);
  g_autofree char         *reason = plancia_import_item_reason (first);
  g_autofree char         *amount = NULL;
  GtkWidget               *row;

  if (items->len < MANY) {
    for (guint i = 0; i < items->len; i++)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_row (g_ptr_array_index (items, i)));
    return;
  }
  row = adw_expander_row_new ();
  amount = g_strdup_printf (g_dngettext (NULL, "%u row", "%u rows", items->len), items->len);
  /* The details of the first would be wrong for the others. */
  set_texts (row, first->detail ? amount : reason, first->detail ? reason : amount);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_mark (first->verdict));
  for (guint i = 0; i < MIN (items->len, MAXIMUM_ROWS); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_row (g_ptr_array_index (items, i)));
  if (items->len > MAXIMUM_ROWS)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), make_more (items->len - MAXIMUM_ROWS));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static GPtrArray *
collect (const PlanciaImportReport *report, PlanciaImportVerdict verdict, guint reason)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < report->items->len; i++) {
    PlanciaImportItem *item = g_ptr_array_index (report->items, i);

    if (item->verdict == verdict && item->reason == reason)
      g_ptr_array_add (found, item);
  }
  return found;
}

static GtkWidget *
make_group (const PlanciaImportReport *report,
            PlanciaImportVerdict       verdict,
            const char                *title,
            const char                *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean   seen[PLANCIA_IMPORT_N_REASONS] = {FALSE};

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  /* Reasons in the order in which the file meets them. */
  for (guint i = 0; i < report->items->len; i++) {
    const PlanciaImportItem *item = g_ptr_array_index (report->items, i);
    g_autoptr (GPtrArray) items = NULL;

    if (item->verdict != verdict || seen[item->reason])
      continue;
    seen[item->reason] = TRUE;
    items = collect (report, verdict, item->reason);
    add_reason (group, items);
  }
  return group;
}

static guint
count (const PlanciaImportReport *report, PlanciaImportVerdict verdict)
{
  guint n = 0;

  for (guint i = 0; i < report->items->len; i++)
    n += ((const PlanciaImportItem *) g_ptr_array_index (report->items, i))->verdict == verdict;
  return n;
}

static void
replace (PlanciaImportReportView *self, GtkWidget **slot, GtkWidget *group)
{
  if (*slot)
    gtk_box_remove (GTK_BOX (self), *slot);
  *slot = group;
  if (group)
    gtk_box_append (GTK_BOX (self), group);
}

static void
plancia_import_report_view_class_init (PlanciaImportReportViewClass *klass)
{
}

static void
plancia_import_report_view_init (PlanciaImportReportView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
}

/**
 * plancia_import_report_view_set_report:
 * @report: (nullable): what became of the rows
 */
void
plancia_import_report_view_set_report (PlanciaImportReportView   *self,
                                       const PlanciaImportReport *report)
{
  GtkWidget *left_out = NULL;
  GtkWidget *doubts = NULL;

  if (report && count (report, PLANCIA_IMPORT_SKIPPED) > 0)
    left_out = make_group (report, PLANCIA_IMPORT_SKIPPED, _("Left out"), NULL);
  if (report && count (report, PLANCIA_IMPORT_CHANGED) > 0)
    doubts = make_group (report,
                         PLANCIA_IMPORT_CHANGED,
                         _("Taken with a doubt"),
                            _("They read as usual; writing stays off until you unlock each one."));
  replace (self, &self->left_out, left_out);
  replace (self, &self->doubts, doubts);
  gtk_widget_set_visible (GTK_WIDGET (self), left_out || doubts);
}
