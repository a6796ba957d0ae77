package dcalloc

// #include "shim.h"
import "C"

import (
	"context"
	"fmt"
	"runtime"
	"unsafe"
)

// Problem is what can be solved: an [LP] or a [Model].
type Problem interface {
	newSolver(options *C.dca_options, out **C.dca_solver, details *C.dca_error) C.dca_status
	household() (*family, *C.dca_env, *sink, bool)
}

func (l *LP) newSolver(options *C.dca_options, out **C.dca_solver, details *C.dca_error) C.dca_status {
	return C.dca_solver_new_lp(l.c, options, out, details)
}

func (l *LP) household() (*family, *C.dca_env, *sink, bool) {
	return l.family, l.env, l.log, l.c != nil
}

func (m *Model) newSolver(options *C.dca_options, out **C.dca_solver, details *C.dca_error) C.dca_status {
	return C.dca_solver_new_model(m.c, options, out, details)
}

func (m *Model) household() (*family, *C.dca_env, *sink, bool) {
	return m.family, m.env, m.log, m.c != nil
}

// Solver solves a problem, and solves it again after edits, warm from its last basis. Several
// solvers may follow one problem.
type Solver struct {
	c       *C.dca_solver
	env     *C.dca_env
	control *C.dca_control
	log     *sink
	family  *family
	problem Problem
}

// NewSolver makes a solver; options may be nil.
func NewSolver(problem Problem, options *Options) (*Solver, error) {
	defer runtime.KeepAlive(problem)
	defer runtime.KeepAlive(options)
	const op = "new solver"
	relatives, env, log, open := problem.household()
	if !open {
		return nil, closed(op, "problem")
	}
	var chosen *C.dca_options
	if options != nil {
		if chosen = options.c; chosen == nil {
			return nil, closed(op, "option set")
		}
	}
	relatives.bury()
	var raw *C.dca_solver
	details := newCError()
	if status := problem.newSolver(chosen, &raw, &details); status != C.DCA_OK {
		return nil, failed(status, op, &details)
	}
	var control *C.dca_control
	if status := C.dca_control_new(env, &control); status != C.DCA_OK {
		C.dca_solver_free(raw)
		return nil, failed(status, op, nil)
	}
	s := &Solver{c: raw, control: control, env: env, log: log, family: relatives, problem: problem}
	runtime.SetFinalizer(s, func(s *Solver) {
		C.dca_control_free(s.control)
		s.family.leave(s.c)
	})
	return s, nil
}

// Close releases the solver.
func (s *Solver) Close() {
	runtime.SetFinalizer(s, nil)
	C.dca_control_free(s.control)
	C.dca_solver_free(s.c)
	s.c, s.control = nil, nil
}

func (s *Solver) failed(status C.dca_status, op string) error {
	if s.c == nil {
		return closed(op, "solver")
	}
	details := newCError()
	C.dca_solver_error(s.c, &details)
	return failed(status, op, &details)
}

func (s *Solver) done(status C.dca_status, op string) error {
	if status == C.DCA_OK {
		return nil
	}
	return s.failed(status, op)
}

// Solve solves, or solves again after edits. "Infeasible" is an answer, not an error. When the
// context ends first, the error wraps its ctx.Err(), and the result is the partial one, or nil.
// On one machine the same input, options and calls give bit-equal results, unless a limit of wall
// clock strikes.
func (s *Solver) Solve(ctx context.Context) (*Result, error) {
	return s.SolveWithin(ctx, Limits{})
}

// SolveWithin is [Solver.Solve] with limits; when one strikes, the outcome says so.
func (s *Solver) SolveWithin(ctx context.Context, limits Limits) (*Result, error) {
	return s.answer(ctx, limits, "solve", func(ct *C.dca_control, out **C.dca_result) C.dca_status {
		return C.dca_solver_solve(s.c, ct, out)
	})
}

// Untouchables mark the rows and columns of an LP that may not give while a conflict is looked for:
// one mark for each, or nil.
type Untouchables struct {
	Columns []Untouchable
	Rows    []Untouchable
}

// FindConflict solves as [Solver.Solve] does and, where the answer is infeasible, says what cannot
// hold together: [Result.Conflict]. Limits of a model are untouchable where their repair weight is
// infinite; marks are for LPs.
func (s *Solver) FindConflict(ctx context.Context, marks Untouchables) (*Result, error) {
	const op = "find conflict"
	if l, ok := s.problem.(*LP); ok && l.c != nil {
		m, n := l.NumRows(), l.NumColumns()
		if (marks.Columns != nil && len(marks.Columns) != n) ||
			(marks.Rows != nil && len(marks.Rows) != m) {
			return nil, refuse(op, "%d columns and %d rows are marked, expected %d and %d",
				len(marks.Columns), len(marks.Rows), n, m)
		}
	}
	return s.answer(ctx, Limits{}, op, func(ct *C.dca_control, out **C.dca_result) C.dca_status {
		return C.dca_solver_find_conflict(s.c, byteAt(marks.Columns), byteAt(marks.Rows), ct, out)
	})
}

// answer makes a call that solves under a context and limits.
func (s *Solver) answer(ctx context.Context, limits Limits, op string,
	call func(*C.dca_control, **C.dca_result) C.dca_status) (*Result, error) {
	defer runtime.KeepAlive(s)
	if s.c == nil {
		return nil, closed(op, "solver")
	}
	s.family.bury()
	ct, err := begin(ctx, s.env, s.control, limits, op)
	if err != nil {
		return nil, err
	}
	var raw *C.dca_result
	status := call(ct.c, &raw)
	var made *Result
	if status == C.DCA_OK {
		made = adoptResult(raw, s.log)
	}
	ct.end(false)
	if status != C.DCA_OK {
		return nil, s.failed(status, op)
	}
	if made.Outcome() == Interrupted {
		return made, ct.interrupted(op)
	}
	return made, nil
}

// SetOptions replaces the options; they hold from the next solve on.
func (s *Solver) SetOptions(options *Options) error {
	defer runtime.KeepAlive(s)
	defer runtime.KeepAlive(options)
	if s.c == nil {
		return closed("set options", "solver")
	}
	if options == nil || options.c == nil {
		return closed("set options", "option set")
	}
	return s.done(C.dca_solver_set_options(s.c, options.c), "set options")
}

// Reset forgets the basis and everything kept from earlier solves.
func (s *Solver) Reset() {
	defer runtime.KeepAlive(s)
	C.dca_solver_reset(s.c)
}

// Basis holds the states of all columns and rows.
type Basis struct {
	Columns []BasisStatus
	Rows    []BasisStatus
}

// SetBasis starts the next solve from a basis (LPs only); one that is none is repaired.
func (s *Solver) SetBasis(basis Basis) error {
	defer runtime.KeepAlive(s)
	const op = "set basis"
	if l, ok := s.problem.(*LP); ok {
		if l.c == nil {
			return closed(op, "LP")
		}
		m, n := l.NumRows(), l.NumColumns()
		if len(basis.Columns) != n || len(basis.Rows) != m {
			return refuse(op, "%d columns and %d rows, expected %d and %d", len(basis.Columns),
				len(basis.Rows), n, m)
		}
	}
	return s.done(C.dca_solver_set_basis(s.c, byteAt(basis.Columns), byteAt(basis.Rows)), op)
}

// Compiled gives the LP that a model was compiled to, of its first tier, as an independent copy (of
// an LP: a copy of it): to write it to a file or to study it.
func (s *Solver) Compiled(ctx context.Context) (*LP, error) {
	defer runtime.KeepAlive(s)
	const op = "compiled LP"
	if s.c == nil {
		return nil, closed(op, "solver")
	}
	ct, err := begin(ctx, s.env, s.control, Limits{}, op)
	if err != nil {
		return nil, err
	}
	var raw *C.dca_lp
	status := C.dca_solver_compiled(s.c, ct.c, &raw)
	ct.end(false)
	if status == C.DCA_E_STATE {
		if err := ct.interrupted(op); err != nil {
			return nil, err
		}
	}
	if status != C.DCA_OK {
		return nil, s.failed(status, op)
	}
	return adoptLP(raw, s.env, s.log), nil
}

// Backend is another simplex code, from a shared library that exports it (expert tier). The library
// stays loaded.
type Backend struct{ c *C.dca_backend }

// LoadBackend loads a backend, e.g. ("libdcalloc-glpk.so", "dca_glpk_backend").
func LoadBackend(path, symbol string) (*Backend, error) {
	const op = "load backend"
	cpath, err := terminated(path, op)
	if err != nil {
		return nil, err
	}
	csymbol, err := terminated(symbol, op)
	if err != nil {
		return nil, err
	}
	var why [256]C.char
	found := C.go_backend_load(cpath, csymbol, &why[0], C.size_t(len(why)))
	if found == nil {
		return nil, &Error{Code: ErrUnsupported, Op: op, Kind: KindFile, Index: -1,
			Text: text(&why[0])}
	}
	return &Backend{c: (*C.dca_backend)(unsafe.Pointer(found))}, nil
}

// LoadGLPK loads GLPK's plug-in, libdcalloc-glpk, from where the system's loader finds libraries.
func LoadGLPK() (*Backend, error) {
	return LoadBackend(fmt.Sprintf("libdcalloc-glpk.so.%d", int(C.DCA_VERSION_MAJOR)),
		"dca_glpk_backend")
}

// Name is what the backend calls itself.
func (b *Backend) Name() string { return text(b.c.name) }

// SetBackend uses another simplex code from the next solve on; nil: the native one. Answers are
// checked all the same.
func (s *Solver) SetBackend(backend *Backend) error {
	defer runtime.KeepAlive(s)
	var chosen *C.dca_backend
	if backend != nil {
		chosen = backend.c
	}
	return s.done(C.dca_solver_set_backend(s.c, chosen), "set backend")
}
