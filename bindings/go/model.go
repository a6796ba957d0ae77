package dcalloc

// #include "shim.h"
import "C"

import (
	"math"
	"runtime"
	"unsafe"
)

// Model says who wants what, where it could run, and what limits it.
//
// Objects are slots: an index keeps its meaning until the object is removed, and is not reused until
// [Model.Compact]. Every add and set is all or nothing. A limit that is not set is unlimited; a
// resource that a pool does not list, it does not have. Arrays per resource may be shorter than the
// list of resources: the rest is 0.
type Model struct {
	c      *C.dca_model
	env    *C.dca_env // alive as long as c
	log    *sink
	family *family
}

// Pool is a set of interchangeable nodes.
type Pool struct {
	Name      string    // unique among pools; "": "pool <index>"
	Count     float64   // nodes
	Elastic   bool      // the number of nodes on is decided, in [0, Count]
	Capacity  []float64 // per resource and node; of power 0 stands for no limit
	Watts     []float64 // W drawn per unit of each resource in use
	IdleWatts float64   // W per node that is on
	Price     float64   // cost per node that is on and hour
}

// Domain groups pools under a limit.
type Domain struct {
	Name        string
	Kind        DomainKind
	Factor      float64 // what members use counts Factor times (PUE, losses), > 0
	EnergyPrice float64 // cost per kWh counted here
}

// Link carries flows.
type Link struct {
	Name     string
	From, To string // place names, for messages
	Unit     string // "": "GB/s"
	Capacity float64
	Price    float64 // cost per unit carried
}

// Demand is what someone wants.
type Demand struct {
	Name     string
	Tenant   int       // a tenant domain, or -1
	Use      []float64 // per resource and unit of demand
	Amount   float64   // units wanted; +Inf: as much as fits
	Value    float64   // worth per unit served
	MinShare float64   // fraction that must be served
	Weight   float64   // divides the share in max-min terms, weighs unmet units; > 0
	Hard     bool      // all of Amount must be served
	Priority int32     // larger is more urgent
	Unit     string    // "": "unit"
}

// Placement is one way to serve one demand: on a pool, over links, or both.
type Placement struct {
	Name    string // "": "<demand>@<pool>"
	Demand  int
	Pool    int       // or -1: a flow over links
	Rate    float64   // units of demand served per unit placed, > 0
	Use     []float64 // per resource and unit placed; nil: as the demand
	Cost    float64   // per unit placed and hour
	Ceiling float64   // most units that may be placed
	Links   []int32   // that carry it
	LinkUse []float64 // units carried per unit placed; nil: all 1
}

// NewPool gives a pool of `count` nodes with this capacity, else at defaults.
func NewPool(name string, count float64, capacity ...float64) Pool {
	return Pool{Name: name, Count: count, Capacity: capacity}
}

// NewDomain gives a domain of factor 1.
func NewDomain(name string, kind DomainKind) Domain {
	return Domain{Name: name, Kind: kind, Factor: 1}
}

// NewLink gives a link; capacity +Inf: unlimited.
func NewLink(name string, capacity float64) Link { return Link{Name: name, Capacity: capacity} }

// NewDemand gives a soft demand of value and weight 1, of no tenant.
func NewDemand(name string, amount float64, use ...float64) Demand {
	return Demand{Name: name, Tenant: -1, Use: use, Amount: amount, Value: 1, Weight: 1}
}

// NewPlacement gives a placement of rate 1 without ceiling; pool -1: on no pool.
func NewPlacement(demand, pool int) Placement {
	return Placement{Demand: demand, Pool: pool, Rate: 1, Ceiling: math.Inf(1)}
}

// NewModel makes a model with the one resource [Power]; env may be nil.
func NewModel(env *Env) (*Model, error) {
	env, err := orShared(env, "new model")
	if err != nil {
		return nil, err
	}
	defer runtime.KeepAlive(env)
	var raw *C.dca_model
	if status := C.dca_model_new(env.c, &raw); status != C.DCA_OK {
		return nil, failed(status, "new model", nil)
	}
	return adoptModel(raw, env.c, env.log), nil
}

func adoptModel(raw *C.dca_model, env *C.dca_env, log *sink) *Model {
	m := &Model{c: raw, env: env, log: log, family: newFamily()}
	runtime.SetFinalizer(m, (*Model).Close)
	return m
}

// Close releases the model; its solvers and results stay usable.
func (m *Model) Close() {
	runtime.SetFinalizer(m, nil)
	m.family.bury()
	C.dca_model_free(m.c)
	m.c = nil
}

func (m *Model) done(status C.dca_status, op string) error {
	if status == C.DCA_OK {
		return nil
	}
	if m.c == nil {
		return closed(op, "model")
	}
	details := newCError()
	C.dca_model_error(m.c, &details)
	return failed(status, op, &details)
}

// SetName names the whole; "": no name.
func (m *Model) SetName(name string) error {
	defer runtime.KeepAlive(m)
	cname, err := optional(name, "set name")
	if err != nil {
		return err
	}
	return m.done(C.dca_model_set_name(m.c, cname), "set name")
}

// AddResource adds a resource; unit "": "unit".
func (m *Model) AddResource(name, unit string) (int, error) {
	defer runtime.KeepAlive(m)
	cname, err := optional(name, "add resource")
	if err != nil {
		return -1, err
	}
	cunit, err := optional(unit, "add resource")
	if err != nil {
		return -1, err
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_resource(m.c, cname, cunit, &out)
	return int(out), m.done(status, "add resource")
}

// specs builds n C structs in C memory and hands them to `add`.
func specs[T any](m *Model, op string, n int, put func(a *arena, k int, to *T) error,
	add func(at *T, size C.size_t, out *C.dca_index) C.dca_status) (int, error) {
	defer runtime.KeepAlive(m)
	if m.c == nil {
		return -1, closed(op, "model")
	}
	a := arena{env: m.env}
	defer a.free()
	var zero T
	size := unsafe.Sizeof(zero)
	at := (*T)(a.take(uintptr(n)*size + 1))
	for k := 0; k < n && !a.full; k++ {
		to := (*T)(unsafe.Add(unsafe.Pointer(at), uintptr(k)*size))
		*to = zero
		if err := put(&a, k, to); err != nil {
			return -1, err
		}
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := add(at, C.size_t(size), &out)
	return int(out), m.done(status, op)
}

// perResource refuses arrays that are longer than the list of resources, and pads shorter ones.
func (m *Model) perResource(a *arena, op string, values []float64) (*C.double, error) {
	n := m.Count(KindResource)
	if len(values) > n {
		return nil, refuse(op, "there are %d values for %d resources", len(values), n)
	}
	return a.padded(values, n), nil
}

// AddPools adds pools in one crossing and returns the index of the first.
func (m *Model) AddPools(pools ...Pool) (int, error) {
	const op = "add pools"
	return specs(m, op, len(pools), func(a *arena, k int, to *C.dca_pool_spec) (err error) {
		from := &pools[k]
		if err = noZero(from.Name, op); err != nil {
			return err
		}
		to.struct_size = C.sizeof_dca_pool_spec
		to.elastic = C.int32_t(truth(from.Elastic))
		to.name = a.text(from.Name)
		to.count = C.double(from.Count)
		to.idle_watts = C.double(from.IdleWatts)
		to.price = C.double(from.Price)
		if to.capacity, err = m.perResource(a, op, from.Capacity); err != nil {
			return err
		}
		to.watts, err = m.perResource(a, op, from.Watts)
		return err
	}, func(at *C.dca_pool_spec, size C.size_t, out *C.dca_index) C.dca_status {
		return C.dca_model_add_pools(m.c, at, size, C.dca_index(len(pools)), out)
	})
}

// AddDomains adds domains in one crossing and returns the index of the first.
func (m *Model) AddDomains(domains ...Domain) (int, error) {
	const op = "add domains"
	return specs(m, op, len(domains), func(a *arena, k int, to *C.dca_domain_spec) error {
		from := &domains[k]
		to.struct_size = C.sizeof_dca_domain_spec
		to.kind = C.int32_t(from.Kind)
		to.name = a.text(from.Name)
		to.factor = C.double(from.Factor)
		to.energy_price = C.double(from.EnergyPrice)
		return noZero(from.Name, op)
	}, func(at *C.dca_domain_spec, size C.size_t, out *C.dca_index) C.dca_status {
		return C.dca_model_add_domains(m.c, at, size, C.dca_index(len(domains)), out)
	})
}

// AddLinks adds links in one crossing and returns the index of the first.
func (m *Model) AddLinks(links ...Link) (int, error) {
	const op = "add links"
	return specs(m, op, len(links), func(a *arena, k int, to *C.dca_link_spec) error {
		from := &links[k]
		to.struct_size = C.sizeof_dca_link_spec
		to.name = a.text(from.Name)
		to.from = a.text(from.From)
		to.to = a.text(from.To)
		to.unit = a.text(from.Unit)
		to.capacity = C.double(from.Capacity)
		to.price = C.double(from.Price)
		return noZero(from.Name+from.From+from.To+from.Unit, op)
	}, func(at *C.dca_link_spec, size C.size_t, out *C.dca_index) C.dca_status {
		return C.dca_model_add_links(m.c, at, size, C.dca_index(len(links)), out)
	})
}

// AddDemands adds demands in one crossing and returns the index of the first.
func (m *Model) AddDemands(demands ...Demand) (int, error) {
	const op = "add demands"
	return specs(m, op, len(demands), func(a *arena, k int, to *C.dca_demand_spec) (err error) {
		from := &demands[k]
		if err = noZero(from.Name+from.Unit, op); err != nil {
			return err
		}
		to.struct_size = C.sizeof_dca_demand_spec
		to.tenant = index(from.Tenant)
		to.name = a.text(from.Name)
		to.amount = C.double(from.Amount)
		to.value = C.double(from.Value)
		to.min_share = C.double(from.MinShare)
		to.weight = C.double(from.Weight)
		to.hard = C.int32_t(truth(from.Hard))
		to.priority = C.int32_t(from.Priority)
		to.unit = a.text(from.Unit)
		to.use, err = m.perResource(a, op, from.Use)
		return err
	}, func(at *C.dca_demand_spec, size C.size_t, out *C.dca_index) C.dca_status {
		return C.dca_model_add_demands(m.c, at, size, C.dca_index(len(demands)), out)
	})
}

// AddPlacements adds placements in one crossing and returns the index of the first.
func (m *Model) AddPlacements(placements ...Placement) (int, error) {
	const op = "add placements"
	return specs(m, op, len(placements), func(a *arena, k int, to *C.dca_placement_spec) (err error) {
		from := &placements[k]
		if err = noZero(from.Name, op); err != nil {
			return err
		}
		if from.LinkUse != nil && len(from.LinkUse) != len(from.Links) {
			return refuse(op, "there are %d uses for %d links", len(from.LinkUse), len(from.Links))
		}
		to.struct_size = C.sizeof_dca_placement_spec
		to.demand = index(from.Demand)
		to.pool = index(from.Pool)
		to.name = a.text(from.Name)
		to.rate = C.double(from.Rate)
		to.cost = C.double(from.Cost)
		to.ceiling = C.double(from.Ceiling)
		to.num_links = C.dca_index(len(from.Links))
		to.link = a.int32s(from.Links)
		to.link_use = a.float64s(from.LinkUse)
		to.use, err = m.perResource(a, op, from.Use)
		return err
	}, func(at *C.dca_placement_spec, size C.size_t, out *C.dca_index) C.dca_status {
		return C.dca_model_add_placements(m.c, at, size, C.dca_index(len(placements)), out)
	})
}

// Place lets a demand run on each of the pools listed (nil: on every pool) at the rates given (nil:
// 1), where one unit of it fits one node, and returns how many placements were added. Pools where a
// placement of it stands already are passed over.
func (m *Model) Place(demand int, pools []int32, rates []float64) (int, error) {
	defer runtime.KeepAlive(m)
	n := len(pools)
	if pools == nil {
		n = -1
		if rates != nil && len(rates) != m.Count(KindPool) {
			return 0, refuse("place", "there are %d rates for %d pools", len(rates),
				m.Count(KindPool))
		}
	} else if rates != nil && len(rates) != n {
		return 0, refuse("place", "there are %d rates for %d pools", len(rates), n)
	}
	var out C.dca_index
	status := C.dca_model_place(m.c, index(demand), C.dca_index(n), indexAt(pools),
		float64At(rates), &out)
	return int(out), m.done(status, "place")
}
