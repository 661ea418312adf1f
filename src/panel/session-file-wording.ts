import type { Session } from '../devtools/session.ts';
import type { Redacted } from '../model/redact.ts';
import { moment, number } from './format.ts';
import type { FileProblem } from './read-session.ts';
import type { FileNews } from './session-files.ts';
import { text, textOf } from './text.ts';

/** `Imported: session.json · saved Nov 23, 2026, 10:42:19` */
export function importedState({ name, saved }: NonNullable<Session['imported']>): string {
  return text('importedState', name, moment(saved));
}

/** Sentences that say what is done with a file, or what came of it. */
export function fileNews(news: FileNews): string {
  const { type, name } = news;
  switch (type) {
    case 'exporting':
    case 'importing':
    case 'unsaved':
      return text(type, name);
    case 'exported':
    case 'imported':
      return [text(type, name), ...redactedWords(news.redacted)].join(' ');
    case 'refused':
      return fileProblem(name, news.problem);
  }
}

function redactedWords({ headers, parameters }: Redacted): string[] {
  const count = headers + parameters;
  return count === 0 ? [] : [textOf('redacted', count, number(count))];
}

function fileProblem(name: string, problem: FileProblem): string {
  switch (problem.type) {
    case 'unreadable':
      return text('importUnreadable', name);
    case 'not-json':
      return text('importNotJson', name);
    case 'other-format':
      return text('importOtherFormat', name);
    case 'newer':
      return text('importNewer', name, number(problem.version));
    case 'broken':
      return text('importBroken', name, problem.at);
    case 'empty':
      return text('importEmpty', name);
  }
}
