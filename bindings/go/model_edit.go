package dcalloc

// #include "shim.h"
import "C"

import (
	"math"
	"runtime"
)

// SetPoolCount sets how many nodes a pool has.
func (m *Model) SetPoolCount(pool int, count float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_pool_count(m.c, index(pool), C.double(count)), "set pool count")
}

// SetPoolIdleWatts sets the W per node that is on.
func (m *Model) SetPoolIdleWatts(pool int, watts float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_pool_idle_watts(m.c, index(pool), C.double(watts)), "set pool idle watts")
}

// SetPoolPrice sets the cost per node that is on and hour.
func (m *Model) SetPoolPrice(pool int, price float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_pool_price(m.c, index(pool), C.double(price)), "set pool price")
}

// SetDomainFactor sets how many times a domain counts what its members use.
func (m *Model) SetDomainFactor(domain int, factor float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_domain_factor(m.c, index(domain), C.double(factor)), "set domain factor")
}

// SetDomainEnergyPrice sets the cost per kWh counted in a domain.
func (m *Model) SetDomainEnergyPrice(domain int, price float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_domain_energy_price(m.c, index(domain), C.double(price)), "set domain energy price")
}

// SetLinkCapacity sets the capacity of a link; +Inf: unlimited.
func (m *Model) SetLinkCapacity(link int, capacity float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_link_capacity(m.c, index(link), C.double(capacity)), "set link capacity")
}

// SetLinkPrice sets the cost per unit carried.
func (m *Model) SetLinkPrice(link int, price float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_link_price(m.c, index(link), C.double(price)), "set link price")
}

// SetDemandAmount sets the units wanted; +Inf: as much as fits.
func (m *Model) SetDemandAmount(demand int, amount float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_demand_amount(m.c, index(demand), C.double(amount)), "set demand amount")
}

// SetDemandValue sets the worth per unit served.
func (m *Model) SetDemandValue(demand int, value float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_demand_value(m.c, index(demand), C.double(value)), "set demand value")
}

// SetDemandMinShare sets the fraction that must be served.
func (m *Model) SetDemandMinShare(demand int, share float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_demand_min_share(m.c, index(demand), C.double(share)), "set demand min share")
}

// SetDemandWeight sets the weight of a demand in shares and unmet units.
func (m *Model) SetDemandWeight(demand int, weight float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_demand_weight(m.c, index(demand), C.double(weight)), "set demand weight")
}

// SetPlacementCost sets the cost per unit placed and hour.
func (m *Model) SetPlacementCost(placement int, cost float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_placement_cost(m.c, index(placement), C.double(cost)), "set placement cost")
}

// SetPlacementRate sets the units served per unit placed.
func (m *Model) SetPlacementRate(placement int, rate float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_placement_rate(m.c, index(placement), C.double(rate)), "set placement rate")
}

// SetPlacementCeiling sets the most units that may be placed.
func (m *Model) SetPlacementCeiling(placement int, ceiling float64) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_set_placement_ceiling(m.c, index(placement), C.double(ceiling)), "set placement ceiling")
}

// SetPoolCapacity sets what a node of a pool has of a resource.
func (m *Model) SetPoolCapacity(pool, resource int, capacity float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_pool_capacity(m.c, index(pool), index(resource), C.double(capacity))
	return m.done(status, "set pool capacity")
}

// SetPoolWatts sets the W drawn per unit of a resource in use.
func (m *Model) SetPoolWatts(pool, resource int, watts float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_pool_watts(m.c, index(pool), index(resource), C.double(watts))
	return m.done(status, "set pool watts")
}

// SetPoolDomain lets a pool draw a share of its use from a domain; 0 takes it out.
func (m *Model) SetPoolDomain(pool, domain int, share float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_pool_domain(m.c, index(pool), index(domain), C.double(share))
	return m.done(status, "set pool domain")
}

// SetDomainParent lets a domain count in another with a share; 0 takes it out.
func (m *Model) SetDomainParent(child, parent int, share float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_domain_parent(m.c, index(child), index(parent), C.double(share))
	return m.done(status, "set domain parent")
}

// SetDomainLimit sets the most that may be counted in a domain; +Inf: no limit.
func (m *Model) SetDomainLimit(domain, resource int, limit float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_domain_limit(m.c, index(domain), index(resource), C.double(limit))
	return m.done(status, "set domain limit")
}

// SetTermWeight sets the weight of a term.
func (m *Model) SetTermWeight(tier, term int, weight float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_term_weight(m.c, index(tier), index(term), C.double(weight))
	return m.done(status, "set term weight")
}

// SetDemandHard says whether all of a demand must be served.
func (m *Model) SetDemandHard(demand int, hard bool) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_demand_hard(m.c, index(demand), C.int32_t(truth(hard)))
	return m.done(status, "set demand hard")
}

// SetRepairWeight says at what weight a limit may give in a repair; +Inf: it may not. For a demand:
// its hard amount.
func (m *Model) SetRepairWeight(kind Kind, at, resource int, weight float64) error {
	defer runtime.KeepAlive(m)
	status := C.dca_model_set_repair_weight(m.c, C.dca_kind(kind), index(at), index(resource),
		C.double(weight))
	return m.done(status, "set repair weight")
}

// SetCurrent sets the units placed now, for the movement term, in one crossing; placements nil: all
// from 0 on.
func (m *Model) SetCurrent(placements []int32, amounts []float64) error {
	defer runtime.KeepAlive(m)
	n := count(placements, len(amounts))
	if len(amounts) != n && len(amounts) != 1 {
		return refuse("set current", "there are %d amounts for %d placements", len(amounts), n)
	}
	status := C.go_model_set_current(m.c, C.dca_index(n), indexAt(placements), float64At(amounts),
		C.size_t(len(amounts)))
	return m.done(status, "set current")
}

// SetCurrentFrom takes the placements of a result of this model as the current allocation.
func (m *Model) SetCurrentFrom(result *Result) error {
	defer runtime.KeepAlive(m)
	defer runtime.KeepAlive(result)
	return m.done(C.dca_model_set_current_from(m.c, result.c), "set current")
}

// Remove removes a pool or demand (with its placements), a domain, a link or a placement. Indices of
// other objects stay as they are.
func (m *Model) Remove(kind Kind, at int) error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_remove(m.c, C.dca_kind(kind), index(at)), "remove")
}

// Moved tells the new index of every object, or -1.
type Moved struct{ Pools, Domains, Links, Demands, Placements []int32 }

// Compact closes the gaps that removals left.
func (m *Model) Compact() (Moved, error) {
	defer runtime.KeepAlive(m)
	room := func(kind Kind) []int32 { return make([]int32, m.Count(kind)) }
	out := Moved{room(KindPool), room(KindDomain), room(KindLink), room(KindDemand),
		room(KindPlacement)}
	status := C.dca_model_compact(m.c, indexAt(out.Pools), indexAt(out.Domains),
		indexAt(out.Links), indexAt(out.Demands), indexAt(out.Placements))
	return out, m.done(status, "compact")
}

// AddTier appends a tier: tiers are optimised in order, each without giving up what earlier ones
// reached.
func (m *Model) AddTier(name string) (int, error) {
	defer runtime.KeepAlive(m)
	cname, err := optional(name, "add tier")
	if err != nil {
		return -1, err
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_tier(m.c, cname, &out)
	return int(out), m.done(status, "add tier")
}

// Term is a term of a tier; -1 in a scope field means all.
type Term struct {
	Kind     TermKind
	Weight   float64 // > 0
	Domain   int     // or -1
	Resource int     // utilisation: limits on this resource only, or -1
	Priority int32   // unmet, value, share: demands of at least this priority
}

// NewTerm gives a term of weight 1 about everything.
func NewTerm(kind TermKind) Term {
	return Term{Kind: kind, Weight: 1, Domain: -1, Resource: -1, Priority: math.MinInt32}
}

// AddTerm adds a term to a tier.
func (m *Model) AddTerm(tier int, term Term) (int, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_term_spec{
		struct_size: C.sizeof_dca_term_spec,
		kind:        C.int32_t(term.Kind),
		weight:      C.double(term.Weight),
		domain:      index(term.Domain),
		resource:    index(term.Resource),
		priority:    C.int32_t(term.Priority),
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_term(m.c, index(tier), &raw, &out)
	return int(out), m.done(status, "add term")
}

// ClearTiers removes all tiers; a model without one minimises weighted unmet demand.
func (m *Model) ClearTiers() error {
	defer runtime.KeepAlive(m)
	return m.done(C.dca_model_clear_tiers(m.c), "clear tiers")
}
