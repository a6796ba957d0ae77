package dcalloc

// #include "shim.h"
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Field is what an [Edit] sets, as the method of that name does.
type Field int32

// The fields. Those of capacity, watts and limit are of a resource: [Edit.Resource].
const (
	PoolCount         Field = C.GO_SET_POOL_COUNT
	PoolCapacity      Field = C.GO_SET_POOL_CAPACITY
	PoolWatts         Field = C.GO_SET_POOL_WATTS
	PoolIdleWatts     Field = C.GO_SET_POOL_IDLE_WATTS
	PoolPrice         Field = C.GO_SET_POOL_PRICE
	DomainLimit       Field = C.GO_SET_DOMAIN_LIMIT
	DomainFactor      Field = C.GO_SET_DOMAIN_FACTOR
	DomainEnergyPrice Field = C.GO_SET_DOMAIN_ENERGY_PRICE
	LinkCapacity      Field = C.GO_SET_LINK_CAPACITY
	LinkPrice         Field = C.GO_SET_LINK_PRICE
	DemandAmount      Field = C.GO_SET_DEMAND_AMOUNT
	DemandValue       Field = C.GO_SET_DEMAND_VALUE
	DemandMinShare    Field = C.GO_SET_DEMAND_MIN_SHARE
	DemandWeight      Field = C.GO_SET_DEMAND_WEIGHT
	DemandHard        Field = C.GO_SET_DEMAND_HARD // 0: soft
	PlacementCost     Field = C.GO_SET_PLACEMENT_COST
	PlacementRate     Field = C.GO_SET_PLACEMENT_RATE
	PlacementCeiling  Field = C.GO_SET_PLACEMENT_CEILING
)

// Edit is one change of a model, for [Model.Edit].
type Edit struct {
	Field    Field
	At       int32 // the pool, domain, link, demand or placement
	Resource int32 // of fields of a resource
	Value    float64
}

// An Edit lies in memory as C has it.
var _ = [1]struct{}{}[unsafe.Sizeof(Edit{})-C.sizeof_go_edit]

// Edit makes many edits in one crossing, in order. The first that is refused ends it: those before
// it are made, and the error names it ("edit 3: ...").
func (m *Model) Edit(edits []Edit) error {
	defer runtime.KeepAlive(m)
	for k := range edits {
		if field := edits[k].Field; field < PoolCount || field > PlacementCeiling {
			return refuse("edit", "edit %d: field %d does not exist", k, field)
		}
	}
	var made C.size_t
	status := C.go_model_edit(m.c, firstOf[C.go_edit](edits), C.size_t(len(edits)), &made)
	err := m.done(status, "edit")
	if e, ok := err.(*Error); ok && m.c != nil {
		e.Text = fmt.Sprintf("edit %d: %s", made, e.Text)
	}
	return err
}
