/* choose.c - the repair ladder.
 *
 *     0  as asked
 *     1  from the same basis, tolerances at 1e-11: a basis that is optimal in truth is only made sure of
 *     2  the caller's numbers unscaled, from the same basis (solver-notes B16); scaled, where they
 *        were asked to be taken as they are
 *     3  likewise, tolerances at 1e-11, by the other method
 *     4  from the slack basis, scaled, dual without perturbation
 *     5  from the slack basis, scaled, primal
 *     6  where a point was found within the claim that is not known to be optimal: from the basis at
 *        hand, unscaled, by the primal with nearly the claim as tolerance
 *
 * Cheap before dear: up to 3 the basis at hand is kept. Each attempt is judged by verify alone. */
#include "solve/choose.h"

#include "lp/verify.h"

static const double TIGHT = 1e-11;
/* The rest is for rounding between the simplex and the check. */
static const double NEAR_SHARE = 0.9;

static double least(double a, double b)
{
    return a < b ? a : b;
}

static void tighten(dca__settings *settings)
{
    settings->primal_tolerance = least(settings->primal_tolerance, TIGHT);
    settings->dual_tolerance = least(settings->dual_tolerance, TIGHT);
}

bool dca__choose_rung(int k, const dca__settings *asked, int32_t last, dca__rung *out)
{
    dca__rung rung = {.settings = *asked, .remark = ""};
    switch (k) {
    case 0:
        break;
    case 1:
        tighten(&rung.settings);
        rung.remark = "repaired with tighter tolerances";
        break;
    case 2:
        rung.reload = true;
        rung.settings.scaling = !asked->scaling;
        rung.remark = asked->scaling ? "repaired unscaled" : "repaired scaled";
        break;
    case 3:
        rung.reload = true;
        rung.settings.scaling = !asked->scaling;
        rung.settings.method = last == 2 ? DCA__METHOD_DUAL : DCA__METHOD_PRIMAL;
        tighten(&rung.settings);
        rung.remark = asked->scaling ? "repaired unscaled by the other method"
                                     : "repaired scaled by the other method";
        break;
    case 4:
        rung.reload = true;
        rung.from_slack = true;
        rung.settings.scaling = 1;
        rung.settings.method = DCA__METHOD_DUAL;
        rung.settings.perturbation = 0;
        rung.remark = "repaired by the dual simplex from slacks";
        break;
    case 5:
        rung.reload = true;
        rung.from_slack = true;
        rung.settings.scaling = 1;
        rung.settings.method = DCA__METHOD_PRIMAL;
        rung.settings.gub = 0;
        rung.remark = "repaired by the primal simplex from slacks";
        break;
    case 6:
        rung.reload = true;
        rung.near = true;
        rung.settings.scaling = 0;
        rung.settings.method = DCA__METHOD_PRIMAL;
        rung.settings.gub = 0;
        rung.settings.primal_tolerance = NEAR_SHARE * DCA_CLAIM_PRIMAL;
        rung.remark = "repaired with the tolerance of the claim";
        break;
    default:
        return false;
    }
    *out = rung;
    return true;
}
