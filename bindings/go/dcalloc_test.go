package dcalloc

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"testing"
	"time"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// transport makes an LP of n sources and n sinks that takes some hundred iterations.
func transport(env *Env, n int) *LP {
	lp := must(NewLP(env))
	cost := make([]float64, n*n)
	start, rows := []int64{0}, []int32{}
	for k := range cost {
		cost[k] = float64((k*7919+k*k*31)%997) + 1
		rows = append(rows, int32(k/n), int32(n+k%n))
		start = append(start, int64(len(rows)))
	}
	lower, upper := make([]float64, 2*n), make([]float64, 2*n)
	for k := 0; k < n; k++ {
		upper[k] = float64(10 + k%7)
		lower[n+k], upper[n+k] = float64(5+k%5), math.Inf(1)
	}
	must(lp.AddRows(Rows{N: 2 * n, Lower: lower, Upper: upper}))
	must(lp.AddColumns(Columns{N: n * n, Cost: cost, Entries: Sparse{Start: start, Index: rows}}))
	return lp
}

// duality checks c = A'y + d and P = D on the caller's numbers.
func duality(t *testing.T, lp *LP, r *Result) {
	t.Helper()
	n := lp.NumColumns()
	columns, entries := must(lp.GetColumns(0, n)), must(lp.GetEntries(0, n))
	x, y, d := must(r.X()), must(r.Y()), must(r.D())
	value := 0.0
	for j := 0; j < n; j++ {
		left := d[j]
		for k := entries.Start[j]; k < entries.Start[j+1]; k++ {
			left += entries.Value[k] * y[entries.Index[k]]
		}
		if math.Abs(left-columns.Cost[j]) > 1e-9*(1+math.Abs(columns.Cost[j])) {
			t.Fatalf("column %d: A'y + d = %g, c = %g", j, left, columns.Cost[j])
		}
		value += columns.Cost[j] * x[j]
	}
	if math.Abs(value-r.Objective()) > 1e-9*(1+math.Abs(value)) {
		t.Fatalf("c'x = %g, objective %g", value, r.Objective())
	}
	activity := must(r.Activity())
	if len(activity) != lp.NumRows() || r.NumRows() != lp.NumRows() || r.NumColumns() != n {
		t.Fatal("sizes of the result")
	}
}

func TestEverythingIsFreed(t *testing.T) {
	env := must(NewEnv(EnvConfig{}))
	lp := transport(env, 12)
	s := must(NewSolver(lp, nil))
	r := must(s.Solve(context.Background()))
	duality(t, lp, r)
	if c := must(r.Certificate()); !c.Valid || c.Kind != CertificateKKT {
		t.Fatalf("certificate %+v", c)
	}
	shared := r.Share()
	lp.Close()
	r.Close()
	if shared.Outcome() != Optimal {
		t.Fatal("a shared result lives on its own")
	}
	again := must(s.Solve(context.Background()))
	again.Close()
	s.Close()
	shared.Close()
	if env.Memory() > env.MemoryPeak() || env.MemoryPeak() == 0 {
		t.Fatal("memory counts")
	}
	if held := env.Memory(); held != 0 {
		t.Fatalf("%d bytes are still held", held)
	}
	env.Close()
}

func TestFinalisersFreeWhatWasForgotten(t *testing.T) {
	env := must(NewEnv(EnvConfig{Log: func(LogLevel, string) {}}))
	func() {
		lp := transport(env, 6)
		must(must(NewSolver(lp, nil)).Solve(context.Background()))
		m := bulk(env)
		must(must(NewSolver(m, must(NewOptions(env)))).Solve(context.Background())).Share()
	}()
	for k := 0; k < 200 && env.Memory() != 0; k++ {
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	}
	if held := env.Memory(); held != 0 {
		t.Fatalf("%d bytes are still held", held)
	}
}

func TestClosedObjectsAnswerErrState(t *testing.T) {
	lp, m, o := must(NewLP(nil)), must(NewModel(nil)), must(NewOptions(nil))
	s := must(NewSolver(lp, nil))
	r := must(s.Solve(context.Background()))
	for k := 0; k < 2; k++ { // twice is no mistake
		r.Close()
		s.Close()
		lp.Close()
		m.Close()
		o.Close()
	}
	_, solve := s.Solve(context.Background())
	_, x := r.X()
	_, copied := lp.Copy()
	_, column := lp.AddColumn("x", 1, 0, 1)
	_, rows := lp.AddRows(Rows{N: 1})
	_, pools := m.AddPools(NewPool("p", 1))
	_, bulk := m.AddPoolColumns(PoolColumns{N: 1})
	_, deleted := lp.DeleteRows([]int32{0})
	for k, err := range []error{solve, x, copied, column, rows, pools, bulk, deleted, lp.SetOffset(1),
		m.SetName("x"), o.Set("method", "dual"), lp.WriteMPS("x"), lp.WriteLP("x"), r.WriteBasis("x"), s.SetOptions(o),
		s.SetBasis(Basis{}), s.SetBackend(nil)} {
		if !errors.Is(err, ErrState) {
			t.Errorf("call %d: %v", k, err)
		}
	}
	if lp.NumRows() != 0 || r.Outcome() != Unsolved || m.Count(KindPool) != 0 || lp.Name() != "" {
		t.Error("getters of closed objects")
	}
	s.Reset()
}

func TestArraysOfWrongLengthAreRefused(t *testing.T) {
	lp, m := transport(nil, 2), must(NewModel(nil))
	_, columns := lp.AddColumns(Columns{N: 3, Cost: []float64{1, 2}})
	_, negative := lp.AddColumns(Columns{N: -1})
	_, starts := lp.AddRows(Rows{N: 1, Entries: Sparse{Start: []int64{0, 5}, Index: []int32{0}}})
	_, decreasing := lp.AddRows(Rows{N: 2, Entries: Sparse{Start: []int64{0, 9, 1}, Index: []int32{0}}})
	_, empty := lp.AddRows(Rows{N: 1, Entries: Sparse{Start: []int64{0, 1}, Index: []int32{0},
		Value: []float64{}}})
	_, names := lp.AddRows(Rows{N: 1, Names: []string{"a", "b"}})
	_, zero := lp.AddRow("a\x00b", 0, 0)
	_, entry := lp.AddRow("a", 0, 0, Entry{1 << 40, 1})
	_, capacity := m.AddPools(NewPool("p", 1, 1, 2, 3))
	_, place := m.Place(0, []int32{0}, []float64{1, 2})
	_, required := m.AddPlacementColumns(PlacementColumns{N: 2})
	_, links := m.AddPlacements(Placement{Demand: 0, Pool: -1, LinkUse: []float64{1}})
	_, columnRange := lp.GetColumns(1, 1<<40)
	_, entryRange := lp.GetEntries(-1, 1)
	for k, err := range []error{columns, negative, starts, decreasing, empty, names, zero, entry,
		capacity, place, required, links, columnRange, entryRange,
		lp.SetCosts([]int32{0, 1, 2}, []float64{1, 2}), lp.SetCosts([]int32{0}, nil),
		lp.SetColumnBounds([]int32{0, 1, 2}, []float64{1, 2}, nil),
		lp.SetCoefficients([]int32{0}, []int32{0, 1}, []float64{1}),
		lp.SetIntegers([]int32{0, 1, 2}, []bool{true, false}), lp.SetCosts(nil, []float64{math.NaN()}),
		must(NewSolver(lp, nil)).SetBasis(Basis{})} {
		if !errors.Is(err, ErrArg) {
			t.Errorf("call %d: %v", k, err)
		}
	}
	if lp.NumRows() != 4 || lp.NumColumns() != 4 {
		t.Error("a refused call changed the LP")
	}
}

func TestErrorsTellTheirPlace(t *testing.T) {
	lp := transport(nil, 2)
	err := lp.SetCosts([]int32{1}, []float64{math.Inf(1)})
	var e *Error
	if !errors.As(err, &e) || e.Code != ErrArg || e.Kind != KindColumn || e.Index != 1 || e.Text == "" {
		t.Errorf("%+v", e)
	}
	if errors.Is(err, ErrIO) {
		t.Error("an error is its own reason only")
	}
	_, err = ReadMPS(context.Background(), nil, filepath.Join(t.TempDir(), "none.mps"))
	if !errors.Is(err, ErrIO) {
		t.Error(err)
	}
	_, err = ReadLP(context.Background(), nil, filepath.Join(t.TempDir(), "none.lp"))
	if !errors.Is(err, ErrIO) {
		t.Error(err)
	}
	_, err = ParseLP(context.Background(), nil, []byte("min\n x + [ x ^ 2 ]\nend"))
	if !errors.As(err, &e) || e.Code != ErrUnsupported || e.Line != 2 || e.Column != 6 {
		t.Errorf("%+v", err)
	}
	_, err = ParseLP(context.Background(), nil, nil)
	if !errors.Is(err, ErrSyntax) {
		t.Error(err)
	}
	_, err = ParseModel(context.Background(), nil, []byte("{\n  \"pools\": [,\n"))
	if !errors.As(err, &e) || e.Code != ErrSyntax || e.Line != 2 {
		t.Errorf("%+v", err)
	}
	_, err = ParseMPS(context.Background(), nil, nil)
	if !errors.Is(err, ErrSyntax) {
		t.Error(err)
	}
}

func TestContextCancelsARunningSolve(t *testing.T) {
	s := must(NewSolver(transport(nil, 60), nil))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	calls := 0
	r, err := s.SolveWithin(ctx, Limits{Progress: func(Progress) bool {
		calls++
		if calls == 1 {
			cancel()
			time.Sleep(50 * time.Millisecond) // the watcher passes it on
		}
		return false
	}})
	if calls == 0 {
		t.Fatal("progress was never shown")
	}
	if !errors.Is(err, context.Canceled) || r == nil || r.Outcome() != Interrupted {
		t.Fatalf("%v %v", r, err)
	}
	r = must(s.Solve(context.Background())) // the cancel does not stick
	if r.Outcome() != Optimal {
		t.Fatal(r.Outcome())
	}
	late, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	if r = must(s.Solve(late)); r.Outcome() != Optimal || !must(r.Info()).Warm {
		t.Fatal("a solve with a deadline that is far")
	}
}

func TestLimits(t *testing.T) {
	lp := transport(nil, 40)
	s := must(NewSolver(lp, nil))
	if r := must(s.SolveWithin(context.Background(), Limits{Work: 100})); r.Outcome() != WorkLimit {
		t.Error(r.Outcome())
	}
	r := must(s.SolveWithin(context.Background(), Limits{Progress: func(Progress) bool { return true }}))
	if r.Outcome() != Interrupted {
		t.Error(r.Outcome())
	}
	if r := must(s.SolveWithin(context.Background(), Limits{Time: 1})); r.Outcome() != TimeLimit {
		t.Error(r.Outcome())
	}
	if _, err := s.SolveWithin(context.Background(), Limits{Time: -1}); !errors.Is(err, ErrArg) {
		t.Error(err)
	}
	if r := must(s.Solve(context.Background())); r.Outcome() != Optimal {
		t.Error("limits stick: ", r.Outcome())
	}
}

func TestPanicInProgress(t *testing.T) {
	s := must(NewSolver(transport(nil, 40), nil))
	defer func() {
		if thrown := recover(); thrown != "mine" {
			t.Errorf("%v", thrown)
		}
		if r := must(s.Solve(context.Background())); r.Outcome() != Optimal {
			t.Error(r.Outcome())
		}
	}()
	_, _ = s.SolveWithin(context.Background(), Limits{Progress: func(Progress) bool { panic("mine") }})
}

func TestLog(t *testing.T) {
	lines := 0
	env := must(NewEnv(EnvConfig{Log: func(_ LogLevel, line string) {
		if line != "" {
			lines++
		}
	}}))
	options := must(NewOptions(env))
	for _, option := range DescribeOptions() {
		if value := must(options.Get(option.Name)); value != option.Initial || option.Sentence == "" {
			t.Errorf("%+v is %s", option, value)
		}
		number := must(options.GetNumber(option.Name))
		if text, err := strconv.ParseFloat(option.Initial, 64); err == nil && number != text {
			t.Errorf("%s is %v, not %s", option.Name, number, option.Initial)
		}
		if option.Name == "log.level" {
			if err := options.Set(option.Name, "debug"); err != nil {
				t.Error(err)
			}
		}
	}
	s := must(NewSolver(transport(env, 10), options))
	env.Close()
	must(s.Solve(context.Background()))
	if lines == 0 {
		t.Error("nothing was logged")
	}
}

func TestBasisAndFiles(t *testing.T) {
	dir := t.TempDir()
	lp := transport(nil, 10)
	first := must(must(NewSolver(lp, nil)).Solve(context.Background()))
	path := filepath.Join(dir, "t.bas")
	if err := first.WriteBasis(path); err != nil {
		t.Fatal(err)
	}
	basis := must(first.Basis())
	if read := must(lp.ReadBasis(path)); len(read.Columns) != len(basis.Columns) {
		t.Fatal("sizes")
	}
	s := must(NewSolver(lp, nil))
	if err := s.SetBasis(basis); err != nil {
		t.Fatal(err)
	}
	again := must(s.Solve(context.Background()))
	if must(again.Info()).Iterations != 0 || again.Objective() != first.Objective() {
		t.Errorf("%+v", must(again.Info()))
	}
	mps := filepath.Join(dir, "t.mps")
	if err := lp.WriteMPS(mps); err != nil {
		t.Fatal(err)
	}
	content := must(os.ReadFile(mps))
	back := must(ParseMPSFrom(context.Background(), nil, bytes.NewReader(content)))
	n := lp.NumColumns()
	if !reflect.DeepEqual(must(back.GetEntries(0, n)), must(lp.GetEntries(0, n))) {
		t.Error("another matrix came back")
	}
	text := filepath.Join(dir, "t.lp")
	if err := lp.WriteLP(text); err != nil {
		t.Fatal(err)
	}
	back = must(ParseLPFrom(context.Background(), nil, bytes.NewReader(must(os.ReadFile(text)))))
	if !reflect.DeepEqual(must(back.GetEntries(0, n)), must(lp.GetEntries(0, n))) {
		t.Error("another matrix came back from LP")
	}
	if err := first.WriteSolution(filepath.Join(dir, "t.sol")); err != nil {
		t.Error(err)
	}
	copied := must(must(NewSolver(lp, nil)).Compiled(context.Background()))
	if copied.NumEntries() != lp.NumEntries() || must(lp.Copy()).NumRows() != lp.NumRows() {
		t.Error("copies")
	}
}

func TestRays(t *testing.T) {
	lp := must(NewLP(nil))
	x := must(lp.AddColumn("x", -1, 0, math.Inf(1)))
	must(lp.AddRow("r", 0, math.Inf(1), Entry{x, 1}))
	s := must(NewSolver(lp, nil))
	r := must(s.Solve(context.Background()))
	if ray := must(r.Ray()); r.Outcome() != Unbounded || len(ray) != 1 || ray[0] <= 0 {
		t.Error(r.Outcome(), ray)
	}
	must(lp.AddRow("below", math.Inf(-1), -1, Entry{x, 1}))
	r = must(s.Solve(context.Background()))
	if ray := must(r.Ray()); r.Outcome() != Infeasible || len(ray) != 2 || ray[1] >= 0 {
		t.Error(r.Outcome(), ray)
	}
	if _, err := r.Limits(); err != nil && !errors.Is(err, ErrState) {
		t.Error(err)
	}
	if _, err := r.Served(); err != nil && !errors.Is(err, ErrState) {
		t.Error(err)
	}
}

// Different problems in parallel, in one environment; one result read by all.
func TestGoroutines(t *testing.T) {
	env := must(NewEnv(EnvConfig{}))
	lp := transport(env, 8)
	one := must(must(NewSolver(lp, nil)).Solve(context.Background()))
	found := make(chan float64)
	const workers = 4
	for k := 0; k < workers; k++ {
		go func() {
			mine := transport(env, 8)
			s := must(NewSolver(mine, nil))
			r := must(s.Solve(context.Background()))
			if !reflect.DeepEqual(must(r.X()), must(one.X())) {
				t.Error("another point")
			}
			shared := one.Share()
			shared.Close()
			s.Close()
			mine.Close()
			found <- r.Objective()
		}()
	}
	for k := 0; k < workers; k++ {
		if objective := <-found; objective != one.Objective() {
			t.Errorf("%g, expected %g", objective, one.Objective())
		}
	}
	runtime.KeepAlive(lp)
}
