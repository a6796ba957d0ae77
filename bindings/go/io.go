package dcalloc

// #include "shim.h"
import "C"

import (
	"context"
	"io"
	"runtime"
	"unsafe"
)

// read runs a reading call under a context.
func read(ctx context.Context, env *Env, op string,
	call func(env *C.dca_env, control *C.dca_control, details *C.dca_error) C.dca_status) error {
	defer runtime.KeepAlive(env)
	ct, err := begin(ctx, env.c, nil, Limits{}, op)
	if err != nil {
		return err
	}
	details := newCError()
	status := call(env.c, ct.c, &details)
	ct.end(true)
	if status == C.DCA_E_STATE {
		if err := ct.interrupted(op); err != nil {
			return err
		}
	}
	if status != C.DCA_OK {
		return failed(status, op, &details)
	}
	return nil
}

// readLP runs a call that makes an LP.
func readLP(ctx context.Context, env *Env, op string, call func(env *C.dca_env,
	control *C.dca_control, out **C.dca_lp, details *C.dca_error) C.dca_status) (*LP, error) {
	env, err := orShared(env, op)
	if err != nil {
		return nil, err
	}
	var raw *C.dca_lp
	err = read(ctx, env, op, func(e *C.dca_env, c *C.dca_control, d *C.dca_error) C.dca_status {
		return call(e, c, &raw, d)
	})
	if err != nil {
		return nil, err
	}
	return adoptLP(raw, env.c, env.log), nil
}

// ReadMPS reads an MPS file, fixed or free, gzipped or not; env may be nil. Malformed text is an
// [Error] with line and column.
func ReadMPS(ctx context.Context, env *Env, path string) (*LP, error) {
	op := "read " + path
	cpath, err := terminated(path, op)
	if err != nil {
		return nil, err
	}
	return readLP(ctx, env, op,
		func(e *C.dca_env, c *C.dca_control, out **C.dca_lp, d *C.dca_error) C.dca_status {
			return C.dca_lp_read_mps(e, cpath, c, out, d)
		})
}

// ParseMPS is [ReadMPS] from memory.
func ParseMPS(ctx context.Context, env *Env, content []byte) (*LP, error) {
	held := append(content[:len(content):len(content)], 0) // an address even of nothing
	return readLP(ctx, env, "parse MPS",
		func(e *C.dca_env, c *C.dca_control, out **C.dca_lp, d *C.dca_error) C.dca_status {
			return C.dca_lp_parse_mps(e, firstOf[C.char](held), C.size_t(len(content)), c, out, d)
		})
}

// gather reads all of a stream, as long as the context lasts.
func gather(ctx context.Context, env *Env, from io.Reader, op string) ([]byte, error) {
	defer runtime.KeepAlive(env)
	ct, err := begin(ctx, env.c, nil, Limits{}, op)
	if err != nil {
		return nil, err
	}
	defer ct.end(true)
	var content []byte
	chunk := make([]byte, 1<<16)
	for C.dca_control_poll(ct.c, 0, nil) == C.DCA_UNSOLVED {
		n, err := from.Read(chunk)
		content = append(content, chunk[:n]...)
		if err == io.EOF {
			return content, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, ct.interrupted(op)
}

// ParseMPSFrom is [ParseMPS] of a stream; an error of the stream is returned as it is.
func ParseMPSFrom(ctx context.Context, env *Env, from io.Reader) (*LP, error) {
	env, err := orShared(env, "parse MPS")
	if err != nil {
		return nil, err
	}
	content, err := gather(ctx, env, from, "parse MPS")
	if err != nil {
		return nil, err
	}
	return ParseMPS(ctx, env, content)
}

// write runs a call that writes the LP to a file.
func (l *LP) write(path string,
	call func(lp *C.dca_lp, path *C.char, details *C.dca_error) C.dca_status) error {
	defer runtime.KeepAlive(l)
	op := "write " + path
	if l.c == nil {
		return closed(op, "LP")
	}
	cpath, err := terminated(path, op)
	if err != nil {
		return err
	}
	details := newCError()
	if status := call(l.c, cpath, &details); status != C.DCA_OK {
		return failed(status, op, &details)
	}
	return nil
}

// WriteMPS writes free MPS, whole or not at all; reading it back gives the same LP bit for bit. A
// path that ends in .gz is compressed.
func (l *LP) WriteMPS(path string) error {
	defer runtime.KeepAlive(l)
	return l.write(path, func(lp *C.dca_lp, path *C.char, d *C.dca_error) C.dca_status {
		return C.dca_lp_write_mps(lp, path, d)
	})
}

// ReadLP reads a CPLEX LP file, gzipped or not; env may be nil. Rows without a label have no name;
// columns are numbered as the text mentions them first. Malformed text is an [Error] with line and
// column, and so is what is more than linear: [ErrUnsupported].
func ReadLP(ctx context.Context, env *Env, path string) (*LP, error) {
	op := "read " + path
	cpath, err := terminated(path, op)
	if err != nil {
		return nil, err
	}
	return readLP(ctx, env, op,
		func(e *C.dca_env, c *C.dca_control, out **C.dca_lp, d *C.dca_error) C.dca_status {
			return C.dca_lp_read_lp(e, cpath, c, out, d)
		})
}

// ParseLP is [ReadLP] from memory.
func ParseLP(ctx context.Context, env *Env, content []byte) (*LP, error) {
	held := append(content[:len(content):len(content)], 0) // an address even of nothing
	return readLP(ctx, env, "parse LP",
		func(e *C.dca_env, c *C.dca_control, out **C.dca_lp, d *C.dca_error) C.dca_status {
			return C.dca_lp_parse_lp(e, firstOf[C.char](held), C.size_t(len(content)), c, out, d)
		})
}

// ParseLPFrom is [ParseLP] of a stream; an error of the stream is returned as it is.
func ParseLPFrom(ctx context.Context, env *Env, from io.Reader) (*LP, error) {
	env, err := orShared(env, "parse LP")
	if err != nil {
		return nil, err
	}
	content, err := gather(ctx, env, from, "parse LP")
	if err != nil {
		return nil, err
	}
	return ParseLP(ctx, env, content)
}

// WriteLP writes a CPLEX LP file that other codes read too, whole or not at all. Reading it back here
// gives the same LP bit for bit, but that what had no name is called R1, C1, obj. A path that ends in
// .gz is compressed.
func (l *LP) WriteLP(path string) error {
	defer runtime.KeepAlive(l)
	return l.write(path, func(lp *C.dca_lp, path *C.char, d *C.dca_error) C.dca_status {
		return C.dca_lp_write_lp(lp, path, d)
	})
}

// ReadBasis reads a basis file (MPS bas format) for this LP.
func (l *LP) ReadBasis(path string) (Basis, error) {
	defer runtime.KeepAlive(l)
	op := "read " + path
	if l.c == nil {
		return Basis{}, closed(op, "LP")
	}
	cpath, err := terminated(path, op)
	if err != nil {
		return Basis{}, err
	}
	out := Basis{make([]BasisStatus, l.NumColumns()), make([]BasisStatus, l.NumRows())}
	details := newCError()
	status := C.dca_basis_read(l.c, cpath, byteAt(out.Columns), byteAt(out.Rows), &details)
	if status != C.DCA_OK {
		return Basis{}, failed(status, op, &details)
	}
	return out, nil
}

// ReadModel reads a scenario (JSON); env may be nil.
func ReadModel(ctx context.Context, env *Env, path string) (*Model, error) {
	op := "read " + path
	env, err := orShared(env, op)
	if err != nil {
		return nil, err
	}
	cpath, err := terminated(path, op)
	if err != nil {
		return nil, err
	}
	var raw *C.dca_model
	err = read(ctx, env, op, func(e *C.dca_env, c *C.dca_control, d *C.dca_error) C.dca_status {
		return C.dca_model_read_json(e, cpath, c, &raw, d)
	})
	if err != nil {
		return nil, err
	}
	return adoptModel(raw, env.c, env.log), nil
}

// ParseModel is [ReadModel] from memory.
func ParseModel(ctx context.Context, env *Env, content []byte) (*Model, error) {
	const op = "parse scenario"
	env, err := orShared(env, op)
	if err != nil {
		return nil, err
	}
	var raw *C.dca_model
	held := append(content[:len(content):len(content)], 0)
	err = read(ctx, env, op, func(e *C.dca_env, c *C.dca_control, d *C.dca_error) C.dca_status {
		return C.dca_model_parse_json(e, firstOf[C.char](held), C.size_t(len(content)), c, &raw, d)
	})
	if err != nil {
		return nil, err
	}
	return adoptModel(raw, env.c, env.log), nil
}

// WriteJSON writes the model as a scenario, whole or not at all.
func (m *Model) WriteJSON(path string) error {
	defer runtime.KeepAlive(m)
	op := "write " + path
	if m.c == nil {
		return closed(op, "model")
	}
	cpath, err := terminated(path, op)
	if err != nil {
		return err
	}
	details := newCError()
	if status := C.dca_model_write_json(m.c, cpath, &details); status != C.DCA_OK {
		return failed(status, op, &details)
	}
	return nil
}

// WriteSolution writes columns and rows with name, value, dual and status.
func (r *Result) WriteSolution(path string) error {
	defer runtime.KeepAlive(r)
	op := "write " + path
	cpath, err := terminated(path, op)
	if err != nil {
		return err
	}
	details := newCError()
	if status := C.dca_result_write_solution(r.c, cpath, &details); status != C.DCA_OK {
		return r.explained(status, op, &details)
	}
	return nil
}

// WriteBasis writes the basis in MPS bas format.
func (r *Result) WriteBasis(path string) error {
	defer runtime.KeepAlive(r)
	op := "write " + path
	cpath, err := terminated(path, op)
	if err != nil {
		return err
	}
	details := newCError()
	if status := C.dca_basis_write(r.c, cpath, &details); status != C.DCA_OK {
		return r.explained(status, op, &details)
	}
	return nil
}

// AnswerJSON gives the answer of a model as a versioned JSON object.
func (r *Result) AnswerJSON() ([]byte, error) {
	defer runtime.KeepAlive(r)
	var raw *C.char
	var length C.size_t
	details := newCError()
	if status := C.dca_result_answer_json(r.c, &raw, &length, &details); status != C.DCA_OK {
		return nil, r.explained(status, "answer", &details)
	}
	defer C.dca_text_free(C.dca_result_env(r.c), raw)
	return C.GoBytes(unsafe.Pointer(raw), C.int(length)), nil
}

func (r *Result) explained(status C.dca_status, op string, details *C.dca_error) error {
	if r.c == nil {
		return closed(op, "result")
	}
	return failed(status, op, details)
}
