package dev.mintlog.edge.provider;

import java.time.Duration;

/**
 * What asking providers of one kind may take.
 *
 * @param threads at least 1
 * @param queueMax how many wait beyond those that run, at least 1
 * @param waitMax from the asking, time in the queue included
 */
public record ThreadBounds(int threads, int queueMax, Duration waitMax) {}
