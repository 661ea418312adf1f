import './event-detail.css';
import { useMemo, useState } from 'preact/hooks';
import { jsonTree } from '../../model/json-tree.ts';
import type { Source } from '../../model/source.ts';
import { idOf, isEvent, type StreamItem, textOf } from '../../model/stream-item.ts';
import { clock, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { EventCopy } from './event-copy.tsx';
import { JsonTree } from './json-tree.tsx';

interface EventDetailProps {
  source: Source;
  item: StreamItem;
  close(): void;
  /** To the one before (-1) or after it in the list; none where it is not in it. */
  step?(way: 1 | -1): void;
}

/** All of what one event, comment or the like brought: JSON as a tree, anything as it came. Text, never HTML. */
export function EventDetail({ source, item, close, step }: EventDetailProps) {
  const data = textOf(item);
  const nodes = useMemo(() => (isEvent(item) ? jsonTree(data) : undefined), [item, data]);
  const [wantsText, setWantsText] = useState(false);
  const label = text('eventDetail');
  return (
    <aside
      class="detail"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <header class="detail-bar">
        {nodes && (
          <fieldset class="choice" aria-label={text('showAs')}>
            <button type="button" aria-pressed={!wantsText} onClick={() => setWantsText(false)}>
              {text('json')}
            </button>
            <button type="button" aria-pressed={wantsText} onClick={() => setWantsText(true)}>
              {text('plainText')}
            </button>
          </fieldset>
        )}
        <EventCopy source={source} item={item} />
        <button
          type="button"
          class="tool"
          title={text('previousEvent')}
          aria-label={text('previousEvent')}
          aria-disabled={!step}
          onClick={() => step?.(-1)}
        >
          <Icon name="up" size={12} />
        </button>
        <button
          type="button"
          class="tool"
          title={text('nextEvent')}
          aria-label={text('nextEvent')}
          aria-disabled={!step}
          onClick={() => step?.(1)}
        >
          <Icon name="down" size={12} />
        </button>
        <button type="button" class="tool" title={text('close')} aria-label={text('close')} onClick={close}>
          <Icon name="close" size={14} />
        </button>
      </header>
      <Facts source={source} item={item} />
      {nodes && !wantsText ? (
        <JsonTree nodes={nodes} label={label} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre class="detail-data" id="event-data" tabIndex={0}>
          {data}
        </pre>
      )}
      {data.length < item.size && (
        <p class="hint">
          <Icon name="info" size={13} />
          <span>{text('dataCut', number(data.length), number(item.size))}</span>
        </p>
      )}
    </aside>
  );
}

/** `tick · id 1041 · 10:42:22.104 · attempt 2 · 84 characters · nobody listens` */
function Facts({ source, item }: { source: Source; item: StreamItem }) {
  const { selection } = useStore();
  const id = idOf(item);
  return (
    <dl class="detail-facts number">
      <Fact name={text('columnType')} value={item.type} />
      <Fact name={text('columnId')} value={id === '' ? text('none') : id} />
      <Fact name={text('columnTime')} value={clock(item.time, 3)} />
      <Fact name={text('columnSize')} value={text('characters', number(item.size))} />
      <div>
        <dt>{text('cardAttempt')}</dt>
        <dd>
          <button
            type="button"
            class="link"
            title={text('showAttempt')}
            onClick={() => selection.selectAttempt(source.key, item.attempt)}
          >
            {number(item.attempt)}
          </button>
        </dd>
      </div>
      {/* Whether a worker listens, nobody knows. */}
      {isEvent(item) && !source.networkOnly && (
        <Fact name={text('factHeard')} value={text(item.heard ? 'yes' : 'heardNot')} isDim={!item.heard} />
      )}
    </dl>
  );
}

function Fact({ name, value, isDim = false }: { name: string; value: string; isDim?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={isDim ? 'event-unheard' : ''} title={value}>
        {value}
      </dd>
    </div>
  );
}
