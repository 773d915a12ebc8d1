/**
 * The edge: HTTP in, HTTP out. It parses requests, checks proofs, turns what is left into commands on the log, and
 * writes the replies as answers. Stateless: any number of copies run side by side.
 *
 * <p>{@link dev.mintlog.edge.Edge} wires it, each concern in a place of its own: {@code EdgeLog}, {@code EdgeState},
 * {@code EdgeProofs}, {@code EdgeProviders}. A setting stands beside what it sets, as a key in {@code ...Keys}; {@code
 * EdgeKeys} and {@code EdgeConfig} name all of them. Each sub-package says what it is; {@code http} knows the others that a
 * request passes through, and {@code http.server} every endpoint.
 */
package dev.mintlog.edge;
