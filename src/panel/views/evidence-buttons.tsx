import type { Evidence } from '../../model/evidence.ts';
import { showEvidence } from '../evidence.ts';
import { clock, number } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** More would hide what they are to show. */
const MOST = 8;

/** What shows a verdict or a finding: each a button that goes there. */
export function EvidenceButtons({ evidence }: { evidence: readonly Evidence[] }) {
  const store = useStore();
  if (evidence.length === 0) return null;
  return (
    <p class="evidence">
      <b>{text('evidence')}</b>
      {evidence.slice(0, MOST).map((one) => (
        <button
          key={JSON.stringify(one)}
          type="button"
          class="link"
          data-testid="evidence"
          data-evidence={one.type}
          onClick={() => showEvidence(store, one)}
        >
          {label(one)}
        </button>
      ))}
    </p>
  );

  function label(one: Evidence): string {
    switch (one.type) {
      case 'attempt':
        return text('boundaryAttempt', number(one.attempt));
      case 'event': {
        const source = store.session.log.sources.find(({ key }) => key === one.source);
        const event = source?.events.find(({ seq }) => seq === one.seq);
        return text('evidenceEvent', event?.lastEventId || clock(one.time, 3));
      }
      case 'time':
        return text('evidenceTime', clock(one.from, 1), clock(one.to, 1));
      case 'fault':
        return text('evidenceFault', clock(one.time, 1));
    }
  }
}
