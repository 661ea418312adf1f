/** What the path from the page to the session costs in time, and whether all arrives. */
import { type Carrier, type Inspected, inspect, type Pace, type Passage } from './inspected.ts';
import { atMost, type Bench, quantile, type Report, shown, spread, type Table } from './report.ts';

const BYTES = 130;
const SECONDS = 20;
const RATES = [1_000, 10_000];
const CARRIERS: Carrier[] = ['observed', 'managed'];
const BURST = 200_000;
const BURST_ROUNDS = 3;
/** [chrome] Steps of the clock in a document that is not isolated, in ms. */
const FINEST = 0.1;

const method = (clocks: number) => `
A real page in a real browser, with the extension that ships and the real DevTools: all hops are there. The panel is in
sight, 1,400 × 900, and follows the stream in its timeline and at the end of its list of events. The server is a process
of its own, which sends each event when its time has come, never waits for the reader, and counts how many it had to put
into one write; the page's listener adds up the length of \`data\`. **Delay** begins with the time that the page gave the
event when it was dispatched, and ends when the session has it, or when the panel's next frame is painted; what an event
waits for before the page gets to it is not in it. Both ends read the machine's clock, in two processes that differed by
at most ${shown(Math.max(clocks, FINEST))} ms (the panel's shows no less than ${FINEST}); no delay is corrected by that.
**Faults** are events that the session does not have once, in their place, with their own data; beside them, what its log
itself says that it dropped, trimmed, did not understand or did not record. DevTools works for its Network panel
meanwhile, as it does for everybody: of the browser's own sources it is told each event through the browser process, which
our messages pass too, and of a managed one only how many bytes came. One way has that off, to tell the path's own share.
`;

/** How to send as fast as the page takes it, and with what in sight. */
const BURSTS = [
  { name: 'observed, SSE tab shown', carrier: 'observed', isShown: true, isRecorded: true },
  { name: 'observed, another tab shown', carrier: 'observed', isShown: false, isRecorded: true },
  { name: 'observed, SSE tab shown, Network domain off', carrier: 'observed', isShown: true, isRecorded: false },
  { name: 'managed, SSE tab shown', carrier: 'managed', isShown: true, isRecorded: true },
] as const;

interface Paced extends Passage {
  rate: number;
  carrier: Carrier;
  pace: Pace;
}

export async function bench({ executablePath, say }: Bench): Promise<Report> {
  const inspected = await inspect(executablePath);
  try {
    const clocks = Math.abs(await inspected.clocks());
    const all = await passPaced(inspected, say);
    const bursts = await passBursts(inspected, say);
    return {
      title: 'From the page to the panel',
      how: method(Math.max(clocks, Math.abs(await inspected.clocks()))),
      bars: bars(all),
      tables: [delayTable(all), paceTable(all), bursts],
    };
  } finally {
    await inspected.close();
  }
}

async function passPaced(inspected: Inspected, say: Bench['say']): Promise<Paced[]> {
  const all: Paced[] = [];
  // The first document of a browser pays for code that is not compiled yet, in every process on the way.
  await inspected.pass({ path: paced(1_000, 3), count: 3_000, carrier: 'observed', isShown: true, isRecorded: true });
  for (const rate of RATES) {
    for (const carrier of CARRIERS) {
      const path = paced(rate, SECONDS);
      const passage = await inspected.pass({ path, count: rate * SECONDS, carrier, isShown: true, isRecorded: true });
      all.push({ ...passage, rate, carrier, pace: await inspected.pace() });
      const { toSession, toFrame } = passage;
      say(
        `  ${shown(rate)}/s, ${carrier}: ${percentiles(toSession)}; to the frame ${percentiles(toFrame)}; ${faultsOf(passage)} faults`,
      );
    }
  }
  return all;
}

const paced = (rate: number, seconds: number) => `/paced?rate=${rate}&seconds=${seconds}&bytes=${BYTES}`;

/** The same stream by each way in turn, round after round. */
async function passBursts(inspected: Inspected, say: Bench['say']): Promise<Table> {
  const passages = BURSTS.map((): Passage[] => []);
  for (let round = 0; round < BURST_ROUNDS; round++) {
    for (const [index, { name, ...how }] of BURSTS.entries()) {
      const path = `/events?count=${BURST}&bytes=${BYTES}`;
      const passage = await inspected.pass({ path, count: BURST, ...how });
      passages[index]?.push(passage);
      say(`  ${round + 1} ${name}: ${shown(throughput(passage))}/s, ${faultsOf(passage)} faults`);
    }
  }
  return {
    head: [
      `${shown(BURST)} events as fast as the page takes them`,
      'events/s, page',
      'events/s, session',
      'longest delay, session, ms',
      'faults (the log says)',
    ],
    rows: passages.map((each, index) => [
      BURSTS[index]?.name ?? '',
      spread(each.map(({ inPage }) => (BURST / inPage) * 1000)),
      spread(each.map(throughput)),
      spread(each.map(({ toSession }) => quantile(toSession, 1))),
      each.map(faultsOf).join(', '),
    ]),
  };
}

const faultsOf = ({ faults, admitted }: Passage) => `${shown(faults)} (${shown(admitted)})`;

/** Events in a second; those of the first batch are where the clock starts. */
const throughput = ({ toSession, took, first }: Passage) => ((toSession.length - first) / took) * 1000;

function bars(all: Paced[]) {
  const [slowest = 0] = RATES;
  return [
    ...all.map(({ rate, carrier, faults, admitted }) =>
      atMost(`Faults at ${shown(rate)} events/s, ${carrier}`, faults + admitted, 0, ''),
    ),
    ...all
      .filter(({ rate }) => rate === slowest)
      .map(({ rate, carrier, toFrame }) =>
        atMost(
          `From the event in the page to the next painted frame of the panel at ${shown(rate)} events/s, ${carrier} (p95)`,
          quantile(toFrame, 0.95),
          100,
          ' ms',
        ),
      ),
  ];
}

const QUANTILES = [0.5, 0.95, 1];
const percentiles = (delays: number[]) => QUANTILES.map((part) => shown(quantile(delays, part))).join(' / ');

function delayTable(all: Paced[]): Table {
  return {
    head: [
      `${SECONDS} s of events of ${BYTES} bytes`,
      '',
      'delay, session: p50 / p95 / most, ms',
      'delay, frame',
      'faults (the log says)',
    ],
    rows: all.map((passage) => [
      `${shown(passage.rate)} events/s`,
      passage.carrier,
      percentiles(passage.toSession),
      percentiles(passage.toFrame),
      faultsOf(passage),
    ]),
  };
}

/** Whether it was the rate that the first column says. */
function paceTable(all: Paced[]): Table {
  return {
    head: ['', '', 'sent in, s', 'largest write, events', 'dispatched in the page, events/s'],
    rows: all.map(({ rate, carrier, pace: { took, largest }, inPage, toSession }) => [
      `${shown(rate)} events/s`,
      carrier,
      shown(took / 1000),
      `${largest}`,
      shown(((toSession.length - 1) / inPage) * 1000),
    ]),
  };
}
