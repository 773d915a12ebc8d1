/**
 * A deterministic simulation of the whole request path over the real core: a seeded scheduler decides what happens next
 * (a step of a command's life, a client's move, a crash, a rebalance, a pause, a lost Redis) and after each the promises of
 * the design are checked. The same seed gives the same run.
 *
 * <p>Rules are switched off at the rim, in the simulated processor, store and group; the core knows of no switch.
 */
package dev.mintlog.simulation;
