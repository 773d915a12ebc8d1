/**
 * The way of a command to the log: what a command is before it has its header, where in the log it goes, and how it is
 * sent and its answer awaited. What commands say is read in the rooms below: {@code grant} for token requests,
 * {@code authorization} for what else can happen to an authorization.
 */
package dev.mintlog.edge.command;
