package dcalloc

// #include "shim.h"
import "C"

import (
	"context"
	"fmt"
	"math"
	"runtime/cgo"
	"time"
)

// Progress is what a long call is doing.
type Progress struct {
	Phase         Phase
	Iteration     int64   // simplex iterations so far
	Work          int64   // matrix entries touched so far
	Objective     float64 // in the caller's sense, or NaN
	Infeasibility float64 // sum of violations of the current point, or NaN
	Fraction      float64 // part done in [0,1] where that is known, or NaN
}

// Limits bound one call beside its context.
type Limits struct {
	Time     time.Duration // wall clock; 0: no limit
	Work     int64         // matrix entries touched, the same on every machine; 0: no limit
	Progress func(Progress) (stop bool)
	Interval time.Duration // between two calls of Progress, at least
}

// watchAfter is how long a call runs before a goroutine watches its context: most end before, and
// to start a goroutine and to wait for its end costs more than a small solve.
const watchAfter = 200 * time.Microsecond

// control carries a context and limits into a C call and their outcome back.
type control struct {
	c       *C.dca_control
	ctx     context.Context
	clean   bool // nothing was set on it, and nothing cancelled it
	watch   *watch
	handle  cgo.Handle
	watched *watched
}

// watch cancels a control when a context ends.
type watch struct {
	timer *time.Timer
	stop  chan struct{}
	gone  chan struct{}
}

func newWatch(done <-chan struct{}, c *C.dca_control) *watch {
	w := &watch{stop: make(chan struct{}), gone: make(chan struct{})}
	w.timer = time.AfterFunc(watchAfter, func() {
		defer close(w.gone)
		select {
		case <-done:
			C.dca_control_cancel(c)
		case <-w.stop:
		}
	})
	return w
}

// end waits until nobody watches any more, and says whether somebody did.
func (w *watch) end() bool {
	if w == nil || w.timer.Stop() {
		return false
	}
	close(w.stop)
	<-w.gone
	return true
}

// watched is a progress callback and the panic that it met.
type watched struct {
	show   func(Progress) bool
	thrown any
}

// begin arms a control; end must follow. `kept` is one that is used again, or nil.
func begin(ctx context.Context, env *C.dca_env, kept *C.dca_control, limits Limits,
	op string) (*control, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("dcalloc: %s: %w", op, err)
	}
	bare := limits.Time == 0 && limits.Work == 0 && limits.Progress == nil
	ct := &control{c: kept, ctx: ctx, clean: bare}
	if ct.c == nil {
		if status := C.dca_control_new(env, &ct.c); status != C.DCA_OK {
			return nil, failed(status, op, nil)
		}
	}
	if err := ct.limit(limits, op); err != nil {
		ct.end(kept == nil)
		return nil, err
	}
	if done := ctx.Done(); done != nil {
		ct.watch = newWatch(done, ct.c)
	}
	return ct, nil
}

func (ct *control) limit(limits Limits, op string) error {
	if limits.Time != 0 {
		status := C.dca_control_set_deadline(ct.c, C.double(limits.Time.Seconds()))
		if status != C.DCA_OK {
			return refuse(op, "time limit %v", limits.Time)
		}
	}
	if limits.Work != 0 {
		if status := C.dca_control_set_work_limit(ct.c, C.int64_t(limits.Work)); status != C.DCA_OK {
			return refuse(op, "work limit %d", limits.Work)
		}
	}
	if limits.Progress != nil {
		ct.watched = &watched{show: limits.Progress}
		ct.handle = cgo.NewHandle(ct.watched)
		status := C.go_control_set_progress(ct.c, C.uintptr_t(ct.handle),
			C.double(limits.Interval.Seconds()))
		if status != C.DCA_OK {
			return refuse(op, "progress interval %v", limits.Interval)
		}
	}
	return nil
}

// end waits for the watcher, takes everything off the control, frees it when asked, and throws the
// panic of a progress callback again, now that no C frame is in its way.
func (ct *control) end(free bool) {
	if ct.watch.end() {
		ct.clean = false
	}
	if free {
		C.dca_control_free(ct.c)
		ct.c = nil
	} else {
		ct.clear()
	}
	if ct.handle != 0 {
		ct.handle.Delete()
	}
	if ct.watched != nil && ct.watched.thrown != nil {
		panic(ct.watched.thrown)
	}
}

func (ct *control) clear() {
	if ct.clean {
		return
	}
	C.dca_control_reset(ct.c)
	_ = C.dca_control_set_deadline(ct.c, C.double(math.Inf(1)))
	_ = C.dca_control_set_work_limit(ct.c, 0)
	_ = C.go_control_set_progress(ct.c, 0, 0)
}

// interrupted gives the context's error when it is what stopped the call.
func (ct *control) interrupted(op string) error {
	if err := ct.ctx.Err(); err != nil {
		return fmt.Errorf("dcalloc: %s: %w", op, err)
	}
	return nil
}

//export goProgress
func goProgress(handle C.uintptr_t, p *C.dca_progress) (stop C.int32_t) {
	w := cgo.Handle(handle).Value().(*watched)
	defer func() {
		if thrown := recover(); thrown != nil {
			w.thrown, stop = thrown, 1
		}
	}()
	return C.int32_t(truth(w.show(Progress{
		Phase:         Phase(p.phase),
		Iteration:     int64(p.iteration),
		Work:          int64(p.work),
		Objective:     float64(p.objective),
		Infeasibility: float64(p.infeasibility),
		Fraction:      float64(p.fraction),
	})))
}
