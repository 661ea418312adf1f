import { sourceName } from '../../model/source-name.ts';
import { timeline } from '../../model/timeline.ts';
import { clock, number } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { markTitle } from '../wording.ts';

/** More would be a list that nobody listens to; the caption says how many there are. */
const MOST = 200;

/** What the picture shows, for those who do not see it: every mark in sight, the newest first. */
export function TimelineTable() {
  const { lanes, navigation, second } = useStore();
  second.value;
  const sources = lanes.value;
  // Once a second is enough, so the range is looked at, not watched.
  const marks = timeline(sources, navigation.range.peek(), 1).flatMap((lane, index) => {
    const source = sources[index];
    return source ? lane.marks.map((mark) => ({ mark, key: lane.key, name: sourceName(source).path })) : [];
  });
  const shown = marks.sort((a, b) => b.mark.time - a.mark.time).slice(0, MOST);
  return (
    <div class="unseen">
      <table>
        <caption>{text('marksCaption', number(shown.length), number(marks.length))}</caption>
        <thead>
          <tr>
            <th>{text('columnTime')}</th>
            <th>{text('columnSource')}</th>
            <th>{text('columnMark')}</th>
            <th>{text('columnLastEventId')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ mark, key, name }) => (
            <tr key={`${key} ${mark.type} ${mark.attempt}`}>
              <td>{clock(mark.time, 3)}</td>
              <td>{name}</td>
              <td>{markTitle(mark).words}</td>
              <td>{mark.type === 'connect' ? mark.lastEventId : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
