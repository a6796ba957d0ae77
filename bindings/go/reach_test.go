package dcalloc

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// reachFile names, in the environment of the child below, where reached functions are marked.
const reachFile = "DCALLOC_REACH"

// function is a declaration of the public headers.
type function struct {
	result, name, parameters, arguments string
}

// declared lists what the public headers declare.
func declared(t *testing.T) []function {
	t.Helper()
	headers := sources(t, "../../include/dcalloc/*.h")
	headers = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(headers, " ")
	headers = regexp.MustCompile(`(?m)^[ \t]*#(?:.*\\\n)*.*$`).ReplaceAllString(headers, "")
	pattern := regexp.MustCompile(`(?s)DCA_API\s+(?:DCA_NODISCARD\s+)?([^;()]*?)\b(dca_\w+)\s*\((.*?)\)\s*;`)
	callback := regexp.MustCompile(`\(\*(\w+)\)\([^()]*\)`)
	last := regexp.MustCompile(`(\w+)\s*(?:\[\d*\])?\s*$`)
	var list []function
	for _, found := range pattern.FindAllStringSubmatch(headers, -1) {
		one := function{result: strings.TrimSpace(found[1]), name: found[2], parameters: found[3]}
		if one.parameters != "void" {
			var names []string
			plain := callback.ReplaceAllString(one.parameters, "$1")
			for _, parameter := range strings.Split(plain, ",") {
				names = append(names, last.FindStringSubmatch(parameter)[1])
			}
			one.arguments = strings.Join(names, ", ")
		}
		list = append(list, one)
	}
	if len(list) < 150 {
		t.Fatalf("only %d functions found in the headers", len(list))
	}
	return list
}

// A library that stands before libdcalloc: each function marks that the program itself, which is
// this package, called it, and passes the call on.
const reachHead = `#define _GNU_SOURCE
#include <dcalloc.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
static volatile char *marks;
static void *program;
__attribute__((constructor)) static void begin(void)
{
    Dl_info info;
    if (dladdr((void *)getauxval(AT_PHDR), &info) != 0)
        program = info.dli_fbase;
    const char *path = getenv("DCALLOC_REACH");
    const int file = path == NULL ? -1 : open(path, O_RDWR);
    void *at = file < 0 ? MAP_FAILED : mmap(NULL, COUNT, PROT_WRITE, MAP_SHARED, file, 0);
    marks = at == MAP_FAILED ? NULL : at;
}
static void mark(int k, void *caller)
{
    Dl_info info;
    if (marks != NULL && marks[k] == 0 && dladdr(caller, &info) != 0 && info.dli_fbase == program)
        marks[k] = 1;
}
`

func counter(list []function) string {
	var c strings.Builder
	fmt.Fprintf(&c, "#define COUNT %d\n%s", len(list), reachHead)
	for k, one := range list {
		fmt.Fprintf(&c, `%s %s(%s)
{
    static __typeof__(%s) *next;
    mark(%d, __builtin_return_address(0));
    if (next == NULL)
        next = (__typeof__(next))dlsym(RTLD_NEXT, "%s");
    return next(%s);
}
`, one.result, one.name, one.parameters, one.name, k, one.name, one.arguments)
	}
	return c.String()
}

// Every public function of the library is called by this package while its tests run: they run once
// more, with that library before the real one. Calls that libdcalloc or a backend makes do not count.
func TestEveryFunctionIsReached(t *testing.T) {
	if os.Getenv(reachFile) != "" {
		t.Skip("this is the run that is watched")
	}
	if runtime.GOOS != "linux" {
		t.Skip("libraries are preloaded on Linux")
	}
	list := declared(t)
	dir := t.TempDir()
	source, library := filepath.Join(dir, "reach.c"), filepath.Join(dir, "reach.so")
	marks := filepath.Join(dir, "marks")
	check(t, os.WriteFile(source, []byte(counter(list)), 0o600),
		os.WriteFile(marks, make([]byte, len(list)), 0o600))
	made, err := exec.Command("cc", "-shared", "-fPIC", "-I../../include", "-o", library, source,
		"-ldl").CombinedOutput()
	if err != nil {
		t.Fatalf("cc: %v\n%s", err, made)
	}
	child := exec.Command(os.Args[0], "-test.count=1", "-test.short")
	child.Env = append(os.Environ(), "LD_PRELOAD="+library, reachFile+"="+marks)
	if said, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	reached := must(os.ReadFile(marks))
	for k, one := range list {
		if reached[k] == 0 {
			t.Errorf("%s is never reached", one.name)
		}
	}
}
