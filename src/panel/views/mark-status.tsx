import { markAt } from '../../model/lane-marks.ts';
import { sourceName } from '../../model/source-name.ts';
import { clock } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { markTitle } from '../wording.ts';

/** Says which mark the keys have come to, to those who do not see the ring round it. */
export function MarkStatus() {
  const { selection } = useStore();
  const source = selection.source.value;
  const place = selection.mark.value;
  const mark = source && place && markAt(source, place);
  const words = mark
    ? text(
        'markSaid',
        [markTitle(mark).words, mark.type === 'connect' ? mark.lastEventId : ''].filter(Boolean).join(' '),
        sourceName(source).path,
        clock(mark.time, 3),
      )
    : '';
  return (
    <p class="unseen" role="status" data-testid="mark-status">
      {words}
    </p>
  );
}
