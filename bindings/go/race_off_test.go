//go:build !race

package dcalloc

const raceDetector = false
