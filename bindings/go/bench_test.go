package dcalloc

import (
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// The figure: what an edit and a solve of a tiny problem cost over the same calls in C, which
// bench/micro/round_trip.c makes.

const (
	mostOverC = 5 * time.Microsecond
	batches   = 40
	rounds    = 500
)

// trip is a problem, its solver, and an edit that says what the objective must be then.
type trip struct {
	solver *Solver
	edit   func(k int) float64
}

func tripLP() trip {
	lp := small()
	if err := lp.SetOffset(0); err != nil {
		panic(err)
	}
	row, upper := []int32{0}, []float64{0}
	return trip{must(NewSolver(lp, nil)), func(k int) float64 {
		upper[0] = 4 + 0.1*float64(k%7)
		if err := lp.SetRowBounds(row, nil, upper); err != nil {
			return math.NaN()
		}
		return 3*3 + 2*(upper[0]-3)
	}}
}

func tripModel() trip {
	m := must(NewModel(nil))
	must(m.AddResource("gpu", ""))
	must(m.AddPools(NewPool("", 4, 0, 2)))
	must(m.AddDemands(NewDemand("", 1, 0, 2)))
	must(m.Place(0, nil, nil))
	return trip{must(NewSolver(m, nil)), func(k int) float64 {
		amount := float64(5 + k%7)
		if err := m.SetDemandAmount(0, amount); err != nil {
			return math.NaN()
		}
		return amount - 4
	}}
}

// round edits, solves, reads the objective and closes the result.
func (p trip) round(t testing.TB, ctx context.Context, k int) {
	expected := p.edit(k)
	r, err := p.solver.Solve(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if objective := r.Objective(); !(math.Abs(objective-expected) <= 1e-9) {
		t.Fatalf("the objective is %g, expected %g", objective, expected)
	}
	r.Close()
}

// fastest gives the mean of a round in the fastest batch.
func (p trip) fastest(t testing.TB, ctx context.Context) time.Duration {
	best := time.Hour
	for batch := 0; batch < batches; batch++ {
		begin := time.Now()
		for k := 0; k < rounds; k++ {
			p.round(t, ctx, k)
		}
		if took := time.Since(begin) / rounds; took < best {
			best = took
		}
	}
	return best
}

// inC runs the loops in C.
func inC(t testing.TB) (lp, model time.Duration) {
	program, err := filepath.Abs("../../build/release/bench/bench_round_trip")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("bench_round_trip is not built")
	}
	said, err := exec.Command(program).CombinedOutput()
	found := regexp.MustCompile(`LP ([\d.]+) us, model ([\d.]+) us`).FindSubmatch(said)
	if err != nil || found == nil {
		t.Fatalf("bench_round_trip: %v: %s", err, said)
	}
	read := func(text []byte) time.Duration {
		return time.Duration(1000 * must(strconv.ParseFloat(string(text), 64)))
	}
	return read(found[1]), read(found[2])
}

func TestRoundTripOverC(t *testing.T) {
	if raceDetector || testing.Short() {
		t.Skip("a figure, not to be taken under the race detector or in haste")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	lpInC, modelInC := inC(t)
	trips := []struct {
		what string
		trip trip
		ctx  context.Context
		inC  *time.Duration
		inGo time.Duration
	}{
		{"LP", tripLP(), context.Background(), &lpInC, 0},
		{"LP, context that can be cancelled", tripLP(), ctx, &lpInC, 0},
		{"model", tripModel(), context.Background(), &modelInC, 0},
		{"model, context that can be cancelled", tripModel(), ctx, &modelInC, 0},
	}
	for k := range trips {
		trips[k].inGo = trips[k].trip.fastest(t, trips[k].ctx)
	}
	// Again: had C been slow for a moment before, what Go adds would be hidden.
	lpAgain, modelAgain := inC(t)
	if lpAgain < lpInC {
		lpInC = lpAgain
	}
	if modelAgain < modelInC {
		modelInC = modelAgain
	}
	for _, one := range trips {
		over := one.inGo - *one.inC
		t.Logf("%s: %v in Go, %v in C, %v over it", one.what, one.inGo, *one.inC, over)
		if over > mostOverC {
			t.Errorf("%s: %v over the C calls, at most %v", one.what, over, mostOverC)
		}
	}
}

func benchmark(b *testing.B, p trip, ctx context.Context) {
	b.ReportAllocs()
	for k := 0; k < b.N; k++ {
		p.round(b, ctx, k)
	}
}

func BenchmarkLP(b *testing.B)    { benchmark(b, tripLP(), context.Background()) }
func BenchmarkModel(b *testing.B) { benchmark(b, tripModel(), context.Background()) }

func BenchmarkCancellableLP(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	benchmark(b, tripLP(), ctx)
}
