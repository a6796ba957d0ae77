package dcalloc

import (
	"context"
	"errors"
	"math/rand"
	"strings"
	"testing"
	"time"
)

// hard makes an LP of m rows and 2m columns, feasible at x = 1 and bounded, that takes seconds.
func hard(env *Env, m int) *LP {
	random := rand.New(rand.NewSource(1))
	lp := must(NewLP(env))
	n := 2 * m
	sums := make([]float64, m)
	cost := make([]float64, n)
	entries := Sparse{Start: []int64{0}}
	for j := range cost {
		cost[j] = float64(1 + random.Intn(100))
		for i := range sums {
			if random.Intn(20) == 0 {
				value := float64(random.Intn(13) - 3)
				sums[i] += value
				entries.Index, entries.Value = append(entries.Index, int32(i)), append(entries.Value, value)
			}
		}
		entries.Start = append(entries.Start, int64(len(entries.Index)))
	}
	must(lp.AddRows(Rows{N: m, Lower: sums}))
	must(lp.AddColumns(Columns{N: n, Cost: cost, Upper: []float64{10}, Entries: entries}))
	return lp
}

// latest is how long after a cancel or a deadline a call may still run.
const latest = 100 * time.Millisecond

// stopped solves under a context and gives how long after `end` it returned. The answer, if there is
// one, says that it was interrupted, and the error carries the reason of the context.
func stopped(t *testing.T, s *Solver, ctx context.Context, end func() time.Time, reason error) time.Duration {
	t.Helper()
	r, err := s.Solve(ctx)
	late := time.Since(end())
	if !errors.Is(err, reason) {
		t.Fatalf("expected %v, got %v", reason, err)
	}
	if r != nil { // nil when the context ended before the solve began
		if r.Outcome() != Interrupted {
			t.Fatalf("the outcome is %v", r.Outcome())
		}
		r.Close()
	}
	return late
}

// A large LP, cancelled without a progress function at several moments: presolve, both phases. The
// machine may be busy, so that the best of five counts.
func TestCancelStopsWithinATenthOfASecond(t *testing.T) {
	env := must(NewEnv(EnvConfig{}))
	lp := hard(env, 1500)
	s := must(NewSolver(lp, nil))
	for _, delay := range []time.Duration{1, 20, 60, 150} {
		best := time.Hour
		for k := 0; k < 5 && best > latest; k++ {
			s.Reset()
			ctx, cancel := context.WithCancel(context.Background())
			cancelled := make(chan time.Time, 1)
			time.AfterFunc(delay*time.Millisecond, func() {
				cancelled <- time.Now()
				cancel()
			})
			late := stopped(t, s, ctx, func() time.Time { return <-cancelled }, context.Canceled)
			if late < best {
				best = late
			}
		}
		t.Logf("cancelled after %d ms: %v later", delay, best)
		if best > latest {
			t.Errorf("cancelled after %d ms: %v later", delay, best)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	end, _ := ctx.Deadline()
	late := stopped(t, s, ctx, func() time.Time { return end }, context.DeadlineExceeded)
	t.Logf("deadline: %v later", late)
	s.Close()
	lp.Close()
	if env.Memory() != 0 {
		t.Errorf("%d bytes are still held", env.Memory())
	}
}

// A context that has ended already stops every call that takes one, before it does anything.
func TestContextsThatHaveEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	lp, m := transport(nil, 2), must(NewModel(nil))
	s := must(NewSolver(lp, nil))
	_, solve := s.Solve(ctx)
	_, within := s.SolveWithin(ctx, Limits{Work: 1})
	_, conflict := s.FindConflict(ctx, Untouchables{})
	_, compiled := must(NewSolver(m, nil)).Compiled(ctx)
	_, readMPS := ReadMPS(ctx, nil, "none")
	_, parseMPS := ParseMPS(ctx, nil, []byte("NAME"))
	_, fromMPS := ParseMPSFrom(ctx, nil, strings.NewReader("NAME"))
	_, readModel := ReadModel(ctx, nil, "none")
	_, parseModel := ParseModel(ctx, nil, []byte("{}"))
	for k, err := range []error{solve, within, conflict, compiled, readMPS, parseMPS, fromMPS,
		readModel, parseModel} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("call %d: %v", k, err)
		}
	}
}
