/**
 * Users who sign in with a password, RFC 6749 §4.3: {@link dev.mintlog.edge.user.Users} asks the providers in order. The
 * password stops here; what travels on is a subject.
 */
package dev.mintlog.edge.user;
