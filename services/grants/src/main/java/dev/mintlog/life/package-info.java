/**
 * One command's life: in which order its effects happen. {@link dev.mintlog.life.CommandLife} says what comes next; who
 * performs the steps, on Kafka and Redis or in memory, decides nothing.
 *
 * <pre>
 * begin ─▶ Claim ─▶ Load ─▶ (decide) ─▶ Commit ─▶ Publish ─▶ Confirm ─▶ Reply ─▶ Finish
 *                    ▲ │                  │ conflict │ late     │ primary changed
 *                    │ └─behind─▶ Restore─┘          │          └─▶ WriteBack ─▶ Confirm
 *                    └───────────────────────────────┘
 * </pre>
 *
 * <p>A command that ends all of a subject or a client changes no state: it goes begin ─▶ Register ─▶ Publish ─▶ Reply.
 *
 * <p>A rotation that is answered late has the start of its grace window moved: by a Commit and a Publish of the changelog
 * alone, after the first Publish, or after the Reply where that was what took its time. Where that Commit conflicts, the
 * recorded state is written back and the life goes on from Load.
 */
package dev.mintlog.life;
