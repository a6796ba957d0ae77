package dcalloc

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func sources(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	var all strings.Builder
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

// The first example of the README is the body of Example, word for word.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```\n\n```text\n(.*?)```").
		FindAllStringSubmatch(string(readme), -1)
	if len(blocks) != 1 {
		t.Fatalf("%d examples in the README", len(blocks))
	}
	content, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`(?m)^\t`).ReplaceAllString(string(content), "")
	expected := "func Example() {\n" + blocks[0][1] + "// Output: " + blocks[0][2] + "}"
	if !strings.Contains(code, expected) {
		t.Errorf("example_test.go does not hold\n%s", expected)
	}
}

// The example of the project's README is loseFeed, word for word, and prints what it says.
func TestReadmeOfTheProject(t *testing.T) {
	readme := must(os.ReadFile("../../README.md"))
	block := regexp.MustCompile("(?s)```go\n(.*?)```\n\n    ([^\n]*)\n").FindSubmatch(readme)
	if block == nil {
		t.Fatal("no example in the README")
	}
	code := regexp.MustCompile(`(?m)^\t`).ReplaceAllString(string(must(os.ReadFile("example_test.go"))), "")
	body := "(ctx context.Context, path, feed string) error {\n" + string(block[1]) + "return nil\n}"
	if !strings.Contains(code, body) {
		t.Errorf("example_test.go does not hold\n%s", body)
	}
	if !strings.Contains(code, "// Output: "+string(block[2])+"\n}") {
		t.Errorf("no example prints %q", block[2])
	}
}

// Exported declarations do not show C types.
func TestNoCTypesAreExported(t *testing.T) {
	signature := regexp.MustCompile(`(?m)^func (?:\([^)]*\) )?[A-Z]\w*(?:\[.*?\])?\(.*C\..*\{$`)
	for _, found := range signature.FindAllString(sources(t, "*.go"), -1) {
		t.Errorf("C type in %s", found)
	}
}

// Every method that hands its C object to C keeps its receiver alive until C is done with it.
func TestReceiversAreKeptAlive(t *testing.T) {
	body := regexp.MustCompile(`(?ms)^func \((\w+) \*(?:LP|Model|Solver|Result|Options|Env)\) ([A-Z]\w*)\(.*?^\}`)
	methods := body.FindAllStringSubmatch(sources(t, "*.go"), -1)
	if len(methods) < 120 {
		t.Fatalf("only %d methods found", len(methods))
	}
	for _, method := range methods {
		passes := regexp.MustCompile(`C\.\w+\([^)]*\b` + method[1] + `\.c\b`).MatchString(method[0])
		kept := strings.Contains(method[0], "runtime.KeepAlive("+method[1]+")") ||
			regexp.MustCompile(`return specs\(m, |return s\.answer\(`).MatchString(method[0]) // keep it
		if passes && !kept && method[2] != "Close" {
			t.Errorf("%s does not keep its receiver alive", method[2])
		}
	}
}
