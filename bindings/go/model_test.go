package dcalloc

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// check fails the test at the first error of a list of calls.
func check(t *testing.T, calls ...error) {
	t.Helper()
	for k, err := range calls {
		if err != nil {
			t.Fatalf("call %d: %v", k, err)
		}
	}
}

func same(t *testing.T, what string, got, expected any) {
	t.Helper()
	if !reflect.DeepEqual(got, expected) {
		t.Errorf("%s: %+v, expected %+v", what, got, expected)
	}
}

func TestSpecsComeBackAsTheyWent(t *testing.T) {
	m := must(NewModel(nil))
	gpu := must(m.AddResource("gpu", "GPU"))
	check(t, m.SetName("all"))
	tenant := must(m.AddDomains(NewDomain("feed", DomainPower), Domain{"team", DomainTenant, 1, 0})) + 1
	pool := Pool{"hall", 16, true, []float64{700, 8}, []float64{0, 400}, 90, 2.5}
	link := Link{"wan", "a", "b", "GB/s", 40, 0.25}
	demand := Demand{"job", tenant, []float64{5, 2}, 20, 3, 0.25, 2, false, 7, "run"}
	must(m.AddPools(pool, NewPool("", 3, 0, 4)))
	must(m.AddLinks(link))
	must(m.AddDemands(demand))
	placement := Placement{"way", 0, 0, 2, []float64{6, 1}, 0.5, 9, []int32{0}, []float64{1.5}}
	flow := NewPlacement(0, -1)
	flow.Links = []int32{0}
	must(m.AddPlacements(placement, flow))

	same(t, "pool", must(m.Pool(0)), pool)
	same(t, "link", must(m.Link(0)), link)
	same(t, "demand", must(m.Demand(0)), demand)
	same(t, "placement", must(m.Placement(0)), placement)
	same(t, "domain", must(m.Domain(1)), Domain{"team", DomainTenant, 1, 0})
	same(t, "padded capacity", must(m.Pool(1)).Capacity, []float64{0, 4})
	same(t, "name", []string{m.Name(), m.ObjectName(KindPool, 1), m.Unit(KindResource, gpu),
		m.Unit(KindDemand, 0)}, []string{"all", "pool 1", "GPU", "run"})
	same(t, "find", []int{m.Find(KindDemand, "job"), m.Find(KindPool, "none")}, []int{0, -1})
	if _, err := m.Pool(9); !errors.Is(err, ErrArg) {
		t.Error(err)
	}
}

func TestEveryEditIsSeen(t *testing.T) {
	m := must(NewModel(nil))
	gpu := must(m.AddResource("gpu", "GPU"))
	must(m.AddDomains(NewDomain("feed", DomainPower), NewDomain("site", DomainPower)))
	must(m.AddPools(NewPool("p", 1, 0, 4)))
	must(m.AddLinks(NewLink("l", 1)))
	must(m.AddDemands(NewDemand("d", 1, 0, 1)))
	same(t, "placed by rule", must(m.Place(0, []int32{0}, []float64{2})), 1)
	before := m.Revision()
	check(t, m.SetPoolCount(0, 5), m.SetPoolCapacity(0, gpu, 6), m.SetPoolWatts(0, gpu, 7),
		m.SetPoolIdleWatts(0, 8), m.SetPoolPrice(0, 9), m.SetDomainFactor(0, 1.5),
		m.SetDomainEnergyPrice(0, 0.5), m.SetLinkCapacity(0, 11), m.SetLinkPrice(0, 12),
		m.SetDemandAmount(0, 13), m.SetDemandValue(0, 14), m.SetDemandMinShare(0, 0.5),
		m.SetDemandWeight(0, 16), m.SetPlacementCost(0, 17), m.SetPlacementRate(0, 18),
		m.SetPlacementCeiling(0, 19), m.SetPoolDomain(0, 0, 1), m.SetDomainParent(0, 1, 0.75),
		m.SetDomainLimit(1, Power, 21), m.SetRepairWeight(KindPool, 0, gpu, math.Inf(1)),
		m.SetCurrent(nil, []float64{3}), m.SetCurrent([]int32{0}, []float64{4}))
	if m.Revision() <= before {
		t.Error("the revision stands still")
	}
	same(t, "pool", must(m.Pool(0)), Pool{"p", 5, false, []float64{0, 6}, []float64{0, 7}, 8, 9})
	same(t, "domain", must(m.Domain(0)), Domain{"feed", DomainPower, 1.5, 0.5})
	link, demand, placement := must(m.Link(0)), must(m.Demand(0)), must(m.Placement(0))
	same(t, "link", []float64{link.Capacity, link.Price}, []float64{11, 12})
	same(t, "demand", []float64{demand.Amount, demand.Value, demand.MinShare, demand.Weight},
		[]float64{13, 14, 0.5, 16})
	same(t, "placement", []float64{placement.Cost, placement.Rate, placement.Ceiling},
		[]float64{17, 18, 19})
	same(t, "shares", []float64{must(m.Share(KindPool, 0, 0)), must(m.Share(KindDomain, 0, 1))},
		[]float64{1, 0.75})
	same(t, "limits", []float64{must(m.Limit(KindDomain, 1, Power)), must(m.Limit(KindPool, 0, gpu))},
		[]float64{21, 30})
	check(t, m.SetDemandHard(0, true))
	if !must(m.Demand(0)).Hard {
		t.Error("hard")
	}
	check(t, m.Remove(KindDomain, 0))
	if m.Exists(KindDomain, 0) || !m.Exists(KindDomain, 1) {
		t.Error("removal")
	}
	same(t, "compact", must(m.Compact()).Domains, []int32{-1, 0})
	if m.Find(KindDomain, "site") != 0 {
		t.Error("indices after compact")
	}
}

// bulk makes 3 pools and 2 demands in columns, 2 GPUs a unit, 4 + 8 + 12 nodes of 2 GPUs.
func bulk(env *Env) *Model {
	m := must(NewModel(env))
	must(m.AddResource("gpu", "GPU"))
	must(m.AddPoolColumns(PoolColumns{N: 3, Names: []string{"a", "b", "c"}, Count: []float64{4, 8, 12},
		Price: []float64{1, 2, 3}, IdleWatts: []float64{10}, Elastic: []bool{true},
		Capacity: Sparse{[]int64{0, 1, 2, 3}, []int32{1, 1, 1}, []float64{2, 2, 2}},
		Watts:    Sparse{[]int64{0, 1, 2, 3}, []int32{1, 1, 1}, []float64{100, 100, 100}}}))
	must(m.AddDemandColumns(DemandColumns{N: 2, Names: []string{"x", "y"}, Amount: []float64{10, 30},
		Value: []float64{2, 1}, Weight: []float64{1}, MinShare: []float64{0}, Tenant: []int32{-1},
		Hard: []bool{false}, Priority: []int32{5, 1},
		Use: Sparse{[]int64{0, 1, 2}, []int32{1, 1}, []float64{2, 2}}}))
	must(m.AddPlacementColumns(PlacementColumns{N: 6, Demand: []int32{0, 0, 0, 1, 1, 1},
		Pool: []int32{0, 1, 2, 0, 1, 2}, Cost: []float64{0.5}, Rate: []float64{1},
		Ceiling: []float64{math.Inf(1)}}))
	return m
}

func TestTiersOfAModel(t *testing.T) {
	env := must(NewEnv(EnvConfig{}))
	m := bulk(env)
	value := must(m.AddTier("value"))
	must(m.AddTerm(value, NewTerm(TermValue)))
	bill := must(m.AddTier("bill"))
	must(m.AddTerm(bill, NewTerm(TermEnergy)))
	cost := must(m.AddTerm(bill, NewTerm(TermCost)))
	check(t, m.SetTermWeight(bill, cost, 2))
	s := must(NewSolver(m, nil))
	r := must(s.Solve(context.Background()))

	// 24 nodes of 2 GPUs serve 24 units: all 10 of x, worth 2, and 14 of y, worth 1.
	near := func(what string, got, expected float64) {
		t.Helper()
		if !(math.Abs(got-expected) <= 1e-7*(1+math.Abs(expected))) {
			t.Errorf("%s: %g, expected %g", what, got, expected)
		}
	}
	served, unmet, placed := must(r.Served()), must(r.Unmet()), must(r.Placed())
	near("served x", served[0], 10)
	near("served y", served[1], 14)
	near("unmet y", unmet[1], 16)
	near("value", must(r.TierValue(0)), 34)
	near("objective", r.Objective(), 34)
	same(t, "tiers", []string{r.TierName(0), r.TierName(1)}, []string{"value", "bill"})
	same(t, "number of tiers", r.NumTiers(), 2)
	demand, pool, err := r.Placements()
	check(t, err)
	same(t, "demands", demand, []int32{0, 0, 0, 1, 1, 1})
	same(t, "pools", pool, []int32{0, 1, 2, 0, 1, 2})
	sum := 0.0
	for _, units := range placed {
		sum += units
	}
	near("placed", sum, 24)
	// All nodes are on: 4 + 16 + 36 an hour, 10 W idle and 200 W of use each, 0.5 a unit placed.
	total, energy, err := r.Totals()
	check(t, err)
	near("cost", total, 56+12)
	near("energy", energy, 24*(10+200)/1000.0)
	for k, use := range must(r.Pools()) {
		near("nodes on", use.NodesOn, float64(4*(k+1)))
	}
	same(t, "domains", len(must(r.Domains())), 0)
	limit := must(r.Limit(KindPool, 0, 1))
	near("use", limit.Use, 8)
	near("price of a GPU", limit.Price, 0.5)
	near("pool price", must(r.PoolPrice(0, 1)), 0.5)
	near("price in the first tier", must(r.LimitPrice(0, KindPool, 0, 1)), 0.5)
	if len(must(r.Limits())) == 0 || len(must(r.Blocking(1))) != 3 || len(must(r.Blocking(0))) != 0 {
		t.Error("limits")
	}
	if !strings.Contains(r.DemandNote(1), "16 unmet") || len(r.Sentences()) == 0 {
		t.Errorf("note %q, sentences %q", r.DemandNote(1), r.Sentences())
	}
	same(t, "name", r.Name(KindPool, 2)+r.Unit(KindResource, 1), "cGPU")

	check(t, m.SetCurrentFrom(r), m.ClearTiers())
	move := must(m.AddTier("stay"))
	must(m.AddTerm(move, NewTerm(TermMovement)))
	check(t, m.SetDemandAmount(0, 11))
	after := must(s.Solve(context.Background()))
	if after.Outcome() != Optimal || after.NumTiers() != 2 {
		t.Error(after.Outcome(), after.NumTiers())
	}
	compiled := must(s.Compiled(context.Background()))
	if compiled.NumRows() == 0 || compiled.NumColumns() == 0 {
		t.Error("the compiled LP is empty")
	}
	compiled.Close()
	after.Close()
	r.Close()
	m.Close()
	s.Close()
	if held := env.Memory(); held != 0 {
		t.Errorf("%d bytes are still held", held)
	}
}

func TestScenarioFilesKeepTheAnswer(t *testing.T) {
	files, err := filepath.Glob("../../examples/scenarios/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios", err)
	}
	for _, path := range files {
		m, err := ReadModel(context.Background(), nil, path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		copied := filepath.Join(t.TempDir(), "copy.json")
		check(t, m.WriteJSON(copied))
		back := must(ParseModel(context.Background(), nil, must(os.ReadFile(copied))))
		first := must(must(NewSolver(m, nil)).Solve(context.Background()))
		second := must(must(NewSolver(back, nil)).Solve(context.Background()))
		same(t, path, second.Outcome(), first.Outcome())
		if a, b := first.Objective(), second.Objective(); a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
			t.Errorf("%s: %g and then %g", path, a, b)
		}
		var answer map[string]any
		check(t, json.Unmarshal(must(first.AnswerJSON()), &answer))
		if len(answer) == 0 {
			t.Errorf("%s: an empty answer", path)
		}
		if cert := must(first.Certificate()); !cert.Valid {
			t.Errorf("%s: %+v", path, cert)
		}
	}
}

func TestRepairRaisesEnough(t *testing.T) {
	m := bulk(nil)
	check(t, m.SetDemandHard(0, true), m.SetDemandHard(1, true))
	r := must(must(NewSolver(m, nil)).Solve(context.Background()))
	same(t, "outcome", r.Outcome(), Infeasible)
	repair := must(r.Repair(RepairDemand))
	if len(repair.Changes) == 0 || repair.Size <= 0 {
		t.Fatalf("%+v", repair)
	}
	for _, change := range repair.Changes {
		same(t, "kind", change.Kind, KindDemand)
		check(t, m.SetDemandAmount(change.Index, change.To))
	}
	r = must(must(NewSolver(m, nil)).Solve(context.Background()))
	same(t, "repaired", r.Outcome(), Optimal)
	if _, err := r.Repair(RepairCheapest); !errors.Is(err, ErrState) {
		t.Error(err)
	}
}

func TestMemoryLimit(t *testing.T) {
	env := must(NewEnv(EnvConfig{MemoryLimit: 1 << 16}))
	m := must(NewModel(env))
	_, err := m.AddPoolColumns(PoolColumns{N: 100_000, Count: make([]float64, 100_000)})
	_, specs := m.AddPools(make([]Pool, 10_000)...)
	if !errors.Is(err, ErrNoMemory) || !errors.Is(specs, ErrNoMemory) || m.Count(KindPool) != 0 {
		t.Error(err, specs)
	}
	m.Close()
	same(t, "memory", env.Memory(), uint64(0))
}

// GLPK gives the same optimum, where its plug-in was built.
func TestBackend(t *testing.T) {
	path, err := filepath.Abs("../../build/release/lib/plugins/libdcalloc-glpk.so")
	check(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Skip("libdcalloc-glpk was not built")
	}
	glpk, err := LoadGLPK()
	check(t, err)
	lp := transport(nil, 10)
	s := must(NewSolver(lp, nil))
	native := must(s.Solve(context.Background()))
	check(t, s.SetBackend(glpk))
	other := must(s.Solve(context.Background()))
	duality(t, lp, other)
	if math.Abs(native.Objective()-other.Objective()) > 1e-6 || glpk.Name() != "glpk" {
		t.Error(native.Objective(), other.Objective(), glpk.Name())
	}
	check(t, s.SetBackend(nil))
	if _, err := LoadBackend(path, "no_such_symbol"); !errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
}

func TestBackendThatIsNotThere(t *testing.T) {
	if _, err := LoadBackend("no-such-library.so", "none"); !errors.Is(err, ErrUnsupported) {
		t.Error(err)
	}
}
