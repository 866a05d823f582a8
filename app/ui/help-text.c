/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-text.h"

#include <string.h>

GResource *plancia_help_get_resource (void);

const char *const plancia_help_pages[] = {"first-steps",
                                          "writes",
                                          "registers",
                                          "history",
                                          "console",
                                          "sticks",
                                          "hub",
                                          "power-magic",
                                          "psc",
                                          "serial",
                                          "connext",
                                          "portal",
                                          "commissioning",
                                          "recordings",
                                          "office",
                                          "command-line",
                                          "troubleshooting",
                                          NULL};

/* --- finding --------------------------------------------------------------------------------- */

static char *
load_in (const char *language, const char *page)
{
  g_autofree char *path =
    g_strdup_printf (PLANCIA_RESOURCE_PREFIX "/help/%s/%s.md", language, page);
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (plancia_help_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

/**
 * plancia_help_text_load:
 * @page: one of plancia_help_pages
 *
 * Returns: (transfer full) (nullable): the text, in the first of the user's languages that it is written in
 */
char *
plancia_help_text_load (const char *page)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i]; i++) {
    char *text = strchr (names[i], '/') ? NULL : load_in (names[i], page);

    if (text)
      return text;
  }
  return load_in ("en", page);
}

/**
 * plancia_help_text_dup_title:
 * @text: a page
 *
 * Returns: (transfer full): its title
 */
char *
plancia_help_text_dup_title (const char *text)
{
  const char *begin = g_str_has_prefix (text, "# ") ? text + 2 : text;

  return g_strndup (begin, strcspn (begin, "\n"));
}

/* --- words ----------------------------------------------------------------------------------- */

static char *
replace (char *text, const char *pattern, const char *by)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);
  char *replaced = g_regex_replace (regex, text, -1, 0, by, 0, NULL);

  g_free (text);
  return replaced;
}

/* `code`, **bold**, *italic*, [words](page#place). */
static char *
dup_markup (const char *text)
{
  char *markup = g_markup_escape_text (text, -1);

  markup = replace (markup, "`([^`]+)`", "<tt>\\1</tt>");
  markup = replace (markup, "\\*\\*([^*]+)\\*\\*", "<b>\\1</b>");
  markup = replace (markup, "\\*([^*]+)\\*", "<i>\\1</i>");
  return replace (markup,
                  "\\[([^]]+)\\]\\(([^)]+)\\)",
                  "<a href=\"" PLANCIA_HELP_SCHEME "\\2\">\\1</a>");
}

static GtkWidget *
make_label (const char *text, gboolean markup)
{
  g_autofree char *words = markup ? dup_markup (text) : g_strdup (text);
  GtkWidget       *label = gtk_label_new (NULL);

  if (markup)
    gtk_label_set_markup (GTK_LABEL (label), words);
  else
    gtk_label_set_text (GTK_LABEL (label), words);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* --- blocks ---------------------------------------------------------------------------------- */

static GtkWidget *
make_heading (const char *text, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label",
                                   text,
                                   NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

/* "Words {#place}" */
static GtkWidget *
make_section (const char *text, GHashTable *places)
{
  const char      *sign = strstr (text, " {#");
  g_autofree char *words = g_strndup (text, sign ? (gsize) (sign - text) : strlen (text));
  GtkWidget       *heading = make_heading (words, "title-4");

  gtk_widget_set_margin_top (heading, 18);
  if (sign)
    g_hash_table_insert (places, g_strndup (sign + 3, strcspn (sign + 3, "}")), heading);
  return heading;
}

static GtkWidget *
make_item (const char *sign, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *mark = gtk_label_new (sign);

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (mark), 2);
  gtk_label_set_xalign (GTK_LABEL (mark), 1);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), make_label (text, TRUE));
  return box;
}

static GtkWidget *
make_code (GString *code)
{
  GtkWidget *label = make_label (g_strchomp (code->str), FALSE);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "cmd");
  g_string_truncate (code, 0);
  return label;
}

/* "1. " */
static gboolean
is_numbered (const char *line)
{
  return g_ascii_isdigit (line[0]) && line[1] == '.' && line[2] == ' ';
}

static GtkWidget *
make_block (const char *line, GHashTable *places)
{
  if (g_str_has_prefix (line, "# "))
    return make_heading (line + 2, "title-2");
  if (g_str_has_prefix (line, "## "))
    return make_section (line + 3, places);
  if (g_str_has_prefix (line, "- "))
    return make_item ("•", line + 2);
  if (is_numbered (line)) {
    g_autofree char *number = g_strndup (line, 2);

    return make_item (number, line + 3);
  }
  return make_label (line, TRUE);
}

/**
 * plancia_help_text_build:
 * @text: a page: a paragraph a line, "# " and "## " headings, "- " and "1. " lists, lines of code begin with four blanks
 * @places: (element-type utf8 GtkWidget): filled with the headings that have a name
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
plancia_help_text_build (const char *text, GHashTable *places)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) code = g_string_new (NULL);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));

  for (guint i = 0; lines[i]; i++) {
    if (g_str_has_prefix (lines[i], "    ")) {
      g_string_append_printf (code, "%s\n", lines[i] + 4);
      continue;
    }
    if (code->len > 0)
      gtk_box_append (box, make_code (code));
    if (*lines[i] != '\0')
      gtk_box_append (box, make_block (lines[i], places));
  }
  if (code->len > 0)
    gtk_box_append (box, make_code (code));
  return GTK_WIDGET (box);
}
