import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

const DEMO = new URL('./demo/', import.meta.url);

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

interface Page {
  body: string;
  headers: Record<string, string>;
}

/** The documents of a lab: the demo, and what tests register. They are not in the connection log. */
export class Pages {
  readonly #pages = new Map<string, Page>();

  /** `headers` may change the content type (HTML if not said) or add a policy. */
  serve(path: string, body: string, headers: Record<string, string> = {}): void {
    this.#pages.set(path, { body, headers: { 'Content-Type': TYPES['html'] ?? '', ...headers } });
  }

  /** Answers if there is such a page. */
  answer(path: string, response: ServerResponse): boolean {
    const page = this.#pages.get(path) ?? demo(path);
    if (!page) return false;
    response.writeHead(200, { 'Cache-Control': 'no-store', ...page.headers }).end(page.body);
    return true;
  }
}

/** Read at each request, so that editing the demo needs a reload and no restart. */
function demo(path: string): Page | undefined {
  const name = path === '/' ? 'index.html' : path.slice(1);
  // Comparing with the folder's listing rules out paths that lead elsewhere.
  if (!readdirSync(DEMO).includes(name)) return undefined;
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  return { body: readFileSync(new URL(name, DEMO), 'utf8'), headers: { 'Content-Type': type } };
}
