import type { Attempt } from './attempt.ts';
import { type Explanation, explain } from './cause.ts';

interface Known {
  facts: unknown[];
  why: Explanation | undefined;
}

const known = new WeakMap<Attempt, Known>();

/** As {@link explain}, which is asked for the same attempts with every picture: it looks again where facts came. */
export function explained(attempt: Attempt): Explanation | undefined {
  const { ended, request, unseen, announced } = attempt;
  const facts = [ended, request, unseen, announced, request?.response, request?.ended, request?.redirects.length];
  const before = known.get(attempt);
  if (before?.facts.every((fact, index) => fact === facts[index])) return before.why;
  const why = explain(attempt);
  known.set(attempt, { facts, why });
  return why;
}
