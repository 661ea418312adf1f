import './gap-row.css';
import type { Resumption } from '../../model/verdict.ts';
import { Icon } from '../icons.tsx';
import { gapWords, resumptionWords } from '../verdict-wording.ts';
import type { RowPlace } from './grid.tsx';

/** Events that never came, exactly where they are missing. */
export function GapRow({ gap, place }: { gap: Resumption; place: RowPlace }) {
  const { icon, words } = resumptionWords(gap);
  return (
    <tr {...place.attributes} class="grid-row gap" data-testid="gap" data-verdict={gap.type}>
      <td>
        <span class="gap-words">
          <Icon name={icon} size={12} />
          <strong>{words}</strong>
          <span class="cut">{gapWords(gap)}</span>
        </span>
      </td>
    </tr>
  );
}
