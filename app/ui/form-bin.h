/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Holds a page that has a wide and a narrow form, and tells when to change. Its child may need more width in the wide
 * form without keeping the window from getting narrow. Popovers may be its children. Main thread.
 * Signal "form-changed" (): narrow or scale is another one; emitted outside of any allocation. */
#define PLANCIA_TYPE_FORM_BIN (plancia_form_bin_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFormBin, plancia_form_bin, PLANCIA, FORM_BIN, AdwBin)

/* Narrower than the threshold (property "threshold", 660 px at the usual text size). */
gboolean plancia_form_bin_get_narrow (PlanciaFormBin *self);
/* Height of the text against the usual one, never under 1. */
double plancia_form_bin_get_scale (PlanciaFormBin *self);

G_END_DECLS
