/**
 * Liveness, readiness and gauges over HTTP. Checks read cached state only, so that the answer never waits for what it
 * reports on.
 */
package dev.mintlog.runtime.health;
