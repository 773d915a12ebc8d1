/**
 * Questions about a token that was presented: introspection and userinfo, answered from the state.
 */
package dev.mintlog.edge.http.inspection;
