import { readFileSync } from 'node:fs';
import { speak } from '../../src/panel/text.ts';

type Messages = Record<string, { message: string; placeholders?: Record<string, { content: string }> }>;

/** Texts are those of `public/_locales` from now on, as the browser gives them out. */
export function speakAs(language: 'en' | 'zh-CN'): void {
  const file = new URL(`../../public/_locales/${language.replace('-', '_')}/messages.json`, import.meta.url);
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Messages;
  speak({
    language,
    message: (key, substitutions = []) =>
      (messages[key]?.message ?? '').replace(/\$(\w+)\$/g, (_, name: string) => {
        const content = messages[key]?.placeholders?.[name.toLowerCase()]?.content ?? '';
        return substitutions[Number(content.slice(1)) - 1] ?? '';
      }),
  });
}
