/**
 * One command's life: in which order its effects happen. {@link dev.mintlog.life.CommandLife} says what comes next; who
 * performs the steps, on Kafka and Redis or in memory, decides nothing.
 *
 * <pre>
 * begin ─▶ Claim ─▶ Load ─▶ (decide) ─▶ Commit ─▶ Publish ─▶ Confirm ─▶ Reply ─▶ Finish
 *                    ▲ │                  │ conflict │ late     │ primary changed
 *                    │ └─behind─▶ Restore─┘          │          └─▶ WriteBack ─▶ Confirm
 *                    └──────────────────────────────-┘
 * </pre>
 */
package dev.mintlog.life;
