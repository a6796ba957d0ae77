package dcalloc

import (
	"context"
	"errors"
	"math"
	"testing"
)

// What cannot hold together in a model: the demand and the pool that it may use, nothing else.
func TestConflictOfAModel(t *testing.T) {
	ctx := context.Background()
	m := must(NewModel(nil))
	must(m.AddResource("gpu", "GPU"))
	must(m.AddPools(NewPool("a100", 2, 0, 8), NewPool("other", 5, 0, 8)))
	train := NewDemand("train", 3, 0, 8)
	train.Hard, train.Unit = true, "job"
	must(m.AddDemands(train))
	must(m.AddPlacements(NewPlacement(0, 0)))
	s := must(NewSolver(m, nil))
	r := must(s.FindConflict(ctx, Untouchables{}))
	same(t, "outcome", r.Outcome(), Infeasible)
	conflict := must(r.Conflict())
	same(t, "conflict", conflict, Conflict{[]Member{
		{KindPool, 0, 1, 0, false, 16, "gpu of pool 'a100' is limited to 16 GPU"},
		{KindDemand, 0, -1, 0, false, 3, "demand 'train' insists on 3 job"}}, true})
	if _, err := must(s.Solve(ctx)).Conflict(); !errors.Is(err, ErrState) {
		t.Error(err)
	}
	if _, err := s.FindConflict(ctx, Untouchables{Rows: []Untouchable{0}}); !errors.Is(err, ErrArg) {
		t.Error(err)
	}
}

// x + y >= 5 with x, y <= 2, asked for twice: the row that may not give is the one that is told.
func TestConflictOfAnLP(t *testing.T) {
	ctx := context.Background()
	l := must(NewLP(nil))
	for k := 0; k < 2; k++ {
		must(l.AddRow("", 5, math.Inf(1)))
	}
	for k := 0; k < 2; k++ {
		must(l.AddColumn("", 0, 0, 2, Entry{0, 1}, Entry{1, 1}))
	}
	s := must(NewSolver(l, nil))
	for row := 0; row < 2; row++ {
		marks := Untouchables{Rows: make([]Untouchable, 2)}
		marks.Rows[row] = UntouchableLower
		conflict := must(must(s.FindConflict(ctx, marks)).Conflict())
		same(t, "members", len(conflict.Members), 3)
		last := conflict.Members[2]
		same(t, "row", []any{last.Kind, last.Index, last.Side, last.Untouchable, last.Limit},
			[]any{KindRow, row, -1, true, 5.0})
	}
	if _, err := s.FindConflict(ctx, Untouchables{Rows: make([]Untouchable, 5)}); !errors.Is(err, ErrArg) {
		t.Error(err)
	}
}
