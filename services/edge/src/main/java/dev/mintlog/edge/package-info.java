/**
 * The edge: HTTP in, HTTP out. It parses requests, checks proofs, turns what is left into commands on the log, and
 * writes the replies as answers. Stateless: any number of copies run side by side.
 *
 * <p>{@link dev.mintlog.edge.Edge} wires it. Sub-packages: {@code request} (what came in, checked), {@code proof},
 * {@code command}, {@code reply}, {@code state} (queries), {@code audit}, and {@code http}, which alone knows all of
 * them.
 */
package dev.mintlog.edge;
