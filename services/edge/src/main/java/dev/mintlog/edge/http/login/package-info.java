/**
 * The login API: what the application that signs users in asks of Mintlog, and tells it.
 */
package dev.mintlog.edge.http.login;
