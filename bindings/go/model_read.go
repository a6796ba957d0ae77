package dcalloc

// #include "shim.h"
import "C"

import (
	"runtime"
	"unsafe"
)

// Revision increases with every edit.
func (m *Model) Revision() uint64 {
	defer runtime.KeepAlive(m)
	return uint64(C.dca_model_revision(m.c))
}

// Name is the name of the whole, or "".
func (m *Model) Name() string {
	defer runtime.KeepAlive(m)
	return text(C.dca_model_name(m.c))
}

// Count is the number of slots of a kind, removed ones included.
func (m *Model) Count(kind Kind) int {
	defer runtime.KeepAlive(m)
	return int(C.dca_model_count(m.c, C.dca_kind(kind)))
}

// Exists tells whether a slot holds an object.
func (m *Model) Exists(kind Kind, at int) bool {
	defer runtime.KeepAlive(m)
	return C.dca_model_exists(m.c, C.dca_kind(kind), index(at)) != 0
}

// Find is the object of a name, or -1.
func (m *Model) Find(kind Kind, name string) int {
	defer runtime.KeepAlive(m)
	cname, err := terminated(name, "find")
	if err != nil {
		return -1
	}
	return int(C.dca_model_find(m.c, C.dca_kind(kind), cname))
}

// ObjectName is the name of an object, or "".
func (m *Model) ObjectName(kind Kind, at int) string {
	defer runtime.KeepAlive(m)
	return text(C.dca_model_object_name(m.c, C.dca_kind(kind), index(at)))
}

// Unit is the unit of a resource, a link or a demand.
func (m *Model) Unit(kind Kind, at int) string {
	defer runtime.KeepAlive(m)
	return text(C.dca_model_unit(m.c, C.dca_kind(kind), index(at)))
}

// copied gives a Go copy of n C doubles; NULL gives nil.
func copied(at *C.double, n int) []float64 {
	if at == nil || n == 0 {
		return nil
	}
	return append([]float64(nil), unsafe.Slice((*float64)(unsafe.Pointer(at)), n)...)
}

// Pool reads a pool back.
func (m *Model) Pool(at int) (Pool, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_pool_spec{struct_size: C.sizeof_dca_pool_spec}
	if status := C.dca_model_get_pool(m.c, index(at), &raw); status != C.DCA_OK {
		return Pool{}, m.done(status, "get pool")
	}
	n := m.Count(KindResource)
	return Pool{text(raw.name), float64(raw.count), raw.elastic != 0, copied(raw.capacity, n),
		copied(raw.watts, n), float64(raw.idle_watts), float64(raw.price)}, nil
}

// Domain reads a domain back.
func (m *Model) Domain(at int) (Domain, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_domain_spec{struct_size: C.sizeof_dca_domain_spec}
	if status := C.dca_model_get_domain(m.c, index(at), &raw); status != C.DCA_OK {
		return Domain{}, m.done(status, "get domain")
	}
	return Domain{text(raw.name), DomainKind(raw.kind), float64(raw.factor),
		float64(raw.energy_price)}, nil
}

// Link reads a link back.
func (m *Model) Link(at int) (Link, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_link_spec{struct_size: C.sizeof_dca_link_spec}
	if status := C.dca_model_get_link(m.c, index(at), &raw); status != C.DCA_OK {
		return Link{}, m.done(status, "get link")
	}
	return Link{text(raw.name), text(raw.from), text(raw.to), text(raw.unit),
		float64(raw.capacity), float64(raw.price)}, nil
}

// Demand reads a demand back.
func (m *Model) Demand(at int) (Demand, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_demand_spec{struct_size: C.sizeof_dca_demand_spec}
	if status := C.dca_model_get_demand(m.c, index(at), &raw); status != C.DCA_OK {
		return Demand{}, m.done(status, "get demand")
	}
	return Demand{text(raw.name), int(raw.tenant), copied(raw.use, m.Count(KindResource)),
		float64(raw.amount), float64(raw.value), float64(raw.min_share), float64(raw.weight),
		raw.hard != 0, int32(raw.priority), text(raw.unit)}, nil
}

// Placement reads a placement back.
func (m *Model) Placement(at int) (Placement, error) {
	defer runtime.KeepAlive(m)
	raw := C.dca_placement_spec{struct_size: C.sizeof_dca_placement_spec}
	if status := C.dca_model_get_placement(m.c, index(at), &raw); status != C.DCA_OK {
		return Placement{}, m.done(status, "get placement")
	}
	out := Placement{text(raw.name), int(raw.demand), int(raw.pool), float64(raw.rate),
		copied(raw.use, m.Count(KindResource)), float64(raw.cost), float64(raw.ceiling), nil,
		copied(raw.link_use, int(raw.num_links))}
	if raw.link != nil && raw.num_links > 0 {
		held := unsafe.Slice((*int32)(unsafe.Pointer(raw.link)), int(raw.num_links))
		out.Links = append(out.Links, held...)
	}
	return out, nil
}

// Share is the share with which a pool or a domain counts in a domain directly; 0: it does not.
func (m *Model) Share(kind Kind, at, domain int) (float64, error) {
	defer runtime.KeepAlive(m)
	var out C.double
	status := C.dca_model_get_share(m.c, C.dca_kind(kind), index(at), index(domain), &out)
	return float64(out), m.done(status, "get share")
}

// Limit is a limit as set, +Inf when none, by what it limits as in [Limit]. Of a pool: capacity
// times count.
func (m *Model) Limit(kind Kind, at, resource int) (float64, error) {
	defer runtime.KeepAlive(m)
	var out C.double
	status := C.dca_model_get_limit(m.c, C.dca_kind(kind), index(at), index(resource), &out)
	return float64(out), m.done(status, "get limit")
}
