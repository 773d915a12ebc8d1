/**
 * Users who are known elsewhere: Vert.x Auth's {@link io.vertx.ext.auth.authentication.AuthenticationProvider} is the
 * extension point. They have a Vert.x of their own, so that what blocks there blocks no HTTP.
 */
package dev.mintlog.edge.userprovider;
