/** What is registered about tenants, clients, scopes and keys, as far as a decision needs it. No secrets. */
package dev.mintlog.client;
