package dcalloc

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// Every field of a batch does what its method does.
func TestABatchOfEdits(t *testing.T) {
	m := must(NewModel(nil))
	gpu := must(m.AddResource("gpu", "GPU"))
	must(m.AddDomains(NewDomain("feed", DomainPower)))
	must(m.AddPools(NewPool("p", 1, 0, 4)))
	must(m.AddLinks(NewLink("l", 1)))
	must(m.AddDemands(NewDemand("d", 1, 0, 1)))
	must(m.Place(0, nil, nil))
	of := int32(gpu)
	check(t, m.Edit([]Edit{{PoolCount, 0, 0, 5}, {PoolCapacity, 0, of, 6}, {PoolWatts, 0, of, 7},
		{PoolIdleWatts, 0, 0, 8}, {PoolPrice, 0, 0, 9}, {DomainLimit, 0, Power, 21},
		{DomainFactor, 0, 0, 1.5}, {DomainEnergyPrice, 0, 0, 0.5}, {LinkCapacity, 0, 0, 11},
		{LinkPrice, 0, 0, 12}, {DemandAmount, 0, 0, 13}, {DemandValue, 0, 0, 14},
		{DemandMinShare, 0, 0, 0.5}, {DemandWeight, 0, 0, 16}, {DemandHard, 0, 0, 1},
		{PlacementCost, 0, 0, 17}, {PlacementRate, 0, 0, 18}, {PlacementCeiling, 0, 0, 19}}))
	same(t, "pool", must(m.Pool(0)), Pool{"p", 5, false, []float64{0, 6}, []float64{0, 7}, 8, 9})
	same(t, "domain", must(m.Domain(0)), Domain{"feed", DomainPower, 1.5, 0.5})
	same(t, "limit", must(m.Limit(KindDomain, 0, Power)), 21.0)
	link, demand, placement := must(m.Link(0)), must(m.Demand(0)), must(m.Placement(0))
	same(t, "link", []float64{link.Capacity, link.Price}, []float64{11, 12})
	same(t, "demand", []float64{demand.Amount, demand.Value, demand.MinShare, demand.Weight},
		[]float64{13, 14, 0.5, 16})
	same(t, "placement", []float64{placement.Cost, placement.Rate, placement.Ceiling},
		[]float64{17, 18, 19})
	same(t, "hard", demand.Hard, true)
	check(t, m.Edit(nil), m.Edit([]Edit{}))

	err := m.Edit([]Edit{{DemandAmount, 0, 0, 1}, {PoolCount, 0, 0, math.NaN()}, {DemandAmount, 0, 0, 2}})
	var e *Error
	if !errors.As(err, &e) || e.Code != ErrArg || e.Kind != KindPool || e.Index != 0 ||
		!strings.HasPrefix(e.Text, "edit 1: ") {
		t.Errorf("%+v", e)
	}
	same(t, "what came before holds", must(m.Demand(0)).Amount, 1.0)
	if err := m.Edit([]Edit{{Field(99), 0, 0, 1}}); !errors.Is(err, ErrArg) {
		t.Error("a field that does not exist:", err)
	}
	m.Close()
	if err := m.Edit([]Edit{{DemandAmount, 0, 0, 1}}); !errors.Is(err, ErrState) {
		t.Error("closed:", err)
	}
}
