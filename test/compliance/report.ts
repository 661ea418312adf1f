import type { Mode } from './case.ts';

export interface Result {
  group: string;
  name: string;
  mode: Mode;
  complaints: string[];
  /** Why it is known not to be as native. */
  known?: string;
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
  const known = new Map(results.flatMap(({ group, name, known: why }) => (why ? [[`${group} › ${name}`, why]] : [])));
  if (known.size > 0) lines.push('', 'Known not to be as native, and why:');
  for (const [name, why] of known) lines.push(`  ${name}: ${why}`);
  for (const { group, name, mode, complaints, known: why } of results) {
    if (complaints.length === 0 || why !== undefined) continue;
    lines.push('', `✗ ${group} › ${name} [${mode}]`, ...complaints.map((complaint) => `    ${complaint}`));
  }
  return lines.join('\n');
}
