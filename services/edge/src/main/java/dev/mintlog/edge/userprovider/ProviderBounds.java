package dev.mintlog.edge.userprovider;

import java.time.Duration;

/**
 * What providers of users may take.
 *
 * @param threads that block for them, at least 1
 * @param outstandingMax passwords that each of them may be asked about at one time, at least 1; more are not judged
 * @param waitMax how long an answer is waited for
 * @param refusalAfter a refusal is passed on no sooner than this after the question: most providers are quicker to say that
 *     there is no such user than that the password is wrong
 */
public record ProviderBounds(int threads, int outstandingMax, Duration waitMax, Duration refusalAfter) {}
