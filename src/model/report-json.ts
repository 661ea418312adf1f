import type { CheckReport } from './check-report.ts';

const REPORT_FORMAT = 'sse-lifeline-check';
const REPORT_VERSION = 1;

/** A report for machines: codes instead of words, times as milliseconds since the Unix epoch, and the evidence. */
export function reportJson(report: CheckReport): string {
  return `${JSON.stringify({ format: REPORT_FORMAT, version: REPORT_VERSION, ...report }, null, 2)}\n`;
}
