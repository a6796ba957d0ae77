package dcalloc

// #include "shim.h"
import "C"

import (
	"runtime"
	"runtime/cgo"
	"strings"
	"sync"
)

// Version is the version of the library that was loaded.
func Version() (major, minor, patch int) {
	v := int(C.dca_version())
	return v / 1000000, v / 1000 % 1000, v % 1000
}

// Capabilities says what this build can do, as words: "simplex", "mps", ...
func Capabilities() []string { return strings.Fields(text(C.dca_capabilities())) }

// EnvConfig configures an [Env].
type EnvConfig struct {
	// Log receives complete lines without newline; nil is silent. It is called from within other
	// calls and must not call back into objects of this Env; a panic in it is dropped.
	Log func(level LogLevel, line string)
	// MemoryLimit is how many bytes objects of this Env may hold together; 0: no limit.
	MemoryLimit uint64
}

// Env is an environment: memory limit and log. It lives on until its last object is closed, and may
// be shared by goroutines.
type Env struct {
	c   *C.dca_env
	log *sink
}

// sink keeps the handle of a log function until no object can log: objects hold it.
type sink struct{ handle cgo.Handle }

var (
	sharedOnce sync.Once
	sharedEnv  *Env
	errShared  error
)

// orShared gives env, or the silent one that is used where nil is given.
func orShared(env *Env, op string) (*Env, error) {
	if env == nil {
		sharedOnce.Do(func() { sharedEnv, errShared = NewEnv(EnvConfig{}) })
		return sharedEnv, errShared
	}
	if env.c == nil {
		return nil, closed(op, "environment")
	}
	return env, nil
}

// NewEnv makes an environment. Where one is asked for, nil stands for a shared silent one.
func NewEnv(config EnvConfig) (*Env, error) {
	env := &Env{log: &sink{}}
	if config.Log != nil {
		env.log.handle = cgo.NewHandle(config.Log)
		runtime.SetFinalizer(env.log, func(s *sink) { s.handle.Delete() })
	}
	status := C.go_env_new(C.uintptr_t(env.log.handle), C.uint64_t(config.MemoryLimit), &env.c)
	if status != C.DCA_OK {
		return nil, failed(status, "new environment", nil)
	}
	runtime.SetFinalizer(env, (*Env).Close)
	return env, nil
}

// Close releases the environment; objects made in it stay usable.
func (e *Env) Close() {
	runtime.SetFinalizer(e, nil)
	C.dca_env_free(e.c)
	e.c = nil
}

// Memory is how many bytes the objects of the environment hold now.
func (e *Env) Memory() uint64 {
	defer runtime.KeepAlive(e)
	return uint64(C.dca_env_memory(e.c))
}

// MemoryPeak is the most they ever held.
func (e *Env) MemoryPeak() uint64 {
	defer runtime.KeepAlive(e)
	return uint64(C.dca_env_memory_peak(e.c))
}

//export goLog
func goLog(handle C.uintptr_t, level C.int32_t, line *C.char) {
	defer func() { _ = recover() }()
	cgo.Handle(handle).Value().(func(LogLevel, string))(LogLevel(level), text(line))
}
