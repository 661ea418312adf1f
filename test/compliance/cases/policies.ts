import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** A document with this policy: what comes of a source, and which violations are reported. */
function policy(
  name: string,
  place: Pick<Case, 'head' | 'headers'>,
  url: string,
  seen: string[],
  requests: number,
): Case {
  return {
    name,
    ...place,
    serve: {
      events,
      away: (exchange, { folder, lab }) => exchange.respond(302, { Location: `${lab.twin}${folder}events?cors=1` }),
    },
    args: [url, seen, requests],
    async run(t, url: string, seen: string[], requests: number) {
      const violations: unknown[] = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        const { violatedDirective, effectiveDirective, blockedURI, disposition, sourceFile, statusCode, sample } =
          event;
        violations.push({
          violatedDirective,
          effectiveDirective,
          blockedURI,
          disposition,
          sourceFile,
          statusCode,
          sample,
        });
      });
      const source = new EventSource(url.replace('{twin}', t.twin + t.folder));
      t.note(source.readyState);
      const watch = t.watch(source);
      await watch.count(seen.length);
      source.close();
      t.equal(watch.seen, seen);
      t.note(...violations);
      const control = new EventSource('control');
      t.note(control.url.slice(-7));
      control.close();
      if (requests > 0) t.equal((await t.requests('events', requests)).length, requests);
      else {
        // Its own request is blocked as well; a script element is not, and the server answers it after what came before.
        const script = document.createElement('script');
        script.src = 'after.js';
        document.head.append(script);
        await t.next(script, 'load');
        t.equal((await t.requests('events', 0)).length, 0);
      }
    },
    pages: { 'after.js': ';' },
  };
}
const meta = (csp: string) => ({ head: `<meta http-equiv="Content-Security-Policy" content="${csp}">` });
const DENIED = ['error(2)'];
const OPENED = ['open(1)', 'message:a'];

/** What the referrer is, for a same-origin and a cross-origin source. */
function referrer(name: string, place: Pick<Case, 'head' | 'headers'>): Case {
  return {
    name,
    ...place,
    serve: { events },
    async run(t) {
      for (const url of [
        'events?same',
        `${t.twin}${t.folder}events?cors=1`,
        `${t.stranger}${t.folder}events?cors=1&site`,
      ]) {
        const source = new EventSource(url);
        await t.next(source, 'message');
        source.close();
      }
      const requests = await t.requests('events', 3);
      t.note(...requests.map(({ headers }) => headers['referer'] ?? 'none'));
    },
  };
}
const referrerMeta = (value: string) => ({ head: `<meta name="referrer" content="${value}">` });

/** Content Security Policy and referrer policy: both are the document's, also for connections that are made for it. */
export const POLICIES: Group = {
  name: 'policies',
  cases: [
    policy("connect-src 'none' in a meta element", meta("connect-src 'none'"), 'events', DENIED, 0),
    policy(
      "connect-src 'none' in a header",
      { headers: { 'Content-Security-Policy': "connect-src 'none'" } },
      'events',
      DENIED,
      0,
    ),
    policy(
      "default-src 'none' with scripts",
      meta("default-src 'none'; script-src 'unsafe-inline' 'self'"),
      'events',
      DENIED,
      0,
    ),
    policy("connect-src 'self', same origin", meta("connect-src 'self'"), 'events', OPENED, 1),
    policy("connect-src 'self', another origin", meta("connect-src 'self'"), '{twin}events?cors=1', DENIED, 0),
    policy('connect-src with the other origin', meta('connect-src {twin}'), '{twin}events?cors=1', OPENED, 1),
    policy('a redirect to what connect-src does not have', meta("connect-src 'self'"), 'away', DENIED, 0),
    policy(
      'a policy that only reports',
      { headers: { 'Content-Security-Policy-Report-Only': "connect-src 'none'" } },
      'events',
      OPENED,
      1,
    ),
    policy(
      'a sandbox with scripts: the origin is null',
      { headers: { 'Content-Security-Policy': 'sandbox allow-scripts' } },
      '{twin}events?cors=1',
      OPENED,
      1,
    ),
    policy(
      'strict CSP for scripts',
      {
        headers: {
          'Content-Security-Policy':
            "script-src 'unsafe-inline' 'self'; object-src 'none'; require-trusted-types-for 'script'",
        },
      },
      'events',
      OPENED,
      1,
    ),
    referrer('the default referrer', {}),
    ...[
      'no-referrer',
      'origin',
      'same-origin',
      'unsafe-url',
      'strict-origin',
      'origin-when-cross-origin',
      'no-referrer-when-downgrade',
    ].map((value) => referrer(`referrer policy ${value}`, referrerMeta(value))),
    referrer('a referrer policy in a header', { headers: { 'Referrer-Policy': 'origin' } }),
    {
      name: 'the referrer after history.replaceState is the new address',
      serve: { events },
      async run(t) {
        history.replaceState(null, '', 'document?moved');
        const source = new EventSource('events');
        await t.next(source, 'message');
        source.close();
        const [request] = await t.requests('events');
        t.equal(request?.headers['referer'], '{origin}/{folder}/document?moved');
      },
    },
  ],
};
