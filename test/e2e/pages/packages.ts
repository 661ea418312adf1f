import { readFileSync } from 'node:fs';
import type { Lab } from '../../lab/lab.ts';

/** Browser files of the npm packages that pages of tests use: classic scripts, as a page without a bundler loads them. */
const FILES = {
  'event-source-polyfill': 'event-source-polyfill/src/eventsource.js',
  htmx: 'htmx.org/dist/htmx.js',
  'htmx-sse': 'htmx-ext-sse/dist/sse.js',
  'reconnecting-eventsource': 'reconnecting-eventsource/dist/ReconnectingEventSource.min.js',
  turbo: '@hotwired/turbo/dist/turbo.es2017-umd.js',
  'zone.js': 'zone.js/bundles/zone.umd.js',
} as const;

export type Package = keyof typeof FILES;

const NODE_MODULES = new URL('../../../node_modules/', import.meta.url);

/** Serves the files of these packages from the lab; gives the script elements that load them, in this order. */
export function load(lab: Lab, ...packages: Package[]): string {
  return packages
    .map((name) => {
      const path = `/npm/${name}.js`;
      const text = readFileSync(new URL(FILES[name], NODE_MODULES), 'utf8');
      lab.serve(path, text, { 'Content-Type': 'text/javascript; charset=utf-8' });
      return `<script src="${path}"></script>`;
    })
    .join('');
}
