/**
 * A closed-loop load generator for token endpoints: N virtual users on one thread, each sending its next request when its
 * last was answered, over keep-alive connections. What a user sends is a {@link dev.mintlog.bench.script.Script}: one token in
 * each round, and before it whatever a real client needs for a fresh credential. It reports tokens per second, latencies
 * and what the tokens cost in CPU.
 *
 * <p>A closed loop waits for a slow server, so its latencies are those seen by N patient clients; they say nothing of
 * arrivals that do not wait. Loopback only: this is a measuring instrument, not a weapon.
 */
package dev.mintlog.bench;
