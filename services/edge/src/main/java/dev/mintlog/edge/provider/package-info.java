/** Asking what an operator puts on the class path: nothing of it may hold a request up for longer than a bound. */
package dev.mintlog.edge.provider;
