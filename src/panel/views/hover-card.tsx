import './hover-card.css';
import type { Source } from '../../model/source.ts';
import { hitTest } from '../canvas/hit-test.ts';
import { moment, position, type Scene } from '../canvas/scene.ts';
import { hoverFacts } from '../hover-facts.ts';
import { Icon } from '../icons.tsx';

const WIDTH = 272;
/** There has to be this much above the lane for the card to be there. */
const HEIGHT = 132;
const GAP = 6;

interface HoverCardProps {
  scene: Scene;
  sources: readonly Source[];
  /** Within the paper. */
  pointer: { x: number; y: number };
  offset: number;
  paper: HTMLElement;
}

/** What is under the pointer, above its lane (else below), never over it. Who listens has the table instead. */
export function HoverCard({ scene, sources, pointer, offset, paper }: HoverCardProps) {
  const hit = hitTest(scene, pointer.x, pointer.y + offset);
  const row = scene.lanes.findIndex(({ key }) => key === hit?.lane);
  const [source, lane] = [sources[row], scene.lanes[row]];
  if (!source || !lane || !hit) return null;
  const time = moment(scene, pointer.x);
  const card = hoverFacts(source, lane, hit.mark, time, scene.now);
  if (!card) return null;

  const { left, top } = paper.getBoundingClientRect();
  const x = left + (hit.mark ? position(scene, hit.mark.time) : pointer.x);
  const laneTop = top + row * scene.laneHeight - offset;
  const isAbove = laneTop > HEIGHT + GAP;
  const style = {
    left: `${Math.max(GAP, Math.min(x - WIDTH / 4, innerWidth - WIDTH - GAP))}px`,
    [isAbove ? 'bottom' : 'top']: `${isAbove ? innerHeight - laneTop + GAP : laneTop + scene.laneHeight + GAP}px`,
  };
  // A new subject is a new card: the delay before it shows starts again.
  const subject = `${hit.lane} ${hit.mark ? `${hit.mark.type} ${hit.mark.time}` : card.facts[0]?.value}`;
  return (
    <div key={subject} class={hit.mark ? 'card' : 'card card-slow'} style={style} aria-hidden="true">
      <div class={`card-title tone-${card.tone}`}>
        <Icon name={card.icon} size={14} />
        <span class="cut">{card.words}</span>
        <span class="card-time number">{card.time}</span>
      </div>
      <dl class="card-facts number">
        {card.facts.map(({ name, value }) => [
          <dt key={name}>{name}</dt>,
          <dd key={`${name} value`} class="cut">
            {value}
          </dd>,
        ])}
      </dl>
    </div>
  );
}
