import './events-bar.css';
import type { Listed } from '../../model/event-list.ts';
import type { Source } from '../../model/source.ts';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';

interface EventsBarProps {
  sources: readonly Source[];
  list: Listed & { sortAgain(): void };
}

/** What the list shows: of which sources, and with or without comments; and how far a search has come. */
export function EventsBar({ sources, list }: EventsBarProps) {
  const { listing, navigation } = useStore();
  const { all, lines } = listing;
  const count = sources.reduce((sum, source) => sum + source.lines.length, 0);
  return (
    <div class="events-bar">
      <button
        type="button"
        class="chip"
        data-testid="all-sources"
        title={text('allSourcesHint')}
        aria-pressed={all.value}
        onClick={() => {
          all.value = !all.value;
        }}
      >
        <Icon name="stack" size={12} />
        {text('allSources')}
      </button>
      {count > 0 && (
        <button
          type="button"
          class="chip"
          data-testid="lines"
          title={text('linesHint')}
          aria-pressed={lines.value}
          onClick={() => {
            lines.value = !lines.value;
          }}
        >
          <Icon name="comment" size={12} />
          <span class="events-wide">{text('lines')}</span>
          <span class="number">{number(count)}</span>
        </button>
      )}
      <Progress list={list} isPart={navigation.chosen.value !== undefined} />
    </div>
  );
}

function Progress({ list, isPart }: { list: EventsBarProps['list']; isPart: boolean }) {
  const { filter } = useStore();
  const { busy, newer, found, all } = list;
  // Said once, and not for each percent.
  const doing = busy && text(busy.with === 'search' ? 'searching' : 'sorting');
  const counts = (filter.value.terms.length > 0 || isPart) && text('foundOf', number(found), number(all));
  return (
    <>
      <span class="events-said cut number" role="status" data-testid="list-status" data-busy={busy?.with ?? ''}>
        {doing ?? (newer > 0 ? textOf('newer', newer, number(newer)) : counts)}
      </span>
      {busy && (
        <span class="number" aria-hidden="true">
          {text('percent', number(Math.floor(busy.progress * 100)))}
        </span>
      )}
      {newer > 0 && !busy && (
        <button type="button" class="link" data-testid="sort-again" onClick={list.sortAgain}>
          {text('sortAgain')}
        </button>
      )}
    </>
  );
}
