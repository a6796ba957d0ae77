package dcalloc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"dcalloc"
)

// The edits of the common cases.

// pairs lists the keys of an object in the order of the file.
type pairs []struct {
	name  string
	value number
}

func (p *pairs) UnmarshalJSON(raw []byte) error {
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	_, err := decoder.Token()
	for err == nil && decoder.More() {
		var name json.Token
		var value number
		if name, err = decoder.Token(); err == nil {
			err = decoder.Decode(&value)
		}
		*p = append(*p, struct {
			name  string
			value number
		}{fmt.Sprint(name), value})
	}
	return err
}

func (r *run) edit(raw json.RawMessage) error {
	var any map[string]json.RawMessage
	if err := json.Unmarshal(raw, &any); err != nil {
		return err
	}
	var wanted *refusal
	if given := any["refused"]; given != nil {
		if err := strict(given, &wanted); err != nil {
			return err
		}
		delete(any, "refused")
	}
	acts := map[string]func(*run, string, []byte) error{"set": (*run).set, "add": (*run).add,
		"remove": (*run).remove, "place": (*run).place, "do": (*run).do}
	for key, act := range acts {
		given, chosen := any[key]
		if !chosen {
			continue
		}
		var word string
		if err := json.Unmarshal(given, &word); err != nil {
			return err
		}
		delete(any, key)
		rest := must(json.Marshal(any)) // sorts the keys of this object only
		err := act(r, word, rest)
		if wanted == nil {
			return err
		}
		return r.refused(wanted, err)
	}
	return errors.New("an edit that does nothing")
}

// setter sets a number of an object, maybe by another one.
type setter struct {
	kind  dcalloc.Kind
	by    string // key of the other object, or ""
	other dcalloc.Kind
	call  func(m *dcalloc.Model, at, other int, to float64) error
}

// plain makes a setter of a method without another object.
func plain(kind dcalloc.Kind, call func(*dcalloc.Model, int, float64) error) setter {
	return setter{kind: kind, call: func(m *dcalloc.Model, at, _ int, to float64) error {
		return call(m, at, to)
	}}
}

func repairOf(kind dcalloc.Kind) setter {
	return setter{kind, "resource", dcalloc.KindResource,
		func(m *dcalloc.Model, at, resource int, to float64) error {
			return m.SetRepairWeight(kind, at, resource, to)
		}}
}

var setters = map[string]setter{
	"pool count":      plain(dcalloc.KindPool, (*dcalloc.Model).SetPoolCount),
	"pool idle_watts": plain(dcalloc.KindPool, (*dcalloc.Model).SetPoolIdleWatts),
	"pool price":      plain(dcalloc.KindPool, (*dcalloc.Model).SetPoolPrice),
	"domain factor":   plain(dcalloc.KindDomain, (*dcalloc.Model).SetDomainFactor),
	"domain energy_price": plain(dcalloc.KindDomain,
		(*dcalloc.Model).SetDomainEnergyPrice),
	"link capacity":     plain(dcalloc.KindLink, (*dcalloc.Model).SetLinkCapacity),
	"link price":        plain(dcalloc.KindLink, (*dcalloc.Model).SetLinkPrice),
	"demand amount":     plain(dcalloc.KindDemand, (*dcalloc.Model).SetDemandAmount),
	"demand value":      plain(dcalloc.KindDemand, (*dcalloc.Model).SetDemandValue),
	"demand min_share":  plain(dcalloc.KindDemand, (*dcalloc.Model).SetDemandMinShare),
	"demand weight":     plain(dcalloc.KindDemand, (*dcalloc.Model).SetDemandWeight),
	"placement cost":    plain(dcalloc.KindPlacement, (*dcalloc.Model).SetPlacementCost),
	"placement rate":    plain(dcalloc.KindPlacement, (*dcalloc.Model).SetPlacementRate),
	"placement ceiling": plain(dcalloc.KindPlacement, (*dcalloc.Model).SetPlacementCeiling),
	"placement current": plain(dcalloc.KindPlacement,
		func(m *dcalloc.Model, at int, to float64) error {
			return m.SetCurrent([]int32{int32(at)}, []float64{to})
		}),
	"pool capacity": {dcalloc.KindPool, "resource", dcalloc.KindResource,
		(*dcalloc.Model).SetPoolCapacity},
	"pool watts": {dcalloc.KindPool, "resource", dcalloc.KindResource,
		(*dcalloc.Model).SetPoolWatts},
	"domain limit": {dcalloc.KindDomain, "resource", dcalloc.KindResource,
		(*dcalloc.Model).SetDomainLimit},
	"pool share": {dcalloc.KindPool, "in", dcalloc.KindDomain,
		(*dcalloc.Model).SetPoolDomain},
	"domain share": {dcalloc.KindDomain, "in", dcalloc.KindDomain,
		(*dcalloc.Model).SetDomainParent},
	"pool repair":   repairOf(dcalloc.KindPool),
	"domain repair": repairOf(dcalloc.KindDomain),
	"link repair":   repairOf(dcalloc.KindLink),
	"demand repair": repairOf(dcalloc.KindDemand),
}

func (r *run) set(what string, raw []byte) error {
	var e struct {
		Of           string
		To           json.RawMessage
		Resource, In *string
		Term         *int
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	if what == "demand hard" {
		var hard bool
		err := json.Unmarshal(e.To, &hard)
		return first(err, r.model.SetDemandHard(r.model.Find(dcalloc.KindDemand, e.Of), hard))
	}
	var to number
	if err := json.Unmarshal(e.To, &to); err != nil {
		return err
	}
	if what == "tier weight" && e.Term != nil {
		tier := r.model.Find(dcalloc.KindTier, e.Of)
		return r.model.SetTermWeight(tier, *e.Term, float64(to))
	}
	s, known := setters[what]
	others := map[string]*string{"resource": e.Resource, "in": e.In}
	other := -1
	if by := others[s.by]; by != nil {
		other = r.model.Find(s.other, *by)
		delete(others, s.by)
	}
	if !known || e.Term != nil || others["in"] != nil || others["resource"] != nil {
		return fmt.Errorf("set %q is unknown, or not with these keys", what)
	}
	return s.call(r.model, r.model.Find(s.kind, e.Of), other, float64(to))
}

// byResource gives amounts as an array over resources.
func (r *run) byResource(amounts numbers) ([]float64, error) {
	if amounts == nil {
		return nil, nil
	}
	out := make([]float64, r.model.Count(dcalloc.KindResource))
	for name, amount := range amounts {
		at := r.model.Find(dcalloc.KindResource, name)
		if at < 0 {
			return nil, fmt.Errorf("there is no resource %q", name)
		}
		out[at] = float64(amount)
	}
	return out, nil
}

func (r *run) add(kind string, raw []byte) error {
	acts := map[string]func(*run, []byte) error{"resource": (*run).addResource,
		"pool": (*run).addPool, "domain": (*run).addDomain, "link": (*run).addLink,
		"demand": (*run).addDemand, "placement": (*run).addPlacement, "tier": (*run).addTier}
	act := acts[kind]
	if act == nil {
		return fmt.Errorf("add %q is unknown", kind)
	}
	return act(r, raw)
}

func (r *run) addResource(raw []byte) error {
	var e struct{ Name, Unit string }
	if err := strict(raw, &e); err != nil {
		return err
	}
	_, err := r.model.AddResource(e.Name, e.Unit)
	return err
}

func (r *run) addPool(raw []byte) error {
	var e struct {
		Name            string
		Count, Price    *number
		IdleWatts       *number `json:"idle_watts"`
		Capacity, Watts numbers
		Elastic         bool
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	capacity, err := r.byResource(e.Capacity)
	watts, wrong := r.byResource(e.Watts)
	if err = first(err, wrong); err != nil {
		return err
	}
	_, err = r.model.AddPools(dcalloc.Pool{Name: e.Name, Count: e.Count.or(1), Elastic: e.Elastic,
		Capacity: capacity, Watts: watts, IdleWatts: e.IdleWatts.or(0), Price: e.Price.or(0)})
	return err
}

func (r *run) addDomain(raw []byte) error {
	var e struct {
		Name, Kind  string
		Factor      *number
		EnergyPrice *number `json:"energy_price"`
		Limits      pairs
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	kind, known := map[string]dcalloc.DomainKind{"power": dcalloc.DomainPower,
		"failure": dcalloc.DomainFailure, "network": dcalloc.DomainNetwork,
		"tenant": dcalloc.DomainTenant}[e.Kind]
	if !known {
		return fmt.Errorf("a domain of kind %q", e.Kind)
	}
	at, err := r.model.AddDomains(dcalloc.Domain{Name: e.Name, Kind: kind, Factor: e.Factor.or(1),
		EnergyPrice: e.EnergyPrice.or(0)})
	for _, limit := range e.Limits {
		if err == nil {
			resource := r.model.Find(dcalloc.KindResource, limit.name)
			err = r.model.SetDomainLimit(at, resource, float64(limit.value))
		}
	}
	return err
}

func (r *run) addLink(raw []byte) error {
	var e struct {
		Name, From, To, Unit string
		Capacity, Price      *number
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	_, err := r.model.AddLinks(dcalloc.Link{Name: e.Name, From: e.From, To: e.To, Unit: e.Unit,
		Capacity: e.Capacity.or(math.Inf(1)), Price: e.Price.or(0)})
	return err
}

func (r *run) addDemand(raw []byte) error {
	var e struct {
		Name, Unit            string
		Tenant                *string
		Amount, Value, Weight *number
		MinShare              *number `json:"min_share"`
		Use                   numbers
		Hard                  bool
		Priority              int32
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	use, err := r.byResource(e.Use)
	if err != nil {
		return err
	}
	tenant := -1
	if e.Tenant != nil {
		tenant = r.model.Find(dcalloc.KindDomain, *e.Tenant)
	}
	_, err = r.model.AddDemands(dcalloc.Demand{Name: e.Name, Tenant: tenant, Use: use,
		Amount: e.Amount.or(1), Value: e.Value.or(1), MinShare: e.MinShare.or(0),
		Weight: e.Weight.or(1), Hard: e.Hard, Priority: e.Priority, Unit: e.Unit})
	return err
}

func (r *run) addPlacement(raw []byte) error {
	var e struct {
		Demand, Name        string
		Pool                *string
		Rate, Cost, Ceiling *number
		Use                 numbers
		Links               pairs
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	use, err := r.byResource(e.Use)
	if err != nil {
		return err
	}
	made := dcalloc.Placement{Name: e.Name, Demand: r.model.Find(dcalloc.KindDemand, e.Demand),
		Pool: -1, Rate: e.Rate.or(1), Use: use, Cost: e.Cost.or(0),
		Ceiling: e.Ceiling.or(math.Inf(1))}
	if e.Pool != nil {
		made.Pool = r.model.Find(dcalloc.KindPool, *e.Pool)
	}
	for _, link := range e.Links {
		made.Links = append(made.Links, int32(r.model.Find(dcalloc.KindLink, link.name)))
		made.LinkUse = append(made.LinkUse, float64(link.value))
	}
	_, err = r.model.AddPlacements(made)
	return err
}

func (r *run) addTier(raw []byte) error {
	var e struct {
		Name  string
		Terms []struct {
			Kind             string
			Weight           *number
			Domain, Resource *string
			Priority         *int32
		}
	}
	if err := strict(raw, &e); err != nil {
		return err
	}
	tier, err := r.model.AddTier(e.Name)
	if err != nil {
		return err
	}
	kinds := map[string]dcalloc.TermKind{"cost": dcalloc.TermCost, "energy": dcalloc.TermEnergy,
		"unmet": dcalloc.TermUnmet, "utilisation": dcalloc.TermUtilisation,
		"movement": dcalloc.TermMovement, "value": dcalloc.TermValue, "share": dcalloc.TermShare}
	for _, one := range e.Terms {
		kind, known := kinds[one.Kind]
		if !known {
			return fmt.Errorf("a term of kind %q", one.Kind)
		}
		term := dcalloc.NewTerm(kind)
		term.Weight = one.Weight.or(1)
		if one.Domain != nil {
			term.Domain = r.model.Find(dcalloc.KindDomain, *one.Domain)
		}
		if one.Resource != nil {
			term.Resource = r.model.Find(dcalloc.KindResource, *one.Resource)
		}
		if one.Priority != nil {
			term.Priority = *one.Priority
		}
		if _, err := r.model.AddTerm(tier, term); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) remove(word string, raw []byte) error {
	var e struct{ Name string }
	if err := strict(raw, &e); err != nil {
		return err
	}
	kind, known := kindWords[word]
	if !known {
		return fmt.Errorf("remove %q is unknown", word)
	}
	return r.model.Remove(kind, r.model.Find(kind, e.Name))
}

func (r *run) place(demand string, raw []byte) error {
	var e struct{ On pairs }
	if err := strict(raw, &e); err != nil {
		return err
	}
	var pools []int32
	var rates []float64
	for _, one := range e.On {
		pools = append(pools, int32(r.model.Find(dcalloc.KindPool, one.name)))
		rates = append(rates, float64(one.value))
	}
	_, err := r.model.Place(r.model.Find(dcalloc.KindDemand, demand), pools, rates)
	return err
}

func (r *run) do(what string, raw []byte) error {
	if err := strict(raw, &struct{}{}); err != nil {
		return err
	}
	switch what {
	case "keep placements":
		return r.model.SetCurrentFrom(r.result)
	case "compact":
		_, err := r.model.Compact()
		return err
	case "clear tiers":
		return r.model.ClearTiers()
	case "reset":
		r.solver.Reset()
		return nil
	}
	return fmt.Errorf("do %q is unknown", what)
}
