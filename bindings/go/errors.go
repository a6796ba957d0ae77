package dcalloc

// #include "shim.h"
import "C"

import (
	"fmt"
	"strings"
)

// Status is the reason of a failure. Its values are errors to compare with: errors.Is(err, ErrArg).
type Status int32

// The reasons.
const (
	ErrNoMemory    Status = C.DCA_E_NOMEM       // allocation failed; the object is unchanged
	ErrArg         Status = C.DCA_E_ARG         // NaN, out of range, duplicate name, wrong length
	ErrState       Status = C.DCA_E_STATE       // not allowed now, or the object is closed
	ErrABI         Status = C.DCA_E_ABI         // the library is not the one of these headers
	ErrIO          Status = C.DCA_E_IO          // a file could not be opened, read or written
	ErrSyntax      Status = C.DCA_E_SYNTAX      // malformed text; Error.Line says where
	ErrInternal    Status = C.DCA_E_INTERNAL    // a defect of the library; only Close is left
	ErrUnsupported Status = C.DCA_E_UNSUPPORTED // not in this build, or not by this backend
)

// Error says what the reason means.
func (s Status) Error() string { return text(C.dca_status_name(C.dca_status(s))) }

// Error is what every failed call returns, but for those that a context stopped. errors.Is compares
// it with its reason, errors.As gives its details.
type Error struct {
	Code   Status // the reason
	Op     string // what was being done
	Kind   Kind   // what it is about
	Index  int    // its index, or -1
	Line   int    // line in the input text, from 1, or 0
	Column int    // column in that line, from 1, or 0
	Text   string // one sentence, may be empty
}

// Error gives the operation, the place and the sentence.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("dcalloc: " + e.Op)
	if e.Line > 0 {
		fmt.Fprintf(&b, ": line %d", e.Line)
		if e.Column > 0 {
			fmt.Fprintf(&b, ", column %d", e.Column)
		}
	}
	if e.Text != "" {
		return b.String() + ": " + e.Text
	}
	return b.String() + ": " + e.Code.Error()
}

// Unwrap gives the reason.
func (e *Error) Unwrap() error { return e.Code }

func newCError() C.dca_error {
	return C.dca_error{struct_size: C.sizeof_dca_error, index: -1}
}

// failed makes an error of a status; details belong to it only when their code is the status.
func failed(status C.dca_status, op string, details *C.dca_error) error {
	e := &Error{Code: Status(status), Op: op, Index: -1}
	if details != nil && details.code == C.int32_t(status) {
		e.Kind = Kind(details.kind)
		e.Index = int(details.index)
		e.Line = int(details.line)
		e.Column = int(details.column)
		e.Text = text(&details.text[0])
	}
	return e
}

func plain(status C.dca_status, op string) error {
	if status == C.DCA_OK {
		return nil
	}
	return failed(status, op, nil)
}

func refuse(op, format string, values ...any) error {
	return &Error{Code: ErrArg, Op: op, Index: -1, Text: fmt.Sprintf(format, values...)}
}

func closed(op, what string) error {
	return &Error{Code: ErrState, Op: op, Index: -1, Text: "the " + what + " is closed"}
}

func outOfMemory(op string) error { return failed(C.DCA_E_NOMEM, op, nil) }

func noZero(s, what string) error {
	if strings.IndexByte(s, 0) >= 0 {
		return refuse(what, "%q holds a zero byte", s)
	}
	return nil
}

// lengths refuses arrays that are neither absent, nor one value for all, nor n values.
func lengths(op string, n int, named map[string]int) error {
	for name, length := range named {
		if length > 1 && length != n || length == 1 && n == 0 {
			return refuse(op, "%s has %d values, expected %d", name, length, n)
		}
	}
	return nil
}
