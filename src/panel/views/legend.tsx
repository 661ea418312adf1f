import './legend.css';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Lane } from '../../model/timeline.ts';
import { Icon } from '../icons.tsx';
import { EXAMPLE, legendScene, SWATCHES } from '../legend-scene.ts';
import { paintTimeline, pens } from '../paint.ts';
import { useStore } from '../store.ts';
import { type MessageKey, text } from '../text.ts';

/** How to read a lane, drawn by what draws the lanes. */
export function Legend() {
  return (
    <section class="legend" aria-labelledby="legend-title">
      <h2 id="legend-title">{text('legendTitle')}</h2>
      <Drawing lane={EXAMPLE} width={400} height={34} />
      <dl class="legend-keys">
        <Entry name="legendConnecting" meaning="legendConnectingIs">
          <Drawing lane={SWATCHES.connecting} width={34} height={18} />
        </Entry>
        <Entry name="legendOpen" meaning="legendOpenIs">
          <Drawing lane={SWATCHES.open} width={34} height={18} />
        </Entry>
        <Entry name="legendWaiting" meaning="legendWaitingIs">
          <Drawing lane={SWATCHES.waiting} width={34} height={18} />
        </Entry>
        <Entry name="legendClosed" meaning="legendClosedIs">
          <Drawing lane={SWATCHES.closed} width={34} height={18} />
        </Entry>
        <Entry name="legendError" meaning="legendErrorIs">
          <span class="tone-failed">
            <Icon name="cross" size={11} />
          </span>
          <span class="tone-forced">
            <Icon name="bolt" size={12} />
          </span>
        </Entry>
        <Entry name="columnLastEventId" meaning="legendIdIs">
          <span class="tone-connecting">
            <Icon name="flag" size={12} />
          </span>
        </Entry>
      </dl>
    </section>
  );
}

interface EntryProps {
  name: MessageKey;
  meaning: MessageKey;
  children: ComponentChildren;
}

function Entry({ name, meaning, children }: EntryProps) {
  return (
    <div class="legend-key">
      <span class="legend-swatch" aria-hidden="true">
        {children}
      </span>
      <dt>{text(name)}</dt>
      <dd>{text(meaning)}</dd>
    </div>
  );
}

function Drawing({ lane, width, height }: { lane: Lane; width: number; height: number }) {
  const { appearance } = useStore();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useMemo(pens, [appearance.value]);
  useLayoutEffect(() => {
    // A swatch shows the bar alone: what is above it is beyond the upper edge.
    if (canvas.current) paintTimeline(canvas.current, legendScene(lane, width, pen), { height, offset: 34 - height });
  }, [lane, width, height, pen]);
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}
