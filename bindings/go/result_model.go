package dcalloc

// #include "shim.h"
import "C"

import "runtime"

// Limit is a limit, its use and its price, by what it limits: (pool, resource), (domain, resource),
// (link, -1) or (demand, -1).
type Limit struct {
	Kind     Kind
	Index    int
	Resource int     // or -1
	Limit    float64 // +Inf: none; for a demand the amount wanted
	Use      float64
	Price    float64 // change of the first tier's value with one more unit; NaN: not optimal
}

// Change is one change of a repair.
type Change struct {
	Kind     Kind // pool, domain, link: raise a limit; demand: ask for less
	Index    int
	Resource int // or -1
	From, To float64
}

// Repair is the cheapest repair of an infeasible model: none exists when Size is +Inf.
type Repair struct {
	Size    float64 // weighted
	Changes []Change
}

// PoolUse is what a pool does.
type PoolUse struct {
	NodesOn   float64
	Cost      float64 // per hour
	Kilowatts float64
}

// DomainUse is what a domain counts.
type DomainUse struct {
	Cost      float64 // of the energy counted, per hour
	Kilowatts float64
}

func newLimit() C.dca_limit { return C.dca_limit{struct_size: C.sizeof_dca_limit} }

func asLimit(raw *C.dca_limit) Limit {
	return Limit{Kind(raw.kind), int(raw.index), int(raw.resource), float64(raw.limit),
		float64(raw.use), float64(raw.price)}
}

// NumTiers is the number of tiers; "unmet demand", where it was added on its own account, is tier 0.
func (r *Result) NumTiers() int {
	defer runtime.KeepAlive(r)
	return int(C.dca_result_num_tiers(r.c))
}

// TierValue is the value of a tier in its own sense.
func (r *Result) TierValue(tier int) (float64, error) {
	defer runtime.KeepAlive(r)
	var out C.double
	status := C.dca_result_tier_value(r.c, index(tier), &out)
	return float64(out), r.done(status, "tier value")
}

// TierName is the name of a tier.
func (r *Result) TierName(tier int) string {
	defer runtime.KeepAlive(r)
	return text(C.dca_result_tier_name(r.c, index(tier)))
}

// Count is the number of slots of a kind in the model when it was solved, removed ones included.
func (r *Result) Count(kind Kind) int {
	defer runtime.KeepAlive(r)
	return int(C.dca_result_count(r.c, C.dca_kind(kind)))
}

// Name is the name of an object when the problem was solved, or "".
func (r *Result) Name(kind Kind, at int) string {
	defer runtime.KeepAlive(r)
	return text(C.dca_result_name(r.c, C.dca_kind(kind), index(at)))
}

// Unit is the unit of a resource, a link or a demand, of a placement that of its demand.
func (r *Result) Unit(kind Kind, at int) string {
	defer runtime.KeepAlive(r)
	return text(C.dca_result_unit(r.c, C.dca_kind(kind), index(at)))
}

// Served gives the units served, per demand.
func (r *Result) Served() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.Count(KindDemand))
	status := C.dca_result_get_served(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "served"))
}

// Unmet gives the units not served, per demand; 0 of those without limit.
func (r *Result) Unmet() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.Count(KindDemand))
	status := C.dca_result_get_unmet(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "unmet"))
}

// Placed gives the units placed, per placement.
func (r *Result) Placed() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.Count(KindPlacement))
	status := C.dca_result_get_placed(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "placed"))
}

// Placements gives demand and pool per placement, -1: on no pool, and of removed ones.
func (r *Result) Placements() (demand, pool []int32, err error) {
	defer runtime.KeepAlive(r)
	n := r.Count(KindPlacement)
	demand, pool = make([]int32, n), make([]int32, n)
	status := C.dca_result_get_placements(r.c, 0, C.dca_index(n), indexAt(demand), indexAt(pool))
	if status != C.DCA_OK {
		return nil, nil, r.done(status, "placements")
	}
	return demand, pool, nil
}

// Pools gives what every pool does.
func (r *Result) Pools() ([]PoolUse, error) {
	defer runtime.KeepAlive(r)
	n := r.Count(KindPool)
	on, cost, kilowatts := make([]float64, n), make([]float64, n), make([]float64, n)
	status := C.dca_result_get_pools(r.c, 0, C.dca_index(n), float64At(on), float64At(cost),
		float64At(kilowatts))
	out := make([]PoolUse, n)
	for k := range out {
		out[k] = PoolUse{on[k], cost[k], kilowatts[k]}
	}
	return kept(out, r.done(status, "pools"))
}

// Domains gives what every domain counts.
func (r *Result) Domains() ([]DomainUse, error) {
	defer runtime.KeepAlive(r)
	n := r.Count(KindDomain)
	cost, kilowatts := make([]float64, n), make([]float64, n)
	status := C.dca_result_get_domains(r.c, 0, C.dca_index(n), float64At(cost),
		float64At(kilowatts))
	out := make([]DomainUse, n)
	for k := range out {
		out[k] = DomainUse{cost[k], kilowatts[k]}
	}
	return kept(out, r.done(status, "domains"))
}

// Totals gives the cost per hour and the energy in kWh per hour.
func (r *Result) Totals() (cost, energy float64, err error) {
	defer runtime.KeepAlive(r)
	var c, e C.double
	status := C.dca_result_totals(r.c, &c, &e)
	return float64(c), float64(e), r.done(status, "totals")
}

// Limit gives limit, use and price of one limit.
func (r *Result) Limit(kind Kind, at, resource int) (Limit, error) {
	defer runtime.KeepAlive(r)
	raw := newLimit()
	status := C.dca_result_limit(r.c, C.dca_kind(kind), index(at), index(resource), &raw)
	if status != C.DCA_OK {
		return Limit{}, r.done(status, "limit")
	}
	return asLimit(&raw), nil
}

// LimitPrice is the price of a limit in another tier's own sense.
func (r *Result) LimitPrice(tier int, kind Kind, at, resource int) (float64, error) {
	defer runtime.KeepAlive(r)
	var out C.double
	status := C.dca_result_limit_price(r.c, index(tier), C.dca_kind(kind), index(at),
		index(resource), &out)
	return float64(out), r.done(status, "limit price")
}

// PoolPrice is the marginal value, in the first tier's units, of one more unit of a resource in a
// pool.
func (r *Result) PoolPrice(pool, resource int) (float64, error) {
	defer runtime.KeepAlive(r)
	var out C.double
	status := C.dca_result_pool_price(r.c, index(pool), index(resource), &out)
	return float64(out), r.done(status, "pool price")
}

// Limits gives every limit that the compiled model has, in order of kind and index.
func (r *Result) Limits() ([]Limit, error) {
	defer runtime.KeepAlive(r)
	if r.c == nil {
		return nil, closed("limits", "result")
	}
	out := make([]Limit, int(C.dca_result_num_limits(r.c)))
	for k := range out {
		raw := newLimit()
		if status := C.dca_result_limit_at(r.c, C.dca_index(k), &raw); status != C.DCA_OK {
			return nil, r.done(status, "limits")
		}
		out[k] = asLimit(&raw)
	}
	return out, nil
}

// Blocking gives the limits that keep a demand from being served more, dearest first.
func (r *Result) Blocking(demand int) ([]Limit, error) {
	defer runtime.KeepAlive(r)
	var n C.dca_index
	if status := C.dca_result_blocking(r.c, index(demand), 0, nil, &n); status != C.DCA_OK {
		return nil, r.done(status, "blocking")
	}
	if n == 0 {
		return nil, nil
	}
	raw := make([]C.dca_limit, int(n))
	for k := range raw {
		raw[k] = newLimit()
	}
	if status := C.dca_result_blocking(r.c, index(demand), n, &raw[0], &n); status != C.DCA_OK {
		return nil, r.done(status, "blocking")
	}
	out := make([]Limit, len(raw))
	for k := range raw {
		out[k] = asLimit(&raw[k])
	}
	return out, nil
}

// DemandNote is one sentence about a demand: served, or unmet and why.
func (r *Result) DemandNote(demand int) string {
	defer runtime.KeepAlive(r)
	return text(C.dca_result_demand_note(r.c, index(demand)))
}

// Repair gives the cheapest repair of an infeasible model.
func (r *Result) Repair(by RepairBy) (Repair, error) {
	defer runtime.KeepAlive(r)
	var n C.dca_index
	var size C.double
	status := C.dca_result_repair_count(r.c, C.dca_repair_by(by), &n, &size)
	if status != C.DCA_OK {
		return Repair{}, r.done(status, "repair")
	}
	out := Repair{float64(size), make([]Change, int(n))}
	for k := range out.Changes {
		raw := C.dca_repair{struct_size: C.sizeof_dca_repair}
		status := C.dca_result_repair_at(r.c, C.dca_repair_by(by), C.dca_index(k), &raw)
		if status != C.DCA_OK {
			return Repair{}, r.done(status, "repair")
		}
		out.Changes[k] = Change{Kind(raw.kind), int(raw.index), int(raw.resource),
			float64(raw.from), float64(raw.to)}
	}
	return out, nil
}

// Member is one of the things that cannot hold together.
type Member struct {
	Kind        Kind
	Index       int
	Resource    int     // -1: none
	Side        int     // of an LP: -1 the lower bound, 1 the upper one; of a model 0
	Untouchable bool    // it was declared so
	Limit       float64 // the bound, limit, amount insisted on, ceiling or number of nodes
	Text        string  // "demand 'train' insists on 20 job"
}

// Conflict holds things that cannot hold together; when it is irreducible, they can without any one.
type Conflict struct {
	Members     []Member
	Irreducible bool
}

// Conflict is what [Solver.FindConflict] found of an infeasible problem.
func (r *Result) Conflict() (Conflict, error) {
	defer runtime.KeepAlive(r)
	var n C.dca_index
	var irreducible C.int32_t
	status := C.dca_result_conflict_count(r.c, &n, &irreducible)
	if status != C.DCA_OK {
		return Conflict{}, r.done(status, "conflict")
	}
	out := Conflict{make([]Member, int(n)), irreducible != 0}
	for k := range out.Members {
		raw := C.dca_conflict_member{struct_size: C.sizeof_dca_conflict_member}
		status := C.dca_result_conflict_at(r.c, C.dca_index(k), &raw)
		if status != C.DCA_OK {
			return Conflict{}, r.done(status, "conflict")
		}
		out.Members[k] = Member{Kind(raw.kind), int(raw.index), int(raw.resource), int(raw.side),
			raw.untouchable != 0, float64(raw.limit),
			text(C.dca_result_conflict_note(r.c, C.dca_index(k)))}
	}
	return out, nil
}

// Sentences gives the answer as English sentences: verdict and its proof, unmet demands with
// reasons, limits that bind with prices, or the repair.
func (r *Result) Sentences() []string {
	defer runtime.KeepAlive(r)
	out := make([]string, int(C.dca_result_num_sentences(r.c)))
	for k := range out {
		out[k] = text(C.dca_result_sentence(r.c, C.dca_index(k)))
	}
	return out
}
