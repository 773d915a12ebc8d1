/**
 * The families of paths that tokens are asked for at. What a path changes about parameters is said here, and nowhere behind:
 * grants and core see the words of the registry.
 */
package dev.mintlog.edge.surface;
