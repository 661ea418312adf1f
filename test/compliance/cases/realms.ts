import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** A source made in a frame of this kind, from outside or from inside, and what its first event is like. */
function inFrame(name: string, attributes: Record<string, string>, url = '{origin}{folder}events?cors=1'): Case {
  return {
    name,
    serve: { events },
    pages: { inner: '<!doctype html><title>inner</title>' },
    args: [attributes, url],
    async run(t, attributes: Record<string, string>, url: string) {
      const { window: inner } = await t.frame(attributes);
      const source = new inner.EventSource(url.replace('{origin}', t.origin).replace('{folder}', t.folder));
      const event = await t.next(source, 'message');
      t.equal([source instanceof inner.EventSource, source instanceof EventSource], [true, false]);
      t.equal([event instanceof inner.MessageEvent, event instanceof MessageEvent], [true, false]);
      t.equal([event.data, event.origin, event.source, event.target === source], ['a', t.origin, null, true]);
      t.equal(Object.getPrototypeOf(event.ports) === inner.Array.prototype, true);
      t.note(source.url);
      source.close();
      t.equal(source.readyState, inner.EventSource.CLOSED);
      await t.closed('events');
    },
  };
}

/** Windows and realms: whose constructor, whose events, whose exceptions. */
export const REALMS: Group = {
  name: 'realms',
  cases: [
    inFrame('a source of a same-origin frame', { src: 'inner' }),
    inFrame('a source of an about:blank frame', { src: 'about:blank' }),
    inFrame('a source of a frame without address', {}),
    inFrame('a source of a srcdoc frame, with the parent’s base URL', { srcdoc: '<p>hello' }, 'events'),
    inFrame('a source of a javascript: frame', { src: 'javascript:"<p>hello"' }),
    {
      name: 'a sandboxed frame: its origin is null, and it needs CORS',
      serve: { events },
      pages: {
        inner: `<script>
          const note = (what, source) => (parent.postMessage(what + source.readyState, '*'), source.close());
          const allowed = new EventSource('{origin}{folder}events?cors=1');
          allowed.onmessage = (event) => note('message ' + event.data + ' ' + event.origin + ' ' + origin + ' ', allowed);
          const denied = new EventSource('{origin}{folder}events?denied');
          denied.onerror = () => note('denied ', denied);
        </script>`,
      },
      async run(t) {
        const heard: string[] = [];
        const both = new Promise<void>((resolve) => {
          addEventListener('message', ({ data }) => heard.push(data) === 2 && resolve());
        });
        await t.frame({ sandbox: 'allow-scripts', src: 'inner' });
        await t.within(both, 'both messages of the frame');
        t.equal(heard.sort(), ['denied 2', `message a ${t.origin} null 1`]);
        const requests = await t.requests('events', 2);
        t.equal(
          requests.map(({ method, headers }) => [method, headers['origin']]),
          [
            ['GET', 'null'],
            ['GET', 'null'],
          ],
        );
      },
    },
    {
      name: 'a cross-origin frame',
      serve: { events },
      pages: {
        inner: `<script>
          const source = new EventSource('events');
          source.onmessage = (event) => parent.postMessage(event.data + ' ' + event.origin, '*');
        </script>`,
      },
      async run(t) {
        const heard = t.next(window, 'message');
        await t.frame({ src: `${t.twin}${t.folder}inner` });
        t.equal((await heard).data, `a ${t.twin}`);
      },
    },
    {
      name: 'the constructor of one realm with newTarget of another',
      async run(t) {
        const { window: inner } = await t.frame({});
        const source = Reflect.construct(inner.EventSource, ['events'], EventSource);
        t.equal([source instanceof EventSource, source instanceof inner.EventSource], [true, false]);
        t.note(source.url);
        source.close();
        t.equal(source.readyState, 2);
        const function_ = new inner.Function() as unknown as new () => object;
        const other = Reflect.construct(EventSource, ['events'], function_);
        t.equal(Object.getPrototypeOf(other) === function_.prototype, true);
        EventSource.prototype.close.call(other);
      },
    },
    {
      name: 'methods and getters of one realm work on sources of another',
      serve: { events },
      async run(t) {
        const { window: inner } = await t.frame({});
        const source = new EventSource('events');
        const getter = Object.getOwnPropertyDescriptor(inner.EventSource.prototype, 'readyState')?.get;
        const read = () => Reflect.apply(getter ?? Object, source, []);
        t.equal(read(), 0);
        const heard = new Promise<string>((resolve) => {
          inner.EventTarget.prototype.addEventListener.call(source, 'message', (event) =>
            resolve((event as MessageEvent).data),
          );
        });
        t.equal(await t.within(heard, 'the message'), 'a');
        t.equal(read(), 1);
        inner.EventSource.prototype.close.call(source);
        t.equal([read(), source.readyState], [2, 2]);
        await t.closed('events');
      },
    },
    {
      name: 'errors are of the realm of the constructor that was called',
      async run(t) {
        const { window: inner } = await t.frame({});
        const syntax = t.thrown(() => new inner.EventSource('http://['));
        t.equal([syntax instanceof inner.DOMException, syntax instanceof DOMException], [true, false]);
        const type = t.thrown(() => Reflect.construct(inner.EventSource, []));
        t.equal([type.constructor === inner.TypeError, type.constructor === TypeError], [true, false]);
        const brand = t.thrown(() => inner.EventSource.prototype.close.call({}));
        t.equal(brand.constructor === inner.TypeError, true);
      },
    },
    {
      name: 'native text, asked for with the toString of another realm',
      async run(t) {
        const { window: inner } = await t.frame({ src: 'about:blank' });
        for (const [one, other] of [
          [window, inner],
          [inner, window],
        ] as const) {
          const text = (value: unknown) => one.Function.prototype.toString.call(value);
          t.equal(text(other.EventSource), t.nativeText('EventSource'));
          t.equal(text(other.EventSource.prototype.close), t.nativeText('close'));
        }
      },
    },
    {
      name: 'the constructor of a frame that was removed',
      serve: { events },
      async run(t) {
        const { element, window: inner } = await t.frame({ src: 'about:blank' });
        const Inner = inner.EventSource;
        element.remove();
        let made: EventSource | undefined;
        try {
          made = new Inner(`${t.origin}${t.folder}events?removed`);
          t.note('made', made.readyState, made.url);
        } catch (error) {
          t.note(`${(error as Error).name}: ${(error as Error).message}`);
        }
        const source = new EventSource('events?last');
        await t.next(source, 'message');
        const requests = await t.requests('events');
        t.note(...requests.map(({ url }) => url), made?.readyState);
        source.close();
      },
    },
    {
      name: 'document.domain',
      serve: { events },
      async run(t) {
        try {
          document.domain = document.domain.split('.').slice(1).join('.');
        } catch (error) {
          t.note((error as Error).message);
        }
        t.note(document.domain);
        const source = new EventSource('events');
        t.equal((await t.next(source, 'message')).origin, t.origin);
        source.close();
      },
    },
    {
      name: 'a document made with document.write',
      serve: { events },
      async run(t) {
        const { window: inner } = await t.frame({});
        inner.document.open();
        inner.document.write(`<script>
          const source = new EventSource('events');
          source.onmessage = (event) => parent.postMessage(event.data + event.origin, '*');
        </script>`);
        inner.document.close();
        t.equal((await t.next(window, 'message')).data, `a${t.origin}`);
      },
    },
  ],
};
