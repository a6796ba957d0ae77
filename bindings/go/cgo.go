// Package dcalloc decides who gets what in a data centre, by linear programming.
//
// Two layers stand over one solver that proves its answers: a [Model] speaks of pools, domains,
// links and demands; an [LP] of rows and columns. Both are edited in place and solved again, warm.
//
// Ownership: every object has Close; a finaliser calls it for those that are forgotten. Objects may
// be closed in any order, and a closed object answers [ErrState]. Nothing returned by this package
// points into C memory, and C keeps no pointer to Go memory.
//
// Goroutines: an [Env] and a [Result] may be shared. A Model or LP and its solvers are used by one
// goroutine at a time; different ones in parallel. Cancel a context to stop a solve from elsewhere.
package dcalloc

/*
#cgo !dcalloc_tree pkg-config: dcalloc
#cgo dcalloc_tree CFLAGS: -I${SRCDIR}/../../include
#cgo dcalloc_tree LDFLAGS: -L${SRCDIR}/../../build/release/lib -ldcalloc
#cgo dcalloc_tree LDFLAGS: -Wl,-rpath,${SRCDIR}/../../build/release/lib
#cgo dcalloc_tree LDFLAGS: -Wl,-rpath,${SRCDIR}/../../build/release/lib/plugins
#cgo linux LDFLAGS: -ldl
#include "shim.h"
*/
import "C"

import "unsafe"

// Memory that C sees through a struct lies in C: cgo forbids Go memory that points to Go memory. An
// arena holds it for one call, taken from the environment so that its memory limit holds.
type arena struct {
	env    *C.dca_env
	blocks []unsafe.Pointer
	at     unsafe.Pointer
	left   uintptr
	full   bool // the environment refused: the call must not be made
}

const arenaBlock = 1 << 14

func (a *arena) take(size uintptr) unsafe.Pointer {
	size = (size + 15) &^ 15
	if a.full {
		return nil
	}
	if size > a.left {
		whole := size
		if whole < arenaBlock {
			whole = arenaBlock
		}
		block := C.dca_env_resize(a.env, nil, C.size_t(whole))
		if block == nil {
			a.full = true
			return nil
		}
		a.blocks = append(a.blocks, block)
		a.at, a.left = block, whole
	}
	got := a.at
	a.at = unsafe.Add(a.at, size)
	a.left -= size
	return got
}

func (a *arena) free() {
	for _, block := range a.blocks {
		C.dca_env_resize(a.env, block, 0)
	}
	a.blocks, a.at, a.left = nil, nil, 0
}

// fill copies a slice; nil or empty gives NULL, the default of every bulk call.
func fill[T any](a *arena, values []T, room int) unsafe.Pointer {
	if len(values) == 0 {
		return nil
	}
	if room < len(values) {
		room = len(values)
	}
	var zero T
	got := a.take(uintptr(room) * unsafe.Sizeof(zero))
	if got == nil {
		return nil
	}
	held := unsafe.Slice((*T)(got), room)
	copied := copy(held, values)
	for k := copied; k < room; k++ {
		held[k] = zero
	}
	return got
}

func (a *arena) float64s(values []float64) *C.double { return (*C.double)(fill(a, values, 0)) }
func (a *arena) int32s(values []int32) *C.dca_index  { return (*C.dca_index)(fill(a, values, 0)) }

// padded gives an array of n values, the missing ones 0.
func (a *arena) padded(values []float64, n int) *C.double {
	return (*C.double)(fill(a, values, n))
}

// stride of an array: a single value stands for all.
func stride(length int, size uintptr) C.ptrdiff_t {
	if length == 1 {
		return 0
	}
	return C.ptrdiff_t(size)
}

func (a *arena) doubles(values []float64) C.dca_doubles {
	return C.dca_doubles{at: a.float64s(values), stride: stride(len(values), 8)}
}

func (a *arena) indices(values []int32) C.dca_indices {
	return C.dca_indices{at: a.int32s(values), stride: stride(len(values), 4)}
}

func (a *arena) bools(values []bool) C.dca_indices {
	if len(values) == 0 {
		return C.dca_indices{}
	}
	numbers := make([]int32, len(values))
	for k, set := range values {
		numbers[k] = truth(set)
	}
	return a.indices(numbers)
}

func truth(set bool) int32 {
	if set {
		return 1
	}
	return 0
}

// text gives a string, "" as NULL.
func (a *arena) text(s string) *C.char {
	if s == "" {
		return nil
	}
	got := a.take(uintptr(len(s)) + 1)
	if got == nil {
		return nil
	}
	held := unsafe.Slice((*byte)(got), len(s)+1)
	copy(held, s)
	held[len(s)] = 0
	return (*C.char)(got)
}

func (a *arena) texts(list []string) C.dca_strings {
	if len(list) == 0 {
		return C.dca_strings{}
	}
	const size = unsafe.Sizeof((*C.char)(nil))
	got := a.take(uintptr(len(list)) * size)
	if got == nil {
		return C.dca_strings{}
	}
	held := unsafe.Slice((**C.char)(got), len(list))
	for k, s := range list {
		held[k] = a.text(s)
	}
	return C.dca_strings{at: (**C.char)(got), stride: C.ptrdiff_t(size)}
}

func (a *arena) sparse(lists Sparse) C.dca_sparse {
	if lists.Start == nil {
		return C.dca_sparse{}
	}
	return C.dca_sparse{
		start: (*C.dca_nnz)(fill(a, lists.Start, 0)),
		index: a.int32s(lists.Index),
		value: a.float64s(lists.Value),
	}
}

// terminated gives a Go copy that ends in a zero byte, for one call; "" gives NULL when optional.
func terminated(s string, what string) (*C.char, error) {
	if err := noZero(s, what); err != nil {
		return nil, err
	}
	held := make([]byte, len(s)+1)
	copy(held, s)
	return (*C.char)(unsafe.Pointer(&held[0])), nil
}

func optional(s string, what string) (*C.char, error) {
	if s == "" {
		return nil, nil
	}
	return terminated(s, what)
}

// firstOf gives the address of a slice's first element for one call, nil of an empty one.
func firstOf[To, From any](values []From) *To {
	if len(values) == 0 {
		return nil
	}
	return (*To)(unsafe.Pointer(&values[0]))
}

func float64At(values []float64) *C.double { return firstOf[C.double](values) }
func indexAt(values []int32) *C.dca_index  { return firstOf[C.dca_index](values) }
func int32At(values []int32) *C.int32_t    { return firstOf[C.int32_t](values) }
func byteAt(values []uint8) *C.uint8_t     { return firstOf[C.uint8_t](values) }

// text copies a C string; NULL gives "".
func text(s *C.char) string { return C.GoString(s) }
