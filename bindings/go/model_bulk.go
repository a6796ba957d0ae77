package dcalloc

// #include "shim.h"
import "C"

import "runtime"

// PoolColumns are pools in bulk. A slice is nil for the default, has one value for all, or N values;
// defaults are those of [NewPool] with one node.
type PoolColumns struct {
	N         int
	Names     []string
	Count     []float64
	IdleWatts []float64
	Price     []float64
	Elastic   []bool
	Capacity  Sparse // resource indices and capacities per node
	Watts     Sparse // resource indices and W per unit in use
}

// DemandColumns are demands in bulk; defaults are those of [NewDemand] with amount 1.
type DemandColumns struct {
	N        int
	Names    []string
	Tenant   []int32
	Hard     []bool
	Priority []int32
	Amount   []float64
	Value    []float64
	MinShare []float64
	Weight   []float64
	Use      Sparse // resource indices and use per unit
}

// PlacementColumns are placements in bulk; defaults are those of [NewPlacement] on no pool.
type PlacementColumns struct {
	N       int
	Demand  []int32 // required
	Pool    []int32
	Rate    []float64
	Cost    []float64
	Ceiling []float64
	Use     Sparse // resource indices and use per unit placed; zero: as the demand
	Link    Sparse // link indices and units carried per unit placed
}

// AddPoolColumns adds pools in one crossing and returns the index of the first.
func (m *Model) AddPoolColumns(columns PoolColumns) (int, error) {
	defer runtime.KeepAlive(m)
	const op = "add pools"
	err := checkBulk(op, columns.N, map[string]int{"count": len(columns.Count),
		"idle watts": len(columns.IdleWatts), "price": len(columns.Price),
		"elastic": len(columns.Elastic)}, columns.Names, columns.Capacity, columns.Watts)
	if err != nil {
		return -1, err
	}
	if m.c == nil {
		return -1, closed(op, "model")
	}
	a := arena{env: m.env}
	defer a.free()
	raw := C.dca_pool_columns{
		struct_size: C.sizeof_dca_pool_columns,
		n:           C.dca_index(columns.N),
		name:        a.texts(columns.Names),
		count:       a.doubles(columns.Count),
		idle_watts:  a.doubles(columns.IdleWatts),
		price:       a.doubles(columns.Price),
		elastic:     a.bools(columns.Elastic),
		capacity:    a.sparse(columns.Capacity),
		watts:       a.sparse(columns.Watts),
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_pool_columns(m.c, &raw, &out)
	return int(out), m.done(status, op)
}

// AddDemandColumns adds demands in one crossing and returns the index of the first.
func (m *Model) AddDemandColumns(columns DemandColumns) (int, error) {
	defer runtime.KeepAlive(m)
	const op = "add demands"
	err := checkBulk(op, columns.N, map[string]int{"tenant": len(columns.Tenant),
		"hard": len(columns.Hard), "priority": len(columns.Priority),
		"amount": len(columns.Amount), "value": len(columns.Value),
		"min share": len(columns.MinShare), "weight": len(columns.Weight)},
		columns.Names, columns.Use)
	if err != nil {
		return -1, err
	}
	if m.c == nil {
		return -1, closed(op, "model")
	}
	a := arena{env: m.env}
	defer a.free()
	raw := C.dca_demand_columns{
		struct_size: C.sizeof_dca_demand_columns,
		n:           C.dca_index(columns.N),
		name:        a.texts(columns.Names),
		tenant:      a.indices(columns.Tenant),
		hard:        a.bools(columns.Hard),
		priority:    a.indices(columns.Priority),
		amount:      a.doubles(columns.Amount),
		value:       a.doubles(columns.Value),
		min_share:   a.doubles(columns.MinShare),
		weight:      a.doubles(columns.Weight),
		use:         a.sparse(columns.Use),
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_demand_columns(m.c, &raw, &out)
	return int(out), m.done(status, op)
}

// AddPlacementColumns adds placements in one crossing and returns the index of the first.
func (m *Model) AddPlacementColumns(columns PlacementColumns) (int, error) {
	defer runtime.KeepAlive(m)
	const op = "add placements"
	err := checkBulk(op, columns.N, map[string]int{"demand": len(columns.Demand),
		"pool": len(columns.Pool), "rate": len(columns.Rate), "cost": len(columns.Cost),
		"ceiling": len(columns.Ceiling)}, nil, columns.Use, columns.Link)
	if err != nil {
		return -1, err
	}
	if m.c == nil {
		return -1, closed(op, "model")
	}
	a := arena{env: m.env}
	defer a.free()
	raw := C.dca_placement_columns{
		struct_size: C.sizeof_dca_placement_columns,
		n:           C.dca_index(columns.N),
		demand:      a.indices(columns.Demand),
		pool:        a.indices(columns.Pool),
		rate:        a.doubles(columns.Rate),
		cost:        a.doubles(columns.Cost),
		ceiling:     a.doubles(columns.Ceiling),
		use:         a.sparse(columns.Use),
		link:        a.sparse(columns.Link),
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := C.dca_model_add_placement_columns(m.c, &raw, &out)
	return int(out), m.done(status, op)
}
