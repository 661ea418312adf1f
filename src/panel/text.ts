import type en from '../../public/_locales/en/messages.json';
import type { Host } from '../devtools/attach.ts';

export type MessageKey = keyof typeof en;

/** Keys that have a form for one thing and a form for several: `sources_one` and `sources_other` are 'sources'. */
export type CountKey = MessageKey extends infer Key ? (Key extends `${infer Name}_one` ? Name : never) : never;

let message: Host['message'] = (key) => key;
let rules = new Intl.PluralRules('en');

/** From now on, texts are the host's. */
export function speak(host: Pick<Host, 'message' | 'language'>): void {
  message = host.message;
  rules = new Intl.PluralRules(host.language);
}

/** A text in the user's language. */
export function text(key: MessageKey, ...substitutions: string[]): string {
  return message(key, substitutions);
}

/** A text about `count` things, in the form that the language has for so many. `shown` is how the number is written. */
export function textOf(key: CountKey, count: number, shown: string): string {
  // Both languages have these two forms or fewer; a third one needs keys of its own.
  return text(`${key}_${rules.select(count) === 'one' ? 'one' : 'other'}`, shown);
}
