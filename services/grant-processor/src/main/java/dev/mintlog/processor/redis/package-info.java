/**
 * Authorizations in Redis: what is read in one breath with the marker that vouches for it, what is compared and set by
 * one script, and what is written back from the changelog when Redis has lost something.
 */
package dev.mintlog.processor.redis;
