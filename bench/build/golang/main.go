// Command buildgo builds the model of bench/build/README.md from slices, through the Go binding, and
// tells in one JSON object what that took.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"dcalloc"
)

const (
	pools = 100
	ways  = 10
)

// arrays is what a caller has.
type arrays struct {
	demand, pool, slot []int32
	cost, amount, use  []float64
	start              []int64
	capacity           float64
}

func fill(n int) arrays {
	demands := n / ways
	a := arrays{demand: make([]int32, n), pool: make([]int32, n), cost: make([]float64, n),
		amount: make([]float64, demands), use: make([]float64, demands),
		slot: make([]int32, demands+pools), start: make([]int64, demands+pools+1)}
	asked := 0.0
	for i := range a.amount {
		a.amount[i], a.use[i] = float64(1+i%5), float64(1+i%3)
		asked += a.amount[i] * a.use[i]
	}
	for k := range a.demand {
		a.demand[k] = int32(k / ways)
		a.pool[k] = int32((7*(k/ways) + 11*(k%ways)) % pools)
		a.cost[k] = float64(1 + 31*k%17)
	}
	for i := range a.slot {
		a.slot[i], a.start[i] = 1, int64(i)
	}
	a.start[demands+pools] = int64(demands + pools)
	a.capacity = float64(int(1.25*asked/pools + 1))
	return a
}

func build(a arrays, model *dcalloc.Model) error {
	capacity := make([]float64, pools)
	for p := range capacity {
		capacity[p] = a.capacity
	}
	if _, err := model.AddResource("slot", "slot"); err != nil {
		return err
	}
	_, err := model.AddPoolColumns(dcalloc.PoolColumns{N: pools,
		Capacity: dcalloc.Sparse{Start: a.start[:pools+1], Index: a.slot[:pools], Value: capacity}})
	if err != nil {
		return err
	}
	demands := len(a.amount)
	_, err = model.AddDemandColumns(dcalloc.DemandColumns{N: demands, Amount: a.amount,
		Hard: []bool{true},
		Use:  dcalloc.Sparse{Start: a.start[:demands+1], Index: a.slot[:demands], Value: a.use}})
	if err != nil {
		return err
	}
	_, err = model.AddPlacementColumns(dcalloc.PlacementColumns{N: len(a.demand), Demand: a.demand,
		Pool: a.pool, Cost: a.cost})
	if err != nil {
		return err
	}
	tier, err := model.AddTier("cost")
	if err != nil {
		return err
	}
	if _, err = model.AddTerm(tier, dcalloc.NewTerm(dcalloc.TermCost)); err != nil {
		return err
	}
	// Nothing is unmet: all demands are hard.
	_, err = model.AddTerm(tier, dcalloc.NewTerm(dcalloc.TermUnmet))
	return err
}

// memory gives the bytes of a line of /proc/self/status, 0 where there is none.
func memory(name string) int64 {
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == name+":" {
			kib, _ := strconv.ParseInt(words[1], 10, 64)
			return 1024 * kib
		}
	}
	return 0
}

func processor() float64 {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e9
}

func measure(n int) error {
	a := fill(n)
	before, used, begin := memory("VmRSS"), processor(), time.Now()
	model, err := dcalloc.NewModel(nil)
	if err != nil {
		return err
	}
	defer model.Close()
	if err := build(a, model); err != nil {
		return err
	}
	solver, err := dcalloc.NewSolver(model, nil)
	if err != nil {
		return err
	}
	defer solver.Close()
	lp, err := solver.Compiled(context.Background())
	if err != nil {
		return err
	}
	defer lp.Close()
	seconds, spent := time.Since(begin).Seconds(), processor()-used
	peak := memory("VmHWM")
	result, err := solver.Solve(context.Background())
	if err != nil {
		return err
	}
	defer result.Close()
	major, minor, patch := dcalloc.Version()
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"seconds": seconds, "processor": spent, "memory": peak - before, "rows": lp.NumRows(),
		"columns": lp.NumColumns(), "nonzeros": lp.NumEntries(), "objective": result.Objective(),
		"version": fmt.Sprintf("%d.%d.%d", major, minor, patch),
	})
}

func main() {
	n, err := 0, error(nil)
	if len(os.Args) == 2 {
		n, err = strconv.Atoi(os.Args[1])
	}
	if err != nil || n < 100 || n%ways != 0 {
		fmt.Fprintln(os.Stderr, "usage: buildgo N, a multiple of 10 from 100 on")
		os.Exit(2)
	}
	if err := measure(n); err != nil {
		fmt.Fprintln(os.Stderr, "buildgo:", err)
		os.Exit(1)
	}
}
