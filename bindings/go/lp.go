package dcalloc

// #include "shim.h"
import "C"

import (
	"math"
	"runtime"
	"sync"
)

// LP is a linear programme with names, built and edited in place:
//
//	minimise or maximise  c'x + c0   subject to   rl <= A x <= ru,   l <= x <= u
//
// Rows and columns are numbered from 0 in the order they are added. Costs and coefficients are
// finite; lower bounds may be -Inf and upper bounds +Inf; NaN is refused everywhere. Every edit is
// all or nothing, and the next solve of each solver on this LP starts from its last basis.
type LP struct {
	c      *C.dca_lp
	env    *C.dca_env // alive as long as c
	log    *sink
	family *family
}

// family is a problem and its solvers, which one goroutine uses at a time. A finaliser runs in a
// goroutine of its own: it leaves a solver here, for the next call of the family to free.
type family struct {
	mutex  sync.Mutex
	solver []*C.dca_solver
}

func newFamily() *family {
	f := &family{}
	runtime.SetFinalizer(f, (*family).bury)
	return f
}

func (f *family) leave(solver *C.dca_solver) {
	f.mutex.Lock()
	f.solver = append(f.solver, solver)
	f.mutex.Unlock()
}

func (f *family) bury() {
	f.mutex.Lock()
	for _, solver := range f.solver {
		C.dca_solver_free(solver)
	}
	f.solver = nil
	f.mutex.Unlock()
}

// Entry is a coefficient of a row or column.
type Entry struct {
	Index int
	Value float64
}

// Sparse holds compressed lists: list k has the entries Start[k] up to Start[k+1]. The zero Sparse
// stands for empty lists.
type Sparse struct {
	Start []int64   // [n+1], nondecreasing
	Index []int32   // [Start[n]]
	Value []float64 // [Start[n]], nil: all 1
}

// check refuses what would make C read beyond an array.
func (s Sparse) check(op string, n int) error {
	if s.Start == nil {
		return nil
	}
	if len(s.Start) != n+1 {
		return refuse(op, "start has %d offsets, expected %d", len(s.Start), n+1)
	}
	if s.Start[0] < 0 {
		return refuse(op, "start begins with %d", s.Start[0])
	}
	for k := 0; k < n; k++ {
		if s.Start[k+1] < s.Start[k] {
			return refuse(op, "start decreases at %d", k+1)
		}
	}
	end := s.Start[n]
	if int64(len(s.Index)) < end || s.Value != nil && int64(len(s.Value)) < end {
		return refuse(op, "the lists end at %d beyond their %d indices and %d values", end,
			len(s.Index), len(s.Value))
	}
	if s.Value != nil && len(s.Value) == 0 && end > 0 {
		return refuse(op, "values are empty")
	}
	return nil
}

// Columns are columns in bulk. A slice is nil for the default, has one value for all, or N values.
type Columns struct {
	N       int
	Cost    []float64 // default 0
	Lower   []float64 // default 0
	Upper   []float64 // default +Inf
	Integer []bool    // default false
	Names   []string  // [N] or nil; "" leaves a column unnamed
	Entries Sparse    // row indices and values, one list per column
}

// Rows are rows in bulk.
type Rows struct {
	N       int
	Lower   []float64 // default -Inf
	Upper   []float64 // default +Inf
	Names   []string
	Entries Sparse // column indices and values, one list per row
}

// NewLP makes an LP without rows and columns, to be minimised; env may be nil.
func NewLP(env *Env) (*LP, error) {
	env, err := orShared(env, "new LP")
	if err != nil {
		return nil, err
	}
	defer runtime.KeepAlive(env)
	var raw *C.dca_lp
	if status := C.dca_lp_new(env.c, &raw); status != C.DCA_OK {
		return nil, failed(status, "new LP", nil)
	}
	return adoptLP(raw, env.c, env.log), nil
}

func adoptLP(raw *C.dca_lp, env *C.dca_env, log *sink) *LP {
	l := &LP{c: raw, env: env, log: log, family: newFamily()}
	runtime.SetFinalizer(l, (*LP).Close)
	return l
}

// Copy makes an independent copy.
func (l *LP) Copy() (*LP, error) {
	defer runtime.KeepAlive(l)
	var raw *C.dca_lp
	if status := C.dca_lp_copy(l.c, &raw); status != C.DCA_OK {
		return nil, l.failed(status, "copy LP")
	}
	return adoptLP(raw, l.env, l.log), nil
}

// Close releases the LP; its solvers and results stay usable.
func (l *LP) Close() {
	runtime.SetFinalizer(l, nil)
	l.family.bury()
	C.dca_lp_free(l.c)
	l.c = nil
}

func (l *LP) failed(status C.dca_status, op string) error {
	if l.c == nil {
		return closed(op, "LP")
	}
	details := newCError()
	C.dca_lp_error(l.c, &details)
	return failed(status, op, &details)
}

func (l *LP) done(status C.dca_status, op string) error {
	if status == C.DCA_OK {
		return nil
	}
	return l.failed(status, op)
}

func split(entries []Entry) ([]int32, []float64) {
	at, by := make([]int32, len(entries)), make([]float64, len(entries))
	for k, entry := range entries {
		at[k], by[k] = narrow(entry.Index), entry.Value
	}
	return at, by
}

// narrow gives an index that no call takes for what is no 32-bit index.
func narrow(index int) int32 {
	if index != int(int32(index)) {
		return math.MinInt32
	}
	return int32(index)
}

func index(at int) C.dca_index { return C.dca_index(narrow(at)) }

// AddColumn appends a column, with entries in rows that exist, and returns its index. An empty name
// leaves it unnamed.
func (l *LP) AddColumn(name string, cost, lower, upper float64, entries ...Entry) (int, error) {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "add column")
	if err != nil {
		return -1, err
	}
	at, by := split(entries)
	out := C.dca_index(-1)
	status := C.dca_lp_add_column(l.c, cname, C.double(cost), C.double(lower), C.double(upper),
		C.dca_index(len(at)), indexAt(at), float64At(by), &out)
	return int(out), l.done(status, "add column")
}

// AddRow appends a row, with entries in columns that exist, and returns its index.
func (l *LP) AddRow(name string, lower, upper float64, entries ...Entry) (int, error) {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "add row")
	if err != nil {
		return -1, err
	}
	at, by := split(entries)
	out := C.dca_index(-1)
	status := C.dca_lp_add_row(l.c, cname, C.double(lower), C.double(upper),
		C.dca_index(len(at)), indexAt(at), float64At(by), &out)
	return int(out), l.done(status, "add row")
}

func checkNames(op string, n int, names []string) error {
	if len(names) != 0 && len(names) != n {
		return refuse(op, "there are %d names, expected %d", len(names), n)
	}
	for _, name := range names {
		if err := noZero(name, op); err != nil {
			return err
		}
	}
	return nil
}

// checkBulk checks what the columnar calls have in common.
func checkBulk(op string, n int, named map[string]int, names []string, lists ...Sparse) error {
	if n < 0 || narrow(n) < 0 {
		return refuse(op, "n is %d", n)
	}
	if err := lengths(op, n, named); err != nil {
		return err
	}
	for _, one := range lists {
		if err := one.check(op, n); err != nil {
			return err
		}
	}
	return checkNames(op, n, names)
}

// AddColumns appends columns, all or none, in one crossing, and returns the index of the first.
func (l *LP) AddColumns(columns Columns) (int, error) {
	defer runtime.KeepAlive(l)
	const op = "add columns"
	err := checkBulk(op, columns.N, map[string]int{
		"cost": len(columns.Cost), "lower": len(columns.Lower), "upper": len(columns.Upper),
		"integer": len(columns.Integer)}, columns.Names, columns.Entries)
	if err != nil {
		return -1, err
	}
	if l.c == nil {
		return -1, closed(op, "LP")
	}
	a := arena{env: l.env}
	defer a.free()
	raw := C.dca_lp_columns{
		struct_size: C.sizeof_dca_lp_columns,
		n:           C.dca_index(columns.N),
		cost:        a.doubles(columns.Cost),
		lower:       a.doubles(columns.Lower),
		upper:       a.doubles(columns.Upper),
		integer:     a.bools(columns.Integer),
		name:        a.texts(columns.Names),
		entries:     a.sparse(columns.Entries),
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := C.dca_lp_add_columns(l.c, &raw, &out)
	return int(out), l.done(status, op)
}

// AddRows appends rows, all or none, in one crossing, and returns the index of the first.
func (l *LP) AddRows(rows Rows) (int, error) {
	defer runtime.KeepAlive(l)
	const op = "add rows"
	err := checkBulk(op, rows.N, map[string]int{
		"lower": len(rows.Lower), "upper": len(rows.Upper)}, rows.Names, rows.Entries)
	if err != nil {
		return -1, err
	}
	if l.c == nil {
		return -1, closed(op, "LP")
	}
	a := arena{env: l.env}
	defer a.free()
	raw := C.dca_lp_rows{
		struct_size: C.sizeof_dca_lp_rows,
		n:           C.dca_index(rows.N),
		lower:       a.doubles(rows.Lower),
		upper:       a.doubles(rows.Upper),
		name:        a.texts(rows.Names),
		entries:     a.sparse(rows.Entries),
	}
	if a.full {
		return -1, outOfMemory(op)
	}
	out := C.dca_index(-1)
	status := C.dca_lp_add_rows(l.c, &raw, &out)
	return int(out), l.done(status, op)
}

// SetSense sets the direction of the objective.
func (l *LP) SetSense(sense Sense) error {
	defer runtime.KeepAlive(l)
	return l.done(C.dca_lp_set_sense(l.c, C.dca_sense(sense)), "set sense")
}

// SetOffset sets the constant c0 of the objective.
func (l *LP) SetOffset(offset float64) error {
	defer runtime.KeepAlive(l)
	return l.done(C.dca_lp_set_offset(l.c, C.double(offset)), "set offset")
}

// SetName names the problem; "": no name.
func (l *LP) SetName(name string) error {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "set name")
	if err != nil {
		return err
	}
	return l.done(C.dca_lp_set_name(l.c, cname), "set name")
}

// SetObjectiveName names the objective row in files; "": "obj".
func (l *LP) SetObjectiveName(name string) error {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "set objective name")
	if err != nil {
		return err
	}
	return l.done(C.dca_lp_set_objective_name(l.c, cname), "set objective name")
}

// SetRowName names a row; "": no name.
func (l *LP) SetRowName(row int, name string) error {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "set row name")
	if err != nil {
		return err
	}
	return l.done(C.dca_lp_set_row_name(l.c, index(row), cname), "set row name")
}

// SetColumnName names a column; "": no name.
func (l *LP) SetColumnName(column int, name string) error {
	defer runtime.KeepAlive(l)
	cname, err := optional(name, "set column name")
	if err != nil {
		return err
	}
	return l.done(C.dca_lp_set_column_name(l.c, index(column), cname), "set column name")
}

// count gives the number of objects that an edit is about: those listed, or 0 .. n-1.
func count(list []int32, lengths ...int) int {
	if list != nil {
		return len(list)
	}
	n := 0
	for _, length := range lengths {
		if length > n {
			n = length
		}
	}
	return n
}

// SetCosts sets the costs of columns in one crossing. columns nil stands for 0 .. len(costs)-1; one
// cost stands for all columns listed.
func (l *LP) SetCosts(columns []int32, costs []float64) error {
	defer runtime.KeepAlive(l)
	n := count(columns, len(costs))
	if len(costs) != n && len(costs) != 1 {
		return refuse("set costs", "there are %d costs for %d columns", len(costs), n)
	}
	status := C.go_lp_set_costs(l.c, C.dca_index(n), indexAt(columns), float64At(costs),
		C.size_t(len(costs)))
	return l.done(status, "set costs")
}

func checkSides(op string, n, lower, upper int) error {
	for _, length := range []int{lower, upper} {
		if length > 1 && length != n {
			return refuse(op, "there are %d bounds for %d objects", length, n)
		}
	}
	return nil
}

// SetColumnBounds sets bounds of columns in one crossing, as [LP.SetCosts]; a nil side stays.
func (l *LP) SetColumnBounds(columns []int32, lower, upper []float64) error {
	defer runtime.KeepAlive(l)
	n := count(columns, len(lower), len(upper))
	if err := checkSides("set column bounds", n, len(lower), len(upper)); err != nil {
		return err
	}
	status := C.go_lp_set_column_bounds(l.c, C.dca_index(n), indexAt(columns), float64At(lower),
		C.size_t(len(lower)), float64At(upper), C.size_t(len(upper)))
	return l.done(status, "set column bounds")
}

// SetRowBounds sets bounds of rows in one crossing, as [LP.SetCosts]; a nil side stays.
func (l *LP) SetRowBounds(rows []int32, lower, upper []float64) error {
	defer runtime.KeepAlive(l)
	n := count(rows, len(lower), len(upper))
	if err := checkSides("set row bounds", n, len(lower), len(upper)); err != nil {
		return err
	}
	status := C.go_lp_set_row_bounds(l.c, C.dca_index(n), indexAt(rows), float64At(lower),
		C.size_t(len(lower)), float64At(upper), C.size_t(len(upper)))
	return l.done(status, "set row bounds")
}

// SetIntegers marks columns as integer or continuous; one mark stands for all columns listed.
func (l *LP) SetIntegers(columns []int32, integer []bool) error {
	defer runtime.KeepAlive(l)
	n := count(columns, len(integer))
	if len(integer) != n && len(integer) != 1 {
		return refuse("set integers", "there are %d marks for %d columns", len(integer), n)
	}
	marks := make([]int32, len(integer))
	for k, set := range integer {
		marks[k] = truth(set)
	}
	status := C.go_lp_set_integers(l.c, C.dca_index(n), indexAt(columns),
		firstOf[C.int32_t](marks), C.size_t(len(marks)))
	return l.done(status, "set integers")
}

// SetCoefficients sets A[rows[k], columns[k]] = values[k] in one crossing; zero removes the entry.
func (l *LP) SetCoefficients(rows, columns []int32, values []float64) error {
	defer runtime.KeepAlive(l)
	if len(rows) != len(values) || len(columns) != len(values) {
		return refuse("set coefficients", "there are %d rows, %d columns and %d values", len(rows),
			len(columns), len(values))
	}
	status := C.dca_lp_set_coefficients(l.c, C.dca_nnz(len(values)), indexAt(rows),
		indexAt(columns), float64At(values))
	return l.done(status, "set coefficients")
}

// DeleteRows deletes rows; the rest keep their order. It returns each row's new index, or -1.
func (l *LP) DeleteRows(rows []int32) ([]int32, error) {
	defer runtime.KeepAlive(l)
	moved := make([]int32, l.NumRows())
	status := C.dca_lp_delete_rows(l.c, C.dca_index(len(rows)), indexAt(rows), indexAt(moved))
	return moved, l.done(status, "delete rows")
}

// DeleteColumns deletes columns; the rest keep their order. It returns each column's new index, or
// -1.
func (l *LP) DeleteColumns(columns []int32) ([]int32, error) {
	defer runtime.KeepAlive(l)
	moved := make([]int32, l.NumColumns())
	status := C.dca_lp_delete_columns(l.c, C.dca_index(len(columns)), indexAt(columns),
		indexAt(moved))
	return moved, l.done(status, "delete columns")
}
