package dcalloc

// #include "shim.h"
import "C"

import (
	"runtime"
	"time"
)

// Result is one immutable answer; goroutines may share it. It holds values and names, but neither
// problem nor solver. A value that the answer does not have (no basis, no ray, not a model) is
// [ErrState].
//
// Signs, in both senses: c = A'y + d, y_i is the change of the objective with the bound of row i
// that binds, d_j that with the bound of column j, in the objective's own sense.
type Result struct {
	c   *C.dca_result
	log *sink
}

// Certificate is how an answer was checked, on the caller's own numbers.
type Certificate struct {
	Kind            CertificateKind
	Valid           bool
	Rounded         bool    // a free column needed the 2^-36 rule
	PrimalViolation float64 // largest violation of a row or bound
	DualViolation   float64 // largest wrong-signed reduced cost or price
	RelativeGap     float64
	DualBound       float64 // no feasible point is better than this
}

// SolveInfo is how the answer came about.
type SolveInfo struct {
	Warm             bool  // started from the last basis
	Iterations       int64 // simplex iterations, all phases and tiers
	Work             int64 // matrix entries touched
	Time             time.Duration
	Rows             int
	Columns          int
	Entries          int64
	PresolvedRows    int // what the simplex saw
	PresolvedColumns int
	PresolvedEntries int64
	Method           string // "dual", "primal", ...
	Note             string // why cold, why this method; may be empty
}

func adoptResult(raw *C.dca_result, log *sink) *Result {
	r := &Result{c: raw, log: log}
	runtime.SetFinalizer(r, (*Result).Close)
	return r
}

// Share gives another owner of the same answer, closed on its own.
func (r *Result) Share() *Result {
	defer runtime.KeepAlive(r)
	return adoptResult(C.dca_result_retain(r.c), r.log)
}

// Close releases the result.
func (r *Result) Close() {
	runtime.SetFinalizer(r, nil)
	C.dca_result_free(r.c)
	r.c = nil
}

func (r *Result) done(status C.dca_status, op string) error {
	if status != C.DCA_OK && r.c == nil {
		return closed(op, "result")
	}
	return plain(status, op)
}

// Outcome is what is proven.
func (r *Result) Outcome() Outcome {
	defer runtime.KeepAlive(r)
	return Outcome(C.dca_result_outcome(r.c))
}

// Objective is the objective in its own sense, of the first tier for models; NaN without a point.
func (r *Result) Objective() float64 {
	defer runtime.KeepAlive(r)
	return float64(C.dca_result_objective(r.c))
}

// Certificate tells how the answer was checked.
func (r *Result) Certificate() (Certificate, error) {
	defer runtime.KeepAlive(r)
	raw := C.dca_certificate{struct_size: C.sizeof_dca_certificate}
	if status := C.dca_result_certificate(r.c, &raw); status != C.DCA_OK {
		return Certificate{}, r.done(status, "certificate")
	}
	return Certificate{CertificateKind(raw.kind), raw.valid != 0, raw.rounded != 0,
		float64(raw.primal_violation), float64(raw.dual_violation), float64(raw.relative_gap),
		float64(raw.dual_bound)}, nil
}

// Info tells how the answer came about.
func (r *Result) Info() (SolveInfo, error) {
	defer runtime.KeepAlive(r)
	raw := C.dca_solve_info{struct_size: C.sizeof_dca_solve_info}
	if status := C.dca_result_info(r.c, &raw); status != C.DCA_OK {
		return SolveInfo{}, r.done(status, "info")
	}
	return SolveInfo{
		Warm:             raw.warm != 0,
		Iterations:       int64(raw.iterations),
		Work:             int64(raw.work),
		Time:             time.Duration(float64(raw.seconds) * float64(time.Second)),
		Rows:             int(raw.rows),
		Columns:          int(raw.columns),
		Entries:          int64(raw.entries),
		PresolvedRows:    int(raw.presolved_rows),
		PresolvedColumns: int(raw.presolved_columns),
		PresolvedEntries: int64(raw.presolved_entries),
		Method:           text(&raw.method[0]),
		Note:             text(&raw.note[0]),
	}, nil
}

// NumRows is the number of rows that were solved.
func (r *Result) NumRows() int {
	defer runtime.KeepAlive(r)
	return int(C.dca_result_num_rows(r.c))
}

// NumColumns is the number of columns that were solved.
func (r *Result) NumColumns() int {
	defer runtime.KeepAlive(r)
	return int(C.dca_result_num_columns(r.c))
}

// X gives the column values.
func (r *Result) X() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.NumColumns())
	status := C.dca_result_get_x(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "x"))
}

// Activity gives the row activities A x.
func (r *Result) Activity() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.NumRows())
	status := C.dca_result_get_activity(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "activity"))
}

// Y gives the row prices.
func (r *Result) Y() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.NumRows())
	status := C.dca_result_get_y(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "y"))
}

// D gives the reduced costs.
func (r *Result) D() ([]float64, error) {
	defer runtime.KeepAlive(r)
	out := make([]float64, r.NumColumns())
	status := C.dca_result_get_d(r.c, 0, C.dca_index(len(out)), float64At(out))
	return kept(out, r.done(status, "d"))
}

// Basis gives the states of all columns and rows.
func (r *Result) Basis() (Basis, error) {
	defer runtime.KeepAlive(r)
	out := Basis{make([]BasisStatus, r.NumColumns()), make([]BasisStatus, r.NumRows())}
	status := C.dca_result_get_basis(r.c, byteAt(out.Columns), byteAt(out.Rows))
	if status != C.DCA_OK {
		return Basis{}, r.done(status, "basis")
	}
	return out, nil
}

// Ray gives the Farkas multipliers of the rows when infeasible, and the direction of the columns
// when unbounded.
func (r *Result) Ray() ([]float64, error) {
	defer runtime.KeepAlive(r)
	room := r.NumRows()
	if n := r.NumColumns(); n > room {
		room = n
	}
	out := make([]float64, room)
	if status := C.dca_result_get_ray(r.c, float64At(out)); status != C.DCA_OK {
		return nil, r.done(status, "ray")
	}
	if r.Outcome() == Unbounded {
		return out[:r.NumColumns()], nil
	}
	return out[:r.NumRows()], nil
}

// kept gives no half-filled array beside an error.
func kept[T any](out []T, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	return out, nil
}
