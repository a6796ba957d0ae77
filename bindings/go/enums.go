package dcalloc

// #include "shim.h"
import "C"

import "strings"

// Outcome is what is proven about the problem, verified on the caller's own numbers.
type Outcome int32

// The outcomes.
const (
	Unsolved              Outcome = C.DCA_UNSOLVED
	Optimal               Outcome = C.DCA_OPTIMAL    // a point and a dual bound that meet
	Feasible              Outcome = C.DCA_FEASIBLE   // a point that satisfies rows and bounds
	Infeasible            Outcome = C.DCA_INFEASIBLE // a Farkas ray was multiplied out
	Unbounded             Outcome = C.DCA_UNBOUNDED  // a feasible point and an improving ray
	InfeasibleOrUnbounded Outcome = C.DCA_INFEASIBLE_OR_UNBOUNDED
	TimeLimit             Outcome = C.DCA_TIME_LIMIT
	WorkLimit             Outcome = C.DCA_WORK_LIMIT
	Interrupted           Outcome = C.DCA_INTERRUPTED
	Imprecise             Outcome = C.DCA_IMPRECISE // the point missed its check
)

// String gives "optimal", "time limit", ...
func (o Outcome) String() string {
	return strings.ReplaceAll(text(C.dca_outcome_name(C.dca_outcome(o))), "_", " ")
}

// Sense is the direction of an objective.
type Sense int32

// The senses.
const (
	Minimise Sense = C.DCA_MINIMISE
	Maximise Sense = C.DCA_MAXIMISE
)

// BasisStatus is the state of a row or a column in a basis. A row is basic when its slack is.
type BasisStatus = uint8

// The states.
const (
	BasisBasic BasisStatus = C.DCA_BASIS_BASIC
	BasisLower BasisStatus = C.DCA_BASIS_LOWER
	BasisUpper BasisStatus = C.DCA_BASIS_UPPER
	BasisFree  BasisStatus = C.DCA_BASIS_FREE
)

// Kind is what an error, a limit or a name is about.
type Kind int32

// The kinds.
const (
	KindNone      Kind = C.DCA_KIND_NONE
	KindRow       Kind = C.DCA_KIND_ROW
	KindColumn    Kind = C.DCA_KIND_COLUMN
	KindResource  Kind = C.DCA_KIND_RESOURCE
	KindPool      Kind = C.DCA_KIND_POOL
	KindDomain    Kind = C.DCA_KIND_DOMAIN
	KindLink      Kind = C.DCA_KIND_LINK
	KindDemand    Kind = C.DCA_KIND_DEMAND
	KindPlacement Kind = C.DCA_KIND_PLACEMENT
	KindTier      Kind = C.DCA_KIND_TIER
	KindTerm      Kind = C.DCA_KIND_TERM
	KindOption    Kind = C.DCA_KIND_OPTION
	KindFile      Kind = C.DCA_KIND_FILE
)

// LogLevel is the level of a log line.
type LogLevel int32

// The levels.
const (
	LogError   LogLevel = C.DCA_LOG_ERROR
	LogWarning LogLevel = C.DCA_LOG_WARNING
	LogInfo    LogLevel = C.DCA_LOG_INFO
	LogDebug   LogLevel = C.DCA_LOG_DEBUG
)

// Phase is what a long call is doing.
type Phase int32

// The phases.
const (
	PhaseRead     Phase = C.DCA_PHASE_READ
	PhaseCompile  Phase = C.DCA_PHASE_COMPILE
	PhasePresolve Phase = C.DCA_PHASE_PRESOLVE
	PhaseSimplex1 Phase = C.DCA_PHASE_SIMPLEX_1 // looking for feasibility
	PhaseSimplex2 Phase = C.DCA_PHASE_SIMPLEX_2 // looking for the optimum
	PhaseVerify   Phase = C.DCA_PHASE_VERIFY
	PhaseExplain  Phase = C.DCA_PHASE_EXPLAIN
)

// CertificateKind is how an answer was proved.
type CertificateKind int32

// The proofs.
const (
	CertificateNone   CertificateKind = C.DCA_CERTIFICATE_NONE
	CertificateKKT    CertificateKind = C.DCA_CERTIFICATE_KKT    // primal point and dual bound
	CertificateFarkas CertificateKind = C.DCA_CERTIFICATE_FARKAS // multipliers no point satisfies
	CertificateRay    CertificateKind = C.DCA_CERTIFICATE_RAY    // feasible point and direction
)

// DomainKind is what a domain groups its pools for.
type DomainKind int32

// The kinds of domain.
const (
	DomainPower   DomainKind = C.DCA_DOMAIN_POWER   // PDU, UPS, feed: counts power only
	DomainFailure DomainKind = C.DCA_DOMAIN_FAILURE // rack, row, zone
	DomainNetwork DomainKind = C.DCA_DOMAIN_NETWORK // top-of-rack uplink
	DomainTenant  DomainKind = C.DCA_DOMAIN_TENANT  // queue, cohort, team: the use of its demands
)

// TermKind is what a tier of the objective may contain.
type TermKind int32

// The terms.
const (
	TermCost        TermKind = C.DCA_TERM_COST        // money per hour, small
	TermEnergy      TermKind = C.DCA_TERM_ENERGY      // kWh per hour, small
	TermUnmet       TermKind = C.DCA_TERM_UNMET       // sum of weight x units not served, small
	TermUtilisation TermKind = C.DCA_TERM_UTILISATION // largest use / limit in scope, small
	TermMovement    TermKind = C.DCA_TERM_MOVEMENT    // sum |placed - current|, small
	TermValue       TermKind = C.DCA_TERM_VALUE       // sum of value x units served, large
	TermShare       TermKind = C.DCA_TERM_SHARE       // smallest share served, large
)

// RepairBy chooses a repair.
type RepairBy int32

// The repairs.
const (
	RepairCheapest RepairBy = C.DCA_REPAIR_CHEAPEST // by any means
	RepairCapacity RepairBy = C.DCA_REPAIR_CAPACITY // by limits alone
	RepairDemand   RepairBy = C.DCA_REPAIR_DEMAND   // by hard demands alone
)

// Untouchable says which bounds of a row or column may not give while a conflict is looked for.
type Untouchable = uint8

// The marks, which may be added up.
const (
	UntouchableLower Untouchable = C.DCA_UNTOUCHABLE_LOWER
	UntouchableUpper Untouchable = C.DCA_UNTOUCHABLE_UPPER
)

// Power is the resource that every model has from the start, unit W.
const Power = C.DCA_POWER
