package dcalloc

import (
	"context"
	"math"
	"testing"
)

func closeTo(t *testing.T, what string, got, expected float64) {
	t.Helper()
	if !(math.Abs(got-expected) <= 1e-7*(1+math.Abs(expected))) {
		t.Errorf("%s: %g, expected %g", what, got, expected)
	}
}

// min C x + B y + P z, x <= 500, y <= 200, z <= 50, x + y + z = 1000: 250 short. The same figures as
// in the C test of this problem.
func TestLeastCost(t *testing.T) {
	m := must(NewModel(nil))
	must(m.AddResource("unit", "unit"))
	work := NewDemand("work", 1000, 0, 1)
	work.Hard = true
	must(m.AddDemands(work))
	for k, most := range []float64{500, 200, 50} {
		pool := must(m.AddPools(NewPool([]string{"hardware", "bandwidth", "power"}[k], 1, 0, most)))
		way := NewPlacement(0, pool)
		way.Cost = float64(k + 1)
		must(m.AddPlacements(way))
	}
	must(m.AddTerm(must(m.AddTier("cost")), NewTerm(TermCost)))
	s := must(NewSolver(m, nil))
	r := must(s.Solve(context.Background()))
	same(t, "outcome", r.Outcome(), Infeasible)
	cheapest, capacity := must(r.Repair(RepairCheapest)), must(r.Repair(RepairCapacity))
	closeTo(t, "cheapest repair", cheapest.Size, 0.25)
	closeTo(t, "work may be", cheapest.Changes[0].To, 750)
	closeTo(t, "repair of capacity", capacity.Size, 0.5)
	same(t, "the largest limit gives", capacity.Changes[0].Index, 0)
	closeTo(t, "hardware may be", capacity.Changes[0].To, 750)

	check(t, m.SetDemandHard(0, false))
	r = must(s.Solve(context.Background()))
	closeTo(t, "served", must(r.Served())[0], 750)
	closeTo(t, "unmet", must(r.Unmet())[0], 250)
	closeTo(t, "cost", must(r.TierValue(1)), 500+400+150)
	same(t, "tier on its own account", r.TierName(0), "unmet demand")
	same(t, "blocking", len(must(r.Blocking(0))), 3)
	closeTo(t, "price", must(r.Limit(KindPool, 1, 1)).Price, -1)
}

// n nodes in one pool, a hard load above what they hold: each repair is one, and no smaller change.
func TestShortages(t *testing.T) {
	for _, one := range []struct{ n, capacity, load float64 }{{10, 1, 12}, {5, 20, 133}, {1, 8, 9}} {
		m := must(NewModel(nil))
		core := must(m.AddResource("core", "core"))
		pool := must(m.AddPools(NewPool("nodes", one.n, 0, one.capacity)))
		load := NewDemand("load", one.load, 0, 1)
		load.Hard = true
		must(m.AddDemands(load))
		must(m.Place(0, nil, nil))
		s := must(NewSolver(m, nil))
		outcome := func() Outcome { return must(s.Solve(context.Background())).Outcome() }
		all := one.n * one.capacity
		r := must(s.Solve(context.Background()))
		closeTo(t, "less", must(r.Repair(RepairDemand)).Changes[0].To, all)
		closeTo(t, "more", must(r.Repair(RepairCapacity)).Changes[0].To, one.load)
		check(t, m.SetDemandAmount(0, all))
		same(t, "less load", outcome(), Optimal)
		check(t, m.SetDemandAmount(0, all*1.001))
		same(t, "a little too much", outcome(), Infeasible)
		check(t, m.SetDemandAmount(0, one.load), m.SetPoolCapacity(pool, core, one.load/one.n))
		same(t, "more capacity", outcome(), Optimal)
		check(t, m.SetPoolCapacity(pool, core, one.capacity), m.SetDemandHard(0, false))
		closeTo(t, "unmet", must(must(s.Solve(context.Background())).Unmet())[0], one.load-all)
	}
}

// Five of ten nodes: the file says at which price.
func TestArticleFromFile(t *testing.T) {
	m := must(ReadModel(context.Background(), nil, "../../examples/scenarios/article-4-indivisible.json"))
	r := must(must(NewSolver(m, nil)).Solve(context.Background()))
	same(t, "outcome", r.Outcome(), Optimal)
	closeTo(t, "unmet", must(r.TierValue(0)), 0)
	closeTo(t, "cost", must(r.TierValue(1)), 15)
}
