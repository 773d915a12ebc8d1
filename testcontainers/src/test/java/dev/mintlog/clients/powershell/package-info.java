/** PowerShell, as far as it shapes the wire: what its cmdlets make of hashtables, and those of two modules. */
package dev.mintlog.clients.powershell;
