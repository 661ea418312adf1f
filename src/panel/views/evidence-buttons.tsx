import type { Evidence } from '../../model/evidence.ts';
import { showEvidence } from '../evidence.ts';
import { evidenceLabel } from '../evidence-wording.ts';
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
          {evidenceLabel(one, store.session.log.sources)}
        </button>
      ))}
    </p>
  );
}
