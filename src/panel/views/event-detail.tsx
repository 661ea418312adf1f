import './event-detail.css';
import { useMemo, useState } from 'preact/hooks';
import { type JsonToken, jsonLines } from '../../model/json-lines.ts';
import type { StreamEvent } from '../../model/source.ts';
import { copy } from '../clipboard.ts';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { text } from '../text.ts';

/** More lines than this are shown without colours: a span for each token of 64 KiB would take the browser's time. */
const COLOURED_LINES = 2000;

interface EventDetailProps {
  event: StreamEvent;
  close(): void;
}

/** All of one event's data: as indented JSON where it is JSON, else as it came. Text, never HTML. */
export function EventDetail({ event, close }: EventDetailProps) {
  const { data, size, type } = event;
  const lines = useMemo(() => jsonLines(data), [data]);
  const [wantsText, setWantsText] = useState(false);
  const [copied, setCopied] = useState<StreamEvent>();
  const shown = wantsText ? undefined : lines;
  return (
    <aside class="detail" aria-label={text('eventDetail')} onKeyDown={({ key }) => key === 'Escape' && close()}>
      <header class="detail-bar">
        {lines ? (
          <fieldset class="choice" aria-label={text('showAs')}>
            <button type="button" aria-pressed={!wantsText} onClick={() => setWantsText(false)}>
              {text('json')}
            </button>
            <button type="button" aria-pressed={wantsText} onClick={() => setWantsText(true)}>
              {text('plainText')}
            </button>
          </fieldset>
        ) : (
          <span class="cut">{type}</span>
        )}
        <span class="detail-said" role="status">
          {copied === event && text('copied')}
        </span>
        <button
          type="button"
          class="tool"
          title={text('copyData')}
          aria-label={text('copyData')}
          onClick={() => copy(data) && setCopied(event)}
        >
          <Icon name="copy" size={14} />
        </button>
        <button type="button" class="tool" title={text('close')} aria-label={text('close')} onClick={close}>
          <Icon name="close" size={14} />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre class={shown ? 'detail-data detail-json' : 'detail-data'} tabIndex={0}>
        {shown ? <Json lines={shown} /> : data}
      </pre>
      {data.length < size && (
        <p class="hint">
          <Icon name="info" size={13} />
          <span>{text('dataCut', number(data.length), number(size))}</span>
        </p>
      )}
    </aside>
  );
}

function Json({ lines }: { lines: JsonToken[][] }) {
  if (lines.length > COLOURED_LINES) {
    return <>{lines.map((line) => line.map(({ text: part }) => part).join('')).join('\n')}</>;
  }
  return (
    <>
      {lines.flatMap((line, index) => [
        ...line.map(({ kind, text: part }) => (kind === 'plain' ? part : <span class={`json-${kind}`}>{part}</span>)),
        index < lines.length - 1 ? '\n' : '',
      ])}
    </>
  );
}
