interface Stroke {
  stroke: string;
  weight?: number;
}
interface Fill {
  fill: string;
}
type Shape = Stroke | Fill;

/** Drawn for this panel, on a grid of 16, as SVG path data. */
const ICONS = {
  record: [
    { stroke: 'M8 1.9a6.1 6.1 0 1 1 0 12.2A6.1 6.1 0 0 1 8 1.9Z' },
    { fill: 'M8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8Z' },
  ],
  clear: [{ stroke: 'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4ZM4.1 11.9l7.8-7.8' }],
  export: [{ stroke: 'M8 1.9v7.6M4.9 6.6 8 9.7l3.1-3.1M2.6 11.3v2.4h10.8v-2.4' }],
  import: [{ stroke: 'M8 9.7V2.1M4.9 5.2 8 2.1l3.1 3.1M2.6 11.3v2.4h10.8v-2.4' }],
  reset: [{ stroke: 'M13.1 8.6a5.1 5.1 0 1 1-1-3.7l.9 1M13.2 2.4V6H9.6' }],
  follow: [{ stroke: 'M2.4 8h7.2M6.9 5.2 9.7 8l-2.8 2.8M13.2 3v10' }],
  fit: [{ stroke: 'M2.4 3.2v9.6M13.6 3.2v9.6M5 8h6M6.8 6.1 4.9 8l1.9 1.9M9.2 6.1 11.1 8 9.2 9.9' }],
  image: [
    {
      stroke:
        'M3.6 2.9h8.8c.7 0 1.2.5 1.2 1.2v7.8c0 .7-.5 1.2-1.2 1.2H3.6c-.7 0-1.2-.5-1.2-1.2V4.1c0-.7.5-1.2 1.2-1.2ZM2.6 11.2l3.2-3.4 2.4 2.4 2-1.9 3.2 2.9',
    },
    { fill: 'M10.4 5.2a1.1 1.1 0 1 1 0 2.2 1.1 1.1 0 0 1 0-2.2Z' },
  ],
  plus: [{ stroke: 'M8 3.6v8.8M3.6 8h8.8' }],
  minus: [{ stroke: 'M3.6 8h8.8' }],
  dots: [
    {
      fill: 'M8 2.2a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8ZM8 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8ZM8 11a1.4 1.4 0 1 1 0 2.8A1.4 1.4 0 0 1 8 11Z',
    },
  ],
  up: [{ stroke: 'm3.4 10.4 4.6-4.8 4.6 4.8' }],
  down: [{ stroke: 'm3.4 5.6 4.6 4.8 4.6-4.8' }],
  right: [{ stroke: 'm5.6 3.4 4.8 4.6-4.8 4.6' }],
  comment: [
    {
      stroke:
        'M3.8 2.8h8.4c.9 0 1.6.7 1.6 1.6v4.8c0 .9-.7 1.6-1.6 1.6H7.4l-3 2.6v-2.6h-.6c-.9 0-1.6-.7-1.6-1.6V4.4c0-.9.7-1.6 1.6-1.6Z',
    },
  ],
  stack: [{ stroke: 'M2.6 4.2h10.8M2.6 8h10.8M2.6 11.8h10.8' }],
  close: [{ stroke: 'm4.5 4.5 7 7M11.5 4.5l-7 7' }],
  filter: [{ stroke: 'M2.6 3.4h10.8L9.4 8.3v4.2l-2.8 1.3V8.3Z' }],
  gear: [
    {
      stroke:
        'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4ZM8 3.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2ZM8 1.3v2.1M8 12.6v2.1M1.3 8h2.1M12.6 8h2.1M3.3 3.3l1.4 1.4M11.3 11.3l1.4 1.4M3.3 12.7l1.4-1.4M11.3 4.7l1.4-1.4',
    },
  ],
  more: [{ stroke: 'm4 4.2 3.6 3.8L4 11.8M8.6 4.2 12.2 8l-3.6 3.8' }],
  question: [{ stroke: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM6.2 6.4A1.8 1.8 0 1 1 8 8.3v.9M8 11.1v.3' }],
  copy: [
    {
      stroke:
        'M6.6 5.3h5.6c.8 0 1.3.5 1.3 1.3v5.8c0 .8-.5 1.3-1.3 1.3H6.6c-.8 0-1.3-.5-1.3-1.3V6.6c0-.8.5-1.3 1.3-1.3Z',
    },
    { stroke: 'M10.7 5.2V3.6c0-.8-.5-1.3-1.3-1.3H3.8c-.8 0-1.3.5-1.3 1.3v5.8c0 .8.5 1.3 1.3 1.3h1.4' },
  ],
  tick: [{ stroke: 'm3.4 8.5 3.1 3.1 6.1-7', weight: 1.8 }],
  info: [{ stroke: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2ZM8 7.4v3.7M8 4.7v.6' }],
  page: [{ stroke: 'M3.7 2h5.4l3.2 3.2V14H3.7ZM9 2.2v3.1h3' }],
  browser: [
    {
      stroke:
        'M3.6 2.9h8.8c.9 0 1.5.6 1.5 1.5v7.2c0 .9-.6 1.5-1.5 1.5H3.6c-.9 0-1.5-.6-1.5-1.5V4.4c0-.9.6-1.5 1.5-1.5ZM2.2 6.3h11.6',
    },
  ],
  lifeline: [{ stroke: 'M1.4 8.6h2.9l2-5.2 3.2 9 1.9-3.8h3.2' }],
  boundary: [{ stroke: 'M2.4 5.5h9.8M9.5 2.8l2.7 2.7-2.7 2.7M13.6 10.6H3.8M6.5 7.9l-2.7 2.7 2.7 2.7' }],
  caret: [{ fill: 'M5 6.6h6L8 9.9z' }],
  bolt: [{ fill: 'M9.4 1.3 3.1 9.1h4l-.8 5.6 6.6-8.3H8.6Z' }],
  flag: [{ stroke: 'M4 2v12.2' }, { fill: 'M4 2.1h8.7L10.4 5l2.3 3H4Z' }],
  dot: [{ fill: 'M8 3.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2Z' }],
  ring: [
    {
      stroke: 'M10 3.4a5 5 0 0 1 2.7 2.8M12.6 9.9a5 5 0 0 1-2.8 2.7M6 12.6a5 5 0 0 1-2.7-2.8M3.4 6.1a5 5 0 0 1 2.8-2.7',
      weight: 2,
    },
  ],
  clock: [{ stroke: 'M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4ZM8 4.9V8l2.2 1.5' }],
  cross: [{ stroke: 'm3.5 3.5 9 9M12.5 3.5l-9 9', weight: 1.9 }],
  ok: [{ fill: 'M8 1.4a6.6 6.6 0 1 1 0 13.2A6.6 6.6 0 0 1 8 1.4Zm3.6 3.7-4.5 4.7-2.1-2-.9 1 3.1 3 5.4-5.7Z' }],
  lost: [{ fill: 'M8 1.4 15.2 14.2H.8ZM7.3 5.8v4.3h1.4V5.8ZM7.3 11.2v1.5h1.4v-1.5Z' }],
  repeated: [{ fill: 'M8.2 2.8v10.4L1.4 8ZM14.8 2.8v10.4L8 8Z' }],
  restarted: [{ fill: 'M13.6 2.6v10.8L5.6 8Z' }, { stroke: 'M3.4 2.8v10.4' }],
  noflag: [{ stroke: 'M4 1.8v12.6M4 2.5h8l-2 2.6 2 2.6H4M2 14 14 2' }],
  unknown: [
    {
      stroke:
        'M5.6 2.5a6 6 0 0 1 3-.5M11.2 3a6 6 0 0 1 2 2M13.9 7.2a6 6 0 0 1-.3 2.8M12.3 12.2a6 6 0 0 1-2.4 1.5M7.2 13.9a6 6 0 0 1-2.7-1M2.9 11.2a6 6 0 0 1-.9-2.7M2.3 6a6 6 0 0 1 1.3-2.1',
    },
    { stroke: 'M6.2 6.4c.1-1.1.8-1.7 1.9-1.7 1.9 0 2.4 2 .9 2.9-.7.4-1 .7-1 1.5M8 10.9v.4' },
  ],
  swap: [{ stroke: 'M2.4 5.5h9.8M9.5 2.8l2.7 2.7-2.7 2.7M13.6 10.6H3.8M6.5 7.9l-2.7 2.7 2.7 2.7' }],
  bursts: [{ stroke: 'M3 13V9M5.4 13V5M7.8 13V9.4M11 13V3.4M13.4 13V7.2' }],
  shield: [{ stroke: 'M8 1.8 13 3.6v4.2c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4V3.6ZM5.6 7.9l1.8 1.8 3.2-3.6' }],
  square: [{ stroke: 'M4.8 3.8h6.4c.6 0 1 .4 1 1v6.4c0 .6-.4 1-1 1H4.8c-.6 0-1-.4-1-1V4.8c0-.6.4-1 1-1Z' }],
} satisfies Record<string, Shape[]>;

export type IconName = keyof typeof ICONS;

/** A picture that says nothing to those who listen: whoever uses it has words beside it, or a name of its own. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const shapes: Shape[] = ICONS[name];
  return (
    <svg class={`icon icon-${name}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {shapes.map((shape) =>
        'fill' in shape ? (
          <path key={shape.fill} d={shape.fill} fill="currentColor" fill-rule="evenodd" />
        ) : (
          <path
            key={shape.stroke}
            d={shape.stroke}
            fill="none"
            stroke="currentColor"
            stroke-width={shape.weight ?? 1.35}
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        ),
      )}
    </svg>
  );
}
