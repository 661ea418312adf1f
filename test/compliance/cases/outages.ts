import type { Exchange } from '../../lab/lab.ts';
import type { Group } from '../case.ts';

const begin = (exchange: Exchange) => {
  exchange.open();
  exchange.write('retry: 10\nid: 1\ndata: a\n\n');
};

/** [spec] A network error "that is not final": the attempts go on until the server is back. */
export const OUTAGES: Group = {
  name: 'outages',
  cases: [
    {
      name: 'a server that is down is asked until it is back, and told the id',
      ownLab: true,
      serve: { events: begin },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:a#1');
        await t.tell('down');
        await watch.until('error(0)', 4);
        t.equal(source.readyState, 0);
        await t.tell('up');
        await watch.until('open(1)', 2);
        await watch.until('message:a#1', 2);
        source.close();
        t.equal([...new Set(watch.seen.slice(2, -2))], ['error(0)']);
        const requests = await t.requests('events', 2);
        t.equal(
          requests.map(({ lastEventId }) => lastEventId),
          [null, '1'],
        );
      },
    },
    {
      name: 'a server that is down from the start',
      ownLab: true,
      serve: { events: begin },
      async run(t) {
        await t.tell('down');
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('error(0)');
        await t.tell('up');
        await watch.until('message:a#1');
        source.close();
        t.equal([...new Set(watch.seen)], ['error(0)', 'open(1)', 'message:a#1']);
      },
    },
    {
      name: 'a server of another origin that is down from the start',
      ownLab: true,
      serve: { events: begin },
      async run(t) {
        await t.tell('down');
        const source = new EventSource(`${t.twin}${t.folder}events?cors=1`);
        const watch = t.watch(source);
        await watch.count(1);
        t.note(...watch.seen);
        await t.tell('up');
        if (source.readyState !== 2) await watch.until('message:a#1');
        t.note(...new Set(watch.seen));
        source.close();
      },
    },
  ],
};
