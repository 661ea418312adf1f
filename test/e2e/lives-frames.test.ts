import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FINGERPRINT } from './fingerprint.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const make = (name: string) =>
  `<script>window.es = new EventSource('${stage.lab.origin}/steady/${name}?every=50&retry=300&cors=1')</script>`;
const attribute = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Each is listed once, is open, and can be reset. */
async function work(panel: Panel, ...names: string[]): Promise<void> {
  // All before the first click: a row that comes in above another one moves it away from under the pointer.
  for (const name of names) await panel.source(`/steady/${name}`, 'open');
  for (const name of names) {
    const row = await panel.source(`/steady/${name}`, 'open');
    const rows = (await panel.sources()).filter(({ url }) => new URL(url).pathname === `/steady/${name}`);
    expect(rows.map(({ state, carried }) => `${name}: ${state}, ${carried}`)).toEqual([`${name}: open, native`]);
    await panel.reset(row);
  }
  const { lab } = stage;
  for (const name of names) {
    await lab.when(() => lab.connectionsTo(`/steady/${name}`).length === 2, `the reconnect of ${name}`);
  }
}

describe('frames', () => {
  test('of every kind are seen from their first script on, each once, and can be reset', async () => {
    const { panel, visit, page, errors } = await stage.inspect();
    const { lab } = stage;
    // No more than six streams to one host.
    for (const name of ['same-origin', 'sandboxed', 'sandboxed-same', 'twin']) lab.serve(`/frame-${name}`, make(name));
    await visit(`<iframe src="${lab.twin}/frame-twin"></iframe>
      <iframe srcdoc="${attribute(make('srcdoc'))}"></iframe>
      <iframe sandbox="allow-scripts" src="/frame-sandboxed"></iframe>`);
    await work(panel, 'twin', 'srcdoc', 'sandboxed');
    await visit(`<iframe src="/frame-same-origin"></iframe>
      <iframe sandbox="allow-scripts allow-same-origin" src="/frame-sandboxed-same"></iframe>
      <iframe sandbox="allow-scripts" srcdoc="${attribute(make('sandboxed-srcdoc'))}"></iframe>`);
    await work(panel, 'same-origin', 'sandboxed-same', 'sandboxed-srcdoc');
    // Those of the document before are gone.
    expect(await panel.sources()).toHaveLength(3);
    // The first script of an empty frame's document is the parent's.
    await visit(`<p></p><script>
      const blank = document.body.appendChild(document.createElement('iframe'));
      blank.contentWindow.es = new blank.contentWindow.EventSource('/steady/reached-into?every=50&retry=300');
      const written = document.body.appendChild(document.createElement('iframe'));
      written.contentDocument.write(${JSON.stringify(make('written')).replaceAll('</', '<\\/')});
      written.contentDocument.close();
      const nested = document.body.appendChild(document.createElement('iframe'));
      nested.srcdoc = '<iframe src="/frame-same-origin"></iframe>';
    </script>`);
    await work(panel, 'reached-into', 'written');
    await panel.source('/steady/same-origin', 'open');
    expect(await page.evaluate('document.querySelectorAll("iframe").length')).toBe(3);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('that take their time to come end their sources too: till then an empty document had their window', async () => {
    const { panel, page, errors } = await stage.inspect();
    const { lab } = stage;
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      lab.behave('/frame-slow', (exchange) => {
        answer = () => exchange.respond(200, { 'Content-Type': 'text/html' }, make('slow'));
        resolve();
      });
    });
    lab.serve('/slow', `<!doctype html>${make('waiting')}<iframe src="/frame-slow"></iframe>`);
    await page.evaluate(`{ setTimeout(() => location.assign('/slow')); }`);
    await asked;
    await panel.source('/steady/waiting', 'open');
    answer();
    await work(panel, 'slow');
    await page.evaluate('document.querySelector("iframe").src = "/nothing"');
    await panel.source('/steady/slow', 'closed');
    await panel.source('/steady/waiting', 'open');
    expect(await panel.sources()).toHaveLength(2);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('that go away end their sources, and no others; what they sent last is there', async () => {
    const { panel, visit, page, errors } = await stage.inspect();
    const { lab } = stage;
    lab.serve('/frame-gone', make('gone'));
    lab.serve('/frame-left', make('left'));
    await visit(
      `${make('stays')}<iframe id="gone" src="/frame-gone"></iframe><iframe id="left" src="/frame-left"></iframe>`,
    );
    for (const name of ['stays', 'gone', 'left']) await panel.source(`/steady/${name}`, 'open');
    await page.evaluate('document.getElementById("gone").remove()');
    await panel.source('/steady/gone', 'closed');
    await lab.when(() => lab.connectionsTo('/steady/gone')[0]?.closed, 'the end of the request');
    await page.evaluate('document.getElementById("left").src = "/nothing"');
    await panel.source('/steady/left', 'closed');
    await panel.source('/steady/stays', 'open');
    await work(panel, 'stays');
    expect(await panel.sources()).toHaveLength(3);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});

/** What a page notes that writes its document, or its frame's, anew while streams are open; in each case the same. */
const REWRITTEN = `<!doctype html><title>rewritten</title><p></p><script>
  window.seen = [];
  const watch = (name, es) => {
    for (const type of ['open', 'error']) es.addEventListener(type, () => seen.push(name + ' ' + type + ' ' + es.readyState));
    return es;
  };
  window.top1 = watch('top', new EventSource('/steady/rewriting?every=20'));
  const frame = document.body.appendChild(document.createElement('iframe'));
  window.rewrite = (document, text) => {
    document.open();
    document.write(text);
    document.close();
  };
  rewrite(frame.contentDocument, '<p>');
  window.inner = watch('frame', new frame.contentWindow.EventSource('/steady/inner?every=20'));
</script>`;

describe('document.open()', () => {
  test('in a document with open streams does what it does natively; later sources are seen, and all end with it', async () => {
    const { lab, browser } = stage;
    lab.serve('/rewritten', REWRITTEN);
    const act = async (page: Page, ready: () => Promise<unknown>) => {
      lab.clear();
      await page.goto(`${lab.origin}/rewritten`);
      await until(
        () => page.evaluate('top1.readyState + inner.readyState === 2') as Promise<boolean>,
        'both to be open',
      );
      await ready();
      await page.evaluate(`rewrite(document, '<p>anew')`);
      await page.evaluate(`window.later = new EventSource('/steady/later?every=20'), undefined`);
      await until(() => page.evaluate('later.readyState === 1') as Promise<boolean>, 'a source of the new document');
      return page.evaluate(
        `[seen.sort(), top1.readyState, inner.readyState, document.querySelectorAll('iframe').length]`,
      );
    };
    const plain = await browser.newPage();
    const native = await act(plain, async () => {});
    const closed = lab
      .connectionsTo('/steady')
      .map(({ path, closed }) => [path, closed?.by])
      .sort();
    await plain.close();

    const { page, panel, errors } = await stage.inspect();
    const both = async () => {
      for (const name of ['rewriting', 'inner']) await panel.source(`/steady/${name}`, 'open');
      await page.bringToFront();
    };
    expect(await act(page, both)).toEqual(native);
    expect(
      lab
        .connectionsTo('/steady')
        .map(({ path, closed }) => [path, closed?.by])
        .sort(),
    ).toEqual(closed);
    await panel.source('/steady/later', 'open');
    await panel.source('/steady/inner', 'closed');
    await page.evaluate('top1.close()');
    await panel.source('/steady/rewriting', 'closed');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('in a frame does not hide that the frame goes away, nor what it did last', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`<p></p><script>
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.contentDocument.open();
      frame.contentDocument.write('<p>');
      frame.contentDocument.close();
      new frame.contentWindow.EventSource('/steady/frame?every=50');
    </script>`);
    await panel.source('/steady/frame', 'open');
    await page.evaluate(`{
      const last = new frame.contentWindow.EventSource('/steady/last');
      last.close();
      frame.remove();
    }`);
    await panel.source('/steady/frame', 'closed');
    await panel.source('/steady/last', 'closed');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});

describe('a window that the inspected page opens', () => {
  test('is left as it was, also about:blank that its opener writes to; the opener stays inspected', async () => {
    const { browser, lab } = stage;
    const plain = await browser.newPage();
    await plain.goto(`${lab.origin}/nothing`);
    const native = await plain.evaluate(FINGERPRINT);
    lab.serve('/pop-up', `<!doctype html><title>pop-up</title>${make('popped')}`);
    const { page, panel, visit, errors } = await stage.inspect();
    await visit('<p></p>');
    for (const url of ['/pop-up', '']) {
      const opened = new Promise<Page | null>((resolve) => page.once('popup', resolve));
      await page.evaluate(`window.pop = window.open('${url}'), undefined`);
      const popUp = await opened;
      if (!popUp) throw new Error('no window was opened');
      if (url === '') await page.evaluate(`pop.document.write('<title>blank</title><p>')`);
      await until(async () => (await popUp.title()) !== '', 'the document of the pop-up');
      await until(async () => (await popUp.evaluate(FINGERPRINT)) === native, 'the pop-up to be as it was');
      await popUp.close();
    }
    await page.evaluate(`void new EventSource('/steady/opener?every=50')`);
    await work(panel, 'opener');
    // Nothing of the pop-up.
    expect(await panel.sources()).toHaveLength(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
