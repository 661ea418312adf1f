import type { Milliseconds } from '../protocol/record.ts';
import type { Check } from './check.ts';
import type { Criterion, Line, StepName, StepResult } from './check-plan.ts';
import { type Redacted, withoutSecrets } from './redact.ts';
import { sourceName } from './source-name.ts';

/** A stream of a check, and what became of it. */
export interface CheckedStream {
  /** `/events?room=1`, with its host where that is not the page's. */
  name: string;
  url: string;
  /** How many sources the app made for it, the first included. */
  sources: number;
  steps: readonly StepResult[];
}

/** What a check found, to be given to others: secrets in URLs and messages are left out. */
export interface CheckReport {
  /** The page that was checked. */
  page: string;
  began: Milliseconds;
  ended: Milliseconds;
  /** The user stopped it before its end. */
  stopped: boolean;
  streams: readonly CheckedStream[];
  /** Steps of all streams, by result. */
  counts: Record<StepResult['result'], number>;
  redacted: Redacted;
}

/** The words of a report, in the language of whoever reads it. */
export interface ReportWords {
  title: string;
  step(name: StepName): string;
  criterion(criterion: Criterion): string;
  result(result: StepResult['result']): string;
  /** What a line is based on, as a sentence. */
  reason(line: Line): string;
  /** What to do about it; '' where nothing is. */
  advice(line: Line): string;
  duration(time: Milliseconds): string;
  /** `3 passed, 1 failed, 1 cannot be told`. */
  counts(counts: CheckReport['counts']): string;
  page: string;
  began: string;
  stopped: string;
  stepHead: string;
  recoveredHead: string;
  failures: string;
  unknowns: string;
  none: string;
}

/** The report of what is known by now. `page`: the address of the page. */
export function checkReport(check: Check, page: string): CheckReport {
  const redacted: Redacted = { headers: 0, parameters: 0 };
  const streams = check.heads.map((head): CheckedStream => {
    const { host = '', path, query } = sourceName(head);
    const steps = check.results.get(head.key) ?? [];
    return { name: `${host}${path}${query}`, url: head.url, sources: check.chainOf(head).length, steps };
  });
  const counts = { pass: 0, fail: 0, unknown: 0 };
  const all = streams.flatMap(({ steps }) => steps);
  for (const { result } of all) counts[result] += 1;
  const began = check.begins[0] ?? 0;
  return {
    ...withoutSecrets({ page, streams }, redacted),
    began,
    ended: Math.max(began, ...all.map(({ to }) => to)),
    stopped: check.wasStopped,
    counts,
    redacted,
  };
}
