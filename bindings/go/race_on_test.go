//go:build race

package dcalloc

const raceDetector = true
