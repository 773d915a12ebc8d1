/** The closed loop: virtual users on connections of their own, what they measured, and what it cost in CPU. */
package dev.mintlog.bench.load;
