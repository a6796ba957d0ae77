package dcalloc

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
)

func TestVersionAndCapabilities(t *testing.T) {
	major, minor, patch := Version()
	same(t, "version", []int{major, minor, patch}, []int{0, 1, 0})
	words := " " + strings.Join(Capabilities(), " ") + " "
	for _, word := range []string{"simplex", "mps", "lp", "json"} {
		if !strings.Contains(words, " "+word+" ") {
			t.Errorf("%s is missing in %q", word, words)
		}
	}
}

// max 3x + 2y + 1, x + y <= 4, x + 3y <= 8, x <= 3.
func small() *LP {
	lp := must(NewLP(nil))
	must(lp.AddColumns(Columns{N: 2, Cost: []float64{3, 2}, Upper: []float64{3, math.Inf(1)},
		Names: []string{"x", "y"}}))
	must(lp.AddRows(Rows{N: 2, Upper: []float64{4, 8}, Names: []string{"a", "b"},
		Entries: Sparse{[]int64{0, 2, 4}, []int32{0, 1, 0, 1}, []float64{1, 1, 1, 3}}}))
	for _, err := range []error{lp.SetSense(Maximise), lp.SetOffset(1)} {
		if err != nil {
			panic(err)
		}
	}
	return lp
}

func TestNamesOfAnLP(t *testing.T) {
	lp := small()
	before := lp.Revision()
	check(t, lp.SetName("whole"), lp.SetObjectiveName("worth"), lp.SetRowName(1, "bandwidth"),
		lp.SetColumnName(0, "served"), lp.SetRowName(0, ""))
	if lp.Revision() <= before {
		t.Error("the revision stands still")
	}
	same(t, "names", []string{lp.Name(), lp.ObjectiveName(), lp.RowName(0), lp.RowName(1),
		lp.ColumnName(0), lp.ColumnName(1), lp.ColumnName(2)},
		[]string{"whole", "worth", "", "bandwidth", "served", "y", ""})
	same(t, "found", []int{lp.FindRow("bandwidth"), lp.FindRow("b"), lp.FindColumn("served"),
		lp.FindColumn("x"), lp.FindColumn("a\x00b")}, []int{1, -1, 0, -1, -1})
	if err := lp.SetColumnName(1, "served"); !errors.Is(err, ErrArg) {
		t.Error("a name that is taken:", err)
	}
	check(t, lp.SetName(""), lp.SetObjectiveName(""))
	same(t, "no names", lp.Name()+lp.ObjectiveName(), "")
}

func TestWhatIsSetIsRead(t *testing.T) {
	lp := small()
	same(t, "objective", []float64{float64(lp.Sense()), lp.Offset()}, []float64{float64(Maximise), 1})
	check(t, lp.SetColumnBounds([]int32{1}, []float64{-1}, []float64{5}),
		lp.SetColumnBounds([]int32{0}, nil, []float64{2}), lp.SetRowBounds(nil, []float64{-9}, nil),
		lp.SetIntegers([]int32{1}, []bool{true}), lp.SetCosts(nil, []float64{7, 8}),
		lp.SetCoefficients([]int32{1, 0}, []int32{1, 0}, []float64{0, 6}))
	columns, rows := must(lp.GetColumns(0, 2)), must(lp.GetRows(0, 2))
	same(t, "columns", columns, Columns{N: 2, Cost: []float64{7, 8}, Lower: []float64{0, -1},
		Upper: []float64{2, 5}, Integer: []bool{false, true}, Names: []string{"x", "y"}})
	same(t, "the first row", []float64{rows.Lower[0], rows.Upper[0]}, []float64{-9, 4})
	same(t, "integers", lp.NumIntegers(), 1)
	same(t, "entries", must(lp.GetEntries(0, 2)),
		Sparse{[]int64{0, 2, 3}, []int32{0, 1, 0}, []float64{6, 1, 1}})
	s := must(NewSolver(lp, nil))
	if _, err := s.Solve(context.Background()); !errors.Is(err, ErrUnsupported) {
		t.Error("integer marks:", err)
	}
	same(t, "deleted", must(lp.DeleteColumns([]int32{0})), []int32{-1, 0})
	check(t, lp.SetIntegers(nil, []bool{false}))
	r := must(s.Solve(context.Background()))
	// 8y + 1, y <= 4 by the first row.
	same(t, "objective", r.Objective(), 33.0)
}
