import './hover-card.css';
import type { Source } from '../../model/source.ts';
import type { Hit } from '../canvas/hit-test.ts';
import { moment, position, type Scene } from '../canvas/scene.ts';
import { placeCard } from '../card-place.ts';
import { hoverFacts } from '../hover-facts.ts';
import { Icon } from '../icons.tsx';

interface HoverCardProps {
  scene: Scene;
  source: Source;
  hit: Hit;
  /** Of the lane, among those of the scene. */
  row: number;
  /** Of the pointer, within the paper. */
  x: number;
  offset: number;
  paper: HTMLElement;
}

/** What is under the pointer, above its lane (else below), never over it. Who listens has the table instead. */
export function HoverCard({ scene, source, hit, row, x, offset, paper }: HoverCardProps) {
  const lane = scene.lanes[row];
  const card = lane && hoverFacts(source, lane, hit, moment(scene, x), scene.now);
  if (!card) return null;
  const { left, top } = paper.getBoundingClientRect();
  const laneTop = top + row * scene.laneHeight - offset;
  const style = placeCard({
    x: left + (hit.mark ? Math.max(0, Math.min(scene.width, position(scene, hit.mark.time))) : x),
    top: laneTop,
    bottom: laneTop + scene.laneHeight,
    facts: card.facts.length,
    width: innerWidth,
    height: innerHeight,
  });
  const isThing = hit.mark ?? hit.events ?? hit.rail;
  // A new subject is a new card: the delay before it shows starts again.
  const subject = `${hit.lane} ${hit.mark?.type ?? ''} ${isThing && !hit.rail ? card.time : card.facts[0]?.value}`;
  return (
    <div
      key={subject}
      class={isThing ? 'card' : 'card card-slow'}
      data-testid="hover-card"
      style={style}
      aria-hidden="true"
    >
      <div class={`card-title tone-${card.tone}`}>
        <Icon name={card.icon} size={14} />
        <span class="cut">{card.words}</span>
        <span class="card-time number">{card.time}</span>
      </div>
      <dl class="card-facts number">
        {card.facts.map(({ name, value, row: shape }) => [
          <dt key={name} class="cut">
            {shape !== undefined && <span class={`card-row card-row-${shape}`} />}
            {name}
          </dt>,
          <dd key={`${name} value`} class="cut">
            {value}
          </dd>,
        ])}
      </dl>
    </div>
  );
}
