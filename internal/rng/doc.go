// Package rng gives each trajectory, chunk or draw a random stream of its own.
//
// A stream is a xoshiro256++ generator (Blackman and Vigna, 2021) whose 256-bit state is a hash of a seed, the name of
// what the stream is for, and a path of indices: New(seed, "sde", member). The numbers of a stream depend on nothing
// else, so results are the same bits on any number of cores, and two stages that are given the same seed still draw
// independent numbers. Streams are hashed points of a cycle of 2²⁵⁶−1 numbers; that two of 2³² streams of 2⁵⁰ numbers
// overlap has probability below 2⁻¹⁴⁰.
//
// Normal numbers come from the ziggurat of Marsaglia and Tsang (2000) with 256 layers and 55 random bits.
package rng
