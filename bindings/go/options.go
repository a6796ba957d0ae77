package dcalloc

// #include "shim.h"
import "C"

import "runtime"

// OptionInfo describes an option.
type OptionInfo struct {
	Name     string // e.g. "simplex.primal_tolerance"
	Type     string // "real", "integer", or the words allowed: "auto|dual|primal"
	Unit     string // "s", "entries", or ""
	Sentence string // what it does
	Initial  string // default
	Lower    string // bounds; empty for words
	Upper    string
}

// DescribeOptions lists all options.
func DescribeOptions() []OptionInfo {
	list := make([]OptionInfo, int(C.dca_options_count()))
	for k := range list {
		raw := C.dca_option_info{struct_size: C.sizeof_dca_option_info}
		if C.dca_options_describe(C.dca_index(k), &raw) != C.DCA_OK {
			return list[:k]
		}
		list[k] = OptionInfo{text(raw.name), text(raw._type), text(raw.unit), text(raw.sentence),
			text(&raw.initial[0]), text(&raw.lower[0]), text(&raw.upper[0])}
	}
	return list
}

// Options is a set of options; solvers copy it.
type Options struct {
	c   *C.dca_options
	log *sink
}

// NewOptions makes a set with everything at its default; env may be nil.
func NewOptions(env *Env) (*Options, error) {
	env, err := orShared(env, "new options")
	if err != nil {
		return nil, err
	}
	defer runtime.KeepAlive(env)
	o := &Options{log: env.log}
	if status := C.dca_options_new(env.c, &o.c); status != C.DCA_OK {
		return nil, failed(status, "new options", nil)
	}
	runtime.SetFinalizer(o, (*Options).Close)
	return o, nil
}

// Close releases the options.
func (o *Options) Close() {
	runtime.SetFinalizer(o, nil)
	C.dca_options_free(o.c)
	o.c = nil
}

// Set sets an option from text, e.g. ("method", "dual"). An unknown name or a value out of bounds is
// ErrArg; nothing is clamped.
func (o *Options) Set(name, value string) error {
	defer runtime.KeepAlive(o)
	op := "option " + name
	if o.c == nil {
		return closed(op, "option set")
	}
	cname, err := terminated(name, op)
	if err != nil {
		return err
	}
	cvalue, err := terminated(value, op)
	if err != nil {
		return err
	}
	if status := C.dca_options_set(o.c, cname, cvalue); status != C.DCA_OK {
		details := newCError()
		C.dca_options_error(o.c, &details)
		return failed(status, op, &details)
	}
	return nil
}

// Get reads an option as text.
func (o *Options) Get(name string) (string, error) {
	defer runtime.KeepAlive(o)
	op := "option " + name
	if o.c == nil {
		return "", closed(op, "option set")
	}
	cname, err := terminated(name, op)
	if err != nil {
		return "", err
	}
	var out [32]C.char
	if status := C.dca_options_get(o.c, cname, &out[0]); status != C.DCA_OK {
		return "", failed(status, op, nil)
	}
	return text(&out[0]), nil
}

// GetNumber reads an option as a number; a word is its place among the words that are allowed, from 0.
func (o *Options) GetNumber(name string) (float64, error) {
	defer runtime.KeepAlive(o)
	op := "option " + name
	if o.c == nil {
		return 0, closed(op, "option set")
	}
	cname, err := terminated(name, op)
	if err != nil {
		return 0, err
	}
	var out C.double
	if status := C.dca_options_get_number(o.c, cname, &out); status != C.DCA_OK {
		return 0, failed(status, op, nil)
	}
	return float64(out), nil
}
