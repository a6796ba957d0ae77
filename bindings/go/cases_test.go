package dcalloc_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"context"
	"dcalloc"
)

// The common cases of tests/cases (format in its README.md), through the public API; C and Python
// run the same files. JSON is decoded strictly: a key that is not known fails the case.

const caseTolerance = 1e-7 // times max(1, |expected|)

// number is a number of a case, or "inf", "-inf", "nan".
type number float64

func (n *number) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case `"inf"`:
		*n = number(math.Inf(1))
	case `"-inf"`:
		*n = number(math.Inf(-1))
	case `"nan"`:
		*n = number(math.NaN())
	default:
		return json.Unmarshal(raw, (*float64)(n))
	}
	return nil
}

func (n *number) or(otherwise float64) float64 {
	if n == nil {
		return otherwise
	}
	return float64(*n)
}

func strict(raw []byte, to any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(to)
}

type numbers map[string]number

type refusal struct {
	Status, About, Name, Says string
	Line, Column              int
}

type place struct {
	Kind, Of string
	Resource *string
}

type expectation struct {
	Outcome                 string
	Objective, Cost, Energy *number
	Tiers                   json.RawMessage
	Served, Unmet, Placed   numbers
	NodesOn                 numbers `json:"nodes_on"`
	PoolKilowatts           numbers `json:"pool_kilowatts"`
	DomainKilowatts         numbers `json:"domain_kilowatts"`
	DomainCosts             numbers `json:"domain_costs"`
	Limits                  []limitExpectation
	PriceSums               []priceSum `json:"price_sums"`
	Blocking                map[string][]place
	Repair                  map[string]repairExpectation
	Warm                    *bool
	Says                    []string
	Slots                   map[string]int
}

type limitExpectation struct {
	place
	Limit, Use, Price *number
	Tier              *int
}

type priceSum struct {
	Limits []place
	Is     *number
}

type repairExpectation struct {
	Size    *number
	Changes []struct {
		place
		From, To *number
	}
}

type step struct {
	Why     string
	Edits   []json.RawMessage
	Options map[string]string
	Expect  *expectation
	Refused *refusal
}

type commonCase struct {
	Title, Shows, Source string
	Scenario             json.RawMessage
	Text                 []string
	Steps                []json.RawMessage
	Refused              *refusal
}

var statusWords = map[dcalloc.Status]string{
	dcalloc.ErrNoMemory: "nomem", dcalloc.ErrArg: "arg", dcalloc.ErrState: "state",
	dcalloc.ErrABI: "abi", dcalloc.ErrIO: "io", dcalloc.ErrSyntax: "syntax",
	dcalloc.ErrInternal: "internal", dcalloc.ErrUnsupported: "unsupported",
}

var kindWords = map[string]dcalloc.Kind{
	"resource": dcalloc.KindResource, "pool": dcalloc.KindPool, "domain": dcalloc.KindDomain,
	"link": dcalloc.KindLink, "demand": dcalloc.KindDemand, "placement": dcalloc.KindPlacement,
	"tier": dcalloc.KindTier, "term": dcalloc.KindTerm, "option": dcalloc.KindOption,
	"file": dcalloc.KindFile,
}

// run is one model and its solver, going through the steps.
type run struct {
	env    *dcalloc.Env
	model  *dcalloc.Model
	solver *dcalloc.Solver
	result *dcalloc.Result
}

func near(found float64, expected *number, what string) error {
	if expected == nil {
		return nil
	}
	wanted := float64(*expected)
	if found == wanted || math.Abs(found-wanted) <= caseTolerance*math.Max(1, math.Abs(wanted)) {
		return nil
	}
	return fmt.Errorf("%s is %.17g, expected %.17g", what, found, wanted)
}

// first gives the first error of a list.
func first(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *run) refused(wanted *refusal, err error) error {
	var e *dcalloc.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("not refused: %v", err)
	}
	kind, about := kindWords[wanted.About]
	switch {
	case statusWords[e.Code] != wanted.Status:
		return fmt.Errorf("status %s: %w", statusWords[e.Code], err)
	case wanted.About != "" && (!about || kind != e.Kind):
		return fmt.Errorf("about kind %d: %w", e.Kind, err)
	case wanted.Name != "" && r.model.ObjectName(e.Kind, e.Index) != wanted.Name:
		return fmt.Errorf("about %q: %w", r.model.ObjectName(e.Kind, e.Index), err)
	case wanted.Line != 0 && wanted.Line != e.Line, wanted.Column != 0 && wanted.Column != e.Column:
		return fmt.Errorf("line %d, column %d: %w", e.Line, e.Column, err)
	case !strings.Contains(e.Text, wanted.Says):
		return fmt.Errorf("it does not say %q: %w", wanted.Says, err)
	}
	return nil
}

// ---- Expectations ---------------------------------------------------------------------------------

// tiers compares names and values, in order.
func (r *run) tiers(raw json.RawMessage) error {
	if raw == nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	_, err := decoder.Token()
	k := 0
	for ; err == nil && decoder.More(); k++ {
		var name json.Token
		var wanted number
		if name, err = decoder.Token(); err != nil {
			break
		}
		if err = decoder.Decode(&wanted); err != nil {
			break
		}
		if held := r.result.TierName(k); held != name {
			return fmt.Errorf("tier %d is %q, expected %q", k, held, name)
		}
		found, missing := r.result.TierValue(k)
		err = first(missing, near(found, &wanted, "tier "+r.result.TierName(k)))
	}
	if err == nil && k != r.result.NumTiers() {
		err = fmt.Errorf("there are %d tiers", r.result.NumTiers())
	}
	return err
}

func (r *run) byName(kind dcalloc.Kind, wanted numbers, what string,
	read func() ([]float64, error)) error {
	if wanted == nil {
		return nil
	}
	found, err := read()
	if err != nil {
		return err
	}
	for name, value := range wanted {
		at := r.model.Find(kind, name)
		if at < 0 {
			return fmt.Errorf("there is no %q", name)
		}
		value := value
		if err := near(found[at], &value, what+" of "+name); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) vectors(e *expectation) error {
	pools := func(pick func(dcalloc.PoolUse) float64) func() ([]float64, error) {
		return func() ([]float64, error) { return each(r.result.Pools, pick) }
	}
	domains := func(pick func(dcalloc.DomainUse) float64) func() ([]float64, error) {
		return func() ([]float64, error) { return each(r.result.Domains, pick) }
	}
	return first(
		r.byName(dcalloc.KindDemand, e.Served, "served", r.result.Served),
		r.byName(dcalloc.KindDemand, e.Unmet, "unmet", r.result.Unmet),
		r.byName(dcalloc.KindPlacement, e.Placed, "placed", r.result.Placed),
		r.byName(dcalloc.KindPool, e.NodesOn, "nodes on",
			pools(func(use dcalloc.PoolUse) float64 { return use.NodesOn })),
		r.byName(dcalloc.KindPool, e.PoolKilowatts, "kW",
			pools(func(use dcalloc.PoolUse) float64 { return use.Kilowatts })),
		r.byName(dcalloc.KindDomain, e.DomainKilowatts, "kW",
			domains(func(use dcalloc.DomainUse) float64 { return use.Kilowatts })),
		r.byName(dcalloc.KindDomain, e.DomainCosts, "cost",
			domains(func(use dcalloc.DomainUse) float64 { return use.Cost })),
	)
}

// each reads one field of a list.
func each[T any](read func() ([]T, error), pick func(T) float64) ([]float64, error) {
	list, err := read()
	out := make([]float64, len(list))
	for k, one := range list {
		out[k] = pick(one)
	}
	return out, err
}

func (r *run) where(p place) (kind dcalloc.Kind, at, resource int, err error) {
	kind, known := kindWords[p.Kind]
	at, resource = r.model.Find(kind, p.Of), -1
	if p.Resource != nil {
		resource = r.model.Find(dcalloc.KindResource, *p.Resource)
	}
	if !known || at < 0 || p.Resource != nil && resource < 0 {
		err = fmt.Errorf("there is no limit of %q", p.Of)
	}
	return kind, at, resource, err
}

func (r *run) limit(p place) (dcalloc.Limit, error) {
	kind, at, resource, err := r.where(p)
	if err != nil {
		return dcalloc.Limit{}, err
	}
	return r.result.Limit(kind, at, resource)
}

func (r *run) limits(e *expectation) error {
	for _, one := range e.Limits {
		found, err := r.limit(one.place)
		if err == nil && one.Tier != nil {
			found.Price, err = r.result.LimitPrice(*one.Tier, found.Kind, found.Index, found.Resource)
		}
		err = first(err, near(found.Limit, one.Limit, "limit of "+one.Of),
			near(found.Use, one.Use, "use of "+one.Of),
			near(found.Price, one.Price, "price of "+one.Of))
		if err != nil {
			return err
		}
	}
	for _, one := range e.PriceSums {
		sum := 0.0
		for _, p := range one.Limits {
			found, err := r.limit(p)
			if err != nil {
				return err
			}
			sum += found.Price
		}
		if err := near(sum, one.Is, "sum of prices"); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) blocking(wanted map[string][]place) error {
	for demand, limits := range wanted {
		at := r.model.Find(dcalloc.KindDemand, demand)
		found, err := r.result.Blocking(at)
		if err != nil {
			return err
		}
		var held, asked []string
		for _, one := range found {
			held = append(held, fmt.Sprint(one.Kind, one.Index, one.Resource))
		}
		for _, p := range limits {
			kind, at, resource, err := r.where(p)
			if err != nil {
				return err
			}
			asked = append(asked, fmt.Sprint(kind, at, resource))
		}
		sort.Strings(held)
		sort.Strings(asked)
		if strings.Join(held, ",") != strings.Join(asked, ",") {
			return fmt.Errorf("%q is blocked by %+v", demand, found)
		}
	}
	return nil
}

func (r *run) repair(word string, wanted repairExpectation) error {
	by, known := map[string]dcalloc.RepairBy{"cheapest": dcalloc.RepairCheapest,
		"capacity": dcalloc.RepairCapacity, "demand": dcalloc.RepairDemand}[word]
	if !known {
		return fmt.Errorf("repair %q is unknown", word)
	}
	found, err := r.result.Repair(by)
	if err != nil {
		return err
	}
	if len(found.Changes) != len(wanted.Changes) {
		return fmt.Errorf("the repair by %s is %+v", word, found)
	}
	for _, change := range wanted.Changes {
		kind, at, resource, err := r.where(change.place)
		if err != nil {
			return err
		}
		seen := false
		for _, one := range found.Changes {
			if one.Kind == kind && one.Index == at && one.Resource == resource {
				seen = true
				err = first(near(one.From, change.From, "from"), near(one.To, change.To, "to"))
			}
		}
		if err != nil || !seen {
			return fmt.Errorf("the repair by %s of %q: %v in %+v", word, change.Of, err, found)
		}
	}
	return near(found.Size, wanted.Size, "size of the repair by "+word)
}

func (r *run) expect(e *expectation) error {
	if got := strings.ReplaceAll(r.result.Outcome().String(), " ", "_"); got != e.Outcome {
		return fmt.Errorf("the outcome is %s", got)
	}
	if err := first(near(r.result.Objective(), e.Objective, "objective"), r.tiers(e.Tiers),
		r.vectors(e), r.limits(e), r.blocking(e.Blocking)); err != nil {
		return err
	}
	if e.Cost != nil || e.Energy != nil {
		cost, energy, err := r.result.Totals()
		err = first(err, near(cost, e.Cost, "cost"), near(energy, e.Energy, "energy"))
		if err != nil {
			return err
		}
	}
	for by, wanted := range e.Repair {
		if err := r.repair(by, wanted); err != nil {
			return err
		}
	}
	info, err := r.result.Info()
	if err != nil || e.Warm != nil && *e.Warm != info.Warm {
		return fmt.Errorf("warm is %v: %v", info.Warm, err)
	}
	said := strings.Join(r.result.Sentences(), "\n")
	for _, fragment := range e.Says {
		if !strings.Contains(said, fragment) {
			return fmt.Errorf("nowhere it says %q: %s", fragment, said)
		}
	}
	for word, wanted := range e.Slots {
		kind, known := kindWords[word]
		if found := r.model.Count(kind); !known || found != wanted {
			return fmt.Errorf("there are %d slots of %q", found, word)
		}
	}
	return nil
}

// ---- Steps and cases ------------------------------------------------------------------------------

func (r *run) solve(chosen map[string]string) error {
	if chosen != nil {
		options := must(dcalloc.NewOptions(r.env))
		defer options.Close()
		for name, value := range chosen {
			if err := options.Set(name, value); err != nil {
				return err
			}
		}
		if err := r.solver.SetOptions(options); err != nil {
			return err
		}
	}
	result, err := r.solver.Solve(context.Background())
	if err != nil {
		return err
	}
	if r.result != nil {
		r.result.Close()
	}
	r.result = result
	proof, err := result.Certificate()
	outcome := result.Outcome()
	if err == nil && (outcome == dcalloc.Optimal || outcome == dcalloc.Infeasible) && !proof.Valid {
		err = errors.New("the answer is not proved")
	}
	if err == nil && outcome == dcalloc.Optimal {
		err = r.sameWhenCold()
	}
	return err
}

// sameWhenCold compares the tiers with those of a solver that starts anew.
func (r *run) sameWhenCold() error {
	solver := must(dcalloc.NewSolver(r.model, nil))
	defer solver.Close()
	cold, err := solver.Solve(context.Background())
	if err != nil {
		return err
	}
	defer cold.Close()
	for k := 0; k < cold.NumTiers(); k++ {
		wanted, err := cold.TierValue(k)
		found, missing := r.result.TierValue(k)
		expected := number(wanted)
		err = first(err, missing, near(found, &expected, "warm against cold, "+cold.TierName(k)))
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *run) step(raw json.RawMessage) error {
	var s step
	if err := strict(raw, &s); err != nil {
		return err
	}
	if s.Why == "" || (s.Expect == nil) == (s.Refused == nil) {
		return errors.New("a step has a why, and expects or is refused")
	}
	for _, edit := range s.Edits {
		if err := r.edit(edit); err != nil {
			return err
		}
	}
	err := r.solve(s.Options)
	if s.Refused != nil {
		return r.refused(s.Refused, err)
	}
	if err != nil {
		return err
	}
	return r.expect(s.Expect)
}

func (r *run) close() {
	if r.result != nil {
		r.result.Close()
	}
	r.solver.Close()
	r.model.Close()
}

// runCase gives an error unless the case holds and everything made for it is freed.
func runCase(raw []byte) error {
	var c commonCase
	if err := strict(raw, &c); err != nil {
		return err
	}
	if (c.Scenario == nil) == (c.Text == nil) || (c.Refused == nil) == (len(c.Steps) == 0) {
		return errors.New("a case has a scenario and steps, or a text that is refused")
	}
	text := []byte(c.Scenario)
	if c.Text != nil {
		text = []byte(strings.Join(c.Text, "\n"))
	}
	env := must(dcalloc.NewEnv(dcalloc.EnvConfig{}))
	defer env.Close()
	model, err := dcalloc.ParseModel(context.Background(), env, text)
	if c.Refused != nil {
		return (&run{env: env}).refused(c.Refused, err)
	}
	if err != nil {
		return err
	}
	r := run{env: env, model: model, solver: must(dcalloc.NewSolver(model, nil))}
	for k, one := range c.Steps {
		if err = r.step(one); err != nil {
			err = fmt.Errorf("step %d: %w", k+1, err)
			break
		}
	}
	r.close()
	if err == nil && env.Memory() != 0 {
		err = fmt.Errorf("%d bytes are still held", env.Memory())
	}
	return err
}

func caseFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../tests/cases/[0-9]*.json")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	return files
}

func TestCases(t *testing.T) {
	for _, path := range caseFiles(t) {
		if err := runCase(must(os.ReadFile(path))); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// ---- Spoiled cases --------------------------------------------------------------------------------

// change replaces the bytes from start to end.
type change struct {
	start, end int64
	with       string
}

// spoiler lists what can be spoiled in a case: each value that is expected, and each object, which
// gets a key that nobody knows; but for scenario and options, whose keys the library checks.
type spoiler struct {
	raw     []byte
	decoder *json.Decoder
	changes []change
}

func (s *spoiler) walk(expected, sparing bool) {
	start := s.decoder.InputOffset()
	for strings.IndexByte(" \n\t:,", s.raw[start]) >= 0 {
		start++
	}
	token := must(s.decoder.Token())
	end := s.decoder.InputOffset()
	switch value := token.(type) {
	case json.Delim:
		if value == '{' && !sparing {
			with := `"unknown": 0`
			if s.decoder.More() {
				with += ", "
			}
			s.changes = append(s.changes, change{end, end, with})
		}
		for s.decoder.More() {
			below, spare := expected, sparing
			if value == '{' {
				key := must(s.decoder.Token())
				below = below || key == "expect" || key == "refused"
				spare = spare || key == "scenario" || key == "options"
			}
			s.walk(below, spare)
		}
		must(s.decoder.Token())
	case string:
		s.spoil(expected && !sparing, change{start + 1, start + 1, "wrong "})
	case float64:
		s.spoil(expected && !sparing, change{start, end, fmt.Sprint(value + 1)})
	case bool:
		s.spoil(expected && !sparing, change{start, end, fmt.Sprint(!value)})
	}
}

func (s *spoiler) spoil(wanted bool, one change) {
	if wanted {
		s.changes = append(s.changes, one)
	}
}

// An expectation that cannot fail, or a key that is passed over, is a defect of the runner.
func TestSpoiledCasesFail(t *testing.T) {
	for _, path := range caseFiles(t) {
		raw := must(os.ReadFile(path))
		s := spoiler{raw: raw, decoder: json.NewDecoder(bytes.NewReader(raw))}
		s.walk(false, false)
		if len(s.changes) < 3 {
			t.Fatalf("%s: %d changes", path, len(s.changes))
		}
		for _, one := range s.changes {
			spoiled := append(append(append([]byte{}, raw[:one.start]...), one.with...),
				raw[one.end:]...)
			if !json.Valid(spoiled) {
				t.Fatalf("%s: byte %d: spoiled beyond JSON", path, one.start)
			}
			if runCase(spoiled) == nil {
				line := 1 + bytes.Count(raw[:one.start], []byte("\n"))
				t.Errorf("%s:%d: passes with %q", path, line, one.with)
			}
		}
	}
}
