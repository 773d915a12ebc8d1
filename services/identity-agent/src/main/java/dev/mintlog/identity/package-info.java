/**
 * Managed identities of one host: workloads on it ask over loopback, in the two forms that Azure SDKs speak, and get
 * access tokens without holding a credential. The agent is an ordinary client of the token endpoint; it knows nothing of
 * Kafka, Redis or the registry.
 */
package dev.mintlog.identity;
