import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Inherent } from './case.ts';
import type { Line, Trace } from './trace.ts';

/**
 * How far two moments may lie apart, each counted from the line before it. Half of the least wait that any browser keeps
 * between two attempts, so that a wait too many or too few is never within it.
 */
export const TOLERANCE: Milliseconds = 250;

export interface Difference {
  side: 'page' | 'server';
  /** From 1. */
  index: number;
  field: string;
  real: string;
  forced: string;
  /** Of a moment, in milliseconds. */
  isTime: boolean;
}

export interface Comparison {
  differences: Difference[];
  /** Those that are named in the case, and were there. */
  inherent: Inherent[];
}

export function compare(real: Trace, forced: Trace, inherent: readonly Inherent[] = []): Comparison {
  const all = (['page', 'server'] as const).flatMap((side) =>
    Array.from({ length: Math.max(real[side].length, forced[side].length) }, (_, index) =>
      lineDifferences(side, index + 1, real[side][index], forced[side][index]),
    ).flat(),
  );
  const seen = inherent.filter((one) => all.some((difference) => isThat(difference, one)));
  const differences = all.filter((difference) => !inherent.some((one) => isThat(difference, one)));
  for (const one of inherent) {
    if (!seen.includes(one)) differences.push({ ...one, field: `${one.field} (expected to differ)`, isTime: false });
  }
  for (const [name, { trouble }] of [['real', real] as const, ['forced', forced] as const]) {
    if (trouble === undefined) continue;
    differences.push({
      side: 'page',
      index: 0,
      field: name,
      real: '',
      forced: '',
      ...{ [name]: trouble },
      isTime: false,
    });
  }
  return { differences, inherent: seen };
}

function lineDifferences(side: 'page' | 'server', index: number, real?: Line, forced?: Line): Difference[] {
  if (!real || !forced) {
    const there = (line: Line | undefined) => (line ? Object.values(line.fields).slice(0, 2).join(' ') : 'nothing');
    return [{ side, index, field: 'line', real: there(real), forced: there(forced), isTime: false }];
  }
  const names = new Set([...Object.keys(real.fields), ...Object.keys(forced.fields)]);
  const fields = [...names].map((field) => ({
    ...{ side, index, field, isTime: false },
    real: real.fields[field] ?? 'none',
    forced: forced.fields[field] ?? 'none',
  }));
  const times = Object.keys({ ...real.times, ...forced.times }).map((field) => {
    const both = [real.times[field], forced.times[field]].map((time) =>
      time === undefined ? 'none' : Math.round(time),
    );
    return { ...{ side, index, field, isTime: true }, real: `${both[0]}`, forced: `${both[1]}` };
  });
  return [
    ...fields.filter((one) => one.real !== one.forced),
    // NaN, where there is none, is not within it.
    ...times.filter((one) => !(Math.abs(Number(one.real) - Number(one.forced)) <= TOLERANCE)),
  ];
}

const isThat = (difference: Difference, { side, index, field, real, forced }: Inherent): boolean =>
  difference.side === side &&
  difference.index === index &&
  difference.field === field &&
  (difference.isTime || (difference.real === real && difference.forced === forced));

/** One in a line. */
export const told = ({ side, index, field, real, forced, isTime }: Difference): string => {
  const unit = isTime ? ' ms' : '';
  return `${side} ${index}, ${field}: ${real}${unit} real, ${forced}${unit} forced`;
};
