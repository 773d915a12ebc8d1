/**
 * The whole system on real parts: broker, Redis and schema registry are processes, edges answer HTTP, and every test
 * speaks to them as a relying party, a login application, an auditor or an attacker would.
 */
package dev.mintlog.system;
