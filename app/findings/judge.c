/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/judge-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Shown on both sides of what was found. */
#define AROUND 45
/* At most so many days of it. */
#define LONGEST_SHOWN 400
/* Steps as close as that are one. */
#define SAME 6

typedef struct
{
  const char *name;
  void (*judge) (PlanciaJudge *self);
  const char *numbers[13];
} Judge;

#define STEP_NUMBERS "days", "least", "reach", "loss", "noise", "least_loss"

static const Judge judges[] = {
  {"strings",     plancia_judge_strings,     {STEP_NUMBERS, "least_energy", "known", "sunny", "elsewhere"}              },
  {"shading",
   plancia_judge_shading,                    {STEP_NUMBERS, "least_energy", "known", "sunny", "elsewhere", "lasts"}     },
  {"inverters",   plancia_judge_inverters,   {STEP_NUMBERS, "least_energy", "known", "sunny"}                           },
  {"plant",
   plancia_judge_plant,                      {"days", "least", "reach", "loss", "least_loss", "season", "best", "known"}},
  {"battery",     plancia_judge_battery,     {STEP_NUMBERS, "surplus", "known"}                                         },
  {"clock-reset", plancia_judge_clock_reset, {"days", "least", "reach", "off"}                                          },
  {"clock-sun",   plancia_judge_clock_sun,   {"days", "least", "reach", "off", "season", "known"}                       },
  {"gaps-day",    plancia_judge_gaps_day,    {"least", "apart", "known"}                                                },
  {"gaps-night",  plancia_judge_gaps_night,  {"least", "apart", "known", "usual"}                                       },
  {"counters",    plancia_judge_counters,    {"days", "least", "reach", "off", "least_energy", "known"}                 },
};

static const Judge *
find_judge (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (judges); i++)
    if (g_str_equal (judges[i].name, name))
      return &judges[i];
  return NULL;
}

const char *const *
plancia_finding_judge_numbers (const char *judge)
{
  const Judge *found = find_judge (judge);

  return found != NULL ? found->numbers : NULL;
}

double
plancia_judge_number (const PlanciaJudge *self, const char *name)
{
  return plancia_finding_rule_number (self->rule, name);
}

PlanciaStepOptions
plancia_judge_options (const PlanciaJudge *self)
{
  return (PlanciaStepOptions){
    .window = MIN ((guint) plancia_judge_number (self, "days"), 60),
    .least = MAX ((guint) plancia_judge_number (self, "least"), 1),
    .reach = (guint) plancia_judge_number (self, "reach"),
  };
}

double *
plancia_judge_new_values (const PlanciaJudge *self)
{
  double *values = g_new (double, self->length);

  for (guint i = 0; i < self->length; i++)
    values[i] = NAN;
  return values;
}

double
plancia_day_string (const PlanciaDay *day, guint string)
{
  double sum = NAN;

  for (guint i = 0; i < PLANCIA_N_DAY_PARTS; i++)
    if (!isnan (day->strings[string][i]))
      sum = (isnan (sum) ? 0 : sum) + (double) day->strings[string][i];
  return sum;
}

/* --- what was found before --------------------------------------------------------------------- */

static PlanciaSpan
span_of (const PlanciaJudge *self, const PlanciaStep *step)
{
  return (PlanciaSpan){plancia_sky_get_day (self->sky, step->begin)->span.start,
                       plancia_sky_get_day (self->sky, step->end - 1)->span.end};
}

static gboolean
overlaps (const PlanciaFinding *finding, PlanciaSpan span)
{
  gint64 until = finding->until != 0 ? finding->until : G_MAXINT64;

  return finding->since < span.end + SAME * PLANCIA_DAY && until > span.start - SAME * PLANCIA_DAY;
}

gboolean
plancia_judge_is_told (const PlanciaJudge *self, const PlanciaJudged *what, const PlanciaStep *step)
{
  PlanciaSpan span = span_of (self, step);

  for (guint i = 0; i < self->findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (self->findings, i);

    if (g_str_equal (finding->device, what->device) && finding->string == what->string &&
        (what->string > 0 || g_strcmp0 (finding->flow, what->flow) == 0) &&
        finding->rule->meaning == self->rule->meaning && overlaps (finding, span))
      return TRUE;
  }
  return FALSE;
}

/* What of a finding lies in a span of time. */
static double
energy_within (const PlanciaFinding *finding, PlanciaSpan span)
{
  gint64      until = finding->until != 0 ? finding->until : span.end;
  PlanciaSpan both = plancia_span_intersect ((PlanciaSpan){finding->since, until}, span);

  if (plancia_span_is_empty (both))
    return 0;
  return finding->energy * (double) (both.end - both.start) /
         (double) MAX (until - finding->since, 1);
}

gboolean
plancia_judge_is_explained (const PlanciaJudge *self,
                            const char         *device,
                            const PlanciaStep  *step,
                            double              energy)
{
  PlanciaSpan span = span_of (self, step);
  double      explained = 0;

  for (guint i = 0; i < self->findings->len; i++) {
    const PlanciaFinding *finding = g_ptr_array_index (self->findings, i);

    if (finding->rule->meaning == PLANCIA_FINDING_LOST && *finding->device != '\0' &&
        (device == NULL || g_str_equal (finding->device, device)))
      explained += energy_within (finding, span);
  }
  return explained >= energy / 2;
}

/* --- a finding and its evidence ---------------------------------------------------------------- */

static PlanciaFindingCurve *
curve_new (const char *title)
{
  PlanciaFindingCurve *curve = g_new0 (PlanciaFindingCurve, 1);

  curve->title = title;
  curve->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  curve->values = g_array_new (FALSE, FALSE, sizeof (double));
  return curve;
}

static void
curve_free (gpointer data)
{
  PlanciaFindingCurve *curve = data;

  g_array_unref (curve->times);
  g_array_unref (curve->values);
  g_free (curve);
}

static void
curve_add (PlanciaFindingCurve *curve, const PlanciaSkyDay *day, double value)
{
  gint64 noon = (day->span.start + day->span.end) / 2;

  g_array_append_val (curve->times, noon);
  g_array_append_val (curve->values, value);
}

static void
add_curves (PlanciaJudge        *self,
            PlanciaFinding      *finding,
            const PlanciaJudged *what,
            const PlanciaStep   *step)
{
  guint from = step->begin > AROUND ? step->begin - AROUND : 0;
  /* What is still so is shown to where it is known. */
  guint                end = step->open ? step->end : MIN (step->end + AROUND, self->length);
  guint                to = MIN (end, from + LONGEST_SHOWN);
  PlanciaFindingCurve *measured = curve_new (what->title);
  PlanciaFindingCurve *expected = curve_new (NC_ ("finding", "Expected"));

  for (guint i = from; i < to; i++) {
    const PlanciaSkyDay *day = plancia_sky_get_day (self->sky, i);

    if (!isnan (what->values[i]))
      curve_add (measured, day, what->values[i] * what->scale);
    curve_add (expected, day, step->before * what->scale);
  }
  g_ptr_array_add (finding->curves, measured);
  g_ptr_array_add (finding->curves, expected);
  finding->shown = (PlanciaSpan){plancia_sky_get_day (self->sky, from)->span.start,
                                 plancia_sky_get_day (self->sky, to - 1)->span.end};
}

double
plancia_judge_energy (const double *losses, const PlanciaStep *step, guint *days)
{
  double sum = 0;
  guint  n = 0;

  for (guint i = step->begin; i < step->end; i++)
    if (!isnan (losses[i])) {
      sum += losses[i];
      n++;
    }
  if (days != NULL)
    *days = n;
  return n > 0 ? sum / n * (step->end - step->begin) : 0;
}

void
plancia_judge_add (PlanciaJudge *self, const PlanciaJudged *what, const PlanciaStep *step)
{
  PlanciaFinding *finding = g_new0 (PlanciaFinding, 1);

  finding->rule = self->rule;
  finding->device = g_strdup (what->device);
  finding->source = g_strdup (what->source);
  finding->string = what->string;
  finding->flow = what->flow;
  finding->since = plancia_sky_get_day (self->sky, step->begin)->span.start;
  finding->until = step->open ? 0 : plancia_sky_get_day (self->sky, step->end - 1)->span.end;
  finding->known = plancia_sky_get_day (self->sky, step->end - 1)->span.end;
  finding->before = step->before * what->scale;
  finding->after = step->after * what->scale;
  finding->energy = fmax (plancia_judge_energy (what->losses, step, &finding->days), 0);
  finding->energy_day = finding->energy / (step->end - step->begin);
  finding->curves = g_ptr_array_new_with_free_func (curve_free);
  add_curves (self, finding, what, step);
  g_ptr_array_add (self->findings, finding);
}

/* --- the whole plant ----------------------------------------------------------------------------- */

static guint
count_days (PlanciaDays *track, guint length)
{
  guint n = 0;

  for (guint i = 0; i < length; i++)
    n += plancia_days_get_day (track, i)->powers[PLANCIA_DAY_PV] >= 0;
  return n;
}

/* A device may be there twice, read here and in a cloud: the source that knows most has the plant. */
static GPtrArray *
find_plant (GPtrArray *tracks, guint length)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray  *plant = g_ptr_array_new ();
  const char *best = NULL;

  for (guint i = 0; i < tracks->len; i++) {
    PlanciaDays *track = g_ptr_array_index (tracks, i);
    const char  *source = plancia_days_get_source (track);
    guint        count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, source)) +
                  count_days (track, length);

    g_hash_table_insert (counts, (gpointer) source, GUINT_TO_POINTER (count));
    if (best == NULL || count > GPOINTER_TO_UINT (g_hash_table_lookup (counts, best)))
      best = source;
  }
  for (guint i = 0; i < tracks->len; i++) {
    PlanciaDays *track = g_ptr_array_index (tracks, i);

    if (g_str_equal (plancia_days_get_source (track), best))
      g_ptr_array_add (plant, track);
  }
  return plant;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return plancia_finding_compare (*(PlanciaFinding *const *) a, *(PlanciaFinding *const *) b);
}

/**
 * plancia_findings_judge:
 * @rules: what to judge by
 * @sky: the days
 * @tracks: (element-type PlanciaDays): what is known of them
 *
 * Returns: (transfer full) (element-type PlanciaFinding): what was found; @rules must outlive it
 */
GPtrArray *
plancia_findings_judge (PlanciaFindingRules *rules, PlanciaSky *sky, GPtrArray *tracks)
{
  guint length = plancia_sky_get_length (sky);
  g_autoptr (GPtrArray) plant = find_plant (tracks, length);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_finding_free);

  for (guint i = 0; i < plancia_finding_rules_get_length (rules); i++) {
    PlanciaJudge judge =
      {plancia_finding_rules_get_rule (rules, i), sky, length, tracks, plant, findings};

    find_judge (judge.rule->judge)->judge (&judge);
  }
  g_ptr_array_sort (findings, compare);
  return findings;
}
