package dcalloc_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"dcalloc"
)

func Example() {
	m, _ := dcalloc.NewModel(nil)
	defer m.Close()
	_, _ = m.AddResource("gpu", "GPU")
	feed, _ := m.AddDomains(dcalloc.NewDomain("feed", dcalloc.DomainPower))
	_ = m.SetDomainLimit(feed, dcalloc.Power, 50_000)
	pool, _ := m.AddPools(dcalloc.Pool{Name: "a100", Count: 16, Capacity: []float64{0, 8}, Watts: []float64{0, 400}})
	_ = m.SetPoolDomain(pool, feed, 1)
	jobs, _ := m.AddDemands(dcalloc.NewDemand("training", 20, 0, 8))
	_, _ = m.Place(jobs, nil, nil)
	solver, _ := dcalloc.NewSolver(m, nil)
	answer, _ := solver.Solve(context.Background())
	served, _ := answer.Served()
	fmt.Println(answer.Outcome(), served[jobs])
	// Output: optimal 15.625
}

// loseFeed is the example of the project's README.
func loseFeed(ctx context.Context, path, feed string) error {
	m, err := dcalloc.ReadModel(ctx, nil, path)
	if err != nil {
		return err // line and column, what was found and what was expected
	}
	defer m.Close()
	solver, _ := dcalloc.NewSolver(m, nil)
	before, _ := solver.Solve(ctx) // the context stops it
	_ = m.SetDomainLimit(m.Find(dcalloc.KindDomain, feed), dcalloc.Power, 0)
	after, _ := solver.Solve(ctx) // from where it stood
	fmt.Printf("unmet demand: %.0f, without %s %.0f\n", before.Objective(), feed, after.Objective())
	return nil
}

func ExampleReadModel() {
	const path = "../../examples/scenarios/gpu-cluster.json"
	if err := loseFeed(context.Background(), path, "feed-D"); err != nil {
		fmt.Println(err)
	}
	// Output: unmet demand: 504, without feed-D 66784
}

// must keeps examples short.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func twoRows() *dcalloc.LP {
	lp := must(dcalloc.NewLP(nil))
	if err := lp.SetSense(dcalloc.Maximise); err != nil {
		panic(err)
	}
	x := must(lp.AddColumn("x", 3, 0, 3))
	y := must(lp.AddColumn("y", 2, 0, math.Inf(1)))
	must(lp.AddRow("capacity", math.Inf(-1), 4, dcalloc.Entry{Index: x, Value: 1},
		dcalloc.Entry{Index: y, Value: 1}))
	must(lp.AddRow("bandwidth", math.Inf(-1), 8, dcalloc.Entry{Index: x, Value: 1},
		dcalloc.Entry{Index: y, Value: 3}))
	return lp
}

func ExampleLP() {
	lp := must(dcalloc.NewLP(nil))
	defer lp.Close()
	_ = lp.SetSense(dcalloc.Maximise)
	x := must(lp.AddColumn("x", 3, 0, 3))
	y := must(lp.AddColumn("y", 2, 0, math.Inf(1)))
	must(lp.AddRow("capacity", math.Inf(-1), 4, dcalloc.Entry{Index: x, Value: 1},
		dcalloc.Entry{Index: y, Value: 1}))
	solver := must(dcalloc.NewSolver(lp, nil))
	answer := must(solver.Solve(context.Background()))
	fmt.Println(answer.Outcome(), answer.Objective(), must(answer.X()), must(answer.Y()))
	// Output: optimal 11 [3 1] [2]
}

func ExampleLP_AddRows() {
	lp := must(dcalloc.NewLP(nil))
	defer lp.Close()
	must(lp.AddColumns(dcalloc.Columns{N: 2, Cost: []float64{1}, Names: []string{"x", "y"}}))
	must(lp.AddRows(dcalloc.Rows{N: 2, Lower: []float64{4, 6}, Entries: dcalloc.Sparse{
		Start: []int64{0, 2, 4}, Index: []int32{0, 1, 0, 1}, Value: []float64{1, 2, 3, 1}}}))
	answer := must(must(dcalloc.NewSolver(lp, nil)).Solve(context.Background()))
	fmt.Printf("%v %.1f\n", lp.NumEntries(), must(answer.X()))
	// Output: 4 [1.6 1.2]
}

func ExampleLP_GetEntries() {
	lp := twoRows()
	defer lp.Close()
	fmt.Println(must(lp.GetEntries(0, 2)))
	// Output: {[0 2 4] [0 1 0 1] [1 1 1 3]}
}

func ExampleLP_DeleteRows() {
	lp := twoRows()
	defer lp.Close()
	fmt.Println(must(lp.DeleteRows([]int32{0})), lp.NumRows(), lp.RowName(0))
	// Output: [-1 0] 1 bandwidth
}

func ExampleSolver_Solve() {
	lp := twoRows()
	defer lp.Close()
	solver := must(dcalloc.NewSolver(lp, nil))
	defer solver.Close()
	before := must(solver.Solve(context.Background()))
	_ = lp.SetRowBounds([]int32{0}, nil, []float64{5})
	after := must(solver.Solve(context.Background()))
	fmt.Println(before.Objective(), after.Objective(), must(after.Info()).Warm)
	// Output: 11 12.333333333333334 true
}

func ExampleSolver_Solve_cancelled() {
	lp := twoRows()
	defer lp.Close()
	solver := must(dcalloc.NewSolver(lp, nil))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := solver.Solve(ctx)
	fmt.Println(err, errors.Is(err, context.Canceled))
	// Output: dcalloc: solve: context canceled true
}

func ExampleOptions() {
	options := must(dcalloc.NewOptions(nil))
	defer options.Close()
	err := options.Set("method", "divination")
	fmt.Println(errors.Is(err, dcalloc.ErrArg), options.Set("method", "primal"))
	fmt.Println(must(options.Get("method")))
	// Output:
	// true <nil>
	// primal
}

func ExampleEnv() {
	env := must(dcalloc.NewEnv(dcalloc.EnvConfig{MemoryLimit: 1 << 12}))
	defer env.Close()
	lp := must(dcalloc.NewLP(env))
	defer lp.Close()
	_, err := lp.AddColumns(dcalloc.Columns{N: 100_000, Cost: []float64{1}})
	fmt.Println(errors.Is(err, dcalloc.ErrNoMemory), lp.NumColumns())
	// Output: true 0
}

func ExampleError() {
	_, err := dcalloc.ParseMPS(context.Background(), nil, []byte("NAME t\nROWS\n N obj\n Q r\n"))
	var e *dcalloc.Error
	fmt.Println(errors.As(err, &e), errors.Is(err, dcalloc.ErrSyntax), e.Line)
	// Output: true true 4
}

func ExampleLP_WriteMPS() {
	dir := must(os.MkdirTemp("", "dcalloc"))
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "two.mps")
	lp := twoRows()
	defer lp.Close()
	if err := lp.WriteMPS(path); err != nil {
		panic(err)
	}
	back := must(dcalloc.ReadMPS(context.Background(), nil, path))
	defer back.Close()
	fmt.Println(back.NumRows(), back.NumColumns(), back.FindRow("bandwidth"))
	// Output: 2 2 1
}

func ExampleLP_WriteLP() {
	dir := must(os.MkdirTemp("", "dcalloc"))
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "two.lp")
	lp := twoRows()
	defer lp.Close()
	if err := lp.WriteLP(path); err != nil {
		panic(err)
	}
	back := must(dcalloc.ReadLP(context.Background(), nil, path))
	defer back.Close()
	fmt.Println(back.NumRows(), back.NumColumns(), back.FindRow("bandwidth"))
	// Output: 2 2 1
}

func ExampleParseLP() {
	lp := must(dcalloc.ParseLP(context.Background(), nil, []byte(`
		Maximize  3 x + 2 y
		Subject To
		  cap: x + y <= 4
		  mix: x + 3 y <= 6
		Bounds
		  x <= 3
		End`)))
	defer lp.Close()
	fmt.Println(must(must(dcalloc.NewSolver(lp, nil)).Solve(context.Background())).Objective())
	// Output: 11
}

func ExampleModel() {
	m := must(dcalloc.NewModel(nil))
	defer m.Close()
	gpu := must(m.AddResource("gpu", "GPU"))
	must(m.AddPools(dcalloc.NewPool("hall", 4, 0, 8)))
	jobs := must(m.AddDemands(dcalloc.NewDemand("training", 6, 0, 8)))
	must(m.Place(jobs, nil, nil))
	if err := m.SetDemandHard(jobs, true); err != nil {
		panic(err)
	}
	answer := must(must(dcalloc.NewSolver(m, nil)).Solve(context.Background()))
	repair := must(answer.Repair(dcalloc.RepairCapacity))
	change := repair.Changes[0]
	fmt.Println(answer.Outcome(), m.ObjectName(change.Kind, change.Index), change.Resource == gpu,
		change.From, change.To)
	// Output: infeasible hall true 32 48
}

func ExampleResult() {
	m := must(dcalloc.NewModel(nil))
	defer m.Close()
	must(m.AddResource("gpu", "GPU"))
	must(m.AddPools(dcalloc.NewPool("hall", 4, 0, 8)))
	jobs := must(m.AddDemands(dcalloc.NewDemand("training", 6, 0, 8)))
	must(m.Place(jobs, nil, nil))
	answer := must(must(dcalloc.NewSolver(m, nil)).Solve(context.Background()))
	for _, limit := range must(answer.Blocking(jobs)) {
		fmt.Println(answer.Name(limit.Kind, limit.Index), limit.Use, "of", limit.Limit,
			answer.Unit(dcalloc.KindResource, limit.Resource))
	}
	// Output: hall 32 of 32 GPU
}

func ExampleSolver_SolveWithin() {
	lp := twoRows()
	defer lp.Close()
	solver := must(dcalloc.NewSolver(lp, nil))
	answer := must(solver.SolveWithin(context.Background(), dcalloc.Limits{Time: time.Minute,
		Work: 1_000_000}))
	fmt.Println(answer.Outcome())
	// Output: optimal
}

func ExampleSolver_SetBasis() {
	lp := twoRows()
	defer lp.Close()
	basis := must(must(must(dcalloc.NewSolver(lp, nil)).Solve(context.Background())).Basis())
	solver := must(dcalloc.NewSolver(lp, nil))
	if err := solver.SetBasis(basis); err != nil {
		panic(err)
	}
	answer := must(solver.Solve(context.Background()))
	fmt.Println(answer.Objective(), must(answer.Info()).Iterations)
	// Output: 11 0
}

func ExampleResult_Certificate() {
	lp := twoRows()
	defer lp.Close()
	answer := must(must(dcalloc.NewSolver(lp, nil)).Solve(context.Background()))
	proof := must(answer.Certificate())
	fmt.Println(proof.Valid, proof.Kind == dcalloc.CertificateKKT, proof.DualBound)
	// Output: true true 11
}

func ExampleDescribeOptions() {
	for _, option := range dcalloc.DescribeOptions() {
		if option.Name == "relax" {
			fmt.Println(option.Type, option.Initial)
		}
	}
	// Output: off|on off
}

func ExampleModel_Edit() {
	m := must(dcalloc.NewModel(nil))
	defer m.Close()
	must(m.AddResource("gpu", "GPU"))
	must(m.AddPools(dcalloc.NewPool("hall", 4, 0, 8)))
	must(m.AddDemands(dcalloc.NewDemand("training", 6, 0, 8), dcalloc.NewDemand("serving", 3, 0, 1)))
	must(m.Place(0, nil, nil))
	must(m.Place(1, nil, nil))
	err := m.Edit([]dcalloc.Edit{
		{Field: dcalloc.DemandAmount, At: 0, Value: 2},
		{Field: dcalloc.DemandAmount, At: 1, Value: 30},
		{Field: dcalloc.PoolCapacity, At: 0, Resource: 1, Value: 16},
		{Field: dcalloc.PoolCount, At: 0, Value: -1},
	})
	answer := must(must(dcalloc.NewSolver(m, nil)).Solve(context.Background()))
	fmt.Println(err)
	fmt.Println(must(answer.Served()))
	// Output:
	// dcalloc: edit: edit 3: pool 'hall': count is -1, expected a finite number >= 0
	// [2 30]
}

func ExampleModel_AddTerm() {
	m := must(dcalloc.NewModel(nil))
	defer m.Close()
	must(m.AddResource("gpu", "GPU"))
	must(m.AddPools(dcalloc.NewPool("near", 2, 0, 8), dcalloc.NewPool("far", 2, 0, 8)))
	must(m.AddDemands(dcalloc.NewDemand("serving", 3, 0, 8)))
	near := dcalloc.NewPlacement(0, 0)
	far := dcalloc.NewPlacement(0, 1)
	far.Cost = 5
	must(m.AddPlacements(near, far))
	served := must(m.AddTier("served"))
	must(m.AddTerm(served, dcalloc.NewTerm(dcalloc.TermValue)))
	bill := must(m.AddTier("bill"))
	must(m.AddTerm(bill, dcalloc.NewTerm(dcalloc.TermCost)))
	answer := must(must(dcalloc.NewSolver(m, nil)).Solve(context.Background()))
	fmt.Println(must(answer.TierValue(served)), must(answer.TierValue(bill)), must(answer.Placed()))
	// Output: 3 5 [2 1]
}

func ExampleModel_AddLinks() {
	m := must(dcalloc.NewModel(nil))
	defer m.Close()
	must(m.AddLinks(dcalloc.NewLink("wan", 10)))
	must(m.AddDemands(dcalloc.NewDemand("backup", 30)))
	flow := dcalloc.NewPlacement(0, -1)
	flow.Links = []int32{0}
	must(m.AddPlacements(flow))
	answer := must(must(dcalloc.NewSolver(m, nil)).Solve(context.Background()))
	fmt.Println(must(answer.Unmet()))
	// Output: [20]
}
