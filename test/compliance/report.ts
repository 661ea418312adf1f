import type { Mode } from './case.ts';

export interface Result {
  group: string;
  name: string;
  mode: Mode;
  complaints: string[];
}

/** The table at the end: what passed of each group in each mode, and what did not. */
export function report(results: readonly Result[], modes: readonly Mode[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const cell = (chosen: Result[]) =>
    chosen.length === 0 ? '–' : `${chosen.filter(({ complaints }) => complaints.length === 0).length}/${chosen.length}`;
  const row = (title: string, of: (mode: Mode) => string) =>
    title.padEnd(24) + modes.map((mode) => of(mode).padStart(12)).join('');
  const lines = [
    row('', (mode) => mode),
    ...groups.map((group) =>
      row(group, (mode) => cell(results.filter((result) => result.group === group && result.mode === mode))),
    ),
    row('all', (mode) => cell(results.filter((result) => result.mode === mode))),
  ];
  for (const { group, name, mode, complaints } of results) {
    if (complaints.length === 0) continue;
    lines.push('', `✗ ${group} › ${name} [${mode}]`, ...complaints.map((complaint) => `    ${complaint}`));
  }
  return lines.join('\n');
}
