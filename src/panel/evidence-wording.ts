import type { Evidence } from '../model/evidence.ts';
import type { Source } from '../model/source.ts';
import { faultName } from './fault-wording.ts';
import { clock, number } from './format.ts';
import { text } from './text.ts';

/** What a button that goes to a piece of evidence says; `sources`: where it may be. */
export function evidenceLabel(one: Evidence, sources: readonly Source[]): string {
  switch (one.type) {
    case 'attempt':
      return text('boundaryAttempt', number(one.attempt));
    case 'event': {
      const event = sources.find(({ key }) => key === one.source)?.events.find(({ seq }) => seq === one.seq);
      return text('evidenceEvent', event?.lastEventId || clock(one.time, 3));
    }
    case 'time':
      return text('evidenceTime', clock(one.from, 1), clock(one.to, 1));
    case 'fault':
      return text('evidenceFault', faultName(one.fault), clock(one.time, 1));
  }
}
