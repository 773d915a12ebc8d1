/** How signatures of JWTs are verified, whoever made them. */
package dev.mintlog.edge.jws;
