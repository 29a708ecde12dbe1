package simd

// Philox 4×32 with 10 rounds (Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011): a
// bijection of 128-bit counters for each 64-bit key.
const (
	philoxRounds = 10
	philoxA      = 0xd2511f53
	philoxB      = 0xcd9e8d57
	philoxKeyA   = 0x9e3779b9
	philoxKeyB   = 0xbb67ae85
)

// schedule holds the two key words of each round, in the low halves.
type schedule [2 * philoxRounds]uint64

func newSchedule(key uint64) (s schedule) {
	a, b := uint32(key), uint32(key>>32)
	for r := 0; r < len(s); r += 2 {
		s[r], s[r+1] = uint64(a), uint64(b)
		a += philoxKeyA
		b += philoxKeyB
	}
	return s
}

// philox encrypts a counter of four words.
func philox(s *schedule, c [4]uint32) [4]uint32 {
	for r := 0; r < len(s); r += 2 {
		a, b := philoxA*uint64(c[0]), philoxB*uint64(c[2])
		c = [4]uint32{
			uint32(b>>32) ^ c[1] ^ uint32(s[r]), uint32(b),
			uint32(a>>32) ^ c[3] ^ uint32(s[r+1]), uint32(a),
		}
	}
	return c
}
