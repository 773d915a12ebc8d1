/**
 * What came in, checked at the door: forms by the rules of RFC 6749, and refusals as values. Nothing here knows HTTP
 * servers, Kafka or Redis.
 */
package dev.mintlog.edge.request;
